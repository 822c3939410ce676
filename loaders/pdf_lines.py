"""The characters of a PDF page as lines of words, with what tells paragraphs apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from loaders.symbols import BULLETS, CIRCLE, read_symbols

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Line", "read_lines"]

#: Points between two characters that are a blank, where the page has no blank itself.
_BLANK: Final = 2.0

#: Share of the size of its letters within which a word touches the one before it.
_TOUCHING: Final = 0.1

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)

#: Word's second kind of bullet is the letter "o" of a typewriter's font.
_BULLET_FONT = re.compile(r"courier|mono", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words; lengths are points, ``top`` and ``bottom`` from the top of the page.

    ``first`` is the width of its first word, ``bullet`` says that a bullet stood before its text
    (``sign``, where it is known), ``bold`` has the stretches of ``text`` that are bold,
    ``text_left`` is where the text begins behind it, ``blank`` says that a blank stands behind its
    last word (many programs write one where they broke the line, and none where a paragraph ends).
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page: int
    first: float
    bullet: bool = False
    text_left: float = 0.0
    blank: bool = False
    sign: str = ""
    bold: tuple[tuple[int, int], ...] = ()


def read_lines(
    characters: Sequence[dict[str, Any]], page: int, blanks: Sequence[dict[str, Any]] = ()
) -> list[Line]:
    """Return the lines that characters of one area of a page make, from top to bottom.

    ``blanks`` are the blanks of the whole page: one behind a line may hang out of its cell.
    """
    from pdfplumber.utils.text import extract_words  # noqa: PLC0415 - heavy

    words = extract_words(
        list(characters), x_tolerance=_BLANK, extra_attrs=["fontname"], return_chars=True
    )
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda one: (one["top"], one["x0"])):
        if rows and _overlap(rows[-1][0], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = (_make_line(sorted(row, key=lambda one: float(one["x0"])), page) for row in rows)
    return [_note_blank(line, blanks) for line in lines if line is not None]


def _note_blank(line: Line, blanks: Sequence[dict[str, Any]]) -> Line:
    """Return a line that knows whether a blank stands behind its last word."""
    behind = (
        abs(one["x0"] - line.right) < 1
        and line.top < (one["top"] + one["bottom"]) / 2 < line.bottom
        for one in blanks
    )
    return replace(line, blank=any(behind))


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two words stand on one line: at least half of the lower one beside the other.

    A raised figure, which is smaller, does; the next line does not.
    """
    shared = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    height = min(one["bottom"] - one["top"], other["bottom"] - other["top"])
    return bool(shared > height / 2)


def _make_line(words: list[dict[str, Any]], page: int) -> Line | None:
    sign = _read_bullet(words[0]) if len(words) > 1 else ""
    own = words[1:] if sign else words
    text, bold = _write(own)
    if not text:
        return None
    return Line(
        text=text,
        left=words[0]["x0"],
        right=max(word["x1"] for word in words),
        top=min(word["top"] for word in own),
        bottom=max(word["bottom"] for word in own),
        size=max(float(word["chars"][0]["size"]) for word in own),
        page=page,
        first=own[0]["x1"] - own[0]["x0"],
        bullet=bool(sign),
        text_left=own[0]["x0"],
        sign=sign,
        bold=bold,
    )


def _read_bullet(word: dict[str, Any]) -> str:
    """Return the sign that a word is, empty where it is none."""
    text = read_symbols(word["text"])
    if text == "o" and _BULLET_FONT.search(word["fontname"]):
        return CIRCLE
    return text if text in BULLETS else ""


def _write(words: Sequence[dict[str, Any]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of words, and the stretches of it that are bold.

    Two words that touch are one, of which a part is set in another font.
    """
    text = ""
    bold: list[tuple[int, int]] = []
    above: dict[str, Any] | None = None
    for word in words:
        shown = read_symbols(word["text"]).strip()
        if not shown:
            continue
        touches = above is not None and (
            above["fontname"] != word["fontname"]
            and abs(word["x0"] - above["x1"]) < _TOUCHING * float(word["chars"][0]["size"])
        )
        text += shown if touches or not text else f" {shown}"
        if _BOLD.search(word["fontname"]):
            bold.append((len(text) - len(shown), len(text)))
        above = word
    return text, tuple(bold)
