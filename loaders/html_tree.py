"""A web page as a tree of elements, however carelessly it is written.

End tags that HTML lets authors leave out are supplied; elements nested deeper than any page needs
are flattened, so that no page can exhaust the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

__all__ = ["Element", "read_tree"]

_MAX_DEPTH: Final = 120

_VOID: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
#: What the start of an element ends, and where the search for it stops.
_ENDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"),
        (frozenset({"thead", "tbody", "tfoot", "tr", "td", "th", "caption"}), frozenset({"table"})),
    ),
}
_P_ENDS: Final = frozenset({"td", "th", "li", "table", "div", "body", "dd"})

#: Sections such as Word's ``<![if !supportLists]>``, which browsers skip and html.parser stops at.
_SECTION = re.compile(r"<!\[[^>]*>?")


@dataclass(slots=True)
class Element:
    """An element: its name, attributes, children in order, and the line it begins on (from 1)."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    line: int = 1


def read_tree(text: str, line: int = 1) -> Element:
    """Return the root of a page, or of a stretch of one that begins on ``line``."""
    builder = _Builder(line)
    builder.feed(_SECTION.sub("", text))
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", line=line)
        self.open = [self.root]
        self.first = line

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end(frozenset({"p"}), _P_ENDS)
        if tag in _ENDS:
            self._end(*_ENDS[tag])
        if tag in {"td", "th"} and self._nearest({"tr", "table"}) == "table":
            self.handle_starttag("tr", [])
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, line=self.first - 1 + self.getpos()[0])
        self.open[-1].children.append(element)
        if tag not in _VOID and len(self.open) < _MAX_DEPTH:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"br", "p"} and all(one.name != tag for one in self.open):
            self.handle_starttag(tag, [])  # as browsers take </br> and a lone </p>
        stop = frozenset({"table"}) if tag != "table" else frozenset[str]()
        self._end(frozenset({tag}), stop)

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _nearest(self, names: set[str]) -> str | None:
        """Return which of these names the innermost open element has that has one of them."""
        return next((one.name for one in reversed(self.open) if one.name in names), None)

    def _end(self, names: frozenset[str], stops: frozenset[str]) -> None:
        """Close the outermost open element of these names above the nearest stop."""
        found = None
        for place in range(len(self.open) - 1, 0, -1):
            name = self.open[place].name
            if name in names:
                found = place
                if len(names) == 1:
                    break
            if name in stops:
                break
        if found is not None:
            del self.open[found:]
