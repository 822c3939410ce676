"""The words of a line of Markdown, without the marks around them."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["read_inline", "restore", "split_cells"]

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]*)>")
_STARS = re.compile(r"(\*{1,3})(?=[^\s*])(.{1,2000}?)(?<=[^\s*])\1")
_UNDERLINES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])(.{1,2000}?)(?<=[^\s_])\1(?!\w)")
_STRUCK = re.compile(r"~~(?=\S)(.{1,2000}?)(?<=\S)~~")
_PIPE = re.compile(r"(?<!\\)\|")

#: Where characters that are no marks wait until the marks are gone.
_AWAY: Final = 0xE000
_BACK: Final = {_AWAY + code: code for code in range(0x21, 0x7F)}


def _put_away(text: str) -> str:
    return "".join(chr(_AWAY + ord(one)) if "!" <= one <= "~" else one for one in text)


def restore(text: str) -> str:
    """Return a text with the characters that `read_inline` put away."""
    return text.translate(_BACK)


def read_inline(text: str) -> str:
    """Return a line without its marks; HTML stands as it is, bold is ``<b>``, struck ``<del>``.

    Characters that were escaped or stand in code are put away: see `restore`.
    """
    text = _CODE.sub(lambda code: _put_away(code[2].strip() or code[2]), text)
    text = _ESCAPE.sub(lambda escaped: _put_away(escaped[1]), text)
    text = _IMAGE.sub(r"<img>", text)
    text = _LINK.sub(r"\1", text)
    text = _NOTE.sub("", text)
    text = _ADDRESS.sub(lambda address: _put_away(address[1]), text)
    text = _STRUCK.sub(r"<del>\1</del>", text)
    for marks in (_STARS, _UNDERLINES):
        for _ in "***":  # marks inside marks
            text = marks.sub(lambda one: f"<b>{one[2]}</b>" if len(one[1]) > 1 else one[2], text)
    return text


def split_cells(line: str) -> list[str]:
    """Return the cells of a row of a pipe table."""
    bare = line.strip().removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(bare)]
