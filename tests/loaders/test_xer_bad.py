"""XER files that are damaged, contradict themselves or are no XER files at all."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel.errors import FileError
from graphmodel.planfile import read_plan, write_plan
from loaders.schedules.xer import list_xer_projects, read_xer
from tests.laws import examples
from tests.loaders.xer_text import (
    activity,
    codes,
    link,
    load,
    lookup,
    project,
    run,
    write_xer,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.loaders.xer_text import Tables

ROOM_FOR_FILES = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60)
)


def chain() -> Tables:
    """Return a project of three activities in a row."""
    return project(
        activity("A", 8),
        activity("B", 8),
        activity("C", 8),
        links=[link("A", "B"), link("B", "C")],
    )


def told(tables: Tables, folder: Path) -> list[tuple[str, int | None]]:
    """Return code and line of each problem."""
    found = load(folder, tables).problems
    return [(one.code, one.source.line if one.source else None) for one in found]


def test_the_project_itself_is_sound(tmp_path: Path) -> None:
    assert told(chain(), tmp_path) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not a text file"),
        (b"%PDF-1.7\nwords\n", "holds no table"),
        (b"ERMHDR\t20.12\n%E\n", "holds no table"),
        (b"ERMHDR\t20.12\n%T\tCURRTYPE\n%F\tcurr_id\n%R\t1\n%E\n", "no project with activities"),
    ],
)
def test_no_plan_can_be_made(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.xer"
    path.write_bytes(content)
    with pytest.raises(FileError, match=words):
        read_xer(path)


def test_missing_file(tmp_path: Path) -> None:
    for read in (read_xer, list_xer_projects):
        with pytest.raises(FileError, match="There is no file"):
            read(tmp_path / "none.xer")


def test_cut_short(tmp_path: Path) -> None:
    """What stands before the cut is read; the row it goes through is short."""
    path = tmp_path / "a.xer"
    text = write_xer(chain())
    path.write_text(text[: text.index("Activity C") + 4], encoding="utf-8")
    loaded = read_xer(path)
    assert codes(loaded) == ["file-cut-short", "row-too-short", "table-missing"]
    assert [item.id for item in loaded.plan.items][-3:] == ["A", "B", "C"]
    assert lookup(loaded.plan, "C").title == "Acti"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("PROJECT", {"table-missing", "project-missing", "calendar-missing", "start-missing"}),
        ("CALENDAR", {"table-missing", "calendar-missing"}),
        ("PROJWBS", {"table-missing", "parent-missing"}),
        ("TASKPRED", {"table-missing"}),
    ],
)
def test_missing_table(tmp_path: Path, table: str, expected: set[str]) -> None:
    tables = chain()
    for row in tables["TASK"]:
        row["target_start_date"] = "2026-01-05 08:00"
    del tables[table]
    loaded = load(tmp_path, tables)
    assert set(codes(loaded)) == expected
    assert run(loaded.plan)["A"].finish == datetime(2026, 1, 5, 16 if table != "CALENDAR" else 17)


@pytest.mark.parametrize("field", ["proj_id", "task_code", "task_id", "wbs_id", "clndr_id"])
def test_missing_field(tmp_path: Path, field: str) -> None:
    tables = chain()
    for row in tables["TASK"]:
        del row[field]
    loaded = load(tmp_path, tables)
    assert "field-missing" in codes(loaded)
    leaves = [item for item in loaded.plan.items if item.kind == "activity"]
    assert [item.title for item in leaves] == ["Activity A", "Activity B", "Activity C"]
    if field == "task_id":
        assert codes(loaded).count("link-not-placed") == 2


def test_rows_that_name_nothing(tmp_path: Path) -> None:
    tables = chain()
    tables["TASK"][0] |= {"wbs_id": "999", "clndr_id": "888"}
    tables["TASK"][1] |= {"clndr_id": "888"}
    tables["TASKPRED"] += [link("X", "A"), link("A", "Y")]
    tables["TASKRSRC"] = [
        {"task_id": "a", "proj_id": "1", "rsrc_id": "5"},
        {"task_id": "zz", "proj_id": "1", "rsrc_id": "6"},
    ]
    tables["RSRC"] = [{"rsrc_id": "6", "rsrc_name": "Mate", "rsrc_type": "RT_Labor"}]
    assert told(tables, tmp_path) == [
        ("parent-missing", 14),
        ("calendar-missing", 14),
        ("link-not-placed", 21),
        ("link-not-placed", 22),
        ("assignment-not-placed", 25),
        ("assignment-not-placed", 26),
    ]


def test_ids_given_twice(tmp_path: Path) -> None:
    tables = chain()
    tables["TASK"][1]["task_code"] = tables["TASK"][2]["task_code"] = "A"
    loaded = load(tmp_path, tables)
    assert [item.id for item in loaded.plan.items][-3:] == ["A", "A~2", "A~3"]
    assert codes(loaded) == ["id-twice", "id-twice"]
    assert [(one.from_, one.to) for one in loaded.plan.links] == [("A", "A~2"), ("A~2", "A~3")]


def test_links_that_cannot_be(tmp_path: Path) -> None:
    """To itself, to the branch it is part of, and a lag of a thousand years."""
    tables = chain()
    tables["TASK"].append(activity("W", 0, task_type="TT_WBS"))
    tables["TASKPRED"] += [link("A", "A"), link("A", "W"), link("A", "C", lag=9_000_000)]
    loaded = load(tmp_path, tables)
    assert codes(loaded) == ["link-not-placed", "link-not-placed", "length-impossible"]
    assert [(one.from_, one.to) for one in loaded.plan.links][2:] == [("A", "C")]
    run(loaded.plan)


def test_branches_in_a_circle(tmp_path: Path) -> None:
    tables = chain()
    tables["PROJWBS"][1]["parent_wbs_id"] = "102"
    row = {"wbs_id": "102", "proj_id": "1", "parent_wbs_id": "101", "wbs_short_name": "P"}
    own = {"wbs_id": "103", "proj_id": "1", "parent_wbs_id": "103", "wbs_short_name": "S"}
    tables["PROJWBS"] += [row | {"wbs_name": "Piers"}, own | {"wbs_name": "Sheds"}]
    loaded = load(tmp_path, tables)
    assert codes(loaded) == ["parent-circle", "parent-circle"]
    assert sum(item.parent is None for item in loaded.plan.items) == 2
    assert run(loaded.plan)["C"].finish == datetime(2026, 1, 7, 16)


def test_cells_that_cannot_be_read(tmp_path: Path) -> None:
    tables = project(
        activity("A", 8, cstr_type="CS_WHEN", cstr_date="2026-02-31 08:00"),
        activity("B", 8, target_drtn_hr_cnt="many", remain_drtn_hr_cnt="inf"),
        activity(
            "C", 8, target_end_date="2026-02-31 08:00", task_type="TT_Odd", status_code="TK_Odd"
        ),
        activity("D", -8),
        activity("E", 8, status_code="TK_Active", complete_pct_type="CP_Phys"),
        activity("F", 9e9),
        activity("G", 8, cstr_type="CS_MSOA", cstr_date="1066-10-14 08:00"),
    )
    tables["TASK"][4]["phys_complete_pct"] = "140"
    found = told(tables, tmp_path)
    assert found == [
        ("cell-not-read", 14),
        ("cell-not-read", 15),
        ("cell-not-read", 15),
        ("cell-not-read", 16),
        ("cell-not-read", 16),
        ("cell-not-read", 16),
        ("length-impossible", 17),
        ("percent-impossible", 18),
        ("length-impossible", 19),
        ("date-out-of-range", 20),
    ]
    run(load(tmp_path, tables).plan)


def test_calendars_that_cannot_be(tmp_path: Path) -> None:
    tables = chain()
    tables["CALENDAR"][0] |= {"clndr_data": "rubbish", "base_clndr_id": "10", "day_hr_cnt": "99"}
    loaded = load(tmp_path, tables)
    assert codes(loaded) == ["calendar-damaged", "calendar-missing", "calendar-without-work"]
    (calendar,) = loaded.plan.calendars
    assert calendar.hours_per_day == 8
    assert run(loaded.plan)["A"].finish == datetime(2026, 1, 5, 17)


def test_ids_fit_for_a_plan(tmp_path: Path) -> None:
    """A colon sets a plan's id apart; blanks and control characters have no place in an id."""
    tables = project(
        activity("A:1", 8),
        activity("B  \x07 2", 8, task_id="b"),
        activity("C" * 300, 8, task_id="c"),
        activity("", 8, task_id="7"),
        activity(" ", 8, task_id=""),
    )
    plan = load(tmp_path, tables).plan
    assert [item.id for item in plan.items][1:] == ["A.1", "B 2", "C" * 180, "7", "row-6"]


def test_a_hundred_times_the_size(tmp_path: Path) -> None:
    """Everything twice over: ten thousand rows with one code do not take for ever."""
    tables = project(*(activity("A", 8, task_id=str(n)) for n in range(10_000)))
    loaded = load(tmp_path, tables)
    assert len({item.id for item in loaded.plan.items}) == 10_001
    assert lookup(loaded.plan, "A~10000").title == "Activity A"


def test_the_plan_of_a_damaged_file_is_a_plan(tmp_path: Path) -> None:
    tables = chain()
    tables["TASK"][0]["wbs_id"] = "999"
    plan = load(tmp_path, tables).plan
    path = tmp_path / "plan.json"
    write_plan(plan, path)
    assert read_plan(path) == plan


@ROOM_FOR_FILES
@given(st.data())
def test_no_damage_raises_more_than_one_sentence(tmp_path: Path, data: st.DataObject) -> None:
    """Cells, lines and stretches of a sound file are put out of order; it is read or refused."""
    text = write_xer(chain())
    for _ in range(data.draw(st.integers(1, 4))):
        begin = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 40))
        new = data.draw(st.text("\t\n%RTFE0123456789-:.|()abc é\x7f", max_size=12))
        text = text[:begin] + new + text[begin + length :]
    path = tmp_path / "a.xer"
    path.write_text(text, encoding="utf-8")
    with suppress(FileError):
        loaded = read_xer(path)
        assert loaded.plan.items
        assert all(problem.message.endswith(".") for problem in loaded.problems)
