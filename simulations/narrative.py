"""The answer to a what-if in words, the headline first (DESIGN 5.4).

Both ends of the range are told wherever gaps leave one; an empty answer still says how much room
is left and where it would break.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant, write_moment
from graphmodel.scenario import Slip, SlipGroup
from graphmodel.words import count, join_words
from simulations.conditions import describe_change, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from simulations.results import Difference, LinksUsed, MovedItem, WhatIf

__all__ = ["list_ids", "tell", "tell_days", "tell_links"]

#: Ids that a sentence lists before it counts the rest.
_LISTED = 6


def tell(answer: WhatIf) -> WhatIf:
    """Return the answer with its sentences."""
    return replace(answer, sentences=tuple(_sentences(answer)))


def _sentences(answer: WhatIf) -> Iterator[str]:
    yield _headline(answer)
    yield from _own_lateness(answer)
    yield from _room(answer)
    yield from _breaking_point(answer)
    yield from _late_already(answer)
    yield from _endangered(answer)
    yield from _first_board(answer)
    yield tell_links(answer.plan, answer.links_used, answer.min_confidence)
    yield from _if_proposed(answer)


def _headline(answer: WhatIf) -> str:
    changes = answer.scenario.changes
    if not changes:
        return "Nothing is changed, so nothing moves."
    described = [describe_change(answer.plan, change) for change in changes]
    condition = f"If {'; and '.join(described)}{_measured(answer)}"
    spare = _effect(answer, work=False)
    work = _effect(answer, work=True)
    if spare == work:
        return f"{condition}: {spare}, whether the gaps between dates are spare or work."
    return f"{condition}: {spare} if the gaps are spare; if they are work, {work}."


def _measured(answer: WhatIf) -> str:
    """Return the slip in days where it is told in another unit and is the same for all."""
    changes = answer.scenario.changes
    days = {item.knock_on_days for item in answer.items if item.changed}
    single = len(changes) == 1 and isinstance(changes[0], Slip | SlipGroup)
    if not single or len(days - {0}) != 1 or changes[0].by.unit == "d":  # type: ignore[union-attr]
        return ""
    return f" ({tell_days(max(days))})"


def _effect(answer: WhatIf, *, work: bool) -> str:
    others = [item for item in answer.items if not item.changed]
    moves = {item.id: _knock_on(item, work=work) for item in others}
    leaves = [item for item in others if not item.is_parent and moves[item.id]]
    parents = [item for item in others if item.is_parent and moves[item.id]]
    late = [item for item in others if (item.newly_late_if_work if work else item.newly_late)]
    if not leaves and not parents:
        return "nothing else moves" if len(others) < len(answer.items) else "nothing moves"
    moved = leaves or parents
    told = f"{count(len(moved), 'item')} {'moves' if len(moved) == 1 else 'move'}"
    told += _by_how_much([moves[item.id] for item in moved])
    if not leaves:
        told = told.replace("item", "parent item", 1)
    if late:
        told += f" and {list_ids([item.id for item in late])} {_become(late)} newly late"
    return told


def _become(late: Sequence[MovedItem]) -> str:
    return "becomes" if len(late) == 1 else "become"


def _by_how_much(days: Sequence[float]) -> str:
    later = [one for one in days if one > 0]
    if not later:
        return (
            f" {tell_days(-min(days))} earlier"
            if len(days) == 1
            else f" up to {tell_days(-min(days))} earlier"
        )
    if len(set(days)) == 1:
        return f" by {tell_days(later[0])}"
    if len(later) == len(days):
        return f" by {min(later):g} to {tell_days(max(later))}"
    return f", some earlier, some up to {tell_days(max(later))} later"


def _knock_on(item: MovedItem, *, work: bool) -> float:
    return item.knock_on_if_work_days if work else item.knock_on_days


def _own_lateness(answer: WhatIf) -> Iterator[str]:
    """Say what the change makes late of what it names; the headline counts only the others."""
    late = [item.id for item in answer.items if item.changed and item.newly_late]
    if late:
        itself = "itself misses its" if len(late) == 1 else "themselves miss their"
        yield f"{list_ids(late)} {itself} due date{'' if len(late) == 1 else 's'}."


def _room(answer: WhatIf) -> Iterator[str]:
    """Say what is left of the room before the item that would move next."""
    following = answer.next_to_move
    if following is None:
        return
    eaten = [
        buffer
        for buffer in answer.buffers
        if buffer.to == following.item and buffer.before_days > buffer.after_days
    ]
    name = quoted(answer.plan, following.item)
    if eaten:
        least = min(eaten, key=lambda buffer: buffer.after_days)
        yield (
            f"{least.after_days:g} of {tell_days(least.before_days)} are left before {name}, "
            f"the next to move: it moves at a slip of {tell_days(following.at_days)}."
        )
    else:
        yield f"The next to move is {name}, at a slip of {tell_days(following.at_days)}."


def _breaking_point(answer: WhatIf) -> Iterator[str]:
    spare, work = answer.first_newly_late, answer.first_newly_late_if_work
    if spare is None and work is None:
        if any(isinstance(change, Slip | SlipGroup) for change in answer.scenario.changes):
            dated = any(item.due is not None for item in answer.plan.items)
            if not dated:
                yield "No item of the plan has a due date, so nothing can become newly late."
        return
    if spare is not None:
        told = (
            f"Something else first becomes newly late at a slip of {tell_days(spare.at_days)}: "
            f"{quoted(answer.plan, spare.item)}"
        )
        if work is not None and work != spare:
            told += f" (if the gaps are work at {tell_days(work.at_days)}: {work.item})"
        yield f"{told}."
    elif work is not None:
        yield (
            f"If the gaps are work, something else first becomes newly late at a slip of "
            f"{tell_days(work.at_days)}: {quoted(answer.plan, work.item)}."
        )


def _late_already(answer: WhatIf) -> Iterator[str]:
    late = [item.id for item in answer.items if item.late_before]
    if late:
        verb = "was" if len(late) == 1 else "were"
        yield f"{list_ids(late)} {verb} late already, before this change."


def _endangered(answer: WhatIf) -> Iterator[str]:
    """Say which items without a due date of their own fall behind their planned date."""
    behind = [
        item
        for item in answer.items
        if item.due is None
        and not item.changed
        and not item.is_parent
        and item.knock_on_days > 0
        and (item.off_plan_days or 0) > 0
    ]
    if behind:
        verb = "has" if len(behind) == 1 else "have"
        yield (
            f"{list_ids([item.id for item in behind])} {verb} no due date and would finish after "
            f"{'its' if len(behind) == 1 else 'their'} planned date."
        )


def _first_board(answer: WhatIf) -> Iterator[str]:
    """Say which board is the first to hear of anything that moves, and when."""
    heard = [
        (finish_instant(item.first_board_meeting), item.first_board, item.first_board_meeting)
        for item in answer.items
        if item.first_board_meeting is not None
        and (item.knock_on_days or item.knock_on_if_work_days)
    ]
    if heard:
        _, board, meeting = min(heard, key=lambda one: one[0])
        yield f"The first board to hear of it is {board}, on {write_moment(meeting)}."


def tell_links(plan: Plan, used: LinksUsed, min_confidence: float | None = None) -> str:
    """Say on how many links an answer rests, and how many of the plan wait for review.

    ``min_confidence`` is that of the proposed links in use, None where only accepted ones are.
    """
    told = f"This rests on {count(used.accepted, 'accepted link')}"
    if used.proposed:
        told += f" and {count(used.proposed, 'proposed link')}"
        if min_confidence:
            told += f" of confidence {min_confidence:g} or more"
    waiting = sum(link.state == "proposed" for link in plan.links) - used.proposed
    if waiting > 0:
        told += (
            f"; {count(waiting, 'proposed link')} {'waits' if waiting == 1 else 'wait'} for review"
        )
    return f"{told}."


def _if_proposed(answer: WhatIf) -> Iterator[str]:
    """Say how the answer would change if the likely ones of the proposed links were true."""
    found = answer.if_proposed
    if found is None:
        return
    one = found.links == 1
    which = "the only proposed link" if one else f"the {found.links:,} proposed links"
    told = (
        f"If {which} of confidence {found.min_confidence:g} or more {'was' if one else 'were'} true"
    )
    spare, work = (_difference(rule) for rule in (found.spare, found.work))
    if spare == work:
        yield f"{told}, {spare}."
    else:
        yield f"{told}, {spare} if the gaps are spare; if they are work, {work}."


def _difference(found: Difference) -> str:
    parts = []
    if found.also_move:
        more = count(len(found.also_move), "more item")
        parts.append(f"{more} would move ({list_ids(found.also_move)})")
    for ids, words in ((found.move_further, "further"), (found.move_less, "less far")):
        if ids:
            parts.append(f"{list_ids(ids)} would move {words}")
    if found.newly_late:
        parts.append(f"{list_ids(found.newly_late)} would become newly late")
    if found.no_longer_newly_late:
        parts.append(f"{list_ids(found.no_longer_newly_late)} would not become newly late")
    if not parts:
        return "the answer would be the same"
    return join_words(parts)


def tell_days(days: float) -> str:
    """Return days as ``1 day`` or ``2.5 days``."""
    return f"{days:g} day{'' if days == 1 else 's'}"


def list_ids(ids: Sequence[str]) -> str:
    """Return ids as ``a, b and c``, of a long list the first few and how many more."""
    if len(ids) > _LISTED:
        return f"{', '.join(ids[:_LISTED])} and {len(ids) - _LISTED} more"
    return join_words(ids)
