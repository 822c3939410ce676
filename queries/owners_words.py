"""What is told of officers, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count, join_words
from simulations.conditions import quoted
from simulations.narrative import tell_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from graphmodel.spans import Span
    from queries.owners import Owner, Owners
    from queries.owners_alone import Alone
    from simulations.results import Threshold
    from simulations.witness import Stress

    #: A figure with gaps as spare time, and with gaps as work.
    Ends = tuple[float, float]

__all__ = ["tell_days", "tell_effects", "tell_officer", "tell_owners", "tell_roles"]

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
        told = f"{which} that could slip"
    else:
        told = f"If {_slipping(one, one.stress)} {by.words}, {_effects(one, one.stress)}"
    alone = _alone(plan, one.alone_on)
    return f"{told}; {alone}." if alone else f"{told}."


def _slipping(one: Owner, stress: Stress) -> str:
    slipped = stress.effect.slipped
    items = count(slipped, "open item")
    if slipped < one.open_items:
        return f"the {items} {'that has a date slips' if slipped == 1 else 'that have dates slip'}"
    return f"{items} {'slips' if slipped == 1 else 'slip'}"


def _effects(one: Owner, stress: Stress) -> str:
    effect = stress.effect
    first = _earliest(effect.first_newly_late, effect.first_newly_late_if_work)
    at = f" (the first, {first.item}, from {tell_days(first.at_days)} on)" if first else ""
    told = tell_effects(
        own=(stress.own_late, stress.own_late_if_work),
        late=(effect.newly_late, effect.newly_late_if_work),
        moved=(effect.moved, effect.moved_if_work),
        days=(effect.total_knock_on_days, effect.total_knock_on_if_work_days),
        officers=stress.officers_hit,
        at=at,
    )
    if told:
        return told
    told = "nothing else moves"
    if not one.links_out:
        it = "it" if effect.slipped == 1 else "them"
        told += f", because no link leads from {it} to others"
    if first is not None:
        told += (
            f", and no other due date is missed before {tell_days(first.at_days)} ({first.item})"
        )
    return told


def tell_effects(
    *, own: Ends, late: Ends, moved: Ends, days: Ends, officers: int = 0, at: str = ""
) -> str:
    """Return what a change does, empty where it does nothing to others or to due dates.

    Parameters
    ----------
    own, late, moved, days
        The changed items that miss their own due date; other due dates missed; other items that
        move, and by how many days in all. Each with gaps as spare time and as work.
    officers
        Whose the items that move are; not told where there is none.
    at
        What is said behind the due dates missed.
    """
    told = []
    if any(own):
        verb = "misses its own due date" if max(own) == 1 else "miss their own due dates"
        told.append(f"{_between(own)} of them {verb}")
    if any(late):
        verb = "other due date is missed" if max(late) == 1 else "other due dates are missed"
        told.append(f"{_between(late)} {verb}{at}")
    if any(moved):
        item, move = ("item", "moves") if max(moved) == 1 else ("items", "move")
        of = f" of {count(officers, 'officer')}" if officers else ""
        told.append(f"{_between(moved)} other {item}{of} {move} by {tell_days(*days)} in all")
    return join_words(told)


def _earliest(*thresholds: Threshold | None) -> Threshold | None:
    known = [one for one in thresholds if one is not None]
    return min(known, key=lambda one: one.at_days, default=None)


def _alone(plan: Plan, alone: Sequence[Alone]) -> str:
    """Say what nobody else is named for: the outermost, and of those the one with most open items.

    How many there are of its kind stands beside it.
    """
    if not alone:
        return ""
    depth = {one.item: len(plan.index.ancestors(one.item)) for one in alone}
    most = min(alone, key=lambda one: (depth[one.item], -one.open_items))
    same = sum(one.kind == most.kind for one in alone)
    if same == 1:
        return f"nobody else is named for the {most.kind} {quoted(plan, most.item)}"
    return f"nobody else is named for {same} {_PLURALS[most.kind]}, such as {most.item}"


_PLURALS: Final = {
    "plan": "plans",
    "theme": "themes",
    "objective": "objectives",
    "action": "actions",
    "milestone": "milestones",
    "activity": "activities",
}


def tell_owners(answer: Owners) -> Iterator[str]:
    """Yield the answer in words: who holds how much, whose load is nobody's, what it rests on."""
    if not answer.open_items:
        yield "Nothing in the plan is open: there is nothing that anybody still has to do."
        return
    if not answer.plan.officers:
        yield (
            "The plan names no officers, so it cannot be told whose work this is: a register of "
            "officers and one of assignments add them."
        )
        return
    yield _held(answer)
    if answer.joint:
        has, counts = ("has", "it counts") if answer.joint == 1 else ("have", "each counts")
        yield (
            f"{count(answer.joint, 'item')} {has} several officers: {counts} in full for all of "
            "them, and in equal parts in the shares."
        )
    yield from _not_held(answer)
    if answer.officers:
        yield tell_links(answer.plan, answer.links_used)


def _held(answer: Owners) -> str:
    officers, items = len(answer.officers), count(answer.open_items, "open item")
    if not officers:
        return f"No officer holds any of the {items} as {tell_roles(answer.roles)}."
    if len(answer.roles) == 1:
        one, several = _HOLDS[answer.roles[0]]
        verb = one if officers == 1 else several
        return f"{count(officers, 'officer')} {verb} {answer.held:,} of {items}."
    verb = "holds" if officers == 1 else "hold"
    held = f"{count(officers, 'officer')} {verb} {answer.held:,} of {items}"
    return f"{held} as {tell_roles(answer.roles)}."


def _not_held(answer: Owners) -> Iterator[str]:
    for group in answer.groups:
        if group.alone:
            verb = "belongs" if group.alone == 1 else "belong"
            yield (
                f"{count(group.alone, 'item')} {verb} to {group.title} together, which is "
                "nobody's load."
            )
    if answer.unheld and answer.officers:
        verb = "has" if answer.unheld == 1 else "have"
        yield f"{count(answer.unheld, 'open item')} {verb} no {tell_roles(answer.roles)}."


def tell_roles(roles: Sequence[Role]) -> str:
    """Return roles as words: ``responsible officer or delivery lead``."""
    return " or ".join(_ROLES[role] for role in roles)


def tell_days(*days: float) -> str:
    """Return ``14 days``, or ``14 to 155 days`` where the ends differ."""
    return f"{_between(days)} {'day' if max(days) == 1 else 'days'}"


def _between(ends: Sequence[float]) -> str:
    """Return ``3``, or ``3 to 5`` where the ends differ."""
    told = (f"{one:,.1f}".removesuffix(".0") for one in dict.fromkeys(sorted(ends)))
    return " to ".join(told)
