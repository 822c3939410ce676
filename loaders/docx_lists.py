"""The numbers that Word prints before the entries of its lists (ECMA-376 part 1, 17.9).

Word stores no numbers: a paragraph names a list and a level, and the numbers are counted. Lists
that share a definition count on together; a list that says so begins anew where it is first used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loaders.docx_names import W, find_value, is_on, read_number
from loaders.numerals import write_letters, write_roman
from loaders.symbols import CIRCLE, read_symbols

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Lists"]

_PLACE = re.compile(r"%([1-9])")

_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "lowerLetter": write_letters,
    "upperLetter": lambda number: write_letters(number).upper(),
    "lowerRoman": write_roman,
    "upperRoman": lambda number: write_roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
}


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int
    restarts: bool
    legal: bool


class Lists:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, numbering: Any, style_lists: Mapping[str, str]) -> None:
        """``numbering`` is the root of the numbering part; ``style_lists`` the list of a style."""
        rows = () if numbering is None else numbering
        self.nums = {one.get(f"{W}numId"): one for one in rows if one.tag == f"{W}num"}
        self.forms = {
            one.get(f"{W}abstractNumId"): one for one in rows if one.tag == f"{W}abstractNum"
        }
        self.style_lists = style_lists
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[str] = set()

    def count(self, num: str, level: int) -> str | None:
        """Return the next number of a list, empty for a bullet, ``None`` where it is no list."""
        form = self._find_form(num)
        here = None if form is None else self._find_level(num, form, level)
        if form is None or here is None or (here.kind == "none" and not here.text):
            return None
        counts = self.counts.setdefault(form, {})
        self._begin(num, counts)
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            below = self._find_level(num, form, deeper)
            if below is None or below.restarts:
                del counts[deeper]
        if here.kind in {"bullet", "none"}:
            return ""
        return _PLACE.sub(lambda at: self._write(num, form, int(at[1]) - 1, here), here.text)

    def find_sign(self, num: str, level: int) -> str:
        """Return the bullet that a level of a list prints, empty where it prints none or counts."""
        form = self._find_form(num)
        here = None if form is None else self._find_level(num, form, level)
        if here is None or here.kind != "bullet":
            return ""
        return CIRCLE if here.text == "o" else read_symbols(here.text).strip()

    def _begin(self, num: str, counts: dict[int, int]) -> None:
        if num in self.begun:
            return
        self.begun.add(num)
        for override in self.nums[num].iter(f"{W}lvlOverride"):
            if override.find(f"{W}startOverride") is not None:
                level = int(override.get(f"{W}ilvl") or 0)
                counts[level] = read_number(override, "startOverride") - 1

    def _write(self, num: str, form: str, level: int, printed: _Level) -> str:
        own = self._find_level(num, form, level)
        number = self.counts[form].get(level, own.start if own else 1)
        if own is None or printed.legal or number < 1:
            return str(number)
        return _FORMATS.get(own.kind, str)(number)

    def _find_form(self, num: str) -> str | None:
        """Return the definition of a list, which may name a style that names a list in turn."""
        seen: set[str] = set()
        while num in self.nums and num not in seen:
            seen.add(num)
            form = find_value(self.nums[num], "abstractNumId")
            link = find_value(self.forms.get(form), "numStyleLink")
            if link is None or link not in self.style_lists:
                return form if form in self.forms else None
            num = self.style_lists[link]
        return None

    def _find_level(self, num: str, form: str, level: int) -> _Level | None:
        overrides = [
            found
            for one in self.nums[num].iter(f"{W}lvlOverride")
            if one.get(f"{W}ilvl") == str(level) and (found := one.find(f"{W}lvl")) is not None
        ]
        own = [one for one in self.forms[form].iter(f"{W}lvl") if one.get(f"{W}ilvl") == str(level)]
        found = next(iter([*overrides, *own]), None)
        if found is None:
            return None
        return _Level(
            find_value(found, "numFmt") or "decimal",
            find_value(found, "lvlText") or "",
            read_number(found, "start", default=1),
            find_value(found, "lvlRestart") != "0",
            bool(is_on(found, "isLgl")),
        )
