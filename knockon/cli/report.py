"""``knockon report``: the board's paper, as a page, a Word document, a workbook or a PDF."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from knockon.cli.console import complain, say
from knockon.cli.options import as_of_option, check_ending, link_options, plan_argument, with_option
from knockon.cli.progress import show_progress
from knockon.cli.reading import open_plan

if TYPE_CHECKING:
    from graphmodel.selection import LinkUse

__all__ = ["command"]


@click.command("report")
@plan_argument
@with_option
@as_of_option
@click.option("--since", metavar="OLD", help="The plan as it was: tell what changed since then.")
@click.option("--scenario", metavar="FILE", help="A scenario file: tell what the change would do.")
@link_options
@click.option(
    "--roles-only/--names",
    default=True,
    show_default="--roles-only",
    help="Leave out the names of elected members, or keep them.",
)
@click.option(
    "--iterations",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    metavar="N",
    help="How often the plan is run to tell how likely its dates are.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, metavar="S",
    help="The same seed gives the same numbers.",
)  # fmt: skip
@click.option("--no-risk", is_flag=True, help="Leave out how likely the dates are.")
@click.option("--title", help="Heading of the report.")
@click.option("--report-of", metavar="WHO", help="Whose report it is (else the organisation's).")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="Write it here: report.html, .docx, .xlsx or .pdf.",
)
def command(  # noqa: PLR0913 - one for each option
    plan: str,
    *,
    registers: tuple[str, ...],
    as_of: str | None,
    since: str | None,
    scenario: str | None,
    links: LinkUse,
    min_confidence: float,
    title: str | None,
    report_of: str | None,
    output: str,
    roles_only: bool,
    iterations: int,
    seed: int,
    no_risk: bool,
) -> None:
    """Write a report on PLAN that a board can read.

    What is late, what moves what, who is under most strain, decisions and their cliffs, the load
    of each month, how likely the dates are, and how sound the plan is. Registers given by --with
    are added to OLD too.
    """
    from graphmodel.planfile import read_scenario  # noqa: PLC0415 - heavy
    from knockon.reporting import ENDINGS, report, write_report  # noqa: PLC0415
    from loaders.writers.export import spare_inputs  # noqa: PLC0415

    check_ending(output, ENDINGS)
    named = [one for one in (since, scenario) if one is not None]
    spare_inputs(output, [plan, *registers, *named])
    change = None if scenario is None else read_scenario(scenario)
    with ExitStack() as stack:
        opened = stack.enter_context(open_plan(plan, registers, as_of=as_of, links=links))
        before = None
        if since is not None:
            before = stack.enter_context(open_plan(since, registers, links=links))
        with show_progress() as progress:
            paper = report(
                opened,
                since=before,
                scenario=change,
                links=links,
                min_confidence=min_confidence,
                names=not roles_only,
                title=title,
                report_of=report_of,
                progress=progress,
                iterations=0 if no_risk else iterations,
                seed=seed,
            )
        told = write_report(paper, output)
        say(f"Written: {output}")
        for sentence in told:
            complain(sentence)
