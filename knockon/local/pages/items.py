"""The list of items, and one item in full."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from graphmodel.words import fold_words
from knockon.cli.items import group_facts, list_facts
from knockon.local.asking import AskedShelf
from knockon.local.look import find_names, show
from knockon.local.pages.views import files_of
from knockon.local.views import find_rows
from queries.facts import describe
from queries.thread import follow_thread
from viz.itemrows import ItemRow
from viz.linkrows import describe_links

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

#: Rows on one page of the list.
_ROWS = 100

#: What the list may be cut down to: by name, in words, and what belongs to it.
_STATES = {
    "open": ("open", ("late", "critical", "tight", "free")),
    "late": ("late", ("late",)),
    "critical": ("without room", ("critical",)),
    "tight": ("with two weeks of room or less", ("tight",)),
    "done": ("done", ("done",)),
}

#: Groups of facts that the page shows in its own way.
_APART = {"Waits for", "Is waited for by", "Parts"}

Words = Annotated[str, Query(max_length=200)]


@router.get("/plans/{key}/items")
def list_items(
    request: Request,
    key: str,
    shelf: AskedShelf,
    q: Words = "",
    owner: Words = "",
    state: Words = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """List items, or those that are asked for."""
    opened = shelf.find(key)
    rows = find_rows(opened)
    wanted = [one for one in rows if _is_wanted(one, q, owner, state)]
    last = max(1, -(-len(wanted) // _ROWS))
    page = min(page, last)
    asked = {"q": q, "owner": owner, "state": state}
    return show(
        request,
        "local/items.html.j2",
        heading="Items",
        opened=opened,
        here="items",
        rows=wanted[(page - 1) * _ROWS : page * _ROWS],
        first_row=(page - 1) * _ROWS + 1,
        found=len(wanted),
        total=len(rows),
        asked=asked,
        number=page,
        last=last,
        states=_STATES,
        owners=sorted({one.owner for one in rows if one.owner}),
        files=files_of("items"),
        address_of_name=find_names(opened),
    )


def _is_wanted(one: ItemRow, words: str, owner: str, state: str) -> bool:
    if owner and one.owner != owner:
        return False
    if state in _STATES and one.state not in _STATES[state][1]:
        return False
    wanted = words.casefold().strip()
    if not wanted or wanted in one.id.casefold():
        return True
    begins = fold_words(words).split()
    text = fold_words(f"{one.id} {one.item.title} {one.owner}").split()
    return bool(begins) and all(any(part.startswith(word) for part in text) for word in begins)


@router.get("/plans/{key}/item")
def show_item(
    request: Request,
    key: str,
    shelf: AskedShelf,
    wanted: Annotated[str, Query(alias="id", max_length=300)] = "",
) -> HTMLResponse:
    """Show one item in full."""
    opened = shelf.find(key)
    plan = opened.plan
    facts = describe(plan, wanted)
    rows, own = find_rows(opened), facts.item.id
    near = [*facts.links_in, *facts.links_out]
    drawn = describe_links(plan, rows, opened.schedule, near)
    groups = group_facts(facts, follow_thread(plan, own))
    return show(
        request,
        "local/item.html.j2",
        heading=f"{own} {facts.item.title}",
        opened=opened,
        here="item",
        facts=facts,
        row=next((one for one in rows if one.id == own), None),
        lines=list(list_facts(facts)),
        groups=[(name, lines) for name, lines in groups if lines and name not in _APART],
        waits=[one for one in drawn if one.link.to == own],
        holds=[one for one in drawn if one.link.from_ == own],
        titles={end: plan.index.items[end].title for link in near for end in (link.from_, link.to)},
    )
