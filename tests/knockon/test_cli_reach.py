"""``knockon reach``: the slips that hurt most, as a table and as JSON, and how far it is."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from knockon.cli import progress
from knockon.cli.main import run
from knockon.cli.progress import show_progress
from tests.knockon.council import write_council

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    return write_council(tmp_path / "plan.json")


def ask(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert run(["reach", *args, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_json_has_stable_keys(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys, plan, "--by", "2 months")
    assert (answer["plan"], answer["by"], answer["of"]) == ("wex", "2m", "items")
    assert answer["roles"] == ["responsible"]
    assert answer["links_used"] == {"accepted": 1, "proposed": 0}
    assert [effect["id"] for effect in answer["effects"]] == ["A.1", "A.2", "A.4"]
    assert answer["effects"][0] == {
        "id": "A.1",
        "kind": "milestone",
        "title": "Consult staff “properly”",
        "owners": ["Director of Adult Social Care"],
        "owner_ids": ["dasc"],
        "slipped": 1,
        "moved": 1,
        "moved_parents": 2,
        "newly_late": 1,
        "total_knock_on_days": 15,
        "moved_if_work": 1,
        "newly_late_if_work": 1,
        "total_knock_on_if_work_days": 59,
        "first_newly_late": {"item": "A", "at_days": 45},
        "first_newly_late_if_work": {"item": "A", "at_days": 1},
    }
    assert answer["effects"][2]["moved"] == 0


def test_a_month_unless_told(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys, plan)
    assert answer["by"] == "1m"
    consult = next(effect for effect in answer["effects"] if effect["id"] == "A.1")
    # 31 Jan + 1 month = 28 Feb, 28 days, within the 44 days of room; all of it if they are work.
    assert (consult["total_knock_on_days"], consult["total_knock_on_if_work_days"]) == (0, 28)


def test_the_table_is_for_people(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reach", plan, "--by", "2m"]) == 0
    out = capsys.readouterr().out
    words = " ".join(out.split())
    assert words.startswith(
        "If each of 3 items slips 2 months in turn, another one moves at 1 slip, and something, "
        "what they are part of included, is newly late at 2 slips. This rests on 1 accepted link."
    )
    assert "the greatest effect first (3)" in out
    assert "Breaks at: 45 days (A); if the gaps are work, 1 day (A)" in words
    assert "15 to 59 days" in out
    assert "Owner: Director of Adult Social Care" in out
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "\x1b" not in out


def test_officers_in_turn(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reach", plan, "--of", "officers", "--role", "accountable"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert words.startswith(
        "If everything unfinished of each of 1 accountable officer slips 1 month in turn"
    )
    assert "cx Chief Executive" in words
    assert "Slips: 3 items" in words


def test_items_by_name_and_links_as_told(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    # Six months take A.4 from 30 Jun to 31 Dec 2026, after A.1's start on 1 Dec.
    flags = (plan, "--items", "A.4", "--by", "6m")
    assert [(one["id"], one["moved"]) for one in ask(capsys, *flags)["effects"]] == [("A.4", 0)]
    proposed = ask(capsys, *flags, "--links", "proposed")
    assert proposed["links_used"] == {"accepted": 1, "proposed": 1}
    assert proposed["effects"][0]["moved"] > 0
    assert run(["reach", *flags, "--links", "proposed"]) == 0
    assert "1 accepted link and 1 proposed link" in " ".join(capsys.readouterr().out.split())


def test_only_the_first_rows_unless_all_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = [
        {"id": f"m{n}", "kind": "milestone", "title": "x", "planned": {"finish": "2027-01-31"}}
        for n in range(23)
    ]
    gone = ("links", "boards", "officers", "assignments", "gates", "metrics", "relations", "risks")
    file = write_council(tmp_path / "many.json", items=items, **dict.fromkeys(gone))
    assert run(["reach", file]) == 0
    out = capsys.readouterr().out
    assert "m19" in out
    assert "m20" not in out
    assert out.endswith("3 more rows: add  --all\n")
    assert "Makes nothing else late" in out
    assert run(["reach", file, "--all"]) == 0
    out = capsys.readouterr().out
    assert "m22" in out
    assert "--all" not in out


def test_nothing_left_to_slip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = [{"id": "a", "kind": "milestone", "title": "x", "status": "cancelled"}]
    gone = ("links", "boards", "officers", "assignments", "gates", "metrics", "relations", "risks")
    file = write_council(tmp_path / "done.json", items=items, **dict.fromkeys(gone))
    assert run(["reach", file]) == 0
    assert capsys.readouterr().out == "Nothing unfinished has a date that could slip.\n"


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--by", "soon"), '"soon" is not a'),
        (("--by", "-1m"), "would bring it forward"),
        (("--items", "A.9"), '"A.9"'),
        (("--items", "A.1", "--of", "officers"), "Name items where each item is slipped"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    plan: str, capsys: pytest.CaptureFixture[str], flags: tuple[str, ...], words: str
) -> None:
    assert run(["reach", plan, *flags]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert captured.err.count("\n") == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_job_says_how_far_it_is_and_cleans_up(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "_SOON", -1.0)
    with show_progress() as tell:
        tell(250, 1000)
        assert terminal.getvalue() == "\r[#######                       ] 250 of 1,000"
    assert terminal.getvalue().endswith(f"\r{' ' * 45}\r")


def test_a_short_job_or_a_file_hears_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_SOON", -1.0)
    with show_progress() as tell:
        tell(1, 2)
    assert capsys.readouterr().err == "", "standard error is no terminal here"
    monkeypatch.setattr(progress, "_SOON", 60.0)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with show_progress() as tell:
        tell(1, 2)
    assert terminal.getvalue() == ""
