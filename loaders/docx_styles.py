"""What the styles of a Word document say of a paragraph: heading, list, hidden, contents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from loaders.docx_names import W, find_value, is_on

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Styles"]

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)|table of figures", re.IGNORECASE)
_LEVELS = 9


class Styles:
    """Styles by id; a style has what the one it is based on has, unless it says otherwise."""

    def __init__(self, styles: Any) -> None:
        """``styles`` is the root of the styles part, or ``None``."""
        found = () if styles is None else styles.iter(f"{W}style")
        self.by_id = {one.get(f"{W}styleId"): one for one in found}
        self.default = next(
            (
                name
                for name, one in self.by_id.items()
                if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in {"1", "true"}
            ),
            None,
        )

    def chain(self, style: str | None) -> Iterator[Any]:
        """Yield a style and those it is based on."""
        seen: set[str | None] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            yield self.by_id[style]
            style = find_value(self.by_id[style], "basedOn")

    def of(self, paragraph: Any) -> str | None:
        """Return the style of a paragraph."""
        return find_value(paragraph, "pPr", "pStyle") or self.default

    def find_heading(self, paragraph: Any) -> int:
        """Return the level of a heading from 1, or 0."""
        for element in (paragraph, *self.chain(self.of(paragraph))):
            level = find_value(element, "pPr", "outlineLvl")
            if level is not None and level.isdecimal():
                return int(level) + 1 if int(level) < _LEVELS else 0
            name = find_value(element, "name") or ""
            named = _HEADING.fullmatch(name)
            if named or name.lower() == "title":
                return int(named[1]) if named else 1
        return 0

    def is_contents(self, paragraph: Any) -> bool:
        """Return whether a paragraph is a line of a table of contents."""
        names = (find_value(one, "name") or "" for one in self.chain(self.of(paragraph)))
        return any(_CONTENTS.fullmatch(name) for name in names)

    def find_list(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the list of a paragraph and the level in it, from 0."""
        num = level = None
        for element in (paragraph, *self.chain(self.of(paragraph))):
            num = num or find_value(element, "pPr", "numPr", "numId")
            level = level or find_value(element, "pPr", "numPr", "ilvl")
        if num in {None, "0"}:
            return None
        return str(num), int(level) if level and level.isdecimal() else 0

    def list_by_style(self) -> dict[str, str]:
        """Return the list that each style names, where it does."""
        lists = {name: find_value(one, "pPr", "numPr", "numId") for name, one in self.by_id.items()}
        return {name: num for name, num in lists.items() if name and num}

    def is_hidden(self, run: Any, paragraph: Any) -> bool:
        """Return whether a run of text is hidden, by itself or by a style."""
        return self._is_on("vanish", run, paragraph)

    def is_bold(self, run: Any, paragraph: Any) -> bool:
        """Return whether a run of text is bold, by itself or by a style."""
        return self._is_on("b", run, paragraph)

    def _is_on(self, switch: str, run: Any, paragraph: Any) -> bool:
        for element in (
            run,
            *self.chain(find_value(run, "rPr", "rStyle")),
            *self.chain(self.of(paragraph)),
        ):
            said = is_on(element, "rPr", switch)
            if said is not None:
                return said
        return False
