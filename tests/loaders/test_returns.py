"""Status returns: read without the plan, merged into it by id, history kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.plan import Plan
from graphmodel.spans import parse_span
from loaders.return_merging import apply_return
from loaders.returns import find_return, read_return
from loaders.sheets import read_sheets
from tests.loaders.sheet_files import write_book, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.return_merging import Applied
    from loaders.returns import StatusReturn

PLAN = Plan.model_validate(
    {
        "id": "p",
        "status_date": "2026-09-30",
        "sources": [{"id": "s1", "file": "paper.txt"}],
        "x_period": "2026",
        "items": [
            {
                "id": "A1",
                "kind": "action",
                "title": "Recruit staff",
                "planned": {"finish": "2026-10-31", "precision": "month"},
                "percent": 20.0,
                "status": "in_progress",
                "rag": "green",
                "forecast": "2026-10-31",
            },
            {"id": "A2", "kind": "action", "title": "Train staff"},
            {
                "id": "A3",
                "kind": "action",
                "title": "Open the office",
                "status": "complete",
                "actual_finish": "2026-08-01",
            },
        ],
    }
)


def read(folder: Path, text: str, name: str = "october.csv") -> StatusReturn:
    path = write_csv(folder, text, name)
    ret = read_return(path, read_sheets(path))
    assert ret is not None
    return ret


def apply(folder: Path, text: str, name: str = "october.csv", plan: Plan = PLAN) -> Applied:
    return apply_return(plan, read(folder, text, name))


def item(applied: Applied, name: str) -> Any:
    return applied.plan.index.items[name]


def test_a_return_updates_by_id_and_keeps_what_was(tmp_path: Path) -> None:
    applied = apply(
        tmp_path,
        "Position at 31 October 2026\n"
        "ID,Title,Status,% complete,Actual start,Forecast,RAG,Reason for delay,Remaining\n"
        "A1,Recruit staff,In progress,40%,01/09/2026,30/11/2026,A,Few applied,6w\n",
    )
    changed = item(applied, "A1")
    assert (changed.percent, changed.rag, changed.cause) == (40.0, "amber", "Few applied")
    assert (changed.actual_start, changed.forecast) == (date(2026, 9, 1), date(2026, 11, 30))
    assert changed.remaining == parse_span("6w")
    (entry,) = changed.history
    assert (entry.as_of, entry.status, entry.percent, entry.rag, entry.forecast) == (
        *(date(2026, 9, 30), "in_progress", 20.0, "green", date(2026, 10, 31)),
    )
    assert changed.planned == PLAN.index.items["A1"].planned
    assert applied.plan.status_date == date(2026, 10, 31)
    assert applied.plan.model_extra == {"x_period": "2026"}
    assert not applied.problems
    assert applied.notes[1] == "The plan's status date: 2026-09-30 → 2026-10-31."
    assert applied.notes[2] == (
        "october.csv reports on 1 item of the plan, and says nothing of 2; 6 changes."
    )
    assert "A1: percent 20 → 40 (october.csv, line 3)." in applied.notes
    assert "A1: forecast 2026-10-31 → 2026-11-30 (october.csv, line 3)." in applied.notes
    assert "A1: actual start none → 2026-09-01 (october.csv, line 3)." in applied.notes
    assert "A1: remaining none → 6 weeks (october.csv, line 3)." in applied.notes
    assert item(applied, "A2") is PLAN.index.items["A2"]


def test_a_return_reads_back_from_the_plan_file(tmp_path: Path) -> None:
    """What a merged plan holds is valid, and survives its own JSON."""
    plan = apply(tmp_path, "ID,Status,Actual finish\nA1,Complete,30/09/2026\n").plan
    again = Plan.model_validate_json(plan.model_dump_json(by_alias=True))
    assert again == plan


def test_contradictions_keep_the_old_values(tmp_path: Path) -> None:
    applied = apply(
        tmp_path,
        "ID,Status,% complete,Actual start,Actual finish\n"
        "A1,,110%,,\nA2,,,05/10/2026,01/10/2026\nA3,,40%,,\n",
    )
    assert applied.plan.items == PLAN.items
    assert [(one.code, str(one.source)) for one in applied.problems] == [
        ("unreadable-cell", "october.csv, line 2"),
        ("finished-before-started", "october.csv, line 3"),
        ("contradiction", "october.csv, line 4"),
    ]
    assert applied.problems[1].message.endswith("; actual start and actual finish stay as before.")


def test_a_reopened_item_remembers_its_finish(tmp_path: Path) -> None:
    applied = apply(tmp_path, "ID,Status\nA3,In progress\n")
    changed = item(applied, "A3")
    assert (changed.status, changed.actual_finish) == ("in_progress", None)
    assert changed.history[0].model_extra == {"x_actual_finish": "2026-08-01"}
    assert [one.code for one in applied.problems] == ["reopened"]


def test_history_grows_and_names_its_sources(tmp_path: Path) -> None:
    october = apply(tmp_path, "ID,RAG,As of\nA1,A,31/10/2026\n", "october.csv").plan
    november = apply(tmp_path, "ID,RAG,As of\nA1,R,30/11/2026\n", "november.csv", october).plan
    history = november.index.items["A1"].history
    assert [(entry.as_of, entry.rag) for entry in history] == [
        (date(2026, 9, 30), "green"),
        (date(2026, 10, 31), "amber"),
    ]
    source = history[1].source
    assert source is not None
    files = {one.id: one.file for one in november.sources}
    assert (files[source.source], source.line) == ("october.csv", 2)
    assert history[0].source is None


def test_the_same_return_twice_changes_nothing(tmp_path: Path) -> None:
    text = "ID,RAG,As of\nA1,A,31/10/2026\n"
    once = apply(tmp_path, text).plan
    assert apply(tmp_path, text, plan=once).plan == once


def test_ids_the_plan_has_not_got_are_listed(tmp_path: Path) -> None:
    applied = apply(tmp_path, "ID,RAG\nA11,R\nzz,G\nA2,G\n")
    assert [one.code for one in applied.problems] == ["unknown-item", "unknown-item"]
    assert "close ids: A1" in applied.problems[0].message
    assert applied.notes[2] == "october.csv names 2 ids the plan has not got: A11, zz."
    assert item(applied, "A2").rag == "green"


def test_many_unknown_ids_are_listed_in_short(tmp_path: Path) -> None:
    rows = "".join(f"zz{number},R\n" for number in range(30))
    applied = apply(tmp_path, "ID,RAG\n" + rows)
    assert applied.notes[-1].startswith("october.csv names 30 ids the plan has not got: zz0, ")
    assert applied.notes[-1].endswith("zz19, ….")


def test_a_second_row_of_an_id_is_not_used(tmp_path: Path) -> None:
    applied = apply(tmp_path, "ID,RAG\nA1,A\nA1,A\nA1,R\n")
    assert [(one.code, one.severity) for one in applied.problems] == [
        ("duplicate-id", "info"),
        ("duplicate-id", "error"),
    ]
    assert item(applied, "A1").rag == "amber"


def test_a_title_that_does_not_fit_is_a_problem(tmp_path: Path) -> None:
    applied = apply(tmp_path, "ID,Action,RAG\nA1,Train staff,R\nA2,train  Staff.,R\n")
    assert [one.code for one in applied.problems] == ["title-does-not-fit"]
    assert (item(applied, "A1").rag, item(applied, "A2").rag) == ("green", "red")


def test_an_older_return_changes_nothing(tmp_path: Path) -> None:
    applied = apply(tmp_path, "ID,RAG,As of\nA1,R,31/08/2026\n")
    assert applied.plan.items == PLAN.items
    assert applied.plan.status_date == PLAN.status_date
    assert [one.code for one in applied.problems] == ["return-older"]


def test_a_return_changes_no_planned_date(tmp_path: Path) -> None:
    applied = apply(tmp_path, "ID,RAG,Due date\nA1,R,30/11/2026\nA2,R,30/11/2026\n")
    assert [one.code for one in applied.problems] == ["due-differs"]
    assert item(applied, "A1").planned == PLAN.index.items["A1"].planned
    same = apply(tmp_path, "ID,RAG,Due date\nA1,R,Oct 2026\n")
    assert not same.problems


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("status 2026-10.csv", "", date(2026, 10, 31)),
        ("status_31-10-2026.csv", "", date(2026, 10, 31)),
        ("Oct 26.csv", "", date(2026, 10, 31)),
        ("plan 2026.csv", "", None),
        ("october.csv", "", None),
        ("october.csv", "Monthly return\nPosition at 30 October 2026\n", date(2026, 10, 30)),
    ],
)
def test_the_day_of_a_return(tmp_path: Path, name: str, head: str, expected: date | None) -> None:
    assert read(tmp_path, head + "ID,Status,RAG\nA1,Done,G\n", name).as_of == expected


def test_a_plan_without_a_status_date_takes_that_of_the_return(tmp_path: Path) -> None:
    plan = PLAN.model_copy(update={"status_date": None})
    applied = apply(tmp_path, "ID,RAG,As of\nA1,R,31/10/2026\n", plan=plan)
    assert applied.plan.status_date == date(2026, 10, 31)
    assert item(applied, "A1").history[0].as_of is None


def test_rows_without_an_id_are_told(tmp_path: Path) -> None:
    ret = read(tmp_path, "ID,RAG,Owner\n,R,me\n,,me\nA1,G,me\n")
    assert [row.id for row in ret.rows] == ["A1"]
    assert [one.code for one in ret.problems] == ["missing-id"]


@pytest.mark.parametrize("cell", ["some time", "-3w", "5"])
def test_a_remaining_duration_that_cannot_be_read(tmp_path: Path, cell: str) -> None:
    ret = read(tmp_path, f"ID,Remaining duration\nA1,{cell}\n")
    assert ret.rows[0].fields == {}
    assert [one.code for one in ret.problems] == ["unreadable-cell"]


def test_a_workbook_of_returns(tmp_path: Path) -> None:
    path = write_book(
        tmp_path,
        {
            "Notes": [("Please fill in",)],
            "Homes": [("ID", "Status", "% complete"), ("A1", "In progress", 0.5)],
            "Care": [("ID", "Status"), ("A2", "Done")],
        },
    )
    ret = read_return(path, read_sheets(path))
    assert ret is not None
    assert [(row.id, str(row.place)) for row in ret.rows] == [
        *(("A1", "plan.xlsx, cell Homes!A2"), ("A2", "plan.xlsx, cell Care!A2")),
    ]
    assert ret.rows[0].fields == {"status": "in_progress", "percent": 50.0}


def test_what_is_no_return(tmp_path: Path) -> None:
    for text in (
        "Action,Date,Owner\nDig,Sep-26,me\n",
        "ID,Action,Date\n1,Dig,Sep-26\n",
        "a,b\n1,2\n",
    ):
        path = write_csv(tmp_path, text)
        assert not find_return(read_sheets(path))
        assert read_return(path, read_sheets(path)) is None


def test_a_mapping_names_columns_of_a_return(tmp_path: Path) -> None:
    path = write_csv(tmp_path, "Our number,How it goes\nA1,Amber\n")
    ret = read_return(
        path, read_sheets(path), mapping={"Our number": "id", "How it goes": "report"}
    )
    assert ret is not None
    assert [(row.id, row.fields) for row in ret.rows] == [("A1", {"rag": "amber"})]
