"""Instants of meetings, as the answers about boards show and test them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from graphmodel.moments import show_finish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from simulations.compiled import Compiled

__all__ = ["is_meeting", "shown", "valid_meetings"]


def shown(instant: int) -> date:
    """Return the day of a meeting or deadline, with the time of day where it has one."""
    return show_finish(instant, hours=True)


def is_meeting(meetings: Sequence[int], instant: int) -> bool:
    """Return whether an instant is one of these, which ascend."""
    place = bisect_left(meetings, instant)
    return place < len(meetings) and meetings[place] == instant


def valid_meetings(compiled: Compiled, row: int) -> Sequence[int]:
    """Return the valid meetings of a gate, by its place in `Compiled.gates`, as instants."""
    net = compiled.net
    return net.meetings[net.g_from[row] : net.g_to[row]]
