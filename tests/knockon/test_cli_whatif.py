"""``knockon whatif``: the answer in words, in tables, as JSON and as a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from knockon.cli.main import run
from tests.knockon.council import write_council

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def plan(tmp_path: Path) -> str:
    return write_council(tmp_path / "plan.json")


def ask(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert run(["whatif", *args, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def moved(answer: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {
        item["id"]: (item["knock_on_days"], item["knock_on_if_work_days"])
        for item in answer["items"]
    }


def test_json_has_the_keys_of_the_contract(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys, plan, "--slip", "A.1=2m")
    assert answer["changes"] == [{"op": "slip", "item": "A.1", "by": "2m"}]
    assert answer["links_used"] == {"accepted": 1, "proposed": 0}
    assert answer["summary"] == {
        "moved": 1,
        "moved_parents": 2,
        "newly_late": 1,
        "moved_if_work": 1,
        "newly_late_if_work": 1,
    }
    assert answer["buffers"] == [{"from": "A.1", "to": "A.2", "before_days": 44, "after_days": 0}]
    assert answer["next_to_move"] is None
    assert answer["first_newly_late"] == {"item": "A", "at_days": 45}
    teams = next(item for item in answer["items"] if item["id"] == "A.2")
    expected = {
        "kind": "milestone",
        "title": "Start the integrated teams",
        "owners": ["Director of Adult Social Care"],
        "baseline_finish": "2027-04-30",
        "finish": "2027-05-15",
        "finish_if_work": "2027-06-28",
        "knock_on_days": 15,
        "knock_on_if_work_days": 59,
        "due": None,
        "late_before": False,
        "newly_late": False,
        "newly_late_if_work": False,
        "off_plan_days": 15,
        "path": ["A.1", "A.2"],
        "first_board": None,
    }
    assert {key: teams[key] for key in expected} == expected


def test_whole_numbers_are_written_without_a_point(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["whatif", plan, "--slip", "A.1=2m", "--json"]) == 0
    assert ".0" not in capsys.readouterr().out


def test_words_come_first_and_tables_behind_them(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["whatif", plan, "--slip", "A.1=2 months"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("If A.1 “Consult staff “properly”” slips 2 months (59 days): ")
    order = [
        out.index(part)
        for part in (
            "Newly late (1)",
            "What moves (2)",
            "What they are part of",
            "Room on the links",
            "-o report.html",
        )
    ]
    assert order == sorted(order)
    assert "15 to 59 days" in out
    assert "to 28 Jun 2027" in out


def test_tables_fit_80_columns_and_keep_every_id(
    plan: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["whatif", plan, "--slip", "A=2m", "--all"]) == 0
    out = capsys.readouterr().out
    assert max(len(line) for line in out.splitlines()) <= 80
    first_words = {line.split()[0] for line in out.splitlines() if line.strip()}
    assert {"T", "A", "A.1", "A.2", "A.3", "A.4"} <= first_words
    assert "function we run" in " ".join(out.split())  # the title is wrapped, not cut


def test_a_title_cannot_steer_the_terminal(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["whatif", plan, "--slip", "A.4=1w"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[bold]x[/bold]" in out


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (("--slip", "A.1=2 months"), {"A.1": (59, 59), "A.2": (15, 59)}),
        (("--slip", "A.1=8w"), {"A.1": (56, 56), "A.2": (12, 56)}),
        (("--slip", "A.1=44d"), {"A.1": (44, 44), "A.2": (0, 44)}),
        # 31 Jan + 1 month = 28 Feb, 28 days; the two slips add up to 38.
        (("--slip", "A.1=1m", "--slip", "A.1=10d"), {"A.1": (38, 38), "A.2": (0, 38)}),
        (("--slip", "A:finish=1w"), {"A": (7, 7), "T": (7, 7)}),
        (("--slip-parent", "A=7d"), {"A.1": (7, 7), "A.2": (7, 7), "A.4": (7, 7)}),
        (("--slip-officer", "Director of Adult Social Care=7d"), {"A.1": (7, 7), "A.2": (7, 7)}),
        (("--slip-officer", "cx=7d", "--role", "accountable"), {"A.1": (7, 7), "A.4": (7, 7)}),
        (("--slip-board", "Improvement Board=7d"), {"A.1": (7, 7), "A.2": (7, 7)}),
        (("--slip-division", "Adults=7d"), {"A.1": (7, 7), "A.2": (7, 7)}),
        (("--slip-tag", "consultation=7d"), {"A.1": (7, 7)}),
        # Set to 28 Feb: 28 days on, ready on 14 Apr, still before 30 Apr.
        (("--set", "A.1:finish=2027-02-28"), {"A.1": (28, 28)}),
        # 30 Jun 2026 + 310 days = 6 May 2027; its 44 days of work follow, if they are work.
        (("--add-link", "A.4>A.2 FS+310d"), {"A.2": (6, 50)}),
        (("--remove-link", "A.1>A.2", "--slip", "A.1=2m"), {"A.1": (59, 59)}),
        (("--cancel-item", "A.2", "--slip", "A.1=2m"), {"A.1": (59, 59)}),
    ],
)
def test_every_flag_changes_what_it_says(
    plan: str,
    capsys: pytest.CaptureFixture[str],
    flags: tuple[str, ...],
    expected: dict[str, tuple[float, float]],
) -> None:
    found = moved(ask(capsys, plan, *flags))
    assert {one: found.get(one) for one in expected} == expected


def test_complete_takes_a_date(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys, plan, "--complete", "A.1=2027-03-31")
    assert answer["changes"] == [{"op": "complete", "item": "A.1", "on": "2027-03-31"}]
    assert moved(answer)["A.2"][0] == 15
    assert ask(capsys, plan, "--complete", "A.4")["changes"] == [{"op": "complete", "item": "A.4"}]


def test_what_is_set_of_one_item_is_one_change(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(capsys, plan, "--set", "A.1:start=2026-12-08", "--set", "A.1:duration=8 weeks")
    assert answer["changes"] == [
        {"op": "set", "item": "A.1", "start": "2026-12-08", "duration": "8w"}
    ]
    # 56 days from 8 December on: to 1 February, a day after 31 January.
    assert moved(answer)["A.1"] == (1, 1)
    both = ("--set", "A.1:start=2027-01-01", "--set", "A.1:finish=2027-02-02")
    rows = {item["id"]: item for item in ask(capsys, plan, *both)["items"]}
    assert (rows["A.1"]["start"], rows["A.1"]["finish"]) == ("2027-01-01", "2027-02-02")


def test_a_link_is_added_with_type_and_lag(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys, plan, "--add-link", "A.4 > A.2 FF + 10 days", "--add-link", "A.4>A.1")
    assert answer["changes"] == [
        {"op": "add_link", "from": "A.4", "to": "A.2", "type": "FF", "lag": "10d"},
        {"op": "add_link", "from": "A.4", "to": "A.1"},
    ]


def test_ids_may_hold_an_equals_sign_or_end_like_a_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = [
        {"id": "a=b", "kind": "milestone", "title": "x", "planned": {"finish": "2027-01-31"}},
        {"id": "p:finish", "kind": "milestone", "title": "y", "planned": {"finish": "2027-01-31"}},
    ]
    gone = ("links", "boards", "officers", "assignments", "gates", "metrics", "relations", "risks")
    file = write_council(tmp_path / "odd.json", items=items, **dict.fromkeys(gone))
    answer = ask(capsys, file, "--slip", "a=b=1w", "--slip", "p:finish=2w")
    assert moved(answer) == {"a=b": (7, 7), "p:finish": (14, 14)}
    assert "own" not in answer["changes"][1]


def test_a_scenario_file_and_flags_add_up(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "scenario.json"
    content = {
        "schema": "knockon/scenario@1",
        "name": "bad winter",
        "changes": [{"op": "slip", "item": "A.1", "by": "1w"}],
    }
    file.write_text(json.dumps(content), encoding="utf-8")
    answer = ask(capsys, plan, "--scenario", str(file), "--slip", "A.1=1w")
    assert moved(answer)["A.1"] == (14, 14)
    assert len(answer["changes"]) == 2


def test_proposed_links_move_only_where_asked(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # A.1 starts on 1 Dec 2026, and six months take A.4 from 30 Jun to 31 Dec.
    slip = ("--slip", "A.4=6m")
    assert "A.1" not in moved(ask(capsys, plan, *slip))
    assert "A.1" in moved(ask(capsys, plan, *slip, "--links", "proposed"))
    unsure = ask(capsys, plan, *slip, "--links", "proposed", "--min-confidence", "0.8")
    assert "A.1" not in moved(unsure)


def test_all_lists_what_stays_too(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(moved(ask(capsys, plan, "--slip", "A.1=1d"))) == {"A.1", "A.2", "A", "T"}
    everything = moved(ask(capsys, plan, "--slip", "A.1=1d", "--all"))
    assert everything["A.3"] == everything["A.4"] == (0, 0)


def test_without_a_change_the_command_says_how_to_make_one(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["whatif", plan]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Nothing is changed, so nothing moves.\n")
    assert out.endswith("Say what changes, for example  --slip ID=2m\n")


def test_the_answer_as_a_page(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    assert run(["whatif", plan, "--slip", "A.1=2m", "-o", str(page)]) == 0
    assert capsys.readouterr().out.endswith(f"Written: {page}\n")
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


def test_as_of_takes_the_place_of_the_status_date(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schedule", plan, "--as-of", "2027-06-30", "--json"]) == 0
    undone = json.loads(capsys.readouterr().out)["items"]
    dates = {item["id"]: item["finish"] for item in undone if "status_date" in item["held_by"]}
    assert dates == {"A.1": "2027-08-31", "A.4": "2027-06-30"}, "62 days of work; a point"
    assert run(["schedule", plan, "--as-of", "30 June", "--json"]) == 2
    assert capsys.readouterr().err.startswith('"30 June" is not a date')
