"""How governance papers word what they say of bodies, offices and documents: one table of rules.

A rule is a relation and an order of tokens and words (`loaders.governance_mentions`). In a pattern
``{W}`` is one body or office and ``{WL}`` a list of them, ``{B}``/``{BL}`` bodies alone, ``{D}``/
``{DL}`` documents, ``{T}`` a date, ``{C}`` a cadence, ``{A}`` words between who and what they do,
``{G}`` words without a name, ``{N}`` words without another document. The groups ``s`` and ``o`` are
the two ends of the relation, ``t`` the date, ``c`` the cadence, ``verb`` the words that say it.

==================  ============================================================================
relation            what it says
==================  ============================================================================
holds_to_account    a body or office holds another to account
chairs, member_of   an office chairs a body, or sits on it
reports_to          a body or office reports to another
reported_to         the work, or a document, is reported to a body or office
reviews, challenges a body reviews the work, or questions another body
approves, confirms  a body approves a document ("agreed", "adopted", …), or confirms it
oversees            a body watches over a document's delivery
accountable_for,    an office answers for a document's delivery, or carries it out
responsible_for
issues, appoints    a body or office issues a document; a document appoints an office or body
appointed_as        an office is made another
evolves_into        a document is renamed, replaced or followed by another
informs, part_of    a document is used for another, or makes part of it
integrates          a document brings the content of another together
delivers, linked_to a document delivers another, or is joined up with it
published           a document was published on a date
refreshed, refresh  a document was, or is to be, refreshed on a date
waits_for           work is on hold until a document is there
takes_account_of    a document takes account of another
requires            a document requires another
==================  ============================================================================
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CADENCES", "RELATIONS", "compile_wording"]

_PARTS: Final = {
    "W": r"<[BO]\d+>(?:'s)?",
    "B": r"<B\d+>",
    "D": r"<D\d+>(?:'s)?",
    "T": r"<T\d+>",
    "C": r"<C\d+>",
    "V": r"approved|agreed|adopted|endorsed|ratified|signed\s+off|confirmed",
    "N": r"(?:(?!<D)[^;]){0,90}?",  # anything but another document
    "G": r"[^<;.]{0,60}?",  # words without a name
}
for _one in ("W", "B", "D"):
    _PARTS[f"{_one}L"] = (
        rf"{_PARTS[_one]}(?:(?:,\s+{_PARTS[_one]})*,?\s+(?:and|&)\s+{_PARTS[_one]})?"
    )

#: Words that may stand between who and what they do.
_PARTS["A"] = r"(?:\s+(?:will|must|may|also|then|now|meeting|has|have|had|is|\w+ly|<C\d+>))*"

#: Lists at the end of a clause: a name that something is said of next begins another clause.
for _one in ("W", "B"):
    _PARTS[f"{_one}E"] = (
        rf"{_PARTS[_one]}(?:(?:,\s+{_PARTS[_one]})*,?\s+(?:and|&)\s+{_PARTS[_one]}(?!\s+"
        r"(?:reports?|holds?|is|are|will|was|were|has|have|meets?|chairs?|sits?|also|then)\b))?"
    )

_SLOT: Final = re.compile(r"\{([A-Z]+)\}")

_RELATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        "holds_to_account",
        r"(?P<s>{WL}){A}\s+(?P<verb>(?:to\s+)?hold(?:s|ing)?)\s+(?P<o>{WL})",
        r"\s+to\s+account",
    ),
    (
        "holds_to_account",
        r"(?P<o>{WL})(?:\s+(?:are|is|be|will|were|being))*\s+(?P<verb>held\s+",
        r"to\s+account)(?:\s+(?:\w+\s+)?(?P<c>{C}))?(?:{G}\s+(?:by|at)",
        r"\s+(?P<s>{WL}))",
    ),
    (
        "holds_to_account",
        r"(?P<s><B\d+>)[^;]{0,120}?(?P<o>{WL})(?:\s+(?:are|is|be))?\s+",
        r"(?P<verb>held\s+to\s+account)",
    ),
    (
        "holds_to_account",
        r"(?:(?P<c>{C})[^<;]{0,80})?(?P<o>{WL})(?:\s+(?:are|is|be|will|",
        r"being))*\s+(?P<verb>held\s+to\s+account)",
    ),
    (
        "holds_to_account",
        r"(?P<o>{WL})(?:\s+(?:are|is|be|will|\w+ly))*\s+(?P<verb>(?:accountable|",
        r"answerable)\s+to|answers?\s+to)\s+(?P<s>{WL})",
    ),
    ("chairs", r"^(?P<verb>Chaired)\s+by\s+(?P<s>{W}),?\s+(?P<o>{B})"),
    (
        "chairs",
        r"(?P<o>{B})(?:(?!<B)[^.;]){0,60}?\b(?P<verb>chaired)\s+by\s+",
        "(?P<s>{W})",
    ),
    (
        "chairs",
        r"(?P<s>{W}){A}\s+(?P<verb>chairs?|is\s+(?:the\s+)?chair\s+of|",
        r"in\s+the\s+chair\s+of|as\s+(?:the\s+)?chair\s+of)\s+(?P<o>{BL})",
    ),
    (
        "chairs",
        r"(?P<o>{B})(?:'s)?,?\s+(?:with\s+)?(?:(?P<verb>chair\s+is))\s+",
        "(?P<s>{W})",
    ),
    ("chairs", r"(?P<o>{B}),?\s+with\s+(?P<s>{W})\s+(?P<verb>in\s+the\s+chair)"),
    (
        "member_of",
        r"(?P<s>{WL})(?:\s+(?:is|are|will\s+be|also|both))+\s+(?:an?\s+",
        r")?(?P<verb>members?\s+of)\s+(?P<o>{BE})",
    ),
    (
        "member_of",
        r"(?P<s>{WL}){A}\s+(?P<verb>sits?\s+on|serves?\s+on|attends?)",
        r"\s+(?P<o>{BE})",
    ),
    (
        "member_of",
        r"\b(?P<verb>[Mm]ember(?:s|ship))\s+of\s+(?P<o>{B})\s+(?:are|",
        r"is|includes?|comprises?|consists?\s+of){G}\s(?P<s>{WE})",
    ),
    (
        "member_of",
        r"(?P<o>{B})(?:'s)?(?:\s+(?:is|was|are))?\s+(?P<verb>comprises?|",
        r"made\s+up\s+of|consists?\s+of|brings?\s+together|members?(?:hip)",
        r"?\s+(?:are|is|includes?|comprises?))\s+(?P<s>{WE})",
    ),
    ("reports_to", r"\b(?P<verb>[Rr]eporting)\s+to\s+(?P<o>{WE}),\s+(?P<s>{WL})"),
    (
        "reports_to",
        r"(?P<s>{WL})(?:\s+(?!report)[a-z]+){0,4}?\s+(?P<verb>reports?|",
        r"reporting)(?:\s+(?:directly|formally|back|(?P<c>{C})|on{G}\s{D}{G})",
        r")*\s+to\s+(?P<o>{WE})(?:\s+(?:every|each|on\s+a)?\s*(?P<c2>{C})",
        ")?",
    ),
    (
        "reports_to",
        r"(?P<s>{B})(?:(?!<[BD])[^;.]){0,160}?\b(?P<verb>reporting)\s+",
        r"to\s+(?P<o>{BE})",
    ),
    (
        "reported_to",
        r"\b(?P<verb>report)\s+on\s{G}(?P<s>{D})\s+at\s+(?P<c>{C})\s+",
        "intervals[^;]*?(?P<o>{B})",
    ),
    (
        "reported_to",
        r"(?:(?P<c>{C})\s+)?(?:[Rr]eport|[Uu]pdate|[Pp]aper|[Pp]rogress|",
        r"[Pp]erformance|[Ss]ummary)s?\s(?:(?!<[BO])[^;.]){0,60}?\b(?P<verb>reported|",
        r"presented|submitted|provided|made|taken)\s+(?:(?P<c2>{C})\s+",
        r")?to\s+(?P<o>{WE})",
    ),
    (
        "reported_to",
        r"(?P<o>{WE}){A}\s+(?P<verb>receives?|considers?)\s+(?:an?\s+",
        r")?(?:(?P<c>{C})\s+)?{G}\b(?:report|update)s?(?:\s+(?:on|about)",
        r"\s{G}(?P<s>{D}))?",
    ),
    (
        "reviews",
        r"\b(?P<verb>reviewed|scrutinised|audited)\s+(?:(?P<c>{C})\s+",
        r")?by\s+(?P<s>{WL})",
    ),
    (
        "challenges",
        r"(?P<o>{B})[^;.<]{0,60}\sfor\s+(?P<s>{WL})\s+to\s+(?P<verb>question|",
        "challenge|scrutinise)",
    ),
    (
        "approves",  # the council itself, so nobody knows which of its bodies
        r"\b[Cc]ouncil\s+(?:(?:has|had|also|then|now|\w+ly)\s+)*(?P<verb>{V})\s+(?P<o>{DL})",
        r"(?:\s+(?:on|in)\s+(?P<t>{T}))?",
    ),
    (
        "approves",
        r"\b[Aa]t\s+(?:(?!<[BD])[^,<]){0,40}(?P<s>{B})(?:,?\s+(?:on|in)",
        r"\s+(?P<t>{T}))?,?\s+(?:(?:{W}|members)\s+)?(?:\w+ly\s+)?(?P<verb>{V})\s+",
        "(?P<o>{DL})",
    ),
    (
        "approves",
        r"(?P<s>{WL}){A}\s+(?P<verb>{V})\s+(?P<o>{DL})(?:\s+(?:on|in)",
        r"\s+(?P<t>{T}))?",
    ),
    (
        "approves",
        r"(?P<o>{DL}){N}\b(?P<verb>{V})(?:\s+alongside\s+(?P<o2>{DL})",
        r")?(?:\s+(?:at|by|with|through)\s+(?:an?\s+)?{G}(?P<s>{WL}))",
        r"?(?:,?\s+(?:on|in)\s+(?P<t>{T}))?",
    ),
    (
        "approves",
        r"(?P<o>{DL}){N}\b(?P<verb>approval)\s+(?:at|by|of|from)\s+(?P<s>{WL})",
        r"(?:\s+(?:on|in)\s+(?P<t>{T}))?",
    ),
    (
        "oversees",
        r"(?P<s>{B})(?:(?:(?!<[BT])[^;]){0,60}?\b(?:in|on|from)\s+(?P<t>{T})",
        r")?(?:(?!<B)[^;]){0,120}?\b(?P<verb>(?:oversight|overview)\s+",
        r"of)\s{G}(?P<o>{DL})",
    ),
    (
        "oversees",
        r"(?P<s>{WL}){A}\s+(?P<verb>oversees?|monitors?|tracks?|steers?)",
        r"\s{G}(?P<o>{DL})",
    ),
    (
        "oversees",
        r"(?P<o>{DL})(?:(?!<[BD])[^;.]){0,50}?\b(?P<verb>overseen|monitored|",
        r"steered)\s+(?:(?P<c>{C})\s+)?by\s+(?P<s>{WL})",
    ),
    (
        "accountable_for",
        r"(?P<s>{WL}){A}(?:\s+(?:are|is|be|and))*\s+(?P<verb>accountable\s+",
        r"for)\s{G}(?P<o>{DL})",
    ),
    (
        "responsible_for",
        r"(?P<s>{WL}){A}(?:\s+(?:are|is|be|and|have|has))*\s+(?P<verb>responsib(?:le|",
        r"ility)\s+for)\s{G}(?P<o>{DL})",
    ),
    (
        "issues",
        r"\b(?P<verb>received)\s+(?P<o>{DL})\s+from\s+(?P<s>{W})(?:\s+",
        r"(?:on|in)\s+(?P<t>{T}))?",
    ),
    (
        "issues",
        r"(?P<s>{W}){A}\s+(?P<verb>issued?s?)\s+(?:\d+\s+)?(?P<o>{DL})",
        r"(?:{G}\b(?:on|in)\s+(?P<t>{T}))?",
    ),
    ("appoints", r"(?P<s>{D})[^;]{0,160}?\b(?P<verb>appointment\s+of)\s+(?P<o>{WL})"),
    (
        "appointed_as",
        r"(?P<s>{WL})\s+(?:have|has|are|were|is|was)(?:\s+been)?\s+(?P<verb>(?:appointed|",
        r"designated)(?:\s+as)?)\s+(?P<o>{WL})",
    ),
    (
        "evolves_into",
        r"(?P<s>{D})(?:\s+\([^)]*\))?,?\s+(?:which\s+|and\s+|that\s+)",
        r"?(?:has\s+|have\s+)?(?:now\s+|later\s+)?(?P<verb>evolved\s+",
        r"into|became|(?:was|were|is|been)\s+(?:\w+\s+and\s+)?(?:renamed|",
        r"(?:replaced|superseded|succeeded|followed)\s+by)(?:\s+as)?)",
        r"\s+(?P<o>{D})(?:\s+(?:on|in)\s+(?P<t>{T}))?",
    ),
    (
        "evolves_into",
        r"(?P<o>{D}){A}\s+(?P<verb>replace[sd]|replacing|supersede[sd]|",
        r"superseding|succeed(?:s|ed|ing))\s+(?P<s>{D})(?:\s+(?:on|in)",
        r"\s+(?P<t>{T}))?",
    ),
    ("evolves_into", r"\b(?P<verb>successor)\s+(?P<o>{D})"),
    ("published", r"(?P<verb>published)\s+(?P<o>{DL})\s+(?:on|in)\s+(?P<t>{T})"),
    ("published", r"(?P<o>{DL}){N}\b(?P<verb>published)\s+(?:on|in)\s+(?P<t>{T})"),
    (
        "refreshed",
        r"(?P<o>{DL}){N}\b(?P<verb>(?:refreshed|reviewed|updated|revised)",
        r")\s+(?:again\s+)?(?:on|in|by)\s+(?P<t>{T})",
    ),
    (
        "refresh",
        r"(?P<verb>(?:refresh|review|revision|update)\s+of)\s+(?P<o>{D})",
        r"[^;]{0,120}?\b(?:on|in|by)\s+(?P<t>{T})",
    ),
    (
        "refresh",
        r"(?P<verb>(?:refreshed|revised|updated))\s+(?P<o>{D})\s+(?:is\s+",
        r")?due\s+(?:(?:on|in|by)\s+)?(?P<t>{T})",
    ),
    (
        "integrates",
        r"(?P<s>{DL})(?:\s+(?:is|are|and|will|remain|fully))*\s+(?P<verb>integrated\s+",
        r"through)\s{G}(?:{C}\s{G})?(?P<x>{DL})",
    ),
    ("informs", r"(?P<s>{DL})(?:(?!<[BD])[^;.]){0,40}?\b(?P<verb>informs?)\s{G}(?P<o>{DL})"),
    (
        "part_of",
        r"(?P<o>{D})\s+(?:is|are)\s+(?P<verb>(?:formed|made\s+up|composed|",
        r"built)\s+(?:from|of))\s{G}(?P<s>{DL})",
    ),
    (
        "part_of",
        r"(?P<s>{DL})(?:\s+(?:is|are|will\s+be))?\s+(?P<verb>contained\s+",
        r"in|part\s+of)\s{G}(?P<o>{DL})",
    ),
    (
        "integrates",
        r"(?P<s>{D})\s+(?P<verb>integrates?|brings?\s+together|consists?\s+",
        r"of|comprises?|combines?)\s(?P<rest>[^;]*)",
    ),
    (
        "delivers",
        r"(?P<s>{D})(?:(?!<)[^;.]){0,60}?\b(?P<verb>delivers?|implements?)",
        r"\s{G}(?P<o>{DL})",
    ),
    ("linked_to", r"\b(?P<verb>join(?:s|ed)?\s+up)\s+(?P<s>{DL})\s+with\s+(?P<o>{DL})"),
    (
        "linked_to",
        r"(?P<s2>{D})\s+with\s+(?P<s>{DL})\s+and\s+(?P<verb>links?\s+",
        r"these)\s+(?:to|with)\s+(?P<o>{DL})",
    ),
    (
        "linked_to",
        r"(?P<s>{DL})(?:\s+(?:is|are))?\s+(?P<verb>linked\s+to|aligned\s+",
        r"(?:to|with))\s+(?P<o>{DL})",
    ),
    ("linked_to", r"\b(?P<verb>links?)\s+(?P<s>{DL})\s+(?:to|with)\s+(?P<o>{DL})"),
    (
        "waits_for",
        r"\b(?P<verb>on\s+hold\s+pending)\s{G}(?P<o>{DL})(?:\s+and\s+",
        r"(?:the\s+)?refreshed\s+(?P<o2>{D}))?",
    ),
    (
        "takes_account_of",
        r"(?P<s>{D})(?:(?!<D)[^;.]){0,60}?\b(?P<verb>takes?\s+account\s+",
        r"of)\s{G}(?P<o>{DL})",
    ),
    (
        "requires",
        r"(?P<s>{D})\s+(?:\w+\s+){0,3}?(?P<verb>requirement|requires?|",
        r"required)\s{G}(?P<o>{DL})",
    ),
)

#: How often a body (``o``) meets, or a document is refreshed.
_CADENCES: Final[tuple[tuple[str, ...], ...]] = (
    (
        r"(?P<o>{BL})(?:,?\s+(?:which|that|and))?{A}\s+(?:meets?|met|takes?\s+place|sits?|(?:is|are)",
        r"\s+held|convenes?)\s+(?:on\s+a\s+)?(?P<c>{C})",
    ),
    (r"(?P<c>{C})[^<;.]{0,60}?\bat\s+(?P<o>{BL})",),
    (r"(?P<c>{C})\s+(?:meetings?|sessions?)\s+of\s+(?P<o>{BL})",),
    (r"(?P<c>{C})\s+(?P<o>{BL})",),
    (r"(?P<o>{BL})(?:'s)?\s+(?P<c>{C})\s+(?:meetings?|sessions?|cycle)",),
    (r"(?P<c>{C})\s+(?:refreshed|reviewed|updated)\s+(?P<o>{DL})",),
    (
        r"(?P<o>{DL})\s+(?:is|are|will\s+be)\s+(?:refreshed|reviewed|",
        r"updated)\s+(?P<c>{C})",
    ),
)


def compile_wording(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the table above with its slots filled."""
    return re.compile(_SLOT.sub(lambda slot: _PARTS[slot[1]], pattern))


RELATIONS: Final = tuple((name, compile_wording("".join(parts))) for name, *parts in _RELATIONS)
CADENCES: Final = tuple(compile_wording("".join(parts)) for parts in _CADENCES)
