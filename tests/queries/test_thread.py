"""The golden thread from an item upwards."""

from __future__ import annotations

import pytest

from graphmodel.errors import UnknownIdError
from queries.thread import follow_thread
from tests.knockon.council import council


def test_every_level_up_to_the_plan() -> None:
    plan = council(gates=[{"board": "cab", "item": "A.2"}])
    thread = follow_thread(plan, "A.2")
    assert [(level.id, level.kind) for level in thread.levels] == [
        ("A.2", "milestone"), ("A", "action"), ("T", "theme"), ("wex", "plan"),
    ]  # fmt: skip
    milestone, action, theme, _ = thread.levels
    assert milestone.approved_by == ("Cabinet",)
    assert [metric.id for metric in action.metrics] == ["m1"]
    assert dict(action.officers) == {"responsible": ("Director of Adult Social Care",)}
    assert len(theme.overseen_by) == 1


def test_what_a_paper_says_the_plan_is_part_of_stands_above_it() -> None:
    relations = [
        {"from": "wex", "to": "s2", "type": "part_of"},
        {"from": "s2", "to": "s3", "type": "supports"},
        {"from": "wex", "to": "s1", "type": "informs"},
        {"from": "s3", "to": "wex", "type": "part_of"},
    ]
    sources = [{"id": one, "title": f"Paper {one}"} for one in ("s1", "s2", "s3")]
    thread = follow_thread(council(relations=relations, sources=sources), "A.1")
    assert [(one.id, one.kind, one.title, one.relation) for one in thread.levels[4:]] == [
        ("s2", "document", "Paper s2", "part_of"),
        ("s3", "document", "Paper s3", "supports"),
    ]
    assert "What the plan itself is part of is not stated." not in thread.breaks


def test_where_the_thread_is_thin() -> None:
    bare = dict.fromkeys(
        ("boards", "officers", "assignments", "gates", "metrics", "relations", "risks")
    )
    assert follow_thread(council(**bare), "A.1").breaks == (
        "Nobody is named as responsible for it.",
        "No output metric shows whether it works.",
        "No board is known to watch over it or approve it.",
        "What the plan itself is part of is not stated.",
    )


def test_the_plan_of_a_portfolio_is_told_once() -> None:
    items = [
        {"id": "p", "kind": "plan", "title": "Plan"},
        {"id": "a", "kind": "action", "title": "Action", "parent": "p"},
    ]
    bare = dict.fromkeys(
        ("boards", "officers", "assignments", "gates", "metrics", "relations", "risks", "links")
    )
    levels = follow_thread(council(**{**bare, "items": items}), "a").levels
    assert [level.id for level in levels] == ["a", "p"]


def test_an_unknown_item() -> None:
    with pytest.raises(UnknownIdError, match=r'no item "A\.9"'):
        follow_thread(council(), "A.9")
