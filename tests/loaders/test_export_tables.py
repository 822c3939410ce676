"""Plans as CSV and XLSX: what comes back is the plan, and what does not is told."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from graphmodel.planfile import parse_plan
from loaders.item_tables import read_item_tables
from loaders.load import load
from loaders.loaded import Loaded
from loaders.register_sheets import merge_registers, read_registers
from loaders.sheets import read_sheets
from loaders.writers.export import export_plan
from loaders.writers.plainfacts import plain_assignments
from tests.knockon.council import council
from tests.laws import examples
from tests.loaders.small_plans import small_plans
from tests.oracle.entities import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Item
    from graphmodel.plan import Plan

FORMS = ("csv", "xlsx")

CARRIED = (
    *("id", "kind", "title", "parent", "due", "duration", "status", "percent", "rag", "tags"),
    *("actual_start", "actual_finish", "forecast", "division", "mode", "model_extra"),
)

rarely = settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])


def make(**content: Any) -> Plan:
    return parse_plan(json.dumps({"schema": "knockon/plan@1", "id": "p", **content}))


def an_item(**fields: Any) -> Plan:
    return make(items=[{"id": "A", "kind": "action", "title": "Agree", **fields}])


def export(plan: Plan, folder: Path, form: str = "csv") -> tuple[tuple[str, ...], Loaded]:
    path = folder / f"plan.{form}"
    told = export_plan(plan, path)
    book = read_registers(path, read_sheets(path))
    loaded = read_item_tables(path, book.rest)
    assert loaded is not None
    merged, problems, notes = merge_registers(loaded.plan, book, "s1")
    return told, Loaded(merged, loaded.problems + problems, loaded.notes + notes)


def told_of(plan: Plan, form: str = "csv") -> tuple[tuple[str, ...], Plan]:
    with tempfile.TemporaryDirectory() as folder:
        told, loaded = export(plan, Path(folder), form)
    return told, loaded.plan


def dates(item: Item) -> tuple[Any, ...]:
    planned = item.planned
    return planned.start, planned.finish, planned.precision


def owners(plan: Plan) -> set[tuple[str, str, str]]:
    titles = {officer.id: officer.title for officer in plan.officers}
    return {(titles[one.officer], one.item, one.role) for one in plan.assignments}


def links(plan: Plan) -> set[tuple[str, str, str, str]]:
    return {
        (one.from_, one.to, one.type, str(one.lag)) for one in plan.links if one.state == "accepted"
    }


def assert_carried(plan: Plan, back: Plan) -> None:
    for one, other in zip(plan.items, back.items, strict=True):
        for name in CARRIED:
            assert getattr(one, name) == getattr(other, name), (one.id, name)
        assert dates(one) == dates(other), one.id
        if one.planned.precision != "day" and one.planned.text is not None:
            assert one.planned.text == other.planned.text, one.id
    assert owners(plan) == owners(back)
    assert links(plan) == links(back)


@rarely
@given(plan=small_plans())
@pytest.mark.parametrize("form", FORMS)
def test_a_plan_comes_back(form: str, plan: Plan) -> None:
    told, back = told_of(plan, form)
    assert_carried(plan, back)
    assert not any("otherwise" in sentence or "no such thing" in sentence for sentence in told)


@pytest.mark.parametrize("form", FORMS)
def test_the_csip_comes_back(form: str, csip_paper: Path, tmp_path: Path) -> None:
    plan = load([csip_paper]).plan
    told, loaded = export(plan, tmp_path, form)
    assert_carried(without_facts(plan), without_facts(loaded.plan))
    assert [one.title for one in loaded.plan.officers] == [one.title for one in plan.officers] or {
        one.id for one in loaded.plan.officers
    } == {one.id for one in plan.officers}
    where = {"csv": "a CSV file", "xlsx": "a workbook"}[form]
    assert f"Not in {where}: 1 document that facts come from." in told
    assert not any("otherwise" in sentence for sentence in told)
    assert not [one for one in loaded.problems if one.severity != "info"]


def without_facts(plan: Plan) -> Plan:
    """Leave out what the paper's reader notes on its own: no heading of a sheet means it."""
    items = tuple(one.model_copy() for one in plan.items)
    for one in items:
        object.__setattr__(one, "__pydantic_extra__", {})
    return plan.model_copy(update={"items": items})


@pytest.mark.parametrize("form", FORMS)
def test_the_example_comes_back(form: str, tmp_path: Path) -> None:
    examples = Path(__file__).parents[2] / "examples"
    plan = load([examples / "wexcombe-csip.txt", examples / "wexcombe-links.csv"]).plan
    told, loaded = export(plan, tmp_path, form)
    assert_carried(without_facts(plan), without_facts(loaded.plan))
    assert len(links(loaded.plan)) == 121
    assert not any("otherwise" in sentence for sentence in told)


@rarely
@given(document=DOCUMENTS)
@pytest.mark.parametrize("form", FORMS)
def test_what_does_not_come_back_is_told(form: str, document: dict[str, Any]) -> None:
    """Any plan at all can be written; each difference has a sentence that names it."""
    plan = parse_plan(json.dumps(document))
    told, back = told_of(plan, form)
    found = {item.id: item for item in back.items}
    for item in plan.items:
        for noun in untold(item, found[item.id]):
            assert any(noun in sentence for sentence in told), noun
    if links(plan) != links(back):
        assert any("link" in sentence for sentence in told)
    for name, noun in (("boards", "board"), ("gates", "gate"), ("metrics", "metric")):
        if len(getattr(plan, name)) > len(getattr(back, name)):
            assert any(noun in sentence for sentence in told)


NOUNS = {"rag": "the RAG", "percent": "the percentage", "mode": "the mode of scheduling"}


def untold(item: Item, other: Item) -> Iterator[str]:
    """Yield what a sentence has to call each field that did not come back."""
    for name in CARRIED[1:-1]:
        if getattr(item, name) != getattr(other, name):
            yield NOUNS.get(name, f"the {name.replace('_', ' ')}")
    for name in ("start", "finish"):
        if getattr(item.planned, name) != getattr(other.planned, name):
            yield f"the planned {name}"
    for key, value in (item.model_extra or {}).items():
        if value != (other.model_extra or {}).get(key):
            yield key


FORMULAS = ("=1+1", "+44 115", "-5 %", "@SUM(A1)", "\uff1d1", "'=1", "=cmd|' /C calc'!A0", "-")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_text_and_come_back(form: str, text: str, tmp_path: Path) -> None:
    plan = make(
        items=[{"id": "=A", "kind": "action", "title": text, "cause": text, "x_notes": text},
               {"id": "-1", "kind": "action", "title": "x", "parent": "=A"},
               {"id": "@b", "kind": "action", "title": "y", "tags": [text]}],
        links=[{"from": "@b", "to": "-1", "lag": "2d"}],
        officers=[{"id": "o", "title": f"{text} Head"}],
        assignments=[{"officer": "o", "item": "@b"}],
    )  # fmt: skip
    told, loaded = export(plan, tmp_path, form)
    items = {item.id: item for item in loaded.plan.items}
    assert list(items) == ["=A", "-1", "@b"]
    assert (items["=A"].title, items["=A"].cause) == (text, text)
    assert items["=A"].model_extra == {"x_notes": text}
    assert items["-1"].parent == "=A"
    assert links(loaded.plan) == {("@b", "-1", "FS", "2d")}
    assert not any("title" in sentence for sentence in told)


def test_no_cell_of_a_csv_file_begins_a_formula(tmp_path: Path) -> None:
    texts = [*FORMULAS, "\t=1", "\r=1", "\n=1", " =1"]
    export(make(items=[{"id": f"A{n}", "kind": "action", "title": text}
                       for n, text in enumerate(texts)]), tmp_path)  # fmt: skip
    lines = (tmp_path / "plan.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    cells = [line.split(",")[2] for line in lines]
    assert [cell for cell in cells if not cell.startswith("'")] == []


def test_cells_of_a_workbook_are_texts(tmp_path: Path) -> None:
    export(make(items=[{"id": f"A{n}", "kind": "action", "title": text}
                       for n, text in enumerate((*FORMULAS, "#N/A", "Agree"))]),
           tmp_path, "xlsx")  # fmt: skip
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Items"]
    column = [cell.value for cell in sheet[1]].index("Title") + 1
    cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [cell.quotePrefix for cell in cells] == [True] * len(FORMULAS) + [False, False]


def test_form_of_a_csv_file(tmp_path: Path) -> None:
    export(an_item(title='Say "yes", now', due="2027-04-30", tags=["a", "b"]), tmp_path)
    content = (tmp_path / "plan.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfID,Kind,Title,Parent,Start,Finish,Due,")
    assert content.count(b"\n") == content.count(b"\r\n") == 2
    row = content.decode("utf-8-sig").splitlines()[1]
    assert row.startswith('A,action,"Say ""yes"", now",,,none,2027-04-30,,not started,')


def test_form_of_a_workbook(tmp_path: Path) -> None:
    plan = an_item(
        planned={"start": "2026-04-01T09:00", "finish": "2026-06-30"}, due="1900-02-01",
        percent=12.5, actual_start="2026-04-02", status="in_progress",
    )  # fmt: skip
    told, loaded = export(plan, tmp_path, "xlsx")
    assert told == ("Not in a workbook, of the plan itself: the id.",)
    assert loaded.plan.items[0].percent == 12.5
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Items"]
    head = {cell.value: cell for cell in sheet[1]}
    assert head["ID"].font.bold
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:Q2")
    row: dict[Any, Any] = dict(zip(head, sheet[2], strict=True))
    assert row["Title"].alignment.wrap_text
    assert row["Start"].is_date
    assert row["Finish"].is_date
    assert (row["Start"].value, row["Finish"].value) == (
        datetime(2026, 4, 1, 9, 0),
        datetime(2026, 6, 30),
    )
    assert row["Due"].value == "1900-02-01"  # where Excel's count of days is wrong
    assert (row["% complete"].value, row["% complete"].number_format) == (0.125, "0.0%")
    assert sheet.column_dimensions["C"].width == 60


@pytest.mark.parametrize("form", FORMS)
def test_nasty_texts(form: str, tmp_path: Path) -> None:
    titles = [
        "a\nb",
        "a\x01b",
        "\u202eabc\u202c",
        "  two  blanks ",
        "#REF!",
        "tab\there",
        "\ud7ff\ufffe",
    ]
    plan = make(items=[{"id": f"A{n}", "kind": "action", "title": title}
                       for n, title in enumerate(titles)])  # fmt: skip
    told, loaded = export(plan, tmp_path, form)
    where = {"csv": "a CSV file", "xlsx": "a workbook"}[form]
    assert [item.title for item in loaded.plan.items] == [
        *("a b", "a\ufffdb", "abc", "two blanks", "A4", "tab here", "\ud7ff\ufffd"),
    ]
    assert told[0] == (
        "2 texts have characters that no such file can hold: each is replaced by \ufffd."
    )
    assert f"Read otherwise from {where}: the title of 7 items (A0, A1, A2 and 4 more)." in told


def test_a_text_too_long_for_a_cell(tmp_path: Path) -> None:
    told, loaded = export(an_item(title="x" * 40_000), tmp_path, "xlsx")
    assert loaded.plan.items[0].title == "x" * 32_766 + "…"
    assert told[0] == (
        "1 text has more than 32,767 characters, the most that a cell holds: the rest is cut off."
    )


@pytest.mark.parametrize(
    ("one", "other"), [("A", "A.1"), ("A.1", "A.1.2.3"), ("none", "x"), ("A", "B")]
)
def test_items_that_are_part_of_nothing(one: str, other: str, tmp_path: Path) -> None:
    plan = make(items=[{"id": name, "kind": "action", "title": name} for name in (one, other)])
    _, loaded = export(plan, tmp_path)
    assert [item.parent for item in loaded.plan.items] == [None, None]
    assert not [one for one in loaded.problems if one.severity != "warning"]


@pytest.mark.parametrize(
    ("planned", "cells"),
    [
        ({"finish": "2027-04-30", "precision": "month"}, ("", "April 2027")),
        ({"finish": "2027-04-10", "precision": "month"}, ("", "early April 2027")),
        ({"finish": "2027-03-31", "precision": "quarter"}, ("", "Q4 2026/27")),
        ({"finish": "2026-09-30", "precision": "half_year"}, ("", "H1 2026/27")),
        ({"finish": "2026-11-30", "precision": "season"}, ("", "Autumn 2026")),
        ({"finish": "2028-02-29", "precision": "season"}, ("", "Winter 2027/28")),
        ({"finish": "2027-08-31", "precision": "season", "text": "mid 2027"}, ("", "mid 2027")),
        ({"finish": "2027-04-30", "precision": "season"}, ("", "early 2027")),
        ({"finish": "2027-12-31", "precision": "year"}, ("", "2027")),
        ({"finish": "2027-03-31", "precision": "year"}, ("", "FY 2026/27")),
        ({"precision": "ongoing"}, ("", "Ongoing")),
        ({"start": "2026-04-01", "precision": "ongoing"}, ("", "Ongoing from 2026-04-01")),
        ({"finish": "2026-04-01", "precision": "complete"}, ("", "Complete 2026-04-01")),
        ({"start": "2026-04-01", "finish": "2026-05-06", "precision": "range"},
         ("", "2026-04-01 to 2026-05-06")),
        ({"start": "2026-04-01", "precision": "from"}, ("2026-04-01", "")),
        ({"start": "2026-04-01", "finish": "2027-04-30", "precision": "month"},
         ("2026-04-01", "April 2027")),
        # A re-profiled date whose words were left behind: the date counts.
        ({"finish": "2027-05-31", "precision": "month", "text": "April 2027"}, ("", "May 2027")),
        ({"finish": "2027-05-31", "precision": "day", "text": "31 May 2027"}, ("", "2027-05-31")),
    ],
)  # fmt: skip
def test_planned_dates_in_words(
    planned: dict[str, str], cells: tuple[str, str], tmp_path: Path
) -> None:
    plan = an_item(planned=planned)
    told, loaded = export(plan, tmp_path)
    row = (tmp_path / "plan.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")
    assert (row[4], row[5]) == cells
    assert dates(loaded.plan.items[0]) == dates(plan.items[0])
    assert not any("planned start" in one or "planned finish" in one for one in told)


def test_dates_that_no_words_fit(tmp_path: Path) -> None:
    told, loaded = export(
        an_item(planned={"finish": "2027-04-20", "precision": "quarter"}), tmp_path
    )
    assert loaded.plan.items[0].planned.finish == make(as_of="2027-04-20").as_of
    assert (
        "Read otherwise from a CSV file: the precision of the planned dates of 1 item (A)." in told
    )


def test_rare_fields_have_columns_where_they_are_used(tmp_path: Path) -> None:
    plan = make(
        items=[
            {"id": "A", "kind": "activity", "title": "Agree", "cause": "strike", "grade": "minor",
             "planned": {"finish": "2027-01-31", "precision": "day"}, "remaining": "3wd",
             "deadlines": [{"date": "2027-02-01"}],
             "baselines": [{"start": "2026-01-01", "finish": "2026-02-01"}],
             "constraints": [{"type": "SNET", "date": "2026-03-01"}], "x_team_name": "Blue"},
            {"id": "B", "kind": "activity", "title": "Build", "deadlines": [{"date": "2027-02-01"}],
             "constraints": [{"type": "ALAP"}]},
        ]
    )  # fmt: skip
    told, loaded = export(plan, tmp_path)
    head = (tmp_path / "plan.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.endswith(
        "Tags,Remaining,Grade,Cause,Deadline,Baseline start,Baseline finish,Constraint,"
        "Constraint date,Team name"
    )
    one, other = plan.items
    for item, back in zip((one, other), loaded.plan.items, strict=True):
        for name in ("cause", "grade", "remaining", "deadlines", "baselines", "constraints", "due"):
            assert getattr(item, name) == getattr(back, name), name
    assert loaded.plan.items[0].model_extra == {"x_team_name": "Blue"}
    assert told == ("Not in a CSV file, of the plan itself: the id.",)


@pytest.mark.parametrize(
    "fact",
    [
        {"x_status": "on track"},  # "Status" means another thing
        {"x_Odd": "words"},  # comes back in small letters
        {"x_list": ["a"]},
        {"x_foo": "Milestone"},  # a cell that would be taken for a heading
    ],
)
def test_facts_that_have_no_column(fact: dict[str, Any], tmp_path: Path) -> None:
    told, loaded = export(an_item(**fact), tmp_path)
    assert loaded.plan.items[0].model_extra == {}
    assert told[0] == f"Not in a CSV file, of items: the {next(iter(fact))} of 1."


def test_what_sheets_of_items_have_no_place_for(tmp_path: Path) -> None:
    plan = make(
        title="T", start="2026-01-01",
        items=[{"id": "A", "kind": "action", "title": "Agree", "history": [{"rag": "red"}],
                "label": "3", "uncertainty": {"distribution": "exponential", "mean": "1d"}},
               {"id": "B", "kind": "action", "title": "Build"}],
        links=[{"from": "A", "to": "B", "state": "proposed"},
               {"from": "B", "to": "A", "type": "SS", "reason": "so", "origin": "register"}],
        officers=[{"id": "x", "title": "Head of A", "also": ["HoA"]}, {"id": "y", "title": "None"}],
        assignments=[{"officer": "x", "item": "A"}],
        boards=[{"id": "b"}], gates=[{"item": "A", "board": "b"}],
        blackouts=[{"start": "2027-01-01", "finish": "2027-02-01"}],
    )  # fmt: skip
    told, _ = export(plan, tmp_path)
    assert told == (
        "Not in a CSV file: 1 proposed link.",
        "Not in a CSV file: 1 officer.",
        "Not in a CSV file: 1 board.",
        "Not in a CSV file: 1 accepted gate.",
        "Not in a CSV file: 1 blackout.",
        "Not in a CSV file, of items: the uncertainty of 1 and the history of 1.",
        "Not in a CSV file, of links: the origin of 1 and the reason of 1.",
        "Not in a CSV file, of officers: other spellings of 1.",
        "Not in a CSV file, of the plan itself: the id, the title and the start.",
        "Read otherwise from a CSV file: the id of 1 officer (x).",
    )


def test_offices_that_a_cell_takes_apart_are_told(tmp_path: Path) -> None:
    plan = make(
        items=[{"id": "A", "kind": "action", "title": "Agree"}],
        officers=[{"id": "x", "title": "Head of A; Head of B"}],
        assignments=[{"officer": "x", "item": "A"}],
    )
    told, _ = export(plan, tmp_path)
    assert told[:2] == ("Not in a CSV file: 1 officer.", "Not in a CSV file: 1 assignment.")
    assert told[-2:] == (
        "Read from a CSV file, though the plan has no such thing: 2 officers.",
        "Read from a CSV file, though the plan has no such thing: 2 assignments.",
    )


def registered(plan: Plan) -> dict[str, object]:
    """Return what registers hold, without where it stands."""
    without = {"source": True, "evidence": True}
    return {
        name: [one.model_dump(exclude=without) for one in getattr(plan, name)]
        for name in ("links", "gates", "blackouts", "boards", "officers", "risks")
    } | {
        "assignments": {(one.officer, one.item, one.role) for one in plan.assignments},
        "metrics": [(one.id, one.item, one.title, one.unit) for one in plan.metrics],
        "targets": [one.target.value for one in plan.metrics if one.target],
    }


def test_registers_of_a_workbook_hold_the_rest(tmp_path: Path) -> None:
    plan = council()
    told, loaded = export(plan, tmp_path, "xlsx")
    assert registered(loaded.plan) == registered(plan)
    sheets = openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames
    assert sheets[0] == "Items"
    assert set(sheets[1:]) == {
        *("Links", "Gates", "Meetings", "Blackouts", "Risks", "Officers", "Assignments"),
        *("Metrics", "Boards", "Corrections"),
    }
    assert "Not in a workbook: 1 relation between bodies." in told
    # Its target has a number and no words; a cell has both.
    assert "Read otherwise from a workbook: the target of 1 metric (m1)." in told


def test_every_fact_of_a_workbook_stands_once(csip_paper: Path, tmp_path: Path) -> None:
    plan = load([csip_paper]).plan
    _, loaded = export(plan, tmp_path, "xlsx")
    sheets = {sheet.name: sheet for sheet in read_sheets(tmp_path / "plan.xlsx")}
    # All of its links give a reason, so none is a plain predecessor.
    assert len(sheets["Links"].rows) == 1 + len(plan.links) == 1 + 187
    head, *rows = (row.cells for row in sheets["Items"].rows)
    column = head.index("Predecessors")
    assert not any(cells[column] for cells in rows if len(cells) > column)
    # Every title of its officers names one of them alone: all roles stand beside the items.
    assert len(sheets["Assignments"].rows) == 1
    assert registered(loaded.plan)["assignments"] == registered(plan)["assignments"]
    assert {one.id: one.also for one in loaded.plan.officers} == {
        one.id: one.also for one in plan.officers
    }
    assert [one.id for one in loaded.plan.boards] == [one.id for one in plan.boards]
    states = Counter(link.state for link in loaded.plan.links)
    assert states == {"proposed": 183, "accepted": 4}
    assert len(loaded.plan.metrics) == 40


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_in_registers_are_text(text: str, tmp_path: Path) -> None:
    plan = make(
        items=[{"id": "A", "kind": "action", "title": "x"},
               {"id": "B", "kind": "action", "title": "y"}],
        links=[{"from": "A", "to": "B", "reason": text, "origin": "register"}],
    )  # fmt: skip
    _, loaded = export(plan, tmp_path, "xlsx")
    assert loaded.plan.links[0].reason == text
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Links"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} <= {
        *("s", "inlineStr"),
    }


def test_days_of_registers_are_days(tmp_path: Path) -> None:
    plan = make(
        items=[{"id": "A", "kind": "action", "title": "x"}], boards=[{"id": "b", "title": "Board"}],
        blackouts=[{"start": "2027-01-01", "finish": "2027-02-01", "boards": ["b"]}],
    )  # fmt: skip
    _, loaded = export(plan, tmp_path, "xlsx")
    assert registered(loaded.plan) == registered(plan)
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Blackouts"]
    assert datetime(2027, 1, 1) in [cell.value for cell in sheet[2]]


@pytest.mark.parametrize(
    ("officer", "role", "is_plain"),
    [
        ({"id": "head-of-a", "title": "Head of A"}, "sponsor", True),
        ({"id": "x", "title": "Head of A"}, "sponsor", False),
        ({"id": "head-of-a-head-of-b", "title": "Head of A; Head of B"}, "sponsor", False),
        ({"id": "ports", "title": "Ports", "kind": "member"}, "portfolio", True),
        ({"id": "ports", "title": "Ports", "kind": "member"}, "responsible", False),
        ({"id": "ports", "title": "Ports"}, "portfolio", False),
        ({"id": "tbc", "title": "TBC"}, "responsible", False),
        ({"id": "all-directors", "title": "All Directors", "kind": "group"}, "responsible", True),
        ({"id": "all-directors", "title": "All Directors"}, "responsible", False),
    ],
)
def test_who_is_named_beside_items_and_who_in_a_register(
    officer: dict[str, str], role: str, *, is_plain: bool
) -> None:
    plan = make(
        items=[{"id": "A", "kind": "action", "title": "x"}],
        officers=[officer],
        assignments=[{"officer": officer["id"], "item": "A", "role": role}],
    )
    assert bool(plain_assignments(plan)) == is_plain
    told, back = told_of(plan, "xlsx")
    assert registered(back) == registered(plan)
    assert told == ("Not in a workbook, of the plan itself: the id.",)
