"""The odds of a plan as charts and tables; the risk page and the report share them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, finish_instant
from graphmodel.words import count
from viz.charts.bars import Bar, draw_bars
from viz.charts.scurve import draw_scurve
from viz.paper.blocks import Column, Graph, Named, Text
from viz.paper.oddswords import kept, say_item
from viz.paper.wording import make_table
from viz.words import show_date, show_range, show_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.risk.results import ItemRisk, RiskResult, TargetOdds
    from viz.paper.blocks import Block, Cell, Table

__all__ = [
    "draw_costs",
    "draw_curves",
    "draw_drivers",
    "draw_officers",
    "list_events",
    "list_meetings",
    "list_merges",
    "list_targets",
]

#: Bars of a tornado.
_BARS: Final = 10
#: The least share of runs that has a bar.
_SEEN: Final = 0.01
#: Curves, where several targets were asked for.
_CURVES: Final = 3
_CONFIDENCE: Final = 1.96
_ITEM: Final = Column("Item", 50)
_COST: Final = Column("Days at P80", 12, "days")
_CRITICAL: Final = Column("Critical in", 11, "share")
_CRUCIAL: Final = Column("Cruciality", 11, "signed")
_SAYS: Final = {"plan": "the plan", "reference": "reference class", "risks": "only its risks"}


def _name(plan: Plan, key: str) -> Named:
    item = plan.index.items.get(key)
    return Named("Plan", "all of it finished") if item is None else Named(key, item.title)


def draw_curves(answer: RiskResult, *, every: bool = False) -> Iterator[Block]:
    """Yield the S-curve of the main target, or of the first few, and every point of each."""
    for place, target in enumerate(answer.targets[: _CURVES if every else 1]):
        yield _draw_curve(answer, target, place)
        rows = tuple((one.share, one.date, one.days) for one in target.curve)
        columns = (
            Column("Share of runs", 14, "share"), Column("Finished by", 14),
            Column("After the plan's start", 22, "days"),
        )  # fmt: skip
        name = f"S-curve points {place + 1}" if place else "S-curve points"
        caption = f"The S-curve of {say_item(answer.plan, target.id)}"
        yield make_table(name, caption, columns, rows, 0)


def _draw_curve(answer: RiskResult, target: TargetOdds, place: int) -> Graph:
    name = say_item(answer.plan, target.id)
    if target.p_on_time is None or target.by is None:
        title = f"Even odds by {show_date(target.p50)}, 8 in 10 by {show_date(target.p80)}"
    else:
        title = (
            f"{show_date(target.by)} is kept in {show_share(target.p_on_time)} of runs; 8 in 10 "
            f"are done by {show_date(target.p80)}"
        )
    subtitle = f"Share of {count(answer.iterations, 'run')} in which {name} is finished by a date"
    chart = draw_scurve(target, key=f"s-curve-{place + 1}", title=title, subtitle=subtitle)
    rows: list[tuple[Cell, ...]] = [
        (words, day, share, _CONFIDENCE * error)
        for words, share, day, error in (
            ("P10: 1 in 10", 0.1, target.p10, target.p10_se_days),
            ("P50: even odds", 0.5, target.p50, target.p50_se_days),
            ("P80: 8 in 10", 0.8, target.p80, target.p80_se_days),
            ("P90: 9 in 10", 0.9, target.p90, target.p90_se_days),
        )
    ]
    if target.by is not None:
        told = {"due": "Due date", "must_finish": "Must-finish date", "planned": "Planned date"}
        rows.append((told[target.against or "planned"], target.by, target.p_on_time, None))
    rows.append(("Without any delay", target.finish, None, None))
    columns = (
        Column("What", 20), Column("Finished by", 14), Column("Share of runs", 12, "share"),
        Column("Known to ±", 12, "days"),
    )  # fmt: skip
    caption = f"When {name} is finished"
    sheet = f"S-curve {place + 1}" if place else "S-curve"
    return Graph(chart, make_table(sheet, caption, columns, tuple(rows)))


def list_targets(answer: RiskResult, limit: int = 15) -> Iterator[Block]:
    """Yield the odds of every target with a date to keep, and all numbers of each."""
    dated = kept(answer)
    if len(dated) > 1 or (dated and dated[0].id != answer.main):
        columns = (
            Column("Date to keep", 46), Column("By", 14), Column("On time", 11, "share"),
            Column("P50", 14), Column("P80", 14), Column("Late by at P80", 16, "days"),
        )  # fmt: skip
        rows = tuple(
            (
                _name(answer.plan, one.id), one.by, one.p_on_time, one.p50, one.p80,
                _late(one.p80, one.by),
            )
            for one in dated
        )  # fmt: skip
        caption = "How likely each date is kept, the least likely first"
        yield make_table("Dates", caption, columns, rows, limit)
    yield _list_numbers(answer)


def _list_numbers(answer: RiskResult) -> Table:
    columns = (
        Column("Target", 46), Column("Held against", 14), Column("Date to keep", 14),
        Column("On time", 11, "share"), Column("Without delay", 14), Column("P10", 14),
        Column("P50", 14), Column("P80", 14), Column("P90", 14), Column("Mean", 12, "days"),
        Column("Standard deviation", 12, "days"), Column("Standard error of P80", 12, "days"),
    )  # fmt: skip
    every = tuple(
        (
            _name(answer.plan, one.id), None if one.against is None else _AGAINST[one.against],
            one.by, one.p_on_time, one.finish, one.p10, one.p50, one.p80, one.p90, one.mean_days,
            one.sd_days, one.p80_se_days,
        )
        for one in answer.targets
    )  # fmt: skip
    return make_table("Targets", "Every target with all its numbers", columns, every, 0)


_AGAINST: Final = {"due": "due", "must_finish": "must finish", "planned": "planned"}


def _late(p80: date, by: date | None) -> float | None:
    if by is None:
        return None
    return max(0.0, (finish_instant(p80) - finish_instant(by)) / DAY)


def draw_costs(answer: RiskResult) -> Iterator[Block]:
    """Yield the tornado of items and risks with its table, or a sentence where nothing costs."""
    main = say_item(answer.plan, answer.main)
    costs: list[tuple[float, Named, str | None]] = [
        (one.cost_days or 0.0, _name(answer.plan, one.id), None) for one in answer.items
    ]
    costs += [(one.cost_days or 0.0, Named(one.id, one.title), "risk") for one in answer.risks]
    costs = sorted((one for one in costs if one[0] > 0), key=lambda one: -one[0])
    if not costs:
        yield Text(
            f"No item and no risk alone costs {main} a day at P80: the date that 8 in 10 runs "
            "keep stays the same without any one of them."
        )
        return
    first = costs[0]
    same = sum(one[0] == first[0] for one in costs)
    days = show_range(first[0], first[0])
    title = (
        f"{same:,} {_kinds(costs[:same])} cost {days} each"
        if same > 1
        else f"{first[1].id} costs most: {days}"
    )
    subtitle = (
        f"Days by which the date that 8 in 10 runs of {main} keep would be earlier without the "
        "uncertainty of each"
    )
    bars = [_bar(name, kind, days) for days, name, kind in costs[:_BARS]]
    chart = draw_bars(bars, key="tornado", title=title, subtitle=subtitle)
    columns = (Column("Item or risk", 46), _COST, Column("Kind", 8))
    rows = tuple((name, days, kind) for days, name, kind in costs)
    caption = "What costs most days at P80, found by leaving it out"
    yield Graph(chart, make_table("Costs", caption, columns, rows, _BARS))
    known = round(_CONFIDENCE * answer.targets[0].p80_se_days)
    if known >= costs[:_BARS][-1][0]:
        yield Text(
            f"From so many runs P80 itself is known to ±{count(known, 'day')}: costs below that "
            "may be the luck of these runs, and more runs would tell.",
            quiet=True,
        )


def _kinds(costs: Sequence[tuple[float, Named, str | None]]) -> str:
    kinds = {kind or "item" for _, _, kind in costs}
    return " and ".join(f"{one}s" for one in sorted(kinds))


def _bar(name: Named, kind: str | None, days: float) -> Bar:
    words = f"{name.id} {name.title}".strip()
    return Bar(f"Risk: {words}" if kind == "risk" else words, days, show_range(days, days))


def draw_officers(answer: RiskResult) -> Iterator[Block]:
    """Yield what the uncertainty in each officer's hands costs, where it costs anything."""
    costly = sorted(
        (one for one in answer.officers if (one.cost_days or 0) > 0),
        key=lambda one: -(one.cost_days or 0),
    )
    if not costly:
        return
    most = costly[0].cost_days or 0.0
    same = sum(one.cost_days == most for one in costly)
    told = show_range(most, most)
    title = (
        f"{count(same, 'officer')} each hold uncertainty that costs {told}"
        if same > 1
        else f"Most is in the hands of the {costly[0].name}: {told}"
    )
    subtitle = (
        "Days by which the date that 8 in 10 runs keep would be earlier without the uncertainty of "
        "everything that is an officer's"
    )
    bars = [
        Bar(one.name, days, show_range(days, days))
        for one in costly[:_BARS]
        if (days := one.cost_days or 0.0)
    ]
    chart = draw_bars(bars, key="officers-tornado", title=title, subtitle=subtitle)
    columns = (Column("Officer", 46), Column("Uncertain items", 14), _COST)
    rows = tuple((one.name, one.items, one.cost_days) for one in costly)
    caption = "What the uncertainty in each officer's hands costs"
    yield Graph(chart, make_table("Officers at risk", caption, columns, rows, _BARS))


def list_events(answer: RiskResult, limit: int = 15) -> Iterator[Block]:
    """Yield the discrete risks, the costliest first."""
    if not answer.risks:
        return
    rows = tuple(
        (Named(one.id, one.title), one.probability, one.happened, one.cost_days, one.cruciality)
        for one in sorted(answer.risks, key=lambda one: -(one.cost_days or 0))
    )
    columns = (
        Column("Risk", 46), Column("Probability", 12, "share"),
        Column("Happened in", 12, "share"), _COST, _CRUCIAL,
    )  # fmt: skip
    yield make_table("Risks", "What each risk costs", columns, rows, limit)


def draw_drivers(answer: RiskResult) -> Iterator[Block]:
    """Yield how often each item without parts is critical, and every number of every item."""
    plan = answer.plan
    ranked = sorted(answer.items, key=_rank)
    driving = [one for one in ranked if one.criticality_index and plan.index.is_leaf(one.id)]
    if driving:
        first = driving[0]
        main = say_item(plan, answer.main)
        chart = draw_bars(
            [
                Bar(
                    f"{one.id} {one.title}",
                    one.criticality_index,
                    show_share(one.criticality_index),
                )
                for place, one in enumerate(driving[:_BARS])
                if not place or one.criticality_index >= _SEEN
            ],
            key="criticality",
            title=f"{first.id} sets the end most often: in {show_share(first.criticality_index)}",
            subtitle=(
                f"Share of {count(answer.iterations, 'run')} in which an item lies on a chain that "
                f"sets when {main} is finished"
            ),
        )
        rows = tuple(
            (_name(plan, one.id), one.criticality_index, one.cruciality) for one in driving
        )
        caption = f"How often each item drives {main}"
        columns = (_ITEM, _CRITICAL, _CRUCIAL)
        yield Graph(chart, make_table("Criticality", caption, columns, rows, _BARS))
    if ranked:
        yield _list_items(plan, ranked)


def _list_items(plan: Plan, ranked: Sequence[ItemRisk]) -> Table:
    columns = (
        _ITEM, Column("Uncertain by", 16), _CRITICAL, _CRUCIAL, _COST, Column("P10", 14),
        Column("P50", 14), Column("P80", 14), Column("P90", 14),
        Column("Dates right to", 12, "days"),
    )  # fmt: skip
    every = tuple(
        (
            _name(plan, one.id), None if one.uncertain is None else _SAYS[one.uncertain],
            one.criticality_index, one.cruciality, one.cost_days, one.p10, one.p50, one.p80,
            one.p90, one.bin_days,
        )
        for one in ranked
    )  # fmt: skip
    caption = "Every item that is uncertain or at times critical"
    return make_table("Items at risk", caption, columns, every, 0)


def _rank(one: ItemRisk) -> tuple[float, float]:
    return -one.criticality_index, -abs(one.cruciality or 0.0)


def list_merges(answer: RiskResult, limit: int = 10) -> Iterator[Block]:
    """Yield where parallel paths cost a day or more beyond the longest of them."""
    biased = sorted(answer.merges, key=lambda one: -one.bias_days)
    rows = tuple(
        (_name(answer.plan, one.item), one.arms, one.bias_days)
        for one in biased
        if one.bias_days >= 1
    )
    if rows:
        columns = (
            Column("Where paths meet", 46), Column("Paths", 8),
            Column("Beyond the longest", 18, "days"),
        )  # fmt: skip
        yield make_table("Merge bias", "What parallel paths cost", columns, rows, limit)


def list_meetings(answer: RiskResult, limit: int = 15) -> Iterator[Block]:
    """Yield how likely each board's meeting is missed, the likeliest first."""
    if not answer.gates:
        return
    boards = {board.id: board.name for board in answer.plan.boards}
    rows = tuple(
        (
            _name(answer.plan, one.item), boards.get(one.board, one.board), one.meeting,
            one.p_missed, _CONFIDENCE * one.p_missed_se,
        )
        for one in sorted(answer.gates, key=lambda one: -one.p_missed)
    )  # fmt: skip
    columns = (
        Column("Decision", 46), Column("Board", 26), Column("Meeting", 14),
        Column("Missed in", 11, "share"), Column("Known to ±", 11, "share"),
    )  # fmt: skip
    yield make_table("Meetings", "How likely each meeting is missed", columns, rows, limit)
