"""Links from the order of a paper: numbered phases and consecutive milestones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.cycles import find_cycle
from graphmodel.items import Item, Planned, Source
from graphmodel.links import Link
from graphmodel.plan import Plan
from loaders.phases import Phase, find_phase
from loaders.sequences import (
    CLASH_CONFIDENCE,
    PHASE_CONFIDENCE,
    SEQUENCE_CONFIDENCE,
    judge_order,
    propose_links,
)


def item(name: str, title: str = "Work", **more: Any) -> Item:
    """Return an item; ``start`` and ``finish`` are days as text."""
    days = {key: date.fromisoformat(more.pop(key)) for key in ("start", "finish") if key in more}
    precision = more.pop("precision", "day" if days else "none")
    planned = Planned.model_validate(days | {"precision": precision})
    parent = more.pop("parent", None)
    return Item.model_validate(
        {"id": name, "kind": "action", "title": title, "planned": planned, "parent": parent} | more
    )


def milestone(name: str, finish: str | None = None, title: str = "Step", **more: Any) -> Item:
    dates = {} if finish is None else {"finish": finish}
    return item(name, title, kind="milestone", parent="A", **dates, **more)


def propose(*items: Item, links: tuple[Link, ...] = ()) -> tuple[Link, ...]:
    return propose_links(Plan(id="p", items=items, links=links))


def shape(*items: Item) -> list[str]:
    """Return each link as ``a-FS-b accepted``."""
    return [f"{one.from_}-{one.type}-{one.to} {one.state}" for one in propose(*items)]


@pytest.mark.parametrize(
    ("title", "phase"),
    [
        ("Phase 1 - Listen to families", ("phase", 1)),
        ("Phase 2: decision", ("phase", 2)),
        ("Stage two of the review", ("stage", 2)),
        ("PHASE IV – close", ("phase", 4)),  # noqa: RUF001
        ("Phase 2a – pilot", ("phase", 2)),  # noqa: RUF001
        ("Phase 1 – 90 day plan", ("phase", 1)),  # noqa: RUF001
        ("Phase 3, 2027 budget", ("phase", 3)),
        ("SI6.1.2 Phase 2: shadow council", ("phase", 2)),
        ("Phase 12", ("phase", 12)),
        ("Phase in the new rota", None),
        ("Phase out the old system", None),
        ("Phases 1 and 2", None),
        ("Phase 1-3 delivery", None),
        ("Phase 1 and 2 of the review", None),
        ("Phase 1, 2 and 3", None),
        ("Phase 1.2 of the review", None),
        ("Comply with the Act, Phase 2", None),
        ("Staged 1 report", None),
        ("Phase 2nd review", None),
    ],
)
def test_numbered_titles(title: str, phase: tuple[str, int] | None) -> None:
    expected = None if phase is None else Phase(*phase)
    assert find_phase(item("SI6.1.2", title)) == expected


def test_phases_that_follow_each_other_are_accepted() -> None:
    one, two = (
        item("a", "Phase 1: listen", finish="2026-06-30"),
        item("b", "Phase 2: decide", start="2026-07-01", finish="2026-09-30"),
    )
    (link,) = propose(one, two)
    assert (link.from_, link.to, link.type, link.state) == ("a", "b", "FS", "accepted")
    assert (link.origin, link.rule, link.confidence) == ("phase", "phase", PHASE_CONFIDENCE)
    assert not link.lag
    assert link.reason == "Phase 1 comes before Phase 2, and the planned dates agree."
    assert not link.model_extra


@pytest.mark.parametrize(
    ("start", "finish", "kind"),
    [
        (None, "2026-06-30", "FS"),  # both are milestones of one day: the same instant
        (None, "2026-06-29", None),
        ("2026-07-01", None, "FS"),
        ("2026-06-30", None, None),  # starts on the day at whose end the phase before finishes
        ("2026-06-30", "2026-06-30", "FF"),
        ("2026-01-01", "2026-12-31", "FF"),
        ("2026-01-01", "2026-06-29", None),
    ],
)
def test_type_and_state_go_by_instants(
    start: str | None, finish: str | None, kind: str | None
) -> None:
    """A finish on 30 June is its end, a start on 30 June its beginning (5.1)."""
    days = {key: day for key, day in (("start", start), ("finish", finish)) if day}
    one, two = item("a", "Phase 1", finish="2026-06-30"), item("b", "Phase 2", **days)
    (link,) = propose(one, two)
    assert (link.state, link.type) == ("accepted" if kind else "proposed", kind or "FS")
    clash = (link.confidence, link.model_extra)
    assert clash == ((PHASE_CONFIDENCE, {}) if kind else (CLASH_CONFIDENCE, {"x_clash": True}))


def test_a_clash_says_which_dates() -> None:
    (link,) = propose(
        item("c", "Phase 3: to vesting day", start="2027-05-01", finish="2028-04-01"),
        item("d", "Phase 4: after vesting day", start="2028-04-01", precision="from"),
    )
    assert link.state == "proposed"
    assert link.reason == (
        "Phase 3 comes before Phase 4, but c starts 2027-05-01 and finishes 2028-04-01, "
        "d starts 2028-04-01."
    )


def test_the_parts_of_a_phase_count() -> None:
    """The parent finishes no earlier than its parts, so a late part is a clash (5.3.4)."""
    phases = [
        item("a", "Phase 1", finish="2026-06-30"),
        item("b", "Phase 2", finish="2026-07-31"),
    ]
    late = item("a1", parent="a", finish="2026-08-31")
    assert shape(*phases) == ["a-FS-b accepted"]
    (link,) = propose(*phases, late)
    assert link.reason == (
        "Phase 1 comes before Phase 2, but a finishes with its parts 2026-08-31, "
        "b finishes 2026-07-31."
    )
    cancelled = late.model_copy(update={"status": "cancelled"})
    assert shape(*phases, cancelled) == ["a-FS-b accepted"]


def test_a_phase_without_dates_of_its_own_has_those_of_its_parts() -> None:
    assert shape(
        item("a", "Phase 1"),
        item("b", "Phase 2", finish="2026-07-31"),
        item("a1", parent="a", finish="2026-05-31"),
        item("a2", parent="a", finish="2026-06-30"),
    ) == ["a-FS-b accepted"]


def test_a_parent_that_never_finishes_is_held_by_nothing() -> None:
    """A link into a parent holds its finish (5.3.4); without one there is nothing to hold."""
    assert not shape(
        item("a", "Phase 1", finish="2026-06-30"),
        item("b", "Phase 2", start="2026-07-01", precision="from"),
        item("b1", parent="b", precision="ongoing"),
    )


def test_a_parent_whose_parts_finish_too_early_clashes() -> None:
    (link,) = propose(
        item("a", "Phase 1", finish="2026-06-30"),
        item("b", "Phase 2", start="2026-07-01", precision="from"),
        item("b1", parent="b", finish="2026-05-31"),
    )
    assert link.state == "proposed"
    assert link.reason == (
        "Phase 1 comes before Phase 2, but a finishes 2026-06-30, "
        "b starts 2026-07-01 and finishes with its parts 2026-05-31."
    )


def test_series_are_of_one_word_kind_and_parent() -> None:
    days = [f"2026-{month:02}-28" for month in range(1, 10)]
    assert shape(
        item("A", "Programme"),
        item("B", "Other programme"),
        item("A1", "Phase 1", parent="A", finish=days[0]),
        item("B2", "Phase 2", parent="B", finish=days[1]),
        item("A3", "Stage 2", parent="A", finish=days[2]),
        item("A4", "Phase 2", parent="A", finish=days[3], kind="objective"),
        item("A5", "Stage 1", parent="A", finish=days[0]),
    ) == ["A5-FS-A3 accepted"]


def test_numbers_that_come_again_begin_a_new_series() -> None:
    days = [f"2026-0{month}-28" for month in range(1, 6)]
    names = ["Phase 1 roads", "Phase 2 roads", "Phase 1 parks", "Phase 2 parks", "Phase 3 parks"]
    items = [item(f"i{n}", names[n], finish=days[n]) for n in range(5)]
    assert shape(*items) == ["i0-FS-i1 accepted", "i2-FS-i3 accepted", "i3-FS-i4 accepted"]


def test_phases_of_one_number_are_one_step() -> None:
    assert shape(
        item("a", "Phase 1a", finish="2026-01-31"),
        item("b", "Phase 1b", finish="2026-02-28"),
        item("c", "Phase 2", finish="2026-03-31"),
    ) == ["a-FS-c accepted", "b-FS-c accepted"]


@pytest.mark.parametrize(
    "middle",
    [
        item("b", "Phase 2"),
        item("b", "Phase 2", precision="ongoing", start="2026-02-01"),
        item("b", "Phase 2", precision="complete", status="complete"),
        item("b", "Phase 2", finish="2026-02-28", status="cancelled"),
        item("b", "Phase 2", finish="2026-02-28", duration="2w"),
    ],
)
def test_phases_that_dates_say_nothing_of_are_stepped_over(middle: Item) -> None:
    first = item("a", "Phase 1", finish="2026-01-31")
    third = item("c", "Phase 3", finish="2026-03-31")
    assert shape(first, middle, third) == ["a-FS-c accepted"]


def test_no_link_leaves_a_phase_without_a_finish() -> None:
    assert shape(
        item("a", "Phase 1", finish="2026-01-31"),
        item("b", "Phase 2", start="2026-02-01", precision="from"),
        item("c", "Phase 3", finish="2026-03-31"),
    ) == ["a-FS-b accepted", "a-FS-c accepted"]


ACTION = item("A", "The action")


def test_consecutive_milestones_are_proposed() -> None:
    links = propose(
        ACTION,
        milestone("m1", "2026-05-31"),
        milestone("m2", "2026-06-30"),
        milestone("m3", "2026-06-30"),
        item("A2", "Another action"),
        milestone("m4", "2026-05-31"),
    )
    found = [(one.from_, one.to, one.type, one.confidence) for one in links]
    assert found == [
        ("m1", "m2", "FS", SEQUENCE_CONFIDENCE),
        ("m2", "m3", "FS", SEQUENCE_CONFIDENCE),
        ("m3", "m4", "FS", CLASH_CONFIDENCE),
    ]
    assert {(one.origin, one.rule, one.state) for one in links} == {
        ("sequence", "sequence", "proposed")
    }
    assert links[2].reason == (
        "One is listed after the other, but m3 finishes 2026-06-30, m4 finishes 2026-05-31."
    )
    assert links[2].model_extra == {"x_clash": True}


def test_milestones_without_a_finish_are_stepped_over() -> None:
    assert shape(
        ACTION,
        milestone("m1", precision="complete", status="complete"),
        milestone("m2", "2026-05-31"),
        milestone("m3", precision="ongoing"),
        milestone("m4", start="2026-06-01", precision="from"),
        milestone("m5", "2026-07-31"),
    ) == ["m2-FS-m4 proposed", "m2-FS-m5 proposed"]


def test_numbered_milestones_are_linked_once() -> None:
    assert shape(
        ACTION,
        milestone("m1", "2026-05-31", "Phase 1"),
        milestone("m2", "2026-06-30", "Phase 2"),
        milestone("m3", "2026-07-31", "Publish"),
    ) == ["m1-FS-m2 accepted", "m2-FS-m3 proposed"]


def test_evidence_stands_on_both_sides() -> None:
    sources = [Source(source="s1", line=line, quote=f"line {line}") for line in (7, 8)]
    items = [
        milestone(f"m{n}", f"2026-0{n + 1}-28", source=source) for n, source in enumerate(sources)
    ]
    plan = Plan.model_validate({"id": "p", "items": (ACTION, *items), "sources": [{"id": "s1"}]})
    (link,) = propose_links(plan)
    assert [(one.side, one.source) for one in link.evidence] == [
        ("from", sources[0]),
        ("to", sources[1]),
    ]


@pytest.mark.parametrize("ends", [("m1", "m2"), ("m2", "m1")])
def test_a_pair_that_is_linked_already_gets_no_other(ends: tuple[str, str]) -> None:
    known = Link(from_=ends[0], to=ends[1])
    items = (ACTION, milestone("m1", "2026-05-31"), milestone("m2", "2026-06-30"))
    assert propose(*items, links=(known,)) == ()


def test_a_phase_link_against_stated_links_stays_proposed() -> None:
    items = [item(name, title, finish="2026-06-30") for name, title in zip(
        "axb", ("Phase 1", "Report", "Phase 2"), strict=True
    )]  # fmt: skip
    links = propose(*items, links=(Link(from_="b", to="x"), Link(from_="x", to="a")))
    assert [(one.state, one.confidence, one.model_extra) for one in links] == [
        ("proposed", CLASH_CONFIDENCE, {"x_clash": True})
    ]
    assert links[0].reason == "Phase 1 comes before Phase 2, but other links say otherwise."


_DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 9))


@given(st.lists(st.tuples(st.none() | _DAYS, st.none() | _DAYS, st.booleans()), max_size=8))
def test_accepted_links_move_nothing_as_written(
    drawn: list[tuple[date | None, date | None, bool]],
) -> None:
    """Bound by bound (5.3.3), counted in whole days: no start, finish or single date moves."""
    items = tuple(
        Item(
            id=f"i{number}",
            kind="milestone" if is_milestone else "action",
            title=f"Phase {number + 1}",
            planned=Planned(start=start, finish=finish, precision="day"),
        )
        for number, (start, finish, is_milestone) in enumerate(drawn)
        if start is None or finish is None or start <= finish
    )
    plan = Plan(id="p", items=items)
    links = propose_links(plan)
    for link in links:
        before, after = plan.index.item(link.from_).planned, plan.index.item(link.to).planned
        assert before.finish is not None
        day_after = before.finish.toordinal() + 1
        if link.state == "accepted" and link.type == "FS" and after.start is not None:
            assert after.start.toordinal() >= day_after
        elif link.state == "accepted":
            assert after.finish is not None
            assert after.finish.toordinal() + 1 >= day_after
    assert find_cycle(plan, links) is None


def test_a_start_milestone_falls_where_its_day_begins() -> None:
    # DESIGN 5.1: its one instant is the first of the day, so what starts that day may follow it,
    # and what finishes that day (its last instant) is too late for it.
    day = item("V", "Vesting day", kind="milestone", type="start_milestone", start="2028-04-01")
    after = item("A", start="2028-04-01")
    before = item("B", finish="2028-03-31")
    late = item("C", finish="2028-04-01")
    plan = Plan(id="p", items=(day, after, before, late))
    assert judge_order(plan, "V", "A")[0] == "FS"
    assert judge_order(plan, "B", "V")[0] == "FS"
    kind, why = judge_order(plan, "C", "V")
    assert kind is None
    assert why == "C finishes 2028-04-01, V starts 2028-04-01"
