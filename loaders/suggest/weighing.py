"""How several reasons for one pair of items become one confidence.

1. The reasons are combined as if each failed on its own: 1 - (1 - a)(1 - b)… (the "noisy or" of
   Pearl, "Probabilistic Reasoning in Intelligent Systems", 1988, section 4.3.2). Each rule counts
   once, with its strongest candidate, and so do rules of one family, which read the same words. They are not quite independent, so that the sum is held at
   ``MOST``.
2. Where rules see both directions of a pair, the stronger one is kept, and doubted as much as the
   other is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.suggest.candidates import Candidate

__all__ = ["MOST", "Weighed", "weigh"]

#: Confidence that no suggestion exceeds: nobody has looked at it yet.
MOST: Final = 0.95


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair of items, how far to believe in it, and the candidates that speak for it, best first.

    At most one candidate of each family of rules.
    """

    before: str
    after: str
    confidence: float
    candidates: tuple[Candidate, ...]


def weigh(candidates: Iterable[Candidate]) -> list[Weighed]:
    """Combine the candidates of each pair, in the order in which the pairs first came."""
    pairs: dict[tuple[str, str], dict[str, Candidate]] = {}
    for one in candidates:
        rules = pairs.setdefault((one.before, one.after), {})
        kin = one.rule.family or one.rule.id
        known = rules.get(kin)
        if known is None or _belief(one) > _belief(known):
            rules[kin] = one
    weighed = {ends: _combine(ends, rules.values()) for ends, rules in pairs.items()}
    kept: list[Weighed] = []
    for (before, after), one in weighed.items():
        other = weighed.get((after, before))
        if other is None:
            kept.append(one)
        elif (one.confidence, before) > (other.confidence, after):
            doubted = one.confidence * (1 - other.confidence)
            kept.append(Weighed(before, after, doubted, one.candidates))
    return kept


def _combine(ends: tuple[str, str], candidates: Iterable[Candidate]) -> Weighed:
    ordered = sorted(candidates, key=lambda one: (-_belief(one), one.rule.id))
    doubt = 1.0
    for one in ordered:
        doubt *= 1 - _belief(one)
    return Weighed(*ends, min(1 - doubt, MOST), tuple(ordered))


def _belief(one: Candidate) -> float:
    return one.rule.confidence * one.strength
