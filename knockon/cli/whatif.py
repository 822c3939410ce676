"""``knockon whatif``: what a set of changes knocks on to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from graphmodel.files import write_text
from graphmodel.words import count
from knockon.cli.answers import say_answer
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
from knockon.cli.pages import make_report
from knockon.cli.reading import open_plan
from knockon.cli.recovery import find_recovery, recovery_options, say_recovery, write_cures

if TYPE_CHECKING:
    from graphmodel.selection import LinkUse
    from simulations.recovery.results import Recovery
    from simulations.results import WhatIf

__all__ = ["command"]


@click.command("whatif")
@plan_argument
@with_option
@as_of_option
@change_options
@link_options
@recovery_options
@click.option("--all", "include_all", is_flag=True, help="List every dated item, moved or not.")
@json_option
@click.option("-o", "--output", metavar="report.html", help="Write the answer as a page.")
def command(
    plan: str,
    registers: tuple[str, ...],
    as_of: str | None,
    links: LinkUse,
    min_confidence: float,
    output: str | None,
    *,
    include_all: bool,
    as_json: bool,
    **flags: Any,
) -> None:
    """Say what a slip or another change in PLAN knocks on to.

    Everything is computed twice, with the gaps between dates as spare time and as work. A span is
    written like 2m, 8w, 10d or "2 months"; every flag for a change may be repeated.

    The answer rests on accepted links. It says too what would be otherwise if the proposed ones of
    confidence 0.8 or more (--min-confidence) were true.
    """
    from knockon.payloads import pack_whatif  # noqa: PLC0415 - heavy
    from simulations.proposed import LIKELY  # noqa: PLC0415
    from simulations.whatif import prepare, what_if  # noqa: PLC0415

    check_ending(output, [".html", ".htm"])
    check_ending(flags["save_cures"], [".json"])
    asked = click.get_current_context().get_parameter_source("min_confidence")
    is_told = asked is not None and asked.name != "DEFAULT"
    with open_plan(plan, registers, as_of=as_of, links=links) as opened:
        scenario = build_scenario(opened, flags)
        baseline = prepare(opened, links, min_confidence)
        found = what_if(
            baseline,
            scenario,
            include_all=include_all,
            if_proposed=min_confidence if is_told else LIKELY,
        )
        recovery = find_recovery(baseline, scenario, flags)
        if output is not None:
            page = make_report(found, recovery=recovery, links=links, min_confidence=min_confidence)
            write_text(output, page)
        if recovery is not None and flags["save_cures"] is not None:
            write_cures(recovery, flags["save_cures"])
        if as_json:
            say_json(pack_whatif(found, recovery))
        else:
            _say_all(found, recovery, output)


def _say_all(answer: WhatIf, recovery: Recovery | None, output: str | None) -> None:
    say_answer(answer)
    if recovery is not None:
        say_recovery(recovery)
    if answer.findings:
        them = "it" if len(answer.findings) == 1 else "them"
        found = count(len(answer.findings), "finding")
        say(f"{found} on the dates: knockon schedule lists {them}.")
    if not answer.scenario.changes:
        say("Say what changes, for example  --slip ID=2m")
    elif output is not None:
        say(f"Written: {output}")
    else:
        if recovery is None and (answer.summary.newly_late or answer.summary.newly_late_if_work):
            say("What would stop it: add  --recover")
        say("The same as a page with chart and map: add  -o report.html")
