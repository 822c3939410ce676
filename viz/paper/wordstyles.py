"""The look of a report in Word: page, styles, running head and page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from viz.paper.wordmarks import add_field, set_language
from viz.words import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from viz.paper.blocks import Paper

__all__ = ["MAIN", "set_up"]

#: The colour of headings.
MAIN: Final = "12436D"


def set_up(document: Any, paper: Paper, fit: Callable[[str], str]) -> None:
    """Make an empty document a report's: A4, British English, its head and its page numbers."""
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    properties = document.core_properties
    properties.title = fit(shorten(f"{paper.title}: {paper.plan_title}", 200))
    properties.author = fit(shorten(paper.report_of, 200))
    properties.language = "en-GB"
    properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    styles = document.styles
    for name, size, colour, before, after in (
        ("Normal", 10.5, "0B0C0C", 0, 6),
        ("Title", 20, "0B0C0C", 0, 6),
        ("Heading 1", 14, MAIN, 18, 6),
        ("Heading 2", 11.5, "0B0C0C", 10, 4),
        ("Caption", 9.5, "0B0C0C", 8, 3),
        ("List Bullet", 10.5, "0B0C0C", 0, 3),
        ("Header", 8.5, "484F54", 0, 0),
        ("Footer", 8.5, "484F54", 0, 0),
    ):
        style = styles[name]
        style.font.name = "Arial"
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.bold = name in {"Title", "Heading 1", "Heading 2", "Caption"}
        style.font.italic = False
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = style.font.bold
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(f"{{{fonts.nsmap['w']}}}{theme}", None)
    set_language(styles["Normal"], "en-GB")
    title = styles["Title"].element.get_or_add_pPr()
    for border in title.findall(f"{{{title.nsmap['w']}}}pBdr"):
        title.remove(border)
    heading = " · ".join(one for one in (paper.organisation, paper.plan_title) if one)
    section.header.paragraphs[0].text = fit(shorten(heading, 110))
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")
