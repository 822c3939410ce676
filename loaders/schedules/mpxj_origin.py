"""A plan read from a rewritten file, told as one of the file it was rewritten from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from graphmodel.entity import Entity
from graphmodel.files import fingerprint
from graphmodel.problems import Place

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from graphmodel.items import Item, Source
    from graphmodel.links import Link
    from loaders.loaded import Loaded

__all__ = ["as_from"]

E = TypeVar("E", bound=Entity)


def as_from(loaded: Loaded, path: Path, kind: str, external: Collection[str]) -> Loaded:
    """Return a plan and its problems as those of the file ``path``, without lines.

    Parameters
    ----------
    kind
        What the file is; kept as ``x_format``.
    external
        ``x_uid`` of the items that belong to other projects.
    """
    plan = loaded.plan
    title = plan.title or path.stem
    source = plan.sources[0].model_copy(
        update={"title": title, "file": path.name, "sha256": fingerprint(path)}
    )
    copy = plan.model_copy(
        update={
            "sources": (source,),
            "items": tuple(_item(one, external) for one in plan.items),
            "links": tuple(_link(one) for one in plan.links),
            "officers": tuple(_placed(one) for one in plan.officers),
            "assignments": tuple(_placed(one) for one in plan.assignments),
            "x_format": kind,
        }
    )
    problems = (replace(one, source=Place(path.name)) for one in loaded.problems)
    return replace(loaded, plan=copy, problems=tuple(problems))


def _item(item: Item, external: Collection[str]) -> Item:
    is_external = (item.model_extra or {}).get("x_uid") in external
    return _placed(item.model_copy(update={"external": True}) if is_external else item)


def _link(link: Link) -> Link:
    return link.model_copy(update={"evidence": tuple(_placed(one) for one in link.evidence)})


def _placed(entity: E) -> E:
    """Return an entity whose source names the document, but no line of it."""
    source: Source | None = getattr(entity, "source", None)
    if source is None:
        return entity
    return entity.model_copy(update={"source": source.model_copy(update={"line": None})})
