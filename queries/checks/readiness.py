"""What a plan shows of its readiness: evidence for a judgement of delivery confidence.

Sentences with figures, topic by topic. None of them says whether that is good or bad, and there is
no total: confidence is judged by people who know the work, never by a program. A sentence that
rests on checks is told where those checks were run and apply.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from graphmodel.moments import write_moment
from queries.checks.rule import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphmodel.plan import Plan
    from queries.checks.rule import CheckResult

__all__ = ["NO_VERDICT", "Evidence", "gather_evidence"]

#: What stands over the evidence wherever it is shown.
NO_VERDICT: Final = (
    "Evidence for a judgement of delivery confidence. The judgement itself is for people who know "
    "the work: there is no score here."
)

_Results: TypeAlias = "Mapping[str, CheckResult]"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a plan shows on one topic, in one sentence."""

    topic: str
    sentence: str


def gather_evidence(plan: Plan, results: Iterable[CheckResult]) -> tuple[Evidence, ...]:
    """Return the evidence, topic by topic; ``results``: those of the checks that were run."""
    every = tuple(results)
    by_code = {one.check.code: one for one in every if one.applies}
    told = (
        ("Owners", _owners(by_code)),
        ("Dates", _dates(by_code)),
        ("Progress", _progress(plan)),
        ("Links", _links(plan)),
        ("Decisions", _decisions(plan)),
        ("Metrics", _metrics(by_code)),
        ("Checks", _checks(every)),
    )
    return tuple(
        Evidence(topic, f"{_capital('; '.join(parts))}.")
        for topic, said in told
        if (parts := [*said])
    )


def _owners(results: _Results) -> Iterator[str]:
    yield from _sound(results, "owner-missing", "open items with an owner")
    yield from _faulty(results, "owners-several", "with several side by side")
    yield from _faulty(results, "owner-is-group", "owned by a group")


def _dates(results: _Results) -> Iterator[str]:
    yield from _sound(results, "date-missing", "open items with a date, or a duration for one")
    yield from _faulty(results, "ongoing", "without an end")
    yield from _faulty(results, "due-before-milestone", "dated after what they are part of is due")
    yield from _faulty(results, "date-before-start", "before the plan begins")
    yield from _faulty(results, "after-vesting-day", "after vesting day")


def _progress(plan: Plan) -> Iterator[str]:
    if not plan.items:
        return
    for name, day in (("status date", plan.status_date), ("the plan is of", plan.as_of)):
        if day is not None:
            yield f"{name}: {write_moment(day).removesuffix('T00:00')}"
    if plan.status_date is None:
        yield "no status date: what is late already is not known"
    complete = sum(item.status == "complete" for item in plan.items)
    yield f"items complete: {complete:,} of {len(plan.items):,}"
    yield f"with a history of earlier reports: {sum(bool(item.history) for item in plan.items):,}"


def _links(plan: Plan) -> Iterator[str]:
    if not plan.items:
        return
    states = [link.state for link in plan.links]
    yield f"accepted: {states.count('accepted'):,}"
    yield f"proposed and not decided on: {states.count('proposed'):,}"
    joined = {end for link in plan.accepted_links for end in (link.from_, link.to)}
    leaves = [one for one in plan.index.items if plan.index.is_leaf(one)]
    alone = sum(one not in joined for one in leaves)
    yield f"items without parts on no accepted link: {alone:,} of {len(leaves):,}"


def _decisions(plan: Plan) -> Iterator[str]:
    if not plan.boards:
        return
    states = [gate.state for gate in plan.gates]
    yield f"items known to need a board's approval: {states.count('accepted'):,}"
    if "proposed" in states:
        yield f"proposed: {states.count('proposed'):,}"
    meeting = sum(bool(board.meetings.dates or board.meetings.rule) for board in plan.boards)
    yield f"boards whose meetings are known: {meeting:,} of {len(plan.boards):,}"


def _metrics(results: _Results) -> Iterator[str]:
    yield from _sound(results, "metric-without-baseline", "with a number as baseline")
    yield from _sound(results, "metric-without-target", "with a number as target")
    yield from _faulty(results, "target-already-met", "targets met already")
    yield from _faulty(results, "target-wrong-way", "targets that point the wrong way")


def _checks(results: tuple[CheckResult, ...]) -> Iterator[str]:
    for family, name in FAMILIES.items():
        judged = [one for one in results if one.check.family == family and one.passed is not None]
        if judged:
            passed = sum(one.passed is True for one in judged)
            yield f"{name}: {passed} of {len(judged)} passed"


def _sound(results: _Results, code: str, words: str) -> Iterator[str]:
    """Yield of how many things a check has nothing to say."""
    result = results.get(code)
    if result is not None:
        counted, total = result.numerator or 0, result.denominator or 0
        yield f"{words}: {total - counted:,.0f} of {total:,.0f}"


def _faulty(results: _Results, code: str, words: str) -> Iterator[str]:
    """Yield how many faults a check counted, if any."""
    result = results.get(code)
    if result is not None and result.numerator:
        yield f"{words}: {result.numerator:,.0f}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
