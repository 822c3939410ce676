"""The columns of a sheet of items, declared: field, accepted headings, how a cell is read.

The headings are those of councils' own trackers and of what MS Project, MS Planner, Jira and
OpenProject export. A field that begins with ``x_`` is kept as a fact of that name, for which the
plan file has no key. Headings are compared as `loaders.columns.fold` leaves them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.items import KINDS
from loaders.columns import Column
from loaders.item_cells import (
    parse_constraint,
    parse_flag,
    parse_item_id,
    parse_kind,
    parse_level,
    parse_list,
    parse_percent,
    parse_rag,
    parse_report,
    parse_when,
    parse_words,
    raw,
)
from loaders.item_words import RAGS, STATUSES

if TYPE_CHECKING:
    from graphmodel.people import Role

__all__ = ["COLUMNS", "DATES", "LEVELS", "REPORTED", "ROLE_FIELDS"]

#: Columns that make a row an item of that kind, outermost first.
LEVELS: Final = ("theme", "objective", "action", "milestone")

#: Columns of dates; a sheet of items has at least one of them.
DATES: Final = (
    *("start", "finish", "due", "deadline", "baseline_start", "baseline_finish"),
    *("actual_start", "actual_finish", "forecast"),
)

#: Columns of a status return, beside the id.
REPORTED: Final = (
    *("report", "progress", "percent", "remaining", "actual_start", "actual_finish", "forecast"),
    *("rag", "grade", "cause"),
)

#: Columns that name who has a role.
ROLE_FIELDS: Final[tuple[Role, ...]] = (
    *("responsible", "delivery_lead", "accountable", "portfolio", "sponsor"),
)


def _words(kind: str, *more: str) -> tuple[str, ...]:
    return (kind, f"{kind} title", f"{kind} name", f"{kind} description", f"{kind}s", *more)


def _ids(kind: str) -> tuple[str, ...]:
    return tuple(f"{kind} {word}" for word in ("id", "ref", "reference", "no", "number", "code"))


def _fact(name: str, *headings: str) -> Column:
    return Column(f"x_{name}", (*headings, name.replace("_", " ")), parse_words)


_DATE: Final = "A day, month or quarter: 30/09/2026, Sept 2026, Q2 26/27."

COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        "id",
        (
            *("id", "knockon id", "item id", "ref", "reference", "ref no", "reference number"),
            *("task id", "activity id", "work item id", "issue key", "key", "no", "number", "#"),
            *("code", "unique ref", "unique reference", "item no", "line no", "ref number"),
        ),
        parse_item_id,
        about="A short id that stays the same from month to month, such as SI1.1.3.",
    ),
    Column(
        "title",
        (
            *("title", "name", "task name", "task", "activity name", "activity", "summary"),
            *("subject", "item", "deliverable", "work item", "recommendation", "improvement"),
            *(
                "action required",
                "what",
                "step",
                "item title",
                "item name",
                "details",
                "description",
            ),
        ),
        parse_words,
        about="What is to be done, in a few words.",
    ),
    Column(
        "theme",
        _words(
            "theme",
            "programme",
            "workstream",
            "work stream",
            "priority area",
            "bucket name",
            "improvement theme",
            "portfolio area",
            "epic name",
            "project name",
            "pillar",
        ),
        parse_words,
        about="The theme or programme it is part of.",
    ),
    Column(
        "objective",
        _words("objective", "outcome", "strategic objective", "goal", "priority outcome", "phase"),
        parse_words,
        about="The objective it is part of.",
    ),
    Column(
        "action",
        _words(
            "action",
            "improvement action",
            "key action",
            "agreed action",
            "delivery action",
            "main action",
        ),
        parse_words,
        about="The action.",
    ),
    Column(
        "milestone",
        _words("milestone", "key milestone", "sub action", "sub-action", "milestone or task"),
        raw,
        about="The milestone of the action.",
    ),
    Column("theme_id", _ids("theme"), parse_item_id),
    Column("objective_id", _ids("objective"), parse_item_id),
    Column("action_id", _ids("action"), parse_item_id),
    Column("milestone_id", _ids("milestone"), parse_item_id),
    Column("alias", ("issue id",), parse_words),
    Column(
        "kind",
        ("kind", "type", "item type", "issue type", "task type", "activity type", "work item type"),
        parse_kind,
        about="What kind of item it is.",
        choices=tuple(kind for kind in KINDS if kind != "plan"),
    ),
    Column("flag", ("is milestone", "milestone flag", "milestone y n"), parse_flag),
    Column(
        "parent",
        (
            *("parent", "parent id", "parent key", "parent task", "parent action", "parent item"),
            *("part of", "epic link", "parent ref", "parent issue", "belongs to", "parent title"),
        ),
        raw,
        about="The id of the item it is part of.",
    ),
    Column("level", ("outline level", "level", "indent", "indent level", "hierarchy"), parse_level),
    Column("wbs", ("wbs", "wbs code", "outline number", "outline no", "wbs id"), parse_words),
    Column(
        "start",
        (
            *("start", "planned start", "start date", "planned start date", "begin", "begins"),
            *("start on", "target start", "target start date", "proposed start", "commencement"),
            *("scheduled start", "early start", "starts", "from date", "begin date"),
        ),
        parse_when,
        about=_DATE,
    ),
    Column(
        "finish",
        (
            *("finish", "planned finish", "end", "finish date", "end date", "planned end"),
            *("planned finish date", "planned end date", "target date", "target finish"),
            *("target end", "target end date", "target completion", "target completion date"),
            *("completion date", "planned completion", "planned completion date", "planned date"),
            *("delivery date", "milestone date", "date", "when", "by when", "timescale"),
            *("timescales", "timeframe", "scheduled finish", "early finish", "planned", "target"),
            *("ends", "finishes", "planned delivery date", "completion", "to date", "timeline"),
        ),
        parse_when,
        about=_DATE,
    ),
    Column(
        "due",
        ("due", "due date", "due by", "due on", "date due", "agreed date", "committed date"),
        parse_when,
        about="The date that was promised. " + _DATE,
    ),
    Column("deadline", ("deadline", "deadline date", "final deadline"), parse_when),
    Column(
        "baseline_start",
        ("baseline start", "baseline start date", "original start", "original start date"),
        parse_when,
    ),
    Column(
        "baseline_finish",
        (
            *("baseline finish", "baseline end", "baseline", "baseline date", "original date"),
            *("baseline finish date", "baseline end date", "original finish", "original end"),
            *("original due date", "original target date", "original end date"),
            *("original completion date", "original finish date"),
        ),
        parse_when,
    ),
    Column(
        "actual_start",
        ("actual start", "actual start date", "started", "started on", "date started"),
        parse_when,
        about="The day it began.",
    ),
    Column(
        "actual_finish",
        (
            *("actual finish", "actual end", "actual finish date", "actual end date", "actual"),
            *("actual date", "completed date", "date completed", "completed on", "completed"),
            *("actual completion", "actual completion date", "closed date", "date closed"),
            *("closed on", "resolved", "resolution date", "finished on", "actual delivery date"),
        ),
        parse_when,
        about="The day it was finished.",
    ),
    Column(
        "forecast",
        (
            *("forecast", "forecast finish", "forecast date", "forecast end", "forecast end date"),
            *("forecast finish date", "forecast completion", "forecast completion date"),
            *("revised date", "revised due date", "revised finish", "revised end date", "revised"),
            *("revised target date", "revised completion date", "expected date", "expected finish"),
            *("expected completion", "expected completion date", "current forecast", "eta"),
            *("latest forecast", "estimated completion", "estimated completion date"),
        ),
        parse_when,
        about="When it is now expected. " + _DATE,
    ),
    Column(
        "duration",
        ("duration", "planned duration", "original duration"),
        raw,
        about="How long the work takes: 10d, 10wd, 6w, 3m.",
    ),
    Column("duration_days", ("duration days", "duration in days", "days", "no of days"), raw),
    Column("duration_weeks", ("duration weeks", "duration in weeks", "weeks"), raw),
    Column("duration_months", ("duration months", "duration in months", "months"), raw),
    Column("remaining", ("remaining", "remaining duration"), raw),
    Column(
        "report",
        (
            *("status", "current status", "delivery status", "action status", "task status"),
            *("milestone status", "state", "stage", "status category", "progress status"),
            *("overall status", "position"),
        ),
        parse_report,
        default="not_started",
        about="How far it has come.",
        choices=tuple(status.replace("_", " ") for status in STATUSES),
    ),
    Column("progress", ("progress",), parse_report),
    Column(
        "percent",
        (
            *("% complete", "percent complete", "percentage complete", "percent", "complete %"),
            *("progress %", "% progress", "percentage", "% done", "percent done", "%"),
            *("completion %", "% completed", "percentage completed", "progress percent"),
            *("physical % complete", "activity % complete", "done ratio", "pct complete"),
        ),
        parse_percent,
        about="How much of it is done, as a percentage.",
    ),
    Column(
        "rag",
        (
            *("rag", "rag status", "rag rating", "brag", "brag status", "brag rating", "colour"),
            *(
                "current rag",
                "delivery rag",
                "overall rag",
                "health",
                "confidence rag",
                "rag score",
            ),
        ),
        parse_rag,
        about="Red, amber or green.",
        choices=tuple(rag for rag in RAGS if "-" not in rag and rag != "grey"),
    ),
    Column("grade", ("grade", "delay grade", "severity of delay"), parse_words),
    Column(
        "cause",
        ("cause", "reason for delay", "cause of delay", "reason for slippage", "delay reason"),
        parse_words,
        about="Why it is late, if it is.",
    ),
    Column(
        "responsible",
        (
            *("owner", "responsible officer", "responsible", "lead officer", "action owner"),
            *("milestone owner", "task owner", "owned by", "assigned to", "assignee", "who"),
            *("resource names", "resources", "officer", "lead", "responsible person", "owners"),
            *("by whom", "action lead", "named officer", "project manager", "activity owner"),
            *("lead responsible officer", "responsible lead", "person responsible"),
        ),
        raw,
        many=True,
        about="The office that does it, such as Head of Housing.",
    ),
    Column(
        "delivery_lead",
        ("responsible delivery lead", "delivery lead", "rdl", "workstream lead", "theme lead"),
        raw,
        many=True,
    ),
    Column(
        "accountable",
        (
            *("senior accountable officer", "sao", "accountable", "accountable officer", "sro"),
            *("senior responsible owner", "senior responsible officer", "accountable director"),
            *("accountable owner", "director"),
        ),
        raw,
        many=True,
    ),
    Column(
        "portfolio",
        (
            *("lead portfolio", "portfolio holder", "cabinet member", "lead member", "portfolio"),
            *("cabinet portfolio", "lead cabinet member"),
        ),
        raw,
        many=True,
    ),
    Column("sponsor", ("sponsor", "executive sponsor", "project sponsor"), raw, many=True),
    Column(
        "predecessors",
        (
            *("predecessors", "predecessor", "depends on", "dependencies", "dependency"),
            *("predecessor ids", "predecessor id", "blocked by", "is blocked by", "preceded by"),
            *("inward issue link blocks", "follows", "waits for", "dependent on", "prerequisites"),
            *("unique id predecessors", "wbs predecessors", "depends upon"),
        ),
        raw,
        many=True,
        about="Ids of what must come first, with type and lag: 12; 14SS; 15FS+2w.",
    ),
    Column(
        "successors",
        (
            *("successors", "successor", "blocks", "precedes", "outward issue link blocks"),
            *("successor ids", "unique id successors", "wbs successors"),
        ),
        raw,
        many=True,
    ),
    Column(
        "tags",
        ("tags", "tag", "labels", "label", "keywords", "category", "categories"),
        parse_list,
        about="Words to group items by, parted by semicolons: consultation.",
        many=True,
    ),
    Column(
        "label",
        ("number in the paper", "paper number", "printed number"),
        parse_words,
        about="The number that the paper prints, where that is not the id.",
    ),
    Column(
        "division",
        ("division", "directorate", "department", "service", "service area", "team"),
        parse_words,
        about="The division or directorate it belongs to.",
    ),
    Column("constraint", ("constraint type", "constraint"), parse_constraint),
    Column("constraint_date", ("constraint date",), parse_when),
    Column(
        "as_of",
        ("as of", "as at", "report date", "reporting date", "status date", "date of update"),
        parse_when,
    ),
    _fact("priority"),
    _fact(
        "notes",
        *("notes", "note", "comment", "comments", "commentary", "update", "progress update"),
        *("latest update", "narrative", "remarks", "status update", "progress notes"),
    ),
    _fact("unique_id"),
    _fact("created", "created date", "created on"),
    _fact("created_by", "author", "creator", "reporter"),
    _fact("updated", "updated on", "last updated", "last modified"),
    _fact("project", "project key"),
    _fact("sprint"),
    _fact("resolution"),
    _fact("version", "fix versions", "fix version"),
    _fact("work", "estimated time", "original estimate", "effort"),
    _fact("remaining_work", "remaining hours", "remaining estimate"),
    _fact("cost", "budget"),
    _fact("risk", "risks", "risk description", "key risks"),
    _fact("evidence", "evidence of completion", "success measure", "success criteria"),
)
