"""What is late: because of a change, since the version before, and as things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, finish_instant
from graphmodel.words import join_words
from viz.itemrows import describe_items
from viz.paper.blocks import Column, Loud, Named, Section, Spread, Text
from viz.paper.wording import NOBODY, make_table, name, name_owners, without_change
from viz.words import show_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.plan import Plan
    from queries.compare import Comparison
    from queries.report import Report
    from simulations.results import MovedItem, WhatIf
    from viz.itemrows import ItemRow
    from viz.paper.blocks import Block, Cell

__all__ = ["count_due", "find_late", "lay_out_lateness"]

_WHAT: Final = Column("Deliverable", 46)
_OWNER: Final = Column("Owner", 28)
_DUE: Final = Column("Due", 14)
_BY: Final = Column("Late by", 15, "days")


def lay_out_lateness(report: Report) -> Section:
    """Return the section on what is late."""
    blocks: list[Block] = []
    if report.answer is not None:
        blocks.append(_because_of_the_change(report.answer))
    if report.comparison is not None:
        blocks.extend(_since(report.comparison))
    blocks.append(_as_things_stand(report))
    return Section("late", "What is late, and what becomes late", tuple(blocks))


def find_late(report: Report) -> tuple[ItemRow, ...]:
    """Return what is forecast after its own due date, the furthest first."""
    late = [one for one in describe_items(report.plan, report.schedule) if one.state == "late"]
    return tuple(sorted(late, key=lambda one: -_beyond(one.finish, one.item.due)))


def count_due(plan: Plan) -> int:
    """Return how many open items have a due date."""
    return sum(
        item.due is not None and item.status not in {"complete", "cancelled"} for item in plan.items
    )


def _beyond(finish: date | None, due: date | None) -> float:
    if finish is None or due is None:
        return 0.0
    return max(0.0, (finish_instant(finish) - finish_instant(due)) / DAY)


def _because_of_the_change(answer: WhatIf) -> Block:
    late = [one for one in answer.items if one.newly_late or one.newly_late_if_work]
    if not late:
        return Text("The change makes nothing late that is in time for its due date without it.")
    columns = (
        _WHAT, _OWNER, _DUE, Column("Without it", 14), Column("With it", 18), _BY,
        Column("Late if", 14),
    )  # fmt: skip
    rows = tuple(_newly_late(one) for one in late)
    return make_table("Newly late by the change", "Newly late because of the change", columns, rows)


def _newly_late(one: MovedItem) -> tuple[Cell, ...]:
    either = one.newly_late and one.newly_late_if_work
    return (
        Named(one.id, one.title),
        join_words(one.owners) or NOBODY,
        one.due,
        without_change(one),
        Spread(one.finish, one.finish_if_work or one.finish),
        Spread(_beyond(one.finish, one.due), _beyond(one.finish_if_work or one.finish, one.due)),
        Loud("either way" if either else "gaps are spare" if one.newly_late else "gaps are work"),
    )


def _since(comparison: Comparison) -> Iterator[Block]:
    step, plan = comparison.steps[-1], comparison.plan
    since = f"since {show_date(step.old.as_of, missing='the version before')}"
    if step.newly_late:
        rows = tuple(
            (
                name(plan, one),
                name_owners(plan, one),
                plan.index.items[one].due,
                step.forecasts.before.get(one),
                step.forecasts.after.get(one),
                _beyond(step.forecasts.after.get(one), plan.index.items[one].due),
            )
            for one in step.newly_late
        )
        columns = (_WHAT, _OWNER, _DUE, Column("Was", 14), Column("Is now", 14), _BY)
        yield make_table("Newly late since", f"Newly late {since}", columns, rows)
    else:
        yield Text(f"Nothing has become late against a due date {since}.")
    if step.no_longer_late:
        named = join_words(step.no_longer_late)
        yield Text(f"No longer late: {named}.")


def _as_things_stand(report: Report) -> Block:
    late = find_late(report)
    due = count_due(report.plan)
    if not due:
        return Text("Nothing that is open has a due date, so nothing can be late against one.")
    if not late:
        return Text("As things stand, everything that has a due date is forecast in time for it.")
    columns = (_WHAT, _OWNER, _DUE, Column("Forecast", 14), _BY)
    rows = tuple(
        (
            Named(one.id, one.item.title),
            one.owner or NOBODY,
            one.item.due,
            one.finish,
            _beyond(one.finish, one.item.due),
        )
        for one in late
    )
    told = "Late as things stand, without any change" if report.answer else "Late as things stand"
    return make_table(
        "Late", f"{told}: {len(late):,} of {due:,} with a due date", columns, rows, 10
    )
