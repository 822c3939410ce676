"""Any mix of files: which of them is the plan, which its next version, and which speaks of it."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import FileError, PlanError
from graphmodel.planfile import write_plan
from loaders.load import load
from loaders.writers.export import export_plan
from tests.loaders.test_load import PAPER, text_file
from tests.loaders.xer_text import activity, project, write_xer

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan

TRACKER = (
    "Ref,Action,Due date,Owner,Status",
    "A1,Agree the model,30/09/2026,Head of Care,Not started",
    "A2,Train the staff,31/12/2026,Head of Care,Not started",
    "A3,Open the service,31/03/2027,Head of Homes,Not started",
)
RETURN = ("Ref,Status,Actual finish", "A1,Complete,28/09/2026", "A2,In progress,")


def plan_file(folder: Path, name: str, **more: Any) -> Path:
    titles = {"a": "Agree the model", "b": "Train the staff", "c": "Open the service"}
    items = [{"id": one, "kind": "action", "title": title} for one, title in titles.items()]
    path = folder / name
    content = {"schema": "knockon/plan@1", "id": "care", "items": items} | more
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def statuses(plan: Plan) -> dict[str, str]:
    return {item.id: item.status for item in plan.items}


def test_a_spreadsheet_alone_is_a_plan(tmp_path: Path) -> None:
    loaded = load([text_file(tmp_path, "tracker.csv", *TRACKER)])
    assert [(item.id, item.title, str(item.due)) for item in loaded.plan.items] == [
        ("A1", "Agree the model", "2026-09-30"),
        ("A2", "Train the staff", "2026-12-31"),
        ("A3", "Open the service", "2027-03-31"),
    ]
    assert {one.title for one in loaded.plan.officers} == {"Head of Care", "Head of Homes"}


def test_headings_can_be_named(tmp_path: Path) -> None:
    path = text_file(tmp_path, "t.csv", "Our doing,By when", "Agree the model,30/09/2026")
    with pytest.raises(FileError, match="no header row with a column of actions"):
        load([path])
    loaded = load([path], mapping={"Our doing": "action", "By when": "due"})
    assert [item.title for item in loaded.plan.items] == ["Agree the model"]
    with pytest.raises(PlanError, match='the field "doing", which there is not'):
        load([path], mapping={"Our doing": "doing"})


def test_a_return_on_a_spreadsheet_in_any_order(tmp_path: Path) -> None:
    files = [
        text_file(tmp_path, "tracker.csv", *TRACKER),
        text_file(tmp_path, "2026-10.csv", *RETURN),
        text_file(tmp_path, "links.csv", "From,To", "A1,A2"),
    ]
    answers = [load(order) for order in itertools.permutations(files)]
    assert all(one == answers[0] for one in answers)
    plan = answers[0].plan
    assert statuses(plan) == {"A1": "complete", "A2": "in_progress", "A3": "not_started"}
    assert [link.name for link in plan.links] == ["A1 → A2 (FS)"]


def test_a_whole_tracker_on_a_plan_that_has_its_ids_is_a_return(tmp_path: Path) -> None:
    load_first = load([text_file(tmp_path, "tracker.csv", *TRACKER)])
    write_plan(load_first.plan, tmp_path / "plan.json")
    later = [line.replace("Not started", "Complete") for line in TRACKER]
    loaded = load([tmp_path / "plan.json", text_file(tmp_path, "october.csv", *later)])
    assert set(statuses(loaded.plan).values()) == {"complete"}
    assert [len(item.history) for item in loaded.plan.items] == [1, 1, 1]


def test_returns_go_in_by_their_day(tmp_path: Path) -> None:
    plan = text_file(tmp_path, "tracker.csv", *TRACKER)
    first = text_file(tmp_path, "2026-10.csv", "Ref,Status", "A1,In progress")
    second = text_file(tmp_path, "2026-11.csv", "Ref,Status", "A1,Complete")
    for order in itertools.permutations([plan, first, second]):
        assert statuses(load(order).plan)["A1"] == "complete"


def test_statuses_of_no_plan(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r'2026-10.csv" holds statuses only: give the plan'):
        load([text_file(tmp_path, "2026-10.csv", *RETURN)])


def test_a_sheet_that_nobody_knows_does_not_stop_the_others(tmp_path: Path) -> None:
    plan = text_file(tmp_path, "tracker.csv", *TRACKER)
    other = text_file(tmp_path, "lunch.csv", "Dish,Price", "Soup,3")
    loaded = load([plan, other])
    assert [(one.code, one.severity) for one in loaded.problems if one.source] == [
        ("table-not-read", "error")
    ]
    assert len(loaded.plan.items) == 3


def test_plans_of_different_things_are_a_portfolio(tmp_path: Path) -> None:
    items = [{"id": "x", "kind": "action", "title": "Mend the roads"}]
    other = plan_file(tmp_path, "roads.json", id="roads", items=items)
    one = plan_file(tmp_path, "care.json")
    for files in ([one, other], [other, one]):
        loaded = load(files)
        assert {item.id for item in loaded.plan.items} == {
            "care", "care:a", "care:b", "care:c", "roads", "roads:x",
        }  # fmt: skip
        assert any("2 plans in one portfolio" in note for note in loaded.notes)


def test_a_paper_beside_a_plan_of_something_else(tmp_path: Path) -> None:
    loaded = load([plan_file(tmp_path, "care.json"), text_file(tmp_path, "paper.txt", PAPER)])
    assert len(loaded.plan.projects) == 2
    found = {(one.from_, one.to): one.state for one in loaded.plan.links}
    assert "accepted" in found.values()


def test_the_later_of_two_versions_counts(tmp_path: Path) -> None:
    old = plan_file(tmp_path, "z.json", as_of="2026-09-30")
    items = [{"id": "a", "kind": "action", "title": "Agree the model", "status": "complete"},
             {"id": "b", "kind": "action", "title": "Train the staff"}]  # fmt: skip
    new = plan_file(tmp_path, "a.json", as_of="2026-10-31", items=items)
    for files in ([old, new], [new, old]):
        loaded = load(files)
        assert statuses(loaded.plan) == {"a": "complete", "b": "not_started"}
        assert any(note.startswith("a.json is the next version of z.json") for note in loaded.notes)
        assert [one.items for one in loaded.problems if one.code == "item-removed"] == [("c",)]


def test_next_month_s_paper_keeps_what_was_decided(tmp_path: Path) -> None:
    register = text_file(tmp_path, "links.csv", "From,To,State", "SI1.1.1.1,SI1.1.1.2,accepted")
    first = load([text_file(tmp_path, "may.txt", PAPER), register])
    write_plan(first.plan, tmp_path / "plan.json")
    put_in = PAPER.replace("• Agree the offer", "• Write the offer (May 2026) • Agree the offer")
    later = load([tmp_path / "plan.json", text_file(tmp_path, "june.txt", put_in)])
    titles = {item.id: item.title for item in later.plan.items}
    assert titles["SI1.1.1.2"] == "Agree the offer"
    assert titles["SI1.1.1.3"] == "Write the offer"
    links = {(one.from_, one.to): (one.origin, one.state) for one in later.plan.links}
    assert links["SI1.1.1.1", "SI1.1.1.2"] == ("sequence", "accepted")
    assert links["SI1.1.1.1", "SI1.1.1.3"] == ("sequence", "proposed")


def test_corrections_hold_in_each_new_version(tmp_path: Path) -> None:
    paper = text_file(tmp_path, "may.txt", PAPER)
    fixes = text_file(
        tmp_path, "corrections.csv", "Id,Field,Value,Why,Who,When",
        "SI1.1.1.2,planned finish,31/07/2026,The paper has the month wrong,PMO,01/06/2026",
    )  # fmt: skip
    first = load([paper, fixes])
    assert str(first.plan.index.items["SI1.1.1.2"].planned.finish) == "2026-07-31"
    write_plan(first.plan, tmp_path / "plan.json")
    again = load([tmp_path / "plan.json", text_file(tmp_path, "june.txt", PAPER)])
    assert str(again.plan.index.items["SI1.1.1.2"].planned.finish) == "2026-07-31"
    assert len(again.plan.corrections) == 1


def test_schedules_are_told_apart_by_their_content(tmp_path: Path) -> None:
    """MS Project's XML under any ending; Primavera's by its first line."""
    plan = load([text_file(tmp_path, "tracker.csv", *TRACKER)]).plan
    export_plan(plan, tmp_path / "plan.xml")
    (tmp_path / "plan.xml").rename(tmp_path / "plan.txt")
    found = load([tmp_path / "plan.txt"]).plan
    assert [item.title for item in found.items] == [item.title for item in plan.items]
    (tmp_path / "p6.txt").write_text(write_xer(project(activity("A", 8))), encoding="utf-8")
    assert load([tmp_path / "p6.txt"]).plan.id == "HARBOUR"


def test_other_schedules_go_through_mpxj(corpora: Path, java: None) -> None:
    """The corpus counts 126 tasks besides summaries, and 127 dependencies."""
    loaded = load([corpora / "mpxj-cpm" / "aspose-net" / "Homemoveplan.mpp"])
    kinds = [item.kind for item in loaded.plan.items]
    assert kinds.count("activity") + kinds.count("milestone") == 126
    assert len(loaded.plan.links) == 127
    assert loaded.notes[0].startswith("Homemoveplan.mpp was read through MPXJ as MPP")
