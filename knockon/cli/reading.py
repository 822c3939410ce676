"""Opening a plan for a command: any format, registers merged in, problems told in one line."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from graphmodel.words import count
from knockon.cli.console import complain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

__all__ = ["note_problems", "open_plan"]


@contextmanager
def open_plan(
    path: str, registers: Sequence[str] = (), *, as_of: str | None = None
) -> Iterator[Plan]:
    """Give the plan in a file, with these registers merged in, to the commands inside.

    ``as_of`` takes the place of the plan's own status date.

    Problems of the files do not stop a question: once it is answered, one line on standard error
    says how to see them.

    Raises
    ------
    KnockonError
        A file cannot be read, or there is no plan in it.
    """
    from graphmodel.moments import parse_moment  # noqa: PLC0415 - heavy
    from loaders.load import load  # noqa: PLC0415

    status = None if as_of is None else parse_moment(as_of)
    files = [path, *registers]
    loaded = load(files)
    plan = loaded.plan
    yield plan if status is None else plan.model_copy(update={"status_date": status})
    note_problems(files, loaded.problems)


def note_problems(files: Sequence[str], problems: Sequence[Problem]) -> None:
    """Say on standard error how many problems files have, and how to see them."""
    if problems:
        names = " ".join(f'"{file}"' if " " in file else file for file in files)
        found = count(len(problems), "problem")
        verb = "lists it" if len(problems) == 1 else "lists them"
        complain(f"{found} on loading:  knockon load {names}  {verb}.")
