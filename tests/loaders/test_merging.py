"""What the rows of a register do to a plan's links, and the problems they meet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.items import Item, Source
from graphmodel.links import LINK_TYPES, Decision, Evidence, Link
from graphmodel.plan import Plan
from graphmodel.problems import Place
from graphmodel.references import link_fault
from graphmodel.spans import parse_span
from loaders.link_entries import Entry
from loaders.merging import merge_links

if TYPE_CHECKING:
    from graphmodel.problems import Problem

_TITLES = {
    "A": "Adult care",
    "A1": "Choose a partner for the new model",
    "A2": "Consult the staff on new roles",
    "A3": "Open the integrated teams",
    "B": "Buildings",
    "B1": "Close the first office in the north",
}


def make_plan(*links: dict[str, Any]) -> Plan:
    items = tuple(
        Item(id=name, kind="action", title=title, parent=name[0] if len(name) > 1 else None)
        for name, title in _TITLES.items()
    )
    return Plan(id="p", items=items, links=tuple(map(Link.model_validate, links)))


def row(tail: str, head: str, line: int = 2, **more: Any) -> Entry:
    return Entry(Place("links.csv", line), tail, head, **more)


def merge(plan: Plan, *rows: Entry) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    return merge_links(plan, [("s2", rows)])


def refuse(plan: Plan, *rows: Entry) -> Problem:
    """Return the one problem of these rows; the last of them changes nothing."""
    before, none = merge(plan, *rows[:-1])
    after, (problem,) = merge(plan, *rows)
    assert none == ()
    assert after == before
    assert problem.source == rows[-1].place
    return problem


def test_a_row_about_a_new_link_adds_it() -> None:
    new = row("A1", "B1", 7, type="SS", lag=parse_span("2w"), reason="Same people", by="Planner")
    links, problems = merge(make_plan({"from": "A1", "to": "A2"}), new)
    assert problems == ()
    assert links[1] == Link(
        from_="A1",
        to="B1",
        type="SS",
        lag=parse_span("2w"),
        origin="register",
        reason="Same people",
        evidence=(Evidence(source=Source(source="s2", line=7)),),
        decided=Decision(by="Planner"),
    )
    assert (links[1].state, links[1].confidence) == ("accepted", 1.0)


def test_the_decision_of_a_row_wins_over_a_proposed_link() -> None:
    proposed = {
        "from": "A1",
        "to": "A2",
        "origin": "sequence",
        "state": "proposed",
        "confidence": 0.5,
        "reason": "One is listed after the other, and the planned dates agree.",
        "rule": "sequence",
        "evidence": [],
    }
    decided = row(
        "A1", "A2", lag=parse_span("45d"), by="Planner", at=date(2026, 5, 1), why="Talked"
    )
    (link,), problems = merge(make_plan(proposed), decided)
    assert problems == ()
    assert (link.state, link.confidence, link.lag) == ("accepted", 1.0, parse_span("45d"))
    assert link.decided == Decision(by="Planner", at=date(2026, 5, 1), why="Talked")
    assert (link.origin, link.rule) == ("sequence", "sequence")
    assert link.reason == proposed["reason"], "what a row leaves blank stays"


@pytest.mark.parametrize(
    ("state", "given_confidence", "confidence"),
    [
        ("accepted", None, 1.0),
        ("accepted", 0.7, 0.7),
        ("proposed", None, 0.3),
        ("proposed", 0.9, 0.9),
        ("rejected", None, 0.3),
    ],
)
def test_confidence_of_a_link_decided_on(
    state: str, given_confidence: float | None, confidence: float
) -> None:
    plan = make_plan({"from": "A1", "to": "A2", "state": "proposed", "confidence": 0.3})
    (link,), _ = merge(plan, row("A1", "A2", state=state, confidence=given_confidence))
    assert (link.state, link.confidence) == (state, confidence)


def test_a_new_proposal_is_as_likely_as_not_unless_told() -> None:
    links, _ = merge(make_plan(), row("A1", "A2", state="proposed"))
    assert links[0].confidence == 0.5


def test_another_type_is_another_link() -> None:
    plan = make_plan({"from": "A1", "to": "A2", "type": "FF", "state": "proposed"})
    links, problems = merge(plan, row("A1", "A2"))
    assert problems == ()
    assert [(link.type, link.state) for link in links] == [("FF", "proposed"), ("FS", "accepted")]


def test_merging_twice_changes_nothing_more() -> None:
    plan = make_plan({"from": "A1", "to": "A2", "state": "proposed"})
    rows = [row("A1", "A2", 2, lag=parse_span("1w")), row("A2", "B1", 3, reason="x", id="L1")]
    once, _ = merge(plan, *rows)
    sources = ({"id": "s2"},)
    again = Plan(id="p", items=plan.items, links=once, sources=sources)  # type: ignore[arg-type]
    twice, problems = merge(again, *rows)
    assert problems == ()
    assert twice == once


def test_an_unknown_id_names_close_ones() -> None:
    problem = refuse(make_plan(), row("A9", "B1"))
    assert (problem.code, problem.severity) == ("unknown-item", "error")
    assert problem.message.startswith('The plan has no item "A9" (close ids: A')
    assert problem.message.endswith("; the row is not used.")


def test_an_unknown_id_with_a_known_title_names_its_owner() -> None:
    problem = refuse(make_plan(), row("A1", "X", head_title="Open the integrated teams"))
    assert problem.message == (
        'The plan has no item "X" (that is the title of A3); the row is not used.'
    )


def test_a_title_that_does_not_fit_is_not_a_guess() -> None:
    problem = refuse(make_plan(), row("A1", "A2", tail_title="Consult the staff on new roles"))
    assert (problem.code, problem.items) == ("title-does-not-fit", ("A1",))
    assert problem.message == (
        'The title "Consult the staff on new roles" does not fit A1, which is "Choose a partner '
        'for the new model" (that is the title of A2); the row is not used.'
    )


def test_a_title_that_fits_nearly_is_fine() -> None:
    links, problems = merge(
        make_plan(), row("A1", "A2", tail_title="CHOOSE A PARTNER for the", head_title="A2")
    )
    assert [problem.items for problem in problems] == [("A2",)]
    assert links == ()
    links, problems = merge(make_plan(), row("A1", "A2", tail_title="CHOOSE A PARTNER for the"))
    assert len(links) == 1


@pytest.mark.parametrize(
    ("tail", "head", "code", "words"),
    [
        ("A1", "A1", "self-link", "to itself"),
        ("A1", "A", "ancestor-link", "which it is part of"),
        ("A", "A1", "ancestor-link", "which is part of it"),
    ],
)
def test_links_the_breakdown_forbids(tail: str, head: str, code: str, words: str) -> None:
    problem = refuse(make_plan(), row(tail, head))
    assert problem.code == code
    assert words in problem.message
    assert set(problem.items) == {tail, head}


def test_a_repeated_row() -> None:
    problem = refuse(make_plan(), row("A1", "A2", 2), row("A1", "A2", 9))
    assert (problem.code, problem.severity) == ("duplicate-link", "warning")
    assert problem.message == (
        "The link A1 → A2 (FS) is listed already (links.csv, line 2); the row is not used."
    )


def test_a_row_that_contradicts_an_earlier_one() -> None:
    problem = refuse(make_plan(), row("A1", "A2", 2), row("A1", "A2", 9, state="rejected"))
    assert (problem.code, problem.severity) == ("duplicate-link", "error")
    assert "is listed already, and otherwise (links.csv, line 2)" in problem.message


def test_an_id_is_one_link_s() -> None:
    problem = refuse(make_plan(), row("A1", "A2", 2, id="L1"), row("A1", "B1", 3, id="L1"))
    assert problem.code == "duplicate-id"
    assert problem.message.startswith('The id "L1" belongs to the link A1 → A2 (FS)')


def test_a_row_that_closes_a_circle() -> None:
    plan = make_plan({"from": "A1", "to": "A2"})
    problem = refuse(plan, row("A2", "B1", 2), row("B1", "A1", 3, type="FF"))
    assert (problem.code, problem.severity) == ("cycle", "error")
    assert problem.items == ("A1", "A2", "B1")
    assert problem.message == (
        "The link B1 → A1 (FF) would close a circle: A1 → A2 (FS); A2 → B1 (FS); B1 → A1 (FF); "
        "the row is not used."
    )


def test_a_circle_through_the_breakdown() -> None:
    """A link between parents holds every leaf (5.3.4), so B1 cannot come before A1 as well."""
    problem = refuse(make_plan(), row("A", "B"), row("B1", "A1"))
    assert problem.items == ("A", "B", "B1", "A1")
    assert "A1 is part of A" in problem.message


def test_proposed_and_rejected_rows_close_no_circle() -> None:
    plan = make_plan({"from": "A1", "to": "A2"})
    rows = [row("A2", "A1", state="proposed"), row("A2", "A1", 3, type="SS", state="rejected")]
    links, problems = merge(plan, *rows)
    assert problems == ()
    assert len(links) == 3


def test_a_rejected_link_no_longer_counts_wherever_its_row_stands() -> None:
    plan = make_plan({"from": "A1", "to": "A2", "origin": "phase"})
    rows = [row("A2", "A1", 2), row("A1", "A2", 3, state="rejected")]
    links, problems = merge(plan, *rows)
    assert problems == ()
    assert [(link.from_, link.state) for link in links] == [("A1", "rejected"), ("A2", "accepted")]


def test_a_plan_in_a_circle_can_still_be_put_right_by_a_register() -> None:
    plan = make_plan({"from": "A1", "to": "A2"}, {"from": "A2", "to": "A1"})
    links, problems = merge(plan, row("A2", "A1", state="rejected"), row("A2", "A3", 3))
    assert problems == ()
    assert [link.state for link in links] == ["accepted", "rejected", "accepted"]


def test_the_first_register_counts() -> None:
    first = (Entry(Place("a.csv", 2), "A1", "A2"),)
    second = (Entry(Place("b.csv", 2), "A1", "A2", state="rejected"),)
    (link,), (problem,) = merge_links(make_plan(), [("s1", first), ("s2", second)])
    assert link.state == "accepted"
    assert str(problem.source) == "b.csv, line 2"
    assert "(a.csv, line 2)" in problem.message


@given(
    st.lists(
        st.tuples(st.sampled_from(list(_TITLES)), st.sampled_from(list(_TITLES))), max_size=30
    ),
    st.lists(st.sampled_from(LINK_TYPES), min_size=30, max_size=30),
)
def test_what_is_accepted_never_runs_in_a_circle(
    pairs: list[tuple[str, str]], kinds: list[str]
) -> None:
    """Each row is used, or is a problem; networkx finds no circle in those used."""
    rows = [
        row(tail, head, line, type=kind)
        for line, ((tail, head), kind) in enumerate(zip(pairs, kinds, strict=False), start=2)
    ]
    links, problems = merge(make_plan(), *rows)
    assert len(links) + len(problems) == len(rows)
    parents = {name: name[0] if len(name) > 1 else None for name in _TITLES}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((link.from_, link.to) for link in links)
    graph.add_edges_from((item, parent) for item, parent in parents.items() if parent)
    assert nx.is_directed_acyclic_graph(graph)
    assert all(link_fault(link.from_, link.to, parents) is None for link in links)
