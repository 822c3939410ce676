"""Meetings written as .ics: valid by RFC 5545, stable, and the same when read back."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.meetings import known_meetings
from graphmodel.moments import finish_instant
from graphmodel.people import Meetings
from loaders.calendar_events import read_calendar
from loaders.calendar_merging import merge_calendars
from loaders.writers.calendar import MeetingNotes, Written, write_meetings
from tests.laws import examples
from tests.loaders.small_calendars import plan_of_boards, put

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan

#: Rules without an end are written up to here.
UNTIL = date(2028, 12, 31)
HOSTILE = "Board, of; ca\\fés\nBEGIN:VALARM \x07\x85\u2028" + "long é " * 30


def lines_of(path: Path) -> list[str]:
    """The logical lines of a file, taken apart by the rules of RFC 5545, 3.1."""
    content = path.read_bytes()
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    assert not any(b"\r" in line or b"\n" in line for line in physical)
    lines: list[str] = []
    for line in physical:
        text = line.decode("utf-8")  # no fold parts a letter
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def properties(lines: list[str], name: str) -> list[str]:
    """The values of a property, its escapes undone (RFC 5545, 3.3.11)."""
    found = [line.partition(":")[2] for line in lines if re.match(rf"{name}[;:]", line)]
    return [
        re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], value) for value in found
    ]


def write(path: Path, plan: Plan, **rest: Any) -> list[str]:
    write_meetings(plan, plan.boards, path, **rest)
    return lines_of(path)


def test_what_is_written(tmp_path: Path) -> None:
    meetings = {"dates": ["2026-10-20", "2026-11-17T14:00"], "cancelled": ["2026-11-17"]}
    plan = plan_of_boards({"id": "cab", "title": "Cabinet", "meetings": meetings})
    plan = plan.model_copy(update={"status_date": date(2026, 8, 31)})
    note = MeetingNotes(("For decision:", "A  Choose"), (date(2026, 10, 6),))
    path = tmp_path / "x.ics"
    key = ("cab", date(2026, 10, 20))
    assert write_meetings(plan, plan.boards, path, notes={key: note}) == Written(2, 1)
    lines = lines_of(path)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 3
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20261020",
        "DTSTART:20261117T140000",
        "DTSTART;VALUE=DATE:20261006",
    ]
    assert properties(lines, "STATUS") == ["CONFIRMED", "CANCELLED"]
    assert set(properties(lines, "DTSTAMP")) == {"20260831T000000Z"}
    assert properties(lines, "SUMMARY") == [
        "Cabinet", "Cabinet", "Papers due: Cabinet, 2026-10-20",
    ]  # fmt: skip
    assert properties(lines, "DESCRIPTION") == ["For decision:\nA Choose"]
    assert len(set(properties(lines, "UID"))) == 3
    assert properties(lines, "X-WR-CALNAME") == ["Cabinet"]
    assert not any("VALARM" in line for line in lines)


def test_uids_and_bytes_stay(tmp_path: Path) -> None:
    """A second file is the same; a meeting keeps its UID when another is added."""
    meetings = {"dates": ["2026-10-20"]}
    plan = plan_of_boards({"id": "cab", "title": "Cabinet", "meetings": meetings})
    first, second = tmp_path / "1.ics", tmp_path / "2.ics"
    (uid,) = properties(write(first, plan), "UID")
    write(second, plan)
    assert first.read_bytes() == second.read_bytes()
    more = {"dates": ["2026-10-13", "2026-10-20"]}
    plan = plan_of_boards({"id": "cab", "title": "Cabinet", "meetings": more})
    assert properties(write(first, plan), "UID")[1] == uid


def test_hostile_titles_stay_text(tmp_path: Path) -> None:
    """Nothing of a title becomes a line or a property; control codes fall out."""
    meetings = {"dates": ["2026-10-20"]}
    plan = plan_of_boards({"id": 'b",:;\\', "title": HOSTILE, "meetings": meetings})
    notes = {(plan.boards[0].id, date(2026, 10, 20)): MeetingNotes((HOSTILE, "DTSTART:x"))}
    lines = write(tmp_path / "x.ics", plan, notes=notes)
    told = " ".join(("Board, of; ca\\fés BEGIN:VALARM " + "long é " * 30).split())
    assert properties(lines, "SUMMARY") == [told]
    assert properties(lines, "DESCRIPTION") == [f"{told}\nDTSTART:x"]
    assert properties(lines, "X-KNOCKON-BOARD") == ['b",:;\\']
    assert len([line for line in lines if line.startswith("DTSTART")]) == 1
    stripped = [plan.boards[0].model_copy(update={"meetings": Meetings()})]
    merged, problems = put(plan.model_copy(update={"boards": tuple(stripped)}), tmp_path / "x.ics")
    assert (merged.boards[0].meetings.dates, problems) == ((date(2026, 10, 20),), [])


def test_another_reader_finds_the_same(tmp_path: Path) -> None:
    meetings = {"dates": ["2026-10-20", "2026-11-17T14:00"]}
    plan = plan_of_boards({"id": "cab", "title": HOSTILE, "meetings": meetings})
    write(tmp_path / "x.ics", plan)
    calendar = icalendar.Calendar.from_ical((tmp_path / "x.ics").read_bytes())
    found = [event.decoded("dtstart") for event in calendar.walk("VEVENT")]
    assert found == [date(2026, 10, 20), datetime(2026, 11, 17, 14)]


def test_days_for_papers_are_no_meetings(tmp_path: Path) -> None:
    meetings = {"dates": ["2026-10-20"]}
    plan = plan_of_boards({"id": "cab", "title": "Cabinet", "meetings": meetings})
    note = MeetingNotes((), (date(2026, 10, 6),))
    write(tmp_path / "x.ics", plan, notes={("cab", date(2026, 10, 20)): note})
    merged, problems = put(plan, tmp_path / "x.ics")
    assert (merged, problems) == (plan, [])


def test_a_plan_without_dates_has_a_stamp_all_the_same(tmp_path: Path) -> None:
    plan = plan_of_boards(start=None)
    assert write(tmp_path / "x.ics", plan)[-1] == "END:VCALENDAR"
    meetings = {"dates": ["2026-10-20"]}
    plan = plan_of_boards({"id": "c", "title": "C", "meetings": meetings}, start=None)
    assert properties(write(tmp_path / "x.ics", plan), "DTSTAMP") == ["19700101T000000Z"]
    plan = plan.model_copy(update={"status_date": datetime(2026, 9, 1, 17)})
    assert properties(write(tmp_path / "x.ics", plan), "DTSTAMP") == ["20260901T000000Z"]


# -- There and back -------------------------------------------------------------------------------

_DAYS = st.dates(date(2026, 4, 1), date(2028, 3, 31))
_TIMES = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day) + timedelta(minutes=minutes),
    _DAYS,
    st.integers(1, 1439),
)
_MOMENTS = st.one_of(_DAYS, _DAYS, _TIMES)
_RULES = st.sampled_from(
    [
        None,
        "FREQ=MONTHLY;BYDAY=3TU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;BYHOUR=14;BYMINUTE=30",
        "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=7",
        "FREQ=YEARLY;BYMONTH=3,6;BYDAY=-1FR;UNTIL=20280101",
    ]
)


@st.composite
def boards(draw: st.DrawFn, name: str) -> dict[str, Any]:
    dates = draw(st.lists(_MOMENTS, max_size=6))
    off = draw(st.lists(st.one_of(st.sampled_from(dates or [date(2026, 4, 1)]), _DAYS), max_size=3))
    rule = draw(_RULES)
    since = draw(st.one_of(st.none(), st.dates(date(2026, 4, 1), date(2027, 6, 1))))
    meetings = Meetings(dates=tuple(dates), rule=rule, since=since, cancelled=tuple(off))
    title = draw(st.text(max_size=12))
    return {"id": name, "title": title, "meetings": meetings.model_dump(mode="json")}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    blackout = draw(st.tuples(_DAYS, st.integers(0, 60), st.sampled_from([[], ["x"], ["x", "y"]])))
    first, length, named = blackout
    last = first + timedelta(length)
    return plan_of_boards(
        draw(boards("x")),
        draw(boards("y")),
        blackouts=[{"start": str(first), "finish": str(last), "boards": named}],
    )


@settings(max_examples=examples(60))
@given(plan=plans())
def test_meetings_come_back(tmp_path_factory: Any, plan: Plan) -> None:
    """Into a plan that knows no meeting, and into the plan itself, which has nothing to learn."""
    path = tmp_path_factory.mktemp("ics") / "x.ics"
    write_meetings(plan, plan.boards, path, until=UNTIL)
    lines_of(path)
    bare = tuple(board.model_copy(update={"meetings": Meetings()}) for board in plan.boards)
    blank = plan.model_copy(update={"boards": bare})
    last = finish_instant(UNTIL)
    for into in (blank, plan):
        merged, problems, _ = merge_calendars(into, [read_calendar(path)])
        assert [one for one in problems if one.code != "empty-calendar"] == []
        for board, again in zip(plan.boards, merged.boards, strict=True):
            known = [one for one in known_meetings(plan, board) if one <= last]
            assert [one for one in known_meetings(merged, again) if one <= last] == known
