"""Everything that a report to a board tells, gathered once: one call runs every question.

The records are those that the commands answer with, so a report can say nothing else than they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphmodel.errors import KnockonError
from queries.boards import review_boards
from queries.checks.run import run_checks
from queries.mapsurvey import survey_map
from queries.odds import ask_odds
from queries.overview import survey
from queries.owners import survey_owners
from queries.trend import find_trends
from simulations.schedule import schedule
from simulations.whatif import prepare, what_if

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.selection import LinkUse
    from graphmodel.spans import Span
    from queries.boards import BoardReview
    from queries.checks.run import Health
    from queries.compare import Comparison
    from queries.mapsurvey import MapSurvey
    from queries.odds import Odds
    from queries.overview import Overview
    from queries.owners import Owners
    from queries.trend import Trend
    from simulations.results import Schedule, WhatIf

    Progress = Callable[[int, int], None]

__all__ = ["Report", "gather_report"]


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a plan, for a report.

    Attributes
    ----------
    answer
        What a change would do; None where none was asked about.
    comparison
        What changed since an earlier version; None where there is none.
    trends
        The finish that each report forecast, from every version and from the history that items
        carry.
    odds
        How likely its dates are; None where that was not asked for, or ``no_odds`` says why there
        are none.
    """

    plan: Plan
    overview: Overview
    schedule: Schedule
    map: MapSurvey
    owners: Owners
    boards: BoardReview
    health: Health
    answer: WhatIf | None
    comparison: Comparison | None
    trends: tuple[Trend, ...]
    odds: Odds | None = None
    no_odds: str = ""


def gather_report(  # noqa: PLR0913 - one for each choice
    plan: Plan,
    *,
    scenario: Scenario | None = None,
    comparison: Comparison | None = None,
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    slip: Span | str = "1m",
    progress: Progress | None = None,
    iterations: int = 0,
    seed: int = 1,
) -> Report:
    """Ask a plan every question that a report answers.

    Parameters
    ----------
    scenario
        A change whose knock-on is told.
    comparison
        The versions of the plan, compared; its newest is this plan.
    links, min_confidence
        Which links are followed, as in a what-if.
    slip
        How far everything of an officer slips in the test of who is under most strain.
    progress
        Told how many officers of how many have been looked at, then how many runs are done.
    iterations, seed
        How often the plan is run for its odds; 0: there are none.

    Raises
    ------
    ScenarioError
        The change cannot be made.
    UnknownIdError
        The change names what the plan has not.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    baseline = prepare(plan, links, min_confidence)
    odds, no_odds = _find_odds(
        plan, iterations, seed=seed, links=links, min_confidence=min_confidence, progress=progress
    )
    answer = None if scenario is None else what_if(baseline, scenario)
    return Report(
        plan=plan,
        overview=survey(plan),
        schedule=schedule(plan, links=links, min_confidence=min_confidence),
        map=survey_map(plan, links=links, min_confidence=min_confidence),
        owners=survey_owners(baseline, slip, progress=progress),
        boards=review_boards(baseline, scenario),
        health=run_checks(plan),
        answer=answer,
        comparison=comparison,
        trends=find_trends([plan]) if comparison is None else comparison.trends,
        odds=odds,
        no_odds=no_odds,
    )


def _find_odds(plan: Plan, iterations: int, **options: Any) -> tuple[Odds | None, str]:
    """Return the odds, or why there are none: a report does without them."""
    if not iterations:
        return None, ""
    try:
        return ask_odds(plan, iterations=iterations, **options), ""
    except KnockonError as error:
        return None, f"There are no odds of this plan. {error}"
