"""Plans written for MS Project: what Project sees, and what comes back."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.errors import FileError
from graphmodel.plan import Plan
from loaders.schedules.mspdi import read_mspdi
from loaders.schedules.mspdi_writer import write_mspdi
from simulations.schedule import schedule
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.items import Item
    from loaders.loaded import Loaded
    from loaders.schedules.mspdi_rows import Shown

NAMESPACE = "{http://schemas.microsoft.com/project}"
OFFICE_WEEK = {
    day: [["08:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
}
OFFICE: dict[str, Any] = {
    "id": "Office",
    "week": OFFICE_WEEK,
    "exceptions": [{"from": "2026-04-03", "to": "2026-04-06", "hours": []}],
}


def plan_of(*items: dict[str, Any], **more: Any) -> Plan:
    """Return a plan of items given by what differs from a milestone M1, M2, …"""
    rows = [
        {"id": f"M{place}", "kind": "milestone", "title": f"Milestone {place}", **one}
        for place, one in enumerate(items, start=1)
    ]
    return Plan.model_validate({"id": "works", "title": "Works", **more, "items": rows})


def shown_of(plan: Plan) -> dict[str, Shown]:
    """Return the dates a schedule of the plan shows."""
    return {row.id: (row.start, row.finish) for row in schedule(plan).items}


def written(plan: Plan, shown: Mapping[str, Shown] | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text of a plan's file, and what was lost."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "works.xml"
        lost = write_mspdi(plan, path, shown=shown)
        return path.read_text(encoding="utf-8"), lost


def load(text: str) -> Loaded:
    """Read a text as a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "works.xml"
        path.write_text(text, encoding="utf-8")
        return read_mspdi(path)


def row(text: str, name: str) -> dict[str, str]:
    """Return the elements of the row whose field "knockon id" says a name."""
    for one in ET.fromstring(text).iter(f"{NAMESPACE}Task"):
        values = [value.text for value in one.iter(f"{NAMESPACE}Value")]
        if name in values:
            return {part.tag.removeprefix(NAMESPACE): part.text or "" for part in one}
    raise AssertionError(name)


def without_marks(text: str) -> str:
    """Return a file as if knockon had kept nothing in it."""
    values = r"<ExtendedAttribute>\s*<FieldID>\d+</FieldID>\s*<Value>[^<]*</Value>\s*"
    return re.sub(f"{values}</ExtendedAttribute>", "", text)


def core(item: Item) -> dict[str, Any]:
    """Return what must come back of an item."""
    dumped = item.model_dump(exclude={"source", "history", "x_uid"})
    return {**dumped, "source": None}


def carried(plan: Plan) -> dict[str, Any]:
    """Return what must come back of a plan."""
    return {
        "plan": plan.model_dump(
            include={"id", "title", "start", "must_finish", "status_date", "calendar", "options"}
        ),
        "items": {item.id: core(item) for item in plan.items},
        "links": sorted((one.from_, one.to, one.type, _usual(str(one.lag))) for one in plan.links),
        "officers": {one.id: one.model_dump(exclude={"source", "x_uid"}) for one in plan.officers},
        "roles": {(one.officer, one.item, one.role) for one in plan.assignments},
        "calendars": [one.id for one in plan.calendars],
    }


# What Project sees


@pytest.mark.parametrize(
    ("planned", "cells"),
    [
        (
            {"finish": "2026-04-30", "precision": "month", "text": "April 2026"},
            {
                "Start": "2026-04-30T17:00:00",
                "Finish": "2026-04-30T17:00:00",
                "Duration": "PT0H0M0S",
                "Milestone": "1",
                "ConstraintType": "6",
                "ConstraintDate": "2026-04-30T17:00:00",
            },
        ),
        (
            {"start": "2026-04-01", "finish": "2026-04-30", "precision": "day"},
            {
                "Start": "2026-04-01T09:00:00",
                "Finish": "2026-04-30T17:00:00",
                "Duration": "PT240H0M0S",
                "Milestone": "0",
                "ConstraintType": "4",
                "ConstraintDate": "2026-04-01T09:00:00",
            },
        ),
        (
            {"start": "2026-04-01", "precision": "from"},
            {
                "Start": "2026-04-01T09:00:00",
                "Finish": "2026-04-01T09:00:00",
                "Duration": "PT0H0M0S",
                "ConstraintType": "4",
            },
        ),
        (
            {"start": "2026-04-01T22:00", "finish": "2026-04-02T06:30", "precision": "day"},
            {
                "Start": "2026-04-01T22:00:00",
                "Finish": "2026-04-02T06:30:00",
                "Duration": "PT8H30M0S",
                "DurationFormat": "6",
                "ConstraintType": "4",
            },
        ),
        ({"precision": "none"}, {"Manual": "1", "Duration": "PT0H0M0S", "ConstraintType": "0"}),
    ],
)
def test_items_with_dates_of_their_own(planned: dict[str, Any], cells: dict[str, str]) -> None:
    text, _ = written(plan_of({"planned": planned}))
    found = row(text, "M1")
    assert {name: found[name] for name in cells} == cells
    assert ("Start" in found) == ("Start" in cells)


@pytest.mark.parametrize(
    ("duration", "calendar", "cells", "works_on"),
    [
        ("10wd", None, ("PT80H0M0S", "7"), "england"),
        ("10d", None, ("PT80H0M0S", "7"), "Every day (knockon)"),
        ("2w", "Office", ("PT112H0M0S", "7"), "Every day (knockon)"),
        ("90min", "Office", ("PT1H30M0S", "3"), "Office"),
        ("12h", "Office", ("PT12H0M0S", "5"), "Office"),
        ("36eh", "Office", ("PT36H0M0S", "6"), "Office"),
    ],
)
def test_items_with_a_duration(
    duration: str, calendar: str | None, cells: tuple[str, str], works_on: str
) -> None:
    one = {"kind": "activity", "duration": duration, "calendar": calendar}
    text, _ = written(plan_of(one, calendars=[OFFICE], start="2026-03-30"))
    found = row(text, "M1")
    assert (found["Duration"], found["DurationFormat"]) == cells
    names = {
        calendar.findtext(f"{NAMESPACE}UID"): calendar.findtext(f"{NAMESPACE}Name")
        for calendar in ET.fromstring(text).iter(f"{NAMESPACE}Calendar")
    }
    assert names[found["CalendarUID"]] == works_on


def test_months_take_the_days_the_schedule_gives_them() -> None:
    plan = plan_of({"kind": "activity", "duration": "1m"}, start="2026-02-01")
    text, lost = written(plan, shown_of(plan))
    assert row(text, "M1")["Duration"] == f"PT{28 * 8}H0M0S"
    assert any("calendar months" in sentence for sentence in lost)
    alone, _ = written(plan)
    assert row(alone, "M1")["Duration"] == "PT243H30M0S"


def test_constraints_deadlines_progress_and_fixed_dates() -> None:
    bounds = [
        {"type": "FNLT", "date": "2026-06-30"},
        {"type": "MSO", "date": "2026-04-07", "hard": True},
    ]
    begun = {"status": "in_progress", "actual_start": "2026-03-30", "percent": 25.0}
    plan = plan_of(
        {"kind": "activity", "duration": "4wd", "constraints": bounds, "due": "2026-05-29"},
        {"kind": "activity", "duration": "8wd", **begun},
        {"kind": "activity", "duration": "8wd", **begun, "remaining": "1wd"},
        {"status": "complete", "actual_finish": "2026-03-31"},
        {"kind": "activity", "duration": "2wd", "status": "complete"},
        {"status": "cancelled", "planned": {"finish": "2026-04-30"}},
        {
            "kind": "activity",
            "scheduling": "fixed",
            "planned": {"start": "2026-04-01", "finish": "2026-04-02"},
            "duration": "2wd",
        },
        {"scheduling": "fixed", "planned": {"finish": "2026-04-02"}},
        {"kind": "activity", "duration": "1wd", "constraints": [{"type": "ALAP"}]},
        {"kind": "activity", "duration": "1wd", "levelling_delay": "48eh"},
        calendars=[OFFICE],
        calendar="Office",
        start="2026-03-30",
        status_date="2026-03-31",
    )
    text, lost = written(plan, shown_of(plan))
    rows = [row(text, f"M{number}") for number in range(1, 11)]
    assert (rows[0]["ConstraintType"], rows[0]["ConstraintDate"]) == ("2", "2026-04-07T08:00:00")
    assert rows[0]["Deadline"] == "2026-05-29T17:00:00"
    assert (rows[1]["ActualStart"], rows[1]["RemainingDuration"]) == (
        "2026-03-30T08:00:00",
        "PT48H0M0S",
    )
    assert (rows[2]["ActualDuration"], rows[2]["RemainingDuration"]) == ("PT56H0M0S", "PT8H0M0S")
    assert (rows[3]["ActualStart"], rows[3]["ActualFinish"]) == ("2026-03-31T17:00:00",) * 2
    assert rows[4]["PercentComplete"] == "100"
    assert [one["Active"] for one in rows[4:7]] == ["1", "0", "1"]
    assert (rows[6]["Manual"], rows[6]["ManualStart"], rows[6]["ManualDuration"]) == (
        "1",
        "2026-04-01T08:00:00",
        "PT16H0M0S",
    )
    assert (rows[7]["Manual"], rows[7]["Finish"]) == ("1", "2026-04-02T17:00:00")
    assert rows[8]["ConstraintType"] == "1"
    assert (rows[9]["LevelingDelay"], rows[9]["LevelingDelayFormat"]) == ("28800", "6")
    root = ET.fromstring(text)
    assert root.findtext(f"{NAMESPACE}StatusDate") == "2026-03-31T17:00:00"
    assert root.findtext(f"{NAMESPACE}HonorConstraints") == "1"
    assert lost == ("1 item with several date constraints: Project gets the strictest of each.",)


def test_a_forecast_is_what_project_shows() -> None:
    dates = {"start": "2026-04-01", "finish": "2026-04-10"}
    text, _ = written(
        plan_of(
            {"planned": dates, "forecast": "2026-04-20"},
            {"planned": {"finish": "2026-04-10"}, "forecast": "2026-04-20"},
        )
    )
    first, second = row(text, "M1"), row(text, "M2")
    assert (first["Start"], first["Finish"]) == ("2026-04-11T09:00:00", "2026-04-20T17:00:00")
    assert second["ConstraintDate"] == "2026-04-20T17:00:00"


@pytest.mark.parametrize(
    ("lag", "cells", "exact"),
    [
        ("0d", ("0", "8"), True),
        ("5d", ("72000", "8"), True),
        ("-2w", ("-201600", "10"), True),
        ("10wd", ("48000", "7"), True),
        ("4h", ("2400", "5"), True),
        ("-30min", ("-300", "3"), True),
        ("8eh", ("4800", "6"), True),
        ("50%", ("50", "19"), True),
        ("12.5%", ("13", "19"), False),
        ("2m", ("864000", "12"), False),
    ],
)
def test_lags(lag: str, cells: tuple[str, str], exact: bool) -> None:
    link = {"from": "M1", "to": "M2", "type": "SS", "lag": lag}
    plan = plan_of({"planned": {"finish": "2026-04-30"}}, {}, links=[link])
    text, lost = written(plan)
    (one,) = ET.fromstring(text).iter(f"{NAMESPACE}PredecessorLink")
    found = tuple(one.findtext(f"{NAMESPACE}{name}") for name in ("LinkLag", "LagFormat"))
    assert found == cells
    assert one.findtext(f"{NAMESPACE}Type") == "3"
    assert bool(lost) is not exact


def test_the_calendar_of_an_office_and_of_a_night_watch() -> None:
    """Project has no shifts past midnight: the night is cut in two, a free day too."""
    nights = {
        "id": "Nights",
        "parent": "Office",
        "week": {day: [["22:00", "06:00"]] for day in OFFICE_WEEK},
        "exceptions": [{"from": "2026-04-08", "to": "2026-04-08", "hours": []}],
    }
    plan = plan_of(
        {"kind": "activity", "duration": "16h", "calendar": "Nights"},
        {"kind": "activity", "duration": "3wd", "calendar": "Office"},
        start="2026-04-01",
        calendars=[OFFICE, nights],
    )
    text, _ = written(plan, shown_of(plan))
    back = load(text)
    assert carried(back.plan) == carried(plan)
    assert shown_of(back.plan) == shown_of(plan)
    stripped = {item.title: item.id for item in load(without_marks(text)).plan.items}
    dates = shown_of(load(without_marks(text)).plan)
    assert dates[stripped["Milestone 1"]] == shown_of(plan)["M1"]
    assert dates[stripped["Milestone 2"]] == shown_of(plan)["M2"]


def test_what_project_has_no_place_for_is_said() -> None:
    plan = plan_of(
        {"kind": "action", "planned": {"finish": "2026-06-30"}},
        {
            "parent": "M1",
            "due": "2026-04-30",
            "deadlines": [{"date": "2026-05-01"}],
            "history": [{"as_of": "2026-03-01"}],
            "baselines": [{"finish": "2026-04-30"}] * 12,
        },
        {"parent": "M1", "duration": "20%"},
        {"constraints": [{"type": "SNET", "date": "2026-04-01"}, {"type": "ALAP"}]},
        {"parent": "M4", "planned": {"finish": "2026-04-30", "text": "x" * 3000}},
        boards=[{"id": "b"}],
        risks=[{"id": "r", "title": "Storm", "probability": 0.5, "impacts": []}],
        blackouts=[{"start": "2026-05-01", "finish": "2026-05-07"}],
        calendars=[OFFICE, {**OFFICE, "id": "Short", "hours_per_day": 6}],
        calendar="Office",
        links=[
            {"from": "M2", "to": "M3", "reason": "because"},
            {"from": "M2", "to": "M3", "type": "SS"},
            {"from": "M3", "to": "M5", "state": "proposed"},
        ],
    )
    _, lost = written(plan)
    assert set(lost) == {
        "MS Project has no place for these, left out: 1 board, 1 blackout, 1 risk.",
        "1 link not accepted: left out.",
        "1 link with a reason or words of a paper: these are left out.",
        "1 link left out: Project has one link from one task to another.",
        "1 item with several deadlines: Project gets the first of each.",
        "1 item with earlier reports: these are left out.",
        "1 item with both dates and parts: Project shows the dates of the parts.",
        "1 item with constraints that Project's summary tasks cannot have.",
        "1 item with more than 11 baselines: Project gets the first 11.",
        "1 item as long as a share of nothing: Project gets no length.",
        "1 item with more than text fields hold: planned, left out.",
        "1 calendar with a day of another length than the plan's own: Project has one.",
        "1 item without any date: Project gets manual tasks without dates.",
    }


def test_any_text_is_written_so_that_it_can_be_read() -> None:
    titles = ['<b> & "it\'s" ]]>', "=1+1", "tab\tand\nline", "null \x00 \ufffe", "ä€😀", ""]
    plan = plan_of(*({"title": title, "tags": [title]} for title in titles if title))
    back = load(written(plan)[0]).plan
    assert [item.title for item in back.items] == [
        '<b> & "it\'s" ]]>',
        "=1+1",
        "tab\tand\nline",
        "null \ufffd \ufffd",
        "ä€😀",
    ]
    assert [item.tags[0] for item in back.items] == titles[:5]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be written"):
        write_mspdi(plan_of({}), tmp_path / "none" / "works.xml")


def test_elements_stand_in_the_order_of_project_itself(corpora: Path) -> None:
    """No two elements of a kind stand the other way round in a file that Project wrote."""
    before: dict[str, set[tuple[str, str]]] = {}
    for path in (corpora / "mpxj-cpm" / "mpxj-junit").rglob("*mspdi.xml"):
        for one in ET.parse(path).getroot().iter():
            tags = list(dict.fromkeys(part.tag for part in one))
            pairs = {(first, tags[i]) for i in range(len(tags)) for first in tags[:i]}
            before.setdefault(one.tag, set()).update(pairs)
    people = {"officers": [{"id": "o"}], "assignments": [{"officer": "o", "item": "M2"}]}
    plan = plan_of(
        {"kind": "action", "due": "2026-04-30"},
        {
            "parent": "M1",
            "kind": "activity",
            "scheduling": "fixed",
            "planned": {"start": "2026-04-01", "finish": "2026-04-02"},
            "baselines": [{"start": "2026-04-01", "finish": "2026-04-02", "duration": "1wd"}],
            "status": "in_progress",
            "levelling_delay": "1d",
            "label": "A.1",
            "due": "2026-05-01",
            "x_notes": "Ask.",
        },
        {"constraints": [{"type": "SNET", "date": "2026-04-01"}], "duration": "1wd"},
        **people,
        links=[{"from": "M2", "to": "M3"}],
        calendars=[OFFICE],
        calendar="Office",
        start="2026-04-01",
        status_date="2026-04-01",
    )
    seen = 0
    for one in ET.fromstring(written(plan, shown_of(plan))[0]).iter():
        tags = list(dict.fromkeys(part.tag for part in one))
        for i, tag in enumerate(tags):
            for first in tags[:i]:
                seen += (first, tag) in before.get(one.tag, ())
                assert (tag, first) not in before.get(one.tag, ()), (one.tag, first, tag)
    assert seen > 500


# What comes back

#: Words as people write them; what XML cannot hold has a test of its own.
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MOMENTS = DAYS.map(lambda day: datetime(day.year, day.month, day.day, 10, 30))
SPANS = st.builds(
    lambda amount, unit: f"{amount}{unit}",
    st.integers(0, 40),
    st.sampled_from(["d", "w", "wd", "h", "min", "eh"]),
)
LAGS = st.builds(
    lambda amount, unit: f"{amount}{unit}",
    st.integers(-20, 40),
    st.sampled_from(["d", "w", "wd", "h", "min", "eh", "%"]),
)


@st.composite
def planned(draw: st.DrawFn) -> dict[str, Any]:
    days = draw(st.sampled_from([DAYS, MOMENTS]))
    finish = draw(st.none() | days)
    start = draw(st.none() | days)
    if start is not None and finish is not None and start > finish:
        start, finish = finish, start
    precision = "none" if start is None and finish is None else "day"
    text = draw(st.none() | WORDS)
    return {"start": start, "finish": finish, "precision": precision, "text": text}


@st.composite
def leaf(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["planned", "logic", "fixed"]))
    found: dict[str, Any] = {
        "kind": draw(st.sampled_from(["milestone", "activity"])),
        "scheduling": draw(st.sampled_from([None, kind])) if kind != "fixed" else kind,
        "status": draw(
            st.sampled_from(["not_started", "in_progress", "complete", "on_hold", "cancelled"])
        ),
        "due": draw(st.none() | DAYS),
        "rag": draw(st.sampled_from([None, "Amber"])),
        "tags": draw(st.lists(WORDS, max_size=2)),
        "label": draw(st.none() | st.sampled_from(["1.1", "A"])),
        "calendar": draw(st.sampled_from([None, "Office", "england"])),
    }
    if kind == "planned":
        found |= {"planned": draw(planned()), "forecast": draw(st.none() | DAYS)}
    else:
        found["duration"] = draw(SPANS)
    if kind == "fixed":
        found["planned"] = draw(planned())
    if draw(st.booleans()):
        found["constraints"] = [
            {
                "type": draw(st.sampled_from(["SNET", "FNLT", "MSO", "MFO"])),
                "date": draw(DAYS),
                "hard": draw(st.booleans()),
            }
        ]
    return found


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    items: list[dict[str, Any]] = [
        {"id": "T", "kind": "theme", "title": "Theme", "planned": draw(planned())},
        {"id": "T.1", "kind": "action", "title": draw(WORDS), "parent": "T"},
    ]
    count = draw(st.integers(1, 6))
    for number in range(count):
        parent = draw(st.sampled_from([None, "T", "T.1"]))
        title = draw(st.sampled_from(["Permits", "Quay wall", "Handover"]))
        items.append({"id": f"item {number}", "title": title, "parent": parent, **draw(leaf())})
    if not any(one.get("parent") == "T.1" for one in items):
        items.pop(1)
    pairs = draw(
        st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=6)
    )
    links = [
        {
            "from": f"item {first}",
            "to": f"item {second}",
            "type": draw(st.sampled_from(["FS", "SS", "FF", "SF"])),
            "lag": draw(LAGS),
        }
        for first, second in sorted(pairs)
        if first < second
    ]
    officers = [{"id": "o1", "title": "Harbour Master"}, {"id": "o2", "kind": "group"}]
    roles = draw(
        st.sets(
            st.tuples(
                st.sampled_from(["o1", "o2"]),
                st.sampled_from([one["id"] for one in items]),
                st.sampled_from(["responsible", "accountable", "sponsor"]),
            ),
            max_size=4,
        )
    )
    return Plan.model_validate(
        {
            "id": draw(st.sampled_from(["works", "Docks 2026"])),
            "title": draw(st.sampled_from(["Works", "A & B"])),
            "start": draw(st.none() | DAYS),
            "status_date": draw(st.none() | DAYS),
            "calendar": draw(st.sampled_from([None, "Office", "england"])),
            "options": {"scheduling_mode": draw(st.sampled_from(["plan", "ms-project", "p6"]))},
            "calendars": [OFFICE],
            "items": items,
            "links": links,
            "officers": officers,
            "assignments": [
                {"officer": officer, "item": item, "role": role}
                for officer, item, role in sorted(roles)
            ],
        }
    )


def test_a_portfolio_comes_back() -> None:
    """Ids with their plan's in front, and ids as long as ids may be."""
    longest = "x" * 200
    plan = plan_of(
        {"id": "csip:SI1", "kind": "action"},
        {"id": "csip:SI1.1", "parent": "csip:SI1", "planned": {"finish": "2026-04-30"}},
        {"id": longest, "planned": {"finish": "2026-04-30"}},
        {"id": "two  blanks", "planned": {"finish": "2026-04-30"}},
        links=[{"from": "csip:SI1.1", "to": longest}],
        officers=[{"id": "csip:head"}],
        assignments=[{"officer": "csip:head", "item": "csip:SI1.1"}],
    )
    assert carried(load(written(plan)[0]).plan) == carried(plan)


@settings(max_examples=examples(80))
@given(plans())
def test_a_plan_comes_back(plan: Plan) -> None:
    text, _ = written(plan)
    back = load(text)
    assert [problem.code for problem in back.problems] == []
    assert carried(back.plan) == carried(plan)


@settings(max_examples=examples(40))
@given(plans())
def test_what_project_reads_is_the_same_without_what_knockon_keeps(plan: Plan) -> None:
    """Titles, outline, links with lags and people stand in Project's own elements."""
    text, _ = written(plan)
    back = load(without_marks(text)).plan
    assert sorted(item.title for item in back.items) == sorted(one.title for one in plan.items)
    names = {item.id: place for place, item in enumerate(back.items)}
    order = [one.id for one in _in_outline(plan)]
    places = {name: place for place, name in enumerate(order)}
    assert {(names[one.from_], names[one.to], one.type, str(one.lag)) for one in back.links} == {
        (places[one.from_], places[one.to], one.type, _usual(str(one.lag))) for one in plan.links
    }
    parents = {
        names[one.id]: None if one.parent is None else names[one.parent] for one in back.items
    }
    assert parents == {
        places[one.id]: None if one.parent is None else places[one.parent] for one in plan.items
    }
    assert len(back.assignments) == len({(one.officer, one.item) for one in plan.assignments})


def _usual(lag: str) -> str:
    """Return no lag in the one way it is written."""
    return "0d" if re.match(r"-?0[a-z%]", lag) else lag


def _in_outline(plan: Plan) -> list[Item]:
    found: list[Item] = []

    def add(name: str) -> None:
        found.append(plan.index.items[name])
        for part in plan.index.children.get(name, ()):
            add(part)

    for item in plan.items:
        if item.parent is None:
            add(item.id)
    return found
