"""``knockon check``: text for people, JSON for machines, exit codes, rules explained."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from knockon.cli.main import run
from queries.checks.registry import CHECKS
from tests.knockon.council import write_council

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    return write_council(tmp_path / "plan.json")


def ask(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert run(["check", *args, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def tell(capsys: pytest.CaptureFixture[str], *args: str, code: int = 0) -> str:
    assert run(["check", *args]) == code
    return capsys.readouterr().out


def write(tmp_path: Path, *items: dict[str, Any], **keys: Any) -> str:
    path = tmp_path / "other.json"
    document = {"schema": "knockon/plan@1", "id": "p", "items": items, **keys}
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def late(number: int) -> list[dict[str, Any]]:
    """Return an action, and so many milestones after it is due."""
    return [
        {"id": "A", "kind": "action", "title": "Dig", "due": "2026-05-31"},
        *(
            {
                "id": f"m{one}", "kind": "milestone", "title": "Hole", "parent": "A",
                "planned": {"finish": "2026-06-30"},
            }
            for one in range(number)
        ),
    ]  # fmt: skip


def test_json_has_stable_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys, write(tmp_path, *late(1)), "--only", "due-before-milestone")
    assert list(answer) == ["plan", "title", "readiness", "findings", "checks", "practices"]
    assert (answer["plan"], answer["title"]) == ("p", None)
    assert answer["findings"] == [
        {
            "code": "due-before-milestone",
            "severity": "warning",
            "message": ("m0 Hole is planned for 2026-06-30, after the due date of A (2026-05-31)."),
            "items": ["m0", "A"],
            "source": None,
            "what_to_do": (
                "Move the due date, bring the milestone forward, or move it to a later action."
            ),
        }
    ]
    assert answer["checks"] == [
        {
            "code": "due-before-milestone",
            "family": "paper",
            "name": "Dated after what it is part of is due",
            "severity": "warning",
            "applies": True,
            "why_not": None,
            "numerator": 1,
            "denominator": 1,
            "of": "open dated items below an item with a due date",
            "share": 1,
            "threshold": 0,
            "threshold_is": "at_most",
            "passed": False,
            "findings": 1,
            "note": None,
        }
    ]
    assert {"topic", "sentence"} == set(answer["readiness"][0])


def test_figures_are_null_where_a_check_does_not_apply(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = ask(capsys, plan, "--only", "after-vesting-day")["checks"]
    assert one["applies"] is False
    assert one["why_not"] == "the plan names no vesting day"
    assert [one[key] for key in ("numerator", "denominator", "share", "passed")] == [None] * 4


def test_all_checks_run_unless_told(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    every = [one["code"] for one in ask(capsys, plan)["checks"]]
    assert every == [check.code for check in CHECKS]
    fewer = [one["code"] for one in ask(capsys, plan, "--without", "ongoing")["checks"]]
    assert fewer == [code for code in every if code != "ongoing"]
    paper = ask(capsys, plan, "--only", "paper", "--without", "ongoing")["checks"]
    assert {one["family"] for one in paper} == {"paper"}


def test_text_for_people(tmp_path: Path, plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = write(tmp_path, *late(12), title="Dig a hole")
    shown = tell(capsys, name, "--only", "paper")
    lines = shown.splitlines()
    assert lines[0] == "Dig a hole"
    assert shown.index("Evidence for a judgement") < shown.index("Owners:")
    assert shown.index("Owners:") < shown.index("Paper quality\n")
    assert re.search(
        r"^Dated after what it is part of is due +12 of 12 +100 % +not passed$", shown, re.MULTILINE
    )
    assert "Allowed" not in shown
    assert "  Not applicable" in lines
    assert "  warning: Dated after what it is part of is due (12) [due-before-milestone]" in lines
    assert shown.count("after the due date of A") == 10
    assert "    and 2 more; --json prints all, -o findings.xlsx writes all" in lines
    assert max(map(len, lines)) <= 80


def test_the_gravest_findings_of_a_family_come_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = {"id": "A~2", "kind": "action", "title": "Dig"}
    shown = tell(capsys, write(tmp_path, *late(1), again))
    assert shown.index("error: Id given twice") < shown.index("warning: Dated after")


def test_a_family_without_anything_to_judge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = tell(capsys, write(tmp_path, *late(0)), "--only", "links-clash")
    assert "Nothing was found." in shown
    assert "Paper quality\n\n  Not applicable\n" in shown


def test_an_empty_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = tell(capsys, write(tmp_path), "--fail-on", "info")
    assert shown == "p\nThe plan holds no items: there is nothing to check.\n"


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1), (None, 0)])
def test_exit_codes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], level: str | None, code: int
) -> None:
    args = [write(tmp_path, *late(1)), "--only", "due-before-milestone"]
    tell(capsys, *args, *(() if level is None else ("--fail-on", level)), code=code)
    assert run(["check", *args, "--json", *(() if level is None else ("--fail-on", level))]) == code


def test_registers_and_the_status_date(
    tmp_path: Path, plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    register = tmp_path / "links.csv"
    register.write_text("from,to,state\nA.3,A.1,proposed\n", encoding="utf-8")
    told = ask(capsys, plan, "--with", str(register), "--as-of", "2026-06-30")["readiness"]
    said = {one["topic"]: one["sentence"] for one in told}
    assert said["Progress"].startswith("Status date: 2026-06-30; ")
    assert said["Links"].startswith("Accepted: 1; proposed and not decided on: 2; ")


def test_every_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    shown = tell(capsys, "--list")
    for check in CHECKS:
        assert f"[{check.code}]" in shown
    assert shown.startswith("Paper quality (paper)\n")
    only = tell(capsys, "--list", "--only", "ongoing").split()
    assert "No end: ongoing [ongoing], remark" in " ".join(only)
    assert "What to do: Say by when" in " ".join(only)


def test_rules_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    checks = ask(capsys, "--list")["checks"]
    assert [one["code"] for one in checks] == [check.code for check in CHECKS]
    assert list(checks[0]) == [
        "code", "family", "name", "severity", "definition", "of", "threshold", "threshold_is",
        "what_to_do", "reference",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "Name the PLAN to check, or ask for --list."),
        (["--only", "owner-mising"], 'There is no check and no family of checks "owner-mising".'),
        (["--list", "--without", "zzz"], 'There is no check and no family of checks "zzz".'),
        (["--fail-on", "fatal"], "fatal"),
        (["PLAN", "-o", "findings.csv"], "name it with the ending .xlsx"),
    ],
)
def test_wrong_use(
    plan: str, capsys: pytest.CaptureFixture[str], args: list[str], words: str
) -> None:
    assert run(["check", *(plan if one == "PLAN" else one for one in args)]) == 2
    seen = capsys.readouterr()
    assert seen.out == ""
    assert words in seen.err


def test_a_workbook_beside_the_answer(
    tmp_path: Path, plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "findings.xlsx"
    shown = tell(capsys, plan, "--only", "owner-missing", "-o", str(target))
    assert shown.endswith(f"\n\nWritten: {target}\n")
    assert target.stat().st_size > 5000
    target.unlink()
    assert "Written" not in json.dumps(ask(capsys, plan, "-o", str(target)))
    assert target.exists()
