"""Real plans through MS Project's XML and back, changed there or not, and read by MPXJ."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from loaders.papers import read_paper
from loaders.schedules.mpxj import read_rewritten, rewrite
from loaders.schedules.mspdi import read_mspdi
from loaders.schedules.mspdi_writer import write_mspdi
from loaders.schedules.xer import read_xer
from tests.loaders.test_mspdi_writer import (
    OFFICE,
    carried,
    load,
    plan_of,
    shown_of,
    without_marks,
    written,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from graphmodel.plan import Plan


def day(moment: date | None) -> str | None:
    """Return a date without its time of day."""
    return None if moment is None else moment.isoformat()[:10]


def seen_by_project(plan: Plan, back: Plan) -> dict[str, tuple[str | None, ...]]:
    """Return the dates of leaves in a file without marks, by the ids of the plan it is of."""
    order: list[str] = []

    def add(name: str) -> None:
        order.append(name)
        for part in plan.index.children.get(name, ()):
            add(part)

    for item in plan.items:
        if item.parent is None:
            add(item.id)
    names = dict(zip((item.id for item in back.items), order, strict=True))
    dates = shown_of(back)
    return {
        name: tuple(day(one) for one in dates[place])
        for place, name in names.items()
        if plan.index.is_leaf(name)
    }


def expected(plan: Plan) -> dict[str, tuple[str | None, ...]]:
    return {
        name: tuple(day(one) for one in dates)
        for name, dates in shown_of(plan).items()
        if plan.index.is_leaf(name) and dates != (None, None)
    }


def test_the_delivery_plan(csip_paper: Path) -> None:
    """All 344 items come back; Project shows each milestone on the day the plan does."""
    plan = read_paper(csip_paper).plan
    text, lost = written(plan, shown_of(plan))
    back = load(text)
    assert carried(back.plan) == carried(plan)
    assert shown_of(back.plan) == shown_of(plan)
    assert back.problems == ()
    assert lost[0] == "MS Project has no place for these, left out: 23 boards, 40 metrics."
    seen = seen_by_project(plan, load(without_marks(text)).plan)
    wanted = expected(plan)
    differ = {name for name in wanted if seen[name] != wanted[name]}
    assert differ == {"SI6.1.4"}  # "from April 2028": Project shows a milestone on that day
    assert len(wanted) == 240


@pytest.mark.parametrize(
    "name",
    [
        "mpxj-net/Sample1.xml",
        "mpxj-junit/legacy/sample.xml",
        "mpxj-junit/mspdirelations.xml",
        "mpxj-junit/mspdisplittask.xml",
        "mpxj-junit/generated/task-links/task-links-project2019-mspdi.xml",
        "p6-xer-viewer/TERMINAL BUILDING-AIRPORT.xer",
    ],
)
def test_imported_schedules(corpora: Path, name: str) -> None:
    """Splits, levelling, people's calendars, manual tasks: Project shows every date again."""
    read = read_xer if name.endswith(".xer") else read_mspdi
    plan = read(corpora / "mpxj-cpm" / name).plan
    text, lost = written(plan, shown_of(plan))
    assert lost == ()
    back = load(text)
    assert carried(back.plan)["items"] == carried(plan)["items"]
    assert carried(back.plan)["links"] == carried(plan)["links"]
    assert shown_of(back.plan) == shown_of(plan)
    assert seen_by_project(plan, load(without_marks(text)).plan) == expected(plan)


def test_mpxj_reads_what_is_written(csip_paper: Path, java: None, tmp_path: Path) -> None:
    plan = read_paper(csip_paper).plan
    path = tmp_path / "csip.xml"
    write_mspdi(plan, path, shown=shown_of(plan))
    (made,) = rewrite([path], tmp_path)
    back = read_rewritten(path, made)
    assert carried(back.plan)["links"] == carried(plan)["links"]
    ours, theirs = carried(plan)["items"], carried(back.plan)["items"]
    assert {name: one["title"] for name, one in theirs.items()} == {
        name: one["title"] for name, one in ours.items()
    }
    assert {name: one["parent"] for name, one in theirs.items()} == {
        name: one["parent"] for name, one in ours.items()
    }
    assert carried(back.plan)["officers"].keys() == carried(plan)["officers"].keys()
    wanted, dates = expected(plan), shown_of(back.plan)
    seen = {name: tuple(day(one) for one in dates[name]) for name in wanted}
    assert {name for name in wanted if seen[name] != wanted[name]} <= {"SI6.1.4"}


def test_a_split_without_anybody_and_one_with_two_people() -> None:
    splits = [{"after": "2wd", "gap": "1wd"}, {"after": "3wd", "gap": "2wd"}]
    people = [{"id": "a", "title": "Pilot"}, {"id": "b", "title": "Clerk"}]
    works = [{"officer": one, "item": "M2"} for one in ("a", "b")]
    one = {"kind": "activity", "duration": "5wd", "splits": splits}
    plan = plan_of(
        one,
        one,
        {**one, "splits": [{"after": "1d", "gap": "1d"}]},
        calendars=[OFFICE],
        calendar="Office",
        start="2026-01-05",
        officers=people,
        assignments=[*works, {"officer": "a", "item": "M1", "role": "accountable"}],
    )
    text, lost = written(plan, shown_of(plan))
    assert lost == ("1 item with gaps in the work: Project shows the work in one piece.",)
    assert text.count("<TimephasedData>") == 10
    read = load(without_marks(text)).plan
    assert [[str(gap.gap) for gap in item.splits] for item in read.items] == [
        ["480min", "960min"],
        ["480min", "960min"],
        [],
    ]
    assert [day(finish) for _, finish in shown_of(read).values()] == [
        "2026-01-14",
        "2026-01-14",
        "2026-01-09",
    ]


# Somebody works in Project


def test_a_date_that_is_moved_in_project() -> None:
    """The milestone's new date holds, and what Project does not know of it is kept."""
    one = {
        "planned": {"finish": "2026-04-30", "precision": "month", "text": "April"},
        "rag": "Amber",
        "tags": ["quay"],
        "due": "2026-05-29",
        "type": "finish_milestone",
        "label": "7",
    }
    plan = plan_of(one, {"planned": {"finish": "2026-06-30"}})
    text, _ = written(plan)
    text = text.replace("2026-04-30T17:00:00", "2026-05-15T17:00:00")
    back = load(text)
    first, second = back.plan.items
    assert first.planned.model_dump() == {
        "start": None,
        "finish": "2026-05-15",
        "precision": "day",
        "text": None,
    }
    assert (first.rag, first.tags, first.label) == ("Amber", ("quay",), "7")
    assert (first.type, first.mode, str(first.due)) == ("finish_milestone", "planned", "2026-05-29")
    assert carried(back.plan)["items"]["M2"] == carried(plan)["items"]["M2"]
    assert second.planned.precision == "none"
    (told,) = back.problems
    assert (told.code, told.items) == ("dates-changed", ("M1",))


def test_other_changes_in_project() -> None:
    """Lengths, progress, times of day, a row of its own, a link, another name, a later start."""
    rows = (
        {"planned": {"start": "2026-04-01", "finish": "2026-04-10"}},
        {"planned": {"start": "2026-04-01T10:00", "finish": "2026-04-01T12:00"}},
        {"kind": "activity", "duration": "5wd", "calendar": "Office"},
        {"planned": {"finish": "2026-04-30"}, "grade": "2"},
        {"planned": {"start": "2026-04-20", "precision": "from"}},
    )
    plan = plan_of(*rows, calendars=[OFFICE], start="2026-04-01")
    text, _ = written(plan)
    text = text.replace("<Finish>2026-04-10T17:00:00", "<Finish>2026-04-12T17:00:00")
    text = text.replace("<Finish>2026-04-01T12:00:00", "<Finish>2026-04-01T13:00:00")
    text = text.replace("<Duration>PT40H0M0S", "<Duration>PT48H0M0S")
    text = text.replace("<Start>2026-04-20T09:00:00", "<Start>2026-04-21T09:00:00")
    done = "<PercentComplete>100</PercentComplete><ActualFinish>2026-04-29T17:00:00</ActualFinish>"
    head, _, tail = text.rpartition("<PercentComplete>0</PercentComplete>")
    head, _, more = head.rpartition("<PercentComplete>0</PercentComplete>")
    text = f"{head}{done}{more}<PercentComplete>0</PercentComplete>{tail}"
    text = text.replace("<Name>Milestone 3", "<Name>Dredging")
    new = (
        "<Task><UID>90</UID><ID>90</ID><Name>New</Name><OutlineLevel>1</OutlineLevel>"
        "<Duration>PT16H0M0S</Duration><DurationFormat>7</DurationFormat><PredecessorLink>"
        "<PredecessorUID>4</PredecessorUID><Type>1</Type></PredecessorLink></Task></Tasks>"
    )
    text = text.replace("</Tasks>", new).replace("<StartDate>2026-04-01", "<StartDate>2026-04-02")
    back = load(text)
    items = back.plan.index.items
    first, second, third, fourth, fifth = (items[f"M{number}"] for number in range(1, 6))
    assert (str(first.planned.start), str(first.planned.finish)) == ("2026-04-01", "2026-04-12")
    assert str(second.planned.finish) == "2026-04-01 13:00:00"
    assert (third.title, str(third.duration), third.calendar) == ("Dredging", "6wd", "Office")
    assert (fourth.status, str(fourth.actual_finish), fourth.grade) == (
        "complete",
        "2026-04-29",
        "2",
    )
    assert (str(fifth.planned.start), fifth.planned.finish) == ("2026-04-21", None)
    assert (items["90"].mode, str(items["90"].duration)) == ("logic", "2d")
    assert [(link.from_, link.to) for link in back.plan.links] == [("M4", "90")]
    assert str(back.plan.start) == "2026-04-02 00:00:00"
    assert [problem.code for problem in back.problems] == ["dates-changed"]


def test_a_row_copied_in_project() -> None:
    text, _ = written(plan_of({"planned": {"finish": "2026-04-30"}}))
    row = text[text.rindex("<Task>") : text.rindex("</Task>") + len("</Task>")]
    copied = row.replace("<UID>1</UID>", "<UID>2</UID>")
    back = load(text.replace("</Tasks>", f"{copied}</Tasks>"))
    assert [item.id for item in back.plan.items] == ["M1", "M1~2"]
    assert [problem.code for problem in back.problems] == ["id-twice"]


@pytest.mark.parametrize("spoilt", ['{"cale', '{"calendar":"none","', "[]"])
def test_fields_that_somebody_spoilt(spoilt: str) -> None:
    """Whatever they hold, a plan is read, and told where it is not the one that was written."""
    text, _ = written(plan_of({"planned": {"finish": "2026-04-30"}, "calendar": "england"}))
    back = load(text.replace('{"planned"', spoilt).replace('{"own"', spoilt))
    assert [item.title for item in back.plan.items] == ["Milestone 1"]


def test_fields_that_no_longer_fit_the_plan() -> None:
    text, _ = written(plan_of({"planned": {"finish": "2026-04-30"}, "calendar": "england"}))
    back = load(text.replace('"calendar":"england"', '"calendar":"nowhere"'))
    assert [problem.code for problem in back.problems] == ["marks-damaged"]
    assert back.plan.options.scheduling_mode == "ms-project"


def test_a_large_schedule(corpora: Path, tmp_path: Path) -> None:
    """The hotel's 4,217 activities and 7,586 links, with their codes and calendars."""
    packed = corpora / "mpxj-cpm" / "p6-xer-viewer" / "Hotel Project.xer.gz"
    path = tmp_path / "Hotel Project.xer"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    plan = read_xer(path).plan
    text, lost = written(plan, shown_of(plan))
    back = load(text)
    assert carried(back.plan)["items"] == carried(plan)["items"]
    assert carried(back.plan)["roles"] == carried(plan)["roles"]
    missing = set(carried(plan)["links"]) - set(carried(back.plan)["links"])
    doubled = len(plan.links) - len({(link.from_, link.to) for link in plan.links})
    assert len(missing) == doubled
    told = [sentence for sentence in lost if "one link from one task to another" in sentence]
    assert (len(told) == 1) == (doubled > 0)
