"""How several reasons for one pair of items become one confidence.

1. The reasons are combined as if each failed on its own: 1 - (1 - a)(1 - b)… (the "noisy or" of
   Pearl, "Probabilistic Reasoning in Intelligent Systems", 1988, section 4.3.2). Each rule counts
   once, with its strongest candidate, and so do rules of one family, which read the same words.
   Rules are not quite independent, so that the sum is held at ``MOST``.
2. Where rules see both directions of a pair, the stronger one is kept, and doubted as much as the
   other is believed. What words say plainly (``SAID``) beats what stages and lists only suggest.
3. A pair that follows already from two others by way of a third item, each of them sure (``SURE``),
   is worth ``IMPLIED`` of its confidence: nobody needs to write it down as well. What words state
   (the family ``stated``) or numbers count is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.suggest.candidates import Candidate

__all__ = ["IMPLIED", "MOST", "SAID", "SURE", "Weighed", "weigh"]

#: Strength from which the candidate of a rule that reads statements is plain.
SAID: Final = 0.9

#: Confidence of each of two links from which a third one follows, and what is left of that one's.
SURE: Final = 0.65
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


def weigh(
    candidates: Iterable[Candidate], accepted: Iterable[tuple[str, str]] = ()
) -> list[Weighed]:
    """Combine the candidates of each pair, in the order in which the pairs first came.

    ``accepted`` are pairs that are linked already, which others may follow from (rule 3).
    """
    pairs: dict[tuple[str, str], dict[str, Candidate]] = {}
    for one in candidates:
        rules = pairs.setdefault((one.before, one.after), {})
        kin = one.rule.family or one.rule.id
        known = rules.get(kin)
        if known is None or _belief(one) > _belief(known):
            rules[kin] = one
    weighed = {ends: _combine(ends, rules.values()) for ends, rules in pairs.items()}
    kept: list[Weighed] = []
    for (before, after), pair in weighed.items():
        other = weighed.get((after, before))
        if other is None:
            kept.append(pair)
        elif (_is_said(pair), pair.confidence, before) > (_is_said(other), other.confidence, after):
            doubt = other.confidence if _is_said(pair) == _is_said(other) else 0.0
            kept.append(replace(pair, confidence=pair.confidence * (1 - doubt)))
    return _discount(kept, accepted)


def _discount(these: list[Weighed], accepted: Iterable[tuple[str, str]]) -> list[Weighed]:
    """Return the pairs, those that follow from two others for less (rule 3)."""
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


def _combine(ends: tuple[str, str], candidates: Iterable[Candidate]) -> Weighed:
    ordered = sorted(candidates, key=lambda one: (-_belief(one), one.rule.id))
    doubt = 1.0
    for one in ordered:
        doubt *= 1 - _belief(one)
    return Weighed(*ends, min(1 - doubt, MOST), tuple(ordered))


def _belief(one: Candidate) -> float:
    return one.rule.confidence * one.strength
