"""What titles say of their order, and which item their words mean."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.suggest.meaning import Meant
from loaders.suggest.plan_words import PlanWords
from loaders.suggest.suggest import suggest
from tests.loaders.suggest.small_actions import make_action, make_plan, pairs_of

EARLY, LATE = "2026-04-30", "2026-09-30"


@pytest.mark.parametrize(
    "title",
    [
        "Open the depot, which depends on the tram consultation",
        "Open the depot subject to the tram consultation",
        "Following the tram consultation, open the depot",
        "Open the depot once the tram consultation is over",
        "Open the depot after the tram consultation",
        "Opening of the depot pending tram consultation",
        "Open the depot in light of the tram consultation",
        "Open the depot (awaiting tram consultation)",
        "Depot building on the tram consultation",
        "Depot: recommendations from the tram consultation",
        "Depot requires the tram consultation",
        "Depot, linked to the tram consultation",
        "Depot to deliver the tram consultation",
    ],
)
def test_the_item_waits_for_what_it_names(title: str) -> None:
    plan = make_action(("Tram consultation", EARLY), (title, LATE))
    assert pairs_of(plan, "stated-words") == {("A.1", "A.2")}


@pytest.mark.parametrize(
    "title",
    [
        "Workshop to inform the tram consultation",
        "Workshop informing the tram consultation",
        "Workshop that feeds into the tram consultation",
        "Workshop prior to the tram consultation",
        "Workshop ahead of the tram consultation",
        "Workshop in preparation for the tram consultation",
        "Workshop to enable the tram consultation",
        "Workshop to deliver the tram consultation",
    ],
)
def test_what_is_named_waits_for_the_item(title: str) -> None:
    plan = make_action((title, EARLY), ("Tram consultation", LATE))
    assert pairs_of(plan, "stated-words") == {("A.1", "A.2")}


def test_the_words_that_say_so_are_quoted() -> None:
    plan = make_action(
        ("Tram consultation", EARLY), ("Open the depot subject to the tram consultation", LATE)
    )
    (link,) = suggest(plan, only=["stated-words"]).new
    assert link.reason == (
        'A.2 says "subject to the tram consultation", and the planned dates agree.'
    )
    assert link.origin == "stated"


@pytest.mark.parametrize(
    "title",
    [
        "Deliver the tram consultation",  # what the item itself does
        "Open the depot after the summer",  # no item
        "Open the depot once agreed",
        "Open the depot after formal sign off",
    ],
)
def test_other_words_say_nothing(title: str) -> None:
    plan = make_action(("Tram consultation", EARLY), (title, LATE))
    assert pairs_of(plan, "stated-words") == set()


def test_weak_words_are_not_believed_against_the_dates() -> None:
    plan = make_action(
        ("Workshop to enable the tram consultation", LATE), ("Tram consultation", EARLY)
    )
    assert pairs_of(plan, "stated-words") == set()


def test_abbreviations_of_the_plan_mean_the_words() -> None:
    plan = make_action(
        ("Target Operating Model (TOM) designed", EARLY), ("New teams subject to the TOM", LATE)
    )
    assert pairs_of(plan, "stated-words") == {("A.1", "A.2")}


def wide_plan(*others: tuple[str, str, str]) -> Any:
    items = [
        {"id": "T", "kind": "theme", "title": "Streets"},
        {"id": "U", "kind": "theme", "title": "Homes"},
        {"id": "A", "kind": "action", "title": "Depot", "parent": "T"},
        {"id": "A.1", "kind": "milestone", "title": "Depot open", "parent": "A"},
        *({"id": name, "kind": "milestone", "title": title, "parent": above}
          for name, title, above in others),
    ]  # fmt: skip
    return make_plan(items)


def find_meant(plan: Any, phrase: str) -> str | None:
    words = PlanWords(plan)
    return Meant(plan, words).find("A.1", words.stems(phrase))


def test_the_nearest_item_that_holds_the_phrase_is_meant() -> None:
    near = ("A.2", "Tram consultation", "A")
    theme, far = ("T.1", "Tram consultation", "T"), ("U.1", "Tram consultation", "U")
    assert find_meant(wide_plan(near, theme, far), "tram consultation") == "A.2"
    assert find_meant(wide_plan(theme, far), "tram consultation") == "T.1"
    assert find_meant(wide_plan(far), "tram consultation") == "U.1"


def test_two_that_are_equally_meant_are_no_answer() -> None:
    one, other = ("A.2", "Tram consultation", "A"), ("A.3", "Tram consultation", "A")
    assert find_meant(wide_plan(one, other), "tram consultation") is None
    longer = ("A.3", "Tram consultation of residents", "A")
    assert find_meant(wide_plan(one, longer), "tram consultation") == "A.2"


def test_a_far_item_must_hold_all_of_the_phrase_and_headings_are_never_meant() -> None:
    assert (
        find_meant(wide_plan(("U.1", "Tram consultation", "U")), "tram fare consultation") is None
    )
    assert find_meant(wide_plan(), "homes") is None
    assert find_meant(wide_plan(), "") is None
    assert find_meant(wide_plan(("A.2", "Tram", "A")), "agreement") is None
