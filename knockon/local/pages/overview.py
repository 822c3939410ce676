"""What a plan is, at a glance, and the way to everything else about it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from graphmodel.errors import CycleError
from knockon.cli.overviews import list_kinds
from knockon.local.asking import AskedShelf
from knockon.local.desk import Opened
from knockon.local.look import show
from queries.overview import Overview, survey
from viz.itemrows import describe_items
from viz.network import tell_data_date
from viz.words import show_date

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/plans/{key}")
def show_overview(request: Request, key: str, shelf: AskedShelf) -> HTMLResponse:
    """Show what there is in a plan."""
    opened = shelf.find(key)
    overview = opened.once("overview", lambda: survey(opened.plan))
    headline, late = _tell(opened)
    return show(
        request,
        "local/overview.html.j2",
        heading=opened.title,
        opened=opened,
        here="",
        overview=overview,
        headline=headline,
        data_date=tell_data_date(opened.plan),
        figures=_count(overview, late),
        kinds=list_kinds,
    )


def _tell(opened: Opened) -> tuple[str, int]:
    """Return what matters most in a sentence, and how many items are late."""
    if not opened.plan.items:
        return "The plan holds nothing yet.", 0
    try:
        dated = opened.schedule
    except CycleError as error:
        return str(error), 0
    late = sum(one.state == "late" for one in describe_items(opened.plan, dated))
    ends = "No item has a date" if dated.finish is None else f"It ends on {show_date(dated.finish)}"
    if not late:
        return f"{ends}; nothing is forecast after its due date.", 0
    verb = "is" if late == 1 else "are"
    return f"{ends}; {late:,} of its items {verb} forecast after their due dates.", late


def _count(overview: Overview, late: int) -> list[tuple[str, str, bool]]:
    accepted, proposed = overview.links.get("accepted", 0), overview.links.get("proposed", 0)
    done = overview.statuses.get("complete", 0)
    return [
        (f"{sum(overview.items.values()):,}", "items", False),
        (f"{done:,}", "complete", False),
        (f"{late:,}", "late", late > 0),
        (f"{accepted:,}", "accepted links", False),
        (f"{proposed:,}", "proposed links", False),
        (f"{overview.officers:,}", "officers", False),
        (f"{overview.boards:,}", "boards", False),
    ]
