"""Rows of a damaged SQLite file, found without SQLite: whatever leaf pages still hold.

SQLite finds a row by way of the file's header, the table of tables and the inner pages of a tree.
Where one of these is damaged it finds nothing, though the rows may be whole. This reads the leaves
by themselves (https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1). It proves nothing
about what it yields: the caller knows the digests.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Value", "carve_rows"]

Value: TypeAlias = "int | str | bytes | None"

#: First byte of a page that holds rows of a table.
_LEAF: Final = 13
_LEAF_HEADER: Final = 8
#: Sizes of a page: powers of two.
_SIZES: Final = tuple(1 << power for power in range(9, 17))
_USUAL_SIZE: Final = 4096
_FILE_HEADER: Final = 100
#: Bytes of the integers with each serial type; 8 and 9 are 0 and 1 without any.
_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_ZERO, _ONE, _FIRST_BLOB, _FIRST_TEXT = 8, 9, 12, 13
#: A varint has seven bits to a byte and this one where another follows, but for the ninth byte.
_MORE: Final = 0x80
_LONGEST_VARINT: Final = 9


def carve_rows(stream: BinaryIO) -> Iterator[tuple[Value, ...]]:
    """Yield every row that can be read from the leaf pages of a file, in the order of the pages."""
    file = _Pages(stream)
    for number in range(1, file.count + 1):
        page = file.read(number)
        if page[:1] != bytes([_LEAF]):
            continue
        cells = int.from_bytes(page[3:5])
        for at in range(_LEAF_HEADER, _LEAF_HEADER + 2 * cells, 2):
            try:
                yield _read_record(file.payload(page, int.from_bytes(page[at : at + 2])))
            except (IndexError, ValueError):
                continue  # not a row, or no longer one


class _Pages:
    """A file as pages; the first is number 1."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        header = stream.read(_FILE_HEADER)
        said = int.from_bytes(header[16:18])
        size = 1 << 16 if said == 1 else said
        self.size = size if size in _SIZES else _USUAL_SIZE
        self.bytes = stream.seek(0, 2)
        self.count = math.ceil(self.bytes / self.size)

    def read(self, number: int) -> bytes:
        """Return a page; of the last one what there is of it."""
        self._stream.seek((number - 1) * self.size)
        return self._stream.read(self.size)

    def payload(self, page: bytes, at: int) -> bytes:
        """Return what the row at a place of a leaf page holds, overflow pages and all."""
        length, at = _read_varint(page, at)
        _, at = _read_varint(page, at)  # the row's number
        if length > self.bytes:
            raise ValueError("longer than the file")
        local = self._local(length)
        parts = [page[at : at + local]]
        left = length - local
        following = int.from_bytes(page[at + local : at + local + 4])
        while left > 0:
            if not 1 < following <= self.count:
                raise ValueError("no such page")
            piece = self.read(following)
            parts.append(piece[4 : 4 + left])
            left -= self.size - 4
            following = int.from_bytes(piece[:4])
        whole = b"".join(parts)
        if len(whole) != length:
            raise ValueError("cut short")
        return whole

    def _local(self, length: int) -> int:
        """Return how many bytes of a row stand in the leaf itself (section 1.6)."""
        most = self.size - 35
        if length <= most:
            return length
        least = (self.size - 12) * 32 // 255 - 23
        wanted = least + (length - least) % (self.size - 4)
        return wanted if wanted <= most else least


def _read_record(payload: bytes) -> tuple[Value, ...]:
    """Return the columns of a row (section 2.1)."""
    end, at = _read_varint(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _read_varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        value, at = _read_value(payload, kind, at)
        values.append(value)
    if at != len(payload):
        raise ValueError("not the length it says")
    return tuple(values)


def _read_value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in {_ZERO, _ONE}:
        return kind - _ZERO, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(payload[at:end], signed=True), end
    if kind < _FIRST_BLOB:
        raise ValueError("no store holds such a value")
    end = at + (kind - _FIRST_BLOB) // 2
    if end > len(payload):
        raise ValueError("cut short")
    part = payload[at:end]
    return (part.decode("utf-8") if kind % 2 else part), end


def _read_varint(content: bytes, at: int) -> tuple[int, int]:
    """Return a number of variable length, and the place after it."""
    number = 0
    for place in range(at, at + _LONGEST_VARINT - 1):
        byte = content[place]
        number = number << 7 | byte & ~_MORE
        if not byte & _MORE:
            return number, place + 1
    last = at + _LONGEST_VARINT - 1
    return number << 8 | content[last], last + 1
