"""Items: everything in the breakdown, from theme to milestone, and what is known of each."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from graphmodel.entity import Entity, Id, LengthField, Many, Moment, SpanField
from graphmodel.spans import Span

__all__ = [
    "KINDS",
    "Approval",
    "Baseline",
    "Constraint",
    "Deadline",
    "HistoryEntry",
    "Item",
    "Kind",
    "Planned",
    "Precision",
    "Rag",
    "Source",
    "SourceFile",
    "Split",
    "Status",
    "Uncertainty",
]

Kind = Literal["plan", "theme", "objective", "action", "milestone", "activity"]
Status = Literal["not_started", "in_progress", "complete", "on_hold", "cancelled"]
Precision = Literal[
    "day",
    "month",
    "quarter",
    "half_year",
    "season",
    "year",
    "range",
    "from",
    "ongoing",
    "complete",
    "none",
]
Rag = str
Percent = Annotated[float, Field(ge=0, le=100)]

#: Characters of a title that a message shows.
_NAME: Final = 60

#: Outermost first.
KINDS: Final[tuple[Kind, ...]] = ("plan", "theme", "objective", "action", "milestone", "activity")


class SourceFile(Entity):
    """A document that facts come from."""

    id: Id
    title: str | None = None
    file: str | None = None
    sha256: str | None = None


class Source(Entity):
    """Where a fact stands: document, line (from 1), cell or page, and the words."""

    source: Id
    line: int | None = None
    cell: str | None = None
    page: int | None = None
    quote: str | None = None


class Planned(Entity):
    """The plan's own dates for an item, how exact they are, and how the plan words them."""

    start: Moment | None = None
    finish: Moment | None = None
    precision: Precision = "none"
    text: str | None = None


class Deadline(Entity):
    """A date that caps the late finish without moving anything (DESIGN 5.3.2)."""

    date: Moment
    kind: str | None = None
    source: Source | None = None


class Baseline(Entity):
    """A set of dates kept to compare with."""

    name: str | None = None
    start: Moment | None = None
    finish: Moment | None = None
    duration: LengthField | None = None


class Split(Entity):
    """A gap inside an activity, from an imported schedule."""

    after: LengthField
    gap: LengthField


class Constraint(Entity):
    """A date constraint in the field's own codes; ``hard`` pins it before its predecessors."""

    type: Literal["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "ALAP"]
    date: Moment | None = None
    hard: bool = False


class Approval(Entity):
    """Who approved a re-profile, and when."""

    board: str | None = None
    on: Moment | None = None


class HistoryEntry(Entity):
    """What an item said of itself at an earlier report."""

    as_of: Moment | None = None
    planned: Planned | None = None
    due: Moment | None = None
    forecast: Moment | None = None
    status: Status | None = None
    percent: Percent | None = None
    rag: Rag | None = None
    grade: str | None = None
    cause: str | None = None
    text: str | None = None
    approved: Approval | None = None
    source: Source | None = None


class Uncertainty(Entity):
    """How uncertain a duration or delay is; spans or percents (DESIGN 5.6)."""

    distribution: Literal[
        "triangular", "pert", "normal", "lognormal", "uniform", "exponential", "empirical", "hurdle"
    ]
    low: SpanField | None = None
    mode: SpanField | None = None
    high: SpanField | None = None
    mean: SpanField | None = None
    sd: SpanField | None = None
    values: Many[SpanField] = ()
    probability: Annotated[float, Field(ge=0, le=1)] | None = None
    delay: Uncertainty | SpanField | None = None
    correlate: str | None = None


class Item(Entity):
    """Anything in the breakdown; see DESIGN section 4 for every key."""

    id: Id
    kind: Kind
    title: str
    label: str | None = None
    type: Literal["task", "start_milestone", "finish_milestone", "loe"] = "task"
    parent: Id | None = None
    external: bool = False
    division: str | None = None
    planned: Planned = Planned()
    due: Moment | None = None
    deadlines: Many[Deadline] = ()
    baselines: Many[Baseline] = ()
    duration: LengthField | None = None
    calendar: Id | None = None
    scheduling: Literal["planned", "logic", "fixed"] | None = None
    splits: Many[Split] = ()
    levelling_delay: LengthField | None = None
    constraints: Many[Constraint] = ()
    status: Status = "not_started"
    actual_start: Moment | None = None
    actual_finish: Moment | None = None
    percent: Percent | None = None
    remaining: LengthField | None = None
    forecast: Moment | None = None
    rag: Rag | None = None
    grade: str | None = None
    cause: str | None = None
    tags: Many[str] = ()
    uncertainty: Uncertainty | None = None
    history: Many[HistoryEntry] = ()
    source: Source | None = None

    @property
    def mode(self) -> Literal["planned", "logic", "fixed"]:
        """How the item is scheduled: as said, else ``logic`` where it has a duration (5.3.2)."""
        if self.scheduling is not None:
            return self.scheduling
        return "logic" if self.duration is not None else "planned"

    @property
    def name(self) -> str:
        """The id with the start of the title, for messages and tables."""
        words = " ".join(self.title.split())
        if len(words) > _NAME:
            words = f"{words[: _NAME - 3].rstrip()}…"
        return f"{self.id} {words}".rstrip()


_RESOLVES: Final = (date, Span)  # names pydantic looks up when it builds the models above
