"""Fields of items that a correction can put right: their names in cells, and how values are read.

A value in a correction is what JSON can hold: a date as ``2026-09-30``, a list of tags. A planned
date keeps its words where they are no single day ("October 2026"), because they say how exact it
is. ``None`` clears a field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from graphmodel.items import Item, Planned
from graphmodel.moments import write_moment
from graphmodel.partial import parse_partial
from graphmodel.people import ROLES
from loaders.columns import fold
from loaders.item_cells import (
    parse_flag,
    parse_kind,
    parse_list,
    parse_percent,
    parse_rag,
    parse_report,
)
from loaders.register_cells import (
    read_id,
    read_ids,
    read_last_day,
    read_length,
    read_moment,
    read_words,
)
from loaders.register_rows import join
from loaders.text import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FIELDS", "NOTHING", "REPORTED", "find_field", "read_value", "show_value", "to_field"]

#: What a cell says that clears a field.
NOTHING: Final = "none"


@dataclass(frozen=True, slots=True)
class Correctable:
    """A field: what else people call it, and how a cell with a value of it is read."""

    names: tuple[str, ...]
    read: Callable[[str], Any]
    clears: bool = True


def _read_planned(text: str) -> str:
    partial = parse_partial(text)
    if partial.reading != "whole" or any(note.severity != "info" for note in partial.notes):
        raise ValueError(f'"{shorten(text)}" is not a date: write it like 2026-09-30 or Sept 2026')
    finish = partial.planned.finish
    is_day = partial.planned.precision == "day" and finish is not None
    return write_moment(finish) if is_day and finish is not None else text


def _read_day(text: str) -> str:
    return write_moment(read_moment(text))


def _read_last(text: str) -> str:
    return write_moment(read_last_day(text))


def _read_span(text: str) -> str:
    return str(read_length(text))


def _read_status(text: str) -> str:
    status = parse_report(text).status
    if status is None:
        raise ValueError(f'"{shorten(text)}" is not a status: write in progress or complete')
    return status


def _read_tags(text: str) -> list[str]:
    return list(parse_list(text))


def _read_officers(text: str) -> list[str]:
    return list(read_ids(text))


def _choice(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = next((word for word in words if fold(word) == fold(text)), None)
        if found is None:
            raise ValueError(f'"{shorten(text)}" is none of {", ".join(words)}')
        return found

    return read


#: By the name that a correction has in a plan file; those with a dot are parts of ``planned``.
FIELDS: Final[dict[str, Correctable]] = {
    "title": Correctable(("name",), read_words, clears=False),
    "kind": Correctable((), parse_kind, clears=False),
    "type": Correctable((), _choice("task", "start_milestone", "finish_milestone", "loe")),
    "parent": Correctable(("part of",), read_id),
    "label": Correctable((), read_words),
    "external": Correctable((), parse_flag),
    "division": Correctable((), read_words),
    "planned.start": Correctable(("start", "planned start", "start date"), _read_day),
    "planned.finish": Correctable(
        ("finish", "planned finish", "planned", "date", "end", "end date", "planned date"),
        _read_planned,
    ),
    "due": Correctable(("due date", "due by"), _read_last),
    "duration": Correctable((), _read_span),
    "scheduling": Correctable((), _choice("planned", "logic", "fixed")),
    "status": Correctable((), _read_status),
    "actual_start": Correctable(("started",), _read_day),
    "actual_finish": Correctable(("finished", "completed"), _read_day),
    "percent": Correctable(("percent complete", "% complete"), parse_percent),
    "remaining": Correctable((), _read_span),
    "forecast": Correctable(("forecast finish", "forecast date"), _read_last),
    "rag": Correctable(("rag rating",), parse_rag),
    "grade": Correctable((), read_words),
    "cause": Correctable(("reason for delay",), read_words),
    "tags": Correctable(("tag",), _read_tags),
    **{role: Correctable((), _read_officers) for role in ROLES},
}

#: Fields that status returns change from month to month.
REPORTED: Final = frozenset(
    {
        *("status", "percent", "actual_start", "actual_finish", "remaining", "forecast"),
        *("rag", "grade", "cause"),
    }
)

_BY_NAME: Final = {
    fold(one): name
    for name, field in FIELDS.items()
    for one in (name, *field.names, *({"owner", "responsible officer"} if name == ROLES[0] else ()))
}


def find_field(text: str) -> str:
    """Return the field that a cell names; one of your own begins with ``x_``."""
    if text.startswith("x_"):
        return text
    found = _BY_NAME.get(fold(text))
    if found is None:
        names = ", ".join(name for name in FIELDS if name not in ROLES)
        raise ValueError(
            f'"{shorten(text)}" is no field that can be put right: write one of {names}'
        )
    return found


def read_value(field: str, text: str) -> Any:
    """Return the value of a field from a cell, as a plan file holds it; None where it says none.

    Raises
    ------
    ValueError
        The cell is no value of that field, or the field cannot be cleared.
    """
    known = FIELDS.get(field)
    if fold(text) in {NOTHING, "nothing", "blank"} or text == "-":
        if known is not None and not known.clears:
            raise ValueError(f'The field "{field}" cannot be cleared')
        return None
    return text if known is None else known.read(text)


def show_value(value: Any) -> str:
    """Return a value of a correction as `read_value` reads it."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    return join([str(one) for one in value]) if isinstance(value, list | tuple) else str(value)


def to_field(item: Item, field: str, value: Any) -> dict[str, Any]:
    """Return what a corrected value makes of an item: its changed fields, as the model has them.

    Raises
    ------
    ValueError
        The value is none of that field, or there is no such field.
    """
    name, _, part = field.partition(".")
    if field.startswith("x_"):
        return {field: value}
    if field not in FIELDS or field in ROLES:
        raise ValueError(f'"{field}" is no field that can be put right')
    if name == "planned":
        return {"planned": _planned(item.planned, part, value)}
    try:
        made = Item.model_validate({"id": item.id, "kind": "action", "title": "", name: value})
    except ValidationError as error:
        raise ValueError(str(error.errors()[0]["msg"])) from None
    if value is None and not FIELDS[field].clears:
        raise ValueError(f'The field "{field}" cannot be cleared')
    return {name: getattr(made, name)}


def _planned(planned: Planned, part: str, value: Any) -> Planned:
    """Return planned dates with one end put right; words say how exact a finish is."""
    if value is None:
        other = planned.finish if part == "start" else planned.start
        precision = planned.precision if other is not None else "none"
        return planned.model_copy(update={part: None, "precision": precision, "text": None})
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a date")  # noqa: TRY004 - a value, not a type, is wrong
    if part == "start":
        start = read_moment(value)
        precision = planned.precision if planned.precision != "none" else "from"
        return planned.model_copy(update={"start": start, "precision": precision, "text": None})
    found = parse_partial(value)
    if found.reading != "whole":
        raise ValueError(f'"{shorten(value)}" is not a date')
    if found.planned.precision == "day":
        news: dict[str, Any] = {"finish": found.planned.finish, "precision": "day", "text": None}
        return planned.model_copy(update=news)
    if found.planned.finish is None or found.planned.start is not None:
        return found.planned
    return planned.model_copy(
        update={
            "finish": found.planned.finish,
            "precision": found.planned.precision,
            "text": found.planned.text if planned.start is None else None,
        }
    )
