"""Whether a plan holds together: ids once each, references to what is there, a breakdown that ends.

Meeting rules are read here too, because a board that meets by no known rule holds every gate up.

Every fault is one sentence that names the entity and the field. Dependency cycles are not looked
for here: they depend on which links are used (`graphmodel.cycles`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphmodel.breakdown import ancestors_of, find_parent_circle
from graphmodel.england import ENGLAND
from graphmodel.meetings import meeting_anchor
from graphmodel.moments import finish_instant, start_instant, write_moment
from graphmodel.pointers import (
    NamedKind,
    calendar_pointers,
    item_pointers,
    link_pointers,
    other_pointers,
)
from graphmodel.recurrence import rule_fault

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.pointers import Pointer

__all__ = ["Known", "find_faults", "link_fault", "other_faults", "parent_fault", "repeated_ids"]

Parents = Mapping[str, str | None]

#: What a relation may join, beside the plan itself.
_RELATED: Final[tuple[NamedKind, ...]] = ("source", "item", "officer", "board")


@dataclass(frozen=True)
class Known:
    """The ids a plan holds, by kind; ``parents``: what each item is part of."""

    ids: dict[NamedKind, Container[str]]
    parents: Parents

    @classmethod
    def of(cls, plan: Plan, parents: Parents) -> Known:
        """Collect the ids of a plan whose items are the keys of ``parents``."""
        return cls(
            {
                "source": {source.id for source in plan.sources},
                "calendar": {calendar.id for calendar in plan.calendars} | {ENGLAND},
                "item": parents,
                "officer": {officer.id for officer in plan.officers},
                "board": {board.id for board in plan.boards},
            },
            parents,
        )

    def missing(self, pointers: Iterable[Pointer]) -> Iterator[str]:
        """Yield a sentence for each pointer at what the plan does not hold."""
        for where, kind, named in pointers:
            if named is not None and named not in self.ids[kind]:
                yield f'{where} names the {kind} "{named}", which the plan does not hold.'

    def link_faults(self, links: Iterable[Link]) -> Iterator[str]:
        """Yield what links name that the plan does not hold."""
        items = self.ids["item"]
        # Words cost more than the test: a large plan has 200,000 links, all of them right.
        for link in links:
            if link.evidence or link.from_ not in items or link.to not in items:
                yield from self.missing(link_pointers(link))

    def breakdown_faults(self, links: Iterable[Link]) -> Iterator[str]:
        """Yield what is wrong with links that join an item to itself or to what it is part of."""
        above = self._above
        for link in links:
            if link.from_ == link.to or link.from_ in above or link.to in above:
                fault = link_fault(link.from_, link.to, self.parents)
                if fault is not None:
                    yield fault

    @cached_property
    def _above(self) -> frozenset[str | None]:
        """What has parts."""
        return frozenset(self.parents.values())


def find_faults(plan: Plan) -> list[str]:
    """Return one sentence for each fault, in the order of the file."""
    parents = {item.id: item.parent for item in plan.items}
    known = Known.of(plan, parents)
    faults = [
        *repeated_ids(plan, (item.id for item in plan.items), (link.id for link in plan.links)),
        *known.missing(calendar_pointers(plan)),
        *(fault for item in plan.items for fault in known.missing(item_pointers(item))),
        *known.link_faults(plan.links),
        *known.missing(other_pointers(plan)),
        *other_faults(plan, known),
    ]
    circle = parent_fault(parents)
    if circle is not None:
        faults.append(circle)
    elif not faults:
        faults.extend(known.breakdown_faults(plan.links))
    return faults


def repeated_ids(plan: Plan, items: Iterable[str], links: Iterable[str | None]) -> Iterator[str]:
    """Yield a sentence for each id that two things of a kind have."""
    groups: dict[str, Iterable[str | None]] = {
        "sources": (source.id for source in plan.sources),
        "calendars": (calendar.id for calendar in plan.calendars),
        "items": items,
        "links": links,
        "officers": (officer.id for officer in plan.officers),
        "boards": (board.id for board in plan.boards),
        "gates": (gate.id for gate in plan.gates),
        "metrics": (metric.id for metric in plan.metrics),
        "risks": (risk.id for risk in plan.risks),
    }
    for name, ids in groups.items():
        for repeated, times in Counter(one for one in ids if one is not None).items():
            if times > 1:
                yield f'{times} {name} have the id "{repeated}": ids must differ.'


def other_faults(plan: Plan, known: Known) -> Iterator[str]:
    """Yield what is wrong with relations, calendars, meeting rules and blackouts."""
    for relation in plan.relations:
        for field, end in (("from", relation.from_), ("to", relation.to)):
            kinds = (known.ids[kind] for kind in _RELATED)
            if end != plan.id and not any(end in ids for ids in kinds):
                yield (
                    f'A relation "{relation.type}" names "{end}" as its "{field}", '
                    "which the plan does not hold."
                )
    circle = find_parent_circle({calendar.id: calendar.parent for calendar in plan.calendars})
    if circle:
        yield (
            f"These calendars are each other's parents: {', '.join(circle)}; "
            "take the parent away from one of them."
        )
    yield from _rule_faults(plan)
    yield from _blackout_faults(plan)


def parent_fault(parents: Parents) -> str | None:
    """Return what is wrong with a breakdown in which items are each other's parents."""
    circle = find_parent_circle(parents)
    return f"These items are each other's parents: {', '.join(circle)}." if circle else None


def link_fault(start: str, end: str, parents: Parents) -> str | None:
    """Return what is wrong with a link between these two items of a breakdown, if anything."""
    if start == end:
        return f'The link {start} → {end} joins "{start}" to itself: remove it.'
    if parents.get(start) is not None and end in ancestors_of(start, parents):
        return (
            f'The link {start} → {end} joins "{start}" to "{end}", which it is part of: remove it.'
        )
    if parents.get(end) is not None and start in ancestors_of(end, parents):
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
        start, finish = start_instant(blackout.start), finish_instant(blackout.finish)
        if start >= finish:
            wrong = "ends before it starts: exchange the two dates"
            if start == finish:
                wrong = "has no length: give it a later finish"
            yield (
                f"The blackout from {write_moment(blackout.start)} to "
                f"{write_moment(blackout.finish)} {wrong}."
            )
