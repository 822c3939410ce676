"""Look-ups in a plan: ids, close ids, the breakdown, and who holds a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from graphmodel.errors import UnknownIdError
from graphmodel.index import close_ids
from graphmodel.plan import Plan
from tests.oracle.plans import PlanShape, plans

if TYPE_CHECKING:
    from graphmodel.people import Role

PLAN = Plan.model_validate(
    {
        "schema": "knockon/plan@1",
        "id": "p",
        "items": [
            {"id": "SI1", "kind": "theme", "title": "Adults"},
            {"id": "SI1.1", "kind": "objective", "title": "Model", "parent": "SI1"},
            {"id": "SI1.1.1", "kind": "action", "title": "Design", "parent": "SI1.1"},
            {"id": "SI1.1.2", "kind": "action", "title": "Consult", "parent": "SI1.1"},
            {"id": "IP2", "kind": "theme", "title": "Digital"},
        ],
        "officers": [
            {"id": "dass", "title": "Director of Adult Social Care", "also": ["DASC", "ceo"]},
            {"id": "ceo", "title": "Chief Executive"},
            {"id": "untitled"},
        ],
        "boards": [{"id": "tcob", "title": "Corporate Oversight Board", "also": ["COB"]}],
        "assignments": [
            {"officer": "ceo", "item": "SI1", "role": "responsible"},
            {"officer": "dass", "item": "SI1.1.2", "role": "responsible"},
            {"officer": "untitled", "item": "SI1.1.2", "role": "responsible"},
            {"officer": "ceo", "item": "SI1.1", "role": "sponsor"},
        ],
    }
)


def test_the_breakdown() -> None:
    index = PLAN.index
    assert index.ancestors("SI1.1.2") == ["SI1.1", "SI1"]
    assert index.ancestors("SI1") == []
    assert index.children["SI1.1"] == ("SI1.1.1", "SI1.1.2")
    assert list(index.leaves("SI1")) == ["SI1.1.1", "SI1.1.2"]
    assert list(index.leaves("IP2")) == ["IP2"]
    assert [item.id for item in PLAN.items if index.is_leaf(item.id)] == [
        "SI1.1.1",
        "SI1.1.2",
        "IP2",
    ]
    assert index.top("SI1.1.1") == "SI1"
    assert index.top("IP2") == "IP2"
    assert index.position["SI1.1.2"] == 3


@pytest.mark.parametrize(
    ("item", "role", "officers"),
    [
        ("SI1.1.2", "responsible", ["dass", "untitled"]),
        ("SI1.1.1", "responsible", ["ceo"]),  # from the theme
        ("SI1.1.2", "sponsor", ["ceo"]),  # from the objective
        ("SI1", "sponsor", []),
        ("IP2", "responsible", []),
    ],
)
def test_roles_are_inherited_from_the_nearest(item: str, role: Role, officers: list[str]) -> None:
    assert [officer.id for officer in PLAN.index.officers_of(item, role)] == officers


def test_ids_and_titles_are_found() -> None:
    assert PLAN.index.item("SI1.1").title == "Model"
    assert PLAN.index.officer("dass") is PLAN.index.officer("director of ADULT social care")
    assert PLAN.index.board("tcob") is PLAN.index.board("corporate oversight board")
    assert PLAN.index.officer("untitled").name == "untitled"


def test_other_spellings_are_found_and_an_id_goes_first() -> None:
    assert PLAN.index.officer("dasc").id == "dass"
    assert PLAN.index.officer("ceo").title == "Chief Executive"
    assert PLAN.index.board("cob").id == "tcob"


def test_an_unknown_id_names_close_ones() -> None:
    with pytest.raises(UnknownIdError) as caught:
        PLAN.index.item("si1.1.3")
    assert set(caught.value.close) == {"SI1.1.1", "SI1.1.2", "SI1.1"}
    assert str(caught.value).startswith('The plan has no item "si1.1.3". Did you mean SI1.')
    assert caught.value.unknown == "si1.1.3"


def test_an_unknown_id_like_no_other() -> None:
    with pytest.raises(UnknownIdError) as caught:
        PLAN.index.item("zzzzzz")
    assert str(caught.value) == 'The plan has no item "zzzzzz".'


def test_unknown_officers_and_boards() -> None:
    with pytest.raises(UnknownIdError, match='no officer "Chief Exec"'):
        PLAN.index.officer("Chief Exec")
    with pytest.raises(UnknownIdError, match="Did you mean tcob"):
        PLAN.index.board("TCOP")


def test_close_ids_ignore_case_and_keep_the_spelling() -> None:
    assert close_ids("si1", ["SI1", "XY9"]) == ["SI1"]
    assert close_ids("SI1", []) == []


@given(plan=plans(PlanShape(max_items=14)))
def test_the_breakdown_of_any_plan(plan: Plan) -> None:
    index = plan.index
    for item in plan.items:
        above = index.ancestors(item.id)
        assert above == (
            [] if item.parent is None else [item.parent, *index.ancestors(item.parent)]
        )
        assert index.top(item.id) == ([item.id, *above])[-1]
        below = [one.id for one in plan.items if item.id in [one.id, *index.ancestors(one.id)]]
        leaves = [one for one in below if not any(other.parent == one for other in plan.items)]
        assert sorted(index.leaves(item.id)) == sorted(leaves)
        assert index.is_leaf(item.id) == (below == [item.id])
