"""The family of plan updates: a report in numbered paragraphs with a table of actions by status.

The form: a table "Status", then months, with a total; a paragraph of achievements whose bullets
begin with the plan's themes; a paragraph of slippage whose bullets name actions by number, with the
original date, the one proposed and why; a paragraph of actions that are not started. Everything
else is prose, told as such.

Recipe: text → entries → status table → themes → slipping actions → checks → plan.

=======================  =======================================================================
problem                  what it says
=======================  =======================================================================
``status-total``         the statuses do not add up to the total, or there is none
``status-unread``        a cell of the status table is no number
``count-mismatch``       a sentence states another number than the table has or the paper lists
``list-missing``         the paper announces a list that is not there
``original-missing``     an action slips, and from which date is not said
``proposed-missing``     an action slips, and no new date is proposed
``cause-missing``        an action slips, and why is not said
``theme-not-said``       to which themes actions belong is not said
``id-twice``             one number stands for two actions
``date-without-year``    a month whose year was taken from the dates beside it
``ids-given``            the themes have no ids
=======================  =======================================================================
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.items import SourceFile
from graphmodel.plan import Plan
from loaders.abbreviations import find_abbreviations
from loaders.blocks import Heading
from loaders.bodies import Passage, name_bodies
from loaders.draft import SOURCE, Draft
from loaders.family import Family
from loaders.report_dates import find_report_month
from loaders.report_names import name_report
from loaders.status_table import is_status_head, read_status_table
from loaders.text import split_lines
from loaders.update_actions import NUMBERED, add_named, add_slipping, add_theme
from loaders.update_counts import check_numbers, find_numbers
from loaders.update_entries import read_entries, walk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphmodel.people import Board
    from graphmodel.problems import Problem
    from loaders.status_table import StatusTable
    from loaders.update_entries import UpdateEntry

__all__ = ["FAMILY", "read", "recognise"]

_ACHIEVED: Final = re.compile(
    r"\bachievements?\b|\bprogress (?:by|against each) theme", re.IGNORECASE
)
_SLIPPING: Final = re.compile(
    r"\bslippage\b|\bslipp(?:ed|ing)\b|\bbehind schedule\b", re.IGNORECASE
)
_BELOW: Final = re.compile(r"\b(?:below|following|as follows)\b[^.]*:?$", re.IGNORECASE)


def recognise(text: str) -> str | None:
    """Return why a text is a plan update: a table of statuses by month, and talk of slippage."""
    heads = [
        cells
        for line in split_lines(text)
        if "\t" in line and is_status_head(cells := line.rstrip().split("\t"))
    ]
    if not heads or not _SLIPPING.search(text):
        return None
    months = " and ".join(cell.strip() for cell in heads[0][1:] if cell.strip())
    return f"it counts actions by status for {months} and tells their slippage"


def read(text: str, name: str) -> tuple[Plan, tuple[Problem, ...]]:
    """Read a plan update; ``name`` is its file's name.

    Raises
    ------
    FileError
        The text has neither a status table nor an action with a number.
    """
    entries = read_entries(text)
    draft = Draft(name)
    table = read_status_table(draft, [(one.line, one.text) for one in entries if one.kind == "row"])
    title = next((Heading(one.line, one.text) for one in entries if one.kind == "heading"), None)
    as_of = _find_month(title, table)
    themes = _add_themes(draft, entries, as_of)
    slipping = _add_slipping(draft, entries, as_of, table)
    waiting = _add_waiting(draft, entries)
    if table is None and not draft.items:
        raise FileError(
            f'"{name}" has neither a table that counts actions by status nor an action with its '
            "number in brackets, so no plan update can be read from it."
        )
    stated = find_numbers(draft, entries, as_of)
    listed = {"themes": len(themes), "slippage": len(slipping), "not started": len(waiting)}
    check_numbers(draft, stated, table, {key: value for key, value in listed.items() if value})
    _report_entries(draft, entries, title)
    _find_parents(draft, themes, entries)
    if themes:
        message = "The paper numbers no themes: their ids are made from their titles."
        draft.report("ids-given", "info", message, None, tuple(themes))
    abbreviations = find_abbreviations(text)
    passages = [Passage(one.line, one.text) for one in walk(entries)]
    boards = name_bodies(draft, passages, abbreviations)
    plan = Plan.model_validate(
        {
            **name_report(title, text, abbreviations),
            "as_of": as_of,
            "sources": (SourceFile(id=SOURCE, title=title.text if title else None, file=name),),
            "items": tuple(draft.items.values()),
            "boards": tuple(_describe(board, text) for board in boards),
            "stated": (*(table.stated if table is not None else ()), *stated),
        }
    )
    return plan, tuple(sorted(draft.problems, key=_line))


def _find_month(title: Heading | None, table: StatusTable | None) -> date | None:
    """Return the last day of the report's month: the title's, else the table's newest."""
    named = None if title is None else find_report_month(title.text)
    if named is not None or table is None:
        return named
    return max((month for month in table.months if month is not None), default=None)


def _add_themes(draft: Draft, entries: Sequence[UpdateEntry], as_of: date | None) -> list[str]:
    """Add a theme for each bullet of the paragraph that tells achievements."""
    told = next((one for one in entries if one.bullets and _ACHIEVED.search(one.text)), None)
    return [] if told is None else [add_theme(draft, one, as_of) for one in told.bullets]


def _add_slipping(
    draft: Draft,
    entries: Sequence[UpdateEntry],
    as_of: date | None,
    table: StatusTable | None,
) -> list[str]:
    names: list[str] = []
    for entry in entries:
        if entry.bullets and _SLIPPING.search(entry.text) and not _ACHIEVED.search(entry.text):
            grade = _find_grade(table, len(entry.bullets))
            names += [add_slipping(draft, one, as_of, grade) for one in entry.bullets]
    return names


def _find_grade(table: StatusTable | None, listed: int) -> str:
    """Return the status that counts as many actions as are listed, else just "slippage"."""
    graded = [] if table is None else [one for one in table.counts if "slippage" in one]
    fitting = [one for one in graded if table is not None and table.latest(one) == listed]
    return fitting[0] if len(fitting) == 1 else "slippage"


def _add_waiting(draft: Draft, entries: Sequence[UpdateEntry]) -> list[str]:
    """Add the actions that paragraphs name; return those they say are not started."""
    waiting: list[str] = []
    for entry in entries:
        if entry.kind == "paragraph" and NUMBERED.search(entry.text):
            added = add_named(draft, entry)
            if re.search(r"\bnot (?:yet )?started\b", entry.text, re.IGNORECASE):
                waiting += added
    return waiting


def _find_parents(draft: Draft, themes: list[str], entries: Sequence[UpdateEntry]) -> None:
    """Put actions below the themes that name them, and tell which have none."""
    labels = {draft.items[theme].label: theme for theme in themes if draft.items[theme].label}
    named: dict[str, str] = {}
    for theme in themes:
        said = " ".join(one.text or "" for one in draft.items[theme].history)
        named.update({match["id"]: theme for match in NUMBERED.finditer(said)})
    alone: list[str] = []
    for item in list(draft.items.values()):
        if item.kind != "action":
            continue
        number = item.id.partition("~")[0]
        parent = named.get(number) or labels.get(number.partition(".")[0])
        if parent is not None:
            draft.change(item.id, parent=parent)
        else:
            alone.append(item.id)
    if alone:
        message = f"The paper does not say to which themes {', '.join(alone)} belong."
        draft.report("theme-not-said", "warning", message, None, tuple(alone))
    for entry in entries:
        if _BELOW.search(entry.text) and "theme" in entry.text and not entry.bullets:
            message = "The paper shows a list of themes here that is not in its text."
            draft.report("list-missing", "warning", message, entry.line)


def _report_entries(draft: Draft, entries: Sequence[UpdateEntry], title: Heading | None) -> None:
    """Tell the prose, and where a page end cut an entry in two."""
    placed = {item.source.line for item in draft.items.values() if item.source is not None}
    for entry in walk(list(entries)):
        for line, words in entry.continued:
            message = f'"{words}" goes on with the entry above it, which a page end cut in two.'
            draft.report("row-continued", "info", message, line)
        if entry.kind == "row" or entry.line in placed:
            if entry.kind == "paragraph":
                draft.report_loose(entry.line, _printed(entry), "is told beside its actions")
            continue
        if title is None or entry.line != title.line:
            what = "is a heading" if entry.kind == "heading" else "is prose"
            draft.report_loose(entry.line, _printed(entry), what)


def _printed(entry: UpdateEntry) -> str:
    return entry.text if entry.number is None else f"{entry.number} {entry.text}"


def _describe(board: Board, text: str) -> Board:
    """Add what brackets behind a body's name say of it: its chair, what it was called before."""
    named = r"\s+".join(map(re.escape, board.title.split()))
    changes: dict[str, object] = {}
    chair = re.search(rf"{named}\s*\([^()]*\bchaired by (?:the )?([^(),;]+)", text)
    before = re.search(rf"{named}\s*\([^()]*\bformerly (?:known as )?(?:the )?([^(),;]+)", text)
    if chair is not None:
        changes["chair"] = " ".join(chair[1].split())
    if before is not None:
        changes["also"] = (*board.also, " ".join(before[1].split()))
    return board.model_copy(update=changes) if changes else board


def _line(problem: Problem) -> int:
    return problem.source.line or 0 if problem.source is not None else 0


FAMILY = Family("plan update", recognise, read)
