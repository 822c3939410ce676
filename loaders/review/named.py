"""The item that a row of decisions means, also where ids and wording have moved since.

1. The id, where the title beside it fits, or there is none.
2. The one item with the very title, if there is one and no more.
3. The item with the parent that the id is below whose title is like it by ``SAME_PLACE`` or more,
   and by ``MARGIN`` more than those beside it (`loaders.likeness`).
4. The item anywhere whose title is like it by ``ELSEWHERE`` or more, and by ``MARGIN`` more than
   any other.

Otherwise nobody can tell, and the row is not used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphmodel.items import Item
from loaders.item_finder import ItemFinder
from loaders.likeness import ELSEWHERE, MARGIN, NEAR, SAME_PLACE, Wording, likeness
from loaders.pairing import find_candidates
from loaders.titles import fits_title, fold_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
            found = None if same else self._most_alike(wanted, title)
            if found is not None:
                return Meant(found, is_moved=found != wanted)
        fault = self._finder.find_fault(wanted, title)
        assert fault is not None  # noqa: S101 - what has no fault was returned above
        return fault

    def _most_alike(self, wanted: str, title: str) -> str | None:
        row = Wording(Item(id=_ROW, kind="milestone", title=title))
        beside = {name: self._wordings[name] for name in self._beside(wanted)}
        return _stand_out(row, beside, SAME_PLACE) or _stand_out(row, self._wordings, ELSEWHERE)

    def _beside(self, wanted: str) -> Sequence[str]:
        """Return the items with the parent that an id has, or had by its number."""
        item = self.plan.index.items.get(wanted)
        parent = wanted.rpartition(".")[0] if item is None else item.parent
        return () if parent is None else self.plan.index.children.get(parent, ())


def _stand_out(row: Wording, among: Mapping[str, Wording], least: float) -> str | None:
    """Return the item most like a row, where it is by enough more than any other."""
    scores = sorted(
        (likeness(row, among[name], NEAR), name) for _, name in find_candidates({_ROW: row}, among)
    )
    if not scores or scores[-1][0] < least:
        return None
    second = scores[-2][0] if len(scores) > 1 else 0.0
    return scores[-1][1] if scores[-1][0] - second >= MARGIN else None
