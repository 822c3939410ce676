"""One question about a plan as a page of its own: the blocks of a report, with every row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphmodel.problems import SEVERITIES
from graphmodel.words import count
from queries.checks.rule import FAMILIES, tell_limit, tell_verdict
from viz.itemrows import describe_items
from viz.paper.blocks import Column, Figure, Figures, Heat, Loud, Named, Paper, Section, Table
from viz.paper.decisions import lay_out_decisions
from viz.paper.people import lay_out_load, lay_out_owners
from viz.paper.soundness import lay_out_health
from viz.paper.wording import make_table, tell_age
from viz.words import say_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphmodel.plan import Plan
    from queries.boards import BoardReview
    from queries.checks.run import Health
    from queries.owners import Owners
    from simulations.results import Schedule
    from viz.itemrows import ItemRow
    from viz.paper.blocks import Cell

__all__ = [
    "list_rows",
    "make_view",
    "tabulate_items",
    "view_boards",
    "view_health",
    "view_items",
    "view_owners",
]

#: Rows that a page shows of each table; a file holds them all.
_ROWS: Final = 200


def make_view(
    plan: Plan,
    title: str,
    sentences: Sequence[str],
    figures: Iterable[Figure] = (),
    sections: Iterable[Section | None] = (),
) -> Paper:
    """Return a page about a plan: the answer first, then its sections, each table nearly whole."""
    headline, *summary = [say_dates(one) for one in sentences] or ["There is nothing to tell."]
    return Paper(
        title=title,
        plan_title=plan.title or plan.id,
        organisation=plan.organisation or "",
        version=plan.version or "",
        report_of=plan.organisation or "",
        data_date=tell_age(plan),
        headline=headline,
        summary=tuple(summary),
        figures=Figures(tuple(figures)),
        sections=tuple(_widen(one) for one in sections if one is not None),
    )


def _widen(section: Section) -> Section:
    """Return a section whose tables show all they can."""
    return replace(
        section,
        blocks=tuple(
            replace(one, limit=_ROWS) if isinstance(one, Table | Heat) else one
            for one in section.blocks
        ),
    )


def view_owners(owners: Owners) -> Paper:
    """Return the page about officers."""
    strain = lay_out_owners(owners)
    figures = (
        Figure(f"{len(owners.officers):,}", "officers with something open"),
        Figure(f"{owners.open_items:,}", "open items"),
        Figure(f"{owners.joint:,}", "of them carried by several"),
        Figure(f"{owners.unheld:,}", "held by nobody", alarm=bool(owners.unheld)),
    )
    # The first block of the section says what stands as the answer already.
    sections = (replace(strain, blocks=strain.blocks[1:]), lay_out_load(owners))
    return make_view(
        owners.plan, "Who is under most strain", owners.sentences, figures,
        [one for one in sections if one is not None and one.blocks],
    )  # fmt: skip


def view_boards(review: BoardReview) -> Paper:
    """Return the page about boards."""
    section = lay_out_decisions(review)
    open_ = sum(one.state != "decided" for one in review.gates)
    meetings = sum(len(one.meetings) for one in review.boards)
    figures = (
        Figure(f"{len(review.boards):,}", "boards"),
        Figure(f"{open_:,}", "decisions to come"),
        Figure(f"{meetings:,}", "meetings known"),
    )
    found = replace(section, title="Decisions and meetings", blocks=section.blocks[1:])
    sections = [found, _name_boards(review)]
    return make_view(
        review.plan,
        "What boards decide, and when",
        review.sentences,
        figures,
        [one for one in sections if one.blocks],
    )


def _name_boards(review: BoardReview) -> Section:
    rows = tuple(
        (
            one.title,
            one.kind,
            "known" if one.meets else "not known",
            len(one.meetings),
            one.last_meeting,
            ", ".join(one.gates),
            ", ".join(one.oversees),
        )
        for one in review.boards
    )
    columns = (
        Column("Board", 34), Column("Kind", 12), Column("Dates", 12), Column("To come", 10),
        Column("Last known", 14), Column("Decides on", 30), Column("Oversees", 30),
    )  # fmt: skip
    table = make_table("Boards", "Every board that the plan names", columns, rows)
    return Section("boards", "The boards", (table,) if rows else ())


def view_health(health: Health) -> Paper:
    """Return the page about how sound the plan is."""
    section = lay_out_health(health)
    answer = getattr(section.blocks[0], "text", "")
    numbers = [
        (one, sum(finding.severity == one for finding in health.findings)) for one in SEVERITIES
    ]
    words = {"error": "error", "warning": "warning", "info": "remark"}
    figures = [
        Figure(
            f"{number:,}",
            count(number, words[one]).partition(" ")[2],
            alarm=one == "error" and bool(number),
        )
        for one, number in numbers
    ]
    sections = (
        replace(section, title="What was found", blocks=section.blocks[1:]),
        _list_rules(health),
    )
    return make_view(
        health.plan, "How sound the plan is", [answer], figures,
        [one for one in sections if one.blocks],
    )  # fmt: skip


def _list_rules(health: Health) -> Section:
    rows = tuple(
        (
            one.check.name,
            FAMILIES[one.check.family],
            tell_verdict(one),
            None if one.numerator is None else round(one.numerator, 2),
            None if one.denominator is None else round(one.denominator, 2),
            tell_limit(one.check.limit),
            one.why_not or one.note or "",
        )
        for one in health.results
    )
    columns = (
        Column("Check", 40), Column("Family", 20), Column("Result", 14), Column("Counted", 10),
        Column("Of", 10), Column("Allowed", 14), Column("Why, or what to know", 50),
    )  # fmt: skip
    table = make_table("Rules", "Every check, and what became of it", columns, rows)
    return Section("rules", "Every check", (table,) if rows else ())


def view_items(plan: Plan, schedule: Schedule) -> Paper:
    """Return every item with its dates and its room, as a table."""
    rows = describe_items(plan, schedule)
    late = sum(one.state == "late" for one in rows)
    ends = f"The plan ends on {schedule.finish}." if schedule.finish else "Nothing has a date."
    figures = (
        Figure(f"{len(rows):,}", "items"),
        Figure(f"{late:,}", "late against their due date", alarm=bool(late)),
        Figure(f"{sum(one.state == 'critical' for one in rows):,}", "without room"),
    )
    section = Section("items", "Every item", (tabulate_items(plan, schedule, rows),))
    return make_view(plan, "Every item, with dates and room", [ends], figures, [section])


def list_rows(rows: Sequence[ItemRow]) -> Table:
    """Return items as a short table: what, how it stands, when, and how much room it has."""
    cells = tuple(
        (
            Named(one.id, one.item.title),
            one.status,
            one.planned_words,
            one.forecast_words or one.undated,
            one.item.due,
            Loud(one.room_words) if one.state == "late" else one.room_words,
        )
        for one in rows
    )
    columns = (
        Column("Item", 50), Column("Status", 12), Column("Planned", 20), Column("Expected", 24),
        Column("Due", 13), Column("Room", 18),
    )  # fmt: skip
    return make_table("Items", "Each with its dates and room", columns, cells, _ROWS)


def tabulate_items(plan: Plan, schedule: Schedule, rows: Sequence[ItemRow]) -> Table:
    """Return these items as a table."""
    dated = {one.id: one for one in schedule.items}
    critical = set(schedule.longest_path)
    cells: list[tuple[Cell, ...]] = []
    for one in rows:
        found = dated.get(one.id)
        cells.append(
            (
                Named(one.id, one.item.title),
                one.item.kind,
                one.owner,
                one.status,
                one.planned_words,
                one.start,
                one.finish,
                one.item.due,
                None if found is None else found.total_float_days,
                "yes" if one.id in critical else "",
                ", ".join(found.driven_by) if found is not None else "",
                one.item.parent if one.item.parent in plan.index.items else None,
            )
        )
    columns = (
        Column("Item", 50), Column("Kind", 11), Column("Owner", 30), Column("Status", 12),
        Column("Planned, as written", 20), Column("Start", 13), Column("Finish", 13),
        Column("Due", 13), Column("Room", 9, "days"), Column("On the longest path", 10),
        Column("Its date is set by", 24), Column("Part of", 12),
    )  # fmt: skip
    return Table("Items", "Every item, with dates and room", columns, tuple(cells), _ROWS)
