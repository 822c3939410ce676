"""Which board an event of a calendar is a meeting of: what it says, and never a guess.

In this order: the board that knockon wrote it for; its title, less words that say no more than
"meeting"; and where its title is nothing but such words, who organises it, the name of the
calendar, and the name of the file. So "Extraordinary Cabinet meeting" is one of Cabinet's, as is
"Meeting" in ``cabinet.ics``, and "Cabinet briefing" is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graphmodel.people import Board
    from loaders.calendar_events import CalendarEvent, CalendarFile
    from loaders.register_desk import Directory

__all__ = ["find_board"]

#: Words around the name of a board that do not change whose meeting it is.
_AROUND: Final = frozenset(
    {
        "meeting", "meetings", "of", "the", "ordinary", "extraordinary", "special", "additional",
        "monthly", "quarterly", "annual", "public", "private", "session", "formal", "provisional",
        "virtual", "hybrid", "online",
    }
)  # fmt: skip
#: Words that a title may hold besides where it names no board at all.
_BARE: Final = _AROUND | {"board", "committee", "date", "dates", "calendar"}
_WORD: Final = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}&/.\-][^\W_]+)*")


def find_board(
    boards: Directory[Board], calendar: CalendarFile, event: CalendarEvent
) -> tuple[Board | None, str]:
    """Return the board that an event is a meeting of, and the words that name it, or should.

    Parameters
    ----------
    boards
        The boards of the plan.
    calendar
        The file that the event stands in.
    """
    if event.board is not None:
        return boards.by_id.get(event.board), event.board
    if _is_bare(event.title):
        named = [event.organizer, calendar.board, calendar.name, calendar.path.stem]
        for words in filter(None, named):
            board = _named(boards, words)
            if board is not None:
                return board, words
        return None, event.title or event.organizer or calendar.name or calendar.path.stem
    return _named(boards, event.title), event.title


def _is_bare(title: str) -> bool:
    """Return whether a title says only that there is a meeting."""
    return all(word.casefold() in _BARE or word.isdigit() for word in _WORD.findall(title))


def _named(boards: Directory[Board], words: str) -> Board | None:
    """Return the board that words name, with the longest of them that is a board's."""
    plain = words.replace("_", " ")
    found = boards.find(words) or boards.find(plain)
    if found is not None:
        return found
    spans = [match.span() for match in _WORD.finditer(plain)]
    known = [plain[first:last].casefold() in _AROUND for first, last in spans]
    front = next((n for n, is_around in enumerate(known) if not is_around), len(known))
    back = next((n for n, is_around in enumerate(reversed(known)) if not is_around), len(known))
    cores = [
        (front_cut, back_cut)
        for front_cut in range(front + 1)
        for back_cut in range(back + 1)
        if front_cut + back_cut < len(spans)
    ]
    for front_cut, back_cut in sorted(cores, key=sum):
        core = plain[spans[front_cut][0] : spans[len(spans) - back_cut - 1][1]]
        found = boards.find(core)
        if found is not None:
            return found
    return None
