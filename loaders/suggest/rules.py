"""What a rule for suggesting dependencies is: why it holds, what it needs, how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphmodel.links import Origin

__all__ = ["Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to think that one item waits for another.

    ``confidence`` is the share of this rule's candidates that proved right where it was measured
    (docs/links.md), before other evidence and the dates are weighed in. ``origin`` is what a link
    that rests most on this rule says of where it comes from. Of rules of one ``family``, which read
    the same words, only the strongest counts for a pair. ``told``: the words themselves say it, so
    that it counts beside what else is seen of a pair (`loaders.suggest.weighing`).
    """

    id: str
    name: str
    why: str
    needs: str
    confidence: float
    origin: Origin = "inferred"
    family: str = ""
    told: bool = False
