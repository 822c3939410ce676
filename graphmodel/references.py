"""Whether a plan holds together: ids once each, references to what is there, a breakdown that ends.

Meeting rules are read here too, because a board that meets by no known rule holds every gate up.

Every fault is one sentence that names the entity and the field. Dependency cycles are not looked
for here: they depend on which links are used (`graphmodel.cycles`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphmodel.breakdown import ancestors_of, find_parent_circle
from graphmodel.england import ENGLAND
from graphmodel.meetings import meeting_anchor
from graphmodel.moments import finish_instant, start_instant, write_moment
from graphmodel.recurrence import rule_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphmodel.items import Source
    from graphmodel.plan import Plan

__all__ = ["find_faults", "link_fault"]

_Kind = str

#: Changes whose ``item``, ``from`` and ``to`` are items.
_ITEM_OPS = frozenset({"slip", "set", "add_link", "remove_link", "complete", "cancel_item"})


def find_faults(plan: Plan) -> list[str]:
    """Return one sentence for each fault, in the order of the file."""
    faults = list(_repeated_ids(plan))
    known = _known_ids(plan)
    for where, kind, referred in _references(plan):
        if referred is not None and referred not in known[kind]:
            faults.append(f'{where} names the {kind} "{referred}", which the plan does not hold.')
    related = known["source"] | known["item"] | known["officer"] | known["board"] | {plan.id}
    for relation in plan.relations:
        for field, end in (("from", relation.from_), ("to", relation.to)):
            if end not in related:
                faults.append(
                    f'A relation "{relation.type}" names "{end}" as its "{field}", '
                    "which the plan does not hold."
                )
    circle = find_parent_circle({calendar.id: calendar.parent for calendar in plan.calendars})
    if circle:
        faults.append(
            f"These calendars are each other's parents: {', '.join(circle)}; "
            "take the parent away from one of them."
        )
    faults.extend(_rule_faults(plan))
    faults.extend(_blackout_faults(plan))
    parents = {item.id: item.parent for item in plan.items}
    circle = find_parent_circle(parents)
    if circle:
        faults.append(f"These items are each other's parents: {', '.join(circle)}.")
    elif not faults:
        faults.extend(
            fault
            for link in plan.links
            if (fault := link_fault(link.from_, link.to, parents)) is not None
        )
    return faults


def link_fault(start: str, end: str, parents: Mapping[str, str | None]) -> str | None:
    """Return what is wrong with a link between these two items of a breakdown, if anything."""
    if start == end:
        return f'The link {start} → {end} joins "{start}" to itself: remove it.'
    if end in ancestors_of(start, parents):
        return (
            f'The link {start} → {end} joins "{start}" to "{end}", which it is part of: remove it.'
        )
    if start in ancestors_of(end, parents):
        return (
            f'The link {start} → {end} joins "{start}" to "{end}", which is part of it: remove it.'
        )
    return None


def _rule_faults(plan: Plan) -> Iterator[str]:
    anchor = meeting_anchor(plan)
    for board in plan.boards:
        rule = board.meetings.rule
        fault = None if rule is None else rule_fault(rule, anchor)
        if fault is not None:
            yield f'The meeting rule of the board "{board.name}" {fault}'


def _blackout_faults(plan: Plan) -> Iterator[str]:
    for blackout in plan.blackouts:
        if start_instant(blackout.start) >= finish_instant(blackout.finish):
            yield (
                f"The blackout from {write_moment(blackout.start)} to "
                f"{write_moment(blackout.finish)} ends before it starts: exchange the two dates."
            )


def _known_ids(plan: Plan) -> dict[_Kind, set[str]]:
    return {
        "source": {source.id for source in plan.sources},
        "calendar": {calendar.id for calendar in plan.calendars} | {ENGLAND},
        "item": {item.id for item in plan.items},
        "officer": {officer.id for officer in plan.officers},
        "board": {board.id for board in plan.boards},
    }


def _repeated_ids(plan: Plan) -> Iterator[str]:
    groups: dict[str, Iterable[str | None]] = {
        "sources": [source.id for source in plan.sources],
        "calendars": [calendar.id for calendar in plan.calendars],
        "items": [item.id for item in plan.items],
        "links": [link.id for link in plan.links],
        "officers": [officer.id for officer in plan.officers],
        "boards": [board.id for board in plan.boards],
        "gates": [gate.id for gate in plan.gates],
        "metrics": [metric.id for metric in plan.metrics],
        "risks": [risk.id for risk in plan.risks],
    }
    for name, ids in groups.items():
        for repeated, times in Counter(one for one in ids if one is not None).items():
            if times > 1:
                yield f'{times} {name} have the id "{repeated}": ids must differ.'


def _references(plan: Plan) -> Iterator[tuple[str, _Kind, str | None]]:
    yield "The plan", "calendar", plan.calendar
    for calendar in plan.calendars:
        yield f'Calendar "{calendar.id}"', "calendar", calendar.parent
    for item in plan.items:
        # Tested here for speed: a large plan has 100,000 items and few of these fields.
        if item.parent is not None:
            yield f'Item "{item.id}" (field "parent")', "item", item.parent
        if item.calendar is not None:
            yield f'Item "{item.id}" (field "calendar")', "calendar", item.calendar
        if item.source is not None:
            yield f'Item "{item.id}" (field "source")', "source", item.source.source
    for link in plan.links:
        yield f"The link {link.name}", "item", link.from_
        yield f"The link {link.name}", "item", link.to
        for evidence in link.evidence:
            yield f"Evidence of the link {link.name}", "source", evidence.source.source
    yield from _people_references(plan)
    yield from _measure_references(plan)
    yield from _source_references(plan)


def _source_references(plan: Plan) -> Iterator[tuple[str, _Kind, str | None]]:
    """Yield the documents that anything but items and links names as its source."""
    for where, source in (*_sources_of_facts(plan), *_sources_of_people(plan)):
        if source is not None:
            yield where, "source", source.source


def _sources_of_facts(plan: Plan) -> Iterator[tuple[str, Source | None]]:
    for item in plan.items:
        for deadline in item.deadlines:
            yield f'A deadline of item "{item.id}"', deadline.source
        for report in item.history:
            yield f'The history of item "{item.id}"', report.source
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


def _measure_references(plan: Plan) -> Iterator[tuple[str, _Kind, str | None]]:
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


def _people_references(plan: Plan) -> Iterator[tuple[str, _Kind, str | None]]:
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
