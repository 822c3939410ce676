"""Two versions of a plan as a page: what slipped and whose doing it was, and all that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import parse_moment
from graphmodel.words import count
from viz.paper.blocks import Bullets, Column, Course, Figure, Named, make_section
from viz.paper.moves import slipped
from viz.paper.views import make_view
from viz.paper.wording import make_table, name, name_owners
from viz.words import (
    DATE_WORDS,
    KIND_WORDS,
    LINK_CHANGES,
    ROLE_WORDS,
    STATUS_WORDS,
    show_date,
    show_month,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphmodel.plan import Plan
    from queries.compare import Comparison, Step, Version
    from queries.slippage import RateKind
    from queries.versions import DateChange, Differences, Entry
    from viz.paper.blocks import Block, Cell, Paper

__all__ = ["view_comparison"]

_RATES: Final[dict[RateKind, str]] = {
    "theme": "Theme",
    "officer": "Officer",
    "month": "Month it was due in",
}

_DATE_KINDS: Final = {
    "slipped": "slipped",
    "brought_forward": "brought forward",
    "re_profiled_unapproved": "re-profiled, not approved",
    "dated": "first date",
    "date_dropped": "date dropped",
}


def view_comparison(found: Comparison) -> Paper:
    """Return the page about the change from the first version to the last."""
    step, plan = found.overall or found.steps[-1], found.plan
    changes = step.differences
    moved = slipped(found)
    later = sum(one.days > 0 for one in moved)
    figures = (
        Figure(f"{later:,}", "slipped", alarm=later > 0),
        Figure(f"{len(moved) - later:,}", "came forward"),
        Figure(f"{len(step.newly_late):,}", "newly late", alarm=bool(step.newly_late)),
        Figure(f"{len(changes.added):,}", "added"),
        Figure(f"{len(changes.removed):,}", "removed"),
        Figure(f"{len(changes.links):,}", "links changed"),
    )
    sections = (
        make_section("slips", "What moved, and whose doing it was", _slips(found)),
        make_section("rates", "Where it slipped", _rates(step)),
        make_section("dates", "Dates that the plan states", _dates(plan, changes.dates)),
        make_section("items", "Items that came and went", _items(step)),
        make_section("other", "Owners, status and links", _others(plan, step)),
        make_section("trend", "Forecasts, report by report", _trends(found)),
        make_section("doubts", "What could not be matched for certain", _doubts(found)),
    )
    title = f"What changed since {_version(step.old)}"
    sentences = step.sentences or ("Nothing changed between the two versions.",)
    return make_view(plan, title, sentences, figures, sections)


def _version(version: Version) -> str:
    called = version.title or version.id
    return called if version.as_of is None else f"{called} of {show_date(version.as_of)}"


def _slips(found: Comparison) -> Iterable[Block]:
    plan = found.plan
    rows = tuple(
        (
            name(plan, one.id),
            name_owners(plan, one.id),
            one.before,
            one.after,
            one.days,
            one.own_days or None,
            one.arrived_days or None,
            one.waiting_days or None,
            one.through or "",
        )
        for one in slipped(found)
    )
    columns = (
        Column("Item", 46), Column("Owner", 26), Column("Was", 14), Column("Is now", 14),
        Column("Later by", 12, "days"), Column("Its own", 12, "days"),
        Column("Arrived along links", 12, "days"), Column("Waiting for a meeting", 12, "days"),
        Column("From", 14),
    )  # fmt: skip
    if rows:
        yield make_table("Moved", "Forecasts that moved, the furthest first", columns, rows)


def _rates(step: Step) -> Iterable[Block]:
    for kind, heading in _RATES.items():
        rates = [one for one in step.rates if one.kind == kind and one.slipped]
        if kind != "month":
            rates.sort(key=lambda one: -one.total_days)
        columns = (
            Column(heading, 40), Column("Slipped", 10), Column("Of open", 10),
            Column("On average", 12, "days"), Column("In all", 12, "days"),
            Column("Of these its own", 12, "days"),
        )  # fmt: skip
        rows = tuple(
            (
                show_month(parse_moment(f"{one.id}-01")) if kind == "month" else one.name,
                one.slipped,
                one.open,
                one.mean_days,
                one.total_days,
                one.own_days,
            )
            for one in rates
        )
        if rows:
            yield make_table(f"By {kind}", f"Slippage by {heading.lower()}", columns, rows)


def _dates(plan: Plan, changes: Sequence[DateChange]) -> Iterable[Block]:
    columns = (
        Column("Item", 46), Column("Date", 16), Column("Was", 14), Column("Is now", 14),
        Column("What it is", 26), Column("Where", 26),
    )  # fmt: skip
    rows = tuple(
        (
            name(plan, one.id),
            DATE_WORDS[one.field],
            one.before,
            one.after,
            _DATE_KINDS.get(one.kind, f"re-profiled, {one.approved_by or 'a board'}"),
            "" if one.place is None else str(one.place),
        )
        for one in changes
    )
    if rows:
        yield make_table("Dates", "Stated dates that changed", columns, rows)


def _items(step: Step) -> Iterable[Block]:
    changes = step.differences
    for title, entries in (("Added", changes.added), ("Removed", changes.removed)):
        if entries:
            caption = f"{title}: {count(len(entries), 'item')}"
            columns = (Column("Item", 70), Column("Kind", 14))
            yield make_table(title, caption, columns, tuple(map(_entry, entries)))
    reworded = tuple((one.id, one.before, one.after) for one in changes.reworded)
    moved = tuple(
        (one.id, one.before or "nothing", one.after or "nothing") for one in changes.moved
    )
    for title, caption, verb, rows in (
        ("Reworded", "Reworded", "", reworded),
        ("Part of", "Part of something else now", " part of", moved),
    ):
        heads = (Column("Item", 16), Column(f"Was{verb}", 50), Column(f"Is{verb or ' now'}", 50))
        if rows:
            yield make_table(title, caption, heads, rows)


def _entry(one: Entry) -> tuple[Cell, ...]:
    return (
        Named(one.id, one.title),
        KIND_WORDS[one.kind][0] if one.kind in KIND_WORDS else one.kind,
    )


def _others(plan: Plan, step: Step) -> Iterable[Block]:
    yield from _owners(plan, step.differences)
    yield from _statuses(plan, step.differences)
    rows = tuple(
        (link.name, LINK_CHANGES[one.change])
        for one in step.differences.links
        if (link := one.after or one.before) is not None
    )
    if rows:
        columns = (Column("Link", 46), Column("What became of it", 30))
        yield make_table("Links", "Links", columns, rows)


def _owners(plan: Plan, changes: Differences) -> Iterable[Block]:
    columns = (
        Column("Item", 46), Column("Role", 16), Column("Was", 30), Column("Is now", 30),
    )  # fmt: skip
    rows = tuple(
        (
            name(plan, one.id),
            ROLE_WORDS[one.role],
            ", ".join(one.before) or "nobody",
            ", ".join(one.after) or "nobody",
        )
        for one in changes.owners
    )
    if rows:
        yield make_table("Owners", "Other owners", columns, rows)


def _statuses(plan: Plan, changes: Differences) -> Iterable[Block]:
    rows = tuple(
        (
            name(plan, one.id),
            _status(one.before, one.rag_before),
            _status(one.after, one.rag_after),
        )
        for one in changes.statuses
    )
    if rows:
        columns = (Column("Item", 46), Column("Was", 26), Column("Is now", 26))
        yield make_table("Status", "Status or rating", columns, rows)


def _status(status: str, rag: str | None) -> str:
    return STATUS_WORDS[status] if rag is None else f"{STATUS_WORDS[status]}, rated {rag}"


def _trends(found: Comparison) -> Iterable[Block]:
    """Yield the courses of those forecasts of which more is known than both versions tell."""
    told = len(found.versions)
    moved = [one for one in found.trends if one.moves and len(one.points) > told]
    moved.sort(key=lambda one: -abs(one.days))
    columns = (Column("Item", 46), Column("Finish, oldest report first", 40), Column("Due", 14))
    rows = tuple(
        (name(found.plan, one.id), Course(tuple(point.finish for point in one.points)), one.due)
        for one in moved
    )
    if rows:
        yield make_table(
            "Trend", "Milestone trend: the finish forecast at each report", columns, rows
        )


def _doubts(found: Comparison) -> Iterable[Block]:
    if found.doubts:
        yield Bullets(found.doubts)
