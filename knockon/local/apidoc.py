"""The description of the interface: OpenAPI with a schema for every answer, and to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi

from graphmodel.links import Link
from graphmodel.planfile import plan_schema
from graphmodel.problems import Problem
from graphmodel.scenario import Change
from knockon.local.look import show
from knockon.local.schemas import Schemas
from queries.boards import BoardReview
from queries.checks.rule import Finding
from queries.checks.run import Health
from queries.compare import Comparison
from queries.owners import Owners
from simulations.results import Schedule, WhatIf
from simulations.risk.results import RiskResult

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.responses import HTMLResponse

__all__ = ["describe", "router"]

router = APIRouter(include_in_schema=False)

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_MAYBE: Final[dict[str, Any]] = {"anyOf": [_TEXT, {"type": "null"}]}
_WHOLE: Final[dict[str, Any]] = {"type": "integer"}
_FREE: Final[dict[str, Any]] = {"type": "object"}

_ERROR: Final = {
    "description": "What is wrong, in one sentence",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}},
}


@router.get("/api", response_model=None)
def show_interface(request: Request) -> HTMLResponse:
    """Show the interface to a reader."""
    found = describe(request.app)
    calls = [
        {"path": path, "method": method.upper(), **call}
        for path, methods in found["paths"].items()
        for method, call in methods.items()
    ]
    return show(request, "local/api.html.j2", heading="The interface for programs", calls=calls)


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of an application."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, summary=app.summary, routes=app.routes
        )
        schemas = Schemas()
        answers = _answers(schemas)
        for path, methods in document["paths"].items():
            for method, call in methods.items():
                if (method, path) in answers:
                    _complete(call, answers[method, path])
                else:  # its own types say what it answers
                    call["responses"] |= {"404": _ERROR, "409": _ERROR, "422": _ERROR}
        parts = document.setdefault("components", {}).setdefault("schemas", {})
        for gone in ("HTTPValidationError", "ValidationError"):
            parts.pop(gone, None)
        parts |= schemas.found | {"Fault": _object({"error": _TEXT}, "What is wrong")}
        app.openapi_schema = document
    return app.openapi_schema


def _complete(call: dict[str, Any], schema: dict[str, Any]) -> None:
    """Say what a call answers, and what it answers where it cannot."""
    status = "202" if "202" in call["responses"] else "200"
    good = {"description": call["summary"], "content": {"application/json": {"schema": schema}}}
    call["responses"] = {status: good, "404": _ERROR, "422": _ERROR}


def _object(properties: dict[str, Any], words: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": words,
        "properties": properties,
        "required": list(properties),
    }


def _list(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def _answers(schemas: Schemas) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the schema of each answer, by method and path."""
    changes = {"changes": _list({**_FREE, "description": f"One of {_ops()}"})}
    whatif = schemas.answer("WhatIfAnswer", WhatIf, without=("scenario",), more=changes)
    compared = schemas.of(Comparison)
    for side in ("before", "after"):  # what `knockon.payloads.pack_comparison` leaves out
        schemas.found["Forecasts"]["properties"].pop(side)
        schemas.found["Forecasts"]["required"].remove(side)
    boards = schemas.answer("Boards", BoardReview, more={"cliffs": _list(_FREE)})
    risk = schemas.answer("Risk", RiskResult, more={"reference": _MAYBE})
    health = schemas.answer(
        "Health", Health, without=("results",),
        more={"title": _MAYBE, "findings": _list(schemas.of(Finding)), "checks": _list(_FREE)},
    )  # fmt: skip
    run = _object(
        {
            "run": _TEXT,
            "state": {"enum": ["running", "done", "failed", "stopped"]},
            "done": _WHOLE,
            "iterations": _WHOLE,
            "error": _MAYBE,
            "address": _TEXT,
            "answer": {"anyOf": [risk, {"type": "null"}]},
        },
        "How far a risk analysis is, and its answer",
    )
    at = "/api/plans/{key}"
    return {
        ("get", "/api/plans"): _object({"plans": _list(_plan())}, "The plans that are open"),
        ("get", at): {**_FREE, "description": "Counts, outermost dates and parts of a plan"},
        ("get", f"{at}/plan"): _as_file(),
        ("get", f"{at}/problems"): _object({"problems": _list(schemas.of(Problem))}, "Problems"),
        ("get", f"{at}/items"): _object({"items": _list(_item())}, "Every item, in flat rows"),
        ("get", f"{at}/items/{{item}}"): {**_FREE, "description": "One item, as knockon show"},
        ("get", f"{at}/links"): _object({"links": _list(schemas.of(Link))}, "Links"),
        ("get", f"{at}/schedule"): schemas.of(Schedule),
        ("get", f"{at}/what-if"): whatif,
        ("post", f"{at}/what-if"): whatif,
        ("get", f"{at}/owners"): schemas.of(Owners),
        ("get", f"{at}/boards"): boards,
        ("get", f"{at}/check"): health,
        ("get", f"{at}/compare"): compared,
        ("post", f"{at}/risk"): run,
        ("get", f"{at}/risk/{{run}}"): run,
        ("delete", f"{at}/risk/{{run}}"): run,
    }


def _ops() -> str:
    from typing import get_args  # noqa: PLC0415

    kinds = get_args(get_args(Change)[0]) or get_args(Change)
    return ", ".join(kind.model_fields["op"].default for kind in kinds)


def _as_file() -> dict[str, Any]:
    title = plan_schema().get("title", "Plan")
    return {**_FREE, "description": f"{title}: a plan file (knockon schema prints its schema)"}


def _plan() -> dict[str, Any]:
    return _object(
        {
            "key": _TEXT, "id": _TEXT, "title": _TEXT, "organisation": _MAYBE,
            "items": _WHOLE, "links": _WHOLE, "problems": _WHOLE,
        },
        "A plan that is open",
    )  # fmt: skip


def _item() -> dict[str, Any]:
    day = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
    return _object(
        {
            "id": _TEXT, "kind": _TEXT, "title": _TEXT, "parent": _MAYBE, "theme": _MAYBE,
            "owners": _list(_TEXT), "status": _TEXT, "rag": _MAYBE,
            "planned_start": day, "planned_finish": day, "planned_text": _MAYBE, "due": day,
            "start": day, "finish": day,
            "total_float_days": {"anyOf": [{"type": "number"}, {"type": "null"}]},
            "standing": {"enum": ["late", "critical", "tight", "free", "done"]},
        },
        "An item",
    )  # fmt: skip
