"""Rules of meetings as people word them: ``third Tuesday of the month`` beside an iCalendar RRULE.

==================================================  ====================================
wording                                             rule
==================================================  ====================================
third Tuesday of each month, monthly on the last    FREQ=MONTHLY;BYDAY=3TU, -1TU
Tuesday
second Tuesday of March, June and September         FREQ=YEARLY;BYMONTH=3,6,9;BYDAY=2TU
every Tuesday, weekly on Tuesday, Tuesdays          FREQ=WEEKLY;BYDAY=TU
FREQ=…, RRULE:FREQ=…                                itself
==================================================  ====================================
"""

from __future__ import annotations

import re
from typing import Final

from graphmodel.stretches import MONTHS

__all__ = ["read_rule"]

_DAYS: Final = {
    name: name[:2].upper()
    for name in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
}
_NTH: Final = {
    **dict.fromkeys(("first", "1st"), 1),
    **dict.fromkeys(("second", "2nd"), 2),
    **dict.fromkeys(("third", "3rd"), 3),
    **dict.fromkeys(("fourth", "4th"), 4),
    "last": -1,
}
_DAY: Final = f"(?P<day>{'|'.join(_DAYS)})"
_MONTHLY: Final = re.compile(
    rf"(?:monthly(?:\s+on)?,?\s+)?(?:the\s+)?(?P<nth>{'|'.join(_NTH)})\s+{_DAY}"
    r"(?:\s+(?:of|in)\s+(?:(?:the|each|every)\s+month|(?P<months>[a-z ,&]+)))?"
)
_WEEKLY: Final = re.compile(
    rf"(?:every|each|weekly(?:\s+on)?)\s+{_DAY}|{_DAY.replace('day>', 'days>')}s"
)


def read_rule(text: str) -> str:
    """Return the RRULE that a cell holds or words.

    Raises
    ------
    ValueError
        The words are none of the above. What a rule says is checked where it is used.
    """
    plain = " ".join(text.split())
    if plain.upper().startswith(("RRULE:", "FREQ=")):
        return plain.upper().removeprefix("RRULE:")
    words = plain.casefold().rstrip(".")
    weekly = _WEEKLY.fullmatch(words)
    if weekly is not None:
        return f"FREQ=WEEKLY;BYDAY={_DAYS[weekly['day'] or weekly['days']]}"
    monthly = _MONTHLY.fullmatch(words)
    months = None if monthly is None else _read_months(monthly["months"])
    if monthly is None or months is None:
        raise ValueError(
            f'"{plain[:60]}" is no rule for meetings: write it like "third Tuesday of the month" '
            "or FREQ=MONTHLY;BYDAY=3TU"
        )
    day = f"{_NTH[monthly['nth']]}{_DAYS[monthly['day']]}"
    if months:
        return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYDAY={day}"
    return f"FREQ=MONTHLY;BYDAY={day}"


def _read_months(words: str | None) -> list[int] | None:
    """Return the numbers of months named; none for every month, None where one is no month."""
    names = re.split(r"\s*(?:,|&|\band\b)\s*", words or "")
    numbers: list[int] = []
    for name in filter(None, names):
        if name[:3] not in MONTHS:
            return None
        numbers.append(MONTHS.index(name[:3]) + 1)
    return numbers
