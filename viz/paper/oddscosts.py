"""What costs most days: items, officers and discrete risks, each left out of the same runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from simulations.risk.certainty import CONFIDENCE, split_costs
from simulations.risk.results import RiskEvent
from viz.charts.bars import Bar, draw_bars
from viz.paper.blocks import Column, Graph, Named, Text
from viz.paper.oddswords import say_days, say_item, tell_share, tell_unclear
from viz.paper.wording import make_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from simulations.risk.certainty import Costed
    from simulations.risk.results import RiskResult
    from viz.paper.blocks import Block

__all__ = [
    "BARS",
    "CRUCIAL",
    "cost_column",
    "draw_costs",
    "draw_officers",
    "list_events",
    "name_item",
]

#: Bars of a tornado.
BARS: Final = 10
CRUCIAL: Final = Column("Cruciality", 11, "signed")
_KNOWN: Final = Column("Known to ±", 11, "days")


def cost_column(percentile: int) -> Column:
    """Return the column of what something costs."""
    return Column(f"Days at P{percentile}", 12, "days")


def name_item(plan: Plan, key: str) -> Named:
    """Return an item as tables name it, or the plan itself."""
    item = plan.index.items.get(key)
    return Named("Plan", "all of it finished") if item is None else Named(key, item.title)


def draw_costs(answer: RiskResult) -> Iterator[Block]:
    """Yield the tornado of items and risks with its table, or a sentence where nothing costs."""
    main = say_item(answer.plan, answer.main)
    percentile = answer.percentile
    costly, unclear = split_costs([*answer.items, *answer.risks])
    costs = [
        (Named(one.id, one.title), one, "risk")
        if isinstance(one, RiskEvent)
        else (name_item(answer.plan, one.id), one, None)
        for one in costly
    ]
    if not costs:
        yield Text(
            f"No item and no risk alone is sure to cost {main} a day at P{percentile}: the date "
            f"that {tell_share(answer)} runs keep stays the same without any one of them, as far "
            "as so many runs can tell."
        )
        return
    first = costs[0]
    most = first[1].cost_days or 0.0
    same = sum(one.cost_days == most for one in costly)
    days = say_days(most)
    title = (
        f"{same:,} {_kinds(costs[:same])} cost {days} each"
        if same > 1
        else f"{first[0].id} costs most: {days}"
    )
    subtitle = (
        f"Days by which the date that {tell_share(answer)} runs of {main} keep would be earlier "
        "without the uncertainty of each"
    )
    bars = [_bar(name, kind, one.cost_days or 0.0) for name, one, kind in costs[:BARS]]
    chart = draw_bars(bars, key="tornado", title=title, subtitle=subtitle)
    columns = (Column("Item or risk", 46), cost_column(percentile), _KNOWN, Column("Kind", 8))
    rows = tuple((name, one.cost_days, _known(one), kind) for name, one, kind in costs)
    caption = f"What costs most days at P{percentile}, found by leaving it out"
    yield Graph(chart, make_table("Costs", caption, columns, rows, BARS))
    if unclear:
        yield Text(tell_unclear(unclear, "item or risk", "items or risks"), quiet=True)


def _known(one: Costed) -> int:
    """Return how closely a cost is known, in whole days to either side."""
    return round(CONFIDENCE * (one.cost_se_days or 0.0))


def _kinds(costs: Sequence[tuple[Named, Costed, str | None]]) -> str:
    kinds = {kind or "item" for _, _, kind in costs}
    return " and ".join(f"{one}s" for one in sorted(kinds))


def _bar(name: Named, kind: str | None, days: float) -> Bar:
    words = f"{name.id} {name.title}".strip()
    return Bar(f"Risk: {words}" if kind == "risk" else words, days, say_days(days))


def draw_officers(answer: RiskResult) -> Iterator[Block]:
    """Yield what the uncertainty in each officer's hands costs, where it costs anything."""
    costly, unclear = split_costs(answer.officers)
    if not costly:
        return
    most = costly[0].cost_days
    same = sum(one.cost_days == most for one in costly)
    told = say_days(most)
    title = (
        f"{count(same, 'officer')} each hold uncertainty that costs {told}"
        if same > 1
        else f"Most is in the hands of the {costly[0].name}: {told}"
    )
    subtitle = (
        f"Days by which the date that {tell_share(answer)} runs keep would be earlier without the "
        "uncertainty of everything that is an officer's"
    )
    bars = [Bar(one.name, one.cost_days, say_days(one.cost_days)) for one in costly[:BARS]]
    chart = draw_bars(bars, key="officers-tornado", title=title, subtitle=subtitle)
    columns = (
        Column("Officer", 46), Column("Uncertain items", 14), cost_column(answer.percentile),
        _KNOWN,
    )  # fmt: skip
    rows = tuple((one.name, one.items, one.cost_days, _known(one)) for one in costly)
    caption = "What the uncertainty in each officer's hands costs"
    yield Graph(chart, make_table("Officers at risk", caption, columns, rows, BARS))
    if unclear:
        yield Text(tell_unclear(unclear, "officer"), quiet=True)


def list_events(answer: RiskResult, limit: int = 15) -> Iterator[Block]:
    """Yield the discrete risks, the costliest first."""
    if not answer.risks:
        return
    rows = tuple(
        (
            Named(one.id, one.title),
            one.probability,
            one.happened,
            one.cost_days,
            _known(one),
            one.cruciality,
        )
        for one in sorted(answer.risks, key=lambda one: -(one.cost_days or 0))
    )
    columns = (
        Column("Risk", 46), Column("Probability", 12, "share"),
        Column("Happened in", 12, "share"), cost_column(answer.percentile), _KNOWN, CRUCIAL,
    )  # fmt: skip
    yield make_table("Risks", "What each risk costs", columns, rows, limit)
