"""The years a plan is for, and when they begin."""

from __future__ import annotations

from datetime import date

import pytest

from graphmodel.periods import begin_period, read_years


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("2026 - 2028", (2026, 2028)),
        ("2026\u20132028", (2026, 2028)),
        ("2026/28", (2026, 2028)),
        ("2026 TO 2026", (2026, 2026)),
        ("2028 - 2026", None),
        ("April 2026 - 2028", None),
        ("2026", None),
        ("", None),
    ],
)
def test_years(words: str, years: tuple[int, int] | None) -> None:
    assert read_years(words) == years


@pytest.mark.parametrize(
    ("years", "targets", "first"),
    [
        (None, [date(2028, 3, 31)], None),
        ((0, 5), [], None),
        ((2026, 2028), [None, date(2028, 3, 31)], date(2026, 4, 1)),
        ((2026, 2028), [date(2027, 3, 31)], date(2026, 1, 1)),
        ((2026, 2026), [date(2026, 3, 31)], date(2026, 1, 1)),
    ],
)
def test_the_first_day(
    years: tuple[int, int] | None, targets: list[date | None], first: date | None
) -> None:
    assert begin_period(years, targets) == first
