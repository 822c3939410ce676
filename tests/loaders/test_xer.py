"""Primavera files of our own, read and scheduled: dates counted by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from graphmodel.errors import FileError
from loaders.schedules.xer import list_xer_projects
from tests.loaders.xer_text import (
    EIGHT_TO_FOUR,
    activity,
    clndr_data,
    codes,
    link,
    load,
    lookup,
    project,
    run,
)

if TYPE_CHECKING:
    from pathlib import Path

NIGHTS = {
    "clndr_id": "20",
    "clndr_name": "Seven days",
    "day_hr_cnt": "8",
    "week_hr_cnt": "56",
    "clndr_data": clndr_data(dict.fromkeys(range(1, 8), EIGHT_TO_FOUR)),
}


def extra(item: object, key: str) -> object:
    """Return an ``x_`` fact of an item."""
    return (getattr(item, "model_extra", None) or {}).get(key)


def test_a_chain_with_a_lag(tmp_path: Path) -> None:
    """A takes Mon and Tue; a lag of a day, so B runs Thu, Fri and Mon."""
    tables = project(activity("A", 16), activity("B", 24), links=[link("A", "B", lag=8)])
    loaded = load(tmp_path, tables)
    assert loaded.problems == ()
    rows = run(loaded.plan)
    assert (rows["A"].start, rows["A"].finish) == (
        datetime(2026, 1, 5, 8),
        datetime(2026, 1, 6, 16),
    )
    assert (rows["B"].start, rows["B"].finish) == (
        datetime(2026, 1, 8, 8),
        datetime(2026, 1, 12, 16),
    )
    assert rows["A"].total_float_days == 0


@pytest.mark.parametrize(
    ("kind", "lag", "start"),
    [
        ("FS", 0, datetime(2026, 1, 7, 8)),
        ("FS", -8, datetime(2026, 1, 6, 8)),
        ("SS", 8, datetime(2026, 1, 6, 8)),
        ("FF", 8, datetime(2026, 1, 7, 8)),
        ("SF", 16, datetime(2026, 1, 6, 8)),
    ],
)
def test_kinds_of_links(tmp_path: Path, kind: str, lag: float, start: datetime) -> None:
    """A lasts two days from Monday, B one."""
    tables = project(activity("A", 16), activity("B", 8), links=[link("A", "B", kind, lag)])
    assert run(load(tmp_path, tables).plan)["B"].start == start


@pytest.mark.parametrize(
    ("setting", "lag_calendar", "start"),
    [
        # A finishes on Friday. Eight hours on: Monday's, so Tuesday; Saturday's, so Monday;
        # midnight, so Monday.
        ("rcal_Predecessor", "predecessor", datetime(2026, 1, 13, 8)),
        ("rcal_ProjDefault", "project", datetime(2026, 1, 13, 8)),
        ("rcal_Successor", "successor", datetime(2026, 1, 11, 8)),
        ("rcal_24Hour", "elapsed", datetime(2026, 1, 10, 8)),
    ],
)
def test_calendar_of_lags(tmp_path: Path, setting: str, lag_calendar: str, start: datetime) -> None:
    tables = project(
        activity("A", 40), activity("B", 8, clndr_id="20"), links=[link("A", "B", lag=8)]
    )
    tables["CALENDAR"].append(NIGHTS)
    tables["SCHEDOPTIONS"] = [{"proj_id": "1", "sched_calendar_on_relationship_lag": setting}]
    plan = load(tmp_path, tables).plan
    assert plan.options.lag_calendar == lag_calendar
    assert run(plan)["B"].start == start


def test_holidays_and_half_days(tmp_path: Path) -> None:
    """Tuesday 6 January (day 46028) is off, on Wednesday only the morning is worked."""
    tables = project(activity("A", 16))
    week = dict.fromkeys(range(2, 7), EIGHT_TO_FOUR)
    days = {46028: (), 46029: (("08:00", "12:00"),)}
    tables["CALENDAR"][0]["clndr_data"] = clndr_data(week, days)
    assert run(load(tmp_path, tables).plan)["A"].finish == datetime(2026, 1, 8, 12)


@pytest.mark.parametrize(
    ("kind", "when", "expected"),
    [
        ("CS_MSOA", "2026-01-07 08:00", ("SNET", False)),
        ("CS_MSOB", "2026-01-07 08:00", ("SNLT", False)),
        ("CS_MEOA", "2026-01-09 16:00", ("FNET", False)),
        ("CS_MEOB", "2026-01-09 16:00", ("FNLT", False)),
        ("CS_MSO", "2026-01-07 08:00", ("MSO", False)),
        ("CS_MEO", "2026-01-09 16:00", ("MFO", False)),
        ("CS_MANDSTART", "2026-01-07 08:00", ("MSO", True)),
        ("CS_MANDFIN", "2026-01-09 16:00", ("MFO", True)),
        ("CS_ALAP", "", ("ALAP", False)),
    ],
)
def test_constraints(tmp_path: Path, kind: str, when: str, expected: tuple[str, bool]) -> None:
    plan = load(tmp_path, project(activity("A", 8, cstr_type=kind, cstr_date=when))).plan
    (one,) = lookup(plan, "A").constraints
    assert (one.type, one.hard) == expected
    assert one.date == (datetime.fromisoformat(when) if when else None)


def test_primary_and_secondary_constraint(tmp_path: Path) -> None:
    """To start on Wednesday at the earliest, to finish by Thursday: two days, so no float."""
    bounds = {
        "cstr_type": "CS_MSOA",
        "cstr_date": "2026-01-07 08:00",
        "cstr_type2": "CS_MEOB",
        "cstr_date2": "2026-01-08 16:00",
    }
    rows = run(load(tmp_path, project(activity("A", 16, **bounds), activity("B", 80))).plan)
    assert rows["A"].start == datetime(2026, 1, 7, 8)
    assert rows["A"].total_float_days == 0
    assert rows["B"].total_float_days == 0


def test_must_finish_by(tmp_path: Path) -> None:
    """The work ends on Monday; it must end on Tuesday, or the Friday before: a day, minus one."""
    for wanted, days in (("2026-01-13 16:00", 1), ("2026-01-09 16:00", -1)):
        tables = project(activity("A", 48), plan_end_date=wanted)
        plan = load(tmp_path, tables).plan
        assert plan.must_finish == datetime.fromisoformat(wanted)
        assert run(plan)["A"].total_float_days == days


def test_as_late_as_possible(tmp_path: Path) -> None:
    """A would be done on Monday; with no free float it is worked on Friday, before B."""
    tables = project(
        activity("A", 8, cstr_type="CS_ALAP"),
        activity("C", 40),
        activity("B", 8),
        links=[link("A", "B"), link("C", "B")],
    )
    assert run(load(tmp_path, tables).plan)["A"].start == datetime(2026, 1, 9, 8)


def test_progress(tmp_path: Path) -> None:
    """Of begun work eight hours remain from the data date, Thursday morning; C waits for it."""
    begun = {"status_code": "TK_Active", "act_start_date": "2026-01-05 08:00"}
    done = {
        "status_code": "TK_Complete",
        "act_start_date": "2026-01-05 08:00",
        "act_end_date": "2026-01-06 16:00",
        "remain_drtn_hr_cnt": "0",
    }
    tables = project(
        activity("A", 16, **begun, remain_drtn_hr_cnt="8"),
        activity("B", 16, **done),
        activity("C", 8),
        links=[link("A", "C"), link("B", "C")],
        last_recalc_date="2026-01-08 08:00",
    )
    plan = load(tmp_path, tables).plan
    assert plan.status_date == datetime(2026, 1, 8, 8)
    item = lookup(plan, "A")
    assert (item.status, item.percent, str(item.remaining)) == ("in_progress", 50, "480min")
    rows = run(plan)
    assert rows["A"].finish == datetime(2026, 1, 8, 16)
    assert (rows["B"].start, rows["B"].finish) == (
        datetime(2026, 1, 5, 8),
        datetime(2026, 1, 6, 16),
    )
    assert rows["C"].start == datetime(2026, 1, 9, 8)


@pytest.mark.parametrize(
    ("cells", "percent"),
    [
        ({"complete_pct_type": "CP_Phys", "phys_complete_pct": "35"}, 35),
        (
            {
                "complete_pct_type": "CP_Units",
                "act_work_qty": "6",
                "act_equip_qty": "3",
                "remain_work_qty": "3",
            },
            75,
        ),
        ({"complete_pct_type": "CP_Units"}, None),
        ({"complete_pct_type": "CP_Drtn", "remain_drtn_hr_cnt": "4"}, 75),
        ({"complete_pct_type": "CP_Drtn", "remain_drtn_hr_cnt": "20"}, 0),
        ({"complete_pct_type": "CP_Drtn", "remain_drtn_hr_cnt": ""}, None),
    ],
)
def test_percent_complete(tmp_path: Path, cells: dict[str, str], percent: float | None) -> None:
    begun = {"status_code": "TK_Active", "act_start_date": "2026-01-05 08:00"}
    plan = load(tmp_path, project(activity("A", 16, **begun, **cells))).plan
    assert lookup(plan, "A").percent == percent


@pytest.mark.parametrize(
    ("logic", "override", "progress", "told"),
    [
        ("Y", "N", "retained_logic", []),
        ("N", "Y", "progress_override", []),
        ("N", "N", "retained_logic", ["option-not-used"]),
    ],
)
def test_progress_option(
    tmp_path: Path, logic: str, override: str, progress: str, told: list[str]
) -> None:
    tables = project(activity("A", 8))
    options = {"sched_retained_logic": logic, "sched_progress_override": override}
    tables["SCHEDOPTIONS"] = [{"proj_id": "1", **options, "sched_float_type": "FT_FF"}]
    loaded = load(tmp_path, tables)
    assert loaded.plan.options.progress == progress
    assert codes(loaded) == told


def test_other_options_are_told(tmp_path: Path) -> None:
    tables = project(activity("A", 8), critical_path_type="CT_DrivPath", critical_drtn_hr_cnt="16")
    tables["SCHEDOPTIONS"] = [{"proj_id": "1", "sched_float_type": "FT_SF"}]
    loaded = load(tmp_path, tables)
    assert codes(loaded) == ["option-not-used"]
    assert loaded.plan.options.critical == "longest_path"
    assert extra(loaded.plan, "x_critical_float_hours") == 16


def test_suspended_work_goes_on_when_it_resumes(tmp_path: Path) -> None:
    """Eight hours remain; they resume on the Monday after next, so they end that day."""
    begun = {
        "status_code": "TK_Active",
        "act_start_date": "2026-01-05 08:00",
        "suspend_date": "2026-01-06 08:00",
        "remain_drtn_hr_cnt": "8",
    }
    resumed = activity("A", 16, **begun, resume_date="2026-01-19 08:00")
    loaded = load(tmp_path, project(resumed, last_recalc_date="2026-01-08 08:00"))
    assert loaded.problems == ()
    assert run(loaded.plan)["A"].finish == datetime(2026, 1, 19, 16)
    assert extra(lookup(loaded.plan, "A"), "x_resumes") == "2026-01-19 08:00"
    loaded = load(
        tmp_path, project(activity("A", 16, **begun), last_recalc_date="2026-01-08 08:00")
    )
    assert codes(loaded) == ["suspended"]
    assert run(loaded.plan)["A"].finish == datetime(2026, 1, 8, 16)


@pytest.mark.parametrize(("flag", "finish"), [("Y", date(2026, 1, 14)), ("N", date(2026, 1, 6))])
def test_expected_finish(tmp_path: Path, flag: str, finish: date) -> None:
    tables = project(activity("A", 16, expect_end_date="2026-01-14 16:00"))
    tables["SCHEDOPTIONS"] = [{"proj_id": "1", "sched_use_expect_end_flag": flag}]
    plan = load(tmp_path, tables).plan
    found = run(plan)["A"].finish
    assert isinstance(found, datetime)
    assert found.date() == finish
    assert extra(lookup(plan, "A"), "x_expected_finish") == "2026-01-14 16:00"


def test_milestones_and_planned_dates(tmp_path: Path) -> None:
    dates = {"target_start_date": "2026-01-05 08:00", "target_end_date": "2026-01-06 16:00"}
    tables = project(
        activity("S", 0, task_type="TT_Mile"),
        activity("A", 16, **dates),
        activity("F", 0, task_type="TT_FinMile", **dates),
        links=[link("S", "A"), link("A", "F")],
    )
    plan = load(tmp_path, tables).plan
    kinds = [(one.kind, one.type) for one in map(plan.index.item, "SAF")]
    assert kinds == [
        ("milestone", "start_milestone"),
        ("activity", "task"),
        ("milestone", "finish_milestone"),
    ]
    assert lookup(plan, "A").planned.start == datetime(2026, 1, 5, 8)
    assert lookup(plan, "F").planned.finish == datetime(2026, 1, 6, 16)
    assert lookup(plan, "F").planned.start is None
    rows = run(plan)
    assert rows["S"].start == datetime(2026, 1, 5, 8)
    assert rows["F"].finish == datetime(2026, 1, 6, 16)


def test_a_milestone_that_is_reached_has_one_date(tmp_path: Path) -> None:
    cells = {"status_code": "TK_Complete", "act_start_date": "2026-01-05 08:00"}
    plan = load(tmp_path, project(activity("S", 0, task_type="TT_Mile", **cells))).plan
    item = lookup(plan, "S")
    assert (item.status, item.actual_start) == ("complete", None)
    assert item.actual_finish == datetime(2026, 1, 5, 8)


def test_level_of_effort_spans_what_it_serves(tmp_path: Path) -> None:
    """It begins with A and ends with B, whichever way round the links to it are drawn."""
    for last in (link("B", "L", "FF"), link("L", "B", "FF")):
        tables = project(
            activity("A", 16),
            activity("B", 16),
            activity("L", 8, task_type="TT_LOE"),
            links=[link("A", "B"), link("A", "L", "SS"), last],
        )
        row = run(load(tmp_path, tables).plan)["L"]
        assert (row.start, row.finish) == (datetime(2026, 1, 5, 8), datetime(2026, 1, 8, 16))
        assert not row.critical


def test_level_of_effort_until_a_start(tmp_path: Path) -> None:
    """It is to end a day before B starts on Wednesday."""
    tables = project(
        activity("A", 16),
        activity("B", 16),
        activity("L", 8, task_type="TT_LOE"),
        links=[link("A", "B"), link("A", "L", "SS"), link("L", "B", "FS", 8)],
    )
    loaded = load(tmp_path, tables)
    (turned,) = (one for one in loaded.plan.links if one.to == "L" and one.type == "SF")
    assert (turned.from_, str(turned.lag)) == ("B", "-480min")
    assert any("1 link of levels of effort turned round" in note for note in loaded.notes)


def test_breakdown(tmp_path: Path) -> None:
    tables = project(activity("A", 8), activity("R", 8, wbs_id="100"))
    deeper = [("102", "101", "N"), ("103", "102", "E"), ("104", "103", "F")]
    for key, parent, short in deeper:
        row = {"wbs_id": key, "parent_wbs_id": parent, "wbs_short_name": short}
        tables["PROJWBS"].append({"proj_id": "1", "wbs_name": f"Part {short}", **row})
    tables["TASK"].append(activity("Z", 8, wbs_id="104"))
    plan = load(tmp_path, tables).plan
    assert (plan.id, plan.title) == ("HARBOUR", "Harbour works")
    assert [(one.id, one.kind, one.parent) for one in plan.items] == [
        ("HARBOUR.Q", "theme", None),
        ("HARBOUR.Q.N", "objective", "HARBOUR.Q"),
        ("HARBOUR.Q.N.E", "action", "HARBOUR.Q.N"),
        ("HARBOUR.Q.N.E.F", "action", "HARBOUR.Q.N.E"),
        ("A", "activity", "HARBOUR.Q"),
        ("R", "activity", None),
        ("Z", "activity", "HARBOUR.Q.N.E.F"),
    ]


def test_every_item_and_link_names_its_line(tmp_path: Path) -> None:
    tables = project(activity("A", 8), activity("B", 8), links=[link("A", "B")])
    plan = load(tmp_path, tables).plan
    lines = (tmp_path / "harbour.xer").read_text(encoding="utf-8").split("\n")
    for item in plan.items:
        assert item.source is not None
        assert item.source.line is not None
        assert item.title in lines[item.source.line - 1].split("\t")
    (evidence,) = plan.links[0].evidence
    assert evidence.source.line is not None
    assert lines[evidence.source.line - 1].split("\t")[1] == "A-B-FS"
    (source,) = plan.sources
    assert source.file == "harbour.xer"


def test_an_activity_that_spans_its_branch(tmp_path: Path) -> None:
    """It is the branch itself: its people work there, and it has the dates of what it holds."""
    tables = project(activity("A", 16), activity("W", 8, task_type="TT_WBS"))
    tables["RSRC"] = [{"rsrc_id": "7", "rsrc_name": "Head of Quays", "rsrc_type": "RT_Labor"}]
    tables["TASKRSRC"] = [{"task_id": "w", "proj_id": "1", "rsrc_id": "7"}]
    plan = load(tmp_path, tables).plan
    assert [one.id for one in plan.items] == ["HARBOUR.Q", "A"]
    branch = lookup(plan, "HARBOUR.Q")
    assert extra(branch, "x_wbs_summary") == {"id": "W", "title": "Activity W"}
    assert [(one.officer, one.item) for one in plan.assignments] == [("head-of-quays", "HARBOUR.Q")]
    root = project(activity("A", 16), activity("W", 8, task_type="TT_WBS", wbs_id="100"))
    assert lookup(load(tmp_path, root).plan, "W").type == "loe"


def test_people_machines_and_materials(tmp_path: Path) -> None:
    tables = project(activity("A", 8))
    tables["RSRC"] = [
        {"rsrc_id": "1", "rsrc_name": "Harbour Master", "rsrc_type": "RT_Labor"},
        {"rsrc_id": "2", "rsrc_name": "Dredger", "rsrc_type": "RT_Equip"},
        {"rsrc_id": "3", "rsrc_name": "Stone", "rsrc_type": "RT_Mat"},
        {"rsrc_id": "4", "rsrc_name": "Nobody's", "rsrc_type": "RT_Labor"},
    ]
    tables["ROLES"] = [{"role_id": "1", "role_name": "Diver"}]
    tables["OBS"] = [
        {"obs_id": "1", "obs_name": "Council"},
        {"obs_id": "2", "obs_name": "Director of Docks"},
    ]
    tables["PROJWBS"][0]["obs_id"] = "1"
    tables["PROJWBS"][1]["obs_id"] = "2"
    tables["TASKRSRC"] = [
        {"task_id": "a", "proj_id": "1", "rsrc_id": "1", "role_id": "1"},
        {"task_id": "a", "proj_id": "1", "rsrc_id": "2", "role_id": ""},
        {"task_id": "a", "proj_id": "1", "rsrc_id": "3", "role_id": ""},
        {"task_id": "a", "proj_id": "1", "rsrc_id": "", "role_id": "1"},
        {"task_id": "a", "proj_id": "1", "rsrc_id": "", "role_id": ""},
    ]
    plan = load(tmp_path, tables).plan
    assert [(one.id, one.title, one.kind) for one in plan.officers] == [
        ("harbour-master", "Harbour Master", "office"),
        ("dredger", "Dredger", "group"),
        ("diver", "Diver", "office"),
        ("director-of-docks", "Director of Docks", "office"),
    ]
    assert [(one.officer, one.item, one.role) for one in plan.assignments] == [
        ("harbour-master", "A", "responsible"),
        ("dredger", "A", "responsible"),
        ("diver", "A", "responsible"),
        ("director-of-docks", "HARBOUR.Q", "accountable"),
    ]
    assert extra(lookup(plan, "A"), "x_materials") == ["Stone"]


def test_work_by_the_calendar_of_who_does_it(tmp_path: Path) -> None:
    """Of two people one works on weekends too: six days from Monday end on Saturday."""
    tables = project(activity("A", 48, task_type="TT_Rsrc"), activity("B", 48, task_type="TT_Rsrc"))
    tables["CALENDAR"].append(NIGHTS)
    tables["RSRC"] = [
        {"rsrc_id": "1", "rsrc_name": "Weekday", "rsrc_type": "RT_Labor", "clndr_id": "10"},
        {"rsrc_id": "2", "rsrc_name": "Always", "rsrc_type": "RT_Labor", "clndr_id": "20"},
    ]
    tables["TASKRSRC"] = [
        {"task_id": "a", "proj_id": "1", "rsrc_id": "1"},
        {"task_id": "a", "proj_id": "1", "rsrc_id": "2"},
        {"task_id": "b", "proj_id": "1", "rsrc_id": "1"},
    ]
    rows = run(load(tmp_path, tables).plan)
    assert rows["A"].finish == datetime(2026, 1, 10, 16)
    assert rows["B"].finish == datetime(2026, 1, 12, 16)


def test_codes_fields_and_notes(tmp_path: Path) -> None:
    tables = project(activity("A", 8))
    tables["ACTVTYPE"] = [{"actv_code_type_id": "1", "actv_code_type": "Area"}]
    tables["ACTVCODE"] = [
        {
            "actv_code_id": "5",
            "actv_code_type_id": "1",
            "short_name": "N",
            "actv_code_name": "North",
        }
    ]
    tables["TASKACTV"] = [
        {"task_id": "a", "actv_code_type_id": "1", "actv_code_id": "5"},
        {"task_id": "a", "actv_code_type_id": "1", "actv_code_id": "6"},
    ]
    tables["UDFTYPE"] = [
        {"udf_type_id": "1", "table_name": "TASK", "udf_type_label": "Risk owner"},
        {"udf_type_id": "2", "table_name": "TASK", "udf_type_label": "Ward"},
        {"udf_type_id": "3", "table_name": "PROJECT", "udf_type_label": "Fund"},
        {"udf_type_id": "4", "table_name": "PROJWBS", "udf_type_name": "depth"},
    ]
    tables["UDFCODE"] = [{"udf_code_id": "77", "udf_code_name": "Riverside"}]
    tables["UDFVALUE"] = [
        {"udf_type_id": "1", "fk_id": "a", "udf_text": "Town clerk"},
        {"udf_type_id": "2", "fk_id": "a", "udf_code_id": "77"},
        {"udf_type_id": "3", "fk_id": "1", "udf_number": "12.5"},
        {"udf_type_id": "4", "fk_id": "101", "udf_date": "2026-02-01 00:00"},
        {"udf_type_id": "1", "fk_id": "a"},
        {"udf_type_id": "9", "fk_id": "a", "udf_text": "lost"},
    ]
    tables["MEMOTYPE"] = [{"memo_type_id": "1", "memo_type": "Scope"}]
    tables["TASKMEMO"] = [
        {"task_id": "a", "memo_type_id": "1", "task_memo": "<p>One &amp; two<br>three</p>\x7f\x7f"},
        {"task_id": "a", "memo_type_id": "1", "task_memo": "<p></p>"},
    ]
    tables["WBSMEMO"] = [{"wbs_id": "101", "memo_type_id": "1", "wbs_memo": "Deep"}]
    loaded = load(tmp_path, tables)
    item, branch = lookup(loaded.plan, "A"), lookup(loaded.plan, "HARBOUR.Q")
    assert item.tags == ("Area: North",)
    assert extra(item, "x_codes") == {"Area": "N"}
    assert extra(item, "x_fields") == {"Risk owner": "Town clerk", "Ward": "Riverside"}
    assert extra(item, "x_notes") == [{"topic": "Scope", "text": "One & two\nthree"}]
    assert extra(branch, "x_fields") == {"depth": "2026-02-01 00:00"}
    assert extra(branch, "x_notes") == [{"topic": "Scope", "text": "Deep"}]
    assert extra(loaded.plan, "x_fields") == {"Fund": "12.5"}
    assert codes(loaded) == ["value-not-placed", "value-not-placed"]


def test_baseline_project(tmp_path: Path) -> None:
    """A copy of the project holds the dates once agreed; it is no schedule of its own."""
    dates = {"target_start_date": "2026-01-05 08:00", "target_end_date": "2026-01-07 16:00"}
    tables = project(activity("A", 8, **dates), sum_base_proj_id="3")
    for key, name, start in (("2", "First", "01"), ("3", "Second", "02")):
        tables["PROJECT"].append({"proj_id": key, "proj_short_name": name, "orig_proj_id": "1"})
        kept = {
            "task_id": f"a{key}",
            "target_start_date": f"2025-12-{start} 08:00",
            "target_end_date": f"2025-12-{start} 16:00",
        }
        tables["TASK"].append(activity("A", 8, proj_id=key) | kept)
    loaded = load(tmp_path, tables)
    assert loaded.problems == ()
    item = lookup(loaded.plan, "A")
    assert [(one.name, one.start, str(one.duration)) for one in item.baselines] == [
        ("Second", datetime(2025, 12, 2, 8), "480min"),
        ("First", datetime(2025, 12, 1, 8), "480min"),
    ]
    assert item.planned.finish == datetime(2025, 12, 2, 16)
    assert run(loaded.plan)["A"].finish == datetime(2026, 1, 5, 16)


def test_several_projects(tmp_path: Path) -> None:
    tables = project(activity("A", 8))
    tables["PROJECT"].append({"proj_id": "2", "proj_short_name": "PIER", "clndr_id": "10"})
    tables["PROJECT"].append({"proj_id": "3", "proj_short_name": "EMPTY"})
    tables["TASK"] += [activity(code, 8, proj_id="2", wbs_id="") for code in ("P1", "P2")]
    tables["TASKPRED"] = [
        link("P1", "P2") | {"proj_id": "2", "pred_proj_id": "2"},
        link("A", "P1") | {"proj_id": "2", "pred_proj_id": "1"},
    ]
    loaded = load(tmp_path, tables)
    assert list_xer_projects(tmp_path / "harbour.xer") == ("PIER", "HARBOUR")
    assert (loaded.plan.id, len(loaded.plan.links)) == ("PIER", 1)
    told = {one.code: one.message for one in loaded.problems}
    assert told["project-not-read"] == (
        'The project "HARBOUR" with 1 activity is not read; the plan is the project "PIER".'
    )
    assert "1 link to or from other projects left out" in told["link-to-other-project"]
    for wanted in ("HARBOUR", "1"):
        assert load(tmp_path, tables, project=wanted).plan.id == "HARBOUR"
    with pytest.raises(FileError, match=r'holds no project "DOCK": its projects are "PIER", "HAR'):
        load(tmp_path, tables, project="DOCK")


def test_external_dates_hold_in_place_of_links(tmp_path: Path) -> None:
    bounds = {
        "external_early_start_date": "2026-01-07 08:00",
        "external_late_end_date": "2026-01-08 16:00",
    }
    row = run(load(tmp_path, project(activity("A", 8, **bounds), activity("B", 80))).plan)["A"]
    assert (row.start, row.total_float_days) == (datetime(2026, 1, 7, 8), 1)


def test_tables_that_are_not_used_are_named(tmp_path: Path) -> None:
    tables = project(activity("A", 8))
    tables["CURRTYPE"] = [{"curr_id": "1"}, {"curr_id": "2"}]
    notes = load(tmp_path, tables).notes
    assert notes[0] == 'Primavera XER 20.12 in UTF-8, project "HARBOUR".'
    assert "Tables not used, with their rows: CURRTYPE (2)." in notes
