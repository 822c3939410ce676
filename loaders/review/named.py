"""The item that a row of decisions means, also where ids and wording have moved since.

1. The id, where the title beside it fits, or there is none.
2. The one item with the very title, if there is one and no more.
3. The item whose title is like it by ``ELSEWHERE`` or more, and by ``MARGIN`` more than any other
   (`loaders.likeness`).
4. The id, where its title is like it by ``SAME_PLACE`` or more.

Otherwise nobody can tell, and the row is not used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphmodel.items import Item
from loaders.item_finder import ItemFinder
from loaders.likeness import ELSEWHERE, MARGIN, SAME_PLACE, Wording, likeness
from loaders.pairing import find_candidates
from loaders.titles import fits_title, fold_title

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from loaders.item_finder import ItemFault

__all__ = ["Meant", "NamedItems"]

_ROW = "row"


@dataclass(frozen=True, slots=True)
class Meant:
    """An item that a row means, and whether it goes by another id than the row says."""

    id: str
    is_moved: bool = False


@dataclass(slots=True)
class NamedItems:
    """Finds what rows name in one plan; what it learns on the way serves the next row."""

    plan: Plan
    _finder: ItemFinder = field(init=False)
    _titles: dict[str, list[str]] = field(default_factory=dict)
    _wordings: dict[str, Wording] = field(default_factory=dict)
    _known: dict[tuple[str, str | None], Meant | ItemFault] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the titles."""
        self._finder = ItemFinder(self.plan)
        for item in self.plan.items:
            self._titles.setdefault(fold_title(item.title), []).append(item.id)
            self._wordings[item.id] = Wording(item)

    def find(self, wanted: str, title: str | None) -> Meant | ItemFault:
        """Return the item that an id and the title beside it mean, or why there is none."""
        key = wanted, title
        if key not in self._known:
            self._known[key] = self._find(wanted, title)
        return self._known[key]

    def _find(self, wanted: str, title: str | None) -> Meant | ItemFault:
        item = self.plan.index.items.get(wanted)
        if item is not None and (title is None or fits_title(title, wanted, item.title)):
            return Meant(wanted)
        if title is not None:
            same = self._titles.get(fold_title(title), [])
            if len(same) == 1:
                return Meant(same[0], is_moved=True)
            found = self._most_alike(wanted, title) if not same else None
            if found is not None:
                return found
        fault = self._finder.find_fault(wanted, title)
        assert fault is not None  # noqa: S101 - what has no fault was returned above
        return fault

    def _most_alike(self, wanted: str, title: str) -> Meant | None:
        row = Wording(Item(id=_ROW, kind="milestone", title=title))
        scores = sorted(
            (
                (likeness(row, self._wordings[name], SAME_PLACE), name)
                for _, name in find_candidates({_ROW: row}, self._wordings)
            ),
            reverse=True,
        )
        best, name = next(iter(scores), (0.0, ""))
        second = scores[1][0] if len(scores) > 1 else 0.0
        if best >= ELSEWHERE and best - second >= MARGIN:
            return Meant(name, is_moved=name != wanted)
        own = self._wordings.get(wanted)
        if own is not None and likeness(row, own, SAME_PLACE) >= SAME_PLACE:
            return Meant(wanted)
        return None
