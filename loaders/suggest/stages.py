"""The stages that a piece of work is delivered in, and which of them a title tells of.

The table is general knowledge of how councils deliver, not of one plan. A title is read like this:

1. It is cut at dashes, colons and brackets; the first piece that tells of a stage surely counts,
   else the first that may.
2. A form of the past after its noun decides ("Improvement Plan agreed by …"), else the word that
   opens the piece ("Agree an interim recruitment plan"), else its last word ("Workforce sizing").
   What follows "to", "including", "which", "for" and the like is about something else.
3. Forms that stand together are told together: "Development, agreement and sign-off" runs from
   design to agreement.
4. Verbs that only say that something is done ("deliver a review", "recruitment completed") leave it
   to their object; one without such an object ("Deliver food waste collection") implements.
5. Words of the past that open a title are adjectives ("Updated and consolidated plan").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.stretches import fold
from loaders.suggest.stems import SMALL, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["STAGES", "Stage", "StageSpan", "read_stages"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of delivery: its name in words, and the words whose forms tell of it."""

    name: str
    words: tuple[str, ...]


#: In their order.
STAGES: Final = (
    Stage("setting up", ("commission", "appoint", "mandate", "form", "scope", "set-up")),
    Stage(
        "review",
        (
            *("review", "baseline", "map", "assess", "analyse", "analysis", "identify", "appraise"),
            *("appraisal", "diagnose", "collate", "gather", "investigate", "modelling", "sizing"),
            *("research", "benchmark", "understand", "explore"),
        ),
    ),
    Stage(
        "design",
        (
            *("design", "redesign", "develop", "draft", "define", "refine", "refresh", "prepare"),
            *("create", "rebase", "devise", "plan", "revise", "update", "determine", "recommend"),
            *("specify", "consolidate", "business-case", "formation"),
        ),
    ),
    Stage(
        "engagement",
        ("engage", "communicate", "co-production", "share", "pilot", "test", "quality-assurance"),
    ),
    Stage(
        "agreement",
        ("agree", "approve", "adopt", "sign-off", "endorse", "finalise", "ratify", "confirm"),
    ),
    Stage("consultation", ("consult",)),
    Stage(
        "getting ready",
        (
            *("recruit", "procure", "mobilise", "train", "secure", "award", "amend", "stand-up"),
            *("job-evaluation", "tender", "build", "establish", "in-place"),
        ),
    ),
    Stage(
        "implementation",
        (
            *("implement", "launch", "relaunch", "publish", "publication", "open", "roll-out"),
            *("introduce", "apply", "go-live", "integrate", "transition", "restructure", "realign"),
            *("migrate", "replace", "close", "closure"),
        ),
    ),
    Stage("embedding", ("embed", "monitor", "sustain", "track", "maintain", "reported")),
    Stage("evaluation", ("evaluate", "lessons-learnt", "dip-sample")),
)

#: Verbs that leave it to their object what is done (rule 4).
_LIGHT: Final = frozenset(
    stem(word)
    for word in (
        *("deliver", "complete", "conduct", "undertake", "carry", "hold", "compile", "produce"),
        *("achieve", "commence", "start", "begin", "initiate", "conclude", "finish", "present"),
        *("run", "perform", "continue", "do"),
    )
)
#: What is delivered as a whole: "Deliver Member Development Programme" is no development.
_WHOLES: Final = frozenset(
    stem(word) for word in ("programme", "project", "scheme", "plan", "strategy", "service")
)
_DOES: Final = frozenset(stem(word) for word in ("deliver", "complete", "achieve"))
_IMPLEMENTS: Final = next(n for n, one in enumerate(STAGES) if one.name == "implementation")

#: Words before the one that opens a title.
_BEFORE: Final = SMALL | {
    *(
        "full",
        "formal",
        "initial",
        "first",
        "second",
        "new",
        "joint",
        "clear",
        "annual",
        "continued",
    ),
    *("detailed", "comprehensive", "final", "interim", "regular", "ongoing", "further", "early"),
    *("robust", "strong", "successful", "effective", "all", "key", "external", "internal"),
}
_COMPOUNDS: Final = (
    r"(?P<sign_off>sign(?:ed|ing|s)?[- ]?off)|(?P<roll_out>roll(?:ed|ing|s)?[- ]?out)"
    r"|(?P<go_live>go(?:es|ing|ne)?[- ]live)|(?P<stand_up>st(?:and|ood)(?:ing|s)?[- ]up)"
    r"|(?P<set_up>set(?:ting|s)?[- ]up)|(?P<job_evaluation>job evaluations?)"
    r"|(?P<business_case>business cases?)|(?P<in_place>in place)|(?P<relaunch>re-launch(?:ed|ing)?)"
    r"|(?P<lessons_learnt>lessons learn(?:t|ed))|(?P<co_production>co-produc\w+)"
    r"|(?P<dip_sample>dip[- ]sampl\w+)|(?P<quality_assurance>quality assur(?:ance|ed))"
    r"|(?P<publication>publications?)|(?P<modelling>modelling)|(?P<reported>reported)"
)
_TOKEN: Final = re.compile(rf"(?:\b(?:{_COMPOUNDS})\b)|[^\W_]+(?:'[^\W_]+)*")
_PIECES: Final = re.compile(r"\s+-+\s*|-+\s+|:\s+|[()\[\];]|\.\s")
_CUT: Final = re.compile(
    r",?\s(?:including|with|which|that|following|for|via|through|by|as|so|where|ensuring|enabling"
    r"|setting|aligned|aligning|considering|to)\s"
)
_CLAUSE: Final = re.compile(r",?\s(?:including|with|which|that|so|where|ensuring|enabling)\s")
_JOINT: Final = re.compile(r"\s*(?:,|/|&|\band\b|,\s*and\b)\s*(?:the |then )*")
_PAST: Final = re.compile(r"(?<!emb)(?<!e)ed$|greed$|built$")
_OF: Final = re.compile(r"\s+of\b")
_PREPOSITION: Final = re.compile(r"\s(?:of|on|in|at|into|from|against|under|across)\s")
_AFTER_PAST: Final = re.compile(
    r"\W*(?:$|[-,;:()&/]"
    r"|(?:and|by|at|in|into|through|to|with|for|from|as|on|across|before|after)\b)"
)

#: Words that are more than one, or whose stem is that of something else ("public", "model").
_WHOLE: Final = frozenset(re.findall(r"\?P<([\w-]+)>", _COMPOUNDS.replace("_", "-")))
_STAGE_OF: Final = {
    word.replace("-", "_") if word in _WHOLE else stem(word): number
    for number, stage in enumerate(STAGES)
    for word in stage.words
}


class StageSpan(NamedTuple):
    """The first and last stage a title tells of, and the place of the words that do.

    ``sure`` is whether they open the title or are a verb, and not just its last word.
    """

    first: int
    last: int
    begin: int
    end: int
    sure: bool

    @property
    def name(self) -> str:
        """The stage in words: ``design``, ``design to agreement``."""
        first, last = STAGES[self.first].name, STAGES[self.last].name
        return first if first == last else f"{first} to {last}"


class _Token(NamedTuple):
    begin: int
    end: int
    word: str
    key: str
    stage: int | None

    @property
    def is_past(self) -> bool:
        return _PAST.search(self.word) is not None


@lru_cache(maxsize=16_384)
def read_stages(title: str) -> StageSpan | None:
    """Return the stages that a title tells of, or None (rules 1-5)."""
    text = fold(title).lower()
    begin = 0
    unsure: StageSpan | None = None
    for cut in (*_PIECES.finditer(text), None):
        end = len(text) if cut is None else cut.start()
        found = _read_piece(text, begin, end)
        if found is not None and found.sure:
            return found
        unsure = unsure or found
        begin = end if cut is None else cut.end()
    return unsure


def _read_piece(text: str, begin: int, end: int) -> StageSpan | None:
    tokens = [_token(match) for match in _TOKEN.finditer(text, begin, end)]
    while tokens and (tokens[0].word in _BEFORE or tokens[0].word.isdigit()):
        tokens.pop(0)
    tokens = [token for token in tokens if token.word not in SMALL]
    if not tokens:
        return None
    past = _find_past(text, tokens, end)
    if past is not None:
        return _span(text, tokens, past, sure=True)
    cut = _CUT.search(text, tokens[0].end, end)
    head = [token for token in tokens if cut is None or token.begin < cut.start()]
    return _opening(text, head, end) or _closing(text, head, end)


def _find_past(text: str, tokens: Sequence[_Token], end: int) -> int | None:
    """Return the place of the form of the past that tells what was done to the noun before it.

    One that stands before a noun is an adjective; after "Review of …" only the last word counts.
    """
    cut = _CLAUSE.search(text, tokens[0].end, end)
    last = len(tokens) - 1
    is_noun_of = _OF.match(text, tokens[0].end) is not None
    for number, token in enumerate(tokens):
        if number == 0 or not token.is_past or token.stage is None:
            continue
        if cut is not None and token.begin > cut.start():
            return None
        final = number
        while final < last and _is_joined(text, tokens[final], tokens[final + 1]):
            final += 1
        if _AFTER_PAST.match(text, tokens[final].end, end) and (final == last or not is_noun_of):
            return number
    return None


def _opening(text: str, head: Sequence[_Token], end: int) -> StageSpan | None:
    """Return the stages that the first word of a piece tells of (rules 2, 4 and 5)."""
    first = head[0]
    if first.is_past and len(head) > 1:
        return None
    if first.stage is not None:
        return _span(text, head, 0, sure=True)
    if first.key not in _LIGHT:
        return None
    if first.key in _DOES and _is_whole(text, head, end):
        return StageSpan(_IMPLEMENTS, _IMPLEMENTS, first.begin, first.end, sure=False)
    told = _last_noun(text, head[1:], end)
    if told is not None:
        return _span(text, head, head.index(told), sure=True)
    if first.key in _DOES:
        return StageSpan(_IMPLEMENTS, _IMPLEMENTS, first.begin, first.end, sure=False)
    return None


def _is_whole(text: str, head: Sequence[_Token], end: int) -> bool:
    """Return whether the object of the first word is a programme or the like, not a stage of it."""
    of = _PREPOSITION.search(text, head[0].end, end)
    object_ = [one for one in head[1:] if of is None or one.begin < of.start()]
    return bool(object_) and object_[-1].key in _WHOLES


def _closing(text: str, head: Sequence[_Token], end: int) -> StageSpan | None:
    """Return the stages that the last word of a piece tells of, or of its part before "of"."""
    nouns = head[:-1] if head[-1].key in _LIGHT else head
    of = _PREPOSITION.search(text, head[0].begin, end)
    before = [one for one in nouns if of is None or one.begin < of.start()]
    for some in (before, nouns):
        if some and some[-1].stage is not None:
            return _span(text, head, head.index(some[-1]), sure=False)
    return None


def _last_noun(text: str, tokens: Sequence[_Token], end: int) -> _Token | None:
    """Return the last word that tells of a stage in an object, up to its first preposition."""
    if not tokens:
        return None
    of = _PREPOSITION.search(text, tokens[0].begin, end)
    told = [one for one in tokens if one.stage is not None]
    before = [one for one in told if of is None or one.begin < of.start()]
    return before[-1] if before else None


def _span(text: str, head: Sequence[_Token], start: int, *, sure: bool) -> StageSpan:
    """Return the stages of the forms that stand together around one of them (rule 3)."""
    low = high = start
    while high + 1 < len(head) and _is_joined(text, head[high], head[high + 1]):
        high += 1
    while low > 0 and _is_joined(text, head[low - 1], head[low]):
        low -= 1
    stages = [one.stage for one in head[low : high + 1] if one.stage is not None]
    return StageSpan(min(stages), max(stages), head[low].begin, head[high].end, sure)


def _is_joined(text: str, one: _Token, other: _Token) -> bool:
    if one.stage is None or other.stage is None:
        return False
    return _JOINT.fullmatch(text, one.end, other.begin) is not None


def _token(match: re.Match[str]) -> _Token:
    word = match.group()
    key = match.lastgroup or stem(word)
    return _Token(match.start(), match.end(), word, key, _STAGE_OF.get(key))
