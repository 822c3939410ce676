"""Paper quality, boards: decisions that no meeting can take, consultations at a bad time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.moments import finish_instant, start_instant, write_moment
from queries.checks.rule import Check, Fault, NotApplicable, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Item
    from graphmodel.people import Blackout
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["BOARDS"]

_CONSULTATION = re.compile(r"\bconsult(?:s|ing|ations?)?\b", re.IGNORECASE)
_ELECTION = re.compile(r"\bpre[\s-]*election|\bpurdah\b|\belections?\b", re.IGNORECASE)
_TAG: Final = "consultation"
_NO_MEETING: Final = frozenset({"no-meeting-known", "no-meeting-in-window"})


def _no_meeting(context: Context) -> Answer:
    ids = {item.id for item in context.live if item.status != "complete"}
    gates = sum(gate.state == "accepted" and gate.item in ids for gate in context.plan.gates)
    if not gates:
        return NotApplicable("no open item has an accepted gate")
    return Tally(
        gates,
        tuple(
            Fault(one.message, one.items, one.source)
            for one in context.schedule.findings
            if one.code in _NO_MEETING
        ),
    )


def _in_blackout(context: Context) -> Answer:
    blackouts = [one for one in context.plan.blackouts if _closes(one)]
    if not blackouts:
        return NotApplicable("the plan holds no pre-election period")
    items = [item for item in context.open_leaves if _is_consultation(item) and _days(item)]
    faults = tuple(fault for item in items for fault in _caught(context, item, blackouts))
    return Tally(len(items), faults, len({fault.items for fault in faults}))


def _closes(blackout: Blackout) -> bool:
    """Return whether a blackout is one that consultations have to keep out of."""
    return _TAG in blackout.tags or _ELECTION.search(blackout.reason or "") is not None


def _is_consultation(item: Item) -> bool:
    return _TAG in item.tags or _CONSULTATION.search(item.title) is not None


def _days(item: Item) -> tuple[int, int] | None:
    """Return the first and last instant of an item's own dates; of a finish alone, its last day."""
    first, last = item.planned.start or item.planned.finish, item.planned.finish
    if first is None or last is None:
        return None
    return start_instant(first), finish_instant(last)


def _caught(context: Context, item: Item, blackouts: list[Blackout]) -> Iterator[Fault]:
    first, last = _days(item) or (0, 0)
    for one in blackouts:
        if first < finish_instant(one.finish) and start_instant(one.start) < last:
            message = (
                f"{item.name} is planned inside {one.reason or 'a period without consultations'} "
                f"({write_moment(one.start)} to {write_moment(one.finish)})."
            )
            yield Fault(message, (item.id,), context.place(item.source))


BOARDS: Final = (
    Check(
        code="gate-without-meeting",
        family="paper",
        name="Gate without a meeting",
        severity="warning",
        definition=(
            "An open item that a board must approve, where the board is not known to meet within "
            "the item's window, or at all from the time it is ready."
        ),
        denominator="accepted gates on open items",
        advice="Add the board's dates, move the decision to a meeting, or ask for a special one.",
        find=_no_meeting,
    ),
    Check(
        code="consultation-in-blackout",
        family="paper",
        name="Consultation in a pre-election period",
        severity="warning",
        definition=(
            'An open consultation (an item tagged so, or with "consult" or "consultation" in its '
            "title) whose planned days overlap a blackout that is tagged so or is a pre-election "
            "period. Of an item with only a finish that day alone counts."
        ),
        denominator="open dated consultations",
        advice="Begin after the election, or end before the period starts; ask the monitoring "
        "officer if it must go on.",
        find=_in_blackout,
    ),
)
