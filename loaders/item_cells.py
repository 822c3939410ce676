"""How the cells of a sheet of items are read: one function for each kind of column.

Each takes the text of a cell that is not blank and raises `ValueError` with a sentence where it
cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphmodel.entity import is_id
from graphmodel.items import KINDS
from graphmodel.partial import parse_partial
from loaders.columns import fold
from loaders.item_words import CONSTRAINTS, FLAGS, JUDGEMENTS, KIND_WORDS, RAGS, STATUSES
from loaders.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.items import Kind, Status
    from graphmodel.partial import Partial

__all__ = [
    "Report",
    "parse_constraint",
    "parse_flag",
    "parse_item_id",
    "parse_kind",
    "parse_level",
    "parse_list",
    "parse_percent",
    "parse_rag",
    "parse_report",
    "parse_when",
    "parse_words",
    "raw",
]

#: Ten characters are left for a number behind it.
_LONGEST_ID: Final = 190

_LIST: Final = re.compile(r"\s*[;,\n\r]\s*")
_NUMBER: Final = re.compile(r"(?P<number>[+-]?\d+(?:\.\d+)?|\.\d+)\s*(?P<sign>%|percent|per cent)?")


def _index(table: Mapping[Any, tuple[str, ...]]) -> dict[str, Any]:
    return {_fold(word): key for key, words in table.items() for word in words}


def _fold(text: str) -> str:
    """Return letters and digits without case; signs alone stand for themselves."""
    return fold(text) or text.strip()


_STATUS_BY_WORD: Final[dict[str, Status]] = _index(STATUSES)
_RAG_BY_WORD: Final[dict[str, str]] = _index(RAGS)
_KIND_BY_WORD: Final[dict[str, Kind]] = _index(KIND_WORDS)
_FLAG_BY_WORD: Final[dict[str, bool]] = _index(FLAGS)
_CONSTRAINT_BY_WORD: Final[dict[str, str]] = _index(CONSTRAINTS)
_JUDGEMENT_BY_WORD: Final[dict[str, str]] = {fold(word): word for word in JUDGEMENTS}
_REPORTED: Final[tuple[tuple[Mapping[str, Any], str], ...]] = (
    (_STATUS_BY_WORD, "status"),
    (_JUDGEMENT_BY_WORD, "judgement"),
    (_RAG_BY_WORD, "rag"),
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a cell of a status column says: a status, a RAG or a percentage.

    ``judgement`` is a word such as "late", which does not say whether work has begun.
    """

    status: Status | None = None
    rag: str | None = None
    percent: float | None = None
    judgement: str | None = None


def raw(text: str) -> str:
    """Return a cell as it stands."""
    return text


def parse_words(text: str) -> str:
    """Return the words of a cell in one line."""
    return clean(text)


def parse_item_id(text: str) -> str:
    """Return the id of an item."""
    words = clean(text).removeprefix("#")
    if is_id(words) and len(words) <= _LONGEST_ID:
        return words
    raise ValueError(
        f'"{shorten(words)}" is not an id: an id is up to {_LONGEST_ID} characters, '
        'with ":" only after the id of a plan'
    )


def parse_when(text: str) -> Partial:
    """Return what a cell says of when; never fails, its notes tell what is wrong."""
    return parse_partial(clean(text))


def parse_report(text: str) -> Report:
    """Read a status in words; a RAG word or a percentage in such a column counts as what it is.

    Words after a known beginning ("Complete - signed off in May") are let stand.
    """
    words = clean(text)
    whole = _fold(words)
    if whole in _STATUS_BY_WORD:
        return Report(status=_STATUS_BY_WORD[whole])
    if whole in _RAG_BY_WORD:
        return Report(rag=_RAG_BY_WORD[whole])
    if _NUMBER.fullmatch(words):
        return Report(percent=parse_percent(words))
    for table, field in _REPORTED:
        meaning = _begin(words, table)
        if meaning is not None:
            return Report(**{field: meaning})
    raise ValueError(f'"{shorten(words)}" is not a status: write {_or(STATUSES)}')


def _begin(words: str, table: Mapping[str, Any]) -> Any:
    """Return what the longest known beginning of several words means, None without one."""
    parts = re.findall(r"[^\W_]+", words.casefold())
    for length in range(min(len(parts), 4), 0, -1):
        known = "".join(parts[:length])
        is_promise = parts[length : length + 1] in (["by"], ["in"])  # "complete by May"
        if known in table and len(known) > len("no") and not is_promise:
            return table[known]
    return None


def parse_rag(text: str) -> str:
    """Read a RAG in words, letters or coloured signs; words after it are let stand."""
    words = clean(text)
    known = _RAG_BY_WORD.get(_fold(words)) or _begin(words, _RAG_BY_WORD)
    if known is None:
        raise ValueError(f'"{shorten(words)}" is not a RAG: write red, amber or green')
    return str(known)


def parse_percent(text: str) -> float:
    """Read a percentage as a number from 0 to 100: ``80%``, ``80``; ``80 % complete`` too."""
    words = re.sub(r"\s*(?:complete[d]?|done)\.?$", "", clean(text), flags=re.IGNORECASE)
    match = _NUMBER.fullmatch(words)
    if match is None:
        raise ValueError(f'"{shorten(clean(text))}" is not a percentage: write it like 80%')
    value = float(match["number"])
    if not 0 <= value <= 100:  # noqa: PLR2004 - per cent
        raise ValueError(f'"{shorten(clean(text))}" is not between 0 and 100 %')
    return value


def parse_kind(text: str) -> Kind:
    """Read what kind of item a row is."""
    known = _KIND_BY_WORD.get(fold(text))
    if known is None:
        raise ValueError(f'"{shorten(clean(text))}" is not a kind of item: write {_or(KINDS)}')
    return known


def parse_flag(text: str) -> bool:
    """Read yes or no."""
    known = _FLAG_BY_WORD.get(_fold(text))
    if known is None:
        raise ValueError(f'"{shorten(clean(text))}" is neither yes nor no')
    return known


def parse_level(text: str) -> int:
    """Read the depth of a row in an outline."""
    if not text.isdecimal():
        raise ValueError(f'"{shorten(clean(text))}" is not the level of an outline: write 1, 2, 3')
    return int(text)


def parse_list(text: str) -> tuple[str, ...]:
    """Read words parted by commas, semicolons or line ends."""
    return tuple(dict.fromkeys(words for part in _LIST.split(text) if (words := clean(part))))


def parse_constraint(text: str) -> str:
    """Return the code of a date constraint; empty where there is none."""
    known = _CONSTRAINT_BY_WORD.get(fold(text))
    if known is None:
        codes = _or([code for code in CONSTRAINTS if code])
        raise ValueError(f'"{shorten(clean(text))}" is not a date constraint: write {codes}')
    return known


def _or(words: Any) -> str:
    *most, last = (str(word).replace("_", " ") for word in words)
    return f"{', '.join(most)} or {last}"
