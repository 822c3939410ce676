"""What single sentences of made-up councils say; each is a paper of its own."""

from __future__ import annotations

import pytest

from loaders import governance
from tests.loaders.governance_paper import board, places, triples

HEAD = "Tide Panel. Quay Board. Silt Forum. Cabinet. Dock Plan. Berth Plan. Mast Strategy.\n\n"
PANEL, QUAY, FORUM = "tide-panel", "quay-board", "silt-forum"

SENTENCES = [
    ("The Tide Panel holds the Head of Docks and the Mayor to account.",
     [(PANEL, "holds_to_account", "head-of-docks"), (PANEL, "holds_to_account", "mayor")]),
    ("Directors are held to account for delivery by the Tide Panel.",
     [(PANEL, "holds_to_account", "directors")]),
    ("The Head of Docks is accountable to the Quay Board.",
     [(QUAY, "holds_to_account", "head-of-docks")]),
    ("At the Quay Board, lead officers are held to account.",
     [(QUAY, "holds_to_account", "lead-officers")]),
    ("The Mayor chairs the Quay Board.", [("mayor", "chairs", QUAY)]),
    ("Chaired by the Mayor, the Quay Board decides.", [("mayor", "chairs", QUAY)]),
    ("The Quay Board's chair is the Mayor.", [("mayor", "chairs", QUAY)]),
    ("The Quay Board, with the Mayor in the chair, decides.", [("mayor", "chairs", QUAY)]),
    ("The Quay Board meets in public and is chaired by the Mayor.", [("mayor", "chairs", QUAY)]),
    ("The Mayor sits on the Quay Board and the Tide Panel.",
     [("mayor", "member_of", QUAY), ("mayor", "member_of", PANEL)]),
    ("Members of the Quay Board include the Mayor and the Head of Docks.",
     [("mayor", "member_of", QUAY), ("head-of-docks", "member_of", QUAY)]),
    ("The Quay Board is made up of the Mayor, the Head of Docks and the Chief Executive.",
     [("mayor", "member_of", QUAY), ("head-of-docks", "member_of", QUAY),
      ("chief-executive", "member_of", QUAY)]),
    ("The Tide Panel reports directly to the Quay Board.", [(PANEL, "reports_to", QUAY)]),
    ("Reporting to the Mayor, the Head of Docks runs the port.",
     [("head-of-docks", "reports_to", "mayor")]),
    ("The Tide Panel was set up to give advice and candid reporting to the Quay Board.",
     [(PANEL, "reports_to", QUAY)]),
    ("Progress on the Dock Plan is presented to Cabinet.", [("paper", "reported_to", "cabinet")]),
    ("Cabinet receives a monthly report on the Dock Plan.",
     [("dock-plan", "reported_to", "cabinet")]),
    ("The accounts are audited by the Tide Panel.", [(PANEL, "reviews", "paper")]),
    ("The Quay Board is an occasion for the Tide Panel to challenge progress.",
     [(PANEL, "challenges", QUAY)]),
    ("At the Quay Board on 3 May 2026, members endorsed the Dock Plan.",
     [(QUAY, "approves", "dock-plan")]),
    ("At Cabinet on 3 May 2026, councillors endorsed the Dock Plan.",
     [("cabinet", "approves", "dock-plan")]),
    ("Cabinet formally adopted the Dock Plan and the Berth Plan in May 2026.",
     [("cabinet", "approves", "dock-plan"), ("cabinet", "approves", "berth-plan")]),
    ("The Dock Plan was ratified by Cabinet on 3 May 2026.",
     [("cabinet", "approves", "dock-plan")]),
    ("The Dock Plan has had the approval of Cabinet on 3 May 2026.",
     [("cabinet", "approves", "dock-plan")]),
    ("The Dock Plan was confirmed by Cabinet on 3 May 2026.",
     [("cabinet", "confirms", "dock-plan")]),
    ("The Quay Board has oversight of the delivery of the Dock Plan.",
     [(QUAY, "oversees", "dock-plan")]),
    ("The Dock Plan is monitored monthly by the Quay Board.", [(QUAY, "oversees", "dock-plan")]),
    ("The Mayor is accountable for the Dock Plan.", [("mayor", "accountable_for", "dock-plan")]),
    ("The Head of Docks is responsible for delivery of the Dock Plan.",
     [("head-of-docks", "responsible_for", "dock-plan")]),
    ("The Quay Board issued the Dock Plan on 3 May 2026.", [(QUAY, "issues", "dock-plan")]),
    ("Directors were appointed as Lead Members.",
     [("directors", "appointed_as", "lead-members")]),
    ("The Dock Plan was replaced by the Berth Plan in May 2026.",
     [("dock-plan", "evolves_into", "berth-plan")]),
    ("The Berth Plan superseded the Dock Plan.", [("dock-plan", "evolves_into", "berth-plan")]),
    ("The Dock Plan is part of the Mast Strategy.", [("dock-plan", "part_of", "mast-strategy")]),
    ("The Mast Strategy is made up of the Dock Plan and the Berth Plan.",
     [("dock-plan", "part_of", "mast-strategy"), ("berth-plan", "part_of", "mast-strategy")]),
    ("The Mast Strategy brings together the aims of the Dock Plan.",
     [("mast-strategy", "integrates", "dock-plan")]),
    ("The Dock Plan implements the Mast Strategy.", [("dock-plan", "delivers", "mast-strategy")]),
    ("The Dock Plan is aligned with the Berth Plan.", [("dock-plan", "linked_to", "berth-plan")]),
    ("Works are on hold pending approval of the Dock Plan.", [("paper", "waits_for", "dock-plan")]),
    ("The Dock Plan takes account of the Berth Plan.",
     [("dock-plan", "takes_account_of", "berth-plan")]),
    ("The Mast Strategy requires a Dock Plan.", [("mast-strategy", "requires", "dock-plan")]),
    ("Findings are taken to the Silt Forum, then to the Quay Board and Cabinet.",
     [(FORUM, "reports_to", QUAY), (FORUM, "reports_to", "cabinet")]),
    ("Reports go via the Silt Forum, the Quay Board and Cabinet.",
     [(FORUM, "reports_to", QUAY), (QUAY, "reports_to", "cabinet")]),
    ("The Tide Panel likes the Quay Board.", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_what_a_sentence_says(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    plan, _ = governance.read(HEAD + sentence, "paper.txt")
    found = [
        (one.replace(plan.id, "paper"), what, other.replace(plan.id, "paper"))
        for one, what, other in triples(plan)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("words", "cadence"),
    [
        ("meets monthly", "monthly"),
        ("meets once a quarter", "quarterly"),
        ("takes place every two weeks", "fortnightly"),
        ("is held twice a year", "six-monthly"),
        ("sits six monthly", "six-monthly"),
        ("meets annually", "annual"),
        ("convenes bi-weekly", "bi-weekly"),
    ],
)
def test_how_often_a_body_meets(words: str, cadence: str) -> None:
    plan, _ = governance.read(f"{HEAD}The Quay Board {words}.", "paper.txt")
    extra = board(plan, QUAY).model_extra or {}
    assert extra["x_cadence"] == cadence
    assert extra["x_meets"][0]["source"]["line"] == 3
    assert board(plan, QUAY).meetings.rule is None


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("on 3 May 2026", "2026-05-03"),
        ("on the 3rd of May 2026", "2026-05-03"),
        ("in May 2026", "2026-05"),
        ("in Spring 2026", "Spring 2026"),
        ("on 3\u201d May 2026", "2026-05-03"),
        ("", None),
    ],
)
def test_when_something_is_approved(words: str, on: str | None) -> None:
    plan, problems = governance.read(f"{HEAD}Cabinet approved the Dock Plan {words}.", "paper.txt")
    (approval,) = plan.relations
    assert approval.on == on
    codes = {code for code, _ in places(problems)}
    assert ("approval-without-date" in codes) is (on is None)
    assert ("date-misread" in codes) is ("\u201d" in words)


def test_who_is_meant_by_it_and_them() -> None:
    text = (
        "The Tide Panel meets in a shed. It reports to the Quay Board. The Quay Board was written "
        "to by the Silt Forum, and the Dock Plan was agreed with them in May 2026. It is wet."
    )
    plan, _ = governance.read(text, "paper.txt")
    assert triples(plan) == [(PANEL, "reports_to", QUAY), (FORUM, "approves", "dock-plan")]
    extras = [one.model_extra or {} for one in plan.relations]
    assert [one["x_stand_in"] for one in extras] == [{PANEL: "It"}, {FORUM: "them"}]


def test_what_is_to_come_is_marked() -> None:
    text = f"{HEAD}The Tide Panel will report to Cabinet. The Silt Forum reports to Cabinet."
    plan, _ = governance.read(text, "paper.txt")
    assert [(one.model_extra or {}).get("x_intended") for one in plan.relations] == [True, None]


def test_a_successor_follows_the_plan_that_came_last() -> None:
    chain = "The Dock Plan became the Berth Plan. The Mast Strategy is a successor Mast Strategy."
    plan, _ = governance.read(HEAD + chain, "paper.txt")
    assert triples(plan)[-1] == ("berth-plan", "evolves_into", "mast-strategy")
    plan, problems = governance.read(f"{HEAD}This is the successor Mast Strategy.", "paper.txt")
    assert plan.relations == ()
    assert ("predecessor-open", 3) in places(problems)


def test_refreshes_are_milestones_of_their_plan() -> None:
    text = (
        f"{HEAD}The Dock Plan was refreshed in March 2025. A refresh of the Dock Plan is being "
        "written for Cabinet by May 2026. The Berth Plan informs this refresh. The refreshed Dock "
        "Plan is due in June 2026."
    )
    plan, problems = governance.read(text, "paper.txt")
    assert [
        (one.id, one.planned.finish and one.planned.finish.isoformat(), one.status)
        for one in plan.items
        if one.kind == "milestone"
    ] == [
        ("dock-plan.refresh", "2025-03-31", "complete"),
        ("dock-plan.refresh-2", "2026-05-31", "in_progress"),
    ]
    assert triples(plan) == [("berth-plan", "informs", "dock-plan")]
    assert ("refresh-dates-differ", 3) in places(problems)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The Mayor and the Head of Docks are held to account.", {"actor-open"}),
        ("The Dock Plan will be signed off.", {"approval-open"}),
        ("The council approved the Dock Plan on 3 May 2026.", {"approval-open"}),
        ("Cabinet approved the Dock Plan on 3 May 2026. Cabinet approved it on 4 May 2026.", set()),
    ],
)
def test_what_the_paper_leaves_open(text: str, codes: set[str]) -> None:
    _, problems = governance.read(HEAD + text, "paper.txt")
    open_ones = {"actor-open", "approval-open"}
    assert {code for code, _ in places(problems)} & open_ones == codes


def test_accountable_offices_are_assigned() -> None:
    text = f"{HEAD}The Mayor is accountable for the Dock Plan."
    plan, _ = governance.read(text, "paper.txt")
    (one,) = plan.assignments
    assert (one.officer, one.item, one.role) == ("mayor", "dock-plan", "accountable")
