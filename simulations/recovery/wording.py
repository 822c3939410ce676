"""Recovery in plain sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from simulations.conditions import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from simulations.recovery.results import Cure, CureSet, LateItem, Recovery, RuleRecovery

__all__ = ["is_same", "pick_cures", "tell_cure", "tell_late", "tell_recovery"]

#: Items that a sentence names before it counts the rest.
_NAMED: Final = 3


def tell_recovery(plan: Plan, found: RuleRecovery) -> RuleRecovery:
    """Return recovery under one rule with its sentences; that of the smallest set is the last."""
    return replace(found, sentences=tuple(_sentences(plan, found)))


def tell_late(plan: Plan, item: LateItem) -> str:
    """Return how late an item is, and what follows: its cures, or why there are none."""
    said = f"{quoted(plan, item.id)} is late by {_days(item.late_days)}"
    if len(item.cures) == 1:
        return f"{said}. One thing alone mends it:"
    if item.cures:
        return f"{said}. Any one of these mends it:"
    held = "; ".join(item.held_by)
    return f"{said}. No single cure mends it{f': {held}' if held else ''}."


def tell_cure(cure: Cure) -> str:
    """Return a cure as a sentence, with whom it asks."""
    asks = f" (asks {' and '.join(cure.asks)})" if cure.asks else ""
    return f"{cure.words[0].upper()}{cure.words[1:]}{asks}."


def pick_cures(cures: Sequence[Cure], most: int) -> list[Cure]:
    """Return some of the cures, of every kind the first, in the order they come in."""
    seen: dict[str, int] = {}
    turns = []
    for place, cure in enumerate(cures):
        turn = seen[cure.kind] = seen.get(cure.kind, -1) + 1
        turns.append((turn, place))
    return [cures[place] for place in sorted(place for _, place in sorted(turns)[:most])]


def is_same(recovery: Recovery) -> bool:
    """Return whether both rules for gaps ask for the same cures."""
    spare, work = recovery.spare, recovery.work
    return (spare.late, spare.smallest_set) == (work.late, work.smallest_set)


def _sentences(plan: Plan, found: RuleRecovery) -> Iterator[str]:
    rule = "work" if found.gaps == "work" else "spare"
    if not found.late:
        yield (
            f"Nothing becomes late if the gaps between dates are {rule}: there is nothing to mend."
        )
        return
    becomes = "becomes" if len(found.late) == 1 else "become"
    yield f"{count(len(found.late), 'item')} {becomes} late if the gaps between dates are {rule}."
    best = found.smallest_set
    mended = () if best is None else best.mends
    yield from _tell_left(plan, [item for item in found.late if item.id not in mended])
    if best is not None:
        yield _tell_set(best, len(found.late))


def _tell_set(found: CureSet, late: int) -> str:
    mended = len(found.mends)
    what = "it" if late == 1 else f"all {late}" if mended == late else f"{mended} of them"
    size = f"{count(len(found.cures), 'cure')}, {_days(found.cost)} in all"
    if found.is_smallest:
        equals = "; other sets come to as few" if found.has_equals else ""
        return f"The least that mends {what}: {size}{equals}."
    if found.at_least is not None:
        least = f"no set comes to less than {_days(found.at_least)}"
        return f"The least found that mends {what}: {size}; {least}."
    return (
        f"The least found that mends {what}: {size}. Whether that is the smallest is not proven, "
        "because months, calendars or meetings bend the count of days on the way."
    )


def _tell_left(plan: Plan, left: Sequence[LateItem]) -> Iterator[str]:
    """Say of what no set mends whether anything does."""
    only = [quoted(plan, item.id) for item in left if item.cures]
    held = [quoted(plan, item.id) for item in left if not item.cures]
    if only:
        yield f"Only bringing the change itself back mends {_either(only)}."
    if held:
        yield f"Nothing that was found mends {_either(held)}."


def _either(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return " or ".join(names)


def _days(days: float) -> str:
    return f"{days:,g} day{'' if days == 1 else 's'}"
