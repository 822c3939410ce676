"""The score of reworded titles."""

from __future__ import annotations

import pytest

from graphmodel.items import Item
from graphmodel.measures import Metric
from loaders.likeness import ELSEWHERE, SAME_PLACE, Wording, likeness


def score(one: str, other: str) -> float:
    first, second = (Wording(Item(id="A1", kind="action", title=text)) for text in (one, other))
    return likeness(first, second)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Hire a dredger", "hire a dredger!", 1.0),
        ("!", "!", 1.0),  # nothing is left of it when folded
        ("abcd", "abce", 0.75),  # 2 x 3 of 8 characters
        ("abcdefgh", "abcdwxyz", 0.5),
        ("abc", "xyz", 0.0),
        ("abcd", "abcdefghijklmnop", 0.0),  # 2 x 4 of 20 lie below the floor
        ("acbd efgh", "hgfe dbca", 0.0),  # the same letters, but in no order
    ],
)
def test_characters_that_match(one: str, other: str, expected: float) -> None:
    assert score(one, other) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dredge the outer berth, phase 1", "Dredge the outer berth, phase 2"),
        ("Phase one: dredge the outer berth", "Phase two: dredge the outer berth"),
        ("Budget for 2026/27 agreed by the board", "Budget for 2027/28 agreed by the board"),
        ("Train 20 of the crew to swim", "Train 30 of the crew to swim"),
    ],
)
def test_numbers_must_agree(one: str, other: str) -> None:
    assert score(one, other) == 0


def test_a_day_or_month_inside_a_title_may_change() -> None:
    one, other = (f"Survey of every berth done by {day}" for day in ("31 March 2026", "4 May 2026"))
    assert score(one, other) >= SAME_PLACE


def test_a_title_that_goes_on_is_the_same() -> None:
    begin = "Tender drawn up in two lots"
    assert score(begin, f"{begin} and published in every paper of the county") == ELSEWHERE
    assert score("Tender", "Tender drawn up and published in the county") == 0


def test_metrics_have_no_phases() -> None:
    metric = Metric(id="M1", item="A1", title="Phase 1 depth")
    assert likeness(Wording(metric), Wording(metric.model_copy(update={"title": "Phase 1 depths"})))
