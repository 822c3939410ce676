"""Resources of a schedule as officers, and who does or answers for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphmodel.people import Assignment, Officer
from loaders.draft import SOURCE
from loaders.ids import make_slug
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loaders.schedules.breakdown import Breakdown
    from loaders.schedules.journal import Journal
    from loaders.schedules.tasks import Resource, Schedule

__all__ = ["People", "find_people"]

#: Resources that are used up or paid, and work on nothing.
_USED: Final = frozenset({"material", "cost"})


@dataclass(frozen=True)
class People:
    """Officers with their assignments; ``used``: titles of the materials and costs of each item."""

    officers: tuple[Officer, ...]
    assignments: tuple[Assignment, ...]
    used: Mapping[str, tuple[str, ...]]


def find_people(schedule: Schedule, breakdown: Breakdown, journal: Journal) -> People:
    """Return who works on what; assignments that name nobody or nothing known are told."""
    officers = _name_officers(schedule)
    resources = {one.uid: one for one in reversed(schedule.resources)}
    assignments: dict[tuple[str, str, str], Assignment] = {}
    used: dict[str, dict[str, None]] = {}
    for works in schedule.works:
        item, resource = breakdown.find(works.task), resources.get(works.resource)
        if item is None or resource is None:
            what = "resource" if resource is None else "row"
            number = works.resource if resource is None else works.task
            journal.tell(
                "assignment-not-placed",
                "warning",
                f"An assignment names the {what} {number}, which the file does not hold: it is "
                "left out.",
                works.line,
            )
        elif resource.kind in _USED:
            used.setdefault(item, {})[resource.title or resource.uid] = None
        else:
            role = works.role
            officer = officers[resource.uid].id
            if (officer, item, role) not in assignments:
                assignments[officer, item, role] = Assignment.model_validate(
                    {
                        "officer": officer,
                        "item": item,
                        "role": role,
                        "source": {"source": SOURCE, "line": works.line},
                    }
                )
    return People(
        tuple(officers.values()),
        tuple(assignments.values()),
        {item: tuple(titles) for item, titles in used.items()},
    )


def _name_officers(schedule: Schedule) -> dict[str, Officer]:
    officers: dict[str, Officer] = {}
    again: dict[str, int] = {}
    taken: set[str] = set()
    for one in schedule.resources:
        if one.kind in _USED or one.uid in officers:
            continue
        wanted = name = make_slug(one.title) or f"resource-{make_slug(one.uid) or len(officers)}"
        while name in taken:
            again[wanted] = again.get(wanted, 1) + 1
            name = f"{wanted}-{again[wanted]}"
        taken.add(name)
        officers[one.uid] = Officer.model_validate(dict(_officer(one, name)))
    return officers


def _officer(one: Resource, name: str) -> Iterator[tuple[str, Any]]:
    yield "id", name
    yield "title", clean(one.title)
    yield "kind", "group" if one.kind == "equipment" else "office"
    yield "source", {"source": SOURCE, "line": one.line}
    yield from ((key, value) for key, value in one.facts.items() if value not in (None, ""))
