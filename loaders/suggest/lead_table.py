"""What usually leads to what in the work of councils: a table, with the reason of each row.

Stages of delivery tell that something is designed before it is agreed. They do not tell that a
stock condition survey comes before an investment programme, that functions and roles are settled
before teams are sized, or that a skills audit comes before training. Each row names words for what
comes first and words for what follows from it. It is general knowledge of the sector, not of one
plan, and true wherever it stands; `docs/links.md` prints them.

An entry is a word or several that all stand among the first words of a title, in any order and
form. Entries of several words say more than those of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from loaders.suggest.lead_rows import ROWS
from loaders.suggest.lead_rows_more import MORE_ROWS
from loaders.suggest.stems import SMALL, read_tokens, stem

__all__ = ["LEADS", "Lead"]

Form = frozenset[str]


@dataclass(frozen=True, slots=True)
class Lead:
    """A row: why it holds, and the stems of what comes before and of what comes after."""

    why: str
    before: tuple[Form, ...]
    after: tuple[Form, ...]


def _read(table: str) -> tuple[Lead, ...]:
    lines = table.strip().replace("\n      ", " ").replace("\n\n", "\n").splitlines()
    rows = zip(lines[::3], lines[1::3], lines[2::3], strict=True)
    return tuple(
        Lead(why, _forms(before, "  before: "), _forms(after, "  after: "))
        for why, before, after in rows
    )


def _forms(line: str, name: str) -> tuple[Form, ...]:
    if not line.startswith(name):
        message = f"{line!r} should begin with {name!r}"
        raise ValueError(message)
    return tuple(
        frozenset(
            stem(match.group())
            for match in read_tokens(one)
            if match.group().casefold() not in SMALL
        )
        for one in line.removeprefix(name).split(" | ")
    )


LEADS: Final = _read(ROWS + MORE_ROWS)
