"""Real schedules of MS Project: read without Java and scheduled, every stored date comes out.

The answers are what MS Project itself stored, as the corpus's dumps hold them. Files in its own
binary format are read here in the XML that MPXJ made of them (`test_mpxj` reads them themselves).
"""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from loaders.schedules.journal import Journal
from loaders.schedules.mspdi import read_mspdi
from loaders.schedules.mspdi_calendars import CalendarReader
from loaders.schedules.mspdi_parts import Parts
from loaders.schedules.mspdi_values import Values
from loaders.schedules.xml_records import read_records
from tests.corpora.mpxj import list_projects, read_dump
from tests.corpora.mpxj_files import judge_plan

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from loaders.schedules.tasks import Shifts
    from loaders.schedules.xml_records import Record
    from tests.corpora.mpxj import Dump

#: A task of another project, which the conversion leaves out, and links lead to it.
GHOST: Final = "aspose-net/GetCrossProjectTaskLinks.mpp"
#: See `tests.simulations.test_mpxj_corpus`: the file gives two people the same shift.
SHIFTS: Final = "mpxj-junit/legacy/sample98.mpp"
RECURRING: Final = "mpxj-junit/generated/calendar-recurring-exceptions"


def convert(corpora: Path, dump: Dump, folder: Path) -> Path | None:
    """Return the project in MS Project's XML: the file itself, or MPXJ's conversion of it."""
    source = str(dump.raw["source"])
    if dump.raw["fileType"] == "MSPDI":
        return corpora / "mpxj-cpm" / source
    packed = corpora / "mpxj-cpm" / "mspdi-converted" / f"{source}.xml.gz"
    if not packed.is_file():
        return None
    plain = folder / "converted.xml"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    return plain


@pytest.mark.parametrize(
    ("grades", "projects", "tasks"), [(("A", "A-plain"), 39, 780), (("A-mpxj",), 20, 251)]
)
def test_every_task_of_a_grade(
    corpora: Path, tmp_path: Path, grades: tuple[str, ...], projects: int, tasks: int
) -> None:
    differ: dict[str, list[str]] = {}
    seen: list[int] = []
    for name in list_projects(corpora, *grades):
        dump = read_dump(corpora, name)
        path = convert(corpora, dump, tmp_path)
        if path is None:
            continue
        loaded = read_mspdi(path)
        seen.append(len(dump.answers))
        found = [str(one) for one in judge_plan(dump, loaded.plan)]
        if found:
            differ[name] = found
        told = {problem.code for problem in loaded.problems}
        assert told <= {"calendar-and-people", "link-to-other-project"}
    assert (len(seen), sum(seen)) == (projects, tasks)
    if "A" in grades:
        assert differ == {}
    else:
        assert differ.keys() == {SHIFTS, GHOST}
        assert differ[GHOST] == ["task 11: task is missing, there there"]


@pytest.mark.parametrize("version", ["2007", "2010", "2013", "2016"])
def test_recurring_exceptions_fall_on_the_days_that_project_lists(
    corpora: Path, version: str
) -> None:
    """Project writes each day beside the rule: 27 rules of all kinds, 140 days."""
    path = corpora / "mpxj-cpm" / RECURRING
    path /= f"calendar-recurring-exceptions-project{version}-mspdi.xml"
    journal = Journal(path.name)
    values = Values(journal)
    _, parts = read_records(path, "Project", lambda: Parts(values), journal)
    (standard,) = [one for one in parts.calendars if one["Name"] == "Standard"]
    listed = [one for one in standard.find("WeekDays", "WeekDay") if one["DayType"] == "0"]
    ruled = standard.find("Exceptions", "Exception")
    assert len(ruled) == 27
    reader = CalendarReader(values, journal)
    days = [_days(reader, rows) for rows in (listed, ruled)]
    assert days[0] == days[1]
    assert len(days[0]) == 140


def _days(reader: CalendarReader, rows: list[Record]) -> dict[date, Shifts]:
    days: dict[date, Shifts] = {}
    for one in reader.special(rows):
        for more in range((one.last - one.first).days + 1):
            days[one.first + timedelta(days=more)] = one.shifts
    return days
