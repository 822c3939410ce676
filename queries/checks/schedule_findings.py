"""Schedule health: circles of links, and what the schedule finds while it is worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.errors import CycleError
from queries.checks.rule import Check, Fault, NotApplicable, Tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.items import Item
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["FINDINGS"]

_NO_LINKS: Final = NotApplicable("the plan has no accepted links")


def _find_circles(context: Context) -> Answer:
    links = context.accepted_links
    if not links:
        return _NO_LINKS
    try:
        _ = context.passes
    except CycleError as error:
        return Tally(len(links), (Fault(str(error), error.items),))
    return Tally(len(links))


def _found(
    codes: frozenset[str], count_all: Callable[[Context], int], none: str
) -> Callable[[Context], Answer]:
    """Return a rule whose faults are the schedule's findings of some codes."""

    def find(context: Context) -> Answer:
        total = count_all(context)
        if not total:
            return NotApplicable(none)
        faults = tuple(
            Fault(one.message, one.items, one.source, one.severity)
            for one in context.schedule.findings
            if one.code in codes
        )
        return Tally(total, faults)

    return find


def _links(context: Context) -> int:
    return len(context.accepted_links)


def _count_open(context: Context, has: Callable[[Item], object]) -> int:
    return sum(item.status != "complete" and bool(has(item)) for item in context.live)


def _promised(context: Context) -> int:
    return _count_open(context, lambda item: item.due is not None or item.deadlines)


def _constrained(context: Context) -> int:
    return _count_open(context, lambda item: item.constraints)


def _dated(context: Context) -> int:
    return _count_open(
        context,
        lambda item: item.mode != "logic" and item.planned.finish is not None,
    )


def _efforts(context: Context) -> int:
    return sum(item.type == "loe" for item in context.live)


def _on_hold(context: Context) -> int:
    return sum(item.status == "on_hold" for item in context.live)


def _must_finish(context: Context) -> int:
    plan = context.plan
    stated = (plan.must_finish, *(project.must_finish for project in plan.projects))
    return sum(one is not None for one in stated)


FINDINGS: Final = (
    Check(
        code="links-in-circle",
        family="schedule",
        name="Links that run in a circle",
        severity="error",
        definition="Accepted links, with the steps from part to parent, that lead from an item "
        "back to itself: no dates can be worked out.",
        denominator="accepted links",
        advice="Remove or turn round one of the links of the circle.",
        find=_find_circles,
    ),
    Check(
        code="work-out-of-sequence",
        family="schedule",
        name="Work done before its predecessor allowed it",
        severity="warning",
        definition="Accepted links whose successor has started (FS, SS) or finished (FF, SF) "
        "although the predecessor has not, or before the link, with its lag, allowed it.",
        denominator="accepted links",
        advice="Correct the date, or the link: what was done without it did not depend on it.",
        find=_found(frozenset({"out-of-sequence"}), _links, "the plan has no accepted links"),
    ),
    Check(
        code="promises-missed",
        family="schedule",
        name="Due dates and deadlines that will be missed",
        severity="warning",
        definition="Unfinished items that the schedule finishes after their due date or a "
        "deadline.",
        denominator="unfinished items with a due date or a deadline",
        advice="See what holds the item with knockon trace; bring that forward, or have the date "
        "moved by those who may.",
        find=_found(
            frozenset({"due-missed", "deadline-missed"}),
            _promised,
            "no unfinished item has a due date or a deadline",
        ),
    ),
    Check(
        code="own-dates-broken",
        family="schedule",
        name="Planned dates that the links do not let stand",
        severity="warning",
        definition="Unfinished items with dates of their own that a predecessor, or a part, holds "
        "longer, and links that an item with fixed dates breaks.",
        denominator="unfinished items with dates of their own",
        advice="One of the two is wrong: the date, or the link that holds it. Ask the owner which.",
        find=_found(
            frozenset({"links-break-plan-date", "link-broken"}),
            _dated,
            "no unfinished item keeps dates of its own",
        ),
    ),
    Check(
        code="constraints-broken",
        family="schedule",
        name="Date constraints that are not kept",
        severity="warning",
        definition="Unfinished items that the schedule starts or finishes later than a constraint "
        "allows.",
        denominator="unfinished items with a date constraint",
        advice="Take out constraints nobody asked for; recover the time for those that stand.",
        find=_found(
            frozenset({"constraint-broken"}),
            _constrained,
            "no unfinished item has a date constraint",
        ),
    ),
    Check(
        code="must-finish-missed",
        family="schedule",
        name="The plan finishes after the date it must finish by",
        severity="error",
        definition="The plan's finish, in a portfolio of each plan, lies after its must_finish.",
        denominator="dates that a plan must finish by",
        advice="See the critical path with knockon schedule: only what stands on it can bring the "
        "finish forward.",
        find=_found(
            frozenset({"must-finish-missed"}),
            _must_finish,
            "the plan has no date it must finish by",
        ),
    ),
    Check(
        code="links-hold-nothing",
        family="schedule",
        name="Links that hold nothing",
        severity="warning",
        definition="Accepted links of which an end takes no part in the schedule, or whose "
        "predecessor has no finish.",
        denominator="accepted links",
        advice="Give the end that has no date one, or take the link out.",
        find=_found(
            frozenset({"link-without-date", "link-from-open-end"}),
            _links,
            "the plan has no accepted links",
        ),
    ),
    Check(
        code="effort-without-end",
        family="schedule",
        name="Levels of effort that nothing ends",
        severity="warning",
        definition="Levels of effort without an FF or SF link that says when they end.",
        denominator="levels of effort",
        advice="Link it to what it goes on beside.",
        find=_found(
            frozenset({"loe-without-finish"}), _efforts, "the plan has no levels of effort"
        ),
    ),
    Check(
        code="on-hold-without-forecast",
        family="schedule",
        name="Work on hold without a forecast",
        severity="warning",
        definition="Items on hold of which nobody says when they are expected: they are taken as "
        "not started.",
        denominator="items on hold",
        advice="Ask when the work goes on, and what waits for it.",
        find=_found(
            frozenset({"on-hold-without-forecast"}), _on_hold, "nothing in the plan is on hold"
        ),
    ),
)
