"""A theme progress report of our own: another council, other counts, dates and layouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders import theme_progress

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

HEAD = "Theme\tSummary\tAchievements this period (Jan-Mar)\tKey Milestones"

_QUAYS = (
    "<p><b>Summary Statement:</b></p> <p>Work goes on along every quay.</p>"
    "<p>Of the 5 main action areas, there are:</p>"
    "<ul><li>• one main action with a red risk rating,</li>"
    "<li>• 2 main actions with an amber risk rating,</li>"
    "<li>• two main actions with a green risk rating.</li></ul>"
    "<p>Of the 2 actions with an amber risk rating:</p>"
    "<ul><li>• 4 live sub-actions are on track</li>"
    "<li>• 3 sub-actions have or will experience minor slippage or issues. These relate to:"
    "<ul><li>○ <b>Mend the sea wall</b><ul>"
    "<li>▪ *Stone contract signed (delay due to the great storm)</li>"
    "<li>▪ Divers hired - due for signature in May<ul>"
    "<li>• Only one bidder came. This will slip to June.</li></ul></li></ul></li></ul></li></ul>"
)
_QUAYS_DONE = (
    "<p>December</p><ul><li>Crane painted</li></ul>"
    "<p>March:</p><ul><li>Lamp survey complete</li><li>Rope bought for</li></ul>"
)
_QUAYS_MILESTONES = (
    "<ul><li>• Stone contract signed - on track for April</li>"
    "<li>• Quay 3 reopened- Due Feb 2026</li>"
    "<li>• Lamp survey Commenced</li></ul>"
    "<p>Complete:</p><ul><li>• Harbour chart printed</li><li>• Rules for visiting and</li></ul>"
)
_TRADE = (
    "<p>Summary Statement: Quiet.</p><p>Of the 3 main actions there are</p>"
    "<ul><li>no actions with a red risk rating</li><li>2 actions with an amber risk rating</li>"
    "<li>2 actions with a green risk rating</li></ul>"
    "<p>Of the 3 actions with an amber risk rating:</p>"
    "<ul><li>1 sub-action has significant slippage: <ul><li>Fish market: Stone contract signed"
    "<ul><li>held up because of the great-storm</li></ul></li></ul></li>"
    "<li>2 sub-actions have been completed this month. These relate to:</li></ul>"
    "<p>1 sub action has been placed on hold:</p>"
    "<ul><li>○ <b>Ferry</b><ul><li>▪ Ferry timetable trial</li></ul></li></ul>"
    "<p><b>Trade Workstream Updates</b></p><p><b>Ferry</b></p>"
    "<ul><li>Ferry licence to be granted in May 2025 following the renewal of Quay 3.</li>"
    "<li>Toll review has been pushed to the June Cabinet (delay due to the great storm).</li>"
    "<li>Crew survey held. A crew report will then be written and work commence on new rotas.</li>"
    "</ul>"
)

# Lines are numbered from 1; tests name them.
LINES = [
    "## Westmere Harbour Renewal Plan Theme Progress Summary March 2025",
    "",
    HEAD,  # 3
    f"<b>Quays</b>\t{_QUAYS}\t{_QUAYS_DONE}\t{_QUAYS_MILESTONES}",
    "",
    HEAD,  # 6
    (
        "\t<ul><li>○ <b>Dredge the basin</b><ul><li>▪ Silt licence granted</li></ul></li></ul>"
        "\t<ul><li>and wire sold</li></ul>\t<ul><li>leaving boats</li></ul>"
    ),
    "",
    HEAD,  # 9
    f"Trade & Ferries\t{_TRADE}\t\t<ul><li>Ferry licence granted - May 2025</li></ul>",
]
TEXT = "\n".join(LINES)

#: Words that say what a part is, not what it holds.
LABELS = (
    *("theme", "summary", "achievements", "this", "period", "key", "milestones", "statement"),
    "complete",
)


def read_lines(lines: list[str]) -> tuple[Plan, tuple[Problem, ...]]:
    """Read a report of these lines."""
    return theme_progress.read("\n".join(lines), "report.txt")
