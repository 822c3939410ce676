"""Levers: what can be pulled to win days back, as changes of a scenario (DESIGN 5.4).

A lever is pulled by a whole number of its units, from 1 to `Lever.most`: days off a length, off a
lag, off a slip, or days by which a board meets earlier. It says what changes a pull makes to the
scenario; where it can, also which entries of the compiled plan these changes come to, so that a
trial needs no compiling.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from graphmodel.moments import DAY, show_finish, show_start

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.scenario import Change, Scenario
    from simulations.recovery.results import Cure, CureKind
    from simulations.recovery.sheet import Sheet

__all__ = ["Edit", "Lever", "Pull", "apply_edits", "finish_moment", "names_of", "start_moment"]


class Edit(NamedTuple):
    """What a pull does to a scenario: ``adds`` take the place of ``drops``, or go to its end."""

    adds: tuple[Change, ...]
    drops: Change | None = None


class Lever(ABC):
    """One thing that can be done by a number of units.

    Attributes
    ----------
    name
        Tells it from every other lever of a case.
    place
        The position it acts at; levers are told in this order.
    most
        The most units it can be pulled by.
    unit, cal
        Minutes of one unit, and the calendar they are counted on (-1: the wall).
    is_whole
        Whether `patch` does all that the changes do.
    price
        Ids under which a price can be given for it, the closest first.
    """

    kind: ClassVar[CureKind]
    name: str
    place: int
    most: int
    unit: int = DAY
    cal: int = -1
    is_whole: bool = False
    price: tuple[str, ...] = ()

    @abstractmethod
    def edit(self, amount: int) -> Edit:
        """Return what a pull by ``amount`` units does to the scenario."""

    @abstractmethod
    def cure(self, amount: int) -> Cure:
        """Return the pull as it is told."""

    def worth(self, amount: int) -> float | None:  # noqa: ARG002 - for those that have one
        """Return what a pull counts as in a set, in days, where its units do not say that."""
        return None

    def patch(self, sheet: Sheet, amount: int) -> None:
        """Change the entries of the compiled plan that a pull changes."""
        raise NotImplementedError


class Pull(NamedTuple):
    """A lever pulled by a number of its units.

    ``worth`` is what it counts as in a set, in days, where its units do not say that.
    """

    lever: Lever
    amount: int
    worth: float | None = None


def apply_edits(scenario: Scenario, edits: Iterable[Edit]) -> Scenario:
    """Return a scenario with edits; what is dropped gives its place to what is added for it."""
    changes = list(scenario.changes)
    for edit in edits:
        if edit.drops is None:
            changes.extend(edit.adds)
        else:
            place = changes.index(edit.drops)
            changes[place : place + 1] = edit.adds
    return scenario.model_copy(update={"changes": tuple(changes)})


def names_of(plan: Plan, *items: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the titles and ids of the officers responsible for items, none twice."""
    found = {officer.id: officer.name for one in items for officer in plan.index.officers_of(one)}
    return tuple(found.values()), tuple(found)


def start_moment(instant: int) -> date:
    """Return a start as a scenario writes it: a day, or a date with time."""
    return show_start(instant, hours=bool(instant % DAY))


def finish_moment(instant: int) -> date:
    """Return a finish as a scenario writes it: a day, or a date with time."""
    return show_finish(instant, hours=True)
