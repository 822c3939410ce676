"""Small files in the XML of MS Project, written by hand for the tests."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from loaders.schedules.mspdi import read_mspdi
from simulations.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.items import Item
    from loaders.loaded import Loaded

__all__ = [
    "OFFICE",
    "calendar",
    "codes",
    "document",
    "element",
    "item",
    "link",
    "load",
    "run",
    "task",
]

_STANDARD = ("08:00:00", "12:00:00", "13:00:00", "17:00:00")


def element(tag: str, *parts: str, **cells: object) -> str:
    """Return an element with texts by name, and then parts."""
    texts = "".join(f"<{name}>{escape(str(text))}</{name}>" for name, text in cells.items())
    return f"<{tag}>{texts}{''.join(parts)}</{tag}>"


def day(number: int, *times: str) -> str:
    """Return a weekday (1 is Sunday) with its shifts."""
    shifts = [
        element("WorkingTime", FromTime=begin, ToTime=end)
        for begin, end in zip(times[::2], times[1::2], strict=True)
    ]
    working = [element("WorkingTimes", *shifts)] if shifts else []
    return element("WeekDay", *working, DayType=number, DayWorking=int(bool(shifts)))


def calendar(
    uid: int, name: str, *parts: str, base: int = -1, days: Iterable[str] | None = None
) -> str:
    """Return a calendar: Monday to Friday in office hours, if no days are given and no base."""
    if days is None:
        days = (
            () if base >= 0 else (day(n, *(_STANDARD if 2 <= n <= 6 else ())) for n in range(1, 8))
        )
    cells = {"UID": uid, "Name": name, "IsBaseCalendar": int(base < 0), "BaseCalendarUID": base}
    return element("Calendar", element("WeekDays", *days), *parts, **cells)


OFFICE = calendar(1, "Standard")


def link(pred: int, kind: int = 1, lag: int = 0, unit: int = 7, **cells: object) -> str:
    """Return a link from a predecessor: 0 FF, 1 FS, 2 SF, 3 SS."""
    return element(
        "PredecessorLink", PredecessorUID=pred, Type=kind, LinkLag=lag, LagFormat=unit, **cells
    )


def task(uid: int, hours: float = 8, *parts: str, **cells: object) -> str:
    """Return a task of some hours of work with the number, id and name its number gives it."""
    given = {
        "UID": uid,
        "ID": uid,
        "Name": f"Task {uid}",
        "OutlineLevel": 1,
        "Duration": f"PT{int(hours)}H{round(hours % 1 * 60)}M0S",
        "DurationFormat": 7,
        **cells,
    }
    return element("Task", *parts, **{name: text for name, text in given.items() if text != ""})


def document(
    *tasks: str,
    calendars: Iterable[str] = (OFFICE,),
    resources: Iterable[str] = (),
    assignments: Iterable[str] = (),
    more: str = "",
    **project: object,
) -> str:
    """Return a whole file; the project starts on Monday 5 January 2026 at 08:00."""
    given = {
        "Title": "Harbour",
        "StartDate": "2026-01-05T08:00:00",
        "CalendarUID": 1,
        "MinutesPerDay": 480,
        "MinutesPerWeek": 2400,
        **project,
    }
    body = element(
        "Project",
        more,
        element("Calendars", *calendars),
        element("Tasks", *tasks),
        element("Resources", *resources),
        element("Assignments", *assignments),
        **given,
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + body.replace(
        "<Project>", '<Project xmlns="http://schemas.microsoft.com/project">', 1
    )


def load(text: str | bytes) -> Loaded:
    """Read a text as a file named harbour.xml."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "harbour.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_mspdi(path)


def item(loaded: Loaded, name: object) -> Item:
    """Return an item by its id."""
    return loaded.plan.index.items[str(name)]


def run(loaded: Loaded) -> dict[str, tuple[str, str]]:
    """Return the scheduled start and finish of each item."""
    rows = schedule(loaded.plan).items
    return {row.id: (f"{row.start:%d %H:%M}", f"{row.finish:%d %H:%M}") for row in rows}


def codes(loaded: Loaded) -> list[str]:
    """Return the codes of the problems."""
    return [problem.code for problem in loaded.problems]
