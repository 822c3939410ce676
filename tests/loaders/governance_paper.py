"""Governance papers of our own, and what holds for every one: no word is lost, every quote stands.

The council, its bodies and its sentences are made up; no form of the two papers is taken from a
real council's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from loaders import governance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.people import Board
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

# Lines are numbered from 1; tests name them.
LINES = [
    "Governance of the Harbour Strategy",  # 1
    "",
    "1. Who decides",
    "",
    "1.1 Westmere Borough Council adopted the Harbour Strategy (HS) on 4 March 2025. The Strategy",
    "replaces the Quay Plan.",  # 6
    "1.2 The Harbour Oversight Board (HOB) is chaired by the Leader of the Council. The Chief",
    "Executive and the Head of Docks are members of the Board, which meets every two weeks.",
    "1.3 The Tide Panel reports quarterly to HOB, and HOB reports to Cabinet.",
    "1.4 The HOB holds Corporate Directors to account.",  # 10
    "",
    "2. Which plan follows which",
    "",
    "The Dock Plans inform the Harbour Strategy. A refresh of the Strategy is being written and is",
    "due by May 2027. Cabinet approved the Berth Plan.",  # 15
    "",
    "The Harbour Strategy has two aims:",
    "(1) deep water",
    "(2) dry feet",
    "",
    "Nobody likes wet socks.",  # 21
]
TEXT = "\n".join(LINES)

TABLE = [
    "Terms of reference",  # 1
    "",
    "Board\tChair\tMembers\tMeets\tReports to\tColour",
    "Dredging Board\tMayor\tHead of Silt; Head of Sand\tMonthly\tCabinet\tblue",
    "Tide Panel\tTBC\tHead of Moon\tas needed\tDredging Board\tgrey",  # 5
    "Crew Huddle\tBosun\tCooks and Divers\ttwice a year\tTide Panel, Dredging Board\tred",
    "",
    "Silt Forum",
    "",
    "Chair: Head of Silt",  # 10
    "Membership: Head of Sand, Mayor",
    "Frequency: every month",
    "Reports to: the Tide Panel",
    "Purpose: to oversee the Dredging Plan",
    "",
    "Mooring fees\tup\tdown",  # 16
]


def read_lines(lines: list[str]) -> tuple[Plan, tuple[Problem, ...]]:
    """Read a paper of these lines."""
    return governance.read("\n".join(lines), "paper.txt")


def triples(plan: Plan) -> list[tuple[str, str, str]]:
    """Return what every relation says, without its date."""
    return [(one.from_, one.type, one.to) for one in plan.relations]


def board(plan: Plan, name: str) -> Board:
    """Return the body of an id."""
    return next(one for one in plan.boards if one.id == name)


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int | None]]:
    """Return the code and line of every problem."""
    return [(one.code, one.source.line if one.source else None) for one in problems]


class Words:
    """The words of a text with their lines; what was told of them is ticked off."""

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.words = [
            (match.group().casefold(), self.text.count("\n", 0, match.start()) + 1, match.start())
            for match in re.finditer(r"\w+", self.text)
        ]
        self.told = [False] * len(self.words)

    def tick(self, line: int, quote: str) -> bool:
        """Tick off a quote that begins on a line; return whether it stands there.

        Where the same words stand there twice, both are told.
        """
        wanted = [word.casefold() for word in re.findall(r"\w+", quote)]
        size = len(wanted)
        starts = [
            number
            for number, (_, where, _) in enumerate(self.words)
            if where == line
            and [word for word, _, _ in self.words[number : number + size]] == wanted
        ]
        for start in starts:
            self.told[start : start + size] = [True] * size
        return bool(starts) or not wanted

    def tick_sentence(self, line: int, beginning: str) -> bool:
        """Tick off the sentences of a line that begin like this; return whether there is one."""
        wanted = [word.casefold() for word in re.findall(r"\w+", beginning)]
        found = not wanted
        for start, (_, where, _) in enumerate(self.words):
            run = [word for word, _, _ in self.words[start : start + len(wanted)]]
            if where != line or run != wanted:
                continue
            found = True
            stop = self._end(line, self.words[start + max(len(wanted) - 1, 0)][2])
            for number in range(start, len(self.words)):
                if self.words[number][2] < stop or number < start + len(wanted):
                    self.told[number] = True
        return found

    def _end(self, line: int, place: int) -> int:
        """Return where a sentence ends; in a table it is the row.

        Small letters after a blank line go on with it: a page ends there.
        """
        if "\t" in self.text.split("\n")[line - 1]:
            return (self.text + "\n").index("\n", place)
        end = re.compile(r"[.!?](?=\s+[A-Z0-9(\"'])|\n\s*\n(?=\s*[^a-z\s])|\Z").search(
            self.text, place
        )
        return len(self.text) if end is None else end.start()

    @property
    def untold(self) -> list[tuple[int, str]]:
        """Words, with their lines, that nothing told."""
        return [
            (line, word)
            for (word, line, _), told in zip(self.words, self.told, strict=True)
            if not told
        ]


def find_untold(
    text: str, plan: Plan, problems: tuple[Problem, ...]
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the words of a paper that are told nowhere, and the quotes that do not stand in it.

    A word is told by a quote in the plan, or by a problem that says the words had no place.
    """
    words = Words(text)
    wrong = [
        (line, quote)
        for line, quote in _quotes(plan.model_dump(mode="json", by_alias=True))
        if not words.tick(line, quote)
    ]
    for one in problems:
        if one.code in {"not-placed", "cover-open"} and one.source and one.source.line:
            match = re.search(r'"(.*?)\u2026?"', one.message)
            if match is None or not words.tick_sentence(one.source.line, match[1]):
                wrong.append((one.source.line, one.message))
    return words.untold, wrong


def _quotes(node: Any) -> Iterator[tuple[int, str]]:
    if isinstance(node, list):
        for one in node:
            yield from _quotes(one)
    elif isinstance(node, dict):
        if isinstance(node.get("line"), int) and isinstance(node.get("quote"), str):
            yield node["line"], node["quote"]
        for value in node.values():
            yield from _quotes(value)
