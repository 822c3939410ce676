"""``knockon compare``: what changed from month to month, what slipped, and whose doing it was."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import click

from graphmodel.words import count
from knockon.cli.console import say, say_json, say_table, say_wrapped
from knockon.cli.options import json_option, link_options, with_option
from knockon.cli.reading import open_plan
from viz.words import DATE_WORDS, LINK_CHANGES, ROLE_WORDS, STATUS_WORDS, show_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.plan import Plan
    from queries.compare import Comparison, Step, Version
    from queries.slippage import Rate
    from queries.versions import DateChange, LinkChange
    from simulations.shifts import Shift

__all__ = ["command"]

#: Rows of each table; --json prints all.
_ROWS: Final = 20

_RATES: Final = {"theme": "Theme", "officer": "Officer", "month": "Month it was due in"}


@click.command("compare")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW...", nargs=-1, required=True)
@with_option
@link_options
@json_option
def command(
    old: str, new: tuple[str, ...], registers: tuple[str, ...], *, as_json: bool, **followed: Any
) -> None:
    """Say what changed from OLD to NEW, and what slipped.

    Several versions are compared one after the other, oldest first, and the first with the last.
    Registers given by --with are added to each.
    """
    from knockon.api import compare  # noqa: PLC0415 - heavy
    from knockon.payloads import pack_comparison  # noqa: PLC0415

    with ExitStack() as stack:
        plans = [stack.enter_context(open_plan(file, registers)) for file in (old, *new)]
        answer = compare(*plans, **followed)
        say_json(pack_comparison(answer)) if as_json else _say_comparison(answer)


def _say_comparison(answer: Comparison) -> None:
    if answer.overall is not None:
        _say_step(answer, answer.overall)
        say()
    for number, step in enumerate(answer.steps):
        if number:
            say()
        _say_step(answer, step)
    _say_trends(answer)
    if answer.doubts:
        say()
        say_wrapped(f"{count(len(answer.doubts), 'item')} could not be matched for certain:")
        for doubt in answer.doubts[:_ROWS]:
            say_wrapped(doubt, indent=2)


def _say_step(answer: Comparison, step: Step) -> None:
    say_wrapped(f"From {_version(step.old)} to {_version(step.new)}")
    for sentence in step.sentences:
        say_wrapped(sentence, indent=2)
    _say_slips(answer.plan, step.forecasts.shifts)
    _say_dates(answer.plan, step.differences.dates)
    _say_others(step)
    for kind, heading in _RATES.items():
        _say_rates(heading, [rate for rate in step.rates if rate.kind == kind])


def _version(version: Version) -> str:
    of = f" of {show_date(version.as_of)}" if version.as_of is not None else ""
    return f"{version.title or version.id}{of} ({count(version.items, 'item')})"


def _say_slips(plan: Plan, shifts: Sequence[Shift]) -> None:
    moved = sorted((one for one in shifts if not one.is_parent), key=lambda one: -one.days)
    rows = [
        (
            _name(plan, one.id),
            show_date(one.before),
            show_date(one.after),
            f"{one.days:+,.4g}",
            _parts(one),
        )
        for one in moved[:_ROWS]
    ]
    if rows:
        say()
        heads = ("Item", "Was", "Is now", "Days", "Of these")
        say_table("Forecasts that moved, the furthest first", heads, rows, total=len(moved))


def _parts(shift: Shift) -> str:
    """Say how much of a slip is the item's own and how much arrived along links."""
    if not shift.arrived_days and not shift.waiting_days:
        return "" if shift.own_days is None else "its own"
    parts = [f"{shift.own_days:,.4g} its own"] if shift.own_days else []
    if shift.arrived_days:
        parts.append(f"{shift.arrived_days:,.4g} from {shift.through}")
    if shift.waiting_days:
        parts.append(f"{shift.waiting_days:,.4g} to the meeting")
    return ",\n".join(parts)


def _say_dates(plan: Plan, changes: Sequence[DateChange]) -> None:
    rows = [
        (
            _name(plan, one.id),
            DATE_WORDS[one.field].replace(" ", "\n"),
            show_date(one.before, missing="none"),
            show_date(one.after, missing="none"),
            _kind(one),
        )
        for one in changes[:_ROWS]
    ]
    if rows:
        say()
        heads = ("Item", "Date", "Was", "Is now", "What it is")
        say_table("Stated dates that changed", heads, rows, total=len(changes))


def _kind(change: DateChange) -> str:
    words = {
        "slipped": "slipped",
        "brought_forward": "brought forward",
        "re_profiled_approved": f"re-profiled,\n{change.approved_by or 'a board'}",
        "re_profiled_unapproved": "re-profiled,\nnot approved",
        "dated": "first date",
        "date_dropped": "date dropped",
    }
    return words[change.kind]


def _say_others(step: Step) -> None:
    found = step.differences
    _say_list("Added", [f"{one.id}  {one.title}" for one in found.added])
    _say_list("Removed", [f"{one.id}  {one.title}" for one in found.removed])
    _say_list(
        "Reworded", [f"{one.id}: “{one.before}” is now “{one.after}”" for one in found.reworded]
    )
    _say_list(
        "Part of something else now",
        [f"{one.id}: {one.before or 'nothing'} → {one.after or 'nothing'}" for one in found.moved],
    )
    _say_list(
        "Other owners",
        [
            f"{one.id}, {ROLE_WORDS[one.role].lower()}: {', '.join(one.before) or 'nobody'} → "
            f"{', '.join(one.after) or 'nobody'}"
            for one in found.owners
        ],
    )
    _say_list(
        "Status or rating",
        [
            f"{one.id}: {_status(one.before, one.rag_before)} → {_status(one.after, one.rag_after)}"
            for one in found.statuses
        ],
    )
    _say_list("Links", [_link(one) for one in found.links])


def _status(status: str, rag: str | None) -> str:
    return STATUS_WORDS[status] if rag is None else f"{STATUS_WORDS[status]}, rated {rag}"


def _link(change: LinkChange) -> str:
    link = change.after or change.before
    name = "" if link is None else link.name
    return f"{name}: {LINK_CHANGES[change.change]}"


def _say_list(title: str, lines: list[str]) -> None:
    if lines:
        say()
        say(f"{title} ({len(lines):,})" if len(lines) > 1 else title)
        for line in lines[:_ROWS]:
            say_wrapped(line, indent=2)
        if len(lines) > _ROWS:
            say_wrapped(f"and {len(lines) - _ROWS:,} more; --json prints all", indent=2)


def _say_rates(heading: str, rates: Sequence[Rate]) -> None:
    slipped = [rate for rate in rates if rate.slipped]
    if not slipped:
        return
    ranked = (
        slipped if slipped[0].kind == "month" else sorted(slipped, key=lambda one: -one.total_days)
    )
    rows = [
        (
            rate.name,
            f"{rate.slipped} of {rate.open} ({rate.share:.0%})",
            f"{rate.mean_days or 0:,.4g}",
            f"{rate.total_days:,.4g}",
            f"{rate.own_days:,.4g}",
        )
        for rate in ranked[:_ROWS]
    ]
    say()
    heads = (heading, "Slipped", "Days on average", "In all", "Of these its own")
    say_table(f"Slippage by {heading.lower()}", heads, rows, total=len(ranked))


def _say_trends(answer: Comparison) -> None:
    moved = sorted((one for one in answer.trends if one.moves), key=lambda one: -abs(one.days))
    if answer.overall is None:  # of two versions alone, the table above says it all
        moved = [one for one in moved if len(one.points) > len(answer.versions)]
    rows = [
        (_name(answer.plan, one.id), " → ".join(show_date(point.finish) for point in one.points))
        for one in moved[:_ROWS]
    ]
    if rows:
        say()
        title = "Milestone trend: the finish forecast at each report"
        say_table(title, ("Item", "Finish, oldest report first"), rows, total=len(moved))


def _name(plan: Plan, item: str) -> str:
    one = plan.index.items.get(item)
    return item if one is None else one.name
