"""The first page: the plans that are open."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from knockon.local.asking import AskedShelf
from knockon.local.look import show
from knockon.local.pages.opening import opening_values

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_plans(request: Request, shelf: AskedShelf) -> HTMLResponse:
    """List the plans that are open."""
    heading = "Plans" if shelf.plans else "Open a plan"
    return show(request, "local/start.html.j2", heading=heading, **opening_values(shelf))


@router.post("/plans/{key}/close")
def close_plan(key: str, shelf: AskedShelf) -> RedirectResponse:
    """Forget a plan."""
    shelf.close(key)
    return RedirectResponse("/", 303)
