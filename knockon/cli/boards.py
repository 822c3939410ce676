"""``knockon boards``: what boards decide when, what a slip costs there, who sees a change first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from graphmodel.words import count
from knockon.cli.boards_tables import say_review
from knockon.cli.changes import build_scenario, change_options
from knockon.cli.console import say, say_json
from knockon.cli.options import (
    as_of_option,
    check_ending,
    json_option,
    link_options,
    plan_argument,
    with_option,
)
from knockon.cli.reading import open_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.selection import LinkUse
    from loaders.writers.calendar import Written

__all__ = ["command"]


@click.command("boards")
@plan_argument
@with_option
@as_of_option
@click.option("--board", metavar="ID", help="Ask about this board only, by its id or title.")
@change_options
@link_options
@click.option("--all", "include_all", is_flag=True, help="List meetings with nothing on them too.")
@click.option("--ics", metavar="FILE.ics", help="Write the meetings as a calendar.")
@json_option
def command(  # noqa: PLR0913 - one for each option
    plan: str,
    registers: tuple[str, ...],
    as_of: str | None,
    board: str | None,
    links: LinkUse,
    min_confidence: float,
    ics: str | None,
    *,
    include_all: bool,
    as_json: bool,
    **flags: Any,
) -> None:
    """Say what boards decide when, and what a slip costs there.

    For each decision: the meeting, when its papers are due, and its cliff, the least slip that
    misses the meeting and the days until the next one. With a change (as in whatif): which board
    sees it first, and which decisions move. A calendar (.ics) of meetings beside the plan is read
    as --with FILE.ics.
    """
    from knockon.calendars import write_calendar  # noqa: PLC0415 - heavy
    from knockon.payloads import pack_boards  # noqa: PLC0415
    from loaders.writers.export import spare_inputs  # noqa: PLC0415
    from queries.boards import review_boards  # noqa: PLC0415
    from simulations.whatif import prepare  # noqa: PLC0415

    check_ending(ics, [".ics"])
    with open_plan(plan, registers, as_of=as_of, links=links) as opened:
        prepared = prepare(opened, links, min_confidence)
        review = review_boards(prepared, _scenario(opened, flags), board=board)
        written = None
        if ics is not None:
            spare_inputs(ics, [plan, *registers])
            written = write_calendar(review, ics)
        if as_json:
            say_json(pack_boards(review))
            return
        say_review(review, include_all=include_all)
        if written is not None:
            _say_written(ics, written)


def _say_written(path: str | None, written: Written) -> None:
    say(f"Written: {path}")
    held = f"{count(written.meetings, 'meeting')} and {count(written.papers, 'day')} on which"
    say(f"It holds {held} papers are due." if written.meetings else "No meeting is known.")


def _scenario(plan: Plan, flags: Mapping[str, Any]) -> Scenario | None:
    """Return the change that is asked about, None where there is none."""
    scenario = build_scenario(plan, flags)
    return scenario if scenario.changes or flags["scenario"] is not None else None
