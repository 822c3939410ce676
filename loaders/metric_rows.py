"""Output metrics: baselines and targets as papers write them, to numbers where they are numbers.

==========================  =======  ==========  ====================
cell                        value    text        as of, or by
==========================  =======  ==========  ====================
18.6% (Mar 2026)            18.6     18.6%       Mar 2026
660units                    660      660units    that of the heading
£1.2m                       1200000  £1.2m       that of the heading
48 (March 2027), a target   48       48          31 March 2027
Monitor, TBC, N/A           null     as written  that of the heading
==========================  =======  ==========  ====================

The unit is the sign or word at the number, else "%" where the title says "(%)" or begins with
"Percentage". The direction is told only where it is certain: both are numbers of one unit and
differ. A target that is the baseline with its decimals cut off (90.68 and 90) says "keep it", not
"let it fall", and gives none.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.measures import Metric, MetricValue
from graphmodel.partial import parse_partial
from loaders.ids import free_id
from loaders.markup import read_words
from loaders.text import shorten

if TYPE_CHECKING:
    from datetime import date

    from loaders.delivery_outline import MetricRow
    from loaders.draft import Draft

__all__ = ["Value", "add_metric", "find_direction", "read_value"]

_NUMBER = re.compile(
    r"(?P<sign>£)?\s*(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?P<unit>%|[A-Za-z]+)?"
)
_BRACKET = re.compile(r"(?P<text>.*?)\s*\((?P<inside>[^()]*)\)\s*", re.DOTALL)
_POUNDS: Final = {"k": 1e3, "m": 1e6, "bn": 1e9}
_NOT_MEASURED: Final = frozenset({"not applicable", "n/a", "none", "-"})


@dataclass(frozen=True, slots=True)
class Value:
    """A cell of a metric: its words, the number if it is one, the unit, the words in brackets."""

    text: str
    number: float | None = None
    unit: str | None = None
    bracket: str | None = None


def read_value(cell: str) -> Value:
    """Read a baseline or a target."""
    words = read_words(cell)
    split = _BRACKET.fullmatch(words)
    text, bracket = (split["text"], split["inside"].strip()) if split else (words, None)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return Value(text or words, bracket=bracket if text else None)
    number = float(match["number"].replace(",", ""))
    unit = match["unit"]
    if match["sign"] is None:
        return Value(text, number, unit, bracket)
    if unit is None or unit.lower() in _POUNDS:
        return Value(text, number * _POUNDS.get((unit or "").lower(), 1.0), "£", bracket)
    return Value(text, bracket=bracket)


def find_direction(
    baseline: Value | None, target: Value | None
) -> Literal["up", "down", "hold"] | None:
    """Return where a metric should go if both numbers say so with certainty."""
    if baseline is None or target is None or baseline.number is None or target.number is None:
        return None
    if (baseline.unit or "") != (target.unit or ""):
        return None
    if baseline.number == target.number:
        return "hold"
    if target.number == math.trunc(baseline.number):
        return None
    return "up" if target.number > baseline.number else "down"


def add_metric(draft: Draft, row: MetricRow, item: str) -> None:
    """Add the metric of a row to its objective; a row that says there is none is told instead."""
    title = read_words(row.metric)
    values = [read_value(cell) if cell else None for cell in (row.baseline, row.target)]
    said = {value.text.casefold() for value in values if value is not None}
    if title.casefold() in _NOT_MEASURED | {""} and said <= _NOT_MEASURED:
        words = " ".join(filter(None, (title, *(value.text for value in values if value))))
        message = f'The paper gives no output metric for {item} ("{words}").'
        draft.report("no-metrics", "info", message, row.line, (item,))
        return
    baseline, target = values
    number = 1 + sum(metric.item == item for metric in draft.metrics)
    extras = {f"x_{heading}": read_words(cell) for heading, cell in row.others.items()}
    metric = {
        "id": free_id(f"{item}/M{number}", {metric.id for metric in draft.metrics}),
        "item": item,
        "title": title or item,
        "unit": _find_unit(title, baseline, target),
        "direction": find_direction(baseline, target),
        "baseline": baseline and _baseline(draft, row, baseline),
        "target": target and _target(draft, row, target, item),
        "source": draft.source(row.line, title),
        **extras,
    }
    if baseline is None or target is None:
        what = "baseline" if baseline is None else "target"
        message = f'The metric "{shorten(title)}" of {item} has no {what}.'
        draft.report(f"metric-without-{what}", "warning", message, row.line, (item,))
    draft.metrics.append(Metric.model_validate(metric))


def _find_unit(title: str, *values: Value | None) -> str | None:
    for value in values:
        if value is not None and value.unit is not None:
            return value.unit
    return "%" if "(%)" in title or title.casefold().startswith("percentage") else None


def _baseline(draft: Draft, row: MetricRow, value: Value) -> MetricValue:
    return MetricValue(
        value=value.number,
        text=value.text,
        as_of=value.bracket or row.header.baseline_as_of,
        source=draft.source(row.line, read_words(row.baseline)),
    )


def _target(draft: Draft, row: MetricRow, value: Value, item: str) -> MetricValue:
    return MetricValue(
        value=value.number,
        text=value.text,
        as_of=None,
        by=_find_by(draft, row, value, item),
        source=draft.source(row.line, read_words(row.target)),
    )


def _find_by(draft: Draft, row: MetricRow, value: Value, item: str) -> date | None:
    wording = value.bracket or row.header.target_by
    if wording is None:
        return None
    partial = parse_partial(wording)
    if partial.reading == "none":
        message = f'{item}: "{wording}" at a target is not a date.'
        draft.report("target-date-unread", "warning", message, row.line, (item,))
    return partial.planned.finish
