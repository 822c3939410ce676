"""Gold rows: dependencies that people judged by reading a paper, and a yardstick made of them.

The rows stand in ``tests/loaders/suggest/gold``, by id only. What counts as right, neutral or wrong
is told in `tools.link_quality`, whose rules are numbered.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

from graphmodel.breakdown import ancestors_of
from loaders.titles import fold_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from graphmodel.items import Item
    from graphmodel.plan import Plan

__all__ = [
    "OUTSIDE", "GoldGate", "GoldRow", "Judgement", "Pair", "Yardstick", "lay", "names_event",
    "read_gates", "read_gold",
]  # fmt: skip

Judgement = Literal["right", "neutral", "wrong"]
Pair = tuple[str, str]

#: What the ids of outside events begin with.
OUTSIDE = "external:"

#: Initials of fewer words fit almost any title.
_FEWEST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A pair that somebody judged: ``yes``, ``maybe`` or ``no``, how sure they were (0 to 1)."""

    from_: str
    to: str
    type: str
    line_from: int
    line_to: int
    confidence: float
    why: str
    verdict: str

    @property
    def pair(self) -> Pair:
        """Both ends, in the direction of the dependency."""
        return self.from_, self.to


@dataclass(frozen=True, slots=True)
class GoldGate:
    """An item and a board that somebody judged; the board by its title."""

    item: str
    board: str
    decision: str
    line: int
    verdict: str


def read_gold(path: Path) -> list[GoldRow]:
    """Read gold rows: from,to,type,line_from,line_to,confidence,why,verdict."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            GoldRow(
                row["from"],
                row["to"],
                row["type"],
                int(row["line_from"]),
                int(row["line_to"]),
                float(row["confidence"]),
                row["why"],
                row["verdict"],
            )
            for row in csv.DictReader(file)
        ]


def read_gates(path: Path, paper: str) -> list[GoldGate]:
    """Read the gold gates of one paper: paper,item,board,decision,line,verdict."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            GoldGate(row["item"], row["board"], row["decision"], int(row["line"]), row["verdict"])
            for row in csv.DictReader(file)
            if row["paper"] == paper
        ]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Gold rows made ready to judge the candidates of one plan."""

    verdicts: Mapping[Pair, str]
    chains: Mapping[str, set[str]]  # what rows "yes" lead to, in any number of steps
    events: Mapping[str, frozenset[str]]  # what the gold rows call each outside event
    parents: Mapping[str, str | None]
    children: Mapping[str, set[str]]
    numbers: Mapping[str, int]  # of the themes

    def call(self, first: str, second: str) -> list[Pair]:
        """Return a candidate's ends as the gold rows call them (rule 6)."""
        return list(product(self.events.get(first, {first}), self.events.get(second, {second})))

    def judge(self, first: str, second: str) -> Judgement:
        """Judge a candidate (rules 2 to 4)."""
        pairs = self.call(first, second)
        verdicts = {self.verdicts.get(pair) for pair in pairs}
        if "yes" in verdicts:
            return "right"
        if "no" in verdicts:
            return "wrong"
        if self.is_defensible(first, second) or any(self._is_near(*pair) for pair in pairs):
            return "neutral"
        return "wrong"

    def is_defensible(self, first: str, second: str) -> bool:
        """Return whether a candidate is a row ``maybe`` or follows from a chain of rows ``yes``."""
        return any(
            self.verdicts.get((here, there)) == "maybe" or there in self.chains.get(here, ())
            for here, there in self.call(first, second)
        )

    def theme(self, first: str, second: str) -> str | None:
        """Return the theme a pair belongs to (rule 7), or None if neither end is in a theme."""
        for end in (second, first):
            top = [end, *ancestors_of(end, self.parents)][-1]
            if top in self.numbers and end not in self.events:
                return top
        return None

    def half(self, first: str, second: str) -> str | None:
        """Return the half a pair belongs to (rule 7), or None if neither end is in a theme."""
        theme = self.theme(first, second)
        if theme is None:
            return None
        return "a" if self.numbers[theme] % 2 else "b"

    def kin(self, item: str) -> set[str]:
        """Return an item, its parent and its children."""
        parent = self.parents.get(item)
        return {item, *self.children.get(item, ()), *([parent] if parent else [])}

    def _is_near(self, first: str, second: str) -> bool:
        """Return whether a row stands one level up or down, and neither end is in the other."""
        above = (ancestors_of(first, self.parents), ancestors_of(second, self.parents))
        if second in above[0] or first in above[1]:
            return False
        near = product(self.kin(first), self.kin(second))
        return any(self.verdicts.get(pair) in {"yes", "maybe"} for pair in near)


def lay(plan: Plan, gold: Iterable[GoldRow], events: Iterable[Item] = ()) -> Yardstick:
    """Make the yardstick for a plan and the outside events that were suggested for it."""
    verdicts = {row.pair: row.verdict for row in gold}
    names = {end for pair in verdicts for end in pair if end.startswith(OUTSIDE)}
    parents = {item.id: item.parent for item in plan.items}
    children = defaultdict(set)
    for item, parent in parents.items():
        if parent is not None:
            children[parent].add(item)
    return Yardstick(
        verdicts=verdicts,
        chains=_follow(pair for pair, verdict in verdicts.items() if verdict == "yes"),
        events={
            item.id: _call_event(item, names) for item in (*plan.items, *events) if item.external
        },
        parents=parents,
        children=children,
        numbers=_number([one.id for one in plan.items if one.kind == "theme" and not one.parent]),
    )


def names_event(name: str, title: str) -> bool:
    """Return whether a gold name of an outside event fits the title of an item (rule 6)."""
    words = [_singular(word) for word in fold_title(re.sub(r"['\u2019]s\b", "", title)).split()]
    initials = "".join(word[0] for word in words)

    def holds(word: str) -> bool:
        return word in words or (len(word) >= _FEWEST_INITIALS and word in initials)

    return any(
        all(holds(_singular(word)) for word in one.split("-"))
        for one in name.removeprefix(OUTSIDE).split("|")
    )


def _call_event(event: Item, names: Iterable[str]) -> frozenset[str]:
    """Return what gold rows may call an event: by its words, and an item of the paper by its id."""
    fitting = {name for name in names if names_event(name, event.title)}
    return frozenset(fitting if event.id.startswith(OUTSIDE) else fitting | {event.id})


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _number(themes: list[str]) -> dict[str, int]:
    ends = [re.search(r"\d+$", theme) for theme in themes]
    return {
        theme: int(end[0]) if end else place
        for place, (theme, end) in enumerate(zip(themes, ends, strict=True), start=1)
    }


def _follow(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    """Return everything that can be reached from each first end."""
    after: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        after[first].add(second)
    chains: dict[str, set[str]] = {}
    for first, nearest in after.items():
        reached: set[str] = set()
        ahead = list(nearest)
        while ahead:
            item = ahead.pop()
            if item not in reached:
                reached.add(item)
                ahead.extend(after.get(item, ()))
        chains[first] = reached
    return chains
