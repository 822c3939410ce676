"""Small plans for cases worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from graphmodel.plan import Plan

if TYPE_CHECKING:
    from tests.oracle.scheduler import Oracle

__all__ = ["Items", "build", "fs", "june", "lies"]

#: Items as plan files hold them; kind and title may be left out.
Items = Sequence[Mapping[str, Any]]


def build(items: Items, *links: dict[str, Any], **rest: Any) -> Plan:
    """Return a plan of these items and links that starts on Monday 1 June 2026."""
    full = [{"kind": "milestone", "title": item["id"], **item} for item in items]
    keys = {"schema": "knockon/plan@1", "id": "p", "start": "2026-06-01", **rest}
    return Plan.model_validate({**keys, "items": full, "links": links})


def lies(oracle: Oracle, name: str) -> tuple[date | None, date | None]:
    """Return the days that an item is shown to start and finish on."""
    placed = oracle.place(name)
    return placed.shown_start, placed.shown_finish


def june(start: int, finish: int) -> tuple[date, date]:
    """Return two days of June 2026."""
    return date(2026, 6, start), date(2026, 6, finish)


def fs(before: str, after: str, **rest: Any) -> dict[str, Any]:
    """Return a link, finish to start unless told otherwise."""
    return {"from": before, "to": after, **rest}
