"""The late network as events and arcs for `crash`, with the choices that are no matter of days.

Each late item is one event, its finish; work that can be shortened has another before it, from
which its length is cut; a link that can be overlapped has one of its own, from which its lag is
cut. A gate parts the network: for each meeting at which it could be passed, what comes before must
be ready for that meeting's papers, and what comes after is brought forward by as much as that
meeting is earlier (`simulations.recovery.decisions`).

Where time is counted in one way throughout (`Scale`), the network is a relaxation of the forward
pass: no set of cures costs less than its optimum.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulations.codes import SF, SS
from simulations.kernels.gates import has_gate
from simulations.recovery.crash import Arc
from simulations.recovery.decisions import choose_meeting, choose_officer
from simulations.recovery.scale import Scale
from simulations.recovery.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulations.recovery.decisions import Choice
    from simulations.recovery.late import Bound, LateNet
    from simulations.recovery.overlapping import Overlap
    from simulations.recovery.prices import Prices
    from simulations.recovery.shortening import Shorten

__all__ = ["Levers", "Model", "build_model"]


@dataclass(frozen=True, slots=True)
class Levers:
    """Levers by what they act on: items by position, links by edge."""

    shorten: Mapping[int, Shorten]
    overlap: Mapping[int, Overlap]


@dataclass(slots=True)
class Model:
    """Events, arcs and needs as `crash` takes them.

    Attributes
    ----------
    cuts
        The lever behind an arc, by the arc's number.
    needs, targets
        How far each newly late item has to be brought forward, by event; its event by id.
    """

    scale: Scale
    size: int = 1
    arcs: list[Arc] = field(default_factory=list)
    cuts: dict[int, Shorten | Overlap] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    needs: dict[int, int] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)

    def new_event(self) -> int:
        """Return one more event."""
        self.size += 1
        return self.size - 1


def build_model(
    late: LateNet,
    levers: Levers,
    prices: Prices,
    *,
    reverse: bool = False,
    is_loose: bool = False,
) -> Model:
    """Return the late network with its levers.

    ``reverse``: with the preferences turned round; ``is_loose``: with all that a slip may give more
    than it is told to, so that nothing can do better.
    """
    every = [*levers.shorten.values(), *dict.fromkeys(levers.overlap.values())]
    scale = Scale(late, every)
    ranks = {lever.name: number for number, lever in enumerate(every, start=1)}
    if reverse:
        ranks = {name: len(ranks) + 1 - rank for name, rank in ranks.items()}
    return _Builder(late, levers, prices, Model(scale), ranks, is_loose=is_loose).build()


class _Builder:
    """Fills a model, one late item after the other."""

    def __init__(
        self,
        late: LateNet,
        levers: Levers,
        prices: Prices,
        model: Model,
        ranks: Mapping[str, int],
        *,
        is_loose: bool,
    ) -> None:
        self.late, self.levers, self.prices = late, levers, prices
        self.model, self.scale, self.ranks = model, model.scale, ranks
        self.is_loose = is_loose
        self.finish: dict[int, int] = {}
        self.begin: dict[int, int] = {}
        self.waits: dict[str, int] = {}

    def build(self) -> Model:
        for position in self.late.items:
            self._add(position)
        trials, at = self.late.trials, self.late.passes.compiled.at
        for one in trials.late:
            position = at[one]
            event = self.finish[position]
            finish = self.late.passes.dates.finish[position]
            # At least a minute: on a calendar the next morning is no later than the evening.
            need = max(1, self.scale.between(position, trials.due[one], finish))
            self.model.needs[event] = need
            self.model.targets[one] = event
        return self.model

    def _add(self, position: int) -> None:
        """Add an item: its finish, where its length is cut, and what holds it."""
        late, model = self.late, self.model
        self.finish[position] = head = model.new_event()
        bounds = late.bounds(position)
        gated = has_gate(late.net, position)
        now = late.passes.instant(position)
        if gated:
            head = model.new_event()
            now = max((one.finish for one in bounds if one.source is not None), default=now)
        shorten = self.levers.shorten.get(position)
        tail = head
        if shorten is not None:
            self.begin[position] = tail = model.new_event()
            self._cut(tail, head, shorten)
        more = 0 if gated or not self.is_loose else self.scale.gives(position)
        for bound in bounds:
            if bound.source is not None:
                slack = self.scale.between(position, bound.finish, now) + more
                to = tail if bound.by_start else head
                model.arcs.append(Arc(self._from(bound), to, slack))
        if gated:
            events = head, self.finish[position]
            choice = choose_meeting(late, position, events, self.scale, self.prices)
            model.choices.extend([choice] if choice else [])
            return
        if any(one.source is None for one in bounds):
            self._hold(position, tail, head, now, more)

    def _hold(self, position: int, tail: int, head: int, now: int, more: int) -> None:
        """Add what an item's own dates, constraints and floors hold it to."""
        late, model = self.late, self.model
        choice = choose_officer(late, position, head, self.scale, self.prices)
        if choice is not None:
            model.choices.append(choice)
            return
        own = late.own_finish(position)
        shorten = self.levers.shorten.get(position)
        if late.stands(position):
            own = now
        elif shorten is not None:
            sheet = Sheet(late.passes)
            shorten.patch(sheet, shorten.most)
            short = late.own_finish(position, passes=sheet.passes())
            if short > late.limit(position):
                model.arcs.append(Arc(0, head, self.scale.between(position, short, now)))
        slack = self.scale.between(position, own, now) + (0 if shorten is None else more)
        model.arcs.append(Arc(0, tail, slack))

    def _from(self, bound: Bound) -> int:
        """Return the event that a link or part brings forward what it holds by."""
        source, edge = bound.source, bound.edge
        if edge is None:
            return self.finish.get(source, 0) if source is not None else 0
        assert source is not None  # noqa: S101 - a link has a source
        event = self.finish.get(source, 0)
        if self.late.net.code[edge] in {SS, SF}:
            event = self.begin.get(source, event)
        lever = self.levers.overlap.get(edge)
        if lever is None:
            return event
        if lever.name not in self.waits:
            self.waits[lever.name] = self.model.new_event()
            self._cut(event, self.waits[lever.name], lever)
        return self.waits[lever.name]

    def _cut(self, tail: int, head: int, lever: Shorten | Overlap) -> None:
        """Add an arc that a lever can cut."""
        most = self.scale.minutes(lever, lever.most)
        weight = self.prices.by_minute(lever, self.ranks[lever.name])
        self.model.cuts[len(self.model.arcs)] = lever
        self.model.arcs.append(Arc(tail, head, 0, most, weight))
