"""What tables and lists call the facts of a body, and the rows of a council report's first page."""

from __future__ import annotations

import re
from typing import Final, Literal

from loaders.text import clean

__all__ = ["LABELLED", "BoardField", "CoverField", "read_board_field", "read_cover_field"]

BoardField = Literal["name", "chair", "members", "cadence", "reports_to", "purpose"]
CoverField = Literal[
    "title", "director", "author", "contributor", "contact", "wards", "exempt", "recommendations"
]

_BOARD_FIELDS: Final[dict[BoardField, tuple[str, ...]]] = {
    "name": ("board", "body", "panel", "group", "committee", "forum", "meeting", "name",
             "governance body", "name of board", "board or panel"),
    "chair": ("chair", "chaired by", "chairperson", "chairman", "chair of board"),
    "members": ("members", "membership", "attendees", "attendance", "core members"),
    "cadence": ("frequency", "meets", "meeting frequency", "cadence", "how often", "meeting cycle"),
    "reports_to": ("reports to", "reporting to", "reports into", "accountable to",
                   "reporting line", "escalates to"),
    "purpose": ("purpose", "remit", "role", "responsibilities", "terms of reference", "oversees"),
}  # fmt: skip

_COVER_FIELDS: Final[dict[CoverField, tuple[str, ...]]] = {
    "title": ("title of paper", "title of report", "title", "report title", "subject"),
    "director": ("director(s)/ corporate director(s)", "director(s)", "corporate director(s)",
                 "corporate director", "director", "lead director", "report of"),
    "author": ("report author(s) and contact details", "report author(s)", "report author",
               "author", "lead officer", "contact officer"),
    "contributor": ("other colleagues who have provided input", "other contributors"),
    "contact": ("contact details",),
    "wards": ("wards affected", "ward(s) affected"),
    "exempt": ("does this report contain any information that is exempt from publication?",),
    "recommendations": ("recommendation(s)", "recommendations"),
}  # fmt: skip


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold())


_BY_BOARD_LABEL: Final = {
    _letters(label): field for field, labels in _BOARD_FIELDS.items() for label in labels
}
_BY_COVER_LABEL: Final = {
    _letters(label): field for field, labels in _COVER_FIELDS.items() for label in labels
}

#: A line such as "Chair: Leader of the Council".
LABELLED: Final = re.compile(
    "(?P<label>"
    + "|".join(
        re.escape(label)
        for field, labels in _BOARD_FIELDS.items()
        for label in labels
        if field != "name"
    )
    + r")\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)


def read_board_field(label: str) -> BoardField | None:
    """Return which fact of a body a heading or label stands for; capitals make no difference."""
    return _BY_BOARD_LABEL.get(_letters(clean(label)))


def read_cover_field(label: str) -> tuple[CoverField, bool] | None:
    """Return which row of a first page a label begins, and whether it is written as it should be.

    One letter too many is what a converter leaves where it cuts a label in two cells.
    """
    letters = _letters(label)
    if letters in _BY_COVER_LABEL:
        return _BY_COVER_LABEL[letters], True
    for known, field in _BY_COVER_LABEL.items():
        shorter = (letters[:place] + letters[place + 1 :] for place in range(len(letters)))
        if len(letters) == len(known) + 1 and known in shorter:
            return field, False
    return None
