"""The recipe from files to a plan: what is read, in any order, and what stops it."""

from __future__ import annotations

import hashlib
import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from graphmodel.errors import FileError, PlanError
from graphmodel.planfile import write_plan
from loaders.formats import find_format
from loaders.load import load

if TYPE_CHECKING:
    from pathlib import Path

PAPER = """Riverton Council

Delivery Plan

Adult Care

Objective\tSI1.1 Better support at home
Division\tAdult Care
Responsible Delivery Lead\tDirector of Adult Care
Senior Accountable Officer\tCorporate Director for People
Lead Portfolio\tHealth

Delivery Actions\tDelivery Due Date\tResponsible Officer
SI1.1.1 Phase 1: prepare Delivery milestones: <ul> • Ask families (May 2026) • Agree the offer (Jun 2026) </ul>\tJune 2026\tHead of Care
SI1.1.2 Phase 2: deliver Delivery milestones: <ul> • Train the staff (Aug 2026) • Open (Jul 2026) </ul>\tAugust 2026\tHead of Care

Output Metrics\tBaseline\tTarget (Mar 2028)
People supported at home\t10 (Jan 2026)\t20
"""  # noqa: E501 - tables of a paper are as wide as they are


def plan_file(folder: Path, name: str = "plan.json", **more: Any) -> Path:
    items = [{"id": one, "kind": "action", "title": f"Work on {one}"} for one in "abcd"]
    path = folder / name
    content = {"schema": "knockon/plan@1", "id": "p", "items": items} | more
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def text_file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_plan_file_alone(tmp_path: Path) -> None:
    loaded = load([plan_file(tmp_path, links=[{"from": "a", "to": "b"}])])
    assert [link.name for link in loaded.plan.links] == ["a → b (FS)"]
    assert loaded.problems == ()
    assert loaded.plan.sources == ()


def test_a_paper_gets_the_links_its_order_speaks_for(tmp_path: Path) -> None:
    path = text_file(tmp_path, "paper.txt", PAPER)
    loaded = load([path])
    found = {(one.from_, one.to): (one.origin, one.state) for one in loaded.plan.links}
    assert found == {
        ("SI1.1.1", "SI1.1.2"): ("phase", "accepted"),
        ("SI1.1.1.1", "SI1.1.1.2"): ("sequence", "proposed"),
        ("SI1.1.2.1", "SI1.1.2.2"): ("sequence", "proposed"),
    }
    clash = [one.to for one in loaded.plan.links if one.model_extra]
    assert clash == ["SI1.1.2.2"]
    (source,) = loaded.plan.sources
    assert source.file == "paper.txt"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_paper_and_a_register(tmp_path: Path) -> None:
    """The register accepts a proposed link, rejects an accepted one, and adds a third."""
    paper = text_file(tmp_path, "paper.txt", PAPER)
    register = text_file(
        tmp_path,
        "links.csv",
        "From;From title;To;Lag;State;Reason",
        "SI1.1.1.1;ask families;SI1.1.1.2;10 working days;;Answers are needed first",
        "SI1.1.1;Phase 1 prepare;SI1.1.2;;rejected;They run side by side",
        "SI1.1.1.2;Agree the offer;SI1.1.2.1;;;The offer says what to train",
    )
    loaded = load([paper, register])
    assert loaded.problems == load([paper]).problems
    links = {(one.from_, one.to): one for one in loaded.plan.links}
    assert links["SI1.1.1.1", "SI1.1.1.2"].state == "accepted"
    assert str(links["SI1.1.1.1", "SI1.1.1.2"].lag) == "10wd"
    assert links["SI1.1.1.1", "SI1.1.1.2"].reason == "Answers are needed first"
    assert links["SI1.1.1", "SI1.1.2"].state == "rejected"
    new = links["SI1.1.1.2", "SI1.1.2.1"]
    assert (new.origin, new.evidence[0].source.source, new.evidence[0].source.line) == (
        *("register", "s2", 4),
    )
    assert [source.file for source in loaded.plan.sources] == ["paper.txt", "links.csv"]
    assert loaded.notes[-2:] == (
        "links.csv: 3 link rows read.",
        "Registers changed the plan: 2 links changed, 1 link new.",
    )


def test_the_order_of_the_files_makes_no_difference(tmp_path: Path) -> None:
    files = [
        plan_file(tmp_path),
        text_file(tmp_path, "one.csv", "from,to,lag", "a,b,1w", "b,c,"),
        text_file(tmp_path, "two.csv", "to\tfrom\tlag", "b\ta\t2w", "d\tc\t"),
    ]
    results = [load(order) for order in itertools.permutations(files)]
    assert all(one == results[0] for one in results)
    assert [link.name for link in results[0].plan.links] == [
        *("a → b (FS + 1 week)", "b → c (FS)", "c → d (FS)")
    ]
    (problem,) = results[0].problems
    assert (problem.code, str(problem.source)) == ("duplicate-link", "two.csv, line 2")


def test_what_load_wrote_is_read_with_the_register_again(tmp_path: Path) -> None:
    register = text_file(tmp_path, "links.csv", "from,to,reason", "a,b,first", "c,d,")
    once = load([plan_file(tmp_path), register])
    write_plan(once.plan, tmp_path / "merged.json")
    again = load([tmp_path / "merged.json", register])
    assert again.plan == once.plan
    assert again.problems == ()
    text_file(tmp_path, "links.csv", "from,to,reason,state", "a,b,changed my mind,rejected")
    changed = load([tmp_path / "merged.json", register]).plan
    assert [(link.state, link.reason) for link in changed.links] == [
        ("rejected", "changed my mind"),
        ("accepted", None),
    ]
    assert len(changed.sources) == 1
    assert changed.sources[0].sha256 != once.plan.sources[0].sha256


def test_a_workbook_as_register(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for line in (["Links we know of"], ["Predecessor", "Successor", "Type"], ["a", "b", "SS"]):
        book.active.append(line)
    book.save(tmp_path / "links.xlsx")
    loaded = load([tmp_path / "links.xlsx", plan_file(tmp_path)])
    (link,) = loaded.plan.links
    assert link.name == "a → b (SS)"
    assert link.evidence[0].source.cell == "Sheet!A3"


def test_problems_of_a_register_have_their_rows(tmp_path: Path) -> None:
    register = text_file(tmp_path, "links.csv", "from,to,type", "a,b,", "b,a,", "b,z,", "c,d,FX")
    loaded = load([plan_file(tmp_path), register])
    assert [(one.code, str(one.source)) for one in loaded.problems] == [
        ("unreadable-cell", "links.csv, line 5"),
        ("unknown-item", "links.csv, line 4"),
        ("cycle", "links.csv, line 3"),
    ]
    assert len(loaded.plan.links) == 1


def test_a_circle_in_a_plan_file_is_a_problem_not_an_end(tmp_path: Path) -> None:
    links = [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}, {"from": "c", "to": "a"}]
    path = plan_file(tmp_path, links=links)
    (problem,) = load([path]).problems
    assert (problem.code, problem.severity, problem.items) == ("cycle", "error", ("a", "b", "c"))
    assert "a → b (FS); b → c (FS); c → a (FS)" in problem.message
    register = text_file(tmp_path, "links.csv", "from,to,state", "c,a,rejected")
    assert load([path, register]).problems == ()


def test_proposed_links_make_no_circle_problem(tmp_path: Path) -> None:
    links = [{"from": "a", "to": "b"}, {"from": "b", "to": "a", "state": "proposed"}]
    assert load([plan_file(tmp_path, links=links)]).problems == ()


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    path = plan_file(tmp_path)
    assert load([path, str(path), tmp_path / "." / "plan.json"]).plan.id == "p"


def test_plans_keep_what_is_their_own(tmp_path: Path) -> None:
    register = text_file(tmp_path, "links.csv", "from,to", "a,b")
    loaded = load([plan_file(tmp_path, x_note={"mine": 1}, title="Mine"), register])
    assert (loaded.plan.title, loaded.plan.model_extra) == ("Mine", {"x_note": {"mine": 1}})
    assert loaded.plan.index.plan is loaded.plan


def make(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("s.json", '{"schema": "knockon/scenario@1"}', r'"\S+s.json" is a scenario, not a plan'),
        ("s.json", '{"schema": "knockon/plan@2", "id": "p"}', r"newer knockon \(knockon/plan@2\)"),
        ("s.json", '{"a": 1}', "is JSON, but no plan file: it names no schema"),
        ("s.json", '{"schema": "other"}', 'its schema is "other" instead of "knockon/plan@1"'),
        ("s.txt", '{"a": 1}', "is JSON, but no plan file"),
        ("s.json", "[1]", "it is JSON, but not an object with a plan in it"),
        ("s.json", "{", "it is not JSON"),
        ("s.json", '{"schema": "knockon/plan@1"}', 'field "id": this key is needed'),
    ],
)
def test_json_that_is_no_plan(tmp_path: Path, name: str, content: str, sentence: str) -> None:
    with pytest.raises(PlanError, match=sentence):
        load([make(tmp_path, name, content)])


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("p.pdf", b"%PDF-1.7 \x00\x01", "is not a readable PDF"),
        ("p.txt", b"", "is empty"),
        ("p.json", b"\n", "is empty"),
        ("p.txt", b"\x00\x01\x02\x03", "is not a text file"),
        ("p.xlsx", b"PK\x03\x04 cut", "is not a readable workbook"),
        ("p.csv", b"item,cost\na,1\n", "no header row with a column of actions or milestones"),
        ("p.csv", b'from,to\na,"b\n', "a quotation mark there is not closed"),
    ],
)
def test_files_that_cannot_be_read(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(FileError, match=sentence):
        load([make(tmp_path, name, content)])


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="There is no file"):
        load([tmp_path / "nothing.json"])
    with pytest.raises(FileError, match="is a folder"):
        load([tmp_path])


def test_registers_without_a_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r'links.csv" holds registers only: give the paper'):
        load([text_file(tmp_path, "links.csv", "from,to", "a,b")])


def test_no_files() -> None:
    with pytest.raises(PlanError, match="No file was given"):
        load([])


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("x.json", "{}", "plan"),
        ("x", '\ufeff {"schema": 1}', "plan"),
        ("x.csv", "a,b", "table"),
        ("x.txt", "Links\n\nfrom\tto\na\tb\n", "table"),
        ("x.md", "| From | To | Lag |\n| a | b | |\n", "table"),
        ("x.txt", "from,to,to\na,b,c\n", "table"),
        ("x.txt", "Notes from the board\nto the council\n", "paper"),
        ("x.md", "# Plan\n\nAll that we do, from here to there.\n", "paper"),
        ("x.txt", "Links\nfrom,to\na,b\n".encode("utf-16"), "table"),
        ("x.txt", "ERMHDR\t19.12\n", "schedule"),
        ("x.mpp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "schedule"),
        ("x.xml", '<?xml version="1.0"?>\n<Project/>', "schedule"),
        ("x.graphml", '<?xml version="1.0"?>\n<graphml/>', "graph"),
        ("x.htm", "<html><body>Plan</body></html>", "paper"),
    ],
)
def test_kinds_of_files(tmp_path: Path, name: str, content: str | bytes, kind: str) -> None:
    assert find_format(make(tmp_path, name, content)) == kind


def test_the_real_paper(csip_paper: Path) -> None:
    """Read by eye: two actions with numbered phases; only vesting day clashes with itself."""
    loaded = load([csip_paper])
    phases = [one for one in loaded.plan.links if one.origin == "phase"]
    assert [(one.from_, one.to, one.type, one.state) for one in phases] == [
        ("SI1.1.1.1", "SI1.1.1.2", "FS", "accepted"),
        ("SI1.1.1.2", "SI1.1.1.3", "FS", "accepted"),
        ("SI6.1.1", "SI6.1.2", "FS", "accepted"),
        ("SI6.1.2", "SI6.1.3", "FS", "accepted"),
        ("SI6.1.3", "SI6.1.4", "FS", "proposed"),
    ]
    assert [one.evidence[0].source.line for one in phases] == [43, 43, 219, 220, 221]
    assert all(one.state == "proposed" for one in loaded.plan.links if one.origin == "sequence")
    assert not [problem for problem in loaded.problems if problem.code == "cycle"]
    options = {(one.from_, one.to): one for one in loaded.plan.links}
    assert options["SI2.1.1.3", "SI2.1.1.4"].model_extra == {"x_clash": True}
