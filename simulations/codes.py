"""The small integers that stand for words in the compiled form, and the sentinel for no instant."""

from __future__ import annotations

from typing import Final

__all__ = [
    "ABSENT",
    "BEGINS",
    "BEGUN",
    "DERIVED",
    "DONE",
    "ENDS",
    "FF",
    "FIXED",
    "FS",
    "LINK_CODES",
    "LINK_NAMES",
    "LOE",
    "LOGIC",
    "NEVER",
    "OPEN",
    "PARENT",
    "PINNED",
    "PLANNED",
    "RETAINED",
    "RUNS_ON",
    "SF",
    "SS",
    "STARTED",
    "UNLIMITED",
    "WHOLE",
]

#: Earlier than any instant: "no date", so that ``max`` with it changes nothing.
NEVER: Final = -(1 << 60)
#: Later than any instant: "nothing limits it".
UNLIMITED: Final = 1 << 60

# How an item gets its dates (DESIGN 5.3.1, 5.3.2, 5.3.4).
ABSENT: Final = 0  # takes no part: ongoing, cancelled, complete without a date
DONE: Final = 1  # complete: its dates are facts
PLANNED: Final = 2  # keeps its own dates unless pushed
LOGIC: Final = 3  # as soon as the plan's start and its predecessors allow
DERIVED: Final = 4  # no dates, no duration: what links give it
OPEN: Final = 5  # "from X onwards": a start that can be pushed, no finish
BEGUN: Final = 6  # started, not finished: what remains runs from the status date
PARENT: Final = 7  # has parts: finishes no earlier than each
FIXED: Final = 8  # its own dates stand, whatever pushes
LOE: Final = 9  # level of effort: spans from its start-side to its finish-side links

# Flags of an item.
PINNED: Final = 1  # the start is a fact
BEGINS: Final = 2  # a start milestone
ENDS: Final = 4  # a finish milestone
RETAINED: Final = 8  # begun work waits for its links (retained logic)
RUNS_ON: Final = 16  # begun work runs on from its start, whatever the status date
STARTED: Final = 32  # an actual start is stated
WHOLE: Final = 64  # a plan of a portfolio, with all of it below

FS: Final = 0
SS: Final = 1
FF: Final = 2
SF: Final = 3
LINK_CODES: Final = {"FS": FS, "SS": SS, "FF": FF, "SF": SF}
LINK_NAMES: Final = ("FS", "SS", "FF", "SF")
