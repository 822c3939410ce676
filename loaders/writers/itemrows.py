"""Items as rows of a table, under headings that `loaders.item_tables` knows.

1. A cell holds a text, a day (or a day and a time), or a percentage from 0 to 100.
2. Dates are those of `loaders.writers.wordings`. A due date or deadline without a planned finish
   would be read as one, so the finish says "none".
3. An item without a parent whose id begins with another's ("A.1" beside "A") says "none" for its
   parent, because the id would give it one.
4. Of several baselines, deadlines and constraints of an item the first is told.
5. Columns that every plan has come always, the others where an item has something for them. Facts
   of a plan's own (``x_notes``) are columns under their names, unless the name means something
   else in a heading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.people import ROLES
from loaders.columns import HEADER_ROWS, fold
from loaders.ids import make_slug
from loaders.item_columns import COLUMNS
from loaders.writers.predecessor_cells import write_predecessors
from loaders.writers.wordings import word_planned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.people import Assignment, Role
    from graphmodel.plan import Plan

__all__ = ["Cell", "ItemColumn", "ItemTable", "make_item_table"]

#: A text, a day, a percentage from 0 to 100, or nothing.
Cell = str | date | float | None


@dataclass(frozen=True, slots=True)
class ItemColumn:
    """A column of the table: its heading, what stands in it, and how wide it is in characters."""

    heading: str
    read: Callable[[Item], Cell]
    form: Literal["text", "date", "percent"] = "text"
    width: int = 14
    always: bool = True


@dataclass(frozen=True, slots=True)
class ItemTable:
    """The columns of a plan's table of items, and its rows in the order of the plan."""

    columns: tuple[ItemColumn, ...]
    items: Sequence[Item]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the cells of each item."""
        readers = [column.read for column in self.columns]
        for item in self.items:
            yield [read(item) for read in readers]


_ROLE_HEADINGS: Final[dict[Role, str]] = {
    "responsible": "Owner",
    "delivery_lead": "Responsible delivery lead",
    "accountable": "Senior accountable officer",
    "portfolio": "Lead portfolio",
    "sponsor": "Sponsor",
}

#: Stands where a blank cell would mean something.
_NONE: Final = "none"


def make_item_table(
    plan: Plan, links: Iterable[Link], assignments: Iterable[Assignment]
) -> ItemTable:
    """Return the table of a plan's items, with these of its links and assignments."""
    columns = _columns(plan, links, assignments)
    used = tuple(
        column
        for column in columns
        if column.always or any(column.read(item) not in {None, ""} for item in plan.items)
    )
    return ItemTable(used, plan.items)


def _columns(
    plan: Plan, links: Iterable[Link], assignments: Iterable[Assignment]
) -> tuple[ItemColumn, ...]:
    ids = plan.index.items
    waits = write_predecessors(links, ids)
    planned = {item.id: _planned(item) for item in plan.items}
    return (
        ItemColumn("ID", lambda item: item.id),
        ItemColumn("Kind", lambda item: item.kind, width=11),
        ItemColumn("Title", lambda item: item.title, width=60),
        ItemColumn("Parent", lambda item: _parent(item, ids)),
        ItemColumn("Start", lambda item: planned[item.id][0], "date"),
        ItemColumn("Finish", lambda item: planned[item.id][1], "date", 16),
        ItemColumn("Due", lambda item: item.due, "date"),
        ItemColumn("Duration", lambda item: _text(item.duration), width=10),
        ItemColumn("Status", lambda item: item.status.replace("_", " "), width=12),
        ItemColumn("% complete", lambda item: item.percent, "percent", 11),
        ItemColumn("Actual start", lambda item: item.actual_start, "date"),
        ItemColumn("Actual finish", lambda item: item.actual_finish, "date"),
        ItemColumn("Forecast", lambda item: item.forecast, "date"),
        ItemColumn("RAG", lambda item: item.rag, width=8),
        *_role_columns(plan, assignments),
        ItemColumn("Predecessors", lambda item: waits.get(item.id), width=30),
        ItemColumn("Tags", lambda item: "; ".join(item.tags), width=20),
        *_RARE,
        *_fact_columns(plan.items),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _parent(item: Item, ids: Mapping[str, Item]) -> str | None:
    """Return the parent's id; "none" where a blank cell would mean the item of a shorter id."""
    if item.parent is not None:
        return item.parent
    above = item.id
    while "." in above:
        above = above.rpartition(".")[0]
        if above in ids:
            return _NONE
    return None


def _planned(item: Item) -> tuple[Cell, Cell]:
    """Return the cells of planned start and finish (rule 2)."""
    start, finish = word_planned(item.planned)
    if finish is None and (item.due is not None or item.deadlines):
        return start, _NONE
    return start, finish


def _role_columns(plan: Plan, assignments: Iterable[Assignment]) -> Iterator[ItemColumn]:
    names = {officer.id: officer.name for officer in plan.officers}
    held: dict[tuple[str, str], list[str]] = {}
    for one in assignments:
        held.setdefault((one.role, one.item), []).append(names[one.officer])

    def read_role(role: Role) -> Callable[[Item], Cell]:
        return lambda item: "; ".join(held.get((role, item.id), ()))

    for role in ROLES:
        yield ItemColumn(_ROLE_HEADINGS[role], read_role(role), width=28, always=role == ROLES[0])


def _key(heading: str) -> str:
    """Return what headings are compared by, as `loaders.headers` does; a sign is itself."""
    return fold(heading) or heading


#: By heading, the field that a reader of sheets fills from such a column.
_MEANINGS: Final = {
    _key(heading): column.field for column in reversed(COLUMNS) for heading in column.headings
}

_RARE: Final = (
    ItemColumn("Remaining", lambda item: _text(item.remaining), width=10, always=False),
    ItemColumn("Grade", lambda item: item.grade, always=False),
    ItemColumn("Cause", lambda item: item.cause, width=40, always=False),
    ItemColumn("Number in the paper", lambda item: item.label, always=False),
    ItemColumn("Division", lambda item: item.division, width=24, always=False),
    ItemColumn("Deadline", lambda item: next((one.date for one in item.deadlines), None), "date",
               always=False),
    ItemColumn("Baseline start", lambda item: next((one.start for one in item.baselines), None),
               "date", always=False),
    ItemColumn("Baseline finish", lambda item: next((one.finish for one in item.baselines), None),
               "date", always=False),
    ItemColumn("Constraint", lambda item: next((one.type for one in item.constraints), None),
               always=False),
    ItemColumn("Constraint date", lambda item: next((one.date for one in item.constraints), None),
               "date", always=False),
)  # fmt: skip


def _fact_columns(items: Sequence[Item]) -> Iterator[ItemColumn]:
    """Yield a column for each fact of the items' own that comes back under its own name."""
    keys = dict.fromkeys(key for item in items for key in item.model_extra or ())

    def read_fact(key: str) -> Callable[[Item], Cell]:
        return lambda item: _fact(item, key)

    for key in keys:
        heading = key.removeprefix("x_").replace("_", " ").capitalize()
        means = _MEANINGS.get(_key(heading), f"x_{make_slug(heading).replace('-', '_')}")
        # The first rows may be taken for a part of the header where their cells are headings.
        first = (_fact(item, key) or "" for item in items[:HEADER_ROWS])
        if means == key and not any(_key(text) in _MEANINGS for text in first if text):
            yield ItemColumn(heading, read_fact(key), width=30, always=False)


def _fact(item: Item, key: str) -> str | None:
    value = (item.model_extra or {}).get(key)
    return value if isinstance(value, str) else None
