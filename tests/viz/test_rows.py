"""What is said of items and links."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graphmodel.items import Item, Planned, Source, SourceFile
from graphmodel.links import Decision, Evidence, Link
from graphmodel.people import Assignment, Officer
from graphmodel.plan import Plan
from graphmodel.spans import parse_span
from simulations.results import LinksUsed, Schedule, ScheduledItem
from simulations.schedule import schedule
from viz.itemrows import describe_items
from viz.linkrows import describe_links

DAY = date(2026, 9, 30)


def plan_of(*items: Item, links: tuple[Link, ...] = (), **given: Any) -> Plan:
    return Plan(id="p", items=items, links=links, **given)


def milestone(key: str, finish: date | None = DAY, **given: Any) -> Item:
    planned = Planned(finish=finish, precision="month" if finish else "none")
    return Item(id=key, kind="milestone", title=f"Title of {key}", planned=planned, **given)


def dated(
    plan: Plan, *, room: float | None = 50, critical: bool = False, finish: date | None = DAY
) -> Schedule:
    """A schedule that gives every item the same dates and room."""
    items = tuple(
        ScheduledItem(
            one.id, one.kind, one.title, finish, finish, None, None, room, room, 0, critical, (),
            (), derived=False,
        )
        for one in plan.items
    )  # fmt: skip
    return Schedule(plan, "spare", LinksUsed(0, 0), finish, items, (), None, None, ())


@pytest.mark.parametrize(
    ("given", "room", "critical", "state", "words"),
    [
        ({}, 50, False, "free", "50 days of room"),
        ({}, None, False, "free", "not known"),
        ({}, 15, False, "free", "15 days of room"),
        ({}, 14, False, "tight", "14 days of room"),
        ({}, 0, True, "critical", "no room"),
        ({}, -29, False, "critical", "29 days short"),
        ({"due": date(2026, 9, 30)}, 0, True, "critical", "no room"),
        ({"due": date(2026, 8, 31)}, -30, True, "late", "late by 1 month (30 days)"),
        ({"due": date(2026, 8, 31), "status": "complete"}, -30, False, "done", "done"),
        ({"status": "cancelled"}, 50, False, "done", "done"),
    ],
)
def test_states(
    given: dict[str, Any], room: float | None, critical: bool, state: str, words: str
) -> None:
    plan = plan_of(milestone("a", **given))
    (fact,) = describe_items(plan, dated(plan, room=room, critical=critical))
    assert (fact.state, fact.room_words) == (state, words)


def test_a_forecast_tells_how_far_it_is_from_the_plan() -> None:
    plan = plan_of(milestone("a"))
    (same,) = describe_items(plan, dated(plan))
    (later,) = describe_items(plan, dated(plan, finish=date(2026, 11, 30)))
    assert same.forecast_words == "30 Sep 2026"
    assert later.forecast_words == "30 Nov 2026, 2 months (61 days) later than planned"


def test_the_lane_is_the_outermost_item_below_the_plan() -> None:
    plan = plan_of(
        Item(id="P", kind="plan", title="The plan"),
        Item(id="T", kind="theme", title="Theme", parent="P"),
        Item(id="A", kind="action", title="Action", parent="T"),
        milestone("m", parent="A"),
        milestone("alone"),
    )
    facts = describe_items(plan, dated(plan))
    assert {one.id: one.lane for one in facts} == {"T": "T", "A": "T", "m": "T", "alone": ""}


def test_whole_plans_are_told_where_something_joins_them() -> None:
    """A governance paper's documents are plans without parts; a portfolio's plans may be linked."""
    plan = plan_of(
        Item(id="P", kind="plan", title="A plan"),
        Item(id="Q", kind="plan", title="Another plan"),
        Item(id="a", kind="action", title="A", parent="P"),
        Item(id="b", kind="action", title="B", parent="Q"),
        Item(id="D", kind="plan", title="A document"),
    )
    assert [row.item.id for row in describe_items(plan, None)] == ["a", "b", "D"]
    joined = plan.model_copy(update={"links": (Link(from_="P", to="b"),)})
    assert [row.item.id for row in describe_items(joined, None)] == ["P", "a", "b", "D"]


def test_owners_are_inherited() -> None:
    plan = plan_of(
        Item(id="A", kind="action", title="Action"),
        milestone("m", parent="A"),
        officers=(Officer(id="o", title="Head of Works"), Officer(id="q", title="Head of Sums")),
        assignments=(Assignment(officer="o", item="A"), Assignment(officer="q", item="A")),
    )
    assert describe_items(plan, dated(plan))[1].owner == "Head of Works and Head of Sums"


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (milestone("a", None), "no date in the plan"),
        (milestone("a", None, status="cancelled"), "dropped"),
        (milestone("a", None, status="complete"), "complete, but nobody wrote down when"),
    ],
)
def test_why_an_item_has_no_date(item: Item, why: str) -> None:
    plan = plan_of(item)
    (fact,) = describe_items(plan, dated(plan, finish=None))
    assert not fact.is_dated
    assert fact.undated == why


@pytest.mark.parametrize(
    ("planned", "why"),
    [
        (Planned(precision="ongoing", text="ongoing"), "ongoing, without an end date"),
        (Planned(text="as agreed"), 'the plan says only "as agreed"'),
    ],
)
def test_what_the_plan_says_instead_of_a_date(planned: Planned, why: str) -> None:
    plan = plan_of(Item(id="a", kind="milestone", title="A", planned=planned))
    (fact,) = describe_items(plan, dated(plan, finish=None))
    assert fact.undated == why
    assert fact.planned_words == planned.text


def test_without_a_schedule_items_stand_at_their_own_dates() -> None:
    plan = plan_of(
        milestone("a"),
        milestone("b", forecast=date(2026, 12, 31)),
        milestone("c", status="complete", actual_finish=date(2026, 8, 14)),
    )
    finishes = [one.finish for one in describe_items(plan, None)]
    assert finishes == [DAY, date(2026, 12, 31), date(2026, 8, 14)]


@pytest.mark.parametrize(
    ("kind", "lag", "clash"),
    [
        # A 1 to 30 September, B 11 September to 10 October; days that B begins or ends too early.
        ("FS", "0d", 20),
        ("FS", "5d", 25),
        ("FS", "-1m", 0),
        ("FS", "1m", 51),  # the last day of September and a month is the last day of October
        ("SS", "0d", 0),
        ("SS", "11d", 1),
        ("FF", "0d", 0),
        ("FF", "12d", 2),
        ("SF", "45d", 5),
        ("FS", "-15wd", 0),  # a working lead is not judged
        ("FS", "50%", 20),
    ],
)
def test_clashes_by_type_and_lag(kind: Any, lag: str, clash: float) -> None:
    a = Item(
        id="a", kind="activity", title="A",
        planned=Planned(start=date(2026, 9, 1), finish=date(2026, 9, 30), precision="range"),
    )  # fmt: skip
    b = Item(
        id="b", kind="activity", title="B",
        planned=Planned(start=date(2026, 9, 11), finish=date(2026, 10, 10), precision="range"),
    )  # fmt: skip
    link = Link(from_="a", to="b", type=kind, lag=parse_span(lag), state="proposed")
    plan = plan_of(a, b, links=(link,))
    (fact,) = describe_links(plan, describe_items(plan, None), None, plan.links)
    assert fact.clash_days == clash
    assert fact.clashes is (clash > 0)


def test_a_milestone_may_fall_at_the_end_of_the_day_it_waits_for() -> None:
    plan = plan_of(milestone("a"), milestone("b"), links=(Link(from_="a", to="b"),))
    dates = schedule(plan)
    (fact,) = describe_links(plan, describe_items(plan, dates), dates, plan.links)
    assert not fact.clashes
    assert fact.driving
    assert fact.standing == "accepted: stated in the plan; it sets the date"


def test_proposed_links_never_drive_and_rejected_ones_are_left_out() -> None:
    links = (
        Link(from_="a", to="b", state="proposed", confidence=0.55, origin="sequence"),
        Link(from_="b", to="c", state="rejected"),
    )
    plan = plan_of(milestone("a"), milestone("b"), milestone("c"), links=links)
    drives = replace(
        dated(plan), items=tuple(replace(one, driven_by=("a",)) for one in dated(plan).items)
    )
    (fact,) = describe_links(plan, describe_items(plan, drives), drives, plan.links)
    assert not fact.driving
    assert fact.standing == "proposed, not decided (55% sure): next in the list"


def test_links_are_said_from_both_ends() -> None:
    plan = plan_of(
        milestone("a"),
        milestone("b"),
        links=(
            Link(
                from_="a", to="b", lag=parse_span("45d"),
                decided=Decision(by="CPMO", at=date(2026, 6, 12), why="agreed"),
            ),
        ),
    )  # fmt: skip
    (fact,) = describe_links(plan, describe_items(plan, None), None, plan.links)
    assert fact.how == "must finish first, then 45 days"
    assert fact.how_out == "waits for this to finish, then 45 days"
    assert fact.decided == "decided by CPMO on 12 Jun 2026: agreed"
    assert fact.standing.endswith("the dates clash by 45 days")


def test_evidence_is_quoted_unless_it_is_an_items_own_entry() -> None:
    evidence = (
        Evidence(side="from", source=Source(source="s", line=7, quote="Title of a (Sep 2026)")),
        Evidence(side="to", source=Source(source="s", line=7, quote="Title of b (Sep 2026)")),
        Evidence(source=Source(source="s", page=3, quote="B needs what A leaves behind.")),
    )
    link = Link(from_="a", to="b", evidence=evidence)
    sources = (SourceFile(id="s", title="Delivery plan"), SourceFile(id="t", file="x/links.csv"))
    plan = plan_of(milestone("a"), milestone("b"), links=(link,), sources=sources)
    (fact,) = describe_links(plan, describe_items(plan, None), None, plan.links)
    assert fact.sources == (
        ("B needs what A leaves behind.", "Delivery plan, page 3"),
        ("", "the entry of a and b, Delivery plan, line 7"),
    )
    alone = plan.model_copy(update={"sources": sources[:1]})
    (fact,) = describe_links(alone, describe_items(alone, None), None, alone.links)
    assert fact.sources[0] == ("B needs what A leaves behind.", "page 3")


def test_a_long_title_of_a_document_gives_way_to_its_file() -> None:
    title = "Annex A: Continuous Service Improvement Plan, Full Delivery Plan"
    sources = (
        SourceFile(id="s", title=title, file="papers\\annex-a.pdf"),
        SourceFile(id="t", title=title),
    )
    evidence = tuple(
        Evidence(source=Source(source=key, cell="C7", quote="Said")) for key in ("s", "t")
    )
    link = Link(from_="a", to="b", evidence=evidence)
    plan = plan_of(milestone("a"), milestone("b"), links=(link,), sources=sources)
    (fact,) = describe_links(plan, describe_items(plan, None), None, plan.links)
    assert fact.sources == (
        ("Said", "annex-a.pdf, cell C7"),
        ("Said", "Annex A: Continuous Service…, cell C7"),
    )
