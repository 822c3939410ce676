"""Giving work to another officer: both loads and both stress tests, before and after.

No date depends on who holds an item, so the forecast stays as it is; whose month is full, and whose
slip would hurt, does not. Every role that an officer holds on an item passes with it (the what-if
``reassign``, DESIGN 5.4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphmodel.errors import ScenarioError, UnknownIdError
from graphmodel.index import close_ids
from graphmodel.scenario import Reassign, Scenario
from graphmodel.words import count
from queries.owners_holding import find_holdings, measure_load
from simulations.changes import edit_plan
from simulations.stress import stress_officers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.people import Officer, Role
    from graphmodel.plan import Plan
    from graphmodel.spans import Span
    from queries.owners_holding import Holdings, Load
    from simulations.batch import Effect
    from simulations.scenarios import Baseline

__all__ = ["BeforeAfter", "Reassignment", "find_moves", "reassign_items"]


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """One officer's load, share of it, and stress test before and after a re-assignment.

    An effect is None where nothing of theirs has a date that could slip.
    """

    id: str
    title: str
    load_before: Load
    load_after: Load
    share_before: float
    share_after: float
    effect_before: Effect | None
    effect_after: Effect | None


@dataclass(frozen=True, slots=True)
class Reassignment:
    """Items that pass to other officers, and what that does to everyone concerned.

    ``changes`` can be put in a scenario; ``items`` lists each item once, in the order of the plan.
    """

    plan: Plan
    sentences: tuple[str, ...]
    by: Span
    roles: tuple[Role, ...]
    changes: tuple[Reassign, ...]
    items: tuple[str, ...]
    officers: tuple[BeforeAfter, ...]


def find_moves(
    plan: Plan, what: str, to: str, *, giver: str | None = None, roles: Sequence[Role]
) -> list[Reassign]:
    """Return the changes that give an item, or all open items of an officer, to another officer.

    Parameters
    ----------
    what
        An item, with its open items below it; or an officer, for everything open of theirs.
    giver
        Whom an item passes from; unless told, the one officer who holds it, or all below it.
    roles
        Which roles make an item an officer's.

    Raises
    ------
    UnknownIdError
        The plan has no such item or officer.
    ScenarioError
        Several officers hold it and none is named, or nothing of it is open and theirs.
    """
    index, holdings = plan.index, find_holdings(plan, roles)
    taker = index.officer(to)
    if what not in index.items and giver is None:
        old = _officer(plan, what)
        return _moves(holdings.items.get(old.id, ()), old, taker)
    item = index.item(what)
    below = [one for one in index.leaves(item.id) if one in holdings.holders]
    if giver is None:
        found = {officer for one in below for officer in holdings.holders[one]}
        if len(found) != 1:
            raise ScenarioError(
                f"{len(found) or 'No'} officers hold {item.name}: name whom it passes from, as in "
                f"{item.id}=FROM..{taker.id}."
            )
        giver = found.pop()
    old = index.officer(giver)
    return _moves([one for one in below if old.id in holdings.holders[one]], old, taker, item.name)


def _officer(plan: Plan, what: str) -> Officer:
    """Return the officer of a name that is no item's, or tell close ids and names of both."""
    try:
        return plan.index.officer(what)
    except UnknownIdError as error:
        close = (*error.close, *close_ids(what, plan.index.items))
        raise UnknownIdError("item or officer", what, close[:3]) from None


def _moves(items: Sequence[str], old: Officer, new: Officer, where: str = "") -> list[Reassign]:
    if old is new:
        raise ScenarioError(f"Nothing can pass from {old.name} to {new.name}: name another.")
    if not items:
        of = f" of {where}" if where else ""
        raise ScenarioError(f"{old.name} holds nothing open{of} in this role: nothing can pass.")
    return [Reassign(item=item, officer=old.id, to=new.id) for item in items]


def reassign_items(
    baseline: Baseline,
    changes: Sequence[Reassign],
    *,
    by: Span,
    roles: Sequence[Role] = ("responsible",),
) -> Reassignment:
    """Return the loads and stress tests of everyone concerned, before and after.

    Raises
    ------
    UnknownIdError, ScenarioError
        A change cannot be made.
    """
    plan = baseline.plan
    edited = edit_plan(plan, Scenario(changes=tuple(changes)), baseline.compiled.links)
    states = (baseline, replace(baseline, plan=edited.build()))
    holdings = [find_holdings(state.plan, roles) for state in states]
    concerned = tuple(dict.fromkeys(one for each in changes for one in (each.officer, each.to)))
    effects = [
        {
            one.effect.id: one.effect
            for one in stress_officers(state, by, roles=roles, only=concerned).officers
        }
        for state in states
    ]
    officers = tuple(
        BeforeAfter(
            id=one,
            title=plan.index.officer(one).name,
            load_before=_load(baseline, holdings[0], one),
            load_after=_load(baseline, holdings[1], one),
            share_before=holdings[0].share(one),
            share_after=holdings[1].share(one),
            effect_before=effects[0].get(one),
            effect_after=effects[1].get(one),
        )
        for one in concerned
    )
    items = {change.item for change in changes}
    passed = tuple(item.id for item in plan.items if item.id in items)
    return Reassignment(
        plan=plan,
        sentences=tuple(_tell(officers, len(passed))),
        by=by,
        roles=tuple(roles),
        changes=tuple(changes),
        items=passed,
        officers=officers,
    )


def _load(baseline: Baseline, holdings: Holdings, officer: str) -> Load:
    return measure_load(baseline.passes["spare"], holdings.items.get(officer, ()))


def _tell(officers: Sequence[BeforeAfter], items: int) -> list[str]:
    verb = "passes" if items == 1 else "pass"
    first = f"{count(items, 'open item')} {verb} to another officer. No date moves with it."
    return [first, *(f"{one.title}: {_change(one)}." for one in officers)]


def _change(one: BeforeAfter) -> str:
    before, after = one.load_before, one.load_after
    told = f"{before.items} open {'item' if before.items == 1 else 'items'} before, "
    told += f"{after.items} after"
    peaks = [
        f"{peak.finishing} in {peak.month:%Y-%m}"
        for peak in (before.peak, after.peak)
        if peak is not None
    ]
    if before.peak is not None and after.peak is not None:
        same = before.peak == after.peak
        told += f"; the peak stays {peaks[0]}" if same else f"; the peak goes from {peaks[0]}"
        told += "" if same else f" to {peaks[1]}"
    elif peaks:
        told += f"; the peak {'was' if after.peak is None else 'is'} {peaks[0]}"
    return told
