"""Small plans with titles as papers have them, and what is suggested for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from graphmodel.plan import Plan
from loaders.suggest.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.links import Link

VERBS = ("Review", "Develop", "Agree", "Consult on", "Recruit to", "Implement", "Embed", "Evaluate")
THINGS = ("the digital demonstrator", "brokerage", "Phase 1 of the depot", "Phase 2 of the depot")
TAILS = ("", " following review of brokerage", " to inform the depot", " in light of the election")


def make_action(*steps: tuple[str, str | None], **more: Any) -> Plan:
    """Return a plan of one action ``A`` with steps ``A.1``, …: title and finish of each."""
    items: list[dict[str, Any]] = [
        {"id": "T", "kind": "theme", "title": "Care"},
        {"id": "A", "kind": "action", "title": "Improve things", "parent": "T"},
    ]
    items += [
        {
            "id": f"A.{number}",
            "kind": "milestone",
            "title": title,
            "parent": "A",
            "planned": {"finish": finish, "precision": "day"} if finish else {},
            "source": {"source": "s1", "line": number + 10, "quote": title},
        }
        for number, (title, finish) in enumerate(steps, start=1)
    ]
    return make_plan(items, **more)


def make_plan(items: Iterable[dict[str, Any]], **more: Any) -> Plan:
    """Return a plan of these items with one source ``s1``."""
    fields = {"id": "p", "sources": [{"id": "s1", "title": "A paper"}], "items": list(items)}
    return Plan.model_validate(fields | more)


def pairs_of(plan: Plan, *rules: str, least: float = 0.0) -> set[tuple[str, str]]:
    """Return the ends of the links that these rules suggest for a plan (all rules where none)."""
    found = suggest(plan, only=rules or None)
    return {(link.from_, link.to) for link in found.new if link.confidence >= least}


def find_link(links: Iterable[Link], before: str, after: str) -> Link:
    """Return the one link between two items."""
    (found,) = [link for link in links if (link.from_, link.to) == (before, after)]
    return found


@st.composite
def worded_plans(draw: st.DrawFn) -> Plan:
    """Draw a plan of two actions with worded steps, dates, and links in every state."""
    items: list[dict[str, Any]] = [{"id": "T", "kind": "theme", "title": "Care"}]
    leaves: list[str] = []
    for action in ("A", "B"):
        items.append({"id": action, "kind": "action", "title": "Deliver care", "parent": "T"})
        for number in range(draw(st.integers(0, 5))):
            leaves.append(f"{action}.{number}")
            items.append(_draw_step(draw, leaves[-1], action))
    links = []
    states = st.sampled_from(["accepted", "proposed", "rejected"])
    if len(leaves) > 1:
        ends = st.tuples(st.integers(0, len(leaves) - 1), st.integers(0, len(leaves) - 1))
        for one, other in draw(st.lists(ends, max_size=3, unique_by=frozenset)):
            if one != other:
                first, last = sorted((one, other))
                state = draw(states)
                rule = draw(st.sampled_from(["sequence", "stages", None]))
                decided = draw(st.sampled_from([None, {"by": "a planner", "why": "we know"}]))
                links.append(
                    {
                        "from": leaves[first],
                        "to": leaves[last],
                        "state": state,
                        "rule": rule,
                        "origin": "inferred",
                        "decided": decided,
                        "confidence": 0.5,
                    }
                )
    return make_plan(items, links=links)


def _draw_step(draw: st.DrawFn, name: str, action: str) -> dict[str, Any]:
    title = draw(st.sampled_from(VERBS)) + " " + draw(st.sampled_from(THINGS))
    month = draw(st.integers(1, 12))
    dated = {"finish": f"2027-{month:02d}-28", "precision": "month"}
    return {
        "id": name,
        "kind": draw(st.sampled_from(["milestone", "activity"])),
        "title": title + draw(st.sampled_from(TAILS)),
        "parent": action,
        "planned": draw(st.sampled_from([dated, dated, {}, {"precision": "ongoing"}])),
        "status": draw(st.sampled_from(["not_started", "not_started", "complete", "cancelled"])),
        "source": {"source": "s1", "line": 7, "quote": title},
    }
