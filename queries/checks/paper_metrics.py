"""Paper quality, metrics: from where, to where, and in which direction."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, Literal

from queries.checks.rule import Check, Fault, Tally
from queries.checks.wording import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.measures import Metric, MetricValue
    from graphmodel.problems import Severity
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["METRICS", "wanted_direction"]

_RISE = re.compile(r"(?:increas|improv|rais|grow)\w*\b", re.IGNORECASE)
_FALL = re.compile(r"(?:reduc|decreas|lower|minimis)\w*\b|(?:cut|fewer)\b", re.IGNORECASE)
_KEEP = re.compile(r"(?:maintain|sustain|remain|keep|hold|stay)\b", re.IGNORECASE)
_GOOD = re.compile(
    r"\b(?:satisf\w+|complian\w+|decent|on[ -]time|quality of life|attainment|expected standard"
    r"|within (?:\w+ ){0,3}(?:days?|weeks?|hours?|limits?|targets?|timescales?))\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:waiting|missed|overdue|backlogs?|exclusions|complaints|sickness|absences|vacancies"
    r"|turnover|overspends?|arrears|unregulated)\b",
    re.IGNORECASE,
)
#: What is done about bad things is good: "complaints answered".
_DONE = re.compile(
    r"\b(?:well|handled|handling|resolved|answered|responded|dealt|cleared|closed|filled)\b",
    re.IGNORECASE,
)
#: What cannot be bettered: none at all, or all in a hundred.
_BOUNDS: Final = frozenset({0.0, 100.0})

_Direction = Literal["up", "down", "hold"]


def wanted_direction(metric: Metric) -> _Direction | None:
    """Return where a metric should go: by the words of its title, failing that as the plan says.

    1. A title that begins with a verb such as "Increase", "Reduce" or "Maintain" says it.
    2. So does one that speaks of what is good ("satisfaction", "within 5 days"), or of what is bad
       ("waiting", "missed", "complaints") and not of what is done about it ("answered").
    3. Words for both decide nothing. What a plan says is often read off its target, so that the
       words go first.
    """
    title = metric.title.strip()
    for verbs, way in _VERBS:
        if verbs.match(title):
            return way
    is_good = _GOOD.search(title) is not None
    is_bad = _BAD.search(title) is not None and _DONE.search(title) is None
    if is_good != is_bad:
        return "up" if is_good else "down"
    return metric.direction


_VERBS: Final[tuple[tuple[re.Pattern[str], _Direction], ...]] = (
    (_RISE, "up"),
    (_FALL, "down"),
    (_KEEP, "hold"),
)


def _lacking(which: Literal["baseline", "target"]) -> Callable[[Context], Answer]:
    """Return what finds the metrics without a number as their baseline, or as their target."""

    def find(context: Context) -> Answer:
        values = [(metric, getattr(metric, which)) for metric in context.plan.metrics]
        return Tally(
            len(values),
            tuple(
                _fault(context, metric, f"has no {which}{_instead(value)}.")
                for metric, value in values
                if value is None or value.value is None
            ),
        )

    return find


def _instead(value: MetricValue | None) -> str:
    return f": {quote(value.text)}" if value is not None and value.text else ""


def _met(context: Context) -> Answer:
    metrics = [(one, values) for one in context.plan.metrics if (values := _values(one))]
    return Tally(len(metrics), tuple(fault for one in metrics if (fault := _is_met(context, *one))))


def _is_met(context: Context, metric: Metric, values: tuple[float, float]) -> Fault | None:
    begin, end = values
    direction = wanted_direction(metric)
    if begin == end:
        if _KEEP.match(metric.title.strip()) or begin in _BOUNDS:
            return None
        return _fault(
            context,
            metric,
            f"aims at what it is already: {_told(metric)}.",
            "info" if direction == "hold" else None,
        )
    reached = begin < end if direction == "down" else begin > end
    if direction == "hold" or not reached or not _agree(begin, end):
        return None
    return _fault(context, metric, f"is at its target already: {_told(metric)}.")


def _wrong_way(context: Context) -> Answer:
    faults, looked_at = [], 0
    for metric in context.plan.metrics:
        values = _values(metric)
        direction = wanted_direction(metric)
        if values is None or direction not in {"up", "down"}:
            continue
        looked_at += 1
        begin, end = values
        if begin != end and (end < begin) == (direction == "up") and not _agree(begin, end):
            way = (
                "rise, and its target lies below"
                if direction == "up"
                else "fall, and its target lies above"
            )
            message = f"should {way} its baseline: {_told(metric)}."
            faults.append(_fault(context, metric, message))
    return Tally(looked_at, tuple(faults))


def _agree(begin: float, end: float) -> bool:
    """Return whether a baseline is its target once it has as many decimals, cut off or rounded."""
    decimals = len(f"{end:f}".rstrip("0").partition(".")[2])
    shifted = begin * 10**decimals
    return end * 10**decimals in {math.trunc(shifted), round(shifted)}


def _values(metric: Metric) -> tuple[float, float] | None:
    """Return baseline and target as numbers, or None where one is not a number."""
    if metric.baseline is None or metric.target is None:
        return None
    begin, end = metric.baseline.value, metric.target.value
    return None if begin is None or end is None else (begin, end)


def _told(metric: Metric) -> str:
    words = [
        value.text or f"{value.value:g}"
        for value in (metric.baseline, metric.target)
        if value is not None and value.value is not None
    ]
    return f"baseline {words[0]}, target {words[1]}"


def _fault(context: Context, metric: Metric, what: str, severity: Severity | None = None) -> Fault:
    message = f"{metric.id} {quote(metric.title)} {what}"
    return Fault(message, (metric.item,), context.place(metric.source), severity)


METRICS: Final = (
    Check(
        code="metric-without-baseline",
        family="paper",
        name="Metric without a baseline",
        severity="warning",
        definition='A metric whose baseline is missing or no number, such as "TBC" or "N/A".',
        denominator="metrics",
        advice="Measure it now; nobody can see later whether it has moved.",
        find=_lacking("baseline"),
    ),
    Check(
        code="metric-without-target",
        family="paper",
        name="Metric without a target",
        severity="warning",
        definition='A metric whose target is missing or no number, such as "TBC" or "Monitor".',
        denominator="metrics",
        advice="Set a number and a date, or say that it is only watched and take it off the list.",
        find=_lacking("target"),
    ),
    Check(
        code="target-already-met",
        family="paper",
        name="Target already met",
        severity="warning",
        definition=(
            "A metric whose baseline is its target, unless its title begins with a word such as "
            '"Maintain" or the number is 0 or 100; or whose baseline is better than its target by '
            "less than the target is exact to (90.68 and 90). A metric that the plan says is to be "
            "held is told as a remark. Better is told by words of the title, failing that by the "
            'plan: "Reduce", "waiting", "missed" mean down; "Increase", "satisfaction", "within 5 '
            'days" mean up.'
        ),
        denominator="metrics with a baseline and a target",
        advice='Set a target that asks for something, or begin its name with "Maintain".',
        find=_met,
    ),
    Check(
        code="target-wrong-way",
        family="paper",
        name="Target that points the wrong way",
        severity="warning",
        definition=(
            "A metric that should rise and has a target below its baseline, or should fall and "
            "has one above, by more than the target is exact to. Where it should go is told by "
            "words of its title, failing that by the plan (see target-already-met)."
        ),
        denominator="metrics with a baseline, a target and a known direction",
        advice="Check whether baseline and target were swapped, or are counted differently.",
        find=_wrong_way,
    ),
)
