"""Entries of progress reports: title, status, dates, causes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.progress_entries import find_cause, is_cut_off, read_later, split_entry

MARCH = date(2025, 3, 31)

MILESTONES = [
    # entry, title, status, finish, forecast
    ("Wall mended \u2013 On track for May", "Wall mended", "not_started", "2025-05-31", None),
    ("Wall mended- In progress", "Wall mended", "in_progress", None, None),
    ("Wall mended Commenced", "Wall mended", "in_progress", None, None),
    ("Part 2 - the wall - May 2026- Commenced", "Part 2 - the wall", "in_progress",
     "2026-05-31", None),
    ("Wall in place- 2024 survey done. More being developed", "Wall in place", "in_progress",
     None, None),
    ("Model agreed- On hold until the vote", "Model agreed", "on_hold", None, None),
    ("Wall mended - completed (May 2025)", "Wall mended", "complete", "2025-05-31", None),
    ("Wall mended - delayed, pushed to June", "Wall mended", "not_started", "2025-06-30",
     "2025-06-30"),
    ("Sea-wall re-opened", "Sea-wall re-opened", "not_started", None, None),
    ("Wall - a long story", "Wall - a long story", "not_started", None, None),
    ("- May 2025", "- May 2025", "not_started", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "title", "status", "finish", "forecast"), MILESTONES)
def test_milestones(
    entry: str, title: str, status: str, finish: str | None, forecast: str | None
) -> None:
    parts = split_entry(entry, MARCH)
    assert (parts.title, parts.status) == (title, status)
    assert (parts.planned.finish and parts.planned.finish.isoformat()) == finish
    assert (parts.forecast and parts.forecast.isoformat()) == forecast


SUB_ACTIONS = [
    ("*Wall mended (delay due to rain)", "Wall mended", "(delay due to rain)", None),
    ("Wall mended. It is late. Due in May.", "Wall mended", "It is late. Due in May.",
     "2025-05-31"),
    ("Wall mended- being renamed as Mole. This waits for stone due by June 2025", "Wall mended",
     "being renamed as Mole. This waits for stone due by June 2025", None),
    ("Wall mended", "Wall mended", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "title", "words", "finish"), SUB_ACTIONS)
def test_sub_actions(entry: str, title: str, words: str, finish: str | None) -> None:
    parts = split_entry(entry, MARCH, listed=True)
    assert (parts.title, parts.status_words) == (title, words)
    assert (parts.planned.finish and parts.planned.finish.isoformat()) == finish


CAUSES = [
    ("late due to the storm.", "the storm"),
    ("late owing to rain; and wind", "rain"),
    ("(delay because of a strike)", "a strike"),
    ("delay due to Council date change", "Council date change"),
    ("due to adoption of a rule leading to more work", "adoption of a rule"),
    ("due to commence in May", None),
    ("Report due to Harbour Board in May", None),
    ("a report due to Cabinet.", None),
    ("due in May", None),
]


@pytest.mark.parametrize(("text", "cause"), CAUSES)
def test_causes(text: str, cause: str | None) -> None:
    assert find_cause(text) == cause


def test_forecasts() -> None:
    when = read_later("This will slip to May Council. Then rest.", MARCH)
    assert when is not None
    assert when.planned.finish == date(2025, 5, 31)
    assert read_later("This will be done in May", MARCH) is None


@pytest.mark.parametrize(
    ("title", "cut"), [("Wall and", True), ("Wall -", True), ("the sub-", True), ("Wall", False)]
)
def test_entries_that_break_off(title: str, cut: bool) -> None:
    assert is_cut_off(title) is cut
    assert split_entry(title, MARCH).cut_off is cut


@given(st.text(), st.booleans())
def test_no_letter_is_lost(text: str, listed: bool) -> None:
    parts = split_entry(text, MARCH, listed=listed)
    kept = [one for one in f"{parts.title}{parts.status_words}" if one.isalnum()]
    assert kept == [one for one in text if one.isalnum()]
