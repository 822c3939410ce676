"""What only a few items have: constraints, delays, blackouts, splits, as rows of the net."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant, start_instant
from simulations.codes import BEGUN, FIXED, LOGIC, NEVER, PLANNED
from simulations.splits import gaps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphmodel.items import Item
    from graphmodel.people import Blackout
    from simulations.gating import GateRow
    from simulations.owndates import Own
    from simulations.worktimes import Measured, WorkTimes

__all__ = ["Extra", "extra_of", "flatten", "merge_blackouts"]


@dataclass(slots=True)
class Extra:
    """One row of the ``x_`` columns (`simulations.kernels.shapes.Net`)."""

    snet: int = NEVER
    fnet: int = NEVER
    snlt: int = NEVER
    fnlt: int = NEVER
    pin_start: int = NEVER
    pin_finish: int = NEVER
    alap: bool = False
    delay: Measured | None = None
    shift: int = 0
    blackouts: tuple[tuple[int, int], ...] = ()
    gates: tuple[GateRow, ...] = ()
    splits: list[tuple[int, Measured]] = field(default_factory=list)

    def pass_gates(self, gates: tuple[GateRow, ...]) -> None:
        """Take up gates: what finishes at a meeting is neither pinned nor as late as possible."""
        self.gates = gates
        self.alap = False
        if self.pin_start != NEVER:
            _constrain_start(self, "MSO", self.pin_start, pins=False)
        if self.pin_finish != NEVER:
            _constrain_finish(self, "MFO", self.pin_finish, pins=False)
        self.pin_start = self.pin_finish = NEVER

    def cap_finish(self, instant: int) -> None:
        """Cap the late finish."""
        self.fnlt = instant if self.fnlt == NEVER else min(self.fnlt, instant)


def extra_of(item: Item, own: Own, times: WorkTimes, blackouts: Sequence[Blackout]) -> Extra | None:
    """Return what is special about an item, None for nothing."""
    tagged = [one for one in blackouts if set(one.tags) & set(item.tags)] if item.tags else []
    delay = item.levelling_delay
    if not (item.constraints or item.deadlines or item.splits or tagged or delay):
        return None
    extra = Extra(blackouts=merge_blackouts(tagged))
    for deadline in item.deadlines:
        extra.cap_finish(finish_instant(deadline.date))
    _constrain(extra, item, own)
    if delay is not None and extra.pin_start == extra.pin_finish == NEVER:
        extra.delay = times.measure(delay, item.calendar, f'The levelling delay of "{item.id}"')
    if item.mode == "logic":  # planned dates hold their gaps already
        done = max(0, own.length.minutes - own.rest.minutes) if own.how == BEGUN else 0
        extra.splits = gaps_of(item, done, times)
    return extra


def _constrain(extra: Extra, item: Item, own: Own) -> None:
    """Turn constraints into bounds; MSO and MFO are a lower and an upper one unless hard.

    Only what has not begun and has a length or a date of its own can be pinned, or be late.
    """
    for one in item.constraints:
        pins = one.hard and own.how in {FIXED, LOGIC, PLANNED}
        if one.type == "ALAP":
            extra.alap = own.how in {LOGIC, PLANNED}
        elif one.date is not None and one.type in {"SNET", "SNLT", "MSO"}:
            _constrain_start(extra, one.type, start_instant(one.date), pins=pins)
        elif one.date is not None:
            _constrain_finish(extra, one.type, finish_instant(one.date), pins=pins)


def _constrain_start(extra: Extra, kind: str, instant: int, *, pins: bool) -> None:
    if kind == "MSO" and pins:
        extra.pin_start = instant
        return
    if kind != "SNLT":
        extra.snet = max(extra.snet, instant)
    if kind != "SNET":
        extra.snlt = instant if extra.snlt == NEVER else min(extra.snlt, instant)


def _constrain_finish(extra: Extra, kind: str, instant: int, *, pins: bool) -> None:
    if kind == "MFO" and pins:
        extra.pin_finish = instant
        return
    if kind != "FNLT":
        extra.fnet = max(extra.fnet, instant)
    if kind != "FNET":
        extra.cap_finish(instant)


def merge_blackouts(blackouts: Iterable[Blackout]) -> tuple[tuple[int, int], ...]:
    """Return blackouts as first instant and first instant after, ascending and apart."""
    merged: list[tuple[int, int]] = []
    spans = sorted((start_instant(one.start), finish_instant(one.finish)) for one in blackouts)
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _pool(lists: Sequence[Sequence[int]]) -> tuple[list[int], list[tuple[int, int]]]:
    """Return all lists in one, each kept once, and where each stands."""
    pool: list[int] = []
    known: dict[int, tuple[int, int]] = {}
    for one in lists:
        if id(one) not in known:
            known[id(one)] = (len(pool), len(pool) + len(one))
            pool.extend(one)
    return pool, [known[id(one)] for one in lists]


def flatten(rows: Sequence[Extra]) -> dict[str, list[int]]:
    """Return the ``x_``, ``g_``, ``b_`` and ``s_`` columns of the net."""
    gates = [gate for row in rows for gate in row.gates]
    meetings, ranges = _pool([gate.meetings for gate in gates])
    blacks = [one for row in rows for one in row.blackouts]
    splits = [one for row in rows for one in row.splits]
    return {
        "x_snet": [row.snet for row in rows],
        "x_fnet": [row.fnet for row in rows],
        "x_snlt": [row.snlt for row in rows],
        "x_fnlt": [row.fnlt for row in rows],
        "x_pin_start": [row.pin_start for row in rows],
        "x_pin_finish": [row.pin_finish for row in rows],
        "x_alap": [int(row.alap) for row in rows],
        "x_delay": [row.delay.minutes if row.delay else 0 for row in rows],
        "x_delay_cal": [row.delay.cal if row.delay else -1 for row in rows],
        "x_shift": [row.shift for row in rows],
        "x_black": [0, *accumulate(len(row.blackouts) for row in rows)],
        "x_split": [0, *accumulate(len(row.splits) for row in rows)],
        "x_gate": [0, *accumulate(len(row.gates) for row in rows)],
        "g_own": [gate.own for gate in gates],
        "g_from": [begin for begin, _ in ranges],
        "g_to": [end for _, end in ranges],
        "g_lead": [gate.lead.minutes for gate in gates],
        "g_lead_months": [gate.lead.months for gate in gates],
        "g_lead_cal": [gate.lead.cal for gate in gates],
        "meetings": meetings,
        "b_start": [start for start, _ in blacks],
        "b_end": [end for _, end in blacks],
        "s_work": [work for work, _ in splits],
        "s_gap": [gap.minutes for _, gap in splits],
        "s_gap_cal": [gap.cal for _, gap in splits],
    }
