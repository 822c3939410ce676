"""Reading and writing files so that nothing is ever half written.

UTF-8 is explicit everywhere (Windows' default is not). A file is written beside its target and
moved over it with ``os.replace``, which is atomic on one volume.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from graphmodel.errors import FileError

__all__ = [
    "MAX_TEXT_BYTES",
    "decode_text",
    "fingerprint",
    "read_bytes",
    "read_text",
    "write_bytes",
    "write_text",
]

#: A thousand times any paper or plan file seen: a text file above it is a mistake.
MAX_TEXT_BYTES = 1_000_000_000


def read_bytes(path: str | Path) -> bytes:
    """Return the content of a file.

    Raises
    ------
    FileError
        The file is missing, a folder, empty, unreadable, or larger than ``MAX_TEXT_BYTES``.
    """
    path = Path(path)
    if path.is_dir():
        raise FileError(f'"{path}" is a folder: name a file in it.')
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_TEXT_BYTES else None
    except FileNotFoundError:
        raise FileError(f'There is no file "{path}": check the name and the folder.') from None
    except PermissionError:
        raise FileError(
            f'"{path}" cannot be opened: close it in other programs or ask for access.'
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(f'"{path}" cannot be read: {reason}.') from None
    if content is None:
        raise FileError(f'"{path}" is larger than 1 GB, which no plan is: check the file name.')
    if not content.strip():
        raise FileError(f'"{path}" is empty: there is nothing to read in it.')
    return content


def fingerprint(path: str | Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; raises as `read_bytes`."""
    return hashlib.sha256(read_bytes(path)).hexdigest()


def read_text(path: str | Path) -> tuple[str, str]:
    """Return the text of a file and the encoding it was read with.

    UTF-8 (with or without a byte order mark) and UTF-16 with a mark are recognised. Text that is
    neither is read line by line: a line that is UTF-8 as that, any other as Windows-1252, the usual
    encoding of older council papers. The encoding returned lets the caller say so: ``utf-8``,
    ``utf-16``, ``windows-1252``, or ``mixed`` where some lines are UTF-8 and some are not.

    Raises
    ------
    FileError
        As `read_bytes`; also when the content is not text.
    """
    return decode_text(read_bytes(path), path)


def decode_text(content: bytes, path: str | Path) -> tuple[str, str]:
    """Return bytes of a file as text, and the encoding; see `read_text`, which raises as this."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            raise FileError(f'"{path}" is not readable text: save it again as UTF-8.') from None
    if b"\x00" in content:
        raise FileError(f'"{path}" is not a text file: give the paper as text, CSV or XLSX.')
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _decode_lines(content)


def _decode_lines(content: bytes) -> tuple[str, str]:
    """Return text whose lines have different encodings, pasted together from several sources."""
    mixed = False
    lines: list[str] = []
    for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
            mixed = mixed or not line.isascii()
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
    return "\n".join(lines), "mixed" if mixed else "windows-1252"


def write_text(path: str | Path, text: str) -> None:
    """Write ``text`` as UTF-8 with its own line ends, whole or not at all; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | Path, content: bytes) -> None:
    """Write ``content`` to ``path``, whole or not at all.

    Raises
    ------
    FileError
        The folder is missing, the disk is full, or another program holds the file open.
    """
    path = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    except OSError as error:
        raise FileError(f'"{path}" cannot be written: {error.strerror or error}.') from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        _as_new_file(temporary)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, PermissionError):
            raise FileError(
                f'"{path}" cannot be replaced: close it in Excel or Word and try again.'
            ) from None
        raise FileError(f'"{path}" cannot be written: {error.strerror or error}.') from None
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _as_new_file(temporary: str) -> None:
    """Give the file the rights any new file would have; ``mkstemp`` makes it private."""
    if os.name != "nt":
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
