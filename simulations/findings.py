"""Findings of a schedule: what has no date, what cannot keep its dates, what nobody knows.

Those on promises that cannot be kept stand in `simulations.breaches`, those on work done out of
sequence in `simulations.progress`, those that need no dates in `simulations.health`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant, show_finish, write_moment
from graphmodel.places import find_place
from graphmodel.problems import Problem
from simulations.breaches import (
    find_broken_constraints,
    find_broken_links,
    find_missed_dates,
    find_short_floats,
)
from simulations.codes import ABSENT, BEGUN, FF, FS, LOE, LOGIC, NEVER, OPEN, PLANNED, SF, SS
from simulations.kernels.bounds import edge_leaves, edge_reach
from simulations.passes import whole
from simulations.progress import find_out_of_sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulations.compiled import Compiled
    from simulations.passes import Passes

__all__ = ["note_dates"]


def note_dates(passes: Passes) -> Iterator[Problem]:
    """Yield what the passes found: on items in the order of the file, then on links and gates."""
    compiled = passes.compiled
    for position in _file_order(compiled):
        how = compiled.net.how[position]
        if how != ABSENT and passes.instant(position) == NEVER:
            yield _no_date(passes, position)
        elif how in {PLANNED, OPEN}:
            yield from _moved(passes, position)
        elif how == LOE:
            yield from _empty_efforts(passes, position)
        is_special = compiled.net.extra[position] >= 0
        if is_special:  # a large plan's items are read from its file: only where there is need to
            yield from find_broken_constraints(passes, position)
        if is_special or compiled.net.due[position] != NEVER:
            yield from find_missed_dates(passes, position)
    yield from find_short_floats(passes)
    yield from find_broken_links(passes)
    yield from find_out_of_sequence(passes)
    yield from _cut_leads(passes)
    yield from _unknown_meetings(passes)
    yield from _unknown_holidays(passes)


def _no_date(passes: Passes, position: int) -> Problem:
    item = passes.compiled.plan.index.items[passes.compiled.ids[position]]
    return Problem(
        "no-date",
        "warning",
        f"{item.name} has no date, and nothing it hangs on has one: it takes no part.",
        (item.id,),
        find_place(passes.compiled.plan, item.source),
    )


def _moved(passes: Passes, position: int) -> Iterator[Problem]:
    """Yield a finding where the accepted links do not let the plan's own date stand."""
    compiled = passes.compiled
    own = compiled.own_date[position]
    if compiled.net.how[position] == OPEN:
        own = compiled.net.own_start[position]
    late = passes.instant(position) - max(own, compiled.net.floor_finish)
    drivers = [compiled.ids[compiled.net.source[edge]] for edge in passes.driving(position)]
    if late <= 0 or not drivers:
        return
    item = compiled.plan.index.items[compiled.ids[position]]
    yield Problem(
        "links-break-plan-date",
        "warning",
        f"{item.name} cannot keep its own date: {', '.join(drivers)} "
        f"{'holds' if len(drivers) == 1 else 'hold'} it {whole(late):g} days longer.",
        (item.id, *drivers),
        find_place(compiled.plan, item.source),
    )


def _cut_leads(passes: Passes) -> Iterator[Problem]:
    """Yield a finding for each lead that is cut at the plan's start (DESIGN 5.3.3).

    Only where that is what holds the item: behind another link, or a date of its own, it is not
    earlier for the lead.
    """
    compiled = passes.compiled
    net = compiled.net
    lags = zip(net.lag, net.lag_months, strict=True)
    for edge in [one for one, (lag, months) in enumerate(lags) if lag < 0 or months < 0]:
        target = net.target[edge]
        leaves, reach = edge_leaves(net, passes.dates, edge), edge_reach(net, passes.dates, edge)
        cut = min(leaves, net.plan_start)
        on_start = net.code[edge] in {FS, SS} and net.how[target] != BEGUN
        end = passes.dates.start[target] if on_start else passes.dates.finish[target]
        if reach >= cut or net.how[target] not in _MOVABLE:
            continue
        if compiled.times.between(net.cal[target], cut, end) <= 0:
            link = compiled.links[compiled.link[edge]]
            yield Problem(
                "lead-cut",
                "info",
                f"The lead of the link {link.name} reaches before the plan's start: it is cut.",
                (link.from_, compiled.ids[target]),
            )


def _unknown_meetings(passes: Passes) -> Iterator[Problem]:
    """Yield a finding for each gate that is passed after the last known meeting (5.3.5)."""
    compiled = passes.compiled
    net, plan = compiled.net, compiled.plan
    boards = {board.id: board for board in plan.boards}
    for row, gate in enumerate(compiled.gates):
        passed = passes.dates.passed[row]
        known = net.g_from[row] < net.g_to[row]
        last = net.meetings[net.g_to[row] - 1] if known else NEVER
        if passed == NEVER or passed <= last:
            continue
        item, board = plan.index.items[gate.item], boards[gate.board]
        told = f"{board.name} has no known meeting"
        if known:
            told = f"The last known meeting of {board.name} is on {_day(last)}"
        yield Problem(
            "no-meeting-known",
            "warning",
            f"{told}: the decision on {item.name} is taken to fall on {_day(passed)}.",
            (item.id,),
            find_place(plan, item.source),
        )


def _unknown_holidays(passes: Passes) -> Iterator[Problem]:
    """Yield a finding where work runs past the last year whose bank holidays are known."""
    compiled = passes.compiled
    last = {
        cal: table.last_holiday_year
        for cal, table in enumerate(compiled.times.tables)
        if table.last_holiday_year is not None
    }
    for year in sorted(set(last.values())):
        known = finish_instant(date(year, 12, 31))
        beyond = [
            position
            for position in _file_order(compiled)
            if last.get(compiled.net.cal[position]) == year
            and passes.dates.finish[position] > known
        ]
        if beyond:
            items = [compiled.plan.index.items[compiled.ids[position]] for position in beyond]
            run = "item runs" if len(items) == 1 else "items run"
            yield Problem(
                "holidays-unknown",
                "info",
                f"The bank holidays of England and Wales are known up to {year}: later ones count "
                f"as working days. {len(items):,} {run} beyond, the first of them {items[0].name}.",
                tuple(item.id for item in items),
            )


def _empty_efforts(passes: Passes, position: int) -> Iterator[Problem]:
    """Yield a finding for a level of effort that nothing says the end of (DESIGN 5.3.2)."""
    compiled = passes.compiled
    net = compiled.net
    if any(net.code[edge] in {FF, SF} for edge in compiled.into(position)):
        return
    item = compiled.plan.index.items[compiled.ids[position]]
    yield Problem(
        "loe-without-finish",
        "warning",
        f"{item.name} is a level of effort, and no FF or SF link says when it ends: "
        "it has no length.",
        (item.id,),
        find_place(compiled.plan, item.source),
    )


def _file_order(compiled: Compiled) -> list[int]:
    return sorted(range(len(compiled.ids)), key=compiled.order_in_file.__getitem__)


def _day(instant: int) -> str:
    return write_moment(show_finish(instant, hours=True))


_MOVABLE = frozenset({LOGIC, BEGUN, PLANNED})
