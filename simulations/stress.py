"""The stress test of officers: everything unfinished of each slips by the same span, in turn.

Each answer is that of the group slip of that officer alone (DESIGN 5.4), from one batch of all
(`simulations.batch`). What is slipped is not counted as moved; what it moves is told with whose it
is, and with the boards that will hear of it: those that gate or oversee what moves, slipped items
included, or anything it is part of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.spans import Span, parse_span
from simulations.batch import effect_rank, measure
from simulations.cases import officer_cases
from simulations.schedule import count_links

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.results import LinksUsed
    from simulations.scenarios import Baseline
    from simulations.witness import Stress

    Progress = Callable[[int, int], None]

__all__ = ["StressTest", "stress_officers"]


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
    in_full: Container[str] = (),
    compiled: bool | None = None,
    progress: Progress | None = None,
) -> StressTest:
    """Slip all unfinished items of each officer in turn, and say what that does and who hears.

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
    in_full
        Ids of those of whom it is told item by item what moves.
    compiled, progress
        As in `simulations.batch.reach`.

    Raises
    ------
    ScenarioError
        Nothing can be slipped by this span.
    """
    from simulations.witness import Witness  # noqa: PLC0415 - heavy

    span = parse_span(by) if isinstance(by, str) else by
    cases = officer_cases(baseline, span, roles, only)
    witness = Witness(baseline, cases, roles, in_full)
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
