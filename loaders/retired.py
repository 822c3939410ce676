"""Ids that are out of use: a plan keeps them, because no id is ever given to something else.

The record stands in the plan file under ``x_retired``, a list of objects: ``id``; ``kind``, of an
item or ``metric``; ``title``; ``parent``, an id of its time; ``now``, the id the content has since,
where only the id went. Items that come back with the same words under the same parent get their id
back. They are not kept as cancelled items: what a paper dropped without a word was not cancelled,
and would be counted in every table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loaders.titles import fold_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.plan import Plan

__all__ = ["RETIRED", "Retired", "read_retired", "write_retired"]

#: The key of the record in a plan file.
RETIRED: Final = "x_retired"


@dataclass(frozen=True, slots=True)
class Retired:
    """An id out of use, and what it named last."""

    id: str
    kind: str
    title: str
    parent: str | None = None
    now: str | None = None

    @property
    def folded(self) -> str:
        """The title without case and punctuation, as `loaders.likeness.Wording.title`."""
        return fold_title(self.title) or self.title


def read_retired(plan: Plan) -> tuple[Retired, ...]:
    """Return the record of a plan; entries that somebody damaged are left out."""
    stored = (plan.model_extra or {}).get(RETIRED)
    entries = stored if isinstance(stored, list) else []
    return tuple(
        Retired(entry["id"], entry["kind"], entry["title"], entry.get("parent"), entry.get("now"))
        for entry in entries
        if isinstance(entry, dict)
        and all(isinstance(entry.get(key), str) for key in ("id", "kind", "title"))
    )


def write_retired(record: Iterable[Retired]) -> list[dict[str, Any]]:
    """Return a record as it stands in a plan file."""
    return [
        {
            key: value
            for key in ("id", "kind", "title", "parent", "now")
            if (value := getattr(entry, key)) is not None
        }
        for entry in record
    ]
