"""By what a map's items are sorted and filtered."""

from __future__ import annotations

from datetime import date

from graphmodel.items import Item, Planned
from graphmodel.people import Assignment, Board, Gate, Officer
from graphmodel.plan import Plan
from viz.facets import Facet, find_facets
from viz.itemrows import describe_items


def stone(key: str, parent: str, **given: object) -> Item:
    planned = Planned(finish=date(2026, 9, 30), precision="month")
    return Item.model_validate(
        {
            "id": key,
            "kind": "milestone",
            "title": key,
            "parent": parent,
            "planned": planned,
            **given,
        }
    )


PLAN = Plan(
    id="p",
    items=(
        Item(id="T", kind="theme", title="Homes"),
        Item(id="O", kind="objective", title="Repairs", parent="T"),
        Item(id="A", kind="action", title="Rebase", parent="O", division="Housing", rag="red"),
        stone("A.1", "A", status="complete"),
        stone("A.2", "A"),
        Item(id="B", kind="action", title="Alone", planned=Planned(finish=date(2026, 9, 1))),
    ),
    officers=(Officer(id="z", title="Zoe"), Officer(id="a", title="Abel", directorate="Place")),
    assignments=(
        Assignment(officer="z", item="A"),
        Assignment(officer="a", item="A.2"),
        Assignment(officer="z", item="A.2"),
    ),
    boards=(Board(id="cab", title="Cabinet", oversees=("T",)), Board(id="aud", title="Audit")),
    gates=(
        Gate(item="A.1", board="aud"),
        Gate(item="A.2", board="aud", state="proposed"),
    ),
)


def facets(**given: bool) -> dict[str, Facet]:
    return {one.key: one for one in find_facets(PLAN, describe_items(PLAN, None), **given)}


def told(facet: Facet) -> list[tuple[str, ...]]:
    return [tuple(facet.names[place] for place in places) for places in facet.of]


def test_each_item_has_its_theme_owner_and_directorate() -> None:
    found = facets()
    assert told(found["theme"]) == [("Homes",)] * 5 + [()]
    both = ("Abel", "Zoe")
    assert told(found["owner"]) == [(), (), ("Zoe",), ("Zoe",), both, ()]
    # A.2 is answered for by two, whose directorates are not all known: its division counts.
    housing = ("Housing",)
    assert told(found["directorate"]) == [(), (), housing, housing, housing, ()]


def test_values_stand_in_the_order_of_names_or_of_the_plan() -> None:
    found = facets()
    assert found["owner"].names == ("Abel", "Zoe")
    assert found["owner"].keys == ("a", "z")
    assert found["status"].names == ("Not started", "Complete")


def test_boards_are_those_that_decide_or_oversee_the_nearest_first() -> None:
    cabinet = ("Cabinet",)
    wanted = [cabinet, cabinet, cabinet, ("Audit", "Cabinet"), cabinet, ()]
    found = facets()["board"]
    assert [tuple(sorted(one)) for one in told(found)] == wanted
    assert told(found)[3][0] == "Audit"


def test_what_nobody_has_is_no_facet() -> None:
    assert told(facets()["rag"]) == [(), (), ("Red",), (), (), ()]
    bare = Plan(id="q", items=PLAN.items[5:])
    assert [one.key for one in find_facets(bare, describe_items(bare, None))] == ["status"]


def test_parts_of_themes_are_told_where_they_are_asked_for() -> None:
    assert "part" not in facets()
    repairs = ("O Repairs",)
    assert told(facets(parts=True)["part"]) == [(), repairs, repairs, repairs, repairs, ()]
