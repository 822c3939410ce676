"""Scenarios kept by name: made change by change, run again, compared, taken along as files."""

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from graphmodel.errors import KnockonError, UnknownIdError
from graphmodel.files import decode_text
from graphmodel.links import LINK_TYPES
from graphmodel.planfile import dump_scenario, parse_scenario
from graphmodel.scenario import Change, Scenario
from knockon.cli.pages import make_report
from knockon.local.asking import AskedShelf
from knockon.local.changeforms import KINDS, UNITS, find_kind, read_change
from knockon.local.changes import list_names
from knockon.local.desk import Opened, Shelf
from knockon.local.faults import status_of
from knockon.local.intake import clean_name, read_one
from knockon.local.look import block_values, frame_of, show, show_paper
from knockon.local.pages.views import give
from knockon.local.scenariobook import KeptScenario, answer_scenario, open_book
from simulations.conditions import describe_change
from viz.paper.scenarios import view_pair, view_scenario
from viz.words import say_dates

__all__ = ["router", "tell_changes"]

router = APIRouter(include_in_schema=False)

Field = Annotated[str, Form(max_length=300)]
Seen = Annotated[int | None, Form()]
Number = Annotated[int, Query(ge=0)]

#: Scenarios of a list whose answers are told; the others tell theirs when they are opened.
_TOLD: Final = 20


async def _read_fields(request: Request) -> Mapping[str, str]:
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


#: Every text of a form, by its name.
Fields = Annotated[Mapping[str, str], Depends(_read_fields)]


@router.get("/plans/{key}/scenarios")
def list_scenarios(request: Request, key: str, shelf: AskedShelf) -> HTMLResponse:
    """List the scenarios that are kept."""
    return _list(request, shelf, shelf.find(key))


@router.post("/plans/{key}/scenarios")
def make_scenario(request: Request, key: str, shelf: AskedShelf, name: Field = "") -> Response:
    """Make a scenario without a change in it."""
    opened = shelf.find(key)
    try:
        made = open_book(shelf, opened).keep(Scenario(name=name or None, plan=opened.plan.id))
    except KnockonError as error:
        return _list(request, shelf, opened, error)
    return _go_to(key, made)


@router.post("/plans/{key}/scenarios/file")
def take_scenario(
    request: Request,
    key: str,
    shelf: AskedShelf,
    file: Annotated[UploadFile, File()],
) -> Response:
    """Keep the scenario of a file, as ``knockon whatif --scenario`` takes it."""
    opened = shelf.find(key)
    try:
        name = clean_name(file.filename)
        text, _ = decode_text(read_one(file), name)
        scenario = parse_scenario(text, name=name)
        made = open_book(shelf, opened).keep(scenario)
    except KnockonError as error:
        return _list(request, shelf, opened, error)
    return _go_to(key, made)


@router.get("/plans/{key}/scenarios/pair")
def show_pair(
    request: Request, key: str, shelf: AskedShelf, first: Number = 0, second: Number = 0
) -> HTMLResponse:
    """Show two scenarios side by side."""
    opened = shelf.find(key)
    book = open_book(shelf, opened)
    try:
        answers = [answer_scenario(opened, book.find(one)) for one in (first, second)]
    except KnockonError as error:
        return _list(request, shelf, opened, error)
    return show_paper(
        request, view_pair(*answers), opened=opened, here="scenarios", template="local/pair.html.j2"
    )


@router.get("/plans/{key}/scenarios/{number}")
def show_scenario(
    request: Request,
    key: str,
    number: int,
    shelf: AskedShelf,
    add: Annotated[str, Query(max_length=40)] = "slip",
) -> HTMLResponse:
    """Show a scenario: its changes, what they move, and the form for one change more."""
    opened = shelf.find(key)
    return _draw(request, shelf, opened, open_book(shelf, opened).find(number), add)


@router.post("/plans/{key}/scenarios/{number}/add")
def add_change(
    request: Request, key: str, number: int, shelf: AskedShelf, fields: Fields
) -> Response:
    """Add a change to a scenario."""
    opened = shelf.find(key)
    book = open_book(shelf, opened)
    kept = book.find(number)
    kind = fields.get("kind", "")
    try:
        change = read_change(opened.plan, find_kind(kind), fields)
        seen = fields.get("seen", "")
        after = book.put(
            number, (*kept.scenario.changes, change), int(seen) if seen.isdecimal() else None
        )
    except KnockonError as error:
        return _draw(request, shelf, opened, book.find(number), kind, error, fields)
    return _go_to(key, after, f"?add={kind}")


@router.post("/plans/{key}/scenarios/{number}")
def change_scenario(
    request: Request,
    key: str,
    number: int,
    shelf: AskedShelf,
    act: Field,
    seen: Seen = None,
    place: Annotated[int, Form(ge=0)] = 0,
    name: Field = "",
) -> Response:
    """Do what a button says: remove a change, rename, copy or delete the scenario."""
    opened = shelf.find(key)
    book = open_book(shelf, opened)
    kept = book.find(number)
    try:
        if act == "delete":
            book.delete(number, seen)
            return RedirectResponse(f"/plans/{key}/scenarios", 303)
        if act == "copy":
            copy = kept.scenario.model_copy(update={"name": f"{kept.name} copy"})
            return _go_to(key, book.keep(copy))
        if act == "rename":
            return _go_to(key, book.rename(number, name, seen))
        changes = kept.scenario.changes
        return _go_to(key, book.put(number, (*changes[:place], *changes[place + 1 :]), seen))
    except KnockonError as error:
        return _draw(request, shelf, opened, book.find(number), "slip", error)


@router.get("/plans/{key}/scenarios/{number}/scenario.json")
def give_scenario(key: str, number: int, shelf: AskedShelf) -> Response:
    """Give a scenario as a file that ``knockon whatif --scenario`` takes."""
    kept = open_book(shelf, shelf.find(key)).find(number)
    return give(dump_scenario(kept.scenario).encode("utf-8"), f"{key}-scenario-{number}.json")


@router.get("/plans/{key}/scenarios/{number}/answer")
def show_answer(request: Request, key: str, number: int, shelf: AskedShelf) -> HTMLResponse:
    """Show what a scenario moves with chart and map."""
    opened = shelf.find(key)
    answer = answer_scenario(opened, open_book(shelf, opened).find(number))
    return HTMLResponse(make_report(answer, frame=frame_of(request.scope, opened, "scenarios")))


@router.get("/plans/{key}/scenarios/{number}/answer.html")
def give_answer(key: str, number: int, shelf: AskedShelf) -> Response:
    """Give the same as a page to send."""
    opened = shelf.find(key)
    answer = answer_scenario(opened, open_book(shelf, opened).find(number))
    return give(make_report(answer).encode("utf-8"), f"{key}-scenario-{number}.html")


def tell_changes(opened: Opened, kept: KeptScenario) -> list[str]:
    """Return the changes of a scenario in words."""
    return [_tell_change(opened, one) for one in kept.scenario.changes]


def _tell_change(opened: Opened, change: Change) -> str:
    """Return a change in words; what the plan does not hold any more is told by its fields."""
    try:
        words = say_dates(describe_change(opened.plan, change))
    except UnknownIdError:
        fields = change.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        told = ", ".join(f"{name} {value}" for name, value in fields.items() if name != "op")
        words = f"{change.op.replace('_', ' ')}: {told}"
    return words[:1].upper() + words[1:]


def _go_to(key: str, kept: KeptScenario, query: str = "") -> Response:
    return RedirectResponse(f"/plans/{key}/scenarios/{kept.number}{query}", 303)


def _list(
    request: Request, shelf: Shelf, opened: Opened, error: KnockonError | None = None
) -> HTMLResponse:
    kept = open_book(shelf, opened).all
    rows = [
        (one, tell_changes(opened, one), _tell(opened, one) if place < _TOLD else "")
        for place, one in enumerate(kept)
    ]
    return show(
        request,
        "local/scenarios.html.j2",
        heading="Scenarios",
        opened=opened,
        here="scenarios",
        status=200 if error is None else status_of(error),
        rows=rows,
        fault="" if error is None else str(error),
    )


def _tell(opened: Opened, kept: KeptScenario) -> str:
    """Return the answer to a scenario in a sentence, or why there is none."""
    try:
        sentences = answer_scenario(opened, kept).sentences
    except KnockonError as error:
        return str(error)
    return say_dates(sentences[0]) if sentences else ""


def _draw(
    request: Request,
    shelf: Shelf,
    opened: Opened,
    kept: KeptScenario,
    add: str,
    error: KnockonError | None = None,
    fields: Mapping[str, str] | None = None,
) -> HTMLResponse:
    paper, unanswered = None, ""
    try:
        paper = view_scenario(answer_scenario(opened, kept)) if kept.scenario.changes else None
    except KnockonError as found:
        unanswered = str(found)
    kind = next((one for one in KINDS if one.name == add), KINDS[0])
    values = {
        "kept": kept,
        "changes": tell_changes(opened, kept),
        "others": [one for one in open_book(shelf, opened).all if one.number != kept.number],
        "kinds": KINDS,
        "kind": kind,
        "units": UNITS,
        "types": LINK_TYPES,
        "names": list_names(opened.plan),
        "divisions": sorted({one.division for one in opened.plan.items if one.division}),
        "tags": sorted({tag for one in opened.plan.items for tag in one.tags}),
        "fields": fields or {},
        "fault": "" if error is None else str(error),
        "unanswered": unanswered,
    }
    status = 200 if error is None else status_of(error)
    return show(
        request,
        "local/scenario.html.j2",
        heading=kept.name,
        opened=opened,
        here="scenarios",
        status=status,
        paper=paper,
        **block_values(opened),
        **values,
    )
