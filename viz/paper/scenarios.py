"""The answer to one scenario as a page, and of two side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.words import count
from viz.answer import is_moved, tells_something
from viz.paper.blocks import Column, Figure, Section, Spread, Text
from viz.paper.moves import by_the_change
from viz.paper.views import make_view
from viz.paper.wording import make_table, name, name_owners, without_change
from viz.words import show_counts

if TYPE_CHECKING:
    from simulations.results import MovedItem, WhatIf
    from viz.paper.blocks import Block, Cell, Paper

__all__ = ["view_pair", "view_scenario"]


def view_scenario(answer: WhatIf) -> Paper:
    """Return the page about what a scenario moves."""
    blocks = tuple(by_the_change(answer))
    sections = [Section("moves", "What moves", blocks)] if blocks else []
    return make_view(
        answer.plan, answer.scenario.name or "Scenario", answer.sentences[:2], _figures(answer),
        sections,
    )  # fmt: skip


def view_pair(first: WhatIf, second: WhatIf) -> Paper:
    """Return two scenarios of one plan side by side: what each moves, and how they differ."""
    names = [one.scenario.name or "The other" for one in (first, second)]
    moved = [_moved(one) for one in (first, second)]
    keys = [item.id for item in first.plan.items if item.id in moved[0] or item.id in moved[1]]
    rows = tuple(_row(first, key, *moved) for key in keys)
    columns = (
        Column("Item", 46), Column("Owner", 26), Column("Without", 14),
        Column(names[0], 18), Column("moves by", 14, "days"),
        Column(names[1], 18), Column("moves by", 14, "days"), Column("How they differ", 30),
    )  # fmt: skip
    blocks: list[Block] = []
    if rows:
        caption = f"{count(len(rows), 'item')} that either moves"
        blocks.append(make_table("Scenarios", caption, columns, rows))
    else:
        blocks.append(Text("Neither moves anything."))
    return make_view(
        first.plan,
        f"{names[0]} and {names[1]}",
        (_headline(first, second, rows), *(_tell(one) for one in (first, second))),
        [*_figures(first, names[0]), *_figures(second, names[1])],
        [Section("pair", "Item by item", tuple(blocks))],
    )


def _figures(answer: WhatIf, of: str = "") -> list[Figure]:
    named = f", {of}" if of else ""
    summary = answer.summary
    return [
        Figure(
            show_counts(summary.moved, summary.moved_if_work),
            f"{_noun(summary.moved, summary.moved_if_work)}{named}",
        ),
        Figure(
            show_counts(summary.newly_late, summary.newly_late_if_work),
            f"newly late{named}",
            alarm=bool(summary.newly_late or summary.newly_late_if_work),
        ),
    ]


def _noun(spare: int, work: int) -> str:
    return "other item moves" if spare == work == 1 else "other items move"


def _headline(first: WhatIf, second: WhatIf, rows: tuple[tuple[Cell, ...], ...]) -> str:
    same = sum(row[-1] == "the same" for row in rows)
    if same == len(rows):
        return "Both come to the same."
    late = [one.summary.newly_late_if_work for one in (first, second)]
    names = [one.scenario.name or "The other" for one in (first, second)]
    if late[0] == late[1]:
        return f"They differ at {count(len(rows) - same, 'item')}; as many become late in both."
    worse = 0 if late[0] > late[1] else 1
    more = abs(late[0] - late[1])
    return f"“{names[worse]}” makes up to {count(more, 'more item')} late than the other."


def _tell(answer: WhatIf) -> str:
    said = answer.sentences[0] if answer.sentences else "Nothing changes."
    return f"{answer.scenario.name}: {said}"


def _moved(answer: WhatIf) -> dict[str, MovedItem]:
    return {one.id: one for one in answer.items if is_moved(one) and tells_something(one)}


def _row(
    answer: WhatIf, key: str, first: dict[str, MovedItem], second: dict[str, MovedItem]
) -> tuple[Cell, ...]:
    one, other = first.get(key), second.get(key)
    known = one or other
    return (
        name(answer.plan, key),
        name_owners(answer.plan, key),
        None if known is None else without_change(known).low,
        *_side(one),
        *_side(other),
        _differ(one, other),
    )


def _side(one: MovedItem | None) -> tuple[Cell, Cell]:
    if one is None:
        return "stays", None
    return (
        Spread(one.finish or one.start, one.finish_if_work or one.finish or one.start),
        Spread(one.knock_on_days, one.knock_on_if_work_days),
    )


def _differ(one: MovedItem | None, other: MovedItem | None) -> str:
    days = [
        (0.0, 0.0) if it is None else (it.knock_on_days, it.knock_on_if_work_days)
        for it in (one, other)
    ]
    if days[0] == days[1]:
        return "the same"
    late = [it is not None and (it.newly_late or it.newly_late_if_work) for it in (one, other)]
    if late[0] != late[1]:
        return f"late in the {'first' if late[0] else 'second'} only"
    return f"later in the {'first' if sum(days[0]) > sum(days[1]) else 'second'}"
