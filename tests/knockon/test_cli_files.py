"""``knockon load``, ``template`` and ``export``: files in, files out, and back again."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from knockon.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "care",
    "title": "Care plan",
    "start": "2026-04-01",
    "items": [
        {"id": "A", "kind": "action", "title": "Agree the model"},
        {"id": "A.1", "kind": "milestone", "title": "=1+1 draft", "parent": "A",
         "planned": {"finish": "2026-06-30", "precision": "day"}},
        {"id": "A.2", "kind": "milestone", "title": "Sign", "parent": "A",
         "planned": {"finish": "2026-09-30", "precision": "month"}},
    ],
    "links": [{"from": "A.1", "to": "A.2", "lag": "2w"}],
    "officers": [{"id": "dasc", "title": "Director of Care"}],
    "assignments": [{"officer": "dasc", "item": "A"}],
}  # fmt: skip


@pytest.fixture
def said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run a command in a folder that holds ``plan.json``, and return what it prints."""
    monkeypatch.chdir(tmp_path)
    Path("plan.json").write_text(json.dumps(PLAN), encoding="utf-8")

    def command(*words: str, code: int = 0) -> str:
        assert run(list(words)) == code
        printed = capsys.readouterr()
        return printed.out if code == 0 else printed.err

    return command


def items_of(path: str) -> list[tuple[str, str, str]]:
    plan = json.loads(Path(path).read_text(encoding="utf-8"))
    return [(item["id"], item["kind"], item["title"]) for item in plan["items"]]


@pytest.mark.parametrize("name", ["p.csv", "p.xlsx", "p.graphml", "p.xml", "p.json"])
def test_what_is_exported_loads_again(said: Callable[..., str], name: str) -> None:
    assert said("export", "plan.json", "-o", name).startswith(f"Written: {name}\n")
    said("load", name, "-o", "back.json")
    assert items_of("back.json") == items_of("plan.json")
    back = json.loads(Path("back.json").read_text(encoding="utf-8"))
    assert [(one["from"], one["to"], one["lag"]) for one in back["links"]] == [
        ("A.1", "A.2", "2w"),
    ]
    assert [one["title"] for one in back["officers"]] == ["Director of Care"]


def test_a_format_can_be_named(said: Callable[..., str]) -> None:
    said("export", "plan.json", "--format", "csv", "-o", "plan.txt")
    with Path("plan.txt").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.reader(stream))) == 4


def test_cells_that_look_like_formulas_are_text(said: Callable[..., str]) -> None:
    said("export", "plan.json", "-o", "p.xlsx")
    cells = [cell for row in load_workbook("p.xlsx")["Items"].iter_rows() for cell in row]
    (cell,) = [cell for cell in cells if str(cell.value).endswith("1+1 draft")]
    assert cell.data_type == "s"


def test_exports_say_what_they_cannot_carry(said: Callable[..., str]) -> None:
    said_of_csv = said("export", "plan.json", "-o", "p.csv")
    assert "of the plan itself" in " ".join(said_of_csv.split())
    assert said("export", "plan.json", "-o", "p.json") == "Written: p.json\n"


def test_exports_that_cannot_be(said: Callable[..., str]) -> None:
    assert "has no ending that says what to write" in said("export", "plan.json", "-o", "p", code=2)
    assert "give the export another name" in said("export", "plan.json", "-o", "plan.json", code=2)
    assert "Missing option" in said("export", "plan.json", code=2)


def test_an_example_to_fill_in(said: Callable[..., str]) -> None:
    assert "sheets to fill in" in said("template", "t.xlsx")
    assert "No problems found." in said("load", "t.xlsx")
    assert "Guidance" in load_workbook("t.xlsx").sheetnames


def test_a_template_of_a_plan_that_is_there(said: Callable[..., str]) -> None:
    said("template", "t.xlsx", "--plan", "plan.json")
    said("load", "t.xlsx", "-o", "back.json")
    assert items_of("back.json") == items_of("plan.json")
    assert "ending .xlsx" in said("template", "t.csv", code=2)


def test_columns_can_be_named(said: Callable[..., str]) -> None:
    Path("t.csv").write_text("Doing,By\nAgree the model,30/09/2026\n", encoding="utf-8")
    assert "--map" in said("load", "t.csv", code=2)
    out = said("load", "t.csv", "--map", "Doing=action", "--map", "By=due")
    assert "1 action" in out
    assert "write 'Column=field'" in said("load", "t.csv", "--map", "Doing", code=2)


def test_a_return_beside_a_question(said: Callable[..., str]) -> None:
    Path("r.csv").write_text("Id,Status,Forecast\nA.1,In progress,31/10/2026\n", encoding="utf-8")
    rows = json.loads(said("schedule", "plan.json", "--with", "r.csv", "--json"))["items"]
    assert {row["id"]: row["finish"] for row in rows}["A.2"] == "2026-11-14"
