"""``knockon schedule``: float paths, both notions of critical, driving links, thresholds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knockon.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable

#: A survey, then an appraisal of five days beside a consultation of two; a budget waits for nobody.
PLAN: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "p",
    "start": "2026-06-01",
    "items": [
        {"id": "S", "kind": "activity", "title": "Survey", "duration": "3d"},
        {"id": "A", "kind": "activity", "title": "Appraise", "duration": "5d"},
        {"id": "B", "kind": "activity", "title": "Budget", "duration": "4d"},
        {"id": "C", "kind": "activity", "title": "Consult", "duration": "2d"},
        {"id": "E", "kind": "activity", "title": "Enact", "duration": "1d"},
    ],
    "links": [
        {"from": "S", "to": "A"},
        {"from": "S", "to": "C"},
        {"from": "A", "to": "E"},
        {"from": "B", "to": "E"},
        {"from": "C", "to": "E", "lag": "1d"},
    ],
}


@pytest.fixture
def said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], str]:
    """Run a command on ``plan.json`` and return what it prints."""
    monkeypatch.chdir(tmp_path)
    Path("plan.json").write_text(json.dumps(PLAN), encoding="utf-8")

    def command(line: str) -> str:
        assert run(line.split()) == 0
        return capsys.readouterr().out

    return command


def test_both_notions_of_critical_are_named(said: Callable[[str], str]) -> None:
    lines = said("schedule plan.json").splitlines()
    assert " ".join(lines[:3]) == (
        "The plan finishes on 9 Jun 2026; 5 accepted links, gaps read as spare. Critical is what "
        "has no room (total float); the longest path is what sets the plan's finish."
    )
    table = lines[lines.index("Items") + 2 :]
    assert table[:6] == [
        "Item         Start       Finish      Room",
        "S  Survey    1 Jun 2026  3 Jun 2026  no room",
        "                                     critical, longest path",
        "A  Appraise  4 Jun 2026  8 Jun 2026  no room",
        "                                     critical, longest path",
        "B  Budget    1 Jun 2026  4 Jun 2026  4 days of room",
    ]


def test_a_threshold_is_named(said: Callable[[str], str]) -> None:
    out = " ".join(said("schedule plan.json --threshold 2").split())
    assert "Critical is what has at most 2 days of room (total float)" in out
    assert "2 days of room critical E Enact" in out, "C is critical, and not on the longest path"


def test_longest_path_as_the_criterion_is_named(said: Callable[[str], str], tmp_path: Path) -> None:
    chosen = {**PLAN, "options": {"critical": "longest_path"}}
    (tmp_path / "plan.json").write_text(json.dumps(chosen), encoding="utf-8")
    out = " ".join(said("schedule plan.json").split())
    assert "Critical is what lies on the longest path, which sets the plan's finish." in out
    assert "no room critical A" in out


def test_days_of_a_calendar_are_named(said: Callable[[str], str], tmp_path: Path) -> None:
    dated = {**PLAN, "calendar": "england"}
    (tmp_path / "plan.json").write_text(json.dumps(dated), encoding="utf-8")
    out = " ".join(said("schedule plan.json").split())
    assert "Room is in working days where a calendar counts the work." in out


def test_float_paths_for_people(said: Callable[[str], str]) -> None:
    assert said("schedule plan.json --to E --paths 9").splitlines()[-7:] == [
        "Float paths to E Enact, least room first (in brackets: on a path before)",
        "",
        "Path              Room            Joins by",
        "1  S → A → E      no room",
        "2  (S) → C → (E)  2 days of room  FS 1 day",
        "3  B → (E)        4 days of room  FS",
        "",
    ]
    assert "Float paths" not in said("schedule plan.json --to E")


def test_float_paths_for_machines(said: Callable[[str], str]) -> None:
    answer = json.loads(said("schedule plan.json --paths 2 --json"))
    assert answer["float_paths"] == [
        {"number": 1, "float_days": 0, "items": ["S", "A", "E"], "joins": None, "after": None},
        {
            "number": 2,
            "float_days": 2,
            "items": ["C"],
            "joins": {"item": "E", "link": "FS", "lag": "1 day", "float_days": 2},
            "after": "S",
        },
    ]
    assert json.loads(said("schedule plan.json --json"))["float_paths"] == []


def test_criteria_and_driving_links_for_machines(said: Callable[[str], str]) -> None:
    answer = json.loads(said("schedule plan.json --threshold 2.5 --json"))
    assert (answer["critical_by"], answer["threshold_days"]) == ("total_float", 2.5)
    rows = {row["id"]: row for row in answer["items"]}
    assert (rows["C"]["critical"], rows["C"]["on_longest_path"]) == (True, False)
    assert (rows["E"]["critical"], rows["E"]["on_longest_path"]) == (True, True)
    assert rows["E"]["driven_by"] == ["A"]
    assert rows["E"]["driving_links"] == [{"from": "A", "to": "E", "type": "FS"}]


def test_a_plan_without_dates(said: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(
        json.dumps({"schema": "knockon/plan@1", "id": "p"}), encoding="utf-8"
    )
    assert said("schedule plan.json --paths 3").startswith(
        "The plan has no date at all; 0 accepted"
    )


@pytest.mark.parametrize(
    "line",
    [
        "--paths -1",
        "--paths two",
        "--threshold -1",
        "--threshold nan",
        "--threshold inf",
        "--threshold 2wd",
        "--to X",
    ],
)
def test_options_that_make_no_sense(
    said: Callable[[str], str], capsys: pytest.CaptureFixture[str], line: str
) -> None:
    assert said("schedule plan.json")
    assert run(["schedule", "plan.json", *line.split()]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "does not know how to handle" not in captured.err
