"""Names and attributes of WordprocessingML, as lxml spells them."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["MC", "M", "W", "find_value", "is_on", "read_number"]

#: WordprocessingML (ECMA-376 part 1, 17).
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: Formulas.
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

#: Two forms of the same content, for newer and for older programs.
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_OFF: Final = frozenset({"0", "false", "off", "none"})


def find_value(element: Any, *path: str) -> str | None:
    """Return the ``w:val`` of the element below this path of names, or ``None``."""
    found = None if element is None else element.find("/".join(W + name for name in path))
    return None if found is None else found.get(f"{W}val")


def read_number(element: Any, *path: str, default: int = 0) -> int:
    """Return the whole number that `find_value` finds."""
    value = find_value(element, *path)
    try:
        return default if value is None else int(value)
    except ValueError:
        return default


def is_on(element: Any, *path: str) -> bool | None:
    """Return whether the switch below this path is on; ``None`` where it is not there."""
    found = None if element is None else element.find("/".join(W + name for name in path))
    return None if found is None else (found.get(f"{W}val") or "1").lower() not in _OFF
