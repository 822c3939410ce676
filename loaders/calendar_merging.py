"""Calendars of meetings put into a plan: dates, rules and cancellations of the boards they name.

A calendar adds to what a plan knows of a board's meetings: nothing is left out because it is not
in it. What it says is met is met, though it was cancelled before; what it says is off is off,
though the plan lists it. A board that the plan does not hold is told, once for each name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphmodel.meetings import add_meeting, known_meetings, meeting_anchor, meeting_instants
from graphmodel.moments import day_of, finish_instant, show_start, write_moment
from graphmodel.problems import Place, Problem
from graphmodel.words import count
from loaders.calendar_boards import find_board
from loaders.calendar_series import expand_events, split_versions
from loaders.changing import change_plan
from loaders.register_desk import Directory

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graphmodel.people import Board
    from graphmodel.plan import Plan
    from loaders.calendar_events import CalendarEvent, CalendarFile
    from loaders.calendar_series import Series

__all__ = ["merge_calendars"]


@dataclass(slots=True)
class _Said:
    """What a calendar says of one board's meetings."""

    held: dict[date, CalendarEvent] = field(default_factory=dict)
    off: dict[date, CalendarEvent] = field(default_factory=dict)
    rule: Series | None = None


def merge_calendars(
    plan: Plan, calendars: Iterable[CalendarFile]
) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...]]:
    """Return a plan with the meetings of calendars, the problems, and what was read of each."""
    merging = _Merging(plan)
    for calendar in calendars:
        merging.take(calendar)
    boards = tuple(merging.boards)
    changed = plan if boards == plan.boards else change_plan(plan, {"boards": boards})
    return changed, tuple(merging.problems), tuple(merging.notes)


class _Merging:
    """One plan into which calendars are put, one after the other."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.boards: Directory[Board] = Directory("board", plan.boards)
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def take(self, calendar: CalendarFile) -> None:
        """Put in what one file says."""
        self.problems += calendar.problems
        said: dict[str, _Said] = {}
        unknown: dict[str, list[CalendarEvent]] = {}
        for group in split_versions(calendar.events):
            board, words = find_board(self.boards, calendar, group[0])
            if board is None:
                unknown.setdefault(words, []).extend(group)
            else:
                self._hear(said.setdefault(board.id, _Said()), group)
        for wanted, heard in said.items():
            self._change(self.boards.by_id[wanted], heard)
        self._tell(calendar, said, unknown)

    def _hear(self, said: _Said, group: list[CalendarEvent]) -> None:
        series = expand_events(group, may_rule=said.rule is None)
        if series.rule is not None:
            said.rule = series
        self.problems += series.problems
        for moment in series.held:
            said.held.setdefault(moment, series.event)
        for moment in series.off:
            said.off.setdefault(moment, series.event)

    def _change(self, board: Board, said: _Said) -> None:
        """Change a board's meetings to what a calendar says of them."""
        changed = self._ruled(board, said)
        anchor = self._anchor(changed)
        changed = _call_off(changed, said)
        for moment in sorted(said.held, key=finish_instant):
            instant = finish_instant(moment)
            if instant not in meeting_instants(changed, anchor=anchor, until=instant):
                changed = add_meeting(changed, moment, anchor=anchor)
            if moment in said.off and said.off[moment].cancelled:
                self._contradict(board, moment, said)
        self._tell_blackouts(changed, said)
        self.boards.put(_without_repeats(changed))

    def _tell_blackouts(self, board: Board, said: _Said) -> None:
        """Say which meetings of a calendar do not count, because a blackout names the board."""
        valid = set(
            known_meetings(self.plan, board, max(map(finish_instant, said.held), default=0))
        )
        lost = [one for one in said.held if finish_instant(one) not in valid]
        if lost:
            days = ", ".join(write_moment(one) for one in sorted(lost, key=finish_instant))
            verb = "lies" if len(lost) == 1 else "lie"
            message = (
                f"{count(len(lost), 'meeting')} of {board.name} in the calendar {verb} in a "
                f"blackout that names it, and {'does' if len(lost) == 1 else 'do'} not count: "
                f"{days}."
            )
            place = said.held[lost[0]].place
            self.problems.append(Problem("meeting-in-blackout", "warning", message, (), place))

    def _anchor(self, board: Board) -> date | None:
        """Return the day that rules are counted from once the board is as it is given."""
        others = (board if one.id == board.id else one for one in self.boards)
        return meeting_anchor(self.plan.model_copy(update={"boards": tuple(others)}))

    def _ruled(self, board: Board, said: _Said) -> Board:
        """Return a board with the rule of a calendar, which takes the place of another."""
        series = said.rule
        if series is None or series.rule is None:
            return board
        old = board.meetings
        if old.rule is not None and (old.rule, old.since) != (series.rule, series.since):
            message = (
                f"{board.name} meets by the rule {series.rule} of the calendar, no more by "
                f"{old.rule}."
            )
            place = series.event.place
            self.problems.append(Problem("meeting-rule-replaced", "info", message, (), place))
        ruled = old.model_copy(update={"rule": series.rule, "since": series.since})
        return board.model_copy(update={"meetings": ruled})

    def _contradict(self, board: Board, moment: date, said: _Said) -> None:
        message = (
            f"{board.name} is said to meet on {write_moment(moment)} and not to "
            f"({said.off[moment].place}): it counts as a meeting."
        )
        place = said.held[moment].place
        self.problems.append(Problem("meeting-contradiction", "warning", message, (), place))

    def _tell(
        self,
        calendar: CalendarFile,
        said: dict[str, _Said],
        unknown: dict[str, list[CalendarEvent]],
    ) -> None:
        for words, events in unknown.items():
            them = "event is" if len(events) == 1 else "events are"
            message = (
                f"{self.boards.explain(words)}: its {len(events):,} {them} not used. Name a board "
                "by its id, title or another spelling in the title of an event."
            )
            place = events[0].place
            self.problems.append(Problem("unknown-board", "warning", message, (), place))
        if not calendar.events and not calendar.problems:
            message = "The calendar holds no meeting."
            place = Place(calendar.path.name)
            self.problems.append(Problem("empty-calendar", "warning", message, (), place))
        for wanted, heard in said.items():
            self.notes.append(f"{calendar.path.name}: {self._count(wanted, heard)}.")

    def _count(self, wanted: str, heard: _Said) -> str:
        board = self.boards.by_id[wanted]
        told = [count(len(heard.held), f"meeting of {board.name}", f"meetings of {board.name}")]
        told += ["a rule for more"] if heard.rule is not None else []
        told += [f"{len(heard.off)} cancelled"] if heard.off else []
        return f"{', '.join(told)} read"


def _call_off(board: Board, said: _Said) -> Board:
    """Return a board without the meetings that are off.

    A day that is called off takes all of its meetings away, unless the calendar itself holds
    another on it: then only the one without a time of day.
    """
    kept = {day_of(moment) for moment in said.held}
    off = [
        show_start(finish_instant(moment), hours=True) if moment in kept else moment
        for moment in said.off
    ]
    meetings = board.meetings
    new = (*meetings.cancelled, *(one for one in off if one not in meetings.cancelled))
    changed = meetings.model_copy(update={"cancelled": new})
    return board.model_copy(update={"meetings": changed})


def _without_repeats(board: Board) -> Board:
    meetings = board.meetings
    once = {
        "dates": tuple(dict.fromkeys(meetings.dates)),
        "cancelled": tuple(dict.fromkeys(meetings.cancelled)),
    }
    return board.model_copy(update={"meetings": meetings.model_copy(update=once)})
