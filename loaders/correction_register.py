"""Registers of corrections: what a paper has wrong, put right, by whom and why.

Rows are kept with the plan; `loaders.corrections` puts their values into it, each month again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.measures import Correction
from graphmodel.moments import write_moment
from graphmodel.people import ROLES
from loaders.columns import Column
from loaders.correction_fields import FIELDS, find_field, read_value, show_value
from loaders.corrections import mark_withdrawn
from loaders.register_cells import choose, read_id, read_moment, read_text, read_words
from loaders.register_rows import RegisterKind, find_news

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["CORRECTIONS"]

_STATES: Final[dict[str, tuple[str, ...]]] = {
    "in force": ("in force", "current", "yes", "y", "accepted"),
    "withdrawn": ("withdrawn", "ended", "no", "n", "rejected", "removed", "cancelled"),
}

_COLUMNS: Final = (
    Column(
        "item",
        ("item", "item id", "id", "ref", "action id", "milestone id"),
        read_id,
        needed=True,
        about="The id of the item that the paper has wrong.",
    ),
    Column(
        "item_title",
        ("item title", "title", "item name"),
        read_words,
        about="Its title, held against the id.",
    ),
    Column(
        "field",
        ("field", "what", "column", "field name"),
        find_field,
        needed=True,
        about="What is put right: due, planned.finish, title, parent, responsible, …",
        choices=tuple(FIELDS),
    ),
    Column(
        "value",
        ("value", "correct value", "corrected value", "new value", "should be", "correction"),
        read_text,
        needed=True,
        about="The right value; none clears the field.",
    ),
    Column(
        "was",
        ("paper says", "was", "old value", "wrong value", "from", "as printed"),
        read_text,
        about="What the paper says. It is filled in for you.",
    ),
    Column(
        "why",
        ("why", "reason", "because", "evidence", "comment"),
        read_words,
        about="How you know.",
    ),
    Column("who", ("who", "by", "corrected by", "author"), read_words, about="Who put it right."),
    Column(
        "when",
        ("when", "date", "on", "corrected on"),
        read_moment,
        about="The day of the correction.",
    ),
    Column(
        "state",
        ("state", "status"),
        choose(_STATES, "state of a correction"),
        about="Write withdrawn to take a correction back; do not delete its row. Blank: in force.",
        choices=tuple(_STATES),
    ),
)

_PLAIN: Final = ("why", "who", "when")


def _merge(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    places = {(one.item, one.field): place for place, one in enumerate(desk.corrections)}
    for row in rows:
        item = desk.item(row)
        if item is None:
            continue
        field = row.values["field"]
        value = _read(desk, row, field)
        if value is _REFUSED or desk.is_repeated("correction", (item, field), row):
            continue
        place = places.get((item, field))
        if row.get("state") == "withdrawn":
            _withdraw(desk, row, place)
            continue
        if place is None:
            said: dict[str, Any] = {one: row.values[one] for one in _PLAIN if one in row.values}
            made = {"item": item, "field": field, "value": value, **said}
            desk.corrections.append(Correction.model_validate(made))
            desk.count("correction", new=True)
            continue
        known = desk.corrections[place]
        found = find_news(row, _show(known))
        news: dict[str, Any] = {name: found[name] for name in _PLAIN if name in found}
        if "value" in found:
            news["value"] = value
        if news:
            desk.corrections[place] = known.model_copy(update=news)
            desk.count("correction", new=False)


def _withdraw(desk: Desk, row: RegisterRow, place: int | None) -> None:
    """Mark a correction, so that what it replaced is put back with the others' values."""
    if place is None:
        message = "The plan has no such correction: there is nothing to withdraw"
        desk.tell(row.place("state"), "nothing-to-end", "info", message, row.values["item"])
        return
    desk.corrections[place] = mark_withdrawn(desk.corrections[place])
    desk.count("correction", new=False)


_REFUSED: Final = object()


def _read(desk: Desk, row: RegisterRow, field: str) -> Any:
    """Return the value that a row gives, with officers by their ids; or ``_REFUSED``."""
    try:
        value = read_value(field, row.texts["value"])
    except ValueError as error:
        desk.refuse(row, "value", "unreadable-cell", str(error).removesuffix("."))
        return _REFUSED
    if field == "parent" and value is not None:
        fault = desk.finder.find_fault(value, None)
        if fault is not None:
            desk.refuse(row, "value", fault.code, fault.message)
            return _REFUSED
    if field not in ROLES or value is None:
        return value
    officers = [desk.officers.find(words) for words in value]
    unknown = [words for words, one in zip(value, officers, strict=True) if one is None]
    if unknown:
        desk.refuse(row, "value", "unknown-officer", desk.officers.explain(unknown[0]))
        return _REFUSED
    return [one.id for one in officers if one is not None]


def _show(correction: Correction) -> dict[str, str]:
    when = correction.when
    extra = correction.model_extra or {}
    return {
        "item": correction.item,
        "field": correction.field,
        "value": show_value(correction.value),
        "was": str(extra.get("x_was", "")),
        "why": correction.why or "",
        "who": correction.who or "",
        "when": "" if when is None else write_moment(when),
    }


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    for one in plan.corrections:
        yield _show(one) | {"item_title": plan.index.items[one.item].title}


CORRECTIONS: Final = RegisterKind(
    "Corrections",
    "correction",
    "What a paper has wrong. It is put right in each new version of the paper too.",
    _COLUMNS,
    _merge,
    _show_all,
    names=("amendments", "errata"),
)
