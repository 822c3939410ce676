"""What a file is: told by its content first, by its ending where the content does not say."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final, Literal

from graphmodel.errors import FileError
from graphmodel.files import read_bytes

__all__ = ["OLE_MARK", "ZIP_MARK", "DocumentKind", "Format", "find_document_kind", "find_format"]

#: A plan file, a plan as GraphML, a paper, a spreadsheet, a schedule of another program, or a
#: calendar of meetings.
Format = Literal["plan", "graph", "paper", "table", "schedule", "calendar"]

#: What a paper is written in; the last three are not read, but known well enough to say what to do.
DocumentKind = Literal["text", "docx", "pdf", "html", "markdown", "doc", "rtf", "odt"]

_OLE_ENDINGS: Final = {".doc", ".dot", ".docx", ".docm", ".dotx"}
_ZIP_ENDINGS: Final[dict[str, DocumentKind]] = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".odt": "odt",
}
_TEXT_ENDINGS: Final[dict[str, DocumentKind]] = {
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)

_GRAPH: Final = re.compile(r"<graphml\b")

_CALENDAR: Final = "BEGIN:VCALENDAR"
_CALENDAR_ENDINGS: Final = frozenset({".ics", ".ical", ".icalendar"})

#: Files of scheduling programs that do not say in their first bytes what they are.
_SCHEDULE_ENDINGS: Final = frozenset(
    {".xer", ".mpp", ".mpt", ".mpx", ".mpd", ".pmxml", ".planner", ".pod", ".gan", ".pp", ".ppx",
     ".pep", ".sp", ".fts", ".stx", ".prx", ".bk3", ".sdef", ".cdpx", ".cdpz", ".edpx"}
)  # fmt: skip

#: First bytes of a zip file, which an .xlsx is.
ZIP_MARK: Final = b"PK\x03\x04"

#: First bytes of the container that .xls files and password-protected .xlsx files are kept in.
OLE_MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: First bytes of a database of SQLite, which a store of plans is.
_DATABASE: Final = b"SQLite format 3\x00"

#: Bytes of a file that tell what it is.
_HEAD: Final = 16_384


def find_format(path: str | Path) -> Format:
    """Return what a file is.

    Raises
    ------
    FileError
        The file cannot be opened, is empty, or is of a kind that cannot be read.
    """
    path = Path(path)
    head = _read_head(path)
    if head.startswith(_DATABASE):
        raise FileError(
            f'"{path}" is a database or a store of plans, not a plan: take a plan out of a store '
            'with "knockon pull".'
        )
    text, ending = _decode(head), path.suffix.lower()
    if ending in _SCHEDULE_ENDINGS or text.startswith("ERMHDR"):
        return "schedule"
    if ending in _CALENDAR_ENDINGS or text.lstrip().upper().startswith(_CALENDAR):
        return "calendar"
    kind = _find_kind(path, head)
    if kind == "text":
        return "table" if head.startswith((ZIP_MARK, OLE_MARK)) else _format_of_text(text, ending)
    return "table" if kind == "markdown" and _names_links(text) else "paper"


def _format_of_text(text: str, ending: str) -> Format:
    text = text.lstrip()
    if ending == ".json" or text.startswith("{"):
        return "plan"
    if text.startswith("<"):
        return "graph" if _GRAPH.search(text) else "schedule"
    return "table" if ending in {".csv", ".tsv"} or _names_links(text) else "paper"


def find_document_kind(path: str | Path) -> DocumentKind:
    """Return what a paper is written in; raises `FileError` where it cannot be opened."""
    path = Path(path)
    return _find_kind(path, _read_head(path))


def _find_kind(path: Path, head: bytes) -> DocumentKind:
    ending = path.suffix.lower()
    if head.startswith(ZIP_MARK):
        from loaders.archives import list_parts  # noqa: PLC0415 - not for plan files

        is_word = "word/document.xml" in list_parts(path)
        return "docx" if is_word else _ZIP_ENDINGS.get(ending, "text")
    if head.startswith(OLE_MARK):
        is_word = ending in _OLE_ENDINGS or "WordDocument".encode("utf-16-le") in read_bytes(path)
        return "doc" if is_word else "text"
    if head.startswith(b"%PDF") or ending == ".pdf":
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if ending in _ZIP_ENDINGS:
        return _ZIP_ENDINGS[ending]
    return "html" if _HTML.match(_decode(head)) else _TEXT_ENDINGS.get(ending, "text")


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        head = b""
    return head if head.strip() else read_bytes(path)[:_HEAD]  # which says what is wrong


def _decode(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace")
    return head.decode("utf-8-sig", errors="replace")


def _names_links(text: str) -> bool:
    """Return whether one of the first lines is the header of a register."""
    from loaders.columns import HEADER_ROWS  # noqa: PLC0415 - not for plan files
    from loaders.headers import find_table  # noqa: PLC0415
    from loaders.link_columns import COLUMNS  # noqa: PLC0415
    from loaders.rows import DELIMITERS, Row, Sheet  # noqa: PLC0415

    lines = text.splitlines()[:HEADER_ROWS]
    for delimiter in DELIMITERS:
        rows = [Row(n, tuple(line.split(delimiter))) for n, line in enumerate(lines, start=1)]
        if find_table(Sheet("", tuple(rows)), COLUMNS, {"tail", "head"}.issubset) is not None:
            return True
    return False
