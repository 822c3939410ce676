"""A plan update of our own: another council, other numbers, dates and layouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders import plan_update

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

# Lines are numbered from 1; tests name them.
LINES = [
    "Harbour Renewal Plan - July 2024 Update",
    "",
    "BACKGROUND",
    "",
    (
        "1.1 The Harbour Renewal Plan (HRP) contains 12 actions under three key themes. Two "
        "actions have been completed."
    ),  # 5
    (
        "1.2 The Harbour Board (chaired by the Mayor) and the Tide Panel watch over it. The themes "
        "are shown below:"
    ),
    "",
    "2.1 The position is:",
    "",
    "Status\tMarch 2024\tJuly 2024",  # 10
    "Completed\t1\t2",
    "On track\t7\t6",
    "Minor slippage\t1\t4",
    "Not started\t2\t1",
    "Total\t11\t12",  # 15
    "",
    "2.2 Achievements so far:",
    "- **1 Safe water** - buoys were laid in May 2024. The rope store (1.9) is new.",
    "- **2 Fair trade** - the market opened and",
    "",
    "stayed open.",  # 21
    "",
    "2.3 There are four areas of slippage:",
    "",
    (
        "- Light the mole (1.2) - lamps came late due to a strike at the foundry. They will be lit "
        "by October 2024 (original date of May)."
    ),  # 25
    "- Weigh the catch (2.1) - moved from March to September 2024, pending new scales.",
    (
        "- Paint the cranes (2.1) - the original date was Nov 2023, revised to May 2024 and will "
        "now be extended to August 2024."
    ),
    "- Name the ferry - nobody has a name.",
    "",
    "2.4 There is one action which is 'not started'. This is a count of the gulls (3.4).",  # 30
]
TEXT = "\n".join(LINES)
LABELS = ("status", "march", "july", "2024")


def read_lines(lines: list[str]) -> tuple[Plan, tuple[Problem, ...]]:
    """Read an update of these lines."""
    return plan_update.read("\n".join(lines), "update.txt")
