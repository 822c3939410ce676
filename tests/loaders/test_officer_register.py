"""Officers in registers: spellings, successors, and two officers that are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loaders.small_registers import OFFICERS, accept, make_plan, merge, refuse, sheet

if TYPE_CHECKING:
    from graphmodel.people import Officer

HEADER = "Id | Title | Also | Kind | Directorate | Successor"


def officers(*rows: str) -> dict[str, Officer]:
    merged = accept(make_plan(), sheet("Officers", HEADER, *rows))
    return {officer.id: officer for officer in merged.officers}


def test_a_new_officer_gets_an_id_from_the_title() -> None:
    made = officers(" | Director of Homes | Homes Lead; Homes Director | office | People |")
    new = made["director-of-homes"]
    assert (new.title, new.also) == ("Director of Homes", ("Homes Lead", "Homes Director"))
    assert (new.kind, new.directorate) == ("office", "People")
    assert new.source is not None
    assert new.source.cell == "Officers!A2"


def test_a_row_without_an_id_means_the_officer_of_that_title() -> None:
    made = officers(" | head of care | Care Lead | | |")
    assert made["head-of-care"].also == ("Care Lead",)
    assert len(made) == 2


def test_spellings_become_more_never_fewer() -> None:
    made = officers("head-of-assets | | Estates Lead | | |")
    assert made["head-of-assets"].also == ("Property Lead", "Estates Lead")


def test_a_new_title_makes_the_old_one_a_spelling() -> None:
    made = officers("head-of-care | Director of Adult Support | Head of Care | | |")
    assert made["head-of-care"].title == "Director of Adult Support"
    assert made["head-of-care"].also == ("Head of Care",)


def test_a_title_that_fits_no_spelling_is_a_problem() -> None:
    problem = refuse(
        make_plan(), sheet("Officers", HEADER, "head-of-care | Head of Finance | | | |")
    )
    assert (problem.code, problem.severity) == ("title-does-not-fit", "error")
    assert "head-of-care" in problem.message


def test_another_id_for_a_known_title_is_a_problem() -> None:
    problem = refuse(make_plan(), sheet("Officers", HEADER, "hoc | Head of Care | | | |"))
    assert problem.code == "id-differs"


def test_successors_may_stand_in_rows_below_and_be_titles() -> None:
    made = officers("head-of-care | | | | | Head of Homes", "hh | Head of Homes | | | |")
    assert made["head-of-care"].successor == "hh"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["head-of-care | | | | | Nobody"], "unknown-officer"),
        (["head-of-care | | | | | head-of-care"], "successor-circle"),
    ],
)
def test_successors_that_cannot_be(rows: list[str], code: str) -> None:
    assert refuse(make_plan(), sheet("Officers", HEADER, *rows)).code == code


def test_officers_cannot_succeed_each_other_in_a_circle() -> None:
    rows = ("head-of-care | | | | | head-of-assets", "head-of-assets | | | | | head-of-care")
    merged, (problem,) = merge(make_plan(), sheet("Officers", HEADER, *rows))
    assert problem.code == "successor-circle"
    assert [one.successor for one in merged.officers] == ["head-of-assets", None]


def test_a_spelling_that_is_another_officer_makes_the_two_one() -> None:
    people = [*OFFICERS, {"id": "care-lead", "title": "Care Lead", "also": ["Lead for Care"]}]
    people[0] = {**people[0], "successor": "care-lead"}
    people[1] = {**people[1], "successor": "care-lead"}
    effects = [
        {"op": "reassign", "item": "A1", "officer": "head-of-assets", "to": "care-lead"},
        {"op": "away", "officer": "care-lead", "from": "2026-05-01", "to": "2026-06-01"},
    ]
    plan = make_plan(
        officers=people,
        assignments=[
            {"officer": "head-of-care", "item": "A1"},
            {"officer": "care-lead", "item": "A1"},
            {"officer": "care-lead", "item": "A2"},
        ],
        relations=[{"from": "care-lead", "to": "TB", "type": "member_of"}],
        risks=[{"id": "R", "probability": 0.1, "effects": effects}],
    )
    row = "head-of-care | Head of Care | Care Lead | | |"
    merged, (problem,) = merge(plan, sheet("Officers", HEADER, row))
    assert (problem.code, problem.severity) == ("officers-merged", "info")
    assert [one.id for one in merged.officers] == ["head-of-care", "head-of-assets"]
    keeper, other = merged.officers
    assert keeper.also == ("Care Lead", "Lead for Care")
    assert (keeper.successor, other.successor) == (None, "head-of-care")
    held = [(one.officer, one.item) for one in merged.assignments]
    assert held == [("head-of-care", "A1"), ("head-of-care", "A2")]
    assert merged.relations[0].from_ == "head-of-care"
    reassign, away = merged.risks[0].effects
    assert (reassign.op, away.op) == ("reassign", "away")
    assert reassign.model_dump()["to"] == away.model_dump()["officer"] == "head-of-care"


def test_a_spelling_with_a_row_of_its_own_is_a_contradiction() -> None:
    rows = ("head-of-care | | Head of Assets | | |", "head-of-assets | Head of Assets | | | |")
    merged, (problem,) = merge(make_plan(), sheet("Officers", HEADER, *rows))
    assert (problem.code, problem.severity) == ("officers-contradict", "error")
    assert len(merged.officers) == 2


def test_a_row_that_names_nobody_is_told() -> None:
    problem = refuse(make_plan(), sheet("Officers", HEADER, " | | Care Lead | | |"))
    assert problem.code == "missing-cell"


@pytest.mark.parametrize(
    ("second", "severity"),
    [("head-of-care | Head of Care | | | |", "warning"), ("head-of-care | | | group | |", "error")],
)
def test_an_officer_listed_twice(second: str, severity: str) -> None:
    first = "head-of-care | Head of Care | | | |"
    problem = refuse(make_plan(), sheet("Officers", HEADER, first, second))
    assert (problem.code, problem.severity) == ("duplicate-officer", severity)
