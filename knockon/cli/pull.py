"""``knockon pull``: a version of a plan out of a store, as a plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphmodel.errors import StoreError
from knockon.cli.console import say, say_wrapped
from knockon.cli.options import check_ending
from knockon.cli.stores import opened, store_option, tell_size, tell_when

if TYPE_CHECKING:
    from graphmodel.stores.store import Store

__all__ = ["command"]


@click.command("pull")
@click.argument("plan", metavar="PLAN_ID")
@store_option
@click.option(
    "--version",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    help="The version; the newest without it.",
)
@click.option("--scenario", metavar="NAME", help="The scenario of this name instead of the plan.")
@click.option("-o", "--output", required=True, metavar="plan.json", help="The file to write.")
def command(
    plan: str, store: str | None, number: int | None, scenario: str | None, output: str
) -> None:
    """Write a plan out of a store to a plan file.

    "knockon versions" lists what there is. Other commands read a version where it is:
    store:PLAN_ID is the newest of the store in use, store:PLAN_ID@3 the third.
    """
    if scenario is not None and number is not None:
        raise click.UsageError("A scenario has no versions: leave --version or --scenario out.")
    check_ending(output, [".json"])
    with opened(store) as kept:
        if scenario is None:
            _write_version(kept, plan, number, output)
        else:
            _write_scenario(kept, plan, scenario, output)
    say(f"Written: {output}")


def _write_version(kept: Store, plan: str, number: int | None, output: str) -> None:
    from graphmodel.planfile import write_plan  # noqa: PLC0415 - heavy

    # Of the list first: whoever saves in between does not change what is said of the file.
    numbers = [one.number for one in kept.versions(plan)]
    chosen = numbers[-1] if number is None and numbers else number
    write_plan(kept.load(plan, chosen), output)
    said = next(one for one in kept.versions(plan) if one.number == chosen)
    note = f": {said.note}" if said.note else "."
    say_wrapped(f"{plan}, version {said.number} ({tell_size(said)}), {tell_when(said)}{note}")


def _write_scenario(kept: Store, plan: str, name: str, output: str) -> None:
    from graphmodel.files import write_text  # noqa: PLC0415 - heavy
    from graphmodel.planfile import dump_scenario  # noqa: PLC0415

    held = {one.scenario.name: one for one in kept.scenarios(plan)}
    if name not in held:
        names = ", ".join(f'"{one}"' for one in held)
        hint = f"it has {names}." if held else "it has none."
        raise StoreError(f'"{plan}" has no scenario "{name}" in the store: {hint}')
    write_text(output, dump_scenario(held[name].scenario))
    say_wrapped(f"Scenario “{name}” of {plan}, {tell_when(held[name])}.")
