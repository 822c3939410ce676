"""Officers and boards: who does the work, who answers for it, where it is decided."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from graphmodel.entity import Entity, Id, LengthField, Many, Moment
from graphmodel.items import Source
from graphmodel.links import Decision, Evidence, LinkState, Origin

__all__ = [
    "ROLES",
    "Assignment",
    "Blackout",
    "Board",
    "Gate",
    "Meetings",
    "Officer",
    "Relation",
    "Role",
]

Role = Literal["responsible", "delivery_lead", "accountable", "portfolio", "sponsor"]

#: The order roles are told in.
ROLES: Final[tuple[Role, ...]] = (
    "responsible",
    "delivery_lead",
    "accountable",
    "portfolio",
    "sponsor",
)


class Officer(Entity):
    """An office (not a person), a member, a group or an outside body; ``also``: other spellings."""

    id: Id
    title: str = ""
    also: Many[str] = ()
    kind: Literal["office", "member", "group", "external"] = "office"
    directorate: str | None = None
    successor: Id | None = None
    source: Source | None = None

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.id


class Assignment(Entity):
    """An officer's role on an item; inherited by everything below it that names nobody."""

    officer: Id
    item: Id
    role: Role = "responsible"
    source: Source | None = None


class Meetings(Entity):
    """When a board meets: dates, and an iCalendar RRULE.

    The rule is counted from ``since``, or else from the plan's start.
    """

    dates: Many[Moment] = ()
    rule: str | None = None
    since: Moment | None = None
    cancelled: Many[Moment] = ()


class Board(Entity):
    """A body that decides, assures or advises."""

    id: Id
    title: str = ""
    also: Many[str] = ()
    kind: Literal["decision", "assurance", "advisory", "external"] = "decision"
    oversees: Many[Id] = ()
    chair: str | None = None
    members: Many[str] = ()
    reports_to: Id | None = None
    meetings: Meetings = Meetings()
    papers_lead: LengthField | None = None
    source: Source | None = None

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.id


class Gate(Entity):
    """An item that a board must approve; only accepted gates hold anything."""

    id: Id | None = None
    item: Id
    board: Id
    order: int = 1
    decision: str = "approve"
    papers_lead: LengthField | None = None
    origin: Origin = "register"
    state: LinkState = "accepted"
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    reason: str | None = None
    evidence: Many[Evidence] = ()
    decided: Decision | None = None


class Blackout(Entity):
    """Days on which named boards do not meet and tagged items cannot start."""

    start: Moment
    finish: Moment
    reason: str | None = None
    boards: Many[Id] = ()
    tags: Many[str] = ()


class Relation(Entity):
    """How two bodies, offices or plans stand to each other, as a paper says it."""

    from_: Id = Field(alias="from")
    to: Id
    type: str
    on: str | None = None
    cadence: str | None = None
    source: Source | None = None
