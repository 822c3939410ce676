"""The least that brings a target back: of one lever, and of several together.

No cure ever makes anything later (work is shorter, waits are shorter, a board decides earlier), so
what is enough stays enough with more of it. Two things follow, and both are exact:

* where all levers together, pulled to the utmost, leave the target late, no one of them and no set
  of them brings it back, and none is tried;
* the least amount can be searched for. The search goes up by what is still lacking at the pace of
  the units before, and by halves in turn, so that it never takes more than twice the steps of
  halving alone; its answer is proven by one unit less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.recovery.levers import Pull
from simulations.recovery.meetings import cure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulations.recovery.levers import Lever
    from simulations.risk.aims import Aim

__all__ = ["cost_of", "find_set", "find_singles", "least_amount", "pull_together"]


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

    def pulled(amount: int) -> list[Pull]:
        return [Pull(lever, amount)]

    if not aim.is_back(pulled(lever.most), aim.all):
        return None
    return Pull(lever, _least_in(aim, pulled, lever.most, lever.unit))


def _least_in(
    aim: Aim, pulled: Callable[[int], list[Pull]], most: int, unit: int, count: int | None = None
) -> int:
    """Return the least amount of one lever that brings the target back; ``most`` does."""
    size = aim.all if count is None else count

    def lateness(amount: int) -> int:
        return aim.lateness(pulled(amount), size)

    return least_amount(lateness, aim.finish - aim.target.instant, most, unit)


def least_amount(lateness: Callable[[int], int], late: int, most: int, unit: int) -> int:
    """Return the least amount from 1 to ``most`` that leaves no minute late; ``most`` does.

    Parameters
    ----------
    lateness
        By how many minutes an amount leaves the target late; more of it never leaves more.
    late
        About how many minutes it is late with none of it.
    unit
        Minutes of a unit.
    """
    low, high, pace, halve = 0, most, unit, False
    while high - low > 1:
        guess = low + max(1, -(-late // pace))
        if halve or guess >= high:
            guess = (low + high) // 2
        left = lateness(guess)
        if left <= 0:
            high, halve = guess, True
            if guess - 1 == low or lateness(guess - 1) > 0:
                return guess
            high -= 1
        else:
            pace = max(1, (late - left) // (guess - low))
            low, late, halve = guess, left, not halve
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

        def pulled(amount: int, place: int = place) -> list[Pull]:
            tried = [*kept[:place], kept[place]._replace(amount=amount), *kept[place + 1 :]]
            return [one for one in tried if one.amount]

        lever, most = kept[place].lever, kept[place].amount
        if aim.is_back(pulled(0), count):
            kept[place] = kept[place]._replace(amount=0)
        elif lever.worth(most) is None:
            amount = _least_in(aim, pulled, most, lever.unit, count)
            kept[place] = kept[place]._replace(amount=amount)
    return [one for one in kept if one.amount]


def cost_of(pulls: Sequence[Pull]) -> float:
    """Return the days of pulls."""
    return sum(_days(pull) for pull in pulls)


def _days(pull: Pull) -> float:
    worth = pull.lever.worth(pull.amount)
    return cure_of(pull).days if worth is None else worth
