"""A plan's items as rows of the sheet that `loaders.item_tables` reads: one for each item."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from graphmodel.moments import write_moment
from graphmodel.partial import parse_partial
from loaders.ids import make_slug
from loaders.item_columns import COLUMNS
from loaders.office_titles import COMMON, Title, office_key, split_offices
from loaders.register_cells import show_share
from loaders.register_rows import join
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Item, Planned
    from graphmodel.people import Officer
    from graphmodel.plan import Plan
    from loaders.columns import Column

__all__ = ["ITEM_COLUMNS", "find_owners", "show_items"]

#: Fields of the sheet, in its order. Predecessors are there to be used; a plan's links stand in
#: the register of links.
_FIELDS: Final = (
    *("id", "title", "kind", "parent", "start", "finish", "due", "duration", "report", "percent"),
    *("rag", "actual_start", "actual_finish", "forecast", "cause", "responsible", "predecessors"),
    *("tags", "division", "label"),
)

_BY_FIELD: Final = {column.field: column for column in reversed(COLUMNS)}

ITEM_COLUMNS: Final[tuple[Column, ...]] = tuple(_BY_FIELD[name] for name in _FIELDS)

#: What parts owners in a cell would be parted at.
_PARTS: Final = frozenset(";[\n\r")

_OWNER: Final = "responsible"


def find_owners(plan: Plan) -> dict[str, tuple[Officer, ...]]:
    """Return by item who is responsible, where a title alone is enough to say who that is.

    It is where `loaders.item_owners` makes of the title the very officer; all other assignments
    have to stand in a register, with ids.
    """
    keys = Counter(office_key(one.title, COMMON) for one in plan.officers)
    taken = plan.index.items
    plain = {
        officer.id: officer
        for officer in plan.officers
        if officer.id == make_slug(officer.title)
        and officer.id not in taken
        and not _PARTS.intersection(officer.title)
        and split_offices(officer.title) == [Title(officer.title, officer.kind)]  # type: ignore[arg-type]
        and keys[office_key(officer.title, COMMON)] == 1
    }
    owners: dict[str, tuple[Officer, ...]] = {}
    for one in plan.assignments:
        if one.role == _OWNER and one.officer in plain:
            held = owners.get(one.item, ())
            owners[one.item] = (*held, plain[one.officer])
    return owners


def show_items(plan: Plan) -> Iterator[dict[str, str]]:
    """Yield the row of each item: texts by field, blank ones left out."""
    owners = find_owners(plan)
    for item in plan.items:
        shown = _show(item)
        names = join([officer.title for officer in owners.get(item.id, ())])
        yield {name: text for name, text in (shown | {_OWNER: names}).items() if text}


def _show(item: Item) -> dict[str, str]:
    start, finish = _show_planned(item.planned)
    return {
        "id": item.id,
        "title": item.title,
        "kind": item.kind,
        "parent": item.parent or "",
        "start": start,
        "finish": finish,
        "due": _day(item.due),
        "duration": "" if item.duration is None else str(item.duration),
        "report": item.status.replace("_", " "),
        "percent": "" if item.percent is None else f"{show_share(item.percent)}%",
        "rag": item.rag or "",
        "actual_start": _day(item.actual_start),
        "actual_finish": _day(item.actual_finish),
        "forecast": _day(item.forecast),
        "cause": item.cause or "",
        "tags": join(item.tags),
        "division": item.division or "",
        "label": item.label or "",
    }


def _show_planned(planned: Planned) -> tuple[str, str]:
    """Return the cells of start and finish that the reader makes these dates of.

    Words are kept where they say all of it; otherwise days, and a month where the finish is no more
    exact than that.
    """
    words = None if planned.text is None else clean(planned.text)
    if words and parse_partial(words).planned == planned:
        is_open = planned.finish is None and planned.start is not None
        return (words, "") if is_open else ("", words)
    finish = _day(planned.finish)
    if planned.precision == "month" and planned.finish is not None:
        month = f"{planned.finish:%b %Y}"
        finish = month if parse_partial(month).planned.finish == planned.finish else finish
    return _day(planned.start), finish


def _day(moment: date | None) -> str:
    return "" if moment is None else write_moment(moment)
