"""Random scenarios of slips and sets for a plan (hypothesis strategies)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from graphmodel.scenario import Scenario
from tests.oracle.dice import FIRST, write
from tests.oracle.scenarios import can_slip
from tests.oracle.scheduler import Oracle

if TYPE_CHECKING:
    from graphmodel.plan import Plan

__all__ = ["slip_scenarios"]


@st.composite
def slip_scenarios(draw: Any, plan: Plan, *, sets: bool = False, months: bool = True) -> Scenario:
    """Return a scenario of slips (single, several, group) and, where asked for, sets.

    What cannot be slipped because it is finished, or has no finish, is left alone.
    """
    oracle = Oracle(plan)
    can = [item for item in plan.items if can_slip(item) and oracle.place(item.id).start]
    leaves = [item for item in can if plan.index.is_leaf(item.id)]
    groups = [
        item for item in can if any(plan.index.parents[leaf.id] == item.id for leaf in leaves)
    ]
    spans = st.integers(0, 100).map(lambda days: f"{days}d") | st.sampled_from(["1w", "2w"])
    if months and not _has_times(plan):
        spans |= st.sampled_from(["1m", "2m", "3m"])
    choices = []
    if leaves:
        choices.append(_slips(leaves, spans))
    if groups:
        choices += [_slips(groups, spans), _groups(groups, spans)]
    wholes = [item for item in groups if oracle.place(item.id).finish]
    if wholes:
        choices.append(_own_slips(wholes, spans))
    dated = [item for item in leaves if item.mode == "planned" and item.planned.finish is not None]
    if sets and dated:
        choices.append(_sets(dated))
    changes = draw(st.lists(st.one_of(choices), min_size=1, max_size=3)) if choices else []
    return Scenario.model_validate({"schema": "knockon/scenario@1", "changes": changes})


def _slips(items: list[Any], spans: Any) -> Any:
    return st.builds(lambda item, by: {"op": "slip", "item": item.id, "by": by}, _of(items), spans)


def _own_slips(items: list[Any], spans: Any) -> Any:
    return _slips(items, spans).map(lambda change: {**change, "own": True})


def _groups(items: list[Any], spans: Any) -> Any:
    return st.builds(
        lambda item, by: {"op": "slip_group", "parent": item.id, "by": by}, _of(items), spans
    )


def _sets(items: list[Any]) -> Any:
    days = st.integers(0, 550).map(lambda number: FIRST + timedelta(days=number))
    return st.builds(
        lambda item, day: {"op": "set", "item": item.id, "finish": write(day)}, _of(items), days
    )


def _of(items: list[Any]) -> Any:
    return st.sampled_from(items)


def _has_times(plan: Plan) -> bool:
    """Return whether the plan holds anything finer than a day."""
    spans = [link.lag for link in plan.links]
    moments: list[date | None] = []
    for item in plan.items:
        spans += [span for span in (item.duration, item.remaining) if span is not None]
        moments.append(item.planned.finish)
        if item.duration is not None and item.percent is not None:
            return True
    return any(isinstance(moment, datetime) for moment in moments) or any(
        span.unit in {"eh", "%"} or (span.unit != "m" and span.minutes % 1440) for span in spans
    )
