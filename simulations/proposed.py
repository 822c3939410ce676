"""How an answer would change if the proposed links were true (issue 5).

The same scenario is run a second time, with the proposed links of enough confidence as if they were
accepted: by falling confidence, each left out where it would close a circle (DESIGN 5.3.8). So what
counts as work between dates follows them too (5.4). Proposed gates stay out: only accepted ones
count (5.3.5), and most boards tell no meetings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.errors import CycleError
from graphmodel.ordering import EventOrder
from graphmodel.scenario import AddLink
from simulations.changes import edit_plan
from simulations.comparison import Comparison
from simulations.compile import compile_plan
from simulations.passes import whole
from simulations.results import Difference, IfProposed
from simulations.scenarios import Baseline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from simulations.results import Gaps, WhatIf

__all__ = ["LIKELY", "try_proposed"]

#: Confidence from which a proposed link is worth being told of before anybody has decided on it.
LIKELY: Final = 0.8


def try_proposed(answer: WhatIf, min_confidence: float = LIKELY) -> IfProposed | None:
    """Return how an answer that rests on accepted links would change with proposed ones as well.

    None where there are none of at least ``min_confidence`` (0 to 1) that could be used, or nothing
    is changed.
    """
    plan, scenario = answer.plan, answer.scenario
    waiting = [
        link
        for link in plan.links
        if link.state == "proposed" and link.confidence >= min_confidence
    ]
    if not waiting or not scenario.changes:
        return None
    try:
        chosen = _choose(plan, scenario, waiting)
        if not chosen:
            return None
        used = {id(link) for link in chosen}
        links = [
            link.model_copy(update={"state": "accepted"}) if id(link) in used else link
            for link in plan.links
            if link.state == "accepted" or id(link) in used
        ]
        run = Baseline.of(compile_plan(plan, links)).run(scenario)
    except CycleError:  # the scenario turns a link round, and a proposed one runs against it
        return None
    comparison = Comparison(run)
    return IfProposed(
        min_confidence=min_confidence,
        links=len(chosen),
        left_out=len(waiting) - len(chosen),
        spare=_compare(answer, comparison, "spare"),
        work=_compare(answer, comparison, "work"),
    )


def _choose(plan: Plan, scenario: Scenario, waiting: Sequence[Link]) -> list[Link]:
    """Return the proposed links that close no circle, also not with links that are added."""
    accepted = plan.accepted_links
    standing = list(accepted)
    if any(isinstance(change, AddLink) for change in scenario.changes):
        known = {id(link) for link in accepted}
        edited = edit_plan(plan, scenario, accepted).links
        standing += [link for link in edited if id(link) not in known]
    order = EventOrder.leaving_out(plan, standing)
    likeliest = sorted(waiting, key=lambda link: -link.confidence)
    return [link for link in likeliest if order.add(link) is None]


def _compare(answer: WhatIf, comparison: Comparison, gaps: Gaps) -> Difference:
    """Return what differs under one rule for gaps; what the scenario itself changes is left out."""
    rows = {one.id: one for one in answer.items}
    moves: list[str] = []
    further: list[str] = []
    less: list[str] = []
    late: list[str] = []
    spared: list[str] = []
    for item in answer.plan.items:
        row = rows.get(item.id)
        if item.id in comparison.changed or (row is not None and row.changed):
            continue
        before, was_late = 0.0, False
        if row is not None:
            is_spare = gaps == "spare"
            before = row.knock_on_days if is_spare else row.knock_on_if_work_days
            was_late = row.newly_late if is_spare else row.newly_late_if_work
        after = whole(comparison.moved(item.id, gaps))
        if after != before and answer.plan.index.is_leaf(item.id):
            (moves if not before else further if abs(after) > abs(before) else less).append(item.id)
        is_late = comparison.is_newly_late(item, gaps)
        if is_late != was_late:
            (late if is_late else spared).append(item.id)
    return Difference(*map(tuple, (moves, further, less, late, spared)))
