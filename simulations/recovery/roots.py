"""Where the chains that make an item late begin: what holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import write_moment
from simulations.codes import DONE, FIXED
from simulations.conditions import quoted
from simulations.holds import held_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulations.recovery.late import LateNet

__all__ = ["tell_roots"]

#: Beginnings that are told.
_TOLD: Final = 4
_REASONS: Final = {
    "planned_date": "keeps its planned date",
    "forecast": "is forecast for that day",
    "constraint": "is held by a constraint",
    "meeting": "waits for a meeting",
    "blackout": "waits for the end of a blackout",
    "status_date": "cannot come before the status date",
    "actual": "has begun, which is a fact",
    "plan_start": "cannot come before the plan starts",
}


def tell_roots(late: LateNet, one: str) -> tuple[str, ...]:
    """Return what stands at the beginning of each chain that makes an item late, in words."""
    found = dict.fromkeys(_roots(late, late.passes.compiled.at[one]))
    return tuple(_tell(late, position) for position in list(found)[:_TOLD])


def _roots(late: LateNet, target: int) -> Iterator[int]:
    seen, waiting = {target}, [target]
    while waiting:
        position = waiting.pop(0)
        if not late.is_late(position):
            yield position
            continue
        for bound in late.bounds(position):
            if bound.source is None:
                yield position
            elif bound.source not in seen:
                seen.add(bound.source)
                waiting.append(bound.source)


def _tell(late: LateNet, position: int) -> str:
    passes = late.passes
    compiled, run = passes.compiled, late.trials.run
    one = compiled.ids[position]
    name, how = quoted(late.trials.plan, one), compiled.net.how[position]
    day = passes.finish(position) or passes.start(position)
    when = "" if day is None else f" on {write_moment(day)}"
    if how == DONE:
        return f"{name} is complete{when}, which is a fact"
    if how == FIXED:
        return f"{name} keeps the fixed dates it is given"
    if one in run.edited.changed:
        return f"{name} is changed by the scenario itself"
    reasons = [_REASONS[reason] for reason in held_by(passes, position) if reason in _REASONS]
    return f"{name} {reasons[0] if reasons else 'finishes'}{when}"
