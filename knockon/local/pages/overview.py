"""What a plan is, at a glance, and the way to everything else about it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from knockon.local.asking import AskedShelf
from knockon.local.look import show
from queries.overview import survey

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/plans/{key}")
def show_overview(request: Request, key: str, shelf: AskedShelf) -> HTMLResponse:
    """Show what there is in a plan."""
    opened = shelf.find(key)
    overview = opened.once("overview", lambda: survey(opened.plan))
    return show(
        request,
        "local/overview.html.j2",
        heading=opened.title,
        opened=opened,
        here="",
        overview=overview,
    )
