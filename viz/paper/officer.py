"""One officer as a page: what they hold, when it ends, and what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.owners_standing import tell_nothing, tell_place, tell_role_counts
from viz.paper.blocks import Column, Figure, Named, Section, Spread, Text
from viz.paper.views import list_rows, make_view
from viz.paper.wording import make_table, name
from viz.words import say_dates, show_counts, show_month, show_room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from queries.owners import Owner, Owners
    from queries.owners_handovers import HandOver
    from simulations.witness import Stress
    from viz.itemrows import ItemRow
    from viz.paper.blocks import Block, Paper

__all__ = ["view_officer"]


def view_officer(owners: Owners, officer: str, rows: Sequence[ItemRow]) -> Paper:
    """Return the page about one officer.

    Parameters
    ----------
    owners
        The survey; where it tells this officer in full, the page says whose items would move.
    officer
        The officer's id, title or other spelling.
    rows
        Every item of the plan (`viz.itemrows.describe_items`).

    Raises
    ------
    UnknownIdError
        The plan has no such officer.
    """
    plan = owners.plan
    office = plan.index.officer(officer)
    one = owners.officer(office.id)
    facts = [f"Directorate: {office.directorate}."] if office.directorate else []
    facts += [f"Also written: {'; '.join(office.also)}."] if office.also else []
    if one is None:
        return make_view(plan, office.name, [tell_nothing(owners, office.id), *facts])
    told = [one.sentence, f"{tell_place(owners, one)} {tell_role_counts(one)}", *facts]
    held = [row for row in rows if row.id in set(one.items)]
    sections = (
        Section("held", "What they hold that is open", (list_rows(held),)),
        Section("months", "When it ends", tuple(_months(one))),
        Section("effect", f"If all of it slips {owners.by.words}", tuple(_effect(owners, one))),
        Section("hands", "Who waits for them, and whom they wait for", tuple(_hands(owners, one))),
        Section("alone", "Where nobody else is named", tuple(_alone(owners, one))),
    )
    return make_view(plan, office.name, told, _figures(one), [s for s in sections if s.blocks])


def _figures(one: Owner) -> Iterator[Figure]:
    yield Figure(f"{one.open_items:,}", "open item" if one.open_items == 1 else "open items")
    critical = one.float_held.critical
    yield Figure(f"{critical:,}", "without room", alarm=critical > 0)
    yield Figure(f"{one.float_held.near_critical:,}", "with little room")
    if one.load.peak is not None:
        yield Figure(show_month(one.load.peak.month), f"busiest: {one.load.peak.finishing} finish")


def _months(one: Owner) -> Iterator[Block]:
    rows = tuple(
        (show_month(month.month), month.finishing, month.active)
        for month in one.load.months
        if month.finishing or month.active
    )
    if rows:
        columns = (Column("Month", 16), Column("Finish", 10), Column("Under way", 12))
        yield make_table("Months", "Open items by month", columns, rows)
    left = [
        f"{number:,} of them {'has' if number == 1 else 'have'} {what}."
        for number, what in (
            (one.load.undated, "no date"),
            (one.load.open_ended, "a start but no end"),
        )
        if number
    ]
    if left:
        yield Text(" ".join(left))


def _effect(owners: Owners, one: Owner) -> Iterator[Block]:
    stress = one.stress
    if stress is None:
        return
    yield from _reached(owners, stress)
    if stress.boards:
        rows = tuple((board.title, board.meeting or "none known") for board in stress.boards)
        columns = (Column("Board", 40), Column("First meeting", 16))
        yield make_table("Boards", "Boards that will hear of it", columns, rows)
    else:
        yield Text("No board is known to oversee or gate any of it.")


def _reached(owners: Owners, stress: Stress) -> Iterator[Block]:
    reached = stress.reached
    if reached is None:
        return
    index = owners.plan.index
    hits = tuple(
        (
            index.officer(hit.officer).name,
            show_counts(hit.items, hit.items_if_work),
            Spread(hit.days, hit.days_if_work),
        )
        for hit in reached.hits
    )
    if hits:
        columns = (Column("Officer", 40), Column("Items", 12), Column("Days in all", 18, "days"))
        yield make_table("Hits", "Whose other items move", columns, hits)
    late = tuple((name(owners.plan, item), index.items[item].due) for item in reached.late)
    if late:
        due = (Column("Item", 60), Column("Due", 14))
        yield make_table("Late", "Other due dates that are missed", due, late)


def _hands(owners: Owners, one: Owner) -> Iterator[Block]:
    for caption, title, pairs in (
        ("Gives to", "They wait for this officer", [(each.to, each) for each in one.hands_to]),
        (
            "Takes from",
            "This officer waits for them",
            [(each.from_, each) for each in one.waits_for],
        ),
    ):
        if pairs:
            columns = (
                Column("Officer", 36), Column("Links", 8), Column("Room of the tightest", 18),
                Column("Which", 40),
            )  # fmt: skip
            rows = tuple(_hand(owners, officer, each) for officer, each in pairs)
            yield make_table(caption, title, columns, rows)


def _hand(owners: Owners, officer: str, one: HandOver) -> tuple[str, int, str, str]:
    which = "; ".join(f"{before} → {after}" for before, after in one.links)
    return (
        owners.plan.index.officer(officer).name, len(one.links), show_room(one.least_room_days),
        which,
    )  # fmt: skip


def _alone(owners: Owners, one: Owner) -> Iterator[Block]:
    rows = tuple(
        (Named(each.item, each.title), each.kind, each.open_items) for each in one.alone_on
    )
    if rows:
        columns = (Column("Item", 60), Column("Kind", 12), Column("Open items in it", 12))
        yield make_table("Alone", "Everything open in these is theirs alone", columns, rows)
    for chain in one.alone_on_chains:
        told = "; ".join(f"{key} {owners.plan.index.items[key].title}" for key in chain)
        yield Text(say_dates(f"Alone on a chain without room: {told}."))
