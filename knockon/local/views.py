"""Questions whose answers are pages of blocks: what each is called, and how it is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from knockon.local.desk import Opened
    from viz.itemrows import ItemRow
    from viz.paper.blocks import Paper

__all__ = [
    "VIEWS", "View", "find_boards", "find_health", "find_owners", "find_rows", "lay_out_board",
    "lay_out_officer",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """A question: its answer as a page of blocks, and for machines."""

    lay_out: Callable[[Opened], Paper]
    pack: Callable[[Opened], dict[str, Any]]


def find_owners(opened: Opened) -> Any:
    """Return who holds what, and what hangs on it (`queries.owners.Owners`)."""
    from queries.owners import survey_owners  # noqa: PLC0415 - heavy

    return opened.once("owners", lambda: survey_owners(opened.baseline))


def find_boards(opened: Opened) -> Any:
    """Return what boards decide when (`queries.boards.BoardReview`)."""
    from queries.boards import review_boards  # noqa: PLC0415 - heavy

    return opened.once("boards", lambda: review_boards(opened.baseline))


def find_health(opened: Opened) -> Any:
    """Return what the checks say (`queries.checks.run.Health`)."""
    from queries.checks.run import run_checks  # noqa: PLC0415 - heavy

    return opened.once("check", lambda: run_checks(opened.plan))


def lay_out_officer(opened: Opened, officer: str) -> Paper:
    """Return the page about one officer."""
    from queries.owners import survey_owners  # noqa: PLC0415 - heavy
    from viz.paper.officer import view_officer  # noqa: PLC0415

    found = survey_owners(opened.baseline, in_full=(officer,))
    return view_officer(found, officer, find_rows(opened))


def lay_out_board(opened: Opened, board: str) -> Paper:
    """Return the page about one board."""
    from queries.boards import review_boards  # noqa: PLC0415 - heavy
    from viz.paper.board import view_board  # noqa: PLC0415

    return view_board(review_boards(opened.baseline, board=board), find_rows(opened))


def find_rows(opened: Opened) -> tuple[ItemRow, ...]:
    """Return every item with its dates and its room."""
    from viz.itemrows import describe_items  # noqa: PLC0415 - heavy

    return opened.once("rows", lambda: describe_items(opened.plan, opened.schedule))


def _lay_out_owners(opened: Opened) -> Paper:
    from viz.paper.views import view_owners  # noqa: PLC0415 - heavy

    return view_owners(find_owners(opened))


def _lay_out_boards(opened: Opened) -> Paper:
    from viz.paper.views import view_boards  # noqa: PLC0415 - heavy

    return view_boards(find_boards(opened))


def _lay_out_health(opened: Opened) -> Paper:
    from viz.paper.views import view_health  # noqa: PLC0415 - heavy

    return view_health(find_health(opened))


def _lay_out_items(opened: Opened) -> Paper:
    from viz.paper.views import view_items  # noqa: PLC0415 - heavy

    return view_items(opened.plan, opened.schedule)


def _pack_owners(opened: Opened) -> dict[str, Any]:
    from knockon.payloads import pack_answer  # noqa: PLC0415 - heavy

    return pack_answer(find_owners(opened))


def _pack_boards(opened: Opened) -> dict[str, Any]:
    from knockon.payloads import pack_boards  # noqa: PLC0415 - heavy

    return pack_boards(find_boards(opened))


def _pack_health(opened: Opened) -> dict[str, Any]:
    from knockon.payloads import stream_health  # noqa: PLC0415 - heavy

    return {
        key: value if isinstance(value, str) or value is None else list(value)
        for key, value in stream_health(find_health(opened)).items()
    }


def _pack_schedule(opened: Opened) -> dict[str, Any]:
    from knockon.payloads import pack_answer  # noqa: PLC0415 - heavy

    return pack_answer(opened.schedule)


#: By the name that stands in addresses.
VIEWS: Final = {
    "items": View(_lay_out_items, _pack_schedule),
    "owners": View(_lay_out_owners, _pack_owners),
    "boards": View(_lay_out_boards, _pack_boards),
    "check": View(_lay_out_health, _pack_health),
}
