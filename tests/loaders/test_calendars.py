"""Calendars (.ics) of Outlook, Google and others: what they add to the meetings of boards."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from graphmodel.errors import FileError, PlanError
from graphmodel.meetings import known_meetings
from graphmodel.moments import finish_instant, show_finish
from graphmodel.people import Meetings
from graphmodel.planfile import write_plan
from loaders.load import load
from tests.loaders.small_calendars import (
    LONDON_ZONE,
    event,
    ics,
    meetings_of,
    plan_of_boards,
    put,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

DAY = "DTSTART;VALUE=DATE:20261020"


def days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(one) for one in texts)


# -- Single meetings ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("DTSTART;VALUE=DATE:20261020", date(2026, 10, 20)),
        ("DTSTART:20261020T140000", datetime(2026, 10, 20, 14)),  # floating: as it stands
        ("DTSTART;TZID=Europe/London:20261020T140000", datetime(2026, 10, 20, 14)),
        ("DTSTART:20260616T130000Z", datetime(2026, 6, 16, 14)),  # summer: an hour ahead of UTC
        ("DTSTART:20261215T140000Z", datetime(2026, 12, 15, 14)),  # winter: the same
        ("DTSTART;TZID=America/New_York:20261215T233000", datetime(2026, 12, 16, 4, 30)),
        ("DTSTART;TZID=GMT Standard Time:20260616T140000", datetime(2026, 6, 16, 14)),
        ("DTSTART:20261020T140059", datetime(2026, 10, 20, 14)),
    ],
)
def test_days_and_times(tmp_path: Path, line: str, start: date) -> None:
    assert meetings_of(tmp_path, event(line)) == Meetings(dates=(start,))


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20261020T000000", "DTEND:20261021T000000"),
        ("DTSTART;TZID=Europe/London:20261020T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        ("DTSTART:20261020T000000",),
    ],
)
def test_outlook_writes_whole_days_from_midnight(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert meetings_of(tmp_path, event(*lines)).dates == days("2026-10-20")


def test_a_known_meeting_is_not_added_again(tmp_path: Path) -> None:
    board = {"id": "cab", "title": "Cabinet", "meetings": {"dates": ["2026-10-20"]}}
    plan = plan_of_boards(board)
    merged, problems = put(plan, write(tmp_path, ics(event(DAY))))
    assert (merged, problems) == (plan, [])


# -- Cancelled and moved --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Cabinet", "STATUS:CANCELLED"),
        ("Canceled: Cabinet", "STATUS:CONFIRMED"),
        ("CANCELLED - Cabinet", "CLASS:PUBLIC"),
    ],
)
def test_a_cancelled_meeting(tmp_path: Path, title: str, status: str) -> None:
    board = {"id": "cab", "title": "Cabinet", "meetings": {"dates": ["2026-10-20"]}}
    path = write(tmp_path, ics(event(DAY, status, title=title)))
    (found,) = put(plan_of_boards(board), path)[0].boards
    assert found.meetings.cancelled == days("2026-10-20")
    assert known_meetings(plan_of_boards(board), found) == []


def test_what_a_calendar_holds_is_held_though_it_was_cancelled(tmp_path: Path) -> None:
    meetings = {"cancelled": ["2026-10-20"], "dates": ["2026-10-20"]}
    plan = plan_of_boards({"id": "cab", "title": "Cabinet", "meetings": meetings})
    (found,) = put(plan, write(tmp_path, ics(event(DAY))))[0].boards
    assert found.meetings == Meetings(dates=days("2026-10-20"))


def test_a_meeting_moved_within_its_day(tmp_path: Path) -> None:
    """The day is not called off, only the meeting that had no time of day."""
    moved = event("DTSTART:20261020T180000", uid="u2")
    path = write(tmp_path, ics(event(DAY, "STATUS:CANCELLED"), moved))
    merged, problems = put(plan_of_boards(), path)
    found = known_meetings(merged, merged.boards[0])
    assert [show_finish(one, hours=True) for one in found] == [datetime(2026, 10, 20, 18)]
    assert problems == []


def test_a_meeting_inside_a_blackout_is_kept_and_told(tmp_path: Path) -> None:
    blackout = {"start": "2026-10-01", "finish": "2026-10-31", "boards": ["cab"]}
    plan = plan_of_boards(blackouts=[blackout])
    late = event("DTSTART;VALUE=DATE:20261103", uid="u2")
    merged, (problem,) = put(plan, write(tmp_path, ics(event(DAY), late)))
    assert problem.code == "meeting-in-blackout"
    assert problem.message.endswith("does not count: 2026-10-20.")
    assert merged.boards[0].meetings.dates == days("2026-10-20", "2026-11-03")
    assert known_meetings(merged, merged.boards[0]) == [finish_instant(date(2026, 11, 3))]


def test_two_events_that_contradict_each_other(tmp_path: Path) -> None:
    path = write(tmp_path, ics(event(DAY, "STATUS:CANCELLED"), event(DAY, uid="u2")))
    merged, (problem,) = put(plan_of_boards(), path)
    assert (problem.code, problem.source and problem.source.line) == ("meeting-contradiction", 10)
    assert known_meetings(merged, merged.boards[0]) == [finish_instant(date(2026, 10, 20))]


def test_the_latest_version_of_an_event_counts(tmp_path: Path) -> None:
    old = event("DTSTART;VALUE=DATE:20261013", "SEQUENCE:1")
    new = event(DAY, "SEQUENCE:2")
    assert meetings_of(tmp_path, new, old).dates == days("2026-10-20")


# -- Series ---------------------------------------------------------------------------------------


def test_a_series_of_google(tmp_path: Path) -> None:
    """Third Tuesdays at 2 p.m. in London; November is left out, December is moved to the 8th."""
    series = event(
        "DTSTART;TZID=Europe/London:20261020T140000",
        "DTEND;TZID=Europe/London:20261020T160000",
        "RRULE:FREQ=MONTHLY;UNTIL=20270219T235959Z;BYDAY=3TU",
        "EXDATE;TZID=Europe/London:20261117T140000",
    )
    moved = event(
        "DTSTART;TZID=Europe/London:20261208T100000",
        "RECURRENCE-ID;TZID=Europe/London:20261215T140000",
        "SEQUENCE:1",
    )
    found = meetings_of(tmp_path, LONDON_ZONE, series, moved)
    assert found.rule is None
    assert sorted(found.dates, key=finish_instant) == [
        datetime(2026, 10, 20, 14),
        datetime(2026, 12, 8, 10),
        datetime(2027, 1, 19, 14),
        datetime(2027, 2, 16, 14),
    ]
    assert set(found.cancelled) == {datetime(2026, 11, 17, 14), datetime(2026, 12, 15, 14)}


def test_a_series_keeps_its_hour_when_the_clocks_change(tmp_path: Path) -> None:
    """Counted in New York, where summer time ends a week later than in London (25 October 2026)."""
    series = event("DTSTART;TZID=America/New_York:20261019T090000", "RRULE:FREQ=WEEKLY;COUNT=3")
    assert meetings_of(tmp_path, series).dates == (
        datetime(2026, 10, 19, 14),
        datetime(2026, 10, 26, 13),
        datetime(2026, 11, 2, 14),
    )


def test_a_series_without_an_end_becomes_the_boards_rule(tmp_path: Path) -> None:
    series = event(
        "DTSTART;TZID=Europe/London:20261020T140000",
        "RRULE:FREQ=MONTHLY;BYDAY=3TU",
        "EXDATE;TZID=Europe/London:20261215T140000",
    )
    merged, problems = put(plan_of_boards(), write(tmp_path, ics(LONDON_ZONE, series)))
    board = merged.boards[0]
    assert problems == []
    assert board.meetings.rule == "FREQ=MONTHLY;BYDAY=3TU;BYHOUR=14;BYMINUTE=0"
    assert board.meetings.since == date(2026, 10, 20)
    found = known_meetings(merged, board, finish_instant(date(2027, 1, 31)))
    assert [show_finish(one, hours=True) for one in found] == [
        datetime(2026, 10, 20, 14),
        datetime(2026, 11, 17, 14),
        datetime(2027, 1, 19, 14),
    ]


def test_a_whole_day_series(tmp_path: Path) -> None:
    series = event("DTSTART;VALUE=DATE:20260908", "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=2TU")
    left_out = "EXDATE;VALUE=DATE:20261013"
    with_exception = event(
        "DTSTART;VALUE=DATE:20260908", "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=2TU", left_out
    )
    assert meetings_of(tmp_path, series).dates == days("2026-09-08", "2026-10-13", "2026-11-10")
    assert meetings_of(tmp_path, with_exception).dates == days("2026-09-08", "2026-11-10")


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261117", date(2026, 11, 17)),
        ("20261116T235959Z", date(2026, 11, 16)),
        ("20260630T230000Z", date(2026, 7, 1)),  # midnight in London, as Outlook writes it
    ],
)
def test_where_a_series_of_whole_days_ends(tmp_path: Path, until: str, last: date) -> None:
    series = event("DTSTART;VALUE=DATE:20260601", f"RRULE:FREQ=DAILY;UNTIL={until}")
    assert max(meetings_of(tmp_path, series).dates) == last


def test_a_second_rule_and_one_of_another_zone_are_followed_for_ten_years(tmp_path: Path) -> None:
    first = event("DTSTART;VALUE=DATE:20260901", "RRULE:FREQ=MONTHLY;BYDAY=1TU")
    second = event("DTSTART;VALUE=DATE:20260915", "RRULE:FREQ=MONTHLY;BYDAY=3TU", uid="u2")
    utc = event("DTSTART:20260922T130000Z", "RRULE:FREQ=YEARLY", uid="u3")
    merged, problems = put(plan_of_boards(), write(tmp_path, ics(first, second, utc)))
    meetings = merged.boards[0].meetings
    assert (meetings.rule, meetings.since) == ("FREQ=MONTHLY;BYDAY=1TU", date(2026, 9, 1))
    third_tuesdays = [one for one in meetings.dates if not isinstance(one, datetime)]
    assert len(third_tuesdays) == 121  # ten years of twelve, and the one at the end
    assert datetime(2035, 9, 22, 14) in meetings.dates
    assert [problem.code for problem in problems] == ["endless-series", "endless-series"]


def test_a_start_that_its_rule_does_not_have_is_the_first_that_is_counted(tmp_path: Path) -> None:
    """Monday, then two second Tuesdays: three in all (RFC 5545 leaves it open; calendars do so)."""
    series = event("DTSTART;VALUE=DATE:20260907", "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=2TU")
    assert meetings_of(tmp_path, series).dates == days("2026-09-07", "2026-09-08", "2026-10-13")


def test_further_dates_and_one_that_is_cancelled_by_itself(tmp_path: Path) -> None:
    series = event(DAY, "RDATE;VALUE=DATE:20261103,20261201")
    off = event(
        "DTSTART;VALUE=DATE:20261103", "RECURRENCE-ID;VALUE=DATE:20261103", "STATUS:CANCELLED"
    )
    found = meetings_of(tmp_path, series, off)
    assert found.dates == days("2026-10-20", "2026-12-01")
    assert found.cancelled == days("2026-11-03")


def test_a_whole_day_that_replaces_one_with_a_time(tmp_path: Path) -> None:
    series = event("DTSTART:20261020T140000", "RRULE:FREQ=WEEKLY;COUNT=2")
    moved = event("DTSTART:20261028T140000", "RECURRENCE-ID;VALUE=DATE:20261027")
    found = meetings_of(tmp_path, series, moved)
    assert found.dates == (datetime(2026, 10, 20, 14), datetime(2026, 10, 28, 14))
    assert found.cancelled == (datetime(2026, 10, 27, 14),)


def test_a_series_that_is_cancelled_as_a_whole(tmp_path: Path) -> None:
    meetings = {"dates": ["2026-10-20", "2026-10-27", "2026-11-03"]}
    plan = plan_of_boards({"id": "cab", "title": "Cabinet", "meetings": meetings})
    series = event(DAY, "RRULE:FREQ=WEEKLY;COUNT=2", "STATUS:CANCELLED")
    (found,) = put(plan, write(tmp_path, ics(series)))[0].boards
    assert known_meetings(plan, found) == [finish_instant(date(2026, 11, 3))]


def test_a_new_rule_takes_the_place_of_an_old_one(tmp_path: Path) -> None:
    board = {"id": "cab", "title": "Cabinet", "meetings": {"rule": "FREQ=MONTHLY;BYDAY=3TU"}}
    series = event("DTSTART;VALUE=DATE:20260901", "RRULE:FREQ=MONTHLY;BYDAY=1TU")
    merged, (problem,) = put(plan_of_boards(board), write(tmp_path, ics(series)))
    assert (problem.code, problem.severity) == ("meeting-rule-replaced", "info")
    assert merged.boards[0].meetings.rule == "FREQ=MONTHLY;BYDAY=1TU"
    again, problems = put(merged, tmp_path / "meetings.ics")
    assert (again, problems) == (merged, [])


# -- Which board ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title", "file"),
    [
        ((), "Cabinet", "x.ics"),
        ((), "the executive", "x.ics"),
        ((), "Extraordinary Meeting of the Cabinet", "x.ics"),
        ((), "Cabinet - meeting (public session)", "x.ics"),
        (("X-KNOCKON-BOARD:cab",), "Whatever it is called", "x.ics"),
        (('ORGANIZER;CN="Cabinet":mailto:cabinet@wexcombe.example',), "Meeting", "x.ics"),
        ((), "Ordinary meeting", "cabinet.ics"),
        ((), None, "the_executive.ics"),
        ((), "Committee meeting 3", "cab.ics"),
    ],
)
def test_how_an_event_names_its_board(
    tmp_path: Path, lines: tuple[str, ...], title: str | None, file: str
) -> None:
    found = meetings_of(tmp_path, event(DAY, *lines, title=title), name=file)
    assert found.dates == days("2026-10-20")


def test_the_name_of_a_calendar_names_the_board(tmp_path: Path) -> None:
    text = ics(event(DAY, title="Meeting"), name="Meetings of the Cabinet")
    merged, problems = put(plan_of_boards(), write(tmp_path, text))
    assert (merged.boards[0].meetings.dates, problems) == (days("2026-10-20"), [])


@pytest.mark.parametrize(
    ("lines", "title", "file"),
    [
        ((), "Cabinet briefing", "cabinet.ics"),
        ((), "Planning Committee", "cabinet.ics"),
        ((), "Christmas party", "cabinet.ics"),
        ((), "Meeting", "meetings.ics"),
        (("X-KNOCKON-BOARD:other",), "Cabinet", "cabinet.ics"),
    ],
)
def test_an_event_of_no_board_is_told_and_never_guessed(
    tmp_path: Path, lines: tuple[str, ...], title: str, file: str
) -> None:
    plan = plan_of_boards()
    merged, (problem,) = put(plan, write(tmp_path, ics(event(DAY, *lines, title=title)), file))
    assert merged == plan
    assert (problem.code, problem.source and problem.source.line) == ("unknown-board", 4)


def test_unknown_boards_are_told_once(tmp_path: Path) -> None:
    events = [event(DAY, uid=str(number), title="Audit Committee") for number in range(40)]
    _, (problem,) = put(plan_of_boards(), write(tmp_path, ics(*events)))
    assert '"Audit Committee"' in problem.message
    assert "its 40 events are not used" in problem.message


def test_two_boards_of_one_name_are_not_told_apart(tmp_path: Path) -> None:
    boards = [{"id": "a", "title": "Cabinet"}, {"id": "b", "title": "Cabinet"}]
    plan = plan_of_boards(*boards)
    merged, (problem,) = put(plan, write(tmp_path, ics(event(DAY))))
    assert merged == plan
    assert "Several boards" in problem.message


# -- Forms and faults -----------------------------------------------------------------------------


def test_folded_lines_may_part_a_character(tmp_path: Path) -> None:
    """RFC 5545 folds at 75 octets, and older programs do so in the middle of a letter."""
    plan = plan_of_boards({"id": "b", "title": "Café Board"})
    text = ics(event(DAY, title="Café Board")).encode()
    at = text.index("é".encode()) + 1
    folded = text[:at] + b"\r\n " + text[at:]
    merged, problems = put(plan, write(tmp_path, folded))
    assert (merged.boards[0].meetings.dates, problems) == (days("2026-10-20"), [])
    tabs = ics(event(DAY, title="Café Board")).replace("Board", "Bo\r\n\tard").encode("utf-16")
    assert put(plan, write(tmp_path, tabs))[1] == []


def test_escaped_titles_are_read(tmp_path: Path) -> None:
    plan = plan_of_boards({"id": "b", "title": "Health, Care; Homes"})
    path = write(tmp_path, ics(event(DAY, title=r"Health\, Care\; Homes")))
    assert put(plan, path)[1] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("hello", "is no calendar"),
        ("BEGIN:VCARD\r\nEND:VCARD\r\n", "is no calendar"),
        ("BEGIN:VEVENT\r\nEND:VEVENT\r\n", "is no calendar"),
        (ics(event(DAY)).replace("END:VCALENDAR", ""), "is cut off"),
        (ics(event(DAY))[:90], "is cut off"),
        (b"\x00\x01BEGIN:VCALENDAR", "is not a text file"),
        ("", "is empty"),
        ("BEGIN:VCALENDAR\r\nno line\r\nEND:VCALENDAR\r\n", "is damaged"),
    ],
)
def test_bad_files_get_one_sentence(tmp_path: Path, content: str | bytes, said: str) -> None:
    plan = tmp_path / "plan.json"
    write_plan(plan_of_boards(), plan)
    path = write(tmp_path, content)
    with pytest.raises(FileError, match=said) as error:
        load([plan, path])
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        (("DTSTART;VALUE=DATE:20261345",), "unreadable-event", "has no start"),
        (("CLASS:PUBLIC",), "unreadable-event", "has no start"),
        (("DTSTART:18001020T140000",), "unreadable-event", "outside the years"),
        ((DAY, "RRULE:FREQ=NEVER"), "bad-rule", "only its first meeting is used"),
        ((DAY, "RRULE:FREQ=SECONDLY"), "bad-rule", "several meetings a day"),
        ((DAY, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"), "bad-rule", "never meets"),
        ((DAY, "RRULE:FREQ=DAILY;UNTIL=20269999T999999Z"), "bad-rule", "no day"),
        ((DAY, "EXDATE;VALUE=DATE:20269999"), "unreadable-date", "EXDATE"),
        (("DTSTART;TZID=Somewhere:20261020T140000",), "unknown-time-zone", "Somewhere"),
    ],
)
def test_faults_of_events(tmp_path: Path, lines: tuple[str, ...], code: str, said: str) -> None:
    merged, (problem,) = put(plan_of_boards(), write(tmp_path, ics(event(*lines))))
    assert (problem.code, problem.source and problem.source.line) == (code, 4)
    assert said in problem.message
    usable = code != "unreadable-event"
    assert len(merged.boards[0].meetings.dates) == int(usable)


def test_a_calendar_without_events(tmp_path: Path) -> None:
    _, (problem,) = put(plan_of_boards(), write(tmp_path, ics()))
    assert problem.code == "empty-calendar"


def test_odd_properties_do_no_harm(tmp_path: Path) -> None:
    """Two summaries, two starts, a broken sequence, no UID, a period among the dates."""
    lines = ["BEGIN:VEVENT", "SUMMARY:Cabinet", "SUMMARY:Other", DAY, "DTSTART:20261021T140000"]
    lines += ["SEQUENCE:x", "RDATE;VALUE=PERIOD:20261103T140000Z/PT1H", "END:VEVENT"]
    found = meetings_of(tmp_path, "\n".join(lines))
    assert found.dates == (date(2026, 10, 20), datetime(2026, 11, 3, 14))


# -- Through load ---------------------------------------------------------------------------------


def test_load_takes_calendars_beside_a_plan(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    write_plan(plan_of_boards(), plan)
    path = write(tmp_path, ics(event(DAY)), "calendar.txt")  # told by its content
    loaded = load([path, plan])
    assert loaded.problems == ()
    assert loaded.notes == ("calendar.txt: 1 meeting of Cabinet read.",)
    assert loaded.plan.boards[0].meetings.dates == days("2026-10-20")
    assert [source.file for source in loaded.plan.sources] == ["calendar.txt"]


def test_a_calendar_of_a_board_that_a_register_brings(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    write_plan(plan_of_boards(), plan)
    register = tmp_path / "boards.csv"
    register.write_text("id,title\naud,Audit Committee\n", encoding="utf-8")
    path = write(tmp_path, ics(event(DAY, title="Audit Committee")), "a.ics")
    loaded = load([plan, path, register])
    assert loaded.plan.index.board("aud").meetings.dates == days("2026-10-20")


def test_a_calendar_alone_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="holds meetings only: give the paper or plan file"):
        load([write(tmp_path, ics(event(DAY)))])
