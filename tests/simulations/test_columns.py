"""Columns of integers: packed or not, they say the same."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulations.columns import MANY, fill, group, kind_of_column, packed, take

if TYPE_CHECKING:
    from simulations.columns import NewColumn

KINDS = pytest.mark.parametrize("new", [list, packed])


def test_small_plans_have_lists_and_large_ones_packed_columns() -> None:
    assert kind_of_column(MANY)([1, 2]) == [1, 2]
    assert kind_of_column(MANY + 1)([1, 2]) == array("q", [1, 2])


def test_numpy_sees_the_memory_of_a_packed_column() -> None:
    column = packed([1, 2, 3])
    np.asarray(column, np.int64)[1] = 9
    assert list(column) == [1, 9, 3]


@KINDS
def test_one_value_throughout(new: NewColumn) -> None:
    assert list(fill(new, 7, 3)) == [7, 7, 7]
    assert list(fill(new, 7, 0)) == []


@KINDS
@given(keys=st.lists(st.integers(0, 6)))
def test_grouping_is_a_stable_sort(new: NewColumn, keys: list[int]) -> None:
    begins, places = group(new(keys), 7)
    assert list(places) == sorted(range(len(keys)), key=keys.__getitem__)
    assert list(begins) == [sum(key < one for key in keys) for one in range(8)]
    assert type(begins) is type(places) is type(new(()))


@given(column=st.lists(st.integers(-9, 9), min_size=1), data=st.data())
def test_taking_is_looking_up_one_place_after_the_other(
    column: list[int], data: st.DataObject
) -> None:
    places = data.draw(st.lists(st.integers(0, len(column) - 1)))
    expected = [column[place] for place in places]
    for new in (list, packed):
        assert take(new(column), new(places)) == new(expected)
    assert take(packed(column), places) == packed(expected)
