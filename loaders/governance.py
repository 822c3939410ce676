"""The family of governance papers: who decides, who answers to whom, which plan follows which.

The form: prose in numbered paragraphs or bullets under headings, perhaps with the first page of a
council report, tables of bodies ("Board, Chair, Frequency, Reports to") or labelled lines; no
deliverables with dates. What is read are bodies, offices and documents with their relations; the
wordings that are known stand in `loaders.governance_rules`.

Recipe: text → sentences → names → marked sentences → facts → entities → defects → plan. A sentence
without a name or a fact has no place in the plan and is told as ``not-placed``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.items import SourceFile
from graphmodel.people import Assignment
from graphmodel.plan import Plan
from loaders.draft import SOURCE
from loaders.family import Family
from loaders.front_page import read_front_page
from loaders.governance_defects import (
    report_arrangements,
    report_lists,
    report_prose,
    report_sentence,
)
from loaders.governance_entities import make_boards, make_officers
from loaders.governance_reading import Reading
from loaders.statements import read_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.people import Role
    from graphmodel.problems import Problem
    from loaders.blocks import Row

__all__ = ["FAMILY", "read", "recognise"]

#: Lines with a relation, and kinds of relation, from which a paper is one about governance.
_PLACES: Final = 4
_KINDS: Final = 3

#: Heads of columns that only tables of deliverables have.
_DELIVERABLES: Final = re.compile(
    r"objectives?|(?:delivery |main )?actions?|(?:key )?milestones?|status|themes?|deliverables?"
    r"|(?:due|target|completion) date|delivery due date|rag(?: rating)?|progress",
    re.IGNORECASE,
)
_GOVERNING: Final = re.compile(
    r"\bto account\b|\baccountable to\b|\bchair|\bmember(?:s|ship)?\b|\breport(?:s|ing)?\s+to\b"
    r"|\bsits? on\b",
    re.IGNORECASE,
)
#: Relations that only papers about governance state.
_CORE: Final = frozenset({"holds_to_account", "chairs", "member_of", "reports_to"})

_ROLES: Final[dict[str, Role]] = {
    "accountable_for": "accountable",
    "responsible_for": "responsible",
}


def recognise(text: str) -> str | None:
    """Return why a text is about governance: who chairs, reports, sits on or holds to account."""
    if _GOVERNING.search(text) is None:
        return None
    if any(map(_heads_deliverables, read_prose(text).tables)):
        return None  # before anything that takes long: most papers are none of these
    reading = Reading.of(text, "")
    reading.read()
    relations = reading.made.relations
    kinds = {one.type for one in relations}
    places = {one.source.line for one in relations if one.source is not None}
    if len(places) < _PLACES or len(kinds) < _KINDS or kinds.isdisjoint(_CORE):
        return None
    return (
        f"it states {len(relations)} relations between bodies, offices and plans, and has no "
        "table of actions"
    )


def _heads_deliverables(rows: Sequence[Row]) -> bool:
    """Return whether a table is one of deliverables: by its first row, or two heads in another."""
    counts = [sum(_DELIVERABLES.fullmatch(cell) is not None for cell in row.cells) for row in rows]
    return counts[0] > 0 or max(counts) > 1


def read(text: str, name: str) -> tuple[Plan, tuple[Problem, ...]]:
    """Read a governance paper; ``name`` is its file's name, for places and the list of sources.

    Raises
    ------
    FileError
        The text names no body, office or document.
    """
    reading = Reading.of(text, name)
    if not reading.names.named:
        raise FileError(
            f'"{name}" names no board, office or plan, so nothing about governance can be read '
            "from it: check that its text came through."
        )
    reading.read()
    draft = reading.draft
    report_prose(draft, reading.prose, reading.lists)
    report_lists(draft, reading.lists)
    for marked in reading.marked:
        report_sentence(draft, marked)
    report_arrangements(draft, reading.names, reading.made)
    plan = _make_plan(reading, text)
    return plan, tuple(sorted(draft.problems, key=_line))


def _make_plan(reading: Reading, text: str) -> Plan:
    draft, made = reading.draft, reading.made
    for item in [name for name in made.extras if name in draft.items]:
        draft.change(item, **made.extras[item])
    title = reading.title
    if title is None:
        draft.report("title-missing", "info", "Neither a heading nor a row titles the paper.", 1)
    if reading.meeting is None:
        draft.report("paper-undated", "info", "Nothing says when, or to whom, the paper goes.", 1)
    extras = dict(reading.describe())
    return Plan.model_validate(
        {
            "id": made.plan,
            "title": title,
            "organisation": _find_organisation(text),
            "as_of": reading.meeting.day if reading.meeting is not None else None,
            "sources": (SourceFile(id=SOURCE, title=title, file=draft.name),),
            "items": tuple(draft.items.values()),
            "officers": tuple(make_officers(draft, reading.names, made)),
            "assignments": tuple(_assign(reading)),
            "boards": tuple(make_boards(draft, reading.names, made, reading.meeting)),
            "relations": tuple(made.relations),
            "stated": tuple(reading.stated),
            **extras,
        }
    )


def _find_organisation(text: str) -> str | None:
    """Return the council that the text names most; "a Meeting of City Council" names none."""
    named = read_front_page((), text).organisation
    return None if named is None or "Meeting" in named.split() else named


def _assign(reading: Reading) -> Iterator[Assignment]:
    offices = {one.id for one in reading.names.of("office")}
    for one in reading.made.relations:
        role = _ROLES.get(one.type)
        if role is not None and one.from_ in offices and one.to in reading.draft.items:
            yield Assignment(officer=one.from_, item=one.to, role=role, source=one.source)


def _line(problem: Problem) -> int:
    return problem.source.line or 0 if problem.source is not None else 0


FAMILY = Family("governance paper", recognise, read)
