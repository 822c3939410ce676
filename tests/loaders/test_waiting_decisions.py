"""Decisions on what a paper drops one month and has again the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.links import Decision, Link
from graphmodel.people import Board, Gate
from graphmodel.planfile import dump_plan, parse_plan
from loaders.carrying import carry_over
from tests.loaders.small_versions import action, april, codes, may, milestone

if TYPE_CHECKING:
    from graphmodel.plan import Plan

WORKS = action("A1", "Works")
DREDGER = milestone("A1.1", "Hire a dredger for the outer harbour")
WALL = milestone("A1.2", "Mend the western wall of the harbour")
LIGHT = milestone("A1.3", "Light the lamp on the pier")
BOARD = Board(id="hrb", title="Harbour Recovery Board")
ANN = Decision(by="Ann", why="She asked")


def decided(**more: Any) -> Link:
    return Link.model_validate(
        {"from": "A1.1", "to": "A1.2", "state": "rejected", "rule": "stages", "decided": ANN} | more
    )


GATE = Gate(item="A1.2", board="hrb", decided=ANN, origin="inferred")


def through(*versions: Plan) -> list[Any]:
    """Carry a plan through versions, each written to a file in between."""
    held = versions[0]
    told = []
    for version in versions[1:]:
        carried = carry_over(parse_plan(dump_plan(held)), version)
        held = carried.plan
        told.append(carried)
    return told


FULL = (WORKS, DREDGER, WALL, LIGHT)
SHORT = (WORKS, DREDGER, milestone("A1.2", LIGHT.title))


def test_a_decision_waits_while_its_item_is_gone_and_counts_when_it_is_back() -> None:
    old = april(*FULL, links=[decided()], gates=[GATE], boards=[BOARD])
    gone, back = through(old, may(*SHORT), april(*FULL))
    assert gone.plan.links == ()
    assert gone.plan.gates == ()
    assert "The decision is kept" in next(
        one.message for one in gone.problems if one.code == "link-dropped"
    )
    assert set(gone.plan.model_extra["x_waiting_decisions"]) == {"links", "gates"}
    assert back.plan.links == (decided(),)
    assert back.plan.gates == (GATE,)
    assert {"link-returned", "gate-returned"} <= codes(back)
    assert "x_waiting_decisions" not in back.plan.model_extra


def test_it_waits_for_as_many_versions_as_it_takes() -> None:
    old = april(*FULL, links=[decided()])
    *_, back = through(old, may(*SHORT), may(*SHORT), may(*SHORT), april(*FULL))
    assert back.plan.links == (decided(),)


def test_what_nobody_decided_does_not_wait() -> None:
    proposed = decided(state="proposed", decided=None, origin="inferred")
    (gone,) = through(april(*FULL, links=[proposed]), may(*SHORT))
    assert "x_waiting_decisions" not in (gone.plan.model_extra or {})


def test_something_else_of_that_number_gets_no_decision() -> None:
    other = milestone("A1.4", "Paint every boat of the ferry service red")
    _, later = through(
        april(*FULL, links=[decided()]), may(*SHORT), may(WORKS, DREDGER, LIGHT, other)
    )
    assert later.plan.links == ()
    assert len(later.plan.model_extra["x_waiting_decisions"]["links"]) == 1


@pytest.mark.parametrize("damaged", [None, [], "x", {"links": 1}, {"links": [{"from": "A1.1"}, 3]}])
def test_a_damaged_record_is_left_out(damaged: Any) -> None:
    old = april(*FULL).model_copy(update={"x_waiting_decisions": damaged})
    carried = carry_over(old, may(*FULL))
    assert carried.plan.links == ()
    assert "x_waiting_decisions" not in (carried.plan.model_extra or {})
