"""What recovery answers: frozen records, field names as the JSON keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.scenario import Change, Scenario
    from graphmodel.spans import Span
    from simulations.results import Gaps

__all__ = ["Cure", "CureKind", "CureSet", "LateItem", "Recovery", "RuleRecovery"]

CureKind = Literal[
    "shorten",
    "overlap",
    "bring_back",
    "extra_meeting",
    "move_meeting",
    "waive_papers_lead",
    "reassign",
]


@dataclass(frozen=True, slots=True)
class Cure:
    """One thing that can be done, as an instruction in words and as changes of a scenario.

    Attributes
    ----------
    kind
        What is done.
    item
        Whom it helps first: the item that is shortened, starts earlier, is decided earlier or
        passes to somebody else; None where a change of the scenario is about a group.
    link
        The link that is overlapped, as predecessor, successor and type.
    by
        How much: what comes off a length, a wait or a slip; how much earlier a decision is taken;
        the papers lead that is waived. None where an item changes hands.
    days
        The same in days, a working day counted as one.
    before, after
        The length, lag or slip as it is and as it would be.
    board, on, until
        The board, the earliest day on which a meeting suffices, and the latest.
    asks, ask_ids
        Whom it asks: titles of officers or of a board, and their ids.
    replaces
        The change of the scenario whose place ``changes`` take; None where they are added at
        its end. With no ``changes`` the change is dropped.
    """

    kind: CureKind
    words: str
    item: str | None
    link: tuple[str, str, str] | None
    by: Span | None
    days: float
    before: Span | None
    after: Span | None
    board: str | None
    on: date | None
    until: date | None
    asks: tuple[str, ...]
    ask_ids: tuple[str, ...]
    replaces: Change | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class LateItem:
    """An item that the scenario makes late, and every single cure that mends it.

    ``late_days`` are calendar days between the due date and the finish. ``held_by`` says, where no
    single cure mends it, what stands at the beginning of each chain that makes it late.
    """

    id: str
    kind: str
    title: str
    owners: tuple[str, ...]
    is_parent: bool
    due: date
    finish: date
    late_days: float
    cures: tuple[Cure, ...]
    held_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CureSet:
    """The smallest set of cures found that mends everything that can be mended.

    Attributes
    ----------
    cost
        Days of its cures, each times what a day of it costs (1 unless told).
    at_least
        What every such set costs at the least; None where days are not counted in the same way
        along the chains, so that no such bound is known.
    is_smallest
        Whether ``at_least`` proves that no set costs less.
    has_equals
        Whether other sets cost as little; the one told takes work before links, links before
        boards, and in each the first in the order of the work.
    mends, cannot_mend
        Ids of newly late items.
    scenario
        The scenario with the cures in it.
    """

    cures: tuple[Cure, ...]
    cost: float
    at_least: float | None
    is_smallest: bool
    has_equals: bool
    mends: tuple[str, ...]
    cannot_mend: tuple[str, ...]
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class RuleRecovery:
    """Recovery under one rule for gaps; ``smallest_set`` is None where no set was found.

    Where days bend on the way, or an item passes several gates, cures that work only together may
    be missed.
    """

    gaps: Gaps
    sentences: tuple[str, ...]
    late: tuple[LateItem, ...]
    smallest_set: CureSet | None


@dataclass(frozen=True, slots=True)
class Recovery:
    """What would stop a scenario from making anything late, under both rules for gaps."""

    plan: Plan
    scenario: Scenario
    spare: RuleRecovery
    work: RuleRecovery
