"""The plan: everything knockon knows of it, validated, frozen (``knockon/plan@1``)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from graphmodel.calendars import Calendar
from graphmodel.entity import Entity, Id, Many, Moment
from graphmodel.errors import PlanError
from graphmodel.index import PlanIndex
from graphmodel.items import Item, SourceFile
from graphmodel.links import Link
from graphmodel.measures import Correction, Metric, Risk, Stated
from graphmodel.people import Assignment, Blackout, Board, Gate, Officer, Relation
from graphmodel.ragrules import RagEntry
from graphmodel.references import find_faults

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["PLAN_SCHEMA", "Correlation", "Options", "Plan", "Project", "RiskOptions"]

PLAN_SCHEMA: Final = "knockon/plan@1"


class Correlation(Entity):
    """A given correlation between two items."""

    a: Id
    b: Id
    rho: Annotated[float, Field(ge=-1, le=1)]


class RiskOptions(Entity):
    """How delays hang together, and which reference class speaks where the plan is silent."""

    owner_correlation: Annotated[float, Field(ge=0, le=1)] = 0.0
    theme_correlation: Annotated[float, Field(ge=0, le=1)] = 0.0
    correlations: Many[Correlation] = ()
    reference_class: str | None = None


class Options(Entity):
    """How a plan is scheduled; null keys take what ``scheduling_mode`` presets."""

    scheduling_mode: Literal["plan", "ms-project", "p6"] = "plan"
    lag_calendar: Literal["successor", "predecessor", "project", "elapsed"] | None = None
    progress: Literal["retained_logic", "progress_override"] | None = None
    unstarted: Literal["after_status_date", "from_status_date", "unmoved"] | None = None
    parent_links: Literal["finish", "leaves"] | None = None
    critical: Literal["total_float", "longest_path"] | None = None
    rag_rules: Many[RagEntry] = ()
    risk: RiskOptions = RiskOptions()


class Project(Entity):
    """What one plan of a portfolio keeps of its own: an item without parent, and all below it.

    Its keys stand in the place of the portfolio's own; null is null, not the portfolio's.
    ``critical`` and ``risk`` of the options are the portfolio's alone.
    """

    item: Id
    start: Moment | None = None
    must_finish: Moment | None = None
    status_date: Moment | None = None
    calendar: Id | None = None
    options: Options = Options()


class Plan(Entity):
    """One plan, or a portfolio of plans whose ids carry their plan's prefix."""

    schema_: Literal["knockon/plan@1"] = Field(PLAN_SCHEMA, alias="schema")
    id: Id
    title: str | None = None
    organisation: str | None = None
    version: str | None = None
    as_of: Moment | None = None
    start: Moment | None = None
    must_finish: Moment | None = None
    status_date: Moment | None = None
    calendar: Id | None = None
    options: Options = Options()
    projects: Many[Project] = ()
    sources: Many[SourceFile] = ()
    calendars: Many[Calendar] = ()
    items: Many[Item] = ()
    links: Many[Link] = ()
    officers: Many[Officer] = ()
    assignments: Many[Assignment] = ()
    boards: Many[Board] = ()
    gates: Many[Gate] = ()
    blackouts: Many[Blackout] = ()
    metrics: Many[Metric] = ()
    relations: Many[Relation] = ()
    corrections: Many[Correction] = ()
    stated: Many[Stated] = ()
    risks: Many[Risk] = ()

    @model_validator(mode="after")
    def _check_references(self) -> Plan:
        faults = find_faults(self)
        if faults:
            raise PlanError(faults[0], faults)
        return self

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, not validated again; the index of the old items does not go along."""
        copy = super().model_copy(update=update, deep=deep)
        copy.__dict__.pop("index", None)
        return copy

    def as_of_date(self, status: Moment) -> Self:
        """Return the plan, and each plan of a portfolio, with another status date."""
        projects = tuple(one.model_copy(update={"status_date": status}) for one in self.projects)
        return self.model_copy(update={"status_date": status, "projects": projects})

    @property
    def accepted_links(self) -> Sequence[Link]:
        """The links whose state is ``accepted``, in the order of the file."""
        return tuple(link for link in self.links if link.state == "accepted")

    @cached_property
    def index(self) -> PlanIndex:
        """Look-ups by id, the breakdown, and who owns what; built once."""
        return PlanIndex.of(self)
