"""How pages look: the templates, styles and scripts of the files that are sent, in another frame.

A served page fetches its styles and scripts from ``/static`` instead of holding them, and has the
pages of its plan above it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from starlette.responses import HTMLResponse

from viz.page import MAP_SCRIPTS, Assets, Frame, as_inline, make_environment, read_static

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2 import Environment
    from starlette.requests import Request
    from starlette.types import Scope

    from knockon.local.desk import Opened
    from viz.paper.blocks import Paper

__all__ = [
    "PLAN_PAGES",
    "STYLES",
    "address_of",
    "block_values",
    "draw",
    "find_names",
    "frame_of",
    "show",
    "show_paper",
    "static_text",
]

#: The pages of a plan in the order of the bar above them: where, and how they are called.
PLAN_PAGES: Final = (
    ("", "Overview"),
    ("map", "Map"),
    ("what-if", "What if"),
    ("items", "Items"),
    ("owners", "Owners"),
    ("boards", "Boards"),
    ("risk", "Risk"),
    ("check", "Health"),
    ("review", "Links"),
    ("compare", "Compare"),
    ("scenarios", "Scenarios"),
    ("files", "Files"),
)

_FRAME: Final = "local/frame.html.j2"
#: Headings of columns that name officers or boards, and whose pages these lead to.
_NAMED: Final = {
    "Officer": "officer", "Owner": "officer", "Board": "board", "First board to hear": "board",
}  # fmt: skip
#: Styles that only served pages need, after those of every page.
STYLES: Final = ("page.css", "local.css", "desk.css")


def show(
    request: Request,
    template: str,
    *,
    heading: str,
    opened: Opened | None = None,
    here: str | None = None,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """Return a page as an answer.

    Parameters
    ----------
    template
        Its template, which extends ``local/frame.html.j2``.
    heading
        Its heading, and with the plan's title its name in the browser.
    opened, here
        The plan it is about, and which of `PLAN_PAGES` it is; None for a page of no plan.
    values
        What the template shows.
    """
    text = draw(request.scope, template, heading=heading, opened=opened, here=here, **values)
    return HTMLResponse(text, status)


def show_paper(
    request: Request,
    paper: Paper,
    *,
    opened: Opened,
    here: str,
    template: str = "local/view.html.j2",
    files: Sequence[str] = (),
    files_at: str | None = None,
    **values: Any,
) -> HTMLResponse:
    """Return a page of blocks as an answer; ``files`` are names below the address ``files_at``."""
    return show(
        request,
        template,
        heading=paper.title,
        opened=opened,
        here=here,
        paper=paper,
        files=files,
        files_at=files_at or f"/plans/{opened.key}/files",
        **block_values(opened),
        **values,
    )


def block_values(opened: Opened) -> dict[str, Any]:
    """Return what templates know that show blocks: items lead to their own pages."""
    from viz.paper.page import block_words  # noqa: PLC0415 - heavy

    def address_of_item(item: str) -> str | None:
        if item not in opened.plan.index.items:
            return None
        return f"/plans/{opened.key}/item?id={quote(item, safe='')}"

    return {
        **block_words(),
        "address_of_item": address_of_item,
        "address_of_name": find_names(opened),
    }


def find_names(opened: Opened) -> Callable[[str, str], str | None]:
    """Return what finds the page of an officer or a board.

    It takes the heading of a column and the name that stands in it; where that is no officer's and
    no board's, it gives None.
    """
    plan = opened.plan
    known = {
        "officer": {one.name: one.id for one in plan.officers},
        "board": {one.name: one.id for one in plan.boards},
    }

    def address_of_name(heading: str, name: str) -> str | None:
        kind = _NAMED.get(heading, "")
        found = known.get(kind, {}).get(name)
        if found is None:
            return None
        return f"/plans/{opened.key}/{kind}?id={quote(found, safe='')}"

    return address_of_name


def draw(
    scope: Scope,
    template: str,
    *,
    heading: str,
    opened: Opened | None = None,
    here: str | None = None,
    scripts: tuple[str, ...] = (),
    **values: Any,
) -> str:
    """Return a page as text; see `show`. ``scripts`` are names below ``viz/static``."""
    frame = frame_of(scope, opened, here)
    page = {"title": heading if opened is None else f"{heading} - {opened.title}"}
    known = {**frame.dress(scripts), "page": page, "heading": heading, "opened": opened}
    return _environment().get_template(template).render(**known, **values)


def frame_of(
    scope: Scope,
    opened: Opened | None = None,
    here: str | None = None,
    *,
    before: str | None = None,
    **values: Any,
) -> Frame:
    """Return the frame of a served page, for views of `viz` that draw themselves.

    ``before`` is a template whose content stands before that of the page, ``values`` what it shows.
    """
    nonce = scope["state"]["nonce"]

    def find_assets(scripts: tuple[str, ...]) -> Assets:
        if MAP_SCRIPTS[0] in scripts:  # vis-network writes style elements, without a nonce
            scope["state"]["loose_styles"] = True
        return Assets("", (), "", tuple(map(address_of, scripts)), nonce)

    site = {
        "nonce": nonce,
        "styles": [address_of(name) for name in STYLES],
        "here": here,
        "key": None if opened is None else opened.key,
        "plan_title": "" if opened is None else opened.title,
        "organisation": "" if opened is None else opened.plan.organisation or "",
        "pages": PLAN_PAGES,
        "before": before,
    }
    return Frame(_FRAME, find_assets, {"site": site, **values})


@cache
def address_of(name: str) -> str:
    """Return the address of a style or script, which changes with its content."""
    mark = hashlib.sha256(static_text(name).encode("utf-8")).hexdigest()[:12]
    return f"/static/{quote(name)}?{mark}"


@cache
def static_text(name: str) -> str:
    """Return a style or script as it is served."""
    text = read_static(name)
    return as_inline(name, text) if name.endswith(".js") else text


@cache
def _environment() -> Environment:
    return make_environment()
