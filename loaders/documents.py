"""Any document as the text that the readers of papers know, with the place of every line.

Word, PDF, HTML and Markdown are read into paragraphs and tables by a module each, and written by
`loaders.document_text`; a text file is taken as it stands. Whatever a reader leaves out of the text
it reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.files import read_text
from graphmodel.problems import Place, Problem
from loaders.document_text import write_lines
from loaders.formats import find_document_kind

if TYPE_CHECKING:
    from loaders.document_parts import Document
    from loaders.document_text import Lines
    from loaders.formats import DocumentKind

__all__ = ["DocumentText", "read_document"]

_REFUSED: Final[dict[DocumentKind, str]] = {
    "doc": "is an old Word document (.doc) or one protected by a password: open it in Word and "
    "save it as .docx without a password.",
    "rtf": "is rich text (.rtf): open it in Word and save it as .docx.",
    "odt": "is an OpenDocument text (.odt): open it in Word or LibreOffice and save it as .docx.",
}
_NOTES: Final[dict[DocumentKind, str]] = {
    "docx": "a Word document: its lines are counted as text, one for each paragraph and row",
    "pdf": "a PDF: its lines are counted as text, one for each paragraph and row",
    "html": "a web page",
    "markdown": "Markdown",
}


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document, and where its lines come from.

    Parameters
    ----------
    text
        Headings, paragraphs, and tables as lines with tabs, as `loaders.blocks` reads them.
    encoding
        How the file's bytes were read as text; ``None`` for Word and PDF.
    pages
        The page (from 1) of each line of ``text``; ``None`` where a document has no fixed pages.
    lines
        The line of the file (from 1) of each line of ``text``; ``None`` where ``text`` has the
        file's own lines, or the file has none.
    problems
        What was left out or put together, each with its place.
    notes
        How the document was read, for people.
    """

    text: str
    encoding: str | None = None
    pages: tuple[int, ...] | None = None
    lines: tuple[int, ...] | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_document(path: str | Path) -> DocumentText:
    """Read a document of any kind as text.

    Raises
    ------
    FileError
        The file cannot be opened, is damaged, protected by a password, holds no text, or is of a
        kind that is not read; the sentence says how to save it.
    MissingExtraError
        Word or PDF is given and the extra ``documents`` is not installed.
    """
    path = Path(path)
    kind = find_document_kind(path)
    if kind in _REFUSED:
        raise FileError(f'"{path}" {_REFUSED[kind]}')
    if kind == "text":
        return DocumentText(*read_text(path))
    document, encoding = _read(path, kind)
    lines = write_lines(document)
    if not any(lines.lines):
        raise FileError(f'"{path}" has no text in it: check that it is the right file.')
    origins = tuple(origin or 1 for origin in lines.origins)
    return DocumentText(
        "\n".join(lines.lines),
        encoding,
        pages=origins if kind == "pdf" else None,
        lines=origins if kind in {"html", "markdown"} else None,
        problems=_place_findings(path.name, document, lines),
        notes=(f"{path.name} is {_NOTES[kind]}.",),
    )


def _read(path: Path, kind: DocumentKind) -> tuple[Document, str | None]:
    """Return what a document holds, and the encoding it was read with."""
    if kind == "docx":
        from loaders.documents_docx import read_docx  # noqa: PLC0415 - each where it is needed

        return read_docx(path), None
    if kind == "pdf":
        from loaders.documents_pdf import read_pdf  # noqa: PLC0415

        return read_pdf(path), None
    text, encoding = read_text(path)
    if kind == "html":
        from loaders.documents_html import read_html  # noqa: PLC0415

        return read_html(text), encoding
    from loaders.documents_markdown import read_markdown  # noqa: PLC0415

    return read_markdown(text), encoding


def _place_findings(name: str, document: Document, lines: Lines) -> tuple[Problem, ...]:
    """Return what a reader found as problems with places; the end of a document has no line."""
    begins = dict(enumerate(lines.begins))
    return tuple(
        Problem(
            one.code,
            one.severity,
            one.message,
            source=Place(name, None if one.part is None else begins.get(one.part), page=one.page),
        )
        for one in document.findings
    )
