"""``knockon load``: from papers, spreadsheets, schedules, … to one plan, with its problems."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from graphmodel.problems import SEVERITIES
from graphmodel.words import count
from knockon.cli.console import say, say_json, say_wrapped
from knockon.cli.options import check_ending, json_option
from knockon.cli.overviews import say_counts
from knockon.cli.progress import show_progress
from knockon.cli.stores import fetch_stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.problems import Problem

__all__ = ["NOUNS", "command", "say_problems", "tally"]

_INDENT: Final = 4
#: What each severity is called.
NOUNS: Final = {"error": "error", "warning": "warning", "info": "remark"}


def _read_mapping(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for pair in pairs:
        column, sign, field = pair.rpartition("=")
        if not (sign and column.strip() and field.strip()):
            raise click.BadParameter(
                f"\"{pair}\" is not a column and a field: write 'Column=field'."
            )
        mapping[column.strip()] = field.strip()
    return mapping


@click.command("load")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", metavar="plan.json", help="Write the plan to this file.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=FIELD",
    callback=_read_mapping,
    help="Say what a column of a spreadsheet holds, such as 'Our doing=action'; may be repeated.",
)
@json_option
def command(
    files: tuple[str, ...], output: str | None, mapping: dict[str, str], *, as_json: bool
) -> None:
    """Read papers, spreadsheets and schedules into one plan.

    FILEs may be any mix of: papers (text, Word, PDF, HTML, Markdown), spreadsheets of actions,
    registers and status returns (CSV, XLSX), schedules (MS Project, Primavera) and plan files. The
    next version of a plan keeps its ids and decisions; different plans become a portfolio. Prints
    what was found and every problem with its place; with -o writes the plan.
    """
    from graphmodel.planfile import write_plan  # noqa: PLC0415 - heavy
    from knockon.payloads import pack_loaded  # noqa: PLC0415
    from loaders.load import load  # noqa: PLC0415
    from loaders.watching import listening  # noqa: PLC0415
    from queries.overview import survey  # noqa: PLC0415

    check_ending(output, [".json"])
    with fetch_stored(files) as fetched, show_progress() as tell, listening(tell):
        loaded = load(fetched, mapping=mapping)
    overview = survey(loaded.plan)
    if output is not None:
        write_plan(loaded.plan, output)
    if as_json:
        say_json(pack_loaded(loaded, overview))
        return
    say_counts(overview)
    for note in loaded.notes:
        say_wrapped(note)
    if output is None:
        if not loaded.problems:
            say("No problems found.")
        say_problems(loaded.problems)
    else:
        if loaded.problems:
            say(f"{tally(loaded.problems)}: the same command without -o lists them.")
        say(f"Written: {output}")


def say_problems(
    problems: Sequence[Problem], noun: str = "problem", *, most: int | None = None
) -> None:
    """Print problems worst first, under a heading for each code, each with its place.

    Of each code no more than ``most`` are printed, if that is given, and how many more there are.
    """
    if not problems:
        return
    say()
    say(f"{tally(problems, noun)}:")
    ordered = sorted(problems, key=lambda one: (SEVERITIES.index(one.severity), one.code))
    for (severity, code), group in groupby(ordered, key=lambda one: (one.severity, one.code)):
        same = list(group)
        say()
        say(f"  {NOUNS[severity]}: {code} ({len(same):,})")
        for problem in same[:most]:
            say_wrapped(str(problem), indent=_INDENT)
        if most is not None and len(same) > most:
            say_wrapped(f"and {len(same) - most:,} more like these", indent=_INDENT)


def tally(problems: Sequence[Problem], noun: str = "problem") -> str:
    """Return ``12 problems (2 errors, 10 warnings)``."""
    found = {name: sum(one.severity == name for one in problems) for name in SEVERITIES}
    parts = [count(number, NOUNS[name]) for name, number in found.items() if number]
    return f"{count(len(problems), noun)} ({', '.join(parts)})"
