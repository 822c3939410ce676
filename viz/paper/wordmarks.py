"""What python-docx has no words for: shading, borders, repeated headings, fields, alternative text.

Each function changes one element of WordprocessingML (ECMA-376, part 1) in place.
"""

from __future__ import annotations

from typing import Any, Final

__all__ = [
    "add_field",
    "box",
    "describe_picture",
    "describe_table",
    "keep_row",
    "paint",
    "repeat_header",
    "rule",
    "set_language",
    "set_margins",
    "set_widths",
]

#: Twips in a centimetre.
_TWIPS: Final = 567

#: The order in which a table's properties must stand (CT_TblPr).
_TABLE_ORDER: Final = (
    "tblBorders",
    "tblLayout",
    "tblCellMar",
    "tblLook",
    "tblCaption",
    "tblDescription",
)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
    from docx.oxml.ns import qn  # noqa: PLC0415

    made: Any = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def paint(cell: Any, colour: str) -> None:
    """Fill a cell with a colour such as ``F3F5F6``."""
    cell._tc.get_or_add_tcPr().append(  # noqa: SLF001 - python-docx has no other way
        _element("shd", val="clear", color="auto", fill=colour)
    )


def repeat_header(row: Any) -> None:
    """Make a row the header: read out as one, and repeated on every page."""
    row._tr.get_or_add_trPr().append(_element("tblHeader", val="true"))  # noqa: SLF001


def keep_row(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("cantSplit", val="true"))  # noqa: SLF001


def describe_table(table: Any, title: str, description: str) -> None:
    """Give a table a title and a description for those who do not see it."""
    _append(table, _element("tblCaption", val=title))
    _append(table, _element("tblDescription", val=description))


def describe_picture(shape: Any, title: str, words: str) -> None:
    """Give a picture a title and its alternative text (CT_NonVisualDrawingProps)."""
    marks = shape._inline.docPr  # noqa: SLF001 - python-docx has no other way
    marks.set("title", title)
    marks.set("descr", words)


def set_margins(table: Any, sides: int, ends: int) -> None:
    """Set the room inside every cell, in twips."""
    margins = _element("tblCellMar")
    for side, width in (("top", ends), ("left", sides), ("bottom", ends), ("right", sides)):
        margins.append(_element(side, w=str(width), type="dxa"))
    _append(table, margins)


def rule(table: Any, colour: str) -> None:
    """Draw thin lines between the rows and round the table, and none between its columns."""
    borders = _element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH"):
        borders.append(_element(side, val="single", sz="4", space="0", color=colour))
    borders.append(_element("insideV", val="nil"))
    _append(table, borders)


def set_widths(table: Any, widths: list[float]) -> None:
    """Fix the widths of the columns, in centimetres."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    table.autofit = False
    grid = table._tbl.tblGrid  # noqa: SLF001
    for column, width in zip(grid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(round(width * _TWIPS)))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _append(table: Any, child: Any) -> None:
    """Put a property of a table where the schema wants it."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    properties = table._tbl.tblPr  # noqa: SLF001
    after = {qn(f"w:{name}") for name in _TABLE_ORDER[_TABLE_ORDER.index(_name(child)) + 1 :]}
    later = next((one for one in properties if one.tag in after), None)
    if later is None:
        properties.append(child)
    else:
        later.addprevious(child)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def box(paragraph: Any, colour: str, fill: str) -> None:
    """Draw a bar left of a paragraph and fill it."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    borders = _element("pBdr")
    borders.append(_element("left", val="single", sz="36", space="8", color=colour))
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    properties.insert_element_before(
        _element("shd", val="clear", color="auto", fill=fill),
        "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr",
    )  # fmt: skip


def add_field(paragraph: Any, instruction: str) -> None:
    """Add a field that Word fills in, such as ``PAGE``."""
    field = _element("fldSimple", instr=instruction)
    run = _element("r")
    text = _element("t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001


def set_language(style: Any, language: str) -> None:
    """Say in which language a style's text is, for spelling and for reading aloud."""
    mark = _element("lang", val=language, eastAsia=language, bidi="ar-SA")
    style.element.get_or_add_rPr().append(mark)
