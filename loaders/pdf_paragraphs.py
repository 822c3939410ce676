"""The lines of a page or a cell as paragraphs.

A PDF knows no paragraphs. A line begins one where

1. a bullet stands before it, or the entry above it ends (the line begins left of the entry's text);
2. the distance from the line above is larger than that between lines of one paragraph;
3. its letters are of another size;
4. the line above ended early, so that its first word would have fitted there, and the words allow
   it: it does not begin with a small letter, or the line above ends a sentence or with a colon.

Across a page end only 1, 3 and 4 tell, and a line above that ends a sentence. A hyphen at the end
of a line goes if the document has the word without it, and stays (without a blank) otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loaders.document_parts import Para

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from loaders.pdf_lines import Line

__all__ = ["Typesetting", "read_paragraphs", "words_of"]

_GAP: Final = 1.3
_SIZE: Final = 1.1
_NEAR: Final = 3.0
_ENDS: Final = (".", "!", "?", ":", ";")
_HYPHENATED = re.compile(r"(?P<head>\w+)-$")
_WORD = re.compile(r"\w+(?:-\w+)*")


class Typesetting:
    """What holds for a whole document: the size of its text, its line spacing, its words."""

    def __init__(self, areas: Sequence[Sequence[Line]]) -> None:
        lines = [line for area in areas for line in area]
        sizes = sorted(size for line in lines for size in [line.size] * len(line.text))
        self.size = sizes[len(sizes) // 2] if sizes else 0.0
        steps = sorted(
            (lower.bottom - upper.bottom) / lower.size
            for area in areas
            for upper, lower in zip(area, area[1:], strict=False)
            if upper.page == lower.page and abs(upper.size - lower.size) < 1
        )
        self.step = steps[len(steps) // 10] if steps else 1.2
        self.words = words_of(line.text for line in lines)


def words_of(texts: Iterable[str]) -> Collection[str]:
    """Return the words of texts, without case."""
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


def read_paragraphs(
    lines: Sequence[Line], right: float, setting: Typesetting, *, headings: bool = False
) -> list[Para]:
    """Return the paragraphs that lines make.

    ``right`` is how far a line may reach; ``headings`` says whether large letters are a heading.
    """
    groups: list[list[Line]] = []
    spacing = _find_spacing(lines, setting)
    for line in lines:
        if groups and not _begins(groups[-1], line, right, spacing):
            groups[-1].append(line)
        else:
            groups.append([line])
    indents = _find_indents(lines)
    paragraphs = []
    for group in groups:
        text = group[0].text
        for line in group[1:]:
            text = _join(text, line.text, setting.words)
        large = headings and group[0].size > setting.size * _SIZE
        level = _find_level(group[0], indents) if group[0].bullet else 0
        heading = 0 if level or not large else 1 if group[0].size > setting.size * 1.5 else 2
        paragraphs.append(Para(text, heading, level, origin=group[0].page))
    return paragraphs


def _find_spacing(lines: Sequence[Line], setting: Typesetting) -> float:
    """Return the distance of lines in one paragraph: the area's least, or the document's usual."""
    steps = [
        lower.bottom - upper.bottom
        for upper, lower in zip(lines, lines[1:], strict=False)
        if upper.page == lower.page and lower.bottom > upper.bottom
    ]
    size = max((line.size for line in lines), default=setting.size)
    return max(min(steps, default=0.0), setting.step * size)


def _begins(group: Sequence[Line], line: Line, right: float, spacing: float) -> bool:
    """Return whether a line begins a paragraph (rules 1-4 above)."""
    above = group[-1]
    outside_entry = group[0].bullet and line.left < group[0].text_left - _NEAR
    if line.bullet or outside_entry or _differ(above.size, line.size):
        return True
    ends = above.text.endswith(_ENDS)
    if above.page == line.page and line.bottom - above.bottom > _GAP * spacing:
        return True
    fits = above.right + above.size / 4 + line.first < right - 1
    may_begin = ends or not line.text[:1].islower()
    if above.page != line.page:
        return (fits and may_begin) or (
            ends and above.text[-1:] != ";" and not line.text[:1].islower()
        )
    return fits and may_begin


def _differ(one: float, other: float) -> bool:
    return max(one, other) > _SIZE * min(one, other)


def _join(text: str, following: str, words: Collection[str]) -> str:
    if text.endswith("\u00ad"):
        return text[:-1] + following
    hyphenated = _HYPHENATED.search(text)
    if hyphenated is None:
        return f"{text} {following}"
    tail = _WORD.match(following)
    whole = hyphenated["head"] + (tail.group() if tail else "")
    if tail and whole.casefold() in words and tail.group()[0].islower():
        return text[:-1] + following
    return text + following


def _find_indents(lines: Sequence[Line]) -> list[float]:
    """Return where the bullets of an area stand, from left to right."""
    indents: list[float] = []
    for left in sorted(line.left for line in lines if line.bullet):
        if not indents or left - indents[-1] > _NEAR:
            indents.append(left)
    return indents


def _find_level(line: Line, indents: Sequence[float]) -> int:
    return sum(indent <= line.left + _NEAR for indent in indents) or 1
