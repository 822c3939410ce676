"""Where decisions are kept: the plan file, or a register of decisions in CSV or XLSX.

Every decision is written at once and whole. A file that somebody else has changed since is not
written over.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graphmodel.errors import FileError
from graphmodel.files import fingerprint
from graphmodel.planfile import write_plan
from loaders.formats import find_format
from loaders.review.proposals import list_decided, list_open

if TYPE_CHECKING:
    from graphmodel.plan import Plan

__all__ = ["DecisionFile", "count_decisions", "find_files"]

_TABLES = (".csv", ".xlsx")


@dataclass(slots=True)
class DecisionFile:
    """The file that decisions go to, and what it held when it was read or last written."""

    path: Path
    known: str | None

    @classmethod
    def at(cls, path: str | Path) -> DecisionFile:
        """Take note of what the file holds now, if it is there."""
        path = Path(path)
        return cls(path, fingerprint(path) if path.is_file() else None)

    def save(self, plan: Plan) -> None:
        """Write the plan, or the register of its proposals and decisions.

        Raises
        ------
        FileError
            The file cannot be written, or somebody else has changed it.
        """
        now = fingerprint(self.path) if self.path.is_file() else None
        if now != self.known:
            raise FileError(
                f'"{self.path}" was changed by another program since it was read: end this review '
                "and begin it again."
            )
        if self.path.suffix.lower() in _TABLES:
            from loaders.writers.reviewfile import write_review  # noqa: PLC0415 - one is needed

            write_review(plan, self.path, [*list_open(plan), *list_decided(plan)])
        else:
            write_plan(plan, self.path)
        self.known = fingerprint(self.path)


def find_files(plan: str, output: str | None) -> tuple[Path, tuple[str, ...]]:
    """Return where decisions go, and which files are read to begin with.

    What the output holds already is gone on with: an older plan file comes before the paper, as for
    the next version of a plan, and a register of decisions beside it.

    Raises
    ------
    FileError
        Nothing says where decisions are to go, or the output is a file of something else.
    """
    if output is None:
        if find_format(plan) != "plan":
            raise FileError(
                f'"{plan}" is no plan file, so the decisions need one: add  -o plan.json , or '
                " -o links.xlsx  for a register of decisions."
            )
        return Path(plan), (plan,)
    path = Path(output)
    if path.suffix.lower() not in {".json", *_TABLES}:
        raise FileError(
            f'"{output}" is no place for decisions: name it with the ending .json, .csv or .xlsx.'
        )
    if not path.exists() or path.resolve() == Path(plan).resolve():
        return path, (plan,)
    if path.suffix.lower() == ".json":
        return path, (output, plan)
    if not _has_register(path):
        raise FileError(
            f'"{output}" is there and holds something else than decisions: give another name.'
        )
    return path, (plan, output)


def _has_register(path: Path) -> bool:
    """Return whether a table holds a register of decisions and nothing else that is read."""
    from loaders.register_sheets import read_registers  # noqa: PLC0415 - heavy
    from loaders.review_register import REVIEW  # noqa: PLC0415
    from loaders.sheets import read_sheets  # noqa: PLC0415

    book = read_registers(path, read_sheets(path))
    kinds = {table.kind.sheet for table in book.tables}
    return kinds == {REVIEW.sheet} and not book.rest


def count_decisions(path: Path) -> int:
    """Return how many decisions people have written into a register that is to be written over."""
    from loaders.register_sheets import read_registers  # noqa: PLC0415 - heavy
    from loaders.sheets import read_sheets  # noqa: PLC0415

    book = read_registers(path, read_sheets(path))
    rows = (row for table in book.tables for row in table.rows)
    return sum(
        "candidate" in row.values and row.get("decision") not in {None, "open"} for row in rows
    )
