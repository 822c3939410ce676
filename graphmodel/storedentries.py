"""Items or links that stay in the plan file: a sequence that reads them when they are asked for.

They are validated by the same models as in a plan held in memory, each time they are read, a batch
at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar, overload

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from graphmodel.errors import FileError
from graphmodel.items import Item
from graphmodel.links import Link

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from graphmodel.planscan import Places

__all__ = ["Chosen", "E", "Entries", "HeldFile"]

#: Entries read and validated at a time.
_BATCH: Final = 1_000

E = TypeVar("E", Item, Link)


class HeldFile:
    """A file that is read several times over, and must stay what it was meanwhile."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.path = path
        self._stamp = _stamp(stream)

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open the file; raises `FileError` where it cannot be, or has changed."""
        try:
            stream = self.path.open("rb")
        except OSError as error:
            reason = error.strerror or error
            raise FileError(f'"{self.path}" cannot be read any more: {reason}.') from None
        with stream:
            if _stamp(stream) != self._stamp:
                raise FileError(f'"{self.path}" was changed while it was being read: start again.')
            yield stream


def _stamp(stream: BinaryIO) -> tuple[int, int]:
    found = os.fstat(stream.fileno())
    return found.st_size, found.st_mtime_ns


class Entries(Sequence[E]):
    """The items or the links of a plan file.

    Parameters
    ----------
    file, places
        The file, and where they stand in it.
    group
        The key they stand under.
    model
        What each of them is.
    find_faults
        Yields what else is wrong with one of them, in a sentence each.
    refuse
        Raises the error that tells everything wrong with the plan, if there is anything; called
        where an entry turns out to be wrong.
    report
        Hears how many have been read.
    """

    def __init__(
        self,
        file: HeldFile,
        places: Places,
        group: str,
        model: type[E],
        *,
        find_faults: Callable[[E], Iterator[str]],
        refuse: Callable[[], None],
        report: Callable[[int], None],
    ) -> None:
        self._file = file
        self._places = places
        self.group = group
        self._adapter: TypeAdapter[tuple[E, ...]] = TypeAdapter(tuple[model, ...])  # type: ignore[valid-type]
        self._find_faults: Callable[[E], Iterator[str]] = find_faults
        self._refuse = refuse
        self._report = report

    def __len__(self) -> int:
        return len(self._places.starts)

    def __iter__(self) -> Iterator[E]:
        with self._file.opened() as stream:
            for text, first in self._batches(stream):
                yield from self._validated(text)
                self._report(min(first + _BATCH, len(self)))

    @overload
    def __getitem__(self, index: int) -> E: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[E, ...]: ...
    def __getitem__(self, index: int | slice) -> E | tuple[E, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = range(len(self))[index]
        with self._file.opened() as stream:
            return self._validated(self._read(stream, number, number + 1))[0]

    def _batches(self, stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
        """Yield the text of one batch after the other, and the number of its first entry."""
        for first in range(0, len(self), _BATCH):
            yield self._read(stream, first, min(first + _BATCH, len(self))), first

    def _read(self, stream: BinaryIO, first: int, last: int) -> bytes:
        """Return the entries from ``first`` to before ``last`` as the text of a JSON list."""
        starts = self._places.starts
        end = starts[last] if last < len(starts) else self._places.end
        stream.seek(starts[first])
        return b"[" + stream.read(end - starts[first]).rstrip(b", \t\r\n") + b"]"

    def _validated(self, text: bytes) -> tuple[E, ...]:
        try:
            entries = self._adapter.validate_json(text)
        except ValidationError:
            self._refuse()
            raise
        for entry in entries:
            for _ in self._find_faults(entry):
                self._refuse()
        return entries

    def errors(self) -> Iterator[tuple[ErrorDetails, Any]]:
        """Yield what pydantic finds wrong, as in the whole plan, and the data it is found in."""
        with self._file.opened() as stream:
            for text, first in self._batches(stream):
                try:
                    self._adapter.validate_json(text)
                except ValidationError as error:
                    yield from self._placed(error, from_json(text), first)

    def _placed(
        self, error: ValidationError, raw: list[Any], first: int
    ) -> Iterator[tuple[ErrorDetails, Any]]:
        for one in error.errors(include_url=False):
            number, *rest = one["loc"]
            one["loc"] = (self.group, first + int(number), *rest)
            yield one, {self.group: {first + int(number): raw[int(number)]}}


class Chosen(Sequence[Link]):
    """Some of the links of a plan file, by number, ascending."""

    def __init__(self, links: Sequence[Link], numbers: array[int]) -> None:
        self._links = links
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Link]:
        wanted = iter(self._numbers)
        following = next(wanted, None)
        for number, link in enumerate(self._links):
            if number == following:
                yield link
                following = next(wanted, None)

    @overload
    def __getitem__(self, index: int) -> Link: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Link]: ...
    def __getitem__(self, index: int | slice) -> Link | Sequence[Link]:
        if isinstance(index, slice):
            return Chosen(self._links, self._numbers[index])
        return self._links[self._numbers[index]]
