"""How much to believe in a pair of items, from everything that speaks for it.

1. What can be seen of a pair (`loaders.suggest.pair_features`) becomes a confidence by the weights
   that were fitted to judged pairs (`loaders.suggest.weights`).
2. Rules that read what is written (``told``: "subject to", a number, an id) stand beside it, as if
   each failed on its own: 1 - (1 - a)(1 - b)… (the "noisy or" of Pearl, "Probabilistic Reasoning in
   Intelligent Systems", 1988, section 4.3.2). Each rule counts once, with its strongest candidate,
   and so do rules of one family, which read the same words. The sum is held at ``MOST``.
3. Where both directions of a pair are seen, the surer one is kept. What words say plainly
   (``SAID``) beats what stages and lists only suggest.
4. A pair that follows already from two others by way of a third item, each of them sure (``SURE``),
   is worth ``IMPLIED`` of its confidence: nobody needs to write it down as well. What words state
   (the family ``stated``) or numbers count is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from loaders.suggest.candidates import Candidate

__all__ = ["IMPLIED", "MOST", "SAID", "SURE", "Weighed", "add_up", "gather", "weigh"]

Pair = tuple[str, str]

#: Strength from which the candidate of a rule that reads statements is plain.
SAID: Final = 0.9

#: Confidence of each of two links from which a third one follows, and what is left of that one's.
SURE: Final = 0.8
IMPLIED: Final = 0.5

#: Origins of candidates that nobody wrote down in words or numbers.
_GUESSED: Final = frozenset({"inferred", "sequence"})

#: Confidence that no suggestion exceeds: nobody has looked at it yet.
MOST: Final = 0.95


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair of items, how far to believe in it, and the candidates that speak for it, best first.

    At most one candidate of each family of rules; ``through`` is the item by way of which it
    follows already from two others, or None.
    """

    before: str
    after: str
    confidence: float
    candidates: tuple[Candidate, ...]
    through: str | None = None


def gather(candidates: Iterable[Candidate]) -> dict[Pair, tuple[Candidate, ...]]:
    """Return the candidates of each pair, of each family of rules the strongest, best first."""
    pairs: dict[Pair, dict[str, Candidate]] = {}
    for one in candidates:
        rules = pairs.setdefault((one.before, one.after), {})
        kin = one.rule.family or one.rule.id
        known = rules.get(kin)
        if known is None or _belief(one) > _belief(known):
            rules[kin] = one
    return {
        ends: tuple(sorted(rules.values(), key=lambda one: (-_belief(one), one.rule.id)))
        for ends, rules in pairs.items()
    }


def weigh(
    pairs: Mapping[Pair, tuple[Candidate, ...]],
    judge: Callable[[str, str, Sequence[Candidate]], float],
    accepted: Iterable[Pair] = (),
) -> list[Weighed]:
    """Return how far to believe in each pair, in the order in which the pairs come.

    ``judge`` tells how likely a pair is by what can be seen of it, 0 to 1; ``accepted`` are pairs
    that are linked already, which others may follow from (rule 4).
    """
    weighed = {ends: _combine(ends, rules, judge(*ends, rules)) for ends, rules in pairs.items()}
    kept: list[Weighed] = []
    for (before, after), pair in weighed.items():
        other = weighed.get((after, before))
        if other is None or _rank(pair) > _rank(other):
            kept.append(pair)
    return _discount(kept, accepted)


def _discount(these: list[Weighed], accepted: Iterable[Pair]) -> list[Weighed]:
    """Return the pairs, those that follow from two others for less (rule 4)."""
    after: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    sure = [(one.before, one.after) for one in these if one.confidence >= SURE]
    for first, second in (*accepted, *sure):
        after.setdefault(first, set()).add(second)
        before.setdefault(second, set()).add(first)
    none: set[str] = set()
    told: list[Weighed] = []
    for one in these:
        ways = after.get(one.before, none) & before.get(one.after, none)
        if ways and not any(_is_told(candidate) for candidate in one.candidates):
            less = one.confidence * IMPLIED
            told.append(replace(one, confidence=less, through=min(ways)))
        else:
            told.append(one)
    return told


def _is_told(one: Candidate) -> bool:
    """Return whether a candidate rests on what words state or numbers count."""
    return one.rule.origin not in _GUESSED or one.rule.family == "stated"


def _is_said(pair: Weighed) -> bool:
    """Return whether words say plainly that one item waits for the other."""
    return any(one.rule.origin == "stated" and one.strength >= SAID for one in pair.candidates)


def _rank(pair: Weighed) -> tuple[bool, float, str]:
    """Return what two directions are compared by: what is said, how sure, else the ids (rule 3)."""
    return _is_said(pair), pair.confidence, pair.before


def add_up(candidates: Iterable[Candidate], seen: float = 0.0) -> float:
    """Return how far to believe what candidates say beside what is seen, 0 to 1 (rule 2)."""
    doubt = 1 - seen
    for one in candidates:
        doubt *= 1 - _belief(one)
    return 1 - doubt


def _combine(ends: Pair, candidates: tuple[Candidate, ...], seen: float) -> Weighed:
    told = add_up((one for one in candidates if one.rule.told), seen)
    return Weighed(*ends, min(told, MOST), candidates)


def _belief(one: Candidate) -> float:
    return one.rule.confidence * one.strength
