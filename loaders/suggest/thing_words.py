"""Words by which the things that titles name are known, in singular and small letters.

General vocabulary of how councils work, not of one plan.
"""

from __future__ import annotations

from typing import Final

from loaders.suggest.stage_table import STAGES
from loaders.suggest.stems import stem

__all__ = ["BODIES", "is_deed", "is_opener", "is_plain", "is_thing"]

#: Nouns for what work makes or keeps up: the name of a thing ends in one of them.
_THINGS: Final = frozenset(
    {
        *(
            "account",
            "agreement",
            "analysis",
            "appraisal",
            "approach",
            "architecture",
            "assessment",
        ),
        *("audit", "baseline", "budget", "calendar", "campaign", "case", "catalogue", "centre"),
        *("charter", "checklist", "code", "constitution", "consultation", "contract", "dashboard"),
        *("database", "demonstrator", "design", "directory", "facility", "forecast", "framework"),
        *("function", "guidance", "guide", "handbook", "hub", "induction", "intention"),
        *("inventory", "lab", "map", "masterplan", "matrix", "methodology", "model", "network"),
        *("offer", "package", "pathway", "pilot", "pipeline", "plan", "planning", "platform"),
        *("policy", "portal", "principle", "procedure", "process", "profile", "programme"),
        *("project", "proposal", "protocol", "prospectus", "questionnaire", "recharge"),
        *("recommendation", "register", "regulation", "report", "requirement", "review"),
        *("roadmap", "rule", "schedule", "scheme", "scorecard", "site", "specification"),
        *("standard", "statement", "strategy", "structure", "survey", "system", "template", "tool"),
        *("toolkit", "tracker", "training", "vision", "website", "workshop", "workstream"),
    }
)

#: Nouns for bodies: as things they are only made, not used.
BODIES: Final = frozenset({"board", "committee", "forum", "panel", "team"})

#: Words that say nothing of which thing is meant.
_PLAIN: Final = frozenset(
    (
        *("new", "updated", "refreshed", "revised", "renewed", "agreed", "approved", "final"),
        *("draft", "detailed", "clear", "robust", "comprehensive", "full", "first", "second"),
        *("initial", "interim", "annual", "existing", "current", "future", "enhanced", "improved"),
        *("consolidated", "single", "overall", "key", "relevant", "supporting", "subsequent"),
        *("associated", "wider", "complete", "completed", "formal", "ongoing", "regular", "own"),
        *("better", "effective", "proposed", "planned", "published", "refresh", "quarterly"),
        *("year", "month", "term", "long", "short"),
    )
)

_VERBS: Final = frozenset(
    (
        *(word for stage in STAGES for word in stage.words),
        *("deliver", "complete", "conduct", "undertake", "hold", "produce", "commence", "start"),
        *("continue", "enable", "support", "improve", "strengthen", "provide", "ensure", "align"),
        *("use", "inform", "present", "submit", "achieve", "enhance", "streamline", "include"),
        *("incorporate", "consider", "set", "work", "manage", "reduce", "increase", "expand"),
        *("extend", "collaborate", "coordinate", "lead", "oversee", "put", "bring", "move", "make"),
        *("address", "respond", "meet", "seek", "obtain", "issue", "circulate", "prioritise"),
        *("rationalise", "simplify", "modernise", "transform", "upgrade", "scale", "collect"),
        *("convene", "refocus", "standardise", "transfer", "maximise", "optimise", "promote"),
        *("roll", "sign", "stand"),
    )
)
#: ("public" is no form of "publish", whatever its stem.)
_VERB_STEMS: Final = frozenset(stem(word) for word in _VERBS) - {stem("public")}

#: Things that are also what is done to a thing: "strategy review".
_BOTH: Final = frozenset({"review", "design", "analysis", "appraisal", "assessment"})

#: Endings of nouns made from verbs, which may say what a thing is: "recruitment plan".
_NOUNS: Final = ("ing", "ment", "ion", "al", "ance", "ency", "ery")


def is_thing(word: str) -> bool:
    """Return whether a word is a noun for something made, or for a body, in any number."""
    small = word.casefold()
    ones = (small, small.removesuffix("s"), f"{small.removesuffix('ies')}y")
    return any(one in _THINGS or one in BODIES for one in ones)


def is_opener(word: str) -> bool:
    """Return whether a word at the beginning of a run says nothing of the thing behind it.

    Verbs ("develop", "agreed"), and words such as "new"; nouns made from verbs do say something.
    """
    small = word.casefold()
    is_verb = small in _VERBS or (stem(word) in _VERB_STEMS and not small.endswith(_NOUNS))
    return is_verb or is_plain(word)


def is_plain(word: str) -> bool:
    """Return whether a word, such as "new", says nothing of which thing is meant."""
    return word.casefold() in _PLAIN


def is_deed(word: str) -> bool:
    """Return whether a word behind the name of a thing may tell what is done to it.

    Verbs and the nouns made of them ("training delivery", "plan agreed"), but no other thing.
    """
    return stem(word) in _VERB_STEMS and (word.casefold() in _BOTH or not is_thing(word))
