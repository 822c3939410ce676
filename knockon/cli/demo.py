"""``knockon demo``: from a paper to the answer and its pages, in one command."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from graphmodel.errors import FileError
from graphmodel.files import write_text
from knockon.cli.answers import say_answer
from knockon.cli.changes import parse_slip
from knockon.cli.console import say
from knockon.cli.overviews import say_counts
from knockon.cli.pages import make_map, make_report
from knockon.cli.reading import note_problems

__all__ = ["command"]

#: The consultation on the new operating model for adult social care, two months late.
_SLIP: Final = "SI1.1.3.7=2m"


@click.command("demo")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--slip", default=_SLIP, show_default=True, metavar="ID=SPAN", help="What slips.")
@click.option(
    "-o", "--output", default="demo", show_default=True, metavar="DIR", help="Folder for the pages."
)
def command(files: tuple[str, ...], slip: str, output: str) -> None:
    """Load a plan, slip one item, write the answer as pages.

    Prints the answer, and writes plan.json, map.html and report.html into DIR.
    FILEs are those of `load`; without any, the example plan that comes with knockon.
    """
    from graphmodel.planfile import dump_plan  # noqa: PLC0415 - heavy
    from graphmodel.scenario import Scenario  # noqa: PLC0415
    from knockon.examples import example_files  # noqa: PLC0415
    from loaders.load import load  # noqa: PLC0415
    from queries.overview import survey  # noqa: PLC0415
    from simulations.whatif import what_if  # noqa: PLC0415

    paths = files or tuple(map(str, example_files()))
    loaded = load(paths)
    plan = loaded.plan
    answer = what_if(plan, Scenario(changes=(parse_slip(plan, slip),)))
    files_to_write = {
        "plan.json": dump_plan(plan),
        "map.html": make_map(plan),
        "report.html": make_report(answer),
    }
    folder = _make_folder(output)
    say_answer(answer)
    say_counts(survey(plan))
    say()
    for name, content in files_to_write.items():
        write_text(folder / name, content)
        say(f"Written: {folder / name}")
    note_problems(paths, loaded.problems)


def _make_folder(output: str) -> Path:
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError(
            f'The folder "{folder}" cannot be made: {reason}. Name another with -o.'
        ) from None
    return folder
