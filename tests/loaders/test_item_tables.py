"""Sheets of items as plans: headings, dates, ids, breakdown, owners, links, bad cells."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel.errors import FileError, PlanError
from graphmodel.spans import parse_span
from loaders.item_columns import COLUMNS
from loaders.item_tables import explain_no_items, find_items, read_item_tables
from loaders.sheets import read_sheets
from tests.loaders.sheet_files import codes, items, load_items, load_text, parents, write_csv

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "ID,Action,Due date,Owner\n"


def test_a_row_becomes_an_item_with_its_facts_and_source(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Recovery plan,,,\n"
        "Ref,Action,Start date,Target date,Due date,Lead officer,Status,% complete,RAG,Priority\n"
        "H1,Mend the wall,01/04/2026,30/09/2026,31/10/2026,Head of Works,In progress,40%,A,High\n",
    )
    (item,) = loaded.plan.items
    assert (item.id, item.kind, item.title) == ("H1", "action", "Mend the wall")
    assert (item.planned.start, item.planned.finish) == (date(2026, 4, 1), date(2026, 9, 30))
    assert (item.due, item.planned.precision) == (date(2026, 10, 31), "day")
    assert (item.status, item.percent, item.rag) == ("in_progress", 40.0, "amber")
    assert item.model_extra == {"x_priority": "High"}
    assert item.source is not None
    assert (item.source.line, item.source.quote) == (3, "Mend the wall")
    (officer,) = loaded.plan.officers
    assert (officer.title, officer.kind) == ("Head of Works", "office")
    (assignment,) = loaded.plan.assignments
    assert (assignment.officer, assignment.item, assignment.role) == (
        *(officer.id, "H1", "responsible"),
    )
    assert loaded.plan.title == "Recovery plan"
    assert loaded.plan.sources[0].file == "plan.csv"
    assert not loaded.problems


@pytest.mark.parametrize(
    ("cell", "finish", "precision"),
    [
        ("30/09/2026", date(2026, 9, 30), "day"),
        ("3/9/26", date(2026, 9, 3), "day"),
        ("2026-09-30", date(2026, 9, 30), "day"),
        ("30 Sept 2026 17:00", datetime(2026, 9, 30, 17, 0), "day"),
        ("30/Sep/26 12:00 AM", date(2026, 9, 30), "day"),
        ("Wed 30/09/26 08:00", datetime(2026, 9, 30, 8, 0), "day"),
        ("Sep-26", date(2026, 9, 30), "month"),
        ("Q2 26/27", date(2026, 9, 30), "quarter"),
        ("end Sept 2026", date(2026, 9, 30), "month"),
        ("by the end of March 2027", date(2027, 3, 31), "month"),
        ("\N{RIGHT-TO-LEFT MARK}30/09/2026\N{LEFT-TO-RIGHT MARK}", date(2026, 9, 30), "day"),
        ("Sept \N{RIGHT SINGLE QUOTATION MARK}26", date(2026, 9, 30), "month"),
        ("TBC", None, "none"),
        ("Ongoing", None, "ongoing"),
    ],
)
def test_dates(tmp_path: Path, cell: str, finish: date | None, precision: str) -> None:
    loaded = load_text(tmp_path, f"ID,Action,Target date,Owner\nA1,Do it,{cell},Head of Works\n")
    planned = loaded.plan.items[0].planned
    assert (planned.finish, planned.precision) == (finish, precision)
    assert not loaded.problems


def test_a_due_date_alone_is_the_plan_too(tmp_path: Path) -> None:
    item = load_text(tmp_path, HEAD + "A1,Do it,Sep-26,Head of Works\n").plan.items[0]
    assert (item.due, item.planned.finish) == (date(2026, 9, 30), date(2026, 9, 30))
    assert item.planned.text == "Sep-26"


def test_months_first_only_where_nothing_else_is_possible(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Start,Finish,Owner\nA1,x,10/05/2026,10/30/2026,me\nA2,y,01/02/2026,11/05/2026,me\n",
    )
    plan = items(loaded)
    assert (plan["A1"].planned.start, plan["A1"].planned.finish) == (
        *(date(2026, 10, 5), date(2026, 10, 30)),
    )
    assert plan["A2"].planned.finish == date(2026, 11, 5)
    assert codes(loaded) == ["date-month-first"]
    mixed = load_text(
        tmp_path,
        "ID,Action,Start,Finish,Owner\nA1,x,25/05/2026,10/30/2026,me\n",
    )
    assert items(mixed)["A1"].planned.start == date(2026, 5, 25)
    assert codes(mixed) == ["date-impossible"]


def test_unreadable_cells_are_told_and_the_row_is_loaded(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Finish,Owner,% complete,RAG\n"
        "A1,Do it,31/02/2026,Head of Works,110%,Rd\n"
        "A2,Do more,#REF!,#N/A,50%,G\n",
    )
    plan = items(loaded)
    assert plan["A1"].planned.finish is None
    assert (plan["A1"].percent, plan["A1"].rag) == (None, None)
    assert (plan["A2"].percent, plan["A2"].rag, plan["A2"].status) == (50.0, "green", "in_progress")
    told = {problem.code: str(problem) for problem in loaded.problems}
    assert told["date-impossible"] == (
        '"31/02/2026" is not a day of the calendar. (plan.csv, line 2)'
    )
    assert [str(one.source) for one in loaded.problems if one.code == "formula-error"] == [
        *("plan.csv, line 3", "plan.csv, line 3"),
    ]
    assert [one.message for one in loaded.problems if one.code == "unreadable-cell"] == [
        '"110%" is not between 0 and 100 %; the cell is not used.',
        '"Rd" is not a RAG: write red, amber or green; the cell is not used.',
    ]
    assert [one.item for one in loaded.plan.assignments] == ["A1"]


def test_equal_faults_of_a_column_are_told_once(tmp_path: Path) -> None:
    rows = "".join(f"A{n},Do it,soon,me\n" for n in range(8))
    loaded = load_text(tmp_path, "ID,Action,Finish,Owner\n" + rows)
    (problem,) = loaded.problems
    assert problem.message == (
        '"soon" is not a date in any known wording (8 lines: 2, 3, 4, 5, 6, …).'
    )
    assert str(problem.source) == "plan.csv, line 2"


def test_of_two_equal_ids_both_are_kept(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, HEAD + "7,One,Sep-26,me\n7,Two,Oct-26,me\n7,Three,Nov-26,me\n")
    assert {item.id: item.title for item in loaded.plan.items} == {
        "7": "One",
        "7~2": "Two",
        "7~3": "Three",
    }
    assert codes(loaded) == ["id-twice", "id-twice"]
    assert loaded.problems[0].items == ("7", "7~2")


def test_rows_without_ids_are_named_by_their_titles(tmp_path: Path) -> None:
    head, wall, staff = "Action,Date,Owner\n", "Mend the wall,Sep-26,me\n", "Hire staff,Oct-26,me\n"
    loaded = load_text(tmp_path, head + wall + staff + wall)
    assert [item.id for item in loaded.plan.items] == [
        *("mend-the-wall", "hire-staff", "mend-the-wall-2"),
    ]
    later = load_text(tmp_path, head + wall + "Ask the board,Aug-26,me\n" + staff + wall)
    assert {item.id for item in later.plan.items} == {
        *("mend-the-wall", "ask-the-board", "hire-staff", "mend-the-wall-2"),
    }


def test_columns_of_theme_objective_action_and_milestone(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Theme,Objective,Action,Milestone,Date,Owner\n"
        "Housing,SI1 Better homes,Repairs,Plan agreed,30/09/2026,Head of Housing\n"
        ",,,Plan done,Dec 2026,Head of Housing\n"
        ",,Damp,,Mar 2027,Head of Housing\n"
        "Care,,Review,First draft,Sep-26,Director of Care\n",
    )
    assert parents(loaded) == {
        "housing": None,
        "SI1": "housing",
        "SI1.1": "SI1",
        "SI1.1.1": "SI1.1",
        "SI1.1.2": "SI1.1",
        "SI1.2": "SI1",
        "care": None,
        "review": "care",
        "first-draft": "review",
    }
    kinds = {item.id: item.kind for item in loaded.plan.items}
    assert (kinds["housing"], kinds["SI1"], kinds["SI1.1"], kinds["SI1.1.1"], kinds["SI1.2"]) == (
        *("theme", "objective", "action", "milestone", "action"),
    )
    assert items(loaded)["SI1"].title == "Better homes"


def test_one_id_for_all_milestones_of_an_action_is_the_actions(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Ref,Action,Milestone,Date,Owner\n"
        "A1,Repairs,Plan agreed,Sep-26,me\n"
        "A1,Repairs,Plan done,Oct-26,me\n"
        "A2,Damp,Survey,Nov-26,me\n",
    )
    assert parents(loaded) == {
        "A1": None,
        "A1.1": "A1",
        "A1.2": "A1",
        "A2": None,
        "A2.1": "A2",
    }
    assert not loaded.problems


def test_ids_of_the_upper_columns(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Action ID,Action,Milestone ID,Milestone,Date,Owner\nR1,Repairs,M7,Plan agreed,Sep-26,me\n",
    )
    assert parents(loaded) == {"R1": None, "M7": "R1"}


def test_headings_that_stand_alone_are_what_rows_are_part_of(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Ref,Action,Date,Owner\n"
        "Better homes,,,\nA1,Repairs,Sep-26,me\nA2,Damp,Oct-26,me\n"
        "3 Better care,,,\nA3,Review,Nov-26,me\nNotes and queries,,,\n",
    )
    assert parents(loaded) == {
        "better-homes": None,
        "A1": "better-homes",
        "A2": "better-homes",
        "3-better-care": None,
        "A3": "3-better-care",
    }
    assert codes(loaded) == ["not-placed"]


def test_an_outline_level(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Name,Outline Level,Start,Finish,Owner\n"
        "1,Programme,1,,,\n2,Phase,2,,,\n3,Dig,3,1/4/26,2/4/26,me\n4,Fill,3,3/4/26,4/4/26,me\n"
        "5,Close,2,5/4/26,5/4/26,me\n",
    )
    assert parents(loaded) == {"1": None, "2": "1", "3": "2", "4": "2", "5": "1"}
    assert [item.kind for item in loaded.plan.items] == [
        *("theme", "objective", "activity", "activity", "activity"),
    ]


def test_wbs_codes(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "WBS,Task name,Finish,Owner\n1,Programme,,\n1.1,Dig,Sep-26,me\n1.2.1,Fill,Oct-26,me\n",
    )
    assert parents(loaded) == {"1": None, "1.1": "1", "1.2.1": "1"}


def test_a_parent_column_takes_ids_numbers_and_titles(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Parent,Date,Owner\n"
        "A1,Repairs,,Sep-26,me\nA2,Survey,A1,Sep-26,me\nA3,Plan,#A1: Repairs,Sep-26,me\n"
        "A4,Board,repairs,Sep-26,me\nA5,Lost,A9,Sep-26,me\n",
    )
    assert parents(loaded) == {"A1": None, "A2": "A1", "A3": "A1", "A4": "A1", "A5": None}
    assert codes(loaded) == ["unknown-parent"]


def test_parents_in_a_circle_lose_one_step(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path, "ID,Action,Parent,Date,Owner\nA,One,B,Sep-26,me\nB,Two,A,Sep-26,me\n"
    )
    assert parents(loaded) == {"A": None, "B": "A"}
    assert codes(loaded) == ["parent-circle"]


def test_ids_that_begin_with_anothers(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        HEAD + "SI1.1,Homes,Sep-26,me\nSI1.1.3,Repairs,Sep-26,me\nSI1.1.3.7,Survey,Sep-26,me\n"
        "SI1.10,Care,Sep-26,me\n",
    )
    assert parents(loaded) == {
        "SI1.1": None,
        "SI1.1.3": "SI1.1",
        "SI1.1.3.7": "SI1.1.3",
        "SI1.10": None,
    }


def test_predecessors_and_successors(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Finish,Owner,Predecessors,Successors\n"
        "1,One,Sep-26,me,,2\n2,Two,Oct-26,me,1,\n3,Three,Nov-26,me,1FS+5d; 2SS-2 wd; 9,\n"
        "4,Four,Nov-26,me,4,\n",
    )
    assert [(link.from_, link.to, link.type, str(link.lag)) for link in loaded.plan.links] == [
        ("1", "2", "FS", "0d"),
        ("1", "3", "FS", "5d"),
        ("2", "3", "SS", "-2wd"),
    ]
    evidence = loaded.plan.links[1].evidence[0]
    assert (evidence.side, evidence.source.line, evidence.source.quote) == (
        *("to", 4, "1FS+5d; 2SS-2 wd; 9"),
    )
    assert codes(loaded) == ["unknown-item", "self-link"]


def test_rows_without_ids_are_referred_to_by_number(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path, "Action,Finish,Owner,Depends on\nOne,Sep-26,me,\nTwo,Oct-26,me,1SS\n"
    )
    assert [(link.from_, link.to, link.type) for link in loaded.plan.links] == [
        ("one", "two", "SS")
    ]


def test_several_owners_and_spellings_of_one_office(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Finish,Owner,SRO\n"
        "1,One,Sep-26,Head of Housing; Ann Lee,Director of Place\n"
        '2,Two,Sep-26,"head of housing\nTBC",\n'
        "3,Three,Sep-26,Head of Housing,\n",
    )
    assert {officer.title: officer.also for officer in loaded.plan.officers} == {
        "Head of Housing": ("head of housing",),
        "Ann Lee": (),
        "Director of Place": (),
    }
    roles = {(one.item, one.officer, one.role) for one in loaded.plan.assignments}
    assert roles == {
        ("1", "head-of-housing", "responsible"),
        ("1", "ann-lee", "responsible"),
        ("1", "director-of-place", "accountable"),
        ("2", "head-of-housing", "responsible"),
        ("3", "head-of-housing", "responsible"),
    }


def test_durations_and_planned_dates(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Start,Finish,Duration,Owner\n"
        "1,Both,1/4/2026,30/4/2026,20 working days,me\n2,Length,,,6w,me\n3,Begun,1/4/2026,,6w,me\n"
        "4,Instant,30/4/2026,30/4/2026,0 days,me\n5,Odd,1/4/2026,2/4/2026,long,me\n"
        "6,Lead,1/4/2026,2/4/2026,-3d,me\n",
    )
    plan = items(loaded)
    assert (plan["1"].mode, plan["1"].duration) == ("planned", parse_span("20wd"))
    assert (plan["2"].mode, plan["2"].duration) == ("logic", parse_span("6w"))
    assert [(one.type, one.date) for one in plan["3"].constraints] == [("SNET", date(2026, 4, 1))]
    assert (plan["4"].planned.start, plan["4"].planned.finish) == (None, date(2026, 4, 30))
    assert (plan["5"].duration, plan["6"].duration) == (None, None)
    assert codes(loaded) == ["unreadable-cell", "unreadable-cell"]


@pytest.mark.parametrize(
    ("heading", "cell", "duration"),
    [
        ("Duration (days)", "10", "10d"),
        ("Duration in weeks", "1.5", "1.5w"),
        ("Months", "3", "3m"),
        ("Days", "2 wd", "2wd"),
    ],
)
def test_durations_whose_unit_is_in_the_heading(
    tmp_path: Path, heading: str, cell: str, duration: str
) -> None:
    loaded = load_text(tmp_path, f"ID,Action,Start,{heading},Owner\n1,x,1/4/2026,{cell},me\n")
    assert loaded.plan.items[0].duration == parse_span(duration)


def test_other_dates(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Finish,Deadline,Baseline start,Baseline finish,Forecast,Actual start,"
        "Constraint type,Constraint date,Owner\n"
        "1,x,30/9/2026,31/10/2026,1/4/2026,Aug 2026,Nov 2026,2/4/2026,SNET,1/4/2026,me\n"
        "2,y,30/9/2026,,,,,,Must finish on,,me\n",
    )
    first = items(loaded)["1"]
    assert [one.date for one in first.deadlines] == [date(2026, 10, 31)]
    assert (first.due, first.forecast) == (None, date(2026, 11, 30))
    assert [(one.start, one.finish) for one in first.baselines] == [
        (date(2026, 4, 1), date(2026, 8, 31))
    ]
    assert (first.actual_start, first.status) == (date(2026, 4, 2), "in_progress")
    assert [(one.type, one.date) for one in first.constraints] == [("SNET", date(2026, 4, 1))]
    assert codes(loaded) == ["constraint-without-date"]


def test_a_deadline_alone_is_a_due_date(tmp_path: Path) -> None:
    item = load_text(tmp_path, "Action,Deadline,Owner\nDo it,30/9/2026,me\n").plan.items[0]
    assert (item.due, item.planned.finish, item.deadlines) == (
        *(date(2026, 9, 30), date(2026, 9, 30), ()),
    )


def test_a_start_after_the_finish_is_told(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Action,Start,Finish,Owner\nDo it,1/10/2026,30/9/2026,me\nOne day,1/10/2026,1/10/2026,me\n",
    )
    first, second = loaded.plan.items
    assert (first.planned.start, first.planned.finish) == (None, date(2026, 9, 30))
    assert second.planned.start == date(2026, 10, 1)
    assert codes(loaded) == ["range-reversed"]


def test_a_row_that_contradicts_itself(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Finish,Owner,Status,% complete,Actual start,Actual finish\n"
        "1,x,Sep-26,me,Not started,50%,,\n2,y,Sep-26,me,,,5/10/2026,1/10/2026\n"
        "3,z,Sep-26,me,Complete,,,\n",
    )
    plan = items(loaded)
    assert (plan["1"].status, plan["1"].percent) == ("not_started", None)
    assert (plan["2"].actual_start, plan["2"].actual_finish) == (None, None)
    assert plan["3"].status == "complete"
    assert codes(loaded) == ["contradiction", "finished-before-started"]


def test_percentages_written_as_fractions(tmp_path: Path) -> None:
    text = (
        "ID,Action,Finish,Owner,% complete\n1,x,Sep-26,me,0.25\n2,y,Sep-26,me,1\n3,z,Sep-26,me,0\n"
    )
    assert [item.percent for item in load_text(tmp_path, text).plan.items] == [25.0, 100.0, 0.0]
    whole = text.replace("0.25", "25")
    assert [item.percent for item in load_text(tmp_path, whole).plan.items] == [25.0, 1.0, 0.0]


def test_a_status_that_says_not_whether_work_has_begun_is_kept(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, "ID,Action,Finish,Owner,Status\n1,x,Sep-26,me,Overdue\n")
    assert loaded.plan.items[0].model_extra == {"x_status": "overdue"}
    assert loaded.plan.items[0].status == "not_started"
    assert codes(loaded) == ["status-without-stage"]


def test_complete_in_a_column_of_dates(tmp_path: Path) -> None:
    item = load_text(tmp_path, "ID,Action,Date,Owner\n1,x,Completed Mar 2026,me\n").plan.items[0]
    assert (item.status, item.planned.finish) == ("complete", date(2026, 3, 31))


def test_columns_not_known_are_kept_and_told(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Finish,Owner,Ward,Cabinet's view,Ward\n1,x,Sep-26,me,North,fine,South\n",
    )
    assert loaded.plan.items[0].model_extra == {
        "x_ward": "North",
        "x_cabinets_view": "fine",
        "x_ward_2": "South",
    }
    (problem,) = loaded.problems
    assert (problem.code, problem.severity) == ("column-not-known", "info")
    assert '"Ward", "Cabinet\'s view", "Ward"' in problem.message


def test_a_description_beside_actions_is_no_title(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, "Action,Description,Date,Owner\nMend,All of it,Sep-26,me\n")
    (item,) = loaded.plan.items
    assert (item.title, item.model_extra) == ("Mend", {"x_description": "All of it"})


def test_a_milestone_column_of_yes_and_no_is_a_mark(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path, "ID,Task,Milestone,Date,Owner\n1,Dig,No,Sep-26,me\n2,Open,Yes,Oct-26,me\n"
    )
    assert [item.kind for item in loaded.plan.items] == ["activity", "milestone"]


def test_headings_over_two_rows(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Plan of works,,,,,,\nID,Action,Baseline,,Planned,,Owner\n,,Start,Finish,Start,Finish,\n"
        "1,Dig,1/4/2026,2/4/2026,3/4/2026,4/4/2026,me\n",
    )
    (item,) = loaded.plan.items
    assert (item.planned.start, item.planned.finish) == (date(2026, 4, 3), date(2026, 4, 4))
    assert [(one.start, one.finish) for one in item.baselines] == [
        (date(2026, 4, 1), date(2026, 4, 2))
    ]
    assert loaded.plan.title == "Plan of works"


def test_a_start_under_another_heading_is_no_planned_start(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Forecast,,Planned,Owner\n,,Start,Finish,Finish,\n1,Dig,1/4/2026,2/4/2026,3/4/2026,me\n",
    )
    (item,) = loaded.plan.items
    assert (item.planned.start, item.planned.finish) == (None, date(2026, 4, 3))
    assert (item.forecast, item.model_extra) == (
        *(date(2026, 4, 2), {"x_forecast_start": "1/4/2026"}),
    )


def test_a_mapping_goes_before_what_is_declared(tmp_path: Path) -> None:
    text = "No.,What we will do,Who leads,Needed by,Cost code\n1,Dig,Head of Works,Sep-26,7\n"
    path = write_csv(tmp_path, text)
    assert read_item_tables(path, read_sheets(path)) is None
    loaded = load_items(
        path,
        {
            "What we will do": "action",
            "who leads": "responsible",
            "Needed by": "due",
            "Cost code": "x_code",
            "Colour": "rag",
        },
    )
    (item,) = loaded.plan.items
    assert (item.id, item.title, item.due) == ("1", "Dig", date(2026, 9, 30))
    assert item.model_extra == {"x_code": "7"}
    assert [one.officer for one in loaded.plan.assignments] == ["head-of-works"]
    assert codes(loaded) == ["map-unused"]


def test_a_mapping_to_no_field_is_an_error(tmp_path: Path) -> None:
    path = write_csv(tmp_path, HEAD)
    with pytest.raises(PlanError, match='The column "X" is to be the field "colour"'):
        read_item_tables(path, read_sheets(path), mapping={"X": "colour"})


def test_a_sheet_without_a_header_is_no_sheet_of_items(tmp_path: Path) -> None:
    path = write_csv(tmp_path, "1,Dig,Sep-26,me\n2,Fill,Oct-26,me\n")
    sheets = read_sheets(path)
    assert read_item_tables(path, sheets) is None
    sentence = explain_no_items(path, sheets)
    assert sentence.startswith('"plan.csv" has no header row with a column of actions')
    assert '"Dig"' in sentence
    assert "--map" in sentence
    assert explain_no_items(path, []) == '"plan.csv" has no rows to read.'


def test_a_register_of_links_is_no_sheet_of_items(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path, "from,to,type,lag,reason,status,decided on\na,b,FS,2w,x,yes,1/4/2026\n"
    )
    assert not find_items(read_sheets(path))


def test_rows_without_a_title(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, HEAD + "A1,,Sep-26,me\n,,Oct-26,me\nID,Action,Due date,Owner\n")
    assert [(item.id, item.title) for item in loaded.plan.items] == [("A1", "A1")]
    assert codes(loaded) == ["title-missing", "not-placed"]


def test_a_sheet_without_owners_is_told(tmp_path: Path) -> None:
    assert codes(load_text(tmp_path, "ID,Action,Date\n1,Dig,Sep-26\n")) == ["no-owner-column"]


def test_lines_of_two_encodings(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    rows = ["ID,Action,Date,Owner", "1,Café,Sep-26,me", "2,Crèche – new,Sep-26,me"]  # noqa: RUF001
    path.write_bytes(
        "\n".join(rows[:2]).encode("utf-8") + b"\n" + rows[2].encode("windows-1252") + b"\n"
    )
    loaded = load_items(path)
    assert [item.title for item in loaded.plan.items] == ["Café", "Crèche – new"]  # noqa: RUF001
    assert codes(loaded) == ["encoding"]


def test_every_declared_heading_is_found(tmp_path: Path) -> None:
    """No heading of the table is shadowed by another column's."""
    for column in COLUMNS:
        for heading in column.headings:
            other = "Forecast date" if column.field != "forecast" else "Due date"
            title = "Milestone" if column.field != "milestone" else "Action"
            path = write_csv(tmp_path, f"{title}|{other}|{heading}\nx|Sep-26|y\n")
            (table,) = find_items(read_sheets(path))
            assert column.field in table.fields, heading


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='"\r\n,'), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), min_size=1, max_size=8))
def test_no_cell_breaks_a_sheet(tmp_path: Path, rows: list[list[str]]) -> None:
    head = "ID,Action,Parent,Start,Finish,Owner,Status,Predecessors,Duration"
    body = "\n".join(",".join(row) for row in rows)
    path = write_csv(tmp_path, f"{head}\n1,Dig,,,Sep-26,me,,,\n{body}\n")
    try:
        loaded = read_item_tables(path, read_sheets(path))
    except FileError:
        return  # a NUL, which no text has
    assert loaded is not None
    assert all(problem.message.endswith(".") for problem in loaded.problems)
    ids = [item.id for item in loaded.plan.items]
    assert len(ids) == len(set(ids)) >= 1


def test_ids_before_titles_are_ids_where_nearly_all_titles_have_one(tmp_path: Path) -> None:
    numbered = load_text(
        tmp_path, "Action,Date,Owner\n1.1 Dig,Sep-26,me\n1.2 Fill,Sep-26,me\n1.2.1 Mow,Sep-26,me\n"
    )
    assert parents(numbered) == {"1.1": None, "1.2": None, "1.2.1": "1.2"}
    assert items(numbered)["1.1"].title == "Dig"
    named = load_text(tmp_path, "Action,Date,Owner\nA40 bridge,Sep-26,me\nDig,Sep-26,me\n")
    assert {item.id: item.title for item in named.plan.items} == {
        "a40-bridge": "A40 bridge",
        "dig": "Dig",
    }


def test_columns_without_a_heading_are_told(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path, "ID,Action,,Date,Owner\n1,Dig,why,Sep-26,me,lost\n2,Fill,,Sep-26,me\n"
    )
    assert codes(loaded) == ["column-without-heading", "column-without-heading"]


def test_sections_of_sections_by_their_ids(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Ref,Action,Date,Owner\n"
        "SI1 Homes,,,\nSI1.1 Repairs,,,\nSI1.1.1,Dig,Sep-26,me\nSI1.2 Damp,,,\n"
        "SI1.2.1,Fill,Sep-26,me\nSI2 Care,,,\nSI2.1,Visit,Sep-26,me\n",
    )
    assert parents(loaded) == {
        "SI1": None,
        "SI1.1": "SI1",
        "SI1.1.1": "SI1.1",
        "SI1.2": "SI1",
        "SI1.2.1": "SI1.2",
        "SI2": None,
        "SI2.1": "SI2",
    }


def test_an_action_in_a_row_of_its_own_before_its_milestones(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Ref,Action,Milestone,Date,Owner\n"
        "A1,Repairs,,Dec-26,Head of Works\nA2,,Survey,Sep-26,me\nA3,,Plan,Oct-26,me\n"
        "A4,Repairs,,Nov-26,me\n",
    )
    assert parents(loaded) == {"A1": None, "A2": "A1", "A3": "A1", "A4": None}
    assert items(loaded)["A1"].planned.finish == date(2026, 12, 31)


def test_an_action_named_before_its_own_row(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Action,Milestone,Date,Owner\nRepairs,Survey,Sep-26,me\nRepairs,,Dec-26,me\n",
    )
    assert parents(loaded) == {"repairs": None, "survey": "repairs"}
    assert items(loaded)["repairs"].planned.finish == date(2026, 12, 31)


def test_an_id_for_two_actions_is_each_rows_own(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "Ref,Action,Milestone,Date,Owner\nM1,Dig,Survey,Sep-26,me\nM1,Fill,Plan,Sep-26,me\n",
    )
    assert parents(loaded) == {"dig": None, "M1": "dig", "fill": None, "M1~2": "fill"}


def test_remaining_and_plain_facts(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Finish,Owner,Remaining,Grade,Directorate,Tags\n"
        '1,x,Sep-26,me,3w,major,Place,"wall, works"\n2,y,Sep-26,me,a while,,,\n',
    )
    first = items(loaded)["1"]
    assert first.remaining == parse_span("3w")
    assert (first.grade, first.division, first.tags) == ("major", "Place", ("wall", "works"))
    assert codes(loaded) == ["unreadable-cell"]


def test_a_range_in_a_column_of_starts(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path, "ID,Action,Start,Owner\n1,x,Oct 2026 - Dec 2026,me\n2,y,Oct 2026,me\n3,z,TBC,me\n"
    )
    first, second, third = (item.planned for item in loaded.plan.items)
    assert (first.start, first.finish) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (second.start, second.finish, second.precision) == (date(2026, 10, 1), None, "from")
    assert (third.start, third.finish) == (None, None)


def test_links_that_cannot_be(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,Action,Parent,Finish,Owner,Depends on\n"
        "1,x,,Sep-26,me,\n2,y,1,Sep-26,me,1\n3,z,,Sep-26,me,see the other plan\n",
    )
    assert not loaded.plan.links
    assert codes(loaded) == ["ancestor-link", "unreadable-cell"]


def test_a_code_stands_for_its_item(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path,
        "ID,WBS,Action,Parent,Finish,Owner,Depends on\n"
        "1,2.1,x,none,Sep-26,me,\n2,2.2,y,2.2,Sep-26,me,2.1\n",
    )
    assert [(link.from_, link.to) for link in loaded.plan.links] == [("1", "2")]
    assert codes(loaded) == ["unknown-parent"]
    assert "is to be part of itself" in loaded.problems[0].message


def test_many_equal_titles_are_no_trap(tmp_path: Path) -> None:
    """Ids of equal titles are numbered in one pass; in two it would take hours."""
    rows = "Review,Sep-26,me\n" * 20_000
    loaded = load_text(tmp_path, "Action,Date,Owner\n" + rows)
    assert loaded.plan.items[-1].id == "review-20000"
