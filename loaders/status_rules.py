"""Whether what is reported of an item holds together, with itself and with what was known before.

What contradicts itself is refused, all fields of the contradiction together: an item that finished
before it started, begins or ends after the day of the report, is complete at 40 % or not started at
10 %, is at 100 % or has an actual finish and is said not to be complete, or is forecast for a day
that has passed. What follows from a report is filled in: a finish or 100 % without a status is
complete, a start or some percent of an item not yet started is in progress, and complete is 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphmodel.moments import finish_instant, start_instant, write_moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.problems import Severity

__all__ = ["Finding", "Vetted", "vet_report"]

_FULL: Final = 100.0
_UNDONE: Final = ("not_started", "in_progress", "on_hold")


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction or a doubt: code, severity, a clause, and the reported fields it refuses."""

    code: str
    severity: Severity
    message: str
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vetted:
    """What may be believed of a report (``None`` clears a field), and what was found on the way."""

    fields: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def vet_report(new: Mapping[str, Any], old: Item, as_of: date | None = None) -> Vetted:
    """Hold the reported fields of an item against each other and against the item as it was.

    Parameters
    ----------
    new
        Any of ``status``, ``percent``, ``actual_start``, ``actual_finish``, ``forecast`` and others
        that are taken as they are.
    as_of
        The day the report speaks of, if it says.
    """
    kept = dict(new)
    findings: list[Finding] = []
    while found := list(_contradictions(kept, old, as_of)):  # what is left may contradict the item
        findings += found
        refused = {name for finding in found for name in finding.refused}
        kept = {name: value for name, value in kept.items() if name not in refused}
    kept |= _conclusions(kept, old)
    findings += _doubts(kept, old)
    return Vetted(kept, tuple(findings))


def _contradictions(new: Mapping[str, Any], old: Item, as_of: date | None) -> Iterator[Finding]:
    yield from _date_contradictions(new, old, as_of)
    status, percent = new.get("status"), new.get("percent")
    words = None if status is None else status.replace("_", " ")
    if status == "complete" and percent is not None and percent < _FULL:
        message = f"it is said to be complete, and {percent:g} % complete"
        yield Finding("contradiction", "error", message, ("status", "percent"))
    elif status is None and old.status == "complete" and percent is not None and percent < _FULL:
        message = f"it is complete already, and said to be {percent:g} % complete"
        yield Finding("contradiction", "error", message, ("percent",))
    finish = new.get("actual_finish")
    if status is None and finish is not None and percent is not None and percent < _FULL:
        day = write_moment(finish)
        message = f"it is said to have been finished on {day}, and to be {percent:g} % complete"
        yield Finding("contradiction", "error", message, ("actual_finish", "percent"))
    if status in _UNDONE and percent == _FULL:
        message = f"it is said to be {words}, and 100 % complete"
        yield Finding("contradiction", "error", message, ("status", "percent"))
    if status in _UNDONE and finish is not None:
        day = write_moment(finish)
        message = f"it is said to be {words}, and to have been finished on {day}"
        yield Finding("contradiction", "error", message, ("status", "actual_finish"))
    if status == "not_started":
        yield from _begun(new, old)


def _begun(new: Mapping[str, Any], old: Item) -> Iterator[Finding]:
    """Tell where what is said not to have started has begun."""
    if new.get("percent"):
        message = f"it is said not to have started, and to be {new['percent']:g} % complete"
        yield Finding("contradiction", "error", message, ("status", "percent"))
    if new.get("actual_start") is not None:
        day = write_moment(new["actual_start"])
        message = f"it is said not to have started, and to have started on {day}"
        yield Finding("contradiction", "error", message, ("status", "actual_start"))
    elif old.actual_start is not None:
        message = f"it is said not to have started, but started on {write_moment(old.actual_start)}"
        yield Finding("contradiction", "error", message, ("status",))


def _date_contradictions(
    new: Mapping[str, Any], old: Item, as_of: date | None
) -> Iterator[Finding]:
    start = new.get("actual_start", old.actual_start)
    finish = new.get("actual_finish", old.actual_finish)
    dated = tuple(name for name in ("actual_start", "actual_finish") if name in new)
    if dated and start is not None and finish is not None and _precedes(finish, start):
        message = (
            f"it finished on {write_moment(finish)}, before it started on {write_moment(start)}"
        )
        yield Finding("finished-before-started", "error", message, dated)
    if as_of is None:
        return
    for name, verb in (("actual_start", "started"), ("actual_finish", "finished")):
        day = new.get(name)
        if day is not None and start_instant(day) >= finish_instant(as_of):
            message = (
                f"it is said to have {verb} on {write_moment(day)}, after the day of the report, "
                f"{write_moment(as_of)}"
            )
            yield Finding("fact-in-future", "error", message, (name,))
    forecast = new.get("forecast")
    done = new.get("status", old.status) in {"complete", "cancelled"} or "actual_finish" in new
    if forecast is not None and not done and finish_instant(forecast) <= start_instant(as_of):
        message = (
            f"it is not finished, and forecast for {write_moment(forecast)}, before the day of the "
            f"report, {write_moment(as_of)}"
        )
        yield Finding("forecast-in-past", "error", message, ("forecast",))


def _precedes(finish: date, start: date) -> bool:
    return finish_instant(finish) <= start_instant(start)


def _conclusions(kept: Mapping[str, Any], old: Item) -> dict[str, Any]:
    """Return what follows from a report that it does not say."""
    found: dict[str, Any] = {}
    status = kept.get("status")
    if status is None and old.status not in {"complete", "cancelled"}:
        if kept.get("actual_finish") is not None or kept.get("percent") == _FULL:
            status = found["status"] = "complete"
        elif old.status == "not_started" and (kept.get("actual_start") or kept.get("percent")):
            status = found["status"] = "in_progress"
    if status == "complete" and "percent" not in kept and old.percent not in {None, _FULL}:
        found["percent"] = _FULL
    if status in _UNDONE and old.status == "complete":  # taken up again
        if old.actual_finish is not None:
            found["actual_finish"] = None
        if "percent" not in kept and old.percent == _FULL:
            found["percent"] = None
    return found


def _doubts(kept: Mapping[str, Any], old: Item) -> Iterator[Finding]:
    status = kept.get("status")
    finish = kept.get("actual_finish", old.actual_finish)
    if status == "complete" and old.status != "complete" and finish is None:
        yield Finding(
            "complete-without-date", "warning", "it is complete, and no day says since when"
        )
    if status in _UNDONE and old.status == "complete":
        message = f"it was complete, and is {status.replace('_', ' ')} again"
        yield Finding("reopened", "warning", message)
    percent = kept.get("percent")
    if percent is not None and old.percent is not None and percent < old.percent:
        message = f"it was {old.percent:g} % complete, and is {percent:g} % now"
        yield Finding("percent-fell", "warning", message)
