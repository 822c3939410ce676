"""What the pages say of each item: frozen records, ready for templates.

A state is one of five, worst first, and is shown by shape and word as well as colour:

=========  ==========================================================================
late       its forecast lies after its own due date
critical   no room: any slip moves the plan's end or breaks a due date (DESIGN 5.5)
tight      `TIGHT_DAYS` of room or less
free       more room than that, or room not known
done       complete, or dropped
=========  ==========================================================================

*Room* is the plain word for total float.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.moments import DAY, finish_instant
from graphmodel.words import join_words
from viz.words import STATUS_WORDS, show_date, show_days, show_room, show_shift

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from simulations.results import Schedule, ScheduledItem

__all__ = ["TIGHT_DAYS", "ItemRow", "State", "describe_items"]

State = Literal["late", "critical", "tight", "free", "done"]

#: Room of two weeks or less is told apart: one late meeting eats it.
TIGHT_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item as a row of the table and a mark on the map.

    ``lane`` is the theme it is under, or itself if it is one; empty where there is none.
    """

    item: Item
    lane: str
    start: date | None
    finish: date | None
    planned: date | None
    room_days: float | None
    state: State
    owner: str
    status: str
    forecast_words: str
    room_words: str
    undated: str

    @property
    def id(self) -> str:
        """The item's id."""
        return self.item.id

    @property
    def is_dated(self) -> bool:
        """Whether it can stand on a time axis: an end without a finish stands at its start."""
        return self.finish is not None or self.start is not None

    @property
    def planned_words(self) -> str:
        """The plan's own date, as the plan words it where that says more than the day."""
        text = self.item.planned.text
        if self.planned is None:
            return text or "no date"
        return text or show_date(self.planned)


def describe_items(plan: Plan, schedule: Schedule | None) -> tuple[ItemRow, ...]:
    """Return the facts of every item but what stands for a whole plan, in the plan's order.

    Such an item is told where a link joins it to something. Without a schedule they stand at their
    own dates, and their room is not known.
    """
    dated = {one.id: one for one in schedule.items} if schedule is not None else {}
    linked = {end for link in plan.links for end in (link.from_, link.to)}
    return tuple(
        _describe(plan, item, dated.get(item.id))
        for item in plan.items
        if item.kind != "plan" or plan.index.is_leaf(item.id) or item.id in linked
    )


def _describe(plan: Plan, item: Item, scheduled: ScheduledItem | None) -> ItemRow:
    index = plan.index
    above = [one for one in index.ancestors(item.id) if index.items[one].kind != "plan"]
    start, finish, room = None, None, None
    if scheduled is not None:
        start, finish, room = scheduled.start, scheduled.finish, scheduled.total_float_days
    else:
        finish = item.actual_finish or item.forecast or item.planned.finish
        start = item.actual_start or item.planned.start or finish
    state = _state(item, finish, room, critical=scheduled is not None and scheduled.critical)
    planned = item.planned.finish
    return ItemRow(
        item=item,
        lane=_lane(plan, above[-1] if above else item.id),
        start=start,
        finish=finish,
        planned=planned,
        room_days=room,
        state=state,
        owner=join_words([officer.name for officer in index.officers_of(item.id)]),
        status=STATUS_WORDS[item.status],
        forecast_words=_forecast(start, finish, planned),
        room_words=_room(state, finish, room, item.due),
        undated="" if finish or start else _why_undated(item),
    )


def _lane(plan: Plan, top: str) -> str:
    """Return the theme an item is under; empty where it is under nothing that holds actions."""
    is_theme = plan.index.items[top].kind in {"theme", "objective"}
    return top if is_theme and not plan.index.is_leaf(top) else ""


def _state(item: Item, finish: date | None, room: float | None, *, critical: bool) -> State:
    if item.status in {"complete", "cancelled"}:
        return "done"
    if _is_late(finish, item.due):
        return "late"
    if critical or (room is not None and room < 0):
        return "critical"
    return "tight" if room is not None and room <= TIGHT_DAYS else "free"


def _is_late(finish: date | None, due: date | None) -> bool:
    return finish is not None and due is not None and finish_instant(finish) > finish_instant(due)


def _forecast(start: date | None, finish: date | None, planned: date | None) -> str:
    """Return when it is now expected to finish, and how that differs from the plan."""
    if finish is None:
        return f"from {show_date(start)}, no end" if start else ""
    if planned is None or planned == finish:
        return show_date(finish)
    days = (finish_instant(finish) - finish_instant(planned)) / DAY
    return f"{show_date(finish)}, {show_shift(days, since=planned, until=finish)} than planned"


def _room(state: State, finish: date | None, room: float | None, due: date | None) -> str:
    if state == "done":
        return "done"
    if finish is not None and due is not None and _is_late(finish, due):
        days = (finish_instant(finish) - finish_instant(due)) / DAY
        return f"late by {show_days(days, since=due, until=finish)}"
    return show_room(room)


def _why_undated(item: Item) -> str:
    if item.status == "cancelled":
        return "dropped"
    if item.planned.precision == "ongoing":
        return "ongoing, without an end date"
    if item.status == "complete":
        return "complete, but nobody wrote down when"
    return (
        f'the plan says only "{item.planned.text}"' if item.planned.text else "no date in the plan"
    )
