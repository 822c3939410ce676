"""One officer in full, absences and re-assignments, as ``knockon owners`` prints them."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

from graphmodel.moments import add_months
from graphmodel.words import count, join_words
from knockon.cli.console import say, say_table, say_wrapped
from queries.owners_standing import roles_held, tell_nothing, tell_place, tell_role_counts
from viz.words import shorten, show_counts, show_date, show_month, show_range, show_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from queries.owners import Owner, Owners
    from queries.owners_away import Absence
    from queries.owners_handovers import HandOver
    from queries.owners_holding import Load
    from queries.owners_reassign import BeforeAfter, Reassignment
    from simulations.witness import Stress

__all__ = ["say_absences", "say_officer", "say_reassignment"]

#: Characters of a title that a table shows.
_TITLE: Final = 120


def say_officer(answer: Owners, officer: str) -> None:
    """Print all about one officer, or why there is little to print."""
    found = answer.officer(officer)
    office = answer.plan.index.officer(officer)
    say_wrapped(f"{office.name}  ({office.id})" if office.title else office.id)
    if office.also:
        say_wrapped(f"Also written: {'; '.join(office.also)}", indent=2)
    if office.directorate:
        say_wrapped(f"Directorate: {office.directorate}", indent=2)
    say()
    if found is None:
        say_wrapped(_holds_nothing(answer, officer))
        return
    say_wrapped(f"{tell_place(answer, found)} {found.sentence} {tell_role_counts(found)}")
    say()
    _say_months(found.load)
    say_wrapped(_floats(answer, found))
    say()
    _say_alone(found)
    if found.stress is not None:
        _say_stress(answer, found.stress)
    _say_hand_overs(answer, found)
    say_wrapped(f'Item by item:  knockon whatif PLAN --slip-officer "{found.title}={answer.by}"')


def _holds_nothing(answer: Owners, officer: str) -> str:
    """Say why an officer has no place, and how to ask about the other roles."""
    told = tell_nothing(answer, officer)
    is_group = any(one.id == officer for one in answer.groups)
    roles = {} if is_group else roles_held(answer, officer)
    return f"{told} To count these, add  --role {next(iter(roles))}" if roles else told


def _say_months(load: Load) -> None:
    peak = None if load.peak is None else load.peak.month
    months = [(one.month, (one.finishing, one.active)) for one in load.months]
    rows = [
        (label, *map(str, figures), "peak" if month == peak else "")
        for month, label, figures in _runs(months, 1)
    ]
    if rows:
        say_table("Open items by month", ("Month", "Finish", "Active", ""), rows)
    if load.undated or load.open_ended:
        told = [
            f"{number} {'has' if number == 1 else 'have'} {what}"
            for number, what in (
                (load.undated, "no date"),
                (load.open_ended, "a start but no end"),
            )
            if number
        ]
        say_wrapped(f"Of {count(load.items, 'open item')} {join_words(told)}.")
        say()


def _runs(
    months: Sequence[tuple[date, tuple[int, ...]]], finishes: int
) -> Iterator[tuple[date, str, tuple[int, ...]]]:
    """Yield months with their figures; a run of equal ones in which nothing finishes is one row.

    The first ``finishes`` figures say what finishes. Months without anything are left out.
    """
    for (number, figures), run in groupby(
        enumerate(months), key=lambda one: (one[0] if any(one[1][1][:finishes]) else -1, one[1][1])
    ):
        if any(figures):
            inside = [month for _, (month, _) in run]
            label = show_month(inside[0])
            if number < 0 and len(inside) > 1:
                label += f" to {show_month(inside[-1])}"
            yield inside[0], label, figures


def _floats(answer: Owners, one: Owner) -> str:
    held = one.float_held
    if not held.items:
        return "Float: none is known."
    told = f"Float: {held.critical} of {count(held.items, 'item')} critical, {held.near_critical} "
    told += f"more near-critical (up to {answer.near_days:g} days); "
    told += f"at the tightest {show_room(held.least_days)}, in the middle "
    told += show_room(held.median_days)
    if held.short_days:
        told += f"; {held.short_days:,g} days are missing in all"
    return f"{told}."


def _say_alone(one: Owner) -> None:
    rows = [
        (f"{each.item}  {shorten(each.title, _TITLE)}", each.kind, str(each.open_items))
        for each in one.alone_on
    ]
    if rows:
        say_table("Nobody else is named for", ("Item", "Kind", "Open items"), rows)
    for items in one.alone_on_chains:
        say_wrapped(f"Alone on a critical chain: {', '.join(items)}")
    if one.alone_on_chains:
        say()


def _say_stress(answer: Owners, stress: Stress) -> None:
    rows = [
        (
            _name(answer, hit.officer),
            show_counts(hit.items, hit.items_if_work),
            show_range(hit.days, hit.days_if_work),
        )
        for hit in (stress.reached.hits if stress.reached is not None else ())
    ]
    if rows:
        title = f"Whose items move if all of this slips {answer.by.words}"
        say_table(title, ("Officer", "Items", "Days in all"), rows)
    if stress.boards:
        say_table(
            "Boards that will hear of it",
            ("Board", "First meeting"),
            [(one.title, show_date(one.meeting, missing="none known")) for one in stress.boards],
        )
    else:
        say("No board is known to oversee or gate any of it.")
        say()


def _say_hand_overs(answer: Owners, one: Owner) -> None:
    headings = ("Officer", "Links", "Tightest")
    gives = [(each.to, each) for each in one.hands_to]
    takes = [(each.from_, each) for each in one.waits_for]
    for title, pairs in (("Hands over to", gives), ("Waits for", takes)):
        if pairs:
            say_table(title, headings, [_hand_over(answer, *pair) for pair in pairs])
    if one.betweenness:
        near = "" if answer.betweenness_is_exact else "about "
        say_wrapped(
            f"Between two others, {near}{one.betweenness:.1%} of the shortest ways of hand-overs "
            "lead over this officer."
        )
        say()


def _hand_over(answer: Owners, officer: str, one: HandOver) -> tuple[str, ...]:
    pairs = [f"  {before} → {after}" for before, after in one.links]
    name = "\n".join((_name(answer, officer), *pairs))
    return name, str(len(one.links)), show_room(one.least_room_days)


def _name(answer: Owners, officer: str) -> str:
    return answer.plan.index.officer(officer).name


def say_absences(absences: Iterable[Absence], first: date, last: date) -> None:
    """Print what waits while officers are away, in the order they are listed."""
    say()
    say(f"Away from {show_date(first)} to {show_date(last)}, each in turn:")
    for one in absences:
        say()
        say_wrapped(f"{one.title}: {one.sentence}")
        if one.waits:
            say_wrapped(f"Waiting: {', '.join(one.waits)}", indent=2)
        if one.first_board is not None:
            when = show_date(one.first_board_meeting)
            say_wrapped(f"First board to hear of it: {one.first_board}, {when}", indent=2)


def say_reassignment(passed: Reassignment) -> None:
    """Print who takes what, and both loads by month before and after."""
    for sentence in passed.sentences:
        say_wrapped(sentence)
    say()
    headings = ("Month", "Finish: before", "after", "Active: before", "after")
    for one in passed.officers:
        rows = [(label, *map(str, figures)) for _, label, figures in _runs(_by_month(one), 2)]
        if rows:
            say_table(one.title, headings, rows)
    say_table(
        f"If everything of theirs slips {passed.by.words}, before → after",
        ("Officer", "Due dates missed", "Other items moved"),
        [(one.title, *_effects(one)) for one in passed.officers],
    )


def _by_month(one: BeforeAfter) -> list[tuple[date, tuple[int, ...]]]:
    """Return by month what finishes before and after, and what is active before and after."""
    before, after = (
        {each.month: (each.finishing, each.active) for each in load.months}
        for load in (one.load_before, one.load_after)
    )
    none = (0, 0)
    months: list[tuple[date, tuple[int, ...]]] = []
    month = min((*before, *after), default=None)
    while month is not None and month <= max((*before, *after)):
        pairs = zip(before.get(month, none), after.get(month, none), strict=True)
        months.append((month, tuple(chain(*pairs))))
        month = add_months(month, 1)
    return months


def _effects(one: BeforeAfter) -> tuple[str, str]:
    told = [
        ("0", "0")
        if effect is None
        else (
            show_counts(effect.newly_late, effect.newly_late_if_work),
            show_counts(effect.moved, effect.moved_if_work),
        )
        for effect in (one.effect_before, one.effect_after)
    ]
    return " → ".join(one[0] for one in told), " → ".join(one[1] for one in told)
