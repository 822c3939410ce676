"""``knockon schedule``: dates, room to slip, and the critical path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphmodel.words import count
from knockon.cli.console import say, say_json, say_table, say_wrapped
from knockon.cli.load import say_problems
from knockon.cli.options import (
    as_of_option,
    gaps_option,
    json_option,
    link_options,
    plan_argument,
    with_option,
)
from knockon.cli.reading import open_plan
from viz.words import show_date, show_room

if TYPE_CHECKING:
    from graphmodel.selection import LinkUse
    from simulations.results import FloatPath, Gaps, PathStep, Schedule, ScheduledItem

__all__ = ["command"]


@click.command("schedule")
@plan_argument
@click.option("--to", "target", metavar="ID", help="Show the critical path to this item.")
@with_option
@as_of_option
@gaps_option
@link_options
@json_option
def command(
    plan: str,
    target: str | None,
    registers: tuple[str, ...],
    as_of: str | None,
    gaps: Gaps,
    links: LinkUse,
    min_confidence: float,
    *,
    as_json: bool,
) -> None:
    """Compute dates, room to slip and the critical path of PLAN."""
    from knockon.payloads import pack_schedule  # noqa: PLC0415 - heavy
    from simulations.schedule import schedule  # noqa: PLC0415

    with open_plan(plan, registers, as_of=as_of) as opened:
        answer = schedule(opened, to=target, gaps=gaps, links=links, min_confidence=min_confidence)
        if as_json:
            say_json(pack_schedule(answer))
        else:
            _say_schedule(answer)


def _say_schedule(answer: Schedule) -> None:
    used = answer.links_used
    rests = [count(used.accepted, "accepted link")]
    if used.proposed:
        rests.append(count(used.proposed, "proposed link"))
    say_wrapped(
        f"The plan finishes on {show_date(answer.finish)}; {' and '.join(rests)}, "
        f"gaps read as {answer.gaps}."
    )
    say()
    rows = [
        (f"{one.id}  {one.title}", show_date(one.start, missing=""),
         show_date(one.finish, missing="no date"), _room(one))
        for one in answer.items
    ]  # fmt: skip
    say_table("Items", ("Item", "Start", "Finish", "Room"), rows)
    _say_path(answer, "Critical path", answer.critical_path)
    if answer.buffered_path != answer.critical_path:
        _say_path(answer, "Longest path over the least room", answer.buffered_path)
    say_problems(answer.findings, "finding")


def _room(one: ScheduledItem) -> str:
    """Return the total float, with the mark of a critical item on a line of its own."""
    if one.total_float_days is None:
        return ""
    room = show_room(one.total_float_days)
    return f"{room}\ncritical" if one.critical else room


def _say_path(answer: Schedule, name: str, path: FloatPath | None) -> None:
    if path is None:
        return
    items = answer.plan.index.items
    finishes = {one.id: one.finish for one in answer.items}
    say_wrapped(f"{name} to {items[path.target].name}")
    for step in path.steps:
        if step.link is not None:
            say_wrapped(f"↓ {_link(step)}", indent=6)
        item = items[step.item]
        finish = show_date(finishes[step.item])
        say_wrapped(f"{item.id}  {item.title} ({finish})", indent=2)
    say()


def _link(step: PathStep) -> str:
    words = [step.link or ""]
    if step.lag is not None:
        words.append(step.lag)
    if step.float_days:
        words.append(f"({show_room(step.float_days)})")
    return " ".join(words)
