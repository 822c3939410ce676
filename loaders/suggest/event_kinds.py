"""Outside events that the work of UK councils waits for, and the words they go by.

========================  ==================================================================
id                        what it is
========================  ==================================================================
lgr-decision              the government's decision on local government reorganisation
structural-changes-order  the order that creates new councils (Local Government and Public
                          Involvement in Health Act 2007, s. 7)
shadow-elections          the first elections to a new or shadow authority
vesting-day               the day on which new councils take over; it opens that day
local-elections           elections to the council, of a mayor, of a combined authority
general-election          a general election
spending-review           the government's spending review
finance-settlement        the local government finance settlement
…-inspection              an inspection or visit by Ofsted, CQC, the Regulator of Social Housing …
========================  ==================================================================

Beside these, "following / pending / subject to … " with a body outside the council and its
decision, announcement, guidance, funding or outcome is an event named by those words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold
from loaders.ids import make_slug

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["EventMention", "find_mentions"]


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event where a text names it; ``opens_day``: it falls at the beginning of its day.

    ``is_named`` is False where only words of waiting before it make it an event.
    """

    id: str
    title: str
    begin: int
    end: int
    opens_day: bool = False
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class _Kind:
    id: str
    title: str
    words: str
    about: str = ""
    opens_day: bool = False


_REORGANISATION: Final = r"\blgr\b|local government reorgani[sz]ation|\bunitar(?:y|ies)\b"
_KINDS: Final = (
    _Kind(
        "lgr-decision",
        "Government decision on local government reorganisation",
        r"(?:lgr|(?:local government )?reorgani[sz]ation) (?:decision|announcement)s?"
        r"|(?:(?:government|ministerial)(?:'s)? )?decisions? on"
        r" (?:the )?(?:lgr|local government reorgani[sz]ation)(?: proposals?)?",
    ),
    _Kind(
        "lgr-decision",
        "Government decision on local government reorganisation",
        r"(?:government|ministerial|ministers|mhclg|secretary of state)(?:'s?)?"
        r" (?:decision(?: announcement)?|announcement)"
        r"|decision(?= to (?:the )?structural changes? order)",
        about=_REORGANISATION,
    ),
    _Kind(
        "structural-changes-order", "Structural changes order", r"structural changes? orders?(?!\w)"
    ),
    _Kind(
        "shadow-elections",
        "Elections to the new council",
        r"(?:inaugural|first) elections?|shadow (?:authority|council) elections?"
        r"|elections? (?:to|of|for) (?:the |a )?(?:new|shadow)(?: unitary)? (?:council|authority)",
    ),
    _Kind("vesting-day", "Vesting day", r"vesting(?: day| date)?", opens_day=True),
    _Kind(
        "local-elections",
        "Local elections",
        r"(?:local|council|municipal|mayoral|all-out|county|city council|borough"
        r"|may(?: 20\d\d)?) elections?",
    ),
    _Kind("general-election", "General election", r"general elections?"),
    _Kind("spending-review", "Spending review", r"(?:comprehensive )?spending review"),
    _Kind(
        "finance-settlement",
        "Local government finance settlement",
        r"(?:(?:provisional|final|local government|multi-year) )*"
        r"(?:(?:finance|financial|funding) settlement|(?:provisional|final) settlement)",
    ),
)

_INSPECTORS: Final = {
    "ofsted": "Ofsted",
    "cqc": "CQC",
    "care quality commission": "CQC",
    "ilacs": "Ofsted",
    "hmicfrs": "HMICFRS",
    "hmip": "HMIP",
    "regulator of social housing": "Regulator of Social Housing",
    "rsh": "Regulator of Social Housing",
    "area send": "Area SEND",
}
_INSPECTION: Final = re.compile(
    rf"\b(?P<who>{'|'.join(_INSPECTORS)})(?:'s?)?(?:/\w+)?"
    r" (?:local authority |full |monitoring |re-?)?"
    r"(?:inspections?|visits?|judge?ments?|assessments?|reports?|feedback|gradings?|ratings?)\b",
    re.IGNORECASE,
)
_BODIES: Final = (
    r"(?:(?:central |national |uk )?government|ministers?|ministerial|secretary of state"
    r"|department (?:for|of) [\w ]{3,30}?|dfe|dhsc|mhclg|dluhc|defra|dwp|home office|treasury"
    r"|nhs england|icb|parliament(?:ary)?|regulator|commissioners|ombudsman|combined authority"
    r"|court|tribunal|planning inspector(?:ate)?|national|royal)(?:'s?)?"
)
_OUTCOMES: Final = (
    r"(?:decisions?|announcements?|guidance|legislation|funding(?: allocations?| confirmation)?"
    r"|approvals?|outcomes?|consultations?|reforms?|determinations?|assent|white paper|judge?ment"
    r"|settlement|response)"
)
_OTHER: Final = re.compile(
    rf"(?P<name>\b{_BODIES}(?: (?!to\b|and\b|of\b|for\b|in\b)[\w'-]+){{0,3}}? {_OUTCOMES}"
    rf"(?: {_OUTCOMES})?)\b",
    re.IGNORECASE,
)
_COMPILED: Final = tuple(
    (kind, re.compile(rf"\b(?:{kind.words})\b", re.IGNORECASE)) for kind in _KINDS
)
#: Every event above holds one of these; most titles hold none and are not searched further.
_SIGN: Final = re.compile(
    rf"election|vesting|settlement|spending review|structural change|decision|announce|reorgani"
    rf"|{'|'.join(_INSPECTORS)}|{_OUTCOMES}",
    re.IGNORECASE,
)


def find_mentions(text: str, about: str = "") -> Iterator[EventMention]:
    """Yield the events that a text names, in order; of overlapping ones the first of the table.

    ``about`` is what stands around the text: "Government decision" is that on reorganisation where
    the one or the other speaks of it.
    """
    folded = fold(text)
    if not _SIGN.search(folded):
        return
    found: list[EventMention] = []
    for mention in _find_all(folded, f"{about} {folded}"):
        if not any(mention.begin < one.end and one.begin < mention.end for one in found):
            found.append(mention)
    yield from sorted(found, key=lambda mention: mention.begin)


def _find_all(folded: str, around: str) -> Iterator[EventMention]:
    for kind, words in _COMPILED:
        if kind.about and not re.search(kind.about, around, re.IGNORECASE):
            continue
        for match in words.finditer(folded):
            yield EventMention(kind.id, kind.title, *match.span(), opens_day=kind.opens_day)
    for match in _INSPECTION.finditer(folded):
        title = f"{_INSPECTORS[match['who'].casefold()]} inspection"
        yield EventMention(make_slug(title), title, *match.span())
    for match in _OTHER.finditer(folded):
        name = " ".join(match["name"].split())
        title = name[:1].upper() + name[1:]
        yield EventMention(make_slug(name), title, *match.span(), is_named=False)
