"""``knockon schedule``: dates, room to slip, and the critical path."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import click

from graphmodel.words import count
from knockon.cli.console import say, say_long_json, say_table, say_wrapped
from knockon.cli.load import say_problems
from knockon.cli.options import (
    as_of_option,
    gaps_option,
    json_option,
    link_options,
    plan_argument,
    with_option,
)
from knockon.cli.reading import open_plan, watch_reading
from viz.words import show_date, show_room

if TYPE_CHECKING:
    from simulations.results import FloatPath, PathStep, RankedPath, Schedule, ScheduledItem
    from simulations.rows import Rows

__all__ = ["command"]

#: Of a very large plan: rows of the table, steps at either end of a path, findings of a kind.
_ROWS: Final = 20
_STEPS: Final = 10
_FINDINGS: Final = 10
#: A day of room more than any plan has (1900 to 2200).
_MOST_DAYS: Final = 110_000


def _check_days(_: click.Context, __: click.Parameter, days: float) -> float:
    if not isfinite(days):
        raise click.BadParameter("it is not a number of days, such as 2 or 0.5.")
    return days


@click.command("schedule")
@plan_argument
@click.option("--to", metavar="ID", help="Show the critical path to this item.")
@click.option(
    "--paths",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="List this many chains to it, those with the least room first.",
)
@click.option(
    "--threshold",
    "threshold_days",
    type=click.FloatRange(0, _MOST_DAYS),
    default=0,
    callback=_check_days,
    metavar="DAYS",
    help="Call critical what has at most this much room, in days of its calendar.",
)
@with_option
@as_of_option
@gaps_option
@link_options
@json_option
def command(
    plan: str, registers: tuple[str, ...], as_of: str | None, *, as_json: bool, **asked: Any
) -> None:
    """Compute dates, room to slip and the critical path of PLAN."""
    from knockon.payloads import stream_schedule  # noqa: PLC0415 - heavy
    from simulations.schedule import schedule  # noqa: PLC0415

    in_file = asked["links"] == "accepted"  # proposed ones are tried one by one
    with open_plan(plan, registers, as_of=as_of, in_file=in_file, links=asked["links"]) as opened:
        with watch_reading(opened):
            answer = schedule(opened, **asked)
        if as_json:
            say_long_json(stream_schedule(answer))
        else:
            _say_schedule(answer)


def _rows(answer: Schedule) -> Rows | None:
    """Return the rows of a plan so large that they are made when asked for; None for any other."""
    from simulations.rows import Rows  # noqa: PLC0415 - heavy

    return answer.items if isinstance(answer.items, Rows) else None


def _say_schedule(answer: Schedule) -> None:
    used = answer.links_used
    rests = [count(used.accepted, "accepted link")]
    if used.proposed:
        least = f" of confidence {answer.min_confidence:g} or more" if answer.min_confidence else ""
        rests.append(count(used.proposed, "proposed link") + least)
    finish = "has no date at all"
    if answer.finish is not None:
        finish = f"finishes on {show_date(answer.finish)}"
    say_wrapped(
        f"The plan {finish}; {' and '.join(rests)}, gaps read as {answer.gaps}. {_criteria(answer)}"
    )
    say()
    _say_items(answer)
    _say_path(answer, "Critical path", answer.critical_path)
    if answer.buffered_path != answer.critical_path:
        _say_path(answer, "Longest path over the least room", answer.buffered_path)
    if answer.float_paths:
        _say_paths(answer)
    say_problems(answer.findings, "finding", most=None if _rows(answer) is None else _FINDINGS)


def _say_items(answer: Schedule) -> None:
    """Print a table of all items; of a very large plan the first that are critical."""
    title, shown, long = "Items", answer.items, _rows(answer)
    if long is not None:
        critical = list(long.critical())
        shown = [long[number] for number in critical[:_ROWS]]
        title = (
            f"The first {len(shown)} of {count(len(critical), 'critical item')}; --json prints all "
            f"{len(long):,} items"
        )
    rows = [
        (f"{one.id}  {one.title}", show_date(one.start, missing=""),
         show_date(one.finish, missing="no date"), _room(answer, one))
        for one in shown
    ]  # fmt: skip
    say_table(title, ("Item", "Start", "Finish", "Room"), rows)


def _criteria(answer: Schedule) -> str:
    """Say what "critical" means here, what the other notion is, and in which days room is told."""
    if answer.critical_by == "longest_path":
        means = "Critical is what lies on the longest path, which sets the plan's finish."
    else:
        most = "no" if not answer.threshold_days else f"at most {answer.threshold_days:g} days of"
        means = (
            f"Critical is what has {most} room (total float); the longest path is what sets the "
            "plan's finish."
        )
    plan = answer.plan
    if plan.calendar is None and not _names_calendar(answer):
        return means
    return f"{means} Room is in working days where a calendar counts the work."


def _names_calendar(answer: Schedule) -> bool:
    """Return whether any item names a calendar; a very large plan is not read for it once more."""
    return _rows(answer) is not None or any(one.calendar for one in answer.plan.items)


def _room(answer: Schedule, one: ScheduledItem) -> str:
    """Return the total float, with what marks a critical item on a line of its own."""
    marks = ["critical"] if one.critical else []
    if one.on_longest_path and answer.critical_by != "longest_path":
        marks.append("longest path")
    room = "" if one.total_float_days is None else show_room(one.total_float_days)
    return "\n".join(filter(None, (room, ", ".join(marks))))


def _say_paths(answer: Schedule) -> None:
    """Print float paths as a table: each chain with what it hangs on in brackets."""
    first = answer.float_paths[0]
    target = first.items[-1]
    name = answer.plan.index.items[target].name
    rows = [(f"{one.number}  {_chain(one)}", show_room(one.float_days), _joined(one))
            for one in answer.float_paths]  # fmt: skip
    say_table(
        f"Float paths to {name}, least room first (in brackets: on a path before)",
        ("Path", "Room", "Joins by"),
        rows,
    )


def _chain(path: RankedPath) -> str:
    before = () if path.after is None else (f"({path.after})",)
    after = () if path.joins is None else (f"({path.joins.item})",)
    return " → ".join((*before, *path.items, *after))


def _joined(path: RankedPath) -> str:
    if path.joins is None:
        return ""
    words = [path.joins.link or ""]
    if path.joins.lag is not None:
        words.append(path.joins.lag)
    return " ".join(words)


def _say_path(answer: Schedule, name: str, path: FloatPath | None) -> None:
    if path is None:
        return
    say_wrapped(f"{name} to {answer.plan.index.items[path.target].name}")
    left_out = len(path.steps) - 2 * _STEPS if _rows(answer) is not None else 0
    for number, step in enumerate(path.steps):
        if _STEPS <= number < _STEPS + left_out:
            if number == _STEPS:
                say_wrapped(f"… {count(left_out, 'item')} between", indent=6)
            continue
        if step.link is not None:
            say_wrapped(f"↓ {_link(step)}", indent=6)
        item = answer.items[answer.plan.index.position[step.item]]
        say_wrapped(f"{item.id}  {item.title} ({show_date(item.finish)})", indent=2)
    say()


def _link(step: PathStep) -> str:
    words = [step.link or ""]
    if step.lag is not None:
        words.append(step.lag)
    if step.float_days:
        words.append(f"({show_room(step.float_days)})")
    return " ".join(words)
