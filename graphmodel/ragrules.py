"""Rules for ratings as a plan states them: named tables, read from the top (docs/rag.md)."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from graphmodel.entity import Entity, LengthField, Many
from graphmodel.items import Status
from graphmodel.spans import Span  # noqa: TC001 - pydantic looks it up

__all__ = ["RagBand", "RagEntry", "RagRule"]

_Words = Annotated[str, Field(min_length=1)]


class RagBand(Entity):
    """One line of a table of ratings: an item for which all of it holds has this rating.

    A condition that cannot be decided, for want of a date, does not hold. ``status`` is one of
    these; ``late`` and ``late_more_than`` look at the date that the rule compares with,
    ``off_plan`` at the planned finish.
    """

    rating: _Words
    status: Many[Status] = ()
    late: bool | None = None
    late_more_than: LengthField | None = None
    off_plan: bool | None = None

    @field_validator("late_more_than")
    @classmethod
    def _check_elapsed(cls, value: Span | None) -> Span | None:
        if value is not None and value.unit not in {"d", "w", "m"}:
            raise PydanticCustomError(
                "late_more_than",
                "{span} is not a length of calendar time: give days, weeks or months (30d, 4w, 1m)",
                {"span": str(value)},
            )
        return value


class RagRule(Entity):
    """A named table of ratings; the first band that fits rates an item.

    ``against`` is the date that lateness is counted from. Without bands the name is that of a
    built-in rule.
    """

    name: _Words
    title: str | None = None
    against: Literal["due", "planned", "forecast"] = "due"
    bands: Many[RagBand] = ()


def _check_object(value: Any) -> Any:
    if isinstance(value, (dict, RagRule)):
        return value
    raise PydanticCustomError("rag_rule", 'a RAG rule is an object, such as {"name": "month"}')


#: What a plan file may hold as a rule. Before rules had a form any object was allowed: one that is
#: no rule is kept as it is, and told of where ratings are asked for (`queries.rag`).
RagEntry: TypeAlias = Annotated[
    RagRule | dict[str, Any],
    Field(union_mode="left_to_right"),
    BeforeValidator(_check_object),
]
