"""Numbered phases: how titles number them, and which of them make one series."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.items import Item

__all__ = ["Phase", "PhaseMention", "find_phase", "find_phases", "find_series"]

_WORDS: Final = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ROMAN: Final = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
_NUMBERS: Final = {
    name: number for names in (_WORDS, _ROMAN) for number, name in enumerate(names, start=1)
}

#: What may follow a word such as "phase": "2", "two", "IV", "2a"; not "1-3", "1 and 2", "1.2".
_COUNT: Final = (
    rf"\s+(?P<number>\d{{1,2}}(?=[a-z]?\b)|(?:{'|'.join(_NUMBERS)})\b)"
    r"[a-z]?(?![-\u2013/.]\d)(?!\s*(?:,|&|\band|\bto)\s*\d{1,2}(?!\d))"
)
_PHASE: Final = re.compile(rf"(?P<word>phase|stage){_COUNT}", re.IGNORECASE)

#: Other words that papers count steps by, anywhere in a title.
_STEP: Final = re.compile(
    rf"\b(?P<word>phase|stage|part|wave|tranche|round|step|cohort|release|year){_COUNT}",
    re.IGNORECASE,
)


class Phase(NamedTuple):
    """What a title is numbered as: ``phase`` 2."""

    word: str
    number: int

    def __str__(self) -> str:
        """Return ``Phase 2``."""
        return f"{self.word.capitalize()} {self.number}"


def find_phase(item: Item) -> Phase | None:
    """Return the phase that an item's title begins with; its id or label may stand before it."""
    title = item.title
    for prefix in (item.id, item.label):
        if prefix is not None and title.startswith(prefix):
            title = title.removeprefix(prefix).lstrip(" \t:.-\u2013")
    match = _PHASE.match(title)
    return None if match is None else _read(match)


class PhaseMention(NamedTuple):
    """A numbered step that a text names, and the place of the words."""

    phase: Phase
    begin: int
    end: int


def find_phases(text: str) -> Iterator[PhaseMention]:
    """Yield the numbered steps that a text names anywhere: phases, stages, parts, waves."""
    for match in _STEP.finditer(text):
        yield PhaseMention(_read(match), match.start(), match.end())


def _read(match: re.Match[str]) -> Phase:
    number = match["number"].lower()
    return Phase(match["word"].lower(), _NUMBERS.get(number) or int(number))


def find_series(siblings: Sequence[Item]) -> list[list[tuple[Phase, list[Item]]]]:
    """Return the series of phases among siblings: each a list of steps with their items, in order.

    Items of the same number ("Phase 1a", "Phase 1b") are one step. Where numbers come again after
    higher ones ("Phase 1", "Phase 2", "Phase 1", "Phase 2"), a new series begins.
    """
    numbered = [(phase, item) for item in siblings if (phase := find_phase(item)) is not None]
    series: list[list[tuple[Phase, list[Item]]]] = []
    for word in dict.fromkeys(phase.word for phase, _ in numbered):
        steps: list[tuple[Phase, list[Item]]] = [
            (phase, [item for _, item in group])
            for phase, group in groupby(
                (one for one in numbered if one[0].word == word), key=lambda one: one[0]
            )
        ]
        series += _split(steps)
    return series


def _split(steps: list[tuple[Phase, list[Item]]]) -> list[list[tuple[Phase, list[Item]]]]:
    times = Counter(phase for phase, _ in steps)
    if max(times.values()) == 1:
        return [sorted(steps, key=lambda step: step[0].number)]
    runs: list[list[tuple[Phase, list[Item]]]] = []
    for step in steps:
        if not runs or step[0].number <= runs[-1][-1][0].number:
            runs.append([])
        runs[-1].append(step)
    return runs
