"""What waits for what and why, on a council plan read by eye."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from graphmodel.errors import CycleError, UnknownIdError
from graphmodel.problems import Place
from queries.dependencies import Quote, TraceStep, trace
from tests.knockon.council import COUNCIL, council


def pairs(steps: tuple[TraceStep, ...]) -> list[tuple[str, str, int, str]]:
    return [(step.from_, step.to, step.depth, step.link) for step in steps]


def chain(*ids: str, **options: Any) -> Any:
    """A plan of items without parents in which each waits for the one before."""
    items = [{"id": one, "kind": "milestone", "title": f"Do {one}"} for one in dict.fromkeys(ids)]
    links = [{"from": a, "to": b} for a, b in pairwise(ids)]
    content = {"items": items, "links": links, **options}
    bare = dict.fromkeys(
        ("boards", "officers", "assignments", "gates", "metrics", "relations", "risks"), None
    )
    return council(**bare, **content)


def test_upstream_and_downstream_with_each_link() -> None:
    answer = trace(council(), "A.2")
    assert pairs(answer.upstream) == [("A.1", "A.2", 1, "FS + 45 days")]
    assert pairs(answer.downstream) == [("A.2", "A", 1, "part of"), ("A", "T", 2, "part of")]
    assert answer.routes == ()


def test_a_step_says_why() -> None:
    (step,) = trace(council(), "A.2").upstream
    assert (step.state, step.origin, step.confidence) == ("accepted", "register", 1.0)
    assert step.reason == "The outcome takes weeks"
    assert step.evidence == (Quote("from", Place("paper.txt", 41), "Consult"),)
    assert step.holds is None


def test_a_part_of_step_has_no_link() -> None:
    step = trace(council(), "A.2").downstream[0]
    assert (step.type, step.state, step.reason, step.evidence) == (None, None, None, ())


def test_proposed_links_are_followed_only_where_asked() -> None:
    assert [step.from_ for step in trace(council(), "A.1").upstream] == []
    steps = trace(council(), "A.1", links="proposed").upstream
    assert [(step.from_, step.state, step.confidence) for step in steps] == [
        ("A.4", "proposed", 0.7)
    ]
    assert trace(council(), "A.1", links="proposed", min_confidence=0.8).upstream == ()


def test_a_rejected_link_is_never_followed() -> None:
    assert trace(council(), "A.4", links="proposed").upstream == ()


def test_depth_ends_the_search() -> None:
    plan = chain("a", "b", "c", "d")
    assert pairs(trace(plan, "d", depth=2).upstream) == [("c", "d", 1, "FS"), ("b", "c", 2, "FS")]
    assert len(trace(plan, "d").upstream) == 3


def test_every_link_among_what_is_reached_is_told_once() -> None:
    items = [{"id": one, "kind": "milestone", "title": one} for one in "abcd"]
    links = [{"from": a, "to": b} for a, b in ("ab", "ac", "bd", "cd", "ad")]
    plan = chain("x", items=items, links=links)
    assert sorted(pairs(trace(plan, "d").upstream)) == [
        ("a", "b", 2, "FS"),
        ("a", "c", 2, "FS"),
        ("a", "d", 1, "FS"),
        ("b", "d", 1, "FS"),
        ("c", "d", 1, "FS"),
    ]


TEAMS = "A.2 “Start the integrated teams”"
CARE = "T “Adult Social Care”"
CONSULT = "A.1 “Consult staff “properly””"


@pytest.mark.parametrize(
    ("start", "links", "sentence"),
    [
        ("A.2", "accepted", f"{TEAMS} waits for 1 item; 2 items (1 directly) wait for it."),
        ("A.1", "accepted", f"{CONSULT} waits for nothing; 3 items (2 directly) wait for it."),
        ("A.1", "proposed", f"{CONSULT} waits for 1 item; 3 items (2 directly) wait for it."),
        ("T", "accepted", f"{CARE} waits for 5 items (1 directly); nothing waits for it."),
    ],
)
def test_the_answer_in_words(start: str, links: Any, sentence: str) -> None:
    assert trace(council(), start, links=links).sentences[0] == sentence


def test_proposed_links_that_are_left_out_are_counted() -> None:
    said = "1 proposed link into or out of A.1 is not followed."
    assert trace(council(), "A.1").sentences[1:] == (said,)
    assert trace(council(), "A.1", links="proposed").sentences[1:] == ()
    assert trace(council(), "A.2").sentences[1:] == ()


def test_the_words_name_the_limit() -> None:
    plan = chain("a", "b", "c", "d")
    assert trace(plan, "d", depth=2).sentences == (
        "Within 2 steps, d “Do d” waits for 2 items (1 directly); nothing waits for it.",
    )


def test_one_shortest_route() -> None:
    answer = trace(council(), "A.1", "T")
    assert [route.items for route in answer.routes] == [("A.1", "A", "T")]
    assert answer.sentences == (
        "T “Adult Social Care” waits for A.1 “Consult staff “properly”” over 2 steps.",
    )
    assert answer.upstream == answer.downstream == ()


def test_all_shortest_routes_and_no_longer_one() -> None:
    items = [{"id": one, "kind": "milestone", "title": one} for one in "abcde"]
    links = [{"from": a, "to": b} for a, b in ("ab", "ac", "bd", "cd", "ae", "eb")]
    answer = trace(chain("x", items=items, links=links), "a", "d")
    assert [route.items for route in answer.routes] == [("a", "b", "d"), ("a", "c", "d")]
    assert answer.sentences == ("d “d” waits for a “a” over 2 steps, on 2 routes of that length.",)


def test_parallel_links_stand_side_by_side_on_one_route() -> None:
    items = [{"id": one, "kind": "milestone", "title": one} for one in "abc"]
    links = [
        {"from": "a", "to": "b", "type": "SS", "lag": "-2w"},
        {"from": "a", "to": "b", "type": "FF"},
        {"from": "b", "to": "c"},
    ]
    (route,) = trace(chain("x", items=items, links=links), "a", "c").routes
    assert pairs(route.steps) == [
        ("a", "b", 1, "SS - 2 weeks"),
        ("a", "b", 1, "FF"),
        ("b", "c", 2, "FS"),
    ]
    assert route.items == ("a", "b", "c")


def test_the_other_way_round() -> None:
    answer = trace(chain("a", "b", "c"), "c", "a")
    assert [route.items for route in answer.routes] == [("a", "b", "c")]
    assert answer.sentences == (
        "a “Do a” does not wait for c “Do c”. The other way round: c “Do c” waits over 2 steps.",
    )


def test_no_route_either_way() -> None:
    answer = trace(council(), "A.3", "A.4")
    assert answer.routes == ()
    assert answer.sentences[0].startswith("There is no route between A.3 “Find a partner” and A.4 ")
    assert answer.sentences[0].endswith(" over accepted links: neither waits.")
    told = trace(council(), "A.3", "A.4", links="proposed").sentences[0]
    assert told.endswith(" over accepted and proposed links: neither waits.")


def test_one_item_twice() -> None:
    answer = trace(council(), "A", "A")
    assert answer.routes == ()
    name = "A “Bring in the new model across every team, locality and…”"
    said = f"{name} is one item: name two to ask for the route between them."
    assert answer.sentences == (said,)


def test_a_leaf_held_through_its_parent_names_the_parent() -> None:
    items = [
        {"id": "p", "kind": "milestone", "title": "p"},
        {"id": "P", "kind": "action", "title": "P"},
        {"id": "P.1", "kind": "milestone", "title": "P.1", "parent": "P"},
    ]
    links = [{"from": "p", "to": "P"}]
    plan = chain("x", items=items, links=links, options={"parent_links": "leaves"})
    (step,) = trace(plan, "P.1").upstream
    assert (step.from_, step.to, step.holds) == ("p", "P.1", "P")


def test_a_proposed_link_that_would_close_a_circle_is_left_out_and_told() -> None:
    links = [{"from": "a", "to": "b"}, {"from": "b", "to": "a", "state": "proposed"}]
    items = [{"id": one, "kind": "milestone", "title": one} for one in "ab"]
    answer = trace(chain("x", items=items, links=links), "b", links="proposed")
    assert pairs(answer.upstream) == [("a", "b", 1, "FS")]
    assert answer.downstream == ()
    assert answer.sentences[1] == (
        "The proposed link b → a (FS), confidence 1, is not used: it would close a circle: "
        "a → b (FS); b → a (FS)."
    )


def test_accepted_links_in_a_circle_are_an_error() -> None:
    with pytest.raises(CycleError, match="a → b"):
        trace(chain("a", "b", "a"), "a")


@pytest.mark.parametrize("ids", [("A.9",), ("A.1", "A.9"), ("A.9", "A.1")])
def test_an_unknown_item_is_named_with_close_ones(ids: tuple[str, ...]) -> None:
    what = "item" if ids[1:] else "item, officer, board or metric"
    with pytest.raises(UnknownIdError, match=rf'no {what} "A\.9"\. Did you mean A\.'):
        trace(council(), *ids)


def test_evidence_without_words_still_has_its_place() -> None:
    link = {**COUNCIL["links"][0], "evidence": [{"source": {"source": "s1", "cell": "L!B2"}}]}
    (step,) = trace(council(links=[link]), "A.2").upstream
    assert step.evidence == (Quote("both", Place("paper.txt", None, "L!B2"), None),)
