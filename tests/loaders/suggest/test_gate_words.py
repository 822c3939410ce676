"""Gates that titles, dates and reports speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.plan import Plan
from loaders.papers import read_paper
from loaders.suggest.gate_words import GATE, find_gates
from tests.laws import examples
from tests.loaders.suggest.small_plans import BOARDS, make_plan

if TYPE_CHECKING:
    from pathlib import Path


def gates_of(title: str, **more: Any) -> list[tuple[str, int, str]]:
    """Return board, order and decision of each gate that an item of this title gets."""
    plan = make_plan({"id": "a", "title": title} | more)
    return [(gate.board, gate.order, gate.decision) for gate in find_gates(plan)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Plan approved by Cabinet", [("cab", 1, "approve")]),
        ("Plan approved in principle by the Cabinet (May 2026)", [("cab", 1, "approve")]),
        ("Tide tables signed off at the Capital Board meeting", [("cb", 1, "approve")]),
        ("Tide tables signed off by executive board", [("eb", 1, "approve")]),
        ("Sign off Capital and Executive boards", [("cb", 1, "approve"), ("eb", 2, "approve")]),
        ("Capital Board /independent chair approve the plan", [("cb", 1, "approve")]),
        ("A new plan, backed by the Capital Board's chair", [("cb", 1, "endorse")]),
        ("Seek Executive Board approval", [("eb", 1, "approve")]),
        ("Approval of November Cabinet", [("cab", 1, "approve")]),
        ("Cabinet's approval of the quay", [("cab", 1, "approve")]),
        ("Executive approval", [("eb", 1, "approve")]),
        ("Ratification at Council", [("fc", 1, "approve")]),
        ("Seek sign-off from Finance, Legal and Capital Board", [("cb", 1, "approve")]),
        ("Cabinet decision on the quay", [("cab", 1, "approve")]),
        ("Dredging plan to Cabinet for approval", [("cab", 1, "approve")]),
        ("Dredging plan to Executive Board to endorse", [("eb", 1, "endorse")]),
        ("Endorsement from the independent chair of the Capital Board", [("cb", 1, "endorse")]),
        (
            "Agreed by CLT, Executive Board and then Full Council",
            [("clt", 1, "agree"), ("eb", 2, "agree"), ("fc", 3, "agree")],
        ),
        (
            "Plan agreed by Harbour and Docks' Improvement Boards",
            [("hib", 1, "agree"), ("dib", 2, "agree")],
        ),
        ("CLT sign-off, then Cabinet approval", [("clt", 1, "approve"), ("cab", 2, "approve")]),
        ("QUAY PLAN APPROVED BY CABINET", [("cab", 1, "approve")]),
        ("Business case considered by the Capital Board", [("cb", 1, "note")]),
        ("Report to Cabinet on the quay", [("cab", 1, "note")]),
        ("A one-year review of the quay, at Capital Board", [("cb", 1, "note")]),
    ],
)
def test_words_of_decision(title: str, expected: list[tuple[str, int, str]]) -> None:
    assert gates_of(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Establish the Capital Board",
        "Stand up a Capital Board for the harbour",
        "Report regularly to the Capital Board",
        "Quarterly report to Cabinet",
        "Progress regularly reviewed at Capital Board",
        "Develop the offer in consultation with the Capital Board",
        "Launch the ferry following approval by Cabinet",
        "Launch the ferry once agreed by Cabinet",
        "Agree Cabinet report template",
        "Approval of Cabinet report template",
        "Agree terms of reference for the Capital Board",
        "Savings approved and reported at the Capital Board",
        "Chief Executive approval",
        "Adults Executive Board approve the plan",
        "cabinet making approved",
        "Sign off by Finance plus evidence of engagement of the Capital Board",
        "Approved by the Chamber of Trade",
        "",
    ],
)
def test_a_board_that_is_only_named_is_no_gate(title: str) -> None:
    assert gates_of(title) == []


def test_what_hangs_on_an_approval_is_less_sure() -> None:
    plan = make_plan(
        {"id": "a", "title": "Ferry approved by Cabinet"},
        {"id": "b", "title": "Ferry launched subject to approval by Cabinet"},
    )
    sure, doubtful = find_gates(plan)
    assert sure.confidence == GATE.confidence
    assert doubtful.confidence < sure.confidence


def test_a_gate_is_proposed_with_its_words_and_line() -> None:
    plan = make_plan(
        {"id": "x", "title": "Dredge"}, {"id": "a", "title": "Tide plan agreed by CLT"}
    )
    (gate,) = find_gates(plan)
    assert (gate.item, gate.state, gate.origin) == ("a", "proposed", "stated")
    assert gate.model_extra == {"x_rule": GATE.id}
    assert (
        gate.reason == 'The words name Corporate Leadership Team with a decision: "agreed by CLT".'
    )
    (evidence,) = gate.evidence
    assert (evidence.source.line, evidence.source.quote) == (2, "Tide plan agreed by CLT")


def test_an_item_typed_by_hand_has_no_place_to_quote() -> None:
    plan = make_plan({"id": "a", "title": "Plan approved by Cabinet", "source": None})
    assert [gate.evidence for gate in find_gates(plan)] == [()]


def test_gates_of_the_plan_stay_and_are_not_said_twice() -> None:
    known = {"item": "a", "board": "cab", "order": 1, "state": "rejected"}
    title = "Approved by Cabinet and Full Council"
    plan = make_plan({"id": "a", "title": title}, gates=[known])
    assert [(gate.board, gate.order) for gate in find_gates(plan)] == [("fc", 2)]


def test_the_wording_of_a_date_names_the_board_where_the_title_has_the_decision() -> None:
    planned = {
        "finish": "2026-11-30",
        "precision": "month",
        "text": "on track for November Cabinet",
    }
    assert gates_of("Tide Strategy Approved", planned=planned) == [("cab", 1, "approve")]
    assert gates_of("Tide Strategy", planned=planned) == [("cab", 1, "note")]


def test_reports_of_an_item_are_read_and_those_of_its_parents_are_not() -> None:
    history = [{"text": "Tide plan presented to Capital Board 19 October 2026"}, {"as_of": None}]
    plan = make_plan(
        {"id": "up", "kind": "action", "title": "Tides", "history": history},
        {"id": "a", "title": "Tide plan approved", "parent": "up", "history": history},
    )
    (gate,) = find_gates(plan)
    assert (gate.item, gate.board, gate.decision) == ("a", "cb", "approve")
    assert gate.confidence < GATE.confidence


@pytest.mark.parametrize(
    "more", [{"status": "cancelled"}, {"kind": "theme"}, {"kind": "objective"}, {"kind": "plan"}]
)
def test_no_gate_for_what_is_cancelled_or_no_work(more: dict[str, Any]) -> None:
    assert gates_of("Approved by Cabinet", **more) == []


def test_the_board_of_an_item_is_that_which_oversees_it() -> None:
    boards = [{"id": "b1", "title": "Quay Board", "oversees": ["T"]}, {"id": "b2", "title": "Pier"}]
    items = (
        {"id": "T", "kind": "theme", "title": "Docks"},
        {"id": "a", "title": "Plan agreed by the board", "parent": "T"},
        {"id": "b", "title": "Plan agreed by the board"},
    )
    found = find_gates(make_plan(*items, boards=boards))
    assert [(gate.item, gate.board) for gate in found] == [("a", "b1")]


def test_respective_boards_are_all_that_oversee_an_item_if_they_are_few() -> None:
    def boards(number: int) -> list[dict[str, Any]]:
        return [{"id": f"b{n}", "title": f"Quay {n}", "oversees": ["T"]} for n in range(number)]

    items = (
        {"id": "T", "kind": "theme", "title": "Docks"},
        {"id": "a", "title": "Plans agreed by respective boards", "parent": "T"},
        {"id": "b", "title": "Plan agreed by the board", "parent": "T"},
    )
    two = find_gates(make_plan(*map(dict, items), boards=boards(2)))
    assert [(gate.item, gate.board) for gate in two] == [("a", "b0"), ("a", "b1")]
    assert find_gates(make_plan(*map(dict, items), boards=boards(4))) == ()


def test_without_boards_there_are_no_gates() -> None:
    assert find_gates(make_plan({"id": "a", "title": "Approved by Cabinet"}, boards=[])) == ()


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.text(st.sampled_from("Cabinet approved by,;()- X\n"), max_size=40), max_size=6))
def test_every_gate_joins_an_item_and_a_board_once(titles: list[str]) -> None:
    plan = make_plan(*({"id": f"i{n}", "title": title} for n, title in enumerate(titles)))
    found = find_gates(plan)
    pairs = [(gate.item, gate.board) for gate in found]
    assert len(set(pairs)) == len(pairs)
    # a plan with them in it holds together
    Plan.model_validate(plan.model_dump(by_alias=True) | {"gates": [g.model_dump() for g in found]})
    assert {board for _, board in pairs} <= {board["id"] for board in BOARDS}


def test_a_title_as_long_as_a_book_is_read_at_its_opening() -> None:
    title = "Approved by Cabinet. " + "Word " * 50_000 + "agreed by CLT"
    assert gates_of(title) == [("cab", 1, "approve")]


def test_gates_of_the_csip(csip_paper: Path) -> None:
    """As read in the paper: lines 44, 63, 91 and 291."""
    found = find_gates(read_paper(csip_paper).plan)
    assert [(gate.item, gate.board, gate.order, gate.decision) for gate in found] == [
        ("SI1.1.2.3", "adults-improvement-board", 1, "agree"),
        ("SI1.2.1.3", "capital-board", 1, "approve"),
        ("SI1.2.1.3", "executive-board", 2, "approve"),
        ("SI2.1.3", "childrens-improvement-board", 1, "endorse"),
        ("IP3.1.3.2", "cgec", 1, "note"),
    ]
    assert [gate.evidence[0].source.line for gate in found] == [44, 63, 63, 91, 291]


def test_gates_of_the_progress_report(papers: Path) -> None:
    """Decisions of Cabinet that the paper speaks of, on lines 30, 35 and 60."""
    (paper,) = papers.glob("003_*.txt")
    found = find_gates(read_paper(paper).plan)
    cabinet = {(gate.item, gate.decision) for gate in found if gate.board == "cabinet"}
    assert cabinet == {
        ("SD.7", "approve"),
        ("SD.1.1", "approve"),
        ("PC.10", "note"),
        ("PC.11", "approve"),
    }
