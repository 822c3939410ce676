"""What a link holds its target to: one bound for each end (DESIGN 5.3, rule 3)."""

from __future__ import annotations

from simulations.codes import FS, NEVER, SF, SS
from simulations.kernels.clock import add_work, take_work
from simulations.kernels.months import latest_before_months, shift_months
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import BY_START, OPENS, Dates, Net

__all__ = ["edge_bound", "edge_leaves", "edge_reach", "latest_source", "link_bounds"]


@kernel
def edge_leaves(net: Net, dates: Dates, edge: int) -> int:
    """Return the instant an edge leaves its source."""
    source, code = net.source[edge], net.code[edge]
    if code in (SS, SF):
        return dates.start[source]
    instant = dates.finish[source]
    return instant if instant == NEVER else instant + net.shift[edge]


@kernel
def _shown_by_start(net: Net, dates: Dates, edge: int) -> int:
    """Return 1 where the end an edge leaves is shown as the day that begins there."""
    bit = OPENS if net.code[edge] in (SS, SF) else BY_START
    return 1 if dates.shown[net.source[edge]] & bit else 0


@kernel
def edge_reach(net: Net, dates: Dates, edge: int) -> int:
    """Return the instant an edge leaves its source moved by the lag, uncut."""
    instant = edge_leaves(net, dates, edge)
    if instant == NEVER:
        return NEVER
    if net.lag_months[edge]:
        instant = shift_months(instant, net.lag_months[edge], _shown_by_start(net, dates, edge))
    if not net.lag[edge]:
        return instant  # zero lag hands the instant on as it is
    return add_work(net.clock, net.lag_cal[edge], instant, net.lag[edge])


@kernel
def edge_bound(net: Net, dates: Dates, edge: int) -> int:
    """Return the instant an edge holds its target's end to, ``NEVER`` where it holds nothing."""
    bound = edge_reach(net, dates, edge)
    if bound == NEVER:
        return NEVER
    begins = net.plan_start[net.project[net.target[edge]]]
    if bound < begins:
        instant = edge_leaves(net, dates, edge)
        if bound < instant:
            bound = min(instant, begins)  # rule 3: a lead is cut at the plan's start
    return min(bound, net.cap[edge])


@kernel
def link_bounds(net: Net, dates: Dates, position: int) -> tuple[int, int, int]:
    """Return the latest bounds on an item: of FS links, of SS links, and on its finish."""
    fs, ss, ends = NEVER, NEVER, NEVER
    for edge in range(net.into[position], net.into[position + 1]):
        source = net.plain_source[edge]
        if source >= 0:
            fs = max(fs, dates.finish[source])
            continue
        bound = edge_bound(net, dates, edge)
        code = net.code[edge]
        if code == FS:
            fs = max(fs, bound)
        elif code == SS:
            ss = max(ss, bound)
        else:
            ends = max(ends, bound)
    return fs, ss, ends


@kernel
def latest_source(net: Net, dates: Dates, edge: int, bound: int) -> int:
    """Return the latest instant of the end an edge leaves whose image is not after ``bound``."""
    if net.lag[edge]:
        bound = take_work(net.clock, net.lag_cal[edge], bound, net.lag[edge])
    if net.lag_months[edge]:
        bound = latest_before_months(bound, net.lag_months[edge], _shown_by_start(net, dates, edge))
    if net.code[edge] in (SS, SF):
        return bound
    return bound - net.shift[edge]
