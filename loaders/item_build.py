"""Items from rows: every field that a row fills, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.items import Item
from loaders.item_dates import FACTS, DateReader, read_facts
from loaders.stamping import Stamp
from loaders.status_rules import vet_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.items import Source
    from loaders.exports import Export
    from loaders.faults import CellFaults
    from loaders.item_cells import Report
    from loaders.item_names import Node
    from loaders.item_rows import ItemRow

__all__ = ["ItemMaker", "read_report", "report_column"]

_PATTERN: Final = Item(id="-", kind="action", title="")
_ITEM: Final = Stamp(_PATTERN)

#: Fields that are taken as they are read.
_PLAIN: Final = ("label", "grade", "cause", "division")

_WORDS: Final = ("report", "progress", "percent", "rag")
_FACTS: Final = frozenset(FACTS)
_REPORTING: Final = frozenset({*_WORDS, *FACTS})


class ItemMaker:
    """Makes the items of nodes; what a row says against itself is told and left out."""

    def __init__(self, exports: Mapping[int, Export], faults: CellFaults) -> None:
        self._exports = exports
        self._faults = faults
        self._dates = DateReader(faults)
        self._reports: dict[tuple[Any, ...], dict[str, Any]] = {}

    def make(self, node: Node, source: Source) -> Item:
        """Return the item of a node."""
        row = node.row
        fields: dict[str, Any] = {
            "id": node.id,
            "kind": node.kind,
            "title": node.title,
            "source": source,
        }
        if node.parent is not None:
            fields["parent"] = node.parent.id
        if row is None:
            return _ITEM.make(fields)
        values = row.values
        working = self._exports[id(row.table)].working
        dates = self._dates.read(node, row, working=working)
        if row.row.colours or not _REPORTING.isdisjoint(values):
            fields |= self._find_report(node, row)
        if "remaining" in values:
            remaining = self._dates.read_length(node, row, "remaining", working=working)
            if remaining is not None:
                fields["remaining"] = remaining
        planned = dates.get("planned")
        if planned is not None and planned.precision == "complete":
            fields.setdefault("status", "complete")
        fields |= dates
        fields |= _plain_fields(values)
        if node.kind == "activity" and "kind" not in values and _is_instant(fields):
            fields["kind"] = "milestone"
        return _ITEM.make(fields, row.facts)

    def _find_report(self, node: Node, row: ItemRow) -> dict[str, Any]:
        """Return what a row reports; rows that say the same without dates are read once."""
        values = row.values
        if row.row.colours or not _FACTS.isdisjoint(values):
            return self._read_report(node, row)[0]
        key = tuple(values.get(name) for name in _WORDS)
        fields = self._reports.get(key)
        if fields is None:
            fields, is_clean = self._read_report(node, row)
            if is_clean:
                self._reports[key] = fields
        return fields

    def _read_report(self, node: Node, row: ItemRow) -> tuple[dict[str, Any], bool]:
        """Return what a row reports, and whether there is nothing to tell about it."""
        reported = read_report(row, self._faults) | read_facts(row.values)
        vetted = vet_report(reported, _PATTERN)
        for finding in vetted.findings:
            if finding.code == "complete-without-date":  # usual in a plan
                continue
            column = row.column(report_column(row, finding.refused))
            what = f"{node.id}: {finding.message}; {_names(finding.refused)} left out"
            cell = (row.row.number, column)
            fault = (finding.code, finding.severity, what)
            self._faults.add(row.table.sheet, cell, fault, node.id)
        fields = {name: value for name, value in vetted.fields.items() if value is not None}
        is_clean = not vetted.findings and "x_status" not in row.facts
        return fields, is_clean


def _plain_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are taken as they are read."""
    fields = {name: values[name] for name in _PLAIN if name in values}
    if "tags" in values:
        fields["tags"] = tuple(dict.fromkeys(tag for _, found in values["tags"] for tag in found))
    return fields


def _is_instant(fields: Mapping[str, Any]) -> bool:
    """Return whether an item has a duration, and that is nothing."""
    duration = fields.get("duration")
    return duration is not None and not duration


def _names(fields: tuple[str, ...]) -> str:
    words = " and ".join(name.replace("_", " ") for name in fields)
    return f"{words} {'are' if len(fields) > 1 else 'is'}"


def report_column(row: ItemRow, fields: tuple[str, ...]) -> str:
    """Return the column that says the first of these fields of an item."""
    names = {"status": ("report", "progress"), "percent": ("percent", "progress", "report")}
    wanted = (one for field in fields for one in names.get(field, (field,)))
    return next((one for one in wanted if one in row.values), "id")


def read_report(row: ItemRow, faults: CellFaults) -> dict[str, Any]:
    """Return status, percent and RAG of a row: from words, numbers, letters and fills."""
    values = row.values
    fields: dict[str, Any] = {}
    for name in ("progress", "report"):
        report: Report | None = values.get(name)
        if report is None:
            continue
        found = {"status": report.status, "rag": report.rag, "percent": report.percent}
        fields |= {field: value for field, value in found.items() if value is not None}
        if report.judgement is not None:
            message = (
                f'"{report.judgement}" does not say whether work has begun: it is kept as x_status'
            )
            cell = (row.row.number, row.column(name))
            faults.add(row.table.sheet, cell, ("status-without-stage", "info", message))
            row.facts["x_status"] = report.judgement
    fields |= {name: values[name] for name in ("percent", "rag") if name in values}
    rag = _read_colour(row, fields.get("rag"), faults)
    if rag is not None:
        fields["rag"] = rag
    return fields


def _read_colour(row: ItemRow, said: str | None, faults: CellFaults) -> str | None:
    """Return the RAG that the fill of the RAG cell, else of the status cell, stands for."""
    if not row.row.colours:
        return None
    colours = dict(row.row.colours)
    by_field = {column.field: place for place, column in row.table.known.items()}
    if "rag" in by_field:
        place, colour = by_field["rag"], colours.get(by_field["rag"])
    elif "report" in by_field:
        place, colour = by_field["report"], colours.get(by_field["report"])
        colour = None if colour == "blue" else colour  # a colour of tables, more often than a RAG
    else:
        return None
    if said is None or colour is None:
        return colour
    if colour not in said:
        message = f'The cell says "{said}" and is filled {colour}; the words count'
        cell = (row.row.number, place)
        faults.add(row.table.sheet, cell, ("rag-colour-differs", "warning", message))
    return None
