"""The words that cells of sheets of items have for statuses, RAG, kinds, constraints, yes and no.

They are those of councils, Jira, Planner, OpenProject and MS Project, and are compared without case
and punctuation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graphmodel.items import Kind, Status

__all__ = ["CONSTRAINTS", "FLAGS", "JUDGEMENTS", "KIND_WORDS", "RAGS", "STATUSES"]

#: Words for each status.
STATUSES: Final[dict[Status, tuple[str, ...]]] = {
    "not_started": (
        *("not started", "not yet started", "not begun", "to do", "todo", "backlog", "new", "open"),
        *("planned", "scheduled", "to be scheduled", "future", "future task", "pending", "ready"),
        *("selected for development", "specified", "confirmed", "in specification", "proposed"),
        *("not due", "not due to start", "yet to start"),
    ),
    "in_progress": (
        *("in progress", "inprogress", "started", "ongoing", "on going", "on-going", "underway"),
        *("under way", "in hand", "active", "doing", "in review", "in development", "developed"),
        *("in testing", "tested", "test failed", "partially complete", "partly complete"),
        *("nearly complete", "work in progress"),
    ),
    "complete": (
        *("complete", "completed", "done", "closed", "finished", "achieved", "delivered", "met"),
        *("resolved", "implemented", "fully complete", "complete and closed"),
    ),
    "on_hold": ("on hold", "onhold", "paused", "suspended", "blocked", "deferred", "waiting"),
    "cancelled": (
        *("cancelled", "canceled", "withdrawn", "stopped", "rejected", "superseded", "abandoned"),
        *("no longer required", "not required", "won't do", "wont do", "removed", "declined"),
    ),
}

#: How work goes, which does not say whether it has begun.
JUDGEMENTS: Final = (
    *("on track", "on schedule", "on target", "ahead of schedule", "off track", "behind schedule"),
    *("delayed", "slipped", "slipping", "late", "overdue", "at risk"),
)

#: Words, letters and signs for each RAG.
RAGS: Final[dict[str, tuple[str, ...]]] = {
    "red": ("red", "r", "\N{LARGE RED CIRCLE}"),
    "amber-red": ("amber red", "amber/red", "red amber", "red/amber", "a/r", "r/a", "ar"),
    "amber": (
        "amber",
        "a",
        "yellow",
        "y",
        "orange",
        "\N{LARGE ORANGE CIRCLE}",
        "\N{LARGE YELLOW CIRCLE}",
    ),
    "amber-green": ("amber green", "amber/green", "green amber", "green/amber", "a/g", "g/a", "ag"),
    "green": ("green", "g", "\N{LARGE GREEN CIRCLE}"),
    "blue": ("blue", "b", "\N{LARGE BLUE CIRCLE}"),
    "grey": ("grey", "gray", "white", "black"),
}

KIND_WORDS: Final[dict[Kind, tuple[str, ...]]] = {
    "plan": ("plan", "project", "programme plan"),
    "theme": (
        "theme",
        "programme",
        "program",
        "workstream",
        "work stream",
        "portfolio",
        "epic",
        "initiative",
        "phase",
        "priority",
        "pillar",
        "strategic priority",
        "workpackage",
    ),
    "objective": (
        "objective",
        "outcome",
        "goal",
        "feature",
        "work package",
        "summary",
        "summary task",
        "summary group",
    ),
    "action": ("action", "story", "user story", "deliverable", "output", "project task", "group"),
    "milestone": (
        "milestone",
        "key milestone",
        "sub action",
        "subaction",
        "gate",
        "decision",
        "finish milestone",
        "start milestone",
        "fixed date",
    ),
    "activity": (
        "activity",
        "task",
        "sub task",
        "subtask",
        "bug",
        "issue",
        "step",
        "item",
        "task dependent",
        "request",
        "change",
        "improvement",
        "new feature",
        "support",
    ),
}

FLAGS: Final[dict[bool, tuple[str, ...]]] = {
    True: ("yes", "y", "true", "1", "x", "\N{CHECK MARK}", "\N{HEAVY CHECK MARK}"),
    False: ("no", "n", "false", "0", "-"),
}

CONSTRAINTS: Final[dict[str, tuple[str, ...]]] = {
    "SNET": ("start no earlier than", "snet"),
    "SNLT": ("start no later than", "snlt"),
    "FNET": ("finish no earlier than", "fnet"),
    "FNLT": ("finish no later than", "fnlt"),
    "MSO": ("must start on", "mso", "start on"),
    "MFO": ("must finish on", "mfo", "finish on"),
    "ALAP": ("as late as possible", "alap"),
    "": ("as soon as possible", "asap", "none"),
}
