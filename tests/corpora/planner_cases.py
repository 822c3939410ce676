"""Small scheduling problems of another open planner, each with an answer worked out by hand.

A line of the corpus is a plan of ours and what its authors say of it: dates, floats, what is
critical, what drives what, and for some the findings. A date without a time of day is the shown
day; one with a time is the instant, to the minute.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import KnockonError
from graphmodel.moments import finish_instant, parse_moment, start_instant
from graphmodel.planfile import parse_plan
from graphmodel.spans import parse_span
from simulations.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from simulations.results import Schedule, ScheduledItem

__all__ = ["Case", "Difference", "compare", "compare_with_design", "read_cases"]

#: What a case may state of an item.
DATES: Final = ("start", "finish", "late_start", "late_finish")
FLOATS: Final = ("total_float_days", "free_float_days", "interfering_float_days")
#: What a case may state of the whole plan, and the code of our finding that says the same.
ITEM_FINDINGS: Final = {"constraints_broken": "constraint-broken"}
LINK_FINDINGS: Final = {
    "out_of_sequence": "out-of-sequence",
    "leads_cut_at_plan_start": "lead-cut",
}
#: Floats are stated in days with up to four places.
_NEAR: Final = 1e-4


@dataclass(frozen=True)
class Case:
    """A plan, what its authors expect of it, and what they say that DESIGN has otherwise."""

    name: str
    needs: tuple[str, ...]
    plan: Mapping[str, Any]
    expected: Mapping[str, Any]
    differs: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Difference:
    """One value in which our answer is not the stated one; ``item`` is None for the plan's."""

    item: str | None
    field: str
    expected: Any
    ours: Any

    def __str__(self) -> str:
        return f"{self.item or 'plan'} {self.field}: {self.expected!r}, ours {self.ours!r}"


def read_cases(corpora: Path) -> tuple[Case, ...]:
    """Read every case, in the order of the file."""
    text = (corpora / "planner-cases" / "cases.jsonl").read_text(encoding="utf-8")
    return tuple(_case(json.loads(line)) for line in text.splitlines())


def _case(raw: Mapping[str, Any]) -> Case:
    return Case(
        raw["name"], tuple(raw["needs"]), raw["plan"], raw["expected"], tuple(raw["differs"])
    )


def compare(case: Case) -> list[Difference]:
    """Return every value of a case that our answer does not share."""
    try:
        answer = _answer(case)
    except KnockonError as error:
        refused = bool(case.expected.get("error"))
        return [] if refused else [Difference(None, "error", expected=False, ours=str(error))]
    if case.expected.get("error"):
        return [Difference(None, "error", expected=True, ours=False)]
    return [*_compare_items(answer, _stated(case)), *_compare_plan(answer, case)]


def compare_with_design(case: Case) -> list[Difference]:
    """Return the values that DESIGN has otherwise than the case, and we otherwise than DESIGN."""
    if not case.differs:
        return []
    answer = _answer(case)
    stated: dict[str, dict[str, Any]] = {}
    differences = []
    for one in case.differs:
        if one["item"] is None:
            differences += _compare_finish(answer, one["design"])
        else:
            stated.setdefault(one["item"], {})[one["field"]] = one["design"]
    return [*differences, *_compare_items(answer, stated)]


def _answer(case: Case) -> Schedule:
    threshold = parse_span(case.expected.get("critical_threshold", "0wd"))
    paths = max(case.expected.get("float_paths", {}).values(), default=0)
    plan = parse_plan(json.dumps(case.plan))
    return schedule(plan, threshold_days=float(threshold.amount), paths=paths)


def _stated(case: Case) -> dict[str, dict[str, Any]]:
    """Return what a case states of each item, the interfering floats with the rest."""
    stated = {name: dict(values) for name, values in case.expected.get("items", {}).items()}
    for name, days in case.expected.get("interfering_float_days", {}).items():
        stated.setdefault(name, {})["interfering_float_days"] = days
    return stated


def _compare_items(
    answer: Schedule, stated: Mapping[str, Mapping[str, Any]]
) -> Iterator[Difference]:
    rows = {row.id: row for row in answer.items}
    for name, values in stated.items():
        for field, expected in values.items():
            ours = getattr(rows[name], field)
            if expected is not None and not _agrees(field, expected, ours):
                yield Difference(name, field, expected, _shown(ours))


def _agrees(field: str, expected: Any, ours: Any) -> bool:
    if field in DATES:
        return _same_date(expected, ours, is_finish=field.endswith("finish"))
    if field in FLOATS:
        return ours is not None and abs(ours - expected) < _NEAR
    if field == "driven_by":
        return sorted(expected) == sorted(ours)
    assert field == "critical", field
    return bool(expected == ours)


def _same_date(expected: str, ours: date | None, *, is_finish: bool) -> bool:
    """Return whether ours is the stated instant or, where none is stated, on the stated day."""
    if ours is None:
        return False
    wanted = parse_moment(expected)
    if not isinstance(wanted, datetime):
        return (ours.date() if isinstance(ours, datetime) else ours) == wanted
    instant = finish_instant if is_finish else start_instant
    return instant(ours) == instant(wanted)


def _shown(ours: Any) -> Any:
    return ours.isoformat() if isinstance(ours, date) else ours


def _compare_plan(answer: Schedule, case: Case) -> Iterator[Difference]:
    expected = case.expected
    if expected.get("finish") is not None:
        yield from _compare_finish(answer, expected["finish"])
    for key, ours in _of_plan(answer, expected).items():
        wanted = expected.get(key)
        if wanted is not None and _sorted(wanted) != _sorted(ours):
            yield Difference(None, key, _sorted(wanted), _sorted(ours))
    numbers = {name: path.number for path in answer.float_paths for name in path.items}
    wanted = expected.get("float_paths", numbers)
    if wanted != numbers:
        yield Difference(None, "float_paths", wanted, numbers)


def _compare_finish(answer: Schedule, expected: str) -> list[Difference]:
    if _same_date(expected, answer.finish, is_finish=True):
        return []
    return [Difference(None, "finish", expected, _shown(answer.finish))]


def _of_plan(answer: Schedule, expected: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return our side of what a case states of the plan, links as their two ends."""
    near = parse_span(expected.get("near_critical_threshold", "0wd"))
    ours: dict[str, list[Any]] = {
        "longest_path": list(answer.longest_path),
        "due_missed": [row.id for row in answer.items if _misses_due(answer, row)],
        "near_critical": [row.id for row in answer.items if _is_near(row, days=float(near.amount))],
    }
    for key, code in ITEM_FINDINGS.items():
        ours[key] = [one.items[0] for one in answer.findings if one.code == code]
    for key, code in LINK_FINDINGS.items():
        ours[key] = [list(one.items[:2]) for one in answer.findings if one.code == code]
    return ours


def _sorted(values: Iterable[Any]) -> list[Any]:
    """Return names, or links without their type, in order."""
    return sorted(value[:2] if isinstance(value, list) else value for value in values)


def _misses_due(answer: Schedule, row: ScheduledItem) -> bool:
    due = answer.plan.index.items[row.id].due
    if due is None or row.finish is None:
        return False
    return finish_instant(row.finish) > finish_instant(due)


def _is_near(row: ScheduledItem, *, days: float) -> bool:
    """Return whether an item is near critical: some total float, and no more than ``days``."""
    total = row.total_float_days
    return total is not None and _NEAR < total <= days + _NEAR
