"""What the kernels read and write: a plan as flat integer containers, and the dates they fill.

Positions ``p`` run from 0 to n - 1 so that predecessors stand before successors and parts before
what they are part of. Edges ``e`` run in the order of the position they lead to: those into ``p``
are ``into[p] … into[p + 1] - 1``; those out of it ``leaving[leaving_at[p]] …``. Instants are wall
minutes since 1970 (`graphmodel.moments`), ``NEVER`` stands for none. Lengths are minutes, counted
on the calendar beside them (``-1``: on the wall).

A container is a list where the kernels run as Python and an int64 array where they are compiled.
What only a few items have stands in a row of the ``x_`` columns, found through ``extra`` (``-1``:
nothing special).
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

from simulations.kernels.clock import Clock

__all__ = ["BY_START", "OPENS", "Changes", "Dates", "Ints", "Net"]

Ints = Sequence[int]

# Bits of ``Dates.shown``.
BY_START = 1  # the finish, or the one instant of a point, is shown as the day that begins there
OPENS = 2  # the start is shown as the day that begins there (else as the day that ends)


class Net(NamedTuple):
    """A compiled plan.

    Attributes
    ----------
    how
        How the item gets its dates, a code of `simulations.codes`.
    cal
        Calendar its work is counted on and its float is measured in.
    own_start, own_finish
        Own dates; for work that follows its logic, the start is the earliest it may have. Gates
        keep their own date in ``g_own``.
    length, months
        Duration or planned span.
    rest, rest_months, rest_cal
        What remains of begun work.
    flags
        Bits of `simulations.codes`: ``PINNED`` (start is a fact), ``BEGINS``, ``ENDS`` (start or
        finish milestone), ``RETAINED`` (begun work waits for its links).
    parent, parts_at, parts
        Nearest ancestor that takes part (-1: none), and the other way round.
    due
        Due date that the late finish starts from.
    extra
        Row of the ``x_`` columns.
    into, source, target, code, lag, lag_months, lag_cal, shift
        The edges; ``shift`` is the same-month allowance of an input of a gate.
    cap
        The latest instant that an edge can hold its target to: ``UNLIMITED``, but where a risk
        analysis protects what follows a link from the delay before it.
    plain_source, plain_target
        The ends of plain edges once more (-1 for others), beside ``source`` and beside
        ``leaving``: most links are FS without lag to a leaf about which nothing is special, and
        the passes take them without looking further.
    x_snet, x_fnet, x_snlt, x_fnlt
        Bounds of constraints and deadlines as instants.
    x_pin_start, x_pin_finish
        Hard constraints.
    x_alap
        1 for as late as possible.
    x_delay, x_delay_cal
        Levelling delay.
    x_shift
        Same-month allowance of a part of a gated parent.
    x_black, x_gate, x_split
        Where this row's blackouts, gates and splits begin; those of the row end where the next
        row's begin.
    b_start, b_end
        Blackouts: first instant, first instant after; ascending and apart.
    g_own, g_from, g_to, g_lead, g_lead_months, g_lead_cal, meetings
        Gates in order: own date (the meeting M of DESIGN 5.3.5, or a forecast), the range of valid
        meetings, and the papers lead.
    s_work, s_gap, s_gap_cal
        Splits: work since the gap before, then the gap.
    project
        Place in the columns below of the plan an item belongs to.
    plan_start, floor_finish, floor_start, must_finish, seed_least, late_alap, climbs
        One entry for the plan itself, then one for each project of a portfolio: its start; the
        status date as a finish-type floor, or as a start-type one; the date it must finish by; 1
        where a due date only caps the late finish; 1 where as late as possible means the late
        dates; 1 where the links out of a parent are those of its leaves too.
    """

    how: Ints
    cal: Ints
    own_start: Ints
    own_finish: Ints
    length: Ints
    months: Ints
    rest: Ints
    rest_months: Ints
    rest_cal: Ints
    flags: Ints
    parent: Ints
    parts_at: Ints
    parts: Ints
    due: Ints
    extra: Ints
    into: Ints
    source: Ints
    target: Ints
    code: Ints
    lag: Ints
    lag_months: Ints
    lag_cal: Ints
    shift: Ints
    cap: Ints
    plain_source: Ints
    leaving_at: Ints
    leaving: Ints
    plain_target: Ints
    x_snet: Ints
    x_fnet: Ints
    x_snlt: Ints
    x_fnlt: Ints
    x_pin_start: Ints
    x_pin_finish: Ints
    x_alap: Ints
    x_delay: Ints
    x_delay_cal: Ints
    x_shift: Ints
    x_black: Ints
    x_gate: Ints
    x_split: Ints
    b_start: Ints
    b_end: Ints
    g_own: Ints
    g_from: Ints
    g_to: Ints
    g_lead: Ints
    g_lead_months: Ints
    g_lead_cal: Ints
    meetings: Ints
    s_work: Ints
    s_gap: Ints
    s_gap_cal: Ints
    clock: Clock
    project: Ints
    plan_start: Ints
    floor_finish: Ints
    floor_start: Ints
    must_finish: Ints
    seed_least: Ints
    late_alap: Ints
    climbs: Ints


class Changes(NamedTuple):
    """What a scenario does, by position: a slip in months and minutes, a finish-type floor."""

    slip_months: MutableSequence[int]
    slip: MutableSequence[int]
    floor: MutableSequence[int]


class Dates(NamedTuple):
    """Instants by position, and how they are shown (bits ``BY_START`` and ``OPENS``).

    ``passed``: when each gate is passed, by row of the ``g_`` columns.
    """

    start: MutableSequence[int]
    finish: MutableSequence[int]
    shown: MutableSequence[int]
    passed: MutableSequence[int]
