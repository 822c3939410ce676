"""Whether two steps are about the same thing: the words that both titles use.

Each word counts by its rarity in the plan. Verbs of delivery ("develop", "agree") say what is done
and not what it is done to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loaders.suggest.stage_table import LIGHT, QUALIFIERS, STAGES
from loaders.suggest.stems import SMALL, read_tokens, stem

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from loaders.suggest.plan_words import PlanWords

__all__ = ["PLAIN", "Subject", "find_phrase", "likeness", "read_subject"]

#: Rarity of a word by which steps far from each other are looked up: in a plan of 350 items, four
#: titles hold it.
_RARE: Final = 0.75

#: Weight of what two titles share below which it is nothing: "plan" alone stands in too many.
_LEAST: Final = 0.5

#: Stages whose words say what is done and not what it is done to.
_VERBAL: Final = frozenset({"design", "agreement", "implementation", "embedding"})

#: Stems that say what is done, or nothing in particular.
PLAIN: Final = LIGHT | frozenset(
    stem(word)
    for word in (
        *(word for stage in STAGES if stage.name in _VERBAL for word in stage.words),
        *("deliver", "complete", "establish", "support", "ensure", "improve", "enable", "new"),
        *("provide", "continue", "work", "use", "undertake", "conduct", "produce", "strengthen"),
        *("place", "arrangement", "activity", "further", "part", "phase", "stage", "council"),
        *QUALIFIERS,
    )
) - {stem("plan")}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a title is about: its stems, those of them that are rare, and what they weigh."""

    stems: frozenset[str]
    rare: frozenset[str]
    weight: float


def read_subject(stems: Sequence[str], words: PlanWords) -> Subject:
    """Return what a title with these stems is about; numbers and letters only narrow it down."""
    told = frozenset(stems) - PLAIN
    own = frozenset(one for one in told if len(one) > 1 and not one.isdigit())
    rare = frozenset(one for one in own if words.rarity(one) >= _RARE)
    return Subject(own, rare, words.weigh(told))


def likeness(one: Subject, other: Subject, words: PlanWords) -> tuple[float, frozenset[str]]:
    """Return how much of the shorter title the words of both are, 0 to 1, and those words."""
    shared = one.stems & other.stems
    least = min(one.weight, other.weight)
    both = words.weigh(shared)
    if both < _LEAST or not least:
        return 0.0, frozenset()
    return both / least, shared


def find_phrase(text: str, shared: Collection[str], words: PlanWords) -> tuple[int, int]:
    """Return the place of the row of shared words in a text that weighs most."""
    best, weight = (0, 0), 0.0
    begin, end, size = 0, 0, 0.0
    held = frozenset(shared)
    for match in read_tokens(text) if held else ():
        if match.group().casefold() in SMALL:
            continue
        stems = words.token(match.group())
        if held.issuperset(stems):
            begin, end = (begin if size else match.start()), match.end()
            size += words.weigh(stems)
            if size > weight:
                best, weight = (begin, end), size
        else:
            size = 0.0
    return best
