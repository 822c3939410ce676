"""What a sentence of a governance paper says of bodies, offices and documents.

1. Rules are tried in the order of the table (`loaders.governance_wordings`); the words of a
   ``verb`` serve one rule only.
2. A rule without ``s`` speaks of the work that the paper is about.
3. "… then to A, B and C" and "via A, B and C" are read as steps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from loaders.governance_wordings import CADENCES, RELATIONS, compile_wording

if TYPE_CHECKING:
    from graphmodel.items import Planned
    from loaders.governance_mentions import Marked, Mention

__all__ = ["Cadence", "Fact", "find_cadences", "find_facts"]

_STEPS: Final = compile_wording(r"\b(?P<verb>(?:taken|goes?|passed|presented|escalated)\s+to)\s+{W}"
                         r"[^;.]*?\bthen\s+(?:to\s+)?{WL}")  # fmt: skip
_VIA: Final = compile_wording(r"\b(?P<verb>[Rr]eport\w*\b[^;.]*?\bvia)\s+(?P<o>{WL})")
_THEN: Final = re.compile(r"\bthen\b")
_INTENDED: Final = re.compile(
    r"\b(?:will(?!\s+remain)|envisaged|proposed|expected|intended|planned|to\s+be)\b"
)
_MOBILISED: Final = re.compile(r"\s+(?:is|are)\s+(?:currently\s+)?(?:being\s+\w+ed|expected)\b")
_NEAR: Final = 60  # characters around a verb that say when
_TOKEN: Final = re.compile(r"<([BODTC])(\d+)>")


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation that a sentence states; without a source it is the paper's work that is meant.

    ``intended`` says that the words around the verb speak of what is to come.
    """

    type: str
    sources: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    verb: str
    on: Planned | None = None
    cadence: str | None = None
    intended: bool = False


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a body meets or a document is refreshed, as one sentence says."""

    of: tuple[Mention, ...]
    cadence: str


def find_facts(marked: Marked) -> list[Fact]:
    """Return the relations that a sentence states, by the rules of the table above."""
    facts: list[Fact] = []
    used: set[int] = set()
    for name, pattern in RELATIONS:
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
    on, cadence = _date(marked, groups), _cadence(marked, groups)
    return Fact(name, sources, targets, verb, on, cadence, _is_intended(marked.text, match))


#: Relations that may be said without naming who, or of what.
_OPEN: Final = frozenset(
    {
        *("approves", "confirms", "evolves_into", "holds_to_account", "published", "refresh"),
        *("refreshed", "reported_to", "waits_for"),
    }
)


def _is_intended(text: str, match: re.Match[str]) -> bool:
    before = text[max(match.start("verb") - _NEAR, 0) : match.start("verb")]
    after = text[match.end() : match.end() + _NEAR]
    return _INTENDED.search(before) is not None or _MOBILISED.match(after) is not None


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
    verb = "via" if then is None else "then"
    intended = _INTENDED.search(marked.text) is not None
    cadence = marked.cadences[0] if len(marked.cadences) == 1 else None
    kept = [step for step in steps if step]
    return [
        Fact("reports_to", earlier[-1:], later, verb, None, cadence, intended)
        for earlier, later in pairwise(kept)
    ]


def find_cadences(marked: Marked) -> list[Cadence]:
    """Return how often bodies meet and documents are refreshed, as a sentence says."""
    found: list[Cadence] = []
    for pattern in CADENCES:
        for match in pattern.finditer(marked.text):
            cadence = _cadence(marked, match.groupdict())
            of = _mentions(marked, match["o"])
            if cadence is not None and Cadence(of, cadence) not in found:
                found.append(Cadence(of, cadence))
    return found
