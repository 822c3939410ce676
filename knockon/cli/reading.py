"""Opening a plan for a command: any format, registers merged in, problems told in one line."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from graphmodel.words import count
from knockon.cli.console import complain
from knockon.cli.progress import show_progress
from knockon.cli.stores import fetch_stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from graphmodel.selection import LinkUse

__all__ = ["note_problems", "open_plan", "quote_file", "watch_reading"]


@contextmanager
def open_plan(
    path: str,
    registers: Sequence[str] = (),
    *,
    as_of: str | None = None,
    in_file: bool = False,
    links: LinkUse = "accepted",
) -> Iterator[Plan]:
    """Give the plan in a file, with these registers merged in, to the commands inside.

    A file may be a plan in a store: ``store:ID`` (`knockon.cli.stores.fetch_stored`).
    ``as_of`` takes the place of the plan's own status date. With ``in_file``, what a very large
    plan file holds may stay in it (`graphmodel.storedplan`). Where proposed ``links`` are wanted, a
    paper or spreadsheet gets the suggestions that a plan file would hold.

    Problems of the files do not stop a question: once it is answered, one line on standard error
    says how to see them.

    Raises
    ------
    KnockonError
        A file cannot be read, or there is no plan in it.
    """
    from graphmodel.moments import parse_moment  # noqa: PLC0415 - heavy
    from loaders.load import load  # noqa: PLC0415
    from loaders.watching import listening  # noqa: PLC0415

    status = None if as_of is None else parse_moment(as_of)
    files = [path, *registers]
    with fetch_stored(files) as fetched:
        with show_progress() as tell, listening(tell):
            loaded = load(fetched, in_file=in_file)
        plan = loaded.plan
        if links == "proposed" and _has_no_suggestions(fetched):
            plan = _suggest(plan)
        yield plan if status is None else plan.as_of_date(status)
    note_problems(files, loaded.problems)


def _has_no_suggestions(files: Sequence[str]) -> bool:
    """Return whether files are papers or spreadsheets only: schedules have links of their own."""
    from loaders.formats import find_format  # noqa: PLC0415 - heavy

    return {find_format(file) for file in files} <= {"paper", "table"}


def _suggest(plan: Plan) -> Plan:
    """Return the plan with suggestions in it, and say so on standard error."""
    from loaders.suggest.suggest import suggest  # noqa: PLC0415 - heavy

    with show_progress() as tell:
        found = suggest(plan, progress=tell)
    made = count(len(found.new), "link")
    was, them = ("was", "it") if len(found.new) == 1 else ("were", "them")
    complain(f"{made} {was} suggested; nobody has decided on {them} (knockon links review).")
    return found.plan


def quote_file(file: str) -> str:
    """Return a file name as it is typed in a command."""
    return f'"{file}"' if " " in file else file


@contextmanager
def watch_reading(plan: Plan) -> Iterator[None]:
    """Show how much has been read of a plan that stays in its file."""
    from graphmodel.storedplan import StoredPlan  # noqa: PLC0415 - heavy

    with ExitStack() as stack:
        if isinstance(plan, StoredPlan):
            stack.enter_context(plan.telling(stack.enter_context(show_progress())))
        yield


def note_problems(files: Sequence[str], problems: Sequence[Problem]) -> None:
    """Say on standard error how many problems files have, and how to see them."""
    if problems:
        names = " ".join(map(quote_file, files))
        found = count(len(problems), "problem")
        verb = "lists it" if len(problems) == 1 else "lists them"
        complain(f"{found} on loading:  knockon load {names}  {verb}.")
