"""Durations and lags as planning tools write them."""

from __future__ import annotations

import pytest

from graphmodel.errors import SpanError
from loaders.lengths import parse_length


@pytest.mark.parametrize(
    ("text", "calendar", "working"),
    [
        ("5 days", "5d", "5wd"),
        ("5d?", "5d", "5wd"),
        ("2 wks", "2w", "10wd"),
        ("1 mon", "1m", "20wd"),
        ("1.5 mths", "1.5m", None),
        ("3.5 hrs", "3.5h", "3.5h"),
        ("90 mins", "90min", "90min"),
        ("2 edays", "2d", "2d"),
        ("1 ewk", "1w", "1w"),
        ("2 emons", "60d", "60d"),
        ("4 ehrs", "4eh", "4eh"),
        ("50%", "50%", "50%"),
        ("10 working days", "10wd", "10wd"),
        ("- 2 weeks", "-2w", "-10wd"),
    ],
)
def test_lengths(text: str, calendar: str, working: str | None) -> None:
    assert str(parse_length(text)) == calendar
    if working is not None:
        assert str(parse_length(text, working=True)) == working


@pytest.mark.parametrize("text", ["5", "soon", "5 parsecs", "", "d"])
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(SpanError):
        parse_length(text)
