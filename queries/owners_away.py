"""What an officer's absence holds up: the what-if ``away`` (DESIGN 5.4), one officer at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphmodel.errors import ScenarioError
from graphmodel.moments import finish_instant
from graphmodel.scenario import Away, Scenario
from graphmodel.words import count
from queries.owners_words import tell_effects
from simulations.edited import is_over
from simulations.whatif import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from simulations.results import MovedItem, WhatIf
    from simulations.scenarios import Baseline

__all__ = ["Absence", "find_absences"]


@dataclass(frozen=True, slots=True)
class Absence:
    """One officer away, both days included, and what that does.

    Attributes
    ----------
    waits
        Items the officer is responsible for that should be finished in that time and finish later
        for it; they are not in the counts of ``moved`` and ``newly_late``.
    own_late, moved, newly_late, total_knock_on_days
        As in the stress test, gaps as spare time; ``…_if_work`` with gaps as work.
    first_board
        The first board to hear of it, with its meeting; None where no board can.
    """

    officer: str
    title: str
    from_: date
    to: date
    sentence: str
    waits: tuple[str, ...]
    own_late: int
    own_late_if_work: int
    moved: int
    newly_late: int
    total_knock_on_days: float
    moved_if_work: int
    newly_late_if_work: int
    total_knock_on_if_work_days: float
    first_board: str | None
    first_board_meeting: date | None


def find_absences(
    baseline: Baseline,
    officers: Sequence[str],
    first: date,
    last: date,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Absence, ...]:
    """Return what happens if each of these officers in turn is away from one day to another.

    Those who are responsible for nothing that is open are left out: nothing of theirs can wait.

    Raises
    ------
    UnknownIdError
        The plan has no such officer.
    ScenarioError
        The absence ends before it begins.
    """
    if finish_instant(last) < finish_instant(first):
        raise ScenarioError(f"Nobody can be away from {first} to {last}: the second is earlier.")
    index = baseline.plan.index
    busy = {
        officer.id
        for item in baseline.plan.items
        if index.is_leaf(item.id) and not is_over(item)
        for officer in index.officers_of(item.id)
    }
    found = []
    for number, officer in enumerate(index.officer(one).id for one in officers):
        if officer in busy:
            change = Away.model_validate({"officer": officer, "from": first, "to": last})
            told = answer(baseline, Scenario(changes=(change,)))
            found.append(_absence(told, change, index.officer(officer).name))
        if progress is not None:
            progress(number + 1, len(officers))
    return tuple(found)


def _absence(told: WhatIf, change: Away, title: str) -> Absence:
    own = [one for one in told.items if one.changed]
    leaves = [one for one in told.items if not (one.changed or one.is_parent)]
    board, meeting = _first_board(told.items)
    found = Absence(
        officer=change.officer,
        title=title,
        from_=change.from_,
        to=change.to,
        sentence="",
        waits=tuple(one.id for one in own if one.knock_on_days or one.knock_on_if_work_days),
        own_late=sum(one.newly_late for one in own),
        own_late_if_work=sum(one.newly_late_if_work for one in own),
        moved=told.summary.moved,
        newly_late=told.summary.newly_late,
        total_knock_on_days=sum(one.knock_on_days for one in leaves),
        moved_if_work=told.summary.moved_if_work,
        newly_late_if_work=told.summary.newly_late_if_work,
        total_knock_on_if_work_days=sum(one.knock_on_if_work_days for one in leaves),
        first_board=board,
        first_board_meeting=meeting,
    )
    return replace(found, sentence=_tell(found))


def _first_board(items: Iterable[MovedItem]) -> tuple[str | None, date | None]:
    heard = [
        (one.first_board_meeting, one.first_board)
        for one in items
        if one.first_board_meeting is not None and (one.knock_on_days or one.knock_on_if_work_days)
    ]
    meeting, board = min(heard, key=lambda one: finish_instant(one[0]), default=(None, None))
    return board, meeting


def _tell(found: Absence) -> str:
    if not found.waits:
        return "Nothing of theirs should be finished in that time, so nothing waits."
    told = tell_effects(
        own=(found.own_late, found.own_late_if_work),
        late=(found.newly_late, found.newly_late_if_work),
        moved=(found.moved, found.moved_if_work),
        days=(found.total_knock_on_days, found.total_knock_on_if_work_days),
    )
    waits = "waits" if len(found.waits) == 1 else "wait"
    return f"{count(len(found.waits), 'item')} {waits}; {told or 'nothing else moves'}."
