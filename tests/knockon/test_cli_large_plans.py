"""``knockon schedule`` on a plan so large that it stays in its file."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.storedplan import read_large_plan
from knockon.cli.main import run
from loaders import planfiles

if TYPE_CHECKING:
    from collections.abc import Callable

#: A chain of 60 activities of a day each, a milestone of its own, and one dated before them.
PLAN: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "p",
    "start": "2026-06-01",
    "items": [
        *(
            {"id": f"A{number}", "kind": "activity", "title": f"Step {number}", "duration": "1d"}
            for number in range(60)
        ),
        *(
            {"id": f"M{number}", "kind": "milestone", "title": "Mark", "due": "2026-06-03",
             "duration": "5d"}
            for number in range(12)
        ),
    ],
    "links": [{"from": f"A{number}", "to": f"A{number + 1}"} for number in range(59)],
}  # fmt: skip


@pytest.fixture
def said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run a command on ``plan.json``, held in its file or not, and return what it prints."""
    monkeypatch.chdir(tmp_path)
    Path("plan.json").write_text(json.dumps(PLAN), encoding="utf-8")

    def command(line: str, *, many: int = 50, code: int = 0) -> str:
        monkeypatch.setattr(planfiles, "read_large_plan", partial(read_large_plan, many=many))
        assert run(line.split()) == code
        printed = capsys.readouterr()
        return printed.out if code == 0 else printed.err

    return command


def test_machines_read_the_same_answer(said: Callable[..., str]) -> None:
    command = "schedule plan.json --json --paths 2 --threshold 1"
    large = said(command)
    assert json.loads(large) == json.loads(said(command, many=100))
    lines = large.splitlines()
    assert sum(line.startswith('  {"id": ') for line in lines) == 72


def test_people_read_the_first_critical_items(said: Callable[..., str]) -> None:
    text = said("schedule plan.json")
    assert text.startswith("The plan finishes on 30 Jul 2026; 59 accepted links")
    assert "The first 20 of 72 critical items; --json prints all 72 items" in text
    table = text[: text.index("Critical path")]
    assert "A19  Step 19" in table
    assert "A20  Step 20" not in table


def test_people_read_both_ends_of_the_path(said: Callable[..., str]) -> None:
    text = said("schedule plan.json")
    path = text[text.index("Critical path to A59 Step 59") :]
    assert "A9  Step 9 (10 Jun 2026)" in path
    assert "… 40 items between" in path
    assert "A50  Step 50 (21 Jul 2026)" in path
    assert "A10  Step 10" not in path
    assert "A49  Step 49" not in path


def test_people_read_the_first_findings_of_a_kind(said: Callable[..., str]) -> None:
    text = said("schedule plan.json")
    findings = text[text.index("due-missed (12)") :]
    assert findings.count("is due on 2026-06-03") == 10
    assert "and 2 more like these" in findings


def test_a_status_date_can_be_given(said: Callable[..., str]) -> None:
    command = "schedule plan.json --json --as-of 2026-06-10"
    answer = json.loads(said(command))
    assert answer == json.loads(said(command, many=100))
    assert answer["items"][0]["start"] == "2026-06-11"


@pytest.mark.parametrize("more", ["--links proposed", "--with links.csv"])
def test_what_needs_the_whole_plan_gets_it(said: Callable[..., str], more: str) -> None:
    Path("links.csv").write_text("from,to\nM0,M1\n", encoding="utf-8")
    assert "Items\n" in said(f"schedule plan.json {more}")


def test_faults_are_one_sentence(said: Callable[..., str]) -> None:
    links = [*PLAN["links"], {"from": "A1", "to": "nowhere"}]
    Path("plan.json").write_text(json.dumps(PLAN | {"links": links}), encoding="utf-8")
    assert said("schedule plan.json", code=2) == (
        "plan.json cannot be used: The link A1 → nowhere (FS) names the item "
        '"nowhere", which the plan does not hold.\n'
    )


def test_another_kind_of_json_is_named(said: Callable[..., str]) -> None:
    Path("plan.json").write_text(json.dumps(PLAN | {"schema": "geo"}), encoding="utf-8")
    assert said("schedule plan.json", code=2) == (
        '"plan.json" is JSON, but no plan file: its schema is "geo" instead of "knockon/plan@1".\n'
    )


def test_empty_lists_are_printed_as_such(said: Callable[..., str]) -> None:
    Path("plan.json").write_text('{"schema": "knockon/plan@1", "id": "p"}', encoding="utf-8")
    answer = json.loads(said("schedule plan.json --json", many=-1))
    assert answer["items"] == answer["findings"] == []
