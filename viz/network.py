"""The dependency map: the one place where pyvis is used (UX section 1).

pyvis serves as data builder and template engine: `to_pyvis` fills a ``pyvis.network.Network``,
and `draw_map` has it render our own template. Its ``show``, ``write_html`` and ``save_graph`` are
never called: they link outside addresses, escape nothing, and fail on Windows encodings. Nodes and
edges are set as lists, because ``add_node`` looks every id up in a list, which is quadratic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphmodel.words import count, join_words
from viz.itemrows import TIGHT_DAYS, ItemRow, describe_items
from viz.linkrows import LinkRow, describe_links
from viz.mapdata import MapData, map_out
from viz.mapjson import pack_choices, pack_map, pack_texts
from viz.maptable import LISTED, by_lane, count_links, is_large, list_items
from viz.page import FILE, MAP_SCRIPTS, WHATIF_SCRIPTS, make_environment
from viz.sources import name_documents
from viz.words import KIND_WORDS, show_date, show_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from queries.portable import Portable
    from simulations.results import Schedule
    from viz.mapdata import Shift
    from viz.page import Frame

__all__ = [
    "OPTIONS",
    "NetworkView",
    "draw_map",
    "make_view",
    "render",
    "tell_data_date",
    "to_pyvis",
]

_ALL_SCRIPTS: Final = (*MAP_SCRIPTS, *WHATIF_SCRIPTS)

#: vis-network's options: our positions, no physics, links as curves that leave and arrive level.
OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "selectable": False,
        "hover": False,
        "keyboard": False,
        "multiselect": False,
    },
    "nodes": {"shape": "dot", "size": 5, "borderWidth": 1, "font": {"size": 13}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "smooth": {"type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.45},
        "width": 1.4,
        "color": {"color": "#6f777b", "inherit": False},
        "arrowStrikethrough": False,
    },
}


@dataclass(frozen=True, slots=True)
class NetworkView:
    """What a page with a map shows: the facts, and where they stand (None: nothing has a date)."""

    plan: Plan
    items: tuple[ItemRow, ...]
    links: tuple[LinkRow, ...]
    chart: MapData | None
    shifts: Mapping[str, Shift]
    schedule: Schedule | None


def make_view(
    plan: Plan,
    items: tuple[ItemRow, ...],
    links: tuple[LinkRow, ...],
    *,
    shifts: Mapping[str, Shift] | None = None,
    schedule: Schedule | None = None,
) -> NetworkView:
    """Return a view of the given facts, each placed on the map."""
    chart = map_out(plan, items, links, shifts=shifts)
    return NetworkView(plan, items, links, chart, shifts or {}, schedule)


def view_plan(plan: Plan, schedule: Schedule, links: Sequence[Link]) -> NetworkView:
    """Return a view of a whole plan."""
    items = describe_items(plan, schedule)
    told = describe_links(plan, items, schedule, links)
    return make_view(plan, items, told, schedule=schedule)


def draw_map(
    plan: Plan,
    schedule: Schedule,
    *,
    title: str | None = None,
    links: Sequence[Link],
    whatif: Portable | None = None,
    frame: Frame = FILE,
) -> str:
    """Return the interactive dependency map as one self-contained HTML page.

    Parameters
    ----------
    plan
        The plan the schedule was made from.
    schedule
        Dates and room (total float) of its items.
    title
        The heading; by default it says what the page is.
    links
        The links to draw; proposed ones are dashed, rejected ones are left out.
    whatif
        The plan as the page computes what-ifs with it, or why it cannot; None to offer none.
    frame
        What stands around it; by default the page is a file by itself.
    """
    view = view_plan(plan, schedule, links)
    return render(
        view,
        "map.html.j2",
        heading=title or "What waits for what",
        summary=_summarise(view, schedule),
        highlights=find_highlights(view, schedule),
        undated=[(n, one) for n, one in enumerate(view.items) if not one.is_dated][:LISTED],
        undated_amount=sum(not one.is_dated for one in view.items),
        findings=schedule.findings,
        links_used=schedule.links_used,
        data_date=tell_data_date(plan),
        documents=name_documents(plan),
        whatif=whatif,
        no_whatif=whatif.missing if whatif else (),
        frame=frame,
    )


def render(
    view: NetworkView,
    template: str,
    *,
    heading: str,
    highlights: Sequence[tuple[str, Sequence[str]]] = (),
    focus: Sequence[str] = (),
    whatif: Portable | None = None,
    frame: Frame = FILE,
    **extra: Any,
) -> str:
    """Return a page with a map, through pyvis's own template engine and our template."""
    network = _fill_pyvis(view)
    environment = make_environment()
    scripts = MAP_SCRIPTS if whatif is None or whatif.data is None else _ALL_SCRIPTS
    environment.globals |= {
        **frame.dress(scripts if view.chart else ()),
        "page": _head(view.plan, heading),
        "heading_text": heading,
        "lanes_of_items": by_lane(list_items(view)),
        "is_large": is_large(view),
        "number_of": {one.id: number for number, one in enumerate(view.items)},
        "in_and_out": count_links(view),
        "links": view.links,
        "data": _pack(view, highlights, focus, whatif),
        **extra,
    }
    network.templateEnv = environment
    network.path = template
    page: str = network.generate_html()
    return page


def _pack(
    view: NetworkView,
    highlights: Sequence[tuple[str, Sequence[str]]],
    focus: Sequence[str],
    whatif: Portable | None,
) -> dict[str, Any] | None:
    if view.chart is None:
        return None
    numbers = pack_map(view.plan, view.items, view.links, view.chart, view.shifts, view.schedule)
    choices = pack_choices(view.items, highlights, focus)
    return {
        "options": OPTIONS,
        **numbers,
        **choices,
        "whatif": None if whatif is None else whatif.data,
        "texts": pack_texts(view.items, view.links) if is_large(view) else None,
    }


def to_pyvis(plan: Plan, schedule: Schedule, *, links: Sequence[Link]) -> Any:
    """Return a plain ``pyvis.network.Network`` of a plan: every drawn item and link, physics off.

    It is the caller's to restyle. Its own ``show`` links outside addresses and escapes no text, so
    to keep or send a page use `draw_map`.
    """
    return _fill_pyvis(view_plan(plan, schedule, links))


def _fill_pyvis(view: NetworkView) -> Any:
    from pyvis.network import Network  # noqa: PLC0415 - heavy: it imports IPython

    network = Network(directed=True, cdn_resources="in_line")
    network.options = OPTIONS
    if view.chart is not None:
        network.nodes = _nodes(view, view.chart)
        network.node_ids = [node["id"] for node in network.nodes]
        network.node_map = {node["id"]: node for node in network.nodes}
        network.edges = _edges(view, view.chart)
    return network


def _nodes(view: NetworkView, chart: MapData) -> list[dict[str, Any]]:
    facts = view.items
    return [
        {
            "id": facts[mark.number].id,
            "label": facts[mark.number].id,
            "title": facts[mark.number].item.title,
            "group": chart.lanes[mark.lane],
            "shape": "diamond" if mark.left == mark.right else "square",
            "x": round(mark.right, 1),
            "y": round(mark.y, 1),
        }
        for mark in chart.marks
    ]


def _edges(view: NetworkView, chart: MapData) -> list[dict[str, Any]]:
    return [
        {
            "from": view.items[start].id,
            "to": view.items[end].id,
            "title": view.links[number].how,
            "dashes": view.links[number].link.state == "proposed",
        }
        for start, end, number in chart.edges
    ]


def _head(plan: Plan, heading: str) -> dict[str, str]:
    title = plan.title or plan.id
    return {
        "title": f"{heading} - {title}",
        "plan_title": title,
        "organisation": plan.organisation or "",
        "version": plan.version or "",
    }


def tell_data_date(plan: Plan) -> str:
    """Return the sentence that says how old the data is."""
    if plan.status_date is not None:
        return f"Progress is as of {show_day(plan.status_date)}."
    if plan.as_of is not None:
        return f"The plan is as of {show_day(plan.as_of)}; no progress has been reported on it."
    return "The plan names no data date and no progress has been reported on it."


def _summarise(view: NetworkView, schedule: Schedule) -> str:
    """Return the first line of the page: how much there is, and when it ends."""
    kinds = [one.item.kind for one in view.items]
    parts = [
        count(kinds.count(kind), *KIND_WORDS[kind])
        for kind in ("milestone", "activity", "action", "theme")
        if kind in kinds
    ]
    accepted = sum(one.link.state == "accepted" for one in view.links)
    proposed = len(view.links) - accepted
    linked = count(accepted, "accepted link")
    if proposed:
        linked = f"{linked} and {count(proposed, 'proposed one')}"
    ends = f" The plan ends on {show_date(schedule.finish)}." if schedule.finish else ""
    said = f"{join_words(parts)}; {linked}.{ends}{_tell_states(view)}"
    return said[:1].upper() + said[1:]


def _tell_states(view: NetworkView) -> str:
    """Return how much is late and how much has no room; nothing where neither is."""
    states = [one.state for one in view.items]
    late, none = states.count("late"), states.count("critical")
    told = [f"{count(late, 'item')} {'is' if late == 1 else 'are'} late"] if late else []
    if none:
        amount = f"{none:,}" if late else count(none, "item")
        told.append(f"{amount} {'has' if none == 1 else 'have'} no room to slip")
    return f" {join_words(told)}." if told else ""


def find_highlights(view: NetworkView, schedule: Schedule) -> list[tuple[str, list[str]]]:
    """Return what the page can pick out, each with its name and ids; only what is not empty."""
    found = [
        ("What sets the end date (longest path)", list(schedule.longest_path)),
        (
            "What sets it, across gaps too (buffered path)",
            list(schedule.buffered_path.items) if schedule.buffered_path else [],
        ),
        ("Late", [one.id for one in view.items if one.state == "late"]),
        ("No room: any slip hurts", [one.id for one in view.items if one.state == "critical"]),
        (
            f"{TIGHT_DAYS} days of room or less",
            [one.id for one in view.items if one.state == "tight"],
        ),
    ]
    return [(name, ids) for name, ids in found if ids]
