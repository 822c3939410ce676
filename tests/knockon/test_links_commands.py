"""``knockon links suggest`` and ``export``, and what ``review`` says where it cannot be held."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from graphmodel.planfile import read_plan, write_plan
from knockon.cli.main import run
from loaders.review.docket import Docket
from loaders.review.proposals import list_all
from loaders.writers.reviewfile import write_review
from tests.loaders.small_review import ANN, make_plan

if TYPE_CHECKING:
    from pathlib import Path

#: A plan in whose words the rules of suggestions find something of every kind.
WORDY: dict[str, Any] = {
    "items": [
        {"id": "A", "kind": "action", "title": "Bring in the new operating model"},
        {
            "id": "A.1",
            "kind": "milestone",
            "title": "Design the new operating model",
            "parent": "A",
            "planned": {"finish": "2026-06-30", "precision": "month"},
            "source": {"source": "s1", "line": 4, "quote": "Design the new operating model (Jun)"},
        },
        {
            "id": "A.2",
            "kind": "milestone",
            "title": "Implement the new operating model",
            "parent": "A",
            "planned": {"finish": "2026-12-31", "precision": "month"},
            "source": {"source": "s1", "line": 4, "quote": "Implement the new operating model"},
        },
        {
            "id": "A.3",
            "kind": "milestone",
            "title": "Review of the IT plan following the government decision on LGR",
            "parent": "A",
            "planned": {"finish": "2027-03-31", "precision": "month"},
            "source": {"source": "s1", "line": 5, "quote": "Review following the decision on LGR"},
        },
        {
            "id": "A.4",
            "kind": "milestone",
            "title": "Improvement plan agreed by the Transformation Board",
            "parent": "A",
            "planned": {"finish": "2027-04-30", "precision": "month"},
            "source": {"source": "s1", "line": 6, "quote": "agreed by the Transformation Board"},
        },
    ],
    "links": [],
    "gates": [],
}


@pytest.fixture
def wordy(tmp_path: Path) -> str:
    write_plan(make_plan(**WORDY), tmp_path / "wordy.json")
    return str(tmp_path / "wordy.json")


@pytest.fixture
def plan(tmp_path: Path) -> str:
    write_plan(make_plan(), tmp_path / "plan.json")
    return str(tmp_path / "plan.json")


def ask(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["links", *args]) == 0
    return capsys.readouterr().out


def refuse(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["links", *args]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def answer(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ask(capsys, "suggest", *args, "--json"))
    return told


def test_suggestions_of_every_kind_are_in_the_json(
    wordy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answer(capsys, wordy)
    ends = {(one["from"], one["to"]) for one in told["links"]}
    assert ("A.1", "A.2") in ends
    assert ("EXT-lgr-decision", "A.3") in ends
    assert [(one["item"], one["board"], one["state"]) for one in told["gates"]] == [
        ("A.4", "TB", "proposed")
    ]
    assert [(one["id"], one["external"]) for one in told["items"]] == [("EXT-lgr-decision", True)]
    link = next(one for one in told["links"] if one["to"] == "A.2")
    assert link["state"] == "proposed"
    assert link["rule"]
    sources = [part["source"] for part in link["evidence"]]
    assert {(one["source"], one["line"]) for one in sources} == {("s1", 4)}
    assert sum(told["counts"].values()) == len(told["links"]) + len(told["gates"])


def test_links_that_the_plan_has_already_are_told_too(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ends = [(one["from"], one["to"]) for one in answer(capsys, plan)["links"]]
    assert ("A1", "A2") in ends


def test_the_list_counts_first_and_quotes_what_a_title_does_not_say(
    wordy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ask(capsys, "suggest", wordy)
    lines = told.splitlines()
    assert "1 gate and 1 outside event are proposed" in " ".join(lines[:2])
    assert "A.1  Design the new operating model (30 Jun 2026)" in told
    assert "→ A.2  Implement the new operating model (31 Dec 2026)" in told
    assert "→ gate: Transformation Board is to " in told
    assert "“Implement the new operating model”" not in told  # its title says it
    assert max(map(len, lines)) <= 80


def test_the_list_can_be_grouped_by_rule(wordy: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = ask(capsys, "suggest", wordy, "--group", "rule")
    assert "Rule event (2)" in told
    assert "Rule gate (1)" in told


def test_doubtful_suggestions_are_left_out_of_list_json_and_plan(
    wordy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = answer(capsys, wordy)
    least = max(one["confidence"] for one in every["links"])
    output = str(tmp_path / "out.json")
    told = answer(capsys, wordy, "--min-confidence", str(least), "-o", output)
    assert 0 < len(told["links"]) < len(every["links"])
    assert all(one["confidence"] >= least for one in told["links"])
    assert len(read_plan(output).links) == len(told["links"])
    none = answer(capsys, wordy, "--min-confidence", "1")
    assert (none["links"], none["gates"], none["items"]) == ([], [], [])


def test_a_clash_is_marked_and_the_paper_is_quoted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plan(make_plan(), tmp_path / "plan.json")
    told = ask(capsys, "suggest", str(tmp_path / "plan.json"))
    assert "FS, order  CLASH: It says so." in told
    assert "“Partner chosen” (paper.txt, line 4)" in told


def test_rules_can_be_listed_chosen_and_switched_off(
    wordy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = ask(capsys, "suggest", "--rules")
    assert "gate  " in listed
    assert "Needs: " in listed
    rules = json.loads(ask(capsys, "suggest", "--rules", "--json"))["rules"]
    assert {"id", "name", "why", "needs", "confidence"} <= rules[0].keys()
    only = answer(capsys, wordy, "--only", "gate")
    assert (only["links"], len(only["gates"])) == ([], 1)
    without = answer(capsys, wordy, "--without", "gate")
    assert without["gates"] == []


def test_an_unknown_rule_is_refused_by_name(wordy: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("suggest", "export"):
        out = () if command == "suggest" else ("-o", "links.csv")
        assert 'rule "magic"' in refuse(capsys, command, wordy, "--only", "magic", *out)


def test_the_plan_written_holds_the_suggestions_and_suggests_no_more(
    wordy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = str(tmp_path / "out.json")
    told = ask(capsys, "suggest", wordy, "-o", output)
    assert told.endswith(f"knockon links review {output}\n")
    assert answer(capsys, output)["links"] == answer(capsys, wordy)["links"]


def test_an_empty_plan_has_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = make_plan(items=[], links=[], gates=[])
    write_plan(empty, tmp_path / "empty.json")
    told = ask(capsys, "suggest", str(tmp_path / "empty.json"))
    assert told == "The plan has no items, so there is nothing to link.\n"
    items = [{"id": "A", "kind": "action", "title": "A"}]
    write_plan(make_plan(items=items, links=[], gates=[]), tmp_path / "one.json")
    told = ask(capsys, "suggest", str(tmp_path / "one.json"))
    assert told.startswith("Nothing is proposed; 0 links are decided already.\n")


def test_suggest_needs_a_plan_or_asks_for_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Name the plan" in refuse(capsys, "suggest")


def test_hostile_titles_print_nothing_but_themselves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = [item.model_copy(update={"title": "\x1b[31mred\x07"}) for item in make_plan().items]
    write_plan(make_plan(items=items), tmp_path / "plan.json")
    told = ask(capsys, "suggest", str(tmp_path / "plan.json"))
    assert "\x1b" not in told
    assert "\x07" not in told


# export


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_an_export_lists_proposals_and_says_what_to_do(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "links.csv"
    told = ask(capsys, "export", plan, "-o", str(output))
    rows = read_rows(output)
    assert told.startswith(f"{len(rows)} rows written: {output}")
    assert told.endswith(f"knockon load {plan} {output} -o {plan}\n")
    assert {row["Decision"] for row in rows} == {""}


def test_an_export_goes_back_into_the_plan(
    wordy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output, after = tmp_path / "links.xlsx", tmp_path / "after.json"
    ask(capsys, "export", wordy, "-o", str(output))
    book = openpyxl.load_workbook(output)
    page = book["Review"]
    names = [str(cell.value) for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        row[names.index("Decision")].value = "accept" if row[0].value == "gate" else "reject"
    book.save(output)
    assert run(["load", wordy, str(output), "-o", str(after)]) == 0
    decided = read_plan(after)
    assert {one.state for one in decided.links} == {"rejected"}
    assert decided.index.items["EXT-lgr-decision"].status == "cancelled"
    assert {one.state for one in decided.gates} == {"accepted"}
    capsys.readouterr()
    assert ask(capsys, "suggest", str(after)).startswith("Nothing is proposed")


def test_nothing_to_list_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = str(tmp_path / "empty.json")
    write_plan(make_plan(items=[], links=[], gates=[]), empty)
    output = tmp_path / "links.csv"
    assert ask(capsys, "export", empty, "-o", str(output)) == (
        "Nothing is proposed, so nothing is written.\n"
    )
    assert not output.exists()


def test_names_with_blanks_are_quoted_in_what_to_type(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plan(make_plan(), tmp_path / "our plan.json")
    output = tmp_path / "our links.csv"
    told = ask(capsys, "export", str(tmp_path / "our plan.json"), "-o", str(output))
    assert f'knockon load "{tmp_path / "our plan.json"}" "{output}" -o "' in told


def test_everything_can_be_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docket = Docket(make_plan())
    for proposal in list_all(make_plan())[:2]:
        docket.decide(proposal, "accept", ANN)
    write_plan(docket.plan(), tmp_path / "plan.json")
    output = tmp_path / "links.csv"
    ask(capsys, "export", str(tmp_path / "plan.json"), "-o", str(output))
    some = len(read_rows(output))
    ask(capsys, "export", str(tmp_path / "plan.json"), "-o", str(output), "--all")
    rows = read_rows(output)
    assert len(rows) == some + 2
    assert [row["Decided by"] for row in rows].count("Ann") == 2


def test_decisions_that_people_made_are_not_written_over(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "links.csv"
    docket = Docket(make_plan())
    docket.decide(list_all(make_plan())[1], "reject", ANN)
    write_review(docket.plan(), output, list_all(docket.plan()))
    before = output.read_bytes()
    told = refuse(capsys, "export", plan, "-o", str(output))
    assert f'"{output}" holds 1 decision: load it with the plan first' in told
    assert output.read_bytes() == before


def test_what_the_plan_is_read_from_is_not_written_over(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = tmp_path / "links.csv"
    register.write_text("From,To\nA1,A2\n", encoding="utf-8")
    told = refuse(capsys, "export", plan, "--with", str(register), "-o", str(register))
    assert "is what the plan is read from" in told


@pytest.mark.parametrize("name", ["links.txt", "links"])
def test_an_export_is_a_table(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert "with the ending .xlsx" in refuse(capsys, "export", plan, "-o", str(tmp_path / name))


def test_a_folder_that_is_not_there_is_told(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refuse(capsys, "export", plan, "-o", str(tmp_path / "no" / "links.csv"))
    assert "cannot be written" in told


# review, where there is no terminal


def test_a_review_needs_a_terminal(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = refuse(capsys, "review", plan)
    assert "A review needs a terminal: for Excel use  knockon links export" in told


def test_links_alone_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["links", "--help"]) == 0
    told = capsys.readouterr().out
    for name in ("suggest", "review", "export"):
        assert name in told


# simulations on what is suggested


def test_a_spreadsheet_gets_suggestions_where_proposed_links_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "actions.csv"
    table.write_text(
        "Ref,Parent,Action,Due date\n"
        "A,,Bring in the operating model,2026-12-31\n"
        "A.1,A,Design the operating model,2026-06-30\n"
        "A.2,A,Implement the operating model,2026-12-31\n",
        encoding="utf-8",
    )
    for command in (["schedule"], ["reach"], ["whatif", "--slip", "A.1=3m"], ["trace", "A.1"]):
        args = [command[0], str(table), *command[1:]]
        assert run([*args, "--links", "proposed", "--json"]) == 0
        out, err = capsys.readouterr()
        assert "1 link was suggested; nobody has decided on it (knockon links review)." in err
        told = json.loads(out)
        if "links_used" in told:
            assert told["links_used"]["proposed"] == 1
        assert run([*args, "--json"]) == 0
        out, err = capsys.readouterr()
        assert "suggested" not in err


def test_a_plan_file_is_taken_as_it_is(wordy: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", wordy, "--links", "proposed", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["links_used"] == {"accepted": 0, "proposed": 0}
    assert "suggested" not in err


def test_what_if_says_how_proposed_links_would_change_it(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["whatif", plan, "--slip", "A1=4m", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["if_proposed"]
    assert (found["min_confidence"], found["links"]) == (0.8, 2)
    assert found["spare"]["also_move"] == ["A2"]  # 31 Oct, planned for 30 Sep
    assert run(["whatif", plan, "--slip", "A1=4m", "--min-confidence", "0.9"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    one = "If the only proposed link of confidence 0.9 or more was true"
    assert f"{one}, the answer would be the same." in told
    assert run(["whatif", plan, "--slip", "A1=4m", "--min-confidence", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["if_proposed"]["links"] == 3


def test_the_page_says_it_too(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    assert run(["whatif", plan, "--slip", "A1=4m", "-o", str(page)]) == 0
    assert "If the 2 proposed links of confidence 0.8 or more were true" in page.read_text("utf-8")
    capsys.readouterr()
