"""The two Nottingham papers on governance: what was read in the papers themselves, by eye."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from graphmodel.planfile import dump_plan, parse_plan
from loaders import delivery_plan, governance
from loaders.load import load
from loaders.papers import FAMILIES, read_paper
from tests.loaders.governance_paper import board, find_untold, places

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan
    from loaders.loaded import Loaded


def find_paper(papers: Path, number: str) -> Path:
    (path,) = papers.glob(f"{number}_*.txt")
    return path


@pytest.fixture(scope="module")
def arrangements(papers: Path) -> Loaded:
    """Paper 000: how the Improvement Plan is governed."""
    return read_paper(find_paper(papers, "000"))


@pytest.fixture(scope="module")
def planning(papers: Path) -> Loaded:
    """Paper 001: how corporate planning hangs together."""
    return read_paper(find_paper(papers, "001"))


def relations(plan: Plan) -> list[tuple[int | None, str, str, str, str | None, str | None]]:
    return [
        (one.source.line if one.source else None, one.from_, one.type, one.to, one.on, one.cadence)
        for one in plan.relations
    ]


MINISTER = "secretary-of-state-for-levelling-up-housing-and-communities"
WORK = "improvement-plan-governance"

# Line, who, relation, whom or what, when, how often.
ARRANGED = [
    (3, "full-council", "approves", "improvement-plan", "2024-08-05", None),
    (15, MINISTER, "issues", "directions", "2024-02-22", None),
    (15, "directions", "appoints", "commissioners", None, None),
    (20, "improvement-plan", "reported_to", "commissioners", None, "six-monthly"),
    (20, "directions", "requires", "improvement-plan", None, None),
    (32, "executive-board", "approves", "recovery-and-improvement-plan", "2021-01", None),
    (32, "full-council", "approves", "together-for-nottingham-plan", "2022-10", None),
    (32, "recovery-and-improvement-plan", "evolves_into", "together-for-nottingham-plan",
     None, None),
    (38, "together-for-nottingham-plan", "evolves_into", "improvement-plan", None, None),
    (39, "commissioners", "approves", "improvement-plan", "2024-07-08", None),
    (44, "executive-board", "approves", "improvement-plan", "2024-07-16", None),
    (46, "city-council", "approves", "improvement-plan", "2024-08-05", None),
    (108, "corporate-directors", "appointed_as", "sao", None, None),
    (111, "rdl", "reports_to", "sao", None, None),
    (116, "tcob", "oversees", "improvement-plan", "2024-06", None),
    (119, "tcob", "holds_to_account", "sao", None, None),
    (119, "chief-executive", "chairs", "tcob", None, None),
    (124, "cpmo", "reports_to", "tcob", None, None),
    (127, "cpmo", "reports_to", "tcob", None, None),
    (131, "chief-executive", "holds_to_account", "corporate-directors", None, None),
    (135, "commissioners", "challenges", "tcob", None, None),
    (139, "deputy-leader", "member_of", "tcob", None, None),
    (142, WORK, "reported_to", "full-council", None, "six-monthly"),
    (160, "tcob", "oversees", "improvement-plan", None, None),
]  # fmt: skip


def test_who_does_what_in_the_arrangements(arrangements: Loaded) -> None:
    assert relations(arrangements.plan) == ARRANGED
    intended = [
        (one.source and one.source.line)
        for one in arrangements.plan.relations
        if (one.model_extra or {}).get("x_intended")
    ]
    assert intended == [127, 142, 160]


def test_boards_and_offices_of_the_arrangements(arrangements: Loaded) -> None:
    plan = arrangements.plan
    assert {one.id: (one.source and one.source.line, one.kind) for one in plan.boards} == {
        "full-council": (3, "decision"), "commissioners": (15, "external"),
        "executive-board": (32, "decision"), "city-council": (46, "decision"),
        "corporate-leadership-team": (64, "decision"), "directors-forum": (85, "advisory"),
        "senior-leadership-forum": (85, "advisory"), "tcob": (116, "assurance"),
        "cpmo": (124, "assurance"),
    }  # fmt: skip
    tcob = board(plan, "tcob")
    assert tcob.title == "Transformation and Change Oversight Board"
    assert (tcob.also, tcob.chair, tcob.members) == (
        ("TCOB",), "Chief Executive", ("Deputy Leader",),
    )  # fmt: skip
    assert tcob.oversees == ("improvement-plan",)
    assert board(plan, "cpmo").reports_to == "tcob"
    assert {one.id: one.kind for one in plan.officers} == {
        MINISTER: "external", "councillors": "group", "directors": "group",
        "executive-members": "group", "change-community": "group", "corporate-directors": "group",
        "sao": "group", "rdl": "group", "chief-executive": "office", "deputy-leader": "member",
    }  # fmt: skip


def test_plans_and_aims_of_the_arrangements(arrangements: Loaded) -> None:
    plan = arrangements.plan
    assert (plan.id, plan.title, plan.organisation, plan.as_of) == (WORK, None, None, None)
    assert [(one.id, one.kind, one.parent) for one in plan.items] == [
        ("improvement-plan", "plan", None),
        ("directions", "plan", None),
        ("recovery-and-improvement-plan", "plan", None),
        ("together-for-nottingham-plan", "plan", None),
        ("together-for-nottingham-plan.refresh", "milestone", "together-for-nottingham-plan"),
        *((f"improvement-plan.{n}", "objective", "improvement-plan") for n in (1, 2, 3)),
    ]
    refresh = plan.index.items["together-for-nottingham-plan.refresh"]
    assert (refresh.planned.finish, refresh.planned.precision) == (date(2023, 3, 31), "month")
    assert refresh.status == "complete"
    assert [(one.measure, one.value, one.item) for one in plan.stated] == [
        ("aims", 3, "improvement-plan"),
        ("key programmes", 11, "improvement-plan"),
        ("officers signed up", 600, None),
    ]


def test_defects_of_the_arrangements(arrangements: Loaded) -> None:
    assert places(arrangements.problems) == [
        ("title-missing", 1), ("paper-undated", 1), ("quote-doubled", 3),
        ("not-placed", 9), ("body-unnamed", 9), ("not-placed", 31),
        ("date-misread", 39), ("sentence-continued", 44), ("date-misread", 44),
        ("quote-doubled", 44), ("approval-two-bodies", 46), ("paragraphs-unnumbered", 51),
        ("not-placed", 72), ("not-placed", 73), ("sentence-continued", 99), ("not-placed", 107),
        ("abbreviation-differs", 119), ("date-without-year", 127), ("paragraph-missing", 147),
        ("sentence-continued", 152),
    ]  # fmt: skip


PAPER = "iab-instructions-corporate-planning"
CLINICS = "divisional-performance-clinics"
RIP, TFN = "recovery-and-improvement-plan", "together-for-nottingham-plan"

PLANNED = [
    (4, "director-of-policy-performance-and-communications", "director_of_paper", PAPER, None,
     None),
    (6, "policy-and-performance-manager", "author_of_paper", PAPER, None, None),
    (8, "policy-officer", "contributed_to_paper", PAPER, None, None),
    (21, RIP, "evolves_into", TFN, "2022-10", None),
    (21, "scp", "linked_to", "service-plans", None, None),
    (21, "service-plans", "linked_to", "mtfp", None, None),
    (21, "scp", "linked_to", "mtfp", None, None),
    (22, "iab", "issues", "instructions", "2023-02-15", None),
    (31, "full-council", "approves", "scp", "2023-03-06", None),
    (31, "full-council", "approves", "mtfp", "2023-03-06", None),
    (32, "divisional-plans", "integrates", "scp", None, None),
    (32, "service-plans", "integrates", "scp", None, None),
    (42, "service-plans", "delivers", "divisional-plans", None, None),
    (45, "director", "confirms", "divisional-plans", "2023-04", None),
    (53, "divisional-plans", "informs", "scp", None, None),
    (54, "divisional-plans", "informs", "scp", None, None),
    (56, "scp", "part_of", "divisional-plans", None, None),
    (59, "divisional-plans", "part_of", "mtfp-delivery-plan", None, None),
    (65, CLINICS, "holds_to_account", "responsible-officers", None, None),
    (67, PAPER, "reported_to", "scrutiny-committees", None, None),
    (67, "audit-committee", "reviews", PAPER, None, None),
    (73, "divisional-business-plans", "integrates", "scp", None, None),
    (73, "divisional-business-plans", "integrates", TFN, None, None),
    (79, "corporate-performance-management-framework", "integrates", "scp", None, None),
    (79, "corporate-performance-management-framework", "integrates", "divisional-plans", None,
     None),
    (83, CLINICS, "reports_to", "dlt", None, None),
    (83, "dlt", "reports_to", "clt", None, None),
    (83, "dlt", "reports_to", "portfolio-holders", None, None),
    (83, "dlt", "reports_to", "executive", None, None),
    (83, "dlt", "reports_to", "corporate-scrutiny-committee", None, None),
    (85, PAPER, "waits_for", "divisional-plans", None, None),
    (85, PAPER, "waits_for", "scp", None, None),
    (85, "scp", "takes_account_of", "mtfp", None, None),
    (86, CLINICS, "reports_to", "dlt", None, "annual"),
    (86, "dlt", "reports_to", "clt", None, "annual"),
    (86, "clt", "reports_to", "executive", None, "annual"),
]  # fmt: skip


def test_the_golden_thread(planning: Loaded) -> None:
    assert relations(planning.plan) == PLANNED
    editions = {
        (one.source.line, one.to): (one.model_extra or {})["x_edition"]
        for one in planning.plan.relations
        if one.source and "x_edition" in (one.model_extra or {})
    }
    assert editions == {
        (31, "scp"): {"scp": "2023-27"},
        (45, "divisional-plans"): {"divisional-plans": "2023/24"},
        (53, "scp"): {"divisional-plans": "2024/25"},
        (85, "divisional-plans"): {"divisional-plans": "2024/25"},
    }


def test_first_page_of_the_planning_paper(planning: Loaded) -> None:
    plan = planning.plan
    assert (plan.id, plan.title) == (PAPER, "IAB Instructions: Corporate Planning")
    assert (plan.organisation, plan.as_of) == ("Nottingham City Council", date(2023, 11, 24))
    assert board(plan, "audit-committee").meetings.dates == (date(2023, 11, 24),)
    cover = (plan.model_extra or {})["x_cover"]
    assert [(one["field"], one["source"]["line"]) for one in cover] == [
        ("title", 3), ("wards", 4), ("director", 4), ("author", 6), ("contributor", 8),
        ("exempt", 10), ("recommendations", 11), ("recommendations", 12),
    ]  # fmt: skip
    holders = {one.id: (one.model_extra or {}).get("x_holder") for one in plan.officers}
    assert holders["policy-officer"] == "Elaine Fox"


def test_boards_of_the_planning_paper(planning: Loaded) -> None:
    plan = planning.plan
    lines = {one.id: (one.source and one.source.line, one.reports_to) for one in plan.boards}
    assert lines == {
        "audit-committee": (1, None), "iab": (12, None), "full-council": (31, None),
        CLINICS: (65, "dlt"), "scrutiny-committees": (67, None), "dlt": (83, "clt"),
        "clt": (83, "executive"), "executive": (83, None),
        "corporate-scrutiny-committee": (83, None),
    }  # fmt: skip
    extra = board(plan, CLINICS).model_extra or {}
    assert extra["x_cadence"] == "monthly"
    assert [one["source"]["line"] for one in extra["x_meets"]] == [65, 75, 81]
    assert board(plan, CLINICS).meetings.rule is None  # "monthly" names no day
    held = {one.id: (one.model_extra or {}).get("x_held_to_account") for one in plan.officers}
    assert held["portfolio-holders"] == held["senior-officers"] == "quarterly"


def test_instructions_and_plans_of_the_planning_paper(planning: Loaded) -> None:
    plan = planning.plan
    kinds = {one.id: one.kind for one in plan.items if one.parent is not None}
    assert kinds == {
        **{f"instructions.{letter}": "action" for letter in "ABCD"},
        "scp.refresh": "milestone",
    }
    refresh = plan.index.items["scp.refresh"]
    assert (refresh.planned.finish, refresh.status) == (date(2024, 2, 29), "in_progress")
    contents = (plan.index.items["divisional-plans"].model_extra or {})["x_contents"]
    assert [one["source"]["line"] for one in contents] == [*range(34, 42)]
    assert (plan.index.items[RIP].model_extra or {})["x_published"] == "2021-01"
    assert [(one.item, one.value) for one in plan.stated] == [("instructions", 39)]


def test_defects_of_the_planning_paper(planning: Loaded) -> None:
    assert places(planning.problems) == [
        ("label-broken", 4), ("not-placed", 27), ("list-missing", 46), ("approval-open", 56),
        ("chair-missing", 65), ("actor-open", 66), ("refresh-dates-differ", 72),
        ("names-alike", 73), ("cadence-differs", 81), ("names-alike", 83),
        ("reports-to-several", 86), ("not-placed", 91),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["000", "001"])
def test_every_word_is_told_and_every_quote_stands(papers: Path, number: str) -> None:
    path = find_paper(papers, number)
    loaded = read_paper(path)
    text = path.read_text(encoding="utf-8")
    assert find_untold(text, loaded.plan, loaded.problems) == ([], [])


@pytest.mark.parametrize("number", ["000", "001"])
def test_every_entity_names_its_source(papers: Path, number: str) -> None:
    plan = read_paper(find_paper(papers, number)).plan
    sources = [
        *(one.source for one in plan.items),
        *(one.source for one in plan.officers),
        *(one.source for one in plan.boards),
        *(one.source for one in plan.relations),
        *(one.source for one in plan.stated),
    ]
    assert len(sources) > 50
    assert all(one is not None and one.line is not None and one.quote for one in sources)


@pytest.mark.parametrize("number", ["000", "001"])
def test_the_plan_survives_its_file_and_the_loader(papers: Path, number: str) -> None:
    loaded = load([find_paper(papers, number)])
    assert parse_plan(dump_plan(loaded.plan)) == loaded.plan
    assert "was read as a governance paper" in loaded.notes[0]
    assert loaded.plan.links == ()


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_who_claims_which_paper(papers: Path, number: str) -> None:
    text = find_paper(papers, number).read_text(encoding="utf-8")
    claims = {family.name for family in FAMILIES if family.recognise(text) is not None}
    mine = number in {"000", "001"}
    assert (governance.FAMILY.name in claims) is mine
    assert len(claims) <= 1
    assert (delivery_plan.FAMILY.name in claims) is (number == "002")
