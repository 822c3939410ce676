"""Random plans in which decisions wait for inputs and boards meet often (a hypothesis strategy).

Those of tests/oracle hold everything, and few gates with a cliff; here there is one in most.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from graphmodel.plan import Plan

__all__ = ["gated_plans"]

_LAST_DAYS = [date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)]
_RULES = ["FREQ=MONTHLY;BYDAY=3TU", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TH;COUNT=12", None, None]
_LEADS = [None, "0d", "5d", "10wd", "2w", "1m"]


@st.composite
def gated_plans(draw: st.DrawFn) -> Plan:
    """Return a plan of three to seven milestones, some of them gates that wait for others."""
    items = [_item(draw, number) for number in range(draw(st.integers(3, 7)))]
    names = [item["id"] for item in items]
    links = []
    for number, name in enumerate(names[1:], start=1):
        for before in draw(st.lists(st.sampled_from(names[:number]), max_size=2, unique=True)):
            kind = draw(st.sampled_from(["FS", "FS", "FS", "FF", "SS"]))
            lag = draw(st.sampled_from(["0d", "0d", "10d", "-3d", "5wd", "1m"]))
            links.append({"from": before, "to": name, "type": kind, "lag": lag})
    gated = draw(st.lists(st.sampled_from(names[1:]), min_size=1, max_size=3, unique=True))
    if draw(st.booleans()):  # a gate that has parts
        items.append({"id": "p", "kind": "action", "title": "p", **_planned(draw)})
        items[0]["parent"] = items[1]["parent"] = "p"
        links = [one for one in links if not {one["from"], one["to"]} <= set(names[:2])]
        gated.append("p")
    boards = [_board(draw, name) for name in ("x", "y")]
    gates = [{"item": one, "board": draw(st.sampled_from(["x", "y"]))} for one in gated]
    document: dict[str, Any] = {"schema": "knockon/plan@1", "id": "p", "start": "2026-06-01"}
    if draw(st.integers(0, 3)) == 0:
        first = date(2026, 7, 1) + timedelta(draw(st.integers(0, 60)))
        last = first + timedelta(draw(st.integers(5, 40)))
        document["blackouts"] = [{"start": str(first), "finish": str(last), "boards": ["x"]}]
    if draw(st.integers(0, 3)) == 0:
        document["status_date"] = str(date(2026, 6, 15))
    document |= {"items": items, "links": links, "boards": boards, "gates": gates}
    return Plan.model_validate(document)


def _planned(draw: st.DrawFn) -> dict[str, Any]:
    finish = draw(st.sampled_from(_LAST_DAYS))
    precision = draw(st.sampled_from(["month", "day"]))
    if precision == "day":
        finish -= timedelta(draw(st.integers(0, 29)))
    return {"planned": {"finish": str(finish), "precision": precision}}


def _item(draw: st.DrawFn, number: int) -> dict[str, Any]:
    item = {"id": f"i{number}", "kind": "milestone", "title": f"No. {number}", **_planned(draw)}
    if draw(st.integers(0, 2)) == 0:
        item["due"] = str(draw(st.sampled_from(_LAST_DAYS)) + timedelta(15))
    if draw(st.integers(0, 9)) == 0:
        item["status"] = "complete"
    return item


def _board(draw: st.DrawFn, name: str) -> dict[str, Any]:
    days = draw(st.lists(st.integers(0, 400), min_size=2, max_size=9, unique=True))
    dates = [str(date(2026, 6, 2) + timedelta(day)) for day in days]
    meetings: dict[str, Any] = {"dates": dates}
    rule: str | None = draw(st.sampled_from(_RULES))
    if rule is not None:
        meetings["rule"] = rule
    if draw(st.integers(0, 1)):
        meetings["cancelled"] = [dates[0]]
    lead = draw(st.sampled_from(_LEADS))
    return {"id": name, "title": name, "meetings": meetings, "papers_lead": lead}
