"""Registers of decisions: what a row does to a plan, and what is told of one that is not used."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from graphmodel.items import Source
from graphmodel.links import Decision, Evidence
from graphmodel.spans import parse_span
from loaders.review.proposals import decision_of, state_of
from tests.loaders.small_registers import merge, sheet
from tests.loaders.small_review import link, make_plan

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

NAMES = (
    "Candidate", "From", "From title", "From date", "To", "To title", "Type", "Lag", "Order",
    "Confidence", "Rule", "Reason", "Evidence from", "Evidence to", "Clash", "Decision",
    "Decided by", "Decided at", "Why",
)  # fmt: skip
HEADER = " | ".join(NAMES)
BOOK = "s2"


def row(**cells: str) -> str:
    """Return a row; cells by heading with an underscore for each blank."""
    given = {"Candidate": "link", "From": "A1", "To": "A2", "Decision": "accept"}
    given |= {name.replace("_", " "): text for name, text in cells.items()}
    return " | ".join(given.get(name, "") for name in NAMES)


def decide(plan: Plan, *rows: str) -> tuple[Plan, list[Problem]]:
    """Return a plan with these rows put into it, and the problems."""
    return merge(plan, sheet("Review", HEADER, *rows))


def use(plan: Plan, *rows: str) -> Plan:
    """Return a plan with rows put into it that have nothing wrong."""
    decided, problems = decide(plan, *rows)
    assert problems == []
    return decided


def test_a_row_decides_and_says_who_when_and_why() -> None:
    said = {"Decided_by": "Ann", "Decided_at": "2026-11-30T20:15", "Why": "Both owners agree"}
    plan = use(make_plan(), row(**said))
    assert plan.links[0].state == "accepted"
    assert plan.links[0].decided == Decision(
        by="Ann", at=datetime(2026, 11, 30, 20, 15), why="Both owners agree"
    )
    assert plan.links[0].evidence[-1].source.cell == "Review!A2"
    assert plan.links[1:] == make_plan().links[1:]


def test_a_blank_decision_decides_nothing() -> None:
    blank = row(Decision="", Decided_by="Ann", Type="SS")
    assert use(make_plan(), blank, row(From="A2", To="B1", Decision="open")) == _with_book()


def _with_book() -> Plan:
    """Return the plan as it is with the empty register among its sources."""
    return merge(make_plan(), sheet("Review", HEADER))[0]


@pytest.mark.parametrize("word", ["reject", "Rejected", "no", "N"])
def test_every_wording_of_a_rejection_counts(word: str) -> None:
    assert use(make_plan(), row(Decision=word)).links[0].state == "rejected"


def test_a_row_reverses() -> None:
    turned = use(make_plan(), row(Decision="reverse")).links[0]
    assert (turned.from_, turned.to, turned.state) == ("A2", "A1", "accepted")


def test_a_row_changes_type_and_lag() -> None:
    now = use(make_plan(), row(Type="ss", Lag="2w")).links[0]
    assert (now.type, now.lag, now.state) == ("SS", parse_span("2w"), "accepted")


def test_a_gate_is_accepted_by_the_title_of_its_board() -> None:
    gate = use(
        make_plan(), row(Candidate="gate", From="B1", To="transformation board", Decision="yes")
    ).gates[0]
    assert (gate.state, gate.confidence) == ("accepted", 0.6)


def test_an_outside_event_is_decided() -> None:
    said = row(Candidate="outside event", From="EXT-vote", To="", Decision="reject", Why="Off")
    plan = use(make_plan(), said)
    event = plan.index.items["EXT-vote"]
    assert (event.status, state_of(event)) == ("cancelled", "rejected")
    assert decision_of(event) == Decision(why="Off")
    assert plan.links[2].state == "rejected"


def test_what_the_plan_has_not_is_made_from_its_row() -> None:
    bare = make_plan(links=[], gates=[])
    full = row(
        Confidence="80%",
        Rule="words",
        Reason="It says so.",
        Evidence_from="paper.txt, line 4: “Partner chosen”",
        Evidence_to="paper.txt, line 5: “then staff”",
        Clash="clash",
        Lag="10d",
    )
    (made,) = use(bare, full).links
    assert (made.origin, made.confidence, made.rule) == ("inferred", 0.8, "words")
    assert (made.reason, made.lag, made.state) == ("It says so.", parse_span("10d"), "accepted")
    assert made.model_extra == {"x_clash": True}
    assert made.evidence == (
        Evidence(side="from", source=Source(source="s1", line=4, quote="Partner chosen")),
        Evidence(side="to", source=Source(source="s1", line=5, quote="then staff")),
        Evidence(source=Source(source="s1", cell="Review!A2")),
    )


def test_a_gate_is_made_from_its_row() -> None:
    bare = make_plan(links=[], gates=[])
    cells = {"Order": "2", "Rule": "gate", "Evidence_from": "paper.txt, line 9"}
    (gate,) = use(bare, row(Candidate="gate", From="B1", To="TB", Decision="no", **cells)).gates
    assert (gate.item, gate.board, gate.order, gate.state) == ("B1", "TB", 2, "rejected")
    assert (gate.confidence, gate.model_extra) == (0.5, {"x_rule": "gate"})


def test_a_link_without_a_rule_is_the_planners_own() -> None:
    (made,) = use(make_plan(links=[]), row()).links
    assert (made.origin, made.rule, made.decided) == ("register", None, None)


def test_a_link_of_an_order_rule_keeps_its_origin() -> None:
    (made,) = use(make_plan(links=[]), row(Rule="sequence")).links
    assert made.origin == "sequence"


def without_event() -> Plan:
    """Return the plan of a paper that nothing was suggested for."""
    items = [item for item in make_plan().items if not item.external]
    return make_plan(items=items, links=[], gates=[])


EVENT_ROW = {
    "Candidate": "outside event",
    "From": "EXT-vote",
    "From_title": "Elections to the new council",
    "From_date": "2027-05-06",
    "To": "",
    "Evidence_from": "paper.txt, line 12: “elections on 6 May 2027”",
}


def test_an_event_is_made_for_the_link_that_needs_it_though_nobody_decided_on_it() -> None:
    plan = use(without_event(), row(**EVENT_ROW | {"Decision": ""}), row(From="EXT-vote", To="B1"))
    event = plan.index.items["EXT-vote"]
    assert (event.external, event.title) == (True, "Elections to the new council")
    assert event.planned.finish == date(2027, 5, 6)
    assert event.source == Source(source="s1", line=12, quote="elections on 6 May 2027")
    assert state_of(event) == "proposed"
    assert [(one.from_, one.to) for one in plan.links] == [("EXT-vote", "B1")]


def test_an_event_that_is_rejected_is_remembered() -> None:
    plan = use(without_event(), row(**EVENT_ROW | {"Decision": "reject", "From_date": ""}))
    event = plan.index.items["EXT-vote"]
    assert (state_of(event), event.status, event.planned.finish) == ("rejected", "cancelled", None)


def test_an_event_that_the_paper_tells_of_is_as_the_paper_tells_it() -> None:
    from loaders.suggest.outside_events import find_events  # noqa: PLC0415 - here only

    items = [
        {"id": "A1", "kind": "action", "title": "Plan after vesting day (1 April 2028)"},
        {"id": "A2", "kind": "action", "title": "Respond following vesting day"},
    ]
    plan = make_plan(items=items, links=[], gates=[])
    (known,) = find_events(plan).items
    told = {"From": known.id, "From_title": known.title, "From_date": "2028-03-31"}
    made = use(plan, row(**EVENT_ROW | told)).index.items[known.id]
    assert (made.type, made.planned) == (known.type, known.planned)


def test_loading_a_register_twice_changes_nothing_more() -> None:
    rows = [
        row(Decision="reverse", Decided_by="Ann"),
        row(From="A2", To="B1", Type="FF", Decision="accept"),
        row(**EVENT_ROW | {"Decision": "reject"}),
        row(Candidate="gate", From="B1", To="TB", Decision="accept", Why="Over the limit"),
    ]
    once = use(make_plan(), *rows)
    assert use(once, *rows) == once


def test_a_title_tells_which_item_is_meant_where_numbers_have_moved() -> None:
    moved = {"From": "A9", "From_title": "Choose a partner for the new model"}
    plan, problems = decide(make_plan(), row(**moved))
    assert plan.links[0].state == "accepted"
    (told,) = problems
    assert (told.code, told.severity, told.items) == ("matched-by-title", "info", ("A1",))
    assert str(told) == (
        '"Choose a partner for the new model" is A1 now, and not A9: the title counts. '
        "(registers.xlsx, cell Review!B2)"
    )


def test_the_title_counts_where_its_id_is_another_item_now() -> None:
    titles = {
        "From": "A2",
        "From_title": "Choose a partner for the new model",
        "To": "B1",
        "To_title": "Consult the staff on new roles",
    }
    plan, problems = decide(make_plan(), row(**titles))
    assert [one.state for one in plan.links] == ["accepted", "proposed", "proposed"]
    assert [one.code for one in problems] == ["matched-by-title", "matched-by-title"]


def test_a_title_that_was_reworded_and_moved_is_known() -> None:
    moved = {"From": "A9", "From_title": "Choose the partner for the new model"}
    plan, problems = decide(make_plan(), row(**moved))
    assert plan.links[0].state == "accepted"
    assert [one.code for one in problems] == ["matched-by-title"]


def test_a_title_that_was_reworded_in_its_place_is_known() -> None:
    assert use(make_plan(), row(From_title="Find and choose a partner for this new model"))


def test_a_decision_on_an_item_that_is_gone_is_told_and_waits_in_its_row() -> None:
    gone = row(From="A7", From_title="Sell the harbour to the highest bidder")
    plan, problems = decide(make_plan(), gone)
    assert plan.links == make_plan().links
    (told,) = problems
    assert (told.code, told.severity) == ("unknown-item", "error")
    assert "the decision waits in this row" in told.message


def test_a_title_that_two_items_have_is_no_guess() -> None:
    twins = [
        {"id": name, "kind": "action", "title": "Review the whole service"} for name in ("X", "Y")
    ]
    plan = make_plan(items=[*make_plan().items, *twins])
    _, problems = decide(plan, row(From="A9", From_title="Review the whole service"))
    assert [one.code for one in problems] == ["unknown-item"]


def test_two_items_that_are_as_like_are_no_guess() -> None:
    twins = [
        {"id": "X", "kind": "action", "title": "Review the whole adult service north"},
        {"id": "Y", "kind": "action", "title": "Review the whole adult service south"},
    ]
    plan = make_plan(items=[*make_plan().items, *twins])
    said = row(From="A9", From_title="Review the whole adult service now")
    assert [one.code for one in decide(plan, said)[1]] == ["unknown-item"]


def test_the_later_of_two_decisions_stands() -> None:
    late = Decision(by="Ben", at=datetime(2026, 12, 1, 9, 0))
    plan = make_plan(links=[link("A1", "A2", state="rejected", decided=late)])
    older, problems = decide(plan, row(Decided_by="Ann", Decided_at="2026-11-30"))
    assert older.links == plan.links
    assert [one.code for one in problems] == ["older-decision"]
    newer = use(plan, row(Decided_by="Ann", Decided_at="2026-12-02"))
    assert (newer.links[0].state, newer.links[0].decided) == (
        "accepted",
        Decision(by="Ann", at=date(2026, 12, 2)),
    )


def test_a_decision_without_a_day_stands() -> None:
    plan = make_plan(links=[link("A1", "A2", state="rejected", decided=Decision(by="Ben"))])
    assert use(plan, row()).links[0].state == "accepted"


def test_a_circle_is_told_and_rejections_come_first() -> None:
    plan = make_plan(links=[link("A1", "A2"), link("A2", "A1", rule="order")])
    both, problems = decide(plan, row(), row(From="A2", To="A1"))
    assert [one.state for one in both.links] == ["accepted", "proposed"]
    assert [one.code for one in problems] == ["cycle"]
    settled = use(
        make_plan(links=[link("A1", "A2", state="accepted"), link("A2", "A1")]),
        row(From="A2", To="A1"),
        row(Decision="reject"),
    )
    assert [one.state for one in settled.links] == ["rejected", "accepted"]


def test_a_circle_of_a_link_that_is_not_there_leaves_none_behind() -> None:
    plan = make_plan(links=[link("A1", "A2", state="accepted")])
    after, problems = decide(plan, row(From="A2", To="A1"))
    assert after.links == plan.links
    assert [one.code for one in problems] == ["cycle"]


def test_reversing_into_a_link_that_is_decided_too_is_told() -> None:
    plan = make_plan(links=[link("A1", "A2"), link("A2", "A1", rule="order")])
    after, problems = decide(plan, row(Decision="reverse"), row(From="A2", To="A1"))
    assert [one.code for one in problems] == ["not-decided"]
    assert "has the link A2 → A1 (FS) already" in problems[0].message
    assert [one.state for one in after.links] == ["proposed", "accepted"]


def test_a_row_that_cannot_be_decided_leaves_the_decision_that_stood() -> None:
    turned = [link("A1", "A2", state="accepted"), link("A2", "A1", state="rejected")]
    after, problems = decide(make_plan(links=turned), row(From="A2", To="A1"))
    assert [one.state for one in after.links] == ["accepted", "rejected"]
    assert [one.code for one in problems] == ["cycle"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Decision": "maybe"}, "unreadable-cell"),
        ({"Candidate": "wish"}, "unreadable-cell"),
        ({"Candidate": ""}, "missing-cell"),
        ({"From": ""}, "missing-cell"),
        ({"To": ""}, "missing-cell"),
        ({"Candidate": "gate", "From": "B1", "To": ""}, "missing-cell"),
        ({"Candidate": "gate", "From": "B1", "To": "Nobody's board"}, "unknown-board"),
        ({"To": "A1"}, "self-link"),
        ({"To": "A"}, "ancestor-link"),
        ({"From": "A9"}, "unknown-item"),
        ({"Type": "XY"}, "unreadable-cell"),
        ({"Confidence": "very"}, "unreadable-cell"),
        ({"Decided_at": "soon"}, "unreadable-cell"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_changes_nothing(
    cells: dict[str, str], code: str
) -> None:
    plan, problems = decide(make_plan(), row(**cells))
    assert [one.code for one in problems] == [code]
    assert plan.links == make_plan().links
    assert plan.gates == make_plan().gates


def test_a_row_that_is_said_twice_is_used_once() -> None:
    plan, problems = decide(make_plan(), row(), row(), row(Decision="reject"))
    assert plan.links[0].state == "accepted"
    assert [(one.code, one.severity) for one in problems] == [
        ("duplicate-decision", "warning"),
        ("duplicate-decision", "error"),
    ]


def test_a_gate_and_an_event_that_are_said_twice_are_used_once() -> None:
    gate = row(Candidate="gate", From="B1", To="TB")
    event = row(Candidate="outside event", From="EXT-vote", To="")
    _, problems = decide(make_plan(), gate, gate, event, event)
    assert [one.code for one in problems] == ["duplicate-decision"] * 2


def test_the_header_tells_what_it_is_whatever_the_file_is_called() -> None:
    from pathlib import Path  # noqa: PLC0415 - here only

    from loaders.register_sheets import read_registers  # noqa: PLC0415

    for name in ("links.csv", "gates.csv", "actions.csv"):
        (table,) = read_registers(Path(name), [sheet(None, HEADER, row(), file=name)]).tables
        assert table.kind.sheet == "Review"


def test_a_register_of_links_is_still_one() -> None:
    plain = sheet("Links", "From | To | Decision", "A1 | A2 | accepted")
    plan, problems = merge(make_plan(), plain)
    assert problems == []
    assert plan.links[0].state == "accepted"
