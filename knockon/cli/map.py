"""``knockon map``: the dependency map as one page that opens without the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphmodel.files import write_text
from knockon.cli.console import say
from knockon.cli.options import as_of_option, check_ending, link_options, plan_argument, with_option
from knockon.cli.pages import make_map
from knockon.cli.reading import open_plan

if TYPE_CHECKING:
    from graphmodel.selection import LinkUse

__all__ = ["command"]


@click.command("map")
@plan_argument
@with_option
@as_of_option
@link_options
@click.option("-o", "--output", required=True, metavar="map.html", help="Write the map here.")
@click.option("--title", help="Heading of the page.")
def command(
    plan: str,
    registers: tuple[str, ...],
    as_of: str | None,
    links: LinkUse,
    min_confidence: float,
    output: str,
    title: str | None,
) -> None:
    """Write an interactive map of the dependencies in PLAN.

    One HTML file that needs no internet.
    """
    check_ending(output, [".html", ".htm"])
    with open_plan(plan, registers, as_of=as_of, links=links) as opened:
        page = make_map(opened, title=title, links=links, min_confidence=min_confidence)
        write_text(output, page)
        say(f"Written: {output}")
