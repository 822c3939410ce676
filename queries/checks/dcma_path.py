"""DCMA point 12: the critical path test, run on the plan itself by injecting a delay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from graphmodel.words import count
from queries.checks.dcma_logic import PAMPHLET
from queries.checks.rule import Check, Fault, Limit, NotApplicable, Tally
from simulations.codes import FIXED, NEVER
from simulations.passes import whole
from simulations.scenarios import Baseline

if TYPE_CHECKING:
    from graphmodel.items import Item
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["PATH"]

#: 600 working days, the pamphlet's example, as whole weeks: the weekday stays.
DELAY_DAYS: Final = 840
_ENOUGH: Final = Limit(0.95, "at_least")


def _find_broken_path(context: Context) -> Answer:
    passes = context.passes
    path = context.schedule.longest_path
    if passes.last_finish == NEVER or not context.accepted_links:
        return NotApplicable("the plan has no accepted links, so it has no critical path to test")
    if len(path) == 1:
        return NotApplicable(f"nothing drives {path[0]}, which finishes last: there is no path")
    item = _first_open(context, path)
    if item is None:
        return NotApplicable("everything on the critical path is complete")
    baseline = Baseline(context.plan, passes.compiled, {"spare": passes}, ())
    delay = Scenario(changes=(Slip(item=item.id, by=parse_span(f"{DELAY_DAYS}d")),))
    last = passes.compiled.at[path[-1]]
    after = baseline.run(delay).after("spare")
    moved = whole(after.dates.finish[last] - passes.dates.finish[last])
    is_short = moved < _ENOUGH.value * DELAY_DAYS
    told = (
        f"{DELAY_DAYS} days put into {item.name}, the first unfinished item of a critical path of "
        f"{len(path):,}, move its last item, {path[-1]}, by {count(round(moved), 'day')}"
    )
    fault = Fault(f"{told}: something holds it where it is.", (item.id, path[-1]))
    if is_short:
        return Tally(DELAY_DAYS, (fault,), moved)
    return Tally(DELAY_DAYS, (), moved, note=f"{told}.")


def _first_open(context: Context, path: tuple[str, ...]) -> Item | None:
    """Return the first item of a path that can be delayed."""
    items = [context.index.items[one] for one in path]
    how = context.passes.compiled.net.how
    return next(
        (
            item
            for item in items
            if item.status not in {"complete", "cancelled"}
            and context.index.is_leaf(item.id)
            and how[context.activities.position(item)] != FIXED
        ),
        None,
    )


PATH: Final = (
    Check(
        code="dcma-12-critical-path-test",
        family="schedule",
        name="Delay on the critical path does not reach the finish (DCMA 12)",
        severity="warning",
        definition="840 calendar days (120 weeks, 600 working days) are put into the first "
        "unfinished item of the longest path, and the plan is scheduled anew. The days that the "
        "last item of the path moves, by the days put in. Holidays may take or give a few: 95 % "
        "will do.",
        denominator="days put into the first critical item",
        advice="Look at the path after that item: a pinned date, a fixed item or a missing link "
        "stops the delay.",
        find=_find_broken_path,
        limit=_ENOUGH,
        reference=f"{PAMPHLET}12",
    ),
)
