"""What is told of officers, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from simulations.conditions import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from graphmodel.spans import Span
    from queries.owners import Owner, Owners
    from queries.owners_alone import Alone
    from simulations.results import Threshold
    from simulations.stress import Stress

__all__ = ["tell_days", "tell_officer", "tell_owners", "tell_range", "tell_roles"]

#: What one officer, and what several, are to the items they hold in a role.
_HOLDS: Final[dict[Role, tuple[str, str]]] = {
    "responsible": ("is responsible for", "are responsible for"),
    "delivery_lead": ("is the delivery lead of", "are the delivery leads of"),
    "accountable": ("is accountable for", "are accountable for"),
    "portfolio": ("holds the portfolio of", "hold the portfolios of"),
    "sponsor": ("sponsors", "sponsor"),
}

_ROLES: Final[dict[Role, str]] = {
    "responsible": "responsible officer",
    "delivery_lead": "delivery lead",
    "accountable": "accountable officer",
    "portfolio": "portfolio holder",
    "sponsor": "sponsor",
}


def tell_officer(plan: Plan, one: Owner, by: Span) -> str:
    """Say why an officer stands where they do."""
    if one.stress is None:
        which = "The open item has no date" if one.open_items == 1 else "No open item has a date"
        return f"{which} that could slip."
    told = f"If {_slipping(one, one.stress)} {by.words}, {' and '.join(_effects(one, one.stress))}"
    alone = _alone(plan, one.alone_on)
    return f"{told}; {alone}." if alone else f"{told}."


def _slipping(one: Owner, stress: Stress) -> str:
    slipped = stress.effect.slipped
    if slipped < one.open_items:
        verb = "that has a date slips" if slipped == 1 else "that have dates slip"
        return f"the {count(slipped, 'open item')} {verb}"
    return f"{count(slipped, 'open item')} {'slips' if slipped == 1 else 'slip'}"


def _effects(one: Owner, stress: Stress) -> Iterator[str]:
    effect = stress.effect
    late = sorted((effect.newly_late, effect.newly_late_if_work))
    moved = sorted((effect.moved, effect.moved_if_work))
    own = sorted((stress.own_late, stress.own_late_if_work))
    first = _earliest(effect.first_newly_late, effect.first_newly_late_if_work)
    if own[1]:
        verb = "misses its own due date" if own[1] == 1 else "miss their own due dates"
        yield f"{_between(*own)} of them {verb}"
    if late[1]:
        told = f"{tell_range(*late, 'other due date is', 'other due dates are')} missed"
        if first is not None:
            told += f" (the first, {first.item}, from {tell_days(first.at_days)} on)"
        yield told
    if moved[1]:
        days = tell_days(effect.total_knock_on_days, effect.total_knock_on_if_work_days)
        yield f"{tell_range(*moved, 'other item moves', 'other items move')} by {days} in all"
    if not late[1] and not moved[1]:
        told = "nothing else moves"
        if not one.links_out:
            told += ", because no link leads from them to others"
        if first is not None:
            told += f", and no other due date is missed before {tell_days(first.at_days)}"
            told += f" ({first.item})"
        yield told


def _earliest(*thresholds: Threshold | None) -> Threshold | None:
    known = [one for one in thresholds if one is not None]
    return min(known, key=lambda one: one.at_days, default=None)


def _alone(plan: Plan, alone: Sequence[Alone]) -> str:
    """Say what nobody else is named for: the outermost first, the one with most open items."""
    if not alone:
        return ""
    kinds = [one.kind for one in alone]
    outermost = min(alone, key=lambda one: (_depth(plan, one.item), -one.open_items))
    same = kinds.count(outermost.kind)
    if same == 1:
        return f"nobody else is named for the {outermost.kind} {quoted(plan, outermost.item)}"
    return f"nobody else is named for {same} {outermost.kind}s, such as {outermost.item}"


def _depth(plan: Plan, item: str) -> int:
    return len(plan.index.ancestors(item))


def tell_owners(answer: Owners) -> Iterator[str]:
    """Yield the answer in words: who holds how much, whose load is nobody's, what it rests on."""
    if not answer.plan.officers:
        yield (
            "The plan names no officers, so nobody's load can be told: a register of officers or "
            "of assignments adds them."
        )
        return
    if not answer.open_items:
        yield "Nothing of the plan is open: everything is complete or cancelled."
        return
    yield _held(answer)
    if answer.joint:
        yield (
            f"{count(answer.joint, 'item')} {'has' if answer.joint == 1 else 'have'} several "
            "officers: each counts in full for all of them, and in equal parts in the shares."
        )
    yield from _not_held(answer)
    if answer.officers:
        used = answer.links_used
        told = f"This rests on {count(used.accepted, 'accepted link')}"
        told += f" and {count(used.proposed, 'proposed link')}" if used.proposed else ""
        waiting = sum(link.state == "proposed" for link in answer.plan.links) - used.proposed
        if waiting > 0:
            told += f"; {count(waiting, 'proposed link')} {'waits' if waiting == 1 else 'wait'} for"
            told += " review"
        yield f"{told}."


def _held(answer: Owners) -> str:
    officers, items = len(answer.officers), count(answer.open_items, "open item")
    if not officers:
        return f"No officer holds any of the {items} as {tell_roles(answer.roles)}."
    one, several = ("holds", "hold")
    if len(answer.roles) == 1:
        one, several = _HOLDS[answer.roles[0]]
    told = f"{count(officers, 'officer')} {one if officers == 1 else several} "
    told += f"{answer.held:,} of {items}"
    return f"{told}." if len(answer.roles) == 1 else f"{told} as {tell_roles(answer.roles)}."


def _not_held(answer: Owners) -> Iterator[str]:
    for group in answer.groups:
        if group.alone:
            yield (
                f"{count(group.alone, 'item')} {'belongs' if group.alone == 1 else 'belong'} to "
                f"{group.title} together, which is nobody's load."
            )
    if answer.unheld and answer.officers:
        nobody = "has nobody" if answer.unheld == 1 else "have nobody"
        yield f"{count(answer.unheld, 'open item')} {nobody} as {tell_roles(answer.roles)}."


def tell_roles(roles: Sequence[Role]) -> str:
    """Return roles as words: ``responsible officer or delivery lead``."""
    return " or ".join(_ROLES[role] for role in roles)


def tell_range(low: int, high: int, one: str, many: str) -> str:
    """Return ``3 items``, or ``3 to 5 items`` where the ends differ."""
    return f"{_between(low, high)} {one if high == 1 else many}"


def tell_days(*days: float) -> str:
    """Return ``14 days``, or ``14 to 155 days`` where the ends differ."""
    low, high = min(days), max(days)
    return f"{_between(low, high)} {'day' if high == 1 else 'days'}"


def _between(low: float, high: float) -> str:
    ends = (f"{one:,.1f}".removesuffix(".0") for one in dict.fromkeys((low, high)))
    return " to ".join(ends)
