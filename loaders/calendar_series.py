"""The meetings that events stand for: series with their exceptions, moved and cancelled ones.

Events with one UID belong together: a series (RRULE, RDATE, EXDATE) and those of its meetings that
are told apart (RECURRENCE-ID). Of several versions of one event the latest counts (SEQUENCE, then
the place in the file). A series is counted in the wall time of its own zone, so that 2 p.m. stays
2 p.m. when the clocks change, and then told in that of London.

A series that goes on for ever in London's time, or in none, becomes a meeting rule of its board;
any other without an end is followed for ten years.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from graphmodel.moments import day_of, finish_instant, show_finish
from graphmodel.problems import Problem
from graphmodel.recurrence import LAST_INSTANT, expand_rule, rule_fault
from loaders.calendar_events import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.calendar_events import CalendarEvent

__all__ = ["Series", "expand_events", "split_versions"]

#: How many years a series without an end is followed that cannot be a meeting rule.
_YEARS: Final = 10
_UNTIL: Final = re.compile(r"UNTIL=(\d{8})(?:T(\d{4})\d{2})?(Z?)", re.IGNORECASE)
#: Parts that say nothing where an event has a day, or whole minutes.
_CLOCK: Final = re.compile(r";?BY(?:HOUR|MINUTE|SECOND)=[^;]*", re.IGNORECASE)
_SECOND: Final = re.compile(r";?BYSECOND=0+(?=;|$)", re.IGNORECASE)


@dataclass(slots=True)
class Series:
    """What the events of one UID say: when is met, when not any more, or by which rule.

    ``held`` and ``off`` are days, or wall times to the minute. ``rule`` is counted from ``since``.
    """

    event: CalendarEvent
    held: list[date] = field(default_factory=list)
    off: list[date] = field(default_factory=list)
    rule: str | None = None
    since: date | None = None
    problems: list[Problem] = field(default_factory=list)


def split_versions(events: Iterable[CalendarEvent]) -> list[list[CalendarEvent]]:
    """Return the events of each UID, a series before its single meetings, latest versions only."""
    groups: dict[str, dict[date | None, CalendarEvent]] = defaultdict(dict)
    for event in events:
        group = groups[event.uid]
        known = group.get(event.replaces)
        if known is None or event.sequence >= known.sequence:
            group[event.replaces] = event
    return [
        sorted(group.values(), key=lambda one: one.replaces is not None)
        for group in groups.values()
    ]


def expand_events(events: Iterable[CalendarEvent], *, may_rule: bool = True) -> Series:
    """Return the meetings that the events of one UID stand for.

    Parameters
    ----------
    events
        As `split_versions` groups them.
    may_rule
        Whether a series without an end may become a rule.
    """
    group = list(events)
    series = Series(group[0])
    for event in group:
        if event.replaces is None:
            _expand_master(series, event, may_rule=may_rule)
    for event in group:
        if event.replaces is not None:
            _replace(series, event)
    return series


def _expand_master(series: Series, event: CalendarEvent, *, may_rule: bool) -> None:
    starts: list[date] = [event.start, *event.added]
    for number, rule in enumerate(event.rules):
        starts += _follow(series, event, rule, may_rule=may_rule and not number)
    if event.cancelled:
        series.off += starts
        series.rule = series.since = None
        return
    out = set(event.left_out)
    series.held += [one for one in dict.fromkeys(starts) if not _is_out(one, out)]
    series.off += event.left_out


def _is_out(start: date, out: set[date]) -> bool:
    """Return whether an exception takes a start out: its own, or a whole day."""
    return start in out or (isinstance(start, datetime) and start.date() in out)


def _follow(series: Series, event: CalendarEvent, written: str, *, may_rule: bool) -> list[date]:
    """Return the starts that a rule adds; none where it becomes the board's rule."""
    rule = _tidy(event, written)
    day = day_of(event.zoned)
    fault = rule_fault(rule, day)
    if fault is not None:
        message = f'The recurrence of "{event.title[:60]}" {fault.removesuffix(".")}; only its '
        message += "first meeting is used."
        series.problems.append(Problem("bad-rule", "error", message, (), event.place))
        return []
    ends = "UNTIL=" in rule or "COUNT=" in rule
    first = finish_instant(event.zoned)
    is_plain = not ends and event.zone is None and not event.cancelled
    if may_rule and is_plain and first in (expand_rule(rule, day, first) or ()):
        series.rule, series.since = rule, day
        return []
    until = LAST_INSTANT if ends else finish_instant(_years_later(day))
    if not ends and not event.cancelled:
        message = f'The meetings of "{event.title[:60]}" have no end: those up to '
        message += f"{show_finish(until)} are used."
        series.problems.append(Problem("endless-series", "info", message, (), event.place))
    found = [one for one in expand_rule(rule, day, until) or () if one >= first]
    if (most := _count(rule)) is not None and first not in found:
        found = found[: most - 1]  # its own start is the first that is counted
    return [_local(event, show_finish(one, hours=True)) for one in found]


def _tidy(event: CalendarEvent, written: str) -> str:
    """Return a rule as meeting rules are written: with a time of day where there is one."""
    rule = _UNTIL.sub(lambda found: _until(event, found), written.upper())
    if not isinstance(event.zoned, datetime):
        return _CLOCK.sub("", rule).strip(";")
    rule = _SECOND.sub("", rule).strip(";")
    if "BYHOUR=" not in rule:
        rule += f";BYHOUR={event.zoned.hour}"
    return rule if "BYMINUTE=" in rule else f"{rule};BYMINUTE={event.zoned.minute}"


def _until(event: CalendarEvent, found: re.Match[str]) -> str:
    """Return the end of a rule in the wall time of its series; of whole days, as a day."""
    day, clock, utc = found.groups()
    if clock is not None and utc:
        try:
            moment = datetime.strptime(f"{day}{clock}+0000", "%Y%m%d%H%M%z")
        except ValueError:
            return f"UNTIL={day}"  # no day, which is told
        wall = moment.astimezone(event.zone or LONDON)
        if isinstance(event.zoned, datetime) or wall.time() == time.min:
            day, clock = wall.strftime("%Y%m%d"), wall.strftime("%H%M")
    if clock is None or not isinstance(event.zoned, datetime):
        return f"UNTIL={day}"
    return f"UNTIL={day}T{clock}00"


def _count(rule: str) -> int | None:
    found = re.search(r"COUNT=(\d+)", rule)
    return None if found is None else int(found[1])


def _local(event: CalendarEvent, moment: date) -> date:
    """Return a wall time of a series' own zone in that of London."""
    if event.zone is None or not isinstance(moment, datetime):
        return moment
    return moment.replace(tzinfo=event.zone).astimezone(LONDON).replace(tzinfo=None)


def _replace(series: Series, event: CalendarEvent) -> None:
    """Put one meeting of a series in its new place, or take it away."""
    old = event.replaces
    if old is None:
        return
    if not isinstance(old, datetime):  # a whole day is named: it means the meeting of that day
        matching = [one for one in series.held if day_of(one) == old]
        old = matching[0] if len(matching) == 1 else old
    series.held = [one for one in series.held if one != old]
    if event.cancelled or event.start != old:
        series.off.append(old)
    if not event.cancelled:
        series.held += [event.start, *event.added]


def _years_later(day: date) -> date:
    return day + timedelta(days=366 * _YEARS)
