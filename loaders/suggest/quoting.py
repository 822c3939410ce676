"""Evidence: the words of an item that suggest something, cut to what a reviewer needs to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.links import Evidence

if TYPE_CHECKING:
    from typing import Literal

    from graphmodel.items import Item, Source

__all__ = ["READ", "cite", "excerpt"]

#: Characters of a text that are read for what it suggests: what is longer is no title or sentence.
READ: Final = 2000

#: Characters of a quote, its ellipses not counted; a single phrase may be longer.
_LENGTH: Final = 110


def excerpt(text: str, begin: int, end: int) -> str:
    """Return the words from ``begin`` to ``end`` with whole words around them, cut with "…".

    Examples
    --------
    >>> excerpt("Agree the plan", 0, 5)
    'Agree the plan'
    """
    if len(text) <= _LENGTH:
        return text
    spare = max(0, _LENGTH - (end - begin))
    left = max(0, begin - spare // 2)
    right = min(len(text), left + spare + end - begin)
    left = max(0, min(left, right - spare - (end - begin)))
    while 0 < left < begin and not text[left - 1].isspace():
        left += 1
    while end < right < len(text) and not text[right].isspace():
        right -= 1
    before = "…" if left else ""
    after = "…" if right < len(text) else ""
    return f"{before}{text[left:right].strip()}{after}"


def cite(
    item: Item,
    side: Literal["from", "to", "both"],
    begin: int = 0,
    end: int = 0,
    *,
    text: str | None = None,
    source: Source | None = None,
) -> tuple[Evidence, ...]:
    """Return the words of an item's title from ``begin`` to ``end`` as evidence.

    ``text`` is what the words stand in, where that is not the title, and ``source`` its place. An
    item that came from nowhere (a plan typed by hand) gives none.
    """
    place = source or item.source
    if place is None:
        return ()
    quote = excerpt(item.title if text is None else text, begin, end)
    return (Evidence(side=side, source=place.model_copy(update={"quote": quote})),)
