"""A candidate: two items of which the second may wait for the first, and the words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphmodel.links import Evidence, LinkType
    from loaders.suggest.rules import Rule

__all__ = ["Candidate"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """``after`` may wait for ``before``, says one rule.

    ``words`` is the reason in one clause without a full stop, such as ``Phase 1 comes before Phase
    2``; ``evidence`` quotes both sides. ``strength`` (0 to 1] scales the rule's confidence where
    the evidence is weaker than the rule's best. ``type`` is what the words say the link is, None
    to let the dates choose.
    """

    before: str
    after: str
    rule: Rule
    words: str
    evidence: tuple[Evidence, ...]
    strength: float = 1.0
    type: LinkType | None = None
