"""Link review: proposals one by one with the words of both sides, decided by button or key."""

import getpass
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel
from pydantic import Field as PydanticField
from starlette.exceptions import HTTPException

from graphmodel.errors import KnockonError
from graphmodel.links import LINK_TYPES
from graphmodel.planfile import dump_plan
from knockon.local.asking import AskedShelf
from knockon.local.choosing import AskedChosen
from knockon.local.desk import NoSuchPlanError, Opened, Shelf
from knockon.local.evidence import describe_proposal, tell_short
from knockon.local.faults import status_of
from knockon.local.files import through_file
from knockon.local.look import show
from knockon.local.pages.views import give
from knockon.local.reviews import (
    Chosen,
    NoSuchProposalError,
    Seen,
    decide,
    decided_of,
    find_proposal,
    name_of,
    next_of,
    queue_of,
    suggest_links,
    take_back,
    undo,
)
from knockon.local.scripts import REVIEW_SCRIPTS
from loaders.review.deciding import Verdict
from loaders.review.docket import number_of
from loaders.review.proposals import (
    Proposal,
    Proposed,
    decision_of,
    list_decided,
    list_open,
    rule_of,
)
from loaders.suggest.registry import RULES
from loaders.writers.reviewfile import write_review

__all__ = ["login", "router"]

router = APIRouter(include_in_schema=False)

Words = Annotated[str, Query(max_length=300)]
Field = Annotated[str, Form(max_length=300)]

_WHO: Final = "review by"
_END: Final = "end"

#: Rows of the lists below the proposal.
_ROWS: Final = 200

_DID: Final = {
    "accept": "Accepted.",
    "reject": "Rejected.",
    "reverse": "Reversed and accepted.",
    "skip": "Skipped.",
    "undo": "Undone: it waits again.",
    "back": "Taken back: it waits again.",
    "suggest": "The plan was searched. What was found waits below.",
    "who": "",
}

_VERDICTS: Final[dict[str, Verdict]] = {
    "accept": "accept",
    "reject": "reject",
    "reverse": "reverse",
}

_BANDS: Final = (("0", "All"), ("0.5", "0.5 and more"), ("0.8", "0.8 and more"))


def login() -> str:
    """Return the name of who runs the page, which is a name to begin with; empty for none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


@router.get("/plans/{key}/review")
def show_review(
    request: Request,
    key: str,
    shelf: AskedShelf,
    chosen: AskedChosen,
    at: Words = "",
    did: Words = "",
) -> HTMLResponse:
    """Show one proposal, and what it was that was done last."""
    return _draw(request, shelf, key, chosen, at, Told(_DID.get(did, "")))


class Pressed(BaseModel):
    """The form of a proposal, and the button of it that was pressed."""

    act: str = PydanticField(max_length=20)
    name: str = PydanticField("", max_length=300)
    mark: str = PydanticField("", max_length=64)
    why: str = PydanticField("", max_length=500)
    kind: str = PydanticField("", max_length=4)


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells beside the proposal: what was done, or what was not and why."""

    said: str = ""
    fault: str = ""
    why: str = ""
    kind: str = ""
    status: int = 200


@router.post("/plans/{key}/review")
def take_decision(
    request: Request,
    key: str,
    shelf: AskedShelf,
    chosen: AskedChosen,
    pressed: Annotated[Pressed, Form()],
) -> Response:
    """Do what a button says, and go on to what waits next."""
    try:
        at = _act(shelf, key, chosen, pressed)
    except NoSuchPlanError:
        raise
    except KnockonError as error:
        told = Told(fault=str(error), why=pressed.why, kind=pressed.kind, status=status_of(error))
        at = "" if isinstance(error, NoSuchProposalError) else pressed.name
        return _draw(request, shelf, key, chosen, at, told)
    told_by = "&".join(filter(None, (chosen.query, f"at={at}", f"did={pressed.act}")))
    return RedirectResponse(f"/plans/{key}/review?{told_by}#review", 303)


@router.post("/plans/{key}/review/who")
def note_who(
    key: str,
    shelf: AskedShelf,
    by: Annotated[str, Form(max_length=200)] = "",
    at: Field = "",
    query: Field = "",
) -> Response:
    """Keep who decides, for this browser."""
    shelf.find(key)
    shelf.kept[_WHO] = by.strip()
    told = "&".join(filter(None, (query, f"at={at}" if at else "")))
    return RedirectResponse(f"/plans/{key}/review?{told}#review", 303)


@router.post("/plans/{key}/review/suggest")
def look_for_links(
    request: Request, key: str, shelf: AskedShelf, edition: Annotated[int, Form()]
) -> Response:
    """Look for links that nobody wrote down."""
    try:
        suggest_links(shelf, key, edition)
    except NoSuchPlanError:
        raise
    except KnockonError as error:
        told = Told(fault=str(error), status=status_of(error))
        return _draw(request, shelf, key, Chosen(), "", told)
    return RedirectResponse(f"/plans/{key}/review?did=suggest#review", 303)


@router.get("/plans/{key}/review/files/{name}")
def give_decisions(key: str, name: str, shelf: AskedShelf) -> Response:
    """Give the plan with its decisions, or a register of them that ``knockon load`` takes."""
    opened = shelf.find(key)
    plan = opened.plan
    if name == "plan.json":
        return give(dump_plan(plan).encode("utf-8"), f"{key}-plan.json")
    if name in {"decisions.csv", "decisions.xlsx"}:
        rows = [*list_open(plan), *list_decided(plan)]
        content = through_file(name, lambda path: write_review(plan, path, rows))
        return give(content, f"{key}-{name}")
    raise HTTPException(404)


def who_of(shelf: Shelf) -> str:
    """Return who decides in this browser."""
    by: str = shelf.kept.get(_WHO, "")
    return by or login()


def _act(shelf: Shelf, key: str, chosen: Chosen, pressed: Pressed) -> str:
    """Do what a button says; return the name of what is shown next."""
    plan, seen = shelf.find(key).plan, Seen(pressed.name, pressed.mark)
    if pressed.act == "undo":
        return name_of(undo(shelf, key, who_of(shelf)))
    if pressed.act == "back":
        return name_of(take_back(shelf, key, seen))
    proposal = find_proposal(plan, pressed.name)
    following = next_of(plan, chosen, proposal)
    verdict = _VERDICTS.get(pressed.act)
    if verdict is not None:
        kind = next((one for one in LINK_TYPES if one == pressed.kind), None)
        decide(shelf, key, seen, verdict, by=who_of(shelf), why=pressed.why, kind=kind)
        after = queue_of(shelf.find(key).plan, chosen)
        while following is not None and following not in after:  # decided along with an event
            following = next_of(plan, chosen, following)
    elif pressed.act != "skip":
        raise HTTPException(400)
    return _END if following is None else name_of(following)


def _draw(
    request: Request, shelf: Shelf, key: str, chosen: Chosen, at: str, told: Told
) -> HTMLResponse:
    opened = shelf.find(key)
    plan = opened.plan
    queue, decided = queue_of(plan, chosen), decided_of(plan, chosen)
    current = _current(opened, queue, at)
    return show(
        request,
        "local/review.html.j2",
        heading="Review of links",
        opened=opened,
        here="review",
        status=told.status,
        scripts=REVIEW_SCRIPTS,
        shown=None if current is None else describe_proposal(plan, current),
        place=queue.index(current) + 1 if current in queue else 0,
        waiting=len(queue),
        done=len(decided),
        left=[(name_of(one), tell_short(_get(opened, one))) for one in queue[:_ROWS]],
        made=[describe_proposal(plan, one) for one in _newest(opened, decided)[:_ROWS]],
        chosen=chosen,
        rules=_rules(opened),
        rule_names={name: one.name for name, one in RULES.items()},
        themes=[item for item in plan.items if item.parent is None and not item.external],
        bands=_BANDS,
        types=LINK_TYPES,
        by=who_of(shelf),
        told=told,
        is_end=at == _END,
    )


def _current(opened: Opened, queue: list[Proposal], at: str) -> Proposal | None:
    if at == _END:
        return None
    if at:
        return find_proposal(opened.plan, at)
    return queue[0] if queue else None


def _newest(opened: Opened, decided: list[Proposal]) -> list[Proposal]:
    """Return decisions, the last that was made first."""

    def number(one: Proposal) -> int:
        made = decision_of(_get(opened, one))
        return 0 if made is None else number_of(made)

    return sorted(decided, key=number, reverse=True)


def _rules(opened: Opened) -> list[str]:
    found = (rule_of(_get(opened, one)) for one in list_open(opened.plan))
    return sorted({one for one in found if one is not None})


def _get(opened: Opened, one: Proposal) -> Proposed:
    found: Proposed = getattr(opened.plan, one.group)[one.place]
    return found
