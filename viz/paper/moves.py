"""What moves: by a change, since the version before; and what sets the end of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import join_words
from viz.answer import is_moved, prepare_answer, tells_something
from viz.paper.blocks import Bullets, Chain, Column, Named, Section, Spread, Step, Text
from viz.paper.wording import NOBODY, make_table, name, name_owners, without_change
from viz.words import LINK_BECAUSE, say_dates, show_date, show_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from queries.compare import Comparison
    from queries.report import Report
    from simulations.results import FloatPath, MovedItem, Schedule, WhatIf
    from simulations.shifts import Shift
    from viz.paper.blocks import Block, Cell

__all__ = ["by_the_change", "lay_out_moves", "slipped"]

#: Rows of what moved since the version before.
_ROWS: Final = 15

#: What an item says of a part of it that holds it up.
_PART_OF: Final = "ends when {}, a part of it, does"


def lay_out_moves(report: Report) -> Section:
    """Return the section on knock-on chains."""
    blocks: list[Block] = []
    if report.answer is not None:
        blocks.extend(by_the_change(report.answer))
    if report.comparison is not None:
        blocks.extend(_since(report.comparison))
    if not blocks:
        blocks.extend(_to_the_end(report.plan, report.schedule))
    return Section("chains", "Knock-on chains", tuple(blocks))


def slipped(comparison: Comparison) -> list[Shift]:
    """Return what slipped or came forward since the version before, the furthest first."""
    shifts = [one for one in comparison.steps[-1].forecasts.shifts if not one.is_parent]
    return sorted(shifts, key=lambda one: -one.days)


def by_the_change(answer: WhatIf) -> Iterator[Block]:
    """Yield what a change moves: the sentences after the first two, a table, the chain."""
    links = [link for link in answer.plan.links if link.state != "rejected"]
    said = prepare_answer(answer, links)
    if answer.sentences[2:]:  # the first two stand in the summary
        yield Bullets(tuple(map(say_dates, answer.sentences[2:])))
    moved = [one for one in answer.items if is_moved(one) and tells_something(one)]
    if moved:
        columns = (
            Column("Item", 46), Column("Owner", 28), Column("Without it", 14),
            Column("With it", 18), Column("Moves by", 16, "days"),
            Column("First board to hear", 24),
        )  # fmt: skip
        rows = tuple(_moved(one) for one in moved)
        yield make_table("Moved by the change", "What the change moves", columns, rows)
    if len(said.chain) > 1:
        steps = tuple(
            Step(
                depth=step.depth,
                item=Named(step.item.id, step.item.title),
                by=show_range(step.item.knock_on_days, step.item.knock_on_if_work_days),
                late=_late(step.item),
                because=_because(step.because, step.reason) if step.depth else "the change",
            )
            for step in said.chain
        )
        yield Chain("How the change gets there", steps)


def _moved(one: MovedItem) -> tuple[Cell, ...]:
    return (
        Named(one.id, one.title),
        join_words(one.owners) or NOBODY,
        without_change(one),
        Spread(one.finish or one.start, one.finish_if_work or one.finish or one.start),
        Spread(one.knock_on_days, one.knock_on_if_work_days),
        one.first_board,
    )


def _late(one: MovedItem) -> str:
    if one.newly_late:
        return "becomes late"
    return "becomes late if the gaps are work" if one.newly_late_if_work else ""


def _because(because: str, reason: str) -> str:
    return f"{because}: {reason}" if reason else because


def _since(comparison: Comparison) -> Iterator[Block]:
    step, plan = comparison.steps[-1], comparison.plan
    before = show_date(step.old.as_of, missing="the version before")
    if step.sentences[3:]:  # the first three stand in the summary
        yield Text(f"Since {before}:")
        yield Bullets(tuple(map(say_dates, step.sentences[3:])))
    moved = slipped(comparison)
    if moved:
        columns = (
            Column("Item", 46), Column("Owner", 28), Column("Was", 14), Column("Is now", 14),
            Column("Later by", 14, "days"), Column("Why", 30),
        )  # fmt: skip
        rows = tuple(
            (
                name(plan, one.id),
                name_owners(plan, one.id),
                one.before,
                one.after,
                one.days,
                _whose(one),
            )
            for one in moved
        )
        caption = f"Forecasts that moved since {before}, the furthest first"
        yield make_table("Moved since", caption, columns, rows, _ROWS)
    steps = tuple(_carried(plan, moved))
    if steps:
        yield Chain("How delay was passed on", steps)


def _whose(one: Shift) -> str:
    """Say how much of a slip is the item's own and how much arrived along links."""
    if one.own_days is None:  # it came forward
        return ""
    parts = [f"{_days(one.own_days)} its own"] if one.own_days else []
    if one.arrived_days:
        parts.append(f"{_days(one.arrived_days)} from {one.through}")
    if one.waiting_days:
        parts.append(f"{_days(one.waiting_days)} to the meeting")
    return ", ".join(parts)


def _days(days: float) -> str:
    return show_range(days, days)


def _carried(plan: Plan, moved: Sequence[Shift]) -> Iterator[Step]:
    """Yield what passed delay on, each with what it reached below it."""
    below: dict[str, list[Shift]] = {}
    for one in moved:
        if one.arrived_days and one.through is not None:
            below.setdefault(one.through, []).append(one)
    reached = {one.id for ones in below.values() for one in ones}
    by_id = {one.id: one for one in moved}
    waiting = [(0, key) for key in reversed(below) if key not in reached]
    while waiting:
        depth, key = waiting.pop()
        shift = by_id.get(key)
        yield Step(
            depth=depth,
            item=name(plan, key),
            by="" if shift is None else _days(shift.days),
            late="",
            because="" if shift is None else _whose(shift),
        )
        waiting.extend((depth + 1, other.id) for other in reversed(below.get(key, ())))


def _to_the_end(plan: Plan, schedule: Schedule) -> Iterator[Block]:
    """Yield the chain that sets the plan's end, with the room on each link."""
    path = schedule.buffered_path or schedule.critical_path
    if path is None or schedule.finish is None:
        yield Text("Nothing in the plan has a date, so no chain sets its end.")
        return
    if len(path.steps) == 1:
        end = name(plan, path.steps[0].item)
        yield Text(
            f"The plan ends on {show_date(schedule.finish)} with {end.id} “{end.title}”. "
            "No accepted link leads to it, so nothing else sets that date."
        )
        return
    yield Text(
        f"No change and no earlier version was asked about. This chain leads to the plan's end on "
        f"{show_date(schedule.finish)}; the room on each link says how much delay it takes up."
    )
    yield Chain("What leads to the plan's end", tuple(_steps(plan, path)))


def _steps(plan: Plan, path: FloatPath) -> Iterator[Step]:
    before = ""
    for step in path.steps:
        room = step.float_days
        yield Step(
            depth=0,
            item=name(plan, step.item),
            by="" if room is None else "no room" if room <= 0 else f"{_days(room)} of room",
            late="",
            because="" if step.link is None else _hanging(step.link).format(before),
        )
        before = step.item


def _hanging(link: str) -> str:
    """Return how an item hangs on the one before it in a chain."""
    return next((words for kind, words in LINK_BECAUSE.items() if kind == link), _PART_OF)
