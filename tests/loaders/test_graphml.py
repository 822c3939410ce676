"""GraphML: any plan comes back whole, other programs read the graph, nothing harmful is read."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from graphmodel.errors import FileError, PlanError
from graphmodel.planfile import dump_plan, parse_plan
from loaders.graphml import read_graphml
from loaders.load import load
from loaders.writers.export import export_plan
from loaders.writers.graphml import write_graphml
from tests.knockon.council import council
from tests.laws import examples
from tests.oracle.entities import DOCUMENTS

if TYPE_CHECKING:
    from graphmodel.plan import Plan

SPACE = "{http://graphml.graphdrawing.org/xmlns}"


def make(**content: Any) -> Plan:
    return parse_plan(json.dumps({"schema": "knockon/plan@1", "id": "p", **content}))


def two_items(**more: Any) -> Plan:
    items = [{"id": "A", "kind": "action", "title": "Agree"},
             {"id": "B", "kind": "action", "title": "Build", "parent": None}]  # fmt: skip
    return make(items=items, links=[{"from": "A", "to": "B", "type": "SS", "lag": "2wd"}], **more)


def is_legal(value: Any) -> bool:
    """Return whether XML 1.0 (section 2.2, Char) has all characters of JSON data."""
    if isinstance(value, str):
        return all(
            one in "\t\n\r"
            or " " <= one <= "\ud7ff"
            or "\ue000" <= one <= "\ufffd"
            or one > "\uffff"
            for one in value
        )
    if isinstance(value, dict):
        return all(is_legal(one) for pair in value.items() for one in pair)
    return not isinstance(value, list) or all(map(is_legal, value))


def legal_council() -> Plan:
    """Return the council that has everything, without its one title that XML cannot hold."""
    return parse_plan(dump_plan(council()).replace("\\u001b", ""))


def written(plan: Plan, folder: Path) -> Path:
    path = folder / "plan.graphml"
    assert write_graphml(plan, path) == ()
    return path


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
@given(document=DOCUMENTS)
def test_any_plan_comes_back_or_it_is_told(document: dict[str, Any]) -> None:
    plan = parse_plan(json.dumps(document))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.graphml")
        told = export_plan(plan, path)
        if not plan.items:
            return
        back = read_graphml(path)
    assert (back.plan == plan) == (told == ())
    assert back.problems == ()
    if is_legal(document):
        assert told == ()
        assert dump_plan(back.plan) == dump_plan(plan)


def test_a_council_with_everything_comes_back(tmp_path: Path) -> None:
    plan = legal_council()
    assert read_graphml(written(plan, tmp_path)).plan == plan


def test_the_csip_comes_back(csip_paper: Path, tmp_path: Path) -> None:
    plan = load([csip_paper]).plan
    loaded = read_graphml(written(plan, tmp_path))
    assert loaded.plan == plan
    assert loaded.notes == ("plan.graphml holds 344 items, 187 links and 42 officers.",)


def test_other_programs_read_the_graph(tmp_path: Path) -> None:
    plan = legal_council()
    graph = nx.read_graphml(written(plan, tmp_path), force_multigraph=True)
    kinds = [data["node"] for _, data in graph.nodes(data=True)]
    # Documents hang on no edge; the plan is a node because a relation of this council names it.
    assert kinds == ["item"] * 6 + ["officer"] * 2 + ["board"] * 2 + ["metric", "risk", "plan"]
    links = [
        (start, end, data["type"], data["lag"], data["state"])
        for start, end, data in graph.edges(data=True)
        if data["relation"] == "precedes"
    ]
    assert sorted(links) == sorted(
        (one.from_, one.to, one.type, str(one.lag), one.state) for one in plan.links
    )
    relations = {data["relation"] for _, _, data in graph.edges(data=True)}
    assert {"part_of", "precedes", "assigned_to", "gates", "oversees", "hits"} <= relations


def test_the_file_is_valid_for_programs_that_draw(tmp_path: Path) -> None:
    root = ET.parse(written(two_items(), tmp_path)).getroot()
    assert root.tag == f"{SPACE}graphml"
    edges = root.findall(f".//{SPACE}edge")
    assert len({edge.get("id") for edge in edges}) == len(edges) == 1
    names = {key.get("id"): key.get("attr.name") for key in root.iter(f"{SPACE}key")}
    node = root.find(f".//{SPACE}node")
    assert node is not None
    told = {names[data.get("key")]: data.text for data in node.iter(f"{SPACE}data")}
    assert told == {
        "node": "item", "label": "A Agree", "ref": "A", "kind": "action", "title": "Agree",
        "status": "not_started",
    }  # fmt: skip
    types = {key.get("attr.type") for key in root.iter(f"{SPACE}key")}
    assert types <= {"string", "boolean", "int", "long", "float", "double"}


@pytest.mark.parametrize(
    "title", ["a\r\nb", "a\rb", "\ttab", " blanks ", "<&>\"'", "\u202eabc", "=1"]
)
def test_texts_come_back_to_the_letter(tmp_path: Path, title: str) -> None:
    plan = make(items=[{"id": "A", "kind": "action", "title": title}])
    assert read_graphml(written(plan, tmp_path)).plan == plan


def test_what_xml_cannot_hold_is_replaced_and_told(tmp_path: Path) -> None:
    plan = make(items=[{"id": "A", "kind": "action", "title": "a\x01b", "rag": "\x0c"}])
    path = tmp_path / "p.graphml"
    told = export_plan(plan, path)
    assert told[0].startswith("2 texts have characters that no such file can hold")
    assert told[1:] == (
        "Read otherwise from a GraphML file: the title of 1 item (A).",
        "Read otherwise from a GraphML file: the RAG of 1 item (A).",
    )
    item = read_graphml(path).plan.items[0]
    assert (item.title, item.rag) == ("a\ufffdb", "\ufffd")


def change(path: Path, *pairs: tuple[str, str]) -> Path:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_programs_renamed_and_added_does_no_harm(tmp_path: Path) -> None:
    """As yEd saves it: nodes n0, n1; positions; a node and an edge that somebody drew."""
    path = written(two_items(), tmp_path)
    change(
        path,
        ('<node id="A">', '<node id="n0"><data key="d99">12.5</data>'),
        ('<node id="B">', '<node id="n1">'),
        ('source="A" target="B" id="e0"', 'source="n0" target="n1" id="edge7"'),
        ("<graph ", '<key id="d99" for="node" attr.name="x" attr.type="double"/><graph '),
        ("</graph>", '<node id="n2"/><edge source="n2" target="n0"/></graph>'),
    )
    loaded = read_graphml(path)
    assert loaded.plan == two_items()
    assert [(one.code, one.severity, one.message) for one in loaded.problems] == [
        ("not-placed", "warning", "1 node is not of the plan, and is not used (n2)."),
        ("not-placed", "warning", "1 edge says no relation, and is not used (n2 → A)."),
        ("unused-attribute", "info", "Nothing is read from the attributes x."),
    ]


def test_edges_that_lead_from_nothing_are_told(tmp_path: Path) -> None:
    path = written(two_items(), tmp_path)
    relation = '<data key="r">{}</data></edge>'
    edges = "".join(
        f'<edge source="n{n}" target="A">{relation.format(name)}'
        for n, name in enumerate(["part_of", "hits", "oversees", "part_of", "part_of", "part_of"])
    )
    key = '<key id="r" for="edge" attr.name="relation" attr.type="string"/>'
    loaded = read_graphml(
        change(path, ("</graph>", f"{edges}</graph>"), ("<graph ", f"{key}<graph "))
    )
    assert loaded.plan == two_items()
    assert [one.message for one in loaded.problems] == [
        "6 nodes are not of the plan, and are not used (n0, n1, n2, n3, n4 and more).",
        (
            "6 edges say no relation, and are not used (n0 → A, n1 → A, n2 → A, n3 → A, n4 → A "
            "and more)."
        ),
    ]


def test_a_graph_without_graph_data_takes_its_name(tmp_path: Path) -> None:
    path = written(two_items(), tmp_path)
    root = ET.parse(path)
    for graph in root.getroot().iter(f"{SPACE}graph"):
        for data in graph.findall(f"{SPACE}data"):
            graph.remove(data)
    root.write(tmp_path / "saved.graphml")
    assert read_graphml(tmp_path / "saved.graphml").plan.id == "saved"


DOCTYPE = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">
<node id="&b;"/></graph></graphml>"""

EMPTY = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    '<graph edgedefault="{}">{}</graph></graphml>'
)
NODE = '<node id="A"><data key="d0">item</data></node>'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (DOCTYPE, "declares a document type"),
        (DOCTYPE.replace("[<!ENTITY a", '[<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY c'),
         "declares a document type"),
        ("<graphml><graph", "is no readable GraphML"),
        ("not xml", "is no readable GraphML"),
        ("<html></html>", "is no readable GraphML"),
        (EMPTY.format("directed", NODE), "is no readable GraphML"),
        (EMPTY.format("undirected", '<node id="A"/>'), "without directions"),
    ],
)  # fmt: skip
def test_files_that_are_not_read(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "bad.graphml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=sentence):
        read_graphml(path)


def test_a_graph_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "cities.graphml"
    path.write_text(EMPTY.format("directed", '<node id="A"/>'), encoding="utf-8")
    with pytest.raises(PlanError, match="no node says what it is"):
        read_graphml(path)


def test_a_plan_that_breaks_the_rules(tmp_path: Path) -> None:
    path = change(written(two_items(), tmp_path), ('target="B"', 'target="A"'))
    with pytest.raises(PlanError, match="to itself"):
        read_graphml(path)


def test_attributes_that_contradict_each_other(tmp_path: Path) -> None:
    plan = make(items=[{"id": "A", "kind": "action", "title": "Agree", "planned": {"text": "May"}}])
    path = change(written(plan, tmp_path), ('attr.name="planned.text"', 'attr.name="kind.of"'))
    with pytest.raises(PlanError, match="given twice"):
        read_graphml(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="There is no file"):
        read_graphml(tmp_path / "none.graphml")
