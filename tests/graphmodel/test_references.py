"""Whether a plan holds together: every kind of reference, every kind of repeated id."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.breakdown import find_parent_circle
from graphmodel.errors import PlanError
from graphmodel.plan import Plan
from graphmodel.planfile import parse_plan
from graphmodel.references import find_faults, link_fault

WHOLE: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "p",
    "sources": [{"id": "s"}],
    "calendars": [{"id": "c"}],
    "items": [
        {"id": "A", "kind": "action", "title": "A"},
        {"id": "B", "kind": "milestone", "title": "B", "parent": "A"},
        {"id": "C", "kind": "milestone", "title": "C", "parent": "A"},
    ],
    "links": [{"from": "B", "to": "C"}],
    "officers": [{"id": "o"}],
    "boards": [{"id": "b"}],
}

#: What to add to the plan above, and the sentence it must lead to.
DANGLING: dict[str, tuple[dict[str, Any], str]] = {
    "calendar of the plan": ({"calendar": "x"}, 'The plan names the calendar "x"'),
    "parent of a calendar": (
        {"calendars": [{"id": "c", "parent": "x"}]},
        'Calendar "c" names the calendar "x"',
    ),
    "officer of an assignment": (
        {"assignments": [{"officer": "x", "item": "A"}]},
        'An assignment to "A" names the officer "x"',
    ),
    "item of an assignment": (
        {"assignments": [{"officer": "o", "item": "x"}]},
        'An assignment of "o" names the item "x"',
    ),
    "successor": (
        {"officers": [{"id": "o", "successor": "x"}]},
        'Officer "o" (field "successor") names the officer "x"',
    ),
    "reports to": (
        {"boards": [{"id": "b", "reports_to": "x"}]},
        'Board "b" (field "reports_to") names the board "x"',
    ),
    "oversees": (
        {"boards": [{"id": "b", "oversees": ["A", "x"]}]},
        'Board "b" (field "oversees") names the item "x"',
    ),
    "item of a gate": (
        {"gates": [{"item": "x", "board": "b"}]},
        'A gate of "b" names the item "x"',
    ),
    "board of a gate": (
        {"gates": [{"item": "A", "board": "x"}]},
        'A gate on "A" names the board "x"',
    ),
    "board of a blackout": (
        {"blackouts": [{"start": "2027-03-22", "finish": "2027-05-06", "boards": ["x"]}]},
        'The blackout from 2027-03-22 names the board "x"',
    ),
    "metric": (
        {"metrics": [{"id": "m", "item": "x", "title": "M"}]},
        'Metric "m" names the item "x"',
    ),
    "correction": (
        {"corrections": [{"item": "x", "field": "due"}]},
        'A correction of "due" names the item "x"',
    ),
    "stated total": (
        {"stated": [{"item": "x", "measure": "red", "value": 1}]},
        'The stated total "red" names the item "x"',
    ),
    "impact": (
        {
            "risks": [
                {
                    "id": "r",
                    "probability": 0.5,
                    "impacts": [{"item": "x", "delay": {"distribution": "pert"}}],
                }
            ]
        },
        'Risk "r" names the item "x"',
    ),
    "evidence": (
        {"links": [{"from": "B", "to": "C", "evidence": [{"source": {"source": "x"}}]}]},
        'Evidence of the link B → C (FS) names the source "x"',
    ),
    "end of a relation": (
        {"relations": [{"from": "A", "to": "x", "type": "informs"}]},
        'A relation "informs" names "x" as its "to"',
    ),
}
#: Two entities of each kind that has ids.
TWICE: dict[str, dict[str, Any]] = {
    "sources": {"id": "x"},
    "calendars": {"id": "x"},
    "items": {"id": "x", "kind": "action", "title": "X"},
    "links": {"id": "x", "from": "B", "to": "C"},
    "officers": {"id": "x"},
    "boards": {"id": "x"},
    "gates": {"id": "x", "item": "A", "board": "b"},
    "metrics": {"id": "x", "item": "A", "title": "M"},
    "risks": {"id": "x", "probability": 0.5},
}


def faults_of(**change: Any) -> tuple[str, ...]:
    with pytest.raises(PlanError) as caught:
        parse_plan(json.dumps(WHOLE | change))
    return caught.value.faults


def test_a_plan_that_holds_together() -> None:
    assert find_faults(Plan.model_validate(WHOLE)) == []


@pytest.mark.parametrize(("change", "sentence"), DANGLING.values(), ids=DANGLING)
def test_a_reference_to_nothing(change: dict[str, Any], sentence: str) -> None:
    (fault,) = faults_of(**change)
    assert fault.startswith(sentence)
    assert fault.endswith("which the plan does not hold.")


@pytest.mark.parametrize("group", TWICE)
def test_the_same_id_twice(group: str) -> None:
    entities = [*WHOLE.get(group, []), TWICE[group], TWICE[group]]
    assert faults_of(**{group: entities}) == (f'2 {group} have the id "x": ids must differ.',)


def test_links_and_gates_need_no_id() -> None:
    gates = [{"item": "A", "board": "b"}] * 2
    plan = Plan.model_validate(WHOLE | {"links": WHOLE["links"] * 2, "gates": gates})
    assert find_faults(plan) == []


def test_the_calendar_that_comes_with_knockon_is_known() -> None:
    items = [{**WHOLE["items"][0], "calendar": "england"}, *WHOLE["items"][1:]]
    calendars = [{"id": "c", "parent": "england"}]
    named = {"calendar": "england", "items": items, "calendars": calendars}
    assert find_faults(Plan.model_validate(WHOLE | named)) == []


def test_calendars_that_are_each_others_parents() -> None:
    calendars = [{"id": "c", "parent": "d"}, {"id": "d", "parent": "c"}]
    assert faults_of(calendars=calendars) == (
        "These calendars are each other's parents: c, d; take the parent away from one of them.",
    )


@pytest.mark.parametrize(
    ("start", "finish", "said"),
    [
        ("2027-03-22", "2027-03-20", "ends before it starts: exchange the two dates."),
        ("2027-03-22T09:00", "2027-03-22T09:00", "has no length: give it a later finish."),
    ],
)
def test_a_blackout_covers_some_time(start: str, finish: str, said: str) -> None:
    blackouts = [{"start": start, "finish": finish, "tags": ["works"]}]
    assert faults_of(blackouts=blackouts) == (f"The blackout from {start} to {finish} {said}",)


def test_a_blackout_of_one_day_is_one() -> None:
    day = {"start": "2027-03-22", "finish": "2027-03-22", "tags": ["works"]}
    assert find_faults(Plan.model_validate(WHOLE | {"blackouts": [day]})) == []


def test_all_faults_are_told_in_the_order_of_the_file() -> None:
    faults = faults_of(calendar="x", links=[{"from": "B", "to": "y"}, {"from": "z", "to": "C"}])
    assert len(faults) == 3
    assert ['"x"' in faults[0], '"y"' in faults[1], '"z"' in faults[2]] == [True] * 3


PARENTS: dict[str, str | None] = {"A": None, "B": "A", "C": "B", "D": None}


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("A", "A", 'joins "A" to itself: remove it.'),
        ("C", "A", 'joins "C" to "A", which it is part of: remove it.'),
        ("A", "C", 'joins "A" to "C", which is part of it: remove it.'),
    ],
)
def test_links_that_cannot_be(start: str, end: str, words: str) -> None:
    fault = link_fault(start, end, PARENTS)
    assert fault == f"The link {start} → {end} {words}"


def test_links_that_can_be() -> None:
    assert link_fault("C", "D", PARENTS) is None
    assert link_fault("D", "B", PARENTS) is None


# -- Circles of parents -----------------------------------------------------------------------

NAMES = [f"i{number}" for number in range(8)]
parent_maps = st.fixed_dictionaries({name: st.none() | st.sampled_from(NAMES) for name in NAMES})


@given(parents=parent_maps)
def test_a_circle_is_found_when_going_up_never_ends(parents: dict[str, str | None]) -> None:
    circle = find_parent_circle(parents)
    assert bool(circle) == any(goes_round(name, parents) for name in NAMES)
    for item, above in zip(circle, [*circle[1:], *circle[:1]], strict=True):
        assert parents[item] == above


def goes_round(name: str, parents: dict[str, str | None]) -> bool:
    item: str | None = name
    for _ in NAMES:
        if item is not None:
            item = parents[item]
    return item is not None
