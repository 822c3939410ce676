"""A plan in numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from queries.overview import survey
from tests.knockon.council import council

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.plan import Plan


def test_counts() -> None:
    seen = survey(council())
    assert seen.items == {"theme": 1, "action": 1, "milestone": 4}
    assert seen.links == {"accepted": 1, "proposed": 1, "rejected": 1}
    assert seen.gates == {"proposed": 1}
    assert seen.statuses == {"not_started": 5, "complete": 1}
    assert (seen.officers, seen.boards, seen.metrics, seen.risks) == (2, 2, 1, 1)


def test_outermost_dates_and_what_has_none() -> None:
    seen = survey(council())
    assert (seen.start, seen.finish) == (date(2026, 5, 31), date(2027, 4, 30))
    assert seen.undated == 0


def test_parts_count_what_is_below_them() -> None:
    (part,) = survey(council()).parts
    assert (part.item.id, part.below) == ("T", {"action": 1, "milestone": 4})
    assert (part.start, part.finish) == (date(2026, 5, 31), date(2027, 4, 30))


def test_a_due_date_counts_as_a_last_date() -> None:
    items: list[dict[str, Any]] = [
        {"id": "a", "kind": "action", "title": "a", "due": "2030-01-01"},
        {"id": "b", "kind": "action", "title": "b", "planned": {"finish": "2027-04-30"}},
    ]
    seen = survey(_bare(items))
    assert (seen.start, seen.finish) == (date(2027, 4, 30), date(2030, 1, 1))
    assert seen.undated == 1
    assert [part.item.id for part in seen.parts] == ["a", "b"]


def test_an_empty_plan() -> None:
    seen = survey(_bare(()))
    assert (seen.items, seen.links, seen.parts) == ({}, {}, ())
    assert (seen.start, seen.finish) == (None, None)


def _bare(items: Sequence[dict[str, Any]]) -> Plan:
    gone = ("links", "boards", "officers", "assignments", "gates", "metrics", "relations", "risks")
    return council(items=items, **dict.fromkeys(gone))
