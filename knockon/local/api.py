"""The interface for programs: what the command line prints with ``--json``, by address."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from knockon.local.asking import AskedShelf
from knockon.payloads import pack_overview
from queries.overview import survey

__all__ = ["router"]

router = APIRouter(prefix="/api")


@router.get("/plans")
def list_plans(shelf: AskedShelf) -> JSONResponse:
    """List the plans that are open, by the key that stands in addresses."""
    return JSONResponse(
        {"plans": [{"key": one.key, "id": one.plan.id, "title": one.title} for one in shelf.plans]}
    )


@router.get("/plans/{key}")
def tell_plan(key: str, shelf: AskedShelf) -> JSONResponse:
    """Tell what there is in a plan."""
    opened = shelf.find(key)
    answer: dict[str, Any] = pack_overview(survey(opened.plan))
    return JSONResponse({"key": opened.key, **answer})
