"""The map with what-if in the browser, and what-if as a form that needs no script."""

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from graphmodel.errors import KnockonError
from graphmodel.planfile import dump_scenario
from knockon.cli.pages import make_map, make_report
from knockon.local.asking import AskedShelf
from knockon.local.changes import Asked, ask_changes, list_names
from knockon.local.desk import Opened
from knockon.local.look import frame_of, show
from knockon.local.pages.views import give
from knockon.payloads import pack_whatif
from simulations.whatif import what_if
from viz.page import FILE, Frame

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

#: What changes, by how much: the fields of the form, a pair for each change.
What = Annotated[list[str], Query(default_factory=list, max_length=50)]
By = Annotated[list[str], Query(default_factory=list, max_length=50)]


@router.get("/plans/{key}/map")
def show_map(request: Request, key: str, shelf: AskedShelf) -> HTMLResponse:
    """Show the map."""
    opened = shelf.find(key)
    frame = frame_of(request.scope, opened, "map")
    return HTMLResponse(make_map(opened.plan, baseline=opened.baseline, frame=frame))


@router.get("/plans/{key}/what-if")
def show_whatif(
    request: Request, key: str, shelf: AskedShelf, what: What, by: By, *, cures: bool = False
) -> HTMLResponse:
    """Ask what changes, and say what moves then."""
    opened = shelf.find(key)
    form = {"names": list_names(opened.plan), "cures": cures, "at": f"/plans/{key}/what-if"}
    try:
        asked = ask_changes(opened.plan, what, by)
    except KnockonError as error:
        rows = tuple(zip(what, by, strict=False))
        return show(
            request, "local/whatif.html.j2", heading="What if …?", opened=opened, here="what-if",
            status=422, fault=str(error), form={**form, "rows": (*rows, ("", "")), "query": ""},
        )  # fmt: skip
    form |= {"rows": (*asked.rows, ("", "")), "query": asked.query}
    if not asked.scenario.changes:
        return show(
            request, "local/whatif.html.j2", heading="What if …?", opened=opened, here="what-if",
            fault="", form=form,
        )  # fmt: skip
    frame = frame_of(request.scope, opened, "what-if", before="local/changes.html.j2", form=form)
    return HTMLResponse(_draw(opened, asked, frame=frame, cures=cures))


def _draw(opened: Opened, asked: Asked, *, cures: bool, frame: Frame = FILE) -> str:
    from simulations.recovery.run import recover  # noqa: PLC0415 - heavy

    answer = what_if(opened.baseline, asked.scenario)
    recovery = recover(opened.baseline, asked.scenario) if cures else None
    return make_report(answer, recovery=recovery, frame=frame)


@router.get("/plans/{key}/files/what-if.html")
def give_page(key: str, shelf: AskedShelf, what: What, by: By, *, cures: bool = False) -> Response:
    """Give the answer as a page to send."""
    opened = shelf.find(key)
    page = _draw(opened, ask_changes(opened.plan, what, by), cures=cures)
    return give(page.encode("utf-8"), f"{key}-what-if.html")


@router.get("/plans/{key}/files/what-if.json")
def give_answer(key: str, shelf: AskedShelf, what: What, by: By) -> Response:
    """Give the answer as JSON."""
    opened = shelf.find(key)
    answer = what_if(opened.baseline, ask_changes(opened.plan, what, by).scenario)
    packed = json.dumps(pack_whatif(answer), ensure_ascii=False)
    return give(packed.encode("utf-8"), f"{key}-what-if.json")


@router.get("/plans/{key}/files/scenario.json")
def give_scenario(key: str, shelf: AskedShelf, what: What, by: By) -> Response:
    """Give the change as a file that ``knockon whatif --scenario`` takes."""
    scenario = ask_changes(shelf.find(key).plan, what, by).scenario
    return give(dump_scenario(scenario).encode("utf-8"), f"{key}-scenario.json")
