"""The text of an iCalendar file taken apart by the library icalendar, and what its parts hold."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import FileError
from graphmodel.files import decode_text, read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from icalendar import Component

__all__ = ["moment_of", "named", "parse_calendars", "text_of"]

_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_FOLD_16: Final = re.compile(r"\r?\n[ \t]")
_ESCAPED: Final = re.compile(r"\\(.)")
_BEGIN: Final = b"BEGIN:VEVENT"


def parse_calendars(path: Path) -> tuple[Sequence[Component], list[int]]:
    """Return the calendars in a file, and the lines on which its events begin.

    Lines are unfolded before they are decoded: a fold may part the bytes of one character.

    Raises
    ------
    FileError
        The file cannot be opened, is no calendar, or is cut off.
    """
    content = read_bytes(path)
    lines = [
        number
        for number, line in enumerate(content.split(b"\n"), start=1)
        if line.strip().upper() == _BEGIN
    ]
    return _parse(path, content), lines


def _parse(path: Path, content: bytes) -> Sequence[Component]:
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


def moment_of(value: Any) -> date | None:
    """Return the date, or date and time, that a property holds; None where there is none."""
    try:
        moment = getattr(value, "dt", None)
    except ValueError:
        return None
    if isinstance(moment, tuple):  # a period begins when its first moment is
        moment = moment[0]
    return moment if isinstance(moment, date) else None


def text_of(component: Component, key: str) -> str | None:
    """Return the text of a property, None where it has none."""
    from icalendar import vText  # noqa: PLC0415 - heavy

    value = component.get(key)
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return None
    text = str(value)
    if not isinstance(value, vText):  # of what the standard does not name, escapes are left
        text = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)
    return text.strip() or None


def named(component: Component) -> str:
    """Return the title of an event in quotation marks, with the blank after it."""
    title = text_of(component, "SUMMARY")
    return "" if title is None else f'"{" ".join(title.split())[:60]}" '
