"""The lines of a page or a cell as paragraphs.

A PDF knows no paragraphs. Programs that leave a blank behind a line exactly where they broke it
tell them all the same: where a document shows that (lines that must go on have one, last lines of
areas have none), a line with one goes on, and a line without one that has room for it ends its
paragraph. Otherwise a line begins one where

1. a bullet stands before it, or the entry above it ends (the line begins left of the entry's text);
2. the distance from the line above is larger than that between lines of one paragraph;
3. its letters are of another size;
4. the line above ended early, so that its first word would have fitted there, and the words allow
   it: it does not begin with a small letter, or the line above ends a sentence or with a colon
   (inside an entry this says nothing: what follows one begins left of its text).

Across a page end only 1, 3 and 4 tell, and a line above that ends a sentence. A hyphen at the end
of a line goes if the document has the word without it, and stays otherwise; a blank follows it if
one stood there or bold type begins or ends there. A word too long for its
column, which is broken without a hyphen, is whole again if the document has it elsewhere.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from loaders.document_parts import BOLD, PLAIN, Para

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from loaders.pdf_lines import Line

__all__ = ["Area", "Typesetting", "read_paragraphs"]

_GAP: Final = 1.3
_WIDEST_STEP: Final = 2.5  # double spacing
_SIZE: Final = 1.1
_NEAR: Final = 3.0
_MOST: Final = 0.9
_SAMPLE: Final = 5
_ENDS: Final = (".", "!", "?", ":", ";")
_FULL_STOPS: Final = (".", "!", "?")
_BREAKS: Final = ("-", "/", "\u00ad", "\u2013", "\u2014")
_LAST = re.compile(r"(\w+)(-?)$")
_WORD = re.compile(r"\w+(?:-\w+)*")


class Area(NamedTuple):
    """Lines below each other, how far they may reach, and whether a page end may cut them off."""

    lines: Sequence[Line]
    right: float
    cut: bool = False


class Typesetting:
    """What holds for a whole document: the size of its text, its line spacing, its words.

    ``areas`` are the cells, and the runs of lines outside them.
    """

    def __init__(self, areas: Sequence[Area]) -> None:
        lines = [line for area in areas for line in area.lines]
        pairs = [pair for area in areas for pair in pairwise(area.lines)]
        sizes = sorted(size for line in lines for size in [line.size] * len(line.text))
        self.size = sizes[len(sizes) // 2] if sizes else 0.0
        steps = sorted(
            (lower.bottom - upper.bottom) / lower.size
            for upper, lower in pairs
            if upper.page == lower.page and abs(upper.size - lower.size) < 1
        )
        self.step = min(steps[len(steps) // 10], _WIDEST_STEP) if steps else 1.2
        self.words = {word.casefold() for area in areas for word in _find_whole(area.lines)}
        broken = [
            upper.blank
            for area in areas
            for upper, lower in pairwise(area.lines)
            if lower.text[0].islower() and _shows_end(upper, area.right)
        ]
        ended = [
            area.lines[-1].blank
            for area in areas
            if area.lines and not area.cut and _shows_end(area.lines[-1], area.right)
        ]
        self.tells = _is_mostly(broken, value=True) and _is_mostly(ended, value=False)


def _find_whole(area: Sequence[Line]) -> Iterator[str]:
    """Yield the words of an area that no line end can have cut."""
    whole = False
    for line in area:
        words = line.text.split()
        kept = words[0 if whole else 1 : len(words) if line.blank else -1]
        whole = line.blank
        yield from (word for one in kept for word in _WORD.findall(one))


def _shows_end(line: Line, right: float) -> bool:
    """Return whether a blank would stand behind a line if it went on."""
    roomy = line.right + line.size / 2 < right and not line.text.endswith(_BREAKS)
    return line.blank or roomy


def _is_mostly(values: Sequence[bool], *, value: bool) -> bool:
    return len(values) >= _SAMPLE and values.count(value) >= _MOST * len(values)


def read_paragraphs(
    lines: Sequence[Line], right: float, setting: Typesetting, *, headings: bool = False
) -> list[Para]:
    """Return the paragraphs that lines make.

    ``right`` is how far a line may reach; ``headings`` says whether large letters are a heading.
    """
    groups: list[list[Line]] = []
    spacing = _find_spacing(lines, setting)
    for line in lines:
        if groups and not _begins(groups[-1], line, right, spacing, tells=setting.tells):
            groups[-1].append(line)
        else:
            groups.append([line])
    indents = _find_indents(lines)
    paragraphs = []
    for group in groups:
        text = _join(group, right, setting.words, marked=not headings)
        large = headings and group[0].size > setting.size * _SIZE
        level = _find_level(group[0], indents) if group[0].bullet else 0
        heading = 0 if level or not large else 1 if group[0].size > setting.size * 1.5 else 2
        first = group[0]
        paragraphs.append(Para(text, heading, level, origin=first.page, sign=first.sign))
    return paragraphs


def _find_spacing(lines: Sequence[Line], setting: Typesetting) -> float:
    """Return the distance of lines in one paragraph: the area's least, or the document's usual."""
    steps = [
        lower.bottom - upper.bottom
        for upper, lower in pairwise(lines)
        if upper.page == lower.page and lower.bottom > upper.bottom
    ]
    size = max((line.size for line in lines), default=setting.size)
    return max(min(*steps, _WIDEST_STEP * size) if steps else 0.0, setting.step * size)


def _begins(
    group: Sequence[Line], line: Line, right: float, spacing: float, *, tells: bool
) -> bool:
    """Return whether a line begins a paragraph (rules 1-4 above)."""
    above = group[-1]
    if line.bullet or max(above.size, line.size) > _SIZE * min(above.size, line.size):
        return True
    if tells and _shows_end(above, right):
        return not above.blank
    same_page = above.page == line.page
    if same_page and line.bottom - above.bottom > _GAP * spacing:
        return True
    if group[0].bullet:
        return line.left < group[0].text_left - _NEAR
    goes_on = line.text[0].islower()
    if not same_page and above.text.endswith(_FULL_STOPS) and not goes_on:
        return True
    fits = above.right + above.size / 4 + line.first < right - 1
    return fits and (above.text.endswith(_ENDS) or not goes_on)


def _join(group: Sequence[Line], right: float, words: Collection[str], *, marked: bool) -> str:
    """Return the words of a paragraph, its bold ones marked if that is asked for."""
    text = group[0].text
    bold = list(group[0].bold)
    for above, line in pairwise(group):
        head, tail = _LAST.search(text), _WORD.match(line.text)
        whole = f"{head[1]}{tail[0]}".casefold() if head and tail else None
        is_known = whole in words and not above.blank
        hyphenated = bool(head and head[2]) and not above.blank and _is_alike(above, line)
        is_cut = above.right + above.size >= right and tail and tail[0].casefold() not in words
        if text.endswith("\u00ad") or (hyphenated and is_known):
            text = text[:-1] + line.text
            bold = [(begin, min(end, len(text) - len(line.text))) for begin, end in bold]
        elif hyphenated or (is_known and is_cut):
            text += line.text
        else:
            text = f"{text} {line.text}"
        shift = len(text) - len(line.text)
        bold += [(begin + shift, end + shift) for begin, end in line.bold]
    return _mark(text, bold) if marked else text


def _is_alike(above: Line, line: Line) -> bool:
    """Return whether a line begins as bold, or as plain, as the one above ends."""
    ended = any(end == len(above.text) for _, end in above.bold)
    return ended == any(begin == 0 for begin, _ in line.bold)


def _mark(text: str, bold: Sequence[tuple[int, int]]) -> str:
    """Return a text with marks around its bold stretches; those with a blank between are one."""
    merged: list[tuple[int, int]] = []
    for begin, end in bold:
        if merged and not text[merged[-1][1] : begin].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((begin, end))
    pieces, place = [], 0
    for begin, end in merged:
        pieces += [text[place:begin], BOLD, text[begin:end], PLAIN]
        place = end
    return "".join([*pieces, text[place:]])


def _find_indents(lines: Sequence[Line]) -> list[float]:
    """Return where the bullets of an area stand, from left to right."""
    indents: list[float] = []
    for left in sorted(line.left for line in lines if line.bullet):
        if not indents or left - indents[-1] > _NEAR:
            indents.append(left)
    return indents


def _find_level(line: Line, indents: Sequence[float]) -> int:
    return sum(indent <= line.left + _NEAR for indent in indents) or 1
