"""The family of detailed delivery plans: objectives with their facts, actions and metrics.

The form: blocks of rows "Objective", "Division", "Responsible Delivery Lead", "Senior Accountable
Officer", "Lead Portfolio", then a table of delivery actions (action with milestones, due date,
responsible officer) and one of output metrics (baseline, target), under headings of service areas
or under "Improvement Programme" rows. Wordings that vary are listed in `loaders.delivery_labels`.

Recipe: text → blocks → outline of tables → items → officers, bodies → checks → plan.

The start of the plan stays empty: a title page such as "2026 - 2028" does not say in which month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.errors import FileError
from graphmodel.items import SourceFile
from graphmodel.plan import Plan
from loaders.abbreviations import find_abbreviations
from loaders.blocks import read_blocks
from loaders.bodies import Passage, name_bodies
from loaders.defects import find_period_start, report_defects
from loaders.delivery_items import ItemBuilder
from loaders.delivery_labels import ActionHeader, read_fact_label, read_header
from loaders.delivery_outline import ObjectiveTable, Outline, read_outline
from loaders.draft import SOURCE, Draft
from loaders.family import Family
from loaders.front_page import read_front_page
from loaders.offices import assign_roles
from loaders.text import clean, split_lines

if TYPE_CHECKING:
    from graphmodel.people import Board
    from graphmodel.problems import Problem
    from loaders.front_page import FrontPage
    from loaders.offices import People

__all__ = ["FAMILY", "read", "recognise"]


def recognise(text: str) -> str | None:
    """Return why a text is a delivery plan: rows that open objectives, and heads of actions."""
    objectives = heads = 0
    for line in split_lines(text):
        cells = tuple(line.split("\t"))
        if len(cells) == 1:
            continue
        objectives += read_fact_label(cells[0]) == "objective" and bool(clean(cells[1]))
        heads += isinstance(read_header(cells), ActionHeader)
    if not objectives or not heads:
        return None
    return f'it has {objectives} rows "Objective" and {heads} tables of actions with due dates'


def read(text: str, name: str) -> tuple[Plan, tuple[Problem, ...]]:
    """Read a delivery plan; ``name`` is its file's name, for places and the list of sources.

    Raises
    ------
    FileError
        The text has no objective.
    """
    outline = read_outline(read_blocks(text))
    if not outline.objectives:
        raise FileError(
            f'"{name}" has no row that begins with "Objective" and a tab, so no delivery plan can '
            "be read from it: check that the tables came through as text."
        )
    draft = Draft(name)
    front = read_front_page(outline.front, text)
    _report_loose(draft, outline, front)
    builder = ItemBuilder(draft)
    for table in outline.tables:
        if isinstance(table, ObjectiveTable):
            builder.add_objective(table)
        else:
            builder.add_programme(table)
    abbreviations = find_abbreviations(text)
    boards = name_bodies(draft, _passages(draft, outline), abbreviations)
    taken = {*draft.items, *(board.id for board in boards), front.plan}
    people = assign_roles(draft, builder.roles, abbreviations, taken)
    targets = [m.header.target_by or "" for o in outline.objectives for m in o.metrics]
    report_defects(draft, people.assignments, find_period_start(front.years, targets))
    plan = _make_plan(draft, front, people, boards)
    return plan, tuple(sorted(draft.problems, key=_line))


def _report_loose(draft: Draft, outline: Outline, front: FrontPage) -> None:
    for heading in outline.front:
        if heading.line not in front.used:
            draft.report_loose(heading.line, heading.text, "is a heading outside the tables")
    for one in outline.loose:
        draft.report_loose(one.line, one.text, one.why)
    for row in outline.continued:
        message = f'"{row.cell}" goes on with the row above it, which a page end cut in two.'
        draft.report("row-continued", "info", message, row.line)


def _passages(draft: Draft, outline: Outline) -> list[Passage]:
    """Return everything in which bodies may be named, in the paper's order."""
    loose = [Passage(one.line, one.text) for one in outline.loose]
    items = [
        Passage(item.source.line, item.source.quote or "")
        for item in draft.items.values()
        if item.source is not None and item.source.line is not None
    ]
    metrics = [
        Passage(metric.source.line, metric.title)
        for metric in draft.metrics
        if metric.source is not None and metric.source.line is not None
    ]
    return sorted(loose + items + metrics, key=lambda passage: passage.line)


def _make_plan(draft: Draft, front: FrontPage, people: People, boards: tuple[Board, ...]) -> Plan:
    extras = {"x_period": front.period} if front.period is not None else {}
    return Plan.model_validate(
        {
            "id": front.plan,
            "title": front.title,
            "organisation": front.organisation,
            "sources": (SourceFile(id=SOURCE, title=front.heading, file=draft.name),),
            "items": tuple(draft.items.values()),
            "officers": people.officers,
            "assignments": people.assignments,
            "boards": boards,
            "metrics": tuple(draft.metrics),
            **extras,
        }
    )


def _line(problem: Problem) -> int:
    return problem.source.line or 0 if problem.source is not None else 0


FAMILY = Family("delivery plan", recognise, read)
