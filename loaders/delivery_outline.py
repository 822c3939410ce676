"""The tables of a delivery plan put in order: programmes, objectives, their facts, rows and heads.

1. A row whose first cell is a label ("Objective", "Division", "Lead Portfolio") states a fact of
   the objective or programme that was opened last; "Objective" and "Improvement Programme" open.
2. A row that names columns ("Delivery Actions, Delivery Due Date, …") is the head of a table of
   actions or metrics; it holds until the next head, objective or programme, page breaks included.
3. A row below the head of actions that has no id, and neither a date nor a name beside it, or no
   action, goes on with the row above: a page ended inside it.
4. The last heading before an objective or a programme is kept with it.
5. Whatever has no place by these rules is loose: kept with its line, to be reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.blocks import Heading, Paragraph
from loaders.delivery_labels import (
    COLUMNS,
    ActionHeader,
    MetricHeader,
    read_fact_label,
    read_header,
    read_label_note,
)
from loaders.ids import split_printed_id
from loaders.markup import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.blocks import Block, Row
    from loaders.delivery_labels import Fact

__all__ = [
    "ActionRow",
    "Loose",
    "MetricRow",
    "ObjectiveTable",
    "Outline",
    "ProgrammeTable",
    "Stated",
    "read_outline",
]


@dataclass(frozen=True, slots=True)
class Stated:
    """A cell and its line."""

    line: int
    cell: str


@dataclass(slots=True)
class ActionRow:
    """One row of actions; ``others`` are further columns by their headings."""

    line: int
    action: str = ""
    due: str = ""
    responsible: str = ""
    others: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class MetricRow:
    """One row of metrics, with the dates that the heads of its columns give."""

    line: int
    header: MetricHeader
    metric: str = ""
    baseline: str = ""
    target: str = ""
    others: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ProgrammeTable:
    """A programme: its cell, its facts, and the heading of the section it stands in."""

    line: int
    cell: str
    section: Heading | None
    facts: dict[Fact, Stated] = field(default_factory=dict)


@dataclass(slots=True)
class ObjectiveTable:
    """An objective: its cell, facts and rows, the heading before it and the programme before it."""

    line: int
    cell: str
    heading: Heading | None
    programme: ProgrammeTable | None
    facts: dict[Fact, Stated] = field(default_factory=dict)
    actions: list[ActionRow] = field(default_factory=list)
    metrics: list[MetricRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Loose:
    """Words without a place in the tables, and what they are."""

    line: int
    text: str
    why: str


@dataclass(slots=True)
class Outline:
    """A delivery plan's tables in the paper's order; ``front`` is what its first page says."""

    front: list[Heading] = field(default_factory=list)
    tables: list[ProgrammeTable | ObjectiveTable] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    continued: list[Stated] = field(default_factory=list)

    @property
    def objectives(self) -> list[ObjectiveTable]:
        """The objectives alone."""
        return [table for table in self.tables if isinstance(table, ObjectiveTable)]


def read_outline(blocks: Iterable[Block]) -> Outline:
    """Sort the blocks of a paper into the tables of a delivery plan; rules 1-5 above."""
    reader = _Reader()
    for block in blocks:
        if isinstance(block, Heading):
            reader.read_heading(block)
        elif isinstance(block, Paragraph):
            reader.begun = True
            reader.loosen(block.line, block.text, "is prose outside the tables")
        else:
            reader.begun = True
            for row in block.rows:
                reader.read_row(row)
    reader.drop_headings()
    reader.outline.loose.sort(key=lambda one: one.line)
    return reader.outline


class _Reader:
    """What was opened last, while the blocks go by."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.begun = False
        self.headings: list[Heading] = []
        self.section: Heading | None = None
        self.programme: ProgrammeTable | None = None
        self.objective: ObjectiveTable | None = None
        self.header: ActionHeader | MetricHeader | None = None

    def loosen(self, line: int, text: str | None, why: str) -> None:
        if text:
            self.outline.loose.append(Loose(line, text, why))

    def read_heading(self, heading: Heading) -> None:
        if self.begun:
            self.headings.append(heading)
        else:
            self.outline.front.append(heading)

    def drop_headings(self, *, but_last: bool = False) -> Heading | None:
        last = self.headings.pop() if but_last and self.headings else None
        for heading in self.headings:
            self.loosen(heading.line, heading.text, "is a heading outside the tables")
        self.headings.clear()
        return last

    def read_row(self, row: Row) -> None:
        header = read_header(row.cells)
        if header is not None:
            self.read_head(row, header)
            return
        fact = read_fact_label(row.cells[0])
        if fact is not None:
            self.read_fact(fact, row)
        elif isinstance(self.header, ActionHeader) and self.objective is not None:
            self.read_action(row, self.header, self.objective)
        elif isinstance(self.header, MetricHeader) and self.objective is not None:
            cells = self.by_column(row, self.header.columns)
            self.objective.metrics.append(_metric_row(row.line, self.header, cells))
        else:
            self.loosen(row.line, _words(row), "is a row outside the tables")

    def read_head(self, row: Row, header: ActionHeader | MetricHeader) -> None:
        self.header = header  # rule 2
        dated = {"baseline", "target"} if isinstance(header, MetricHeader) else set[str]()
        for column, cell in zip(header.columns, row.cells, strict=True):
            if column not in COLUMNS:
                self.loosen(row.line, column, "heads a column whose cells are kept as they stand")
            elif column not in dated:
                self.loosen(row.line, read_label_note(cell), "is a note in the head of a table")

    def read_fact(self, fact: Fact, row: Row) -> None:
        if len(row.cells) == 1:
            self.loosen(row.line, _words(row), "is a label without a fact")
            return
        self.loosen(row.line, read_label_note(row.cells[0]), "is a note in a label")
        stated = Stated(row.line, row.cells[1])
        self.loosen(row.line, _words(row, 2), "stands in a further column")
        if fact == "programme":
            self.section = self.drop_headings(but_last=True) or self.section
            self.programme = ProgrammeTable(row.line, stated.cell, self.section)
            self.objective, self.header = None, None
            self.outline.tables.append(self.programme)
            return
        if fact == "objective":
            heading = self.drop_headings(but_last=True)
            self.objective = ObjectiveTable(row.line, stated.cell, heading, self.programme)
            self.header = None
            self.outline.tables.append(self.objective)
            return
        owner = self.objective or self.programme
        if owner is None:
            self.loosen(row.line, _words(row), "stands before any objective")
        elif fact in owner.facts:
            self.loosen(row.line, _words(row), "is said a second time")
        else:
            owner.facts[fact] = stated

    def read_action(self, row: Row, header: ActionHeader, objective: ObjectiveTable) -> None:
        cells = self.by_column(row, header.columns)
        action, due = cells.pop("action", ""), cells.pop("due", "")
        responsible = cells.pop("responsible", "")
        alone = not (due or responsible) and split_printed_id(read_words(action)) is None
        if objective.actions and (alone or not action):  # rule 3
            above = objective.actions[-1]
            above.action = _go_on(above.action, action)
            above.due = _go_on(above.due, due)
            above.responsible = _go_on(above.responsible, responsible)
            for heading, text in cells.items():
                above.others[heading] = _go_on(above.others.get(heading, ""), text)
            self.outline.continued.append(Stated(row.line, _words(row)))
            return
        objective.actions.append(ActionRow(row.line, action, due, responsible, cells))

    def by_column(self, row: Row, columns: tuple[str, ...]) -> dict[str, str]:
        """Return the cells by column; those without one are loose."""
        cells: dict[str, str] = {}
        for place, cell in enumerate(row.cells):
            if not read_words(cell):
                continue
            column = columns[place] if place < len(columns) else ""
            if column and column not in cells:
                cells[column] = cell
            else:
                self.loosen(row.line, read_words(cell), "stands in a further column")
        return cells


def _metric_row(line: int, header: MetricHeader, cells: dict[str, str]) -> MetricRow:
    known = [cells.pop(column, "") for column in ("metric", "baseline", "target")]
    return MetricRow(line, header, known[0], known[1], known[2], cells)


def _go_on(above: str, below: str) -> str:
    return f"{above} {below}".strip()


def _words(row: Row, first: int = 0) -> str:
    return " ".join(words for cell in row.cells[first:] if (words := read_words(cell)))
