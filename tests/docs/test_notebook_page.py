"""docs/notebook.md: its code runs as it stands, its tables of questions and answers are whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import knockon
from knockon.notebook.frames import list_tables
from tests.knockon.council import council

if TYPE_CHECKING:
    from knockon.notebook.shown import Shown

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "notebook.md").read_text(encoding="utf-8")


@pytest.mark.filterwarnings("error")
def test_the_code_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    scope: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(block, "docs/notebook.md", "exec"), scope)
    assert scope["answer"].result.summary.moved_if_work == 5  # as the README's example says
    assert set(scope["late"].id) >= {"SI1.1.3", "SI1.3.1"}
    printed = capsys.readouterr().out
    assert "SI1.3.1" in printed
    assert "proposed" in printed


def test_every_question_is_told() -> None:
    told = set(re.findall(r"^\| `plan\.(\w+)", PAGE, re.MULTILINE))
    asked = {name for name in vars(knockon.OpenPlan) if not name.startswith("_")}
    fields = {"plan", "problems", "use", "min_confidence"}
    assert told == asked - fields - {"to_frame", "report"}
    assert "plan.report(answer)" in PAGE


def test_every_table_is_told() -> None:
    plan = knockon.OpenPlan(council())
    answers: dict[str, Shown[Any]] = {
        "whatif": plan.whatif("A.1=2m"),
        "schedule": plan.schedule(),
        "owners": plan.owners(),
        "boards": plan.boards(),
        "risk": plan.risk(iterations=50),
        "check": plan.check(),
        "compare": plan.compare(plan),
        "trace": plan.trace("A.1"),
        "reach": plan.reach(),
        "links": plan.links(),
    }
    rows = dict(
        re.findall(r"^\| (\w+) \| (`.+`) \|$", PAGE.partition("its tables")[2], re.MULTILINE)
    )
    assert {name: tuple(re.findall(r"`(\w+)`", row)) for name, row in rows.items()} == {
        name: list_tables(answer.result) for name, answer in answers.items()
    }
