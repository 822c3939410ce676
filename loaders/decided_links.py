"""Links and gates of a new version of a plan, with the decisions of the version before.

1. What people decided (`is_decided`) stays as it is. A link that knockon drew between the same two
   items, either way, gives way to it.
2. What nobody decided is the new document's where both have it.
3. Undecided links that came from documents (the order of a list, numbered phases, sentences,
   schedules) and that the new one does not give any more go, if it was read for such links at all:
   the order of a list by knockon itself for every version, the others where the new version has any
   of their origin. All else stays, inferred proposals among it.
4. What joins an item to what it is part of now, goes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from graphmodel.links import Link
from graphmodel.people import Gate
from graphmodel.references import link_fault
from loaders.vetting import link_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

__all__ = ["Kept", "carry_gates", "carry_links", "is_decided"]

J = TypeVar("J", Link, Gate)

#: Origins of links that knockon draws anew for each version.
_DRAWN: Final = frozenset({"phase", "sequence"})

#: Origins of links that a document states.
_STATED: Final = frozenset({"stated", "schedule"})


@dataclass(slots=True)
class Kept(Generic[J]):
    """The links or gates of the new version; ``gone`` are old ones that the documents dropped."""

    these: list[J] = field(default_factory=list)
    gone: list[J] = field(default_factory=list)
    faulty: list[tuple[J, str]] = field(default_factory=list)


def is_decided(one: Link | Gate, documents: Collection[str]) -> bool:
    """Return whether a person decided on a link or gate, or brought it in.

    Parameters
    ----------
    documents
        Ids of the sources that items of the plan stand in. Evidence from any other, without words,
        is a row of a register.
    """
    if one.decided is not None or one.state == "rejected" or one.origin == "register":
        return True
    if one.origin in {"sequence", "inferred"} and one.state == "accepted":
        return True
    return any(
        part.source.source not in documents and part.source.quote is None for part in one.evidence
    )


def carry_links(
    old: Sequence[Link],
    new: Sequence[Link],
    parents: Mapping[str, str | None],
    documents: Collection[str],
) -> Kept[Link]:
    """Return the links of a new version, by the rules above; both under their ids of now."""
    decided = [link for link in old if is_decided(link, documents)]
    pairs = {frozenset((link.from_, link.to)) for link in decided}
    stated = [
        link
        for link in new
        if link.origin not in _DRAWN or frozenset((link.from_, link.to)) not in pairs
    ]
    kept = _carry(old, stated, link_key, documents)
    above = frozenset(parents.values())
    sound: list[Link] = []
    for link in kept.these:
        may_fail = link.from_ == link.to or link.from_ in above or link.to in above
        fault = link_fault(link.from_, link.to, parents) if may_fail else None
        if fault is None:
            sound.append(link)
        else:
            kept.faulty.append((link, fault))
    kept.these = sound
    return kept


def carry_gates(old: Sequence[Gate], new: Sequence[Gate], documents: Collection[str]) -> Kept[Gate]:
    """Return the gates of a new version, by the rules above."""
    return _carry(old, new, _gate_key, documents)


def _gate_key(gate: Gate) -> Hashable:
    return gate.item, gate.board, gate.decision


def _carry(
    old: Sequence[J],
    new: Sequence[J],
    key: Callable[[J], Hashable],
    documents: Collection[str],
) -> Kept[J]:
    kept: Kept[J] = Kept()
    fresh: defaultdict[Hashable, list[J]] = defaultdict(list)
    for one in new:
        fresh[key(one)].append(one)
    spoken = {one.origin for one in new} & _STATED | _DRAWN
    for one in old:
        alike = fresh.get(key(one))
        now = alike.pop(0) if alike else None
        if is_decided(one, documents):
            kept.these.append(one)
        elif now is not None:
            kept.these.append(now if now.id else now.model_copy(update={"id": one.id}))
        elif one.origin in spoken:
            kept.gone.append(one)
        else:
            kept.these.append(one)
    left = {id(one) for alike in fresh.values() for one in alike}
    kept.these += [one for one in new if id(one) in left]
    kept.these = list(_with_own_ids(kept.these, documents))
    return kept


def _with_own_ids(these: Sequence[J], documents: Collection[str]) -> Iterator[J]:
    """Yield links or gates, without the id that another one has: what is decided keeps its own."""
    reserved = {one.id: id(one) for one in reversed(these) if is_decided(one, documents)}
    owners = {one.id: id(one) for one in reversed(these)} | reserved
    for one in these:
        is_own = one.id is None or owners[one.id] == id(one)
        yield one if is_own else one.model_copy(update={"id": None})
