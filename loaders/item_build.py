"""Items from rows: every field that a row fills, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.items import Item, Source
from loaders.item_dates import read_dates, read_length
from loaders.stamping import stamp
from loaders.status_rules import vet_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loaders.exports import Export
    from loaders.faults import CellFaults
    from loaders.item_cells import Report
    from loaders.item_names import Node
    from loaders.item_rows import ItemRow

__all__ = ["make_item", "read_report", "report_fields"]

_PATTERN = Item(id="-", kind="action", title="")

#: Fields that are taken as they are read.
_PLAIN = ("grade", "cause", "division")


def make_item(
    node: Node, source: Source, exports: Mapping[int, Export], faults: CellFaults
) -> Item:
    """Return the item of a node; what its row says against itself is told and left out."""
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
        return stamp(_PATTERN, fields)
    values = row.values
    working = exports[id(row.table)].working
    dates = read_dates(node, faults, working=working)
    if values.keys() & _REPORTING or dates.keys() & _REPORTING or row.row.colours:
        reported = read_report(row, faults)
        reported |= {name: dates.pop(name) for name in _FACTS if name in dates}
        fields |= _vet(node, reported, faults)
        remaining = read_length(node, "remaining", faults, working=working)
        if remaining is not None:
            fields["remaining"] = remaining
    planned = dates.get("planned")
    if planned is not None and planned.precision == "complete":
        fields.setdefault("status", "complete")
    fields |= dates
    fields |= {name: values[name] for name in _PLAIN if name in values}
    tags = tuple(dict.fromkeys(tag for _, found in values.get("tags", ()) for tag in found))
    if tags:
        fields["tags"] = tags
    if planned is not None and _is_instant(fields) and values.get("kind") is None:
        fields["kind"] = "milestone" if node.kind == "activity" else node.kind
    return stamp(_PATTERN, fields, row.facts)


_FACTS = ("actual_start", "actual_finish", "forecast")
_REPORTING = frozenset({"report", "progress", "percent", "rag", "remaining", *_FACTS})


def _is_instant(fields: Mapping[str, Any]) -> bool:
    """Return whether an item has a duration, and that is nothing."""
    duration = fields.get("duration")
    return duration is not None and not duration


def _vet(node: Node, reported: Mapping[str, Any], faults: CellFaults) -> dict[str, Any]:
    vetted = vet_report(reported, _PATTERN)
    row = node.row
    for finding in vetted.findings:
        if row is None or finding.code == "complete-without-date":  # usual in a plan
            continue
        column = row.column(report_column(row, finding.refused))
        what = f"{node.id}: {finding.message}; {_names(finding.refused)} left out"
        cell = (row.row.number, column)
        faults.add(row.table.sheet, cell, (finding.code, finding.severity, what), node.id)
    return {name: value for name, value in vetted.fields.items() if value is not None}


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


def report_fields(row: ItemRow, faults: CellFaults) -> dict[str, Any]:
    """Return every field that a row of a status return fills."""
    dates = {name: row.values.get(name) for name in _FACTS}
    fields = read_report(row, faults)
    for name, partial in dates.items():
        if partial is None:
            continue
        first = partial.window or partial.planned.start
        day = first if name == "actual_start" else partial.planned.finish
        if day is not None:
            fields[name] = day
    return fields | {name: row.values[name] for name in ("grade", "cause") if name in row.values}
