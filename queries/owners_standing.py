"""What is told of one officer, in sentences: the place, the roles, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.words import count, join_words
from queries.owners_holding import count_roles, find_holdings
from queries.owners_words import tell_roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.people import Role
    from queries.owners import Owner, Owners

__all__ = ["roles_held", "tell_nothing", "tell_place", "tell_role_counts"]


def roles_held(answer: Owners, officer: str) -> Mapping[Role, int]:
    """Return how many open items an officer holds in each role, also in those not asked about."""
    return count_roles(answer.plan, find_holdings(answer.plan).open_items).get(officer) or {}


def tell_nothing(answer: Owners, officer: str) -> str:
    """Say why an officer has no place: a group, or nothing open in these roles."""
    group = next((one for one in answer.groups if one.id == officer), None)
    if group is not None:
        return (
            f"This is a group, so its {count(group.open_items, 'open item')} "
            f"{'is' if group.open_items == 1 else 'are'} nobody's load and it has no place: "
            f"{count(group.alone, 'item')} with no single officer beside it."
        )
    told = f"Holds nothing open as {tell_roles(answer.roles)}."
    roles = roles_held(answer, officer)
    return f"{told} Open items held: {_list_roles(roles)}." if roles else told


def tell_place(answer: Owners, one: Owner) -> str:
    """Say where an officer stands among the others, by effect and by number of open items."""
    by_count = f"place {one.rank_by_count} of {len(answer.officers)} by open items"
    if one.rank is None:
        return f"No place by effect, {by_count}."
    return f"Place {one.rank} by what a slip of {answer.by.words} does, {by_count}."


def tell_role_counts(one: Owner) -> str:
    """Say in which roles an officer holds open items, and how many of them with others."""
    told = f"Open items held: {_list_roles(one.roles)}"
    if one.joint:
        told += f"; of the {one.open_items} counted here {one.joint} with others, {one.share:.3g} "
        told += "by shares"
    return f"{told}."


def _list_roles(roles: Mapping[Role, int]) -> str:
    return join_words([f"{number} as {tell_roles([role])}" for role, number in roles.items()])
