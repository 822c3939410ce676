"""When boards meet, and what a scenario does to it (DESIGN 5.3.5).

A board's meetings are its listed dates and those of its rule (`graphmodel.recurrence`), less what
is cancelled and what lies in a blackout that names the board. A meeting on a day is that day's
last instant; one with a time of day is that minute.

* A day that is cancelled takes every meeting of that day away, a date with time just that one.
* A blackout takes away what lies after its first instant and no later than its last, which is the
  rule for all that finishes: meetings on its first and last day are inside.
* A rule is counted from the day the board states for it (``since``), or else from the plan's
  start. Where the plan has none, from 1 January of the year of the earliest date that it states
  (`meeting_anchor`), failing that of the board's earliest listed meeting.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from graphmodel.errors import PlanError, ScenarioError
from graphmodel.moments import (
    DAY,
    finish_instant,
    show_finish,
    show_start,
    start_instant,
    write_moment,
)
from graphmodel.recurrence import LAST_INSTANT, expand_rule, rule_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.people import Blackout, Board
    from graphmodel.plan import Plan

__all__ = [
    "add_meeting",
    "cancel_meeting",
    "known_meetings",
    "meeting_anchor",
    "meeting_instants",
    "move_meeting",
]


def meeting_anchor(plan: Plan) -> date | None:
    """Return the day that meeting rules are counted from; None where none is needed or known."""
    if plan.start is not None or not any(board.meetings.rule for board in plan.boards):
        return plan.start
    stated = [
        moment
        for item in plan.items
        for moment in (item.planned.start, item.planned.finish, item.actual_start, item.forecast)
        if moment is not None
    ]
    stated.extend(moment for board in plan.boards for moment in board.meetings.dates)
    return _new_year(min(stated, key=start_instant)) if stated else None


def meeting_instants(
    board: Board,
    *,
    anchor: date | None,
    blackouts: Sequence[Blackout] = (),
    until: int = LAST_INSTANT,
) -> list[int]:
    """Return the instants of a board's valid meetings, ascending, none twice.

    Parameters
    ----------
    board
        The board; without any meeting the list is empty.
    anchor
        The day that its rule is counted from, see `meeting_anchor`.
    blackouts
        The plan's blackouts; those that name other boards only are passed over.
    until
        The last instant that is wanted; a rule without an end goes on to it.

    Raises
    ------
    PlanError
        The rule is no rule for meetings, never meets, or has nothing to be counted from.
    """
    instants = sorted({*_listed(board, until), *_ruled(board, anchor, until)})
    for after, last in _closed(board, blackouts):
        del instants[bisect_right(instants, after) : bisect_right(instants, last)]
    return instants


def known_meetings(plan: Plan, board: Board, until: int = LAST_INSTANT) -> list[int]:
    """Return the instants of a board's valid meetings in its plan, up to ``until``.

    A rule that has nothing to be counted from, in a plan without dates, gives none.
    """
    anchor = meeting_anchor(plan)
    meetings = board.meetings
    if meetings.rule is not None and not (anchor or meetings.since or meetings.dates):
        return []
    return meeting_instants(board, anchor=anchor, blackouts=plan.blackouts, until=until)


def cancel_meeting(
    board: Board, day: date, *, anchor: date | None, blackouts: Sequence[Blackout] = ()
) -> Board:
    """Return the board without its meeting, or meetings, on ``day``.

    Raises
    ------
    ScenarioError
        The board does not meet then; its nearest meetings are named.
    """
    return _without(board, _find(board, day, anchor, blackouts))


def add_meeting(
    board: Board, day: date, *, anchor: date | None, blackouts: Sequence[Blackout] = ()
) -> Board:
    """Return the board with one more meeting.

    Raises
    ------
    ScenarioError
        The board meets then already, or a blackout that names it forbids it to.
    """
    instant = finish_instant(day)
    if instant in meeting_instants(board, anchor=anchor, blackouts=blackouts, until=instant):
        raise ScenarioError(f"{board.name} meets on {write_moment(day)} already.")
    for blackout in _naming(board, blackouts):
        if start_instant(blackout.start) < instant <= finish_instant(blackout.finish):
            reason = f" ({blackout.reason})" if blackout.reason else ""
            raise ScenarioError(
                f"{board.name} cannot meet on {write_moment(day)}: no meetings from "
                f"{write_moment(blackout.start)} to {write_moment(blackout.finish)}{reason}."
            )
    return _with(board, day, anchor)


def move_meeting(
    board: Board, day: date, to: date, *, anchor: date | None, blackouts: Sequence[Blackout] = ()
) -> Board:
    """Return the board with its meeting on ``day`` held on ``to``, at the same time of day.

    Raises
    ------
    ScenarioError
        The board does not meet on ``day``, or cannot meet on ``to``; see `add_meeting`.
    """
    moved = _find(board, day, anchor, blackouts)
    changed = _without(board, moved)
    for instant in moved:
        target = _at_time_of(to, instant)
        if target == _moment(instant):
            raise ScenarioError(f"{board.name} meets on {write_moment(target)} already.")
        changed = add_meeting(changed, target, anchor=anchor, blackouts=blackouts)
    return changed


def _listed(board: Board, until: int) -> Iterator[int]:
    return (t for day in board.meetings.dates if (t := finish_instant(day)) <= until)


def _ruled(board: Board, anchor: date | None, until: int) -> tuple[int, ...]:
    """Return the instants of the board's rule, if it has one."""
    rule = board.meetings.rule
    if rule is None:
        return ()
    anchor = board.meetings.since or anchor
    if anchor is None:
        if not board.meetings.dates:
            raise PlanError(
                f'The meeting rule of the board "{board.name}" has nothing to be counted from: '
                "give the plan a start."
            )
        anchor = _new_year(min(board.meetings.dates, key=start_instant))
    fault = rule_fault(rule, anchor)
    if fault is not None:
        raise PlanError(f'The meeting rule of the board "{board.name}" {fault}')
    return expand_rule(rule, anchor, until) or ()


def _new_year(moment: date) -> date:
    return date(moment.year, 1, 1)


def _closed(board: Board, blackouts: Sequence[Blackout]) -> Iterator[tuple[int, int]]:
    """Yield the stretches without a meeting: after the first instant, up to and with the last."""
    yield from map(_stretch, board.meetings.cancelled)
    for blackout in _naming(board, blackouts):
        yield start_instant(blackout.start), finish_instant(blackout.finish)


def _stretch(day: date) -> tuple[int, int]:
    """Return what a day covers, as `_closed` does; a date with time covers its minute alone."""
    last = finish_instant(day)
    return (last - 1 if isinstance(day, datetime) else last - DAY), last


def _naming(board: Board, blackouts: Sequence[Blackout]) -> Iterator[Blackout]:
    return (blackout for blackout in blackouts if board.id in blackout.boards)


def _find(board: Board, day: date, anchor: date | None, blackouts: Sequence[Blackout]) -> list[int]:
    """Return the meetings that a day, or a date with time, stands for."""
    instants = meeting_instants(board, anchor=anchor, blackouts=blackouts)
    after, last = _stretch(day)
    here = bisect_right(instants, after)
    found = instants[here : bisect_right(instants, last)]
    if found:
        return found
    nearest = [write_moment(_moment(t)) for t in instants[max(here - 1, 0) : here + 1]]
    if not nearest:
        raise ScenarioError(
            f"{board.name} has no known meeting: there is none to cancel or to move."
        )
    are = "meetings are" if len(nearest) > 1 else "meeting is"
    raise ScenarioError(
        f"{board.name} does not meet on {write_moment(day)}: its nearest {are} "
        f"{' and '.join(nearest)}."
    )


def _moment(instant: int) -> date:
    """Return a meeting as it is written: a day, or a date with time."""
    return show_finish(instant, hours=True)


def _at_time_of(day: date, instant: int) -> date:
    """Return a day with a meeting's time of day, if it has one and the day has none."""
    if isinstance(day, datetime) or not instant % DAY:
        return day
    return datetime(day.year, day.month, day.day) + timedelta(minutes=instant % DAY)


def _exact(instant: int) -> date:
    """Return a date with time for one instant; that of a day's end is midnight of the day after."""
    return show_start(instant, hours=True)


def _without(board: Board, instants: Sequence[int]) -> Board:
    return _edit(board, cancelled=(*board.meetings.cancelled, *map(_exact, instants)))


def _with(board: Board, day: date, anchor: date | None) -> Board:
    """Return the board with a meeting; what else is cancelled on that day stays so."""
    instant = finish_instant(day)
    uncancelled = _edit(board, cancelled=())
    cancelled: list[date] = []
    for one in board.meetings.cancelled:
        after, last = _stretch(one)
        if after < instant <= last:
            there = meeting_instants(uncancelled, anchor=anchor, until=last)
            others = there[bisect_right(there, after) :]
            cancelled.extend(_exact(other) for other in others if other != instant)
        else:
            cancelled.append(one)
    return _edit(board, cancelled=tuple(cancelled), dates=(*board.meetings.dates, day))


def _edit(board: Board, **changes: tuple[date, ...]) -> Board:
    return board.model_copy(update={"meetings": board.meetings.model_copy(update=changes)})
