"""Single dates as papers word them, from a day to a year: what `graphmodel.partial` is made of.

Each form is a pattern and a reader; the table of what is accepted stands in `graphmodel.partial`.
A reader returns the stretch of days the words name, a note on what is wrong with them, or nothing
where the form does not apply after all (``2026/29`` is no financial year).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from graphmodel.moments import FIRST_YEAR, LAST_YEAR, add_months

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphmodel.items import Precision
    from graphmodel.problems import Severity

__all__ = ["MONTHS", "DateNote", "Stretch", "cut_third", "find_stretches", "fold", "read_stretch"]

#: One character for one, so that places in the folded text are places in the text.
_FOLDED: Final = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc`", "'"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t\r\n\x0b\x0c", " "),
    }
)


@dataclass(frozen=True, slots=True)
class DateNote:
    """What is wrong or doubtful about the wording of a date."""

    code: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The first and last day that words name, how exact they are, and a doubt about them."""

    first: date
    last: date
    precision: Precision
    note: DateNote | None = None


_Result = Stretch | DateNote | None

MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"'?(?P<year>\d{4}|\d\d)"
_TIME = (
    r"(?:(?:\s*T|,?\s+(?:at\s+)?)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?"
    r"(?:\s*(?P<noon>[ap])\.?m\b\.?)?(?:\s*(?:Z|UTC|GMT|BST|[+-]\d\d:?\d\d))?)?"
)
_FINANCIAL = r"(?P<begin>\d{4}|\d\d)\s*(?P<joint>[/-])\s*(?P<end>\d{4}|\d\d)"
_OF = r"(?:\s+of)?[\s,]*(?:the\s+)?(?:financial\s+year\s+|fy\s*)?"
_PART = rf"(?:{_FINANCIAL}|(?P<year>\d{{4}}))"
_QUARTER = (
    r"(?:(?:q|qtr\.?\s*|quarter\s*)(?P<part>[1-4])"
    r"|(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter)"
)
_HALF = r"(?:(?:h|half\s*)(?P<part>[12])|(?P<nth>first|second|1st|2nd)\s+half)"


def fold(text: str) -> str:
    """Return the text with one kind of dash, apostrophe and blank; every place stays the same."""
    return text.translate(_FOLDED)


def read_stretch(text: str) -> _Result:
    """Read a folded text that is one date and nothing else."""
    for form in _FORMS:
        match = form.whole.fullmatch(text)
        if match is not None:
            result = form.read(match)
            if result is not None:
                return result
    return None


def find_stretches(text: str) -> Iterator[tuple[int, int, Stretch | DateNote]]:
    """Yield the dates inside a folded text with where they begin and end, in order.

    In running text a number alone is not taken for a year, nor two digits for one without a day,
    a dash or an apostrophe before them.
    """
    if not any(character.isdigit() for character in text):
        return
    found: list[tuple[int, int, Stretch | DateNote]] = []
    for form in _FORMS:
        if not form.in_text:
            continue
        for match in form.inside.finditer(text):
            result = form.read(match) if _stands_in_text(match) else None
            if result is not None:
                found.append((match.start(), match.end(), result))
    reached = 0
    for begin, end, result in sorted(found, key=lambda one: (one[0], -one[1])):
        if begin >= reached:
            reached = end
            yield begin, end, result


def cut_third(stretch: Stretch, part: str) -> Stretch:
    """Return the early, mid or late third of a stretch.

    A year falls into three times four months, a quarter or season into its months, a month into
    days 1-10, 11-20 and the rest. A day has no thirds and stays as it is.
    """
    number = ("early", "mid", "late").index(part)
    months = _count_months(stretch)
    if months == 0:
        return stretch
    if months == 1:
        first = stretch.first.replace(day=1 + 10 * number)
        last = stretch.last if number == len("..") else stretch.first.replace(day=10 * number + 10)
        return replace(stretch, first=first, last=last)
    length = max(1, months // 3)
    begin = add_months(stretch.first, length * number)
    precision: Precision = "season" if length > 1 else "month"
    return Stretch(begin, _last_before(begin, length), precision, stretch.note)


def _count_months(stretch: Stretch) -> int:
    """Return how many whole months a stretch has; 0 where it is a day."""
    if stretch.precision == "day":
        return 0
    after = stretch.last + timedelta(days=1)
    return (after.year - stretch.first.year) * 12 + after.month - stretch.first.month


def _last_before(first: date, months: int) -> date:
    return add_months(first, months) - timedelta(days=1)


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) > len("26") else 2000 + int(digits)


def _check_year(year: int, words: str) -> DateNote | None:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return DateNote(
        "date-out-of-range",
        "warning",
        f'"{words}" lies outside the years {FIRST_YEAR} to {LAST_YEAR}: check the year',
    )


def _months_from(
    match: re.Match[str],
    begin: tuple[int, int],
    months: int,
    precision: Precision,
    note: DateNote | None = None,
) -> Stretch | DateNote:
    """Return so many months from a year and month on; a note where they leave the known years."""
    year, month = begin
    wrong = _check_year(year, match.group())
    if wrong is not None:
        return wrong
    first = date(year, month, 1)
    last = _last_before(first, months)
    return _check_year(last.year, match.group()) or Stretch(first, last, precision, note)


def _read_iso(match: re.Match[str]) -> _Result:
    words = match.group()
    year, month, day = (int(part) for part in words[:10].split("-"))
    return _check_year(year, words) or _read_moment(match, (year, month, day))


def _read_moment(match: re.Match[str], ymd: tuple[int, int, int]) -> _Result:
    """Return a day with the time of day beside it; midnight is none, seconds are left out."""
    words, hour = match.group(), match["hour"]
    try:
        moment = date(*ymd)
        if hour is not None:
            moment = _at_time(moment, int(hour), int(match["minute"]), match["noon"])
    except ValueError:
        return _impossible(words)
    return Stretch(moment, moment, "day")


def _at_time(day: date, hour: int, minute: int, noon: str | None) -> date:
    if noon is not None:
        if not 1 <= hour <= len(MONTHS):  # a clock of twelve hours
            raise ValueError
        hour = hour % 12 + (12 if noon.lower() == "p" else 0)
    at = time(hour, minute)
    return day if at == time.min else datetime.combine(day, at)


def _impossible(words: str) -> DateNote:
    return DateNote("date-impossible", "warning", f'"{words}" is not a day of the calendar')


def _read_day(match: re.Match[str]) -> _Result:
    words, month = match.group(), match["month"]
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    year = _full_year(match["year"])
    wrong = _check_year(year, words)
    if wrong is not None:
        return wrong
    read = _read_moment(match, (year, number, int(match["day"])))
    named = match.groupdict().get("weekday")
    if not isinstance(read, Stretch) or named is None:
        return read
    if _WEEKDAYS[read.first.weekday()] == named.lower():
        return read
    note = DateNote(
        "date-weekday", "warning", f'"{words}" is a {read.first:%A}: check the day or the date'
    )
    return replace(read, note=note)


def _read_month(match: re.Match[str]) -> _Result:
    month = match["month"]
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    if not 1 <= number <= len(MONTHS):
        return None
    return _months_from(match, (_full_year(match["year"]), number), 1, "month")


def _read_quarter(match: re.Match[str]) -> _Result:
    return _read_part(match, 3, "quarter")


def _read_half(match: re.Match[str]) -> _Result:
    return _read_part(match, 6, "half_year")


def _read_part(match: re.Match[str], months: int, precision: Precision) -> _Result:
    """Read the n-th quarter or half: of a financial year, or of a single year with a doubt."""
    named = (match["part"] or match["nth"]).lower()
    part = _ORDINALS.get(named) or int(named[0])
    year, month, note = _financial_year(match), 4, None
    if match["year"] is not None:
        year, month = int(match["year"]), 1
        note = _doubtful(match.group(), f"a part of the calendar year {year}")
    if year is None:
        return None
    month += months * (part - 1)
    begin = (year, month) if month <= len(MONTHS) else (year + 1, month - len(MONTHS))
    return _months_from(match, begin, months, precision, note)


def _doubtful(words: str, reading: str) -> DateNote:
    return DateNote(
        "date-ambiguous", "warning", f'"{words}" has two meanings and is read as {reading}'
    )


def _financial_year(match: re.Match[str]) -> int | None:
    """Return the year a financial year begins in; None where there is none."""
    if match["begin"] is None:
        return None
    begin = _full_year(match["begin"])
    end = match["end"]
    if len(match["begin"]) == len("26") and len(end) != len("27"):
        return None
    follows = (begin + 1) % 100 == int(end) if len(end) == len("27") else begin + 1 == int(end)
    return begin if follows else None


def _read_financial(match: re.Match[str]) -> _Result:
    begin, words = _financial_year(match), match.group()
    if begin is None:
        return None
    note = None
    if match["joint"] == "-" and "fy" not in words.lower() and "year" not in words.lower():
        end = match["end"]
        if len(end) == len("2027") or int(end) <= len(MONTHS):
            note = _doubtful(words, f"the financial year {begin}/{(begin + 1) % 100:02}")
    return _months_from(match, (begin, 4), 12, "year", note)


def _read_season(match: re.Match[str]) -> _Result:
    season, year = match["season"].lower(), int(match["year"])
    second = match["second"]
    # Summer, autumn and winter begin in a financial year's first year; spring lies across its end.
    if second is not None and (season == "spring" or (year + 1) % 100 != int(second[-2:])):
        return None
    return _months_from(match, (year, _SEASONS[season]), 3, "season")


def _read_year(match: re.Match[str]) -> _Result:
    return _months_from(match, (int(match["year"]), 1), 12, "year")


def _stands_in_text(match: re.Match[str]) -> bool:
    """Return whether what may be a date is one in running text too."""
    groups = match.groupdict()
    if "part" in groups:
        return True
    if "begin" in groups:
        return len(match["begin"]) == len("2026")
    if len(match["year"]) == len("2026"):
        return True
    before = match.string[match.start("year") - 1]
    return before in "-'" or ("day" in groups and before != ".")


class _Form:
    """One way of writing a date: its pattern alone and inside a text, and how to read it."""

    def __init__(
        self, pattern: str, read: Callable[[re.Match[str]], _Result], *, in_text: bool = True
    ) -> None:
        self.whole = re.compile(pattern, re.IGNORECASE)
        self.inside = re.compile(rf"(?<![\w/.])(?:{pattern})(?![\w%]|[/.-]\d)", re.IGNORECASE)
        self.read = read
        self.in_text = in_text


_FORMS: Final = (
    _Form(rf"(?P<year>\d{{4}})-\d\d-\d\d{_TIME}", _read_iso),
    _Form(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?P<joint>[/.-])(?P<month>\d{{1,2}})(?P=joint)(?P<year>\d{{4}}|\d\d)"
        rf"{_TIME}",
        _read_day,
    ),
    _Form(rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s/-]*{_MONTH},?[\s/-]*{_YEAR}{_TIME}", _read_day),
    _Form(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}}){_TIME}", _read_day),
    _Form(rf"{_MONTH},?(?:\s+of)?[\s/-]*{_YEAR}", _read_month),
    _Form(r"(?P<month>\d{1,2})/(?P<year>\d{4})", _read_month),
    _Form(rf"{_QUARTER}{_OF}[\s,]*{_PART}", _read_quarter),
    _Form(rf"{_PART}[\s,]*{_QUARTER}", _read_quarter),
    _Form(rf"{_HALF}{_OF}[\s,]*{_PART}", _read_half),
    _Form(rf"{_PART}[\s,]*{_HALF}", _read_half),
    _Form(
        r"(?P<season>spring|summer|autumn|winter)(?:\s+of)?[\s,-]*(?P<year>\d{4})"
        r"(?:\s*[/-]\s*(?P<second>\d{4}|\d\d))?",
        _read_season,
    ),
    _Form(
        rf"(?:the\s+)?(?:(?:financial\s+year|fy)\s*)?{_FINANCIAL}(?:\s+(?:financial\s+)?year)?",
        _read_financial,
    ),
    _Form(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])", _read_month),
    _Form(r"(?P<year>\d{4})", _read_year, in_text=False),
)
