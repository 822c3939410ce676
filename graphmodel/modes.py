"""Scheduling modes: presets of the rules in which schedulers differ (DESIGN section 4, 5.3, 5.5).

=================  ==================  ===================  ===================
rule               ``plan``            ``ms-project``       ``p6``
=================  ==================  ===================  ===================
lag_calendar       successor           successor            predecessor
progress           retained_logic      retained_logic       retained_logic
unstarted          after_status_date   unmoved              from_status_date
parent_links       finish              leaves               leaves
due                in place of the     caps the plan's      caps the plan's
                   plan's finish       finish               finish
ALAP               zero free float     the late dates       zero free float
SNET before start  no effect           an own start         no effect
facts' late dates  none                the facts            none
=================  ==================  ===================  ===================

The first four are keys of the plan's ``options`` and beat the preset where they are stated; the
others come with the mode.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from graphmodel.plan import Options

__all__ = ["Rules", "rules_of"]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules one plan is scheduled by; each is a column of the table above."""

    lag_calendar: Literal["successor", "predecessor", "project", "elapsed"]
    progress: Literal["retained_logic", "progress_override"]
    unstarted: Literal["after_status_date", "from_status_date", "unmoved"]
    parent_links: Literal["finish", "leaves"]
    due_is_cap: bool
    alap_is_late: bool
    honours_early_snet: bool
    facts_have_late_dates: bool


_PLAN = Rules(
    "successor",
    "retained_logic",
    "after_status_date",
    "finish",
    due_is_cap=False,
    alap_is_late=False,
    honours_early_snet=False,
    facts_have_late_dates=False,
)
_MS_PROJECT = Rules(
    "successor",
    "retained_logic",
    "unmoved",
    "leaves",
    due_is_cap=True,
    alap_is_late=True,
    honours_early_snet=True,
    facts_have_late_dates=True,
)
_P6 = Rules(
    "predecessor",
    "retained_logic",
    "from_status_date",
    "leaves",
    due_is_cap=True,
    alap_is_late=False,
    honours_early_snet=False,
    facts_have_late_dates=False,
)
_PRESETS = {"plan": _PLAN, "ms-project": _MS_PROJECT, "p6": _P6}


def rules_of(options: Options) -> Rules:
    """Return the rules that a plan's options ask for."""
    preset = _PRESETS[options.scheduling_mode]
    return Rules(
        options.lag_calendar or preset.lag_calendar,
        options.progress or preset.progress,
        options.unstarted or preset.unstarted,
        options.parent_links or preset.parent_links,
        preset.due_is_cap,
        preset.alap_is_late,
        preset.honours_early_snet,
        preset.facts_have_late_dates,
    )
