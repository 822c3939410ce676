from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.entity import is_id
from loaders.ids import IdGiver, find_printed_id, free_id, make_slug, split_printed_id


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("SI1.1.3 Do it", ("SI1.1.3", "Do it")),
        ("IP4 Money", ("IP4", "Money")),
        ("3.2: Do it", ("3.2", "Do it")),
        ("A1.2 \u2013 Do it", ("A1.2", "Do it")),
        ("SI1.1", ("SI1.1", "")),
        ("Do SI1.1", None),
        ("3 boats", None),
        ("1.5% more", None),
        ("COVID19 is", None),
        ("Q2", ("Q2", "")),
        ("", None),
    ],
)
def test_printed_ids(text: str, split: tuple[str, str] | None) -> None:
    assert split_printed_id(text) == split


def test_an_id_in_mid_text_begins_a_sentence() -> None:
    text = "As in A1.1.9 before. A1.1.2 Do it"
    assert find_printed_id(text, "A1.1") == ("As in A1.1.9 before.", "A1.1.2", "Do it")
    assert find_printed_id("see A1.1.2 for it", "A1.1") is None
    assert find_printed_id("Rest. A1.12 Do", "A1.1") is None


def test_slugs() -> None:
    assert make_slug("Director of Children\u2019s & Adults' Services") == (
        "director-of-childrens-and-adults-services"
    )
    assert make_slug("Caf\u00e9 (new)") == "cafe-new"
    assert make_slug("\u2013\u2013") == ""


@given(st.text())
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    slug = make_slug(text)
    assert slug == "" or (is_id(slug) and ":" not in slug)
    assert make_slug(slug) == slug


def test_the_next_free_id() -> None:
    assert free_id("a", set()) == "a"
    assert free_id("a", {"a", "a-2"}) == "a-3"
    assert free_id("A1", {"A1"}, "~") == "A1~2"


@given(st.lists(st.sampled_from(["a", "a-2", "b", "a-3"]), max_size=30))
def test_a_giver_gives_what_free_id_would(wanted: list[str]) -> None:
    giver = IdGiver(["b"])
    taken = {"b"}
    for one in wanted:
        given_id = giver.claim(one)
        assert given_id == free_id(one, taken)
        taken.add(given_id)
        assert given_id in giver
