"""The odds of a plan as charts and tables; the risk page and the report share them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, finish_instant
from graphmodel.words import count
from simulations.risk.certainty import CONFIDENCE
from viz.charts.bars import Bar, draw_bars
from viz.charts.scurve import draw_scurve
from viz.paper.blocks import Column, Graph
from viz.paper.oddscosts import BARS, CRUCIAL, cost_column, name_item
from viz.paper.oddswords import kept, say_item, tell_share
from viz.paper.wording import make_table
from viz.words import show_date, show_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.risk.results import ItemRisk, RiskResult, TargetOdds
    from viz.paper.blocks import Block, Cell, Table

__all__ = [
    "draw_curves",
    "draw_drivers",
    "list_meetings",
    "list_merges",
    "list_targets",
]

#: The least share of runs that has a bar.
_SEEN: Final = 0.01
#: Curves, where several targets were asked for.
_CURVES: Final = 3
_ITEM: Final = Column("Item", 50)
_CRITICAL: Final = Column("Critical in", 11, "share")
_SAYS: Final = {"plan": "the plan", "reference": "reference class", "risks": "only its risks"}


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
        title = (
            f"Even odds by {show_date(target.p50)}, {tell_share(answer)} by "
            f"{show_date(target.at_percentile)}"
        )
    else:
        title = (
            f"{show_date(target.by)} is kept in {show_share(target.p_on_time)} of runs; "
            f"{tell_share(answer)} are done by {show_date(target.at_percentile)}"
        )
    subtitle = f"Share of {count(answer.iterations, 'run')} in which {name} is finished by a date"
    chart = draw_scurve(
        target,
        key=f"s-curve-{place + 1}",
        title=title,
        subtitle=subtitle,
        percentile=answer.percentile,
    )
    told: dict[int, tuple[str, date, float]] = {
        answer.percentile: (
            tell_share(answer), target.at_percentile, target.at_percentile_se_days,
        ),
        10: ("1 in 10", target.p10, target.p10_se_days),
        50: ("even odds", target.p50, target.p50_se_days),
        80: ("8 in 10", target.p80, target.p80_se_days),
        90: ("9 in 10", target.p90, target.p90_se_days),
    }  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (f"P{percent}: {words}", day, percent / 100, round(CONFIDENCE * error))
        for percent, (words, day, error) in sorted(told.items())
    ]
    if target.by is not None:
        dates = {"due": "Due date", "must_finish": "Must-finish date", "planned": "Planned date"}
        rows.append((dates[target.against or "planned"], target.by, target.p_on_time, None))
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
    dated, at = kept(answer), f"P{answer.percentile}"
    if len(dated) > 1 or (dated and dated[0].id != answer.main):
        columns = (
            Column("Date to keep", 46), Column("By", 14), Column("On time", 11, "share"),
            Column("P50", 14), Column(at, 14), Column(f"Late by at {at}", 16, "days"),
        )  # fmt: skip
        rows = tuple(
            (
                name_item(answer.plan, one.id), one.by, one.p_on_time, one.p50, one.at_percentile,
                _late(one.at_percentile, one.by),
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
            name_item(answer.plan, one.id), None if one.against is None else _AGAINST[one.against],
            one.by, one.p_on_time, one.finish, one.p10, one.p50, one.p80, one.p90, one.mean_days,
            one.sd_days, one.p80_se_days,
        )
        for one in answer.targets
    )  # fmt: skip
    return make_table("Targets", "Every target with all its numbers", columns, every, 0)


_AGAINST: Final = {"due": "due", "must_finish": "must finish", "planned": "planned"}


def _late(finish: date, by: date | None) -> float | None:
    if by is None:
        return None
    return max(0.0, (finish_instant(finish) - finish_instant(by)) / DAY)


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
                for place, one in enumerate(driving[:BARS])
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
            (name_item(plan, one.id), one.criticality_index, one.cruciality) for one in driving
        )
        caption = f"How often each item drives {main}"
        columns = (_ITEM, _CRITICAL, CRUCIAL)
        yield Graph(chart, make_table("Criticality", caption, columns, rows, BARS))
    if ranked:
        yield _list_items(plan, ranked, answer.percentile)


def _list_items(plan: Plan, ranked: Sequence[ItemRisk], percentile: int) -> Table:
    columns = (
        _ITEM, Column("Uncertain by", 16), _CRITICAL, CRUCIAL, cost_column(percentile),
        Column("Standard error", 12, "days"), Column("P10", 14),
        Column("P50", 14), Column("P80", 14), Column("P90", 14),
        Column("Dates right to", 12, "days"),
    )  # fmt: skip
    every = tuple(
        (
            name_item(plan, one.id), None if one.uncertain is None else _SAYS[one.uncertain],
            one.criticality_index, one.cruciality, one.cost_days, one.cost_se_days,
            one.p10, one.p50, one.p80, one.p90, one.bin_days,
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
        (name_item(answer.plan, one.item), one.arms, round(one.bias_days))
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
            name_item(answer.plan, one.item), boards.get(one.board, one.board), one.meeting,
            one.p_missed, CONFIDENCE * one.p_missed_se,
        )
        for one in sorted(answer.gates, key=lambda one: -one.p_missed)
    )  # fmt: skip
    columns = (
        Column("Decision", 46), Column("Board", 26), Column("Meeting", 14),
        Column("Missed in", 11, "share"), Column("Known to ±", 11, "share"),
    )  # fmt: skip
    yield make_table("Meetings", "How likely each meeting is missed", columns, rows, limit)
