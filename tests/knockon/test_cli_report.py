"""``knockon report``: its files, what they hold, wrong use, and the example of Wexcombe."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest

import knockon
from knockon.cli.main import run
from tests.knockon.council import COUNCIL, council, write_council
from tests.viz.reading import read_page

if TYPE_CHECKING:
    from viz.paper.blocks import Paper

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WEXCOMBE = [
    str(EXAMPLES / "wexcombe-csip.txt"),
    *(
        part
        for name in ("links", "meetings", "gates", "blackouts")
        for part in ("--with", str(EXAMPLES / f"wexcombe-{name}.csv"))
    ),
]
SLIP = {
    "schema": "knockon/scenario@1",
    "name": "A bad spring",
    "changes": [{"op": "slip", "item": "A.1", "by": "2m"}],
}


@pytest.fixture
def plan(tmp_path: Path) -> str:
    return write_council(tmp_path / "plan.json", as_of="2026-05-31")


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    path = tmp_path / "spring.json"
    path.write_text(json.dumps(SLIP), encoding="utf-8")
    return str(path)


def write(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    runs = () if {"--iterations", "--no-risk"} & {*args} else ("--iterations", "100")
    assert run(["report", *runs, *args]) == 0
    said = capsys.readouterr().out
    assert said == f"Written: {args[-1]}\n"
    return args[-1]


def refuse(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["report", *args]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def words(path: str) -> str:
    return read_page(Path(path).read_text(encoding="utf-8")).words


def test_a_page_tells_what_a_change_would_do(
    plan: str, scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(capsys, plan, "--scenario", scenario, "-o", str(tmp_path / "report.html"))
    said = words(file)
    assert "What if: A bad spring" in said
    assert "15 May 2027 to 28 Jun 2027" in said


def test_one_command_from_two_months_to_the_boards_paper(
    plan: str, scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items: list[dict[str, Any]] = [dict(one) for one in COUNCIL["items"]]
    items[2]["forecast"] = "2027-03-31"
    new = write_council(tmp_path / "new.json", items=items, as_of="2026-06-30")
    file = write(
        capsys, new, "--since", plan, "--scenario", scenario, "--title", "Report to the board",
        "--report-of", "Head of the CPMO", "-o", str(tmp_path / "paper.docx"),
    )  # fmt: skip
    document = docx.Document(file)
    assert document.paragraphs[0].text == "Report to the board"
    assert document.tables[0].rows[1].cells[1].text == "Head of the CPMO"
    said = [one.text for one in document.paragraphs]
    assert any(one.startswith("Since 31 May 2026: 2 items slipped") for one in said)
    assert any(one.endswith("Newly late since 31 May 2026") for one in said)


def test_a_workbook_has_a_sheet_for_every_table(
    plan: str, scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(capsys, plan, "--scenario", scenario, "-o", str(tmp_path / "report.xlsx"))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames[0] == "Summary"
    head, *rows = book["Moved by the change"].iter_rows(values_only=True)
    assert head[-2:] == ("Moves by (days), gaps spare", "Moves by (days), gaps work")
    assert {row[0]: row[-2:] for row in rows} == {
        "A.1": (59, 59), "A": (15, 59), "A.2": (15, 59),
    }  # fmt: skip


def test_it_can_be_asked_as_of_another_day(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(capsys, plan, "--as-of", "2026-11-30", "-o", str(tmp_path / "report.html"))
    assert "30 Nov 2026" in words(file)


@pytest.mark.parametrize(("flag", "shown"), [("--roles-only", False), ("--names", True)])
def test_members_are_named_only_where_that_is_wanted(
    flag: str, shown: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    officers = [*COUNCIL["officers"], {"id": "m", "title": "Cllr Ann Other", "kind": "member"}]
    held = [{"officer": "m", "item": "A"}]
    file = write_council(tmp_path / "plan.json", officers=officers, assignments=held)
    for ending in ("html", "xlsx"):
        path = write(capsys, file, flag, "-o", str(tmp_path / f"report.{ending}"))
        if ending == "html":
            said = words(path)
        else:
            book = openpyxl.load_workbook(path)
            said = " ".join(
                str(cell) for sheet in book for row in sheet.iter_rows(values_only=True)
                for cell in row
            )  # fmt: skip
        assert ("Cllr Ann Other" in said) is shown
        assert ("Elected member 1" in said) is not shown


def test_wrong_use_is_one_sentence(
    plan: str, scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    endings = "name it with the ending .html, .docx, .xlsx or .pdf."
    assert endings in refuse(capsys, plan, "-o", "report.pptx")
    missing = refuse(capsys, plan, "--since", "no.json", "-o", str(tmp_path / "r.html"))
    assert 'There is no file "no.json"' in missing
    other = json.loads(Path(scenario).read_text(encoding="utf-8"))
    other["changes"][0]["item"] = "Z.9"
    Path(scenario).write_text(json.dumps(other), encoding="utf-8")
    said = refuse(capsys, plan, "--scenario", scenario, "-o", str(tmp_path / "r.html"))
    assert '"Z.9"' in said
    assert not (tmp_path / "r.html").exists()


def test_it_never_writes_over_what_it_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "plan.xlsx"
    table.write_bytes(b"not read")
    said = refuse(capsys, str(table), "-o", str(table))
    assert "is what the plan is read from" in said
    assert table.read_bytes() == b"not read"


def test_a_plan_of_nothing_is_reported_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty: dict[str, list[object]] = {key: [] for key in COUNCIL if isinstance(COUNCIL[key], list)}
    file = write_council(tmp_path / "plan.json", **empty)
    for ending in ("html", "docx", "xlsx"):
        write(capsys, file, "-o", str(tmp_path / f"report.{ending}"))
    assert "The plan holds nothing yet." in words(str(tmp_path / "report.html"))


def test_how_likely_the_dates_are_is_told_with_seed_and_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # A.1 slips 80 days in one of four runs: from 31 Jan to 21 Apr 2027, A.2 45 days later.
    items = [dict(one) for one in COUNCIL["items"]]
    items[2]["uncertainty"] = {"distribution": "hurdle", "probability": 0.25, "delay": "80d"}
    told = {"risk": {"reference_class": "none"}}
    file = write_council(tmp_path / "plan.json", items=items, risks=None, options=told)
    args = (file, "--iterations", "400", "--seed", "7", "-o")
    said = words(write(capsys, *args, str(tmp_path / "report.html")))
    assert "How likely the dates are" in said
    assert "8 in 10 runs are done by 5 Jun 2027" in said
    assert "The plan was run 400 times with seed 7" in said
    book = openpyxl.load_workbook(write(capsys, *args, str(tmp_path / "report.xlsx")))
    assert [row[:2] for row in book["S-curve"].iter_rows(min_row=2, values_only=True)][2] == (
        "P80: 8 in 10", datetime(2027, 6, 5),
    )  # fmt: skip
    document = docx.Document(write(capsys, *args, str(tmp_path / "report.docx")))
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert any("P80 5 Jun 2027" in one for one in alts)
    without = words(write(capsys, file, "--no-risk", "-o", str(tmp_path / "report.html")))
    assert "How likely the dates are" not in without


def test_a_plan_without_odds_says_why_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = {"risk": {"reference_class": "none"}}
    file = write_council(tmp_path / "certain.json", risks=None, options=silent)
    said = words(write(capsys, file, "-o", str(tmp_path / "report.html")))
    assert "Nothing in the plan is uncertain" in said
    items = [{"id": "A", "kind": "action", "title": "Without a date"}]
    bare = write_council(
        tmp_path / "bare.json", items=items, links=[], assignments=[], boards=[], gates=[],
        relations=[], risks=None, metrics=[],
    )  # fmt: skip
    said = words(write(capsys, bare, "-o", str(tmp_path / "report.html")))
    assert "There are no odds of this plan. Nothing in the plan has a finish" in said


def test_python_users_write_the_same(tmp_path: Path) -> None:
    scenario = knockon.Scenario.model_validate(SLIP)
    paper: Paper = knockon.report(
        council(as_of="2026-05-31"), scenario=scenario, names=True, iterations=50
    )
    path = tmp_path / "report.htm"
    assert knockon.write_report(paper, path) == ()
    assert "15 May 2027 to 28 Jun 2027" in words(str(path))
    with pytest.raises(knockon.KnockonError, match=r"ending \.html, \.docx, \.xlsx or \.pdf"):
        knockon.write_report(paper, tmp_path / "report.odt")


def test_the_example_has_what_its_registers_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # SI1.2.1.2 ends on 31 May 2026 and needs two weeks more: 14 June. Papers for the Capital Board
    # of Wednesday 8 July are due five working days before, on 1 July: 17 days on. The second
    # Wednesday of August is the 12th, 35 days later.
    book = openpyxl.load_workbook(
        write(capsys, *WEXCOMBE, "--no-risk", "-o", str(tmp_path / "report.xlsx"))
    )
    cliffs = {
        (row[0], row[2]): row[3:7] for row in book["Cliffs"].iter_rows(min_row=2, values_only=True)
    }
    assert cliffs["SI1.2.1.3", "Capital Board"] == (
        datetime(2026, 7, 8), datetime(2026, 7, 1), 18, 35,
    )  # fmt: skip
    sources = [str(row[1]) for row in book["Sources"].iter_rows(min_row=2, values_only=True)]
    assert sorted(sources) == sorted(
        ["wexcombe-csip.txt", *(f"wexcombe-{name}.csv"
         for name in ("links", "meetings", "gates", "blackouts"))]
    )  # fmt: skip


def test_a_real_paper_alone_makes_a_report(
    csip_paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(capsys, str(csip_paper), "--no-risk", "-o", str(tmp_path / "report.html"))
    assert Path(file).stat().st_size < 1_000_000
    assert "SI1.2.1" in words(file)
