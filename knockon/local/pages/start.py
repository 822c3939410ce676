"""The first page: the plans that are open."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from knockon.local.asking import AskedShelf
from knockon.local.look import show

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_plans(request: Request, shelf: AskedShelf) -> HTMLResponse:
    """List the plans that are open."""
    return show(request, "local/start.html.j2", heading="Plans", plans=shelf.plans)


@router.post("/plans/{key}/close")
def close_plan(key: str, shelf: AskedShelf) -> RedirectResponse:
    """Forget a plan."""
    shelf.close(key)
    return RedirectResponse("/", 303)
