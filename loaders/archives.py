"""One guard for everything that is a zip file inside: workbooks and Word documents.

1. A file may unpack to 500 MB, to 200 times its own size once above 10 MB, and to 10,000 parts: far
   above any plan seen, far below what fills a memory.
2. No XML part may declare a document type: Office never writes one, and entities that unfold to
   gigabytes or name other files are declared in it. Only what stands before a part's first element
   is looked at, which is the only place where XML allows it.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Literal
from xml.parsers import expat

from graphmodel.errors import FileError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DAMAGE", "Kind", "check_archive", "damaged", "list_parts"]

#: What a zip file is to its reader.
Kind = Literal["workbook", "Word document"]

_PROGRAMS: Final[dict[Kind, str]] = {
    "workbook": "in Excel and save it again as .xlsx",
    "Word document": "in Word and save it again as .docx",
}

_MAX_UNPACKED: Final = 500_000_000
_MAX_RATIO: Final = 200
_RATIO_FROM: Final = 10_000_000
_MAX_PARTS: Final = 10_000
_CHUNK: Final = 65_536

#: What zip files, and the libraries that read them, raise where they are damaged.
DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    SyntaxError,  # XML parsers' errors are of this kind
    NotImplementedError,
    RuntimeError,  # a part of its own password
)


def list_parts(file: Path | bytes) -> frozenset[str]:
    """Return the names of the parts of a zip file; none where it is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(file) if isinstance(file, bytes) else file) as archive:
            return frozenset(archive.namelist())
    except DAMAGE:
        return frozenset()


def damaged(path: Path, kind: Kind) -> FileError:
    """Return the error for a zip file that its reader cannot read."""
    return FileError(f'"{path}" is not a readable {kind}: open it {_PROGRAMS[kind]}.')


def check_archive(path: Path, content: bytes, kind: Kind) -> None:
    """Check a zip file before anything is unpacked for use.

    Raises
    ------
    FileError
        It is damaged, unpacks to too much (rule 1), or declares a document type (rule 2).
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_size(path, archive, len(content))
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_prolog(path, archive, part)
    except FileError:
        raise
    except (*DAMAGE, expat.ExpatError):
        raise damaged(path, kind) from None


def _check_size(path: Path, archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MAX_UNPACKED or (unpacked > _RATIO_FROM and unpacked / size > _MAX_RATIO):
        raise FileError(
            f'"{path}" unpacks to {unpacked / 1e6:,.0f} MB, which no plan needs: '
            "check where it comes from, or copy what it holds to a new file."
        )
    if len(parts) > _MAX_PARTS:
        raise FileError(
            f'"{path}" has {len(parts):,} parts inside, which no plan needs: '
            "check where it comes from, or copy what it holds to a new file."
        )


class _RootError(Exception):
    """The first element has begun: nothing can be declared any more."""


class _TypeDeclaredError(Exception):
    """A document type is declared."""


def _check_prolog(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    def begin_root(*_: Any) -> None:
        raise _RootError

    def declare_type(*_: Any) -> None:
        raise _TypeDeclaredError

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin_root
    parser.StartDoctypeDeclHandler = declare_type
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
    except _RootError:
        return
    except _TypeDeclaredError:
        raise FileError(
            f'"{path}" declares a document type in its part "{part.filename}", which no Office '
            "program writes and which can hide harmful entities: it is not read."
        ) from None
