"""Plans that stay in their file: the same content, and the same sentences on what is wrong."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from graphmodel.errors import FileError, PlanError
from graphmodel.plan import Plan
from graphmodel.planfile import dump_plan, parse_plan, write_plan
from graphmodel.storedplan import StoredPlan, read_large_plan
from tests.oracle.plans import plans

if TYPE_CHECKING:
    from pathlib import Path

SMALL: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "p",
    "calendars": [{"id": "c", "week": {"mon": [["09:00", "17:00"]]}}],
    "items": [
        {"id": "A", "kind": "action", "title": "Agree the £ model"},
        {"id": "A.1", "kind": "milestone", "title": "Consult", "parent": "A", "calendar": "c"},
        {"id": "A.2", "kind": "milestone", "title": "Decide", "parent": "A"},
    ],
    "links": [
        {"id": "l", "from": "A.1", "to": "A.2"},
        {"from": "A.1", "to": "A.2", "type": "FF", "state": "rejected"},
        {"from": "A.1", "to": "A.2", "type": "SS"},
    ],
}


def read(path: Path, document: Any) -> Plan:
    """Write a document and read it as a plan that stays in its file."""
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return read_large_plan(path, many=-1)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(plan=plans())
def test_it_holds_what_the_plan_holds(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(plan, path)
    stored = read_large_plan(path, many=-1)
    assert isinstance(stored, StoredPlan)
    assert tuple(stored.items) == plan.items
    assert tuple(stored.links) == plan.links
    assert tuple(stored.accepted_links) == plan.accepted_links
    assert [stored.accepted_links[n] for n in range(len(plan.accepted_links))] == list(
        plan.accepted_links
    )
    header = {"items": (), "links": ()}
    assert (
        stored.model_copy(update=header).model_dump() == plan.model_copy(update=header).model_dump()
    )
    assert dict(stored.index.items) == plan.index.items
    assert stored.index.position == plan.index.position
    assert stored.index.parents == plan.index.parents
    assert stored.index.children == plan.index.children


def test_single_entries_are_read_by_their_place(tmp_path: Path) -> None:
    stored = read(tmp_path / "plan.json", SMALL)
    plan = parse_plan(json.dumps(SMALL))
    assert stored.items[1] == plan.items[1]
    assert stored.items[-1] == plan.items[-1]
    assert stored.items[1:] == plan.items[1:]
    assert tuple(stored.accepted_links[1:]) == plan.accepted_links[1:]
    assert stored.index.item("A.2").title == "Decide"
    with pytest.raises(IndexError):
        stored.items[3]


def test_a_plan_of_few_items_is_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(SMALL), encoding="utf-8")
    assert type(read_large_plan(path)) is Plan
    assert type(read_large_plan(path, many=3)) is Plan
    assert type(read_large_plan(path, many=2)) is StoredPlan


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_are_held_in_memory(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(SMALL, ensure_ascii=False), encoding=encoding)
    plan = read_large_plan(path, many=-1)
    assert type(plan) is Plan
    assert plan.items[0].title == "Agree the £ model"


def test_another_status_date_leaves_the_rest_in_the_file(tmp_path: Path) -> None:
    stored = read(tmp_path / "plan.json", SMALL)
    changed = stored.model_copy(update={"status_date": parse_plan(json.dumps(SMALL)).start})
    assert isinstance(changed, StoredPlan)
    assert changed.index.items["A"].title == "Agree the £ model"
    assert len(changed.accepted_links) == 2


def test_it_tells_how_much_is_read(tmp_path: Path) -> None:
    stored = read(tmp_path / "plan.json", SMALL)
    assert isinstance(stored, StoredPlan)
    told: list[tuple[int, int]] = []
    with stored.telling(lambda done, steps: told.append((done, steps))):
        assert len(list(stored.items)) == len(list(stored.links)) == 3
    assert told == [(3, 6), (6, 6)]
    list(stored.items)
    assert len(told) == 2


def test_a_file_that_changes_meanwhile_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    stored = read(path, SMALL)
    path.write_text(json.dumps(SMALL) + " ", encoding="utf-8")
    with pytest.raises(FileError, match=r"was changed while it was being read: start again\.$"):
        list(stored.items)
    path.unlink()
    with pytest.raises(FileError, match="cannot be read any more"):
        stored.items[0]


# -- What is wrong with it ----------------------------------------------------------------------

Change = tuple[list[str | int], Any]

FAULTS: dict[str, list[Change]] = {
    "no schema": [(["schema"], None)],
    "another schema": [(["schema"], "knockon/plan@9")],
    "an unknown key": [(["colour"], "red")],
    "an unknown key of an item": [(["items", 1, "colour"], "red")],
    "a kind that is none": [(["items", 2, "kind"], "deed")],
    "a number for a title": [(["items", 2, "title"], 7)],
    "an item without a title": [(["items", 0], {"id": "A", "kind": "action"})],
    "an item without an id": [(["items", 0], {"kind": "action", "title": "x"})],
    "an item that is a number": [(["items", 1], 3)],
    "an item that is null": [(["items", 1], None)],
    "a link without an end": [(["links", 0], {"from": "A.1"})],
    "a lag that is none": [(["links", 2, "lag"], "soon")],
    "items that are no list": [(["items"], {"a": 1}), (["links"], [])],
    "links that are no list": [(["links"], 3)],
    "faults of many kinds": [
        (["links", 0, "type"], "XX"),
        (["items", 1, "status"], "late"),
        (["items", 2, "kind"], "deed"),
        (["start"], "2026-13-01"),
        (["boards"], [{"id": "b"}]),
        (["calendars", 0, "hours_per_day"], 30),
        (["links", 2, "confidence"], 2),
    ],
    "an id twice": [(["items", 2, "id"], "A.1")],
    "a link's id twice": [(["links", 2, "id"], "l")],
    "an unknown parent": [(["items", 1, "parent"], "Z")],
    "an unknown calendar": [(["items", 2, "calendar"], "z"), (["calendar"], "y")],
    "an unknown source": [(["items", 2, "source"], {"source": "z"})],
    "an unknown end": [(["links", 0, "to"], "Z")],
    "a link to itself": [(["links", 0, "to"], "A.1")],
    "a link to its own parent": [(["links", 0, "to"], "A")],
    "a link from its own parent": [(["links", 2, "from"], "A")],
    "parents in a circle": [(["items", 0, "parent"], "A.1")],
    "a gate on nothing": [(["gates"], [{"item": "Z", "board": "z"}])],
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_told_as_of_a_plan_in_memory(tmp_path: Path, name: str) -> None:
    document = deepcopy(SMALL)
    for path, value in FAULTS[name]:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    with pytest.raises(PlanError) as expected:
        parse_plan(json.dumps(document), name="plan.json")
    with pytest.raises(PlanError) as found:
        _read_all(read(tmp_path / "plan.json", document))
    assert str(found.value) == str(expected.value)
    assert found.value.faults == expected.value.faults


def _read_all(plan: Plan) -> None:
    assert len(list(plan.items)) == len(plan.items)
    assert len(list(plan.links)) == len(plan.links)


@pytest.mark.parametrize("text", ['{"items": [', "[1, 2]", '{"id": "p"} more', "[" * 100_000])
def test_what_is_not_json_is_told_in_the_same_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError) as expected:
        parse_plan(text, name="plan.json")
    with pytest.raises(PlanError) as found:
        read_large_plan(path, many=-1)
    assert str(found.value) == str(expected.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="There is no file"):
        read_large_plan(tmp_path / "plan.json")


def test_the_kinds_of_items_are_counted_across_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(dump_plan(parse_plan(json.dumps(SMALL))), encoding="utf-8")
    for size in range(1, 12):
        monkeypatch.setattr("graphmodel.storedplan._PIECE", size)
        assert type(read_large_plan(path, many=2)) is StoredPlan
        assert type(read_large_plan(path, many=3)) is Plan
