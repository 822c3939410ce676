"""The original, the interim and the proposed date of an action that slips."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.reprofiles import read_reprofile

JULY = date(2024, 7, 31)

CASES = [
    # words, dates before, the date that holds, the proposed one
    ("Will be done by October 2024 (original date of May 2024).", [], "2024-05-31", "2024-10-31"),
    (("The original date was May 2023, revised to March 2024 and will now be extended to "
     "September 2024."), ["2023-05-31"], "2024-03-31", "2024-09-30"),
    ("Original date: May 2023, revised to March 2024, revised to June 2024, moved to August 2024",
     ["2023-05-31", "2024-03-31"], "2024-06-30", "2024-08-31"),
    ("It is proposed to move it from end of October to December 2024.", [], "2024-10-31",
     "2024-12-31"),
    ("re-profiled from November to March 2025", [], "2024-11-30", "2025-03-31"),
    ("This will be launched by the end of December.", [], None, "2024-12-31"),
    ("dates have been finalised during August / September 2024", [], None, "2024-09-30"),
    ("Opened on 2 May. A date will be set once the review is done.", [], None, None),
    ("originally due May 2024", [], "2024-05-31", None),
    ("nothing", [], None, None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "earlier", "current", "proposed"), CASES)
def test_wordings(
    words: str, earlier: list[str], current: str | None, proposed: str | None
) -> None:
    read = read_reprofile(words, JULY)
    ends = [one.finish and one.finish.isoformat() for one in read.earlier]
    assert ends == earlier
    assert (read.current and read.current.finish and read.current.finish.isoformat()) == current
    assert (read.proposed and read.proposed.finish and read.proposed.finish.isoformat()) == proposed


def test_months_without_a_year_are_told() -> None:
    assert read_reprofile("from October to December 2024", JULY).without_year == ("October",)
    assert read_reprofile("will be lit by October", JULY).without_year == ("October",)


def test_without_the_reports_month() -> None:
    read = read_reprofile("will be lit by October (original date of May)", None)
    assert (read.current, read.proposed) == (None, None)
