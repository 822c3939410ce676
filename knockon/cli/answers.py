"""The answer to a what-if on the terminal: the words first, then the tables behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knockon.cli.console import say, say_table, say_wrapped
from viz.words import shorten, show_date, show_range, show_room

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulations.results import MovedItem, WhatIf

__all__ = ["say_answer", "say_rows"]

#: Characters of a title that a table shows: some objectives are a paragraph.
_TITLE: Final = 120


def say_answer(answer: WhatIf) -> None:
    """Print the sentences, what is newly late, what moves, what was late, and the room left."""
    for number, sentence in enumerate(answer.sentences):
        if number:
            say()
        say_wrapped(sentence)
    say()
    _say_newly_late(answer)
    _say_moved(answer)
    _say_late_already(answer)
    _say_buffers(answer)


def _say_newly_late(answer: WhatIf) -> None:
    late = [one for one in answer.items if one.newly_late or one.newly_late_if_work]
    rows = [(_item(one), show_date(one.due), _forecast(one), _late_when(one)) for one in late]
    say_rows("Newly late", ("Item", "Due", "Now", "Late if"), rows)


def _late_when(one: MovedItem) -> str:
    if one.newly_late and one.newly_late_if_work:
        return "either way"
    return "gaps are spare" if one.newly_late else "gaps are work"


def _say_moved(answer: WhatIf) -> None:
    headings = ("Item", "Was", "Now", "Knock-on")
    parents = [one for one in answer.items if one.is_parent and not one.changed]
    others = [one for one in answer.items if one.changed or not one.is_parent]
    say_rows("What moves", headings, map(_move, others))
    say_rows("What they are part of, which moves with them", headings, map(_move, parents))


def _move(one: MovedItem) -> tuple[str, ...]:
    by = show_range(one.knock_on_days, one.knock_on_if_work_days)
    mark = "\n(changed)" if one.changed else ""
    due = f"\n  Due: {show_date(one.due)}" if one.due is not None else ""
    return f"{_item(one)}{due}", show_date(one.baseline_finish), _forecast(one), f"{by}{mark}"


def _say_late_already(answer: WhatIf) -> None:
    late = [one for one in answer.items if one.late_before]
    rows = [
        (_item(one), show_date(one.due), show_date(one.baseline_finish), _forecast(one))
        for one in late
    ]
    say_rows("Late already, before this change", ("Item", "Due", "Was", "Now"), rows)


def _say_buffers(answer: WhatIf) -> None:
    items = answer.plan.index.items
    rows = [
        (
            f"{items[one.from_].name}\n→ {items[one.to].name}",
            show_room(one.before_days),
            show_room(one.after_days),
        )
        for one in sorted(answer.buffers, key=lambda one: one.after_days)
    ]
    say_rows("Room on the links behind what moves", ("Link", "Before", "After"), rows)


def say_rows(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a table, or nothing where it would be empty."""
    listed = list(rows)
    if listed:
        say_table(f"{title} ({len(listed)})", headings, listed)


def _item(one: MovedItem) -> str:
    """Return id and title, and on lines of their own the owner and the chain from the change."""
    lines = [f"{one.id}  {shorten(one.title, _TITLE)}"]
    if one.owners:
        lines.append(f"  Owner: {', '.join(one.owners)}")
    if len(one.path) > 1:
        lines.append(f"  Chain: {' → '.join(one.path)}")
    return "\n".join(lines)


def _forecast(one: MovedItem) -> str:
    """Return the finish with gaps as spare, and on a second line as work where that differs."""
    ends = dict.fromkeys((one.finish, one.finish_if_work))
    return "\nto ".join(show_date(end) for end in ends)
