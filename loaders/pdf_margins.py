"""What repeats at the head and foot of pages: running heads, feet and page numbers.

1. A line is one if it stands outside tables in the upper or lower eighth of the page, among the
   first or last three lines, and the same words, figures apart, stand at the same height on half
   of the pages and on two at least.
2. A page number alone on the first or last line of that zone is one on any page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.pdf_lines import Line
    from loaders.pdf_page import Page

__all__ = ["take_margins"]

_ZONE: Final = 1 / 8
_LINES: Final = 3
_SAME_HEIGHT: Final = 4.0
_FIGURES = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-\u2013]?\s*\d{1,3}\s*[-\u2013]?(?:\s*(?:of|/)\s*\d{1,3})?", re.IGNORECASE
)


def take_margins(pages: Sequence[Page]) -> dict[str, list[int]]:
    """Take the repeated lines out of the pages; return each text with the pages it stood on."""
    groups: dict[tuple[str, bool], list[tuple[Page, Line]]] = defaultdict(list)
    for page in pages:
        for line, is_foot in _candidates(page):
            groups[_FIGURES.sub("#", line.text), is_foot].append((page, line))
    taken: dict[str, list[int]] = {}
    for (key, _), found in groups.items():
        number = _PAGE_NUMBER.fullmatch(found[0][1].text) is not None
        for page, line in found:
            same = {one.number for one, other in found if abs(other.top - line.top) < _SAME_HEIGHT}
            if number or (len(same) > 1 and len(same) * 2 >= len(pages)):
                page.lines.remove(line)
                taken.setdefault("" if number else key, []).append(page.number)
    return taken


def _candidates(page: Page) -> Iterator[tuple[Line, bool]]:
    """Yield the lines at the head and foot of a page, and whether it is the foot."""
    for line in page.lines[:_LINES]:
        if line.bottom < page.height * _ZONE:
            yield line, False
    for line in page.lines[-_LINES:]:
        if line.top > page.height * (1 - _ZONE):
            yield line, True
