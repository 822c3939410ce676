"""Papers of our own in every form: written here, and turned into others by LibreOffice.

What a text tells of the layout of its cells every form shows in its own way: paragraphs, bold
words, entries of lists with their depth and the bullet printed before them.

LibreOffice may be absent: then what needs it skips with a plain notice, unless
KNOCKON_REQUIRE_OFFICE=1 says that it must be there.
"""

from __future__ import annotations

import atexit
import html
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from loaders.action_cells import split_entries
from loaders.blocks import Heading, Paragraph, Table, read_blocks
from loaders.markup import read_parts, read_words
from tests.conftest import report_absence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["convert", "write_docx", "write_html", "write_markdown"]

#: The bullets of Word's own lists: sign, font and character.
_BULLETS: Final = {
    "\u2022": ("Symbol", "\uf0b7"),
    "\u25cb": ("Courier New", "o"),
    "\u25aa": ("Wingdings", "\uf0a7"),
    "\u25cf": ("Arial", "\u25cf"),
}
_BOLD = re.compile(r"<(/?)(?:b|strong)\b[^<>]*>", re.IGNORECASE)
_ON, _OFF = "\ue300", "\ue301"


@cache
def _profile() -> str:
    """Return a user profile for LibreOffice of this run's own, removed at its end."""
    folder = tempfile.mkdtemp(prefix="knockon-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder).as_uri()


def convert(path: Path, ending: str, options: str | None = None) -> Path:
    """Return a document in another form, as LibreOffice writes it beside the first.

    ``options`` name LibreOffice's filter where the ending alone does not.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        report_absence("no LibreOffice on the PATH", required_by="KNOCKON_REQUIRE_OFFICE")
    subprocess.run(
        [
            program,
            "--headless",
            f"-env:UserInstallation={_profile()}",
            "--convert-to",
            options or ending,
            "--outdir",
            str(path.parent),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return path.with_suffix(f".{ending}")


def _read_blocks(text: str) -> Iterator[Heading | Paragraph | Table]:
    """Yield the blocks of a text, the entries of a list outside tables as paragraphs each."""
    lines = text.split("\n")
    for block in read_blocks(text):
        if not isinstance(block, Paragraph):
            yield block
            continue
        groups: list[list[str]] = []
        for line in lines[block.line - 1 :]:
            if not line.strip() or "\t" in line:
                break
            if not groups or line.lstrip().startswith("- "):
                groups.append([])
            groups[-1].append(line)
        yield from (Paragraph(block.line, read_words(" ".join(group))) for group in groups)


@dataclass(frozen=True)
class _Para:
    """A paragraph of a cell: its words by runs, each bold or not; for entries depth and bullet."""

    runs: tuple[tuple[str, bool], ...]
    depth: int = 0
    sign: str = ""


def _read_cell(cell: str) -> Iterator[_Para]:
    bold = False
    marked = _BOLD.sub(lambda tag: tag[0] + (_OFF if tag[1] else _ON), cell)
    for part in read_parts(marked):
        runs = []
        for piece in re.split(f"([{_ON}{_OFF}])", part.text):
            if piece in {_ON, _OFF}:
                bold = piece == _ON
            elif piece:
                runs.append((piece, bold))
        if part.kind == "list":
            words = "".join(piece for piece, _ in runs)
            yield from (_Para(((one, False),), max(1, part.level)) for one in split_entries(words))
        elif any(piece.strip() for piece, _ in runs):
            depth = max(1, part.level) if part.kind == "bullet" else 0
            yield _Para(tuple(runs), depth, part.sign)


def write_docx(text: str, path: Path) -> Path:
    """Write the text of a paper as Word writes it: styles, lists, tables with a grid.

    Where lists are deep, pages lie on their side, so that their words have room.
    """
    document = docx.Document()
    if "\u25aa" in text:
        page = document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    lists = {
        sign: _add_list(document, number, sign) for number, sign in enumerate(_BULLETS, start=900)
    }
    for block in _read_blocks(text):
        if isinstance(block, Heading):
            document.add_paragraph(block.text, style="Heading 2")
        elif isinstance(block, Paragraph):
            document.add_paragraph(block.text)
        else:
            _add_table(document, block, lists)
    document.save(str(path))
    return path


def _add_list(document: Any, number: int, sign: str) -> int:
    """Add a list of nine levels with one bullet, as Word stores it; return its number."""
    font, character = _BULLETS[sign]
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="{character}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{200 * (level + 1)}" w:hanging="200"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:hint="default"/></w:rPr></w:lvl>'
        for level in range(9)
    )
    numbering = document.part.numbering_part.element
    form = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(form))
    return int(numbering.add_num(number).numId)


def _add_table(document: Any, block: Table, lists: dict[str, int]) -> None:
    width = max(len(row.cells) for row in block.rows)
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for row in block.rows:
        cells = table.add_row().cells
        for number, cell in enumerate(row.cells):
            cells[number]._element.remove(cells[number].paragraphs[0]._element)
            for para in [*_read_cell(cell)] or [_Para(())]:
                added = cells[number].add_paragraph()
                added.paragraph_format.space_after = Pt(4)
                for words, bold in para.runs:
                    added.add_run(words).bold = bold
                if para.depth:
                    numbered = added._p.get_or_add_pPr().get_or_add_numPr()
                    numbered.get_or_add_ilvl().val = para.depth - 1
                    numbered.get_or_add_numId().val = lists[para.sign or "\u2022"]
    document.add_paragraph("")


def write_html(text: str, path: Path) -> Path:
    """Write the text of a paper as a web page; bullets but the plain one are typed."""
    pieces = ["<!DOCTYPE html>", "<html><head><title>Paper</title></head><body>"]
    for block in _read_blocks(text):
        if isinstance(block, Heading):
            pieces.append(f"<h2>{html.escape(block.text)}</h2>")
        elif isinstance(block, Paragraph):
            pieces.append(f"<p>{html.escape(block.text)}</p>")
        else:
            pieces.append("<table border='1'>")
            for row in block.rows:
                cells = "".join(f"<td>{_html_cell(cell, html.escape)}</td>" for cell in row.cells)
                pieces.append(f"<tr>{cells}</tr>")
            pieces.append("</table>")
    path.write_text("\n".join([*pieces, "</body></html>"]), encoding="utf-8")
    return path


def _html_cell(cell: str, escape: Callable[[str], str]) -> str:
    pieces, depth = [], 0
    for para in _read_cell(cell):
        pieces += ["<ul>"] * (para.depth - depth) + ["</ul>"] * (depth - para.depth)
        typed = "" if para.sign == "\u2022" else para.sign
        item = f"<li style='list-style-type: none'>{typed} " if typed else "<li>"
        pieces.append(item if para.depth else "<p>")
        pieces.append(_write_runs(para, escape, "<b>", "</b>"))
        depth = para.depth
    return "".join([*pieces, *["</ul>"] * depth])


def write_markdown(text: str, path: Path) -> Path:
    """Write the text of a paper as Markdown with pipe tables, lists of more levels as HTML."""
    lines: list[str] = []
    for block in _read_blocks(text):
        if isinstance(block, Heading):
            lines += [f"## {_mark(block.text)}", ""]
        elif isinstance(block, Paragraph):
            lines += [_mark(block.text), ""]
        else:
            width = max(len(row.cells) for row in block.rows)
            for number, row in enumerate(block.rows):
                cells = [_markdown_cell(cell).replace("|", "\\|") for cell in row.cells]
                lines.append(f"| {' | '.join(cells + [''] * (width - len(cells)))} |")
                if not number:
                    lines.append("|" + " --- |" * width)
            lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _markdown_cell(cell: str) -> str:
    paras = [*_read_cell(cell)]
    listed = [para for para in paras if para.depth]
    if any(para.sign or para.depth > 1 for para in paras) or len(listed) == 1:
        return _html_cell(cell, _mark)
    pieces = [f"{'- ' if one.depth else ''}{_write_runs(one, _mark, '**', '**')}" for one in paras]
    return "<br>".join(pieces)


def _write_runs(para: _Para, escape: Callable[[str], str], begin: str, end: str) -> str:
    """Return the words of a paragraph, marks close around the bold ones."""
    pieces = []
    for words, bold in para.runs:
        bare = words.strip()
        marked = f"{begin}{escape(bare)}{end}" if bold and bare else escape(bare)
        before = words[: len(words) - len(words.lstrip())]
        pieces.append(f"{before}{marked}{words[len(before) + len(bare) :]}")
    return "".join(pieces)


def _mark(words: str) -> str:
    escaped = html.escape(words, quote=False)
    return "".join(f"\\{one}" if one in "*_`[]~" else one for one in escaped)
