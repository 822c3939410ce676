"""The map's numbers as the page's script reads them: one column for each fact, to keep pages small.

Texts that stand in the page's tables (titles, owners, reasons, quotes of links) are not repeated
here: the script reads them from the tables, which are there without scripts as well. Only a page
of very many items holds them here instead, because a browser takes long over tables of that size.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, get_args

from graphmodel.moments import finish_instant
from simulations.codes import LINK_NAMES
from viz.facets import find_facets
from viz.itemrows import State
from viz.layout import CLOSED_ROW, LANE_FOOT, LANE_HEAD, ROW
from viz.mapdata import BAR_LABEL, CHARACTER, GAP, LANES_LIMIT, MARK, MARK_LABEL, find_extent
from viz.sources import describe_source
from viz.words import ROLE_WORDS, say_dates, show_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.results import Schedule
    from viz.facets import Facet
    from viz.itemrows import ItemRow
    from viz.linkrows import LinkRow
    from viz.mapdata import MapData, Shift

__all__ = ["LARGE", "pack_choices", "pack_map", "pack_texts"]

#: Above this many items a page holds texts in columns, and a page of the table at a time.
LARGE: Final = LANES_LIMIT

#: The words that marks, links and roles tell by number.
STATES: Final[tuple[State, ...]] = get_args(State)
_STANDINGS: Final = ("accepted", "proposed", "rejected")
_ROLES: Final = tuple(role for role in ROLE_WORDS if role != "responsible")

#: What "soon" means to a reader who filters: so many days from the data date.
_SOON: Final = timedelta(days=90)


def pack_map(
    plan: Plan,
    items: Sequence[ItemRow],
    links: Sequence[LinkRow],
    chart: MapData,
    shifts: Mapping[str, Shift],
    schedule: Schedule | None = None,
) -> dict[str, Any]:
    """Return what the map's script needs as plain JSON values; days count from the axis's first."""
    number_of = {one.id: number for number, one in enumerate(items)}
    phrases = list(dict.fromkeys(one.how_out for one in links))
    facets = find_facets(plan, items, parts=len(items) > LARGE)
    themes = next((one.keys for one in facets if one.key == "theme"), ())
    return {
        "axis": _axis(plan, chart),
        "sizes": {
            "row": ROW,
            "closed": CLOSED_ROW,
            "head": LANE_HEAD,
            "foot": LANE_FOOT,
            "mark": MARK,
            "gap": GAP,
            "character": CHARACTER,
            "bar": BAR_LABEL,
            "label": MARK_LABEL,
            "most": LANES_LIMIT,
        },
        "opens": chart.opens,
        "opensLanes": chart.opens_lanes,
        "states": STATES,
        "items": _items(items, chart, shifts),
        "facets": [_facet(one) for one in facets],
        "themes": [number_of[key] for key in themes],
        **_soon(plan, chart),
        "links": {
            "from": [number_of[one.link.from_] for one in links],
            "to": [number_of[one.link.to] for one in links],
            "type": [LINK_NAMES.index(one.link.type) for one in links],
            "state": [_STANDINGS.index(one.link.state) for one in links],
            "driving": [int(one.driving) for one in links],
            "clash": [int(one.clashes) for one in links],
            "phrase": [phrases.index(one.how_out) for one in links],
        },
        "linkTypes": LINK_NAMES,
        "linkStates": _STANDINGS,
        "phrases": phrases,
        "parents": [number_of.get(one.item.parent or "") for one in items],
        "sets": _setting(items, number_of, schedule),
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


def pack_texts(items: Sequence[ItemRow], links: Sequence[LinkRow]) -> dict[str, Any]:
    """Return the texts of items and links in columns; those that come often, by their number."""
    words: dict[str, int] = {}

    def column(texts: Iterable[str]) -> list[int]:
        return [words.setdefault(text, len(words)) for text in texts]

    return {
        "id": [one.id for one in items],
        "title": [one.item.title for one in items],
        "kinds": column(one.item.kind for one in items),
        "owner": column(one.owner for one in items),
        "planned": column(one.planned_words for one in items),
        "expected": column(one.forecast_words or one.undated for one in items),
        "due": column(show_date(one.item.due, missing="") for one in items),
        "room": column(one.room_words for one in items),
        "status": column(one.status for one in items),
        "how": column(one.how for one in links),
        "standing": column(one.standing for one in links),
        "why": {number: told for number, one in enumerate(links) if (told := list(_why(one)))},
        "words": list(words),
    }


def _why(one: LinkRow) -> Iterator[list[str]]:
    """Yield why a link is there, each piece with the tag it stands in."""
    if one.link.reason:
        yield ["p", say_dates(one.link.reason)]
    for quote, place in one.sources:
        if quote:
            yield ["blockquote", quote]
        yield ["p", place]
    if one.decided:
        yield ["p", one.decided]


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


def _items(items: Sequence[ItemRow], chart: MapData, shifts: Mapping[str, Shift]) -> dict[str, Any]:
    """Return in days where items begin and end, of the few that have one the ghost and the latest.

    What has no date has no finish: it is not on the map.
    """
    days = replace(chart.calendar, per_day=1.0)
    finish: list[float | None] = []
    length: list[float] = []
    ghost: dict[int, float] = {}
    latest: dict[int, float] = {}
    for number, one in enumerate(items):
        if not one.is_dated:
            finish.append(None)
            length.append(0)
            continue
        left, right, before, last = find_extent(one, days, shifts.get(one.id))
        finish.append(_short(right))
        length.append(_short(right - left))
        if before is not None:
            ghost[number] = _short(before)
        if last is not None:
            latest[number] = _short(last)
    states = [STATES.index(one.state) for one in items]
    told = {"finish": finish, "length": length, "state": states}
    return {**told, "ghost": ghost, "latest": latest}


def _short(days: float) -> float:
    """Return whole days as such, others to the minute."""
    return int(days) if days == int(days) else round(days, 4)


def _facet(facet: Facet) -> dict[str, Any]:
    """Return a facet; its column as runs of equal values, since parts follow what holds them."""
    plain = [places[0] if len(places) == 1 else list(places) or -1 for places in facet.of]
    runs = [[value, len(list(run))] for value, run in groupby(plain)]
    return {
        "key": facet.key,
        "none": facet.none,
        "keys": facet.keys,
        "names": facet.names,
        "of": runs,
    }


def _soon(plan: Plan, chart: MapData) -> dict[str, Any]:
    """Return from and to when something is soon: from the data date, else the plan's start.

    None where the plan names neither.
    """
    given = plan.status_date or plan.as_of or plan.start
    if given is None:
        return {"soon": None, "soonWords": None}
    begin = chart.calendar.origin.toordinal()
    today: date = given.date() if hasattr(given, "date") else given
    first, last = today + timedelta(days=1), today + _SOON
    reach = [today.toordinal() - begin + 1, last.toordinal() - begin + 1]
    return {"soon": reach, "soonWords": f"{show_date(first)} to {show_date(last)}"}


def _setting(
    items: Sequence[ItemRow], number_of: Mapping[str, int], schedule: Schedule | None
) -> list[int]:
    """Return the parts that set the date of what they are part of: they finish when it does."""
    if schedule is None:
        finishes = {one.id: one.finish for one in items}
        return [
            number_of[one.id]
            for one in items
            if one.finish is not None
            and (whole := finishes.get(one.item.parent or "")) is not None
            and finish_instant(whole) == finish_instant(one.finish)
        ]
    pairs = {(part, one.id) for one in schedule.items for part in one.driven_by}
    return [number_of[one.id] for one in items if (one.id, one.item.parent) in pairs]


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
