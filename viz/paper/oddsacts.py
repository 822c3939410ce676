"""Where to act, and what would win back what is late at a percentile: where that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.words import count, join_words
from simulations.recovery.wording import tell_cure
from viz.paper.blocks import Column, Text
from viz.paper.oddswords import say_days, say_item, tell_gap, tell_share
from viz.paper.wording import make_table, name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.risk.recoveries import LateTarget
    from simulations.risk.results import Protection, RiskResult
    from viz.paper.blocks import Block, Cell

__all__ = ["list_acts", "list_recovery"]


def list_acts(answer: RiskResult) -> Iterator[Block]:
    """Yield the few items or links whose protection buys most days."""
    acts = answer.acts
    if acts is None:
        return
    main, at = say_item(answer.plan, answer.main), f"P{answer.percentile}"
    if not acts.places:
        yield Text(f"No item and no link that was tried buys {main} a day at {at}.")
        return
    days = say_days(acts.bought_days)
    places = count(len(acts.places), "place")
    often = tell_share(answer)
    yield Text(f"Protecting {places} makes the date that {often} runs keep {days} earlier.")
    columns = (
        Column("Protect", 46), Column("From waiting for", 40), Column("Days alone", 12, "days"),
        Column("With those before", 16, "days"),
    )  # fmt: skip
    rows = tuple(_protect(answer.plan, one) for one in acts.places)
    caption = f"What buys most days at {at} together, the best first"
    yield make_table("Where to act", caption, columns, rows)
    yield Text(tell_gap(acts), quiet=True)


def _protect(plan: Plan, one: Protection) -> tuple[Cell, ...]:
    before = None if one.link is None else name(plan, one.link[0])
    return name(plan, one.id), before, one.alone_days, one.total_days


def list_recovery(answer: RiskResult, limit: int = 15) -> Iterator[Block]:
    """Yield what brings each target back that is late at the percentile."""
    found, at = answer.recovery, f"P{answer.percentile}"
    if found is None:
        return
    if not found.targets:
        yield Text(f"Nothing with a date to keep is late at {at}: there is nothing to win back.")
        return
    mended = sum(bool(one.smallest_set or one.keep) for one in found.targets)
    late, verb = len(found.targets), "is" if len(found.targets) == 1 else "are"
    yield Text(
        f"{late:,} of {count(found.of_targets, 'target')} with a date to keep {verb} "
        f"late at {at}; {mended:,} can be brought back by what was tried. Every cure was put "
        "into the plan and simulated again on the same rolls."
    )
    columns = (
        Column(f"Late at {at}", 40), Column("Date to keep", 14), Column(at, 14),
        Column("Late by", 12, "days"), Column("The least that brings it back", 60),
        Column(f"{at} then", 14),
    )  # fmt: skip
    rows = tuple(_recover(answer.plan, one) for one in found.targets)
    caption = f"What would bring back what is late at {at}"
    yield make_table("Winning it back", caption, columns, rows, limit)


def _then(one: LateTarget) -> date | None:
    """Return the date with the least that brings it back; as early as cures bring it without any.

    None where items kept to the plan bring it back: they do so by the date to keep.
    """
    if one.smallest_set is not None:
        return one.smallest_set.finish
    return None if one.keep else one.best_finish


def _recover(plan: Plan, one: LateTarget) -> tuple[Cell, ...]:
    best = one.smallest_set
    told = [] if best is None else ["; ".join(tell_cure(cure).rstrip(".") for cure in best.cures)]
    if one.keep:
        told.append(f"keep to the plan: {join_words(one.keep)}")
    return (
        name(plan, one.id),
        one.by,
        one.finish,
        one.late_days,
        "; or ".join(told) or "nothing that was tried",
        _then(one),
    )
