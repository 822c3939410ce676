"""The plan file: nothing is lost, null is the default, and every fault is one clear sentence."""

from __future__ import annotations

import json
from functools import reduce
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel.entity import Entity
from graphmodel.errors import FileError, PlanError, ScenarioError, SpanError
from graphmodel.plan import Plan
from graphmodel.planfile import (
    dump_plan,
    dump_scenario,
    parse_plan,
    parse_scenario,
    plan_schema,
    read_plan,
    write_plan,
)
from graphmodel.scenario import Scenario
from graphmodel.spans import parse_span
from tests.laws import examples
from tests.oracle.entities import DOCUMENTS
from tests.oracle.keys import without_nulls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "p",
    "items": [
        {"id": "A", "kind": "action", "title": "Agree the model"},
        {"id": "A.1", "kind": "milestone", "title": "Consult", "parent": "A"},
        {"id": "A.2", "kind": "milestone", "title": "Decide", "parent": "A"},
    ],
    "links": [{"from": "A.1", "to": "A.2"}],
}

often = settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow])


# -- Round trips ------------------------------------------------------------------------------


@often
@given(document=DOCUMENTS)
def test_nothing_is_lost(document: dict[str, Any]) -> None:
    plan = parse_plan(json.dumps(document))
    text = dump_plan(plan)
    again = parse_plan(text)
    assert again == plan
    assert dump_plan(again) == text


@often
@given(document=DOCUMENTS)
def test_null_is_as_good_as_absent(document: dict[str, Any]) -> None:
    plan = parse_plan(json.dumps(document))
    assert parse_plan(json.dumps(without_nulls(document))) == plan


#: The defaults of DESIGN section 4; a list or object that is empty is one too.
DEFAULTS: dict[str, tuple[Any, ...]] = {
    "type": ("task", "FS"), "external": (False,), "status": ("not_started",), "hard": (False,),
    "precision": ("none",), "lag": ("0d",), "origin": ("stated", "register"),
    "state": ("accepted",), "confidence": (1,), "side": ("both",), "kind": ("office", "decision"),
    "order": (1,), "decision": ("approve",), "title": ("",), "role": ("responsible",),
    "mode": ("parallel",), "hours_per_day": (8,), "hours_per_week": (40,), "own": (False,),
    "owner_correlation": (0,), "theme_correlation": (0,), "scheduling_mode": ("plan",),
    "roles": (["responsible"],),
}  # fmt: skip


@often
@given(document=DOCUMENTS)
def test_what_is_written_is_what_was_read(document: dict[str, Any]) -> None:
    """Whatever the models do between: the file says the same, but for defaults left out."""
    compare(without_nulls(document), json.loads(dump_plan(parse_plan(json.dumps(document)))))


def compare(given: Any, written: Any) -> None:
    if isinstance(given, dict):
        assert written.keys() <= given.keys()
        for key, one in given.items():
            if key in written:
                compare(one, written[key])
            else:
                assert is_default(key, one), key
    elif isinstance(given, list):
        for one, other in zip(given, written, strict=True):
            compare(one, other)
    else:
        assert same(given, written)


def same(given: Any, written: Any) -> bool:
    """Spans are written in their shortest form: ``1.50d`` as ``1.5d``."""
    if given == written:
        return True
    try:
        return parse_span(given) == parse_span(written)
    except SpanError:
        return False


def is_default(key: str, value: Any) -> bool:
    if isinstance(value, dict):
        return all(is_default(inner, one) for inner, one in value.items())
    return value == [] or any(same(value, default) for default in DEFAULTS.get(key, ()))


@often
@given(document=DOCUMENTS)
def test_keys_of_your_own_pass_through(document: dict[str, Any]) -> None:
    written = json.loads(dump_plan(parse_plan(json.dumps(document))))
    assert own_keys(written) == own_keys(document)


def own_keys(value: Any) -> list[tuple[str, str]]:
    """Return the x_ keys of entities with their values; deeper keys are the values' affair."""
    if isinstance(value, list):
        return [pair for one in value for pair in own_keys(one)]
    if not isinstance(value, dict):
        return []
    own = [(key, json.dumps(one)) for key, one in value.items() if key.startswith("x_")]
    rest = [own_keys(one) for key, one in sorted(value.items()) if not key.startswith("x_")]
    return reduce(list.__add__, rest, sorted(own))


def entity_classes(root: type[Entity] = Entity) -> Iterator[type[Entity]]:
    for one in root.__subclasses__():
        yield one
        yield from entity_classes(one)


#: Values that pass for what an entity requires.
REQUIRED: dict[str, Any] = {
    "id": "a", "kind": "action", "title": "Title", "from": "a", "to": "b", "officer": "a",
    "item": "a", "board": "a", "gate": "a", "by": "1d", "after": "1d", "gap": "1d", "source": "a",
    "date": "2026-01-01", "start": "2026-01-01", "finish": "2026-01-02", "a": "a", "b": "b",
    "rho": 0.5, "probability": 0.5, "value": 1, "measure": "red", "field": "due", "type": "note",
    "distribution": "pert", "op": "slip", "name": "month", "rating": "red",
}  # fmt: skip
BAND = {"from": 0, "items": 1, "later": 0}
REFERENCE_CLASS = {"id": "a", "title": "A", "basis": "dates", "bands": [BAND]}
SPECIAL: dict[str, dict[str, Any]] = {
    "CalendarException": {"from": "2026-01-01", "to": "2026-01-02"},
    "Constraint": {"type": "SNET"},
    "Evidence": {"source": {"source": "a"}},
    "Impact": {"item": "a", "delay": {"distribution": "pert"}},
    "SlipGroup": {"by": "1d", "officer": "a"},
    "SetDates": {"item": "a", "start": "2026-01-01"},
    "Away": {"officer": "a", "from": "2026-01-01", "to": "2026-01-02"},
    "MoveMeeting": {"board": "a", "date": "2026-01-01", "to": "2026-01-02"},
    # Of reference classes, whose files follow the same rules.
    "Sizes": {"count": 1, "values": [1]},
    "Band": BAND,
    "Group": {"items": 1, "later": 0},
    "ReferenceClass": REFERENCE_CLASS,
    "ReferenceFile": {"classes": [REFERENCE_CLASS]},
}
PUBLIC = sorted(
    (one for one in entity_classes() if not one.__name__.startswith("_")),
    key=lambda one: one.__name__,
)


@pytest.mark.parametrize("entity", PUBLIC, ids=lambda one: one.__name__)
def test_null_in_every_optional_key_is_the_default(entity: type[Entity]) -> None:
    keys = {one.alias or name: one for name, one in entity.model_fields.items()}
    needed = SPECIAL.get(entity.__name__) or {
        key: REQUIRED[key] for key, one in keys.items() if one.is_required()
    }
    nulls: dict[str, Any] = {key: None for key in keys if key not in needed}
    least = entity.model_validate_json(json.dumps(needed))
    full = entity.model_validate_json(json.dumps(nulls | needed))
    assert full == least


def test_scenarios_round_trip() -> None:
    text = json.dumps(
        {
            "schema": "knockon/scenario@1",
            "name": "Two slips — “late”",
            "changes": [
                {"op": "slip", "item": "a", "by": "2m", "x_who": {"initials": ["ÅB"]}},
                {"op": "set", "item": "b", "finish": "2027-01-31"},
                {"op": "slip_group", "officer": "o", "by": "10d", "roles": ["sponsor"]},
            ],
        }
    )
    scenario = parse_scenario(text)
    assert parse_scenario(dump_scenario(scenario)) == scenario
    assert json.loads(dump_scenario(scenario)) == json.loads(text)


def test_defaults_are_left_out() -> None:
    assert json.loads(dump_plan(parse_plan(json.dumps(SMALL)))) == SMALL


def test_files_round_trip(tmp_path: Path) -> None:
    plan = parse_plan(json.dumps(SMALL | {"title": "Żółty “plan” 計画"}, ensure_ascii=True))
    path = tmp_path / "plan.json"
    write_plan(plan, path)
    assert "Żółty “plan” 計画" in path.read_bytes().decode("utf-8")
    assert read_plan(path) == plan


def test_a_plan_is_only_written_to_json(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with pytest.raises(FileError, match=r"plan\.xlsx.* is not a plan file"):
        write_plan(parse_plan(json.dumps(SMALL)), path)
    assert not path.exists()


# -- What is wrong with a file ----------------------------------------------------------------


def broken(**change: Any) -> str:
    return json.dumps(SMALL | change)


def with_item(**change: Any) -> str:
    first, *rest = SMALL["items"]
    return broken(items=[first | change, *rest])


def with_link(**change: Any) -> str:
    return broken(links=[SMALL["links"][0] | change])


FAULTS: dict[str, tuple[str, str]] = {
    "not JSON": ("{", "it is not JSON"),
    "a list": ("[]", "it is JSON, but not an object with a plan in it."),
    "no schema": (json.dumps({"id": "p"}), 'field "schema": this key is needed.'),
    "another schema": (broken(schema="knockon/plan@9"), 'field "schema": input should be'),
    "no id": (json.dumps({"schema": "knockon/plan@1"}), 'field "id": this key is needed.'),
    "unknown key": (broken(foo=1), 'the key "foo" is unknown (keys of your own start with x_).'),
    "unknown key of an item": (with_item(owner="me"), 'item "A": the key "owner" is unknown'),
    "unknown key deeper": (
        with_item(planned={"end": "2026-01-01"}),
        'item "A", field "planned": the key "end" is unknown',
    ),
    "text for a list": (broken(items="A"), 'field "items": this must be a list.'),
    "text for an object": (with_item(planned="May"), 'item "A", field "planned": this must be an'),
    "number for text": (with_item(title=7), 'item "A", field "title": this must be text.'),
    "text for a number": (
        with_item(percent="7"),
        'item "A", field "percent": this must be a number',
    ),
    "text for true": (
        with_item(external="yes"),
        'item "A", field "external": this must be true or',
    ),
    "percent": (with_item(percent=101), 'item "A", field "percent": input should be less than or'),
    "kind": (with_item(kind="epic"), "item \"A\", field \"kind\": input should be 'plan', 'theme'"),
    "missing title": (
        broken(items=[{"id": "A", "kind": "action"}]),
        'item "A", field "title": this key is needed.',
    ),
    "missing id": (
        broken(items=[{"kind": "action", "title": "T"}], links=[]),
        'item number 1, field "id": this key is needed.',
    ),
    "id with a blank": (with_item(id=" A"), 'item " A", field "id": an id is 1 to 200 printable'),
    "date": (with_item(due="31/12/2026"), 'item "A", field "due": "31/12/2026" is not a date'),
    "no such day": (
        with_item(due="2026-02-30"),
        'item "A", field "due": "2026-02-30" is not a day',
    ),
    "year": (with_item(due="1899-12-31"), "1899-12-31 lies outside the years 1900 to 2200"),
    "date deeper": (
        with_item(planned={"finish": "soon"}),
        'item "A", field "planned.finish": "soon" is not a date',
    ),
    "span": (with_link(lag="2 moons"), 'link A.1 → A.2, field "lag": "2 moons" is not a span'),
    "span too long": (with_item(duration="4000m"), 'field "duration": "4000m" is longer than 300'),
    "link type": (
        with_link(type="XY"),
        "link A.1 → A.2, field \"type\": input should be 'FS', 'SS'",
    ),
    "link to nowhere": (with_link(to="A.9"), 'The link A.1 → A.9 (FS) names the item "A.9", which'),
    "link to itself": (with_link(to="A.1"), 'The link A.1 → A.1 joins "A.1" to itself'),
    "link to what it is part of": (with_link(to="A"), 'joins "A.1" to "A", which it is part of'),
    "parent": (with_item(parent="Z"), 'Item "A" (field "parent") names the item "Z", which'),
    "parents in a circle": (with_item(parent="A.2"), "each other's parents: A, A.2"),
    "same id twice": (
        broken(items=[SMALL["items"][0], SMALL["items"][0]], links=[]),
        '2 items have the id "A": ids must differ.',
    ),
    "gate of no board": (
        broken(gates=[{"item": "A", "board": "B"}]),
        'A gate on "A" names the board "B", which the plan does not hold.',
    ),
    "assignment of nobody": (
        broken(assignments=[{"officer": "O", "item": "A"}]),
        'An assignment to "A" names the officer "O", which the plan does not hold.',
    ),
    "calendar": (broken(calendar="c"), 'The plan names the calendar "c", which the plan does not'),
    "probability": (
        broken(risks=[{"id": "R", "probability": 2}]),
        'risk "R", field "probability": input should be less than or equal to 1.',
    ),
}


@pytest.mark.parametrize(("text", "sentence"), FAULTS.values(), ids=FAULTS)
def test_faults_name_the_entity_and_the_field(text: str, sentence: str) -> None:
    with pytest.raises(PlanError) as caught:
        parse_plan(text, name="plan.json")
    message = str(caught.value)
    assert message.startswith("plan.json cannot be used: ")
    assert sentence in message
    assert "\n" not in message
    assert "validation error" not in message
    assert any(sentence in fault for fault in caught.value.faults)


def test_all_faults_are_told_and_the_message_stays_short() -> None:
    items = [{"id": f"i{n}", "kind": "action", "title": n} for n in range(8)]
    with pytest.raises(PlanError) as caught:
        parse_plan(broken(items=items, links=[]))
    assert len(caught.value.faults) == 8
    assert str(caught.value).endswith("(and 3 more)")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"op": "slip", "item": "a"}, 'by": this key is needed'),
        ({"op": "slip", "item": "a", "by": "soon"}, '"soon" is not a span'),
        ({"op": "jump", "item": "a"}, "jump"),
        ({"op": "slip_group", "by": "1d"}, "exactly one of officer, board, division, tag, parent"),
        ({"op": "set", "item": "a"}, "set names a start, a finish or a duration"),
        ({"op": "slip", "item": "a", "by": "1d", "why": "x"}, 'the key "why" is unknown'),
    ],
)
def test_faults_of_a_scenario(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(json.dumps({"schema": "knockon/scenario@1", "changes": [change]}))
    assert sentence in str(caught.value)


# -- The JSON Schema --------------------------------------------------------------------------


def test_schema_names_every_key_and_requires_the_least() -> None:
    schema = plan_schema()
    assert schema["required"] == ["schema", "id"]
    assert set(schema["properties"]) == {
        one.alias or name for name, one in Plan.model_fields.items()
    }
    assert schema["additionalProperties"] is False
    assert "x_" in next(iter(schema["patternProperties"]))
    item = schema["$defs"]["Item"]
    assert sorted(item["required"]) == ["id", "kind", "title"]
    assert {"type": "null"} in item["properties"]["due"]["anyOf"]
    assert sorted(schema["$defs"]["Link"]["required"]) == ["from", "to"]


@given(extra=st.sampled_from(["x_", "x_note", "x_ü"]))
def test_own_keys_need_the_prefix(extra: str) -> None:
    plan = parse_plan(broken(**{extra: [1, {"deep": None}]}))
    assert json.loads(dump_plan(plan))[extra] == [1, {"deep": None}]


@pytest.mark.parametrize(
    "text",
    [
        dump_plan(
            Plan.model_validate({"id": "p", "x_mine": {"é😀": [1.5, None, {}, [], "\x00\u2028"]}})
        ),
        dump_scenario(Scenario()),
        dump_scenario(Scenario(name="“Slip”")),
    ],
)
def test_a_file_is_laid_out_as_json_of_the_standard_library(text: str) -> None:
    content = json.loads(text)
    assert next(iter(content)) == "schema"
    assert text == json.dumps(content, ensure_ascii=False, indent=1) + "\n"
