"""The interface for programs: what the command line prints with ``--json``, by address."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from graphmodel.moments import write_moment
from graphmodel.planfile import dump_plan
from graphmodel.scenario import Scenario
from knockon.api import compare
from knockon.local.asking import AskedShelf
from knockon.local.changes import ask_changes
from knockon.local.desk import Opened
from knockon.local.riskruns import MOST_ITERATIONS, RiskRun, RiskWish, find_run, start_run
from knockon.local.views import VIEWS
from knockon.payloads import (
    pack,
    pack_comparison,
    pack_facts,
    pack_overview,
    pack_risk,
    pack_whatif,
)
from queries.facts import describe
from queries.overview import survey
from queries.thread import follow_thread
from simulations.recovery.run import recover
from simulations.whatif import what_if
from viz.itemrows import describe_items

__all__ = ["RiskQuestion", "router"]

router = APIRouter(prefix="/api/plans", tags=["plans"])

Words = Annotated[str, Query(max_length=300)]


class RiskQuestion(BaseModel):
    """What a risk analysis is asked."""

    model_config = ConfigDict(extra="forbid")

    iterations: int = Field(10_000, ge=1, le=MOST_ITERATIONS)
    seed: int = Field(1, ge=0, lt=2**64)
    target: str | None = Field(None, description="Id of an item; null: the plan and what is due.")


@router.get("")
def list_plans(shelf: AskedShelf) -> JSONResponse:
    """List the plans that are open, each by the key that stands in addresses."""
    return JSONResponse({"plans": [_name(one) for one in shelf.plans]})


def _name(opened: Opened) -> dict[str, Any]:
    plan = opened.plan
    return {
        "key": opened.key,
        "id": plan.id,
        "title": opened.title,
        "organisation": plan.organisation,
        "items": len(plan.items),
        "links": len(plan.links),
        "problems": len(opened.problems),
    }


@router.get("/{key}")
def tell_plan(key: str, shelf: AskedShelf) -> JSONResponse:
    """Tell what there is in a plan: counts, outermost dates, parts."""
    opened = shelf.find(key)
    return JSONResponse({"key": opened.key, **pack_overview(survey(opened.plan))})


@router.get("/{key}/plan")
def give_plan(key: str, shelf: AskedShelf) -> Response:
    """Give the whole plan as a plan file."""
    return Response(dump_plan(shelf.find(key).plan), media_type="application/json")


@router.get("/{key}/problems")
def list_problems(key: str, shelf: AskedShelf) -> JSONResponse:
    """List what is wrong with the files that a plan was read from."""
    return JSONResponse({"problems": pack(shelf.find(key).problems)})


@router.get("/{key}/items")
def list_items(key: str, shelf: AskedShelf) -> JSONResponse:
    """List every item as a flat row: owner, status, dates, room."""
    opened = shelf.find(key)
    plan = opened.plan
    rows = [
        {
            "id": one.id,
            "kind": one.item.kind,
            "title": one.item.title,
            "parent": one.item.parent,
            "theme": one.lane or None,
            "owners": [officer.name for officer in plan.index.officers_of(one.id)],
            "status": one.item.status,
            "rag": one.item.rag,
            "planned_start": _day(one.item.planned.start),
            "planned_finish": _day(one.item.planned.finish),
            "planned_text": one.item.planned.text,
            "due": _day(one.item.due),
            "start": _day(one.start),
            "finish": _day(one.finish),
            "total_float_days": one.room_days,
            "standing": one.state,
        }
        for one in describe_items(plan, opened.schedule)
    ]
    return JSONResponse({"items": rows})


def _day(moment: Any) -> str | None:
    return None if moment is None else write_moment(moment)


@router.get("/{key}/items/{item:path}")
def tell_item(key: str, item: str, shelf: AskedShelf) -> JSONResponse:
    """Tell everything that the plan says of one item."""
    plan = shelf.find(key).plan
    return JSONResponse(pack_facts(describe(plan, item), follow_thread(plan, item)))


@router.get("/{key}/links")
def list_links(
    key: str,
    shelf: AskedShelf,
    state: Annotated[str | None, Query(pattern="^(accepted|proposed|rejected)$")] = None,
) -> JSONResponse:
    """List the links, those of one state or all, each with its evidence."""
    plan = shelf.find(key).plan
    return JSONResponse({"links": [pack(one) for one in plan.links if state in {None, one.state}]})


@router.get("/{key}/schedule")
def tell_schedule(key: str, shelf: AskedShelf) -> JSONResponse:
    """Tell dates, float, and the critical and longest path."""
    return JSONResponse(VIEWS["items"].pack(shelf.find(key)))


@router.get("/{key}/what-if")
def ask_slips(
    key: str,
    shelf: AskedShelf,
    what: Annotated[list[str], Query(max_length=50, description="Item, officer or board")],
    by: Annotated[list[str], Query(max_length=50, description="Span such as 2m")],
) -> JSONResponse:
    """Tell what slips knock on to, with what and by for each slip."""
    opened = shelf.find(key)
    return JSONResponse(
        pack_whatif(what_if(opened.baseline, ask_changes(opened.plan, what, by).scenario))
    )


@router.post("/{key}/what-if")
def ask_scenario(
    key: str,
    shelf: AskedShelf,
    scenario: Annotated[Scenario, Body()],
    *,
    cures: Annotated[bool, Query(description="Say too what would stop it.")] = False,
) -> JSONResponse:
    """Tell what a scenario knocks on to; the body is a scenario file."""
    baseline = shelf.find(key).baseline
    answer = what_if(baseline, scenario)
    return JSONResponse(pack_whatif(answer, recover(baseline, scenario) if cures else None))


@router.get("/{key}/owners")
def tell_owners(key: str, shelf: AskedShelf) -> JSONResponse:
    """Tell who holds what, when, and what hangs on each officer."""
    return JSONResponse(VIEWS["owners"].pack(shelf.find(key)))


@router.get("/{key}/boards")
def tell_boards(key: str, shelf: AskedShelf) -> JSONResponse:
    """Tell what boards decide when, and what a slip costs there."""
    return JSONResponse(VIEWS["boards"].pack(shelf.find(key)))


@router.get("/{key}/check")
def tell_health(key: str, shelf: AskedShelf) -> JSONResponse:
    """Tell what the checks find."""
    return JSONResponse(VIEWS["check"].pack(shelf.find(key)))


@router.get("/{key}/compare")
def tell_changes(
    key: str,
    shelf: AskedShelf,
    old: Annotated[str, Query(alias="with", max_length=300, description="Key of the older plan")],
) -> JSONResponse:
    """Tell what changed since an older version, which is open too."""
    return JSONResponse(pack_comparison(compare(shelf.find(old).plan, shelf.find(key).plan)))


@router.post("/{key}/risk", status_code=202)
def begin_risk(
    key: str, shelf: AskedShelf, question: Annotated[RiskQuestion, Body()]
) -> JSONResponse:
    """Begin a risk analysis; its address tells how far it is, then its answer."""
    wish = RiskWish(question.iterations, question.seed, question.target)
    return JSONResponse(pack_run(start_run(shelf, key, wish)), 202)


@router.get("/{key}/risk/{run}")
def tell_risk(key: str, run: str, shelf: AskedShelf) -> JSONResponse:
    """Tell how far a risk analysis is, and its answer when it is done."""
    return JSONResponse(pack_run(find_run(shelf, key, run)))


@router.delete("/{key}/risk/{run}")
def stop_risk(key: str, run: str, shelf: AskedShelf) -> JSONResponse:
    """Cancel a risk analysis."""
    found = find_run(shelf, key, run)
    found.stop()
    return JSONResponse(pack_run(found))


def pack_run(run: RiskRun) -> dict[str, Any]:
    """Return how far an analysis is, and its answer once there is one."""
    odds = run.odds
    return {
        **run.pack(),
        "address": f"/api/plans/{run.plan_key}/risk/{run.id}",
        "answer": None if odds is None else pack_risk(odds.result, odds.reference),
    }
