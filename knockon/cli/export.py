"""``knockon export``: a plan for Excel, MS Project, a graph program or another knockon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from knockon.cli.console import say, say_wrapped
from knockon.cli.options import plan_argument, with_option
from knockon.cli.reading import open_plan

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.plan import Plan

__all__ = ["command"]


@click.command("export")
@plan_argument
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="What to write: .csv, .xlsx, .graphml, .xml (MS Project) or .json.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "graphml", "mspdi", "json"]),
    help="The kind of file, where its ending does not say.",
)
@with_option
def command(plan: str, registers: tuple[str, ...], output: str, form: str | None) -> None:
    """Write PLAN for Excel, MS Project or a graph program.

    Says what the file cannot carry. Everything it writes loads with "knockon load".
    """
    from loaders.writers.export import export_plan, find_form  # noqa: PLC0415 - heavy

    chosen = form or find_form(output)  # before any work is done
    with open_plan(plan, registers) as opened:
        shown = _shown(opened) if chosen == "mspdi" else None
        inputs = (plan, *registers)
        lost = export_plan(opened, output, form=chosen, inputs=inputs, shown=shown)
    say(f"Written: {output}")
    for sentence in lost:
        say_wrapped(sentence)


def _shown(plan: Plan) -> dict[str, tuple[date | None, date | None]]:
    """Return start and finish of each item, as the schedule shows them."""
    from simulations.schedule import schedule  # noqa: PLC0415 - heavy

    return {row.id: (row.start, row.finish) for row in schedule(plan).items}
