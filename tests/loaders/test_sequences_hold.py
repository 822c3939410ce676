"""The law of DESIGN 5.3.8, held against the engine: links from a paper move nothing as written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from graphmodel.plan import Plan
from loaders.load import load
from loaders.sequences import propose_links
from simulations.schedule import schedule

if TYPE_CHECKING:
    from pathlib import Path

_DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw phases of an objective, some with milestones, dated in every way a paper dates them."""
    items: list[dict[str, Any]] = [{"id": "O", "kind": "objective", "title": "Objective"}]
    for number in range(draw(st.integers(1, 5))):
        action = f"O.{number}"
        items.append(_item(draw, action, "action", "O", f"Phase {number}"))
        for part in range(draw(st.integers(0, 3))):
            title = draw(st.sampled_from(["Step", f"Stage {part}"]))
            items.append(_item(draw, f"{action}.{part}", "milestone", action, title))
    return Plan.model_validate({"id": "p", "start": date(2026, 1, 1), "items": items})


def _item(draw: st.DrawFn, name: str, kind: str, parent: str, title: str) -> dict[str, Any]:
    start, finish = draw(st.none() | _DAYS), draw(st.none() | _DAYS)
    if start is not None and finish is not None and start > finish:
        start, finish = finish, start
    precision = "none" if finish is None else "day"
    precision = "from" if finish is None and start is not None else precision
    planned = {"start": start, "finish": finish, "precision": precision}
    if draw(st.integers(0, 9)) == 0:
        planned = {"precision": "ongoing"}
    return {"id": name, "kind": kind, "title": title, "parent": parent, "planned": planned}


def dates(plan: Plan) -> dict[str, tuple[date | None, date | None]]:
    return {one.id: (one.start, one.finish) for one in schedule(plan).items}


@given(plans())
def test_accepted_links_leave_every_date(plan: Plan) -> None:
    linked = Plan(id="p", start=plan.start, items=plan.items, links=propose_links(plan))
    assert dates(linked) == dates(plan)


def test_accepted_links_leave_every_date_of_the_real_paper(csip_paper: Path) -> None:
    plan = load([csip_paper]).plan
    assert any(link.state == "accepted" for link in plan.links)
    bare = plan.model_copy(update={"links": ()})
    bare.__dict__.pop("index", None)
    assert dates(plan) == dates(bare)
