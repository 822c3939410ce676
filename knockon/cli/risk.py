"""``knockon risk``: how likely, how late, what drives it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from knockon.cli.console import complain, say, say_json
from knockon.cli.options import (
    as_of_option,
    check_ending,
    gaps_option,
    json_option,
    link_options,
    plan_argument,
    with_option,
)
from knockon.cli.progress import show_progress
from knockon.cli.quicklook import say_quick_look
from knockon.cli.reading import open_plan
from knockon.cli.risktext import say_risk

if TYPE_CHECKING:
    from queries.odds import Odds
    from simulations.risk.running import Runner

__all__ = ["command"]


@click.command("risk")
@plan_argument
@click.option(
    "--iterations", type=int, default=10_000, show_default=True, metavar="N",
    help="How often the plan is run.",
)  # fmt: skip
@click.option(
    "--seed", type=int, default=1, show_default=True, metavar="S",
    help="The same seed gives the same numbers.",
)  # fmt: skip
@click.option(
    "--target", "targets", multiple=True, metavar="ID",
    help="What to tell the odds of, the main one first; may be repeated.",
)  # fmt: skip
@click.option(
    "--until", "until_days", type=float, metavar="DAYS",
    help="Stop as soon as the main percentile is known to so many days either way.",
)  # fmt: skip
@click.option(
    "--sampling", type=click.Choice(["random", "latin"]), default="random", show_default=True,
    help="Sample at random, or by a Latin hypercube.",
)  # fmt: skip
@click.option(
    "--reference", metavar="NAME",
    help="Reference class for what the plan is silent about: a name, a .json file, or none.",
)  # fmt: skip
@click.option(
    "--act", type=click.IntRange(0, 10), default=3, show_default=True, metavar="K",
    help="The K best places to act.",
)  # fmt: skip
@click.option(
    "--percentile", type=click.IntRange(1, 99), default=80, show_default=True, metavar="P",
    help="In how many of 100 runs a date is to be kept: costs, acts and cures are about it.",
)  # fmt: skip
@click.option(
    "--quick", is_flag=True,
    help="Bounds of the odds at once, without iterations.",
)  # fmt: skip
@click.option(
    "--recover", is_flag=True,
    help="Say what would bring back each target that is late at the percentile.",
)  # fmt: skip
@click.option("--workers", type=int, default=1, metavar="N", help="Run in so many processes.")
@click.option("--dask", "address", metavar="ADDRESS", help="Run on the Dask cluster at ADDRESS.")
@with_option
@as_of_option
@gaps_option
@link_options
@json_option
@click.option("--title", help="Heading of what is written.")
@click.option(
    "-o", "--output", metavar="FILE",
    help="Write it too: risk.html, .docx, .xlsx, .pdf or .json.",
)  # fmt: skip
def command(  # noqa: PLR0913 - one for each option
    plan: str,
    *,
    registers: tuple[str, ...],
    as_of: str | None,
    reference: str | None,
    targets: tuple[str, ...],
    workers: int,
    address: str | None,
    title: str | None,
    output: str | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Say how likely PLAN is to be on time, and what drives it.

    The plan is run many times, each time with other delays: those that the plan states, its risks,
    and, where it states none, the slippage that tracked plans showed.
    """
    from knockon.payloads import pack_risk  # noqa: PLC0415 - heavy
    from knockon.reporting import ENDINGS  # noqa: PLC0415
    from loaders.writers.export import spare_inputs  # noqa: PLC0415
    from queries.odds import ask_odds, find_speaker  # noqa: PLC0415

    if output is not None:
        if asked["quick"]:
            raise click.UsageError(
                "--quick gives bounds on the terminal or as --json: leave out -o."
            )
        check_ending(output, (*ENDINGS, ".json"))
        spare_inputs(output, [plan, *registers])
    with open_plan(plan, registers, as_of=as_of, links=asked["links"]) as opened:
        if asked.pop("quick"):
            say_quick_look(
                *find_speaker(opened, reference), targets or None, asked, as_json=as_json
            )
            return
        with show_progress() as progress:
            odds = ask_odds(
                opened,
                reference=reference,
                targets=targets or None,
                workers=workers,
                runner=_runner(workers, address),
                progress=progress,
                **asked,
            )
        if output is not None:
            _write(odds, output, title, named=bool(targets))
        if as_json:
            say_json(pack_risk(odds.result, odds.reference))
        else:
            say_risk(odds.result, odds.reference)
            if output is not None:
                say(f"Written: {output}")


def _write(odds: Odds, output: str, title: str | None, *, named: bool) -> None:
    """Write the odds in the form that the ending of the file says."""
    from graphmodel.files import write_text  # noqa: PLC0415 - heavy
    from knockon.payloads import pack_risk  # noqa: PLC0415
    from knockon.reporting import write_report  # noqa: PLC0415
    from viz.paper.odds import lay_out_risk  # noqa: PLC0415

    if output.lower().endswith(".json"):
        packed = pack_risk(odds.result, odds.reference)
        write_text(output, f"{json.dumps(packed, ensure_ascii=False, indent=1)}\n")
        return
    for sentence in write_report(lay_out_risk(odds, title=title, named=named), output):
        complain(sentence)


def _runner(workers: int, address: str | None) -> Runner | None:
    """Return what runs iterations elsewhere than in this process, where that is asked for."""
    from simulations.risk.farms import dask, processes  # noqa: PLC0415 - heavy

    if address is not None:
        return dask(address)
    return processes(workers) if workers > 1 else None
