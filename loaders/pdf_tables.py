"""Tables that pages cut, put together again.

1. A table that ends a page goes on with the table that begins the next one if their outer edges are
   the same and the columns of one are among those of the other, or the rows that meet have the same
   cells (tables that touch look like one).
2. Rows at its head that repeat those at the head of the whole table are printed again, and dropped.
3. The next row goes on with the row above if that one is not printed several times as heads are,
   each of its filled cells stands below a filled one, it does not begin with an id, and one of
   these holds: some cell ended on the page before; the words of its first filled cell begin with a
   small letter; or blanks tell (`loaders.pdf_paragraphs`) and one stands behind the last line of a
   cell that has words in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.ids import split_printed_id

if TYPE_CHECKING:
    from collections.abc import Collection

    from loaders.pdf_page import Box, RuledRow, RuledTable

__all__ = ["continue_table"]

_NEAR: Final = 3.0


def continue_table(
    above: RuledTable, below: RuledTable, heads: Collection[tuple[str, ...]], *, blanks_tell: bool
) -> int | None:
    """Put the rows of the next page's table to those of the one it goes on with.

    ``heads`` are the texts of rows that stand there several times, as heads of tables do.

    Returns ``None`` where it does not go on (and nothing is changed), else 1 if a row was cut in
    two, and 0 if not.
    """
    if not _is_same(above.edges, below.edges) and not _meet(above.rows[-1], below.rows[0]):
        return None
    rows = list(below.rows)
    for first in above.rows:
        if not rows or rows[0].texts != first.texts or not any(first.texts):
            break
        rows.pop(0)
    cut = (
        bool(rows)
        and tuple(above.rows[-1].texts) not in heads
        and _goes_on(above.rows[-1], rows[0], blanks_tell=blanks_tell)
    )
    if cut:
        _join_rows(above.rows[-1], rows.pop(0))
    above.rows += rows
    return int(cut)


def _is_same(one: list[float], other: list[float]) -> bool:
    small, large = sorted((one, other), key=len)
    ends = abs(one[0] - other[0]) < _NEAR and abs(one[-1] - other[-1]) < _NEAR
    return ends and all(any(abs(a - b) < _NEAR for b in large) for a in small)


def _meet(above: RuledRow, below: RuledRow) -> bool:
    if len(above.boxes) != len(below.boxes):
        return False
    pairs = zip(above.boxes, below.boxes, strict=True)
    return all(
        abs(one.left - other.left) < _NEAR and abs(one.right - other.right) < _NEAR
        for one, other in pairs
    )


def _goes_on(above: RuledRow, below: RuledRow, *, blanks_tell: bool) -> bool:
    pairs = [(_find_box(above, box.left), box) for box in below.boxes]
    filled = [(over.lines if over else [], box.lines) for over, box in pairs if box.lines]
    if not filled or not all(lines for lines, _ in filled):
        return False
    if below.boxes[0].lines and split_printed_id(below.texts[0]) is not None:
        return False
    ended = any(over is not None and over.lines and not box.lines for over, box in pairs)
    broken = blanks_tell and any(lines[-1].blank for lines, _ in filled)
    return ended or broken or filled[0][1][0].text[0].islower()


def _find_box(row: RuledRow, left: float) -> Box | None:
    return next((box for box in row.boxes if abs(box.left - left) < _NEAR), None)


def _join_rows(above: RuledRow, below: RuledRow) -> None:
    for box in below.boxes:
        over = _find_box(above, box.left)
        if over is not None:
            over.lines.extend(box.lines)
