"""Nested data as named scalars: each name by hand, and any JSON there and back."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loaders.scalars
from loaders.scalars import flatten, unflatten

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
KEYS = st.text(max_size=4) | st.sampled_from(
    ["tags", "also", "rest", "json", "0", "a.b", "planned"]
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_data_comes_back(data: dict[str, Any]) -> None:
    scalars = flatten(data)
    assert all(isinstance(value, str | int | float) for value in scalars.values())
    assert "" not in scalars.values()  # GraphML cannot tell it from nothing
    assert unflatten(scalars) == data


@pytest.mark.parametrize(
    ("data", "scalars"),
    [
        ({"planned": {"start": "a", "finish": "b"}}, {"planned.start": "a", "planned.finish": "b"}),
        ({"history": [{"rag": "red"}]}, {"history.0.rag": "red"}),
        ({"tags": ["a", "b c"]}, {"tags": "a; b c"}),
        ({"tags": ["a;b"]}, {"tags.0": "a;b"}),
        ({"tags": [" a"]}, {"tags.0": " a"}),
        ({"title": ""}, {"title.json": '""'}),
        ({"x_a": None, "x_b": [], "x_c": {}}, {"x_a.json": "null", "x_b.json": "[]",
                                               "x_c.json": "{}"}),
        ({"x_a": {"0": 1}}, {"x_a.json": '{"0": 1}'}),
        ({"x_a.b": 1, "rest": 2}, {"rest.json": '{"x_a.b": 1, "rest": 2}'}),
        ({"percent": 40.0, "external": True}, {"percent": 40.0, "external": True}),
    ],
)  # fmt: skip
def test_names(data: dict[str, Any], scalars: dict[str, Any]) -> None:
    assert flatten(data) == scalars
    assert unflatten(scalars) == data


def test_lists_that_people_typed() -> None:
    assert unflatten({"tags": " a ;b;; "}) == {"tags": ["a", "b"]}
    assert unflatten({"tags": ";"}) == {"tags": []}


def test_lists_of_more_than_ten_keep_their_order() -> None:
    data = {"history": [{"grade": str(number)} for number in range(12)]}
    assert unflatten(flatten(data)) == data


@pytest.mark.parametrize(
    "scalars",
    [
        {"a.json": "{"},
        {"a": 1, "a.b": 2},
        {"a.b": 2, "a": 1},
        {"a.b.c": 2, "a.b": 1},
        {"a.b": 2, "a.json": "1"},
    ],
)
def test_contradictions(scalars: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"given twice|Expecting|line 1"):
        unflatten(scalars)


def test_a_rest_that_is_no_object_says_nothing() -> None:
    assert unflatten({"rest.json": "[1]", "a": 1}) == {"a": 1}


def test_examples_in_docstrings() -> None:
    result = doctest.testmod(loaders.scalars)
    assert result.attempted
    assert not result.failed
