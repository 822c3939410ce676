"""The years a schedule may run over, and why its sums always fit 64 bits (DESIGN 5.1).

Dates a plan states are held to the years 1900 to 2200 when it is read, and so are those that
durations and lags add up to: after a forward pass over a whole plan, and wherever one is shown.

No pass overflows before it is looked at. A span is at most 300 years of wall time on the calendar
it is counted on (`simulations.worktimes.WorkTimes.checked`), less than 2**28 minutes; the time off
that a calendar states, and so the way from any instant to the next at work, is no longer. An item
or a link moves an instant by a few of these, say 2**32 in all, and a pass crosses each once: for
2**26 items and links together no instant lies further from 1970 than 2**58. The sentinels stand
at 2**60, and the sum or difference of any two of these numbers stays below 2**63.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from graphmodel.errors import PlanError
from graphmodel.moments import FIRST_YEAR, LAST_YEAR, start_instant
from graphmodel.recurrence import LAST_INSTANT
from simulations.codes import NEVER

if TYPE_CHECKING:
    from simulations.compiled import Compiled
    from simulations.kernels.shapes import Dates

__all__ = ["check_instant", "check_years"]

_FIRST_INSTANT: Final = start_instant(date(FIRST_YEAR, 1, 1))


def check_years(compiled: Compiled, dates: Dates) -> None:
    """Refuse a schedule that runs beyond the last year.

    Raises
    ------
    PlanError
        It does; the message names the first item that does, predecessors before successors.
    """
    latest = max(max(dates.start, default=NEVER), max(dates.finish, default=NEVER))
    outside = _first_outside(dates) if latest > LAST_INSTANT else None
    if outside is not None:
        raise _beyond(compiled, *outside)


def check_instant(
    compiled: Compiled, dates: Dates, position: int, instant: int, *, begins: bool
) -> None:
    """Refuse to show an instant outside the years, be it an early or a late one.

    ``begins``: it is shown as the day that begins there, not as the one that ends there.

    Raises
    ------
    PlanError
        It lies outside; the message names the first item that does, if it is an early date.
    """
    if instant - (not begins) >= _FIRST_INSTANT and instant + begins <= LAST_INSTANT:
        return
    if instant in {dates.start[position], dates.finish[position]}:
        raise _beyond(compiled, *(_first_outside(dates) or (position, instant)))
    name = compiled.plan.index.items[compiled.ids[position]].name
    raise PlanError(
        f"The late dates of {name} lie outside the years {FIRST_YEAR} to {LAST_YEAR}: check the "
        "durations and lags that follow it, and the dates they have to keep."
    )


def _first_outside(dates: Dates) -> tuple[int, int] | None:
    """Return the first item with an instant outside the years, and that instant."""
    for position, ends in enumerate(zip(dates.start, dates.finish, strict=True)):
        for instant in ends:
            if instant != NEVER and not _FIRST_INSTANT <= instant <= LAST_INSTANT:
                return position, instant
    return None


def _beyond(compiled: Compiled, position: int, instant: int) -> PlanError:
    name = compiled.plan.index.items[compiled.ids[position]].name
    where = f"after the year {LAST_YEAR}" if instant >= LAST_INSTANT else f"before {FIRST_YEAR}"
    return PlanError(
        f"{name} would fall {where}, outside the years knockon works with: check its dates, its "
        "duration and the lags before it."
    )
