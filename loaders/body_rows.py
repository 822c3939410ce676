"""Which officer or board a row describes: what officers' and boards' registers have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from graphmodel.people import Board, Officer
from loaders.ids import free_id, make_slug
from loaders.office_titles import COMMON, office_key

if TYPE_CHECKING:
    from loaders.register_desk import Desk, Directory
    from loaders.register_rows import RegisterRow

__all__ = ["add_spellings", "find_body", "free_body_id"]

B = TypeVar("B", Officer, Board)


def find_body(desk: Desk, directory: Directory[B], row: RegisterRow) -> tuple[bool, B | None]:
    """Return whether a row can be used, and what the plan knows of the officer or board it names.

    The id says who is meant. A title beside it that is no known spelling is a problem, unless the
    row names a known one too: so an office gets a new title. Without an id the title says it.
    """
    wanted, title = row.get("id"), row.get("title")
    noun = directory.noun
    if wanted is None and title is None:
        desk.refuse(row, "id", "missing-cell", f"The row has neither an id nor a title of a {noun}")
        return False, None
    if wanted is None:
        return True, directory.find(title)
    known = directory.by_id.get(wanted)
    if known is None:
        namesake = None if title is None else directory.find(title)
        if namesake is None:
            return True, None
        message = (
            f'The plan knows the {noun} "{title}" by the id {namesake.id}, not {wanted}: write '
            "that, or leave the id blank"
        )
        desk.refuse(row, "id", "id-differs", message)
        return False, None
    spellings = [words for words in (title, *(row.get("also") or ())) if words is not None]
    if title is None or any(directory.fits(known, words) for words in spellings):
        return True, known
    message = f'The title "{title[:60]}" does not fit {wanted}, which is "{known.title[:60]}"'
    desk.refuse(row, "title", "title-does-not-fit", message)
    return False, None


def free_body_id(desk: Desk, directory: Directory[B], row: RegisterRow) -> str:
    """Return the id of a new officer or board: the one given, else the words of the title."""
    wanted: str | None = row.get("id")
    if wanted is not None:
        return wanted
    slug = make_slug(row.values["title"]) or directory.noun
    return free_id(slug, {*directory.by_id, *desk.plan.index.items})


def add_spellings(known: B, row: RegisterRow, news: dict[str, Any]) -> None:
    """Let spellings be more than before, never fewer; an old title becomes one.

    A title that a row has instead of an id only says who is meant.
    """
    if "id" not in row.values:
        news.pop("title", None)
    title = news.get("title", known.title)
    same = office_key(title, COMMON) == office_key(known.title, COMMON)
    old: list[str] = [] if same or not known.title else [known.title]
    if old or "also" in news:
        every = dict.fromkeys((*known.also, *old, *news.get("also", ())))
        news["also"] = tuple(words for words in every if words != title)
