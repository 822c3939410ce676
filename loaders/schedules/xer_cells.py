"""Texts of XER cells."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["plain_text"]

#: P6 writes the end of a line inside a cell as two of these.
_BREAK: Final = "\x7f\x7f"
_TAG = re.compile(r"<[^<>]*>")


def plain_text(text: str) -> str:
    """Return a note of P6 without its mark-up, lines kept."""
    import html  # noqa: PLC0415 - few files hold notes

    lines = re.sub(r"<br\s*/?>|</p>", "\n", text.replace(_BREAK, "\n"), flags=re.IGNORECASE)
    return html.unescape(_TAG.sub("", lines)).strip()
