"""Spans: one grammar, read strictly in files and generously from people."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import SpanError
from graphmodel.spans import ZERO, Span, Unit, parse_span

UNITS = get_args(Unit)
spans = st.builds(
    Span,
    st.decimals(-999, 999, places=3).map(lambda amount: amount.normalize() + 0),
    st.sampled_from(UNITS),
)


@given(span=spans)
def test_written_spans_read_back(span: Span) -> None:
    assert parse_span(str(span)) == span
    assert parse_span(str(span), words=True) == span


@given(span=spans)
def test_words_for_people_read_back(span: Span) -> None:
    assert parse_span(span.words, words=True) == span


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("10d", "10", "d"),
        ("2w", "2", "w"),
        ("10wd", "10", "wd"),
        ("8h", "8", "h"),
        ("30min", "30", "min"),
        ("8eh", "8", "eh"),
        ("50%", "50", "%"),
        ("3m", "3", "m"),
        ("1.5w", "1.5", "w"),
        ("-3d", "-3", "d"),
        ("+3d", "3", "d"),
        (" 3d ", "3", "d"),
        ("0.50m", "0.5", "m"),
    ],
)
def test_grammar(text: str, amount: str, unit: str) -> None:
    assert parse_span(text) == Span(Decimal(amount), unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2 months", "2m"),
        ("1 month", "1m"),
        ("8 weeks", "8w"),
        ("1y", "12m"),
        ("2 years", "24m"),
        ("1 quarter", "3m"),
        ("1 fortnight", "2w"),
        ("10 working days", "10wd"),
        ("5 Days", "5d"),
        ("4 elapsed hours", "4eh"),
        ("15 minutes", "15min"),
        ("50 percent", "50%"),
        ("-2 weeks", "-2w"),
        ("2  calendar   days", "2d"),
    ],
)
def test_words_are_for_people_only(text: str, same: str) -> None:
    assert parse_span(text, words=True) == parse_span(same)
    with pytest.raises(SpanError):
        parse_span(text)


@pytest.mark.parametrize(
    "text", ["", "d", "10", "10 d", "1e3d", "1,5w", "ten days", "10D", "--1d", "10dd", "∞d", "٣d"]
)
def test_nonsense_in_a_file(text: str) -> None:
    with pytest.raises(SpanError, match="is not a span of time: write it like 2m, 8w, 10d or 10wd"):
        parse_span(text)


@pytest.mark.parametrize("text", ["", "soon", "2 moons", "a month", "1 2 days", "days 2"])
def test_nonsense_from_people(text: str) -> None:
    with pytest.raises(SpanError, match='or "2 months"'):
        parse_span(text, words=True)


def test_long_nonsense_is_not_repeated_in_full() -> None:
    with pytest.raises(SpanError) as caught:
        parse_span("x" * 5000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "text", ["3608m", "15686w", "109801d", "-109801d", "2635201eh", "301y", "109801wd"]
)
def test_no_span_is_longer_than_300_years(text: str) -> None:
    with pytest.raises(SpanError, match="longer than 300 years"):
        parse_span(text, words=True)


@pytest.mark.parametrize(
    ("text", "months", "minutes"),
    [
        ("1d", 0, 1440),
        ("1.5d", 0, 2160),
        ("2w", 0, 20160),
        ("8eh", 0, 480),
        ("90min", 0, 90),
        ("-1d", 0, -1440),
        ("3m", 3, 0),
        # Half a mean month is 15.21875 days, a fifth 6.0875, both whole days when rounded.
        ("1.5m", 1, 15 * 1440),
        ("-1.5m", -1, -15 * 1440),
        ("0.2m", 0, 6 * 1440),
        # 0.4 of 30.4375 days is 12.175, 0.7 is 21.30625.
        ("0.4m", 0, 12 * 1440),
        ("2.7m", 2, 21 * 1440),
        # A third of a minute is none, half a minute is one.
        ("0.3min", 0, 0),
        ("0.5min", 0, 1),
    ],
)
def test_months_and_minutes(text: str, months: int, minutes: int) -> None:
    span = parse_span(text)
    assert (span.months, span.minutes) == (months, minutes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1d", "1 day"),
        ("-1d", "-1 day"),
        ("2m", "2 months"),
        ("1.50w", "1.5 weeks"),
        ("10wd", "10 working days"),
        ("0d", "0 days"),
        ("8eh", "8 elapsed hours"),
        ("100d", "100 days"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert parse_span(text).words == words


def test_what_runs_on_the_wall_calendar() -> None:
    assert {unit for unit in UNITS if Span(Decimal(1), unit).is_elapsed} == {"d", "w", "m", "eh"}


def test_zero_has_no_length() -> None:
    assert not ZERO
    assert not parse_span("0.0w")
    assert parse_span("-0.1d")
    assert str(parse_span("-0d")) == "0d"
