"""Dates inside sentences, and brackets that hold one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.mentions import find_brackets, find_dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cut it by March 2027 and keep it there", ["by March 2027"]),
        ("Run it from Oct \u2013 Dec 2027, then stop", ["from Oct \u2013 Dec 2027"]),
        ("In Dec 2026 to Mar 2027 and before 1 April 2028",
         ["Dec 2026 to Mar 2027", "before 1 April 2028"]),
        ("Plan made by 31 March 2026. Another by 31 March 2027 (Apr 2026)",
         ["by 31 March 2026", "by 31 March 2027", "Apr 2026"]),
        ("Open from Autumn 2026 onwards for all", ["from Autumn 2026 onwards"]),
        ("Agreed in mid September 2026", ["in mid September 2026"]),
        ("Intentions for 2026/27", ["2026/27"]),
        # Neither numbers nor ratios nor sections nor ranges of hours are dates.
        ("2026 staff, 24/25 of them, section 4.10.12, 9.00am-5.00pm, 95% in 12 of 14", []),
        ("Sept 26 visitors came", []),
        ("Due Sep-26", ["Due Sep-26"]),
        ("No date here", []),
    ],
)  # fmt: skip
def test_dates_in_sentences(text: str, found: list[str]) -> None:
    assert [text[one.begin : one.end] for one in find_dates(text)] == found


def test_brackets_with_a_date_and_nothing_else() -> None:
    text = "A (C1 by then), due (by 31 March 2028), B [Jun 2026]. (i) (ongoing) (LOF) () (2 of 3)"
    found = [text[one.begin : one.end] for one in find_brackets(text)]
    assert found == ["(by 31 March 2028)", "[Jun 2026]", "(ongoing)"]


@given(st.text(alphabet="Jun 2026()to-by.,Q1/27", max_size=60))
def test_mentions_stand_apart_in_order(text: str) -> None:
    reached = 0
    for one in find_dates(text):
        assert reached <= one.begin < one.end <= len(text)
        reached = one.end
