"""What a scenario makes of officers: items that pass to another, and absences (DESIGN 4, 5.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import KnockonError, ScenarioError, UnknownIdError
from graphmodel.moments import finish_instant, start_instant
from simulations.changes import Away
from tests.simulations.wexcombe import PLAN, edit, plan_with

if TYPE_CHECKING:
    from simulations.changes import Edited


def held(edited: Edited, item: str) -> dict[str, list[str]]:
    index = edited.build().index
    roles = ("responsible", "accountable")
    return {role: [one.id for one in index.officers_of(item, role)] for role in roles}  # type: ignore[arg-type]


def test_an_inherited_role_passes_for_the_item_alone() -> None:
    plan = plan_with()
    edited = edit(plan, {"op": "reassign", "item": "A.1", "officer": "dasc", "to": "head"})
    assert held(edited, "A.1") == {"responsible": ["head"], "accountable": ["cx"]}
    assert held(edited, "A.2") == {"responsible": ["dasc"], "accountable": ["cx"]}
    assert edited.changed == {"A.1"}
    assert not edited.structural, "no date hangs on it"
    assert [one.id for one in plan.index.officers_of("A.1")] == ["dasc"]


def test_every_role_of_the_officer_passes_and_others_keep_theirs() -> None:
    both = [*PLAN["assignments"], {"officer": "dasc", "item": "T", "role": "accountable"}]
    change = {"op": "reassign", "item": "T", "officer": "dasc", "to": "head"}
    assert held(edit(plan_with(assignments=both), change), "T") == {
        "responsible": ["cx"],
        "accountable": ["head"],
    }
    edited = edit(plan_with(), {"op": "reassign", "item": "L", "officer": "head", "to": "cx"})
    assert held(edited, "L")["responsible"] == ["cx", "dasc"]
    edited = edit(plan_with(), {"op": "reassign", "item": "L", "officer": "head", "to": "dasc"})
    assert held(edited, "L")["responsible"] == ["dasc"], "not named twice"


def test_an_item_may_pass_on_and_on() -> None:
    edited = edit(
        plan_with(),
        {"op": "reassign", "item": "A", "officer": "dasc", "to": "head"},
        {"op": "reassign", "item": "A.1", "officer": "Head of Service", "to": "cx"},
    )
    assert held(edited, "A.2")["responsible"] == ["head"]
    assert held(edited, "A.1")["responsible"] == ["cx"]


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        (
            {"item": "A.1", "officer": "head", "to": "cx"},
            ScenarioError,
            "Head of Service holds no role on A.1 Consult, which belongs to Director of Adults.",
        ),
        (
            {"item": "A.1", "officer": "dasc", "to": "dasc"},
            ScenarioError,
            "A.1 Consult cannot pass from Director of Adults to Director of Adults: name another.",
        ),
        (
            {"item": "A.3", "officer": "dasc", "to": "cx"},
            ScenarioError,
            "A.3 Prepare is finished: it cannot be reassigned.",
        ),
        (
            {"item": "A.1", "officer": "dasc", "to": "nix"},
            UnknownIdError,
            'The plan has no officer "nix".',
        ),
    ],
)
def test_an_item_that_cannot_be_reassigned(
    change: dict[str, Any], error: type[KnockonError], sentence: str
) -> None:
    with pytest.raises(error) as caught:
        edit(plan_with(), {"op": "reassign", **change})
    assert str(caught.value) == sentence


AWAY = {"op": "away", "officer": "Director of Adults", "from": "2027-01-04", "to": "2027-01-29"}


def test_an_absence_names_the_unfinished_leaves_of_the_officer() -> None:
    edited = edit(plan_with(), AWAY)
    first, last = start_instant(date(2027, 1, 4)), finish_instant(date(2027, 1, 29))
    assert edited.aways == [Away("dasc", ("A.1", "A.2", "L"), first, last)]
    assert not edited.structural
    assert not edited.changed, "which items wait, the baseline forecast tells"


def test_what_another_officer_takes_over_does_not_wait() -> None:
    taken = {"op": "reassign", "item": "A.1", "officer": "dasc", "to": "head"}
    for changes in ((taken, AWAY), (AWAY, taken)):
        edited = edit(plan_with(), *changes)
        assert edited.aways[0].leaves == ("A.2", "L")
    done = {"op": "complete", "item": "A.2"}
    assert edit(plan_with(), AWAY, done).aways[0].leaves == ("A.1", "L")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"to": "2027-01-03"},
            (
                "Director of Adults cannot be away from 2027-01-04 to 2027-01-03: "
                "the second date lies before the first."
            ),
        ),
        (
            {"officer": "Director of Adult"},
            'The plan has no officer "Director of Adult". Did you mean Director of Adults?',
        ),
        (
            {"officer": "cx"},
            "Chief Executive is responsible for nothing unfinished: an absence changes nothing.",
        ),
    ],
)
def test_an_absence_that_cannot_be(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(KnockonError) as caught:
        edit(plan_with(), {**AWAY, **change})
    assert str(caught.value) == sentence
