"""What a check of a plan is, and what it says when it has looked.

A check is a record: what it means, what it counts and out of what, how much it lets pass, and what
to do. Its function looks at a `Context` and answers with a `Tally`, or with `NotApplicable` where
the plan holds nothing that it could judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from graphmodel.problems import SEVERITIES, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphmodel.problems import Place, Severity
    from queries.checks.context import Context

__all__ = [
    "FAMILIES",
    "NONE_ALLOWED",
    "Answer",
    "Check",
    "CheckResult",
    "Family",
    "Fault",
    "Finding",
    "Limit",
    "NotApplicable",
    "Tally",
    "tell_limit",
    "tell_verdict",
]

Family = Literal["paper", "schedule", "realism"]

#: Each family with its name for people, in the order they are told in.
FAMILIES: Final[dict[Family, str]] = {
    "paper": "paper quality",
    "schedule": "schedule health",
    "realism": "realism",
}

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Limit:
    """How much a check lets pass: a share (or ratio) that is at most, or at least, ``value``."""

    value: float = 0.0
    sense: Literal["at_most", "at_least"] = "at_most"

    def allows(self, share: float) -> bool:
        """Return whether a share keeps the limit."""
        return share <= self.value if self.sense == "at_most" else share >= self.value


#: One fault is one too many.
NONE_ALLOWED: Final = Limit()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a check found: a sentence, the ids of the items it is about, and where.

    ``severity`` is that of the check, unless this one is less grave or graver.
    """

    message: str
    items: tuple[str, ...] = ()
    source: Place | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What a check counted.

    Attributes
    ----------
    denominator
        Out of how many, in the unit that the check's ``denominator`` words name. Without any the
        check does not apply.
    faults
        What it found, in the order of the plan.
    numerator
        What is counted against the denominator; the number of faults, unless told. Told where one
        fault stands for several things, or where what is good is counted (a limit "at least").
    note
        What a reader must know of the figures: a sentence or more. None: nothing.
    """

    denominator: float
    faults: tuple[Fault, ...] = ()
    numerator: float | None = None
    note: str | None = None

    @property
    def counted(self) -> float:
        """The numerator."""
        return len(self.faults) if self.numerator is None else self.numerator


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Why a check says nothing of this plan: one sentence without its full stop."""

    why: str


Answer: TypeAlias = Tally | NotApplicable


@dataclass(frozen=True, slots=True)
class Check:
    """One rule a plan is held against; a malformed one cannot be made.

    Attributes
    ----------
    code
        Stable, in kebab-case: ``due-before-milestone``.
    name
        The rule in plain words, as a heading: what is wrong where it fails.
    severity
        How grave a finding is, unless the fault says otherwise.
    definition
        What exactly is counted: one or more sentences.
    denominator
        What the share is a share of, as a plural noun: "milestones with a date".
    advice
        What to do about a finding: one sentence or more.
    find
        The rule itself.
    limit
        How much is let pass; None: the figure is told, and judged by nobody.
    reference
        The publication the definition is taken from; None for a rule of our own.
    """

    code: str
    family: Family
    name: str
    severity: Severity
    definition: str
    denominator: str
    advice: str
    find: Callable[[Context], Answer]
    limit: Limit | None = NONE_ALLOWED
    reference: str | None = None

    def __post_init__(self) -> None:
        for fault in _faults(self):
            raise ValueError(f'The check "{self.code}" is malformed: {fault}.')


def _faults(check: Check) -> Iterator[str]:
    """Yield what is wrong with a check."""
    if not _CODE.fullmatch(check.code) or check.code in FAMILIES:
        yield "its code is not in kebab-case, or is the name of a family"
    if check.family not in FAMILIES:
        yield f'there is no family "{check.family}"'
    if check.severity not in SEVERITIES:
        yield f'there is no severity "{check.severity}"'
    for field in ("name", "definition", "denominator", "advice"):
        words = getattr(check, field)
        if not words or words != " ".join(words.split()):
            yield f"its {field} is empty, or holds blanks that do not belong"
    for field in ("definition", "advice"):
        if not getattr(check, field).endswith("."):
            yield f"its {field} is not a sentence"
    if check.limit is not None and not isfinite(check.limit.value):
        yield "its limit is not a number"


@dataclass(frozen=True, slots=True)
class Finding(Problem):
    """A problem that a check found; ``what_to_do`` is the check's advice."""

    what_to_do: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check says of one plan.

    Where it does not apply, ``why_not`` says why and the figures are None. ``share`` is numerator
    by denominator. Findings of a check that is passed, because it lets some faults through, are
    remarks (``info``). Where the check has no limit, ``passed`` is None.
    """

    check: Check
    applies: bool
    why_not: str | None
    numerator: float | None
    denominator: float | None
    share: float | None
    threshold: Limit | None
    passed: bool | None
    findings: tuple[Finding, ...]
    note: str | None = None


def tell_limit(limit: Limit | None) -> str:
    """Return how much a check lets pass: ``none``, ``at most 5 %``, ``at least 95 %``, ``any``."""
    if limit is None:
        return "any"
    if limit == NONE_ALLOWED:
        return "none"
    return f"{limit.sense.replace('_', ' ')} {100 * limit.value:g} %"


def tell_verdict(result: CheckResult) -> str:
    """Return ``passed``, ``not passed``, ``told`` (not judged) or ``not applicable``."""
    if not result.applies:
        return "not applicable"
    if result.passed is None:
        return "told"
    return "passed" if result.passed else "not passed"
