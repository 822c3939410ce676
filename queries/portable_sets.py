"""What a page may set by itself: whose own dates can be replaced without compiling anew.

Setting an item's own date touches what was worked out when the plan was compiled. Where that is
only the item's own start, finish and length, and its allowance as an input of a gate in the same
month (DESIGN 5.3.5), it can be told beforehand; the rest is left to the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.moments import start_instant
from simulations.codes import FF, FS, LOGIC, NEVER, PARENT, PLANNED
from simulations.gating import gate_window
from simulations.kernels.clock import take_work
from simulations.kernels.gates import has_gate, papers_deadline
from simulations.kernels.months import latest_before_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.items import Item
    from simulations.compiled import Compiled

__all__ = ["tell_inputs", "tell_settable"]


def tell_settable(compiled: Compiled, items: Sequence[Item]) -> dict[str, list[int]]:
    """Return two columns: whether own dates can be set (1), and the planned start of those.

    Not so work that follows its logic or has begun, what a board decides, milestones of schedules,
    what is over or has no finish; and nothing at all of a project whose start nobody states while
    work follows its logic, because its dates say when it starts.
    """
    floating = _floating(compiled)
    settable = [
        compiled.net.project[position] not in floating and _is_settable(compiled, position, item)
        for position, item in enumerate(items)
    ]
    starts = [item.planned.start for item in items]
    return {
        "settable": [int(one) for one in settable],
        "begins": [
            start_instant(start) if can_set and start is not None else NEVER
            for can_set, start in zip(settable, starts, strict=True)
        ],
    }


def _floating(compiled: Compiled) -> frozenset[int]:
    """Return the projects that start with the first of their own dates."""
    net = compiled.net
    logic = {net.project[position] for position, how in enumerate(net.how) if how == LOGIC}
    return frozenset(one for one in logic if compiled.grounds[one].start == NEVER)


def _is_settable(compiled: Compiled, position: int, item: Item) -> bool:
    how = compiled.net.how[position]
    if (
        item.planned.finish is None
        or how not in {PLANNED, PARENT}
        or item.type != "task"
        or item.duration is not None
    ):
        return False
    if item.actual_start is not None or item.mode == "logic":
        return False
    return not has_gate(compiled.net, position)


def tell_inputs(compiled: Compiled) -> dict[int, list[list[Any]]]:
    """Return the inputs of gates whose allowance follows their own date, by position.

    Each as edge (-1: it is a part), the latest instant at which it is in time for the papers, and
    the first and last instant of the gate's window.
    """
    found: dict[int, list[list[Any]]] = {}
    net, items = compiled.net, compiled.plan.index.items
    for position, one in enumerate(compiled.ids):
        window = gate_window(items[one]) if has_gate(net, position) else None
        if window is None:
            continue
        for edge, source in _sources(compiled, position):
            item = items[compiled.ids[source]]
            if item.planned.precision == "month" and item.actual_finish is None:
                ready = _ready(compiled, position, edge)
                if ready is not None:
                    found.setdefault(source, []).append([edge, ready, *window])
    return found


def _sources(compiled: Compiled, position: int) -> Iterator[tuple[int, int]]:
    net = compiled.net
    for edge in compiled.into(position):
        if net.code[edge] in {FS, FF}:
            yield edge, net.source[edge]
    # The parts by the breakdown as written: one that takes no part hands its own to this one.
    for part in compiled.plan.index.children.get(compiled.ids[position], ()):
        yield -1, compiled.at[part]


def _ready(compiled: Compiled, position: int, edge: int) -> int | None:
    """Return when an input has to be finished to be in time for the papers of every gate."""
    net = compiled.net
    row = net.extra[position]
    ready = [
        papers_deadline(net, gate, net.g_own[gate])
        for gate in range(net.x_gate[row], net.x_gate[row + 1])
        if net.g_own[gate] != NEVER
    ]
    if not ready:
        return None
    latest = min(ready)
    if edge >= 0 and net.lag[edge]:
        latest = take_work(net.clock, net.lag_cal[edge], latest, net.lag[edge])
    if edge >= 0 and net.lag_months[edge]:
        latest = latest_before_months(latest, net.lag_months[edge], 0)
    return latest
