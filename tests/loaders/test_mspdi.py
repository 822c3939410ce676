"""MS Project files of our own, read and scheduled: dates counted by hand from Monday 5 January."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.loaders.mspdi_text import (
    OFFICE,
    calendar,
    codes,
    day,
    document,
    element,
    item,
    link,
    load,
    run,
    task,
)


def test_a_chain_with_a_lag() -> None:
    """1 takes Mon and Tue; a lag of a day, so 2 runs Thu, Fri and Mon."""
    loaded = load(document(task(1, 16), task(2, 24, link(1, lag=4800))))
    assert loaded.problems == ()
    assert run(loaded) == {"1": ("05 08:00", "06 17:00"), "2": ("08 08:00", "12 17:00")}
    plan = loaded.plan
    assert (plan.id, plan.title, plan.options.scheduling_mode) == (
        "Harbour",
        "Harbour",
        "ms-project",
    )
    assert plan.start == datetime(2026, 1, 5, 8)
    first = item(loaded, 1)
    assert (str(first.duration), first.kind, first.model_extra) == (
        "2wd",
        "activity",
        {"x_uid": "1"},
    )


@pytest.mark.parametrize(
    ("kind", "lag", "unit", "name", "start"),
    [
        (1, 0, 7, "FS 0d", "07 08:00"),
        (0, 0, 7, "FF 0d", "06 08:00"),
        (3, 4800, 7, "SS 1wd", "06 08:00"),
        (2, 14400, 39, "SF 3wd", "07 08:00"),
        (1, -2400, 5, "FS -4h", "06 13:00"),
        (1, 300, 3, "FS 30min", "07 08:30"),
        (1, 14400, 8, "FS 1d", "08 08:00"),
        (1, 72000, 10, "FS 0.714285714w", "12 08:00"),
        (1, 600, 6, "FS 1eh", "07 08:00"),
        (1, 432000, 12, "FS 30d", "06 08:00"),
        (1, 24000, 9, "FS 5wd", "14 08:00"),
        (1, 96000, 11, "FS 20wd", "04 08:00"),
        (1, 50, 19, "FS 50%", "08 08:00"),
        (1, 0, 19, "FS 0d", "07 08:00"),
        (3, 50, 20, "SS 50%", "06 08:00"),
    ],
)
def test_links_and_lags(kind: int, lag: int, unit: int, name: str, start: str) -> None:
    """The predecessor takes Mon and Tue, its successor a day; a lag runs on working time or not."""
    loaded = load(document(task(1, 16), task(2, 8, link(1, kind, lag, unit))))
    (one,) = loaded.plan.links
    if name.endswith("w"):  # five days are no whole number of weeks: told in hours
        name = "FS 120eh"
    assert f"{one.type} {one.lag}" == name
    assert run(loaded)["2"][0] == start
    assert codes(loaded) == (["lag-elapsed-share"] if unit == 20 else [])


def test_outline_and_summaries() -> None:
    rows = (
        task(0, 40, Name="All of it", OutlineLevel=0, WBS="0", Notes="said of the whole"),
        task(1, 16, Name="Quays", WBS="Q", Deadline="2026-01-30T17:00:00"),
        task(2, 8, OutlineLevel=2, WBS="Q.1"),
        element("Task", UID=3, ID=3, IsNull=1),
        task(4, 8, OutlineLevel=2),
        task(5, 8, Name="Deeper"),
        task(6, 8, OutlineLevel=2, Name="Below"),
        task(7, 8, OutlineLevel=3, Name="Lower"),
        task(8, 8, OutlineLevel=4, Name="Lowest"),
        task(9, 8, OutlineLevel=5),
    )
    loaded = load(document(*rows))
    plan = loaded.plan
    assert {one.id: (one.parent, one.kind) for one in plan.items} == {
        "1": (None, "theme"),
        "2": ("1", "activity"),
        "4": ("1", "activity"),
        "5": (None, "theme"),
        "6": ("5", "objective"),
        "7": ("6", "action"),
        "8": ("7", "action"),
        "9": ("8", "activity"),
    }
    assert item(loaded, 1).due == datetime(2026, 1, 30, 17)
    assert (item(loaded, 2).label, item(loaded, 4).label) == ("Q.1", None)
    assert "1 blank row left out." in loaded.notes
    assert (plan.model_extra or {})["x_notes"] == "said of the whole"


def test_what_holds_a_summary_holds_its_parts() -> None:
    loaded = load(
        document(
            task(1, 16, ConstraintType=4, ConstraintDate="2026-01-07T08:00:00"),
            task(2, 8, OutlineLevel=2),
            task(3, 8, Manual=1, Start="2026-01-12T08:00:00", Finish="2026-01-13T17:00:00"),
            task(4, 8, OutlineLevel=2),
        )
    )
    dates = run(loaded)
    assert (dates["2"], dates["4"]) == (("07 08:00", "07 17:00"), ("12 08:00", "12 17:00"))


@pytest.mark.parametrize(
    ("code", "honours", "bounds", "dates"),
    [
        (0, 1, [], ("05 08:00", "05 17:00")),
        (2, 1, [("MSO", True)], ("08 08:00", "08 17:00")),
        (2, 0, [("MSO", False)], ("08 08:00", "08 17:00")),
        (3, 1, [("MFO", True)], ("08 08:00", "08 17:00")),
        (4, 1, [("SNET", False)], ("08 08:00", "08 17:00")),
        (5, 1, [("SNLT", False)], ("05 08:00", "05 17:00")),
        (6, 1, [("FNET", False)], ("08 08:00", "08 17:00")),
        (7, 1, [("FNLT", False)], ("05 08:00", "05 17:00")),
    ],
)
def test_constraints(
    code: int, honours: int, bounds: list[tuple[str, bool]], dates: tuple[str, str]
) -> None:
    at_end = code in {3, 6, 7}
    when = "2026-01-08T17:00:00" if at_end else "2026-01-08T08:00:00"
    cells = {"ConstraintType": code, "ConstraintDate": when}
    loaded = load(document(task(1, 8, **cells), task(2, 40), HonorConstraints=honours))
    assert [(one.type, one.hard) for one in item(loaded, 1).constraints] == bounds
    assert run(loaded)["1"] == dates


def test_as_late_as_possible() -> None:
    loaded = load(document(task(1, 8, ConstraintType=1), task(2, 40)))
    assert run(loaded)["1"] == ("09 08:00", "09 17:00")


def test_a_project_scheduled_from_its_finish() -> None:
    """What has no link ends with the project, on Friday 16th."""
    loaded = load(
        document(
            task(1, 16, ConstraintType=1),
            ScheduleFromStart=0,
            FinishDate="2026-01-16T17:00:00",
        )
    )
    assert loaded.plan.must_finish == datetime(2026, 1, 16, 17)
    assert run(loaded)["1"] == ("15 08:00", "16 17:00")
    assert "The project is scheduled from its finish, which no task may pass." in loaded.notes


def test_progress() -> None:
    done = {
        "ActualStart": "2026-01-05T08:00:00",
        "ActualFinish": "2026-01-07T17:00:00",
        "PercentComplete": 100,
    }
    begun = {
        "ActualStart": "2026-01-06T08:00:00",
        "PercentComplete": 25,
        "RemainingDuration": "PT24H0M0S",
        "Stop": "2026-01-06T17:00:00",
        "Resume": "2026-01-08T08:00:00",
    }
    loaded = load(document(task(1, 24, **done), task(2, 32, **begun), task(3, 8, link(1))))
    states = {one.id: (one.status, one.percent) for one in loaded.plan.items}
    assert states == {
        "1": ("complete", None),
        "2": ("in_progress", 25),
        "3": ("not_started", None),
    }
    # One day done on Tuesday, three left from Thursday on: Thu, Fri, Mon.
    dates = run(loaded)
    assert (dates["2"][1], dates["3"]) == ("12 17:00", ("08 08:00", "08 17:00"))


def test_progress_that_only_says_per_cent() -> None:
    loaded = load(document(task(1, 8, PercentComplete=100), task(2, 8, PercentComplete=40)))
    assert [one.status for one in loaded.plan.items] == ["complete", "in_progress"]


def test_manual_inactive_and_external_tasks() -> None:
    dates = {"Start": "2026-01-14T08:00:00", "Finish": "2026-01-15T17:00:00"}
    loaded = load(
        document(
            task(1, 40),
            task(2, 16, link(1), Manual=1, **dates),
            task(3, 8, link(1), Active=0),
            task(4, 16, ExternalTask=1, **dates),
            task(5, 8, link(4)),
            task(6, 8, Manual=1, Start="2026-01-08T08:00:00"),
            task(7, 8, Manual=1, Finish="2026-01-09T17:00:00"),
            task(8, 8, Manual=1),
        )
    )
    assert codes(loaded) == []
    assert [item(loaded, one).mode for one in range(1, 9)] == [
        "logic",
        "fixed",
        "logic",
        "fixed",
        *["logic"] * 4,
    ]
    assert item(loaded, 3).status == "cancelled"
    assert item(loaded, 4).external
    shown = run(load(document(task(1, 40), task(2, 16, link(1), Manual=1, **dates))))
    assert shown["2"] == ("14 08:00", "15 17:00")
    pins = {one: [str(bound.type) for bound in item(loaded, one).constraints] for one in (6, 7, 8)}
    assert pins == {6: ["MSO"], 7: ["MFO"], 8: []}


def test_baselines_are_planned_dates_and_kept() -> None:
    first = {"Start": "2026-01-05T08:00:00", "Finish": "2026-01-06T17:00:00"}
    second = {"Start": "2026-01-06T08:00:00", "Finish": "2026-01-07T17:00:00"}
    loaded = load(
        document(
            task(
                1,
                8,
                element("Baseline", Number=1, Duration="PT16H0M0S", DurationFormat=7, **second),
                element("Baseline", Number=0, Duration="PT16H0M0S", DurationFormat=7, **first),
                Start="2026-01-12T08:00:00",
                Finish="2026-01-12T17:00:00",
            )
        )
    )
    one = item(loaded, 1)
    assert (one.planned.start, one.planned.finish) == (
        datetime(2026, 1, 5, 8),
        datetime(2026, 1, 6, 17),
    )
    assert [(kept.name, str(kept.duration)) for kept in one.baselines] == [
        ("Baseline", "2wd"),
        ("Baseline 1", "2wd"),
    ]


def assigned(uid: int, task_uid: int, resource: int, *parts: str, **cells: object) -> str:
    return element("Assignment", *parts, UID=uid, TaskUID=task_uid, ResourceUID=resource, **cells)


def spread(begin: str, finish: str, value: str = "", kind: int = 1) -> str:
    cells = {"Value": value} if value else {}
    return element("TimephasedData", Type=kind, UID=1, Start=begin, Finish=finish, Unit=2, **cells)


def test_people_materials_and_their_calendars() -> None:
    """Task 1 is worked by someone who works Saturdays too: ten hours on no weekend day but that."""
    six = calendar(2, "Six days", base=1, days=[day(7, "08:00:00", "12:00:00")])
    resources = (
        element("Resource", UID=0, ID=0, Type=1),
        element(
            "Resource", UID=1, ID=1, Name="Harbour Master", Type=1, CalendarUID=2, Group="Docks"
        ),
        element("Resource", UID=2, ID=2, Name="Concrete", Type=0),
        element("Resource", UID=3, ID=3, Name="Travel", Type=1, IsCostResource=1),
        element("Resource", UID=4, ID=4, IsNull=1),
    )
    assignments = (
        assigned(1, 1, 1),
        assigned(2, 1, 2),
        assigned(3, 2, 3),
        assigned(4, 2, -65535),
        assigned(5, 0, 1),
    )
    loaded = load(
        document(
            task(1, 44),
            task(2, 44),
            calendars=(OFFICE, six),
            resources=resources,
            assignments=assignments,
        )
    )
    plan = loaded.plan
    assert [(one.id, one.title) for one in plan.officers] == [("harbour-master", "Harbour Master")]
    assert [(one.officer, one.item, one.role) for one in plan.assignments] == [
        ("harbour-master", "1", "responsible")
    ]
    assert (item(loaded, 1).model_extra or {})["x_materials"] == ["Concrete"]
    assert (item(loaded, 2).model_extra or {})["x_materials"] == ["Travel"]
    assert run(loaded) == {"1": ("05 08:00", "10 12:00"), "2": ("05 08:00", "12 12:00")}
    assert "1 assignment to the project as a whole left out." in loaded.notes


def test_a_task_with_a_calendar_and_people_on_another_is_told() -> None:
    six = calendar(2, "Six days", base=1, days=[day(7, "08:00:00", "12:00:00")])
    same = calendar(3, "The office again", base=1)
    resources = [
        element("Resource", UID=uid, Name=f"R{uid}", Type=1, CalendarUID=uid + 1) for uid in (1, 2)
    ]
    rows = (
        task(1, 8, CalendarUID=1),
        task(2, 8, CalendarUID=1, IgnoreResourceCalendar=1),
        task(3, 8, CalendarUID=1),
    )
    loaded = load(
        document(
            *rows,
            calendars=(OFFICE, six, same),
            resources=resources,
            assignments=[assigned(1, 1, 1), assigned(2, 2, 1), assigned(3, 3, 2)],
        )
    )
    assert [(one.code, one.items) for one in loaded.problems] == [("calendar-and-people", ("1",))]


def test_a_split_task() -> None:
    """Two days of work, nothing from Wednesday to Friday, two days more."""
    parts = (
        spread("2026-01-05T08:00:00", "2026-01-06T08:00:00", "PT8H0M0S"),
        spread("2026-01-06T08:00:00", "2026-01-06T17:00:00", "PT8H0M0S"),
        spread("2026-01-06T17:00:00", "2026-01-09T17:00:00", "PT0H0M0S"),
        spread("2026-01-09T17:00:00", "2026-01-12T08:00:00"),
        spread("2026-01-12T08:00:00", "2026-01-13T17:00:00", "PT16H0M0S"),
        spread("2026-02-12T08:00:00", "2026-02-13T17:00:00", "PT16H0M0S", kind=4),
    )
    start = {"Start": "2026-01-05T08:00:00", "Finish": "2026-01-13T17:00:00"}
    loaded = load(document(task(1, 32, **start), assignments=[assigned(1, 1, -65535, *parts)]))
    assert [(str(one.after), str(one.gap)) for one in item(loaded, 1).splits] == [
        ("960min", "1440min")
    ]
    assert run(loaded)["1"] == ("05 08:00", "13 17:00")


def test_two_people_one_after_the_other_leave_a_gap() -> None:
    """The second is levelled to Thursday: nobody works on Wednesday."""
    first = {"Start": "2026-01-05T08:00:00", "Finish": "2026-01-06T17:00:00"}
    second = {"Start": "2026-01-08T08:00:00", "Finish": "2026-01-08T17:00:00"}
    start = {"Start": "2026-01-05T08:00:00", "Finish": "2026-01-08T17:00:00"}
    works = [assigned(1, 1, 1, **first), assigned(2, 1, 2, **second)]
    people = [element("Resource", UID=uid, Name=f"R{uid}", Type=1) for uid in (1, 2)]
    loaded = load(document(task(1, 24, **start), assignments=works, resources=people))
    assert run(loaded)["1"] == ("05 08:00", "08 17:00")


def test_levelling_delay() -> None:
    """Two elapsed days: from Monday evening to Wednesday evening; without links, a start."""
    delay = {"LevelingDelay": 28800, "LevelingDelayFormat": 8}
    start = {"Start": "2026-01-09T08:00:00", "Finish": "2026-01-09T17:00:00"}
    rows = (
        task(1, 8),
        task(2, 8, link(1), **delay),
        task(3, 8, **delay, **start),
        task(4, 8, link(1), **start),
        task(5, 8, OutlineLevel=2, **delay, **start),
    )
    loaded = load(document(*rows))
    dates = run(loaded)
    assert dates["2"] == ("08 08:00", "08 17:00")
    assert dates["3"] == ("09 08:00", "09 17:00")
    assert dates["5"] == ("08 08:00", "08 17:00")


def test_elapsed_and_odd_durations() -> None:
    loaded = load(
        document(
            task(1, 48, DurationFormat=8),
            task(2, 4, DurationFormat=5),
            task(3, 0.5, DurationFormat=3),
            task(4, 1, DurationFormat=39),
            task(5, 0),
            task(6, 0.1, DurationFormat=7),
            task(7, 16, DurationFormat=53),
        )
    )
    lengths = [str(item(loaded, one).duration) for one in range(1, 8)]
    assert lengths == ["2d", "4h", "30min", "0.125wd", "0min", "0.0125wd", "2wd"]
    assert item(loaded, 5).kind == "milestone"
    assert run(loaded)["1"] == ("05 08:00", "07 08:00")


def test_fields_codes_notes_and_other_facts() -> None:
    more = element(
        "ExtendedAttributes",
        element("ExtendedAttribute", FieldID="188743731", FieldName="Text1", Alias="Ward"),
        element("ExtendedAttribute", FieldID="188743734", FieldName="Text2"),
        element("ExtendedAttribute", FieldID="188743737"),
    ) + element(
        "OutlineCodes",
        element(
            "OutlineCode",
            element(
                "Values",
                element("Value", ValueID=1, ParentValueID=0, Value="North", FieldGUID="N"),
                element("Value", ValueID=2, ParentValueID=1, Value="Quay"),
            ),
            FieldID="188744096",
            Alias="Area",
        ),
    )
    own = [
        element("ExtendedAttribute", FieldID="188743731", Value="Old Town"),
        element("ExtendedAttribute", FieldID="188743734", Value="two"),
        element("ExtendedAttribute", FieldID="188743737", Value="three"),
        element("ExtendedAttribute", FieldID="188743737", Value=""),
        element("OutlineCode", FieldID="188744096", ValueID=2),
        element("OutlineCode", FieldID="188744096", ValueID=9),
    ]
    cells = {
        "Notes": "Ask the pilots.",
        "Contact": "The pier office",
        "Priority": 800,
        "Work": "PT12H30M0S",
        "Cost": 125050,
        "Estimated": 1,
        "Milestone": 1,
        "PhysicalPercentComplete": 30,
        "FixedCost": "0",
    }
    loaded = load(document(task(1, 8, *own, **cells), more=more, CriticalSlackLimit=2))
    assert item(loaded, 1).model_extra == {
        "x_uid": "1",
        "x_notes": "Ask the pilots.",
        "x_contact": "The pier office",
        "x_priority": "800",
        "x_work_hours": 12.5,
        "x_cost": 1250.5,
        "x_estimated": True,
        "x_milestone": True,
        "x_fields": {"Ward": "Old Town", "Text2": "two", "Field 188743737": "three"},
        "x_codes": {"Area": "North.Quay"},
    }
    assert "Not used of tasks: PhysicalPercentComplete." in loaded.notes
    assert (loaded.plan.model_extra or {})["x_critical_float_hours"] == 16


def test_options_that_matter_are_kept_or_told() -> None:
    loaded = load(
        document(
            task(1),
            HonorConstraints=0,
            NewTasksAreManual=1,
            MoveCompletedEndsBack=0,
            MultipleCriticalPaths=1,
            Company="Harbour Board",
            StatusDate="2026-01-07T17:00:00",
            SaveVersion=14,
            more=element("Views", element("View", Name="Gantt")),
        )
    )
    extra = loaded.plan.model_extra or {}
    assert extra["x_options"] == {"HonorConstraints": "0", "NewTasksAreManual": "1"}
    assert extra["x_company"] == "Harbour Board"
    assert loaded.plan.status_date == datetime(2026, 1, 7, 17)
    assert codes(loaded) == ["option-not-used"]
    assert loaded.notes[0] == "MS Project XML of version 14."
    assert "Parts of the file not used, with their entries: Views (1)." in loaded.notes
    # Project moves nothing that has not begun to the status date.
    assert run(loaded)["1"] == ("05 08:00", "05 17:00")


def test_links_from_other_files_are_told_and_still_hold() -> None:
    held = {"Start": "2026-01-08T08:00:00", "Finish": "2026-01-08T17:00:00"}
    foreign: dict[str, Any] = {"CrossProject": 1, "CrossProjectName": "docks.mpp\\7"}
    loaded = load(
        document(
            task(1, 8, link(77, **foreign), **held),
            task(2, 8, link(77, kind=0, CrossProject=1), **held),
            task(3, 8, link(77, CrossProject=1)),
            task(4, 8, link(1, CrossProject=1)),
        )
    )
    (told,) = loaded.problems
    assert told.code == "link-to-other-project"
    assert told.message == (
        "3 links from other projects left out (docks.mpp\\7; a file without a name): what they "
        "hold is kept from being earlier than the file states."
    )
    dates = run(loaded)
    assert [dates[str(one)][0] for one in (1, 2, 3, 4)] == [
        "08 08:00",
        "08 08:00",
        "05 08:00",
        "09 08:00",
    ]


def test_lines_of_the_file_are_kept() -> None:
    text = document(task(1), task(2, 8, link(1))).replace("<Task>", "\n<Task>")
    loaded = load(text.replace("<PredecessorLink>", "\n<PredecessorLink>"))
    places = [one.source.line for one in loaded.plan.items if one.source]
    assert places == [3, 4]
    (one,) = loaded.plan.links
    assert [evidence.source.line for evidence in one.evidence] == [5]


def test_days_of_another_length() -> None:
    """Seven-hour days: two of them are 14 hours, a week is 35."""
    loaded = load(
        document(
            task(1, 14),
            task(2, 7, link(1, lag=4200)),
            MinutesPerDay=420,
            MinutesPerWeek=2100,
        )
    )
    assert (str(item(loaded, 1).duration), str(loaded.plan.links[0].lag)) == ("2wd", "1wd")
    assert run(loaded)["2"][0] == "07 14:00"


def test_title_where_the_project_has_none() -> None:
    whole = task(0, 8, OutlineLevel=0, Name="Harbour works")
    plan = load(document(whole, task(1), Title="")).plan
    assert (plan.id, plan.title) == ("harbour", "Harbour works")
    assert load(document(task(1), Title="")).plan.title is None


def test_a_deadline_and_dates_without_hours() -> None:
    loaded = load(document(task(1, 8, Deadline="2026-01-09")))
    assert item(loaded, 1).due in {date(2026, 1, 9), datetime(2026, 1, 9)}
