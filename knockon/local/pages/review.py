"""Link review: proposals one by one with the words of both sides, decided by button or key."""

import getpass
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from graphmodel.errors import KnockonError
from graphmodel.links import LINK_TYPES, LinkType
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
from loaders.review.proposals import Proposal, Proposed, decision_of, list_decided, list_open, rule_of
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
    return _draw(request, shelf, key, chosen, at, _DID.get(did, ""))


@router.post("/plans/{key}/review")
def take_decision(
    request: Request,
    key: str,
    shelf: AskedShelf,
    chosen: AskedChosen,
    act: Field,
    name: Field = "",
    mark: Field = "",
    why: Annotated[str, Form(max_length=500)] = "",
    kind: Field = "",
) -> Response:
    """Do what a button says, and go on to what waits next."""
    try:
        at = _act(shelf, key, act, chosen, name=name, mark=mark, why=why, kind=kind)
    except NoSuchPlanError:
        raise
    except KnockonError as error:
        return _draw(
            request, shelf, key, chosen, name, fault=str(error), why=why, kind=kind,
            status=status_of(error),
        )  # fmt: skip
    told = "&".join(filter(None, (chosen.query, f"at={at}", f"did={act}")))
    return RedirectResponse(f"/plans/{key}/review?{told}#review", 303)


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
        return _draw(
            request, shelf, key, Chosen(), "", fault=str(error), status=status_of(error)
        )
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


def _act(
    shelf: Shelf, key: str, act: str, chosen: Chosen, *, name: str, mark: str, why: str, kind: str
) -> str:
    """Do what a button says; return the name of what is shown next."""
    plan = shelf.find(key).plan
    if act == "undo":
        return name_of(undo(shelf, key, who_of(shelf)))
    proposal = find_proposal(plan, name)
    if act == "back":
        return name_of(take_back(shelf, key, name, mark))
    following = next_of(plan, chosen, proposal)
    if act in {"accept", "reject", "reverse"}:
        verdict: Verdict = act  # type: ignore[assignment]
        decide(
            shelf, key, name, mark, verdict, by=who_of(shelf), why=why, kind=_kind(kind)
        )
        after = queue_of(shelf.find(key).plan, chosen)
        while following is not None and following not in after:  # decided along with an event
            following = next_of(plan, chosen, following)
    elif act != "skip":
        raise HTTPException(400)
    return _END if following is None else name_of(following)


def _kind(text: str) -> LinkType | None:
    return next((one for one in LINK_TYPES if one == text), None)


def _draw(
    request: Request,
    shelf: Shelf,
    key: str,
    chosen: Chosen,
    at: str,
    said: str = "",
    *,
    fault: str = "",
    why: str = "",
    kind: str = "",
    status: int = 200,
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
        status=status,
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
        said=said,
        fault=fault,
        why=why,
        type_asked=kind,
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
