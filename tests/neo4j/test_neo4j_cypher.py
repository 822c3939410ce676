"""Each question of the Cypher library gives what its Python twin gives, on the same plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import StoreError
from graphmodel.graph import PlanGraph
from graphmodel.mapquestions import find_crossings, find_loose_ends
from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from loaders.load import load
from queries.chains import find_chains
from queries.cypher_library import ask, find_question, questions
from queries.dependencies import trace
from queries.owners_holding import find_holdings
from queries.scenario_graph import write_back
from queries.versions import find_differences
from simulations.whatif import what_if
from tests.neo4j.fixtures import wipe

if TYPE_CHECKING:
    from graphmodel.people import Role
    from graphmodel.stores.neo4j_store import Neo4jStore

EXAMPLE = ("examples/wexcombe-csip.txt", "examples/wexcombe-links.csv")


@pytest.fixture
def plan() -> Plan:
    """Give the example plan, with directorates for its officers and one leaf-holding register."""
    loaded = load(EXAMPLE).plan
    officers = tuple(
        one.model_copy(update={"directorate": f"D{number % 4}"})
        for number, one in enumerate(loaded.officers)
    )
    return loaded.model_copy(update={"officers": officers})


def asked(store: Neo4jStore, name: str, plan: Plan, number: int = 1, /, **given: str) -> list[Any]:
    answer = ask(store, find_question(name), plan.id, number, given)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def step_of(one: Any) -> tuple[Any, ...]:
    return (one["from"], one["to"], one["depth"], one["type"], one["state"], one["reason"])


def test_what_waits_and_why_as_trace_tells_it(neo4j_store: Neo4jStore, plan: Plan) -> None:
    neo4j_store.save(plan)
    most = sorted(plan.items, key=lambda item: -len(trace(plan, item.id).upstream))[:4]
    for item in (*most, *plan.items[:: len(plan.items) // 6]):
        told = trace(plan, item.id)
        for name, steps in (("upstream", told.upstream), ("downstream", told.downstream)):
            found = asked(neo4j_store, name, plan, item=item.id)
            expected = [
                (one.from_, one.to, one.depth, one.type, one.state, one.reason) for one in steps
            ]
            assert sorted(map(step_of, found), key=str) == sorted(expected, key=str)
            words = sorted(quote for one in found for quote in one["quotes"])
            assert words == sorted(q.words or "" for one in steps for q in one.evidence)
    near = asked(neo4j_store, "upstream", plan, item=most[0].id, depth="1")
    assert {one["depth"] for one in near} == {1}


def test_proposed_links_are_followed_where_asked_for(neo4j_store: Neo4jStore, plan: Plan) -> None:
    turned = tuple(
        link.model_copy(update={"state": ("accepted", "proposed", "rejected")[number % 3]})
        for number, link in enumerate(plan.links)
    )
    mixed = plan.model_copy(update={"links": turned})
    neo4j_store.save(mixed)
    graph = PlanGraph.of(mixed)
    for item in plan.items[::7]:
        found = asked(neo4j_store, "upstream", mixed, item=item.id, states="accepted,proposed")
        before = graph.upstream(item.id, ("accepted", "proposed"))
        assert {one["from"] for one in found} - {item.id} == set(before) - {item.id}


def test_parts_wait_for_what_holds_their_parent(neo4j_store: Neo4jStore) -> None:
    items = [
        {"id": name, "kind": "activity", "title": name, "parent": name[0] if name[1:] else None}
        for name in ("A", "A1", "B", "B1", "B2")
    ]
    links = [{"from": "A", "to": "B", "reason": "after all of it"}]
    plan = Plan.model_validate(
        {"id": "p", "options": {"parent_links": "leaves"}, "items": items, "links": links}
    )
    neo4j_store.save(plan)
    found = asked(neo4j_store, "upstream", plan, item="B2")
    assert [(one["from"], one["to"], one["holds"]) for one in found] == [
        ("A", "B2", "B"),
        ("A1", "A", None),
    ]


def test_forty_diamonds_in_a_row_are_answered(neo4j_store: Neo4jStore) -> None:
    # 2^40 ways through: only a search that visits each item once comes back.
    items = [
        {"id": f"{n}{side}", "kind": "activity", "title": "x"} for n in range(41) for side in "ab"
    ]
    links = [
        {"from": f"{n}{one}", "to": f"{n + 1}{other}"}
        for n in range(40)
        for one in "ab"
        for other in "ab"
    ]
    plan = Plan.model_validate({"id": "d", "items": items, "links": links})
    neo4j_store.save(plan)
    for name, item in (("upstream", "40a"), ("downstream", "0a")):
        found = asked(neo4j_store, name, plan, item=item)
        assert len(found) == 2 + 39 * 4
        assert max(one["depth"] for one in found) == 40


@pytest.mark.parametrize("role", ["responsible", "delivery_lead", "accountable"])
def test_bottleneck_owners(neo4j_store: Neo4jStore, plan: Plan, role: Role) -> None:
    neo4j_store.save(plan)
    holdings = find_holdings(plan, (role,))
    found = {
        one["officer"]: one for one in asked(neo4j_store, "bottleneck_owners", plan, role=role)
    }
    assert set(found) == set(holdings.officers)
    for officer, one in found.items():
        assert one["open_items"] == len(holdings.items[officer])
        assert one["share"] == pytest.approx(holdings.share(officer))
        assert one["joint"] == holdings.joint(officer)


def test_gates_by_board(neo4j_store: Neo4jStore, plan: Plan) -> None:
    gated = plan.model_copy(update={"gates": tuple(_gates(plan))})
    neo4j_store.save(gated)
    found = asked(neo4j_store, "gates_by_board", gated)
    expected = [(one.board, one.item, one.order) for one in gated.gates if one.state == "accepted"]
    assert expected
    assert sorted((one["board"], one["item"], one["order"]) for one in found) == sorted(expected)
    board = expected[0][0]
    only = asked(neo4j_store, "gates_by_board", gated, board=board)
    assert len(only) == sum(one[0] == board for one in expected)


def _gates(plan: Plan) -> list[Any]:
    from graphmodel.people import Gate  # noqa: PLC0415

    boards = [one.id for one in plan.boards]
    return [
        Gate(item=item.id, board=boards[number % len(boards)], order=1 + number % 2)
        for number, item in enumerate(plan.items[::9])
    ] + [Gate(item=plan.items[1].id, board=boards[0], state="proposed")]


def test_why_loose_ends_and_crossings(neo4j_store: Neo4jStore, plan: Plan) -> None:
    neo4j_store.save(plan)
    for link in plan.links[::5]:
        found = asked(neo4j_store, "why", plan, 1, **{"from": link.from_, "to": link.to})
        assert (link.type, str(link.lag), link.reason) in [
            (one["type"], one["lag"], one["reason"]) for one in found
        ]
    accepted = list(plan.accepted_links)
    loose = [one["item"] for one in asked(neo4j_store, "loose_ends", plan)]
    assert loose == list(find_loose_ends(plan, accepted))
    for by in ("theme", "directorate"):
        crossed = asked(neo4j_store, "crossings", plan, by=by)
        expected = find_crossings(plan, accepted, by)
        assert [(one["out_of"], one["into"], one["from"], one["to"]) for one in crossed] == [
            (one.from_, one.to, one.link.from_, one.link.to) for one in expected
        ]
    assert crossed


def test_chains_through_three_directorates(neo4j_store: Neo4jStore, plan: Plan) -> None:
    neo4j_store.save(plan)
    found = asked(neo4j_store, "chains_across_directorates", plan)
    expected = {
        (*one.directorates, one.first, one.enter, one.leave, one.last) for one in find_chains(plan)
    }
    assert expected
    assert {tuple(one.values()) for one in found} == expected
    assert len(found) == len(expected)


def test_metrics_that_hang_on_an_officer(neo4j_store: Neo4jStore, plan: Plan) -> None:
    neo4j_store.save(plan)
    told = 0
    for officer in plan.officers:
        expected = {metric.id for metric in trace(plan, officer.id).metrics}
        found = asked(neo4j_store, "metrics_on_officer", plan, officer=officer.id)
        assert {one["metric"] for one in found} == expected
        told += len(expected)
    assert told


def test_newly_late_in_a_scenario(neo4j_store: Neo4jStore, plan: Plan) -> None:
    neo4j_store.save(plan)
    item = max(
        plan.items,
        key=lambda one: len(trace(plan, one.id).downstream) * (one.planned.finish is not None),
    )
    scenario = Scenario(name="Slip `it`", changes=(Slip(item=item.id, by=parse_span("9m")),))
    answer = what_if(plan, scenario)
    for _ in range(2):  # written again, nothing is doubled
        write_back(neo4j_store, answer, 1)
    late = {one.id: one for one in answer.items if one.newly_late or one.newly_late_if_work}
    assert late
    found = asked(neo4j_store, "newly_late", plan, scenario="Slip `it`")
    assert {one["item"]: one["knock_on_days"] for one in found} == {
        name: one.knock_on_days for name, one in late.items()
    }
    assert {one["item"]: one["finish"] for one in found} == {
        name: one.finish for name, one in late.items()
    }
    assert len(found) == len(late)
    neo4j_store.save_scenario(plan.id, scenario)  # kept anew: its results are gone
    assert asked(neo4j_store, "newly_late", plan, scenario="Slip `it`") == []


def test_differences_between_versions(neo4j_store: Neo4jStore, plan: Plan) -> None:
    new = _changed(plan)
    neo4j_store.save(plan)
    neo4j_store.save(new)
    told = find_differences(plan, new)
    items = asked(neo4j_store, "version_items", plan, 2, against="1")
    assert {(one["change"], one["item"]) for one in items} == {
        *(("added", one.id) for one in told.added),
        *(("removed", one.id) for one in told.removed),
        *(("moved", one.id) for one in told.moved),
        *(("status", one.id) for one in told.statuses if one.before != one.after),
        *(("rag", one.id) for one in told.statuses if one.rag_before != one.rag_after),
    }
    dates = asked(neo4j_store, "version_dates", plan, 2, against="1")
    assert {(one["item"], one["field"], one["days"]) for one in dates} == {
        (one.id, one.field, one.days) for one in told.dates if one.field != "forecast"
    }
    links = asked(neo4j_store, "version_links", plan, 2, against="1")
    assert {(one["from"], one["to"]) for one in links} == {
        ((one.after or one.before).from_, (one.after or one.before).to)  # type: ignore[union-attr]
        for one in told.links
    }
    assert all((told.added, told.removed, told.statuses, told.dates, told.links))


def _changed(plan: Plan) -> Plan:
    """Add an item, drop one that nothing names, and change a status, a date and some links."""
    named = {one for link in plan.links for one in (link.from_, link.to)}
    named.update(one.item for one in plan.assignments)
    named.update(one.item for one in plan.gates)
    named.update(one.item for one in plan.metrics)
    gone = next(
        one for one in plan.items
        if plan.index.is_leaf(one.id) and one.id not in named
    )  # fmt: skip
    dated = next(one for one in plan.items if one.planned.finish is not None and one != gone)
    later = dated.planned.model_copy(update={"finish": dated.planned.finish.replace(year=2031)})  # type: ignore[union-attr]
    changed = dated.model_copy(update={"planned": later, "status": "in_progress", "rag": "red"})
    extra = gone.model_copy(update={"id": "NEW.1", "title": "Something new"})
    items = tuple(changed if one is dated else one for one in plan.items if one is not gone)
    links = (
        plan.links[0].model_copy(update={"state": "rejected"}),
        plan.links[1].model_copy(update={"type": "SS"}),
        *plan.links[3:],
    )
    return plan.model_copy(update={"items": (*items, extra), "links": links})


def test_a_version_is_asked_as_it_was(neo4j_store: Neo4jStore, plan: Plan) -> None:
    bare = plan.model_copy(update={"links": ()})
    wipe(neo4j_store)
    neo4j_store.save(plan)
    neo4j_store.save(bare)
    link = next(link for link in plan.links if link.state == "accepted")
    assert asked(neo4j_store, "upstream", plan, 1, item=link.to)
    assert link.from_ not in {
        one["from"] for one in asked(neo4j_store, "upstream", plan, 2, item=link.to)
    }


def test_every_question_says_what_it_is(neo4j_store: Neo4jStore) -> None:
    assert len(questions()) >= 13
    for one in questions():
        assert one.about.endswith(".")
        assert one.twin
        used = {
            word.rstrip(",)]}").partition("}")[0]
            for word in one.cypher.replace("(", " ").split()
            if word.startswith("$")
        }
        assert {f"${parameter.name}" for parameter in one.parameters} | {
            "$plan",
            "$version",
        } >= used
        # The server checks each: an unknown property or label is no error, a wrong word is.
        neo4j_store.connection.rows(f"EXPLAIN {one.cypher}")


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("upsteam", {}, "did you mean upstream"),
        ("upstream", {}, "must be told item"),
        ("upstream", {"item": "A", "frm": "B"}, 'no parameter "frm"'),
        ("upstream", {"item": "A", "depth": "two"}, "is no number"),
    ],
)
def test_a_question_that_cannot_be_asked(
    neo4j_store: Neo4jStore, name: str, given: dict[str, str], message: str
) -> None:
    with pytest.raises(StoreError, match=message):
        ask(neo4j_store, find_question(name), "p", 1, given)
