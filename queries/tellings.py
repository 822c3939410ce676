"""A comparison of two versions of a plan in sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant
from graphmodel.words import count
from simulations.conditions import quoted

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from queries.compare import Step

__all__ = ["tell_step"]


def tell_step(plan: Plan, step: Step) -> tuple[str, ...]:
    """Return what changed in words, what matters most first; ``plan`` is the new version."""
    return tuple(
        filter(
            None,
            (
                _slips(plan, step),
                _lateness(plan, step),
                _finish(step),
                _reprofiles(step),
                _contents(step),
                _links(step),
            ),
        )
    )


def _slips(plan: Plan, step: Step) -> str:
    leaves = [one for one in step.forecasts.shifts if not one.is_parent]
    later = [one for one in leaves if one.days > 0]
    earlier = len(leaves) - len(later)
    if not leaves:
        return "No forecast moved."
    forward = f"{count(earlier, 'item')} came forward" if earlier else ""
    if not later:
        return f"Nothing slipped; {forward}."
    own = sum(bool(one.own_days) for one in later)
    carried = len(later) - own
    worst = max(later, key=lambda one: one.days)
    parts = [f"{own} of their own"] if own else []
    parts += [f"{carried} only because of others"] if carried else []
    most = f", {quoted(plan, worst.id)} most, by {_days(worst.days)}"
    sentence = f"{count(len(later), 'item')} slipped ({', '.join(parts)}){most}"
    return f"{sentence}; {forward}." if forward else f"{sentence}."


def _lateness(plan: Plan, step: Step) -> str:
    parts = []
    if step.newly_late:
        named = quoted(plan, step.newly_late[0])
        rest = len(step.newly_late) - 1
        others = f" and {count(rest, 'other')}" if rest else ""
        parts.append(f"{named}{others} became late against a due date")
    if step.no_longer_late:
        verb = "is" if len(step.no_longer_late) == 1 else "are"
        parts.append(f"{count(len(step.no_longer_late), 'item')} {verb} no longer late")
    return f"{'; '.join(parts)}." if parts else ""


def _finish(step: Step) -> str:
    before, after = step.forecasts.finish_before, step.forecasts.finish_after
    if before is None or after is None:
        return ""
    days = (finish_instant(after) - finish_instant(before)) / (24 * 60)
    path = set(step.forecasts.critical_after) ^ set(step.forecasts.critical_before)
    changed = "; the longest path changed" if path else ""
    if not days:
        return f"The plan's last finish did not move{changed}." if changed else ""
    way = "later" if days > 0 else "earlier"
    return f"The plan's last finish moved {_days(abs(days))} {way}{changed}."


def _reprofiles(step: Step) -> str:
    items: dict[str, set[str]] = {}
    for change in step.differences.dates:
        items.setdefault(change.kind, set()).add(change.id)
    approved = len(items.get("re_profiled_approved", ()))
    unapproved = len(
        items.get("re_profiled_unapproved", set()) - items.get("re_profiled_approved", set())
    )
    if not approved and not unapproved:
        return ""
    moved = count(approved + unapproved, "item")
    if not unapproved:
        return f"The stated dates of {moved} were moved later, all with a board's approval."
    if not approved:
        return f"The stated dates of {moved} were moved later, none with an approval on record."
    return (
        f"The stated dates of {moved} were moved later: {approved} with a board's approval, "
        f"{unapproved} without one on record."
    )


def _contents(step: Step) -> str:
    found = step.differences
    counts = {
        "added": len(found.added),
        "removed": len(found.removed),
        "reworded": len(found.reworded),
        "moved elsewhere": len(found.moved),
        "with other owners": len({one.id for one in found.owners}),
        "with another status or rating": len(found.statuses),
    }
    parts = [f"{number} {name}" for name, number in counts.items() if number]
    if not parts:
        return "Otherwise the items are the same."
    return f"Items: {', '.join(parts)}."


def _links(step: Step) -> str:
    counts = Counter(one.change for one in step.differences.links)
    parts = [f"{number} {change}" for change, number in counts.items()]
    return f"Links: {', '.join(parts)}." if parts else ""


def _days(days: float) -> str:
    return f"{days:,.4g} {'day' if days == 1 else 'days'}"
