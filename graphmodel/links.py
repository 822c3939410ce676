"""Links between items: dependencies, who says so, and who decided."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from graphmodel.entity import Entity, Id, Many, Moment, SpanField
from graphmodel.items import Source
from graphmodel.spans import ZERO

__all__ = ["LINK_TYPES", "Decision", "Evidence", "Link", "LinkState", "LinkType", "Origin"]

LinkType = Literal["FS", "SS", "FF", "SF"]
LinkState = Literal["accepted", "proposed", "rejected"]
Origin = Literal["stated", "register", "phase", "sequence", "inferred", "schedule"]

LINK_TYPES: Final[tuple[LinkType, ...]] = ("FS", "SS", "FF", "SF")


class Decision(Entity):
    """Who accepted or rejected a link or gate, when, and why."""

    by: str | None = None
    at: Moment | None = None
    why: str | None = None


class Evidence(Entity):
    """Words that speak for a link, and on which of its ends they stand."""

    side: Literal["from", "to", "both"] = "both"
    source: Source


class Link(Entity):
    """A dependency of ``to`` on ``from``; zero-lag finish-to-start unless told otherwise."""

    id: Id | None = None
    from_: Id = Field(alias="from")
    to: Id
    type: LinkType = "FS"
    lag: SpanField = ZERO
    origin: Origin = "stated"
    state: LinkState = "accepted"
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    reason: str | None = None
    rule: str | None = None
    evidence: Many[Evidence] = ()
    decided: Decision | None = None

    @property
    def name(self) -> str:
        """The link in words: ``SI1.1.3.7 → SI1.1.3.8 (FS + 45 days)``."""
        lag = ""
        if self.lag:
            lag = f" {'-' if self.lag.amount < 0 else '+'} {self.lag.words.lstrip('-')}"
        return f"{self.from_} → {self.to} ({self.type}{lag})"
