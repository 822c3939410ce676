"""Random scenarios for a plan, of slips alone or of every change (hypothesis strategies)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from graphmodel.cycles import find_cycle
from graphmodel.links import Link
from graphmodel.references import link_fault
from graphmodel.scenario import Scenario
from tests.oracle import facts
from tests.oracle.basis import links_used
from tests.oracle.constraints import is_alap
from tests.oracle.dice import Dice, write
from tests.oracle.scenarios import can_slip
from tests.oracle.scheduler import Oracle
from tests.oracle.shifts import WORKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.items import Item
    from graphmodel.plan import Plan

__all__ = ["scenarios", "slip_scenarios"]


@st.composite
def slip_scenarios(draw: st.DrawFn, plan: Plan, *, months: bool = True) -> Scenario:
    """Return a scenario of one to three slips (of leaves, of parents, of groups)."""
    return _Changes(Dice(draw), plan, months=months).scenario(everything=False)


@st.composite
def scenarios(draw: st.DrawFn, plan: Plan) -> Scenario:
    """Return a scenario of one to three changes of any kind that the plan allows."""
    return _Changes(Dice(draw), plan, months=True).scenario(everything=True)


class _Changes:
    """Draws changes for one plan; no leaf and no board is changed twice by name."""

    def __init__(self, dice: Dice, plan: Plan, *, months: bool) -> None:
        self.dice, self.plan = dice, plan
        self.months = months and not _has_times(plan)
        self.oracle = Oracle(plan)
        can = [item for item in plan.items if can_slip(item) and item.type != "loe"]
        self.can = [item for item in can if self.oracle.place(item.id).start]
        self.leaves = [item for item in self.can if plan.index.is_leaf(item.id)]
        self.free = {item.id for item in self.leaves}
        self.changed_boards: set[str] = set()
        self.groups = self.ends = self.waived = False

    def scenario(self, *, everything: bool) -> Scenario:
        """Return one to three changes; a kind that the plan has nothing for is passed over."""
        slips = [self.slip, self.slip, self.slip_parent, self.slip_group]
        edits: list[Callable[[], Any]] = [
            *(self.set_dates, self.set_dates, self.add_link, self.remove_link),
            *(self.complete, self.cancel, self.away, self.reassign),
            *(self.cancel_meeting, self.cancel_meeting, self.move_meeting, self.add_meeting),
            self.waive,
        ]
        kinds: list[Callable[[], Any]] = [*slips, *edits] if everything else [*slips]
        drawn = [self.dice.pick(kinds)() for _ in range(self.dice.number(1, 3))]
        changes = [change for change in drawn if change is not None]
        return Scenario.model_validate({"schema": "knockon/scenario@1", "changes": changes})

    def span(self) -> str:
        """Return how much something slips by, in calendar time."""
        if self.dice.once_in(3):
            return self.dice.pick(["1m", "2m", "3m"] if self.months else ["1w", "2w"])
        return f"{self.dice.number(0, 100)}d"

    def take(self, items: list[Item]) -> Item | None:
        """Return one of the leaves that no change has edited yet."""
        left = [item for item in items if item.id in self.free]
        if not left:
            return None
        chosen = self.dice.pick(left)
        self.free.discard(chosen.id)
        return chosen

    # -- Slips ------------------------------------------------------------------------------

    def slip(self) -> Any:
        """Of a leaf by name; what lies as late as it may in MS Project has two answers if late."""
        late = self.plan.options.scheduling_mode == "ms-project"
        chosen = self.take([one for one in self.leaves if not (late and is_alap(one))])
        return chosen and {"op": "slip", "item": chosen.id, "by": self.span()}

    def slip_parent(self) -> Any:
        parents = [item for item in self.can if self.below(item.id)]
        dated = [item for item in parents if self.oracle.place(item.id).finish]
        if not parents or not self.may_group():
            return None
        if dated and self.dice.once_in(2):
            chosen = self.dice.pick(dated).id
            return {"op": "slip", "item": chosen, "by": self.span(), "own": True}
        return {"op": "slip", "item": self.dice.pick(parents).id, "by": self.span()}

    def slip_group(self) -> Any:
        groups = [("parent", item.id) for item in self.can if self.below(item.id)]
        groups += [("tag", tag) for item in self.leaves for tag in item.tags]
        groups += [("division", one.division) for one in self.leaves if one.division]
        for officer in self.plan.officers:
            if any(map(self.held_by(officer.id), self.leaves)):
                groups.append(("officer", officer.id))
        if not groups or not self.may_group():
            return None
        key, value = self.dice.pick(groups)
        return {"op": "slip_group", key: value, "by": self.span()}

    def below(self, name: str) -> list[Item]:
        """Return the leaves below an item that can still move."""
        return [leaf for leaf in self.leaves if name in self.plan.index.ancestors(leaf.id)]

    def may_group(self) -> bool:
        """A level of effort slips with nobody: such plans take single slips.

        Nor is anything completed or dropped in the same scenario: the group might be empty.
        """
        self.groups |= not self.ends and all(item.type != "loe" for item in self.plan.items)
        return self.groups

    def may_end(self) -> bool:
        self.ends |= not self.groups
        return not self.groups

    def held_by(self, officer: str) -> Callable[[Item], bool]:
        """Return whether an officer is responsible for a leaf."""
        officers_of = self.plan.index.officers_of
        return lambda leaf: any(one.id == officer for one in officers_of(leaf.id))

    # -- Dates ------------------------------------------------------------------------------

    def set_dates(self) -> Any:
        """Own dates of an item scheduled by them, or the duration of one scheduled by logic."""
        plain = [item for item in self.leaves if not facts.is_begun(item) and not item.constraints]
        dated = [one for one in plain if one.mode == "planned" and one.planned.finish is not None]
        logic = [one for one in plain if one.mode == "logic" and one.duration and not one.splits]
        chosen = self.take([*dated, *logic])
        if chosen is None:
            return None
        change: dict[str, Any] = {"op": "set", "item": chosen.id}
        if chosen.mode == "logic":
            unit = "wd" if chosen.duration and chosen.duration.unit in WORKING else "d"
            return change | {"duration": f"{self.dice.number(1, 30)}{unit}"}
        moved = chosen.forecast is not None
        if chosen.planned.start is None or moved or self.is_gate(chosen.id):
            return change | {"finish": write(self.dice.day())}
        key = self.dice.pick(["finish", "start", "duration", "both"])
        if key == "duration":
            return change | {"duration": f"{self.dice.number(1, 60)}d"}
        day = self.dice.day()
        if key != "both":
            return change | {key: write(day)}
        after = day + timedelta(days=self.dice.number(0, 60))
        return change | {"start": write(day), "finish": write(after)}

    def is_gate(self, name: str) -> bool:
        return any(gate.item == name for gate in self.plan.gates)

    def complete(self) -> Any:
        if not self.may_end():
            return None
        can = [item for item in self.leaves if not facts.is_open_ended(item)]
        chosen = self.take([item for item in can if item.actual_start is None])
        return chosen and {"op": "complete", "item": chosen.id, "on": write(self.dice.day())}

    def cancel(self) -> Any:
        chosen = self.take(self.leaves) if self.may_end() else None
        return chosen and {"op": "cancel_item", "item": chosen.id}

    # -- Links ------------------------------------------------------------------------------

    def add_link(self) -> Any:
        ids = [item.id for item in self.plan.items]
        used = links_used(self.plan)
        there = {(link.from_, link.to) for link in used}
        before, after = self.dice.pick(ids), self.dice.pick(ids)
        new = {"from": before, "to": after, "type": self.dice.pick(["FS", "FF", "SS", "SF"])}
        if (before, after) in there or link_fault(before, after, self.plan.index.parents):
            return None
        if find_cycle(self.plan, [*used, Link.model_validate(new)]) is not None:
            return None
        return {"op": "add_link", **new, "lag": f"{self.dice.number(-10, 30)}d"}

    def remove_link(self) -> Any:
        used = links_used(self.plan)
        if not used or self.dice.once_in(2):
            return None
        chosen = self.dice.pick(used)
        return {"op": "remove_link", "from": chosen.from_, "to": chosen.to}

    # -- People and boards ------------------------------------------------------------------

    def away(self) -> Any:
        if not self.plan.officers or not self.may_group():
            return None
        first = self.dice.day(120)
        last = first + timedelta(days=self.dice.number(0, 40))
        held = [one.id for one in self.plan.officers if any(map(self.held_by(one.id), self.leaves))]
        if not held:
            return None
        officer = self.dice.pick(held)
        return {"op": "away", "officer": officer, "from": write(first), "to": write(last)}

    def reassign(self) -> Any:
        held = [
            (item.id, officer.id)
            for item in self.leaves
            if item.id in self.free
            for officer in self.plan.index.officers_of(item.id)
        ]
        if not held or not self.may_end():
            return None
        item, officer = self.dice.pick(held)
        self.free.discard(item)
        other = next((one.id for one in self.plan.officers if one.id != officer), None)
        return other and {"op": "reassign", "item": item, "officer": officer, "to": other}

    def meeting(self) -> tuple[str, date] | None:
        """Return a board and a day on which it meets by its dates."""
        found = [
            (board.id, day)
            for board in self.plan.boards
            for day in board.meetings.dates
            if day not in board.meetings.cancelled and not _is_shut(self.plan, board.id, day)
        ]
        return self.dice.pick(found) if found else None

    def cancel_meeting(self) -> Any:
        chosen = self.meeting()
        if chosen is None or chosen[0] in self.changed_boards:
            return None
        self.changed_boards.add(chosen[0])
        return {"op": "cancel_meeting", "board": chosen[0], "date": write(chosen[1])}

    def move_meeting(self) -> Any:
        change = self.cancel_meeting()
        to = self.new_day(change["board"]) if change else None
        return to and change | {"op": "move_meeting", "to": write(to)}

    def add_meeting(self) -> Any:
        if not self.plan.boards:
            return None
        board = self.dice.pick(self.plan.boards).id
        day = self.new_day(board)
        if day is None or board in self.changed_boards:
            return None
        self.changed_boards.add(board)
        return {"op": "add_meeting", "board": board, "date": write(day)}

    def new_day(self, board: str) -> date | None:
        """Return a day on which a board can meet and does not."""
        day = self.dice.day(150)
        instant = datetime(day.year, day.month, day.day) + timedelta(days=1)
        taken = instant in self.oracle.diary.valid(board, ())
        cancelled = any(day in one.meetings.cancelled for one in self.plan.boards)
        return None if taken or cancelled or _is_shut(self.plan, board, day) else day

    def waive(self) -> Any:
        known = [
            gate.id
            for gate in self.plan.gates
            if gate.id and gate.state == "accepted" and self.oracle.papers_lead(gate)
        ]
        if self.waived:
            return None
        self.waived = True
        return {"op": "waive_papers_lead", "gate": self.dice.pick(known)} if known else None


def _is_shut(plan: Plan, board: str, day: date) -> bool:
    """Whether a blackout keeps a board from meeting on a day."""
    return any(board in one.boards and one.start <= day <= one.finish for one in plan.blackouts)


def _has_times(plan: Plan) -> bool:
    """Return whether the plan holds anything finer than a day."""
    spans = [link.lag for link in plan.links]
    moments: list[date | None] = []
    for item in plan.items:
        spans += [span for span in (item.duration, item.remaining) if span is not None]
        moments.append(item.planned.finish)
        if item.duration is not None and item.percent is not None:
            return True
    if any(name not in {"five", "six", "always", "child"} for name in _calendars(plan)):
        return True
    return any(isinstance(moment, datetime) for moment in moments) or any(
        span.unit in {"eh", "%", "h", "min"} or (span.unit in {"d", "w"} and span.minutes % 1440)
        for span in spans
    )


def _calendars(plan: Plan) -> list[str]:
    return [calendar.id for calendar in plan.calendars]
