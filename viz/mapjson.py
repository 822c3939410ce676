"""The map's numbers as the page's script reads them: rows of a few columns, to keep pages small.

Texts that stand in the page's tables (titles, owners, reasons, quotes of links) are not repeated
here: the script reads them from the tables, which are there without scripts as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulations.codes import LINK_NAMES
from viz.layout import CLOSED_ROW, LANE_FOOT, LANE_HEAD, ROW
from viz.mapdata import MARK
from viz.sources import describe_source
from viz.words import ROLE_WORDS, show_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.plan import Plan
    from viz.itemrows import ItemRow
    from viz.linkrows import LinkRow
    from viz.mapdata import MapData, Mark

__all__ = ["pack_choices", "pack_map"]

#: The order of the columns of ``marks`` and ``links``; the last two of a mark are mostly absent.
MARK_COLUMNS: Final = (
    "number", "lane", "group", "row", "depth", "left", "right", "reach", "state", "ghost", "latest",
)  # fmt: skip
LINK_COLUMNS: Final = ("from", "to", "number", "type", "state", "driving", "clash", "phrase")

#: The words that links tell by number.
_STATES: Final = ("accepted", "proposed", "rejected")
_ROLES: Final = tuple(role for role in ROLE_WORDS if role != "responsible")


def pack_map(
    plan: Plan,
    items: Sequence[ItemRow],
    links: Sequence[LinkRow],
    chart: MapData,
) -> dict[str, Any]:
    """Return what the map's script needs as plain JSON values."""
    number_of = {one.id: number for number, one in enumerate(items)}
    phrases = list(dict.fromkeys(one.how_out for one in links))
    return {
        "axis": _axis(plan, chart),
        "sizes": {
            "row": ROW,
            "closed": CLOSED_ROW,
            "head": LANE_HEAD,
            "foot": LANE_FOOT,
            "mark": MARK,
        },
        "opens": chart.opens,
        "opensLanes": chart.opens_lanes,
        "lanes": [[lane.number, lane.title] for lane in chart.lanes],
        "markColumns": MARK_COLUMNS,
        "marks": [_mark_row(mark, items) for mark in chart.marks],
        "linkColumns": LINK_COLUMNS,
        "links": [
            [start, end, number, *_link_row(links[number], phrases)]
            for start, end, number in chart.edges
        ],
        "linkTypes": LINK_NAMES,
        "linkStates": _STATES,
        "phrases": phrases,
        "parents": [number_of.get(one.item.parent or "") for one in items],
        **_people(plan, number_of),
        "quotes": _quotes(plan, items),
        "documents": [source.title or source.file or source.id for source in plan.sources],
    }


def pack_choices(
    items: Sequence[ItemRow],
    highlights: Sequence[tuple[str, Sequence[str]]],
    focus: Sequence[str],
) -> dict[str, Any]:
    """Return what a reader can have picked out, and what the map opens at, as numbers of items."""
    number_of = {one.id: number for number, one in enumerate(items)}

    def numbers(ids: Sequence[str]) -> list[int]:
        return [number_of[key] for key in ids if key in number_of]

    return {
        "highlights": [[name, numbers(ids)] for name, ids in highlights],
        "focus": numbers(focus),
    }


def _axis(plan: Plan, chart: MapData) -> dict[str, Any]:
    calendar = chart.calendar
    status = plan.status_date
    return {
        "origin": [calendar.origin.year, calendar.origin.month],
        "days": (calendar.last - calendar.origin).days + 1,
        "perDay": round(calendar.per_day, 4),
        "status": None if status is None else round(calendar.finish(status), 1),
        "statusWords": None if status is None else f"Position at {show_date(status)}",
    }


def _mark_row(mark: Mark, items: Sequence[ItemRow]) -> list[Any]:
    values: list[Any] = [
        items[mark.number].state if name == "state" else getattr(mark, name)
        for name in MARK_COLUMNS
    ]
    while values[-1] is None:
        values.pop()
    return [round(value, 1) if isinstance(value, float) else value for value in values]


def _link_row(one: LinkRow, phrases: list[str]) -> list[Any]:
    link = one.link
    return [
        LINK_NAMES.index(link.type),
        _STATES.index(link.state),
        int(one.driving),
        int(one.clashes),
        phrases.index(one.how_out),
    ]


def _people(plan: Plan, number_of: dict[str, int]) -> dict[str, Any]:
    """Return who holds which role besides the owner; the script passes roles down the breakdown."""
    names = {officer.id: officer.name for officer in plan.officers}
    kept = [one for one in plan.assignments if one.role in _ROLES and one.item in number_of]
    used = {key: place for place, key in enumerate(dict.fromkeys(one.officer for one in kept))}
    return {
        "roles": [ROLE_WORDS[role] for role in _ROLES],
        "people": [names[key] for key in used],
        "assigned": [
            [number_of[one.item], _ROLES.index(one.role), used[one.officer]] for one in kept
        ],
    }


def _quotes(plan: Plan, items: Sequence[ItemRow]) -> dict[int, list[Any]]:
    """Return where each item stands in its paper (document, place) and the words there.

    A quote that holds the title is split around it (before, after): the title stands in the table
    already.
    """
    number_of = {source.id: number for number, source in enumerate(plan.sources)}
    quotes: dict[int, list[Any]] = {}
    for number, one in enumerate(items):
        source = one.item.source
        if source is not None:
            quote = source.quote or ""
            before, found, after = quote.partition(one.item.title)
            words = [before, after] if found else [quote]
            quotes[number] = [number_of[source.source], describe_source(source, {}), *words]
    return quotes
