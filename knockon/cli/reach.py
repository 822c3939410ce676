"""``knockon reach``: which slips hurt most, each item or each officer's items in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import click

from graphmodel.words import count, join_words
from knockon.cli.console import say, say_json, say_table, say_wrapped
from knockon.cli.options import (
    as_of_option,
    json_option,
    link_options,
    plan_argument,
    with_option,
)
from knockon.cli.progress import show_progress
from knockon.cli.reading import open_plan
from knockon.cli.roles import role_option
from viz.words import shorten, show_range

if TYPE_CHECKING:
    from graphmodel.people import Role
    from graphmodel.selection import LinkUse
    from simulations.batch import Effect, Reach
    from simulations.results import Threshold

__all__ = ["command"]

#: Rows of the table, unless all are asked for.
_ROWS: Final = 20
#: Characters of a title that the table shows.
_TITLE: Final = 120


@click.command("reach")
@plan_argument
@click.option("--by", default="1m", show_default=True, metavar="SPAN", help="How far each slips.")
@click.option(
    "--of",
    type=click.Choice(["items", "officers"]),
    default="items",
    show_default=True,
    help="Slip each item, or everything unfinished of each officer.",
)
@click.option("--items", multiple=True, metavar="ID", help="Slip this item only; may be repeated.")
@role_option()
@with_option
@as_of_option
@link_options
@click.option("--all", "include_all", is_flag=True, help=f"List all, not only the first {_ROWS}.")
@json_option
def command(  # noqa: PLR0913 - one for each option
    plan: str,
    *,
    by: str,
    of: Literal["items", "officers"],
    items: tuple[str, ...],
    roles: tuple[Role, ...],
    registers: tuple[str, ...],
    as_of: str | None,
    links: LinkUse,
    min_confidence: float,
    include_all: bool,
    as_json: bool,
) -> None:
    """Slip everything in PLAN in turn and say which slip hurts most.

    For each item, or each officer's items: how many others move, how many become newly late, by
    how many days in all, and the least slip that makes something else late. All this twice, with
    the gaps between dates as spare time and as work.
    """
    from graphmodel.spans import parse_span  # noqa: PLC0415 - heavy
    from knockon.payloads import pack_reach  # noqa: PLC0415
    from simulations.batch import reach  # noqa: PLC0415
    from simulations.whatif import prepare  # noqa: PLC0415

    with (
        open_plan(plan, registers, as_of=as_of, links=links) as opened,
        show_progress() as progress,
    ):
        answer = reach(
            prepare(opened, links, min_confidence),
            parse_span(by, words=True),
            of=of,
            roles=roles,
            items=items or None,
            progress=progress,
        )
    if as_json:
        say_json(pack_reach(answer))
    else:
        _say_reach(answer, len(answer.effects) if include_all else _ROWS)


def _say_reach(answer: Reach, rows: int) -> None:
    if not answer.effects:
        say("Nothing unfinished has a date that could slip.")
        return
    say_wrapped(_headline(answer))
    say()
    listed = answer.effects[:rows]
    heading = "Officer" if answer.of == "officers" else "Item"
    say_table(
        f"What each slip reaches, the greatest effect first ({len(listed)})",
        (heading, "Moves", "Newly late", "Days in all"),
        [_row(effect) for effect in listed],
    )
    left = len(answer.effects) - len(listed)
    if left:
        say(f"{count(left, 'more row')}: add  --all")


def _headline(answer: Reach) -> str:
    effects = answer.effects
    moving = _either(
        sum(one.moved > 0 for one in effects), sum(one.moved_if_work > 0 for one in effects)
    )
    late = _either(
        sum(one.newly_late > 0 for one in effects),
        sum(one.newly_late_if_work > 0 for one in effects),
    )
    if answer.of == "officers":
        roles = join_words([role.replace("_", " ") for role in answer.roles], last="or")
        who = f"everything unfinished of each of {count(len(effects), f'{roles} officer')}"
    else:
        who = f"each of {count(len(effects), 'item')}"
    return (
        f"If {who} slips {answer.by.words} in turn, another one moves at {moving}, and "
        f"something, what they are part of included, is newly late at {late}. "
        f"This rests on {count(answer.links_used.accepted, 'accepted link')}"
        f"{_proposed(answer)}."
    )


def _proposed(answer: Reach) -> str:
    used, least = answer.links_used.proposed, answer.min_confidence
    told = f" and {count(used, 'proposed link')}" if used else ""
    return f"{told} of confidence {least:g} or more" if told and least else told


def _either(spare: int, work: int) -> str:
    """Return how many, with gaps as spare time and, where it differs, as work."""
    slips = count(spare, "slip")
    return slips if spare == work else f"{slips} ({work} if the gaps are work)"


def _row(effect: Effect) -> tuple[str, ...]:
    lines = [f"{effect.id}  {shorten(effect.title, _TITLE)}"]
    if effect.owners:
        lines.append(f"  Owner: {', '.join(effect.owners)}")
    if effect.slipped > 1:
        lines.append(f"  Slips: {count(effect.slipped, 'item')}")
    lines.append(f"  {_breaks(effect.first_newly_late, effect.first_newly_late_if_work)}")
    return (
        "\n".join(lines),
        _span(effect.moved, effect.moved_if_work),
        _span(effect.newly_late, effect.newly_late_if_work),
        show_range(effect.total_knock_on_days, effect.total_knock_on_if_work_days),
    )


def _span(spare: int, work: int) -> str:
    low, high = sorted((spare, work))
    return str(low) if low == high else f"{low} to {high}"


def _breaks(spare: Threshold | None, work: Threshold | None) -> str:
    """Return at which slip something else is first newly late, and what."""
    if spare is None and work is None:
        return "Makes nothing else late"
    if spare == work:
        return f"Breaks at: {_at(spare)}"
    return f"Breaks at: {_at(spare)}; if the gaps are work, {_at(work)}"


def _at(threshold: Threshold | None) -> str:
    if threshold is None:
        return "nothing"
    return f"{count(threshold.at_days, 'day')} ({threshold.item})"
