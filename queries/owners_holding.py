"""What each officer holds that is open, and how much of it falls in which month.

An *open item* is one without parts that is neither complete nor cancelled; parents are not counted
beside their parts. Roles are inherited (DESIGN section 4). An item of several officers counts in
full for each of them, and in equal *shares* that add up to one. A group, such as all corporate
directors together, is nobody's load: it has no share, and what only a group holds is told apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graphmodel.moments import show_finish
from graphmodel.people import ROLES
from simulations.codes import NEVER
from simulations.edited import is_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from simulations.passes import Passes

__all__ = ["Holdings", "Load", "MonthLoad", "count_roles", "find_holdings", "measure_load"]


@dataclass(frozen=True, slots=True)
class Holdings:
    """Who holds what that is open, in one of some roles.

    Attributes
    ----------
    open_items
        Every open item of the plan, in its order.
    holders
        By open item the officers who hold it, groups too, in the order roles are told in.
    items
        By officer what they hold, officers and items in the order of the plan.
    groups
        The ids in ``items`` that are groups.
    """

    plan: Plan
    roles: tuple[Role, ...]
    open_items: tuple[str, ...]
    holders: dict[str, tuple[str, ...]]
    items: dict[str, tuple[str, ...]]
    groups: frozenset[str]

    @property
    def officers(self) -> tuple[str, ...]:
        """Who carries a load: everyone who holds something, but groups."""
        return tuple(one for one in self.items if one not in self.groups)

    def carriers(self, item: str) -> tuple[str, ...]:
        """Return who carries an open item: its holders, but groups."""
        return tuple(one for one in self.holders[item] if one not in self.groups)

    def share(self, officer: str) -> float:
        """Return an officer's open items, each divided by how many officers carry it."""
        if officer in self.groups:
            return 0
        return sum(1 / len(self.carriers(item)) for item in self.items.get(officer, ()))

    def joint(self, officer: str) -> int:
        """Return how many of an officer's open items somebody else, or a group, holds too."""
        return sum(len(self.holders[item]) > 1 for item in self.items.get(officer, ()))


@dataclass(frozen=True, slots=True)
class MonthLoad:
    """One month, told by its first day: open items that finish in it, and that are active in it."""

    month: date
    finishing: int
    active: int


@dataclass(frozen=True, slots=True)
class Load:
    """An officer's open items over time, by the forecast dates of the plan.

    Attributes
    ----------
    items
        How many there are.
    months
        From the first to the last month with one of them, quiet months between included. An item
        is active from the month of its start to that of its finish; one without a length, in the
        month of its finish alone; an open-ended one until the plan's last month.
    peak
        The month in which most finish, the first of several; None where nothing has a finish.
    open_ended, undated
        How many have a start only, and no date at all.
    """

    items: int
    months: tuple[MonthLoad, ...]
    peak: MonthLoad | None
    open_ended: int
    undated: int


def find_holdings(plan: Plan, roles: Sequence[Role] = ("responsible",)) -> Holdings:
    """Return who holds what that is open, in one of these roles or several."""
    index = plan.index
    holders: dict[str, tuple[str, ...]] = {}
    held: dict[str, list[str]] = {officer.id: [] for officer in plan.officers}
    for item in plan.items:
        if is_over(item) or not index.is_leaf(item.id):
            continue
        found = [one.id for role in roles for one in index.officers_of(item.id, role)]
        holders[item.id] = tuple(dict.fromkeys(found))
        for officer in holders[item.id]:
            held[officer].append(item.id)
    return Holdings(
        plan=plan,
        roles=tuple(roles),
        open_items=tuple(holders),
        holders=holders,
        items={officer: tuple(items) for officer, items in held.items() if items},
        groups=frozenset(one.id for one in plan.officers if one.kind == "group"),
    )


def count_roles(plan: Plan, open_items: Iterable[str]) -> dict[str, dict[Role, int]]:
    """Return by officer how many open items they hold in each role; roles not held are left out."""
    counts: dict[str, Counter[Role]] = {}
    for item in open_items:
        for role in ROLES:
            for officer in plan.index.officers_of(item, role):
                counts.setdefault(officer.id, Counter())[role] += 1
    return {
        officer: {role: found[role] for role in ROLES if found[role]}
        for officer, found in counts.items()
    }


def measure_load(passes: Passes, items: Sequence[str]) -> Load:
    """Return how some open items lie over the months, by the dates of a forward pass."""
    finishing: Counter[int] = Counter()
    active: Counter[int] = Counter()
    open_ended, undated = 0, 0
    at, showing = passes.compiled.at, passes.showing
    positions = [at[item] for item in items]
    for start, finish in zip(showing.starts(positions), showing.finishes(positions), strict=True):
        if finish is not None:
            last = _number(finish)
            finishing[last] += 1
            active.update(range(min(_number(start or finish), last), last + 1))
        elif start is not None:
            open_ended += 1
            active.update(_until_the_end(passes, _number(start)))
        else:
            undated += 1
    months = tuple(_months(finishing, active))
    return Load(
        items=len(items),
        months=months,
        peak=max((one for one in months if one.finishing), key=_weight, default=None),
        open_ended=open_ended,
        undated=undated,
    )


def _weight(one: MonthLoad) -> int:
    return one.finishing


def _months(finishing: Counter[int], active: Counter[int]) -> Iterator[MonthLoad]:
    if active:
        for number in range(min(active), max(active) + 1):
            year, month = divmod(number, 12)
            yield MonthLoad(date(year, month + 1, 1), finishing[number], active[number])


def _until_the_end(passes: Passes, first: int) -> range:
    """Return the months from one to the plan's last, itself at least."""
    last = passes.last_finish
    end = first if last == NEVER else _number(show_finish(last))
    return range(first, max(first, end) + 1)


def _number(day: date) -> int:
    """Return the months from year 0 to that of a day."""
    return day.year * 12 + day.month - 1
