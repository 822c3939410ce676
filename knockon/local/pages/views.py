"""Owners, boards and health, one owner, one board: pages of blocks; and every file of a plan."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from knockon.local.asking import AskedShelf
from knockon.local.desk import Opened
from knockon.local.files import FILES, find_file, type_of
from knockon.local.look import PLAN_PAGES, show, show_paper
from knockon.local.views import VIEWS, lay_out_board, lay_out_officer
from viz.paper.blocks import Paper

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

#: Sections that say that an officer or a board has something that could slip.
_SLIPS = frozenset({"held", "oversees", "decisions"})

Named = Annotated[str, Query(alias="id", max_length=300)]


@router.get("/plans/{key}/owners")
def show_owners(request: Request, key: str, shelf: AskedShelf) -> HTMLResponse:
    """Show who is under most strain."""
    return _show_view(request, shelf.find(key), "owners")


@router.get("/plans/{key}/boards")
def show_boards(request: Request, key: str, shelf: AskedShelf) -> HTMLResponse:
    """Show what boards decide, and when."""
    return _show_view(request, shelf.find(key), "boards")


@router.get("/plans/{key}/check")
def show_health(request: Request, key: str, shelf: AskedShelf) -> HTMLResponse:
    """Show how sound the plan is."""
    return _show_view(request, shelf.find(key), "check")


@router.get("/plans/{key}/officer")
def show_officer(request: Request, key: str, shelf: AskedShelf, wanted: Named = "") -> HTMLResponse:
    """Show one officer: what they hold, and what hangs on it."""
    opened = shelf.find(key)
    officer = opened.plan.index.officer(wanted).id
    paper = opened.once(("officer", officer), lambda: lay_out_officer(opened, officer))
    return _show_one(request, opened, paper, ("owners", "Owners"), officer)


@router.get("/plans/{key}/board")
def show_board(request: Request, key: str, shelf: AskedShelf, wanted: Named = "") -> HTMLResponse:
    """Show one board: what it decides, what it oversees, when it meets."""
    opened = shelf.find(key)
    board = opened.plan.index.board(wanted).id
    paper = opened.once(("board", board), lambda: lay_out_board(opened, board))
    return _show_one(request, opened, paper, ("boards", "Boards"), board)


def _show_one(
    request: Request, opened: Opened, paper: Paper, every: tuple[str, str], wanted: str
) -> HTMLResponse:
    """Show one officer or board, with the way back to ``every`` of them and on to a what-if."""
    ahead = None
    if _SLIPS.intersection(one.key for one in paper.sections):
        asked = f"/plans/{opened.key}/what-if?what={quote(wanted, safe='')}&by=1m"
        ahead = {"at": asked, "words": "What if everything unfinished here slips a month?"}
    return show_paper(
        request, paper, opened=opened, here="one", template="local/one.html.j2", every=every,
        ahead=ahead,
    )  # fmt: skip


def _show_view(request: Request, opened: Opened, view: str) -> HTMLResponse:
    paper = opened.once(("paper", view), lambda: VIEWS[view].lay_out(opened))
    return show_paper(request, paper, opened=opened, here=view, files=files_of(view))


def files_of(view: str) -> list[str]:
    """Return the names of the files that a page can be had as."""
    extra = {"boards": ["meetings.ics"], "check": ["findings.xlsx"]}
    return [*(name for name in FILES if name.partition(".")[0] == view), *extra.get(view, [])]


@router.get("/plans/{key}/files")
def list_files(request: Request, key: str, shelf: AskedShelf) -> HTMLResponse:
    """List every file of a plan."""
    opened = shelf.find(key)
    whole = {name: one.what for name, one in FILES.items() if name.partition(".")[0] not in VIEWS}
    views = {view: files_of(view) for view in VIEWS}
    return show(
        request, "local/files.html.j2", heading="Take it with you", opened=opened, here="files",
        whole=whole, views=views, called=dict(PLAN_PAGES),
    )  # fmt: skip


@router.get("/plans/{key}/files/{name}")
def give_file(key: str, name: str, shelf: AskedShelf) -> Response:
    """Give one file of a plan."""
    opened = shelf.find(key)
    found = find_file(name)
    if found is None:
        raise HTTPException(404)
    return give(found.make(opened), f"{opened.key}-{name}")


def give(content: bytes, name: str) -> Response:
    """Return a file to be kept; a browser never shows it as a page of ours."""
    return Response(
        content,
        media_type=type_of(name),
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
