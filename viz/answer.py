"""The answer to a what-if as the page says it: frozen records, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from graphmodel.moments import DAY, finish_instant
from graphmodel.words import count, join_words
from simulations.conditions import describe_change
from viz.chains import ChainStep, lay_out_chain
from viz.words import show_date, show_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graphmodel.links import Link
    from simulations.results import Buffer, MovedItem, Threshold, WhatIf

__all__ = [
    "Answer",
    "BufferRow",
    "MovedRow",
    "OwnerRow",
    "find_before",
    "is_moved",
    "prepare_answer",
    "show_after",
    "show_before",
    "tells_something",
]


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One moved item in words."""

    item: MovedItem
    owner: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    by: str
    late: str
    number: int | None


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """What one owner has to know: the items that move, and which of them become late."""

    owner: str
    moved: tuple[str, ...]
    late: tuple[str, ...]
    most: str


@dataclass(frozen=True, slots=True)
class BufferRow:
    """Room on one link out of what moves; ``eaten`` and ``left`` are percent of a common scale."""

    buffer: Buffer
    title: str
    words: str
    eaten: float
    left: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the page says, in the order it says it."""

    question: str
    changes: tuple[str, ...]
    headline: str
    sentences: tuple[str, ...]
    ends: tuple[tuple[str, str, str], ...]
    newly_late: tuple[MovedRow, ...]
    late_already: tuple[MovedRow, ...]
    moved: tuple[MovedRow, ...]
    parents: tuple[MovedRow, ...]
    has_boards: bool
    owners: tuple[OwnerRow, ...]
    chain: tuple[ChainStep, ...]
    buffers: tuple[BufferRow, ...]


def prepare_answer(
    answer: WhatIf, links: Sequence[Link], number_of: Mapping[str, int] | None = None
) -> Answer:
    """Return what the page says as records; ``number_of`` gives the rows on the page to link to."""
    moved = tuple(one for one in answer.items if is_moved(one))
    rows = {one.id: _row(one, (number_of or {}).get(one.id)) for one in moved}
    telling = [one for one in moved if tells_something(one) or not one.is_parent]
    changes = tuple(describe_change(answer.plan, one) for one in answer.scenario.changes)
    return Answer(
        question=_question(answer, changes),
        changes=changes,
        headline=answer.sentences[0] if answer.sentences else "",
        sentences=answer.sentences[1:],
        ends=_both_ends(answer),
        newly_late=tuple(rows[one.id] for one in moved if one.newly_late or one.newly_late_if_work),
        late_already=tuple(rows[one.id] for one in moved if one.late_before),
        moved=tuple(rows[one.id] for one in telling),
        parents=tuple(row for row in rows.values() if row.item not in telling),
        has_boards=any(one.first_board for one in moved),
        owners=_by_owner(moved),
        chain=lay_out_chain(answer.plan, _on_the_way(moved, telling), links),
        buffers=_buffers(answer),
    )


def is_moved(one: MovedItem) -> bool:
    """Whether it belongs in the answer; an answer may list items that do not move, too."""
    return one.changed or bool(one.knock_on_days) or bool(one.knock_on_if_work_days)


def tells_something(one: MovedItem) -> bool:
    """Whether it says more than that a part of it moves; parents that only follow do not."""
    is_late = one.newly_late or one.newly_late_if_work or one.late_before
    return one.changed or not one.is_parent or is_late


def _on_the_way(moved: Sequence[MovedItem], telling: Sequence[MovedItem]) -> list[MovedItem]:
    """Return what a chain shows: what tells something, and what lies on the way to it."""
    needed = {key for one in telling for key in one.path} | {one.id for one in telling}
    return [one for one in moved if one.id in needed]


def _question(answer: WhatIf, changes: Sequence[str]) -> str:
    if answer.scenario.name:
        return f"What if: {answer.scenario.name}"
    if not changes:
        return "What if nothing changes?"
    more = f" and {count(len(changes) - 1, 'other change')}" if len(changes) > 1 else ""
    return f"What if {changes[0]}{more}?"


def _both_ends(answer: WhatIf) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of the comparison: what is counted, with gaps as spare, with gaps as work."""
    others = [one for one in answer.items if not one.changed]
    summary = answer.summary
    spare, work = answer.first_newly_late, answer.first_newly_late_if_work
    rows = [
        (
            "Other items that move",
            count(summary.moved, "item"),
            count(summary.moved_if_work, "item"),
        ),
        (
            "They move by up to",
            _most(one.knock_on_days for one in others),
            _most(one.knock_on_if_work_days for one in others),
        ),
        (
            "Newly late against a due date",
            count(summary.newly_late, "item"),
            count(summary.newly_late_if_work, "item"),
        ),
    ]
    if spare is not None or work is not None:
        rows.append(("Something else becomes late", _at(spare), _at(work)))
    return tuple(rows)


def _most(days: Iterable[float]) -> str:
    longest = max(days, key=abs, default=0.0)
    if not longest:
        return "not at all"
    return show_range(abs(longest), abs(longest)) + (" earlier" if longest < 0 else "")


def _at(threshold: Threshold | None) -> str:
    if threshold is None:
        return "at no slip"
    return f"at a slip of {count(threshold.at_days, 'day')}: {threshold.item}"


def _row(one: MovedItem, number: int | None) -> MovedRow:
    return MovedRow(
        item=one,
        owner=join_words(one.owners) or "nobody is named",
        before=show_before(one),
        after=show_after(one),
        by=show_range(one.knock_on_days, one.knock_on_if_work_days),
        late=_late(one),
        number=number,
    )


def show_after(one: MovedItem) -> tuple[str, ...]:
    """Return the new date with gaps as spare, and as work where that differs."""
    now = one.finish or one.start
    return _show_both((now, one.finish_if_work or now))


def show_before(one: MovedItem) -> tuple[str, ...]:
    """Return the date without the change with gaps as spare, and as work where that differs."""
    return _show_both(find_before(one))


def find_before(one: MovedItem) -> tuple[date | None, date | None]:
    """Return when a moved item finishes without the change, with gaps as spare and as work."""
    before = one.baseline_finish or one.baseline_start
    if one.finish_if_work is None:
        return before, before
    return before, one.finish_if_work - timedelta(days=one.knock_on_if_work_days)


def _show_both(days: tuple[date | None, date | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(show_date(day) for day in days))


def _late(one: MovedItem) -> str:
    """Return how it stands against its due date; an item without one names what it endangers."""
    if one.due is None:
        return f"no due date; part of {one.endangers}" if one.endangers else "no due date"
    spare, work = _beyond(one.finish, one.due), _beyond(one.finish_if_work, one.due)
    if one.late_before:
        return f"late already, now by {show_range(spare, work)}"
    if one.newly_late:
        return f"becomes late by {show_range(spare, work)}"
    if one.newly_late_if_work:
        return f"becomes late by {show_range(work, work)} if the gaps are work"
    return f"in time: due {show_date(one.due)}"


def _beyond(finish: date | None, due: date) -> float:
    if finish is None:
        return 0.0
    return max(0.0, (finish_instant(finish) - finish_instant(due)) / DAY)


def _by_owner(moved: Sequence[MovedItem]) -> tuple[OwnerRow, ...]:
    """Return one row for each owner of a moved item that has no parts, the busiest first."""
    owned: dict[str, list[MovedItem]] = {}
    for one in moved:
        if not one.is_parent or one.newly_late or one.newly_late_if_work:
            for owner in one.owners or ("Nobody is named",):
                owned.setdefault(owner, []).append(one)
    rows = [
        OwnerRow(
            owner=owner,
            moved=tuple(one.id for one in items if not one.is_parent),
            late=tuple(one.id for one in items if one.newly_late or one.newly_late_if_work),
            most=show_range(
                max(one.knock_on_days for one in items),
                max(one.knock_on_if_work_days for one in items),
            ),
        )
        for owner, items in owned.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.late), -len(row.moved), row.owner)))


def _buffers(answer: WhatIf) -> tuple[BufferRow, ...]:
    """Return the room on every link out of what moves, the scarcest first, on one scale."""
    widest = max((one.before_days for one in answer.buffers), default=0.0) or 1.0
    items = answer.plan.index.items
    return tuple(
        BufferRow(
            buffer=one,
            title=items[one.to].title if one.to in items else "",
            words=_room_words(one),
            eaten=round(100 * max(0.0, one.before_days - max(0.0, one.after_days)) / widest, 2),
            left=round(100 * max(0.0, one.after_days) / widest, 2),
        )
        for one in sorted(answer.buffers, key=lambda one: one.after_days)
    )


def _room_words(one: Buffer) -> str:
    if one.before_days <= 0:
        return "There was no room"
    before = show_range(one.before_days, one.before_days)
    if one.after_days > one.before_days:  # what waits moves further than what it waits for
        return f"{show_range(one.after_days, one.after_days)} left, {before} before"
    if one.after_days <= 0:
        return f"None of {before} left"
    return f"{one.after_days:,.0f} of {before} left"
