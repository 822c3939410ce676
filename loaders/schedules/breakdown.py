"""What each row of a schedule is part of, as ids; circles and unknown summaries are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loaders.schedules.journal import Journal
    from loaders.schedules.tasks import Task

__all__ = ["Breakdown"]

#: Rows of a circle that a message names.
_SHOWN: Final = 10


@dataclass(frozen=True)
class Breakdown:
    """The rows of a schedule by place in the file, and which is part of which.

    Attributes
    ----------
    names
        Id of each row's item.
    places
        Place of each uid; the first of two rows with one uid.
    above
        Place of the summary that each row is part of.
    """

    tasks: Sequence[Task]
    names: Mapping[int, str]
    places: Mapping[str, int]
    above: Mapping[int, int]

    @classmethod
    def of(cls, tasks: Sequence[Task], names: Mapping[int, str], journal: Journal) -> Self:
        """Find what each row is part of; a summary in a circle of summaries stands alone."""
        places: dict[str, int] = {}
        for place, task in enumerate(tasks):
            places.setdefault(task.uid, place)
        above: dict[int, int] = {}
        for place, task in enumerate(tasks):
            if task.parent is None:
                continue
            found = places.get(task.parent)
            if found is None:
                name = names[place]
                journal.tell(
                    "parent-missing",
                    "warning",
                    f'"{name}" is part of the row {task.parent}, which the file does not hold: it '
                    "stands at the top.",
                    task.line,
                    (name,),
                )
            else:
                above[place] = found
        _break_circles(tasks, names, above, journal)
        return cls(tasks, names, places, above)

    def find(self, uid: str) -> str | None:
        """Return the id of a row's item."""
        place = self.places.get(uid)
        return None if place is None else self.names[place]

    def ancestors(self, place: int) -> list[Task]:
        """Return the summaries that a row is part of, nearest first."""
        found: list[Task] = []
        above = self.above.get(place)
        while above is not None:
            found.append(self.tasks[above])
            above = self.above.get(above)
        return found

    def parents(self) -> dict[str, str | None]:
        """Return the id of what each item is part of."""
        return {
            name: self.names[self.above[place]] if place in self.above else None
            for place, name in self.names.items()
        }


def _break_circles(
    tasks: Sequence[Task], names: Mapping[int, str], above: dict[int, int], journal: Journal
) -> None:
    """Take one row of each circle out of what it is part of: the one that leads back to it."""
    settled: set[int] = set()
    for first in list(above):
        trail: dict[int, None] = {}
        place: int | None = first
        while place is not None and place not in settled:
            if place in trail:
                on_it = list(trail)
                _break_one(on_it[on_it.index(place) :], tasks, names, journal)
                del above[on_it[-1]]
                break
            trail[place] = None
            place = above.get(place)
        settled.update(trail)


def _break_one(
    circle: Sequence[int], tasks: Sequence[Task], names: Mapping[int, str], journal: Journal
) -> None:
    words = tuple(names[place] for place in circle)
    journal.tell(
        "parent-circle",
        "error",
        f'These rows are parts of each other: {", ".join(words[:_SHOWN])}; "{words[-1]}" stands '
        "at the top.",
        tasks[circle[-1]].line,
        words,
    )
