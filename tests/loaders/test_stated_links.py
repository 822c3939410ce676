"""Stated links and common causes: what the planned dates allow, and what the engine makes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.items import Source
from graphmodel.plan import Plan
from loaders.common_causes import CommonCauses
from loaders.draft import Draft
from loaders.papers import read_paper
from loaders.stated_links import StatedPair, build_links
from simulations.schedule import schedule

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = Source(source="s1", line=1, quote="B waits for A.")


def make(first: dict[str, Any], after: dict[str, Any]) -> Plan:
    items = [
        {"id": name, "kind": "activity", "title": name, "planned": planned}
        for name, planned in (("A", first), ("B", after))
    ]
    sources = [{"id": "s1"}]
    return Plan.model_validate({"id": "p", "items": items, "sources": sources})


MARCH, MAY = {"finish": date(2025, 3, 31)}, {"finish": date(2025, 5, 31)}
LONG = {"start": date(2025, 2, 1), "finish": date(2025, 6, 30)}


@pytest.mark.parametrize(
    ("first", "after", "kind", "state", "clash"),
    [
        (MARCH, MAY, "FS", "accepted", False),
        (MARCH, LONG, "FF", "accepted", False),
        (MAY, MARCH, "FS", "proposed", True),
        ({}, MARCH, "FS", "proposed", False),
        (MARCH, {}, "FS", "proposed", False),
    ],
)
def test_dates_decide(
    first: dict[str, Any], after: dict[str, Any], kind: str, state: str, clash: bool
) -> None:
    (link,) = build_links(make(first, after), [StatedPair("A", "B", (SOURCE,))])
    assert (link.type, link.state, link.origin) == (kind, state, "stated")
    assert (link.model_extra == {"x_clash": True}) is clash
    assert link.evidence[0].source == SOURCE


def test_a_circle_of_sentences_is_told() -> None:
    pairs = [StatedPair("A", "B", (SOURCE,)), StatedPair("B", "A", (SOURCE,))]
    forth, back = build_links(make(LONG, LONG), pairs)
    assert (forth.type, forth.state) == ("FF", "accepted")
    assert back.state == "proposed"
    assert (back.reason or "").endswith("other links say otherwise.")


def test_links_of_the_paper_move_nothing(papers: Path) -> None:
    (path,) = papers.glob("003_*.txt")
    plan = read_paper(path).plan
    bare = Plan(**{**{name: getattr(plan, name) for name in plan.model_fields_set}, "links": ()})
    linked, alone = schedule(plan), schedule(bare)
    dated = {one.id for one in plan.items if one.planned.finish or one.planned.start}
    before = {one.id: one.finish for one in alone.items if one.id in dated}
    assert {one.id: one.finish for one in linked.items if one.id in dated} == before


def test_spellings_of_one_cause() -> None:
    draft = Draft("paper.txt")
    for name in ("A", "B", "C"):
        item = make(MARCH, MAY).items[0].model_copy(update={"id": name, "title": name})
        draft.add(item)
    causes = CommonCauses()
    causes.add("delay of the vote due to a great storm", "A", SOURCE)
    causes.add("the great-storm", "B", SOURCE)
    causes.add("rain", "C", SOURCE)
    causes.add("...", "C", SOURCE)
    (risk,) = causes.find_risks(draft)
    assert (risk.id, [one.item for one in risk.impacts]) == ("great-storm", ["A", "B"])
    (problem,) = draft.problems
    assert (problem.code, problem.items) == ("delay-not-stated", ("A", "B"))
