"""A report as a Word document in the shape of a committee paper; through python-docx.

Everything is what Word itself knows: headings, captions, tables whose header is repeated and read
out. The timelines of the page are tables here, so that they can be read aloud and edited; charts
are pictures with their words and the table that holds the same.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import MissingExtraError
from graphmodel.words import count
from viz.charts.draw import draw_png
from viz.paper.blocks import (
    Bullets,
    Chain,
    Course,
    Figures,
    Graph,
    Heat,
    Loud,
    Named,
    Picture,
    Spread,
    Table,
    Text,
    show_cell,
    tell_rest,
)
from viz.paper.monthgrid import lay_out_months
from viz.paper.wordmarks import (
    box,
    describe_picture,
    describe_table,
    keep_row,
    paint,
    repeat_header,
    rule,
    set_margins,
    set_widths,
)
from viz.paper.wordstyles import MAIN, set_up
from viz.words import shorten, show_month

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viz.paper.blocks import Block, Cell, Paper

__all__ = ["write_word"]

#: The width of the text on A4 with margins of 2 cm, in centimetres.
_WIDTH: Final = 17.0
_BAND: Final = "F3F5F6"
_LATE: Final = "A3201A"
_RULE: Final = "AEB5BA"
#: Shades of a heat table, and whether the number on them is white.
_SHADES: Final = (
    ("", False), ("E4EDF4", False), ("B9D0E3", False), ("2F6A9B", True), ("12436D", True),
)  # fmt: skip
#: Characters of a title in a table.
_TITLE: Final = 110
#: The narrowest column, and the narrowest that a date fits into, in centimetres.
_NARROWEST: Final = 1.5
_DATED: Final = 2.05


def write_word(paper: Paper, fit: Callable[[str], str]) -> bytes:
    """Return a report as the content of a .docx file.

    Parameters
    ----------
    fit
        Makes a text one that XML can hold.

    Raises
    ------
    MissingExtraError
        python-docx is not installed.
    """
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("python-docx", "documents", "Writing a Word document") from error
    writer = _Writer(docx.Document(), fit)
    writer.write(paper)
    stream = io.BytesIO()
    writer.document.save(stream)
    return stream.getvalue()


class _Writer:
    """Writes the parts of a report to a document, one after the other."""

    def __init__(self, document: Any, fit: Callable[[str], str]) -> None:
        self.document = document
        self._fit = fit
        self._tables = 0
        self._graphs = 0
        self._draw: dict[type, Callable[[Any], None]] = {
            Text: self._text,
            Bullets: self._bullets,
            Figures: self._figures,
            Table: self._table,
            Heat: self._heat,
            Picture: self._picture,
            Chain: self._chain,
            Graph: self._graph,
        }

    def write(self, paper: Paper) -> None:
        set_up(self.document, paper, self._fit)
        self._front(paper)
        for number, section in enumerate(paper.sections, start=2):
            self.document.add_heading(self._fit(f"{number}. {section.title}"), level=1)
            for block in section.blocks:
                self._block(block)

    def _block(self, block: Block) -> None:
        self._draw[type(block)](block)

    def _front(self, paper: Paper) -> None:
        self.document.add_paragraph(self._fit(paper.title), style="Title")
        facts = [
            ("Plan", " ".join(one for one in (paper.plan_title, paper.version) if one)),
            ("Report of", paper.report_of),
            ("Data as of", paper.data_date),
            ("Purpose", "For noting: this report asks for no decision."),
        ]
        told = [fact for fact in facts if fact[1]]
        table = self._new_table(len(told), 2)
        describe_table(table, "About this report", "Whose report it is, and of which day.")
        set_margins(table, 100, 40)
        for row, (what, value) in zip(table.rows, told, strict=True):
            keep_row(row)
            paint(row.cells[0], _BAND)
            self._put(row.cells[0], what, bold=True)
            self._put(row.cells[1], value)
        set_widths(table, [3.5, _WIDTH - 3.5])
        self.document.add_heading("1. Summary", level=1)
        if paper.basis:
            self.document.add_paragraph(self._fit(paper.basis))
        headline = self.document.add_paragraph()
        run = headline.add_run(self._fit(paper.headline))
        run.bold = True
        box(headline, MAIN, _BAND)
        for sentence in paper.summary:
            self.document.add_paragraph(self._fit(sentence))
        self._figures(paper.figures)

    def _text(self, block: Text) -> None:
        self.document.add_paragraph(self._fit(block.text))

    def _bullets(self, block: Bullets) -> None:
        if len(block.entries) == 1:
            self.document.add_paragraph(self._fit(block.entries[0]))
            return
        for entry in block.entries:
            self.document.add_paragraph(self._fit(entry), style="List Bullet")
        if block.more:
            self.document.add_paragraph(f"And {block.more:,} more.")

    def _figures(self, block: Figures) -> None:
        from docx.shared import Pt, RGBColor  # noqa: PLC0415

        table = self._new_table(2, len(block.figures))
        describe_table(table, "Figures", "What is counted, and below it the number.")
        set_margins(table, 80, 50)
        repeat_header(table.rows[0])
        for place, figure in enumerate(block.figures):
            paint(table.rows[0].cells[place], _BAND)
            self._put(table.rows[0].cells[place], figure.label, size=8.5)
            run = self._put(table.rows[1].cells[place], figure.value, bold=True)
            run.font.size = Pt(15)
            run.font.color.rgb = RGBColor.from_string(_LATE if figure.alarm else MAIN)
        set_widths(table, [_WIDTH / len(block.figures)] * len(block.figures))

    def _table(self, block: Table) -> None:
        if not block.limit:
            return
        self._caption(block.caption)
        table = self._grid([column.heading for column in block.columns], block.caption)
        for row in block.shown:
            cells = self._add_row(table)
            for cell, value, column in zip(cells, row, block.columns, strict=True):
                self._value(cell, value, column.unit)
        set_widths(table, _share(block))
        self._rest(tell_rest(len(block.shown), len(block.rows)))

    def _heat(self, block: Heat) -> None:
        self._caption(block.caption)
        earlier, later = block.has_earlier, block.has_later
        months = [show_month(month).replace(" ", "\n") for month in block.months_shown]
        heads = [
            block.heading,
            *(["Ear-\nlier"] if earlier else []),
            *months,
            *(["Later"] if later else []),
            "In\nall",
        ]
        table = self._grid(heads, block.caption, size=7.5, sides=30)
        for row in block.shown:
            inside = block.inside(row)
            before = [(block.earlier(row), 0)] if earlier else []
            after = [(block.later(row), 0)] if later else []
            shaded = [(value, block.shade(value)) for value in inside]
            cells = self._add_row(table)
            self._put(cells[0], row.name, size=8)
            every = [*before, *shaded, *after, (sum(row.values), 0)]
            for cell, (value, shade) in zip(cells[1:], every, strict=True):
                self._number(cell, value, shade)
        narrow = (_WIDTH - 4.6) / (len(heads) - 1)
        set_widths(table, [4.6] + [narrow] * (len(heads) - 1))
        self._rest(tell_rest(len(block.shown), len(block.rows), "officer"))

    def _number(self, cell: Any, value: int, shade: int) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
        from docx.shared import RGBColor  # noqa: PLC0415

        colour, is_dark = _SHADES[shade]
        run = self._put(cell, f"{value}" if value else "", size=8)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        if colour:
            paint(cell, colour)
        if is_dark:
            run.font.color.rgb = RGBColor(255, 255, 255)
            run.bold = True

    def _picture(self, block: Picture) -> None:
        self.document.add_heading(self._fit(block.caption), level=2)
        grid = lay_out_months(block.timeline)
        marks = f"○ {block.before}, ● {block.after}"
        if block.has_ranges:
            marks += ", ► on to here if the gaps are work"
        caption = f"{marks}; ○● where both fall into one column"
        if grid.step > 1:
            caption += f"; each column holds {grid.step} months from the one it names"
        self._caption(caption)
        heads = ["Item", "Before", "After", *(one.replace(" ", "\n") for one in grid.heads)]
        table = self._grid(heads, block.caption, size=7.5, sides=40)
        for row in grid.rows:
            cells = self._add_row(table)
            self._value(cells[0], Named(row.id, shorten(row.title, 70)), "", size=8)
            self._put(cells[1], row.before, size=8)
            self._put(cells[2], row.after, size=8)
            for cell, mark in zip(cells[3:], row.marks, strict=True):
                self._put(cell, mark, size=8)
        rest = (_WIDTH - 5.0 - 1.9 - 2.1) / len(grid.heads)
        set_widths(table, [5.0, 1.9, 2.1, *([rest] * len(grid.heads))])
        if block.timeline.more:
            self._rest(f"{count(block.timeline.more, 'more item')} in the tables.")

    def _chain(self, block: Chain) -> None:
        from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

        self.document.add_heading(self._fit(block.name), level=2)
        for step in block.shown:
            entry = self.document.add_paragraph(style="List Bullet")
            entry.paragraph_format.left_indent = Cm(0.6 + 0.6 * min(step.depth, 6))
            entry.add_run(self._fit(f"{step.item.id} ")).bold = True
            entry.add_run(self._fit(shorten(step.item.title, _TITLE)))
            if step.by:
                entry.add_run(self._fit(f", {step.by}"))
            if step.late:
                run = entry.add_run(self._fit(f", {step.late}"))
                run.bold = True
                run.font.color.rgb = RGBColor.from_string(_LATE)
            if step.because:
                entry.add_run(self._fit(f"\n{step.because}")).font.size = Pt(9)
        self._rest(tell_rest(len(block.shown), len(block.steps), "step"))

    def _graph(self, block: Graph) -> None:
        from docx.shared import Cm  # noqa: PLC0415

        self._graphs += 1
        told = f"Figure {self._graphs}. {block.chart.title}"
        self.document.add_paragraph(self._fit(told), style="Caption")
        self._rest(self._fit(f"{block.chart.subtitle}."))
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        shape = self.document.add_picture(io.BytesIO(draw_png(block.chart)), width=Cm(_WIDTH))
        describe_picture(shape, self._fit(block.chart.title), self._fit(block.chart.words))
        self._table(block.table)

    def _caption(self, text: str) -> None:
        self._tables += 1
        self.document.add_paragraph(self._fit(f"Table {self._tables}. {text}"), style="Caption")

    def _grid(self, heads: Sequence[str], title: str, *, size: float = 8.5, sides: int = 70) -> Any:
        table = self._new_table(1, len(heads))
        told = f"Its columns: {', '.join(' '.join(head.split()) for head in heads)}."
        describe_table(table, self._fit(title), self._fit(told))
        set_margins(table, sides, 30)
        repeat_header(table.rows[0])
        keep_row(table.rows[0])
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            paint(cell, _BAND)
            self._put(cell, head, size=size, bold=True)
        return table

    def _new_table(self, rows: int, columns: int) -> Any:
        table = self.document.add_table(rows=rows, cols=columns)
        table.style = "Table Grid"
        rule(table, _RULE)
        return table

    @staticmethod
    def _add_row(table: Any) -> Sequence[Any]:
        row = table.add_row()
        keep_row(row)
        cells: Sequence[Any] = row.cells
        return cells

    def _value(self, cell: Any, value: Cell, unit: str, *, size: float = 8.5) -> None:
        from docx.shared import Pt, RGBColor  # noqa: PLC0415

        if isinstance(value, Named):
            self._put(cell, f"{value.id} ", size=size, bold=True)
            run = cell.paragraphs[0].add_run(self._fit(shorten(value.title, _TITLE)))
            run.font.size = Pt(size)
            return
        run = self._put(cell, show_cell(value, unit), size=size, bold=isinstance(value, Loud))
        if isinstance(value, Loud):
            run.font.color.rgb = RGBColor.from_string(_LATE)

    def _put(self, cell: Any, text: str, *, size: float | None = None, bold: bool = False) -> Any:
        from docx.shared import Pt  # noqa: PLC0415

        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(self._fit(text))
        run.bold = bold or None
        if size is not None:
            run.font.size = Pt(size)
        return run

    def _rest(self, sentence: str) -> None:
        from docx.shared import Pt  # noqa: PLC0415

        after = self.document.add_paragraph()
        after.paragraph_format.space_before = Pt(3 if sentence else 0)
        after.paragraph_format.space_after = Pt(4 if sentence else 0)
        # An empty paragraph keeps two tables apart: its mark has a size too.
        after.paragraph_format.line_spacing = None if sentence else Pt(6)
        after.add_run(sentence).font.size = Pt(8.5)


def _share(block: Table) -> list[float]:
    """Return widths in centimetres that fill the line; dates and numbers get what they need."""
    least = [_least([row[place] for row in block.shown]) for place in range(len(block.columns))]
    wanted = [max(1, column.width - 10) for column in block.columns]
    room = max(0.0, _WIDTH - sum(least))
    widths = [
        least[place] + room * wanted[place] / sum(wanted) for place in range(len(block.columns))
    ]
    return [width * _WIDTH / sum(widths) for width in widths]


def _least(cells: Sequence[Cell]) -> float:
    """Return what a column needs at least, in centimetres."""
    if any(isinstance(cell, (date, Spread, Course)) for cell in cells):
        return _DATED
    return _NARROWEST
