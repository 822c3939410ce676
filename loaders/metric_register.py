"""Registers of metrics: baseline, target and actual values.

Actual values stand in rows of their own, with their month, or in columns headed by months.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphmodel.measures import Metric, MetricValue
from graphmodel.moments import write_moment
from graphmodel.partial import parse_partial
from loaders.cell_texts import as_cell
from loaders.columns import fold
from loaders.ids import free_id
from loaders.metric_columns import COLUMNS
from loaders.metric_rows import read_value
from loaders.register_rows import RegisterKind
from loaders.text import clean
from loaders.titles import fits_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["METRICS"]

_FACTS: Final = ("title", "unit", "direction", "frequency")
_STATED: Final = (*_FACTS, "item", "baseline", "baseline_as_of", "target", "target_by")


@dataclass(slots=True)
class _Said:
    """What the rows say of one metric; ``texts`` as they stand in cells."""

    first: RegisterRow
    known: Metric | None
    values: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    actuals: dict[object, tuple[MetricValue, RegisterRow, str]] = field(default_factory=dict)


def _merge(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    said: dict[str, _Said] = {}
    for row in rows:
        wanted = _find_id(desk, row, said)
        if wanted is not None:
            metric = said.setdefault(wanted, _Said(row, desk.metrics.get(wanted)))
            _hear(desk, row, metric, wanted)
    for wanted, metric in said.items():
        _put(desk, wanted, metric)


def _find_id(desk: Desk, row: RegisterRow, said: dict[str, _Said]) -> str | None:
    """Return which metric a row is about: by id, else by item and title; None, and a problem."""
    if "item" in row.values and desk.item(row) is None:
        return None
    wanted, item, title = row.get("id"), row.get("item"), row.get("title")
    if wanted is not None:
        known = desk.metrics.get(wanted)
        if known is None and wanted not in said and (item is None or title is None):
            message = f"The metric {wanted} is new, and the row lacks its item or its title"
            desk.refuse(row, "id", "missing-cell", message)
            return None
        if known is None or title is None or fits_title(title, wanted, known.title):
            return str(wanted)
        message = f'The title "{title[:60]}" does not fit {wanted}, which is "{known.title[:60]}"'
        desk.refuse(row, "title", "title-does-not-fit", message)
        return None
    if item is None or title is None:
        desk.refuse(
            row,
            "id",
            "missing-cell",
            "The row names no metric: it needs an id, or an item and a title",
        )
        return None
    ids: dict[tuple[Any, Any], str] = {
        (one.item, as_cell(one.title)): one.id for one in reversed(desk.metrics.values())
    }
    ids |= {(s.values.get("item"), s.values.get("title")): one for one, s in said.items()}
    taken = {*desk.metrics, *said}
    number = 1 + sum(known == item for known, _ in ids)
    return ids.get((item, title)) or free_id(f"{item}/M{number}", taken)


def _hear(desk: Desk, row: RegisterRow, said: _Said, wanted: str) -> None:
    for name in _STATED:
        if name not in row.values:
            continue
        value = row.values[name]
        held = said.values.setdefault(name, value)
        said.texts.setdefault(name, row.texts[name])
        if held != value:
            words = name.replace("_", " ")
            message = (
                f"The {words} of {wanted} is said otherwise before ({said.first.place(name)}); "
                "what is said first counts"
            )
            desk.tell(row.place(name), "metric-contradiction", "error", message)
    if "actual" in row.values:
        _hear_actual(desk, row, said, (row.values["actual"], row.get("actual_as_of")))
    for place, text in row.others.items():
        _hear_actual(desk, row, said, (text, row.headings[place]))


def _hear_actual(desk: Desk, row: RegisterRow, said: _Said, told: tuple[str, str | None]) -> None:
    """Keep an actual value: its words, and when it was."""
    value = _make_value(*told).model_copy(update={"source": desk.source_of(row)})
    key = _when(value.as_of) if value.as_of else ("", value.text)
    first, there, _ = said.actuals.setdefault(key, (value, row, told[0]))
    if first.text != value.text:
        message = (
            f'The value of {value.as_of}, "{value.text}", is "{first.text}" before '
            f"({there.place('actual')}); what is said first counts"
        )
        desk.tell(row.place("actual"), "metric-contradiction", "error", message)


def _make_value(words: str, as_of: str | None) -> MetricValue:
    """Return a value from a cell; "18.6% (Mar 2026)" says when, where nothing beside it does."""
    if as_of is not None:
        return MetricValue(value=read_value(words).number, text=words, as_of=as_of)
    read = read_value(words)
    return MetricValue(value=read.number, text=read.text, as_of=read.bracket)


def _put(desk: Desk, wanted: str, said: _Said) -> None:
    known = said.known
    shown = {} if known is None else _show(known)
    new = {n: v for n, v in said.values.items() if said.texts[n] != as_cell(shown.get(n, ""))}
    news: dict[str, Any] = {name: new[name] for name in (*_FACTS, "item") if name in new}
    if {"baseline", "baseline_as_of"} & new.keys():
        old = None if known is None else known.baseline
        news["baseline"] = _change_value(desk, said, old, ("baseline", "baseline_as_of"))
    if {"target", "target_by"} & new.keys():
        old = None if known is None else known.target
        news["target"] = _change_value(desk, said, old, ("target", None))
    actuals = _add_actuals(desk, said, () if known is None else known.actuals)
    if known is None:
        source = desk.source_of(said.first)
        made = {"id": wanted, "actuals": actuals, "source": source, **news}
        desk.metrics[wanted] = Metric.model_validate(made)
        desk.count("metric", new=True)
        return
    if actuals != known.actuals:
        news["actuals"] = actuals
    if news:
        desk.metrics[wanted] = known.model_copy(update=news)
        desk.count("metric", new=False)


def _change_value(
    desk: Desk, said: _Said, old: MetricValue | None, names: tuple[str, str | None]
) -> MetricValue:
    """Return a baseline or target as rows have it, with what the plan knows beside that."""
    words = said.values.get(names[0])
    as_of = said.values.get(names[1]) if names[1] else None
    fields: dict[str, Any] = {"source": desk.source_of(said.first)}
    if words is not None and (old is None or words != _shown(old)):
        made = _make_value(words, as_of or (None if old is None else old.as_of))
        fields |= {"value": made.value, "text": made.text, "as_of": made.as_of}
    if as_of is not None:
        fields["as_of"] = as_of
    if names[0] == "target" and "target_by" in said.values:
        fields["by"] = said.values["target_by"]
    return (old or MetricValue()).model_copy(update=fields)


def _add_actuals(desk: Desk, said: _Said, held: Sequence[MetricValue]) -> tuple[MetricValue, ...]:
    """Return the actual values, with those of rows; a value of one month is replaced, and told."""
    actuals = list(held)
    for value, row, told in said.actuals.values():
        if any(_is_said(one, value, told) for one in actuals):
            continue
        when = None if value.as_of is None else _when(value.as_of)
        place = next(
            (n for n, one in enumerate(actuals) if when and _when(one.as_of) == when), None
        )
        if place is None:
            actuals.append(value)
            continue
        was = _shown(actuals[place])
        message = f'The value of {value.as_of} was "{was}", and is "{value.text}" now'
        desk.tell(row.place("actual"), "metric-changed", "info", message)
        actuals[place] = value
    return tuple(actuals)


def _is_said(held: MetricValue, value: MetricValue, told: str) -> bool:
    """Return whether a value is what a cell says: beside its month, or with it in one cell."""
    shown = _shown(held)
    if held.as_of is None and shown == told:
        return True
    return shown == value.text and _when(held.as_of) == _when(value.as_of)


def _when(as_of: str | None) -> object:
    """Return what two wordings of one month have in common."""
    words = clean(as_cell(as_of or ""))
    partial = parse_partial(words)
    return (partial.planned.finish, partial.planned.precision) if partial.window else fold(words)


def _shown(value: MetricValue) -> str:
    """Return a value as it is read back from its cell."""
    return clean(as_cell(_words(value)))


def _words(value: MetricValue | None) -> str:
    """Return a value as a cell holds it."""
    if value is None:
        return ""
    if value.text is not None:
        return value.text
    return "" if value.value is None else f"{value.value:.15g}"


def _show(metric: Metric) -> dict[str, str]:
    baseline, target = metric.baseline, metric.target
    by = None if target is None else target.by
    return {
        "id": metric.id,
        "item": metric.item,
        "title": metric.title,
        "unit": metric.unit or "",
        "direction": metric.direction or "",
        "frequency": metric.frequency or "",
        "baseline": _words(baseline),
        "baseline_as_of": (baseline and baseline.as_of) or "",
        "target": _words(target),
        "target_by": "" if by is None else write_moment(by),
    }


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    for metric in plan.metrics:
        shown = _show(metric) | {"item_title": plan.index.items[metric.item].title}
        yield shown
        for value in metric.actuals:
            names = {name: shown[name] for name in ("id", "item", "item_title", "title")}
            yield names | {"actual": _words(value), "actual_as_of": value.as_of or ""}


METRICS: Final = RegisterKind(
    "Metrics",
    "metric",
    "Output metrics with baseline, target and actual values.",
    COLUMNS,
    _merge,
    _show_all,
    names=("measures", "kpis", "indicators", "output metrics", "performance"),
    tells=frozenset({"baseline", "target", "actual", "direction"}),
    wide=True,
)
