"""What a scenario makes of boards: meetings, and papers leads that are waived (DESIGN 4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import KnockonError, ScenarioError
from graphmodel.meetings import meeting_instants
from graphmodel.moments import finish_instant, show_finish
from graphmodel.spans import parse_span
from tests.simulations.wexcombe import PLAN, edit, plan_with

if TYPE_CHECKING:
    from graphmodel.plan import Plan


def meetings(plan: Plan, board: str, year: int = 2026) -> list[str]:
    instants = meeting_instants(
        plan.index.board(board),
        anchor=plan.start,
        blackouts=plan.blackouts,
        until=finish_instant(date(year, 7, 31)),
    )
    return [str(show_finish(instant, hours=True)) for instant in instants]


# First Tuesdays: 7 April, 5 May, 2 June, 7 July 2026; and 19 May.
REGULAR = ["2026-04-07", "2026-05-05", "2026-05-19", "2026-06-02", "2026-07-07"]


@pytest.mark.parametrize(
    ("change", "held"),
    [
        (
            {"op": "cancel_meeting", "date": "2026-05-05"},
            ["2026-04-07", "2026-05-19", "2026-06-02", "2026-07-07"],
        ),
        (
            {"op": "move_meeting", "date": "2026-05-19", "to": "2026-05-26"},
            ["2026-04-07", "2026-05-05", "2026-05-26", "2026-06-02", "2026-07-07"],
        ),
        ({"op": "add_meeting", "date": "2026-04-01"}, ["2026-04-01", *REGULAR]),
    ],
)
@pytest.mark.parametrize("name", ["cab", "Cabinet"])
def test_meetings_of_the_copy(change: dict[str, Any], held: list[str], name: str) -> None:
    plan = plan_with()
    edited = edit(plan, {**change, "board": name})
    assert edited.structural
    assert not edited.changed, "a board is named, not an item"
    assert meetings(edited.build(), "cab") == held
    assert meetings(plan, "cab") == REGULAR


def test_one_meeting_change_after_the_other() -> None:
    edited = edit(
        plan_with(),
        {"op": "cancel_meeting", "board": "cab", "date": "2026-05-05"},
        {"op": "move_meeting", "board": "cab", "date": "2026-06-02", "to": "2026-05-05"},
        {"op": "add_meeting", "board": "ib", "date": "2026-04-30"},
    )
    assert meetings(edited.build(), "cab") == [
        "2026-04-07",
        "2026-05-05",
        "2026-05-19",
        "2026-07-07",
    ]
    assert meetings(edited.build(), "ib") == ["2026-04-30"]


def test_a_gate_without_its_papers_lead() -> None:
    plan = plan_with()
    for name in ("g1", "A.2"):
        edited = edit(plan, {"op": "waive_papers_lead", "gate": name})
        gate = edited.build().gates[0]
        assert gate.papers_lead == parse_span("0d"), "a lead of nothing, not the board's"
        assert edited.build().gates[1:] == plan.gates[1:]
        assert edited.changed == {"A.2"}
        assert edited.structural


@pytest.mark.parametrize(
    ("gate", "sentence"),
    [
        ("g11", 'The plan has no gate "g11". Did you mean g1?'),
        ("g4", 'The gate "g4" is rejected, not accepted: it holds nothing.'),
        ("T", "T Adults has no gate to pass."),
        ("L", '"L" passes 2 gates: give them ids in the plan and name one.'),
    ],
)
def test_a_gate_that_cannot_be_waived(gate: str, sentence: str) -> None:
    with pytest.raises(KnockonError) as caught:
        edit(plan_with(), {"op": "waive_papers_lead", "gate": gate})
    assert str(caught.value) == sentence


def test_several_gates_are_told_apart_by_their_ids() -> None:
    gates = [{**gate, "id": f"g{n}"} for n, gate in enumerate(PLAN["gates"], 1)]
    with pytest.raises(ScenarioError) as caught:
        edit(plan_with(gates=gates), {"op": "waive_papers_lead", "gate": "L"})
    assert str(caught.value) == '"L" passes 2 gates: name g2 or g3.'
    edited = edit(plan_with(gates=gates), {"op": "waive_papers_lead", "gate": "g3"})
    assert edited.build().gates[2].papers_lead == parse_span("0d")


def test_what_needs_no_papers_has_none_to_waive() -> None:
    sentence = (
        "Cabinet asks for no papers ahead of its decision on A.2 Decide: there is nothing to waive."
    )
    boards = [{**PLAN["boards"][0], "papers_lead": None}, PLAN["boards"][1]]
    waive = {"op": "waive_papers_lead", "gate": "g1"}
    with pytest.raises(ScenarioError) as caught:
        edit(plan_with(boards=boards), waive)
    assert str(caught.value) == sentence
    with pytest.raises(ScenarioError, match="there is nothing to waive"):
        edit(plan_with(), waive, waive)
