"""The least that brings a target back: of one lever, and of several together.

No cure ever makes anything later (work is shorter, waits are shorter, a board decides earlier), so
what is enough stays enough with more of it. Two things follow, and both are exact:

* where all levers together, pulled to the utmost, leave the target late, no one of them and no set
  of them brings it back, and none is tried;
* the least amount can be searched for. Where a unit of a cure wins a unit at the most, as many are
  needed as the target is late by; so the search starts there, goes on from below by what is still
  lacking, and proves its answer by one unit less. Elsewhere (calendars, meetings) that step may
  lead too far, and the rest is searched by halves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.recovery.levers import Pull
from simulations.recovery.meetings import Meet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulations.recovery.levers import Lever
    from simulations.recovery.results import Cure
    from simulations.risk.aims import Aim

__all__ = ["cost_of", "cure_of", "find_set", "find_singles", "least_amount", "pull_together"]


def pull_together(levers: Sequence[Lever]) -> list[Pull]:
    """Return levers pulled to the utmost; of a meeting moved or held once more, once more."""
    extra = {one.place for one in levers if one.kind == "extra_meeting"}
    kept = [one for one in levers if one.kind != "move_meeting" or one.place not in extra]
    return [Pull(one, one.most) for one in kept]


def find_singles(aim: Aim, levers: Sequence[Lever]) -> list[Pull]:
    """Return the least pull of each lever that brings the target back alone."""
    tried, together = list(levers), pull_together(levers)
    if aim.can_do(together, aim.all) and not aim.is_back(together, aim.all):
        inside = {pull.lever.name for pull in together}
        tried = [one for one in levers if one.name not in inside]
    return [pull for lever in tried if (pull := _least(aim, lever)) is not None]


def _least(aim: Aim, lever: Lever) -> Pull | None:
    """Return the least pull that brings the target back alone, None where none does."""

    def lateness(amount: int) -> int:
        return aim.lateness([Pull(lever, amount)], aim.all)

    if lateness(lever.most) > 0:
        return None
    late = aim.finish - aim.target.instant
    return Pull(lever, least_amount(lateness, late, lever.most, lever.unit))


def least_amount(lateness: Callable[[int], int], late: int, most: int, unit: int) -> int:
    """Return the least amount from 1 to ``most`` that leaves no minute late; ``most`` does.

    Parameters
    ----------
    lateness
        By how many minutes an amount leaves the target late; more of it never leaves more.
    late
        The minutes late with none of it, more than 0.
    unit
        Minutes of a unit.
    """
    low, high = 0, most
    while high - low > 1:
        guess = low + max(1, -(-late // unit))
        if not low < guess < high:
            guess = (low + high) // 2
        left = lateness(guess)
        if left > 0:
            low, late = guess, left
            continue
        high = guess
        if high - low > 1 and lateness(high - 1) > 0:
            return high
        late = (high - low) // 2 * unit  # a unit won more than a unit: by halves from here
    return high


def find_set(aim: Aim, levers: Sequence[Lever], singles: Sequence[Pull]) -> list[Pull] | None:
    """Return the cheapest set found; None where all levers together are not enough."""
    found = [[pull] for pull in singles]
    together = pull_together(levers)
    pulls = _set_in(aim, together, aim.few)
    if aim.few < aim.all and pulls and not aim.is_back(pulls, aim.all):
        pulls = _set_in(aim, together, aim.all)
    if pulls:
        found.append(pulls)
    return min(found, key=cost_of, default=None)


def _set_in(aim: Aim, every: list[Pull], count: int) -> list[Pull]:
    """Return a set that is enough in so many iterations, none of it more than it takes.

    As many levers are taken as are needed, those first that win most alone, and each is let out as
    far as the target stays in time, the dearest first.
    """
    if not aim.is_back(every, count):
        return []
    ranked = sorted(every, key=lambda pull: aim.after([pull], count))
    size = 1
    while not aim.is_back(ranked[:size], count):
        size += 1
    kept = ranked[:size]
    for place in sorted(range(size), key=lambda one: -cost_of([kept[one]])):

        def lateness(amount: int, place: int = place) -> int:
            tried = [*kept[:place], kept[place]._replace(amount=amount), *kept[place + 1 :]]
            return aim.lateness([one for one in tried if one.amount], count)

        lever, most = kept[place].lever, kept[place].amount
        late = lateness(0)
        if late <= 0:
            kept[place] = kept[place]._replace(amount=0)
        elif lever.worth(most) is None:
            amount = least_amount(lateness, late, most, lever.unit)
            kept[place] = kept[place]._replace(amount=amount)
    return [one for one in kept if one.amount]


def cost_of(pulls: Sequence[Pull]) -> float:
    """Return the days of pulls."""
    return sum(_days(pull) for pull in pulls)


def _days(pull: Pull) -> float:
    worth = pull.lever.worth(pull.amount)
    return cure_of(pull).days if worth is None else worth


def cure_of(pull: Pull) -> Cure:
    """Return a pull as it is told."""
    if isinstance(pull.lever, Meet):
        return pull.lever.told(pull.amount, pull.amount)
    return pull.lever.cure(pull.amount)
