"""Calendars of meetings (.ics): the events of an iCalendar file (RFC 5545), nothing decided yet.

What cannot be made sense of is told with the line of its event. Times become local wall times,
those of Europe/London, as a plan's dates are: a time without a zone stands as it is written, any
other is converted. An event that lasts whole days is a date, also where Outlook writes it from
midnight to midnight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from graphmodel.errors import DateError
from graphmodel.moments import check_year
from graphmodel.problems import Place, Problem
from loaders.calendar_text import moment_of, named, parse_calendars, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from icalendar import Component

__all__ = [
    "BOARD_KEY",
    "KIND_KEY",
    "LONDON",
    "PAPERS",
    "CalendarEvent",
    "CalendarFile",
    "read_calendar",
]

#: Where plans live: the wall time of their dates.
LONDON: Final = ZoneInfo("Europe/London")
#: What knockon writes into the events of its own calendars: whose meeting it is, and what kind of
#: event; ``PAPERS`` is a day on which papers are due, and no meeting.
BOARD_KEY: Final = "X-KNOCKON-BOARD"
KIND_KEY: Final = "X-KNOCKON-KIND"
PAPERS: Final = "PAPERS"

#: What Outlook and the software of councils put before the title of a meeting that is off.
_OFF: Final = re.compile(r"\s*(?:cancell?ed|postponed)\s*[:,\-\N{EN DASH}]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event as it is written.

    Attributes
    ----------
    uid, sequence
        Which event it is, and which version of it.
    title
        Its summary, without what says that it is cancelled.
    board
        The board that knockon wrote it for, by its id.
    organizer
        The name of who organises it.
    start
        In local wall time; a date where it lasts the whole day.
    zone
        The zone that its recurrence is counted in; None for local wall time.
    zoned
        Its start in that zone.
    rules
        Its recurrence rules, which may be broken.
    added, left_out
        Further starts (RDATE), and those that fall out (EXDATE), in local wall time.
    replaces
        The start that it takes the place of, where it is one of a series (RECURRENCE-ID).
    """

    place: Place
    uid: str
    sequence: int
    title: str
    board: str | None
    organizer: str | None
    start: date
    zone: tzinfo | None
    zoned: date
    rules: tuple[str, ...]
    added: tuple[date, ...]
    left_out: tuple[date, ...]
    replaces: date | None
    cancelled: bool


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The events of one file in its order; ``name`` is what the calendar calls itself."""

    path: Path
    name: str | None
    board: str | None
    events: tuple[CalendarEvent, ...]
    problems: tuple[Problem, ...]


def read_calendar(path: str | Path) -> CalendarFile:
    """Read the events of a calendar; what cannot be read of it is told.

    Raises
    ------
    FileError
        The file cannot be opened, is no calendar, or is cut off.
    """
    path = Path(path)
    calendars, lines = parse_calendars(path)
    components = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    places = (
        [Place(path.name, line) for line in lines]
        if len(lines) == len(components)
        else [Place(path.name)] * len(components)
    )
    events: list[CalendarEvent] = []
    problems: list[Problem] = []
    for number, (component, place) in enumerate(zip(components, places, strict=True)):
        if text_of(component, KIND_KEY) == PAPERS:
            continue
        try:
            events.append(_Reader(component, place, number, problems).event())
        except ValueError as error:
            message = f"The event {named(component)}{error}: it is not used."
            problems.append(Problem("unreadable-event", "error", message, (), place))
    first = calendars[0]
    name = text_of(first, "X-WR-CALNAME") or text_of(first, "NAME")
    board = text_of(first, BOARD_KEY)
    return CalendarFile(path, name, board, tuple(events), tuple(problems))


class _Reader:
    """Reads one event; problems that leave it usable are told."""

    def __init__(
        self, component: Component, place: Place, number: int, problems: list[Problem]
    ) -> None:
        self.component, self.place, self.number = component, place, number
        self.problems = problems
        self.whole_days = self._lasts_whole_days()

    def event(self) -> CalendarEvent:
        """Return the event.

        Raises
        ------
        ValueError
            It has no start that can be read; the message goes on after its title.
        """
        value = moment_of(self._get("DTSTART"))
        if value is None:
            raise ValueError("has no start that can be read")
        title = text_of(self.component, "SUMMARY") or ""
        off = _OFF.match(title)
        status = (text_of(self.component, "STATUS") or "").upper()
        start = self._local(value)
        try:
            check_year(start)
        except DateError as error:
            raise ValueError(f"starts on a day that cannot be: {error}".rstrip(".")) from None
        self._tell_unknown_zone(value)
        zone = value.tzinfo if isinstance(value, datetime) and isinstance(start, datetime) else None
        is_local = zone is None or str(zone) in _LOCAL
        replaces = moment_of(self._get("RECURRENCE-ID"))
        return CalendarEvent(
            place=self.place,
            uid=text_of(self.component, "UID") or f" {self.number}",  # a blank in front: no other's
            sequence=self._sequence(),
            title=" ".join(title[off.end() if off else 0 :].split()),
            board=text_of(self.component, BOARD_KEY),
            organizer=self._organizer(),
            start=start,
            zone=None if is_local else zone,
            zoned=start if is_local else _plain(value),
            rules=tuple(self._rules()),
            added=tuple(self._moments("RDATE")),
            left_out=tuple(self._moments("EXDATE")),
            replaces=None if replaces is None else self._local(replaces),
            cancelled=status == "CANCELLED" or off is not None,
        )

    def _get(self, key: str) -> Any:
        """Return a property, the first where it stands twice, None where it is not there."""
        value = self.component.get(key)
        return value[0] if isinstance(value, list) and value else value

    def _sequence(self) -> int:
        text = text_of(self.component, "SEQUENCE") or ""
        return int(text) if text.isascii() and text.isdigit() else 0

    def _organizer(self) -> str | None:
        params = getattr(self._get("ORGANIZER"), "params", {})
        name = params.get("CN")
        return str(name).strip('"') if name else None

    def _rules(self) -> Iterator[str]:
        values = self.component.get("RRULE")
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str):  # broken, and as it is written
                yield value
            elif value is not None:
                yield value.to_ical().decode()

    def _moments(self, key: str) -> Iterator[date]:
        values = self.component.get(key)
        for value in values if isinstance(values, list) else [values]:
            try:
                found = [] if value is None else [moment_of(one) for one in value.dts]
            except (AttributeError, ValueError):
                found = [None]
            for moment in found:
                if moment is not None:
                    yield self._local(moment)
                else:
                    message = f"A date of {named(self.component)}({key}) cannot be read."
                    self.problems.append(
                        Problem("unreadable-date", "warning", message, (), self.place)
                    )

    def _lasts_whole_days(self) -> bool:
        """Return whether it lasts from one midnight to another, as some programs write days."""
        start, end = moment_of(self._get("DTSTART")), moment_of(self._get("DTEND"))
        if not isinstance(start, datetime):
            return False
        marked = (text_of(self.component, "X-MICROSOFT-CDO-ALLDAYEVENT") or "").upper() == "TRUE"
        to_midnight = end is None or (isinstance(end, datetime) and end.time() == time.min)
        return marked or (start.time() == time.min and to_midnight)

    def _local(self, value: date) -> date:
        """Return a date, or a wall time in London to the minute."""
        if not isinstance(value, datetime):
            return value
        if self.whole_days:
            return value.date()
        if value.tzinfo is not None:
            value = value.astimezone(LONDON)
        return value.replace(tzinfo=None, second=0, microsecond=0)

    def _tell_unknown_zone(self, value: date) -> None:
        params = getattr(self._get("DTSTART"), "params", {})
        zone = params.get("TZID")
        if zone and isinstance(value, datetime) and value.tzinfo is None and not self.whole_days:
            message = (
                f'The time zone "{str(zone)[:40]}" of {named(self.component)}is not known: '
                "its time is taken as it stands."
            )
            self.problems.append(Problem("unknown-time-zone", "warning", message, (), self.place))


#: Names of zones whose wall time is that of London.
_LOCAL: Final = frozenset({"Europe/London", "Europe/Belfast", "GB", "GB-Eire"})


def _plain(value: date) -> date:
    """Return a wall time of its own zone, to the minute."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, second=0, microsecond=0)
    return value
