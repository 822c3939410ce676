"""What a plan knows beyond MS Project, kept in text fields of the rows knockon writes.

The field "knockon id" holds the id of an item, an officer or the plan (on the row of the whole
project), "knockon kind" its kind, or the role of an assignment. All else that has no column in
Project is JSON in the fields "knockon 1" to "knockon 7", in pieces as long as a text field may be.
A check number over the dates of the row tells on reading whether somebody has changed them: then
what Project says holds.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = [
    "CHECK",
    "FIELDS",
    "ID",
    "KIND",
    "PREFIX",
    "PROJECT_CHECK",
    "check_number",
    "join_pieces",
    "split_pieces",
]

PREFIX: Final = "knockon "
ID: Final = f"{PREFIX}id"
KIND: Final = f"{PREFIX}kind"
#: Key of the check number among what is kept.
CHECK: Final = "check"
_PIECES: Final = tuple(f"{PREFIX}{number}" for number in range(1, 8))
#: Characters a text field of Project holds.
_LONGEST: Final = 255
#: Numbers of the text fields, 20 to 30 of a row, a resource and an assignment.
_TEXT_20: Final = {"task": 188744006, "resource": 205521130, "assignment": 255852771}
#: Alias of each field and its place from Text20 on.
_PLACES: Final = {**{name: place for place, name in enumerate(_PIECES)}, KIND: 9, ID: 10}

#: Number, name in Project and alias of each field, by what has it.
FIELDS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    what: {alias: (str(first + place), f"Text{20 + place}") for alias, place in _PLACES.items()}
    for what, first in _TEXT_20.items()
}
#: Elements of the project, and of a row, whose change makes what is kept out of date.
PROJECT_CHECK: Final = ("StartDate", "StatusDate", "CalendarUID")
_ROW_CHECK: Final = (
    "Active",
    "Manual",
    "Start",
    "Finish",
    "Duration",
    "ActualStart",
    "ActualFinish",
    "PercentComplete",
    "ConstraintType",
    "ConstraintDate",
    "Deadline",
)


def check_number(cell: Callable[[str], str], names: Sequence[str] = _ROW_CHECK) -> str:
    """Return the check number of a row, given its elements by name."""
    text = "|".join(cell(name) for name in names)
    return sha256(text.encode()).hexdigest()[:8]


def split_pieces(kept: Mapping[str, Any]) -> Iterator[tuple[str, str]] | None:
    """Return alias and text of each field that holds what is kept; None where it is too long."""
    text = json.dumps(kept, ensure_ascii=True, separators=(",", ":"))
    pieces = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)]
    return zip(_PIECES, pieces, strict=False) if len(pieces) <= len(_PIECES) else None


def join_pieces(marks: Mapping[str, str]) -> dict[str, Any]:
    """Return what is kept in the fields of a row; nothing where they are damaged."""
    try:
        kept = json.loads("".join(marks.get(name, "") for name in _PIECES))
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}
