"""Words of a title that say what it waits for, or what waits for it.

=============================================================  ===========================  ========
wording                                                        what waits for what          strength
=============================================================  ===========================  ========
depends on, dependent on, subject to, contingent on Y          the item for Y               1
following, once, after, pending, awaiting, in light of Y       the item for Y               1
based on, building on, informed by, in response to Y           the item for Y               0.9
recommendations (findings, lessons, outcomes) from (of) Y      the item for Y               0.9
requires Y                                                     the item for Y               0.8
linked to Y                                                    the item for Y               0.5
to inform, informing, feeds into, to influence Y               Y for the item               0.9
prior to, ahead of, in advance of, in preparation for Y        Y for the item               1
to enable, to allow, to support Y                              Y for the item               0.6
to deliver, to implement, delivering, implementing Y           the later for the earlier    0.8
=============================================================  ===========================  ========

Y is the phrase that follows, up to the next comma, bracket or clause, and the item that it names
(`loaders.suggest.meaning`); a title that opens with "Following Y, …" is read the same way. Wordings
below 0.9 name things of their own theme only, and where the dates contradict them they are taken
for something else. Reports that say the same in whole sentences are read when they are loaded
(`loaders.stated_order`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from graphmodel.stretches import fold
from loaders.suggest.candidates import Candidate
from loaders.suggest.due import is_due_before
from loaders.suggest.meaning import HEADINGS, Meant
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords

__all__ = ["STATED", "find_stated"]

STATED: Final = Rule(
    id="stated-words",
    name="The words say so",
    why="The title says that it follows, needs, informs or comes before something else.",
    needs="Such words, and a phrase after them that one other item of the plan is named by.",
    confidence=0.8,
    origin="stated",
    family="stated",
    told=True,
)


class _Cue(NamedTuple):
    """Words, who waits by them, and how plainly they say so.

    It is the item that says them, or the other one that it names, or whichever is due later.
    """

    form: str
    waits: Literal["item", "other", "later"]
    strength: float

    @property
    def is_plain(self) -> bool:
        """Whether the words can hardly mean anything else."""
        return self.strength >= _CERTAIN


#: Strength from which words are believed against the dates.
_CERTAIN: Final = 0.9

_NOUNS: Final = r"(?:recommendations|findings|lessons(?: learn(?:ed|t))?|outcomes?|results|outputs)"
_CUES: Final = (
    _Cue(r"(?:depend(?:s|ent|ing)|reliant|contingent|conditional) (?:up)?on", "item", 1.0),
    _Cue(r"subject to|following|once|after|pending|awaiting|in (?:the )?light of", "item", 1.0),
    _Cue(r"(?:based|building|drawing) on|informed by|in response to", "item", 0.9),
    _Cue(rf"{_NOUNS} (?:from|of|arising from)", "item", 0.9),
    _Cue(r"requir(?:es|ing)", "item", 0.8),
    _Cue(r"linked to", "item", 0.5),
    _Cue(r"(?:to )?inform(?:s|ing)?|feed(?:s|ing)? into|to influence", "other", 0.9),
    _Cue(r"prior to|ahead of|in advance of|before|in (?:preparation|readiness) for", "other", 1.0),
    _Cue(r"to (?:enable|allow|support)", "other", 0.6),
    _Cue(r"to (?:deliver|implement)|delivering|implementing", "later", 0.8),
)
_CUE: Final = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<cue{number}>{cue.form})" for number, cue in enumerate(_CUES))
    + r")\s+",
    re.IGNORECASE,
)
_LEADS: Final = re.compile(r"(?:following|once|after|subject to|pending)\b", re.IGNORECASE)
_END: Final = re.compile(
    r"[,;:()\[\]]|(?<!\d)/|/(?!\d)|\.(?:\s|$)|\s-+\s|\s(?:to|which|that|including|with|by|so|as|ensuring|through|will|is"
    r"|are|has|have|we|before|after|following|once)\b",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"\s(?:and|or|for|in|on|of|from|at|across|within|alongside)\s", re.IGNORECASE
)

#: Words of a phrase beyond which it is no name.
_LONGEST: Final = 9


def find_stated(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield what the titles of a plan say of their order (the table above)."""
    meant = Meant(plan, words)
    for item in plan.items:
        if item.kind in HEADINGS:
            continue
        text = fold(item.title)
        for match in _CUE.finditer(text):
            cue = _CUES[int((match.lastgroup or "cue0").removeprefix("cue"))]
            if match.start() == 0 and not _LEADS.match(text):
                continue
            for phrase in _phrases(text, match.end()):
                other = meant.find(item.id, words.stems(phrase), near=not cue.is_plain)
                if other is not None:
                    place = match.start(), match.end() + len(phrase)
                    yield from _candidates(item, plan.index.items[other], cue, place)
                    break


def _phrases(text: str, begin: int) -> Iterator[str]:
    """Yield the words after a cue that may name an item, the longest first."""
    end = _END.search(text, begin)
    phrase = text[begin : len(text) if end is None else end.start()]
    yield " ".join(phrase.split()[:_LONGEST])
    cuts = [match.start() for match in _PART.finditer(phrase)]
    for cut in reversed(cuts):
        if cut:
            yield " ".join(phrase[:cut].split()[:_LONGEST])


def _candidates(item: Item, named: Item, cue: _Cue, place: tuple[int, int]) -> Iterator[Candidate]:
    waits = cue.waits == "item" or (cue.waits == "later" and not is_due_before(item, named))
    before, after = (named, item) if waits else (item, named)
    if not cue.is_plain and is_due_before(after, before):
        return
    begin, end = place
    said = " ".join(item.title[begin:end].split())
    from_place, to_place = ((0, 0), place) if waits else (place, (0, 0))
    sides = (*cite(before, "from", *from_place), *cite(after, "to", *to_place))
    yield Candidate(before.id, after.id, STATED, f'{item.id} says "{said}"', sides, cue.strength)
