"""XML of other programs read in a stream, one record after the other, and nothing but text.

A document type, and with it every entity of its own and every file or address it could fetch, is
refused: no schedule has one. So are elements nested deeper than any schedule.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar
from xml.parsers import expat

from graphmodel.errors import FileError
from graphmodel.files import MAX_TEXT_BYTES, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loaders.schedules.journal import Journal

__all__ = ["Record", "Sink", "read_records"]

_CHUNK: Final = 1 << 18
_DEEPEST: Final = 64
#: How many elements are open around a record: an outer one that stands for the file, the root, and
#: what holds the records.
_RECORD: Final = 3
_ODD_BYTE: Final = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]


@dataclass(slots=True)
class Record:
    """An element.

    Attributes
    ----------
    line
        Where it begins, from 1.
    cells
        Text of each element inside that holds nothing but text, by name; the first of several.
    parts
        The other elements inside.
    """

    tag: str
    line: int
    cells: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[Record]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Return a text without outer blanks; blank where there is none."""
        return self.cells.get(name, "").strip()

    def find(self, *names: str) -> list[Record]:
        """Return the parts at the end of a path; none where it leads nowhere."""
        found = [self]
        for name in names:
            found = [part for one in found for part in one.parts.get(name, ())]
        return found


class Sink(Protocol):
    """What records are handed to, each with the name of the element it stands in."""

    def take(self, container: str, record: Record) -> None:
        """Keep what is needed of a record."""


S = TypeVar("S", bound=Sink)


def read_records(
    path: Path, root: str, make_sink: Callable[[], S], journal: Journal
) -> tuple[Record, S]:
    """Read a file, handing each record over: the elements two levels below the root.

    Returns
    -------
    tuple
        The root with its own texts, and the sink. A file that breaks off or is not well-formed is
        read as far as it goes; that is told, and so is an encoding other than the file says.

    Raises
    ------
    FileError
        The file cannot be opened, is no XML, has another root, or holds what no schedule has.
    """
    _check(path)
    sink = make_sink()
    reader = _Reader(path, root, sink, journal)
    try:
        fault = reader.read()
        is_other = fault is not None and fault.code == _ODD_BYTE and not _is_unicode(path)
    except (LookupError, ValueError):  # an encoding that nobody knows, or expat does not
        is_other = True
    if is_other:
        encoding = "UTF-8" if _is_unicode(path) else "Windows-1252"
        sink = make_sink()
        reader = _Reader(path, root, sink, journal)
        fault = reader.read(encoding)
        message = f"The file is not in the encoding that it says: it was read as {encoding}."
        journal.tell("encoding", "info", message, 1)
    if fault is not None:
        if not reader.has_root:
            raise FileError(
                f'"{path}" is not XML (line {fault.lineno}): save the schedule as XML again.'
            )
        journal.tell(
            "file-cut-short",
            "error",
            f"The file breaks off or is damaged here ({expat.ErrorString(fault.code)}): what comes "
            "after is not read.",
            fault.lineno,
        )
    return reader.document, sink


def _check(path: Path) -> None:
    """Raise as `read_bytes` does where a file cannot be read, without holding the whole of it."""
    try:
        with path.open("rb") as stream:
            is_empty = not stream.read(_CHUNK).strip()
        is_odd = is_empty or path.stat().st_size > MAX_TEXT_BYTES
    except OSError:
        is_odd = True
    if is_odd:
        read_bytes(path)


def _is_unicode(path: Path) -> bool:
    content = read_bytes(path)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


class _Reader:
    """Reads one file once; `has_root` says whether it got as far as the root."""

    def __init__(self, path: Path, root: str, sink: Sink, journal: Journal) -> None:
        self._path = path
        self._root = root
        self._take = sink.take
        self._file = journal.file
        self._open = [Record("", 0)]
        self._text: list[str] = []
        self.document = Record(root, 1)
        self.has_root = False

    def read(self, encoding: str | None = None) -> expat.ExpatError | None:
        """Read the file; return what is wrong with it where it cannot be read to its end."""
        self._parser = parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = self._refuse_type
        try:
            with self._path.open("rb") as stream:
                parser.ParseFile(stream)
        except expat.ExpatError as fault:
            return fault
        return None

    def _start(self, tag: str, _: Any) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        one = Record(tag, self._parser.CurrentLineNumber)
        depth = len(self._open)
        if depth == 1:
            self._check_root(one)
        elif depth > _DEEPEST:
            raise FileError(
                f'"{self._file}" is nested more than {_DEEPEST} levels deep on line '
                f"{one.line}, as no schedule is: save it again from the program it comes from."
            )
        self._open.append(one)
        self._text.clear()

    def _check_root(self, one: Record) -> None:
        if one.tag != self._root:
            raise FileError(
                f'"{self._file}" is XML, but no schedule of MS Project: it begins with '
                f'"{one.tag[:40]}" in place of "{self._root}".'
            )
        self.document = one
        self.has_root = True

    def _end(self, _: str) -> None:
        one = self._open.pop()
        above = self._open[-1]
        depth = len(self._open)
        if depth == _RECORD:
            self._take(above.tag, one)
        elif one.cells or one.parts:
            above.parts.setdefault(one.tag, []).append(one)
        else:
            above.cells.setdefault(one.tag, "".join(self._text))
        self._text.clear()

    def _refuse_type(self, *_: Any) -> None:
        raise FileError(
            f'"{self._file}" declares a document type on line {self._parser.CurrentLineNumber}, '
            "as no schedule does and a harmful file may: it is not read."
        )
