"""The Sandwell theme progress report and the Derby plan update, as read by eye in the papers."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from graphmodel.cycles import find_cycle
from graphmodel.planfile import dump_plan, parse_plan
from loaders.papers import FAMILIES, read_paper
from tests.loaders.lost_words import find_lost_words

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.items import Item, Source
    from graphmodel.plan import Plan
    from loaders.loaded import Loaded

PROGRESS_LABELS = (
    *("theme", "summary", "achievements", "this", "period", "key", "milestones", "statement"),
    "complete",
)


def find(papers: Path, number: str) -> Path:
    (path,) = papers.glob(f"{number}_*.txt")
    return path


@pytest.fixture(scope="module")
def sandwell(papers: Path) -> Loaded:
    return read_paper(find(papers, "003"))


@pytest.fixture(scope="module")
def derby(papers: Path) -> Loaded:
    return read_paper(find(papers, "004"))


def found(loaded: Loaded, code: str) -> list[tuple[tuple[str, ...], int | None]]:
    return [
        (one.items, one.source.line if one.source else None)
        for one in loaded.problems
        if one.code == code
    ]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_each_paper_has_at_most_one_family(papers: Path, number: str) -> None:
    text = find(papers, number).read_text(encoding="utf-8")
    claims = [family.name for family in FAMILIES if family.recognise(text) is not None]
    expected = {"003": "theme progress report", "004": "plan update"}
    assert len(claims) <= 1
    assert [name for name in claims if name in expected.values()] == [
        name for key, name in expected.items() if key == number
    ]


# Sandwell: theme, main actions, red, amber, green, and the line of its first row.
THEMES = {
    "OC": (16, 0, 7, 9, 6), "CO": (11, 1, 4, 6, 19), "SD": (13, 0, 6, 7, 30),
    "DM": (7, 0, 5, 2, 46), "PC": (11, 0, 7, 4, 57), "PR": (6, 0, 5, 1, 73),
}  # fmt: skip


def test_sandwell_front(sandwell: Loaded) -> None:
    plan = sandwell.plan
    assert (plan.id, plan.as_of) == ("improvement-plan", date(2022, 10, 31))
    assert "it has 22 tables with the columns Theme" in sandwell.notes[0]


def test_sandwell_themes_and_their_actions(sandwell: Loaded) -> None:
    plan = sandwell.plan
    stated = {(one.item, one.measure): one.value for one in plan.stated}
    measures = ("actions", "red", "amber", "green")
    assert {
        one.id: (
            *(stated[one.id, measure] for measure in measures),
            one.source and one.source.line,
        )
        for one in plan.items
        if one.kind == "theme"
    } == THEMES
    totals = [sum(stated[theme, measure] for theme in THEMES) for measure in measures]
    assert totals == [64, 1, 34, 29]
    # Sub-actions on track, by theme.
    track = {item: value for (item, measure), value in stated.items() if "on track" in measure}
    assert track == {"OC": 3, "CO": 2, "SD": 7, "DM": 4, "PC": 3, "PR": 2}


def test_sandwell_milestones(sandwell: Loaded) -> None:
    milestones = [one for one in sandwell.plan.items if one.kind == "milestone"]
    complete = Counter(one.status == "complete" for one in milestones)
    assert complete == {False: 27, True: 44}
    by_theme = Counter((one.id.partition(".")[0], one.status == "complete") for one in milestones)
    assert by_theme == {
        ("OC", False): 5, ("OC", True): 9, ("CO", False): 2, ("CO", True): 4,
        ("SD", False): 9, ("SD", True): 5, ("DM", False): 5, ("DM", True): 7,
        ("PC", False): 5, ("PC", True): 10, ("PR", False): 1, ("PR", True): 9,
    }  # fmt: skip


# Key milestones that are open: first words, status, start, finish.
OPEN = [
    ("Part 2 engagement", "in_progress", "2022-08-01", "2022-12-31"),
    ("Corporate Governance Training", "in_progress", None, "2022-11-30"),
    ("Approval of document", "not_started", None, "2023-01-31"),
    ("Organisational Development", "not_started", None, "2023-03-31"),
    ("Appointment of Permanent", "not_started", None, "2023-11-30"),
    ("All Directorate-level", "not_started", None, "2022-12-31"),
    ("Oracle Fusion", "in_progress", None, None),
    ("Approval of Medium-Term", "not_started", None, "2022-11-30"),
    ("Corporate Procurement", "in_progress", None, None),
    ("Commercial Strategy", "in_progress", None, None),
    ("Regular Resident Survey", "in_progress", None, None),
    ("Equalities Policy", "not_started", None, "2022-11-30"),
    ("Equality, Diversity and", "not_started", None, "2023-11-30"),
    ("Corporate Asset", "not_started", None, "2022-11-30"),
    ("HRA 30 Year", "not_started", None, "2023-05-31"),
    ("Model for Locality", "on_hold", None, None),
    ("Review of scrutiny", "not_started", None, "2022-11-30"),
    ("Council Decision", "not_started", None, "2022-11-30"),
    ("Revised Financial", "not_started", None, "2022-12-31"),
    ("Revised scheme", "not_started", None, "2022-11-30"),
    ("Approval of any changes", "not_started", "2022-11-01", None),
    ("SEND Transport Contract", "not_started", None, "2023-01-31"),
    ("Arrangement in place", "not_started", None, "2023-05-31"),
    ("Fleet replacement", "not_started", None, "2023-08-31"),
    ("Implementation of Asset", "not_started", None, "2022-12-31"),
    ("Lion Farm report", "not_started", None, None),
    ("Review of SCT", "not_started", None, "2022-11-30"),
]


def test_sandwell_open_milestones_with_status_and_date(sandwell: Loaded) -> None:
    is_open = [
        one for one in sandwell.plan.items if one.kind == "milestone" and one.status != "complete"
    ]
    read = [
        (
            one.title,
            one.status,
            one.planned.start and one.planned.start.isoformat(),
            one.planned.finish and one.planned.finish.isoformat(),
        )
        for one in is_open
    ]
    assert len(read) == len(OPEN)
    for words, *facts in OPEN:
        (mine,) = [row for row in read if row[0].startswith(words)]
        assert list(mine[1:]) == facts


# Slipping items: first words, grade, a word of the cause (None: the paper gives none).
SLIPPING: dict[str, list[tuple[str, str, str | None]]] = {
    "OC": [("Organisational Development", "medium", "dependent"),
           ("Effective decision-making", "medium", "by-election")],
    "CO": [("Programme and Project", "medium", "Verto")],
    "SD": [("Corporate Asset", "medium", "by election"), ("Commercial Strategy A", "medium", None),
           ("Business Cases", "medium", "Opportunity"), ("Continue to embed", "medium", None),
           ("Continue to deliver", "medium", "legacy"), ("Equalities Policy", "medium", "by el"),
           ("Review of Council EDI", "significant", "EIA Review"),
           ("Equality, Diversity", "significant", "LGA Equalities Framework")],
    "DM": [("Effective Decision", "medium", "by election"), ("Revised scheme", "medium", "by el"),
           ("Revised Financial", "medium", "remaining areas"),
           ("Review of scrutiny", "medium", "by election"),
           ("Revised Council Proc", "significant", "an error")],
    "PC": [("Implement approved", "medium", "external party"),
           ("Corporate Performance", "significant", "project management capacity")],
    "PR": [("KPI Suite", "medium", None), ("Partnership structures", "medium", None)],
}  # fmt: skip


def test_sandwell_slipping_items_with_grade_and_cause(sandwell: Loaded) -> None:
    slipping = [one for one in sandwell.plan.items if one.grade is not None]
    assert len(slipping) == 20
    for theme, rows in SLIPPING.items():
        mine = [one for one in slipping if one.id.partition(".")[0] == theme]
        for (words, grade, cause), one in zip(rows, _in_order(mine, rows), strict=True):
            assert one.title.startswith(words)
            assert one.grade == grade
            assert (one.cause is None) == (cause is None), one.id
            assert (cause or "") in (one.cause or "")
    assert len(found(sandwell, "cause-missing")) == 4


def _in_order(items: list[Item], rows: list[tuple[str, str, str | None]]) -> list[Item]:
    return sorted(
        items,
        key=lambda one: next(
            (n for n, row in enumerate(rows) if one.title.startswith(row[0])), len(rows)
        ),
    )


def test_sandwell_by_election_is_one_risk(sandwell: Loaded) -> None:
    plan = sandwell.plan
    (risk,) = plan.risks
    titles = {plan.index.items[impact.item].title for impact in risk.impacts}
    assert len(risk.impacts) == len(titles) == 7
    assert {title.split()[-1].casefold() for title in titles} == {
        "training", "approved", "agreed", "arrangements", "strategy", "cycle",
    }  # fmt: skip
    assert [one.id for one in plan.items if (one.model_extra or {}).get("x_same_as")] == ["DM.1.1"]
    assert found(sandwell, "listed-twice") == [(("DM.1.1", "OC.2.1"), 49)]


def test_sandwell_links_that_sentences_state(sandwell: Loaded) -> None:
    plan = sandwell.plan
    titles = {one.id: one.title for one in plan.items}
    links = [
        (titles[one.from_].split()[0], titles[one.to].split()[0], one.type, one.state,
         bool((one.model_extra or {}).get("x_clash")))
        for one in plan.links
    ]  # fmt: skip
    assert sorted(links) == [
        ("1", "Report", "FS", "proposed", False),
        ("Approval", "Effective", "FF", "accepted", False),
        ("Commercial", "Commercial", "FS", "proposed", False),
        ("KPI", "KPI", "FS", "accepted", False),
        ("November", "Effective", "FS", "proposed", False),
        ("Organisational", "Broader", "FS", "accepted", False),
        ("Outcome", "Approval", "FS", "accepted", False),
        ("Outcome", "Organisational", "FS", "accepted", False),
        ("Outcomes", "Organisational", "FS", "accepted", False),
        ("Review", "Approval", "FS", "proposed", True),
        ("Review", "Review", "FS", "accepted", False),
        ("Revised", "Effective", "FS", "proposed", True),
        ("Subsequent", "SEND", "FS", "proposed", False),
    ]
    assert {one.origin for one in plan.links} == {"stated"}
    assert find_cycle(plan, plan.accepted_links) is None
    twice = [one for one in plan.links if len(one.evidence) > 1]
    assert [titles[one.from_].split()[0] for one in twice] == ["KPI"]


def test_sandwell_faults_of_the_paper(sandwell: Loaded) -> None:
    assert sorted((items[0], line) for items, line in found(sandwell, "count-mismatch")) == [
        ("PC", 60), ("PR", 73), ("PR", 73), ("PR", 76), ("SD", 30),
    ]  # fmt: skip
    assert [line for _, line in found(sandwell, "outside-period")] == [22, 35, 60]
    assert found(sandwell, "status-contradiction") == [(("DM.1.4",), 49)]
    assert found(sandwell, "achieved-but-open") == [(("SD.8",), 35)]
    assert [line for _, line in found(sandwell, "entry-cut-off")] == [9, 38, 76]
    assert len(found(sandwell, "row-continued")) == 7
    assert len(found(sandwell, "ids-given")) == 1


BODIES = {
    "cabinet", "leadership-team", "ethical-standards-and-member-development-committee",
    "chief-officer-terms-and-conditions-committee",
    "budget-and-corporate-scrutiny-management-board", "equalities-commission-board",
    "scrutiny-board", "waste-board", "waste-management-board",
    "children-and-education-scrutiny-board", "ca-board", "operational-partnership-board",
    "strategic-partnership-board", "sct-improvement-board", "health-and-wellbeing-board",
    "shcp-board", "integrated-care-board",
}  # fmt: skip


def test_sandwell_bodies(sandwell: Loaded) -> None:
    assert {one.id for one in sandwell.plan.boards} == BODIES


# Derby: id, what held first, what holds now, what is proposed, months of slip from the first.
DERBY = [
    ("1.4", None, "2018-09-30", "2018-12-31", 3),
    ("2.4", None, "2018-10-31", "2018-12-31", 2),
    ("2.4~2", None, None, "2018-12-31", None),
    ("3.1", None, None, "2019-03-31", None),
    ("4.2", "2018-04-30", "2018-09-30", "2018-11-30", 7),
    ("5.12", None, "2018-09-30", "2019-03-31", 6),
    ("9.6", None, None, None, None),
    ("10.1", None, "2018-09-30", "2019-03-31", 6),
]


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def test_derby_slipping_actions(derby: Loaded) -> None:
    read = []
    for one in derby.plan.items:
        if one.grade is None:
            continue
        earlier = [entry.due for entry in one.history if entry.due is not None]
        first = next(iter([*earlier, one.due]), None)
        slip = _months(first, one.forecast) if first and one.forecast else None
        read.append(
            (
                one.id,
                earlier[0].isoformat() if earlier else None,
                one.due and one.due.isoformat(),
                one.forecast and one.forecast.isoformat(),
                slip,
            )
        )
        assert one.grade == "some slippage"
        assert one.due == one.planned.finish
    assert read == DERBY


def test_derby_causes(derby: Loaded) -> None:
    causes = {one.id: one.cause for one in derby.plan.items if one.grade}
    words = {
        "2.4~2": "Gateway process", "4.2": "LGA availability", "5.12": "Customer Feedback Policy",
        "9.6": "CML implementation plan", "10.1": "new Chief Executive",
    }  # fmt: skip
    for name, word in words.items():
        assert word in (causes[name] or "")
    assert found(derby, "cause-missing") == [(("1.4",), 61), (("2.4",), 62), (("3.1",), 67)]
    assert found(derby, "original-missing") == [(("2.4~2",), 66), (("3.1",), 67), (("9.6",), 70)]
    assert found(derby, "proposed-missing") == [(("9.6",), 70)]
    assert found(derby, "id-twice") == [(("2.4", "2.4~2"), 66)]


def test_derby_table(derby: Loaded) -> None:
    stated = {
        (one.measure, one.as_of): one.value
        for one in derby.plan.stated
        if one.source and 34 < (one.source.line or 0) < 41
    }
    assert stated == {
        ("completed", "2018-06"): 17, ("completed", "2018-09"): 32,
        ("on track", "2018-06"): 41, ("on track", "2018-09"): 21,
        ("some slippage", "2018-06"): 1, ("some slippage", "2018-09"): 8,
        ("major slippage", "2018-06"): 0, ("major slippage", "2018-09"): 0,
        ("not started", "2018-06"): 2, ("not started", "2018-09"): 1,
        ("total", "2018-06"): 61, ("total", "2018-09"): 62,
    }  # fmt: skip
    # Both months add up, and every number in a sentence agrees.
    assert found(derby, "status-total") == found(derby, "count-mismatch") == []


def test_derby_themes_and_other_actions(derby: Loaded) -> None:
    plan = derby.plan
    assert (plan.id, plan.as_of) == ("cip", date(2018, 9, 30))
    themes = [one.title for one in plan.items if one.kind == "theme"]
    assert themes == [
        "City Leadership", "Effective management", "Constructive Member relationships",
        "Robust internal controls", "MTFP", "Productive and skilled workforce",
        "Sound Information Governance", "Embedded Risk Management", "Improved service outcomes",
        "Innovative transformation",
    ]  # fmt: skip
    others = {
        one.id: (one.parent, one.status) for one in plan.items if one.kind == "action"
        and not one.grade
    }  # fmt: skip
    assert others == {
        "8.8": ("sound-information-governance", "not_started"),
        "1.5": (None, "not_started"),
    }
    ((unplaced, _),) = found(derby, "theme-not-said")
    assert set(unplaced) == {row[0] for row in DERBY} | {"1.5"}
    assert [line for _, line in found(derby, "list-missing")] == [26]


def test_derby_boards(derby: Loaded) -> None:
    assert {one.id: one.chair for one in derby.plan.boards} == {
        "audit-and-accounts-committee": None, "executive-scrutiny-board": None, "clt": None,
        "corporate-improvement-board": "Cabinet Member for Finance", "cabinet": None,
        "personnel-committee": None, "safer-stronger-board": None,
    }  # fmt: skip


def test_nothing_is_silently_dropped(sandwell: Loaded, derby: Loaded, papers: Path) -> None:
    for loaded, number, labels in (
        (sandwell, "003", PROGRESS_LABELS),
        (derby, "004", ("status", "june", "sept", "2018")),
    ):
        text = find(papers, number).read_text(encoding="utf-8")
        assert find_lost_words(text, loaded.plan, loaded.problems, labels) == []


def _sources(plan: Plan) -> list[Source]:
    everything = [
        *(one.source for one in plan.items),
        *(entry.source for one in plan.items for entry in one.history),
        *(one.source for one in plan.stated),
        *(one.source for one in plan.boards),
        *(one.source for one in plan.risks),
        *(proof.source for one in plan.links for proof in one.evidence),
    ]
    assert None not in everything
    return [one for one in everything if one is not None]


def test_everything_names_its_line_and_quotes_it(
    sandwell: Loaded, derby: Loaded, papers: Path
) -> None:
    for loaded, number in ((sandwell, "003"), (derby, "004")):
        lines = find(papers, number).read_text(encoding="utf-8").split("\n")
        for source in _sources(loaded.plan):
            assert source.line is not None
            assert source.quote
            # The words stand from that line on, in that order; a page end may lie between them.
            printed = " ".join(lines[source.line - 1 : source.line + 3]).replace("&amp;", "&")
            words = iter(re.findall(r"\w+", re.sub(r"</?[a-z]+(?:\s[^<>]*)?>", " ", printed)))
            assert all(word in words for word in re.findall(r"\w+", source.quote)), source


def test_the_plans_survive_their_files(sandwell: Loaded, derby: Loaded) -> None:
    for loaded in (sandwell, derby):
        assert parse_plan(dump_plan(loaded.plan)) == loaded.plan
