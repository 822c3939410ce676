"""Interface: scenarios kept by name, and what they move."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from graphmodel.planfile import dump_scenario
from graphmodel.scenario import Scenario
from knockon.local.asking import AskedShelf
from knockon.local.scenariobook import KeptScenario, answer_scenario, open_book
from knockon.payloads import pack_whatif

__all__ = ["router"]

router = APIRouter(prefix="/api/plans/{key}/scenarios", tags=["scenarios"])

Seen = Annotated[int | None, Query(description="The revision that was seen.")]


class ScenarioRow(BaseModel):
    """A scenario that is kept."""

    number: int
    revision: int = Field(description="Goes up with each change: send it with the next.")
    name: str
    scenario: dict[str, Any] = Field(description="As in a scenario file.")


class ScenarioList(BaseModel):
    """The scenarios of a plan, in the order in which they were made."""

    plan: str
    scenarios: list[ScenarioRow]


class ScenarioAnswer(BaseModel):
    """The answer of ``knockon whatif --json``: its keys, and others may follow."""

    model_config = ConfigDict(extra="allow")

    sentences: list[str]
    items: list[dict[str, Any]]
    summary: dict[str, int]


class ScenarioPair(BaseModel):
    """The answers of two scenarios."""

    first: ScenarioAnswer
    second: ScenarioAnswer


@router.get("")
def list_scenarios(key: str, shelf: AskedShelf) -> ScenarioList:
    """List the scenarios that are kept of a plan."""
    opened = shelf.find(key)
    return ScenarioList(
        plan=opened.plan.id, scenarios=[_row(one) for one in open_book(shelf, opened).all]
    )


@router.post("", status_code=201)
def keep_scenario(key: str, scenario: Scenario, shelf: AskedShelf) -> ScenarioRow:
    """Keep a scenario: what a scenario file holds."""
    return _row(open_book(shelf, shelf.find(key)).keep(scenario))


@router.get("/pair")
def tell_pair(
    key: str, shelf: AskedShelf, first: Annotated[int, Query()], second: Annotated[int, Query()]
) -> ScenarioPair:
    """Say what each of two scenarios moves."""
    return ScenarioPair(
        first=tell_answer(key, first, shelf), second=tell_answer(key, second, shelf)
    )


@router.get("/{number}")
def tell_scenario(key: str, number: int, shelf: AskedShelf) -> ScenarioRow:
    """Tell what a scenario holds."""
    return _row(open_book(shelf, shelf.find(key)).find(number))


@router.put("/{number}")
def put_scenario(
    key: str, number: int, scenario: Scenario, shelf: AskedShelf, seen: Seen = None
) -> ScenarioRow:
    """Put other changes, and another name where one is given, in place of what it holds."""
    book = open_book(shelf, shelf.find(key))
    after = book.put(number, scenario.changes, seen)
    if scenario.name and scenario.name != after.name:
        after = book.rename(number, scenario.name, after.revision)
    return _row(after)


@router.delete("/{number}", status_code=204)
def drop_scenario(key: str, number: int, shelf: AskedShelf, seen: Seen = None) -> Response:
    """Forget a scenario."""
    open_book(shelf, shelf.find(key)).delete(number, seen)
    return Response(status_code=204)


@router.get("/{number}/answer")
def tell_answer(key: str, number: int, shelf: AskedShelf) -> ScenarioAnswer:
    """Say what a scenario moves on the plan as it is now."""
    opened = shelf.find(key)
    answer = answer_scenario(opened, open_book(shelf, opened).find(number))
    return ScenarioAnswer.model_validate(pack_whatif(answer))


def _row(kept: KeptScenario) -> ScenarioRow:
    return ScenarioRow(
        number=kept.number,
        revision=kept.revision,
        name=kept.name,
        scenario=json.loads(dump_scenario(kept.scenario)),
    )
