"""One item of a new version of a plan, with everything the version before knew of it.

1. What a plan says of itself (title, parent, dates, due, division, constraints, …) is the new
   document's, empty or not, if it speaks of the field at all: if any of its items fills it.
2. Status, percent, actual dates, forecast, RAG, grade, cause, uncertainty: the new document's where
   it says something, else as before. Tags of both.
3. "Complete" in place of a date takes no date away: the planned dates stay, the status is complete,
   100 % where there was a percentage, without forecast and remaining duration.
4. Done once is done: a new date does not reopen an item, but is told. Where only the words
   "complete" of the paper before stood for it, it is open again.
5. A corrected field stays corrected, unless the new version brings the correction along.
6. ``x_`` facts: those of both, by rule 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphmodel.items import Item
from loaders.change_report import show_value
from loaders.histories import join_histories, remember, same_dates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

__all__ = ["CORRECTABLE", "ItemMerger", "Merged"]

#: Rule 2.
_REPORTED: Final = (
    "status",
    "actual_start",
    "actual_finish",
    "percent",
    "remaining",
    "forecast",
    "rag",
    "grade",
    "cause",
    "uncertainty",
)
_FIXED: Final = frozenset({"id", "kind", "title", "source", "history", "tags", *_REPORTED})

#: Rule 1.
_PLANNED: Final = tuple(name for name in Item.model_fields if name not in _FIXED)

#: Where an item stands, which the new document alone says.
_PLACED: Final = frozenset({"parent", "label", "external"})

#: Fields of an item that a correction can put right and that another version then leaves.
CORRECTABLE: Final = frozenset({"title", "tags", *_REPORTED, *_PLANNED} - _PLACED - {"parent"})

_DEFAULTS: Final[Mapping[str, Any]] = {
    name: info.get_default() for name, info in Item.model_fields.items()
}
_FULL: Final = 100.0


@dataclass(frozen=True, slots=True)
class Merged:
    """An item, and what is odd about it: codes with a clause each."""

    item: Item
    oddities: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ItemMerger:
    """Merges the items of a new document; ``spoken`` are the fields and facts that it fills.

    ``corrected`` holds, for each item of the version before, the fields that were put right.
    """

    as_of: date | None
    spoken: frozenset[str]
    corrected: Mapping[str, Collection[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, items: Iterable[Item], as_of: date | None, corrected: Mapping[str, Collection[str]]
    ) -> ItemMerger:
        """Learn from the items of a document what it speaks of."""
        spoken: set[str] = set()
        for item in items:
            spoken.update(name for name in _PLANNED if getattr(item, name) != _DEFAULTS[name])
            spoken.update(item.model_extra or ())
        return cls(as_of, frozenset(spoken), corrected)

    def merge(self, old: Item, new: Item) -> Merged:
        """Return the new item with what the old one knew; both name sources by ids of now.

        ``new`` has its final id, parent and label.
        """
        oddities: list[tuple[str, str]] = []
        fields: dict[str, Any] = {
            name: getattr(old, name)
            for name in _PLANNED
            if name not in self.spoken and name not in _PLACED
        }
        fields |= {
            name: getattr(old, name) for name in _REPORTED if getattr(new, name) == _DEFAULTS[name]
        }
        fields["tags"] = old.tags + tuple(tag for tag in new.tags if tag not in old.tags)
        self._complete(old, new, fields, oddities)
        for name in self.corrected.get(old.id, ()):
            if getattr(old, name) != fields.get(name, getattr(new, name)):
                oddities.append(("correction-kept", _kept(name, old, new)))
                fields[name] = getattr(old, name)
        extra = {
            name: value
            for name, value in (old.model_extra or {}).items()
            if name not in self.spoken
        }
        merged = _change(new, fields | {k: v for k, v in extra.items() if not _has(new, k)})
        history = join_histories((*old.history, *remember(old, merged, self.as_of)), new.history)
        return Merged(_change(merged, {"history": history}), tuple(oddities))

    def _complete(
        self, old: Item, new: Item, fields: dict[str, Any], oddities: list[tuple[str, str]]
    ) -> None:
        """Settle what is complete now, and what was before (rules 3 and 4)."""
        if new.planned.precision == "complete" and (old.planned.start or old.planned.finish):
            fields["planned"] = old.planned
        if new.status == "complete" and old.status != "complete":
            fields |= {name: None for name in ("forecast", "remaining") if name in fields}
            if fields.get("percent") is not None:
                fields["percent"] = _FULL
        planned = fields.get("planned", new.planned)
        if old.status != "complete" or new.status != "not_started":
            return
        if planned.precision == "complete" or same_dates(planned, old.planned):
            return
        if old.planned.precision == "complete" and old.actual_finish is None:
            fields["status"] = new.status
            oddities.append(("status-reopened", "it was complete, and has a date again"))
        else:
            oddities.append(("status-kept", "it is complete, though it has another date now"))


def _kept(name: str, old: Item, new: Item) -> str:
    one, other = (show_value(getattr(item, name)) for item in (old, new))
    return f"its corrected {name.replace('_', ' ')} stays {one}, though the document says {other}"


def _has(item: Item, name: str) -> bool:
    return name in (item.model_extra or {})


def _change(item: Item, fields: Mapping[str, Any]) -> Item:
    changes = {name: value for name, value in fields.items() if getattr(item, name, None) != value}
    return item.model_copy(update=changes) if changes else item
