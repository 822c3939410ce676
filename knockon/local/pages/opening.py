"""Opening a plan: files are chosen or dropped in, read, and what is wrong with them is listed."""

import secrets
from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from graphmodel.errors import KnockonError
from knockon.local.asking import AskedShelf
from knockon.local.desk import NoSuchPlanError, Shelf
from knockon.local.doorman import MOST_UPLOADED
from knockon.local.faults import status_of
from knockon.local.files import pack_paper
from knockon.local.intake import MOST_FILES, open_files
from knockon.local.look import show, show_paper
from knockon.local.pages.views import give
from knockon.local.problemlist import SEVERITY_WORDS, Wanted, lay_out_problems
from knockon.local.readings import ask_reading, noting_reading
from knockon.local.scripts import UPLOAD_SCRIPTS

__all__ = ["opening_values", "router", "split_onto"]

router = APIRouter(include_in_schema=False)

Files = Annotated[list[UploadFile], File(default_factory=list)]
Words = Annotated[str, Query(max_length=200)]

_TICKET: Final = 64


def opening_values(shelf: Shelf, fault: str = "", onto: str = "") -> dict[str, Any]:
    """Return what the form shows that files are dropped into."""
    return {
        "plans": shelf.plans,
        "ticket": secrets.token_hex(8),
        "most": MOST_UPLOADED,
        "most_files": MOST_FILES,
        "fault": fault,
        "onto": onto,
        "scripts": UPLOAD_SCRIPTS,
    }


def split_onto(onto: str) -> tuple[str | None, int | None]:
    """Read the plan that files are added to, and the edition of it that was seen: ``csip:3``.

    Raises
    ------
    NoSuchPlanError
        It is no such pair.
    """
    if not onto:
        return None, None
    key, colon, edition = onto.rpartition(":")
    if not colon or not edition.isdecimal():
        raise NoSuchPlanError(onto)
    return key, int(edition)


@router.get("/open")
def show_opening(request: Request, shelf: AskedShelf, onto: Words = "") -> HTMLResponse:
    """Show the form that files are dropped into."""
    values = opening_values(shelf, onto=onto)
    return show(request, "local/open.html.j2", heading="Open a plan", **values)


@router.post("/open")
def take_files(
    request: Request,
    shelf: AskedShelf,
    files: Files,
    onto: Annotated[str, Form(max_length=200)] = "",
    ticket: Annotated[str, Form(max_length=_TICKET)] = "",
) -> Response:
    """Read files and go on to the plan, or to what is wrong with its files."""
    try:
        key, edition = split_onto(onto)
        with noting_reading(shelf, ticket) as told:
            opened = open_files(shelf, files, onto=key, edition=edition, told=told)
    except KnockonError as error:
        values = opening_values(shelf, str(error), onto.rpartition(":")[0])
        return show(
            request, "local/open.html.j2", heading="Open a plan", status=status_of(error), **values
        )
    place = "/problems" if opened.problems else ""
    return RedirectResponse(f"/plans/{opened.key}{place}", 303)


@router.get("/open/progress")
def tell_reading(
    shelf: AskedShelf, ticket: Annotated[str, Query(max_length=_TICKET)] = ""
) -> Response:
    """Tell how far the reading is: steps done and steps in all; null where nothing is read."""
    found = ask_reading(shelf, ticket)
    return JSONResponse(None if found is None else {"done": found[0], "steps": found[1]})


@router.get("/plans/{key}/problems")
def show_problems(
    request: Request,
    key: str,
    shelf: AskedShelf,
    severity: Words = "",
    code: Words = "",
    words: Words = "",
) -> HTMLResponse:
    """Show what is wrong with the files of a plan."""
    opened = shelf.find(key)
    wanted = Wanted(severity, code, words)
    return show_paper(
        request,
        lay_out_problems(opened, wanted),
        opened=opened,
        here="problems",
        template="local/problems.html.j2",
        wanted=wanted,
        severities=SEVERITY_WORDS,
        codes=sorted({one.code for one in opened.problems}),
    )


@router.get("/plans/{key}/problems/{name}")
def give_problems(key: str, name: str, shelf: AskedShelf) -> Response:
    """Give all problems as a table: ``problems.csv`` or ``problems.xlsx``."""
    opened = shelf.find(key)
    if name not in {"problems.csv", "problems.xlsx"}:
        raise HTTPException(404)
    return give(pack_paper(lay_out_problems(opened, Wanted()), name), f"{key}-{name}")
