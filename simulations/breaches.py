"""Findings on dates that cannot all be kept: constraints, due dates, pins, work out of sequence.

None of them stops a schedule (DESIGN 5.3.2): logic wins, the breach is negative float, and a
finding names it. Dates are compared in the working time of the item's own calendar, as its float
is: the end of a Friday's shift and the end of that Saturday are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant, start_instant, write_moment
from graphmodel.places import find_place
from graphmodel.problems import Problem
from graphmodel.words import count
from simulations.codes import ABSENT, DONE, FIXED, NEVER, PINNED
from simulations.kernels.backward import is_pinned
from simulations.passes import whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Constraint, Item
    from simulations.passes import Passes

__all__ = ["find_broken_constraints", "find_broken_links", "find_missed_dates", "find_short_floats"]

#: What a constraint asks of a start, and of a finish, as far as it can be broken.
_START_BY = {"SNLT": "must start no later than", "MSO": "must start on"}
_FINISH_BY = {"FNLT": "must finish no later than", "MFO": "must finish on"}
#: What pins a date where it is hard: earlier breaks it as well.
_PINS = frozenset({"MSO", "MFO"})


def find_broken_constraints(passes: Passes, position: int) -> Iterator[Problem]:
    """Yield a finding for each constraint that an item does not keep.

    A complete item keeps or breaks nothing any more, nor does an actual start.
    """
    compiled = passes.compiled
    item = compiled.plan.index.items[compiled.ids[position]]
    how, dates = compiled.net.how[position], passes.dates
    if not item.constraints or how in {ABSENT, DONE}:
        return
    starts = NEVER if compiled.net.flags[position] & PINNED else dates.start[position]
    for one in item.constraints:
        if one.date is None:
            continue
        if one.type in _START_BY and starts != NEVER:
            yield from _broken(passes, position, one, start_instant(one.date), starts)
        elif one.type in _FINISH_BY and dates.finish[position] != NEVER:
            asked = finish_instant(one.date)
            yield from _broken(passes, position, one, asked, dates.finish[position])


def _broken(
    passes: Passes, position: int, constraint: Constraint, asked: int, instant: int
) -> Iterator[Problem]:
    compiled = passes.compiled
    late = compiled.times.between(compiled.net.cal[position], asked, instant)
    if late <= 0 and not (late and constraint.hard and constraint.type in _PINS):
        return
    off = f"{_days(passes, position, abs(late))} {'late' if late > 0 else 'early'}"
    item = compiled.plan.index.items[compiled.ids[position]]
    if constraint.type in _START_BY:
        asks, does = _START_BY[constraint.type], f"starts on {_start(passes, position)}"
    else:
        asks, does = _FINISH_BY[constraint.type], f"finishes on {_finish(passes, position)}"
    yield Problem(
        "constraint-broken",
        "warning",
        f"{item.name} {asks} {_written(constraint.date)} ({constraint.type}) and {does}, "
        f"{off}{_behind(passes, position)}.",
        (item.id,),
        find_place(compiled.plan, item.source),
    )


def find_missed_dates(passes: Passes, position: int) -> Iterator[Problem]:
    """Yield a finding for a due date and for each deadline that an unfinished item misses."""
    compiled = passes.compiled
    item = compiled.plan.index.items[compiled.ids[position]]
    finish = passes.dates.finish[position]
    if compiled.net.how[position] == DONE or finish == NEVER:
        return
    promised = [("due-missed", "is due on", item.due)]
    promised += [("deadline-missed", "has its deadline on", one.date) for one in item.deadlines]
    for code, words, moment in promised:
        if moment is None:
            continue
        cal = compiled.net.cal[position]
        late = compiled.times.between(cal, finish_instant(moment), finish)
        if late > 0:
            yield Problem(
                code,
                "warning",
                f"{item.name} {words} {_written(moment)} and finishes on "
                f"{_finish(passes, position)}, {_days(passes, position, late)} late.",
                (item.id,),
                find_place(compiled.plan, item.source),
            )


def find_broken_links(passes: Passes) -> Iterator[Problem]:
    """Yield a finding for each link that an item with fixed dates does not keep."""
    compiled = passes.compiled
    net = compiled.net
    held = [one for one, how in enumerate(net.how) if how == FIXED or is_pinned(net, one)]
    for edge in (edge for one in held for edge in compiled.into(one)):
        target = net.target[edge]
        how = net.how[target]
        room = passes.link_float(edge)
        if room is None or room >= 0:
            continue
        item = compiled.plan.index.items[compiled.ids[target]]
        link = compiled.links[compiled.link[edge]]
        why = "has fixed dates" if how == FIXED else f"is pinned{_pin(item)}"
        yield Problem(
            "link-broken",
            "warning",
            f"{item.name} {why} and breaks the link {link.name} by {_days(passes, target, -room)}.",
            (link.from_, item.id),
            find_place(compiled.plan, item.source),
        )


def find_short_floats(passes: Passes) -> Iterator[Problem]:
    """Yield one finding for all items with negative float, and one for a plan that is too late."""
    compiled = passes.compiled
    plan = compiled.plan
    floats = passes.total_floats(range(len(compiled.ids)))
    short = [
        (days, compiled.order_in_file[position], position)
        for position, days in enumerate(floats)
        if days is not None and days < 0 and compiled.net.how[position] != DONE
    ]
    if short:
        worst = min(short)
        name = plan.index.items[compiled.ids[worst[2]]].name
        are = "item has" if len(short) == 1 else "items have"
        ordered = sorted(short, key=lambda one: one[1])
        yield Problem(
            "negative-float",
            "warning",
            f"{len(short):,} {are} negative float: not every date that hangs on it can be kept. "
            f"The worst is {name}, {_plain_days(-worst[0])} short.",
            tuple(compiled.ids[position] for _, _, position in ordered),
        )
    if plan.must_finish is not None and passes.last_finish > finish_instant(plan.must_finish):
        late = whole(passes.last_finish - finish_instant(plan.must_finish))
        yield Problem(
            "must-finish-missed",
            "warning",
            f"The plan must finish by {_written(plan.must_finish)}, and finishes "
            f"{_plain_days(late)} later.",
        )


def _days(passes: Passes, position: int, minutes: int) -> str:
    """Return minutes of an item's calendar as days of it: ``3 working days``."""
    cal = passes.compiled.net.cal[position]
    days = round(whole(minutes, passes.compiled.times.day(cal)), 2)
    noun = "day" if cal < 0 else "working day"
    return count(int(days), noun) if days == int(days) else f"{days:g} {noun}s"


def _plain_days(days: float) -> str:
    return f"{round(days, 2):g} {'day' if days == 1 else 'days'}"


def _behind(passes: Passes, position: int) -> str:
    """Return what drives an item, as the end of a sentence."""
    compiled = passes.compiled
    drivers = sorted(
        {compiled.net.source[edge] for edge in passes.driving(position)},
        key=compiled.order_in_file.__getitem__,
    )
    if not drivers:
        return ""
    return f", held by {', '.join(compiled.ids[driver] for driver in drivers)}"


def _pin(item: Item) -> str:
    dates = [one.date for one in item.constraints if one.hard and one.type in _PINS and one.date]
    return f" to {_written(dates[0])}"


def _start(passes: Passes, position: int) -> str:
    return _written(passes.start(position))


def _finish(passes: Passes, position: int) -> str:
    return _written(passes.finish(position))


def _written(moment: date | None) -> str:
    return "no date" if moment is None else write_moment(moment)
