"""What would stop it, as the page says it: frozen records, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulations.recovery.wording import is_same, pick_cures, tell_cure, tell_late

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from simulations.recovery.results import LateItem, Recovery, RuleRecovery

__all__ = ["CurePage", "LateCures", "RuleCures", "prepare_cures"]

#: Single cures that are told of one item.
_TOLD: Final = 12


@dataclass(frozen=True, slots=True)
class LateCures:
    """A late item in words, some cures that mend it alone, and how many more there are."""

    lead: str
    cures: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RuleCures:
    """Recovery under one rule for gaps; ``together`` is the smallest set."""

    title: str
    sentences: tuple[str, ...]
    together: tuple[str, ...]
    late: tuple[LateCures, ...]


@dataclass(frozen=True, slots=True)
class CurePage:
    """Recovery under each rule for gaps that asks for cures of its own."""

    rules: tuple[RuleCures, ...]


def prepare_cures(recovery: Recovery) -> CurePage:
    """Return what the page says as records; both rules in one where they ask for the same."""
    if is_same(recovery):
        return CurePage((_rule(recovery.plan, recovery.spare, ""),))
    return CurePage(
        (
            _rule(recovery.plan, recovery.spare, "If the gaps between dates are spare"),
            _rule(recovery.plan, recovery.work, "If they are work"),
        )
    )


def _rule(plan: Plan, found: RuleRecovery, title: str) -> RuleCures:
    together = () if found.smallest_set is None else found.smallest_set.cures
    return RuleCures(
        title=title,
        sentences=found.sentences if title else _for_both(found.sentences),
        together=tuple(map(tell_cure, together)),
        late=tuple(_late(plan, item) for item in found.late),
    )


def _for_both(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Return sentences that hold for both rules, the first without the rule it names."""
    both = sentences[0].replace("are spare", "are spare or work", 1)
    return (both, *sentences[1:])


def _late(plan: Plan, item: LateItem) -> LateCures:
    told = pick_cures(item.cures, _TOLD)
    return LateCures(
        lead=tell_late(plan, item),
        cures=tuple(map(tell_cure, told)),
        more=len(item.cures) - len(told),
    )
