"""The stages that work is delivered in, in their order, with the words that tell of each.

This is general knowledge of how councils deliver, not of one plan; `docs/links.md` prints it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from loaders.suggest.stems import SMALL, stem

__all__ = [
    "COMPOUNDS",
    "DOES",
    "IMPLEMENTS",
    "LIGHT",
    "QUALIFIERS",
    "STAGES",
    "STAGE_OF",
    "WHOLES",
    "Stage",
]


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
            *("specify", "consolidate", "business-case"),
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
            *("job-evaluation", "tender", "build", "establish"),
        ),
    ),
    Stage(
        "implementation",
        (
            *("implement", "launch", "relaunch", "publish", "publication", "open", "roll-out"),
            *("introduce", "apply", "go-live", "integrate", "transition", "restructure", "realign"),
            *("migrate", "replace", "close", "closure", "in-place"),
        ),
    ),
    Stage("embedding", ("embed", "monitor", "sustain", "track", "maintain", "reported")),
    Stage("evaluation", ("evaluate", "lessons-learnt", "dip-sample")),
)

#: Verbs that leave it to their object what is done (rule 4).
LIGHT: Final = frozenset(
    stem(word)
    for word in (
        *("deliver", "complete", "conduct", "undertake", "carry", "hold", "compile", "produce"),
        *("achieve", "commence", "start", "begin", "initiate", "conclude", "finish", "present"),
        *("run", "perform", "continue", "do"),
    )
)
#: What is delivered as a whole: "Deliver Member Development Programme" is no development.
WHOLES: Final = frozenset(
    stem(word) for word in ("programme", "project", "scheme", "plan", "strategy", "service")
)
DOES: Final = frozenset(stem(word) for word in ("deliver", "complete", "achieve"))
IMPLEMENTS: Final = next(n for n, one in enumerate(STAGES) if one.name == "implementation")

#: Words that may stand before the one that opens a title, and say nothing of what it is about.
QUALIFIERS: Final = SMALL | {
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
COMPOUNDS: Final = (
    r"(?P<sign_off>sign(?:ed|ing|s)?[- ]?off)|(?P<roll_out>roll(?:ed|ing|s)?[- ]?out)"
    r"|(?P<go_live>go(?:es|ing|ne)?[- ]live)|(?P<stand_up>st(?:and|ood)(?:ing|s)?[- ]up)"
    r"|(?P<set_up>set(?:ting|s)?[- ]up)|(?P<job_evaluation>job evaluations?)"
    r"|(?P<business_case>business cases?)|(?P<in_place>in place)|(?P<relaunch>re-launch(?:ed|ing)?)"
    r"|(?P<lessons_learnt>lessons learn(?:t|ed))|(?P<co_production>co-?produc\w+)"
    r"|(?P<dip_sample>dip[- ]sampl\w+)|(?P<quality_assurance>quality assur(?:ance|ed))"
    r"|(?P<publication>publications?)|(?P<modelling>modelling)|(?P<reported>reported)"
)

#: Words that are more than one, or whose stem is that of something else ("public", "model").
_WHOLE: Final = frozenset(re.findall(r"\?P<([\w-]+)>", COMPOUNDS.replace("_", "-")))
STAGE_OF: Final = {
    word.replace("-", "_") if word in _WHOLE else stem(word): number
    for number, stage in enumerate(STAGES)
    for word in stage.words
}
