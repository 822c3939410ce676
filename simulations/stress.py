"""The stress test of officers: everything unfinished of each slips by the same span, in turn.

Each answer is that of the group slip of that officer alone (DESIGN 5.4), from one batch of all
(`simulations.batch`). What is slipped is not counted as moved; what it moves is told with whose it
is, and with the boards that will hear of it: those that gate or oversee what moves, slipped items
included, or anything it is part of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphmodel.spans import Span, parse_span
from simulations.batch import effect_rank, measure
from simulations.boards import FirstBoards
from simulations.cases import officer_cases
from simulations.codes import NEVER, PARENT
from simulations.passes import whole
from simulations.schedule import count_links

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.batch import Effect
    from simulations.boards import Hearing
    from simulations.cases import Case
    from simulations.results import Gaps, LinksUsed
    from simulations.scenarios import Baseline

    Progress = Callable[[int, int], None]

__all__ = ["Hit", "Stress", "StressTest", "stress_officers"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Whose items move: how many, and by how many days in all, under each rule for gaps."""

    officer: str
    items: int
    days: float
    items_if_work: int
    days_if_work: float


@dataclass(frozen=True, slots=True)
class Stress:
    """What the slip of everything unfinished of one officer does.

    Attributes
    ----------
    effect
        Counts and days, as `simulations.batch.reach` tells them.
    moves, late
        Ids in the order of the plan, under either rule for gaps: items without parts that move,
        and items that become newly late. The slipped ones are not in them.
    own_late, own_late_if_work
        How many of the slipped items miss a due date of their own that they would have kept.
    hits
        Whose items ``moves`` lists, the most days first. An item of two officers counts for both.
    boards
        Who will hear of it, the first to meet first.
    """

    effect: Effect
    moves: tuple[str, ...]
    late: tuple[str, ...]
    own_late: int
    own_late_if_work: int
    hits: tuple[Hit, ...]
    boards: tuple[Hearing, ...]


@dataclass(frozen=True, slots=True)
class StressTest:
    """The stress of each officer who holds something that can slip, the greatest effect first."""

    plan: Plan
    by: Span
    roles: tuple[Role, ...]
    links_used: LinksUsed
    officers: tuple[Stress, ...]
    findings: tuple[Problem, ...]


def stress_officers(
    baseline: Baseline,
    by: Span | str,
    *,
    roles: Sequence[Role] = ("responsible",),
    only: Container[str] | None = None,
    compiled: bool | None = None,
    progress: Progress | None = None,
) -> StressTest:
    """Slip all unfinished items of each officer in turn, and say what moves and who hears of it.

    Parameters
    ----------
    baseline
        The plan made ready by `simulations.whatif.prepare`. It is not changed.
    by
        The slip, such as ``1m``: days, weeks or calendar months.
    roles
        Which roles make an item an officer's.
    only
        Ids of the officers to look at; all, unless given.
    compiled, progress
        As in `simulations.batch.reach`.

    Raises
    ------
    ScenarioError
        Nothing can be slipped by this span.
    """
    span = parse_span(by) if isinstance(by, str) else by
    cases = officer_cases(baseline, span, roles, only)
    witness = _Witness(baseline, cases, roles)
    effects = measure(
        baseline, cases, span, compiled=compiled, progress=progress, watch=witness.watch
    )
    found = [witness.tell(number, effect) for number, effect in enumerate(effects)]
    return StressTest(
        plan=baseline.plan,
        by=span,
        roles=tuple(roles),
        links_used=count_links(baseline.compiled),
        officers=tuple(sorted(found, key=lambda one: effect_rank(one.effect))),
        findings=(*baseline.skipped, *baseline.compiled.findings),
    )


@dataclass(slots=True)
class _Half:
    """What is kept of one case under one rule for gaps."""

    moves: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    own_late: int = 0
    heard: list[int] = field(default_factory=list)
    hits: dict[str, list[int]] = field(default_factory=dict)


class _Witness:
    """Keeps of each case, as it is answered, what its record tells."""

    def __init__(self, baseline: Baseline, cases: Sequence[Case], roles: Sequence[Role]) -> None:
        self._baseline = baseline
        self._cases = cases
        self._boards = FirstBoards.of(baseline.compiled)
        self._halves: dict[tuple[int, Gaps], _Half] = {}
        index = baseline.plan.index
        #: Who holds each item, by position.
        self._holders = [
            tuple(dict.fromkeys(one.id for role in roles for one in index.officers_of(item, role)))
            for item in baseline.compiled.ids
        ]

    def watch(
        self, gaps: Gaps, number: int, positions: Sequence[int], minutes: Sequence[int]
    ) -> None:
        """Note what a case moves under a rule for gaps."""
        half = self._halves[number, gaps] = _Half()
        members = frozenset(self._cases[number].members)
        passes = self._baseline.passes[gaps]
        net, finishes = passes.compiled.net, passes.dates.finish
        due, how = net.due, net.how
        for position, by in zip(positions, minutes, strict=True):
            if not by:
                continue
            half.heard.append(position)
            finish = finishes[position]
            is_late = NEVER not in {due[position], finish} and finish <= due[position] < finish + by
            if position in members:
                half.own_late += is_late
                continue
            if is_late:
                half.late.append(position)
            if how[position] != PARENT:
                half.moves.append(position)
                for holder in self._holders[position]:
                    hit = half.hits.setdefault(holder, [0, 0])
                    hit[0] += 1
                    hit[1] += by

    def tell(self, number: int, effect: Effect) -> Stress:
        """Return the record of a case."""
        spare = self._halves[number, "spare"]
        work = self._halves.get((number, "work"), spare)
        compiled = self._baseline.compiled
        heard = {compiled.ids[position] for half in (spare, work) for position in half.heard}
        return Stress(
            effect=effect,
            moves=self._ids(spare.moves, work.moves),
            late=self._ids(spare.late, work.late),
            own_late=spare.own_late,
            own_late_if_work=work.own_late,
            hits=tuple(_hits(spare, work)),
            boards=self._boards.hearing(heard),
        )

    def _ids(self, spare: Sequence[int], work: Sequence[int]) -> tuple[str, ...]:
        compiled = self._baseline.compiled
        ordered = sorted({*spare, *work}, key=compiled.order_in_file.__getitem__)
        return tuple(compiled.ids[position] for position in ordered)


def _hits(spare: _Half, work: _Half) -> list[Hit]:
    """Return whose items move, the most days under both rules first."""
    none = [0, 0]
    hits = []
    for officer in dict.fromkeys((*spare.hits, *work.hits)):
        one, other = spare.hits.get(officer, none), work.hits.get(officer, none)
        hits.append(Hit(officer, one[0], whole(one[1]), other[0], whole(other[1])))
    return sorted(hits, key=lambda hit: (-hit.days - hit.days_if_work, hit.officer))
