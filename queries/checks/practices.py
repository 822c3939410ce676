"""The ten practices of GAO's Schedule Assessment Guide as a table of evidence, without a grade.

The names are those of GAO-16-89G (December 2015). Under each stands what this plan offers on it;
whether a practice is met is for people to say, as the guide has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final, TypeAlias

from graphmodel.errors import KnockonError
from graphmodel.moments import write_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graphmodel.items import Item
    from queries.checks.context import Context
    from queries.checks.rule import CheckResult

__all__ = ["Figure", "Practice", "weigh_practices"]

_Results: TypeAlias = "Mapping[str, CheckResult]"
_Figures: TypeAlias = "Iterator[tuple[str, str]]"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that a plan offers on a practice, and how much of it."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Practice:
    """One of the ten practices with the evidence of a plan; ``number`` is the guide's."""

    number: int
    name: str
    figures: tuple[Figure, ...]


def weigh_practices(context: Context, results: Iterable[CheckResult]) -> tuple[Practice, ...]:
    """Return the ten practices, in the order of the guide, with what a plan offers on each.

    ``results`` are those of the checks that were run; figures that rest on others are left out.
    """
    by_code = {one.check.code: one for one in results}
    return tuple(
        Practice(number, name, tuple(Figure(*pair) for pair in figures(context, by_code)))
        for number, (name, figures) in enumerate(_PRACTICES, start=1)
    )


def _capturing(context: Context, _results: _Results) -> _Figures:
    activities = context.activities
    yield "activities", f"{len(activities.every):,}"
    points = _count(context.leaves, lambda item: item.kind == "milestone")
    yield "milestones", f"{points:,}"
    yield "levels of effort", f"{_count(context.leaves, lambda item: item.type == 'loe'):,}"
    yield "items with parts", f"{len(context.live) - len(context.leaves):,}"
    yield "items of others that the plan waits for", f"{_count(context.plan.items, _is_external):,}"


def _sequencing(context: Context, results: _Results) -> _Figures:
    states = [link.state for link in context.plan.links]
    yield "accepted links", f"{states.count('accepted'):,}"
    yield "links proposed and not decided on", f"{states.count('proposed'):,}"
    yield from _told(results, "dcma-1-logic", "activities without predecessor or successor")
    yield from _told(results, "dcma-2-leads", "links with a lead")
    yield from _told(results, "dcma-3-lags", "links with a lag")
    yield from _told(results, "dcma-5-hard-constraints", "activities with a hard constraint")


def _assigning(context: Context, results: _Results) -> _Figures:
    yield "officers and resources", f"{len(context.plan.officers):,}"
    yield from _told(results, "dcma-10-resources", "activities that nobody is assigned to")


def _durations(context: Context, results: _Results) -> _Figures:
    lengths = [days for days in _lengths(context).values() if days > 0]
    yield "unfinished activities with a length", _of(len(lengths), len(context.activities.open))
    if lengths:
        yield "their median length in working days", f"{median(lengths):,.4g}"
    yield from _told(results, "dcma-8-high-duration", "activities longer than 44 working days")


def _tracing(context: Context, results: _Results) -> _Figures:
    above = _count(context.leaves, lambda item: item.parent is not None)
    yield "down: items that are part of another", _of(above, len(context.leaves))
    yield from _told(results, "promises-missed", "down: due dates and deadlines missed")
    yield from _told(results, "own-dates-broken", "across: own dates that links do not let stand")
    yield from _told(results, "links-hold-nothing", "across: links that hold nothing")


def _critical_path(context: Context, results: _Results) -> _Figures:
    path = _longest_path(context)
    yield "items on the longest path", f"{len(path):,}"
    items = [context.index.items[one] for one in path]
    yield "of them unfinished", f"{_count(items, lambda item: item.status != 'complete'):,}"
    yield (
        "of them with a date constraint",
        f"{_count(items, lambda item: bool(item.constraints)):,}",
    )
    yield from _told(
        results, "dcma-12-critical-path-test", "days the finish moves, of the days put in"
    )


def _floats(context: Context, results: _Results) -> _Figures:
    floats = [*_worked_floats(context).values()]
    yield "unfinished activities with a float", _of(len(floats), len(context.activities.open))
    if floats:
        yield "their median float in working days", f"{median(floats):,.4g}"
    yield from _told(results, "dcma-6-high-float", "with more than 44 working days")
    yield from _told(results, "dcma-7-negative-float", "with less than none")


def _risks(context: Context, _results: _Results) -> _Figures:
    uncertain = _count(context.leaves, lambda item: item.uncertainty is not None)
    yield "items whose uncertainty is stated", _of(uncertain, len(context.leaves))
    yield "risks", f"{len(context.plan.risks):,}"
    yield "reference class", context.plan.options.risk.reference_class or "none"


def _updating(context: Context, results: _Results) -> _Figures:
    day = context.as_of
    yield "status date", "none" if day is None else write_moment(day)
    acts = _count(context.leaves, lambda item: bool(item.actual_start or item.actual_finish))
    yield "items with an actual date", _of(acts, len(context.leaves))
    told = _count(context.live, lambda item: bool(item.history))
    yield "items with earlier reports", _of(told, len(context.live))
    yield from _told(results, "dcma-9-invalid-dates", "activities with invalid dates")
    yield from _told(results, "work-out-of-sequence", "links out of sequence")


def _baselines(context: Context, results: _Results) -> _Figures:
    kept = _count(context.leaves, lambda item: bool(item.baselines))
    yield "items with a baseline", _of(kept, len(context.leaves))
    approved = _count(context.live, _was_approved)
    yield "items with an approved change of date", _of(approved, len(context.live))
    yield from _told(results, "dcma-11-missed", "activities that missed their baseline")
    yield from _told(results, "dcma-13-cpli", "critical path length index")
    yield from _told(results, "dcma-14-bei", "baseline execution index")


_PRACTICES: Final[tuple[tuple[str, Callable[[Context, _Results], _Figures]], ...]] = (
    ("Capturing all activities", _capturing),
    ("Sequencing all activities", _sequencing),
    ("Assigning resources to all activities", _assigning),
    ("Establishing the durations of all activities", _durations),
    ("Verifying that the schedule can be traced horizontally and vertically", _tracing),
    ("Confirming that the critical path is valid", _critical_path),
    ("Ensuring reasonable total float", _floats),
    ("Conducting a schedule risk analysis", _risks),
    ("Updating the schedule using actual progress and logic", _updating),
    ("Maintaining a baseline schedule", _baselines),
)


def _told(results: _Results, code: str, what: str) -> _Figures:
    """Yield the figure of a check, if it was run; why it has none stands in its result."""
    result = results.get(code)
    if result is None:
        return
    if not result.applies or result.share is None:
        yield what, "not applicable"
    elif result.check.code.endswith(("cpli", "bei")):
        yield what, f"{result.share:.2f}"
    else:
        yield what, _of(result.numerator or 0, result.denominator or 0)


def _of(part: float, whole: float) -> str:
    return f"{part:,.6g} of {whole:,.6g}"


def _count(items: Iterable[Item], is_one: Callable[[Item], bool]) -> int:
    return sum(map(is_one, items))


def _is_external(item: Item) -> bool:
    return item.external


def _was_approved(item: Item) -> bool:
    return any(one.approved is not None for one in item.history)


def _lengths(context: Context) -> Mapping[str, float]:
    try:
        return context.activities.lengths
    except KnockonError:  # no dates can be worked out; the checks that need them say why
        return {}


def _worked_floats(context: Context) -> Mapping[str, float]:
    try:
        return context.activities.floats
    except KnockonError:
        return {}


def _longest_path(context: Context) -> tuple[str, ...]:
    try:
        return context.schedule.longest_path
    except KnockonError:
        return ()
