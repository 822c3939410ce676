"""What a file is: told by its content first, by its ending where the content does not say."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final, Literal

from graphmodel.errors import FileError
from graphmodel.files import read_bytes

__all__ = ["OLE_MARK", "ZIP_MARK", "Format", "find_format"]

#: A plan file, the text of a paper, or a register of links.
Format = Literal["plan", "paper", "register"]

#: First bytes of a zip file, which an .xlsx is.
ZIP_MARK: Final = b"PK\x03\x04"

#: First bytes of the container that .xls files and password-protected .xlsx files are kept in.
OLE_MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

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
    if head.startswith((ZIP_MARK, OLE_MARK)):
        return "register"
    if head.startswith(b"%PDF"):
        raise FileError(f'"{path}" is a PDF: save its text as a .txt file and give that.')
    text = _decode(head)
    ending = path.suffix.lower()
    if ending == ".json" or text.lstrip().startswith("{"):
        return "plan"
    return "register" if ending in {".csv", ".tsv"} or _names_links(text) else "paper"


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
    from loaders.columns import HEADER_ROWS, find_header  # noqa: PLC0415 - not for plan files
    from loaders.link_columns import COLUMNS  # noqa: PLC0415
    from loaders.rows import DELIMITERS, Row, Sheet  # noqa: PLC0415

    lines = text.splitlines()[:HEADER_ROWS]
    for delimiter in DELIMITERS:
        rows = (Row(n, tuple(line.split(delimiter))) for n, line in enumerate(lines, start=1))
        try:
            if find_header(Sheet("", tuple(rows)), COLUMNS) is not None:
                return True
        except FileError:
            return True  # a register's header, if a faulty one: the reader says so
    return False
