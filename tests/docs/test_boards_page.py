"""docs/boards.md: the JSON keys it lists are those that are printed, and its Python runs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import knockon
from knockon.payloads import pack_boards
from tests.queries.board_plan import BOARDS, board_plan

PAGE = (Path(__file__).parents[2] / "docs" / "boards.md").read_text(encoding="utf-8")
SLIP = {"changes": [{"op": "slip", "item": "T.1", "by": "2m"}]}


def listed(name: str) -> set[str]:
    """The keys of one row of the table; those in brackets are of the key before."""
    row = re.search(rf"^\| `{name}`( of a gate)? \| (.*) \|$", PAGE, re.MULTILINE)
    assert row is not None
    return set(re.findall(r"`([\w-]+)`", row[2]))


def keys(value: Any) -> set[str]:
    """Every key of an answer and of what is in it, values of ``state`` and ``no_cliff`` aside."""
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set()


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    scenario = knockon.Scenario.model_validate(SLIP)
    return pack_boards(knockon.review_boards(board_plan(), scenario))


@pytest.mark.parametrize("name", ["cliffs", "boards", "blackouts"])
def test_keys_of_lists(answer: dict[str, Any], name: str) -> None:
    assert listed(name) == keys(answer[name])


def test_keys_of_gates(answer: dict[str, Any]) -> None:
    cliff = keys([gate["cliff"] for gate in answer["gates"] if gate["cliff"]])
    assert listed("cliff") == cliff
    words = {"no-meeting-known", "no-date", "decided", "not-held"}
    words |= {"no-input", "inputs-done", "no-meeting", "no-slip"}
    assert listed("gates") - words == set(answer["gates"][0])


def test_keys_of_a_change(answer: dict[str, Any]) -> None:
    view = answer["scenario"]
    told = set(view) | keys(view["hearings"]) | keys(view["gates"])
    assert listed("scenario") == told


def test_the_python_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_text(json.dumps(BOARDS), encoding="utf-8")
    code = PAGE.rpartition("```python\n")[2].partition("```")[0]
    code = code.replace('"paper.txt", "registers.xlsx"', '"plan.json"')
    exec(compile(code, "boards.md", "exec"), {})
    assert (tmp_path / "meetings.ics").is_file()
