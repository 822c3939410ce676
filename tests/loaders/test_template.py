"""The workbook that a PMO fills in: it is whole, safe and plain, and loads back exactly."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.errors import FileError
from graphmodel.plan import Plan
from loaders.cell_texts import as_cell
from loaders.faults import ERRORS
from loaders.item_sheet import show_items
from loaders.item_tables import read_item_tables
from loaders.load import load
from loaders.register_kinds import KINDS
from loaders.register_sheets import merge_registers, read_registers
from loaders.rows import Sheet, column_letters, read_csv
from loaders.sheets import read_sheets
from loaders.template import write_template
from loaders.template_example import example_plan
from loaders.template_sheets import make_sheets
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from graphmodel.problems import Problem

#: Every list of a plan that a template has a sheet for.
LISTS = (
    *("items", "links", "officers", "assignments", "boards", "gates", "blackouts", "metrics"),
    *("risks", "corrections"),
)

#: Keys that say where a fact comes from, which a workbook says of itself.
ORIGINS = {"source", "evidence"}


def bare(content: Any) -> Any:
    """Return JSON without sources, and lists of records without an order of their own."""
    if isinstance(content, dict):
        return {key: bare(value) for key, value in content.items() if key not in ORIGINS}
    return [bare(one) for one in content] if isinstance(content, list) else content


def facts(plan: Plan, *, in_order: bool = True) -> dict[str, Any]:
    dumped = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    found = {name: bare(dumped.get(name, [])) for name in LISTS}
    return found if in_order else {name: sorted(map(str, one)) for name, one in found.items()}


def letters_of(cell: Any) -> str:
    return column_letters(cell.column - 1)


def read_alone(path: Path, sheets: Sequence[Sheet]) -> tuple[Plan, list[Problem]]:
    """Return the plan that a workbook makes by itself, and the problems."""
    book = read_registers(path, sheets)
    loaded = read_item_tables(path, book.rest)
    assert loaded is not None
    plan, problems, _ = merge_registers(loaded.plan, book, "s1")
    return plan, [*loaded.problems, *problems]


def put_back(plan: Plan, sheets: Sequence[Sheet]) -> Plan:
    """Return a plan with the registers of its own template put into it; nothing may be told."""
    book = read_registers("registers.xlsx", sheets)
    merged, problems, notes = merge_registers(plan, book, "new")
    assert problems == ()
    assert not any(note.startswith("Registers changed") for note in notes)
    return merged.model_copy(update={"sources": plan.sources})


def test_the_example_loads_back_exactly(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    notes = write_template(path)
    assert notes == ("plan.xlsx has 11 sheets to fill in, with 24 rows of an example.",)
    plan, problems = read_alone(path, read_sheets(path))
    assert problems == []
    assert facts(plan, in_order=False) == facts(example_plan(), in_order=False)
    assert put_back(example_plan(), read_sheets(path)) == example_plan()


def test_the_example_has_a_row_for_every_sheet() -> None:
    sheets = make_sheets(example_plan())
    assert [sheet.name for sheet in sheets if not sheet.rows] == []
    kept = {kind.sheet for kind in KINDS} - {
        "Review"
    }  # proposals come from a plan, not from people
    assert {sheet.name for sheet in sheets} == {"Plan", *kept}


def test_every_sheet_is_a_register_by_its_header_alone_too() -> None:
    for sheet in make_sheets(example_plan())[1:]:
        nameless = Sheet("data.csv", sheet.sheet.rows)
        (table,) = read_registers("data.csv", [nameless]).tables
        assert table.kind.sheet == sheet.name


def test_every_column_carries_its_guidance(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    rows = list(book["Guidance"].iter_rows(values_only=True))
    told = {(row[0], row[1]): row[2] for row in rows if row[1]}
    for sheet in make_sheets(example_plan()):
        page = book[sheet.name]
        for heading in sheet.headings:
            assert told[sheet.name, heading]
        prompts = [rule.prompt for rule in page.data_validations.dataValidation]
        assert len(prompts) == len(sheet.columns)
        assert all(prompts)


def test_pages_are_plain_to_everybody(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "Guidance"
    assert book.properties.language == "en-GB"
    assert book.properties.title == "Example plan"
    for page in book.worksheets:
        (table,) = page.tables.values()
        assert table.headerRowCount == 1
        assert page.sheet_state == "visible"
        fills = {cell.fill.fill_type for row in page.iter_rows() for cell in row}
        assert fills == {None}  # nothing is said by colour
    for page in book.worksheets[1:]:
        assert page.freeze_panes == "B2"
        assert all(cell.font.bold for cell in page[1])
        assert page.print_title_rows == "$1:$1"
        widths = [page.column_dimensions[letters_of(cell)].width for cell in page[1]]
        assert all(10 <= width <= 60 for width in widths)


def test_choices_and_known_ids_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)

    def lists(name: str) -> dict[str, str]:
        page = book[name]
        headings = {letters_of(cell): str(cell.value) for cell in page[1]}
        found = {}
        for rule in page.data_validations.dataValidation:
            if rule.type == "list":
                (area,) = rule.sqref.ranges
                found[headings[column_letters(area.min_col - 1)]] = str(rule.formula1)
                assert not rule.showErrorMessage  # other words are understood too
        return found

    plan = lists("Plan")
    assert plan["Kind"] == '"theme,objective,action,milestone,activity"'
    assert plan["Status"] == '"not started,in progress,complete,on hold,cancelled"'
    assert plan["Rag"].startswith('"red,')
    assert plan["Parent"] == "'Plan'!$A$2:$A$1007"
    links = lists("Links")
    assert links["Type"] == '"FS,SS,FF,SF"'
    assert links["State"] == '"accepted,proposed,rejected"'
    assert links["From"] == links["To"] == "'Plan'!$A$2:$A$1007"
    gates = lists("Gates")
    assert (gates["Item"], gates["Board"]) == ("'Plan'!$A$2:$A$1007", "'Boards'!$A$2:$A$1002")
    assert lists("Assignments")["Officer"] == "'Officers'!$A$2:$A$1003"
    assert "planned.finish" in lists("Corrections")["Field"]
    for name in book.sheetnames[1:]:
        for formula in lists(name).values():
            assert len(formula) <= 257  # what Excel can hold, with its quotation marks


DANGEROUS = ("=1+1", "+44 20", "-5 per cent", "@home", '=HYPERLINK("x")', "=", "{=A1}", "#REF")


def test_no_cell_is_ever_a_formula(tmp_path: Path) -> None:
    items = [{"id": f"I{n}", "kind": "action", "title": text} for n, text in enumerate(DANGEROUS)]
    plan = Plan.model_validate(
        {
            "id": "p",
            "items": items,
            "officers": [{"id": "=o", "title": "=cmd|' /C calc'!A0", "also": ["@x"]}],
            "links": [{"from": "I0", "to": "I1", "lag": "-5d", "reason": "=SUM(A1:A9)"}],
        }
    )
    path = tmp_path / "plan.xlsx"
    write_template(path, plan)
    book = openpyxl.load_workbook(path)
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    risky = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert len(risky) >= 9
    assert all(cell.quotePrefix for cell in risky)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)
    assert put_back(plan, read_sheets(path)) == plan
    alone, problems = read_alone(path, read_sheets(path))
    assert [item.title for item in alone.items] == list(DANGEROUS)
    assert alone.officers[0].title == "=cmd|' /C calc'!A0"
    assert [problem for problem in problems if problem.severity == "error"] == []


def test_what_the_sheets_cannot_hold_is_told(tmp_path: Path) -> None:
    item = {
        "id": "A",
        "kind": "action",
        "title": "Work",
        "deadlines": [{"date": "2027-01-31"}],
        "x_note": "kept",
    }
    plan = Plan.model_validate(
        {"id": "p", "title": "Our plan", "items": [item, item | {"id": "B"}]}
    )
    notes = write_template(tmp_path / "plan.xlsx", plan)
    assert notes == (
        "plan.xlsx has 11 sheets to fill in, with 2 rows of what Our plan knows already.",
        "Not in the workbook, of items: the deadlines of 2 and the x_note of 2.",
        "The plan file keeps what is not in the workbook: load the two together.",
    )


def test_what_has_no_sheet_or_no_row_of_its_own_is_told(tmp_path: Path) -> None:
    plan = Plan.model_validate(
        {
            "id": "p",
            "items": [{"id": "A", "kind": "action", "title": "Work"}],
            "boards": [{"id": "B"}],
            "gates": [{"item": "A", "board": "B"}, {"item": "A", "board": "B", "decision": "note"}],
            "relations": [{"from": "B", "to": "p", "type": "approves"}],
            "stated": [{"measure": "red", "value": 1.0}, {"measure": "green", "value": 2.0}],
        }
    )
    notes = write_template(tmp_path / "plan.xlsx", plan)
    assert notes[1:] == (
        "Not in the workbook: 1 accepted gate.",
        "Not in the workbook: 1 relation between bodies.",
        "Not in the workbook: 2 totals that a paper states.",
        "The plan file keeps what is not in the workbook: load the two together.",
    )


def test_a_plan_without_items_has_sheets_too(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    assert len(write_template(path, Plan(id="p"))) == 1
    assert put_back(Plan(id="p"), read_sheets(path)) == Plan(id="p")


def test_a_template_is_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"ending \.xlsx"):
        write_template(tmp_path / "plan.xls")
    with pytest.raises(FileError, match="cannot be written"):
        write_template(tmp_path / "nowhere" / "plan.xlsx")


def test_sheets_saved_as_csv_are_read_too(tmp_path: Path) -> None:
    import csv  # noqa: PLC0415 - for this test alone

    sheets = []
    for sheet in make_sheets(example_plan()):
        path = tmp_path / f"{sheet.name.lower()}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(sheet.headings)
            writer.writerows(map(sheet.cells, sheet.rows))
        sheets.append(read_csv(path))
    assert put_back(example_plan(), sheets[1:]) == example_plan()


def test_the_real_paper_loads_back(csip_paper: Path, tmp_path: Path) -> None:
    plan = load([csip_paper]).plan
    path = tmp_path / "csip.xlsx"
    notes = write_template(path, plan)
    # Facts of the paper beside the plan's own.
    assert all(note.startswith("Not in the workbook, of ") and "x_" in note for note in notes[1:-1])
    assert put_back(plan, read_sheets(path)) == plan
    alone, problems = read_alone(path, read_sheets(path))
    assert [problem for problem in problems if problem.severity == "error"] == []
    told = {name: len(getattr(alone, name)) for name in LISTS}
    assert told == {name: len(getattr(plan, name)) for name in LISTS}
    known = [
        {key: value for key, value in one.items() if key[:2] != "x_"}
        for one in facts(plan)["items"]
    ]
    assert facts(alone)["items"] == known


TITLES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cn"]), min_size=1, max_size=30
).filter(lambda text: as_cell(text) not in ERRORS)  # which only formulas show
LINES = TITLES.map(lambda text: " ".join(as_cell(text).split())).filter(
    lambda line: line and line not in ERRORS
)
NAMES = st.from_regex(r"[A-Z][a-z]{2,8} [a-z]{3,9}", fullmatch=True)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)).map(str)
SPANS = st.sampled_from(["0d", "10d", "2.5w", "10wd", "3m", "-1w", "8h", "50%"])
LENGTHS = st.sampled_from(["10d", "2.5w", "10wd", "3m"])
SHARES = st.floats(0, 1)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


@st.composite
def plans(draw: st.DrawFn, text: st.SearchStrategy[str] = TITLES) -> Plan:
    """Draw a small plan with some of everything that registers hold."""
    items = [f"I{n}" for n in range(draw(st.integers(2, 4)))]
    officers = [f"o{n}" for n in range(draw(st.integers(0, 2)))]
    boards = [f"b{n}" for n in range(draw(st.integers(0, 2)))]
    item = st.sampled_from(items)
    content: dict[str, Any] = {
        "id": "p",
        "start": "2026-04-01",
        "items": [{"id": one, "kind": "action", "title": f"{one} {draw(text)}"} for one in items],
        "officers": [
            {
                "id": one,
                "title": f"Office {one}",
                "also": draw(st.lists(NAMES, max_size=2, unique=True)),
                "kind": draw(st.sampled_from(["office", "member", "group", "external"])),
                "directorate": draw(maybe(text)),
            }
            for one in officers
        ],
        "boards": [
            {
                "id": one,
                "title": f"Board {one}",
                "chair": draw(maybe(text)),
                "oversees": draw(st.lists(item, max_size=2, unique=True)),
                "meetings": {
                    "dates": draw(st.lists(DAYS, max_size=2, unique=True)),
                    "rule": draw(maybe(st.just("FREQ=MONTHLY;BYDAY=3TU"))),
                },
                "papers_lead": draw(maybe(LENGTHS)),
            }
            for one in boards
        ],
        "blackouts": [
            {
                "start": "2027-01-01",
                "finish": draw(st.just("2027-02-01")),
                "reason": draw(maybe(text)),
            }
            | {"boards": boards[:1], "tags": ["t"]}
        ],
        "links": [
            {"from": items[0], "to": items[1], "type": draw(st.sampled_from(["FS", "SS"]))}
            | {"lag": draw(SPANS), "reason": draw(maybe(text)), "confidence": draw(SHARES)}
            | {"state": draw(st.sampled_from(["accepted", "proposed", "rejected"]))}
            | {"origin": draw(st.sampled_from(["stated", "register", "inferred"]))}
            | {"decided": draw(maybe(st.just({"by": "Me", "at": "2026-09-01"})))}
        ],
        "metrics": [
            {
                "id": "M1",
                "item": draw(item),
                "title": f"Metric {draw(text)}",
                "unit": draw(maybe(text)),
                "target": draw(maybe(st.just({"value": 9.0, "text": "9", "by": "2028-03-31"}))),
                "actuals": draw(
                    st.lists(
                        st.sampled_from(
                            [{"value": 1.0, "text": "1", "as_of": f"Month {n}"} for n in range(3)]
                        ),
                        unique_by=str,
                    )
                ),
            }
        ],
        "risks": [
            {
                "id": "R1",
                "title": draw(st.just("") | text),
                "probability": draw(SHARES),
                "impacts": [
                    {
                        "item": one,
                        "mode": draw(st.sampled_from(["series", "parallel"])),
                        "delay": draw(
                            st.sampled_from(
                                [
                                    {"distribution": "uniform", "low": "1w", "high": "2w"},
                                    {"distribution": "empirical", "values": ["1w", "2d"]},
                                    {"distribution": "hurdle", "probability": 0.2, "delay": "1m"},
                                ]
                            )
                        ),
                    }
                    for one in draw(st.lists(item, max_size=2, unique=True))
                ],
                "effects": draw(
                    st.lists(st.just({"op": "slip", "item": items[0], "by": "2w"}), max_size=1)
                ),
            }
        ],
        "corrections": [
            {"item": draw(item), "field": "due", "value": draw(DAYS), "why": draw(maybe(text))}
        ],
    }
    if officers:
        content["assignments"] = [
            {
                "officer": officers[0],
                "item": one,
                "role": draw(st.sampled_from(["responsible", "sponsor"])),
            }
            for one in draw(st.lists(item, unique=True))
        ]
    if boards:
        content["gates"] = [
            {"item": draw(item), "board": boards[0], "order": draw(st.integers(1, 3))}
            | {"papers_lead": draw(maybe(LENGTHS)), "confidence": draw(SHARES)}
            | {"reason": draw(maybe(text)), "id": draw(maybe(st.just("G1")))}
        ]
    return Plan.model_validate(content)


@given(plans())
def test_a_workbook_that_nobody_touched_changes_nothing(plan: Plan) -> None:
    assert put_back(plan, [sheet.sheet for sheet in make_sheets(plan)]) == plan


@given(plans(LINES))
def test_the_registers_alone_make_the_same_entities(plan: Plan) -> None:
    bare_plan = Plan(id="p", start=plan.start, items=plan.items)
    sheets = [sheet.sheet for sheet in make_sheets(plan)]
    owners = [sheet for sheet in sheets if sheet.name == "Plan"]
    assert len(owners) == 1
    book = read_registers("registers.xlsx", sheets)
    merged, problems, _ = merge_registers(bare_plan, book, "s1")
    assert problems == ()
    assert facts(merged) == facts(plan)


@settings(max_examples=examples(10))
@given(plans())
def test_the_file_holds_what_the_sheets_hold(
    tmp_path_factory: pytest.TempPathFactory, plan: Plan
) -> None:
    path = tmp_path_factory.mktemp("template") / "plan.xlsx"
    write_template(path, plan)
    assert put_back(plan, read_sheets(path)) == plan


@pytest.mark.parametrize(
    ("planned", "cells"),
    [
        ({"finish": "2026-09-30", "precision": "month"}, ("", "Sep 2026")),
        ({"finish": "2026-09-10", "precision": "month"}, ("", "2026-09-10")),
        (
            {"start": "2026-09-01", "finish": "2026-09-30", "precision": "month"},
            ("2026-09-01", "Sep 2026"),
        ),
        (
            {"start": "2027-05-01", "precision": "from", "text": "from May 2027"},
            ("from May 2027", ""),
        ),
        ({"precision": "ongoing", "text": "ongoing"}, ("", "ongoing")),
    ],
)
def test_dates_of_items_as_cells(planned: dict[str, str], cells: tuple[str, str]) -> None:
    item = {"id": "A", "kind": "action", "title": "Work", "planned": planned}
    (row,) = show_items(Plan.model_validate({"id": "p", "items": [item]}))
    assert (row.get("start", ""), row.get("finish", "")) == cells
