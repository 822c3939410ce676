"""``knockon template``: a workbook to fill in, empty or with what a plan knows already."""

from __future__ import annotations

import click

from knockon.cli.console import say_wrapped
from knockon.cli.options import check_ending
from knockon.cli.reading import open_plan

__all__ = ["command"]


@click.command("template")
@click.argument("output", metavar="FILE.xlsx")
@click.option(
    "--plan",
    metavar="PLAN",
    help="Fill the sheets with what this plan holds; without it they show a small example.",
)
def command(output: str, plan: str | None) -> None:
    """Write a workbook to fill in, FILE.xlsx.

    It has sheets for items, links, gates, meetings, officers, risks and more, with guidance,
    lists to choose from, and rows as an example. What is filled in loads with "knockon load".
    """
    from loaders.template import write_template  # noqa: PLC0415 - heavy

    check_ending(output, [".xlsx"])
    if plan is None:
        notes = write_template(output)
    else:
        with open_plan(plan) as opened:
            notes = write_template(output, opened)
    for note in notes:
        say_wrapped(note)
