"""``knockon check --rag`` and the table of practices, as a user meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from knockon.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Check = Callable[..., tuple[int, str]]

PLAN: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "p",
    "start": "2026-06-01",
    "items": [
        {
            "id": "a",
            "kind": "milestone",
            "title": "Consult",
            "due": "2026-09-30",
            "forecast": "2026-10-31",
            "rag": "green",
        },
        {"id": "b", "kind": "milestone", "title": "Decide", "planned": {"finish": "2026-12-31"}},
    ],
    "links": [{"from": "a", "to": "b"}],
}


@pytest.fixture
def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Check:
    """Return what runs the command on the plan above: its exit code, and what it says."""
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(PLAN), encoding="utf-8")

    def ask(*asked: str) -> tuple[int, str]:
        code = run(["check", str(path), *asked])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return ask


def test_a_rule_that_is_asked_for(check: Check) -> None:
    code, said = check("--rag", "month", "--only", "rating-differs")
    assert code == 0
    words = " ".join(said.split())
    assert (
        'a Consult is rated "green", and "amber" by the rule month: its forecast 2026-10-31 is 31 '
        "days after its due date 2026-09-30."
    ) in words
    code, said = check("--only", "rating-differs")
    assert "the plan names no RAG rule, and none was asked for" in " ".join(said.split())


def test_a_rule_that_there_is_not(check: Check) -> None:
    code, said = check("--rag", "mnth")
    assert code == 2
    assert 'The plan has no RAG rule "mnth". Did you mean month?' in said


@pytest.mark.parametrize("asked", [[], ["--only", "schedule"]])
def test_practices_are_told_ungraded(check: Check, asked: list[str]) -> None:
    _, said = check(*asked)
    assert "8. Conducting a schedule risk analysis: items whose uncertainty is stated" in said
    _, packed = check(*asked, "--json")
    practices = json.loads(packed)["practices"]
    assert [one["number"] for one in practices] == list(range(1, 11))
    assert all(set(one) == {"number", "name", "figures"} for one in practices)


def test_practices_are_a_sheet_of_the_workbook(check: Check, tmp_path: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    book = tmp_path / "findings.xlsx"
    code, _ = check("-o", str(book))
    assert code == 0
    rows = list(load_workbook(book)["GAO practices"].iter_rows(values_only=True))
    assert rows[0] == ("Number", "Practice", "What", "What the plan offers")
    assert rows[1] == (1, "Capturing all activities", "activities", "2")


def test_practices_are_left_out_with_their_family(check: Check) -> None:
    _, said = check("--only", "realism")
    assert "ten practices" not in said
