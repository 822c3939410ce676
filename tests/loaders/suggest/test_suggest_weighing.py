"""How reasons are combined: by hand, from the numbers of the rules and of what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.suggest.candidates import Candidate
from loaders.suggest.rules import Rule
from loaders.suggest.weighing import MOST, gather, weigh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loaders.suggest.weighing import Weighed


def rule(name: str, confidence: float, *, told: bool = True, **more: str) -> Rule:
    return Rule(name, name, "", "", confidence, told=told, **more)  # type: ignore[arg-type]


HALF, MOSTLY = rule("half", 0.5), rule("mostly", 0.8)
STATED = rule("stated", 0.6, origin="stated")
GUESSED = rule("guessed", 0.9, told=False)


def say(before: str, after: str, by: Rule, strength: float = 1.0) -> Candidate:
    return Candidate(before, after, by, f"{by.id} says so", (), strength)


def add(
    *candidates: Candidate,
    seen: Mapping[tuple[str, str], float] | None = None,
    accepted: tuple[tuple[str, str], ...] = (),
) -> list[Weighed]:
    known = seen or {}
    return weigh(gather(candidates), lambda one, other, _: known.get((one, other), 0.0), accepted)


def by_ends(found: list[Weighed]) -> dict[tuple[str, str], Weighed]:
    return {(one.before, one.after): one for one in found}


def test_one_reason_counts_as_it_is() -> None:
    (one,) = add(say("a", "b", MOSTLY, 0.5))
    assert (one.before, one.after) == ("a", "b")
    assert one.confidence == pytest.approx(0.4)


def test_two_reasons_fail_together_only_if_both_fail() -> None:
    (one,) = add(say("a", "b", HALF), say("a", "b", MOSTLY))
    assert one.confidence == pytest.approx(0.9)  # 1 - 0.5 * 0.2
    assert [candidate.rule.id for candidate in one.candidates] == ["mostly", "half"]


def test_what_is_written_counts_beside_what_is_seen_and_a_guess_does_not() -> None:
    (one,) = add(say("a", "b", HALF), say("a", "b", GUESSED), seen={("a", "b"): 0.6})
    assert one.confidence == pytest.approx(0.8)  # 1 - 0.5 * 0.4
    assert [candidate.rule.id for candidate in one.candidates] == ["guessed", "half"]
    (one,) = add(say("a", "b", GUESSED), seen={("a", "b"): 0.6})
    assert one.confidence == pytest.approx(0.6)


def test_a_rule_and_a_family_count_once_with_the_strongest() -> None:
    (one,) = add(say("a", "b", HALF, 0.4), say("a", "b", HALF), say("a", "b", HALF, 0.2))
    assert one.confidence == pytest.approx(0.5)
    kin = rule("kin", 0.7, family="f"), rule("cousin", 0.6, family="f")
    (one,) = add(say("a", "b", kin[1]), say("a", "b", kin[0]))
    assert one.confidence == pytest.approx(0.7)
    assert [candidate.rule.id for candidate in one.candidates] == ["kin"]


def test_nothing_is_surer_than_the_most() -> None:
    (one,) = add(*(say("a", "b", rule(str(n), 0.9)) for n in range(9)))
    assert one.confidence == MOST


def test_of_two_directions_the_surer_is_kept() -> None:
    (one,) = add(say("a", "b", HALF), say("b", "a", MOSTLY))
    assert (one.before, one.after) == ("b", "a")
    assert one.confidence == pytest.approx(0.8)


def test_what_is_said_plainly_beats_what_is_guessed() -> None:
    said, guessed = say("a", "b", STATED), say("b", "a", MOSTLY)
    (one,) = add(said, guessed)
    assert one.before == "a"
    assert one.confidence == pytest.approx(0.6)
    vague = say("a", "b", STATED, 0.5)
    assert [one.before for one in add(vague, guessed)] == ["b"]


def test_of_two_equal_directions_one_is_kept() -> None:
    assert len(add(say("a", "b", HALF), say("b", "a", HALF))) == 1


def test_what_follows_from_two_sure_pairs_counts_half() -> None:
    chain = [say("a", "b", MOSTLY), say("b", "c", MOSTLY)]
    found = by_ends(add(*chain, say("a", "c", MOSTLY)))
    assert found["a", "c"].confidence == pytest.approx(0.4)
    assert found["a", "c"].through == "b"
    assert found["a", "b"].confidence == pytest.approx(0.8)
    assert found["a", "b"].through is None


def test_what_is_stated_or_follows_from_doubtful_pairs_counts_whole() -> None:
    chain = [say("a", "b", MOSTLY), say("b", "c", MOSTLY)]
    found = by_ends(add(*chain, say("a", "c", STATED)))
    assert found["a", "c"].confidence == pytest.approx(0.6)
    used = rule("used", 0.6, family="stated")
    assert by_ends(add(*chain, say("a", "c", used)))["a", "c"].through is None
    listed = rule("listed", 0.6, origin="sequence")
    assert by_ends(add(*chain, say("a", "c", listed)))["a", "c"].through == "b"
    doubtful = [say("a", "b", HALF), say("b", "c", MOSTLY), say("a", "c", MOSTLY)]
    assert by_ends(add(*doubtful))["a", "c"].confidence == pytest.approx(0.8)


def test_accepted_pairs_are_sure() -> None:
    found = add(say("b", "c", MOSTLY), say("a", "c", HALF), accepted=(("a", "b"),))
    assert {ends: one.confidence for ends, one in by_ends(found).items()} == {
        ("b", "c"): pytest.approx(0.8),
        ("a", "c"): pytest.approx(0.25),
    }


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0.01, 1)), min_size=1, max_size=8))
def test_more_reasons_never_make_less_sure(reasons: list[tuple[str, float]]) -> None:
    these = [say("x", "y", rule(name, 0.7), strength) for name, strength in reasons]
    least = 0.0
    for number in range(1, len(these) + 1):
        (one,) = add(*these[:number])
        assert least - 1e-12 <= one.confidence <= MOST
        least = one.confidence
