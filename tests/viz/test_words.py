"""Dates, days and counts in words, as people would write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.spans import parse_span
from graphmodel.words import join_words
from viz.words import (
    shorten,
    show_counts,
    show_date,
    show_days,
    show_lag,
    show_month,
    show_range,
    show_room,
    show_shift,
)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (date(2027, 4, 30), "30 Apr 2027"),
        (date(2026, 9, 1), "1 Sep 2026"),
        (datetime(2026, 12, 31, 17, 5), "31 Dec 2026 17:05"),
        (None, "no date"),
    ],
)
def test_dates(moment: date | None, words: str) -> None:
    assert show_date(moment) == words


def test_months() -> None:
    assert show_month(date(2026, 6, 1)) == "Jun 2026"


@pytest.mark.parametrize(
    ("days", "since", "until", "words"),
    [
        (1, None, None, "1 day"),
        (10, None, None, "10 days"),
        (-10, None, None, "10 days"),
        (55, None, None, "55 days"),
        (89, None, None, "about 3 months (89 days)"),
        (12.5, None, None, "12.5 days"),
        # DESIGN 5.2: the last day of a month to the last day of another is whole months.
        (59, date(2026, 12, 31), date(2027, 2, 28), "2 months (59 days)"),
        (61, date(2026, 9, 30), date(2026, 11, 30), "2 months (61 days)"),
        (59, date(2027, 4, 30), date(2027, 6, 28), "about 2 months (59 days)"),
        (31, date(2026, 7, 15), date(2026, 8, 15), "1 month (31 days)"),
        (0, date(2026, 7, 15), date(2026, 7, 15), "0 days"),
        (59, datetime(2026, 12, 31, 9), date(2027, 2, 28), "about 2 months (59 days)"),
    ],
)
def test_lengths(days: float, since: date | None, until: date | None, words: str) -> None:
    assert show_days(days, since=since, until=until) == words


def test_shifts_name_their_direction() -> None:
    assert show_shift(10) == "10 days later"
    assert show_shift(-1) == "1 day earlier"
    assert show_shift(0) == "no change"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 59, "0 to 59 days"),
        (59, 59, "59 days"),
        (61, 45, "45 to 61 days"),
        (0, 0, "0 days"),
        (1, 1, "1 day"),
        (0.5, 2, "0.5 to 2 days"),
    ],
)
def test_ranges_tell_both_ends(low: float, high: float, words: str) -> None:
    assert show_range(low, high) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (30, "30 days of room"),
        (1, "1 day of room"),
        (0, "no room"),
        (-29, "29 days short"),
        (None, "not known"),
    ],
)
def test_room(days: float | None, words: str) -> None:
    assert show_room(days) == words


@pytest.mark.parametrize(
    ("lag", "words"),
    [
        ("0d", ""),
        ("45d", ", then 45 days"),
        ("-2w", ", less 2 weeks"),
        ("1wd", ", then 1 working day"),
    ],
)
def test_lags(lag: str, words: str) -> None:
    assert show_lag(parse_span(lag)) == words


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


def test_a_cut_falls_between_words() -> None:
    assert shorten("Consult staff and trade unions", 20) == "Consult staff and…"
    assert shorten("Consult staff", 20) == "Consult staff"
    assert shorten("Counter-productivity-measures", 12) == "Counter-pro…"
    assert shorten("Functions, teams - and roles", 20) == "Functions, teams…"


@given(st.text(max_size=80), st.integers(2, 60))
def test_a_cut_never_exceeds_its_limit(text: str, limit: int) -> None:
    cut = shorten(text, limit)
    assert len(cut) <= max(limit, 1)
    assert cut == text or cut.endswith("…")


def test_how_many_under_both_rules() -> None:
    assert [show_counts(4, 5), show_counts(5, 4), show_counts(1200, 1200)] == [
        "4 to 5", "4 to 5", "1,200",
    ]  # fmt: skip
