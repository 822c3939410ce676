"""Boards and gates: what is decided when, what is at stake, and who sees a change first.

The parts of the answer are made where they are defined: gates and their cliffs in
`queries.boards_gates`, agendas in `queries.boards_meetings`, blackouts in
`queries.boards_blackouts`, a change as boards see it in `queries.boards_hearings`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.moments import show_finish
from queries.boards_blackouts import read_blackouts
from queries.boards_gates import GateReader, sort_cliffs
from queries.boards_hearings import view_scenario
from queries.boards_meetings import MeetingReader
from queries.boards_wording import tell_boards
from simulations.boards import heard_from
from simulations.scenarios import Baseline
from simulations.schedule import count_links
from simulations.whatif import prepare

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from graphmodel.scenario import Scenario
    from queries.boards_blackouts import BlackoutFacts
    from queries.boards_gates import GateFacts
    from queries.boards_hearings import ScenarioView
    from queries.boards_meetings import BoardFacts
    from simulations.results import LinksUsed

__all__ = ["BoardReview", "review_boards"]


@dataclass(frozen=True, slots=True)
class BoardReview:
    """The answer to ``boards``.

    Attributes
    ----------
    since, until
        The days from and to which meetings are listed; all from the first where the plan states
        no day, so that ``since`` is None.
    sentences
        The answer in words, the most urgent first.
    gates
        The accepted gates, in the order of the plan.
    boards
        The boards, in the order of the plan, with their meetings to come.
    blackouts
        What each blackout catches.
    scenario
        A change as boards see it; None where none was asked about.
    findings
        Proposed links that had to be left out.
    """

    plan: Plan
    since: date | None
    until: date
    links_used: LinksUsed
    sentences: tuple[str, ...]
    gates: tuple[GateFacts, ...]
    boards: tuple[BoardFacts, ...]
    blackouts: tuple[BlackoutFacts, ...]
    scenario: ScenarioView | None
    findings: tuple[Problem, ...]

    @property
    def cliffs(self) -> tuple[GateFacts, ...]:
        """The gates with a cliff, the smallest slip first, then the greatest cost."""
        return sort_cliffs(self.gates)


def review_boards(
    plan: Plan | Baseline, scenario: Scenario | None = None, *, board: str | None = None
) -> BoardReview:
    """Say what boards decide when, what a slip costs there, and who sees a change first.

    Parameters
    ----------
    plan
        The plan, whose accepted links are followed; or one made ready by
        `simulations.whatif.prepare`, with the links chosen there. It is not changed.
    scenario
        A change: which boards see it, and which decisions it moves. All else is told of the plan
        as it stands.
    board
        The id or title of the one board that is asked about; None for all.

    Raises
    ------
    UnknownIdError
        The plan has no such board, or the scenario names what it has not.
    ScenarioError
        The change cannot be made.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    given = plan.plan if isinstance(plan, Baseline) else plan
    wanted = None if board is None else given.index.board(board).id
    baseline = plan if isinstance(plan, Baseline) else prepare(plan)
    gates = tuple(GateReader(baseline).read(wanted))
    reader = MeetingReader(baseline, gates)
    boards = tuple(reader.read(one) for one in given.boards if wanted in {None, one.id})
    blackouts = read_blackouts(baseline, wanted)
    view = None if scenario is None else view_scenario(baseline, scenario, wanted)
    return BoardReview(
        plan=given,
        since=heard_from(given),
        until=show_finish(reader.horizon),
        links_used=count_links(baseline.compiled),
        sentences=tell_boards(given, gates, boards, blackouts),
        gates=gates,
        boards=boards,
        blackouts=blackouts,
        scenario=view,
        findings=baseline.skipped,
    )
