"""How papers word dates: every line of the table in `graphmodel.partial`, read by hand."""

from __future__ import annotations

import calendar
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.items import Planned
from graphmodel.partial import parse_partial, window_start

MONTH_NAMES = [
    (1, ("January", "Jan", "jan.", "JAN")),
    (2, ("February", "Feb")),
    (3, ("March", "Mar")),
    (4, ("April", "Apr")),
    (5, ("May",)),
    (6, ("June", "Jun")),
    (7, ("July", "Jul")),
    (8, ("August", "Aug")),
    (9, ("September", "Sept", "Sep", "Sept.")),
    (10, ("October", "Oct")),
    (11, ("November", "Nov")),
    (12, ("December", "Dec")),
]

# wording, start, finish, precision, first day of what the words name
TABLE = [
    ("30 September 2026", None, "2026-09-30", "day", "2026-09-30"),
    ("31 March 2027", None, "2027-03-31", "day", "2027-03-31"),
    ("1st Sept 2026", None, "2026-09-01", "day", "2026-09-01"),
    ("2nd of March 2027", None, "2027-03-02", "day", "2027-03-02"),
    ("30/09/2026", None, "2026-09-30", "day", "2026-09-30"),
    ("05/04/2027", None, "2027-04-05", "day", "2027-04-05"),
    ("30/09/26", None, "2026-09-30", "day", "2026-09-30"),
    ("30.09.2026", None, "2026-09-30", "day", "2026-09-30"),
    ("30-Sep-26", None, "2026-09-30", "day", "2026-09-30"),
    ("2026-09-30", None, "2026-09-30", "day", "2026-09-30"),
    ("2026-09-30 00:00:00", None, "2026-09-30", "day", "2026-09-30"),
    ("September 30, 2026", None, "2026-09-30", "day", "2026-09-30"),
    ("Wednesday 30 September 2026", None, "2026-09-30", "day", "2026-09-30"),
    ("Sept 2026", None, "2026-09-30", "month", "2026-09-01"),
    ("June 2026", None, "2026-06-30", "month", "2026-06-01"),
    ("Feb 2028", None, "2028-02-29", "month", "2028-02-01"),
    ("Sep-26", None, "2026-09-30", "month", "2026-09-01"),
    ("Sept 26", None, "2026-09-30", "month", "2026-09-01"),
    ("Sept \u201926", None, "2026-09-30", "month", "2026-09-01"),
    ("09/2026", None, "2026-09-30", "month", "2026-09-01"),
    ("2026-09", None, "2026-09-30", "month", "2026-09-01"),
    ("(Jun 2026)", None, "2026-06-30", "month", "2026-06-01"),
    ("Jun\u00a02026.", None, "2026-06-30", "month", "2026-06-01"),
    ("Q2 25/26", None, "2025-09-30", "quarter", "2025-07-01"),
    ("Q2 2025/26", None, "2025-09-30", "quarter", "2025-07-01"),
    ("Quarter 2 2025-26", None, "2025-09-30", "quarter", "2025-07-01"),
    ("Q4 of 2026/27", None, "2027-03-31", "quarter", "2027-01-01"),
    ("2026/27 Q1", None, "2026-06-30", "quarter", "2026-04-01"),
    ("third quarter of 2026/27", None, "2026-12-31", "quarter", "2026-10-01"),
    ("Q3 FY2026/27", None, "2026-12-31", "quarter", "2026-10-01"),
    ("H1 2026/27", None, "2026-09-30", "half_year", "2026-04-01"),
    ("second half of 2026/27", None, "2027-03-31", "half_year", "2026-10-01"),
    ("Spring 2027", None, "2027-05-31", "season", "2027-03-01"),
    ("Summer 2026", None, "2026-08-31", "season", "2026-06-01"),
    ("Autumn 2026", None, "2026-11-30", "season", "2026-09-01"),
    ("Winter 2026", None, "2027-02-28", "season", "2026-12-01"),
    ("Winter 2026/27", None, "2027-02-28", "season", "2026-12-01"),
    ("Autumn 2026/27", None, "2026-11-30", "season", "2026-09-01"),
    ("early 2023", None, "2023-04-30", "season", "2023-01-01"),
    ("mid 2023", None, "2023-08-31", "season", "2023-05-01"),
    ("mid-2023", None, "2023-08-31", "season", "2023-05-01"),
    ("Late 2023", None, "2023-12-31", "season", "2023-09-01"),
    ("early September 2026", None, "2026-09-10", "month", "2026-09-01"),
    ("mid September 2026", None, "2026-09-20", "month", "2026-09-11"),
    ("late September 2026", None, "2026-09-30", "month", "2026-09-21"),
    ("start of April 2027", None, "2027-04-10", "month", "2027-04-01"),
    ("late Q2 2026/27", None, "2026-09-30", "month", "2026-09-01"),
    ("early 3 May 2026", None, "2026-05-03", "day", "2026-05-03"),
    ("end of March 2027", None, "2027-03-31", "month", "2027-03-01"),
    ("End March 2027", None, "2027-03-31", "month", "2027-03-01"),
    ("the end of Q2 26/27", None, "2026-09-30", "quarter", "2026-07-01"),
    ("2027", None, "2027-12-31", "year", "2027-01-01"),
    ("2026/27", None, "2027-03-31", "year", "2026-04-01"),
    ("24/25", None, "2025-03-31", "year", "2024-04-01"),
    ("2024 / 25", None, "2025-03-31", "year", "2024-04-01"),
    ("2099/00", None, "2100-03-31", "year", "2099-04-01"),
    ("FY 2026-27", None, "2027-03-31", "year", "2026-04-01"),
    ("the financial year 2026/27", None, "2027-03-31", "year", "2026-04-01"),
    ("Oct 2026 \u2013 Dec 2026", "2026-10-01", "2026-12-31", "range", "2026-10-01"),
    ("Oct \u2013 Dec 2026", "2026-10-01", "2026-12-31", "range", "2026-10-01"),
    ("Oct 2026 - Feb 2027", "2026-10-01", "2027-02-28", "range", "2026-10-01"),
    ("Oct - Feb 2027", "2026-10-01", "2027-02-28", "range", "2026-10-01"),
    ("Oct 2026 to Feb 2027", "2026-10-01", "2027-02-28", "range", "2026-10-01"),
    ("1-15 May 2026", "2026-05-01", "2026-05-15", "range", "2026-05-01"),
    ("12 May - 3 June 2026", "2026-05-12", "2026-06-03", "range", "2026-05-12"),
    ("01/04/2026-31/03/2027", "2026-04-01", "2027-03-31", "range", "2026-04-01"),
    ("between Oct 2026 and Dec 2026", "2026-10-01", "2026-12-31", "range", "2026-10-01"),
    ("from Oct 2026 until Dec 2026", "2026-10-01", "2026-12-31", "range", "2026-10-01"),
    ("Spring/Summer 2026", "2026-03-01", "2026-08-31", "range", "2026-03-01"),
    ("Q1 - Q2 2026/27", "2026-04-01", "2026-09-30", "range", "2026-04-01"),
    ("2026 - 2028", "2026-01-01", "2028-12-31", "range", "2026-01-01"),
    ("by July 2026", None, "2026-07-31", "month", "2026-07-01"),
    ("By: July 2026", None, "2026-07-31", "month", "2026-07-01"),
    ("no later than 31 March 2027", None, "2027-03-31", "day", "2027-03-31"),
    ("to be completed by the end of March 2027", None, "2027-03-31", "month", "2027-03-01"),
    ("complete by Mar 2027", None, "2027-03-31", "month", "2027-03-01"),
    ("before April 2027", None, "2027-03-31", "month", "2027-03-01"),
    ("before 1 April 2027", None, "2027-03-31", "day", "2027-03-31"),
    ("From April 2028 onwards", "2028-04-01", None, "from", "2028-04-01"),
    ("from April 2028", "2028-04-01", None, "from", "2028-04-01"),
    ("April 2028 onwards", "2028-04-01", None, "from", "2028-04-01"),
    ("after March 2027", "2027-04-01", None, "from", "2027-04-01"),
    ("ongoing", None, None, "ongoing", None),
    ("Ongoing", None, None, "ongoing", None),
    ("Continuous", None, None, "ongoing", None),
    ("Ongoing from April 2026", "2026-04-01", None, "ongoing", "2026-04-01"),
    ("ongoing until March 2028", None, "2028-03-31", "month", "2028-03-01"),
    ("Complete", None, None, "complete", None),
    ("completed", None, None, "complete", None),
    ("Completed Mar 2026", None, "2026-03-31", "complete", "2026-03-01"),
    ("Complete (Mar 2026)", None, "2026-03-31", "complete", "2026-03-01"),
    ("TBC", None, None, "none", None),
    ("N/A", None, None, "none", None),
    ("not applicable", None, None, "none", None),
    ("\u2013", None, None, "none", None),
    ("", None, None, "none", None),
    ("  ", None, None, "none", None),
]


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(("wording", "start", "finish", "precision", "window"), TABLE)
def test_table(
    wording: str, start: str | None, finish: str | None, precision: str, window: str | None
) -> None:
    partial = parse_partial(wording)
    expected = (day(start), day(finish), precision, wording.strip() or None)
    planned = partial.planned
    assert (planned.start, planned.finish, planned.precision, planned.text) == expected
    assert (partial.reading, partial.notes) == ("whole", ())
    assert window_start(planned) == day(window)


# wording, start, finish, precision, reading, codes of the notes
DOUBTFUL = [
    ("on-going", None, None, "ongoing", "whole", ["date-wording"]),
    ("On-going", None, None, "ongoing", "whole", ["date-wording"]),
    ("on going", None, None, "ongoing", "whole", ["date-wording"]),
    ("On going, each term", None, None, "ongoing", "part", ["date-wording", "date-with-words"]),
    ("Completed, see the minutes", None, None, "complete", "part", ["date-with-words"]),
    ("31/02/2026", None, None, "none", "whole", ["date-impossible"]),
    ("13/25/2026", None, None, "none", "whole", ["date-impossible"]),
    ("2026-02-30", None, None, "none", "whole", ["date-impossible"]),
    ("agreed on 31/02/2026", None, None, "none", "part", ["date-impossible"]),
    ("March 2726", None, None, "none", "whole", ["date-out-of-range"]),
    ("1850", None, None, "none", "whole", ["date-out-of-range"]),
    ("2200/01", None, None, "none", "whole", ["date-out-of-range"]),
    ("before 1900", None, None, "none", "part", ["date-out-of-range"]),
    ("after 2200", None, None, "none", "part", ["date-out-of-range"]),
    ("Dec 2026 - Oct 2026", None, None, "none", "whole", ["range-reversed"]),
    ("31/02/2026 - 30/04/2026", None, None, "none", "whole", ["date-impossible"]),
    ("28 Feb 2026 - 31/02/2026", None, None, "none", "whole", ["date-impossible"]),
    ("Monday 30 September 2026", None, "2026-09-30", "day", "whole", ["date-weekday"]),
    ("Q2 2026", None, "2026-06-30", "quarter", "whole", ["date-ambiguous"]),
    ("H2 2026", None, "2026-12-31", "half_year", "whole", ["date-ambiguous"]),
    ("2026 - 2027", None, "2027-03-31", "year", "whole", ["date-ambiguous"]),
    ("2011-12", None, "2012-03-31", "year", "whole", ["date-ambiguous"]),
    ("March 2027 (was May 2026)", None, None, "none", "part", ["date-ambiguous"]),
    ("March 2027, subject to funding", None, "2027-03-31", "month", "part", ["date-with-words"]),
    (
        "From May 2027 polling to 1 April 2028 (first day)",
        "2027-05-01", "2028-04-01", "range", "part", ["date-with-words"],
    ),
    ("Up to the ruling by July 2026", None, "2026-07-31", "month", "part", ["date-with-words"]),
    ("the work starts from May 2027", "2027-05-01", None, "from", "part", ["date-with-words"]),
    ("reviews, April 2027 onwards", "2027-04-01", None, "from", "part", ["date-with-words"]),
    ("signed off before May 2027", None, "2027-04-30", "month", "part", ["date-with-words"]),
    ("report in mid September 2026", None, "2026-09-20", "month", "part", ["date-with-words"]),
    ("13/2026", None, None, "none", "none", ["date-unread"]),
    ("Q2 2026/29", None, None, "none", "none", ["date-unread"]),
    ("26/2027", None, None, "none", "none", ["date-unread"]),
    ("Spring 2026/27", None, "2027-03-31", "year", "part", ["date-with-words"]),
    ("Autumn 2026/29", None, None, "none", "none", ["date-unread"]),
    ("ongoing until further notice", None, None, "ongoing", "part", ["date-with-words"]),
    ("30/09/1726", None, None, "none", "whole", ["date-out-of-range"]),
    ("see H1 2026/27 report", None, "2026-09-30", "half_year", "part", ["date-with-words"]),
    ("26 Sept", None, None, "none", "none", ["date-unread"]),
    ("2026/29", None, None, "none", "none", ["date-unread"]),
    ("25/26 YTD", None, None, "none", "none", ["date-unread"]),
    ("when agreed", None, None, "none", "none", ["date-unread"]),
]  # fmt: skip


@pytest.mark.parametrize(("wording", "start", "finish", "precision", "reading", "codes"), DOUBTFUL)
def test_doubtful_wording(
    wording: str,
    start: str | None,
    finish: str | None,
    precision: str,
    reading: str,
    codes: list[str],
) -> None:
    partial = parse_partial(wording)
    planned = partial.planned
    assert (planned.start, planned.finish, planned.precision) == (
        day(start),
        day(finish),
        precision,
    )
    assert (partial.reading, [note.code for note in partial.notes]) == (reading, codes)
    assert planned.text == wording


@pytest.mark.parametrize(
    ("wording", "finish"),
    [
        ("30/Sep/26", date(2026, 9, 30)),
        ("30/Sep/26 12:00 AM", date(2026, 9, 30)),
        ("30/Sep/26 12:00 PM", datetime(2026, 9, 30, 12, 0)),
        ("30/Sep/26 5:05 pm", datetime(2026, 9, 30, 17, 5)),
        ("30/09/2026 00:00", date(2026, 9, 30)),
        ("30/09/2026 17:00:59", datetime(2026, 9, 30, 17, 0)),
        ("30 September 2026 at 17:00", datetime(2026, 9, 30, 17, 0)),
        ("Wed 30/09/26", date(2026, 9, 30)),
        ("Wed 30/09/26 08:00", datetime(2026, 9, 30, 8, 0)),
        ("2026-09-30T17:00:12Z", datetime(2026, 9, 30, 17, 0)),
        ("2026-09-30 17:00:12.5 +01:00", datetime(2026, 9, 30, 17, 0)),
    ],
)
def test_forms_of_tools(wording: str, finish: date) -> None:
    partial = parse_partial(wording)
    assert (partial.planned.finish, partial.planned.precision) == (finish, "day")
    assert (partial.reading, partial.notes) == ("whole", ())


@pytest.mark.parametrize(
    "wording", ["30/09/2026 25:00", "30/09/2026 13:00 PM", "30/09/2026 0:30 am", "31/02/2026 10:00"]
)
def test_impossible_times(wording: str) -> None:
    partial = parse_partial(wording)
    assert partial.planned.finish is None
    assert [note.code for note in partial.notes] == ["date-impossible"]


def test_a_weekday_before_a_numeric_day_must_fit() -> None:
    assert [note.code for note in parse_partial("Mon 30/09/26").notes] == ["date-weekday"]


def test_a_range_with_times_runs_forward() -> None:
    planned = parse_partial("1/9/2026 08:00 to 30/9/2026").planned
    assert (planned.start, planned.finish) == (datetime(2026, 9, 1, 8, 0), date(2026, 9, 30))
    reversed_ = parse_partial("30/9/2026 to 1/9/2026 10:00")
    assert [note.code for note in reversed_.notes] == ["range-reversed"]


def test_time_of_day_is_kept() -> None:
    planned = parse_partial("2026-09-30T17:00").planned
    assert planned.finish == datetime(2026, 9, 30, 17)


@pytest.mark.parametrize("joint", [" ", "-", "\u2013", "\u00a0", ", "])
@pytest.mark.parametrize(("number", "names"), MONTH_NAMES)
def test_every_month_in_every_spelling(number: int, names: tuple[str, ...], joint: str) -> None:
    for name in names:
        for year, written in ((2026, "2026"), (2028, "2028"), (2031, "31")):
            planned = parse_partial(f"{name}{joint}{written}").planned
            last = calendar.monthrange(year, number)[1]
            assert planned.finish == date(year, number, last), (name, joint, written)
            assert window_start(planned) == date(year, number, 1)


days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(days, st.sampled_from(["%d %B %Y", "%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%A %d %B %Y"]))
def test_days_round_trip(when: date, form: str) -> None:
    partial = parse_partial(when.strftime(form))
    assert partial.planned == Planned(finish=when, precision="day", text=when.strftime(form))
    assert partial.notes == ()


@given(st.integers(1900, 2199), st.integers(1, 4), st.booleans())
def test_quarters_of_financial_years_run_from_april(year: int, quarter: int, spaced: bool) -> None:
    joint = " / " if spaced else "/"
    planned = parse_partial(f"Q{quarter} {year}{joint}{(year + 1) % 100:02}").planned
    first_month = (4, 7, 10, 1)[quarter - 1]
    begin = date(year + (quarter == 4), first_month, 1)
    assert window_start(planned) == begin
    assert planned.finish is not None
    # The quarters of a year follow each other without a gap and add up to it.
    assert (planned.finish - begin).days + 1 in {90, 91, 92}
    assert planned.finish.month == first_month + 2


@given(days, days)
def test_a_range_starts_with_the_first_and_ends_with_the_last(one: date, other: date) -> None:
    first, last = sorted((one, other))
    planned = parse_partial(f"{first:%d %B %Y} \u2013 {last:%d %B %Y}").planned
    assert (planned.start, planned.finish) == (first, last)
    if first < last:
        turned = parse_partial(f"{last:%d/%m/%Y} - {first:%d/%m/%Y}")
        assert [note.code for note in turned.notes] == ["range-reversed"]
        assert turned.planned.finish is None


@given(st.text(max_size=80) | st.from_regex(r"[QHa-y0-9 /.()-]{0,40}", fullmatch=True))
def test_nothing_raises_and_the_words_are_kept(text: str) -> None:
    partial = parse_partial(text)
    assert partial.planned.text == (text.strip() or None)
    planned = partial.planned
    if planned.start is not None and planned.finish is not None:
        assert planned.start <= planned.finish
    if partial.reading == "none":
        assert partial.notes


@pytest.mark.parametrize(
    ("precision", "finish", "window"),
    [
        ("day", "2026-09-30", "2026-09-30"),
        ("month", "2026-09-30", "2026-09-01"),
        ("quarter", "2027-03-31", "2027-01-01"),
        ("half_year", "2026-09-30", "2026-04-01"),
        ("season", "2027-02-28", "2026-12-01"),
        ("year", "2027-03-31", "2026-04-01"),
    ],
)
def test_window_without_words(precision: str, finish: str, window: str) -> None:
    planned = Planned.model_validate({"finish": finish, "precision": precision})
    assert window_start(planned) == day(window)


def test_window_of_words_that_no_longer_fit_the_finish() -> None:
    moved = Planned(finish=date(2027, 5, 31), precision="month", text="Sept 2026")
    assert window_start(moved) == date(2027, 5, 1)


def test_a_long_text_is_searched_and_not_tried() -> None:
    text = "and - to " * 20_000 + "March 2027"
    assert parse_partial(text).planned.finish == date(2027, 3, 31)
