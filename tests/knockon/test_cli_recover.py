"""``knockon whatif --recover``: in words, as JSON, as a scenario file, on the page.

In the council plan two months' slip of A.1 makes A.2, and with it A, 15 days late against A's due
date (gaps spare); if gaps are work, 59 days.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knockon.cli.main import run
from tests.knockon.council import write_council

SLIP = ("--slip", "A.1=2m")
IN_TIME = ("--set", "A.1:finish=2027-01-30")


@pytest.fixture
def plan(tmp_path: Path) -> str:
    return write_council(tmp_path / "plan.json")


def ask(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert run(["whatif", *args, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_json_has_recovery_only_where_it_is_asked_for(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "recovery" not in ask(capsys, plan, *SLIP)
    found = ask(capsys, plan, *SLIP, "--recover")["recovery"]
    assert set(found) == {"spare", "work"}
    (late,) = found["spare"]["late"]
    assert (late["id"], late["due"], late["finish"]) == ("A", "2027-04-30", "2027-05-15")
    assert late["late_days"] == 15
    assert {cure["kind"] for cure in late["cures"]} == {"shorten", "overlap", "bring_back"}
    overlap = next(cure for cure in late["cures"] if cure["kind"] == "overlap")
    assert overlap["link"] == ["A.1", "A.2", "FS"]
    assert (overlap["by"], overlap["before"], overlap["after"]) == ("15d", "45d", "30d")
    assert overlap["changes"] == [
        {"op": "remove_link", "from": "A.1", "to": "A.2", "type": "FS"},
        {"op": "add_link", "from": "A.1", "to": "A.2", "lag": "30d"},
    ]
    assert found["work"]["late"][0]["late_days"] == 59


def test_the_smallest_set_is_a_scenario_that_works(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "cures.json")
    found = ask(capsys, plan, *SLIP, "--save-cures", file)
    best = found["recovery"]["spare"]["smallest_set"]
    assert (best["cost"], best["is_smallest"], best["mends"]) == (15, True, ["A"])
    written = json.loads(Path(file).read_text(encoding="utf-8"))
    assert written["changes"] == best["scenario"]["changes"]
    again = ask(capsys, plan, "--scenario", file, "--all")
    row = next(item for item in again["items"] if item["id"] == "A")
    assert (row["finish"], row["newly_late"]) == ("2027-04-30", False)


def test_a_cost_decides_what_is_cut(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    dear = ask(capsys, plan, *SLIP, "--cost", "A.1=3", "--cost", "A.1>A.2=2")
    best = dear["recovery"]["spare"]["smallest_set"]
    assert [cure["kind"] for cure in best["cures"]] == ["overlap"]
    assert best["cost"] == 30


def test_words_say_what_mends_it_and_whom_it_asks(
    plan: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["whatif", plan, *SLIP, "--recover"]) == 0
    out = capsys.readouterr().out
    told = out[out.index("What would stop it") :]
    assert all(len(line) <= 80 for line in told.splitlines())
    words = " ".join(told.split())
    assert "1 item becomes late if the gaps between dates are spare." in words
    assert "The least that mends it: 1 cure, 15 days in all; other sets come to as few." in words
    assert "is late by 15 days. Any one of these mends it:" in words
    assert "wait 15 days less for A.1 “Consult staff “properly”” (FS + 30 days)" in words
    assert "(asks Director of Adult Social Care)." in words
    assert "is late by 59 days." in words


def test_the_offer_is_made_where_something_is_late(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["whatif", plan, *SLIP]) == 0
    assert "What would stop it: add  --recover" in capsys.readouterr().out
    assert run(["whatif", plan, *IN_TIME]) == 0
    assert "--recover" not in capsys.readouterr().out


def test_nothing_late_is_said_in_one_line(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["whatif", plan, *IN_TIME, "--recover"]) == 0
    out = capsys.readouterr().out
    assert "Nothing becomes late, whether the gaps are spare or work" in out


def test_both_rules_are_told_in_one_where_they_ask_for_the_same(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = ("--set", "A.2:finish=2027-05-10")
    assert run(["whatif", plan, *changes, "--recover"]) == 0
    out = capsys.readouterr().out
    assert "The same holds if the gaps are work." in out


def test_long_lists_are_cut_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A chain of 14 days of work, each due when it is forecast: all of it late."""
    days = [f"2026-06-{number:02}" for number in range(1, 15)]
    items = [
        {"id": f"w{number}", "kind": "activity", "title": "Work", "duration": "1d", "due": due}
        for number, due in enumerate(days)
    ]
    links = [{"from": f"w{number}", "to": f"w{number + 1}"} for number in range(13)]
    file = tmp_path / "plan.json"
    document = {"schema": "knockon/plan@1", "id": "p", "start": "2026-06-01", "items": items}
    file.write_text(json.dumps({**document, "links": links}), encoding="utf-8")
    assert run(["whatif", str(file), "--slip", "w0=1d", "--recover"]) == 0
    out = capsys.readouterr().out
    assert "And 2 other late items: --json lists them all." in out
    assert "more: --json lists them all." in out


def test_the_page_holds_the_cures(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    assert run(["whatif", plan, *SLIP, "--recover", "-o", str(page)]) == 0
    html = page.read_text(encoding="utf-8")
    assert '<h2 id="recovery">What would stop it</h2>' in html
    assert "If the gaps between dates are spare" in html
    assert run(["whatif", plan, *SLIP, "-o", str(page)]) == 0
    assert "What would stop it" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (("--cost", "A.1"), '"A.1" is not what a day costs: write it like SI1.1.3.7=2.5.'),
        (("--cost", "=3"), '"=3" is not what a day costs'),
        (("--cost", "A.1=dear"), '"A.1=dear" is not what a day costs'),
        (("--cost", "A.1=-1"), "A day of A.1 must cost a number from 0 to a million, not -1."),
        (("--cost", "A.9=1"), '"A.9"'),
        (("--save-cures", "cures.txt"), '"cures.txt" cannot be written'),
    ],
)
def test_wrong_use_is_one_sentence(
    plan: str, capsys: pytest.CaptureFixture[str], flags: tuple[str, ...], sentence: str
) -> None:
    assert run(["whatif", plan, *SLIP, *flags]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (IN_TIME, "nothing becomes late"),
        (("--slip", "A:finish=2m"), "no set of cures mends what is late"),
    ],
)
def test_no_cures_no_file(
    plan: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: tuple[str, ...],
    reason: str,
) -> None:
    file = tmp_path / "cures.json"
    assert run(["whatif", plan, *change, "--save-cures", str(file)]) == 2
    assert reason in capsys.readouterr().err
    assert not file.exists()
