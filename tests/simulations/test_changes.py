"""A scenario's changes together: the copy, their order, slips (DESIGN 5.4)."""

from __future__ import annotations

import pytest

from graphmodel.errors import ScenarioError
from graphmodel.spans import parse_span
from tests.simulations.wexcombe import edit, plan_with


def test_no_change_gives_the_plan_itself() -> None:
    plan = plan_with()
    edited = edit(plan)
    assert edited.build() is plan
    assert not edited.structural


def test_sets_come_first_then_slips_whatever_their_order() -> None:
    group = {"op": "slip_group", "officer": "head", "by": "1w"}
    taken = {"op": "reassign", "item": "A.1", "officer": "dasc", "to": "head"}
    done = {"op": "complete", "item": "L", "on": "2026-05-29"}
    for changes in ((group, taken, done), (done, taken, group)):
        edited = edit(plan_with(), *changes)
        assert edited.groups == [(("A.1",), parse_span("1w"))]
    with pytest.raises(ScenarioError, match="L Build is finished: it cannot be slipped"):
        edit(plan_with(), {"op": "slip", "item": "L", "by": "1w"}, done)


@pytest.mark.parametrize("by", ["5wd", "8h", "30min", "10%"])
def test_a_slip_is_calendar_time(by: str) -> None:
    with pytest.raises(ScenarioError, match="is not calendar time: give days, weeks or months"):
        edit(plan_with(), {"op": "slip", "item": "L", "by": by})


def test_the_plan_is_left_as_it_was() -> None:
    plan = plan_with()
    before = plan.model_dump()
    edit(
        plan,
        {"op": "set", "item": "A.1", "finish": "2027-02-10"},
        {"op": "cancel_meeting", "board": "cab", "date": "2026-05-05"},
        {"op": "waive_papers_lead", "gate": "g1"},
        {"op": "reassign", "item": "L", "officer": "head", "to": "cx"},
        {"op": "complete", "item": "A.2"},
        {"op": "remove_link", "from": "A.1", "to": "A.2"},
    )
    assert plan.model_dump() == before
