"""MS Project files that are damaged, harmful, contradict themselves or are no such files at all."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.errors import FileError, PlanError
from loaders.schedules.mspdi import read_mspdi
from simulations.schedule import schedule
from tests.laws import examples
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

if TYPE_CHECKING:
    from pathlib import Path

CHAIN = document(task(1), task(2, 8, link(1)), task(3, 8, link(2)))
HEAD, BODY = CHAIN.split("\n", 1)


def refusal(text: str | bytes) -> str:
    """Return the sentence with which a text is refused."""
    with pytest.raises(FileError) as caught:
        load(text)
    message = str(caught.value)
    assert message.startswith('"')
    assert len(message.splitlines()) == 1
    return message


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Project SYSTEM "http://127.0.0.1:9/project.dtd">',
        '<!DOCTYPE Project [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
        "<!DOCTYPE Project>",
    ],
)
def test_document_types_are_refused(entity: str) -> None:
    message = refusal(f"{HEAD}\n{entity}\n{BODY}")
    assert message == (
        '"harbour.xml" declares a document type on line 2, as no schedule does and a harmful file '
        "may: it is not read."
    )


def test_entities_without_a_document_type_stop_the_reading() -> None:
    loaded = load(CHAIN.replace("Task 3", "&secret;"))
    assert "file-cut-short" in codes(loaded)
    assert [one.id for one in loaded.plan.items] == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<APIBusinessObjects/>", 'begins with "APIBusinessObjects" in place of "Project"'),
        ("<html><body>Log in</body></html>", 'begins with "html" in place of "Project"'),
        ("PK\x03\x04 and so on", "is not XML (line 1): save the schedule as XML again"),
        ("Date,Title\n1,2\n", "is not XML (line 1)"),
        ('<?xml version="1.0"?>', "is not XML (line 1)"),
        (document(), "holds no task: save the project as XML again, with its tasks"),
        (document(task(0, 8, OutlineLevel=0)), "holds no task"),
        ("<Project><Title>x</Title></Project>", "holds no task"),
        ("<Project/>", "holds no task"),
        (CHAIN[:800], "holds no task (The file breaks off or is damaged here (unclosed token)"),
        ("  \n ", "is empty: there is nothing to read in it"),
        ("<Project>" + "<a>" * 100 + "</a>" * 100 + "</Project>", "more than 64 levels deep"),
    ],
)
def test_what_is_no_schedule(text: str, says: str) -> None:
    assert says in refusal(text)


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="There is no file"):
        read_mspdi(tmp_path / "none.xml")
    with pytest.raises(FileError, match="is a folder"):
        read_mspdi(tmp_path)


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9, 0.99])
def test_a_truncated_file_is_read_as_far_as_it_goes(share: float) -> None:
    text = document(*(task(uid, 8, link(uid - 1) if uid > 1 else "") for uid in range(1, 40)))
    text = text.replace("<Task>", "\n<Task>")
    cut = text[: int(len(text) * share)]
    loaded = load(cut)
    (told,) = [one for one in loaded.problems if one.code == "file-cut-short"]
    assert told.severity == "error"
    assert told.source is not None
    assert told.source.line == cut.count("\n") + 1
    assert len(loaded.plan.items) == cut.count("</Task>")


def test_encodings() -> None:
    text = CHAIN.replace("Task 1", "Café “Quay”")
    for name, encoding in (("UTF-8", "utf-8-sig"), ("UTF-16", "utf-16")):
        loaded = load(text.replace("UTF-8", name).encode(encoding))
        assert (item(loaded, 1).title, codes(loaded)) == ("Café “Quay”", [])
    declared = load(text.replace("UTF-8", "windows-1252").encode("cp1252"))
    assert (item(declared, 1).title, codes(declared)) == ("Café “Quay”", [])
    wrong = load(text.encode("cp1252"))
    assert (item(wrong, 1).title, codes(wrong)) == ("Café “Quay”", ["encoding"])
    for name in ("utf-9", "utf-32"):
        unknown = load(text.replace("UTF-8", name).encode())
        assert (item(unknown, 1).title, codes(unknown)) == ("Café “Quay”", ["encoding"])
    cut = load(text.replace("UTF-8", "UTF-16").encode("utf-16")[:-40])
    assert codes(cut) == ["file-cut-short"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Duration": "eight hours"}, '"eight hours", which is no duration'),
        ({"Duration": "PT"}, '"PT", which is no duration'),
        ({"Duration": "P1M"}, '"P1M", which is no duration'),
        ({"Start": "2026-02-31T08:00:00"}, '"2026-02-31T08:00:00", which is no date'),
        ({"Start": "31/02/2026"}, '"31/02/2026", which is no date'),
        ({"Deadline": "NA"}, '"NA", which is no date'),
        ({"ConstraintType": 17}, '"17", which is no code known here'),
        ({"PercentComplete": "half"}, '"half", which is no number'),
        ({"OutlineLevel": "deep"}, '"deep", which is no number'),
    ],
)
def test_cells_that_cannot_be_read_are_told_and_left_out(cells: dict[str, Any], told: str) -> None:
    loaded = load(document(task(1, 8, **cells), task(2)))
    (problem,) = [one for one in loaded.problems if one.code == "cell-not-read"]
    assert told in problem.message
    assert problem.source is not None
    assert problem.source.line == 2
    assert [one.id for one in loaded.plan.items] == ["1", "2"]


def test_values_out_of_bounds_are_told_and_left_out() -> None:
    rows = (
        task(1, 8, Deadline="1066-10-14T08:00:00"),
        task(2, 8, Duration="PT99999999999H0M0S"),
        task(3, 8, Duration="-PT8H0M0S"),
        task(4, 8, ActualStart="2026-01-05T08:00:00", PercentComplete=-5),
        task(5, 8, link(1, lag=10**15)),
        task(6, 8, DurationFormat=7, Duration="PT876000H0M0S"),
    )
    found = codes(load(document(*rows)))
    assert sorted(found) == [
        "date-out-of-range",
        "length-impossible",
        "length-impossible",
        "length-impossible",
        "length-impossible",
        "percent-impossible",
    ]


def test_links_and_assignments_that_lead_nowhere() -> None:
    works = element("Assignment", UID=1, TaskUID=9, ResourceUID=1)
    nobody = element("Assignment", UID=2, TaskUID=1, ResourceUID=8)
    people = element("Resource", UID=1, Name="Pilot", Type=1)
    loaded = load(
        document(
            task(1, 8, link(9)),
            task(2, 8, link(2), element("PredecessorLink", Type=1)),
            resources=[people],
            assignments=[works, nobody],
        )
    )
    assert sorted(codes(loaded)) == [
        *["assignment-not-placed"] * 2,
        *["link-not-placed"] * 3,
    ]
    assert loaded.plan.links == ()


def test_numbers_given_twice_or_not_at_all() -> None:
    loaded = load(
        document(
            task(1, 8, ID=1),
            task(1, 16, ID=2),
            task(2, 8, link(1), ID=2),
            element("Task", Name="Lost", OutlineLevel=1, Duration="PT8H0M0S"),
        )
    )
    assert codes(loaded) == ["number-twice", "number-missing", "id-twice"]
    assert [one.id for one in loaded.plan.items] == ["1", "2", "2~2", "place-4"]
    assert run(loaded)["2~2"][0] == "06 08:00"


def test_outlines_that_jump() -> None:
    loaded = load(
        document(
            task(1, 8, OutlineLevel=3),
            task(2, 8, OutlineLevel=5),
            task(3, 8, OutlineLevel="", OutlineNumber="2.1"),
            task(4, 8, OutlineLevel=""),
            task(0, 8, OutlineLevel="", OutlineNumber="0"),
            task(5, 8, OutlineLevel=-1),
        )
    )
    parents = {one.id: one.parent for one in loaded.plan.items}
    assert parents == {"1": None, "2": "1", "3": None, "4": None}
    assert codes(loaded) == ["outline-odd"] * 4


def test_a_circle_of_links_is_told_by_the_schedule_not_by_the_reader() -> None:
    loaded = load(document(task(1, 8, link(2)), task(2, 8, link(1))))
    assert len(loaded.plan.links) == 2


def test_damaged_calendars() -> None:
    damaged = calendar(
        2,
        "Odd",
        element("Exceptions", element("Exception", DayWorking=0, Type=1)),
        days=[day(2, "08:00:00", "12:00:00"), day(9), day(3, "8 am", "25:61:00")],
    )
    loaded = load(
        document(
            task(1, 8, CalendarUID=2),
            task(2, 8, CalendarUID=7),
            task(3, 8, CalendarUID=3),
            calendars=(OFFICE, damaged, calendar(3, "Never", days=[day(2)])),
        )
    )
    assert sorted(codes(loaded)) == [
        "calendar-damaged",
        "calendar-missing",
        "calendar-without-work",
    ]
    (told,) = [one for one in loaded.problems if one.code == "calendar-damaged"]
    assert "(and 2 faults more)" in told.message
    assert run(loaded)["1"] == ("05 08:00", "12 12:00")
    assert codes(load(document(task(1), CalendarUID=5))) == ["calendar-missing"]


def test_a_project_without_a_start() -> None:
    loaded = load(document(task(1), task(2, 8, Start="2026-01-07T08:00:00"), StartDate="soon"))
    assert codes(loaded) == ["cell-not-read", "start-missing"]
    assert run(loaded)["1"] == ("07 08:00", "07 17:00")
    assert load(document(task(1), StartDate="")).plan.start is None


def test_a_hundred_times_as_large() -> None:
    """Every task comes through, and each problem is told once."""
    rows = [task(uid, 8, *([link(uid - 1)] if uid > 1 else [])) for uid in range(1, 3001)]
    loaded = load(document(*rows))
    assert (len(loaded.plan.items), len(loaded.plan.links)) == (3000, 2999)
    assert loaded.problems == ()


@settings(max_examples=examples(60))
@given(st.data())
def test_no_damage_ends_in_a_traceback(data: st.DataObject) -> None:
    """Bytes cut out, doubled or replaced: a plan with problems, or one sentence."""
    whole = document(
        task(1, 16, Deadline="2026-01-09T17:00:00"),
        task(2, 8, link(1, 3, 4800), ConstraintType=4, ConstraintDate="2026-01-06T08:00:00"),
        resources=[element("Resource", UID=1, Name="Pilot", Type=1, CalendarUID=1)],
        assignments=[element("Assignment", UID=1, TaskUID=1, ResourceUID=1)],
    ).encode()
    first = data.draw(st.integers(0, len(whole)))
    last = data.draw(st.integers(first, min(len(whole), first + 60)))
    middle = data.draw(
        st.sampled_from([b"", b"<", b"&#0;", b"\xff\xfe", b"0", whole[first:last] * 2])
    )
    with suppress(FileError, PlanError):
        schedule(load(whole[:first] + middle + whole[last:]).plan)


NAMES = (
    "UID ID OutlineLevel Start Finish Duration DurationFormat PercentComplete Manual ActualStart "
    "ActualFinish ConstraintType ConstraintDate CalendarUID Active LevelingDelay Deadline IsNull "
    "LevelingDelayFormat ExternalTask"
)
VALUES = (
    " 0 1 2 -1 7 1e400 nan PT8H0M0S PT-8H P9999999D 2026-01-06T08:00:00 2026-13-01 "
    "0001-01-01T00:00:00 9999-12-31T00:00:00"
)
CELLS = st.tuples(st.sampled_from(NAMES.split()), st.sampled_from(VALUES.split(" ")))


@settings(max_examples=examples(60))
@given(st.lists(CELLS, max_size=8))
def test_any_values_in_a_row(cells: list[tuple[str, str]]) -> None:
    loaded = load(document(task(1), task(2, 8, link(1), **dict(cells)), task(3, 8, link(2))))
    assert 1 <= len(loaded.plan.items) <= 3
    schedule(loaded.plan)
