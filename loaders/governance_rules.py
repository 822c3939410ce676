"""What a sentence of a governance paper says of bodies, offices and documents: one table of rules.

A rule is a relation and an order of tokens and words (`loaders.governance_mentions`). In a pattern
``{W}`` is one body or office and ``{WL}`` a list of them, ``{B}``/``{BL}`` bodies alone, ``{D}``/
``{DL}`` documents, ``{T}`` a date, ``{C}`` a cadence. The groups ``s`` and ``o`` are the two ends
of the relation, ``t`` the date, ``c`` the cadence, ``verb`` the words that say it.

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

1. Rules are tried in the order of the table; the words of a ``verb`` serve one rule only.
2. A rule without ``s`` speaks of the work that the paper is about.
3. "… then to A, B and C" and "via A, B and C" are read as steps (`find_steps`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graphmodel.items import Planned
    from loaders.governance_mentions import Marked, Mention

__all__ = ["Cadence", "Fact", "find_cadences", "find_facts"]

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

_SLOT: Final = re.compile(r"\{([A-Z]+)\}")

_TABLE: Final[tuple[tuple[str, str], ...]] = (
    ("holds_to_account", r"(?P<s>{WL}){A}\s+(?P<verb>(?:to\s+)?hold(?:s|ing)?)\s+(?P<o>{WL})\s+to\s+"
     r"account"),
    ("holds_to_account", r"(?P<o>{WL})(?:\s+(?:are|is|be|will|were|being))*\s+"
     r"(?P<verb>held\s+to\s+account)(?:\s+(?:\w+\s+)?(?P<c>{C}))?(?:{G}\s+(?:by|at)\s+(?P<s>{WL}))"),
    ("holds_to_account", r"(?P<s><B\d+>)[^;]{0,120}?(?P<o>{WL})(?:\s+(?:are|is|be))?\s+"
     r"(?P<verb>held\s+to\s+account)"),
    ("holds_to_account", r"(?:(?P<c>{C})[^<;]{0,80})?(?P<o>{WL})(?:\s+(?:are|is|be|will|being))*\s+"
     r"(?P<verb>held\s+to\s+account)"),
    ("holds_to_account", r"(?P<o>{WL})(?:\s+(?:are|is|be|will|\w+ly))*\s+"
     r"(?P<verb>(?:accountable|answerable)\s+to|answers?\s+to)\s+(?P<s>{WL})"),
    ("chairs", r"^(?P<verb>Chaired)\s+by\s+(?P<s>{W}),?\s+(?P<o>{B})"),
    ("chairs", r"(?P<o>{B})(?:(?!<B)[^.;]){0,60}?\b(?P<verb>chaired)\s+by\s+(?P<s>{W})"),
    ("chairs", r"(?P<s>{W}){A}\s+(?P<verb>chairs?|is\s+(?:the\s+)?chair\s+of|in\s+the\s+chair\s+of"
     r"|as\s+(?:the\s+)?chair\s+of)\s+(?P<o>{BL})"),
    ("chairs", r"(?P<o>{B})(?:'s)?,?\s+(?:with\s+)?(?:(?P<verb>chair\s+is))\s+(?P<s>{W})"),
    ("chairs", r"(?P<o>{B}),?\s+with\s+(?P<s>{W})\s+(?P<verb>in\s+the\s+chair)"),
    ("member_of", r"(?P<s>{WL})(?:\s+(?:is|are|will\s+be|also|both))+\s+(?:an?\s+)?"
     r"(?P<verb>members?\s+of)\s+(?P<o>{BL})"),
    ("member_of", r"(?P<s>{WL}){A}\s+(?P<verb>sits?\s+on|serves?\s+on|attends?)\s+(?P<o>{BL})"),
    ("member_of", r"\b(?P<verb>[Mm]ember(?:s|ship))\s+of\s+(?P<o>{B})\s+(?:are|is|includes?|"
     r"comprises?|consists?\s+of){G}\s(?P<s>{WL})"),
    ("member_of", r"(?P<o>{B})(?:'s)?(?:\s+(?:is|was|are))?\s+(?P<verb>comprises?|made\s+up\s+of|"
     r"consists?\s+of|brings?\s+together|members?(?:hip)?\s+(?:are|is|includes?|comprises?))"
     r"\s+(?P<s>{WL})"),
    ("reports_to", r"\b(?P<verb>[Rr]eporting)\s+to\s+(?P<o>{WL}),\s+(?P<s>{WL})"),
    ("reports_to", r"(?P<s>{WL})(?:\s+(?!report)[a-z]+){0,4}?\s+(?P<verb>reports?|reporting)"
     r"(?:\s+(?:directly|formally|back|(?P<c>{C})|on{G}\s{D}{G}))*\s+to\s+(?P<o>{WL})"
     r"(?:\s+(?:every|each|on\s+a)?\s*(?P<c2>{C}))?"),
    ("reports_to", r"(?P<s>{B})(?:(?!<[BD])[^;.]){0,160}?\b(?P<verb>reporting)\s+to\s+(?P<o>{BL})"),
    ("reported_to", r"\b(?P<verb>report)\s+on\s{G}(?P<s>{D})\s+at\s+(?P<c>{C})\s+intervals"
     r"[^;]*?(?P<o>{B})"),
    ("reported_to", r"(?:(?P<c>{C})\s+)?(?:[Rr]eport|[Uu]pdate|[Pp]aper|[Pp]rogress|[Pp]erformance|[Ss]ummary)s?\s"
     r"(?:(?!<[BO])[^;.]){0,60}?\b(?P<verb>reported|presented|submitted|provided|made|taken)\s+"
     r"(?:(?P<c2>{C})\s+)?to\s+(?P<o>{WL})"),
    ("reported_to", r"(?P<o>{WL}){A}\s+(?P<verb>receives?|considers?)\s+(?:an?\s+)?(?:(?P<c>{C})\s+)?"
     r"{G}\b(?:report|update)s?(?:\s+(?:on|about)\s{G}(?P<s>{D}))?"),
    ("reviews", r"\b(?P<verb>reviewed|scrutinised|audited)\s+(?:(?P<c>{C})\s+)?by\s+(?P<s>{WL})"),
    ("challenges", r"(?P<o>{B})[^;.<]{0,60}\sfor\s+(?P<s>{WL})\s+to\s+"
     r"(?P<verb>question|challenge|scrutinise)"),
    ("approves", r"\b[Aa]t\s+(?:(?!<[BD])[^,<]){0,40}(?P<s>{B})(?:,?\s+(?:on|in)\s+(?P<t>{T}))?,?\s+"
     r"(?:{W}\s+)?(?:\w+ly\s+)?(?P<verb>{V})\s+(?P<o>{DL})"),
    ("approves", r"(?P<s>{WL}){A}\s+(?P<verb>{V})\s+(?P<o>{DL})(?:\s+(?:on|in)\s+(?P<t>{T}))?"),
    ("approves", r"(?P<o>{DL}){N}\b(?P<verb>{V})(?:\s+alongside\s+(?P<o2>{DL}))?"
     r"(?:\s+(?:at|by|with|through)\s+(?:an?\s+)?{G}(?P<s>{WL}))?(?:,?\s+(?:on|in)\s+(?P<t>{T}))?"),
    ("approves", r"(?P<o>{DL}){N}\b(?P<verb>approval)\s+(?:at|by|of|from)\s+(?P<s>{WL})"
     r"(?:\s+(?:on|in)\s+(?P<t>{T}))?"),
    ("oversees", r"(?P<s>{B})(?:(?!<B)[^;]){0,120}?\b(?P<verb>(?:oversight|overview)\s+of)\s{G}"
     r"(?P<o>{DL})"),
    ("oversees", r"(?P<s>{WL}){A}\s+(?P<verb>oversees?|monitors?|tracks?|steers?)\s{G}(?P<o>{DL})"),
    ("oversees", r"(?P<o>{DL})(?:(?!<[BD])[^;.]){0,50}?\b(?P<verb>overseen|monitored|steered)\s+"
     r"(?:(?P<c>{C})\s+)?by\s+(?P<s>{WL})"),
    ("accountable_for", r"(?P<s>{WL}){A}(?:\s+(?:are|is|be|and))*\s+(?P<verb>accountable\s+for)\s{G}"
     r"(?P<o>{DL})"),
    ("responsible_for", r"(?P<s>{WL}){A}(?:\s+(?:are|is|be|and|have|has))*\s+"
     r"(?P<verb>responsib(?:le|ility)\s+for)\s{G}(?P<o>{DL})"),
    ("issues", r"\b(?P<verb>received)\s+(?P<o>{DL})\s+from\s+(?P<s>{W})(?:\s+(?:on|in)\s+(?P<t>{T}))?"),
    ("issues", r"(?P<s>{W}){A}\s+(?P<verb>issued?s?)\s+(?:\d+\s+)?(?P<o>{DL})(?:{G}\b(?:on|in)\s+"
     r"(?P<t>{T}))?"),
    ("appoints", r"(?P<s>{D})[^;]{0,160}?\b(?P<verb>appointment\s+of)\s+(?P<o>{WL})"),
    ("appointed_as", r"(?P<s>{WL})\s+(?:have|has|are|were|is|was)(?:\s+been)?\s+"
     r"(?P<verb>(?:appointed|designated)(?:\s+as)?)\s+(?P<o>{WL})"),
    ("evolves_into", r"(?P<s>{D})(?:\s+\([^)]*\))?,?\s+(?:which\s+|and\s+|that\s+)?(?:has\s+|have\s+)?"
     r"(?:now\s+|later\s+)?(?P<verb>evolved\s+into|became|(?:was|were|is|been)\s+(?:\w+\s+and\s+)?"
     r"(?:renamed|(?:replaced|superseded|succeeded|followed)\s+by)(?:\s+as)?)\s+(?P<o>{D})"
     r"(?:\s+(?:on|in)\s+(?P<t>{T}))?"),
    ("evolves_into", r"(?P<o>{D}){A}\s+(?P<verb>replace[sd]|replacing|supersede[sd]|superseding|"
     r"succeed(?:s|ed|ing))\s+(?P<s>{D})(?:\s+(?:on|in)\s+(?P<t>{T}))?"),
    ("evolves_into", r"\b(?P<verb>successor)\s+(?P<o>{D})"),
    ("published", r"(?P<verb>published)\s+(?P<o>{DL})\s+(?:on|in)\s+(?P<t>{T})"),
    ("published", r"(?P<o>{DL}){N}\b(?P<verb>published)\s+(?:on|in)\s+(?P<t>{T})"),
    ("refreshed", r"(?P<o>{DL}){N}\b(?P<verb>(?:refreshed|reviewed|updated|revised))\s+"
     r"(?:again\s+)?(?:on|in|by)\s+(?P<t>{T})"),
    ("refresh", r"(?P<verb>(?:refresh|review|revision|update)\s+of)\s+(?P<o>{D})[^;]{0,120}?"
     r"\b(?:on|in|by)\s+(?P<t>{T})"),
    ("refresh", r"(?P<verb>(?:refreshed|revised|updated))\s+(?P<o>{D})\s+(?:is\s+)?due\s+"
     r"(?:(?:on|in|by)\s+)?(?P<t>{T})"),
    ("integrates", r"(?P<s>{DL})(?:\s+(?:is|are|and|will|remain|fully))*\s+"
     r"(?P<verb>integrated\s+through)\s{G}(?:{C}\s{G})?(?P<x>{DL})"),
    ("informs", r"(?P<s>{DL})(?:(?!<[BD])[^;.]){0,40}?\b(?P<verb>informs?)\s{G}(?P<o>{DL})"),
    ("part_of", r"(?P<o>{D})\s+(?:is|are)\s+(?P<verb>(?:formed|made\s+up|composed|built)\s+(?:from|of))"
     r"\s{G}(?P<s>{DL})"),
    ("part_of", r"(?P<s>{DL})(?:\s+(?:is|are|will\s+be))?\s+(?P<verb>contained\s+in|part\s+of)\s{G}"
     r"(?P<o>{DL})"),
    ("integrates", r"(?P<s>{D})\s+(?P<verb>integrates?|brings?\s+together|consists?\s+of|"
     r"comprises?|combines?)\s(?P<rest>[^;]*)"),
    ("delivers", r"(?P<s>{D})(?:(?!<)[^;.]){0,60}?\b(?P<verb>delivers?|implements?)\s{G}(?P<o>{DL})"),
    ("linked_to", r"\b(?P<verb>join(?:s|ed)?\s+up)\s+(?P<s>{DL})\s+with\s+(?P<o>{DL})"),
    ("linked_to", r"(?P<s2>{D})\s+with\s+(?P<s>{DL})\s+and\s+(?P<verb>links?\s+these)\s+(?:to|with)\s+"
     r"(?P<o>{DL})"),
    ("linked_to", r"(?P<s>{DL})(?:\s+(?:is|are))?\s+(?P<verb>linked\s+to|aligned\s+(?:to|with))\s+"
     r"(?P<o>{DL})"),
    ("linked_to", r"\b(?P<verb>links?)\s+(?P<s>{DL})\s+(?:to|with)\s+(?P<o>{DL})"),
    ("waits_for", r"\b(?P<verb>on\s+hold\s+pending)\s{G}(?P<o>{DL})(?:\s+and\s+(?:the\s+)?refreshed\s+"
     r"(?P<o2>{D}))?"),
    ("takes_account_of", r"(?P<s>{D})(?:(?!<D)[^;.]){0,60}?\b(?P<verb>takes?\s+account\s+of)\s{G}"
     r"(?P<o>{DL})"),
    ("requires", r"(?P<s>{D})\s+(?:\w+\s+){0,3}?(?P<verb>requirement|requires?|required)\s{G}"
     r"(?P<o>{DL})"),
)  # fmt: skip

_CADENCE_TABLE: Final = (
    r"(?P<o>{BL}){A}\s+(?:meets?|met|takes?\s+place|sits?|(?:is|are)\s+held|convenes?)\s+"
    r"(?:on\s+a\s+)?(?P<c>{C})",
    r"(?P<c>{C})[^<;.]{0,60}?\bat\s+(?P<o>{BL})",
    r"(?P<c>{C})\s+(?:meetings?|sessions?)\s+of\s+(?P<o>{BL})",
    r"(?P<c>{C})\s+(?P<o>{BL})",
    r"(?P<o>{BL})(?:'s)?\s+(?P<c>{C})\s+(?:meetings?|sessions?|cycle)",
)
_REFRESH_TABLE: Final = (
    r"(?P<c>{C})\s+(?:refreshed|reviewed|updated)\s+(?P<o>{DL})",
    r"(?P<o>{DL})\s+(?:is|are|will\s+be)\s+(?:refreshed|reviewed|updated)\s+(?P<c>{C})",
)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(_SLOT.sub(lambda slot: _PARTS[slot[1]], pattern))


_RULES: Final = tuple((name, _compile(pattern)) for name, pattern in _TABLE)
_CADENCE_RULES: Final = tuple(_compile(pattern) for pattern in (*_CADENCE_TABLE, *_REFRESH_TABLE))
_STEPS: Final = _compile(r"\b(?P<verb>(?:taken|goes?|passed|presented|escalated)\s+to)\s+{W}"
                         r"[^;.]*?\bthen\s+(?:to\s+)?{WL}")  # fmt: skip
_VIA: Final = _compile(r"\b(?P<verb>report\w*\b[^;.]*?\bvia)\s+(?P<o>{WL})")
_TOKEN: Final = re.compile(r"<([BODTC])(\d+)>")


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation that a sentence states; without a source it is the paper's work that is meant."""

    type: str
    sources: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    verb: str
    on: Planned | None = None
    cadence: str | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a body meets or a document is refreshed, as one sentence says."""

    of: tuple[Mention, ...]
    cadence: str


def find_facts(marked: Marked) -> list[Fact]:
    """Return the relations that a sentence states, by the rules of the table above."""
    facts: list[Fact] = []
    used: set[int] = set()
    for name, pattern in _RULES:
        for match in pattern.finditer(marked.text):
            place = match.start("verb")
            if place in used:
                continue
            fact = _read_match(marked, name, match)
            if fact is not None:
                used.add(place)
                facts.append(fact)
    return [*facts, *_find_steps(marked)]


def _read_match(marked: Marked, name: str, match: re.Match[str]) -> Fact | None:
    groups = match.groupdict()
    sources = _mentions(marked, groups.get("s")) + _mentions(marked, groups.get("s2"))
    targets = _mentions(marked, groups.get("o")) + _mentions(marked, groups.get("o2"))
    if groups.get("x"):  # "X is integrated through Y": it is Y that brings X in
        sources, targets = _mentions(marked, groups["x"]), sources
    if "rest" in groups:
        targets = tuple(one for one in _mentions(marked, groups["rest"]) if _is_document(one))
    sources = tuple(one for one in sources if one.named not in [two.named for two in targets])
    verb = " ".join(match["verb"].split())
    if name == "approves" and verb == "confirmed":
        name = "confirms"
    if name == "reviews":
        targets = ()
    elif not targets or (not sources and (groups.get("s") or name not in _OPEN)):
        return None
    return Fact(name, sources, targets, verb, _date(marked, groups), _cadence(marked, groups))


#: Relations that may be said without naming who, or of what.
_OPEN: Final = frozenset(
    "approves confirms reported_to waits_for holds_to_account evolves_into published refreshed "
    "refresh".split()
)


def _is_document(mention: Mention) -> bool:
    return mention.named.kind == "document"


def _mentions(marked: Marked, words: str | None) -> tuple[Mention, ...]:
    if not words:
        return ()
    return tuple(
        marked.mentions[int(number)] for kind, number in _TOKEN.findall(words) if kind in "BOD"
    )


def _date(marked: Marked, groups: dict[str, str | None]) -> Planned | None:
    token = _TOKEN.match(groups.get("t") or "")
    return marked.dates[int(token[2])] if token is not None else None


def _cadence(marked: Marked, groups: dict[str, str | None]) -> str | None:
    token = _TOKEN.match(groups.get("c") or groups.get("c2") or "")
    return marked.cadences[int(token[2])] if token is not None else None


def _find_steps(marked: Marked) -> list[Fact]:
    """Return the lines of reporting of "taken to A, then to B and C" and "via A, B and C" (3).

    "Then" separates steps; what stands in one step is reached from the last body before it. After
    "via" each name of the list is a step of its own.
    """
    steps: list[tuple[Mention, ...]] = []
    then = _STEPS.search(marked.text)
    via = _VIA.search(marked.text)
    if then is not None:
        before = _mentions(marked, marked.text[: then.start()])
        steps = [before[-1:], *(_mentions(marked, part) for part in _THEN.split(then.group()))]
    elif via is not None:
        steps = [(one,) for one in _mentions(marked, via["o"])]
    cadence = marked.cadences[0] if len(marked.cadences) == 1 else None
    kept = [step for step in steps if step]
    return [
        Fact("reports_to", earlier[-1:], later, "then", cadence=cadence)
        for earlier, later in zip(kept, kept[1:], strict=False)
    ]


_THEN: Final = re.compile(r"\bthen\b")


def find_cadences(marked: Marked) -> list[Cadence]:
    """Return how often bodies meet and documents are refreshed, as a sentence says."""
    found: list[Cadence] = []
    for pattern in _CADENCE_RULES:
        for match in pattern.finditer(marked.text):
            cadence = _cadence(marked, match.groupdict())
            of = _mentions(marked, match["o"])
            if cadence is not None and Cadence(of, cadence) not in found:
                found.append(Cadence(of, cadence))
    return found
