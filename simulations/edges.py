"""Links as edges between items: one bound each, or one on every leaf below a parent (5.3.3-4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from graphmodel.events import bounds_leaves
from graphmodel.moments import finish_instant, start_instant
from simulations.codes import LINK_CODES, LOE
from simulations.worktimes import NOTHING, Measured, mean_minutes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.modes import Rules
    from graphmodel.plan import Plan
    from simulations.owndates import Own
    from simulations.worktimes import WorkTimes

__all__ = ["Edge", "edges_of"]


@dataclass(slots=True)
class Edge:
    """One bound of one item on another; ``shift``: a gate's same-month allowance (5.3.5)."""

    source: str
    target: str
    code: int
    lag: Measured
    link: int
    shift: int = 0


def edges_of(
    plan: Plan, links: Sequence[Link], rules: Rules, times: WorkTimes, owns: dict[str, Own]
) -> list[Edge]:
    """Return the bounds that links set; what leaves a level of effort holds nothing (5.3.2)."""
    index = plan.index
    edges: list[Edge] = []
    for number, link in enumerate(links):
        source, target = index.items[link.from_], index.items[link.to]
        if owns[source.id].how == LOE:
            continue
        lag = _lag(link, source, target, rules, times) if link.lag else NOTHING
        code = LINK_CODES[link.type]
        if link.to in index.children and bounds_leaves(plan, link):
            edges.extend(Edge(link.from_, one, code, lag, number) for one in index.leaves(link.to))
        else:
            edges.append(Edge(link.from_, link.to, code, lag, number))
    return edges


def _lag(link: Link, source: Item, target: Item, rules: Rules, times: WorkTimes) -> Measured:
    """Return a lag: on the wall, or on the calendar that ``lag_calendar`` names."""
    where = f"The lag of the link {link.name}"
    if link.lag.unit == "%":
        part = _duration(source, times)
        share = Decimal(part.minutes) * link.lag.amount / 100
        minutes = int(share.quantize(Decimal(1), ROUND_HALF_UP))
        cal = -1 if part.cal < 0 else _lag_calendar(source, target, rules, times, where)
        return times.checked(Measured(0, minutes, cal), where)
    if link.lag.is_elapsed:
        return times.measure(link.lag, None, where)
    cal = _lag_calendar(source, target, rules, times, where)
    return times.checked(Measured(0, times.minutes(link.lag, cal), cal), where)


def _lag_calendar(source: Item, target: Item, rules: Rules, times: WorkTimes, where: str) -> int:
    match rules.lag_calendar:
        case "elapsed":
            return -1
        case "successor":
            own = target.calendar
        case "predecessor":
            own = source.calendar
        case "project":
            own = None
    return times.number(times.named(own, where))


def _duration(item: Item, times: WorkTimes) -> Measured:
    """Return what a percentage of an item's duration is a part of, months as mean ones."""
    if item.duration is not None:
        span = times.measure(item.duration, item.calendar, f'The duration of "{item.id}"')
        return Measured(0, mean_minutes(span.months, span.minutes), span.cal)
    planned = item.planned
    if item.type != "task" or planned.start is None or planned.finish is None:
        return Measured(0, 0, -1)
    span_of_plan = finish_instant(planned.finish) - start_instant(planned.start)
    return Measured(0, max(0, span_of_plan), -1)
