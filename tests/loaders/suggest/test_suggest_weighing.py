"""How reasons are combined: by hand, from the numbers of the rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.suggest.candidates import Candidate
from loaders.suggest.rules import Rule
from loaders.suggest.weighing import MOST, weigh


def rule(name: str, confidence: float, **more: str) -> Rule:
    return Rule(name, name, "", "", confidence, **more)  # type: ignore[arg-type]


HALF, MOSTLY = rule("half", 0.5), rule("mostly", 0.8)
STATED = rule("stated", 0.6, origin="stated")


def say(before: str, after: str, by: Rule, strength: float = 1.0) -> Candidate:
    return Candidate(before, after, by, f"{by.id} says so", (), strength)


def test_one_reason_counts_as_it_is() -> None:
    (one,) = weigh([say("a", "b", MOSTLY, 0.5)])
    assert (one.before, one.after, one.confidence) == ("a", "b", 0.4)


def test_two_reasons_fail_together_only_if_both_fail() -> None:
    (one,) = weigh([say("a", "b", HALF), say("a", "b", MOSTLY)])
    assert one.confidence == pytest.approx(0.9)  # 1 - 0.5 * 0.2
    assert [candidate.rule.id for candidate in one.candidates] == ["mostly", "half"]


def test_a_rule_and_a_family_count_once_with_the_strongest() -> None:
    (one,) = weigh([say("a", "b", HALF, 0.4), say("a", "b", HALF), say("a", "b", HALF, 0.2)])
    assert one.confidence == 0.5
    kin = rule("kin", 0.7, family="f"), rule("cousin", 0.6, family="f")
    (one,) = weigh([say("a", "b", kin[1]), say("a", "b", kin[0])])
    assert one.confidence == pytest.approx(0.7)
    assert [candidate.rule.id for candidate in one.candidates] == ["kin"]


def test_nothing_is_surer_than_the_most() -> None:
    (one,) = weigh([say("a", "b", rule(str(n), 0.9)) for n in range(9)])
    assert one.confidence == MOST


def test_of_two_directions_the_stronger_is_kept_and_doubted() -> None:
    (one,) = weigh([say("a", "b", HALF), say("b", "a", MOSTLY)])
    assert (one.before, one.after) == ("b", "a")
    assert one.confidence == pytest.approx(0.4)  # 0.8 * (1 - 0.5)


def test_what_is_said_plainly_beats_what_is_guessed() -> None:
    said, guessed = say("a", "b", STATED), say("b", "a", MOSTLY)
    assert [(one.before, one.confidence) for one in weigh([said, guessed])] == [("a", 0.6)]
    vague = say("a", "b", STATED, 0.5)
    assert [one.before for one in weigh([vague, guessed])] == ["b"]


def test_of_two_equal_directions_one_is_kept() -> None:
    assert len(weigh([say("a", "b", HALF), say("b", "a", HALF)])) == 1


def test_what_follows_from_two_sure_pairs_counts_half() -> None:
    chain = [say("a", "b", MOSTLY), say("b", "c", MOSTLY)]
    found = {(one.before, one.after): one for one in weigh([*chain, say("a", "c", MOSTLY)])}
    assert found["a", "c"].confidence == pytest.approx(0.4)
    assert found["a", "c"].through == "b"
    assert found["a", "b"].confidence == 0.8
    assert found["a", "b"].through is None


def test_what_is_stated_or_follows_from_doubtful_pairs_counts_whole() -> None:
    chain = [say("a", "b", MOSTLY), say("b", "c", MOSTLY)]
    found = {(one.before, one.after): one for one in weigh([*chain, say("a", "c", STATED)])}
    assert found["a", "c"].confidence == 0.6
    used = rule("used", 0.6, family="stated")
    found = {(one.before, one.after): one for one in weigh([*chain, say("a", "c", used)])}
    assert found["a", "c"].through is None
    listed = rule("listed", 0.6, origin="sequence")
    found = {(one.before, one.after): one for one in weigh([*chain, say("a", "c", listed)])}
    assert found["a", "c"].through == "b"
    doubtful = [say("a", "b", HALF), say("b", "c", MOSTLY), say("a", "c", MOSTLY)]
    found = {(one.before, one.after): one for one in weigh(doubtful)}
    assert found["a", "c"].confidence == 0.8


def test_accepted_pairs_are_sure() -> None:
    found = weigh([say("b", "c", MOSTLY), say("a", "c", HALF)], accepted=[("a", "b")])
    assert {(one.before, one.after): one.confidence for one in found} == {
        ("b", "c"): 0.8,
        ("a", "c"): 0.25,
    }


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0.01, 1)), min_size=1, max_size=8))
def test_more_reasons_never_make_less_sure(reasons: list[tuple[str, float]]) -> None:
    these = [say("x", "y", rule(name, 0.7), strength) for name, strength in reasons]
    least = 0.0
    for number in range(1, len(these) + 1):
        (one,) = weigh(these[:number])
        assert least - 1e-12 <= one.confidence <= MOST
        least = one.confidence
