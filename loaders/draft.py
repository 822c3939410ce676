"""A plan in the making: what a reader of papers has found so far, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.items import Source
from graphmodel.problems import Place, Problem
from loaders.ids import free_id
from loaders.text import shorten

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.measures import Metric
    from graphmodel.partial import Partial
    from graphmodel.problems import Severity

__all__ = ["SOURCE", "Draft"]

#: The id of the one document a paper's plan comes from.
SOURCE = "s1"


class Draft:
    """Items and metrics in the paper's order, and problems; ids are given out once each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.items: dict[str, Item] = {}
        self.metrics: list[Metric] = []
        self.problems: list[Problem] = []

    def report(
        self,
        code: str,
        severity: Severity,
        message: str,
        line: int | None = None,
        items: tuple[str, ...] = (),
    ) -> None:
        """Keep a problem; ``line`` counts from 1."""
        self.problems.append(Problem(code, severity, message, items, Place(self.name, line)))

    def report_dates(self, partial: Partial, item: str, line: int) -> None:
        """Keep what is doubtful about the wording of an item's date."""
        for note in partial.notes:
            self.report(note.code, note.severity, f"{item}: {note.message}.", line, (item,))

    def report_loose(self, line: int, text: str, why: str) -> None:
        """Say that words of the paper have no place in the plan; the line holds all of them."""
        self.report("not-placed", "info", f'"{shorten(text)}" {why}.', line)

    def source(self, line: int, quote: str) -> Source:
        """Return where in the paper something stands, with its words."""
        return Source(source=SOURCE, line=line, quote=quote)

    def claim(self, wanted: str, line: int) -> str:
        """Return an id for a new item: the printed one, or ``~2`` and a problem if it is taken."""
        given = free_id(wanted, self.items, "~")
        if given != wanted:
            first = self.items.get(wanted)
            where = f" (first on line {first.source.line})" if first and first.source else ""
            self.report(
                "id-twice",
                "error",
                f"The id {wanted} is given twice{where}: the second is kept as {given}.",
                line,
                (wanted, given),
            )
        return given

    def add(self, item: Item) -> None:
        """Keep an item whose id was claimed."""
        self.items[item.id] = item

    def change(self, item: str, **fields: Any) -> None:
        """Give fields of an item another value."""
        self.items[item] = self.items[item].model_copy(update=fields)
