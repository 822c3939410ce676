"""The Nottingham CSIP delivery plan: counts, and rows read by eye in the paper itself."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from graphmodel.planfile import dump_plan, parse_plan
from loaders.papers import read_paper
from tests.loaders.small_paper import find_lost

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan
    from loaders.loaded import Loaded


@pytest.fixture(scope="module")
def loaded(csip_paper: Path) -> Loaded:
    return read_paper(csip_paper)


@pytest.fixture(scope="module")
def plan(loaded: Loaded) -> Plan:
    return loaded.plan


def found(loaded: Loaded, code: str) -> list[tuple[str, int | None]]:
    """Return the first item and the line of every problem with this code."""
    return [
        (one.items[0] if one.items else "", one.source.line if one.source else None)
        for one in loaded.problems
        if one.code == code
    ]


def test_counts(plan: Plan) -> None:
    kinds = Counter(item.kind for item in plan.items)
    assert kinds == {"theme": 16, "objective": 29, "action": 58, "milestone": 241}
    assert len(plan.metrics) == 40
    assert [one.id for one in plan.items if one.kind == "theme"] == [
        *(f"SI{number}" for number in range(1, 8)),
        *(f"IP{number}" for number in range(1, 10)),
    ]


def test_front_page(plan: Plan, loaded: Loaded) -> None:
    assert (plan.id, plan.organisation) == ("csip", "Nottingham City Council")
    assert (plan.title or "").startswith("Continuous Service Improvement Plan (CSIP)")
    # The paper says "2026 - 2028" and no month, so no start is made up.
    assert (plan.start, plan.model_extra) == (None, {"x_period": "2026 - 2028"})
    assert "delivery plan" in loaded.notes[0]


# Line of the action, its due date, and how many milestones its cell lists, as read in the paper.
ACTIONS = {
    "SI1.1.1": (43, "2027-03-31", 3), "SI1.1.2": (44, "2026-07-31", 3),
    "SI1.1.3": (45, "2027-04-30", 8), "SI1.2.1": (63, "2026-09-30", 6),
    "SI1.3.1": (76, "2027-04-30", 13), "SI2.1.1": (89, "2027-03-31", 4),
    "SI2.1.2": (90, "2027-03-31", 3), "SI2.1.3": (91, "2026-09-30", 3),
    "SI2.1.4": (92, "2026-10-31", 3), "SI2.2.1": (107, "2027-03-31", 3),
    "SI2.3.1": (120, "2026-12-31", 6), "SI2.4.1": (133, "2027-03-31", 3),
    "SI3.1.1": (148, "2027-03-31", 8), "SI3.1.2": (149, "2027-03-31", 4),
    "SI4.1.1": (167, "2027-03-31", 7), "SI5.1.1": (182, "2026-12-31", 4),
    "SI5.2.1": (196, "2027-03-31", 3), "SI5.2.2": (197, "2026-10-31", 3),
    "SI5.2.3": (198, "2027-03-31", 3), "SI6.1.1": (219, "2026-07-31", 0),
    "SI6.1.2": (220, "2027-03-31", 0), "SI6.1.3": (221, "2028-04-01", 0),
    "SI6.1.4": (222, None, 0), "SI7.1.1": (236, "2026-04-30", 3),
    "IP1.1.1": (255, "2027-04-30", 3), "IP1.1.2": (256, "2027-03-31", 3),
    "IP1.1.3": (257, "2027-03-31", 3), "IP1.1.4": (258, "2027-03-31", 3),
    "IP1.2.1": (264, "2026-12-31", 4), "IP1.2.2": (265, "2027-03-31", 5),
    "IP2.1.1": (277, "2027-03-31", 5), "IP3.1.1": (289, "2026-12-31", 2),
    "IP3.1.2": (290, "2027-03-31", 6), "IP3.1.3": (291, "2027-03-31", 3),
    "IP4.1.1": (303, "2026-09-30", 3), "IP4.1.2": (304, "2027-03-31", 7),
    "IP4.1.3": (310, "2027-04-30", 6), "IP4.2.1": (316, "2026-09-30", 4),
    "IP4.2.2": (317, "2026-12-31", 6), "IP4.2.3": (318, "2027-01-31", 11),
    "IP5.1.1": (330, "2027-03-31", 9), "IP5.2.1": (336, "2027-04-30", 6),
    "IP5.2.2": (337, "2026-10-31", 5), "IP5.3.1": (343, "2028-04-30", 0),
    "IP5.3.2": (344, "2028-04-30", 0), "IP5.4.1": (350, None, 0),
    "IP5.4.2": (351, None, 0), "IP6.1.1": (363, "2027-04-30", 6),
    "IP6.1.2": (364, "2026-12-31", 3), "IP6.1.3": (365, "2026-09-30", 6),
    "IP7.1.1": (377, "2027-12-31", 9), "IP7.2.1": (383, "2026-12-31", 4),
    "IP8.1.1": (395, "2027-04-30", 6), "IP8.1.2": (396, "2026-11-30", 3),
    "IP8.1.3": (397, "2027-03-31", 5), "IP9.1.1": (409, "2026-12-31", 4),
    "IP9.1.2": (410, "2027-03-31", 5), "IP9.2.1": (416, "2027-03-31", 3),
}  # fmt: skip


def test_every_action_with_its_line_due_date_and_milestones(plan: Plan) -> None:
    assert {
        one.id: (
            one.source and one.source.line,
            one.due and one.due.isoformat(),
            len(plan.index.children.get(one.id, ())),
        )
        for one in plan.items
        if one.kind == "action"
    } == ACTIONS


def test_every_item_stands_below_what_its_id_says(plan: Plan) -> None:
    for item in plan.items:
        assert item.parent == (item.id.rpartition(".")[0] or None)


# First words, planned start and finish, precision: milestones and actions of every odd form.
ROWS = [
    ("SI1.1.1.1", "Phase 1", None, "2026-06-30", "month"),
    ("SI1.1.1.3", "Phase 3", None, "2027-03-31", "month"),
    ("SI1.1.2.3", "Improvement Plan and", None, "2026-07-31", "month"),
    ("SI1.1.3.4", "Agree new structure", None, "2026-10-31", "month"),
    ("SI1.1.3.5", "Locality and", "2026-10-01", "2026-12-31", "range"),
    ("SI1.1.3.6", "Amendments to Job", "2026-10-01", "2027-02-28", "range"),
    ("SI1.1.3.7", "Consultation initiated", "2026-12-01", "2027-01-31", "range"),
    ("SI1.1.3.8", "Development of", None, "2027-04-30", "month"),
    ("SI1.2.1.6", "Review opportunities", None, "2028-09-30", "month"),
    ("SI1.3.1.5", "Implement interim", None, "2026-06-30", "month"),
    ("SI1.3.1.13", "Implement a new", None, "2027-04-30", "month"),
    ("SI2.1.1.1", "Implement the Strategic", None, "2026-09-30", "month"),
    ("SI2.1.2.3", "Repeat audits", None, None, "ongoing"),
    ("SI2.1.4.3", "Consultation with staff", None, "2026-06-30", "month"),
    ("SI2.4.1.1", "Stand up", None, "2026-09-30", "month"),
    ("SI5.2.2.2", "Establishment of", None, "2026-10-31", "month"),
    ("SI6.1.3", "Phase 3", "2027-05-01", "2028-04-01", "range"),
    ("SI6.1.4", "Phase 4", "2028-04-01", None, "from"),
    ("IP1.2.1.4", "Sold Services", None, "2027-03-31", "month"),
    ("IP3.1.1.1", "Re-launch", None, "2026-01-31", "month"),
    ("IP4.1.2.4", "Creation of", None, "2026-10-31", "month"),
    ("IP4.1.2.5", "Mapping of", None, "2026-11-30", "month"),
    ("IP4.1.3.1", "Agree annual", None, "2026-07-31", "month"),
    ("IP5.2.2.3", "2026/27 HRA recharges", None, "2026-08-31", "month"),
    ("IP5.4.1", "Comprehensive tracking", None, None, "ongoing"),
    ("IP6.1.1.6", "Ongoing delivery", None, "2028-04-30", "month"),
    ("IP6.1.3.1", "Strengthen Scrutiny's", None, "2026-09-30", "month"),
    ("IP7.1.1.1", "Develop a framework", None, "2025-12-31", "month"),
    ("IP7.1.1.9", "Launch a strong", None, None, "ongoing"),
    ("IP8.1.2.1", "Options appraisal", None, None, "complete"),
    ("IP9.1.1.2", "Develop an annual", None, "2026-04-30", "month"),
    ("IP9.2.1.3", "Develop a joint", None, "2027-03-31", "month"),
]


@pytest.mark.parametrize(("name", "words", "start", "finish", "precision"), ROWS)
def test_rows_read_by_eye(
    plan: Plan, name: str, words: str, start: str | None, finish: str | None, precision: str
) -> None:
    item = plan.index.items[name]
    assert item.title.startswith(words)
    planned = item.planned
    assert (planned.start and planned.start.isoformat()) == start
    assert (planned.finish and planned.finish.isoformat()) == finish
    assert planned.precision == precision
    assert (item.status == "complete") == (precision == "complete")


def test_only_actions_have_due_dates(plan: Plan) -> None:
    assert {one.kind for one in plan.items if one.due is not None} == {"action"}


def test_no_title_ends_with_its_date(plan: Plan) -> None:
    milestones = [one for one in plan.items if one.kind == "milestone"]
    assert not [one.id for one in milestones if one.title.endswith(("26)", "27)", "28)"))]
    assert plan.index.items["IP4.1.2.7"].title.endswith("informed practice")


# Who is responsible for what, by eye: several paragraphs, slashes, "and", "&", groups.
RESPONSIBLE = {
    "SI1.1.1": ["director-of-adult-social-care"],
    "SI1.3.1": ["director-of-commissioning-and-partnerships"],
    "SI2.1.1": [
        "corporate-director-for-childrens-and-education-services",
        "sro-for-families-first-partnership-programme",
    ],
    "SI2.1.2": ["head-of-safeguarding-quality-assurance-and-principal-social-worker"],
    "SI2.2.1": ["director-of-family-help-services"],
    "SI2.3.1": ["director-of-school-improvement", "director-of-education"],
    "SI6.1.3": ["assistant-chief-executive", "director-of-lgr-implementation"],
    "IP1.2.1": ["strategic-director-for-hr-and-edi", "assistant-chief-executive"],
    "IP1.2.2": ["strategic-director-for-hr-and-edi", "all-corporate-directors"],
    "IP2.1.1": ["director-of-economic-development-and-property"],
    "IP5.4.2": ["all-corporate-directors"],
    "IP9.2.1": ["chief-internal-auditor"],
}


def test_responsible_officers(plan: Plan) -> None:
    owners: dict[str, list[str]] = {}
    for one in plan.assignments:
        if one.role == "responsible":
            owners.setdefault(one.item, []).append(one.officer)
    assert set(owners) == set(ACTIONS)
    assert {item: owners[item] for item in RESPONSIBLE} == RESPONSIBLE


def test_roles_on_objectives_and_programmes(plan: Plan) -> None:
    roles: dict[tuple[str, str], list[str]] = {}
    for one in plan.assignments:
        roles.setdefault((one.item, one.role), []).append(one.officer)
    adults = ["director-of-adult-social-care", "director-of-commissioning-and-partnerships"]
    assert roles["SI1.1", "delivery_lead"] == roles["SI1.3", "delivery_lead"] == adults
    assert roles["SI6.1", "accountable"] == [
        "assistant-chief-executive", "director-of-lgr-implementation",
    ]  # fmt: skip
    assert roles["SI3.1", "portfolio"] == [
        "strategic-regeneration-property-and-communications", "housing-and-planning",
    ]  # fmt: skip
    assert roles["IP5", "delivery_lead"] == [
        "finance-improvement-programme-director",
        "director-of-finance-operations",
        "director-of-finance-strategy",
    ]
    # The paper prints a corporate director as lead and a strategic director as accountable.
    assert roles["IP7", "accountable"] == ["strategic-director-for-transformation-and-change"]
    divisions = {one.id: one.division for one in plan.items if one.division is not None}
    assert len(divisions) == 13 + 9
    assert divisions["IP6"] == "Legal and Governance"


def test_one_office_in_several_spellings(plan: Plan, loaded: Loaded) -> None:
    several = {one.id: len(one.also) for one in plan.officers if one.also}
    assert several == {
        "director-of-commissioning-and-partnerships": 1,
        "corporate-director-for-childrens-and-education-services": 2,
        "strategic-director-for-hr-and-edi": 1,
    }
    assert [line for _, line in found(loaded, "offices-merged")] == [38, 86, 247]
    split = [item for item, _ in found(loaded, "role-split")]
    assert split == ["SI1.1", "SI1.2", "SI1.3", "SI2.3", "SI2.4", "SI3.1"]
    kinds = Counter(one.kind for one in plan.officers)
    assert kinds == {"office": 35, "member": 6, "group": 1}
    assert {"director-of-family-help", "director-of-family-help-services"} <= {
        one.id for one in plan.officers
    }


METRICS = {
    "SI1.1/M1": (31.0, "Jan 2026", 28.0, "2028-03-31", "down"),
    "SI1.1/M2": (0.374, "24/25", 0.4, "2028-03-31", "up"),
    "SI1.1/M6": (18.6, "Mar 2026", 12.0, "2028-03-31", "down"),
    "SI1.2/M1": (None, None, 500.0, "2028-03-31", None),
    "SI2.1/M1": (108.0, "Mar 2026", None, "2028-03-31", None),
    "SI3.1/M1": (90.68, "Q4 25/26", 90.0, "2028-03-31", None),
    "SI4.1/M1": (57.0, "24/25", 57.0, "2028-03-31", "hold"),
    "SI5.1/M1": (660.0, None, 660.0, "2028-03-31", "hold"),
    "SI5.1/M3": (44.0, "Q2 25/26", 48.0, "2027-03-31", "up"),
    "SI5.2/M1": (88.0, "25/26 YTD", 100.0, "2028-03-31", "up"),
    "SI7.1/M2": (90.75, "Mar 2026", 95.0, "2027-03-31", "up"),
}


def test_metrics(plan: Plan, loaded: Loaded) -> None:
    metrics = {
        one.id: (
            one.baseline and one.baseline.value,
            one.baseline and one.baseline.as_of,
            one.target and one.target.value,
            one.target and one.target.by and one.target.by.isoformat(),
            one.direction,
        )
        for one in plan.metrics
    }
    assert {name: metrics[name] for name in METRICS} == METRICS
    assert Counter(one.item for one in plan.metrics) == {
        "SI1.1": 7, "SI1.2": 2, "SI2.1": 4, "SI2.2": 2, "SI2.3": 2, "SI2.4": 2,
        "SI3.1": 5, "SI4.1": 2, "SI5.1": 3, "SI5.2": 8, "SI7.1": 3,
    }  # fmt: skip
    assert found(loaded, "no-metrics") == [("SI1.3", 79), ("SI6.1", 225)]


BOARDS = {
    "improvement-board": (28, "assurance"), "executive-panel": (28, "advisory"),
    "csib": (28, "assurance"), "adults-internal-improvement-board": (30, "assurance"),
    "childrens-internal-improvement-board": (30, "assurance"),
    "continuous-improvement-committee": (30, "assurance"),
    "improvement-committee": (30, "assurance"), "adults-improvement-board": (44, "assurance"),
    "capital-board": (63, "decision"), "executive-board": (63, "decision"),
    "strategic-commissioning-board": (76, "decision"),
    "childrens-improvement-board": (91, "assurance"),
    "childrens-internal-partnership-improvement-board": (91, "assurance"),
    "nottingham-growth-board": (149, "external"), "housing-assurance-board": (196, "assurance"),
    "joint-committee": (220, "external"), "implementation-executive": (220, "decision"),
    "shadow-council": (220, "external"), "cob": (289, "assurance"), "cgec": (291, "decision"),
    "clt": (316, "decision"), "cabinet": (365, "decision"), "audit-committee": (416, "assurance"),
}  # fmt: skip


def test_boards_that_are_named(plan: Plan) -> None:
    assert {one.id: (one.source and one.source.line, one.kind) for one in plan.boards} == BOARDS
    assert not any(one.members or one.meetings.dates or one.reports_to for one in plan.boards)


def test_defects_of_the_paper(loaded: Loaded) -> None:
    assert found(loaded, "milestone-after-due") == [
        ("SI1.2.1.6", 63), ("SI7.1.1.2", 236), ("SI7.1.1.3", 236), ("IP1.1.2.1", 256),
        ("IP1.1.2.2", 256), ("IP1.2.1.3", 264), ("IP1.2.1.4", 264), ("IP1.2.2.5", 265),
        ("IP6.1.1.6", 363), ("IP6.1.3.2", 365), ("IP6.1.3.4", 365), ("IP6.1.3.6", 365),
    ]  # fmt: skip
    assert [item for item, _ in found(loaded, "action-without-milestones")] == [
        *("SI6.1.1", "SI6.1.2", "SI6.1.3", "SI6.1.4"),
        *("IP5.3.1", "IP5.3.2", "IP5.4.1", "IP5.4.2"),
    ]
    assert [item for item, _ in found(loaded, "before-plan-period")] == [
        *("SI1.3.1.1", "SI1.3.1.2", "SI1.3.1.3", "IP3.1.1.1"),
        *("IP7.1.1.1", "IP7.1.1.2", "IP8.1.1.1"),
    ]
    assert found(loaded, "date-wording") == [("IP5.4.1", 350), ("IP5.4.2", 351)]
    assert found(loaded, "due-open") == [("SI6.1.4", 222), ("IP5.4.1", 350), ("IP5.4.2", 351)]
    assert found(loaded, "objective-twice") == [("IP4.1", 306)]
    assert found(loaded, "date-with-words") == [("SI6.1.3", 221)]
    assert {one.severity for one in loaded.problems} == {"warning", "info"}


def test_nothing_is_silently_dropped(loaded: Loaded, csip_paper: Path) -> None:
    prose = [15, 17, 19, 22, 24, 26, 28, 30]
    assert [line for _, line in found(loaded, "not-placed")] == prose
    lines = csip_paper.read_text(encoding="utf-8").split("\n")
    assert find_lost(lines, loaded.plan, loaded.problems) == []


def test_what_stands_before_and_beside_is_kept(plan: Plan) -> None:
    assert set(plan.index.items["SI6.1.1"].model_extra or {}) == {"x_preamble"}
    assert set(plan.index.items["IP9.2"].model_extra or {}) == {"x_note"}


def test_everything_names_its_source(plan: Plan, csip_paper: Path) -> None:
    lines = csip_paper.read_text(encoding="utf-8").split("\n")
    sources = [
        *(one.source for one in plan.items),
        *(one.source for one in plan.officers),
        *(one.source for one in plan.assignments),
        *(one.source for one in plan.boards),
        *(one.source for one in plan.metrics),
    ]
    for source in sources:
        assert source is not None
        assert source.line is not None
        assert source.quote
        # The words of the quote stand in that line, in that order.
        words = iter(re.sub(r"</?(?:p|ul)\b[^<>]*>", " ", lines[source.line - 1]).split())
        assert all(word in words for word in source.quote.split()), source


def test_the_plan_survives_its_file(plan: Plan) -> None:
    assert parse_plan(dump_plan(plan)) == plan


def test_the_consultation_of_the_example(plan: Plan) -> None:
    consultation = plan.index.items["SI1.1.3.7"]
    assert (consultation.planned.text, consultation.planned.finish) == (
        "Dec 2026 \u2013 Jan 2027",
        date(2027, 1, 31),
    )


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_papers_of_other_families_are_not_claimed(papers: Path, number: str) -> None:
    from loaders.delivery_plan import recognise  # noqa: PLC0415 - beside its only use

    (path,) = papers.glob(f"{number}_*.txt")
    assert recognise(path.read_text(encoding="utf-8")) is None
