"""At which slip the next item moves, and at which something first becomes newly late.

A longer slip never moves anything earlier, so each threshold can be searched for. One run with a
very long slip shows where every item would be if only the change held it, which names the answer
at once; two runs prove it. Where they do not (calendar months on the way), the search is by halves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.results import Threshold

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulations.passes import Passes
    from simulations.results import Gaps
    from simulations.scenarios import Run

__all__ = ["LONGEST_DAYS", "first_beyond", "least_days"]

#: The longest slip asked about, ten years.
LONGEST_DAYS = 3653


def first_beyond(
    run: Run,
    gaps: Gaps,
    limits: dict[int, int],
    over: int,
    longest: Passes,
    end: Callable[[Passes, int], int],
) -> Threshold | None:
    """Return the item that first passes its limit, and the least whole days of slip for that.

    Parameters
    ----------
    limits
        Finish instants by position, none of which is passed at a slip of ``over`` days.
    longest
        The run with a slip of `LONGEST_DAYS`.
    end
        The instant of an item that must not pass its limit, ``NEVER`` for none.
    """
    reach = {one: end(longest, one) for one in limits}
    beyond = [one for one, limit in limits.items() if limit < reach[one]]
    if not beyond:
        return None
    guess = min(_days_to_pass(limits[one], reach[one]) for one in beyond)

    def passed(days: int) -> bool:
        passes = run.after(gaps, days)
        return any(end(passes, one) > limit for one, limit in limits.items())

    days = least_days(passed, max(over + 1, guess), over)
    passes = run.after(gaps, days)
    moved = [one for one in beyond if end(passes, one) > limits[one]]
    compiled = run.compiled
    # Of several, a leaf, the first in the file; else the innermost parent (it is compiled first).
    first = min(
        moved,
        key=lambda one: (1, one) if compiled.parts(one) else (0, compiled.order_in_file[one]),
    )
    return Threshold(compiled.ids[first], days)


def _days_to_pass(limit: int, reach: int) -> int:
    """Return the whole days of slip that pass ``limit`` if `LONGEST_DAYS` reach ``reach``."""
    return LONGEST_DAYS - (reach - limit - 1) // 1440


def least_days(
    passed: Callable[[int], bool], guess: int, over: int = 0, most: int = LONGEST_DAYS
) -> int:
    """Return the least days over ``over`` that pass: the guess, if one less does not.

    Parameters
    ----------
    passed
        Whether so many days pass: those of ``over`` do not, those of ``most`` do, and none that is
        more than another which does.
    guess
        What it may be; one that lies outside is no help.
    """
    is_between = over < guess <= most
    if is_between and passed(guess) and (guess == over + 1 or not passed(guess - 1)):
        return guess
    return _bisect(passed, over, most)


def _bisect(passed: Callable[[int], bool], low: int, high: int) -> int:
    """Return the least number in (low, high] that passes; ``high`` does, ``low`` does not."""
    while high - low > 1:
        middle = (low + high) // 2
        if passed(middle):
            high = middle
        else:
            low = middle
    return high
