"""How likely the plan is to be on time: asked, watched, cancelled, told."""

import json
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from graphmodel.errors import KnockonError, PlanError
from knockon.local.asking import AskedShelf
from knockon.local.desk import Opened
from knockon.local.files import pack_paper
from knockon.local.look import show, show_paper
from knockon.local.pages.views import give
from knockon.local.riskruns import (
    MOST_ITERATIONS,
    RiskRun,
    RiskWish,
    find_run,
    runs_of,
    start_run,
)
from knockon.payloads import pack_risk
from viz.paper.odds import lay_out_risk

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_FILES = ("risk.xlsx", "risk.docx", "risk.html", "risk.csv", "risk.json")

Field = Annotated[str, Form(max_length=300)]


@router.get("/plans/{key}/risk")
def show_form(request: Request, key: str, shelf: AskedShelf) -> HTMLResponse:
    """Ask for an analysis, and list those that were asked for."""
    opened = shelf.find(key)
    asked = {"iterations": "10000", "seed": "1", "target": ""}
    return _show_form(request, opened, runs_of(shelf, key), asked)


def _show_form(
    request: Request,
    opened: Opened,
    runs: list[RiskRun],
    asked: dict[str, str],
    *,
    fault: str = "",
) -> HTMLResponse:
    return show(
        request, "local/risk.html.j2", heading="How likely is it to be on time?", opened=opened,
        here="risk", status=422 if fault else 200, runs=runs, asked=asked, fault=fault,
        most=MOST_ITERATIONS,
        targets=[
            one for one in opened.plan.items if one.due is not None and one.status != "complete"
        ][:1_500],
    )  # fmt: skip


@router.post("/plans/{key}/risk")
def begin(
    request: Request,
    key: str,
    shelf: AskedShelf,
    iterations: Field = "10000",
    seed: Field = "1",
    target: Field = "",
) -> Response:
    """Begin an analysis and go to its page."""
    opened = shelf.find(key)
    asked = {"iterations": iterations, "seed": seed, "target": target}
    try:
        wish = RiskWish(_number(iterations), _number(seed), target.strip() or None)
        run = start_run(shelf, key, wish)
    except KnockonError as error:
        return _show_form(request, opened, runs_of(shelf, key), asked, fault=str(error))
    return RedirectResponse(f"/plans/{key}/risk/{run.id}", 303)


def _number(text: str) -> int:
    plain = text.replace(",", "").replace(" ", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 25):  # noqa: PLR2004 - beyond any
        raise PlanError(f'"{text}" is not a whole number: write it like 10000.')
    return int(plain)


@router.get("/plans/{key}/risk/{run}")
def show_run(request: Request, key: str, run: str, shelf: AskedShelf) -> HTMLResponse:
    """Show how far an analysis is, or what came of it."""
    opened, found = shelf.find(key), find_run(shelf, key, run)
    if found.odds is None:
        return show(
            request, "local/riskrun.html.j2", heading="How likely is it to be on time?",
            opened=opened, here="risk", run=found, scripts=("js/progress.js",),
        )  # fmt: skip
    paper = lay_out_risk(found.odds, named=found.wish.target is not None)
    return show_paper(
        request, paper, opened=opened, here="risk", files=_FILES,
        files_at=f"/plans/{key}/risk/{run}",
        ahead={"at": f"/plans/{key}/risk", "words": "Ask again"},
    )  # fmt: skip


@router.get("/plans/{key}/risk/{run}/progress")
def tell_progress(key: str, run: str, shelf: AskedShelf) -> JSONResponse:
    """Tell how far an analysis is."""
    return JSONResponse(find_run(shelf, key, run).pack())


@router.post("/plans/{key}/risk/{run}/cancel")
def cancel(key: str, run: str, shelf: AskedShelf) -> RedirectResponse:
    """Stop an analysis."""
    found = find_run(shelf, key, run)
    found.stop()
    found.wait(2)
    return RedirectResponse(f"/plans/{key}/risk/{run}", 303)


@router.get("/plans/{key}/risk/{run}/{name}")
def give_run(key: str, run: str, name: str, shelf: AskedShelf) -> Response:
    """Give the result of an analysis as a file."""
    found = find_run(shelf, key, run)
    if name not in _FILES or found.odds is None:
        raise HTTPException(404)
    if name.endswith(".json"):
        packed = json.dumps(pack_risk(found.odds.result, found.odds.reference), ensure_ascii=False)
        return give(packed.encode("utf-8"), f"{key}-{name}")
    return give(pack_paper(lay_out_risk(found.odds), name), f"{key}-{name}")
