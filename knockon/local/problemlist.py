"""What is wrong with the files of a plan, as a page of blocks: how bad, what, where, what to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.problems import SEVERITIES
from graphmodel.words import count
from viz.paper.blocks import Column, Figure, Loud, Section, Text
from viz.paper.views import make_view
from viz.paper.wording import make_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphmodel.problems import Problem, Severity
    from knockon.local.desk import Opened
    from viz.paper.blocks import Block, Cell, Paper

__all__ = ["SEVERITY_WORDS", "Wanted", "advise", "choose_problems", "lay_out_problems"]

SEVERITY_WORDS: Final[dict[Severity, str]] = {
    "error": "Error",
    "warning": "Warning",
    "info": "Remark",
}

_ADVICE: Final[dict[Severity, str]] = {
    "error": "This was not taken over. Put it right in the file, then add the file again.",
    "warning": "It was read as the words say. Look at the place, and correct it if that is wrong.",
    "info": "Nothing, unless it surprises you.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which problems are wanted: of one severity, of one code, with these words; empty for all."""

    severity: str = ""
    code: str = ""
    words: str = ""


def advise(problem: Problem) -> str:
    """Return what somebody should do about a problem."""
    return _ADVICE[problem.severity]


def choose_problems(problems: Iterable[Problem], wanted: Wanted) -> list[Problem]:
    """Return the problems that are wanted, the worst first, else in the order of the files."""
    words = wanted.words.casefold().strip()
    found = [
        one
        for one in problems
        if wanted.severity in {"", one.severity}
        and wanted.code in {"", one.code}
        and words in f"{one} {' '.join(one.items)} {one.code}".casefold()
    ]
    return sorted(found, key=lambda one: SEVERITIES.index(one.severity))


def lay_out_problems(opened: Opened, wanted: Wanted) -> Paper:
    """Return the page about the problems of a plan's files."""
    found = choose_problems(opened.problems, wanted)
    tally = Counter(one.severity for one in opened.problems)
    figures = [
        Figure(
            f"{tally[name]:,}",
            _plural(word, tally[name]),
            alarm=name == "error" and tally[name] > 0,
        )
        for name, word in SEVERITY_WORDS.items()
    ]
    sentences = [_headline(opened.problems, tally), *opened.notes]
    blocks: list[Block] = []
    if found:
        caption = f"{count(len(found), 'problem')} of {len(opened.problems):,}, the worst first"
        columns = (
            Column("How bad", 10), Column("What", 60), Column("Where", 30),
            Column("What to do", 40), Column("Code", 16),
        )  # fmt: skip
        rows = tuple(_row(one) for one in found)
        blocks.append(make_table("Problems", caption, columns, rows))
    elif opened.problems:
        blocks.append(Text("None of the problems is of this kind: choose others above."))
    section = Section("found", "What was found", tuple(blocks))
    return make_view(
        opened.plan, "Problems in the files", sentences, figures, [section] if blocks else []
    )


def _headline(problems: Sequence[Problem], tally: Counter[Severity]) -> str:
    if not problems:
        return "No problems were found in the files."
    if not tally["error"]:
        return f"Everything could be read; {count(len(problems), 'thing')} to know about."
    verb = "was" if tally["error"] == 1 else "were"
    return f"{count(tally['error'], 'thing')} could not be read as written and {verb} left out."


def _plural(word: str, number: int) -> str:
    return word.lower() if number == 1 else f"{word.lower()}s"


def _row(problem: Problem) -> tuple[Cell, ...]:
    word = SEVERITY_WORDS[problem.severity]
    return (
        Loud(word) if problem.severity == "error" else word,
        problem.message,
        "" if problem.source is None else str(problem.source),
        advise(problem),
        problem.code,
    )
