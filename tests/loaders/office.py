"""Papers of our own in every form: written here, and turned into others by LibreOffice.

LibreOffice may be absent: then what needs it skips with a plain notice, unless
KNOCKON_REQUIRE_OFFICE=1 says that it must be there.
"""

from __future__ import annotations

import atexit
import html
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx

from loaders.action_cells import split_entries
from loaders.blocks import Heading, Paragraph, Table, read_blocks
from loaders.markup import read_parts, read_words
from tests.conftest import report_absence

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["convert", "write_docx", "write_html", "write_markdown"]


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


def _entries(cell: str) -> Iterator[tuple[str, int, bool]]:
    """Yield the paragraphs of a cell, with the depth of entries of lists, and whether bold."""
    for part in read_parts(cell):
        if part.kind == "list":
            yield from ((entry, max(1, part.level), False) for entry in split_entries(part.text))
        else:
            yield part.text, max(1, part.level) if part.kind == "bullet" else 0, part.strong


def write_docx(text: str, path: Path) -> Path:
    """Write the text of a paper as Word writes it: styles, bullets, tables with a grid."""
    document = docx.Document()
    for block in _read_blocks(text):
        if isinstance(block, Heading):
            document.add_paragraph(block.text, style="Heading 2")
        elif isinstance(block, Paragraph):
            document.add_paragraph(block.text)
        else:
            _add_table(document, block)
    document.save(str(path))
    return path


def _add_table(document: Any, block: Table) -> None:
    width = max(len(row.cells) for row in block.rows)
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for row in block.rows:
        cells = table.add_row().cells
        for number, cell in enumerate(row.cells):
            cells[number]._element.remove(cells[number].paragraphs[0]._element)
            for words, depth, strong in [*_entries(cell)] or [("", 0, False)]:
                style = f"List Bullet{f' {min(depth, 3)}' if depth > 1 else ''}" if depth else None
                cells[number].add_paragraph(style=style).add_run(words).bold = strong
    document.add_paragraph("")


def write_html(text: str, path: Path) -> Path:
    """Write the text of a paper as a web page."""
    pieces = ["<!DOCTYPE html>", "<html><head><title>Paper</title></head><body>"]
    for block in _read_blocks(text):
        if isinstance(block, Heading):
            pieces.append(f"<h2>{html.escape(block.text)}</h2>")
        elif isinstance(block, Paragraph):
            pieces.append(f"<p>{html.escape(block.text)}</p>")
        else:
            pieces.append("<table border='1'>")
            for row in block.rows:
                cells = "".join(f"<td>{_html_cell(cell)}</td>" for cell in row.cells)
                pieces.append(f"<tr>{cells}</tr>")
            pieces.append("</table>")
    path.write_text("\n".join([*pieces, "</body></html>"]), encoding="utf-8")
    return path


def _html_cell(cell: str) -> str:
    pieces, depth = [], 0
    for words, level, strong in _entries(cell):
        pieces += ["<ul>"] * (level - depth) + ["</ul>"] * (depth - level)
        pieces.append(
            f"<{'li' if level else 'p'}>{_bold(html.escape(words), '<b>', '</b>', strong=strong)}"
        )
        depth = level
    return "".join([*pieces, *["</ul>"] * depth])


def write_markdown(text: str, path: Path) -> Path:
    """Write the text of a paper as Markdown with pipe tables."""
    lines: list[str] = []
    for block in _read_blocks(text):
        if isinstance(block, Heading):
            lines += [f"## {_mark(block.text)}", ""]
        elif isinstance(block, Paragraph):
            lines += [_mark(block.text), ""]
        else:
            width = max(len(row.cells) for row in block.rows)
            for number, row in enumerate(block.rows):
                cells = [_markdown_cell(cell) for cell in row.cells]
                lines.append(f"| {' | '.join(cells + [''] * (width - len(cells)))} |")
                if not number:
                    lines.append("|" + " --- |" * width)
            lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _markdown_cell(cell: str) -> str:
    pieces = [
        f"{'- ' if level else ''}{_bold(_mark(words), '**', '**', strong=strong)}"
        for words, level, strong in _entries(cell)
    ]
    return "<br>".join(pieces).replace("|", "\\|")


def _bold(words: str, begin: str, end: str, *, strong: bool) -> str:
    return f"{begin}{words}{end}" if strong else words


def _mark(words: str) -> str:
    escaped = html.escape(words, quote=False)
    return "".join(f"\\{one}" if one in "*_`[]~" else one for one in escaped)
