"""Workbooks of items: merged cells, fills, hidden sheets, formulas, exports of tools."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from loaders.item_tables import read_item_tables
from loaders.sheets import read_sheets
from tests.loaders.sheet_files import codes, items, load_items, load_text, parents, write_book

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ("ID", "Action", "Finish", "Owner", "RAG")


def test_cells_of_a_workbook(tmp_path: Path) -> None:
    rows = [
        HEAD,
        (1, "Dig", date(2026, 9, 30), "Head of Works", "R"),
        (2, "Fill", datetime(2026, 10, 30, 17, 0), "Head of Works", None),
    ]
    loaded = load_items(write_book(tmp_path, {"Plan": rows}))
    plan = items(loaded)
    assert plan["1"].planned.finish == date(2026, 9, 30)
    assert plan["2"].planned.finish == datetime(2026, 10, 30, 17, 0)
    source = plan["1"].source
    assert source is not None
    assert (source.cell, source.line) == ("Plan!B2", None)
    assert not loaded.problems


def test_a_bad_cell_is_named_with_its_sheet(tmp_path: Path) -> None:
    rows = [HEAD, (1, "Dig", "31/02/2026", "me", "R")]
    (problem,) = load_items(write_book(tmp_path, {"Plan": rows})).problems
    assert str(problem) == ('"31/02/2026" is not a day of the calendar. (plan.xlsx, cell Plan!C2)')


def test_merged_cells(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Plan of works",),
        ("Theme", "Action", "Dates", None, "Owner"),
        (None, None, "Start", "Finish", None),
        ("Homes", "Dig", date(2026, 4, 1), date(2026, 4, 2), "Head of Works"),
        (None, "Fill", date(2026, 4, 3), date(2026, 4, 4), None),
        ("Care", "Visit", date(2026, 4, 5), date(2026, 4, 6), None),
    ):
        sheet.append(row)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A4:A5", "E4:E6"):
        sheet.merge_cells(area)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    loaded = load_items(path)
    assert parents(loaded) == {
        "homes": None,
        "dig": "homes",
        "fill": "homes",
        "care": None,
        "visit": "care",
    }
    assert items(loaded)["fill"].planned.start == date(2026, 4, 3)
    assert [one.item for one in loaded.plan.assignments] == ["dig", "fill", "visit"]
    assert loaded.plan.title == "Plan of works"


def test_a_heading_merged_over_its_row_is_a_section(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Action", "Finish", "Owner"),
        ("Homes",),
        ("Dig", date(2026, 4, 2), "me"),
        ("No date yet",),
    ):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    path = tmp_path / "plan.xlsx"
    book.save(path)
    assert parents(load_items(path)) == {"homes": None, "dig": "homes", "no-date-yet": "homes"}


@pytest.mark.parametrize(
    ("colour", "rag"),
    [
        *(("FF0000", "red"), ("C00000", "red"), ("FFC7CE", "red")),
        *(("FFC000", "amber"), ("FFFF00", "amber"), ("FFEB9C", "amber")),
        *(("00B050", "green"), ("92D050", "green"), ("C6EFCE", "green"), ("0070C0", "blue")),
        *(("D9D9D9", None), ("FFFFFF", None), ("000000", None)),
    ],
)
def test_a_fill_is_a_rag(tmp_path: Path, colour: str, rag: str | None) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append(("1", "Dig", date(2026, 4, 2), "me"))
    sheet["E2"].fill = PatternFill("solid", fgColor=colour)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    assert items(load_items(path))["1"].rag == rag


def test_words_go_before_a_fill(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("ID", "Action", "Finish", "Owner", "Status"))
    sheet.append(("1", "Dig", date(2026, 4, 2), "me", "In progress"))
    sheet.append(("2", "Fill", date(2026, 4, 2), "me", "Green"))
    sheet.append(("3", "Plant", date(2026, 4, 2), "me", "Green"))
    sheet.append(("4", "Mow", date(2026, 4, 2), "me", "In progress"))
    for cell, colour in (("E2", "FF0000"), ("E3", "FF0000"), ("E4", "00B050"), ("E5", "0070C0")):
        sheet[cell].fill = PatternFill("solid", fgColor=colour)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    loaded = load_items(path)
    assert [item.rag for item in loaded.plan.items] == ["red", "green", "green", None]
    assert [(one.code, str(one.source)) for one in loaded.problems] == [
        ("rag-colour-differs", "plan.xlsx, cell Sheet!E3")
    ]


def test_several_sheets(tmp_path: Path) -> None:
    path = write_book(
        tmp_path,
        {
            "Cover": [("Plans of 2026",)],
            "Homes": [HEAD, ("1", "Dig", "Sep-26", "me", "R")],
            "Care": [HEAD, ("1", "Visit", "Sep-26", "me", "G")],
            "Links": [("from", "to"), ("1", "2")],
        },
    )
    loaded = load_items(path)
    assert parents(loaded) == {"homes": None, "1": "homes", "care": None, "1~2": "care"}
    assert codes(loaded) == ["sheet-not-read", "id-twice"]
    assert len(loaded.notes) == 3


def test_sheets_with_plain_names_are_no_themes(tmp_path: Path) -> None:
    path = write_book(
        tmp_path,
        {
            "Actions": [HEAD, ("A1", "Dig", "Sep-26", "me", "R")],
            "Milestones": [
                ("ID", "Milestone", "Date", "Owner", "Parent"),
                ("M1", "Dug", "Sep-26", "me", "A1"),
            ],
        },
    )
    loaded = load_items(path)
    assert parents(loaded) == {"A1": None, "M1": "A1"}
    assert [item.kind for item in loaded.plan.items] == ["action", "milestone"]


def test_hidden_sheets_are_told_and_hidden_rows_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    for row in (HEAD, ("1", "Dig", "Sep-26", "me", "R"), ("2", "Fill", "Sep-26", "me", "R")):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    old = book.create_sheet("Last month")
    old.append(HEAD)
    old.append(("1", "Dig", "Aug-26", "me", "R"))
    old.sheet_state = "hidden"
    path = tmp_path / "plan.xlsx"
    book.save(path)
    loaded = load_items(path)
    assert [item.id for item in loaded.plan.items] == ["1", "2"]
    assert codes(loaded) == ["hidden-rows", "hidden-sheet"]
    assert "(3) is hidden" in loaded.problems[0].message


def test_formulas_without_a_result_and_with_an_error(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("ID", "Action", "Finish", "Owner", "% complete"))
    sheet.append(("1", "Dig", "=TODAY()", "me", "#REF!"))
    path = tmp_path / "plan.xlsx"
    book.save(path)
    loaded = load_items(path)
    assert [(one.code, str(one.source)) for one in loaded.problems] == [
        ("formula-not-calculated", "plan.xlsx, cell Sheet!C2"),
        ("formula-error", "plan.xlsx, cell Sheet!E2"),
    ]


def test_an_export_of_jira(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Summary,Issue key,Issue id,Issue Type,Status,Assignee,Due date,Labels,Labels,Parent,"
        "Inward issue link (Blocks),Inward issue link (Blocks),Outward issue link (Blocks),"
        "Custom field (Start date),Resolved,Priority,Sprint,Sprint\n"
        "Homes,HSG-1,10001,Epic,In Progress,jsmith,12/Nov/26 12:00 AM,,,,,,,"
        "01/Oct/26 12:00 AM,,High,,\n"
        "Dig,HSG-2,10002,Task,Done,alee,30/Oct/26 12:00 AM,wall,works,10001,,,HSG-3,,"
        "20/Oct/26 3:15 PM,Low,S1,S2\n"
        "Fill,HSG-3,10003,Sub-task,To Do,,12/Nov/26 12:00 AM,,,10001,HSG-2,HSG-9,,,,,,\n",
    )
    plan = items(loaded)
    assert parents(loaded) == {"HSG-1": None, "HSG-2": "HSG-1", "HSG-3": "HSG-1"}
    assert [item.kind for item in loaded.plan.items] == ["theme", "activity", "activity"]
    assert plan["HSG-1"].planned.start == date(2026, 10, 1)
    assert plan["HSG-1"].due == date(2026, 11, 12)
    assert (plan["HSG-2"].status, plan["HSG-2"].tags) == ("complete", ("wall", "works"))
    assert plan["HSG-2"].actual_finish == datetime(2026, 10, 20, 15, 15)
    assert [(link.from_, link.to) for link in loaded.plan.links] == [("HSG-2", "HSG-3")]
    assert "as an export of Jira" in loaded.notes[0]
    assert codes(loaded) == ["column-not-known", "unknown-item"]  # the second Sprint, HSG-9


def test_an_export_of_planner(tmp_path: Path) -> None:
    rows = [
        (
            *("Task ID", "Task Name", "Bucket Name", "Progress", "Priority", "Assigned To"),
            *("Created By", "Created Date", "Start date", "Due date", "Is Recurring", "Late"),
            *("Completed Date", "Completed By", "Labels", "Description"),
        ),
        (
            *("xY-1", "Dig", "Homes", "In progress", "Urgent", "Ann Lee;Bob Roy", "Ann Lee"),
            *("09/01/2026", "10/05/2026", "10/30/2026", "false", "false", None, None, "Wall", None),
        ),
        (
            *("xY-2", "Fill", "Homes", "Completed", "Low", "Bob Roy", "Ann Lee", "09/01/2026"),
            *(None, "11/05/2026", "false", "false", "11/04/2026", "Bob Roy", None, "All of it"),
        ),
    ]
    loaded = load_items(write_book(tmp_path, {"Tasks": rows, "Plan name": [("Plan", "Works")]}))
    plan = items(loaded)
    assert parents(loaded) == {"homes": None, "xY-1": "homes", "xY-2": "homes"}
    assert (plan["xY-1"].planned.start, plan["xY-1"].due) == (
        *(date(2026, 10, 5), date(2026, 10, 30)),
    )
    assert (plan["xY-2"].status, plan["xY-2"].actual_finish) == ("complete", date(2026, 11, 4))
    assert {(one.item, one.officer) for one in loaded.plan.assignments} == {
        *(("xY-1", "ann-lee"), ("xY-1", "bob-roy"), ("xY-2", "bob-roy")),
    }
    assert "as an export of MS Planner" in loaded.notes[0]
    assert "date-month-first" in codes(loaded)


def test_an_export_of_openproject(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID;Subject;Type;Status;Assignee;Accountable;Start date;Finish date;Progress (%);"
        "Parent;Priority\n"
        "12;Homes;Phase;In progress;;Jane Poe;2026-10-01;2026-11-12;;;Normal\n"
        "13;Dig;Task;Closed;Ann Lee;;2026-10-01;2026-10-30;100;Phase #12: Homes;Normal\n"
        "14;Opened;Milestone;New;Ann Lee;;2026-11-12;2026-11-12;0;12;High\n",
    )
    plan = items(loaded)
    assert parents(loaded) == {"12": None, "13": "12", "14": "12"}
    assert [item.kind for item in loaded.plan.items] == ["theme", "activity", "milestone"]
    assert (plan["13"].status, plan["13"].percent) == ("complete", 100.0)
    assert {(one.item, one.role) for one in loaded.plan.assignments} == {
        *(("12", "accountable"), ("13", "responsible"), ("14", "responsible")),
    }
    assert "as an export of OpenProject" in loaded.notes[0]
    assert not loaded.problems


def test_an_export_of_ms_project(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Task Name,Duration,Start,Finish,Predecessors,Outline Level,Resource Names,% Complete\n"
        "1,Works,20 days,Mon 05/10/26,Fri 30/10/26,,1,,0%\n"
        '2,Dig,10 days?,Mon 05/10/26,Fri 16/10/26,,2,"Ann Lee[50%],Bob Roy",0%\n'
        "3,Fill,1 wk,Mon 19/10/26,Fri 23/10/26,2FS+2 days,2,Bob Roy,0%\n"
        '4,Done,0 days,Fri 30/10/26,Fri 30/10/26,"3,2SS-1 wk",2,,0%\n',
    )
    assert parents(loaded) == {"1": None, "2": "1", "3": "1", "4": "1"}
    assert [item.kind for item in loaded.plan.items] == [
        *("theme", "activity", "activity", "milestone"),
    ]
    assert [str(item.duration) for item in loaded.plan.items] == ["20wd", "10wd", "5wd", "0wd"]
    assert [(link.from_, link.to, link.type, str(link.lag)) for link in loaded.plan.links] == [
        *(("2", "3", "FS", "2wd"), ("3", "4", "FS", "0d"), ("2", "4", "SS", "-5wd")),
    ]
    assert {officer.title for officer in loaded.plan.officers} == {"Ann Lee", "Bob Roy"}
    assert not loaded.problems


def test_a_workbook_without_items(tmp_path: Path) -> None:
    path = write_book(tmp_path, {"Sheet1": [("a", "b")], "Empty": []})
    assert read_item_tables(path, read_sheets(path)) is None


def test_cells_of_one_fault_are_listed(tmp_path: Path) -> None:
    rows = [HEAD, (1, "Dig", "soon", "me", "R"), (2, "Fill", "soon", "me", "R")]
    (problem,) = load_items(write_book(tmp_path, {"Plan": rows})).problems
    assert problem.message.endswith("(2 cells: C2, C3).")


def test_a_fill_beside_no_column_of_status_is_no_rag(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("ID", "Action", "Finish", "Owner"))
    sheet.append(("1", "Dig", date(2026, 4, 2), "me"))
    sheet["B2"].fill = PatternFill("solid", fgColor="FF0000")
    path = tmp_path / "plan.xlsx"
    book.save(path)
    assert items(load_items(path))["1"].rag is None
