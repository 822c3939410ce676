"""Recovery in plain sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphmodel.words import count
from simulations.conditions import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from simulations.recovery.results import CureSet, LateItem, RuleRecovery

__all__ = ["tell_asks", "tell_late", "tell_recovery"]


def tell_recovery(plan: Plan, found: RuleRecovery) -> RuleRecovery:
    """Return recovery under one rule with its sentences."""
    return replace(found, sentences=tuple(_sentences(plan, found)))


def _sentences(plan: Plan, found: RuleRecovery) -> Iterator[str]:
    rule = "are work" if found.gaps == "work" else "are spare"
    if not found.late:
        yield f"Nothing becomes late if the gaps between dates {rule}: there is nothing to mend."
        return
    late = count(len(found.late), "item")
    becomes = "becomes" if len(found.late) == 1 else "become"
    yield f"{late} {becomes} late if the gaps between dates {rule}."
    if found.smallest_set is not None:
        yield from _tell_set(plan, found.smallest_set, len(found.late))
    else:
        them = "it" if len(found.late) == 1 else "any of them"
        yield f"No cure that can be told as changes of a scenario mends {them}."


def _tell_set(plan: Plan, found: CureSet, late: int) -> Iterator[str]:
    mended = len(found.mends)
    what = "it" if late == 1 else ("all of them" if mended == late else f"{mended} of them")
    cures, cost = count(len(found.cures), "cure"), f"{found.cost:,g} day{'s' * (found.cost != 1)}"
    if found.is_smallest:
        equals = ", as do other sets" if found.has_equals else ""
        yield f"The least that mends {what}: {cures}, {cost} in all{equals}."
    elif found.at_least is not None:
        yield (
            f"A set that mends {what}: {cures}, {cost} in all; no set takes less than "
            f"{found.at_least:,g}."
        )
    else:
        yield (
            f"A set that mends {what}: {cures}, {cost} in all. It may not be the smallest, "
            "because days are not counted in one way along these chains."
        )
    if found.cannot_mend:
        names = [quoted(plan, one) for one in found.cannot_mend]
        yield f"Nothing mends {' or '.join(names)}."


def tell_late(plan: Plan, item: LateItem) -> str:
    """Return how late an item is, and what follows: its cures, or why there are none."""
    days = f"{item.late_days:,g} day{'' if item.late_days == 1 else 's'}"
    said = f"{quoted(plan, item.id)} is late by {days}"
    if len(item.cures) == 1:
        return f"{said}. One thing alone mends it:"
    if item.cures:
        return f"{said}. Any one of these mends it:"
    held = _join(item.held_by)
    return f"{said}. No single cure mends it{f': {held}' if held else ''}."


def tell_asks(asks: Sequence[str]) -> str:
    """Return whom a cure asks, in brackets; empty where nobody is named."""
    return f" (asks {' and '.join(asks)})" if asks else ""


def _join(words: Sequence[str]) -> str:
    return "; ".join(words)
