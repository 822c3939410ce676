"""Real XER files of Primavera: read without Java and scheduled, every stored date comes out.

The answers are what P6 itself stored, as the corpus's dumps hold them.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from loaders.schedules.xer import list_xer_projects, read_xer
from simulations.schedule import schedule
from tests.corpora.mpxj import list_projects, read_dump
from tests.corpora.mpxj_files import judge_plan

if TYPE_CHECKING:
    from graphmodel.plan import Plan

HOTEL: Final = "p6-xer-viewer/Hotel Project.xer.3"
TERMINAL: Final = "p6-xer-viewer/TERMINAL BUILDING-AIRPORT.xer"
OTHERS: Final = "mpxj-junit/generated/task-percentcomplete/percent-complete-8.4.xer"
DAMAGED: Final = "mpxj-junit/calendar/invalid/invalid-8.4.xer"
TWO: Final = "aspose-net/MultiprojectWithExternal.xer"


def unpack(corpora: Path, folder: Path, name: str) -> Path:
    """Return the path of a file of the corpus, unpacked if need be."""
    path = corpora / "mpxj-cpm" / name
    if path.is_file():
        return path
    plain = folder / Path(name).name
    plain.write_bytes(gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()))
    return plain


def file_of(name: str) -> str:
    """Return the file of a project: what stands behind ".xer" is its place in the file."""
    return f"{name.split('.xer', maxsplit=1)[0]}.xer"


def test_graded_projects_are_these(corpora: Path) -> None:
    graded = list_projects(corpora, "A", "A-plain")
    assert {name for name in graded if ".xer" in name} == {HOTEL, TERMINAL}


@pytest.mark.parametrize(("name", "tasks", "links"), [(HOTEL, 4217, 7586), (TERMINAL, 66, 84)])
def test_every_task_of_a_real_file(
    corpora: Path, tmp_path: Path, name: str, tasks: int, links: int
) -> None:
    dump = read_dump(corpora, name)
    plan = read_xer(unpack(corpora, tmp_path, file_of(name))).plan
    leaves = [item for item in plan.items if item.kind in {"activity", "milestone"}]
    assert (len(leaves), len(plan.links), len(dump.answers)) == (tasks, links, tasks)
    assert [str(one) for one in judge_plan(dump, plan)] == []


@pytest.mark.parametrize(("name", "tasks"), [(OTHERS, 12), (DAMAGED, 12)])
def test_files_without_links(corpora: Path, name: str, tasks: int) -> None:
    dump = read_dump(corpora, name)
    assert len(dump.answers) == tasks
    assert judge_plan(dump, read_xer(corpora / "mpxj-cpm" / name).plan) == []


def test_damaged_calendar_is_told(corpora: Path) -> None:
    loaded = read_xer(corpora / "mpxj-cpm" / DAMAGED)
    told = [problem for problem in loaded.problems if problem.code == "calendar-damaged"]
    assert [problem.source and problem.source.line for problem in told] == [33]


@pytest.mark.parametrize(
    ("name", "calendar"),
    [
        ("PredecessorCalendar", "predecessor"),
        ("SuccessorCalendar", "successor"),
        ("ProjectDefaultCalendar", "project"),
        ("TwentyFourHourCalendar", "elapsed"),
    ],
)
def test_calendar_of_lags(corpora: Path, name: str, calendar: str) -> None:
    plan = read_xer(corpora / "mpxj-cpm" / "mpxj-junit" / f"{name}.xer").plan
    assert plan.options.lag_calendar == calendar


def test_two_projects_of_a_file(corpora: Path) -> None:
    """The one that was exported is read; the other was sent along, and a link leads to it."""
    path = corpora / "mpxj-cpm" / TWO
    first, second = list_xer_projects(path)
    dumps = [read_dump(corpora, f"{TWO}.{number}") for number in (0, 1)]
    plans = [read_xer(path, name).plan for name in (first, second)]
    sizes = sorted(_leaves(plan) for plan in plans)
    assert sizes == sorted(len(dump.answers) for dump in dumps) == [1, 2]
    found = {problem.code for problem in read_xer(path).problems}
    assert found == {"project-not-read", "link-to-other-project"}


def _leaves(plan: Plan) -> int:
    return sum(item.kind in {"activity", "milestone"} for item in plan.items)


def test_critical_activities_of_the_hotel(corpora: Path, tmp_path: Path) -> None:
    """P6's own count of activities without float, and the codes and people it keeps of them."""
    plan = read_xer(unpack(corpora, tmp_path, file_of(HOTEL))).plan
    leaves = {item.id for item in plan.items if item.kind in {"activity", "milestone"}}
    assert sum(row.critical and row.id in leaves for row in schedule(plan).items) == 197
    assert sum(len(item.tags) for item in plan.items) == 18020
    late = [one for item in plan.items for one in item.constraints if one.type == "ALAP"]
    assert len(late) == 20
    assert plan.options.scheduling_mode == "p6"
    assert str(plan.must_finish) == "2014-07-24 00:00:00"
