"""Every place of a plan that names something else of it, in the order of the file.

A *pointer* is where it stands, in words; the kind of thing it names; and the id it names, if any.
Items and links come one by one, because a large plan holds too many of them to be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphmodel.items import Item, Source
    from graphmodel.links import Link
    from graphmodel.plan import Plan

__all__ = [
    "NamedKind",
    "Pointer",
    "calendar_pointers",
    "item_pointers",
    "link_pointers",
    "other_pointers",
]

NamedKind = Literal["source", "calendar", "item", "officer", "board"]
Pointer = tuple[str, NamedKind, str | None]

#: Changes whose ``item``, ``from`` and ``to`` are items.
_ITEM_OPS = frozenset({"slip", "set", "add_link", "remove_link", "complete", "cancel_item"})


def calendar_pointers(plan: Plan) -> Iterator[Pointer]:
    """Yield what the plan itself and its calendars name."""
    yield "The plan", "calendar", plan.calendar
    for calendar in plan.calendars:
        yield f'Calendar "{calendar.id}"', "calendar", calendar.parent


def item_pointers(item: Item) -> Iterable[Pointer]:
    """Return what an item names."""
    # Tested here for speed: a large plan has 100,000 items and few of these fields.
    if not (item.parent or item.calendar or item.source or item.deadlines or item.history):
        return ()
    return _item_pointers(item)


def _item_pointers(item: Item) -> Iterator[Pointer]:
    if item.parent is not None:
        yield f'Item "{item.id}" (field "parent")', "item", item.parent
    if item.calendar is not None:
        yield f'Item "{item.id}" (field "calendar")', "calendar", item.calendar
    if item.source is not None:
        yield f'Item "{item.id}" (field "source")', "source", item.source.source
    for deadline in item.deadlines:
        yield from _source(f'A deadline of item "{item.id}"', deadline.source)
    for report in item.history:
        yield from _source(f'The history of item "{item.id}"', report.source)


def link_pointers(link: Link) -> Iterator[Pointer]:
    """Yield what a link names."""
    yield f"The link {link.name}", "item", link.from_
    yield f"The link {link.name}", "item", link.to
    for evidence in link.evidence:
        yield f"Evidence of the link {link.name}", "source", evidence.source.source


def other_pointers(plan: Plan) -> Iterator[Pointer]:
    """Yield what everything but items, links and calendars names."""
    yield from _people_pointers(plan)
    yield from _measure_pointers(plan)
    for where, source in (*_sources_of_facts(plan), *_sources_of_people(plan)):
        yield from _source(where, source)


def _source(where: str, source: Source | None) -> Iterator[Pointer]:
    if source is not None:
        yield where, "source", source.source


def _sources_of_facts(plan: Plan) -> Iterator[tuple[str, Source | None]]:
    for metric in plan.metrics:
        yield f'Metric "{metric.id}"', metric.source
        for value in (metric.baseline, metric.target, *metric.actuals):
            yield f'A value of metric "{metric.id}"', value.source if value else None
    for stated in plan.stated:
        yield f'The stated total "{stated.measure}"', stated.source
    for risk in plan.risks:
        yield f'Risk "{risk.id}"', risk.source


def _sources_of_people(plan: Plan) -> Iterator[tuple[str, Source | None]]:
    for officer in plan.officers:
        yield f'Officer "{officer.id}"', officer.source
    for assignment in plan.assignments:
        yield f'An assignment to "{assignment.item}"', assignment.source
    for board in plan.boards:
        yield f'Board "{board.id}"', board.source
    for relation in plan.relations:
        yield f'A relation "{relation.type}"', relation.source
    for gate in plan.gates:
        for evidence in gate.evidence:
            yield f'Evidence of the gate on "{gate.item}"', evidence.source


def _measure_pointers(plan: Plan) -> Iterator[Pointer]:
    for metric in plan.metrics:
        yield f'Metric "{metric.id}"', "item", metric.item
    for correction in plan.corrections:
        yield f'A correction of "{correction.field}"', "item", correction.item
    for stated in plan.stated:
        yield f'The stated total "{stated.measure}"', "item", stated.item
    for risk in plan.risks:
        for impact in risk.impacts:
            yield f'Risk "{risk.id}"', "item", impact.item
        for effect in risk.effects:
            for field in ("item", "from_", "to"):
                if effect.op in _ITEM_OPS:
                    yield f'Risk "{risk.id}" (an effect)', "item", getattr(effect, field, None)
    for pair in plan.options.risk.correlations:
        yield "A correlation", "item", pair.a
        yield "A correlation", "item", pair.b


def _people_pointers(plan: Plan) -> Iterator[Pointer]:
    for officer in plan.officers:
        yield f'Officer "{officer.id}" (field "successor")', "officer", officer.successor
    for assignment in plan.assignments:
        yield f'An assignment to "{assignment.item}"', "officer", assignment.officer
        yield f'An assignment of "{assignment.officer}"', "item", assignment.item
    for board in plan.boards:
        yield f'Board "{board.id}" (field "reports_to")', "board", board.reports_to
        for overseen in board.oversees:
            yield f'Board "{board.id}" (field "oversees")', "item", overseen
    for gate in plan.gates:
        yield f'A gate of "{gate.board}"', "item", gate.item
        yield f'A gate on "{gate.item}"', "board", gate.board
    for blackout in plan.blackouts:
        for named in blackout.boards:
            yield f"The blackout from {blackout.start}", "board", named
