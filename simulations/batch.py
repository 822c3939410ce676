"""Batch what-if: each item, or each officer's items, slipped in turn on one compiled plan.

Every answer is the one that `simulations.whatif` gives to that slip alone (DESIGN 5.4); here it
costs only what the slip reaches. Where items are to be as late as possible, a slip may move what
stands before it: then each slip is answered as a what-if of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from graphmodel.errors import ScenarioError
from graphmodel.moments import DAY
from graphmodel.scenario import Scenario, SlipGroup
from graphmodel.spans import Span, parse_span
from simulations.cases import item_cases, officer_cases
from simulations.passes import whole
from simulations.results import LinksUsed, Summary, Threshold
from simulations.scenarios import Baseline
from simulations.schedule import count_links
from simulations.sweeps import sweep_cases
from simulations.whatif import answer, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.cases import Case
    from simulations.results import Gaps
    from simulations.sweeps import Tally

    Progress = Callable[[int, int], None]
    #: Hears a rule for gaps, the number of a case, the positions it moves and by how many minutes.
    Watch = Callable[[Gaps, int, Sequence[int], Sequence[int]], None]

__all__ = ["Effect", "Reach", "effect_rank", "measure", "reach"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What the slip of one item, or of one officer's items, reaches.

    What is slipped is not counted, only what moves with it. ``slipped`` says how many items those
    are; ``total_knock_on_days`` is summed over the leaves that move. ``first_newly_late`` is the
    least slip in whole days that makes something else newly late, and what that is; None where no
    slip of up to ten years does.
    """

    id: str
    kind: str
    title: str
    owners: tuple[str, ...]
    owner_ids: tuple[str, ...]
    slipped: int
    moved: int
    moved_parents: int
    newly_late: int
    total_knock_on_days: float
    moved_if_work: int
    newly_late_if_work: int
    total_knock_on_if_work_days: float
    first_newly_late: Threshold | None
    first_newly_late_if_work: Threshold | None


@dataclass(frozen=True, slots=True)
class Reach:
    """The effects of one slip on each item or officer in turn, the greatest first.

    The order: what makes most newly late, then what moves others furthest in all, then what breaks
    a due date at the least slip, then the order of the plan; both rules for gaps weigh the same.
    ``min_confidence`` is that of the proposed links in use, None where only accepted ones are.
    """

    plan: Plan
    by: Span
    of: Literal["items", "officers"]
    roles: tuple[Role, ...]
    links_used: LinksUsed
    effects: tuple[Effect, ...]
    findings: tuple[Problem, ...]
    min_confidence: float | None = None


def reach(
    plan: Plan | Baseline,
    by: Span | str,
    *,
    of: Literal["items", "officers"] = "items",
    roles: Sequence[Role] = ("responsible",),
    items: Iterable[str] | None = None,
    compiled: bool | None = None,
    progress: Progress | None = None,
) -> Reach:
    """Slip each item, or all unfinished items of each officer, in turn by the same span.

    Parameters
    ----------
    plan
        The plan, whose accepted links are followed; or one made ready by
        `simulations.whatif.prepare`, with the links chosen there. It is not changed.
    by
        The slip, such as ``1m``: days, weeks or calendar months.
    of
        Whether items or officers are slipped.
    roles
        Which roles make an item an officer's.
    items
        Ids of the items; every unfinished one without parts that has a date, unless given.
    compiled
        Whether to run compiled kernels, which take a second to load and much longer when they are
        compiled for the first time; unless told, where Python would take longer than that.
    progress
        Called now and then with how much is done, and of how much.

    Raises
    ------
    ScenarioError, UnknownIdError
        Something cannot be slipped, or not by this span.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    span = parse_span(by) if isinstance(by, str) else by
    baseline = plan if isinstance(plan, Baseline) else prepare(plan)
    if of == "officers" and items is not None:
        raise ScenarioError("Name items where each item is slipped, not where each officer's are.")
    if of == "officers":
        cases = officer_cases(baseline, span, roles)
    else:
        cases = item_cases(baseline, span, items)
    effects = measure(baseline, cases, span, compiled=compiled, progress=progress)
    return Reach(
        plan=baseline.plan,
        by=span,
        of=of,
        roles=tuple(roles),
        links_used=count_links(baseline.compiled),
        effects=tuple(sorted(effects, key=effect_rank)),
        findings=(*baseline.skipped, *baseline.compiled.findings),
        min_confidence=baseline.min_confidence,
    )


def measure(
    baseline: Baseline,
    cases: Sequence[Case],
    by: Span,
    *,
    compiled: bool | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> list[Effect]:
    """Return the effect of each case, in their order; see `reach`.

    Parameters
    ----------
    watch
        Hears of each case, under each rule for gaps, every position that it moves, slipped ones
        too (see `simulations.sweeps.Listen`). Where both rules say the same of everything, it hears
        of ``spare`` only.
    """
    report = progress or (lambda _done, _all: None)
    if baseline.compiled.has_alap:
        return _one_by_one(baseline, cases, report, watch)
    return _all_at_once(baseline, cases, by, report, compiled, watch)


def effect_rank(effect: Effect) -> tuple[float, ...]:
    """Return what effects are sorted by; sorting keeps the order of those that are equal."""
    breaks = [
        one.at_days
        for one in (effect.first_newly_late, effect.first_newly_late_if_work)
        if one is not None
    ]
    return (
        -effect.newly_late - effect.newly_late_if_work,
        -effect.total_knock_on_days - effect.total_knock_on_if_work_days,
        min(breaks, default=float("inf")),
    )


def _all_at_once(
    baseline: Baseline,
    cases: Sequence[Case],
    by: Span,
    report: Progress,
    is_large: bool | None,  # noqa: FBT001 - three-valued, and passed on
    watch: Watch | None,
) -> list[Effect]:
    """Return the effect of each case from one sweep over all of them for each rule for gaps."""
    spare, work = baseline.passes["spare"], baseline.passes["work"]
    rules = [spare] if spare.lengths == work.lengths else [spare, work]
    found = []
    for number, passes in enumerate(rules):

        def say(done: int, before: int = number * len(cases)) -> None:
            report(before + done, len(rules) * len(cases))

        listen = None if watch is None else partial(watch, passes.gaps)
        found.append(sweep_cases(passes, cases, by, say, is_large=is_large, listen=listen))
    ids = baseline.compiled.ids
    return [
        Effect(
            **_subject(baseline, case),
            moved=one.moved,
            moved_parents=one.parents,
            newly_late=one.late,
            total_knock_on_days=whole(one.total),
            moved_if_work=other.moved,
            newly_late_if_work=other.late,
            total_knock_on_if_work_days=whole(other.total),
            first_newly_late=_threshold(ids, one),
            first_newly_late_if_work=_threshold(ids, other),
        )
        for case, one, other in zip(cases, found[0], found[-1], strict=True)
    ]


def _threshold(ids: Sequence[str], tally: Tally) -> Threshold | None:
    return Threshold(ids[tally.first], tally.days) if tally.days else None


def _one_by_one(
    baseline: Baseline, cases: Sequence[Case], report: Progress, watch: Watch | None
) -> list[Effect]:
    """Return the effect of each case from a what-if of its own."""
    effects = []
    at = baseline.compiled.at
    for number, case in enumerate(cases, start=1):
        found = answer(baseline, Scenario(changes=(case.change,)))
        leaves = [one for one in found.items if not (one.changed or one.is_parent)]
        effects.append(
            Effect(
                **_subject(baseline, case),
                **{field.name: getattr(found.summary, field.name) for field in fields(Summary)},
                total_knock_on_days=_add(one.knock_on_days for one in leaves),
                total_knock_on_if_work_days=_add(one.knock_on_if_work_days for one in leaves),
                first_newly_late=found.first_newly_late,
                first_newly_late_if_work=found.first_newly_late_if_work,
            )
        )
        if watch is not None:
            positions = [at[one.id] for one in found.items]
            watch(
                "spare", number - 1, positions, _minutes(one.knock_on_days for one in found.items)
            )
            work = _minutes(one.knock_on_if_work_days for one in found.items)
            watch("work", number - 1, positions, work)
        report(number, len(cases))
    return effects


def _add(days: Iterable[float]) -> float:
    """Return the sum of days that are whole minutes, without a rounding for each."""
    return whole(sum(_minutes(days)))


def _minutes(days: Iterable[float]) -> list[int]:
    return [round(one * DAY) for one in days]


def _subject(baseline: Baseline, case: Case) -> dict[str, Any]:
    """Return who or what is slipped, as the fields of an effect."""
    plan = baseline.plan
    if isinstance(case.change, SlipGroup):
        officer = plan.index.officer(case.id)
        return {
            "id": officer.id,
            "kind": officer.kind,
            "title": officer.name,
            "owners": (),
            "owner_ids": (),
            "slipped": case.slipped,
        }
    item = plan.index.items[case.id]
    owners = plan.index.officers_of(item.id)
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "owners": tuple(owner.name for owner in owners),
        "owner_ids": tuple(owner.id for owner in owners),
        "slipped": case.slipped,
    }
