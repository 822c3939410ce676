"""Findings of the compiler: what takes no part, what does not hold, what is not modelled yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant, start_instant
from graphmodel.places import find_place
from graphmodel.problems import Problem
from graphmodel.words import count
from simulations.codes import ABSENT, OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from simulations.owndates import Own

__all__ = ["note_items", "note_links", "note_unmodelled"]


def note_items(plan: Plan, owns: Mapping[str, Own]) -> Iterator[Problem]:
    """Yield a finding for items on hold without a forecast, and for spans that end too early."""
    for item in plan.items:
        if item.status == "on_hold" and item.forecast is None:
            yield Problem(
                "on-hold-without-forecast",
                "warning",
                f"{item.name} is on hold and has no forecast: it is taken as not started.",
                (item.id,),
                find_place(plan, item.source),
            )
        planned = item.planned
        if (
            planned.start is not None
            and planned.finish is not None
            and owns[item.id].how != ABSENT
            and start_instant(planned.start) >= finish_instant(planned.finish)
        ):
            yield Problem(
                "finish-before-start",
                "error",
                f"{item.name} is planned to finish on {planned.finish}, before it starts on "
                f"{planned.start}: only its finish is used.",
                (item.id,),
                find_place(plan, item.source),
            )


def note_links(plan: Plan, owns: Mapping[str, Own], links: Sequence[Link]) -> Iterator[Problem]:
    """Yield a finding for each link that holds nothing (DESIGN 5.3.2)."""
    items = plan.index.items
    for link in links:
        ends = [one for one in (link.from_, link.to) if owns[one].how == ABSENT]
        whys = [_why_absent(items[one]) for one in ends]
        if whys:
            yield Problem(
                "link-without-date",
                "warning",
                f"The link {link.name} holds nothing: {' and '.join(whys)}"
                " and takes no part in the schedule.",
                (link.from_, link.to),
            )
        elif owns[link.from_].how == OPEN and link.type in {"FS", "FF"}:
            yield Problem(
                "link-from-open-end",
                "warning",
                f"The link {link.name} holds nothing: {items[link.from_].name} has a start and "
                "no finish.",
                (link.from_, link.to),
            )


def _why_absent(item: Item) -> str:
    match item.status:
        case "cancelled":
            return f"{item.name} is cancelled"
        case "complete":
            return f"{item.name} is complete without a date"
        case _:
            return f"{item.name} is ongoing"


def note_unmodelled(plan: Plan, links: Sequence[Link]) -> Iterator[Problem]:
    """Yield one finding for each kind of rule in the plan that the schedule leaves out."""
    items = plan.items
    counts = {
        "gate": sum(gate.state == "accepted" for gate in plan.gates),
        "blackout": len(plan.blackouts),
        "date constraint": sum(bool(item.constraints) for item in items),
        "working calendar": sum(item.calendar is not None for item in items)
        + (plan.calendar is not None),
        "split": sum(bool(item.splits) for item in items),
        "fixed date": sum(item.scheduling == "fixed" for item in items),
        "level-of-effort item": sum(item.type == "loe" for item in items),
    }
    left_out = [count(number, name) for name, number in counts.items() if number]
    if left_out:
        yield Problem(
            "not-modelled",
            "warning",
            f"The dates leave out {', '.join(left_out)} of the plan and "
            f"rest on {len(links)} links alone.",
        )
