"""Paper quality, people: who owns what, and whether everybody is called by one name."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from graphmodel.offices import COMMON, EXTRA_WORDS, are_alike, office_key
from graphmodel.words import count
from queries.checks.rule import Check, Fault, NotApplicable, Tally
from queries.checks.wording import list_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphmodel.items import Item
    from graphmodel.people import Officer
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["PEOPLE"]

_PLURALS: Final = {
    "directors": "director",
    "heads": "head",
    "managers": "manager",
    "officers": "officer",
    "leads": "lead",
}


def _unowned(context: Context) -> Answer:
    leaves = context.open_leaves
    if not any(one.role == "responsible" for one in context.plan.assignments):
        if not leaves:
            return Tally(0)
        have = "has" if len(leaves) == 1 else "have"
        message = (
            f"The plan names nobody as responsible for anything: {count(len(leaves), 'open item')} "
            f"without parts {have} no owner."
        )
        return Tally(len(leaves), (Fault(message),), len(leaves))
    groups: dict[str, list[Item]] = {}
    for item in leaves:
        if not context.index.officers_of(item.id):
            groups.setdefault(_action_of(context, item), []).append(item)
    return Tally(
        len(leaves),
        tuple(_nobody(context, top, items) for top, items in groups.items()),
        sum(map(len, groups.values())),
    )


def _action_of(context: Context, item: Item) -> str:
    """Return the nearest action that an item is part of, or the item itself."""
    line = (item.id, *context.index.ancestors(item.id))
    return next((one for one in line if context.index.items[one].kind == "action"), item.id)


def _nobody(context: Context, top: str, items: list[Item]) -> Fault:
    item = context.index.items[top]
    ids = tuple(one.id for one in items)
    place = context.place(item.source)
    if ids == (top,):
        return Fault(f"Nobody is responsible for {item.name}.", ids, place)
    return Fault(
        f"Nobody is responsible for {list_ids(list(ids))} of {item.name}.", (top, *ids), place
    )


def _joint(context: Context) -> Answer:
    owners = _own_owners(context)
    faults = []
    for item, officers in owners:
        if len(officers) > 1:
            names = " and ".join(f'"{officer.name}"' for officer in officers)
            message = f"{item.name} has {len(officers)} owners: {names}."
            faults.append(Fault(message, (item.id,), context.place(item.source)))
    return Tally(len(owners), tuple(faults))


def _groups(context: Context) -> Answer:
    owners = _own_owners(context)
    faults = []
    for item, officers in owners:
        if all(officer.kind == "group" for officer in officers):
            names = " and ".join(f'"{officer.name}"' for officer in officers)
            message = f"{item.name} is owned by {names}: nobody answers for it in person."
            faults.append(Fault(message, (item.id,), context.place(item.source)))
    return Tally(len(owners), tuple(faults))


def _own_owners(context: Context) -> list[tuple[Item, tuple[Officer, ...]]]:
    """Return the open items that somebody is made responsible for, not by inheritance."""
    assigned = {one.item for one in context.plan.assignments if one.role == "responsible"}
    return [
        (item, context.index.officers_of(item.id))
        for item in context.live
        if item.id in assigned and item.status != "complete"
    ]


def _two_ways(context: Context) -> Answer:
    officers = [one for one in context.plan.officers if one.kind in {"office", "group"}]
    if not officers:
        return NotApplicable("the plan names no officers")
    merged = (_spellings(context, one) for one in officers if one.also)
    return Tally(len(officers), (*_like_offices(context, officers), *merged))


def _spellings(context: Context, officer: Officer) -> Fault:
    words = ", ".join(f'"{title}"' for title in (officer.name, *officer.also))
    message = f"One office, {officer.id}, is written {len(officer.also) + 1} ways: {words}."
    return Fault(message, source=context.place(officer.source), severity="info")


def _like_offices(context: Context, officers: Iterable[Officer]) -> Iterator[Fault]:
    """Yield a fault for each two officers that may be one office."""
    keyed = [(_key(officer), officer) for officer in officers]
    buckets: dict[frozenset[str], list[int]] = {}
    for number, (key, _) in enumerate(keyed):
        buckets.setdefault(frozenset(key), []).append(number)
    for number, (key, officer) in enumerate(keyed):
        near = {one for less in _lessened(key) for one in buckets.get(less, ())}
        for other in sorted(near):
            another, twin = keyed[other]
            # Two of one key are told of the later one; of two that are alike, the longer one.
            if other < number if another == key else are_alike(another, key):
                names = [keyed[one][1].name for one in sorted((number, other))]
                message = f'"{names[0]}" and "{names[1]}" may be one office, written two ways.'
                yield Fault(message, source=context.place(officer.source or twin.source))


def _key(officer: Officer) -> tuple[str, ...]:
    return tuple(_PLURALS.get(word, word) for word in office_key(officer.name, COMMON))


def _lessened(key: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """Yield the words of a key: all, and without any few that its like may lack."""
    words = frozenset(key)
    for number in range(EXTRA_WORDS + 1):
        for left_out in combinations(sorted(words - {"and"}), number):
            yield words.difference(left_out)
            yield words.difference(left_out, {"and"})


PEOPLE: Final = (
    Check(
        code="owner-missing",
        family="paper",
        name="No owner",
        severity="warning",
        definition=(
            "An open item without parts for which nobody is responsible, neither by its own name "
            "nor by that of anything it is part of."
        ),
        denominator="open items without parts",
        advice="Name one office that answers for it.",
        find=_unowned,
    ),
    Check(
        code="owners-several",
        family="paper",
        name="Several owners",
        severity="info",
        definition="An open item for which several officers are responsible side by side.",
        denominator="open items with an owner of their own",
        advice="Name one who answers for it; let the others support.",
        find=_joint,
    ),
    Check(
        code="owner-is-group",
        family="paper",
        name="Owned by a group",
        severity="info",
        definition='An open item whose only owner is a group of officers, such as "all directors".',
        denominator="open items with an owner of their own",
        advice="Name one of the group who answers for it.",
        find=_groups,
    ),
    Check(
        code="office-two-ways",
        family="paper",
        name="One office written two ways",
        severity="warning",
        definition=(
            'Two officers of one rank whose titles are the same but for capitals, "the", "&", '
            '"for", a known abbreviation or the plural of the rank, or of which one has all words '
            "of the other and up to two more. Spellings that were read as one office are told as "
            "a remark."
        ),
        denominator="offices",
        advice="Use one title for one office; if they are two offices, make that plain.",
        find=_two_ways,
    ),
)
