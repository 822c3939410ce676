"""Splits: the gaps inside an activity, at their place in its work (DESIGN 5.3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from simulations.worktimes import Measured, WorkTimes

__all__ = ["gaps_of", "work_through"]


def gaps_of(item: Item, done: int, times: WorkTimes) -> list[tuple[int, Measured]]:
    """Return the gaps that lie beyond ``done`` minutes of work.

    Each is the work since the gap before (or since what is done), and the gap.
    """
    where = f'A split of "{item.id}"'
    places = sorted(
        (times.measure(one.after, item.calendar, where).minutes, number)
        for number, one in enumerate(item.splits)
    )
    gaps: list[tuple[int, Measured]] = []
    for after, number in places:
        if after > done:
            gaps.append(
                (after - done, times.measure(item.splits[number].gap, item.calendar, where))
            )
            done = after
    return gaps


def work_through(
    times: WorkTimes, start: int, span: Measured, gaps: Sequence[tuple[int, Measured]]
) -> int:
    """Return when work that may begin at ``start`` ends, stopping for the gaps inside it."""
    left = span.minutes
    for work, gap in gaps:
        if work >= left:
            break
        start = times.add(times.ahead(start, span._replace(minutes=work)), gap)
        left -= work
    return times.ahead(start, span._replace(minutes=left))
