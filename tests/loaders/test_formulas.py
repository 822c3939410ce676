"""Texts that look like formulas: guarded on the way out, whole again on the way in."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loaders.formulas
from loaders.formulas import guard, needs_guard, unguard
from loaders.text import tidy

SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("sign", SIGNS)
def test_what_begins_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert guard(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("text", ["", "'", "'tis", "1 - 2", "a=b", "don't", "5", "(=1)", "''"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text
    assert not needs_guard(text)


@given(st.text(alphabet=f"'a{SIGNS}", max_size=6) | st.text())
def test_reading_takes_exactly_that_apostrophe_away(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in {*SIGNS, "="} or not text


@given(st.text())
def test_a_guarded_text_is_still_known_as_one(text: str) -> None:
    assert needs_guard(text) == needs_guard(guard(text))


def test_cells_are_read_without_it() -> None:
    assert [tidy("'=1+1"), tidy(" '-5 "), tidy("''@x"), tidy("'tis")] == [
        *("=1+1", "-5", "'@x", "'tis"),
    ]


def test_examples_in_docstrings() -> None:
    result = doctest.testmod(loaders.formulas)
    assert result.attempted
    assert not result.failed
