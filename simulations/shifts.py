"""How far the forecast moved from one version of a plan to the next, and whose doing it was.

Both versions are scheduled with their own links, dates and status date (DESIGN 5.3). The shift of
an item that both hold, in days between its finish instants, falls into three parts:

arrived
    What the links in demand of it beyond where it stood before: its finish now, less the least
    relationship float of those links (DESIGN 5.5), less its finish before; never more than the
    shift, and never less than nothing.
waiting
    What a meeting or a blackout adds to that: days between being ready and the meeting.
own
    The rest: its own date, length, progress or status moved.

An item that was brought forward has no arrived part: whatever its predecessors do, something of its
own had to move as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulations.codes import NEVER, PARENT
from simulations.holds import held_by
from simulations.kernels.clock import take_work
from simulations.passes import Passes, whole
from simulations.paths import critical_path, latest_item, longest_items
from simulations.schedule import compile_with_links

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.selection import LinkUse
    from simulations.compiled import Compiled

__all__ = ["Forecasts", "Shift", "compare_forecasts"]


@dataclass(frozen=True, slots=True)
class Shift:
    """An item whose forecast finish moved; later is more than 0.

    The three parts add up to ``days``. They are None for a parent, whose parts tell it, and for
    what was brought forward. ``through`` is the predecessor whose link carried what arrived.
    """

    id: str
    before: date | None
    after: date | None
    days: float
    is_parent: bool
    own_days: float | None = None
    arrived_days: float | None = None
    waiting_days: float | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Forecasts:
    """The forecasts of two versions: when the plan finishes, its longest path, what moved.

    ``before`` and ``after`` hold the shown finish of every item that has one.
    ``critical_before`` and ``critical_after`` hold everything on a longest path, tied ones too,
    under the ids of each version, in the order of its file.
    """

    finish_before: date | None
    finish_after: date | None
    longest_before: tuple[str, ...]
    longest_after: tuple[str, ...]
    critical_before: tuple[str, ...]
    critical_after: tuple[str, ...]
    before: dict[str, date]
    after: dict[str, date]
    shifts: tuple[Shift, ...]


def compare_forecasts(
    old: Plan, new: Plan, *, links: LinkUse = "accepted", min_confidence: float = 0.0
) -> Forecasts:
    """Schedule two versions of a plan that call their items alike, and say what moved and why.

    Raises
    ------
    CycleError
        Accepted links and the breakdown of either run in a circle.
    """
    before, after = (
        Passes.of(compile_with_links(plan, links, min_confidence)[0], "spare")
        for plan in (old, new)
    )
    return Forecasts(
        finish_before=_finish(before),
        finish_after=_finish(after),
        longest_before=_longest(before),
        longest_after=_longest(after),
        critical_before=_critical(before),
        critical_after=_critical(after),
        before=_finishes(before),
        after=_finishes(after),
        shifts=tuple(_shifts(before, after)),
    )


def _finish(passes: Passes) -> date | None:
    last = latest_item(passes)
    return None if last is None else passes.finish(last)


def _finishes(passes: Passes) -> dict[str, date]:
    shown = {one: passes.finish(position) for one, position in passes.compiled.at.items()}
    return {one: finish for one, finish in shown.items() if finish is not None}


def _longest(passes: Passes) -> tuple[str, ...]:
    last = latest_item(passes)
    return () if last is None else critical_path(passes, last).items


def _critical(passes: Passes) -> tuple[str, ...]:
    compiled = passes.compiled
    found = sorted(longest_items(passes), key=compiled.order_in_file.__getitem__)
    return tuple(compiled.ids[position] for position in found)


def _shifts(before: Passes, after: Passes) -> Iterator[Shift]:
    old, new = before.compiled, after.compiled
    for position in sorted(range(len(new.ids)), key=new.order_in_file.__getitem__):
        was = old.at.get(new.ids[position])
        if was is None:
            continue
        instants = before.instant(was), after.instant(position)
        if NEVER not in instants and instants[0] != instants[1]:
            yield _shift(before, after, was, position)


def _shift(before: Passes, after: Passes, was: int, position: int) -> Shift:
    new = after.compiled
    total = after.instant(position) - before.instant(was)
    shift = Shift(
        id=new.ids[position],
        before=before.finish(was) or before.start(was),
        after=after.finish(position) or after.start(position),
        days=whole(total),
        is_parent=new.net.how[position] == PARENT,
    )
    if shift.is_parent or total < 0:
        return shift
    arrived, edge = _arrived(after, position, before.instant(was))
    arrived = min(arrived, total)
    waits = bool(arrived) and not _moved_itself(old=before, new=after, was=was, now=position)
    return replace(
        shift,
        own_days=0 if waits else whole(total - arrived),
        arrived_days=whole(arrived),
        waiting_days=whole(total - arrived) if waits else 0,
        through=None if edge is None else new.ids[new.net.source[edge]],
    )


def _arrived(passes: Passes, position: int, was: int) -> tuple[int, int | None]:
    """Return the minutes beyond ``was`` that the links in demand, and the link that demands most.

    A room in minutes of a calendar is taken off on that calendar.
    """
    compiled = passes.compiled
    best, through = 0, None
    for edge in compiled.into(position):
        room = passes.link_float(edge)
        if room is None:
            continue
        demands = _back(compiled, position, passes.instant(position), room) - was
        if demands > best:
            best, through = demands, edge
    return best, through


def _back(compiled: Compiled, position: int, instant: int, minutes: int) -> int:
    cal = compiled.net.cal[position]
    if cal < 0 or minutes <= 0:
        return instant - minutes
    return take_work(compiled.net.clock, cal, instant, minutes)


def _moved_itself(*, old: Passes, new: Passes, was: int, now: int) -> bool:
    """Return whether anything but a meeting or a blackout made an item later than its links do."""
    if not {"meeting", "blackout"} & set(held_by(new, now)):
        return True
    return new.compiled.own_date[now] > old.compiled.own_date[was]
