"""Dates, days and counts in words that people read without a key.

Every text is British English, never depends on the machine's locale, and means the same on every
machine. Days are calendar days.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from graphmodel.errors import DateError
from graphmodel.moments import add_months, parse_moment
from graphmodel.spans import MONTH_DAYS
from graphmodel.words import count

if TYPE_CHECKING:
    from graphmodel.links import LinkType
    from graphmodel.spans import Span

__all__ = [
    "DATE_WORDS",
    "KIND_WORDS",
    "LINK_BECAUSE",
    "LINK_CHANGES",
    "LINK_IN",
    "LINK_OUT",
    "ORIGIN_WORDS",
    "ROLE_WORDS",
    "STATUS_WORDS",
    "say_dates",
    "shorten",
    "show_counts",
    "show_date",
    "show_day",
    "show_days",
    "show_lag",
    "show_month",
    "show_range",
    "show_room",
    "show_share",
    "show_shift",
]

#: A date on its own, not part of a file's name or of an id.
_DATE: Final = re.compile(r"(?<![\w./-])\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?(?![\w/-]|\.\w)")

_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip

#: From here on a length is told in months first: 45 days is plainer than "about 1 month".
_MONTHS_FROM: Final = 56

#: What must not stand before the mark that says a text was cut.
_LOOSE_ENDS: Final = " ,;:-\u2013\u2014"

STATUS_WORDS: Final = {
    "not_started": "Not started",
    "in_progress": "In progress",
    "complete": "Complete",
    "on_hold": "On hold",
    "cancelled": "Cancelled",
}

#: The dates an item may state.
DATE_WORDS: Final = {
    "planned_start": "planned start",
    "planned_finish": "planned finish",
    "due": "due",
    "forecast": "forecast",
}

#: What may become of a link from one version of a plan to the next.
LINK_CHANGES: Final = {
    "new": "new",
    "lost": "no longer there",
    "accepted": "accepted",
    "rejected": "rejected",
    "withdrawn": "only proposed now",
    "retyped": "of another type or lag",
}

KIND_WORDS: Final = {
    "plan": ("plan", "plans"),
    "theme": ("theme", "themes"),
    "objective": ("objective", "objectives"),
    "action": ("action", "actions"),
    "milestone": ("milestone", "milestones"),
    "activity": ("activity", "activities"),
}

ROLE_WORDS: Final = {
    "responsible": "Owner",
    "delivery_lead": "Delivery lead",
    "accountable": "Accountable",
    "portfolio": "Portfolio",
    "sponsor": "Sponsor",
}

ORIGIN_WORDS: Final = {
    "stated": "stated in the plan",
    "register": "from the planner's register",
    "phase": "numbered phases follow each other",
    "sequence": "next in the list",
    "inferred": "found in the wording",
    "schedule": "from the imported schedule",
}

#: What a link asks of the item it comes from, said at the item that waits.
LINK_IN: Final[dict[LinkType, str]] = {
    "FS": "must finish first",
    "SS": "must start first",
    "FF": "must finish before this can finish",
    "SF": "must start before this can finish",
}

#: The same link, said at the item that holds the other one up.
LINK_OUT: Final[dict[LinkType, str]] = {
    "FS": "waits for this to finish",
    "SS": "waits for this to start",
    "FF": "cannot finish before this does",
    "SF": "cannot finish before this starts",
}


#: The same link, said of the item that moves; the other one's id goes in.
LINK_BECAUSE: Final[dict[LinkType, str]] = {
    "FS": "waits for {} to finish",
    "SS": "waits for {} to start",
    "FF": "cannot finish before {} does",
    "SF": "cannot finish before {} starts",
}


def show_date(moment: date | None, *, missing: str = "no date") -> str:
    """Return ``30 Apr 2027``, with the time of day where there is one."""
    if moment is None:
        return missing
    day = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    if isinstance(moment, datetime):
        return f"{day} {moment.hour:02}:{moment.minute:02}"
    return day


def show_day(moment: date) -> str:
    """Return ``30 Apr 2027``, with a time of day where it is not the midnight that begins it."""
    if isinstance(moment, datetime) and not (moment.hour or moment.minute):
        return show_date(moment.date())
    return show_date(moment)


def show_month(moment: date) -> str:
    """Return ``Apr 2027``."""
    return f"{_MONTHS[moment.month - 1]} {moment.year}"


def show_lag(lag: Span) -> str:
    """Return what a link's lag adds to its words: ``, then 45 days``; empty for none."""
    if not lag:
        return ""
    return f", less {lag.words.lstrip('-')}" if lag.amount < 0 else f", then {lag.words}"


def shorten(text: str, limit: int) -> str:
    """Return ``text`` cut at a word so that it has at most ``limit`` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at = cut.rfind(" ")
    return f"{(cut[:at] if at > limit // 2 else cut).rstrip(_LOOSE_ENDS)}…"


def show_days(days: float, *, since: date | None = None, until: date | None = None) -> str:
    """Return a length: ``10 days``, ``2 months (59 days)``, ``about 3 months (89 days)``.

    With the two dates it lies between, whole calendar months are recognised (DESIGN 5.2: the last
    day of a month to the last day of another); without, and for the rest, months are rounded.
    The sign is left to `show_shift`.
    """
    days = abs(days)
    plain = _days(days)
    exact = _whole_months(since, until)
    if exact:
        return f"{count(exact, 'month')} ({plain})"
    if days < _MONTHS_FROM:
        return plain
    return f"about {count(round(days / float(MONTH_DAYS)), 'month')} ({plain})"


def show_shift(days: float, *, since: date | None = None, until: date | None = None) -> str:
    """Return ``2 months (59 days) later``, ``10 days earlier`` or ``no change``."""
    if not days:
        return "no change"
    return f"{show_days(days, since=since, until=until)} {'later' if days > 0 else 'earlier'}"


def show_counts(spare: int, work: int) -> str:
    """Return how many, under both rules for gaps: ``4 to 5``, or ``4`` where both say the same."""
    low, high = sorted((spare, work))
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def show_range(low: float, high: float) -> str:
    """Return both ends of a range of days: ``0 to 59 days``, or ``59 days`` where they meet."""
    low, high = min(low, high), max(low, high)
    return _days(high) if low == high else f"{_number(low)} to {_days(high)}"


def show_share(share: float) -> str:
    """Return a probability, from 0 to 1, in words that claim no more than was seen."""
    if 0 < share < 0.01:  # noqa: PLR2004 - one in a hundred
        return "under 1 %"
    if 0.99 < share < 1:  # noqa: PLR2004
        return "over 99 %"
    return f"{share:.0%}".replace("%", " %")


def show_room(days: float | None) -> str:
    """Return how far something can slip before it hurts: ``30 days of room``, ``no room``."""
    if days is None:
        return "not known"
    if days < 0:
        return f"{_days(-days)} short"
    return f"{_days(days)} of room" if days else "no room"


def _days(days: float) -> str:
    return f"{_number(days)} {'day' if days == 1 else 'days'}"


def _number(days: float) -> str:
    """Write whole days without a point, part days with one figure."""
    return f"{days:,.0f}" if days == int(days) else f"{days:,.1f}"


def _whole_months(since: date | None, until: date | None) -> int:
    """Return how many calendar months lie exactly between two days; 0 where none do."""
    if since is None or until is None or isinstance(since, datetime) or isinstance(until, datetime):
        return 0
    first, last = sorted((since, until))
    months = (last.year - first.year) * 12 + last.month - first.month
    try:
        return months if months and add_months(first, months) == last else 0
    except ValueError:  # beyond the years a date can hold
        return 0


def say_dates(sentence: str) -> str:
    """Return a sentence with its dates as people write them: ``6 Aug 2026``, not ``2026-08-06``."""
    return _DATE.sub(_say_date, sentence)


def _say_date(found: re.Match[str]) -> str:
    try:
        return show_date(parse_moment(found.group()))
    except DateError:
        return found.group()
