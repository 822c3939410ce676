"""Compare versions: what slipped since an older one, and all that changed."""

from typing import Annotated, Final

from fastapi import APIRouter, File, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from graphmodel.errors import KnockonError
from graphmodel.selection import LinkUse
from knockon.local.asking import AskedShelf
from knockon.local.comparing import compare_with, is_older
from knockon.local.desk import Opened, Shelf
from knockon.local.faults import status_of
from knockon.local.files import pack_paper
from knockon.local.intake import open_files
from knockon.local.look import show, show_paper
from knockon.local.pages.views import give
from viz.paper.blocks import Paper
from viz.paper.versions import view_comparison

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

With = Annotated[str, Query(alias="with", max_length=100)]
Links = Annotated[LinkUse, Query()]

_FILES: Final = ("compare.xlsx", "compare.docx")


@router.get("/plans/{key}/compare")
def show_comparison(
    request: Request, key: str, shelf: AskedShelf, older: With = "", links: Links = "accepted"
) -> HTMLResponse:
    """Show what changed since an older version, or ask which one that is."""
    opened = shelf.find(key)
    if not older:
        return _ask(request, shelf, opened)
    try:
        other = shelf.find(older)
        paper = _lay_out(opened, other, links)
    except KnockonError as error:
        return _ask(request, shelf, opened, fault=str(error), status=status_of(error))
    return show_paper(
        request,
        paper,
        opened=opened,
        here="compare",
        template="local/comparison.html.j2",
        kinds=_FILES,
        others=_others(shelf, opened),
        older=other,
        links=links,
        turned=is_older(opened, other),
    )


@router.post("/plans/{key}/compare")
def take_older(
    request: Request,
    key: str,
    shelf: AskedShelf,
    files: Annotated[list[UploadFile], File(default_factory=list)],
) -> Response:
    """Open an older version, and compare with it."""
    opened = shelf.find(key)
    try:
        other = open_files(shelf, files)
    except KnockonError as error:
        return _ask(request, shelf, opened, fault=str(error), status=status_of(error))
    return RedirectResponse(f"/plans/{key}/compare?with={other.key}", 303)


@router.get("/plans/{key}/compare/files/{name}")
def give_comparison(
    key: str, name: str, shelf: AskedShelf, older: With = "", links: Links = "accepted"
) -> Response:
    """Give the comparison as a file."""
    opened, other = shelf.find(key), shelf.find(older)
    if name not in _FILES:
        raise HTTPException(404)
    return give(pack_paper(_lay_out(opened, other, links), name), f"{key}-{name}")


def _lay_out(opened: Opened, older: Opened, links: LinkUse) -> Paper:
    return view_comparison(compare_with(opened, older, links))


def _others(shelf: Shelf, opened: Opened) -> list[Opened]:
    return [one for one in shelf.plans if one.key != opened.key]


def _ask(
    request: Request, shelf: Shelf, opened: Opened, *, fault: str = "", status: int = 200
) -> HTMLResponse:
    return show(
        request,
        "local/compare.html.j2",
        heading="Compare with an older version",
        opened=opened,
        here="compare",
        status=status,
        others=_others(shelf, opened),
        fault=fault,
    )
