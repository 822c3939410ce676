"""The means before the work: a plan, team or framework for something, and the thing itself.

"Form a review team" comes before "Review services", "Agree plan for external recruitment" before
"Complete recruitment". The means is a noun such as "plan", "team" or "framework" in what opens a
title; what it is for are the words right before it, or after its "for", "of" or "to". Another step
of the same action, due no earlier, is the work where what opens *its* title holds one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold
from loaders.suggest.candidates import Candidate
from loaders.suggest.likeness import PLAIN
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule
from loaders.suggest.siblings import find_steps
from loaders.suggest.stage_table import QUALIFIERS
from loaders.suggest.stems import SMALL, read_tokens, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.siblings import Step

__all__ = ["MEANS", "find_means"]

MEANS: Final = Rule(
    id="means",
    name="The means before the work",
    why="A plan, team or framework for something is there before the thing is done.",
    needs='A noun such as "plan", "team" or "framework", and a step that does what it is for.',
    confidence=0.6,
)

_MEANS: Final = frozenset(
    stem(word)
    for word in (
        *("plan", "team", "framework", "approach", "scope", "capacity", "criteria", "methodology"),
        *("process", "schedule", "content", "resource", "principle", "standard", "template"),
        *("tool", "specification"),
    )
)

_NO_PURPOSE: Final = PLAIN | (_MEANS - {stem("process")}) | {stem(word) for word in QUALIFIERS}

#: Words between the means and what it is for.
_FOR: Final = re.compile(r"\s+(?:for|of|to|on|that)\s+", re.IGNORECASE)
_END: Final = re.compile(
    r"[,;:.()]|\s(?:and|including|with|which|by|setting|to(?!\s+be\b)|through|across)\s"
)

#: Words that open a title, words before a means, and after its "for".
_OPENING, _MODIFIERS, _COMPLEMENT = 8, 3, 4

#: Steps listed after a means that may be the work, and strengths of the first works found there.
_REACH: Final = 8
_STRENGTHS: Final = (1.0, 0.6)


@dataclass(frozen=True, slots=True)
class _Means:
    """What a title makes ready: for which words, and the place of the noun and them."""

    purpose: frozenset[str]
    begin: int
    end: int


def find_means(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield each step that is a means with the steps that do what it is for."""
    for steps in find_steps(plan, words):
        if not steps[0].in_action:
            continue
        for number, step in enumerate(steps):
            means = _read(step.item.title)
            if means is not None:
                yield from _works(step, means, steps[number + 1 : number + 1 + _REACH])


def _works(step: Step, means: _Means, others: Sequence[Step]) -> Iterator[Candidate]:
    strengths = iter(_STRENGTHS)
    for other in others:
        shared = means.purpose & _opening(other.item.title)
        if not shared or other.is_before(step):
            continue
        strength = next(strengths, None)
        if strength is None:
            return
        title = step.item.title[means.begin : means.end]
        yield Candidate(
            step.item.id,
            other.item.id,
            MEANS,
            f'"{title}" is for it',
            (*cite(step.item, "from", means.begin, means.end), *cite(other.item, "to")),
            strength,
        )


def _read(title: str) -> _Means | None:
    """Return the means that the first words of a title make ready, if they do."""
    text = fold(title)
    tokens = [one for one in read_tokens(text) if one.group().casefold() not in SMALL]
    end = _END.search(text)
    for number, token in enumerate(tokens[:_OPENING]):
        if end is not None and token.start() > end.start():
            return None
        if number == 0 or stem(token.group()) not in _MEANS:
            continue
        before = tokens[max(1, number - _MODIFIERS) : number]
        after = _complement(text, token.end())
        purpose = frozenset(stem(one.group()) for one in (*before, *after)) - _NO_PURPOSE
        if purpose:
            last = after[-1].end() if after else token.end()
            first = before[0].start() if before else token.start()
            return _Means(purpose, first, last)
    return None


def _complement(text: str, begin: int) -> list[re.Match[str]]:
    """Return the words after the "for" that follows a means."""
    start = _FOR.match(text, begin)
    if start is None:
        return []
    end = _END.search(text, start.end())
    stop = len(text) if end is None else end.start()
    words = [one for one in read_tokens(text[:stop]) if one.start() >= start.end()]
    return [one for one in words if one.group().casefold() not in SMALL][:_COMPLEMENT]


def _opening(title: str) -> frozenset[str]:
    """Return the stems of the words that open a title, up to the end of their clause."""
    text = fold(title)
    end = _END.search(text)
    tokens = [one.group() for one in read_tokens(text[: None if end is None else end.start()])]
    told = [one for one in tokens if one.casefold() not in SMALL]
    return frozenset(stem(one) for one in told[:_COMPLEMENT])
