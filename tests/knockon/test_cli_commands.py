"""Every command but ``whatif``: what people read, and the JSON keys that machines rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from graphmodel.planfile import plan_schema, read_plan
from knockon.cli.main import COMMANDS, cli, run
from tests.knockon.council import COUNCIL, council, write_council

if TYPE_CHECKING:
    from collections.abc import Callable

ITEMS: list[dict[str, Any]] = COUNCIL["items"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan file ``plan.json`` and a register, in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    write_council(tmp_path / "plan.json")
    register = "from,to,type,lag,state\nA.4,A.1,FS,10d,accepted\nA.4,A.9,FS,,accepted\n"
    Path("more.csv").write_text(register, encoding="utf-8")
    return tmp_path


@pytest.fixture
def said(here: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """Run a command that must succeed, and return what it prints."""

    def say(args: str) -> str:
        assert run(args.split()) == 0
        return capsys.readouterr().out

    return say


def test_without_a_command_the_help_page_lists_all(said: Callable[[str], str]) -> None:
    page = said("")
    listed = [
        line.split()[0] for line in page.split("Commands:\n")[1].split("\n\n")[0].splitlines()
    ]
    assert listed == list(COMMANDS)
    assert "..." not in page.split("Commands:")[1]  # each command's first sentence fits


def test_help_by_click_itself() -> None:
    done = CliRunner().invoke(cli, ["whatif", "--help"])
    assert done.exit_code == 0
    assert "--slip ID=SPAN" in done.output


def test_version(said: Callable[[str], str]) -> None:
    assert said("--version").startswith("knockon ")


def test_load_counts(said: Callable[[str], str]) -> None:
    assert said("load plan.json") == (
        "Wexcombe: Improvement plan\n"
        "Items: 1 theme, 1 action, 4 milestones\n"
        "People: 2 officers, 2 boards, 1 output metric, 1 risk\n"
        "Links: 1 accepted link, 1 proposed link, 1 rejected link\n"
        "Gates: 1 proposed gate\n"
        "Dates: 31 May 2026 to 30 Apr 2027\n"
        "No problems found.\n"
    )


def test_load_groups_problems_and_names_their_place(said: Callable[[str], str]) -> None:
    out = said("load plan.json more.csv")
    assert "1 problem (1 error):" in out
    assert "A.9" in out
    assert "more.csv, line 3" in " ".join(out.split())


def test_load_writes_the_plan(said: Callable[[str], str]) -> None:
    out = said("load plan.json more.csv -o new.json")
    assert out.endswith(
        "1 problem (1 error): the same command without -o lists them.\nWritten: new.json\n"
    )
    links = [(link.from_, link.to, str(link.lag)) for link in read_plan("new.json").links]
    assert ("A.4", "A.1", "10d") in links


def test_load_as_json(said: Callable[[str], str]) -> None:
    answer = json.loads(said("load plan.json more.csv --json"))
    assert (answer["plan"], answer["title"]) == ("wex", "Improvement plan")
    assert answer["counts"]["items"] == {"theme": 1, "action": 1, "milestone": 4}
    assert answer["counts"]["officers"] == 2
    (problem,) = answer["problems"]
    assert list(problem) == ["code", "severity", "message", "items", "source"]
    assert problem["source"] == {"file": "more.csv", "line": 3, "cell": None, "page": None}


def test_a_plan_that_is_written_reads_back_the_same(said: Callable[[str], str]) -> None:
    said("load plan.json -o copy.json")
    assert read_plan("copy.json") == council()


def test_problems_do_not_stop_a_question_but_are_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schedule", "plan.json", "--with", "more.csv", "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ("1 problem on loading:  knockon load plan.json more.csv  lists it.\n")
    rows = {item["id"]: item for item in json.loads(captured.out)["items"]}
    assert rows["A.1"]["driven_by"] == []


@pytest.mark.parametrize("command", ["show", "schedule", "trace", "whatif", "reach", "map"])
def test_every_question_takes_registers(
    here: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    extra = {"trace": ["A.1"], "whatif": ["--slip", "A.1=1d"], "map": ["-o", "map.html"]}
    assert run([command, "plan.json", *extra.get(command, []), "--with", "more.csv"]) == 0
    assert capsys.readouterr().err.startswith("1 problem on loading:")


def test_show_the_plan(said: Callable[[str], str]) -> None:
    out = said("show plan.json")
    assert "T Adult Social Care 31 May 2026 30 Apr 2027" in " ".join(out.split())
    assert "\n  1 action, 4 milestones\n" in out
    answer = json.loads(said("show plan.json --json"))
    assert (answer["start"], answer["finish"]) == ("2026-05-31", "2027-04-30")
    assert answer["parts"][0]["below"] == {"action": 1, "milestone": 4}


def test_show_an_item(said: Callable[[str], str]) -> None:
    assert said("show plan.json A.1").splitlines() == [
        "A.1  Consult staff “properly”",
        "  Milestone of A Bring in the new model across every team, locality and fu…, T",
        "    Adult Social Care",
        '  Planned: 1 Dec 2026 to 31 Jan 2027 (the plan says "Dec to Jan 2027")',
        "  Status: Not started",
        "  Tags: consultation",
        "",
        "Owners (2)",
        "  Owner: Director of Adult Social Care (inherited from A)",
        "  Accountable: Chief Executive (inherited from T)",
        "",
        "Waits for",
        "  A.4  must finish first, proposed, next in the list, confidence 0.7",
        "",
        "Is waited for by",
        "  A.2  waits for this to finish, lag 45 days, accepted, from the planner's",
        "    register; why: The outcome takes weeks",
        "",
        "Golden thread, upwards (4)",
        "  action A Bring in the new model across every team, locality and function we",
        "    run (Owner: Director of Adult Social Care; 1 output metric)",
        "  theme T Adult Social Care (Accountable: Chief Executive; watched over by",
        "    Improvement Board)",
        "  plan Improvement plan",
        "  What the plan itself is part of is not stated.",
        "",
        "Risks",
        "  r1: 30% likely",
        "",
        "Source",
        '  paper.txt, line 41: "Consult staff"',
    ]


def test_show_metrics_parts_and_gates(said: Callable[[str], str]) -> None:
    action = said("show plan.json A")
    assert "Long stays: baseline 31 (Jan 2026), target 28" in action
    assert "Parts (4)" in action
    assert "A.3  Find a partner (31 May 2026)" in action
    assert "Due: 30 Apr 2027" in action
    assert "Division: Adults" in action
    assert "Cabinet: approve (proposed)" in said("show plan.json A.2")


def test_show_slippage_history_and_what_a_document_says_besides(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = {
        "id": "x",
        "kind": "action",
        "title": "Write the policy",
        "planned": {"finish": "2026-12-31", "precision": "day"},
        "grade": "some slippage",
        "cause": "vacancies",
        "deadlines": [{"date": "2027-01-31"}],
        "constraints": [
            {"type": "SNET", "date": "2026-05-01"},
            {"type": "MFO", "date": "2026-11-30", "hard": True},
            {"type": "ALAP"},
        ],
        "history": [
            {
                "as_of": "2026-06-30",
                "planned": {"finish": "2026-09-30"},
                "forecast": "2026-10-31",
                "status": "in_progress",
                "percent": 40,
                "rag": "amber",
                "grade": "medium",
                "approved": {"board": "Cabinet"},
                "text": "Moved once",
            },
            {"due": "2026-08-31", "approved": {}},
        ],
        "x_note": "to be agreed",
        "x_same_as": ["y"],
    }
    relation = {"from": "x", "to": "p", "type": "part_of", "cadence": "monthly"}
    plan = {"schema": "knockon/plan@1", "id": "p", "items": [item], "relations": [relation]}
    Path("p.json").write_text(json.dumps(plan), encoding="utf-8")
    assert run(["show", "p.json", "x"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "x  Write the policy",
        "  Action",
        "  Planned: 31 Dec 2026",
        "  Status: Not started",
        "  Constraint: SNET 1 May 2026",
        "  Constraint: MFO 30 Nov 2026 (hard)",
        "  Constraint: ALAP",
        "  Deadline: 31 Jan 2027",
        "  Slippage: some slippage",
        "  Cause: vacancies",
        "",
        "Golden thread, upwards (5)",
        "  plan p",
        "  Nobody is named as responsible for it.",
        "  No output metric shows whether it works.",
        "  No board is known to watch over it or approve it.",
        "  What the plan itself is part of is not stated.",
        "",
        "What else is said of it",
        "  x part of p, monthly",
        "",
        "Earlier reports (2)",
        "  30 Jun 2026: planned 30 Sep 2026, forecast 31 Oct 2026, In progress, 40 %",
        '    done, rated amber, medium, approved by Cabinet; "Moved once"',
        "  undated: due 31 Aug 2026, approved by nobody named",
        "",
        "Other facts (2)",
        "  note: to be agreed",
        '  same as: ["y"]',
    ]


def test_show_facts_of_progress(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    item = {
        "id": "x",
        "kind": "activity",
        "title": "Build",
        "duration": "6w",
        "status": "in_progress",
        "actual_start": "2026-05-04",
        "forecast": "2026-07-01",
        "percent": 40,
        "rag": "amber",
        "planned": {"text": "ongoing", "precision": "ongoing"},
    }
    gone = ("links", "boards", "officers", "assignments", "gates", "metrics", "relations", "risks")
    write_council(Path("one.json"), items=[item], **dict.fromkeys(gone))
    assert run(["show", "one.json", "x"]) == 0
    out = capsys.readouterr().out
    for line in (
        'Planned: "ongoing"',
        "Duration: 6 weeks",
        "Status: In progress (40 % done, rated amber)",
        "Started: 4 May 2026",
        "Forecast: 1 Jul 2026",
    ):
        assert f"  {line}\n" in out


def test_show_an_item_as_json(said: Callable[[str], str]) -> None:
    answer = json.loads(said("show plan.json A.2 --json"))
    assert (answer["id"], answer["kind"], answer["status"]) == ("A.2", "milestone", "not_started")
    assert answer["ancestors"] == ["A", "T"]
    assert answer["roles"][0] == {
        "role": "responsible",
        "officers": ["Director of Adult Social Care"],
        "officer_ids": ["dasc"],
        "inherited": "A",
    }
    assert [link["from"] for link in answer["links_in"]] == ["A.1"]
    assert answer["gates"] == [{"board": "cab", "item": "A.2", "state": "proposed"}]


def test_schedule_keys(said: Callable[[str], str]) -> None:
    answer = json.loads(said("schedule plan.json --json"))
    assert answer["finish"] == "2027-04-30"
    assert answer["links_used"] == {"accepted": 1, "proposed": 0}
    assert answer["longest_path"] == [step["item"] for step in answer["critical_path"]["steps"]]
    row = next(item for item in answer["items"] if item["id"] == "A.1")
    expected = {
        "kind": "milestone",
        "title": "Consult staff “properly”",
        "start": "2026-12-01",
        "finish": "2027-01-31",
        "late_finish": "2027-03-16",  # 44 days on
        "total_float_days": 44,
        "free_float_days": 44,
        "critical": False,
        "driven_by": [],
        "held_by": ["planned_date"],
    }
    assert {key: row[key] for key in expected} == expected
    assert "late_start" in row


def test_schedule_for_people(said: Callable[[str], str]) -> None:
    out = said("schedule plan.json --to A")
    assert out.startswith("The plan finishes on 30 Apr 2027; 1 accepted link, gaps read as spare.")
    assert "Critical path to A Bring in the new model" in out
    assert "Longest path over the least room to A Bring" in out
    assert "44 days of room" in out
    assert "critical" in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_schedule_with_gaps_as_work_and_proposed_links(said: Callable[[str], str]) -> None:
    answer = json.loads(said("schedule plan.json --gaps work --links proposed --json"))
    assert answer["gaps"] == "work"
    assert answer["links_used"] == {"accepted": 1, "proposed": 1}
    assert "and 1 proposed link" in said("schedule plan.json --links proposed")
    row = next(item for item in answer["items"] if item["id"] == "A.1")
    assert row["total_float_days"] == 0  # what follows is work that must begin on 18 Mar


def test_findings_on_the_dates_are_listed_and_counted(said: Callable[[str], str]) -> None:
    items = [{**item, "status": "on_hold"} if item["id"] == "A.4" else item for item in ITEMS]
    write_council(Path("held.json"), items=items)
    assert said("schedule held.json").splitlines()[-5:] == [
        "1 finding (1 warning):",
        "",
        "  warning: on-hold-without-forecast (1)",
        "    A.4 <script>alert(1)</script> [bold]x[/bold] [31mover is on hold and has",
        "      no forecast: it is taken as not started.",
    ]
    told = said("whatif held.json --slip A.1=1d")
    assert "1 finding on the dates: knockon schedule lists it.\n" in told
    assert "finding" not in said("schedule plan.json")


def test_trace_both_ways(said: Callable[[str], str]) -> None:
    assert said("trace plan.json A.2").splitlines() == [
        "A.2 “Start the integrated teams” waits for 1 item; 2 items (1 directly) wait for",
        "it.",
        "",
        "What it waits for, nearest first",
        "",
        "  A.1  Consult staff “properly” (31 Jan 2027)",
        "      to A.2: FS + 45 days, accepted, from the planner's register",
        "      why: The outcome takes weeks",
        '      "Consult" (paper.txt, line 41)',
        "",
        "What waits for it, nearest first",
        "",
        "  A  Bring in the new model across every team, locality and function we run (30",
        "    Apr 2027)",
        "      A.2 is part of it",
        "",
        "    T  Adult Social Care (no date)",
        "        A is part of it",
        "",
        "Output metrics that hang on it",
        "  Long stays (A)",
    ]


def test_trace_a_route(said: Callable[[str], str]) -> None:
    assert said("trace plan.json A.4 A.2 --links proposed").splitlines()[2:] == [
        "",
        "  A.4  <script>alert(1)</script> [bold]x[/bold] [31mover (30 Jun 2026)",
        "      ↓ FS, proposed, next in the list, confidence 0.7",
        "  A.1  Consult staff “properly” (31 Jan 2027)",
        "      ↓ FS + 45 days, accepted, from the planner's register",
        "        why: The outcome takes weeks",
        '        "Consult" (paper.txt, line 41)',
        "  A.2  Start the integrated teams (30 Apr 2027)",
    ]


def test_trace_a_route_through_the_breakdown(said: Callable[[str], str]) -> None:
    assert said("trace plan.json A.1 T").splitlines()[2:] == [
        "  A.1  Consult staff “properly” (31 Jan 2027)",
        "      ↓ part of",
        "  A  Bring in the new model across every team, locality and function we run (30",
        "    Apr 2027)",
        "      ↓ part of",
        "  T  Adult Social Care (no date)",
    ]


def test_trace_through_a_parent_and_evidence_without_words(said: Callable[[str], str]) -> None:
    items = [*ITEMS, {"id": "N", "kind": "action", "title": "Now"}]
    evidence = [{"source": {"source": "s1", "line": 7}}]
    links = [{"from": "N", "to": "A", "evidence": evidence}]
    write_council(Path("held.json"), items=items, links=links, options={"parent_links": "leaves"})
    assert said("trace held.json A.2").splitlines()[3:] == [
        "What it waits for, nearest first",
        "",
        "  N  Now (no date)",
        "      to A.2: FS, accepted, stated in the plan, as part of A",
        "      noted in paper.txt, line 7",
        "",
        "What waits for it, nearest first",
        "",
        "  A  Bring in the new model across every team, locality and function we run (30",
        "    Apr 2027)",
        "      A.2 is part of it",
        "",
        "    T  Adult Social Care (no date)",
        "        A is part of it",
        "",
        "Output metrics that hang on it",
        "  Long stays (A)",
    ]


def test_trace_an_item_that_hangs_on_nothing(said: Callable[[str], str]) -> None:
    write_council(Path("lone.json"), items=ITEMS, links=None)
    assert "What it waits for" not in said("trace lone.json A.1")
    assert "What waits for it" not in said("trace lone.json T")


def test_trace_no_route(said: Callable[[str], str]) -> None:
    out = " ".join(said("trace plan.json A.3 A.2").split())
    assert out.startswith("There is no route between A.3 “Find a partner” and A.2 “Start the ")


def test_trace_as_json(said: Callable[[str], str]) -> None:
    answer = json.loads(said("trace plan.json A.2 --json"))
    assert answer["upstream"] == [
        {
            "from": "A.1",
            "to": "A.2",
            "depth": 1,
            "type": "FS",
            "lag": "+ 45 days",
            "state": "accepted",
            "origin": "register",
            "confidence": 1,
            "reason": "The outcome takes weeks",
            "rule": None,
            "holds": None,
            "evidence": [
                {
                    "side": "from",
                    "place": {"file": "paper.txt", "line": 41, "cell": None, "page": None},
                    "words": "Consult",
                }
            ],
        }
    ]
    assert [item["id"] for item in answer["items"]] == ["A.1", "A.2", "A", "T"]
    assert answer["routes"] == []
    routes = json.loads(said("trace plan.json A.1 T --json"))["routes"]
    assert [step["to"] for step in routes[0]["steps"]] == ["A", "T"]


def test_trace_what_hangs_on_an_officer(said: Callable[[str], str]) -> None:
    out = said("trace plan.json dasc")
    assert " ".join(out.split("\n\n")[0].split()) == (
        "Director of Adult Social Care is responsible for 4 items, which wait for nothing; 2 items "
        "(1 directly) wait for them. 1 proposed link into or out of them is not followed."
    )
    assert "  A.3  Find a partner (31 May 2026)\n" in out.split("The items themselves")[1]
    answer = json.loads(said("trace plan.json dasc --json"))
    assert answer["subject"]["items"] == ["A.1", "A.2", "A.3", "A.4"]
    assert [metric["id"] for metric in answer["metrics"]] == ["m1"]


def test_trace_all_routes_and_common_causes(said: Callable[[str], str]) -> None:
    links = [{"from": a, "to": b} for a, b in (("A.4", "A.1"), ("A.4", "A.2"), ("A.1", "A.2"))]
    write_council(Path("more.json"), items=ITEMS, links=links)
    out = said("trace more.json A.4 A.2 --routes all")
    assert "over 1 to 2 steps, on 2 routes." in " ".join(out.split())
    out = said("trace more.json A.2 A.1")
    assert "Both wait for A.4" in " ".join(out.split())
    assert out.split("What both wait for, nearest first\n")[1].startswith("  A.4 ")


def test_trace_the_whole_map(said: Callable[[str], str]) -> None:
    said_of, rows = said("trace plan.json").split("\n\nNothing waits for\n\n")
    assert " ".join(said_of.split()) == (
        "1 link in 1 separate part. Of 3 unfinished items without parts of their own, nothing "
        "waits for 2; 1 of these waits for nothing either."
    )
    assert [line.split()[0] for line in rows.splitlines() if line[:1] == "A"] == ["A.2", "A.4"]
    assert [line.endswith("nothing") for line in rows.splitlines()[1:3]] == [False, True]
    themes = [{"id": "U", "kind": "theme", "title": "Homes", "division": "Homes"}]
    links = [{"from": a, "to": b} for a, b in (("A.1", "A.2"), ("A.2", "U"), ("A.4", "A.1"))]
    write_council(Path("two.json"), items=[*ITEMS, *themes], links=links)
    out = said("trace two.json")
    assert "Links whose loss would split the map" in out
    assert "From one theme into another: 1 link" in out
    assert "T Adult Social Care  U Homes  1" in out
    assert "From one directorate into another: 1 link" in out
    answer = json.loads(said("trace two.json --json"))
    assert answer["cross_theme"][0]["link"] == {"from": "A.2", "to": "U"}
    assert answer["splitting"][0]["cut_off"] == ["A.2", "U"]


def test_map(said: Callable[[str], str]) -> None:
    assert said("map plan.json -o map.html --title Wexcombe's_map") == "Written: map.html\n"
    page = Path("map.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "Wexcombe&#39;s_map" in page or "Wexcombe's_map" in page
    assert "<script>alert(1)" not in page


def test_schema(said: Callable[[str], str]) -> None:
    assert json.loads(said("schema")) == plan_schema()
    assert said("schema -o schema.json") == "Written: schema.json\n"
    assert json.loads(Path("schema.json").read_text(encoding="utf-8")) == plan_schema()


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_demo_on_the_shipped_example(said: Callable[[str], str]) -> None:
    out = " ".join(said("demo").split())
    assert "16 themes, 29 objectives, 58 actions, 241 milestones" in out
    assert (
        "If SI1.1.3.7 “Trade union and staff consultation on the new model” slips 2 months" in out
    )
    assert "nothing else moves if the gaps are spare; if they are work, 5 items move" in out
    assert _names(Path("demo")) == {"plan.json", "map.html", "report.html"}
    assert len(read_plan("demo/plan.json").items) == 344


def test_demo_on_a_plan_of_ones_own(said: Callable[[str], str]) -> None:
    out = said("demo plan.json --slip A.1=2m -o deep/pages")
    assert f"Written: {Path('deep/pages/report.html')}" in out
    assert _names(Path("deep/pages")) == {"plan.json", "map.html", "report.html"}


def test_demo_on_the_real_paper(csip_paper: Path, said: Callable[[str], str]) -> None:
    out = " ".join(said(f"demo {csip_paper}").split())
    assert "29 objectives, 58 actions, 241 milestones" in out
    assert out.startswith("If SI1.1.3.7 ")
    assert _names(Path("demo")) == {"plan.json", "map.html", "report.html"}


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in _keys(part)}
    return {key for part in value for key in _keys(part)} if isinstance(value, list) else set()


@pytest.mark.parametrize(
    "args",
    [
        "whatif plan.json --slip A.1=2m", "schedule plan.json", "trace plan.json A.1 T",
        "show plan.json A", "load plan.json more.csv", "reach plan.json",
    ],
)  # fmt: skip
def test_no_key_ends_in_an_underscore(said: Callable[[str], str], args: str) -> None:
    assert not [key for key in _keys(json.loads(said(f"{args} --json"))) if key.endswith("_")]
