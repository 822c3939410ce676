"""What titles do with the things they name, and which of two comes first because of it.

A title *makes* a thing where the thing stands before the first "for", "to", "with" and the like of
its clause ("Develop the plan with partners": the plan); the thing is a *part* of what the title
does after "as part of", "aligned to" and the like, it *uses* it after "using", "in light of", "to
deliver", and *feeds* it after "to inform", "enable delivery of". Else it only *names* it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from graphmodel.moments import DAY, finish_instant
from graphmodel.stretches import fold
from loaders.suggest.quoting import READ
from loaders.suggest.rules import Rule
from loaders.suggest.stage_table import STAGES
from loaders.suggest.stages import read_stages

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.links import LinkType
    from loaders.suggest.phrases import Phrase
    from loaders.suggest.stages import StageSpan

__all__ = [
    "RULES",
    "SHARED_ACTION",
    "SHARED_DATES",
    "SHARED_STAGE",
    "SHARED_USE",
    "Naming",
    "Order",
    "find_order",
    "read_naming",
]

SHARED_USE: Final = Rule(
    id="shared-use",
    name="One makes what the other uses",
    why="Both titles name the same thing, and one of them uses what the other makes.",
    needs='A rare phrase in both titles, and words of use such as "as part of" or "aligned to".',
    confidence=0.85,
    family="stated",
)
SHARED_STAGE: Final = Rule(
    id="shared-stage",
    name="A later stage of the same thing",
    why="Both titles name the same thing, and one takes it to a later stage of delivery.",
    needs="A rare phrase in both titles, and two different stages of delivery.",
    confidence=0.8,
)
SHARED_DATES: Final = Rule(
    id="shared-dates",
    name="The same thing, one after the other",
    why="Both titles name the same thing, and the dates put one before the other.",
    needs="A rare phrase in both titles, and different months.",
    confidence=0.7,
)
SHARED_ACTION: Final = Rule(
    id="shared-action",
    name="Actions on the same thing",
    why="The titles of two actions name the same thing.",
    needs="A rare phrase in the titles of two actions, and an order by words or dates.",
    confidence=0.25,
    told=True,
)

RULES: Final = (SHARED_USE, SHARED_STAGE, SHARED_DATES, SHARED_ACTION)

_GAP: Final = r"(?:\s+(?!and\b|or\b)[\w'/-]+){0,4}?\s*$"
#: Words of use that hold whatever the dates are: the one is a piece of the other.
_PART: Final = re.compile(
    r"\b(?:(?:as )?(?:a )?(?:key )?part of|align(?:ed|ing|s|ment)? (?:it |them )?(?:to|with)"
    r"|in line with|integrat(?:ion|ed|ing) (?:with|into|in)|link(?:ed|ing|s) (?:to|with)"
    rf"|consistent with|in accordance with|adher(?:ence|ing) to|compl(?:iance|y|ying) with){_GAP}",
    re.IGNORECASE,
)
_USES: Final = re.compile(
    r"\b(?:using|uses?|in light of|based (?:up)?on|informed by"
    r"|embed(?:ded|ding)? (?:[\w-]+ ){0,4}(?:in|into|within)|incorporat\w+ [^,;]{0,60}\binto"
    r"|to deliver|through|against|under|within|from|identified (?:in|by)|set out in|actions in"
    rf"|following|after|once|subject to|updated? (?:\w+ )?(?:in|to)){_GAP}",
    re.IGNORECASE,
)
_FEEDS: Final = re.compile(
    r"\b(?:(?:to )?enabl(?:e|es|ing)(?: the)?(?: (?:delivery|implementation|development) of)?"
    r"|(?:to )?inform(?:s|ing)?|feed(?:s|ing)? into|contribut(?:e|es|ing) to|ahead of|prior to"
    rf"|in preparation for|support(?:s|ing)?(?: the)? (?:delivery|implementation|development) of)"
    rf"{_GAP}",
    re.IGNORECASE,
)
#: Where a title stops to be about what it makes.
_CUT: Final = re.compile(
    r",?\s(?:including|with|which|that|for|via|through|by|as|so|where|ensuring|enabling|to|from|on|in"
    r"|at|against|aligned|aligning|using|considering|under|within|into)\s",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.;:]\s+|\s-+\s+|-\s+|,\s+(?:and|then)\s+")
_REGULAR: Final = re.compile(r"\b(?:regular|annual|quarterly|ongoing|continu)", re.IGNORECASE)
_MADE: Final = re.compile(r"(?:complet|produc|conclu)(?:e|ion)\b", re.IGNORECASE)
_DONE: Final = next(number for number, one in enumerate(STAGES) if one.name == "implementation")
_REVIEW: Final = next(number for number, one in enumerate(STAGES) if one.name == "review")

#: Strength of an order where the whole is due after its part, where one title only names the thing,
#: and where the name is that of no thing made.
_LATE: Final = 0.8
_NAMED: Final = 0.75
_TOPIC: Final = 0.6
_FINISHED: Final = 0.8

About = Literal["makes", "uses", "part", "feeds", "names"]


#: What makes one item wait for another, by what each does with the thing.
_USE: Final[dict[tuple[About, About], str]] = {
    ("makes", "part"): "one is part of what the other makes",
    ("makes", "uses"): "one uses what the other makes",
    ("feeds", "makes"): "one prepares what the other makes",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """A thing in a title, how the title is about it, and the stages it tells of."""

    phrase: Phrase
    item: Item
    about: About
    stage: StageSpan | None


class Order(NamedTuple):
    """Why one item waits for another: the rule, how strongly it speaks, and a clause.

    ``type`` is SS where the one may begin when the other has: a part of what goes on for longer.
    """

    rule: Rule
    strength: float
    words: str
    type: LinkType | None = None


def read_naming(item: Item, phrase: Phrase) -> Naming:
    """Return how a title is about a thing it names; its stage is read without the name."""
    title = fold(item.title[:READ])
    blank = "x" * (phrase.end - phrase.begin)
    text = f"{title[: phrase.begin]}{blank}{title[phrase.end :]}"
    cuts = [match.end() for match in _CLAUSE.finditer(title, 0, phrase.begin)]
    for begin in (*cuts[-1:], 0):
        stage = read_stages(text[begin:])
        if stage is not None:
            stage = stage._replace(begin=stage.begin + begin, end=stage.end + begin)
            return Naming(phrase, item, _find_about(title, phrase, stage, begin), stage)
    return Naming(phrase, item, _find_about(title, phrase, None, 0), None)


def _find_about(title: str, phrase: Phrase, stage: StageSpan | None, begin: int) -> About:
    before = title[begin : phrase.opens]
    if _FEEDS.search(before):
        return "feeds"
    if _PART.search(before):
        return "part"
    if _USES.search(before):
        return "uses"
    if stage is not None and stage.end <= phrase.begin:
        begin = stage.end
    return "names" if _CUT.search(title, begin, phrase.begin) else "makes"


def find_order(one: Naming, other: Naming) -> Order | None:
    """Return why ``other`` waits for ``one`` because of a thing that both name, or None.

    Words decide, then stages, then dates. A body and what is no thing made have no use: of a body
    the stages decide, of a mere name the dates.
    """
    days = _days_between(one.item, other.item)
    is_late = days is not None and days < 0
    abouts = one.about, other.about
    if (is_late and abouts != ("makes", "part")) or (other.about, one.about) in _USE:
        return None
    if one.phrase.is_body or other.phrase.is_body:
        return _order_by_stages(one, other, days)
    use = _USE.get(abouts)
    if use is not None:
        order: Order | None = Order(SHARED_USE, _LATE, use, "SS")
        if not is_late:
            order = Order(SHARED_USE, 1.0, use)
    else:
        order = _order_by_stages(one, other, days) or _order_by_dates(abouts, days)
    if order is None or one.phrase.is_thing or other.phrase.is_thing:
        return order
    return order._replace(strength=order.strength * _TOPIC)


def _order_by_stages(one: Naming, other: Naming, days: int | None) -> Order | None:
    """Return the order that two stages of delivery give; a review may come before or after."""
    if (one.about, other.about) != ("makes", "makes") or one.stage is None or other.stage is None:
        return None
    if not one.phrase.is_thing or not other.phrase.is_thing:
        return None
    is_later = one.stage.first < other.stage.first and one.stage.last < other.stage.last
    if one.stage.first == _REVIEW and days is None and _REGULAR.search(one.item.title):
        is_later = False
    if one.stage.first == other.stage.first == _DONE and _MADE.search(one.item.title):
        return Order(SHARED_STAGE, _FINISHED, "it is completed before it is implemented")
    is_review = other.stage.last == _REVIEW < one.stage.first and days
    if not is_later and not is_review:
        return None
    return Order(SHARED_STAGE, 1.0, f"{other.stage.name} follows {one.stage.name}")


def _order_by_dates(abouts: tuple[About, About], days: int | None) -> Order | None:
    if not days or "makes" not in abouts or abouts[1] == "feeds":
        return None
    strength = 1.0 if abouts == ("makes", "makes") else _NAMED
    return Order(SHARED_DATES, strength, "one is due after the other")


def _days_between(one: Item, other: Item) -> int | None:
    """Return by how many days one is due before the other; what is done comes first."""
    if (one.status == "complete") != (other.status == "complete"):
        return 1 if one.status == "complete" else -1
    ends = [item.planned.finish for item in (one, other)]
    if ends[0] is None or ends[1] is None:
        return None
    return (finish_instant(ends[1]) - finish_instant(ends[0])) // DAY
