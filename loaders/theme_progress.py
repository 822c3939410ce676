"""The family of theme progress reports: a table of themes with summary, achievements, milestones.

The form: rows "Theme, Summary, Achievements …, Key Milestones". A summary counts the theme's main
actions by risk rating and its sub-actions by how they stand, lists those that slip with a grade,
and tells what happens in each workstream; milestones stand with a status, then "Complete:".

Recipe: text → table of themes → lists → items → updates and causes → stated order → checks → plan.

========================  ======================================================================
problem                   what it says
========================  ======================================================================
``count-mismatch``        the paper states one number and lists, adds up to or repeats another
``list-missing``          the paper announces a list that is not there
``status-contradiction``  one item is both complete and not, or slips and is complete
``achieved-but-open``     an achievement whose milestone is still open
``outside-period``        an achievement in a month outside the period that the head names
``entry-cut-off``         an entry breaks off
``listed-twice``          one entry stands in two lists
``date-without-year``     a month whose year was taken from the report's month
``cause-missing``         an item slips and the paper does not say why
``delay-not-stated``      how long a common cause delays its items is not said
``report-month-missing``  the paper does not say of which month it is, so no year can be added
``ids-given``             the paper prints no ids
========================  ======================================================================

Nothing of this is repaired. `loaders.progress_draft` says how ids are given,
`loaders.progress_items` what becomes which kind of item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.errors import FileError
from graphmodel.items import SourceFile
from graphmodel.plan import Plan
from loaders.abbreviations import find_abbreviations
from loaders.blocks import Heading, read_blocks
from loaders.bodies import Passage, name_bodies
from loaders.common_causes import CommonCauses
from loaders.draft import SOURCE
from loaders.family import Family
from loaders.progress_checks import report_counts
from loaders.progress_draft import ProgressDraft
from loaders.progress_items import Told, add_listed, add_milestones, mark_same
from loaders.progress_lists import read_summary
from loaders.progress_table import read_head, read_table
from loaders.progress_updates import add_achievements, add_updates, report_missing_causes
from loaders.report_dates import find_report_month, read_period
from loaders.report_names import name_report
from loaders.stated_links import build_links, find_pairs
from loaders.text import split_lines

if TYPE_CHECKING:
    from graphmodel.items import Item, Source
    from graphmodel.problems import Problem
    from loaders.progress_lists import Summary
    from loaders.progress_table import ProgressTable, ThemeRow

__all__ = ["FAMILY", "read", "recognise"]


def recognise(text: str) -> str | None:
    """Return why a text is a theme progress report: heads of tables of themes and milestones."""
    heads = sum(
        "\t" in line and read_head(tuple(line.rstrip().split("\t"))) is not None
        for line in split_lines(text)
    )
    if not heads:
        return None
    pages = "a table" if heads == 1 else f"{heads} tables"
    return f"it has {pages} with the columns Theme, Summary and Key Milestones"


def read(text: str, name: str) -> tuple[Plan, tuple[Problem, ...]]:
    """Read a theme progress report; ``name`` is its file's name.

    Raises
    ------
    FileError
        The table has no theme.
    """
    table = read_table(text)
    if not table.themes:
        raise FileError(
            f'"{name}" has no row with words under "Theme", so no progress report can be read from '
            "it: check that the table came through as tab-separated text."
        )
    headings = [block for block in read_blocks(text) if isinstance(block, Heading)]
    title = next((one for one in headings if one.line < table.themes[0].line), None)
    report = None if title is None else find_report_month(title.text)
    abbreviations = find_abbreviations(text)
    draft = ProgressDraft(name, report, abbreviations)
    causes = CommonCauses()
    themes, told = _add_themes(draft, table, causes)
    pairs = find_pairs(draft, told)
    _report_loose(draft, table, title)
    if report is None:
        message = "The paper does not name its month: months without a year have no date."
        draft.report("report-month-missing", "warning", message, title.line if title else 1)
    draft.report_ids(themes)
    passages = [
        Passage(entry.line, entry.text)
        for theme in table.themes
        for entries in theme.columns.values()
        for entry in entries
    ]
    plan = Plan.model_validate(
        {
            **name_report(title, text, abbreviations),
            "as_of": report,
            "sources": (SourceFile(id=SOURCE, title=title.text if title else None, file=name),),
            "items": tuple(draft.items.values()),
            "boards": name_bodies(draft, passages, abbreviations),
            "stated": tuple(draft.stated),
            "risks": causes.find_risks(draft),
            **({"x_period": table.period[1]} if table.period is not None else {}),
        }
    )
    plan = plan.model_copy(update={"links": build_links(plan, pairs)})
    return plan, tuple(sorted(draft.problems, key=_line))


def _add_themes(
    draft: ProgressDraft, table: ProgressTable, causes: CommonCauses
) -> tuple[list[str], list[Told]]:
    """Add every theme: first what it lists, so that what is said of it finds its item."""
    told: list[Told] = []
    period = read_period(table.period[1]) if table.period is not None else frozenset[int]()
    summaries = {}
    for theme in table.themes:
        name = draft.add_theme(theme)
        summaries[name] = read_summary(theme.columns.get("summary", ()))
        told += _add_lists(draft, name, theme, summaries[name])
    mark_same(draft)
    for item in draft.items.values():
        if item.cause is not None and item.source is not None:
            causes.add(item.cause, item.id, _said(item))
    for (name, summary), theme in zip(summaries.items(), table.themes, strict=True):
        add_achievements(draft, name, theme.columns.get("achievements", ()), period)
        told += add_updates(draft, name, summary.updates, causes)
    report_missing_causes(draft)
    return list(summaries), told


def _add_lists(draft: ProgressDraft, name: str, theme: ThemeRow, summary: Summary) -> list[Told]:
    told: list[Told] = []
    for entry in summary.remarks:
        draft.report_joins(entry)
        draft.note(name, entry.line, entry.text)
        told.append(Told(name, None, entry.line, entry.text))
    for count in summary.counts:
        draft.report_joins(count.entry)
        draft.state(name, count.measure, count.value, count.entry.line, count.entry.text)
        told += add_listed(draft, name, count)
    report_counts(draft, name, summary.counts)
    return told + add_milestones(draft, name, theme.columns.get("milestones", ()))


def _said(item: Item) -> Source:
    """Return where the cause of an item is told."""
    told = next((one.source for one in item.history if one.cause is not None), None)
    source = told or item.source
    assert source is not None  # noqa: S101 - every item of a paper has one
    return source


def _report_loose(draft: ProgressDraft, table: ProgressTable, title: Heading | None) -> None:
    for line, text, why in table.loose:
        if title is None or line != title.line:  # a row has other cells too: all words are told
            draft.report("not-placed", "info", f'"{text}" {why}.', line)


def _line(problem: Problem) -> int:
    return problem.source.line or 0 if problem.source is not None else 0


FAMILY = Family("theme progress report", recognise, read)
