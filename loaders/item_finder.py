"""Items that registers name: by id, and by the title that a row may hold against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphmodel.index import close_ids
from loaders.titles import fits_title, fold_title

if TYPE_CHECKING:
    from graphmodel.plan import Plan

__all__ = ["ItemFault", "ItemFinder"]

#: Ids that may be compared in all to name close ones for unknown ids: about a second's worth.
_COMPARISONS: Final = 200_000


@dataclass(frozen=True, slots=True)
class ItemFault:
    """Why what a row names is no item of the plan: a code, a clause, the items it is about."""

    code: str
    message: str
    items: tuple[str, ...] = ()


@dataclass(slots=True)
class ItemFinder:
    """Looks up what rows name as items; what it learns on the way serves the next row."""

    plan: Plan
    _titles: dict[str, list[str]] = field(default_factory=dict)
    _compared: int = 0

    def __post_init__(self) -> None:
        """Index the titles."""
        for item in self.plan.items:
            self._titles.setdefault(fold_title(item.title), []).append(item.id)

    def find_fault(self, wanted: str, title: str | None) -> ItemFault | None:
        """Return why an id, with the title beside it if there is one, names no item, or None."""
        item = self.plan.index.items.get(wanted)
        if item is None:
            message = f'The plan has no item "{wanted}"{self._hint(wanted, title)}'
            return ItemFault("unknown-item", message)
        if title is None or fits_title(title, wanted, item.title):
            return None
        message = (
            f'The title "{title[:60]}" does not fit {wanted}, which is "{item.title[:60]}"'
            f"{self._owner_hint(title)}"
        )
        return ItemFault("title-does-not-fit", message, (wanted,))

    def _hint(self, wanted: str, title: str | None) -> str:
        if title is not None and fold_title(title) in self._titles:
            return self._owner_hint(title)
        self._compared += len(self.plan.items)
        near = close_ids(wanted, self.plan.index.items) if self._compared <= _COMPARISONS else []
        return f" (close ids: {', '.join(near)})" if near else ""

    def _owner_hint(self, title: str) -> str:
        owners = self._titles.get(fold_title(title), [])
        return f" (that is the title of {', '.join(owners[:3])})" if owners else ""
