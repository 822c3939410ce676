"""Ids of a schedule's rows: those people know them by, made fit for a plan and kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loaders.schedules.journal import Journal
    from loaders.schedules.tasks import Task

__all__ = ["fit_id", "name_tasks"]

#: Room is left for "~2" within the 200 characters of an id.
_LONGEST: Final = 180


def fit_id(wanted: str, fallback: str) -> str:
    """Return a text as an id: one line, no ``:`` (which sets a plan's id apart), not too long."""
    plain = clean("".join(one if one.isprintable() else " " for one in clean(wanted)))
    return plain.replace(":", ".")[:_LONGEST].strip() or fallback


def name_tasks(tasks: Iterable[Task], journal: Journal) -> Mapping[int, str]:
    """Return the id of each task by its place in the file; the second of two equal gets ``~2``."""
    names: dict[int, str] = {}
    given: dict[str, int | None] = {}
    again: dict[str, int] = {}
    for place, task in enumerate(tasks):
        wanted = name = fit_id(task.id, f"row-{place + 1}")
        while name in given:
            again[wanted] = again.get(wanted, 1) + 1
            name = f"{wanted}~{again[wanted]}"
        if name != wanted:
            first = given[wanted]
            where = "" if first is None else f" (first on line {first})"
            journal.tell(
                "id-twice",
                "error",
                f"The id {wanted} is given twice{where}: the second is kept as {name}.",
                task.line,
                (wanted, name),
            )
        given[name] = task.line
        names[place] = name
    return names
