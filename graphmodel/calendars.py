"""Working calendars as a plan file states them (DESIGN 5.2)."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from graphmodel.entity import CLOCK_TIME, Entity, Id, Many, Moment

__all__ = ["Calendar", "CalendarException", "Shift", "Weekday"]

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _check_shift(value: Any) -> tuple[str, ...]:
    times = tuple(value) if isinstance(value, (list, tuple)) else ()
    if len(times) == len(("from", "to")) and all(
        isinstance(time, str) and re.match(CLOCK_TIME, time) for time in times
    ):
        return times
    raise PydanticCustomError(
        "shift", 'a shift is two times of day from 00:00 to 24:00, such as ["09:00", "17:00"]'
    )


#: From, to; a shift that ends before it starts runs past midnight and belongs to the day it starts.
Shift = Annotated[
    tuple[str, ...],
    BeforeValidator(_check_shift),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "string", "pattern": CLOCK_TIME},
            "minItems": 2,
            "maxItems": 2,
        }
    ),
]


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
