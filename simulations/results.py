"""What the simulations answer: frozen records that views and the command line print.

Field names are the JSON keys of DESIGN section 6 (a trailing underscore falls away). Dates are
shown dates; every ``*_days`` is calendar days, whole where the plan's dates are whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from graphmodel.scenario import Scenario

__all__ = [
    "Buffer",
    "Difference",
    "DrivingLink",
    "FloatPath",
    "Gaps",
    "IfProposed",
    "LinksUsed",
    "MovedItem",
    "PathStep",
    "RankedPath",
    "Schedule",
    "ScheduledItem",
    "Summary",
    "Threshold",
    "WhatIf",
]

#: How the gap between a finish-only item and its predecessor is read (DESIGN 5.4).
Gaps = Literal["spare", "work"]


@dataclass(frozen=True, slots=True)
class LinksUsed:
    """How many accepted and how many proposed links an answer rests on."""

    accepted: int
    proposed: int


@dataclass(frozen=True, slots=True)
class DrivingLink:
    """A link that holds an item where it is: its relationship float is 0 (DESIGN 5.5).

    ``to`` is the item itself, or a parent of it where the link holds every leaf below that parent.
    """

    from_: str
    to: str
    type: str


@dataclass(frozen=True, slots=True)
class ScheduledItem:
    """One item after the forward and backward pass; dates are None for what has no date.

    ``critical`` follows the criterion in force (`Schedule.critical_by`); ``on_longest_path`` says
    whether the item stands on a driving chain to what finishes last, whatever its float.
    ``driving_links`` tells which of several links between two items drives.
    """

    id: str
    kind: str
    title: str
    start: date | None
    finish: date | None
    late_start: date | None
    late_finish: date | None
    total_float_days: float | None
    free_float_days: float | None
    interfering_float_days: float | None
    critical: bool
    driven_by: tuple[str, ...]
    held_by: tuple[str, ...]
    derived: bool
    on_longest_path: bool = False
    driving_links: tuple[DrivingLink, ...] = ()


@dataclass(frozen=True, slots=True)
class PathStep:
    """One item on a path and how it hangs on the item before it.

    ``link`` is ``FS``, ``SS``, ``FF``, ``SF`` or ``part of`` (None for the first item), ``lag`` its
    lag in words where there is one, ``float_days`` the relationship float of that link.
    """

    item: str
    link: str | None
    lag: str | None
    float_days: float | None


@dataclass(frozen=True, slots=True)
class FloatPath:
    """A chain of items that ends at ``target``: the driving one, or going on over least floats."""

    target: str
    steps: tuple[PathStep, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The ids along the path, first to last."""
        return tuple(step.item for step in self.steps)


@dataclass(frozen=True, slots=True)
class RankedPath:
    """One of several chains to a target, by how far it can slip before it moves the target.

    Attributes
    ----------
    number
        1 for the critical path; an item that several chains share keeps its lowest number.
    float_days
        The sum of relationship floats from the chain to the target, in days.
    items
        Ids along the chain, first to last.
    joins
        What the chain runs into, and by which link; None for the target itself, and for a chain
        that runs to the plan's finish on its own.
    after
        What drives the first item from a chain of a lower number, if anything does.
    """

    number: int
    float_days: float
    items: tuple[str, ...]
    joins: PathStep | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Dates and floats of a whole plan under one rule for gaps.

    ``critical_by`` names the criterion that ``critical`` follows: ``total_float`` at or below
    ``threshold_days``, or ``longest_path``. ``float_paths`` is empty unless asked for.
    ``min_confidence`` is that of the proposed links, None where only accepted ones were asked for.
    """

    plan: Plan
    gaps: Gaps
    links_used: LinksUsed
    finish: date | None
    items: Sequence[ScheduledItem]
    longest_path: tuple[str, ...]
    critical_path: FloatPath | None
    buffered_path: FloatPath | None
    findings: tuple[Problem, ...]
    critical_by: Literal["total_float", "longest_path"] = "total_float"
    threshold_days: float = 0
    float_paths: tuple[RankedPath, ...] = ()
    min_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class MovedItem:
    """One item that a scenario moves, under either rule for gaps.

    ``path`` runs from the change to the item (spare gaps; if only the work rule moves it, that
    rule's; empty beyond the 5,000 items that move furthest). ``endangers`` is the nearest ancestor
    with a due date, for an item without one. An open-ended item has no finish: its knock-on is
    that of its start. ``first_board`` is the title of the board that hears of it first, at
    ``first_board_meeting`` (`simulations.boards`).
    """

    id: str
    kind: str
    title: str
    owners: tuple[str, ...]
    owner_ids: tuple[str, ...]
    changed: bool
    is_parent: bool
    baseline_start: date | None
    baseline_finish: date | None
    start: date | None
    finish: date | None
    finish_if_work: date | None
    knock_on_days: float
    knock_on_if_work_days: float
    due: date | None
    late_before: bool
    newly_late: bool
    newly_late_if_work: bool
    off_plan_days: float | None
    endangers: str | None
    path: tuple[str, ...]
    first_board: str | None
    first_board_id: str | None = None
    first_board_meeting: date | None = None


@dataclass(frozen=True, slots=True)
class Buffer:
    """The room on one link out of a moved item, before and after, spare gaps."""

    from_: str
    to: str
    before_days: float
    after_days: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """The slip, in whole days, at which something happens to ``item``."""

    item: str
    at_days: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts; the changed items themselves are not in them."""

    moved: int
    moved_parents: int
    newly_late: int
    moved_if_work: int
    newly_late_if_work: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How an answer differs with proposed links in force, under one rule for gaps: ids of items.

    ``also_move`` would move and do not now; ``move_further`` and ``move_less`` move either way
    (an item that would not move any more moves less). The three hold items without parts;
    ``newly_late`` and ``no_longer_newly_late`` hold parents too. What the scenario itself changes
    is in none of them.
    """

    also_move: tuple[str, ...]
    move_further: tuple[str, ...]
    move_less: tuple[str, ...]
    newly_late: tuple[str, ...]
    no_longer_newly_late: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IfProposed:
    """What would be otherwise if proposed links of at least ``min_confidence`` (0 to 1) were true.

    ``links`` counts those in force; ``left_out`` those that would close a circle.
    """

    min_confidence: float
    links: int
    left_out: int
    spare: Difference
    work: Difference


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer to a scenario, computed with gaps as spare and with gaps as work.

    ``items`` holds what moves under either rule, the changed items first, then by knock-on.
    ``sentences`` is the answer in words, the headline first. ``next_to_move`` and the
    ``first_newly_late`` pair are None where nothing would, or no single slip is asked about.
    ``if_proposed`` is None where no proposed link waits that is likely enough, or they are in use.
    ``min_confidence`` is that of the proposed links in use, None where only accepted ones are.
    """

    plan: Plan
    scenario: Scenario
    links_used: LinksUsed
    sentences: tuple[str, ...]
    items: tuple[MovedItem, ...]
    buffers: tuple[Buffer, ...]
    next_to_move: Threshold | None
    first_newly_late: Threshold | None
    first_newly_late_if_work: Threshold | None
    summary: Summary
    findings: tuple[Problem, ...]
    if_proposed: IfProposed | None = None
    min_confidence: float | None = None
