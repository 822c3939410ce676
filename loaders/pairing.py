"""Pairs that nobody can doubt, out of many that are more or less like each other.

A pair is settled where its score reaches the threshold and lies by a margin above every other pair
that either of the two is in, counting only what is still free. Each settled pair takes its rivals
away, so others may be settled after it. The outcome does not depend on any order: settling one pair
never makes another one doubtful. What reaches the threshold and is not settled is ambiguous.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from loaders.likeness import MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loaders.likeness import Wording

__all__ = ["Ambiguity", "Pair", "Settled", "find_candidates", "settle"]

Pair = tuple[str, str]

#: Pairs of a group up to which every one is looked at.
_ALL_PAIRS: Final = 900

#: Others that an item of a larger group is compared with: those that share its rarest signs.
_COMPARED: Final = 8

#: Times a sign (a word, or two in a row) may occur in a larger group to tell anything.
_COMMON: Final = 50


class Ambiguity(NamedTuple):
    """Old and new items that could be each other in several ways."""

    old: tuple[str, ...]
    new: tuple[str, ...]


class Settled(NamedTuple):
    """The pairs (old, new) that are certain, and what is not."""

    pairs: list[Pair]
    ambiguous: list[Ambiguity]


def find_candidates(
    old: Mapping[str, Wording], new: Mapping[str, Wording]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs worth comparing: all of a small group, those that share rare signs else."""
    if len(old) * len(new) <= _ALL_PAIRS:
        yield from ((one, other) for one in old for other in new)
        return
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for name, wording in new.items():
        for sign in wording.signs:
            holders[sign].append(name)
    for name, wording in old.items():
        shared: defaultdict[str, float] = defaultdict(float)
        for sign in wording.signs:
            having = holders.get(sign, ())
            if len(having) <= _COMMON:
                for other in having:
                    shared[other] += 1 / len(having)
        best = sorted(shared, key=lambda other: (-shared[other], other))[:_COMPARED]
        yield from ((name, other) for other in best)


def settle(scores: Mapping[Pair, float], threshold: float) -> Settled:
    """Return the pairs that are certain and the ambiguous groups, by the rule above.

    Parameters
    ----------
    scores
        The score, 0 to 1, of every pair (old, new) worth naming, also those below the threshold:
        they are rivals too.
    """
    ranked = sorted(scores, key=lambda pair: (-scores[pair], pair))
    rivals: defaultdict[tuple[int, str], list[Pair]] = defaultdict(list)
    for pair in ranked:
        for end in enumerate(pair):
            rivals[end].append(pair)
    taken: set[tuple[int, str]] = set()
    open_ = [pair for pair in ranked if scores[pair] >= threshold]
    pairs: list[Pair] = []
    waiting = len(open_) + 1
    while len(open_) < waiting:
        waiting = len(open_)
        left: list[Pair] = []
        for pair in open_:
            if taken.intersection(enumerate(pair)):
                continue
            if _stands_out(pair, scores, rivals, taken):
                pairs.append(pair)
                taken.update(enumerate(pair))
            else:
                left.append(pair)
        open_ = left
    return Settled(pairs, list(_group(open_)))


def _stands_out(
    pair: Pair,
    scores: Mapping[Pair, float],
    rivals: Mapping[tuple[int, str], Sequence[Pair]],
    taken: set[tuple[int, str]],
) -> bool:
    for end in enumerate(pair):
        for rival in rivals[end]:
            if rival == pair or taken.intersection(enumerate(rival)):
                continue
            if scores[pair] - scores[rival] < MARGIN:
                return False
            break  # the others score less still
    return True


def _group(pairs: Sequence[Pair]) -> Iterator[Ambiguity]:
    """Yield the pairs as groups that share no item."""
    joined: defaultdict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for old, new in pairs:
        joined[0, old].append((1, new))
        joined[1, new].append((0, old))
    seen: set[tuple[int, str]] = set()
    for first in list(joined):
        if first in seen:
            continue
        group, waiting = {first}, [first]
        while waiting:
            more = set(joined[waiting.pop()]) - group
            group |= more
            waiting += more
        seen |= group
        sides = [tuple(sorted(name for side, name in group if side == wanted)) for wanted in (0, 1)]
        yield Ambiguity(*sides)
