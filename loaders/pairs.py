"""Words followed by pairs, as cells hold what has too many parts: ``slip item=SI1.1.3 by=2m``.

A value with blanks, quotation marks, brackets or "=" in it stands in quotation marks, as JSON
writes it, or in brackets where it has words and pairs of its own.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_pairs", "show_pairs"]

_PLAIN: Final = re.compile(r'[^\s"()=]+')
_PAIR: Final = re.compile(
    r'\s*(?P<name>\w+)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<open>\()|(?P<plain>[^\s"()=]+))'
)
_INSIDE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[()]|[^"()]+')
_HEAD: Final = re.compile(r"(?P<words>[^=]*?)(?=\s*(?:\w+\s*=|$))", re.DOTALL)


def read_pairs(text: str) -> tuple[str, dict[str, str]]:
    """Return the words before the pairs, and the pairs; what stood in brackets keeps none.

    Raises
    ------
    ValueError
        What follows the words is no row of pairs, or names one twice.
    """
    head = _HEAD.match(text)
    words = "" if head is None else head["words"].strip()
    place = 0 if head is None else head.end()
    pairs: dict[str, str] = {}
    while text[place:].strip():
        found = _PAIR.match(text, place)
        if found is None or found["name"] in pairs:
            raise ValueError(f'"{text[place:].strip()[:60]}" is not written like name=value')
        place = found.end()
        if found["open"]:
            end = _find_end(text, place)
            value, place = text[place:end], end + 1
        elif found["quoted"] is not None:
            value = _unquote(found["quoted"])
        else:
            value = found["plain"]
        pairs[found["name"]] = value
    return words, pairs


def _unquote(inner: str) -> str:
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except ValueError:
        return inner


def _find_end(text: str, start: int) -> int:
    """Return where the bracket closes that was opened before ``start``."""
    depth, place = 1, start
    while place < len(text):
        piece = _INSIDE.match(text, place)
        if piece is None:
            break
        depth += {"(": 1, ")": -1}.get(piece.group(), 0)
        if not depth:
            return place
        place = piece.end()
    raise ValueError(f'In "{text[:60]}" a bracket is not closed')


def show_pairs(
    words: str, pairs: Mapping[str, str], nested: Mapping[str, str] | None = None
) -> str:
    """Return words and pairs as `read_pairs` reads them; ``nested`` values go into brackets."""
    shown = [words] if words else []
    shown += [f"{name}={_quote(value)}" for name, value in pairs.items()]
    shown += [f"{name}=({value})" for name, value in (nested or {}).items()]
    return " ".join(shown)


def _quote(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
