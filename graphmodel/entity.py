"""What every entity of a plan has in common: strict, frozen, lossless (DESIGN section 4).

* Unknown keys are an error that names them, except keys that start with ``x_``, which pass through.
* ``null`` means the default, for every key.
* Values are never coerced: a number written as text is an error, not a guess.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from graphmodel.errors import DateError, SpanError
from graphmodel.moments import check_year, parse_moment, write_moment
from graphmodel.spans import Span, parse_span

__all__ = [
    "CLOCK_TIME",
    "Entity",
    "Id",
    "LengthField",
    "Many",
    "Moment",
    "SpanField",
    "is_id",
]

T = TypeVar("T")

_MAX_ID = 200

# The same few days and spans stand in a plan many times over.
_read_moment = lru_cache(maxsize=4096)(parse_moment)
_read_span = lru_cache(maxsize=4096)(parse_span)

#: A tuple that JSON lists and Python lists are both accepted for.
Many = Annotated[tuple[T, ...], Strict(False)]  # noqa: FBT003 - pydantic's own signature


def is_id(text: str) -> bool:
    """Return whether ``text`` can be an id: 1 to 200 printable characters, no outer blanks.

    ``:`` may stand once, between a plan's id and the id inside that plan (``csip:SI1.1.3``).
    """
    if not 0 < len(text) <= _MAX_ID or not text.isprintable():
        return False
    if text[0] == " " or text[-1] == " ":  # no other blank is printable
        return False
    return ":" not in text or _is_prefixed(text)


def _is_prefixed(text: str) -> bool:
    plan, _, inner = text.partition(":")
    return bool(plan and inner and ":" not in inner)


def _check_id(value: Any) -> str:
    if isinstance(value, str) and is_id(value):
        return value
    raise PydanticCustomError(
        "id",
        "an id is 1 to 200 printable characters without blanks around it "
        'and at most one ":" (after the plan\'s id)',
    )


def _check_moment(value: Any) -> date:
    try:
        if isinstance(value, str):
            return _read_moment(value)
        if isinstance(value, date):
            return check_year(value)
    except DateError as error:
        raise PydanticCustomError("date", "{reason}", {"reason": str(error)}) from None
    raise PydanticCustomError("date", "a date is written like 2026-09-30 or 2026-09-30T17:00")


def _check_span(value: Any) -> Span:
    if isinstance(value, Span):
        return value
    try:
        if isinstance(value, str):
            return _read_span(value)
    except SpanError as error:
        raise PydanticCustomError("span", "{reason}", {"reason": str(error)}) from None
    raise PydanticCustomError("span", "a span is text such as 2m, 8w, 10d or 10wd")


def _check_length(value: Any) -> Span:
    span = _check_span(value)
    if span.amount < 0:
        raise PydanticCustomError(
            "length", "{span} is a negative length of time", {"span": str(span)}
        )
    return span


Id = Annotated[
    str,
    PlainValidator(_check_id),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200}),
]

#: A ``date``, or a ``datetime`` where the source gives a time of day.
Moment = Annotated[
    date,
    PlainValidator(_check_moment),
    PlainSerializer(write_moment, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:00)?)?$"}),
]

SpanField = Annotated[
    Span,
    PlainValidator(_check_span),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^[+-]?\d+(\.\d+)?(d|w|m|wd|h|min|eh|%)$"}),
]

#: A span that is a length of its own, not a lag: never negative.
LengthField = Annotated[
    Span,
    PlainValidator(_check_length),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\+?\d+(\.\d+)?(d|w|m|wd|h|min|eh|%)$"}),
]

#: A time of day, ``24:00`` allowed as the end of a day.
CLOCK_TIME: Final = r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$"

Fraction = Annotated[float, Field(ge=0, le=1)]


def _allow_null(schema: dict[str, Any], _: type[BaseModel]) -> None:
    """Say in the JSON Schema what the validators below do: null is a default, ``x_`` passes."""
    required = set(schema.get("required", ()))
    if "op" in schema.get("properties", {}):  # a change is told by its op: it is always written
        required.add("op")
        schema["required"] = sorted(required)
    for name, part in schema.get("properties", {}).items():
        if name in required or part.get("type") == "null":
            continue
        choices = part.get("anyOf")
        if choices is None:
            kept = {key: part.pop(key) for key in list(part) if key not in {"default", "title"}}
            choices = part["anyOf"] = [kept]
        if {"type": "null"} not in choices:
            choices.append({"type": "null"})
    schema["additionalProperties"] = False
    schema["patternProperties"] = {"^x_": {}}


class Entity(BaseModel):
    """Base of everything that stands in a plan file."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="allow",  # so that x_ keys pass through; the rest are refused below
        populate_by_name=True,
        json_schema_extra=_allow_null,
    )

    @model_validator(mode="before")
    @classmethod
    def _check_keys(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        if not _keys(cls).issuperset(data):
            _refuse_unknown(data.keys() - _keys(cls))
        if None in data.values():
            return {key: value for key, value in data.items() if value is not None}
        return data


def _refuse_unknown(keys: set[Any]) -> None:
    unknown = sorted(str(key) for key in keys if not str(key).startswith("x_"))
    if unknown:
        raise PydanticCustomError(
            "unknown_key",
            "the key {keys} is unknown (keys of your own start with x_)",
            {"keys": ", ".join(f'"{key}"' for key in unknown)},
        )


@cache
def _keys(model: type[Entity]) -> frozenset[str]:
    """Return every name and alias of a model's fields."""
    fields = model.model_fields
    aliases = (field.alias for field in fields.values() if field.alias is not None)
    return frozenset(fields).union(aliases)
