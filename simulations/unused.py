"""Findings on what a plan states and its schedule makes no use of, so that nothing goes unsaid.

Each names the item or link and says why: the schedule is right without it, or it was meant for
something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.places import find_place
from graphmodel.problems import Problem
from simulations.codes import ABSENT, BEGUN, DERIVED, DONE, FIXED, LOE, LOGIC, OPEN, PARENT, PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.people import Gate
    from graphmodel.plan import Plan
    from graphmodel.problems import Severity
    from simulations.owndates import Own

__all__ = ["note_gate", "note_lag", "note_unused"]

#: Why an item is not moved by what would move another.
_WHY: Final = {
    ABSENT: "it takes no part in the schedule",
    BEGUN: "it has begun",
    DERIVED: "it has no date or duration of its own",
    FIXED: "its dates are fixed",
    LOE: "it is a level of effort",
    OPEN: "it has no finish",
    PARENT: "it has parts",
    PLANNED: "its own dates say how long it takes",
}
_FREE: Final = frozenset({LOGIC, PLANNED})
_PINS: Final = frozenset({"MSO", "MFO"})


def note_unused(
    plan: Plan, item: Item, own: Own, *, is_gated: bool, is_held: bool
) -> Iterator[Problem]:
    """Yield a finding for each constraint, gap and delay of an item that holds nothing.

    Parameters
    ----------
    own
        Its own dates, before gates are looked at.
    is_gated
        Whether accepted gates hold it.
    is_held
        Whether a link in use names it as its successor.
    """
    found = _Unused(plan, item, own)
    yield from found.constraints(is_gated=is_gated)
    yield from found.work(is_held=is_held)


class _Unused:
    """What one item states in vain."""

    def __init__(self, plan: Plan, item: Item, own: Own) -> None:
        self.plan = plan
        self.item = item
        self.own = own

    def constraints(self, *, is_gated: bool) -> Iterator[Problem]:
        """Yield a finding for each constraint that says nothing, or that cannot be kept so."""
        how = self.own.how
        if how in {ABSENT, DONE}:
            return
        why = "a board's meeting dates it" if is_gated else _WHY.get(how, "")
        for one in self.item.constraints:
            pinned = one.hard and one.type in _PINS
            if one.date is None and one.type != "ALAP":
                yield self._tell(
                    "constraint-without-date",
                    f"{self.item.name} has the constraint {one.type} and no date for it: it holds "
                    "nothing. Give it one.",
                    "warning",
                )
            elif how in {FIXED, LOE} or (one.type == "ALAP" and (is_gated or how not in _FREE)):
                yield self._tell(
                    "constraint-ignored",
                    f"The constraint {one.type} of {self.item.name} does not move it: {why}.",
                )
            elif pinned and (is_gated or how not in _FREE):
                yield self._tell(
                    "pin-not-hard",
                    f"{self.item.name} cannot be pinned before what it waits for, because {why}: "
                    f"its {one.type} holds it no earlier.",
                )
        if sum(one.hard and one.type in _PINS for one in self.item.constraints) > 1:
            yield self._tell(
                "pinned-twice",
                f"{self.item.name} is pinned more than once: a start beats a finish, of two of a "
                "kind the last counts. Keep one.",
                "warning",
            )

    def work(self, *, is_held: bool) -> Iterator[Problem]:
        """Yield a finding for gaps and delays that the item's work does not have."""
        how = self.own.how
        if how in {ABSENT, DONE}:
            return
        follows_logic = how == LOGIC or (how == BEGUN and self.item.mode == "logic")
        if self.item.splits and not (follows_logic and self.own.length.months == 0):
            why = _WHY[how] if not follows_logic else "its duration is in months"
            yield self._tell(
                "split-ignored", f"The gaps in the work of {self.item.name} do not count: {why}."
            )
        pinned = any(one.hard and one.date and one.type in _PINS for one in self.item.constraints)
        if self.item.levelling_delay and (how != LOGIC or not is_held or pinned):
            why = "its date is pinned" if pinned else "it waits for nothing"
            why = _WHY.get(how, why)
            yield self._tell(
                "delay-ignored",
                f"The levelling delay of {self.item.name} does not count: {why}.",
            )

    def _tell(self, code: str, message: str, severity: Severity = "info") -> Problem:
        place = find_place(self.plan, self.item.source)
        return Problem(code, severity, message, (self.item.id,), place)


def note_gate(plan: Plan, gate: Gate, how: int) -> Iterator[Problem]:
    """Yield a finding for an accepted gate that holds nothing; ``how`` its item gets its dates."""
    item = plan.index.items[gate.item]
    if how not in {ABSENT, FIXED, LOE, OPEN} or item.status in {"cancelled", "complete"}:
        return
    board = next(one for one in plan.boards if one.id == gate.board)
    yield Problem(
        "gate-ignored",
        "warning",
        f"The decision of {board.name} does not hold {item.name}: {_WHY[how]}.",
        (item.id,),
        find_place(plan, item.source),
    )


def note_lag(plan: Plan, link: Link, how: int) -> Iterator[Problem]:
    """Yield a finding for a lag that holds nothing; ``how`` its predecessor gets its dates."""
    before = plan.index.items[link.from_]
    if how == LOE:
        yield Problem(
            "link-from-effort",
            "info",
            f"The link {link.name} holds nothing: {before.name} is a level of effort.",
            (link.from_, link.to),
        )
    planned = before.planned
    spans = before.duration is not None or None not in {planned.start, planned.finish}
    if link.lag.unit == "%" and link.lag and not spans:
        yield Problem(
            "lag-of-nothing",
            "warning",
            f"The lag of the link {link.name} counts as none: {before.name} has no duration that "
            "it could be a share of.",
            (link.from_, link.to),
        )
