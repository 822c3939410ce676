"""Two versions of a small plan, made by hand, and short ways to ask what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.items import Item, Source, SourceFile
from graphmodel.plan import Plan
from loaders.carrying import carry_over

if TYPE_CHECKING:
    from loaders.carrying import Carried


def stands(words: str, document: str = "s1") -> Source:
    """Return where words stand."""
    return Source(source=document, line=1, quote=words)


def action(name: str, title: str, **fields: Any) -> Item:
    """Return an action whose number the paper prints."""
    source = stands(f"{name} {title}")
    return Item.model_validate(
        {"id": name, "kind": "action", "title": title, "source": source, **fields}
    )


def milestone(name: str, title: str, **fields: Any) -> Item:
    """Return a milestone that was numbered below its action, for the paper prints no number."""
    values = {"kind": "milestone", "parent": name.rpartition(".")[0], "source": stands(title)}
    return Item.model_validate({"id": name, "title": title, **values, **fields})


def april(*items: Item, **fields: Any) -> Plan:
    """Return the first version of the plan."""
    return _plan("april.txt", *items, **fields)


def may(*items: Item, **fields: Any) -> Plan:
    """Return the next version of the plan."""
    return _plan("may.txt", *items, **fields)


def _plan(file: str, *items: Item, **fields: Any) -> Plan:
    further = fields.pop("sources", ())
    source = SourceFile(id="s1", title="Harbour plan", file=file, sha256=file)
    return Plan.model_validate(
        {"id": "harbour", "sources": (source, *further), "items": items, **fields}
    )


def told(old: Plan, new: Plan, code: str) -> list[str]:
    """Return what is told under a code when ``new`` is carried over from ``old``."""
    return [one.message for one in carry_over(old, new).problems if one.code == code]


def codes(carried: Carried) -> set[str]:
    """Return the codes of all that was told."""
    return {one.code for one in carried.problems}
