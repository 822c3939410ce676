"""Interface: open a plan from files, add to it, close it."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel, Field

from knockon.local.asking import AskedShelf
from knockon.local.desk import Opened
from knockon.local.intake import open_files
from knockon.local.pages.opening import split_onto
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
