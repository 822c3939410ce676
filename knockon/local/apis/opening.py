"""Interface: open a plan from files, close it, list what is wrong with its files."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from pydantic import BaseModel, Field

from graphmodel.problems import Severity
from knockon.local.asking import AskedShelf
from knockon.local.desk import Opened
from knockon.local.intake import open_files
from knockon.local.pages.opening import split_onto
from knockon.local.problemlist import Wanted, advise, choose_problems
from knockon.local.readings import noting_reading

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["plans"])


class OpenedPlan(BaseModel):
    """A plan that was opened, or added to."""

    key: str = Field(description="Its place in addresses.")
    edition: int = Field(description="Goes up with each edit; say it when you add files.")
    id: str
    title: str
    items: int
    links: int
    problems: int = Field(description="How many problems its files have.")
    notes: list[str] = Field(description="How the files were read.")
    address: str = Field(description="The page to go on to.")


class ProblemRow(BaseModel):
    """One thing that is wrong with the files."""

    code: str
    severity: Severity
    message: str
    items: list[str]
    file: str | None
    line: int | None
    cell: str | None
    page: int | None
    what_to_do: str


class ProblemList(BaseModel):
    """What is wrong with the files of a plan, the worst first."""

    plan: str
    problems: list[ProblemRow]


@router.post("/plans", status_code=201)
def open_plan(
    shelf: AskedShelf,
    files: Annotated[list[UploadFile], File(description="The files of one plan.")],
    onto: Annotated[
        str, Form(max_length=200, description="KEY:EDITION of the plan they are added to.")
    ] = "",
    ticket: Annotated[str, Form(max_length=64, description="For /open/progress.")] = "",
) -> OpenedPlan:
    """Open a plan from files, as ``knockon load`` reads them, or add them to one that is open."""
    key, edition = split_onto(onto)
    with noting_reading(shelf, ticket) as told:
        return _tell(open_files(shelf, files, onto=key, edition=edition, told=told))


@router.delete("/plans/{key}", status_code=204)
def close_plan(key: str, shelf: AskedShelf) -> Response:
    """Close a plan: it is forgotten, with everything that was decided on it and not taken along."""
    shelf.close(key)
    return Response(status_code=204)


@router.get("/plans/{key}/problems")
def list_problems(
    key: str,
    shelf: AskedShelf,
    severity: Annotated[Severity | None, Query()] = None,
    code: Annotated[str, Query(max_length=200)] = "",
    words: Annotated[str, Query(max_length=200)] = "",
) -> ProblemList:
    """List what is wrong with the files of a plan."""
    opened = shelf.find(key)
    found = choose_problems(opened.problems, Wanted(severity or "", code, words))
    rows = [
        ProblemRow(
            code=one.code,
            severity=one.severity,
            message=one.message,
            items=list(one.items),
            file=None if one.source is None else one.source.file,
            line=None if one.source is None else one.source.line,
            cell=None if one.source is None else one.source.cell,
            page=None if one.source is None else one.source.page,
            what_to_do=advise(one),
        )
        for one in found
    ]
    return ProblemList(plan=opened.plan.id, problems=rows)


def _tell(opened: Opened) -> OpenedPlan:
    place = "/problems" if opened.problems else ""
    return OpenedPlan(
        key=opened.key,
        edition=opened.edition,
        id=opened.plan.id,
        title=opened.title,
        items=len(opened.plan.items),
        links=len(opened.plan.links),
        problems=len(opened.problems),
        notes=list(opened.notes),
        address=f"/plans/{opened.key}{place}",
    )
