"""Where the items and links of a large plan file stand, found in one read and without keeping them.

A plan file is one JSON object. Everything in it but the lists of items and links is small and is
kept as it is. Of each entry of these lists its place is kept: of items also id and parent, which
say what is part of what before any item is looked at; of links also whether they are accepted.

Python's own decoder reads each value; nothing here knows more of JSON than the brackets and commas
between them. The file must be UTF-8.
"""

from __future__ import annotations

import codecs
import json
import re
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Places", "PlanLayout", "scan_plan"]

#: Bytes read at a time; more where one value is longer.
_WINDOW: Final = 1 << 20

_decode = json.JSONDecoder().raw_decode
_skip_blanks = re.compile(r"[ \t\n\r]*").match
_skip_comma = re.compile(r"[ \t\n\r]*,[ \t\n\r]*").match


@dataclass(eq=False)
class Places:
    """Where the entries of one list stand: the first byte of each, and that of its bracket."""

    starts: array[int] = field(default_factory=lambda: array("q"))
    end: int = 0


@dataclass(eq=False)
class PlanLayout:
    """What a plan file holds, and where.

    Attributes
    ----------
    header
        Every key of the plan but ``items`` and ``links``, not validated.
    items, links
        Places of the entries.
    parents
        What each item is part of, by id, in the order of the file.
    accepted
        Numbers of the links whose state is ``accepted``.
    repeats_links
        Whether two links seem to have the same id.
    """

    header: dict[str, Any] = field(default_factory=dict)
    items: Places = field(default_factory=Places)
    links: Places = field(default_factory=Places)
    parents: dict[str, str | None] = field(default_factory=dict)
    accepted: array[int] = field(default_factory=lambda: array("q"))
    repeats_links: bool = False


def scan_plan(stream: BinaryIO) -> PlanLayout:
    """Find out what a plan file holds, and where; of keys written twice the last one counts.

    Raises
    ------
    ValueError, RecursionError
        It is not JSON, not UTF-8, or not an object.
    """
    scanner = _Scanner(stream)
    layout = PlanLayout()
    scanner.take("{")
    separator = "" if scanner.peek() != "}" else "}"
    while separator != "}":
        key = scanner.value()
        scanner.take(":")
        if not isinstance(key, str):
            raise ValueError("a key is not text")  # noqa: TRY004 - it is not JSON
        _take_entry(scanner, layout, key)
        separator = scanner.take(",}")
    if not separator:
        scanner.take("}")
    if scanner.peek():
        raise ValueError("something follows the plan")
    return layout


def _take_entry(scanner: _Scanner, layout: PlanLayout, key: str) -> None:
    layout.header.pop(key, None)
    if key == "items":
        layout.items, layout.parents = Places(), {}
    elif key == "links":
        layout.links, layout.accepted = Places(), array("q")
        layout.repeats_links = False
    if key == "items" and scanner.peek() == "[":
        layout.items = scanner.entries(lambda _, item: _note_item(layout.parents, item))
    elif key == "links" and scanner.peek() == "[":
        ids = array("q")
        layout.links = scanner.entries(
            lambda number, link: _note_link(layout.accepted, ids, number, link)
        )
        layout.repeats_links = len(set(ids)) < len(ids)
    else:
        layout.header[key] = scanner.value()


def _note_item(parents: dict[str, str | None], item: Any) -> None:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        parent = item.get("parent")
        parents[item["id"]] = parent if isinstance(parent, str) else None


def _note_link(accepted: array[int], ids: array[int], number: int, link: Any) -> None:
    if isinstance(link, dict):
        if link.get("state") in {None, "accepted"}:
            accepted.append(number)
        if isinstance(link.get("id"), str):
            ids.append(hash(link["id"]))


class _Scanner:
    """The text of a file, read on as it is needed, and how far it has been understood."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = 0
        self._known = 0  # a place in the text whose place in the file is known
        self._offset = 0
        self._read_on()
        if self._text.startswith("\ufeff"):
            self._at = 1

    def _read_on(self) -> bool:
        """Read on, at least as much again as is still to be understood; False at the end."""
        self.place()
        data = self._stream.read(max(_WINDOW, len(self._text) - self._at))
        self._text = self._text[self._at :] + self._decoder.decode(data, final=not data)
        self._at = self._known = 0
        return bool(data)

    def place(self) -> int:
        """Return which byte of the file comes next."""
        passed = self._at - self._known
        if not self._text.isascii():
            passed = len(self._text[self._known : self._at].encode())
        self._offset += passed
        self._known = self._at
        return self._offset

    def peek(self) -> str:
        """Return the next character that is not blank, nothing at the end of the file."""
        while True:
            blanks = _skip_blanks(self._text, self._at)
            self._at = blanks.end() if blanks else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def take(self, choices: str) -> str:
        """Go past one of these characters and return it."""
        found = self.peek()
        if not found or found not in choices:
            raise ValueError(f"{choices} is missing")
        self._at += 1
        return found

    def value(self) -> Any:
        """Go past a value and return it."""
        self.peek()
        while True:
            try:
                value, end = _decode(self._text, self._at)
            except ValueError:  # as a rule, the rest of it is still to be read
                if not self._read_on():
                    raise
                continue
            if end == len(self._text) and self._read_on():
                continue  # a number may go on
            self._at = end
            return value

    def entries(self, note: Callable[[int, Any], None]) -> Places:
        """Go past a list; ``note`` is told the number and value of each entry."""
        places = Places()
        self.take("[")
        if self.peek() == "]":
            places.end = self.place()
            self.take("]")
            return places
        while True:
            self._take_run(places.starts, note)
            places.starts.append(self.place())
            note(len(places.starts) - 1, self.value())
            if self.peek() == "]":
                places.end = self.place()
            if self.take(",]") == "]":
                return places
            self.peek()

    def _take_run(self, starts: array[int], note: Callable[[int, Any], None]) -> None:
        """Go past the entries that lie in the text with the comma behind them, and another one."""
        text = self._text
        while True:
            try:
                value, end = _decode(text, self._at)
            except ValueError:
                return
            comma = _skip_comma(text, end)
            if comma is None or comma.end() == len(text):
                return
            starts.append(self.place())
            note(len(starts) - 1, value)
            self._at = comma.end()
