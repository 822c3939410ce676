"""Cells of predecessors as they are written, and what the reader makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.entity import is_id
from graphmodel.links import Link
from graphmodel.spans import parse_span
from loaders.predecessors import parse_predecessors
from loaders.writers.predecessor_cells import write_predecessors

NASTY = (
    "a;b",
    "a, b",
    "a and b",
    "-",
    "0",
    "none",
    "A FS",
    "A",
    "B.",
    "#7",
    "b 2",
    "A SS+2d",
    "12",
)


def link(start: str, kind: str = "FS", lag: str = "0d", end: str = "Z") -> Link:
    return Link.model_validate({"from": start, "to": end, "type": kind, "lag": lag})


@pytest.mark.parametrize(
    ("links", "cell"),
    [
        ([link("12", lag="5d")], "12 FS+5d"),
        ([link("A"), link("SI1.1", "SS"), link("x-2", "FF", "-3wd")], "A; SI1.1 SS; x-2 FF-3wd"),
        ([link("b 2", "SF", "1.5w")], "b 2 SF+1.5w"),
        ([link("a;b")], "a;b"),
        ([link("a and b")], "a and b"),
    ],
)
def test_words(links: list[Link], cell: str) -> None:
    known = {one.from_ for one in links}
    assert write_predecessors(links, known) == {"Z": cell}


@pytest.mark.parametrize(
    "links",
    [
        [link("a;b", lag="5d")],  # would be two
        [link("B."), link("B.")],  # lose their full stops
        [link("A", "SS", "2d")],  # is the id of another
    ],
)
def test_what_cannot_be_said_is_not(links: list[Link]) -> None:
    assert write_predecessors(links, NASTY) == {}


def test_of_several_what_can_be_said_is() -> None:
    links = [link("a;b"), link("12"), link("A")]
    assert write_predecessors(links, NASTY) == {"Z": "12; A"}


def test_a_cell_that_is_the_id_of_another_item_is_not_written() -> None:
    assert write_predecessors([link("A"), link("B")], {"A", "B", "A; B"}) == {}


IDS = st.sampled_from(NASTY) | st.text("AFS1 .;+-#", min_size=1, max_size=6).filter(is_id)


@given(
    ids=st.lists(IDS, min_size=1, max_size=5, unique=True),
    kinds=st.lists(st.sampled_from(["FS", "SS", "FF", "SF"]), min_size=5, max_size=5),
    lags=st.lists(st.sampled_from(["0d", "5d", "-2wd", "10%", "3m"]), min_size=5, max_size=5),
)
def test_the_reader_makes_the_same_links_of_it(
    ids: list[str], kinds: list[str], lags: list[str]
) -> None:
    links = [link(*one) for one in zip(ids, kinds, lags, strict=False)]
    known = {*ids, *NASTY}
    meant = {(one.from_, one.type, one.lag) for one in links}
    for cell in write_predecessors(links, known).values():
        found, wrong = parse_predecessors(cell, known)
        assert wrong == ()
        assert {(one.id, one.type, one.lag) for one in found} <= meant
    plain = [one for one in links if one.from_.isalnum() and one.from_ not in {"0", "none"}]
    if plain and not any(" " in one for one in known):
        assert write_predecessors(plain, known)


def test_spans_are_those_of_the_plan() -> None:
    found, _ = parse_predecessors("12 FS+5d", {"12"})
    assert found[0].lag == parse_span("5d")
