"""``knockon show``: the plan at a glance, or everything it says of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from knockon.cli.console import say, say_json, say_table
from knockon.cli.items import say_facts
from knockon.cli.options import json_option, plan_argument, with_option
from knockon.cli.overviews import list_kinds, say_counts
from knockon.cli.reading import open_plan
from viz.words import show_date

if TYPE_CHECKING:
    from queries.overview import Overview

__all__ = ["command"]


@click.command("show")
@plan_argument
@click.argument("item", required=False, metavar="[ID]")
@with_option
@json_option
def command(plan: str, item: str | None, registers: tuple[str, ...], *, as_json: bool) -> None:
    """Show PLAN at a glance, or one item of it in full.

    With ID: dates, owners in every role, links in and out with their reasons, the golden thread
    up to what the plan itself serves, and the source.
    """
    from knockon.payloads import pack_facts, pack_overview  # noqa: PLC0415 - heavy
    from queries.facts import describe  # noqa: PLC0415
    from queries.overview import survey  # noqa: PLC0415
    from queries.thread import follow_thread  # noqa: PLC0415

    with open_plan(plan, registers) as opened:
        if item is not None:
            facts, thread = describe(opened, item), follow_thread(opened, item)
            say_json(pack_facts(facts, thread)) if as_json else say_facts(facts, thread)
        else:
            overview = survey(opened)
            say_json(pack_overview(overview)) if as_json else _say_overview(overview)


def _say_overview(overview: Overview) -> None:
    say_counts(overview)
    say()
    rows = [
        (
            f"{part.item.id}  {part.item.title}\n  {list_kinds(part.below)}".rstrip(),
            show_date(part.start, missing=""),
            show_date(part.finish, missing=""),
        )
        for part in overview.parts
    ]
    say_table("The plan at a glance", ("Part", "From", "To"), rows)
    say("One item in full:  knockon show PLAN ID")
