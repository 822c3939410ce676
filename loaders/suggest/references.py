"""Ids of other items, and offices, that a title names.

1. *Ids*: a title that holds the id of another item waits for it, unless words before it say that
   the other waits ("feeds into SI1.1.3", "ahead of SI1.1.3"). An id counts if it holds a digit and
   a letter, or is a number such as 4.2 in brackets or after "action", "see" and the like.
2. *Offices*: a title that says with whom the work is done ("working with Adult Social Care") may
   wait for what that office is responsible for, if both are about the same thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold
from loaders.suggest.candidates import Candidate
from loaders.suggest.due import is_due_before
from loaders.suggest.likeness import find_phrase, likeness, read_subject
from loaders.suggest.meaning import HEADINGS
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule
from loaders.suggest.stems import SMALL, read_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords

__all__ = ["OFFICE", "REFERENCE", "find_references"]

REFERENCE: Final = Rule(
    id="reference",
    name="It names another item's id",
    why="Who writes another item's id into a title means that the two belong together.",
    needs="The id of another item in a title.",
    confidence=0.8,
    origin="stated",
    told=True,
)
OFFICE: Final = Rule(
    id="office",
    name="It is done with another office",
    why="What is done together with an office may need what that office delivers.",
    needs='"Working with" or the like, an office of the plan, and a thing that both are about.',
    confidence=0.25,
    told=True,
)

_WORD: Final = re.compile(r"[^\s,;()\[\]\"]+")
_BEFORE_ID: Final = re.compile(
    r"(?:[(\[]|\b(?:actions?|milestones?|items?|objectives?|see|ref|reference))\s*$", re.IGNORECASE
)
_FEEDS: Final = re.compile(
    r"\b(?:feed(?:s|ing)? into|inform(?:s|ing)?|ahead of|prior to|before|to enable|enabling"
    r"|in advance of|supports?|supporting)\W*(?:\w+\W+)?$",
    re.IGNORECASE,
)
_WITH: Final = re.compile(
    r"\b(?:work(?:ing)? (?:closely )?with|in (?:conjunction|partnership|consultation|tandem"
    r"|collaboration|liaison) with|jointly with|together with|with (?:the )?support (?:of|from)"
    r"|collaborat(?:e|ing) with|alongside|led by|support from|input from)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_RANK: Final = re.compile(
    r"^(?:(?:interim|acting|deputy|joint|assistant|associate|executive|strategic|corporate|service"
    r"|chief|divisional|group|managing|programme|project|senior)\s+)*"
    r"(?:directors?|heads?|managers?|officers?|leads?)\s+(?:of|for)\s+(?:the\s+)?",
    re.IGNORECASE,
)

#: Likeness of two titles from which an office's item may be what is meant.
_LIKE: Final = 0.2

#: Items of an office that are compared, and characters after "with" that may name it.
_MOST_ITEMS: Final = 60
_REACH: Final = 60


def find_references(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield the candidates of both rules."""
    ids = {item.id.casefold(): item for item in plan.items if any(map(str.isdigit, item.id))}
    offices = _offices(plan)
    for item in plan.items:
        if item.kind not in HEADINGS:
            yield from _named(plan, item, ids)
            yield from _together(item, offices, words)


def _named(plan: Plan, item: Item, ids: Mapping[str, Item]) -> Iterator[Candidate]:
    title = fold(item.title)
    related = {item.id, *plan.index.ancestors(item.id)}
    for match in _WORD.finditer(title):
        word = match.group().rstrip(".:")
        other = ids.get(word.casefold())
        if other is None or other.id in related or not _is_id(title, word, match.start()):
            continue
        place = match.start(), match.start() + len(word)
        said = f'{item.id} names "{word}"'
        if _FEEDS.search(title, 0, match.start()):
            sides = (*cite(item, "from", *place), *cite(other, "to"))
            yield Candidate(item.id, other.id, REFERENCE, said, sides)
        else:
            sides = (*cite(other, "from"), *cite(item, "to", *place))
            yield Candidate(other.id, item.id, REFERENCE, said, sides)


def _is_id(title: str, word: str, begin: int) -> bool:
    """Return whether a word that is equal to an id is meant as one, and is no mere number."""
    if any(map(str.isalpha, word)):
        return True
    return "." in word and _BEFORE_ID.search(title, 0, begin) is not None


def _offices(plan: Plan) -> Mapping[tuple[str, ...], Sequence[Item]]:
    """Return what each office is responsible for, by the field in its title."""
    owned: defaultdict[str, list[Item]] = defaultdict(list)
    for one in plan.assignments:
        if one.role in {"responsible", "delivery_lead"} and one.item in plan.index.items:
            for leaf in plan.index.leaves(one.item):
                owned[one.officer].append(plan.index.items[leaf])
    fields: dict[tuple[str, ...], list[Item]] = {}
    for officer in plan.officers:
        for title in (officer.title, *officer.also):
            field = _tokens(_RANK.sub("", title))
            if field and owned[officer.id]:
                fields.setdefault(field, []).extend(owned[officer.id][:_MOST_ITEMS])
    return fields


def _tokens(text: str) -> tuple[str, ...]:
    tokens = (match.group().casefold() for match in read_tokens(text))
    return tuple(token for token in tokens if token not in SMALL)


def _together(
    item: Item, offices: Mapping[tuple[str, ...], Sequence[Item]], words: PlanWords
) -> Iterator[Candidate]:
    title = fold(item.title)
    subject = read_subject(words.of(item.id), words)
    for match in _WITH.finditer(title):
        said = _tokens(title[match.end() : match.end() + _REACH])
        for size in range(len(said), 0, -1):
            for other in offices.get(said[:size], ()):
                like, shared = likeness(subject, read_subject(words.of(other.id), words), words)
                is_apart = other.parent != item.parent and other.id != item.id
                if like < _LIKE or not is_apart or is_due_before(item, other):
                    continue
                place = match.start(), match.end()
                yield Candidate(
                    other.id,
                    item.id,
                    OFFICE,
                    f"{item.id} is done with an office that is responsible for {other.id}",
                    (
                        *cite(other, "from", *find_phrase(other.title, shared, words)),
                        *cite(item, "to", *place),
                    ),
                    min(1.0, 0.5 + like),
                )
