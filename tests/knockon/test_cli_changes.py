"""The flags of ``knockon whatif`` and a scenario file say the same, op by op (DESIGN section 4)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import pytest

from graphmodel.scenario import Change
from knockon.cli.main import run
from tests.knockon.council import COUNCIL, write_council

if TYPE_CHECKING:
    from pathlib import Path

DASC = "Director of Adult Social Care"

SAME: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("--slip", "A.1=2 months"), {"op": "slip", "item": "A.1", "by": "2m"}),
    (("--slip", "A:finish=1w"), {"op": "slip", "item": "A", "by": "1w", "own": True}),
    (("--slip-officer", f"{DASC}=1w"), {"op": "slip_group", "officer": "dasc", "by": "1w"}),
    (
        ("--slip-officer", "cx=1w", "--role", "accountable"),
        {"op": "slip_group", "officer": "cx", "by": "1w", "roles": ["accountable"]},
    ),
    (("--slip-board", "Cabinet=1w"), {"op": "slip_group", "board": "cab", "by": "1w"}),
    (("--slip-division", "Adults=1w"), {"op": "slip_group", "division": "Adults", "by": "1w"}),
    (("--slip-tag", "consultation=1w"), {"op": "slip_group", "tag": "consultation", "by": "1w"}),
    (("--slip-parent", "A=1w"), {"op": "slip_group", "parent": "A", "by": "1w"}),
    (
        ("--set", "A.1:finish=2027-02-28", "--set", "A.1:duration=6 weeks"),
        {"op": "set", "item": "A.1", "finish": "2027-02-28", "duration": "6w"},
    ),
    (
        ("--add-link", "A.4>A.2 FF+10d"),
        {"op": "add_link", "from": "A.4", "to": "A.2", "type": "FF", "lag": "10d"},
    ),
    (("--remove-link", "A.1>A.2"), {"op": "remove_link", "from": "A.1", "to": "A.2"}),
    (
        ("--cancel-meeting", "Cabinet=2027-05-04"),
        {"op": "cancel_meeting", "board": "cab", "date": "2027-05-04"},
    ),
    (
        ("--move-meeting", "cab=2027-05-04..2027-05-11"),
        {"op": "move_meeting", "board": "cab", "date": "2027-05-04", "to": "2027-05-11"},
    ),
    (
        ("--add-meeting", "Cabinet=2027-05-11T14:00"),
        {"op": "add_meeting", "board": "cab", "date": "2027-05-11T14:00"},
    ),
    (
        ("--away", f"{DASC}=2027-01-04..2027-01-31"),
        {"op": "away", "officer": "dasc", "from": "2027-01-04", "to": "2027-01-31"},
    ),
    (
        ("--away", "dasc=2027-01-31"),
        {"op": "away", "officer": "dasc", "from": "2027-01-31", "to": "2027-01-31"},
    ),
    (
        ("--reassign", f"A.1={DASC} .. Chief Executive"),
        {"op": "reassign", "item": "A.1", "officer": "dasc", "to": "cx"},
    ),
    (
        ("--reassign", "A.1=Chief Executive"),
        {"op": "reassign", "item": "A.1", "officer": "dasc", "to": "cx"},
    ),
    (("--complete", "A.1"), {"op": "complete", "item": "A.1"}),
    (("--complete", "A.1=2027-01-15"), {"op": "complete", "item": "A.1", "on": "2027-01-15"}),
    (("--cancel-item", "A.4"), {"op": "cancel_item", "item": "A.4"}),
    (("--waive-papers-lead", "A.2"), {"op": "waive_papers_lead", "gate": "A.2"}),
]


@pytest.fixture
def plan(tmp_path: Path) -> str:
    """A.2 goes to Cabinet, which meets on first Tuesdays and wants its papers a week before."""
    board, cabinet = COUNCIL["boards"]
    meetings = {"rule": "FREQ=MONTHLY;BYDAY=1TU"}
    return write_council(
        tmp_path / "plan.json",
        boards=[board, {**cabinet, "meetings": meetings, "papers_lead": "7d"}],
        gates=[{"board": "cab", "item": "A.2"}],
    )


def ask(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert run(["whatif", *args, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.parametrize(("flags", "change"), SAME, ids=" ".join)
def test_a_flag_and_a_file_give_the_same_answer(
    plan: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    flags: tuple[str, ...],
    change: dict[str, Any],
) -> None:
    file = tmp_path / "scenario.json"
    content = {"schema": "knockon/scenario@1", "changes": [change]}
    file.write_text(json.dumps(content), encoding="utf-8")
    answer = ask(capsys, plan, *flags)
    assert answer["changes"] == [change]
    assert answer == ask(capsys, plan, "--scenario", str(file))


def test_every_op_has_a_flag() -> None:
    union, _ = get_args(Change)
    ops = {kind.model_fields["op"].default for kind in get_args(union)}
    assert {change["op"] for _, change in SAME} == ops


def test_flags_may_be_repeated_and_mixed(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(
        capsys,
        plan,
        *("--slip", "A.1=1w", "--cancel-meeting", "cab=2027-04-06"),
        *("--cancel-meeting", "cab=2027-05-04", "--away", "dasc=2027-01-31"),
    )
    assert [change["op"] for change in answer["changes"]] == [
        "cancel_meeting",
        "cancel_meeting",
        "away",
        "slip",
    ]


@pytest.mark.parametrize(("flags", "change"), SAME, ids=" ".join)
def test_no_raw_name_of_an_op_reaches_people(
    plan: str,
    capsys: pytest.CaptureFixture[str],
    flags: tuple[str, ...],
    change: dict[str, Any],
) -> None:
    assert run(["whatif", plan, *flags]) == 0
    out = capsys.readouterr().out
    assert out.startswith("If ")
    assert "_" not in out.split("\n", 1)[0]
