"""One of two versions of a plan while its items are matched: wordings, breakdown, what is free."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from loaders.likeness import Wording
from loaders.office_titles import COMMON, office_key

if TYPE_CHECKING:
    from collections.abc import Hashable

    from graphmodel.items import Item, Kind
    from graphmodel.plan import Plan

__all__ = ["Side"]


class Side:
    """One version: its wordings, its breakdown, and what is not matched yet."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.items = plan.index.items
        self.wordings = {item.id: Wording(item) for item in plan.items}
        self.children: defaultdict[str | None, list[str]] = defaultdict(list)
        self.kinds: defaultdict[Kind, list[str]] = defaultdict(list)
        for item in plan.items:
            self.children[item.parent].append(item.id)
            self.kinds[item.kind].append(item.id)
        self.free = dict.fromkeys(self.wordings)

    def item(self, name: str) -> Item:
        """Return an item."""
        return self.items[name]

    def title(self, name: str) -> str:
        """Return the folded title of an item."""
        return self.wordings[name].title

    def quote(self, name: str) -> str:
        """Return the folded words of the document for an item."""
        return self.wordings[name].quote

    def dates(self, name: str) -> Hashable:
        """Return the planned dates of an item."""
        planned = self.item(name).planned
        return planned.start, planned.finish, planned.precision

    def owners(self, name: str) -> Hashable:
        """Return who is responsible for an item, by what spellings of an office have in common."""
        officers = self.plan.index.officers_of(name)
        return frozenset(office_key(officer.name, COMMON) for officer in officers)

    def parts(self, name: str) -> Counter[str]:
        """Return the folded titles of what is directly below an item."""
        return Counter(self.title(part) for part in self.children.get(name, ()))

    def free_of(self, kind: Kind) -> list[str]:
        """Return the items of a kind that are not matched yet."""
        return [name for name in self.kinds[kind] if name in self.free]
