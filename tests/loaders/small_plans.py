"""Small plans that a sheet of items can hold in full (hypothesis strategy)."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from graphmodel.cycles import find_cycle
from graphmodel.plan import Plan
from graphmodel.references import link_fault

DAYS = st.dates(date(1900, 3, 1), date(2199, 12, 31)).map(date.isoformat)

#: Anything people write, in one line and without blanks that show nothing.
TITLES = (
    st.text("aZé計9 ,;.:'\"=+-@#%&()/\\\N{RIGHT SINGLE QUOTATION MARK}", min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.strip("#") and not text.startswith("#"))
)

WORDINGS: tuple[dict[str, str], ...] = (
    {"finish": "2027-04-30", "precision": "month", "text": "April 2027"},
    {"finish": "2026-09-30", "precision": "quarter", "text": "Q2 26/27"},
    {"finish": "2027-02-28", "precision": "season", "text": "Winter 2026/27"},
    {"finish": "2027-03-31", "precision": "year", "text": "2026-27"},
    {"start": "2026-10-01", "finish": "2026-12-31", "precision": "range", "text": "Oct - Dec 2026"},
    {"start": "2026-05-01", "precision": "from", "text": "From May 2026"},
    {"precision": "ongoing", "text": "Ongoing"},
    {"precision": "none", "text": "TBC"},
    {"precision": "none", "text": "After the vote"},
)

REPORTS: tuple[dict[str, Any], ...] = (
    {},
    {"status": "in_progress", "percent": 33.3, "actual_start": "2026-04-01"},
    {"status": "complete", "percent": 100.0, "actual_start": "2026-04-01",
     "actual_finish": "2026-05-06T17:30"},
    {"status": "complete"},
    {"status": "on_hold", "percent": 0.5},
    {"status": "cancelled", "forecast": "2027-01-31"},
    {"status": "not_started", "percent": 0.0, "forecast": "2027-01-31"},
)  # fmt: skip

OFFICES = ("Head of Tides", "Director of Docks & Quays", "Chief Pilot")
PORTFOLIOS = ("Ports and Trade", "Housing")
ROLES = ("responsible", "delivery_lead", "accountable", "sponsor")
LAGS = ("0d", "5d", "-3wd", "1.5w", "2m", "-50%", "30min", "4h", "2eh")
IDS = ("A", "A.1", "A.1.1", "A.2", "b 2", "SI1.1~2", "12", "É/4", "A-1", "=x", "csip:Z")


@st.composite
def small_plans(draw: st.DrawFn) -> Plan:
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=7, unique=True))
    items = [_draw_item(draw, one, ids[:number]) for number, one in enumerate(ids)]
    assignments = draw(
        st.lists(
            st.tuples(st.sampled_from(OFFICES), st.sampled_from(ids), st.sampled_from(ROLES))
            | st.tuples(st.sampled_from(PORTFOLIOS), st.sampled_from(ids), st.just("portfolio")),
            max_size=5,
            unique=True,
        )
    )
    titles = dict.fromkeys(title for title, _, _ in assignments)
    slugs = {title: title.lower().replace("&", "and").replace(" ", "-") for title in titles}
    plan = Plan.model_validate(
        {
            "id": "p",
            "items": items,
            "links": _draw_links(draw, {item["id"]: item.get("parent") for item in items}),
            "officers": [
                {"id": slugs[one], "title": one,
                 "kind": "member" if one in PORTFOLIOS else "office"} for one in titles
            ],
            "assignments": [
                {"officer": slugs[title], "item": item, "role": role}
                for title, item, role in assignments
            ],
        }
    )  # fmt: skip
    circle = find_cycle(plan, plan.links)  # of which registers use no more than does not close it
    return plan if circle is None else plan.model_copy(update={"links": ()})


def _draw_item(draw: st.DrawFn, name: str, above: list[str]) -> dict[str, Any]:
    kinds = ("theme", "objective", "action", "milestone", "activity")
    item: dict[str, Any] = {"id": name, "kind": draw(st.sampled_from(kinds))}
    item["title"] = draw(TITLES)
    item["parent"] = draw(st.none() | st.sampled_from(above)) if above else None
    first, last = sorted(draw(st.tuples(DAYS, DAYS)))
    days: tuple[dict[str, str], ...] = ({"finish": last, "precision": "day"},
            {"start": first, "finish": last, "precision": "day"}, {})  # fmt: skip
    item["planned"] = draw(st.sampled_from((*WORDINGS, *days)))
    item |= draw(st.sampled_from(REPORTS))
    item["due"] = draw(st.none() | DAYS)
    if item["planned"].get("finish"):
        item["duration"] = draw(st.none() | st.sampled_from(["10wd", "6w", "1.5m"]))
        item["scheduling"] = "planned" if item["duration"] else None
    item["rag"] = draw(st.none() | st.sampled_from(["red", "amber", "green", "amber-red", "blue"]))
    item["tags"] = draw(st.lists(st.sampled_from(["it", "staff", "two words"]), unique=True))
    item["division"] = draw(st.none() | st.just("Adults & Housing"))
    item["x_notes"] = draw(st.none() | st.just("Said = done"))
    return item


def _draw_links(draw: st.DrawFn, parents: dict[str, str | None]) -> list[dict[str, str]]:
    pairs = [
        (one, other) for one in parents for other in parents if not link_fault(one, other, parents)
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=6, unique=True)) if pairs else []
    types, lags = st.sampled_from(["FS", "SS", "FF", "SF"]), st.sampled_from(LAGS)
    return [
        {"from": one, "to": other, "type": draw(types), "lag": draw(lags)} for one, other in chosen
    ]
