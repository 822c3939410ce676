"""``knockon compare``: what people read, the JSON keys, and files that cannot be compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import knockon
from knockon.cli.main import run
from tests.knockon.council import COUNCIL, council, write_council

if TYPE_CHECKING:
    from collections.abc import Callable


def changed(**changes: Any) -> list[dict[str, Any]]:
    """The council's items, A.1 changed."""
    return [{**one, **changes} if one["id"] == "A.1" else one for one in COUNCIL["items"]]


@pytest.fixture
def said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], str]:
    """Run a command that must succeed among april.json, may.json and june.json."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    sources = [{**COUNCIL["sources"][0], "sha256": "one paper"}]
    write_council(Path("april.json"), as_of="2026-04-30", sources=sources)
    planned = {"start": "2026-12-01", "finish": "2027-03-31"}
    write_council(
        Path("may.json"),
        as_of="2026-05-31",
        sources=sources,
        items=[*changed(planned=planned), {"id": "B", "kind": "theme", "title": "Homes"}],
    )
    write_council(
        Path("june.json"),
        as_of="2026-06-30",
        sources=sources,
        items=changed(planned=planned, status="in_progress", title="Ask", parent="T"),
        links=COUNCIL["links"][1:],
        assignments=[{"officer": "cx", "item": "A"}, *COUNCIL["assignments"][1:]],
    )

    def say(args: str) -> str:
        assert run(args.split()) == 0
        return capsys.readouterr().out

    return say


def test_two_months(said: Callable[[str], str]) -> None:
    out = said("compare april.json may.json")
    words = " ".join(out.split())
    assert words.startswith(
        "From Improvement plan of 30 Apr 2026 (6 items) to Improvement plan of 31 May 2026 (7 "
    )
    # A.1 moves 59 days, A.2 has 44 days of room
    assert "2 items slipped (1 of their own, 1 only because of others), A.1 “Consult staff" in words
    assert "most, by 59 days." in words
    assert "15 from A.1" in words
    assert "A “Bring in the new model across every team, locality and…” became late" in words
    assert "re-profiled," in words
    assert "not approved" in words
    assert "Added\n  B  Homes\n" in out
    assert "Slippage by officer" in out
    assert max(map(len, out.splitlines())) <= 80


def test_three_months(said: Callable[[str], str]) -> None:
    out = said("compare april.json may.json june.json")
    assert out.count("From Improvement plan of") == 3
    assert "Removed\n  B  Homes\n" in out
    assert "A.1: “Consult staff “properly”” is now “Ask”" in out
    assert "Part of something else now\n  A.1: A → T\n" in out
    assert "A, owner: Director of Adult Social Care → Chief Executive" in " ".join(out.split())
    assert "A.1: Not started → In progress" in out
    assert "A.1 → A.2 (FS + 45 days): no longer there" in out
    assert "Milestone trend: the finish forecast at each report" in out
    assert "31 Jan 2027 → 31 Mar 2027 → 31 Mar 2027" in " ".join(out.split())


def test_as_json(said: Callable[[str], str]) -> None:
    answer = json.loads(said("compare april.json may.json --json"))
    assert answer["plan"] == "wex"
    assert [one["as_of"] for one in answer["versions"]] == ["2026-04-30", "2026-05-31"]
    (step,) = answer["steps"]
    assert answer["overall"] is None
    assert step["differences"]["added"] == [{"id": "B", "kind": "theme", "title": "Homes"}]
    assert step["differences"]["dates"] == [
        {
            "id": "A.1",
            "field": "planned_finish",
            "kind": "re_profiled_unapproved",
            "before": "2027-01-31",
            "after": "2027-03-31",
            "days": 59,
            "approved_by": None,
            "place": {"file": "paper.txt", "line": 41, "cell": None, "page": None},
        }
    ]
    assert step["forecasts"]["shifts"][-1] == {
        "id": "A.2",
        "before": "2027-04-30",
        "after": "2027-05-15",
        "days": 15,
        "is_parent": False,
        "own_days": 0,
        "arrived_days": 15,
        "waiting_days": 0,
        "through": "A.1",
    }
    assert step["newly_late"] == ["A"]
    assert "before" not in step["forecasts"]
    packed = json.loads(said("compare april.json may.json june.json --json"))["overall"]
    assert "before" not in packed["forecasts"]


def test_the_same_month_twice(said: Callable[[str], str]) -> None:
    assert said("compare april.json april.json").splitlines()[-2:] == [
        "  No forecast moved.", "  Otherwise the items are the same.",
    ]  # fmt: skip


def test_proposed_links_carry_slips_where_asked(said: Callable[[str], str]) -> None:
    items = [{**one} for one in COUNCIL["items"]]
    items[5]["planned"] = {"finish": "2027-06-30"}  # A.4, which A.1 may wait for
    write_council(Path("late.json"), items=items)
    assert "from A.4" not in said("compare april.json late.json")
    assert "from A.4" in " ".join(said("compare april.json late.json --links proposed").split())


def test_one_file_is_not_enough(
    said: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    said("show april.json")
    assert run(["compare", "april.json"]) == 2
    assert "Missing argument 'NEW...'" in capsys.readouterr().err
    assert run(["compare", "april.json", "july.json"]) == 2
    assert "july.json" in capsys.readouterr().err


def test_what_cannot_be_matched_is_told(said: Callable[[str], str]) -> None:
    for month, title in (("one", "Crew trained and housed"), ("two", "Crews are trained on boats")):
        item = {"id": month, "kind": "milestone", "title": title}
        plan = {"schema": "knockon/plan@1", "id": "p", "items": [item]}
        Path(f"{month}.json").write_text(json.dumps(plan), encoding="utf-8")
    out = said("compare one.json two.json")
    assert "Added\n  two  Crews are trained on boats\n" in out
    assert "Removed\n  one  Crew trained and housed\n" in out
    assert "1 item could not be matched for certain:\n  one " in out


def test_from_python() -> None:
    answer = knockon.compare(council(), council(items=changed(title="Ask")))
    assert [one.after for one in answer.steps[0].differences.reworded] == ["Ask"]
