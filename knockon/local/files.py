"""Everything of a plan as a file: what the command line writes, made in a folder of its own."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knockon.local.views import VIEWS, find_boards, find_health
from viz.paper.blocks import Named, Table, show_cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from knockon.local.desk import Opened
    from viz.paper.blocks import Cell, Paper

__all__ = ["FILES", "NamedFile", "find_file", "pack_paper", "through_file", "type_of"]

#: What the endings of our files are called on the web.
_TYPES: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".graphml": "application/xml",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}

_PAPER: Final = (".xlsx", ".docx", ".html", ".csv")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a plan can be had as: what it is, and what makes it."""

    what: str
    make: Callable[[Opened], bytes]


def find_file(name: str) -> NamedFile | None:
    """Return a file by its name, None where there is no such."""
    return FILES.get(name)


def type_of(name: str) -> str:
    """Return the media type of one of our files."""
    return _TYPES[Path(name).suffix]


def through_file(name: str, write: Callable[[Path], object]) -> bytes:
    """Return what is written to a file, which is in a folder that only this user can read."""
    with tempfile.TemporaryDirectory(prefix="knockon-") as folder:
        path = Path(folder, name)
        write(path)
        return path.read_bytes()


def _export(name: str) -> Callable[[Opened], bytes]:
    def make(opened: Opened) -> bytes:
        from loaders.writers.export import export_plan  # noqa: PLC0415 - heavy

        shown = None
        if name.endswith(".xml"):
            shown = {one.id: (one.start, one.finish) for one in opened.schedule.items}
        return through_file(name, lambda path: export_plan(opened.plan, path, shown=shown))

    return make


def _report(name: str) -> Callable[[Opened], bytes]:
    def make(opened: Opened) -> bytes:
        from knockon.reporting import report, write_report  # noqa: PLC0415 - heavy

        paper = opened.once("report", lambda: report(opened.plan))
        return through_file(name, lambda path: write_report(paper, path))

    return make


def _make_map(opened: Opened) -> bytes:
    from knockon.cli.pages import make_map  # noqa: PLC0415 - heavy

    return make_map(opened.plan).encode("utf-8")


def _write_meetings(opened: Opened) -> bytes:
    from knockon.calendars import write_calendar  # noqa: PLC0415 - heavy

    review = find_boards(opened)
    return through_file("meetings.ics", lambda path: write_calendar(review, path))


def _write_findings(opened: Opened) -> bytes:
    from knockon.findings_book import write_findings  # noqa: PLC0415 - heavy

    health = find_health(opened)
    return through_file("findings.xlsx", lambda path: write_findings(health, path))


def _view(view: str, ending: str) -> Callable[[Opened], bytes]:
    def make(opened: Opened) -> bytes:
        if ending == ".json":
            return json.dumps(VIEWS[view].pack(opened), ensure_ascii=False).encode("utf-8")
        return pack_paper(VIEWS[view].lay_out(opened), f"{view}{ending}")

    return make


def pack_paper(paper: Paper, name: str) -> bytes:
    """Return a page of blocks as a file of the kind that the ending of its name says."""
    if name.endswith(".csv"):
        return _pack_table(paper)
    from knockon.reporting import write_report  # noqa: PLC0415 - heavy

    return through_file(name, lambda path: write_report(paper, path))


def _pack_table(paper: Paper) -> bytes:
    """Return the first table of a page for spreadsheets, all rows of it."""
    from loaders.formulas import guard  # noqa: PLC0415 - heavy

    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    tables = (one for section in paper.sections for one in section.blocks if isinstance(one, Table))
    for table in tables:
        named = {place for row in table.rows for place, one in enumerate(row) if _is_named(one)}
        heads = [
            head
            for place, column in enumerate(table.columns)
            for head in (("Id", column.heading) if place in named else (column.heading,))
        ]
        writer.writerow(heads)
        for row in table.rows:
            cells = [
                text
                for place, cell in enumerate(row)
                for text in (_halves(cell) if place in named else (_plain(cell),))
            ]
            writer.writerow([guard(text) for text in cells])
        break
    return stream.getvalue().encode("utf-8-sig")


def _is_named(cell: Cell) -> bool:
    return isinstance(cell, Named)


def _halves(cell: Cell) -> tuple[str, str]:
    return (cell.id, cell.title) if isinstance(cell, Named) else ("", _plain(cell))


def _plain(cell: Cell) -> str:
    """Return a cell as machines read it: ISO dates, numbers without separators."""
    from graphmodel.moments import write_moment  # noqa: PLC0415

    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, (int, float)):
        return f"{cell:.10g}"
    return write_moment(cell) if isinstance(cell, date) else show_cell(cell)


_KINDS: Final = {
    ".json": "plan file, everything",
    ".xlsx": "workbook for Excel, which loads back",
    ".csv": "table of items, which loads back",
    ".xml": "schedule for MS Project",
    ".graphml": "graph for yEd and Gephi",
}

#: Every file of a plan, by name.
FILES: Final[dict[str, NamedFile]] = {
    **{f"plan{one}": NamedFile(f"The plan: {what}", _export(f"plan{one}"))
       for one, what in _KINDS.items()},
    "map.html": NamedFile("The map with what-if: a page to send", _make_map),
    **{f"report{one}": NamedFile(f"The report to a board: {what}", _report(f"report{one}"))
       for one, what in ((".html", "a page to send"), (".docx", "for Word"),
                         (".xlsx", "for Excel"), (".pdf", "to print"))},
    "meetings.ics": NamedFile("Meetings and days on which papers are due: a calendar",
                              _write_meetings),
    "findings.xlsx": NamedFile("What the checks found: a workbook", _write_findings),
    **{f"{view}{one}": NamedFile(f"The page {view}", _view(view, one))
       for view in VIEWS for one in (*_PAPER, ".json")},
}  # fmt: skip
