"""Working calendars as a plan file states them (DESIGN 5.2)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from graphmodel.entity import ClockTime, Entity, Id, Many, Moment

__all__ = ["Calendar", "CalendarException", "Shift", "Weekday"]

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

#: From, to; a shift that ends before it starts runs past midnight and belongs to the day it starts.
Shift = Annotated[Many[ClockTime], Field(min_length=2, max_length=2)]


class CalendarException(Entity):
    """Days whose hours differ from the week's: none for a holiday."""

    from_: Moment = Field(alias="from")
    to: Moment
    hours: Many[Shift] = ()


class Calendar(Entity):
    """Working hours by weekday, and the days that are different."""

    id: Id
    parent: Id | None = None
    hours_per_day: Annotated[float, Field(gt=0, le=24)] = 8
    hours_per_week: Annotated[float, Field(gt=0, le=168)] = 40
    week: dict[Weekday, Many[Shift]] = Field(default_factory=dict)
    exceptions: Many[CalendarException] = ()
