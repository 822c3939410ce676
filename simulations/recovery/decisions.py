"""What is decided rather than cut: at which meeting a gate is passed, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, finish_instant
from simulations.codes import NEVER
from simulations.kernels.gates import inputs_limit, papers_deadline
from simulations.kernels.points import slipped
from simulations.recovery.crash import Arc
from simulations.recovery.levers import Pull
from simulations.recovery.meetings import Meet, find_waivers, gates_of, nominal, own_floor
from simulations.recovery.people import find_handovers, floor_without

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulations.recovery.late import LateNet
    from simulations.recovery.prices import Prices
    from simulations.recovery.scale import Scale

__all__ = ["Choice", "Option", "choose_meeting", "choose_officer"]

#: Days on which an extra meeting is looked for, from the earliest that is worth having.
_DAYS: Final = 100


@dataclass(frozen=True, slots=True)
class Option:
    """One way to decide: what it weighs, the arcs and needs it brings, and the levers it pulls."""

    weight: int
    arcs: tuple[Arc, ...]
    needs: Mapping[int, int]
    pulls: tuple[Pull, ...] = ()

    def is_better(self, other: Option) -> bool:
        """Return whether it is no worse in anything than another that brings forward the same."""
        if len(self.arcs) != 1 or len(other.arcs) != 1:
            return False
        return (
            self.weight <= other.weight
            and self.arcs[0].slack >= other.arcs[0].slack
            and all(need <= other.needs.get(event, 0) for event, need in self.needs.items())
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """Options of which one is taken; ``relaxed`` is no worse than any of them.

    ``is_sampled``: whether there are more than are tried.
    """

    options: tuple[Option, ...]
    relaxed: Option
    is_sampled: bool = False

    @classmethod
    def of(cls, event: int, options: Sequence[Option]) -> Choice:
        """Return the options worth trying, the lightest first."""
        ranked = sorted(options, key=lambda one: (one.weight, sum(one.needs.values())))
        kept: list[Option] = []
        for one in ranked:
            if not any(other.is_better(one) for other in kept):
                kept.append(one)
        slacks = [[arc.slack for arc in one.arcs if arc.tail == 0] for one in kept]
        arcs: tuple[Arc, ...] = ()
        if all(slacks):
            arcs = (Arc(0, event, max(max(one) for one in slacks)),)
        return cls(tuple(kept), Option(kept[0].weight, arcs, {}))


class _Gate:
    """A late gated item and the meetings at which it could be passed."""

    def __init__(self, late: LateNet, position: int, events: tuple[int, int], scale: Scale) -> None:
        self.late, self.position, self.scale = late, position, scale
        self.ready, self.event = events
        self.net, self.dates = late.net, late.passes.dates
        self.now = self.dates.finish[position]
        self.limit = late.limit(position)
        self.rows = gates_of(late.trials, position)
        last = self.rows[-1]
        self.meetings = self.net.meetings[self.net.g_from[last] : self.net.g_to[last]]
        self.own = late.own_finish(position)
        self.is_sampled = len(self.rows) > 1  # what its boards could do together is not tried
        inputs = [one.finish for one in late.bounds(position) if not _is_own(one)]
        self.written = max(inputs, default=NEVER)

    def option(
        self, meeting: int, deadline: int, weight: int, pulls: tuple[Pull, ...] = ()
    ) -> Option:
        """Return the option of passing at a meeting whose papers must be written by a deadline."""
        needs = {}
        if self.written > deadline and meeting != self.now:
            needs[self.ready] = self.scale.between(self.position, deadline, self.written) or 1
        slack = self.scale.between(self.position, meeting, self.now)
        return Option(weight, (Arc(0, self.event, slack),), needs, pulls)

    def worth(self, early: int, late: int) -> int:
        """Return calendar days between two instants as minutes of the scale."""
        return (late - early) * self.scale.day // DAY

    def deadline(self, meeting: int) -> int:
        """Return when papers must be written for an item that passes its last gate then."""
        if len(self.rows) == 1:
            before = self.late.before_slip(self.position, meeting)
            return papers_deadline(self.net, self.rows[0], before)
        deadline = inputs_limit(self.net, self.dates, self.position, meeting)
        return self.late.before_slip(self.position, deadline)

    def regular(self) -> list[int]:
        """Return the meetings worth passing at: the last one early enough, and all after it."""
        known = [one for one in self.meetings if self.own <= one <= self.now]
        early = [one for one in known if one <= self.limit]
        return [*early[-1:], *(one for one in known if one > self.limit)]

    def open_end(self) -> Iterator[Option]:
        """Yield the option of a gate beyond its last known meeting, which waits for none."""
        if self.now in self.meetings:
            return
        arcs = [Arc(self.ready, self.event, 0)]
        if self.own != NEVER:
            arcs.append(Arc(0, self.event, self.scale.between(self.position, self.own, self.now)))
        yield Option(0, tuple(arcs), {})


def choose_meeting(
    late: LateNet, position: int, events: tuple[int, int], scale: Scale, prices: Prices
) -> Choice | None:
    """Return the options of a late gate; ``events``: that of its inputs, and its own."""
    gate = _Gate(late, position, events, scale)
    options = list(gate.open_end())
    options.extend(gate.option(one, gate.deadline(one), 0) for one in gate.regular())
    if len(gate.rows) == 1:
        options.extend(_with_board(gate, prices))
    if not options:
        return None
    return replace(Choice.of(gate.event, options), is_sampled=gate.is_sampled)


def _with_board(gate: _Gate, prices: Prices) -> Iterator[Option]:
    """Yield the options in which the board of the only gate does something for it."""
    trials = gate.late.trials
    waivers = list(find_waivers(trials, gate.position))
    meetings: list[tuple[int, int, tuple[Pull, ...]]] = [(one, 0, ()) for one in gate.regular()]
    meetings.extend(_extra(gate, prices))
    for meeting, weight, pulls in meetings:
        deadline = gate.deadline(meeting)
        ready = gate.late.before_slip(gate.position, meeting)
        if pulls:
            yield gate.option(meeting, deadline, weight, pulls)
        for lever in waivers:
            waived = prices.flat(lever, gate.worth(deadline, ready))
            pull = Pull(lever, 1, (ready - deadline) / DAY)
            yield gate.option(meeting, ready, weight + waived, (*pulls, pull))


def _extra(gate: _Gate, prices: Prices) -> Iterator[tuple[int, int, tuple[Pull, ...]]]:
    """Yield when a gate is passed thanks to one more meeting, and what that meeting weighs."""
    row, trials = gate.rows[0], gate.late.trials
    first, own = own_floor(trials, gate.position, row), gate.net.g_own[row]
    moves_own = first != own
    if gate.now not in gate.meetings and not moves_own:
        return
    asked = own if own == NEVER else slipped(trials.changes, gate.position, own, 0)
    if not moves_own:  # a meeting before the last day that helps is no better
        first = max(nominal(trials, gate.position, row, is_alone=True), gate.limit - DAY)
    lever = Meet(trials, gate.position, row, "extra_meeting", first)
    gate.is_sampled |= lever.most > _DAYS
    for amount in range(max(1, lever.most - _DAYS), lever.most + 1):
        if not lever.may_meet(amount):
            continue
        instant = finish_instant(lever.moment(amount))
        if moves_own and instant <= own:
            passed = _passed(gate, instant)
        elif moves_own and instant < asked:
            continue
        else:
            passed = instant
        pull = Pull(lever, amount, lever.worth(amount))
        weight = prices.flat(lever, round(lever.worth(amount) * gate.scale.day))
        yield passed, weight, (pull,)
        if instant <= gate.limit and not moves_own:
            return


def _passed(gate: _Gate, meeting: int) -> int:
    """Return when a gate is passed whose own date is a meeting put there."""
    asked = slipped(gate.late.trials.changes, gate.position, meeting, 0)
    known = sorted({*gate.meetings, meeting})
    return next((one for one in known if one >= asked), asked)


def choose_officer(
    late: LateNet, position: int, event: int, scale: Scale, prices: Prices
) -> Choice | None:
    """Return the options of an item that waits for an officer's return: to wait, or to pass on."""
    levers = list(find_handovers(late.trials, position))
    if not levers:
        return None
    now = late.passes.instant(position)
    own = late.own_finish(position)
    if own <= late.limit(position):
        return None
    without = late.own_finish(position, floor=floor_without(late.trials, position))
    stays = Arc(0, event, scale.between(position, own, now))
    passes = (Arc(0, event, scale.between(position, without, now)),)
    arcs = passes if without > late.limit(position) else ()
    worth = (own - without) / DAY
    weight = sum(prices.flat(lever, round(worth * scale.day)) for lever in levers)
    pulls = tuple(Pull(lever, 1, worth) for lever in levers)
    return Choice.of(event, [Option(0, (stays,), {}), Option(weight, arcs, {}, pulls)])


def _is_own(bound: object) -> bool:
    return getattr(bound, "source", None) is None
