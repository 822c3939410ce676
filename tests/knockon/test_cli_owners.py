"""``knockon owners``: the ranked list, one officer in full, absences, work given to others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.planfile import write_plan
from knockon.cli import owners as command
from knockon.cli.main import run
from tests.queries.staffing import ITEMS, LINKS, staffed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Say = Callable[..., str]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Ask about the small plan, or one like it, and return what is printed, joined to a line."""
    monkeypatch.setenv("COLUMNS", "80")

    def ask(*args: str, plain: bool = False, **changes: Any) -> str:
        path = tmp_path / "plan.json"
        write_plan(staffed(**changes), path)
        assert run(["owners", str(path), *args]) == 0
        out = capsys.readouterr().out
        assert max(len(line) for line in out.splitlines()) <= 80 or "--json" in args
        return out if plain else " ".join(out.split())

    return ask


def test_the_ranked_list(say: Say) -> None:
    told = say()
    assert told.startswith("3 officers are responsible for 6 of 8 open items.")
    assert "the greatest effect first (3 of 3): 1 Director Ann 2 open items, place 2 by" in told
    assert "place 2 by count; 1 of them jointly, 1.5 by shares; peak 1 in Jun 2026 If 2" in told
    assert "2 Director Bob 4 open items, place 1 by count" in told
    assert "peak 2 in Jul 2026; on 50% of the ways of hand-overs between others" in told
    assert "3 Head Cat 1 open item, place 3 by count; 1 of them jointly, 1 by shares" in told
    assert "1 critical" in told
    assert told.endswith("One in full: knockon owners PLAN OFFICER")


def test_the_first_few(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    told = say("--top", "1")
    assert "Director Ann" in told
    assert "Director Bob" not in told
    assert "2 more officers: add --top 3" in told
    monkeypatch.setattr(command, "_TOP", 2)
    assert "1 more officer: add --top 3" in say()


def test_near_critical_is_up_to_the_user(say: Say) -> None:
    assert "near-critical" not in say()
    assert "1 near-critical" in say("--near", "31")


def test_other_roles_and_spans(say: Say) -> None:
    told = say("--role", "accountable", "--by", "2 weeks")
    assert told.startswith("1 officer is accountable for 2 of 8 open items.")
    assert "slip 2 weeks" in told


def test_one_officer_in_full(say: Say) -> None:
    told = say("dir. a")
    assert told.startswith("Director Ann (ann) Also written: Dir. A Directorate: Adults")
    assert "Place 1 by what a slip of 1 month does, place 2 of 3 by open items." in told
    assert "Open items held: 2 as responsible officer and 3 as delivery lead; of the 2" in told
    assert "Month Finish Active Jun 2026 1 1 peak Jul 2026 1 1" in told
    assert "Float: 0 of 2 items critical, 0 more near-critical (up to 30 days); at" in told
    assert "at the tightest 31 days of room, in the middle 46.5 days of room." in told
    assert "Director Bob 1 31 days" in told
    assert "Head Cat 0 to 1 0 to 31 days" in told
    assert "No board is known to oversee or gate any of it." in told
    assert "Hands over to Officer Links Tightest Director Bob 1 31 days of room" in told
    assert "A.1 → A.2" in told
    assert "Waits for" not in told
    assert told.endswith('knockon whatif PLAN --slip-officer "Director Ann=1m"')


def test_what_only_some_officers_have(say: Say) -> None:
    boards = [
        {
            "id": "ob",
            "title": "Oversight",
            "oversees": ["U"],
            "meetings": {"dates": ["2026-06-20"]},
        },
        {"id": "wb", "title": "Whole Board", "oversees": ["T"]},
    ]
    told = say("bob", boards=boards)
    assert "Jul 2026 2 2 peak Aug 2026 to Sep 2026 0 1" in told
    assert "Of 4 open items 1 has no date and 1 has a start but no end." in told
    assert "Nobody else is named for Item Kind Open items U U theme 3" in told
    assert "Oversight 20 Jun 2026 Whole Board none known" in told
    assert "Waits for Officer Links Tightest Director Ann 1 31 days of room" in told
    assert "50.0% of the shortest ways of hand-overs lead over this officer" in told


def test_chains_and_missing_days_are_told(say: Say) -> None:
    items = [{"id": one, "duration": "20d", "due": "2026-07-02"} for one in ("a", "b")]
    held = [{"officer": "ann", "item": one} for one in "ab"]
    told = say("ann", items=items, links=[{"from": "a", "to": "b"}], assignments=held)
    # Forty days from 1 June end on 10 July, eight days after the date due; a shares them.
    assert "Alone on a critical chain: a, b" in told
    assert "at the tightest 8 days short, in the middle 8 days short; 16 days are missing" in told


def test_officers_with_nothing_to_tell(say: Say) -> None:
    told = say("all")
    assert "All Directors (all) This is a group, so its 2 open items are nobody's load" in told
    assert "1 item with no single officer beside it." in told
    told = say("chief executive")
    assert told.endswith(
        "Holds nothing open as responsible officer. Open items held: 2 as accountable officer. To "
        "count these, add --role accountable"
    )
    assert say("cx", assignments=[]).endswith("Holds nothing open as responsible officer.")
    items = [{"id": "a"}]
    told = say("ann", items=items, links=[], assignments=[{"officer": "ann", "item": "a"}])
    assert "No place by effect, place 1 of 1 by open items. The open item has no date" in told
    assert "Float: none is known." in told
    assert "Of 1 open item 1 has no date." in told


def test_an_officer_without_a_title(say: Say) -> None:
    told = say("ann", officers=[{"id": "ann"}], assignments=[{"officer": "ann", "item": "A"}])
    assert told.startswith("ann Place 1")


def test_away(say: Say) -> None:
    told = say("--away", "2026-07-15..2026-08-15")
    assert "Away from 15 Jul 2026 to 15 Aug 2026, each in turn:" in told
    assert "Director Ann: 1 item waits; 0 to 1 other due date is missed" in told
    assert "Director Bob: 2 items wait; " in told
    assert "Waiting: A.2, B.1" in told
    assert "Head Cat: Nothing of theirs should be finished in that time, so nothing waits." in told
    boards = [
        {"id": "ob", "title": "Oversight", "oversees": ["U"], "meetings": {"dates": ["2026-06-20"]}}
    ]
    told = say("bob", "--away", "2026-07-31", boards=boards)
    assert "Away from 31 Jul 2026 to 31 Jul 2026" in told
    assert "Director Ann: " not in told
    told = say("bob", "--away", "2026-07-31..2026-08-02", boards=boards)
    assert "First board to hear of it: Oversight, 20 Jun 2026" in told


def test_work_given_to_others(say: Say) -> None:
    told = say("--reassign", "Director Ann=cat", "--reassign", "B.3=bob..cx")
    assert told.startswith("3 open items pass to another officer. No date moves with it.")
    assert "Director Ann: 2 open items before, 0 after; the peak was 1 in 2026-06." in told
    assert "Director Ann Month Finish: before after Active: before after Jun 2026 1 0 1 0" in told
    assert "Head Cat Month Finish: before after Active: before after Jun 2026 0 1 0 1" in told
    assert "Aug 2026 0" not in told.partition("Head Cat Month")[2].partition("If everything")[0]
    assert "Officer Due dates missed Other items moved Director Ann 0 → 0 1 to 2 → 0" in told
    assert "Head Cat 0 → 0 0 → 1" in told


def test_json(say: Say) -> None:
    answer = json.loads(say("--json", "--away", "2026-07-15..2026-08-15", plain=True))
    assert (answer["plan"], answer["by"], answer["roles"]) == ("p", "1m", ["responsible"])
    assert answer["near_days"] == 30
    assert answer["links_used"] == {"accepted": 4, "proposed": 0}
    assert [answer[key] for key in ("open_items", "held", "joint", "unheld")] == [8, 6, 1, 1]
    assert answer["groups"] == [
        {"id": "all", "title": "All Directors", "open_items": 2, "alone": 1}
    ]
    assert [one["id"] for one in answer["officers"]] == ["ann", "bob", "cat"]
    bob = answer["officers"][1]
    assert (bob["rank"], bob["rank_by_count"], bob["share"]) == (2, 1, 3.5)
    assert bob["load"]["peak"] == {"month": "2026-07-01", "finishing": 2, "active": 2}
    assert bob["alone_on"] == [{"item": "U", "kind": "theme", "title": "U", "open_items": 3}]
    assert bob["stress"]["effect"]["moved_if_work"] == 1
    assert bob["stress"]["reached"] is None
    assert bob["hands_to"] == [
        {"from": "bob", "to": "cat", "links": [["B.1", "E"]], "least_room_days": 61}
    ]
    assert [one["officer"] for one in answer["absences"]] == ["ann", "bob", "cat"]
    assert answer["absences"][1]["waits"] == ["A.2", "B.1"]
    assert answer["absences"][1]["from"] == "2026-07-15"


def test_json_of_one_officer_and_of_the_first(say: Say) -> None:
    answer = json.loads(say("ann", "--json", plain=True))
    (ann,) = answer["officers"]
    assert ann["stress"]["reached"]["moves"] == ["B.1", "E"]
    assert "absences" not in answer
    answer = json.loads(say("--top", "2", "--json", plain=True))
    assert [one["id"] for one in answer["officers"]] == ["ann", "bob"]


def test_json_of_a_reassignment(say: Say) -> None:
    answer = json.loads(say("--reassign", "A.1=cat", "--json", plain=True))
    assert answer["items"] == ["A.1"]
    assert answer["changes"] == [{"op": "reassign", "item": "A.1", "officer": "ann", "to": "cat"}]
    assert [one["load_after"]["items"] for one in answer["officers"]] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"officers": [], "assignments": []}, "The plan names no officers"),
        ({"assignments": []}, "No officer holds any of the 8 open items"),
        ({"items": [], "links": [], "assignments": []}, "Nothing in the plan is open"),
        (
            {"items": [{**one, "status": "complete"} for one in ITEMS]},
            "Nothing in the plan is open",
        ),
        ({"links": []}, "This rests on 0 accepted links."),
        ({"links": [{**one, "state": "proposed"} for one in LINKS]}, "4 proposed links wait"),
    ],
)
def test_plans_with_little_in_them(say: Say, changes: dict[str, Any], words: str) -> None:
    assert words in say(**changes)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["Director Anne"], 'no officer "Director Anne". Did you mean Director Ann'),
        (["--by", "soon"], '"soon" is not a'),
        (["--by", "-1m"], "would bring it forward"),
        (["--away", "soon"], '"soon" is not a date'),
        (["--away", "2026-07-02..2026-07-01"], "Nobody can be away"),
        (["--reassign", "A.1"], '"A.1" does not say who takes what'),
        (["--reassign", "A.1=bob.."], "does not say who takes what"),
        (["--reassign", "A=cat"], "2 officers hold A A"),
        (["--near", "-1"], "--near"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], args: list[str], words: str
) -> None:
    path = tmp_path / "plan.json"
    write_plan(staffed(), path)
    assert run(["owners", str(path), *args]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert captured.err.count("\n") == 1
