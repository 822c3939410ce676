"""Officers, boards and assignments of two versions of a plan, under one set of ids."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from graphmodel.people import Board, Officer
from loaders.ids import free_id
from loaders.named_matching import match_named

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from graphmodel.items import Source
    from graphmodel.people import Assignment, Role

__all__ = ["Assigned", "Named", "carry_assignments", "join_people", "name_people"]

N = TypeVar("N", Officer, Board)

_Role = tuple[str, "Role"]


@dataclass
class Named(Generic[N]):
    """Ids of now by those of the new version, the old one of each that has one, and the unsure."""

    ids: dict[str, str]
    pairs: dict[str, N]
    unsure: dict[str, tuple[N, ...]]


def name_people(old: Sequence[N], new: Sequence[N], taken: Collection[str]) -> Named[N]:
    """Give every officer or board of a new version its id: that of its match, else a free one."""
    matches = match_named(old, new)
    used = {*taken, *(one.id for one in old)}
    ids: dict[str, str] = {}
    for one in new:
        match = matches.pairs.get(one.id)
        ids[one.id] = match.id if match is not None else free_id(one.id, used)
        used.add(ids[one.id])
    return Named(ids, matches.pairs, matches.unsure)


def join_people(
    old: Iterable[N],
    new: Iterable[N],
    merge: Callable[[N, N], N],
    is_needed: Callable[[N], bool],
) -> tuple[list[N], list[N]]:
    """Return the officers or boards of both versions by ids of now, and those that are gone.

    Parameters
    ----------
    is_needed
        Whether one that the new version does not name stays though nothing more is known of it than
        its title.
    """
    fresh = {one.id: one for one in new}
    joined: list[N] = []
    gone: list[N] = []
    for one in old:
        now = fresh.pop(one.id, None)
        if now is not None:
            joined.append(merge(one, now))
        elif _is_known(one) or is_needed(one):
            joined.append(one)
        else:
            gone.append(one)
    return joined + list(fresh.values()), gone


def _is_known(one: Officer | Board) -> bool:
    bare = type(one)(id=one.id, title=one.title, kind=one.kind, source=one.source)  # type: ignore[arg-type]
    return one != bare


@dataclass(slots=True)
class Assigned:
    """The assignments of a new version; ``changed`` lists who had and has a role of an item."""

    these: list[Assignment] = field(default_factory=list)
    changed: list[tuple[_Role, list[str], list[str]]] = field(default_factory=list)


def carry_assignments(
    old: Iterable[Assignment],
    new: Sequence[Assignment],
    is_replaced: Callable[[Source | None], bool],
) -> Assigned:
    """Return the assignments of a new version; both name officers and items by ids of now.

    A role is the new document's if it speaks of that role at all. What other documents said of it
    stays.
    """
    fresh: defaultdict[tuple[str, str, Role], list[Assignment]] = defaultdict(list)
    for one in new:
        fresh[one.officer, one.item, one.role].append(one)
    spoken = {one.role for one in new}
    found = Assigned()
    before: defaultdict[_Role, list[str]] = defaultdict(list)
    for one in old:
        before[one.item, one.role].append(one.officer)
        alike = fresh[one.officer, one.item, one.role]
        if alike:
            found.these.append(alike.pop(0))
        elif one.role not in spoken or not is_replaced(one.source):
            found.these.append(one)
    found.these += [one for alike in fresh.values() for one in alike]
    after: defaultdict[_Role, list[str]] = defaultdict(list)
    for one in found.these:
        after[one.item, one.role].append(one.officer)
    for role in dict.fromkeys((*before, *after)):
        if set(before[role]) != set(after[role]):
            found.changed.append((role, before[role], after[role]))
    return found
