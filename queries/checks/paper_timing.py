"""Paper quality, dates against the calendar: after vesting day, or too many in one month."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Final

from graphmodel.moments import finish_instant, write_moment
from graphmodel.stretches import MONTHS
from graphmodel.words import count
from queries.checks.rule import Check, Fault, NotApplicable, Tally
from queries.checks.vesting import find_vesting_day
from queries.checks.wording import tell_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Item
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["TIMING"]

#: A month is overloaded from this many items on, above this share of all, above this many medians.
_LEAST: Final = 10
_SHARE: Final = 1 / 8
_MEDIANS: Final = 3

_IN_A_MONTH: Final = frozenset({"day", "month", "range"})
_OF_PAPERS: Final = frozenset({"action", "milestone"})


def _after_vesting(context: Context) -> Answer:
    vesting = find_vesting_day(context.plan)
    if vesting is None:
        return NotApplicable("the plan names no vesting day")
    last = finish_instant(vesting.day)
    faults, looked_at = [], 0
    for item in context.live:
        day = _latest(item)
        if day is None or item.status == "complete":
            continue
        looked_at += 1
        if finish_instant(day) > last:
            message = (
                f"{item.name} is dated {tell_date(item, day)}, after vesting day "
                f"({write_moment(vesting.day)}, as {vesting.item} says)."
            )
            faults.append(Fault(message, (item.id,), context.place(item.source)))
    return Tally(looked_at, tuple(faults))


def _latest(item: Item) -> date | None:
    days = [day for day in (item.planned.finish, item.due) if day is not None]
    return max(days, key=finish_instant, default=None)


def _crowded_months(context: Context) -> Answer:
    months: dict[tuple[int, int], list[Item]] = {}
    for item in context.leaves:
        day = item.planned.finish
        if day is not None and item.kind in _OF_PAPERS and item.planned.precision in _IN_A_MONTH:
            months.setdefault((day.year, day.month), []).append(item)
    sizes = Counter({month: len(items) for month, items in months.items()})
    return Tally(len(months), tuple(_crowds(context, months, sizes)))


def _crowds(
    context: Context, months: dict[tuple[int, int], list[Item]], sizes: Counter[tuple[int, int]]
) -> Iterator[Fault]:
    if not sizes:
        return
    total, middle = sizes.total(), median(sizes.values())
    for (year, month), items in sorted(months.items()):
        if len(items) >= max(_LEAST, total * _SHARE) and len(items) > _MEDIANS * middle:
            owners = {
                officer.id for item in items for officer in context.index.officers_of(item.id)
            }
            whose = f" ({count(len(owners), 'owner')})" if owners else ""
            yield Fault(
                f"{len(items):,} of {total:,} dated actions and milestones fall in "
                f"{MONTHS[month - 1].capitalize()} {year}{whose}; the median month has {middle:g}.",
                tuple(item.id for item in items),
            )


TIMING: Final = (
    Check(
        code="after-vesting-day",
        family="paper",
        name="Ends after vesting day",
        severity="warning",
        definition=(
            "An open item that is planned or due after the day on which a new council takes over. "
            'That day is taken from an external item named "vesting day", a deadline of that kind, '
            "or a day beside those words in a title or the wording of a date."
        ),
        denominator="open dated items",
        advice="Bring it forward, or agree who takes it over in the new council.",
        find=_after_vesting,
    ),
    Check(
        code="month-overloaded",
        family="paper",
        name="Too much in one month",
        severity="info",
        definition=(
            "A month in which at least 10 actions and milestones without parts are planned to "
            "finish, at least an eighth of all of them, and more than three times as many as in "
            "the median month that has any. Dates as rough as a quarter are left out."
        ),
        denominator="months with a milestone",
        advice="Spread the dates out, beginning with the owners who have most in that month.",
        find=_crowded_months,
    ),
)
