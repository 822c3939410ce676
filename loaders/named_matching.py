"""Officers and boards of two versions of a plan: who is who, by title, other spellings and id.

In this order: the same title; one spelling in common with one other alone; the same id. An officer
and a board keep the id and what else was known of them; another title becomes a spelling. One that
the new document does not name stays if something still refers to it, if anything is known of it
beside its title, or if another document named it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from graphmodel.people import Board, Officer
from loaders.office_titles import COMMON, office_key
from loaders.titles import fold_title

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Sequence

__all__ = ["NamedMatches", "match_named", "merge_board", "merge_officer", "spelling_key"]

N = TypeVar("N", Officer, Board)


@dataclass
class NamedMatches(Generic[N]):
    """The old one that each new one is, by id; ``unsure`` could be several old ones."""

    pairs: dict[str, N] = field(default_factory=dict)
    unsure: dict[str, tuple[N, ...]] = field(default_factory=dict)


def spelling_key(one: Officer | Board, title: str) -> Hashable:
    """Return what two spellings of one office, portfolio or body have in common."""
    if isinstance(one, Officer):
        return one.kind == "member", office_key(title, COMMON)
    return fold_title(title)


def match_named(old: Sequence[N], new: Sequence[N]) -> NamedMatches[N]:
    """Match officers or boards by the rule above."""
    found: NamedMatches[N] = NamedMatches()
    free_old = {one.id: one for one in old}
    free_new = {one.id: one for one in new}
    for spell in (_titles, _spellings):
        holders: list[dict[Hashable, list[N]]] = [
            _by_key(free_old.values(), spell),
            _by_key(free_new.values(), spell),
        ]
        for one in list(free_new.values()):
            keys = spell(one)
            others = {
                other.id: other
                for key in keys
                for other in holders[0].get(key, ())
                if other.id in free_old
            }
            rivals = {rival.id for key in keys for rival in holders[1].get(key, ())}
            if len(others) == 1 and len(rivals) == 1:
                other = next(iter(others.values()))
                found.pairs[one.id] = other
                del free_old[other.id], free_new[one.id]
            elif others:
                found.unsure[one.id] = tuple(others.values())
    for name in [name for name in free_new if name in free_old]:
        found.pairs[name] = free_old.pop(name)
        del free_new[name]
    for name in found.pairs:
        found.unsure.pop(name, None)
    return found


def _titles(one: Officer | Board) -> set[Hashable]:
    return {spelling_key(one, one.name)}


def _spellings(one: Officer | Board) -> set[Hashable]:
    return {spelling_key(one, title) for title in (one.name, *one.also)}


def _by_key(
    these: Iterable[N], spell: Callable[[Officer | Board], Collection[Hashable]]
) -> dict[Hashable, list[N]]:
    holders: defaultdict[Hashable, list[N]] = defaultdict(list)
    for one in these:
        for key in spell(one):
            holders[key].append(one)
    return holders


def merge_officer(old: Officer, new: Officer) -> Officer:
    """Return an officer as the new document names it, with what was known before."""
    fields: dict[str, Any] = {
        name: getattr(old, name)
        for name in ("title", "directorate", "successor")
        if not getattr(new, name)
    }
    return new.model_copy(update=_extras(old, new) | fields | {"also": _also(old, new)})


def merge_board(old: Board, new: Board) -> Board:
    """Return a board as the new document names it, with what was known before."""
    fields: dict[str, Any] = {
        name: getattr(old, name)
        for name in ("title", "oversees", "chair", "members", "reports_to", "papers_lead")
        if not getattr(new, name)
    }
    if new.meetings == type(new.meetings)():
        fields["meetings"] = old.meetings
    return new.model_copy(update=_extras(old, new) | fields | {"also": _also(old, new)})


def _also(old: Officer | Board, new: Officer | Board) -> tuple[str, ...]:
    """Return the spellings of both; the old title is one of them where there is a new one."""
    is_renamed = bool(new.title and old.title) and new.title != old.title
    before = [*old.also, old.title] if is_renamed else list(old.also)
    spellings = before + [one for one in new.also if one not in before]
    return tuple(one for one in spellings if not is_renamed or one != new.title)


def _extras(old: Officer | Board, new: Officer | Board) -> dict[str, Any]:
    known = new.model_extra or {}
    return {key: value for key, value in (old.model_extra or {}).items() if key not in known}
