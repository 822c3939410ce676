"""A neutral schedule becomes a plan: what MS Project's files need beside what P6's do.

The schedule begins on Monday 5 January 2026; the office works Monday to Friday, 08:00 to 12:00 and
13:00 to 17:00.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.calendars import Calendar
from graphmodel.moments import start_instant
from graphmodel.spans import Span, parse_span
from graphmodel.worktime import work_table
from loaders.schedules.assembly import assemble
from loaders.schedules.naming import fit_id
from loaders.schedules.tasks import (
    Bound,
    Kept,
    Relation,
    Resource,
    Schedule,
    SpecialDays,
    Task,
    WorkCalendar,
    Works,
    WorkWeek,
    work_span,
)
from loaders.schedules.worked import work_ahead, worked_between
from simulations.schedule import schedule

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.calendars import Weekday
    from graphmodel.plan import Plan
    from loaders.loaded import Loaded
    from loaders.schedules.tasks import Shifts
    from simulations.results import ScheduledItem

DAY = ((480, 720), (780, 1020))
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
OFFICE = WorkCalendar(
    uid="1",
    name="Office",
    week={**dict.fromkeys(WEEKDAYS, DAY), "sat": (), "sun": ()},
)
MONDAY = datetime(2026, 1, 5, 8)


def days(count: float) -> Span:
    """Return working days of eight hours."""
    return work_span(count * 480)


def task(uid: str, length: float = 1, **fields: Any) -> Task:
    """Return a task of some days whose id is ``T`` and its uid."""
    given: dict[str, Any] = {"id": f"T{uid}", "title": f"Task {uid}", "duration": days(length)}
    return Task(uid=uid, **(given | fields))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a file for a schedule to come from."""
    file = tmp_path / "plan.xml"
    file.write_text("words", encoding="utf-8")
    return file


def put(*tasks: Task, **fields: Any) -> Schedule:
    """Return a schedule of MS Project's with these tasks."""
    given: dict[str, Any] = {"start": MONDAY, "calendar": "1", "calendars": (OFFICE,)}
    return Schedule(mode="ms-project", id="p", tasks=tasks, **(given | fields))


def rows_of(plan: Plan) -> dict[str, ScheduledItem]:
    return {row.id: row for row in schedule(plan).items}


def messages(loaded: Loaded) -> list[str]:
    return [str(problem) for problem in loaded.problems]


def test_a_schedule_of_nothing_is_a_plan(path: Path) -> None:
    loaded = assemble(Schedule(mode="p6", id=""), path)
    assert (loaded.plan.id, loaded.plan.items) == ("schedule", ())
    (message,) = messages(loaded)
    assert message == (
        "The schedule names no calendar of its own that the file holds: Monday to Friday with 8 "
        "hours a day is assumed. (plan.xml)"
    )


def test_options_and_project(path: Path) -> None:
    given = put(
        task("1"),
        title="Title",
        must_finish=date(2026, 3, 1),
        lag_calendar="elapsed",
        progress="progress_override",
        critical="longest_path",
        facts={"x_author": "PMO"},
        notes=("A note.",),
    )
    loaded = assemble(given, path)
    options = loaded.plan.options
    assert (options.scheduling_mode, options.lag_calendar) == ("ms-project", "elapsed")
    assert (options.progress, options.critical) == ("progress_override", "longest_path")
    assert loaded.plan.must_finish == date(2026, 3, 1)
    assert loaded.plan.model_extra == {"x_author": "PMO"}
    assert (loaded.plan.title, loaded.notes) == ("Title", ("A note.",))


def test_deadline_is_due_and_caps_float(path: Path) -> None:
    """Two days from Monday, due on Thursday: two days of float; the other task sets the end."""
    given = put(task("1", 2, deadline=datetime(2026, 1, 8, 17)), task("2", 10))
    plan = assemble(given, path).plan
    assert plan.index.item("T1").due == datetime(2026, 1, 8, 17)
    assert rows_of(plan)["T1"].total_float_days == 2


def test_manual_tasks_stand_and_hold_what_they_hold(path: Path) -> None:
    """A manual task keeps its dates; what is in a manual summary starts no earlier than that."""
    kept = {"start": datetime(2026, 1, 7, 8), "finish": datetime(2026, 1, 8, 17)}
    given = put(
        task("1", 5),
        task("2", 2, scheduling="fixed", **kept),
        task("3", 0, kind="summary", scheduling="fixed", start=datetime(2026, 1, 14, 8)),
        task("4", 1, parent="3"),
        relations=(Relation("1", "2", "FS", days(0)),),
    )
    plan = assemble(given, path).plan
    assert plan.index.item("T2").scheduling == "fixed"
    rows = rows_of(plan)
    assert rows["T2"].finish == datetime(2026, 1, 8, 17)
    assert rows["T4"].start == datetime(2026, 1, 14, 8)


def test_a_task_without_duration_is_a_milestone(path: Path) -> None:
    given = put(
        task("1", 2), task("2", duration=None), relations=(Relation("1", "2", "FS", days(0)),)
    )
    plan = assemble(given, path).plan
    assert plan.index.item("T2").kind == "milestone"
    assert rows_of(plan)["T2"].finish == datetime(2026, 1, 6, 17)


def test_elapsed_durations_and_levelling(path: Path) -> None:
    """A day and a half on the wall clock; a levelling delay of a day behind a predecessor."""
    given = put(
        task("1", duration=work_span(36 * 60, elapsed=True)),
        task("2", 1, levelling_delay=work_span(24 * 60, elapsed=True)),
        relations=(Relation("1", "2", "FS", days(0)),),
    )
    plan = assemble(given, path).plan
    assert str(plan.index.item("T1").duration) == "36eh"
    rows = rows_of(plan)
    assert rows["T1"].finish == datetime(2026, 1, 6, 20)
    assert rows["T2"].finish == datetime(2026, 1, 8, 17)  # due on Wednesday, put off by a day


def test_gaps_are_splits_in_working_time(path: Path) -> None:
    """Three days of work with Tuesday noon to Thursday noon off: Monday to Friday noon and on."""
    gap = (datetime(2026, 1, 6, 12), datetime(2026, 1, 8, 12))
    weekend = (datetime(2026, 1, 9, 17), datetime(2026, 1, 12, 8))
    given = put(task("1", 3, start=MONDAY, gaps=(gap, weekend)), task("2", 1, gaps=(gap,)))
    plan = assemble(given, path).plan
    (split,) = plan.index.item("T1").splits
    assert (split.after, split.gap) == (parse_span("720min"), parse_span("960min"))
    assert rows_of(plan)["T1"].finish == datetime(2026, 1, 9, 17)
    assert plan.index.item("T2").splits == ()


def test_a_crew_works_whenever_one_of_it_does(path: Path) -> None:
    """By day and from Friday night: 30 hours of a task are 3 days of office and 6 hours more."""
    night = WorkCalendar(
        uid="2",
        name="Night",
        week={**dict.fromkeys(WEEKDAYS, ()), "mon": ((1320, 360),), "sat": (), "sun": ()},
        special=(SpecialDays(date(2026, 1, 6), date(2026, 1, 6), ((1320, 240),)),),
    )
    same = WorkCalendar(uid="3", name="Same", parent="1")
    given = put(
        task("1", duration=work_span(30 * 60), crew=("3", "2")),
        task("2", 5, crew=("3",)),
        task("3", 1, crew=("2",)),
        task("4", 1, crew=("2", "1")),
        calendars=(OFFICE, night, same),
    )
    plan = assemble(given, path).plan
    calendars = {item.id: item.calendar for item in plan.items}
    assert calendars["T2"] is None  # the one calendar is the office's under another name
    assert calendars["T3"] == "night"
    assert calendars["T1"] == calendars["T4"]
    # Monday 8 h, 22:00-06:00 8 h, Tuesday 8 h, 22:00-04:00 6 h.
    assert rows_of(plan)["T1"].finish == datetime(2026, 1, 7, 4)


def test_a_crew_that_works_round_the_clock(path: Path) -> None:
    """One by day until midnight, one from 20:00 to 06:00, so from 00:00 to 06:00 the day after."""
    long = WorkCalendar(uid="1", name="Long", week={"mon": ((0, 1440),)})
    late = WorkCalendar(uid="2", name="Late", week={"mon": ((1200, 360),)})
    crew = task("1", duration=work_span(30 * 60), crew=("1", "2"))
    given = put(crew, calendars=(long, late), start=datetime(2026, 1, 5))
    assert rows_of(assemble(given, path).plan)["T1"].finish == datetime(2026, 1, 6, 6)


def test_work_weeks(path: Path) -> None:
    """From 12 to 16 January only mornings are worked, but the 13th is off altogether."""
    mornings: dict[Weekday, Shifts] = dict.fromkeys(WEEKDAYS, ((480, 720),))
    special = (SpecialDays(date(2026, 1, 13), date(2026, 1, 13)),)
    weeks = (WorkWeek(date(2026, 1, 12), date(2026, 1, 16), mornings),)
    office = replace(OFFICE, special=special, weeks=weeks)
    given = put(task("1", 6.5), calendars=(office,))
    # Five days, then half a day on the 12th, 14th and 15th.
    assert rows_of(assemble(given, path).plan)["T1"].finish == datetime(2026, 1, 15, 12)


def test_baselines_are_kept_and_the_first_is_the_plan(path: Path) -> None:
    first = Kept(None, datetime(2026, 1, 1, 8), datetime(2026, 1, 2, 17), days(2))
    second = Kept("1", None, datetime(2026, 2, 2, 17))
    given = put(
        task("1", 2, start=MONDAY, baselines=(first, second)),
        task("2", 2, start=MONDAY, baselines=(Kept("0", None, None),)),
        task("3", 2, kind="summary", baselines=(second,)),
    )
    plan = assemble(given, path).plan
    item = plan.index.item("T1")
    assert item.planned.finish == datetime(2026, 1, 2, 17)
    assert [(one.name, one.finish) for one in item.baselines] == [
        (None, datetime(2026, 1, 2, 17)),
        ("1", datetime(2026, 2, 2, 17)),
    ]
    assert plan.index.item("T2").planned.start == MONDAY
    assert plan.index.item("T3").planned.finish is None


def test_planned_dates_the_wrong_way_round_are_one_date(path: Path) -> None:
    plan = assemble(put(task("1", 2, start=MONDAY, finish=datetime(2026, 1, 2, 17))), path).plan
    planned = plan.index.item("T1").planned
    assert (planned.start, planned.finish) == (None, datetime(2026, 1, 2, 17))


def test_dates_to_the_minute(path: Path) -> None:
    """Files hold seconds; a plan does not."""
    bound = Bound("SNET", datetime(2026, 1, 7, 8, 0, 31))
    plan = assemble(put(task("1", 1, bounds=(bound,))), path).plan
    (found,) = plan.index.item("T1").constraints
    assert found.date == datetime(2026, 1, 7, 8)


def test_cost_and_equipment(path: Path) -> None:
    given = put(
        task("1"),
        resources=(
            Resource(uid="1", title="Head of Works", facts={"x_mail": ""}),
            Resource(uid="2", title="Head of works", facts={"x_mail": "a@b"}),
            Resource(uid="3", title="", kind="equipment"),
            Resource(uid="4", title="Fees", kind="cost"),
            Resource(uid="1", title="Again"),
        ),
        works=(
            Works("1", "1", line=7),
            Works("1", "1", line=8),
            Works("2", "1"),
            Works("3", "1"),
            Works("4", "1"),
        ),
    )
    plan = assemble(given, path).plan
    assert [(one.id, one.kind) for one in plan.officers] == [
        ("head-of-works", "office"),
        ("head-of-works-2", "office"),
        ("resource-3", "group"),
    ]
    assert [one.model_extra for one in plan.officers] == [{}, {"x_mail": "a@b"}, {}]
    assert [one.officer for one in plan.assignments] == [one.id for one in plan.officers]
    assert plan.items[0].model_extra == {"x_materials": ["Fees"]}


def test_dates_in_no_known_year(path: Path) -> None:
    given = put(task("1", deadline=datetime(2500, 1, 1), line=9), must_finish=datetime(1492, 1, 1))
    loaded = assemble(given, path)
    first, second = messages(loaded)
    assert first == (
        "The must-finish-by date lies in the year 1492, outside 1900 to 2200: it is left out. "
        "(plan.xml)"
    )
    assert second == (
        'The deadline of "T1" lies in the year 2500, outside 1900 to 2200: it is left out. '
        "(plan.xml, line 9)"
    )
    assert loaded.plan.index.item("T1").due is None


def test_calendars_in_a_circle_and_without_hours(path: Path) -> None:
    first = WorkCalendar(uid="1", name="A", parent="2")
    second = WorkCalendar(uid="2", name="A", parent="1", line=4)
    third = WorkCalendar(uid="3", name="", parent="2", week={"mon": DAY})
    loaded = assemble(put(task("1", calendar="3"), calendars=(first, second, third)), path)
    assert [problem.code for problem in loaded.problems] == [
        "calendar-missing",
        "calendar-without-work",
    ]
    assert [one.id for one in loaded.plan.calendars] == ["standard", "a", "calendar-3"]
    assert rows_of(loaded.plan)["T1"].finish == MONDAY.replace(hour=17)


def test_unused_calendars_are_told(path: Path) -> None:
    other = replace(OFFICE, uid="2", name="Other")
    loaded = assemble(put(task("1"), calendars=(OFFICE, other)), path)
    assert [one.id for one in loaded.plan.calendars] == ["office"]
    assert loaded.notes == ("1 calendar that nothing uses left out.",)


@given(st.text(max_size=250))
def test_ids_are_ids(text: str) -> None:
    Calendar.model_validate({"id": fit_id(text, "row")})


MOMENTS = st.datetimes(datetime(2025, 11, 1), datetime(2026, 4, 1))
PARTED = Calendar.model_validate(
    {
        "id": "c",
        "week": {"mon": [["08:00", "12:00"], ["13:00", "17:00"]], "thu": [["22:00", "06:00"]]},
        "exceptions": [
            {"from": "2026-01-05", "to": "2026-01-05", "hours": []},
            {"from": "2026-01-07", "to": "2026-01-07", "hours": [["10:00", "11:00"]]},
        ],
    }
)


def _minutes_of_work() -> list[int]:
    """List the minutes that are worked, one by one, from October 2025 to May 2026."""
    found: list[int] = []
    day = date(2025, 10, 1)
    while day < date(2026, 5, 1):
        shifts = {0: ((480, 720), (780, 1020)), 3: ((1320, 1800),)}.get(day.weekday(), ())
        shifts = {date(2026, 1, 5): (), date(2026, 1, 7): ((600, 660),)}.get(day, shifts)
        for begin, end in shifts:
            found += range(start_instant(day) + begin, start_instant(day) + end)
        day += timedelta(days=1)
    return found


WORKED = _minutes_of_work()


@given(MOMENTS, MOMENTS)
def test_worked_minutes_are_those_one_can_count(begin: datetime, end: datetime) -> None:
    first, last = sorted((start_instant(begin), start_instant(end)))
    table = work_table({"c": PARTED}, "c")
    counted = sum(first <= minute < last for minute in WORKED)
    assert worked_between(table, first, last) == counted
    assert worked_between(table, last, first) == -counted


@given(MOMENTS, st.integers(1, 2000))
def test_work_ends_with_its_last_minute(begin: datetime, minutes: int) -> None:
    first = start_instant(begin)
    table = work_table({"c": PARTED}, "c")
    ahead = [minute for minute in WORKED if minute >= first]
    assert work_ahead(table, first, minutes) == ahead[minutes - 1] + 1
