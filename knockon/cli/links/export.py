"""``knockon links export``: proposals as a table for Excel, with a column for the decision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.errors import FileError
from graphmodel.words import count
from knockon.cli.console import say, say_wrapped
from knockon.cli.links.opening import confidence_option, open_suggested, rule_options
from knockon.cli.options import check_ending, plan_argument, with_option
from knockon.cli.reading import quote_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.plan import Plan
    from loaders.review.proposals import Proposal

__all__ = ["command"]


@click.command("export")
@plan_argument
@click.option("-o", "--output", required=True, metavar="FILE", help="What to write: .xlsx or .csv.")
@click.option("--all", "everything", is_flag=True, help="List what is decided as well.")
@with_option
@confidence_option
@rule_options
def command(
    plan: str,
    *,
    output: str,
    everything: bool,
    registers: tuple[str, ...],
    min_confidence: float,
    without: tuple[str, ...],
    only: tuple[str, ...],
) -> None:
    """Write the proposed links, gates and outside events of PLAN to a table for Excel.

    Suggestions are looked for first. Write accept, reject or reverse under Decision, save, and
    "knockon load PLAN FILE -o plan.json" takes the decisions back.
    """
    from loaders.formats import find_format  # noqa: PLC0415 - heavy
    from loaders.writers.reviewfile import ENDINGS, write_review  # noqa: PLC0415

    check_ending(output, [*reversed(ENDINGS)])
    _spare(output, (plan, *registers))
    with open_suggested(plan, registers, without=without, only=only) as found:
        rows = _choose(found.plan, min_confidence, everything=everything)
        if not rows:
            say("Nothing is proposed, so nothing is written.")
            return
        told = write_review(found.plan, output, rows)
        say(f"{count(len(rows), 'row')} written: {output}")
        for sentence in told:
            say_wrapped(sentence)
        names = " ".join(map(quote_file, (plan, *registers, output)))
        kept = quote_file(plan) if find_format(plan) == "plan" else "plan.json"
        say(f"Fill in Decision, then:  knockon load {names} -o {kept}")


def _choose(plan: Plan, min_confidence: float, *, everything: bool) -> list[Proposal]:
    """Return what is listed: proposals by falling confidence, with the events they hang on."""
    from loaders.review.proposals import list_all, list_open  # noqa: PLC0415 - heavy

    chosen = list_open(plan, min_confidence=min_confidence)
    if everything:
        chosen += [one for one in list_all(plan) if one not in set(chosen)]
    return chosen


def _spare(output: str, inputs: Iterable[str]) -> None:
    """Refuse to write over what the plan is read from, or over decisions of people.

    Raises
    ------
    FileError
        The file is one of these.
    """
    from knockon.cli.links.desk import count_decisions  # noqa: PLC0415 - heavy

    path = Path(output)
    if any(Path(one).resolve() == path.resolve() for one in inputs):
        raise FileError(f'"{output}" is what the plan is read from: give the export another name.')
    made = count_decisions(path) if path.is_file() else 0
    if made:
        raise FileError(
            f'"{output}" holds {count(made, "decision")}: load it with the plan first, or give the '
            "export another name."
        )
