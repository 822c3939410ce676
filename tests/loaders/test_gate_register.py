"""Gates in registers."""

from __future__ import annotations

from datetime import date

import pytest

from graphmodel.items import Source
from graphmodel.links import Decision, Evidence
from graphmodel.people import Gate
from graphmodel.spans import parse_span
from tests.loaders.small_registers import accept, make_plan, merge, refuse, sheet

HEADER = (
    "Item | Item title | Board | Order | Decision needed | Papers lead | State | Confidence "
    "| Reason | Decided by | Decided on | Why | Id"
)


def row(**cells: str) -> str:
    given = {"item": "A1", "board": "TB"} | cells
    names = (
        *("item", "title", "board", "order", "decision", "lead", "state", "confidence", "reason"),
        *("by", "at", "why", "id"),
    )
    return " | ".join(given.get(name, "") for name in names)


def test_a_row_fills_every_field_of_a_gate() -> None:
    full = row(
        title="Choose a partner for the new",
        board="transformation board",
        order="2",
        decision="endorse",
        lead="10 wd",
        state="suggested",
        confidence="80%",
        reason="Above the limit",
        by="Planner",
        at="1 Sept 2026",
        why="Agreed by phone",
        id="G1",
        item="A1",
    )
    (gate,) = accept(make_plan(), sheet("Gates", HEADER, full)).gates
    assert gate == Gate(
        id="G1",
        item="A1",
        board="TB",
        order=2,
        decision="endorse",
        papers_lead=parse_span("10wd"),
        state="proposed",
        confidence=0.8,
        reason="Above the limit",
        evidence=(Evidence(source=Source(source="s1", cell="Gates!A2")),),
        decided=Decision(by="Planner", at=date(2026, 9, 1), why="Agreed by phone"),
    )


def test_a_gate_with_its_ends_alone_takes_every_default() -> None:
    (gate,) = accept(make_plan(), sheet("Gates", HEADER, row())).gates
    bare = gate.model_copy(update={"evidence": ()})
    assert bare == Gate(item="A1", board="TB")


def test_a_proposed_gate_is_as_likely_as_not() -> None:
    (gate,) = accept(make_plan(), sheet("Gates", HEADER, row(state="proposed"))).gates
    assert gate.confidence == 0.5


def test_a_decision_changes_the_gate_that_the_plan_has() -> None:
    plan = make_plan(
        gates=[{"item": "A1", "board": "TB", "state": "proposed", "confidence": 0.4, "order": 3}]
    )
    (gate,) = accept(plan, sheet("Gates", HEADER, row(state="accepted", by="Board"))).gates
    assert (gate.state, gate.confidence, gate.order) == ("accepted", 1.0, 3)
    assert gate.decided == Decision(by="Board")
    (gate,) = accept(plan, sheet("Gates", HEADER, row(state="rejected"))).gates
    assert (gate.state, gate.confidence, gate.decided) == ("rejected", 0.4, None)


def test_a_gate_is_known_by_its_id_and_by_its_order() -> None:
    plan = make_plan(
        gates=[
            {"id": "G1", "item": "A1", "board": "TB"},
            {"item": "A1", "board": "TB", "order": 2},
        ]
    )
    rows = (row(id="G1", reason="one"), row(order="2", reason="two"), row(order="3"))
    merged = accept(plan, sheet("Gates", HEADER, *rows))
    assert [(gate.id, gate.order, gate.reason) for gate in merged.gates] == [
        ("G1", 1, "one"),
        (None, 2, "two"),
        (None, 3, None),
    ]


def test_an_id_can_be_given_to_a_gate_without_one() -> None:
    plan = make_plan(gates=[{"item": "A1", "board": "TB"}])
    (gate,) = accept(plan, sheet("Gates", HEADER, row(id="G7"))).gates
    assert gate.id == "G7"


def test_an_id_cannot_belong_to_two_gates() -> None:
    plan = make_plan(gates=[{"id": "G1", "item": "A1", "board": "TB"}])
    problem = refuse(plan, sheet("Gates", HEADER, row(item="B1", id="G1")))
    assert (problem.code, str(problem.source)) == ("duplicate-id", "registers.xlsx, cell Gates!M2")


@pytest.mark.parametrize(("reason", "severity"), [("", "warning"), ("other", "error")])
def test_a_repeated_gate_is_told(reason: str, severity: str) -> None:
    merged, (problem,) = merge(make_plan(), sheet("Gates", HEADER, row(), row(reason=reason)))
    assert (problem.code, problem.severity) == ("duplicate-gate", severity)
    assert len(merged.gates) == 1


def test_a_title_that_does_not_fit_is_a_problem() -> None:
    problem = refuse(make_plan(), sheet("Gates", HEADER, row(title="Close the first office")))
    assert problem.code == "title-does-not-fit"
