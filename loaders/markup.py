"""What a converter leaves of a cell's layout: paragraphs, bullets and lists, with their wording.

Tags are those of simple HTML; anything else in angle brackets (``<5%``) is text. Lists are often
cut off, so a tag need not be closed. Three kinds of part come out:

=========  ======================================================================================
``text``   a paragraph
``bullet`` one entry of a list: after ``<li>`` or a bullet sign
``list``   a stretch of a list whose entries nothing separates: after ``<ul>``, before any bullet
=========  ======================================================================================
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Final, Literal

from loaders.text import clean

__all__ = ["SIGNS", "Part", "PartKind", "read_parts", "read_words", "write_words"]

PartKind = Literal["text", "bullet", "list"]

#: Signs that are read as the bullet of an entry.
SIGNS: Final = "•▪◦○●■‣∙·"

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>p|ul|ol|li|br|div|span|b|strong|i|em|u|sup|sub|h[1-6]|font|a|table"
    r"|thead|tbody|tr|td|th)\b(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SIGN = re.compile(rf"(?:(?<=\s)|^)[{SIGNS}](?=\s|$|\w)|•")
_LISTS = frozenset({"ul", "ol"})
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = frozenset({"p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th"})


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a cell: its kind, its words, and for entries how deep the list is (from 1).

    ``sign`` is the bullet sign printed before an entry (``""`` where none is), ``strong`` whether
    all of it is bold: parts that differ in nothing else are equal.
    """

    kind: PartKind
    text: str
    level: int = 0
    sign: str = field(default="", compare=False)
    strong: bool = field(default=False, compare=False)


def read_parts(cell: str) -> tuple[Part, ...]:
    """Return the parts of a cell in order, without empty ones; no word is lost or changed."""
    if "<" not in cell and not _SIGN.search(cell):
        text = clean(html.unescape(cell))
        return (Part("text", text),) if text else ()
    reader = _Reader()
    place = 0
    for tag in _TAG.finditer(cell):
        reader.read_text(cell[place : tag.start()])
        reader.read_tag(tag["name"].lower(), closing=bool(tag["close"]))
        place = tag.end()
    reader.read_text(cell[place:])
    reader.flush()
    return tuple(reader.parts)


def read_words(cell: str) -> str:
    """Return the words of a cell in one line."""
    return " ".join(part.text for part in read_parts(cell))


def write_words(text: str) -> str:
    """Return words as they must stand in a cell or line for `read_words` to give them back.

    They are changed only where something in them would be taken for a tag or an entity.
    """
    is_plain = html.unescape(text) == text and not _TAG.search(text)
    return text if is_plain else html.escape(text, quote=False)


class _Reader:
    """The state of reading one cell: how deep in lists, and whether inside a ``<li>``."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.depth = 0
        self.inside_entry = False
        self.kind: PartKind = "text"
        self.sign = ""
        self.bold = 0
        self.weights: set[bool] = set()
        self.words: list[str] = []

    def flush(self) -> None:
        text = clean(html.unescape("".join(self.words)))
        self.words.clear()
        if text:
            level = self.depth if self.kind != "text" else 0
            self.parts.append(Part(self.kind, text, level, self.sign, self.weights == {True}))
            self.sign = ""
        self.weights.clear()

    def begin(self, kind: PartKind) -> None:
        self.flush()
        self.kind = kind
        self.sign = ""

    def read_text(self, text: str) -> None:
        place = 0
        for sign in _SIGN.finditer(text):
            self.add(text[place : sign.start()])
            self.begin("bullet")
            self.sign = sign.group()
            place = sign.end()
        self.add(text[place:])

    def add(self, text: str) -> None:
        self.words.append(text)
        if text.strip():
            self.weights.add(self.bold > 0)

    def read_tag(self, name: str, *, closing: bool) -> None:
        if name in _BOLD:
            self.bold = max(0, self.bold - 1) if closing else self.bold + 1
        if name in _LISTS:
            self.flush()
            self.depth = max(0, self.depth - 1) if closing else self.depth + 1
            self.inside_entry = False
            self.kind = "list" if self.depth else "text"
        elif name == "li":
            self.begin("list" if closing and self.depth else "text" if closing else "bullet")
            self.inside_entry = not closing
        elif name in _BREAKS:
            if self.inside_entry:
                self.words.append(" ")
            else:
                self.begin("list" if self.depth else "text")
