"""The prose of a paper as numbered sentences: each with its own line, paragraph and section.

1. A bullet, a paragraph number ("3.6"), a letter ("A."), a number in brackets ("(1)") or a label
   ("Chair: …") at the beginning of a line opens a paragraph; so does a line after a blank one.
2. A paragraph in small letters, or one that is no heading, goes on with an unfinished sentence
   above it, which a page end cut in two: that is told in `Prose.joined`.
3. Paragraphs that are like headings (`loaders.blocks`, rule 4), and letters and whole numbers at
   the beginning of a single line without a bullet, are sections; "N/A" is none, nor is what ends
   in the middle of a clause ("… of the").
4. A sentence ends with a full stop, question or exclamation mark before a capital, a digit, a
   bracket or a quote, and with its paragraph.
5. A line with a tab is a row of a table and goes its own way.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from loaders.blocks import HEADING_WORDS, Heading, Row, read_blocks
from loaders.governance_labels import LABELLED
from loaders.markup import read_words
from loaders.text import clean, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Prose", "Section", "Statement", "read_prose"]

_OPENING = re.compile(
    r"(?P<bullet>[-\u2013\u2022\u25aa\u25e6\u25cf\u25cb*]\s+)?"
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,2}){1,2})\.?\s+"
    r"|(?P<mark>[A-Z]|\d{1,2})[.)]\s+(?=\S)"
    r"|\((?P<enum>\d{1,2}|[a-z]|[ivx]{1,4})\)\s*(?=\w))?"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])['\u2019\u201d\")]*\s+(?=[A-Z0-9(\"'\u2018\u201c])")
_MARKDOWN = re.compile(r"^#{1,6}\s+|\*\*")
_BULLETS: Final = frozenset("\u2022\u25aa\u25e6\u25cf\u25cb\u25a0\u2023\u2219\u00b7")
_ENDS: Final = (".", "!", "?", ":", ";", ")", "\u201d", '"')
_UNFINISHED: Final = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "its", "of", "on"),
        *("or", "that", "the", "their", "to", "was", "which", "will", "with"),
    }
)
_NOTHING: Final = frozenset({"n/a", "none", "nil", "not applicable"})


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the letter or number before it."""

    line: int
    text: str
    mark: str | None = None
    opening: str = ""

    @property
    def quote(self) -> str:
        """The words with the letter or number before them, as they are printed."""
        return f"{self.opening} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: the line it begins on (from 1), its words, and where it belongs.

    ``number`` is that of its paragraph ("3.6"), ``mark`` what the entry of a list is counted by
    ("A", "1"); ``paragraph`` counts the paragraphs; ``last`` says that it ends its paragraph.
    """

    line: int
    text: str
    paragraph: int
    section: Section | None = None
    number: str | None = None
    mark: str | None = None
    bullet: bool = False
    first: bool = True
    last: bool = True
    opening: str = ""

    @property
    def quote(self) -> str:
        """The words with the number or letter that opens the paragraph, as they are printed."""
        return f"{self.opening} {self.text}".strip()

    @property
    def is_whole(self) -> bool:
        """Whether the words end as a sentence, or the lead to a list, does."""
        return self.text.endswith(_ENDS)


@dataclass(frozen=True, slots=True)
class Prose:
    """A paper as sections, statements and rows of tables, each in its order.

    ``joined`` are the lines with which a sentence goes on after a page end.
    """

    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    tables: tuple[tuple[Row, ...], ...]
    joined: tuple[int, ...]


@dataclass(slots=True)
class _Chunk:
    """Lines that belong together, with what opens the first of them."""

    bullet: bool = False
    number: str | None = None
    mark: str | None = None
    label: bool = False
    opening: str = ""
    apart: bool = False
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Whether nothing opens it, so that it may go on with what stands above."""
        marks = self.number, self.mark
        return not self.bullet and not self.label and marks == (None, None)

    @property
    def words(self) -> str:
        """All of its words."""
        return " ".join(words for _, words in self.lines)


def read_prose(text: str) -> Prose:
    """Return the sections, sentences and rows of a text (rules 1-5 above); no word is lost."""
    tables: list[list[Row]] = []
    chunks: list[_Chunk] = []
    after = "blank"  # what stands above: a blank line, a row, or words
    apart = False  # whether a row stands between the words and those above
    for number, line in enumerate(split_lines(text), start=1):
        cells = tuple(clean(read_words(cell)) for cell in line.split("\t")) if "\t" in line else ()
        if any(cells):
            if after != "row":
                tables.append([])
            tables[-1].append(Row(number, cells))
            after, apart = "row", True
            continue
        words = _read_line(line)
        if words and not _is_rule(words):
            chunk = _open(number, words)
            chunk.apart, apart = apart, False
            if after == "words" and chunk.is_plain:
                chunks[-1].lines.append((number, words))
            else:
                chunks.append(chunk)
            after = "words"
        else:
            after = "blank"
    chunks, joined = _join(chunks)
    sections, statements = _sort(chunks)
    kept = tuple(tuple(rows) for rows in tables)
    return Prose(tuple(sections), tuple(statements), kept, joined)


def _read_line(line: str) -> str:
    """Return the words of a line, with the bullet that `loaders.markup` takes for layout."""
    words = clean(_MARKDOWN.sub("", read_words(line)))
    bare = clean(line)
    return f"- {words}" if bare[:1] in _BULLETS and words and words[0] != bare[0] else words


def _is_rule(words: str) -> bool:
    return not any(letter.isalnum() for letter in words)


def _join(chunks: list[_Chunk]) -> tuple[list[_Chunk], tuple[int, ...]]:
    """Return the paragraphs that page ends left, and the lines they went on with (rule 2)."""
    kept: list[_Chunk] = []
    joined: list[int] = []
    for chunk in chunks:
        above = kept[-1].words if kept else "."
        goes_on = chunk.lines[0][1][0].islower() or (
            len(above.split()) > HEADING_WORDS and not any(_read_headings(chunk))
        )
        if chunk.is_plain and not chunk.apart and goes_on and not above.endswith(_ENDS):
            joined.append(chunk.lines[0][0])
            kept[-1].lines += chunk.lines
        else:
            kept.append(chunk)
    return kept, tuple(joined)


def _open(number: int, words: str) -> _Chunk:
    match = _OPENING.match(words)
    if match is None or not match.end() or match.end() == len(words):
        label = LABELLED.fullmatch(words) is not None
        return _Chunk(label=label, lines=[(number, words)])
    mark = match["mark"] or match["enum"]
    bullet = bool(match["bullet"] or match["enum"])
    rest = words[match.end() :]
    label = LABELLED.fullmatch(rest) is not None
    opening = words[match.end("bullet") if match["bullet"] else 0 : match.end()].strip()
    return _Chunk(bullet, match["number"], mark, label, opening, lines=[(number, rest)])


def _sort(chunks: list[_Chunk]) -> tuple[list[Section], list[Statement]]:
    sections: list[Section] = []
    statements: list[Statement] = []
    for number, chunk in enumerate(chunks):
        headings = list(_read_headings(chunk))
        if headings:
            sections.extend(headings)
        else:
            section = sections[-1] if sections else None
            statements.extend(_split(chunk, number, section))
    return sections, statements


def _read_headings(chunk: _Chunk) -> Iterator[Section]:
    """Yield the sections a paragraph is, or nothing where it is a paragraph (rule 3)."""
    first, words = chunk.lines[0]
    if chunk.bullet or chunk.label or chunk.number or words.casefold() in _NOTHING:
        return
    if chunk.mark is not None and len(chunk.lines) == 1:
        yield Section(first, words, chunk.mark, chunk.opening)
        return
    if chunk.lines[-1][1].split()[-1] in _UNFINISHED:
        return
    blocks = read_blocks("\n".join(text for _, text in chunk.lines))
    if chunk.mark is None and all(isinstance(block, Heading) for block in blocks):
        for line, text in chunk.lines:
            yield Section(line, text)


def _split(chunk: _Chunk, paragraph: int, section: Section | None) -> Iterator[Statement]:
    """Yield the sentences of a paragraph, each with the line its first word stands on (rule 4)."""
    starts: list[int] = []
    length = 0
    for _, words in chunk.lines:
        starts.append(length)
        length += len(words) + 1
    text = chunk.words
    places = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    for place, end in pairwise(places):
        yield Statement(
            line=chunk.lines[bisect_right(starts, place) - 1][0],
            text=text[place:end].strip(),
            paragraph=paragraph,
            section=section,
            number=chunk.number,
            mark=chunk.mark,
            bullet=chunk.bullet,
            first=place == 0,
            last=end == len(text),
            opening=chunk.opening if place == 0 else "",
        )
