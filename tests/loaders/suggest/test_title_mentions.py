"""What a title brings up, what it takes up as known, and how it is put: read by hand."""

from __future__ import annotations

import pytest

from loaders.suggest.leads import weigh_lead
from loaders.suggest.mentions import goes_on, has_number, is_joined, read_mentions
from loaders.suggest.plan_words import PlanWords
from tests.loaders.suggest.small_actions import make_action

TITLES = (
    ("Agree a gateway process for schemes", "2026-04-30"),
    ("Managers trained in the new gateway process, with guides", "2026-06-30"),
    ("Condition survey of homes", "2026-07-31"),
    ("Homes investment plan", "2026-09-30"),
)


def words() -> PlanWords:
    return PlanWords(make_action(*TITLES))


def test_what_opens_a_title_ends_at_a_preposition_and_deeds_are_left_out() -> None:
    known = words()
    assert read_mentions(TITLES[0][0], known).opening == set(known.stems("gateway process"))
    assert read_mentions("In the park", known).opening == set(known.stems("park"))  # too short


def test_what_is_known_follows_the_or_new_or_agreed() -> None:
    known = words()
    told = read_mentions(TITLES[1][0], known).known
    assert set(known.stems("gateway process")) <= told
    assert not told & set(known.stems("guides"))
    assert not read_mentions(TITLES[0][0], known).known


def test_how_a_title_is_put() -> None:
    assert is_joined("Design and build")
    assert not is_joined("Standards")
    assert goes_on("Continue to feed the swans")
    assert goes_on("Improved parks")
    assert not goes_on("Feed the swans")
    assert has_number("Phase 2")
    assert not has_number("Phase two")


def test_a_lead_is_as_rare_as_its_less_rare_side() -> None:
    known = words()
    survey, plan = known.of("A.3"), known.of("A.4")
    sides = (
        known.weigh(known.stems("condition survey")),
        known.weigh(known.stems("investment plan")),
    )
    assert weigh_lead(survey, plan, known) == pytest.approx(min(sides))
    assert weigh_lead(plan, survey, known) == 0
    assert weigh_lead(known.of("A.1"), ("swan",), known) == 0
