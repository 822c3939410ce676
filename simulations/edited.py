"""A plan with a scenario's edits, and what is to be applied once its logic is resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphmodel.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.people import Assignment, Board, Gate
    from graphmodel.plan import Plan
    from graphmodel.scenario import Slip
    from graphmodel.spans import Span

__all__ = ["Away", "Edited", "is_over"]


@dataclass(frozen=True, slots=True)
class Away:
    """An officer's absence: from the instant ``first`` to ``last``.

    ``leaves``: unfinished items without parts that the officer is responsible for. Which of them
    should be finished in that time, and so wait, the baseline forecast tells (DESIGN 5.4).
    """

    officer: str
    leaves: tuple[str, ...]
    first: int
    last: int


@dataclass(slots=True)
class Edited:
    """A scenario's edits on a copy of a plan, and what is to be slipped afterwards.

    Attributes
    ----------
    items, boards
        By id, in the order of the plan.
    links
        The links in use; the copy's own are left as they were.
    slips, groups, aways
        Slips of single items, of several leaves, and absences; they follow the edits.
    changed
        Ids of the items that a change names.
    structural
        Whether an edit can move a date: then the copy has to be compiled anew.
    """

    plan: Plan
    items: dict[str, Item]
    links: list[Link]
    boards: dict[str, Board]
    gates: tuple[Gate, ...]
    assignments: tuple[Assignment, ...]
    slips: list[Slip] = field(default_factory=list)
    groups: list[tuple[tuple[str, ...], Span]] = field(default_factory=list)
    aways: list[Away] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    structural: bool = False

    @classmethod
    def of(cls, plan: Plan, links: Sequence[Link]) -> Edited:
        """Return a plan before any edit."""
        return cls(
            plan,
            {item.id: item for item in plan.items},
            list(links),
            {board.id: board for board in plan.boards},
            plan.gates,
            plan.assignments,
        )

    def build(self) -> Plan:
        """Return the plan with its edits; its links are kept apart in ``links``."""
        if not self.structural and self.assignments is self.plan.assignments:
            return self.plan
        return self.plan.model_copy(
            update={
                "items": tuple(self.items.values()),
                "boards": tuple(self.boards.values()),
                "gates": self.gates,
                "assignments": self.assignments,
            }
        )

    def open_item(self, wanted: str, verb: str) -> Item:
        """Return an item that can still be changed.

        Raises
        ------
        UnknownIdError
            The plan has no such item.
        ScenarioError
            It is finished or cancelled, so it cannot be ``verb`` any more.
        """
        item = self.items[self.plan.index.item(wanted).id]
        if item.status == "complete":
            raise ScenarioError(f"{item.name} is finished: it cannot be {verb}.")
        if item.status == "cancelled":
            raise ScenarioError(f"{item.name} is cancelled: it cannot be {verb}.")
        return item

    def replace(self, item: Item) -> None:
        """Put an edited item in the place of the one with its id."""
        self.items[item.id] = item
        self.changed.add(item.id)
        self.structural = True


def is_over(item: Item) -> bool:
    """Return whether nothing more happens to an item."""
    return item.status in {"complete", "cancelled"}
