"""``knockon boards``: what is printed, the JSON, calendars in and out, and wrong use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from knockon.cli.main import run
from tests.queries.board_plan import BOARDS

if TYPE_CHECKING:
    from pathlib import Path

EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:{}\r\n"
    "DTSTART;VALUE=DATE:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def write(path: Path, **changes: Any) -> str:
    path.write_text(json.dumps({**BOARDS, **changes}), encoding="utf-8")
    return str(path)


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    return write(tmp_path / "plan.json")


def tell(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """What a person reads; never wider than the terminal."""
    assert run(["boards", *args]) == 0
    out = capsys.readouterr().out
    lines = [line for line in out.splitlines() if not line.startswith("Written: ")]
    assert max(map(len, lines)) <= 80
    return out


def ask(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert run(["boards", *args, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def refuse(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["boards", *args]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


# -- For people -----------------------------------------------------------------------------------


def test_the_answer_comes_first_then_cliffs_meetings_and_blackouts(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tell(capsys, plan)
    parts = [
        "Of 8 decisions, 5 fall on known meetings",
        "Cliffs: the least slip that misses a meeting (2)",
        "Decisions without a cliff (6)",
        "Cabinet; papers 14 days ahead; oversees T",
        "Improvement Board; papers 7 days ahead; oversees T and U",
        "Boards without a known meeting (2)",
        "not held are Cabinet on 9",
        "what waits (2)",
        "1 other item moves because of it: U.8.",
    ]
    places = [out.index(part) for part in parts]
    assert places == sorted(places)


def test_a_cliff_is_told_with_its_price(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tell(capsys, plan).splitlines()
    row = next(line for line in lines if line.startswith("T.2  Title of T.2"))
    assert " ".join(row.split()[-10:]) == "12 Jan 2027 29 Dec 2026 12 days 119 days"
    out = "\n".join(lines)
    assert "If late: T.1  Title of T.1," in out
    assert "no later" in out
    assert "Newly late then: T, T.2" in out
    assert "Planned for 1 Mar 2027 to" in out


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("U.1", "no known input"),
        ("U.4", "decided"),
        ("U.5", "meeting not known"),
        ("U.6", "its inputs are done"),
        ("U.9", "waits for no meeting"),
    ],
)
def test_why_there_is_no_cliff(
    plan: str, capsys: pytest.CaptureFixture[str], item: str, why: str
) -> None:
    out = tell(capsys, plan)
    table = out[out.index("Decisions without a cliff") :]
    row = next(line for line in table.splitlines() if line.startswith(f"{item}  "))
    assert row.endswith(why)


def test_what_is_known_of_boards_without_meetings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    relations = [
        {"from": "a", "to": "T", "type": "holds_to_account"},
        {"from": "a", "to": "T", "type": "oversees"},
    ]
    boards = [
        {"id": "a", "title": "Board A", "oversees": ["T"]},
        {"id": "b", "title": "Board B"},
        {"id": "c", "title": "Board C"},
    ]
    gates = [
        {"item": "T.2", "board": "a"},
        {"item": "T.3", "board": "b", "state": "proposed"},
    ]
    plan = write(tmp_path / "p.json", boards=boards, gates=gates, blackouts=[], relations=relations)
    out = tell(capsys, plan)
    assert "Board A\n  decides on T.2\n  oversees T\n  holds to account T\n" in out
    assert "Board B\n  would decide on T.3, if accepted\n" in out
    assert "Only named in the plan: Board C." in out
    assert "meeting not known" in out


def test_crowded_meetings_and_late_decisions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three decisions on 12 January, one of which was due on 31 December."""
    monkeypatch.setenv("COLUMNS", "80")
    month = {"finish": "2027-01-31", "precision": "month"}
    items = [{**one, "planned": month} if "planned" in one else one for one in BOARDS["items"]]
    items[1] = {**items[1], "due": "2026-12-31"}
    gates = [{"item": one, "board": "cab"} for one in ("T.1", "T.2", "T.3")]
    plan = write(tmp_path / "p.json", items=items, gates=gates, links=[], blackouts=[])
    out = tell(capsys, plan)
    assert "Crowded." in out
    assert "12 days later than due" in out


def test_an_input_that_is_a_decision_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """T.1 is taken on 10 November; a day late it is taken on 12 January, T.2 on 11 May."""
    monkeypatch.setenv("COLUMNS", "80")
    items = [one for one in BOARDS["items"] if one["id"] not in {"T.1", "U.3", "U.8"}]
    november = {"finish": "2026-11-30", "precision": "month"}
    items.insert(1, {**BOARDS["items"][1], "planned": november})
    gates = [{"item": "T.1", "board": "cab"}, {"item": "T.2", "board": "cab"}]
    links = BOARDS["links"][:5]
    plan = write(tmp_path / "p.json", items=items, gates=gates, links=links, start=None)
    cliff = ask(capsys, plan)["gates"][1]["cliff"]
    assert (cliff["input"], cliff["slip_days"], cliff["cost_days"]) == ("T.1", 1, 119)
    assert cliff["input_is_decision"]
    assert "It is a decision itself" in tell(capsys, plan)
    assert "All 2 decisions fall on known meetings." in tell(capsys, plan)
    assert "--as-of" not in tell(capsys, plan)
    plan = write(tmp_path / "p.json", start=None, status_date=None)
    assert "every known meeting counts as one to come" in tell(capsys, plan)


def test_findings_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A proposed link that would close a circle is left out, and this is said."""
    back = {"from": "T.3", "to": "T.1", "state": "proposed", "confidence": 0.9}
    plan = write(tmp_path / "p.json", links=[*BOARDS["links"], back])
    assert len(ask(capsys, plan, "--links", "proposed")["findings"]) == 1
    assert run(["boards", plan, "--links", "proposed"]) == 0
    assert "T.3" in capsys.readouterr().out.partition("Cliffs")[0].partition("beside the plan.")[2]


def test_meetings_with_nothing_on_them_only_if_asked(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "10 Nov 2026" not in tell(capsys, plan)
    assert "10 Nov 2026" in tell(capsys, plan, "--all")


def test_a_change_is_answered_alone(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tell(capsys, plan, "--slip", "T.1=2m")
    assert "Board sees it first, on\n2026-10-20 (papers by 2026-10-13)." in out
    assert "Who hears of the change (3)" in out
    assert "Decisions that move (2)" in out
    assert "(no known meeting)" in out
    assert "Cliffs" not in out


def test_a_scenario_file(plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scenario.json"
    change = {"op": "slip", "item": "T.1", "by": "2m"}
    text = json.dumps({"schema": "knockon/scenario@1", "changes": [change]})
    path.write_text(text, encoding="utf-8")
    assert tell(capsys, plan, "--scenario", str(path)) == tell(capsys, plan, "--slip", "T.1=2m")


def test_gaps_as_work_are_told_where_they_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """X holds both the gate (room of 33 days) and Y, which waits for X and has 10 days for work.

    A slip of X by 21 days leaves Y at 30 September if its gap is spare; as work, Y is 21 days late.
    """
    monkeypatch.setenv("COLUMNS", "80")
    day = {"precision": "day"}
    items = [
        {"id": "X", "planned": {"finish": "2026-09-20", **day}},
        {"id": "Y", "planned": {"finish": "2026-09-30", **day}},
        {"id": "G", "planned": {"finish": "2026-10-31", "precision": "month"}},
    ]
    full = [{"kind": "milestone", "title": one["id"], **one} for one in items]
    links = [{"from": "X", "to": "Y"}, {"from": "Y", "to": "G"}, {"from": "X", "to": "G"}]
    meetings = {"dates": ["2026-10-20", "2026-11-17"]}
    boards = [{"id": "b", "title": "Board", "papers_lead": "7d", "meetings": meetings}]
    gates = [{"item": "G", "board": "b"}]
    plan = write(
        tmp_path / "p.json", items=full, links=links, boards=boards, gates=gates, blackouts=[]
    )
    (gate,) = ask(capsys, plan)["gates"]
    # Papers by 13 October: Y may slip 13 days; X too, if Y's ten days are work.
    assert (gate["cliff"]["input"], gate["cliff"]["slip_days"]) == ("Y", 14)
    assert (gate["cliff_if_work"]["input"], gate["cliff_if_work"]["slip_days"]) == ("X", 14)
    without = [one for one in links if one["from"] != "Y"]
    plan = write(
        tmp_path / "p.json", items=full, links=without, boards=boards, gates=gates, blackouts=[]
    )
    assert ask(capsys, plan)["gates"][0]["cliff"]["slip_days"] == 24


# -- For machines ---------------------------------------------------------------------------------


def test_json_has_stable_keys(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys, plan)
    assert list(answer) == [
        "plan", "since", "until", "links_used", "sentences", "gates", "boards", "blackouts",
        "scenario", "findings", "cliffs",
    ]  # fmt: skip
    assert (answer["plan"], answer["since"], answer["scenario"]) == ("wex", "2026-08-31", None)
    assert answer["gates"][0] == {
        "id": None,
        "item": "T.2",
        "title": "Title of T.2",
        "board": "cab",
        "board_title": "Cabinet",
        "order": 1,
        "decision": "approve",
        "window_start": "2027-01-01",
        "window_finish": "2027-01-31",
        "window_has_meeting": True,
        "state": "meeting",
        "forecast": "2027-01-12",
        "meeting": "2027-01-12",
        "meeting_if_work": "2027-01-12",
        "papers_due": "2026-12-29",
        "inputs": ["T.1"],
        "due": "2027-01-31",
        "late_days": None,
        "cliff": {
            "input": "T.1",
            "input_title": "Title of T.1",
            "input_finish": "2026-12-18",
            "same_month": False,
            "input_is_decision": False,
            "slip_days": 12,
            "meeting": "2027-05-11",
            "cost_days": 119,
            "newly_late": ["T", "T.2", "T.3"],
        },
        "cliff_if_work": answer["gates"][0]["cliff_if_work"],
        "no_cliff": None,
    }
    assert answer["cliffs"] == [
        {"item": "T.2", "board": "cab", "order": 1, "slip_days": 12, "cost_days": 119},
        {"item": "U.2", "board": "cab", "order": 1, "slip_days": 59, "cost_days": None},
    ]
    assert answer["boards"][0]["meetings"][0] == {
        "meeting": "2026-09-08",
        "papers_due": "2026-08-25",
        "gates": [],
        "items": [],
        "crowded": False,
    }


def test_the_change_in_json(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    view = ask(capsys, plan, "--slip", "T.1=2m")["scenario"]
    assert view["changes"] == [{"op": "slip", "item": "T.1", "by": "2m"}]
    assert view["first_board"]["board"] == "ib"
    assert view["first_board"]["meeting"] == "2026-10-20"
    assert view["gates"][0]["days"] == 119
    assert view["summary"]["newly_late"] == 3


def test_links_that_are_only_proposed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    links = [{**BOARDS["links"][0], "state": "proposed", "confidence": 0.5}, *BOARDS["links"][1:]]
    plan = write(tmp_path / "p.json", links=links)
    assert ask(capsys, plan)["gates"][0]["no_cliff"] == "no-input"
    with_proposed = ask(capsys, plan, "--links", "proposed")
    assert with_proposed["gates"][0]["cliff"]["slip_days"] == 12
    assert with_proposed["links_used"]["proposed"] == 1


# -- Calendars ------------------------------------------------------------------------------------


def test_a_calendar_is_written_and_read_again(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.ics"
    out = tell(capsys, plan, "--ics", str(path))
    # 5 dates of Cabinet less one, and 2: 6 meetings; 4 and 2 of them to come, each with papers.
    assert out.endswith("It holds 6 meetings and 6 days on which papers are due.\n")
    text = path.read_bytes().decode().replace("\r\n ", "")
    assert "DESCRIPTION:For decision:\\nT.2 Title of T.2 (papers by 29 Dec 2026)" in text
    assert "SUMMARY:Papers due: Cabinet\\, 2027-01-12" in text
    boards = [{**one, "meetings": {}} for one in BOARDS["boards"]]
    bare = write(tmp_path / "bare.json", boards=boards)
    answer = ask(capsys, bare, "--with", str(path))
    assert answer["gates"][0]["cliff"]["slip_days"] == 12
    assert answer["boards"][1]["meetings"][1]["meeting"] == "2026-12-15T14:00"


def test_the_calendar_of_one_board(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.ics"
    assert "2 meetings" in tell(capsys, plan, "--board", "ib", "--ics", str(path))
    text = path.read_text(encoding="utf-8")
    assert "Cabinet" not in text
    assert "For decision:\\nU.6" in text.replace("\n ", "")


def test_a_calendar_brings_the_next_meeting(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cabinet.ics"
    path.write_text(EVENT.format("Meeting", "20270713"), encoding="utf-8")
    gate = ask(capsys, plan, "--with", str(path))["gates"][2]
    assert (gate["cliff"]["meeting"], gate["cliff"]["cost_days"]) == ("2027-07-13", 63)


# -- Wrong use and little plans -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--board", "Cabnet"], 'The plan has no board "Cabnet". Did you mean Cabinet or cab?'),
        (["--ics", "out.txt"], '"out.txt" cannot be written: name it with the ending .ics.'),
        (["--slip", "X=1d"], 'The plan has no item "X".'),
        (["--slip", "U.4=1d"], "is finished"),
        (["--scenario", "nowhere.json"], 'There is no file "nowhere.json"'),
    ],
)
def test_wrong_use(
    plan: str, capsys: pytest.CaptureFixture[str], args: list[str], said: str
) -> None:
    assert said in refuse(capsys, plan, *args)


def test_a_calendar_that_is_read_is_not_written_over(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.ics"
    path.write_text(EVENT.format("Cabinet", "20270713"), encoding="utf-8")
    before = path.read_bytes()
    said = refuse(capsys, plan, "--with", str(path), "--ics", str(path))
    assert "is what the plan is read from" in said
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"boards": [], "gates": [], "blackouts": []}, "The plan names no board"),
        ({"gates": [], "blackouts": []}, "No item has an accepted gate"),
        (
            {"items": [], "links": [], "gates": [], "boards": [], "blackouts": []},
            "The plan names no board",
        ),
        (
            {"boards": [{"id": "x"}], "gates": [], "blackouts": [], "start": None},
            "No item has an accepted gate, so no date waits for this board.",
        ),
    ],
)
def test_plans_with_little_in_them(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, Any],
    said: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    plan = write(tmp_path / "p.json", **changes)
    assert said in tell(capsys, plan)
    path = tmp_path / "out.ics"
    assert tell(capsys, plan, "--ics", str(path))
    assert path.read_bytes().endswith(b"END:VCALENDAR\r\n")


def test_a_board_whose_meetings_are_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    boards = [{"id": "x", "title": "Board X", "meetings": {"dates": ["2026-05-05"]}}]
    plan = write(tmp_path / "p.json", boards=boards, gates=[], blackouts=[])
    assert "Board X. No meeting to come is known: the last was on 5 May 2026." in tell(capsys, plan)
