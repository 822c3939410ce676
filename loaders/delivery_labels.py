"""The words that delivery plans put before facts and over columns, and what each stands for.

Spelling is loose: upper and lower case, a colon after the label, "(s)" and brackets such as
"(Mar 2028)" make no difference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from loaders.markup import read_words

if TYPE_CHECKING:
    from graphmodel.people import Role

__all__ = [
    "COLUMNS",
    "ROLE_FACTS",
    "ActionHeader",
    "Column",
    "Fact",
    "MetricHeader",
    "read_fact_label",
    "read_header",
    "read_label_note",
]

Fact = Literal[
    "objective", "programme", "division", "responsible", "delivery_lead", "accountable",
    "portfolio", "sponsor",
]  # fmt: skip
Column = Literal["action", "due", "responsible", "metric", "baseline", "target"]

_FACTS: Final[dict[Fact, tuple[str, ...]]] = {
    "objective": ("objective", "priority objective", "strategic objective"),
    "programme": ("improvement programme", "programme", "improvement theme", "theme", "priority"),
    "division": ("division", "directorate", "service", "service area"),
    "responsible": ("responsible officer", "lead officer", "officer responsible", "owner"),
    "delivery_lead": ("responsible delivery lead", "delivery lead", "rdl"),
    "accountable": (
        *("senior accountable officer", "accountable officer", "sao"),
        *("senior responsible officer", "senior responsible owner", "sro"),
    ),
    "portfolio": (
        *("lead portfolio", "portfolio", "portfolio holder", "lead portfolio holder"),
        *("lead member", "executive member", "cabinet member"),
    ),
    "sponsor": ("sponsor", "executive sponsor", "project sponsor"),
}

#: The facts that name who has which role.
ROLE_FACTS: Final[tuple[Role, ...]] = (
    "responsible",
    "delivery_lead",
    "accountable",
    "portfolio",
    "sponsor",
)

_COLUMNS: Final[dict[Column, tuple[str, ...]]] = {
    "action": ("delivery action", "action", "key action", "improvement action"),
    "due": (
        *("delivery due date", "due date", "due", "delivery date", "target date", "deadline"),
        *("completion date", "date due", "by when", "timescale", "timeline"),
    ),
    "responsible": (
        *("responsible officer", "lead officer", "officer responsible", "responsible"),
        *("action owner", "owner", "lead", "by whom"),
    ),
    "metric": (
        *("output metric", "metric", "measure", "measure of success", "success measure"),
        *("indicator", "performance indicator", "kpi"),
    ),
    "baseline": ("baseline", "baseline position", "current performance"),
    "target": ("target", "target position"),
}

#: The columns that are understood.
COLUMNS: Final = frozenset(_COLUMNS)

_FACT_OF: Final = {label: fact for fact, labels in _FACTS.items() for label in labels}
_COLUMN_OF: Final = {label: column for column, labels in _COLUMNS.items() for label in labels}
#: Characters of the longest cell that can be a label, layout included.
_LONGEST_LABEL: Final = 120

_BRACKET = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class ActionHeader:
    """Over a table of actions: what each column holds; other headings stand as they are."""

    columns: tuple[Column | str, ...]


@dataclass(frozen=True, slots=True)
class MetricHeader:
    """Over a table of metrics: its columns, and the dates its headings give in brackets."""

    columns: tuple[Column | str, ...]
    baseline_as_of: str | None
    target_by: str | None


def read_fact_label(cell: str) -> Fact | None:
    """Return which fact of an objective or programme a row's first cell announces, if any."""
    return _FACT_OF.get(_plain(cell))


def read_header(cells: tuple[str, ...]) -> ActionHeader | MetricHeader | None:
    """Return what the columns of a table hold if these cells are the head of one."""
    known = [_COLUMN_OF.get(_plain(cell)) for cell in cells]
    if len(set(known) - {None}) <= 1:
        return None
    words = [read_words(cell) for cell in cells]
    columns = tuple(column or word for column, word in zip(known, words, strict=True))
    if "action" in columns and {"due", "responsible"} & set(columns):
        return ActionHeader(columns)
    if "metric" not in columns or not {"baseline", "target"} & set(columns):
        return None
    dates = {column: read_label_note(cell) for column, cell in zip(columns, cells, strict=True)}
    return MetricHeader(columns, dates.get("baseline"), dates.get("target"))


def read_label_note(cell: str) -> str | None:
    """Return what a label or heading adds in brackets, if that is more than a plural."""
    notes = [match[1].strip() for match in _BRACKET.finditer(read_words(cell))]
    return " ".join(note for note in notes if note not in {"", "s"}) or None


def _plain(cell: str) -> str:
    """Return a label in the form of the tables above: lower case, singular, bare."""
    if len(cell) > _LONGEST_LABEL:
        return ""
    label = _BRACKET.sub(" ", read_words(cell).casefold()).replace("*", " ")
    label = " ".join(label.split()).rstrip(" :")
    if label in _FACT_OF or label in _COLUMN_OF:
        return label
    return label.removesuffix("s")
