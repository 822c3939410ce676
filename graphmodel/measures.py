"""Metrics, risks, corrections, and what a paper states of itself."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from graphmodel.entity import Entity, Id, Many, Moment
from graphmodel.items import Source, Uncertainty
from graphmodel.scenario import Change

__all__ = ["Correction", "Impact", "Metric", "MetricValue", "Risk", "Stated"]


class MetricValue(Entity):
    """A value of a metric: the number if it is one, always the text, and when."""

    value: float | None = None
    text: str | None = None
    as_of: str | None = None
    by: Moment | None = None
    source: Source | None = None


class Metric(Entity):
    """An output metric of an objective or action."""

    id: Id
    item: Id
    title: str
    unit: str | None = None
    direction: Literal["up", "down", "hold"] | None = None
    frequency: str | None = None
    baseline: MetricValue | None = None
    target: MetricValue | None = None
    actuals: Many[MetricValue] = ()
    source: Source | None = None


class Correction(Entity):
    """A field of an item that somebody put right, kept so that it can be applied again."""

    item: Id
    field: str
    value: Any = None
    why: str | None = None
    who: str | None = None
    when: Moment | None = None


class Stated(Entity):
    """A total that a paper states of itself, to be held against the plan."""

    item: Id | None = None
    measure: str
    value: float
    as_of: str | None = None
    source: Source | None = None


class Impact(Entity):
    """What a risk does to one item if it happens."""

    item: Id
    mode: Literal["series", "parallel"] = "parallel"
    delay: Uncertainty


class Risk(Entity):
    """A discrete event that may hit several items at once."""

    id: Id
    title: str = ""
    probability: Annotated[float, Field(ge=0, le=1)]
    impacts: Many[Impact] = ()
    effects: Many[Change] = ()
    source: Source | None = None
