"""Paper quality, metrics: from where, to where, and in which direction."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, Literal

from queries.checks.rule import Check, Fault, Tally
from queries.checks.wording import quote

if TYPE_CHECKING:
    from graphmodel.measures import Metric, MetricValue
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["METRICS", "wanted_direction"]

_UP = re.compile(
    r"\b(?:increas\w*|improv\w*|rais(?:e|es|ing)|grow\w*|satisf\w+|content|complian\w+|decent"
    r"|on[ -]time|within (?:\w+ ){0,3}(?:days?|weeks?|hours?|limits?|targets?|timescales?)"
    r"|quality of life|attainment|expected standard|good or better|passed|prevented)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:reduc\w*|decreas\w*|lower\w*|cut|cuts|fewer|wait(?:s|ing)?|missed|overdue"
    r"|backlogs?|exclusions?|complaints?|delay\w*|sickness|absen\w+|errors?|vacan\w+|turnover"
    r"|overspen\w*|debts?|arrears|repeat|not regulated|unregulated)\b",
    re.IGNORECASE,
)
_KEEP = re.compile(r"(?:maintain|sustain|remain|keep|hold|stay)\b", re.IGNORECASE)


def wanted_direction(metric: Metric) -> Literal["up", "down", "hold"] | None:
    """Return where a metric should go: by the words of its title, failing that as the plan says.

    Words of one direction only decide; with words of both, the first word of the title does
    ("Reduce complaints about satisfaction surveys"), if it is one of them. What a plan says is
    often read off its target, so that the words go first.
    """
    title = metric.title
    if _KEEP.match(title):
        return "hold"
    up, down = _UP.search(title), _DOWN.search(title)
    if up and down:
        if 0 not in {up.start(), down.start()}:
            return metric.direction
        return "up" if up.start() == 0 else "down"
    if up or down:
        return "up" if up else "down"
    return metric.direction


def _no_baseline(context: Context) -> Answer:
    metrics = context.plan.metrics
    return Tally(
        len(metrics),
        tuple(
            _fault(context, one, f"has no baseline{_instead(one.baseline)}.")
            for one in metrics
            if one.baseline is None or one.baseline.value is None
        ),
    )


def _no_target(context: Context) -> Answer:
    metrics = context.plan.metrics
    return Tally(
        len(metrics),
        tuple(
            _fault(context, one, f"has no target{_instead(one.target)}.")
            for one in metrics
            if one.target is None or one.target.value is None
        ),
    )


def _instead(value: MetricValue | None) -> str:
    return f": {quote(value.text)}" if value is not None and value.text else ""


def _met(context: Context) -> Answer:
    metrics = [(one, values) for one in context.plan.metrics if (values := _values(one))]
    return Tally(
        len(metrics),
        tuple(
            _fault(context, one, f"is at its target already: {_told(one)}.")
            for one, values in metrics
            if _is_met(*values, wanted_direction(one))
        ),
    )


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


def _is_met(begin: float, end: float, direction: Literal["up", "down", "hold"] | None) -> bool:
    if begin == end:
        return direction != "hold"
    reached = begin > end if direction in {"up", None} else begin < end
    return direction != "hold" and reached and _agree(begin, end)


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


def _fault(context: Context, metric: Metric, what: str) -> Fault:
    message = f"{metric.id} {quote(metric.title)} {what}"
    return Fault(message, (metric.item,), context.place(metric.source))


METRICS: Final = (
    Check(
        code="metric-without-baseline",
        family="paper",
        name="Metric without a baseline",
        severity="warning",
        definition='A metric whose baseline is missing or no number, such as "TBC" or "N/A".',
        denominator="metrics",
        advice="Measure it now; nobody can see later whether it has moved.",
        find=_no_baseline,
    ),
    Check(
        code="metric-without-target",
        family="paper",
        name="Metric without a target",
        severity="warning",
        definition='A metric whose target is missing or no number, such as "TBC" or "Monitor".',
        denominator="metrics",
        advice="Set a number and a date, or say that it is only watched and take it off the list.",
        find=_no_target,
    ),
    Check(
        code="target-already-met",
        family="paper",
        name="Target already met",
        severity="warning",
        definition=(
            "A metric whose baseline is its target, or reaches it by less than the target is "
            "exact to (90.68 and 90), unless it is meant to be held. Where it should go is told "
            'by words of its title ("reduce", "waiting", "satisfaction", …), failing that by the '
            'plan; "Maintain …" means held.'
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
            "has one above. Where it should go is told by words of its title, failing that by "
            "the plan."
        ),
        denominator="metrics with a baseline, a target and a known direction",
        advice="Check whether baseline and target were swapped, or are counted differently.",
        find=_wrong_way,
    ),
)
