"""Real schedules of MS Project and P6: our dates and floats against those the programs stored.

The grades are the corpus's own: in A and A-plain every date is known to follow from what the file
holds; in A-mpxj one other scheduler finds them; B are files that nobody had reproduced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from graphmodel.spans import ZERO
from tests.corpora.mpxj import list_projects, read_dump
from tests.corpora.mpxj_judging import DATES, find_differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from graphmodel.plan import Plan
    from tests.corpora.mpxj import Dump

HOTEL: Final = "p6-xer-viewer/Hotel Project.xer.3"
TERMINAL: Final = "p6-xer-viewer/TERMINAL BUILDING-AIRPORT.xer"

#: A-mpxj: projects in which we differ, and why.
MISSES: Final = {
    "mpxj-junit/legacy/sample98.mpp": (
        "two people share a task, one of them by night; the Project 98 file, as read, gives both "
        "the same day shift, in which its 800 hours cannot be done by the stored finish"
    ),
}

_DATES_ONLY: Final = "the file holds its finishes as days without the hour: theirs is 00:00"
_HAND_MADE: Final = "written by hand or by another program, never scheduled: {}"
_STALE: Final = "saved before it was calculated again: {}"
_BOTH_CALENDARS: Final = (
    "a task with a calendar and people works when both do and counts its slack on the task's "
    "alone; an item has one calendar"
)
_DAY_AND_NIGHT: Final = "two people share a task, by day and by night, and the file does not say so"
_NO_WORK: Final = "lengths come from the work of resources, which the dump does not hold"
#: B: tasks that are equal, and what the others differ by.
DIFFER: Final[dict[str, tuple[int, str]]] = {
    "mpxj-ruby-spec/properties.mpp": (
        5,
        _STALE.format("two tasks without successors may end three weeks after the project"),
    ),
    "mpxj-junit/generated/task-links/task-links-project98.mpx": (0, _DATES_ONLY),
    "mpxj-junit/legacy/bug1.mpp": (
        8,
        _STALE.format("a task may end three days after the latest start of its only successor"),
    ),
    "mpxj-junit/legacy/sample.mpx": (0, f"{_DATES_ONLY}; {_DAY_AND_NIGHT}"),
    "mpxj-junit/legacy/sample1.mpx": (
        1,
        _HAND_MADE.format("starts are ten calendar days apart, one on a Saturday"),
    ),
    "mpxj-junit/slack9.mpp": (
        13,
        (
            "a task pinned a day before its links allow has -1 day of slack there, 0 here; free "
            "slack of a pinned task is 0 there, here the room before its successor"
        ),
    ),
    "aspose-net/Software Development.mpp": (
        15,
        (
            "every date and total slack is equal; free slack is counted to the start of a "
            "successor that has begun, here to where its remaining work goes on"
        ),
    ),
    "aspose-net/TaskWBS.mpp": (
        7,
        (
            "a link into a summary with begun work holds to the start of that work, here to where "
            "what remains goes on"
        ),
    ),
    "aspose-net/OzBuild 16 Orig.mpp": (13, _BOTH_CALENDARS),
    "aspose-net/not updated.xml": (
        0,
        _HAND_MADE.format("every task has the actual dates 2000-01-01, before it starts"),
    ),
    "aspose-net/PrimaveraProject.xml.0": (2, _NO_WORK),
    "aspose-net/PrimaveraProject.xml.1": (0, _NO_WORK),
    "aspose-net/TaskDurations.mpp": (1, f"{_BOTH_CALENDARS}; one late date is stale"),
    "aspose-net/ViewSplitTasks.mpp": (
        1,
        "a task is split; neither the dump nor the file beside it says where",
    ),
    "aspose-java/NewProductDev.mpp": (
        18,
        _STALE.format("late dates equal early dates where the slack beside them is 5 to 47 days"),
    ),
}


def read_all(corpora: Path, *grades: str) -> Iterable[Dump]:
    """Read the projects of some grades one after the other."""
    return (read_dump(corpora, name) for name in list_projects(corpora, *grades))


def wrong_tasks(dump: Dump, plan: Plan | None = None) -> set[str]:
    """Return the tasks of a project in which any of our answers differs."""
    return {difference.item for difference in find_differences(dump, plan)}


# The corpus counts 252 tasks in A-mpxj: one of them is a blank row.
@pytest.mark.parametrize(
    ("grade", "projects", "tasks"), [("A", 40, 846), ("A-plain", 3, 4248), ("A-mpxj", 20, 251)]
)
def test_whole_grade_is_read(corpora: Path, grade: str, projects: int, tasks: int) -> None:
    dumps = list(read_all(corpora, grade))
    assert (len(dumps), sum(len(dump.answers) for dump in dumps)) == (projects, tasks)


@pytest.mark.parametrize("grade", ["A", "A-plain"])
def test_every_task_of_grade(corpora: Path, grade: str) -> None:
    found = {dump.name: find_differences(dump) for dump in read_all(corpora, grade)}
    differ = {name: [str(one) for one in some[:5]] for name, some in found.items() if some}
    assert differ == {}


@pytest.mark.parametrize(("name", "tasks", "late"), [(HOTEL, 4217, 20), (TERMINAL, 66, 0)])
def test_p6_projects_in_full(corpora: Path, name: str, tasks: int, late: int) -> None:
    """Nothing is left out of the comparison: each task has every date, and its slack."""
    dump = read_dump(corpora, name)
    stated = [getattr(answer, field) for answer in dump.answers.values() for field in DATES]
    assert len(stated) == 4 * tasks
    assert None not in stated
    assert all(answer.slack is not None for answer in dump.answers.values())
    kinds = [one.type for item in dump.plan.items for one in item.constraints]
    assert kinds.count("ALAP") == late
    assert find_differences(dump) == []


def test_grade_of_one_other_scheduler(corpora: Path) -> None:
    differ = {dump.name for dump in read_all(corpora, "A-mpxj") if find_differences(dump)}
    assert differ == set(MISSES)


def test_files_nobody_reproduced(corpora: Path) -> None:
    equal: dict[str, int] = {}
    for dump in read_all(corpora, "B"):
        wrong = wrong_tasks(dump)
        if wrong:
            equal[dump.name] = len(dump.answers) - len(wrong)
    assert equal == {name: count for name, (count, _) in DIFFER.items()}


def _ignore_lags(plan: Plan) -> Plan:
    links = (link.model_copy(update={"lag": ZERO}) for link in plan.links)
    return plan.model_copy(update={"links": tuple(links)})


def _count_lags_on_successors(plan: Plan) -> Plan:
    options = plan.options.model_copy(update={"lag_calendar": "successor"})
    return plan.model_copy(update={"options": options})


def _ignore_holidays(plan: Plan) -> Plan:
    calendars = (one.model_copy(update={"exceptions": ()}) for one in plan.calendars)
    return plan.model_copy(update={"calendars": tuple(calendars)})


@pytest.mark.parametrize(
    ("spoil", "wrong"),
    [(_ignore_lags, 4187), (_count_lags_on_successors, 2112), (_ignore_holidays, 4213)],
)
def test_comparison_tells(corpora: Path, spoil: Callable[[Plan], Plan], wrong: int) -> None:
    """A plan spoilt on purpose is wrong in as many tasks as whoever gathered the corpus counted."""
    hotel = read_dump(corpora, HOTEL)
    assert len(wrong_tasks(hotel, spoil(hotel.plan))) >= wrong
