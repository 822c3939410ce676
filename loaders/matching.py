"""Which item of the next version of a plan is which item of the version before, by content.

Kinds never change. In this order, theme by theme down to milestones; what is matched once is out:

1. A number that the paper prints, with the same title.
2. The same title, or the same words of the document, under the same parent. Equal titles under one
   parent are told apart by their words with dates, then date, then owner.
3. The same title elsewhere (it was moved): the title occurs once in either version, and is
   distinctive (`likeness.DISTINCTIVE`) or comes with the same words and date.
4. Reworded: the score of `loaders.likeness` is at least ``SAME_PLACE`` under the same parent. Where
   both versions print the same number, ``SAME_NUMBER`` is added. A parent may be known by its parts
   instead: the share of their titles that both have.
5. Reworded and moved: a score of at least ``ELSEWHERE``.

A pair must stand out from every other use of its two items (`loaders.pairing`); what could be
several is ambiguous: it is told, and nothing is carried over to it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.items import KINDS
from loaders.likeness import DISTINCTIVE, ELSEWHERE, NEAR, SAME_PLACE, Wording, likeness
from loaders.pairing import Ambiguity, find_candidates, settle
from loaders.sides import Side

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Hashable, Iterable, Mapping

    from graphmodel.items import Kind
    from graphmodel.plan import Plan
    from loaders.pairing import Pair, Settled

__all__ = ["SAME_NUMBER", "Match", "Matching", "Near", "match_items"]

#: What the same printed number adds to a score.
SAME_NUMBER: Final = 0.2

#: Items of one title that are named as perhaps the same.
_NAMED: Final = 3

#: Parts that two parents must share at least to be known by their parts.
_SHARED: Final = 2


class Match(NamedTuple):
    """The old item that a new one is; ``score`` is 1 where the words are the same.

    It is below ``SAME_PLACE`` where the printed number made the difference.
    """

    old: str
    score: float


class Near(NamedTuple):
    """Two items without counterpart that might be the same, and how like each other they are."""

    old: str
    new: str
    score: float


@dataclass(slots=True)
class Matching:
    """The match of each new item by its id, and what stayed open."""

    matches: dict[str, Match] = field(default_factory=dict)
    ambiguous: list[Ambiguity] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)


def match_items(old: Plan, new: Plan, made: Collection[str]) -> Matching:
    """Match the items of two versions of a plan by the rules above.

    Parameters
    ----------
    made
        Ids of the new version that its document does not state (`loaders.numbering`).
    """
    return _Matcher(Side(old), Side(new), made).run()


class _Matcher:
    def __init__(self, old: Side, new: Side, made: Collection[str]) -> None:
        self.old = old
        self.new = new
        self.made = made
        self.found = Matching()
        self.below: list[tuple[str | None, str | None]] = [(None, None)]
        self.nearly: dict[Pair, float] = {}

    def run(self) -> Matching:
        for name in self.new.wordings:  # rule 1
            is_same = name not in self.made and name in self.old.wordings
            if is_same and self.old.title(name) == self.new.title(name):
                self.match(name, name)
        self.match_below()
        for kind in KINDS:
            self.match_moved(kind)
            self.match_reworded(kind)
            self.match_reworded_elsewhere(kind)
        self.name_near()
        return self.found

    def match(self, old: str, new: str, score: float = 1.0) -> None:
        """Match two items if they are of one kind and both free; what is below comes next."""
        if self.old.item(old).kind != self.new.item(new).kind:
            return
        if old in self.old.free and new in self.new.free:
            del self.old.free[old], self.new.free[new]
            self.found.matches[new] = Match(old, score)
            self.below.append((old, new))

    def match_below(self) -> None:
        """Match what stands under matched parents by titles, all the way down (rule 2)."""
        while self.below:
            above, over = self.below.pop()
            for key in (Side.title, Side.quote):
                self.match_group(self.old.children.get(above), self.new.children.get(over), key)

    def match_group(
        self, old: Iterable[str] | None, new: Iterable[str] | None, key: Callable[[Side, str], str]
    ) -> None:
        groups: dict[tuple[Kind, str], tuple[list[str], list[str]]] = {}
        for place, (side, names) in enumerate(((self.old, old), (self.new, new))):
            for name in names or ():
                words = key(side, name) if name in side.free else ""
                if words:
                    group = (side.item(name).kind, words)
                    groups.setdefault(group, ([], []))[place].append(name)
        for olds, news in groups.values():
            if olds and news:
                self.match_twins(olds, news)

    def match_twins(self, old: list[str], new: list[str]) -> None:
        """Match items of one title and parent: told apart by words with dates, date, owner."""
        if len(old) > 1 or len(new) > 1:
            for keys in (
                (Side.quote, Side.dates, Side.owners),
                (Side.quote,),
                (Side.dates, Side.owners),
                (Side.dates,),
                (Side.owners,),
            ):
                self.match_keyed(old, new, keys)
                old = [name for name in old if name in self.old.free]
                new = [name for name in new if name in self.new.free]
        if len(old) == len(new) == 1:
            self.match(old[0], new[0])
        elif old and new:
            self.leave_open(Ambiguity(tuple(old), tuple(new)))

    def match_keyed(
        self,
        old: Iterable[str],
        new: Iterable[str],
        keys: tuple[Callable[[Side, str], Hashable], ...],
    ) -> None:
        groups: dict[Hashable, tuple[list[str], list[str]]] = {}
        for place, (side, names) in enumerate(((self.old, old), (self.new, new))):
            for name in names:
                group = tuple(key(side, name) for key in keys)
                groups.setdefault(group, ([], []))[place].append(name)
        whole = len(keys) > len(("dates", "owners"))  # alike in everything: any order is right
        for olds, news in groups.values():
            if len(olds) == len(news) and (whole or len(olds) == 1):
                for one, other in zip(olds, news, strict=True):
                    self.match(one, other)

    def leave_open(self, ambiguity: Ambiguity) -> None:
        self.found.ambiguous.append(ambiguity)
        for name in ambiguity.old:
            self.old.free.pop(name, None)
        for name in ambiguity.new:
            self.new.free.pop(name, None)

    def match_moved(self, kind: Kind) -> None:
        """Match equal titles under different parents (rule 3)."""
        holders = [self.by_title(side, kind) for side in (self.old, self.new)]
        for name in self.new.free_of(kind):
            title = self.new.title(name)
            olds, news = (holder.get(title, ()) for holder in holders)
            unsure = [one for one in olds if one in self.old.free]
            if not unsure:
                continue
            quote = self.new.quote(name)
            known = len(title) >= DISTINCTIVE or (quote and quote == self.old.quote(unsure[0]))
            if known and len(olds) == len(news) == 1:
                self.match(unsure[0], name)
            else:
                self.nearly |= {(one, name): 1.0 for one in unsure[:_NAMED]}
        self.match_below()

    def by_title(self, side: Side, kind: Kind) -> Mapping[str, list[str]]:
        titles: defaultdict[str, list[str]] = defaultdict(list)
        for name in side.kinds[kind]:
            titles[side.title(name)].append(name)
        return titles

    def match_reworded(self, kind: Kind) -> None:
        """Match what was reworded in its place (rule 4), then what is below that, and so on."""
        places = self.places(kind)
        numbers = [one for one in self.new.free_of(kind) if one not in self.made]
        while places or numbers:
            scores: dict[Pair, float] = {}
            for olds, news in places:
                for old, new in find_candidates(olds, news):
                    scores[old, new] = self.score(old, new, NEAR)
            for name in numbers:
                if name in self.old.free:
                    scores[name, name] = self.score(name, name, NEAR) + SAME_NUMBER
            known = len(self.found.matches)
            self.use(settle(_worth(scores), SAME_PLACE), scores)
            places = self.places(kind, set(islice(self.found.matches, known, None)))
            numbers = []

    def places(
        self, kind: Kind, parents: Container[str] | None = None
    ) -> list[tuple[dict[str, Wording], dict[str, Wording]]]:
        """Return what is free, by parent: old and new under each that is matched, or has none.

        With ``parents``, ids of new items, what is below these only.
        """
        groups: dict[str | None, tuple[dict[str, Wording], dict[str, Wording]]] = {}
        for name in self.new.free_of(kind):
            parent = self.new.item(name).parent
            match = None if parent is None else self.found.matches.get(parent)
            is_wanted = parents is None or parent in parents
            if is_wanted and (parent is None or match is not None):
                above = None if match is None else match.old
                groups.setdefault(above, ({}, {}))[1][name] = self.new.wordings[name]
        for name in self.old.free_of(kind):
            group = groups.get(self.old.item(name).parent)
            if group is not None:
                group[0][name] = self.old.wordings[name]
        return [group for group in groups.values() if group[0]]

    def score(self, old: str, new: str, floor: float) -> float:
        """Return how like two items are, by their words or by their parts."""
        words = likeness(self.old.wordings[old], self.new.wordings[new], floor)
        if words == 1.0 or not (self.old.children.get(old) and self.new.children.get(new)):
            return words
        mine, theirs = self.old.parts(old), self.new.parts(new)
        shared = (mine & theirs).total()
        if shared < _SHARED:
            return words
        return max(words, shared / max(mine.total(), theirs.total()))

    def match_reworded_elsewhere(self, kind: Kind) -> None:
        """Match what was reworded and moved (rule 5)."""
        sides: list[dict[str, Wording]] = [
            {
                name: wording
                for name in side.free_of(kind)
                if len((wording := side.wordings[name]).title) >= DISTINCTIVE
            }
            for side in (self.old, self.new)
        ]
        scores = {
            (old, new): self.score(old, new, SAME_PLACE)
            for old, new in find_candidates(sides[0], sides[1])
        }
        scores = {pair: score for pair, score in scores.items() if pair not in self.nearly}
        self.use(settle(_worth(scores), ELSEWHERE), scores)

    def use(self, settled: Settled, scores: Mapping[Pair, float]) -> None:
        """Match what is settled, and what is below; leave what is ambiguous open."""
        self.nearly |= _worth(scores)
        for old, new in settled.pairs:
            self.match(old, new, self.score(old, new, NEAR))
        for ambiguity in settled.ambiguous:
            self.leave_open(ambiguity)
        self.match_below()

    def name_near(self) -> None:
        """Name, for each old item without counterpart, the new one without it that is closest."""
        open_old: set[str] = set(self.old.free)
        open_new: set[str] = set(self.new.free)
        for pair in sorted(self.nearly, key=lambda pair: (-self.nearly[pair], pair)):
            if pair[0] in open_old and pair[1] in open_new:
                open_old.discard(pair[0])
                open_new.discard(pair[1])
                self.found.near.append(Near(*pair, self.score(*pair, NEAR)))


def _worth(scores: Mapping[Pair, float]) -> dict[Pair, float]:
    return {pair: score for pair, score in scores.items() if score >= NEAR}
