"""Numbers in sentences."""

from __future__ import annotations

__all__ = ["count"]


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count(1, "item"), count(0, "item"), count(1200, "entry", "entries")
    ('1 item', '0 items', '1,200 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
