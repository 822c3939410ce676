"""Calendars of meetings (.ics): the events of an iCalendar file (RFC 5545), nothing decided yet.

The text is taken apart by the library icalendar; what it cannot make sense of is told with the line
of its event. Times become local wall times, those of Europe/London, as a plan's dates are: a time
without a zone stands as it is written, any other is converted. An event that lasts whole days is a
date, also where Outlook writes it from midnight to midnight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from graphmodel.errors import DateError, FileError
from graphmodel.files import decode_text, read_bytes
from graphmodel.moments import check_year
from graphmodel.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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

_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_FOLD_16: Final = re.compile(r"\r?\n[ \t]")
_BEGIN: Final = b"BEGIN:VEVENT"
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
    content = read_bytes(path)
    calendars = _parse(path, content)
    lines = [
        number
        for number, line in enumerate(content.split(b"\n"), start=1)
        if line.strip().upper() == _BEGIN
    ]
    components = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    places = (
        [Place(path.name, line) for line in lines]
        if len(lines) == len(components)
        else [Place(path.name)] * len(components)
    )
    events: list[CalendarEvent] = []
    problems: list[Problem] = []
    for number, (component, place) in enumerate(zip(components, places, strict=True)):
        if _text(component, KIND_KEY) == PAPERS:
            continue
        try:
            events.append(_Reader(component, place, number, problems).event())
        except ValueError as error:
            message = f"The event {_named(component)}{error}: it is not used."
            problems.append(Problem("unreadable-event", "error", message, (), place))
    first = calendars[0]
    name = _text(first, "X-WR-CALNAME") or _text(first, "NAME")
    board = _text(first, BOARD_KEY)
    return CalendarFile(path, name, board, tuple(events), tuple(problems))


def _parse(path: Path, content: bytes) -> Sequence[Component]:
    """Return the calendars in a file; lines are unfolded before they are decoded."""
    from icalendar import Calendar  # noqa: PLC0415 - heavy

    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _FOLD_16.sub("", decode_text(content, path)[0])
    else:
        text = decode_text(_FOLD.sub(b"", content), path)[0]
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise FileError(
            f'"{path}" is no calendar, as it does not begin with BEGIN:VCALENDAR: '
            "export the meetings again as iCalendar (.ics)."
        )
    try:
        found: Sequence[Component] = Calendar.from_ical(text, multiple=True)
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:80]
        raise FileError(
            f'"{path}" is damaged and cannot be read as a calendar ({reason}): export it again.'
        ) from None
    ends = len(re.findall(r"^END:VCALENDAR\s*$", text, re.IGNORECASE | re.MULTILINE))
    if not found or ends < len(found):
        raise FileError(f'"{path}" is cut off before END:VCALENDAR: export it again.')
    return found


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
        value = _moment(self._get("DTSTART"))
        if value is None:
            raise ValueError("has no start that can be read")
        title = _text(self.component, "SUMMARY") or ""
        off = _OFF.match(title)
        status = (_text(self.component, "STATUS") or "").upper()
        start = self._local(value)
        try:
            check_year(start)
        except DateError as error:
            raise ValueError(f"starts on a day that cannot be: {error}".rstrip(".")) from None
        self._tell_unknown_zone(value)
        zone = value.tzinfo if isinstance(value, datetime) and isinstance(start, datetime) else None
        is_local = zone is None or str(zone) in _LOCAL
        replaces = _moment(self._get("RECURRENCE-ID"))
        return CalendarEvent(
            place=self.place,
            uid=_text(self.component, "UID") or f" {self.number}",  # a blank in front: no other's
            sequence=self._sequence(),
            title=" ".join(title[off.end() if off else 0 :].split()),
            board=_text(self.component, BOARD_KEY),
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
        text = _text(self.component, "SEQUENCE") or ""
        return int(text) if text.isascii() and text.isdigit() else 0

    def _organizer(self) -> str | None:
        params = getattr(self._get("ORGANIZER"), "params", {})
        name = params.get("CN")
        return str(name).strip('"') if name else None

    def _rules(self) -> Iterator[str]:
        values = self.component.get("RRULE")
        for value in values if isinstance(values, list) else [values]:
            if value is not None:
                text = value.to_ical()
                yield text.decode() if isinstance(text, bytes) else str(text)

    def _moments(self, key: str) -> Iterator[date]:
        values = self.component.get(key)
        for value in values if isinstance(values, list) else [values]:
            try:
                found = [] if value is None else [_moment(one) for one in value.dts]
            except (AttributeError, ValueError):
                found = [None]
            for moment in found:
                if moment is not None:
                    yield self._local(moment)
                else:
                    message = f"A date of {_named(self.component)}({key}) cannot be read."
                    self.problems.append(
                        Problem("unreadable-date", "warning", message, (), self.place)
                    )

    def _lasts_whole_days(self) -> bool:
        """Return whether it lasts from one midnight to another, as some programs write days."""
        start, end = _moment(self._get("DTSTART")), _moment(self._get("DTEND"))
        if not isinstance(start, datetime):
            return False
        marked = (_text(self.component, "X-MICROSOFT-CDO-ALLDAYEVENT") or "").upper() == "TRUE"
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
                f'The time zone "{str(zone)[:40]}" of {_named(self.component)}is not known: '
                "its time is taken as it stands."
            )
            self.problems.append(Problem("unknown-time-zone", "warning", message, (), self.place))


#: Names of zones whose wall time is that of London.
_LOCAL: Final = frozenset({"Europe/London", "Europe/Belfast", "GB", "GB-Eire"})


def _moment(value: Any) -> date | None:
    """Return the date, or date and time, that a property holds; None where there is none."""
    try:
        moment = getattr(value, "dt", None)
    except ValueError:
        return None
    if isinstance(moment, tuple):  # a period begins when its first moment is
        moment = moment[0]
    return moment if isinstance(moment, date) and not isinstance(moment, timedelta) else None


def _plain(value: date) -> date:
    """Return a wall time of its own zone, to the minute."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, second=0, microsecond=0)
    return value


def _text(component: Component, key: str) -> str | None:
    """Return the text of a property, None where it has none."""
    from icalendar import vText  # noqa: PLC0415 - heavy

    value = component.get(key)
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return None
    text = str(value) if isinstance(value, vText) else str(vText.from_ical(str(value)))
    return text.strip() or None


def _named(component: Component) -> str:
    """Return the title of an event in quotation marks, with the blank after it."""
    title = _text(component, "SUMMARY")
    return "" if title is None else f'"{" ".join(title.split())[:60]}" '
