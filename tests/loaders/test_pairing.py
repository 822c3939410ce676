"""Pairs that stand out from all their rivals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphmodel.items import Item
from loaders.likeness import MARGIN, Wording
from loaders.pairing import Ambiguity, find_candidates, settle

SCORES = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")),
    st.integers(50, 100).map(lambda number: number / 100),
)


def test_a_settled_pair_takes_its_rivals_away() -> None:
    """In the order of the file a would take x, and b would get nothing."""
    scores = {("a", "x"): 0.8, ("a", "y"): 0.78, ("b", "x"): 0.97}
    assert settle(scores, 0.7).pairs == [("b", "x"), ("a", "y")]


def test_a_rival_below_the_threshold_counts() -> None:
    assert settle({("a", "x"): 0.71, ("a", "y"): 0.69}, 0.7).pairs == []


def test_what_is_open_comes_in_groups_that_share_nothing() -> None:
    scores = {("a", "x"): 0.8, ("a", "y"): 0.8, ("b", "y"): 0.8, ("c", "z"): 0.8, ("d", "z"): 0.8}
    assert settle(scores, 0.7).ambiguous == [
        Ambiguity(("a", "b"), ("x", "y")),
        Ambiguity(("c", "d"), ("z",)),
    ]


@given(SCORES, st.randoms())
def test_the_order_of_the_pairs_makes_no_difference(
    scores: dict[tuple[str, str], float], order: object
) -> None:
    shuffled = list(scores.items())
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(scores, 0.7) == settle(dict(shuffled), 0.7)


@given(SCORES)
def test_every_settled_pair_is_above_what_was_left_to_either(
    scores: dict[tuple[str, str], float],
) -> None:
    settled = settle(scores, 0.7)
    done: set[tuple[int, str]] = set()
    for pair in settled.pairs:
        assert scores[pair] >= 0.7
        assert not done.intersection(enumerate(pair))
        done.update(enumerate(pair))
    open_ = {name for group in settled.ambiguous for name in (*group.old, *group.new)}
    for pair, score in scores.items():  # what is open has a rival as good, and is free
        if score >= 0.7 and not done.intersection(enumerate(pair)):
            assert open_.issuperset(pair)
            rivals = [
                other
                for rival, other in scores.items()
                if rival != pair
                and set(enumerate(rival)) & set(enumerate(pair))
                and not done.intersection(enumerate(rival))
            ]
            assert any(score - other < MARGIN for other in rivals)


def test_in_a_large_group_rare_words_find_the_counterpart() -> None:
    names = [f"{one} {other}" for one in VERBS for other in NOUNS]
    old = {f"o{n}": wording(f"the council will {name} in time") for n, name in enumerate(names)}
    new = {f"n{n}": wording(f"the city will {name} in time") for n, name in enumerate(names)}
    candidates = list(find_candidates(old, new))
    assert set(candidates).issuperset((f"o{n}", f"n{n}") for n in range(len(names)))
    assert len(candidates) <= 8 * len(names)


#: Each word stands in more than fifty titles, each pair of words in one.
VERBS = [f"verb{letter}{other}" for letter in "abcdefgh" for other in "abcdefgh"]
NOUNS = [f"noun{letter}{other}" for letter in "abcdefgh" for other in "abcdefgh"]


def wording(title: str) -> Wording:
    return Wording(Item(id="A1", kind="action", title=title))
