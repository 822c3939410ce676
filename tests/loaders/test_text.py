from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text import clean, shorten, split_lines, tidy


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_the_same(end: str) -> None:
    assert split_lines(end.join(["one", "", "three\x0cstill three", "four"])) == [
        "one",
        "",
        "three\x0cstill three",
        "four",
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert split_lines("\ufeffObjective\tA") == ["Objective\tA"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" two\u00a0 words\t", "two words"),
        ("soft\u00adhyphen and\u200b nothing", "softhyphen and nothing"),
        ("\u200f30/09/2026\u200e", "30/09/2026"),
        ("a\u2067b\u2069 c", "ab c"),
        ("\u2018curly\u2019 \u201cmarks\u201d\u2013", "\u2018curly\u2019 \u201cmarks\u201d\u2013"),
    ],
)  # fmt: skip
def test_clean(text: str, words: str) -> None:
    assert clean(text) == words


def test_a_tidy_cell_keeps_its_line_ends() -> None:
    assert tidy(" one\r\n two ") == "one\r\n two"
    assert tidy("\u200fone\u00a0\n two\u200b ") == "one \n two"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_shorten_says_that_something_is_left_out() -> None:
    assert shorten("short") == "short"
    long = shorten("word " * 30)
    assert long.endswith("word\u2026")
    assert len(long) <= 60
