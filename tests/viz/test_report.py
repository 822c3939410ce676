"""The what-if page: what it says, in which order, and that nothing is left out."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from graphmodel.items import Item, Planned
from graphmodel.links import Link
from graphmodel.plan import Plan
from graphmodel.scenario import Scenario
from graphmodel.scenario import Slip as SlipChange
from graphmodel.spans import parse_span
from simulations.recovery.run import recover
from simulations.results import Buffer, Summary, Threshold
from simulations.whatif import what_if
from tests.viz.hostile import PAYLOADS, build_hostile_plan
from tests.viz.reading import PageParts, read_page
from tests.viz.samples import (
    CHANGED,
    answer_of,
    build_plan,
    build_schedule,
    build_still_whatif,
    build_whatif,
    moved,
    slip,
)
from viz.answer import find_before, prepare_answer
from viz.cures import prepare_cures
from viz.report import draw_whatif

PLAN = Plan(
    id="p",
    title="Plan",
    items=tuple(
        Item(
            id=key,
            kind="milestone",
            title=f"Title of {key}",
            planned=Planned(finish=date(2026, 6, 30), precision="month"),
        )
        for key in ("a", "b", "c")
    ),
    links=(
        Link(from_="a", to="b"),
        Link(from_="b", to="c", state="proposed"),
    ),
)


@pytest.fixture(scope="module")
def html() -> str:
    return draw_whatif(build_whatif(), baseline=build_schedule())


@pytest.fixture(scope="module")
def parts(html: str) -> PageParts:
    return read_page(html)


def test_the_answer_comes_first(parts: PageParts) -> None:
    words = parts.words
    places = [
        words.index(text)
        for text in (
            "What if SI1.1.3.4",
            build_whatif().sentences[0],
            build_whatif().sentences[1],
            "What becomes late",
            "Both ends of the answer",
            "Before and after",
            "Who needs to know",
            "What moves, and whose it is",
            "How it gets there",
            "The part of the plan it touches",
            "What this rests on",
        )
    ]
    assert places == sorted(places)


def test_everything_that_moves_is_told_with_its_owner_and_dates(parts: PageParts) -> None:
    for one in build_whatif().items:
        assert one.id in parts.words
        assert " ".join(one.owners) in parts.words
    assert "14 Feb 2027 to 2 Mar 2027" in parts.words
    assert "45 to 61 days" in parts.words


def test_both_ends_are_compared() -> None:
    ends = {name: (spare, work) for name, spare, work in prepare_answer(build_whatif(), ()).ends}
    assert ends == {
        "Other items that move": ("1 item", "6 items"),
        "They move by up to": ("45 days", "61 days"),
        "Newly late against a due date": ("0 items", "1 item"),
        "Something else becomes late": (
            "at a slip of 229 days: SI1.1.3",
            "at a slip of 32 days: SI1.1.3",
        ),
    }


def test_late_already_and_newly_late_are_kept_apart() -> None:
    newly = moved("a", due=date(2026, 7, 10), newly_late=True, newly_late_if_work=True)
    already = moved("b", due=date(2026, 6, 20), late_before=True)
    intime = moved("c", due=date(2026, 12, 31))
    said = prepare_answer(answer_of(PLAN, newly, already, intime), PLAN.links)
    assert [row.item.id for row in said.newly_late] == ["a"]
    assert [row.item.id for row in said.late_already] == ["b"]
    assert [row.late for row in said.moved] == [
        "becomes late by 20 days",
        "late already, now by 40 days",
        "in time: due 31 Dec 2026",
    ]
    page = read_page(draw_whatif(answer_of(PLAN, newly, already, intime))).words
    late, already_at = page.index("What becomes late"), page.index("Late already, before")
    assert late < page.index("a Title of a", late) < already_at < page.index("b Title of b", late)


@pytest.mark.parametrize(
    ("given", "late"),
    [
        ({}, "no due date"),
        ({"endangers": "A"}, "no due date; part of A"),
        (
            {"due": date(2026, 7, 31), "newly_late_if_work": True,
             "finish_if_work": date(2026, 8, 31)},
            "becomes late by 31 days if the gaps are work",
        ),
        (
            {"due": date(2026, 7, 29), "newly_late": True, "finish_if_work": date(2026, 8, 31)},
            "becomes late by 1 to 33 days",
        ),
        (
            {"due": date(2026, 7, 31), "baseline_finish": None, "finish": None,
             "finish_if_work": None},
            "in time: due 31 Jul 2026",
        ),
    ],
)  # fmt: skip
def test_how_an_item_stands_against_its_due_date(given: dict[str, Any], late: str) -> None:
    (row,) = prepare_answer(answer_of(PLAN, moved("a", **given)), ()).moved
    assert row.late == late


def test_wholes_that_only_follow_their_parts_are_told_apart(parts: PageParts) -> None:
    said = prepare_answer(build_whatif(), ())
    assert [row.item.id for row in said.parents] == ["SI1.1"]
    assert "SI1.1.3" in [row.item.id for row in said.moved]  # it becomes late
    assert "1 more item that moves only because a part of it does" in parts.words
    assert [row.item.id for row in said.newly_late] == ["SI1.1.3"]


def test_owners_hear_of_what_is_theirs() -> None:
    first = moved("a", owners=("Head of Works", "Head of Sums"), knock_on_days=0.0)
    second = moved("b", owners=("Head of Sums",), newly_late=True, due=date(2026, 7, 1))
    third = moved("c", owners=())
    whole = moved("W", is_parent=True, owners=("Chief",))
    said = prepare_answer(answer_of(PLAN, first, second, third, whole), ())
    assert [(row.owner, row.moved, row.late, row.most) for row in said.owners] == [
        ("Head of Sums", ("a", "b"), ("b",), "30 days"),
        ("Head of Works", ("a",), (), "0 to 30 days"),
        ("Nobody is named", ("c",), (), "30 days"),
    ]


def test_room_is_told_on_one_scale_the_scarcest_first() -> None:
    buffers = (Buffer("a", "b", 89, 30), Buffer("a", "c", 61, 2), Buffer("b", "c", 10, -20))
    said = prepare_answer(answer_of(PLAN, moved("a"), buffers=buffers), ())
    assert [row.words for row in said.buffers] == [
        "None of 10 days left",
        "2 of 61 days left",
        "30 of 89 days left",
    ]
    widest = said.buffers[-1]
    assert widest.eaten + widest.left == pytest.approx(100, abs=0.02)
    assert widest.left == pytest.approx(100 * 30 / 89, abs=0.01)
    assert said.buffers[0].left == 0
    none = prepare_answer(answer_of(PLAN, moved("a"), buffers=(Buffer("a", "b", 0, 0),)), ())
    assert none.buffers[0].words == "There was no room"


def test_an_answer_in_which_nothing_moves_still_informs() -> None:
    buffers = (Buffer("a", "b", 89, 30),)
    still = answer_of(
        PLAN,
        moved("a", changed=True),
        buffers=buffers,
        first_newly_late=Threshold("b", 198),
    )
    words = read_page(draw_whatif(still)).words
    assert "Nothing becomes late that was in time before." in words
    assert "30 of 89 days left between a and b Title of b" in words
    assert "at a slip of 198 days: b" in words
    assert "at no slip" in words
    assert "The delay goes no further: the room on its links takes it up." in words
    alone = read_page(draw_whatif(build_still_whatif())).words
    assert "The delay goes no further: no link leads out of what moves." in alone
    assert "No link leads out of what moves, so there is no room to use up." in alone


def test_an_answer_without_changes_makes_a_page() -> None:
    empty = answer_of(PLAN, scenario=Scenario(), sentences=())
    parts = read_page(draw_whatif(empty))
    assert "What if nothing changes?" in parts.words
    assert "Nobody: nothing moves." in parts.words
    assert parts.scripts == []


@pytest.mark.parametrize(
    ("scenario", "question"),
    [
        (slip("a", "2m"), "What if a “Title of a” slips 2 months?"),
        (Scenario(name="A hard winter"), "What if: A hard winter"),
        (
            Scenario(
                changes=tuple(SlipChange(item=key, by=parse_span("1w")) for key in ("a", "b", "c"))
            ),
            "What if a “Title of a” slips 1 week and 2 other changes?",
        ),
    ],
)
def test_the_heading_asks_the_question(scenario: Scenario, question: str) -> None:
    answer = answer_of(PLAN, moved("a"), scenario=scenario)
    assert prepare_answer(answer, ()).question == question
    assert "Title of my own" in read_page(draw_whatif(answer, title="Title of my own")).words


def test_items_that_are_listed_but_do_not_move_are_not_in_the_answer() -> None:
    rests = moved("b", knock_on_days=0.0, knock_on_if_work_days=0.0)
    said = prepare_answer(answer_of(PLAN, moved("a"), rests), ())
    assert [row.item.id for row in said.moved] == ["a"]
    every = what_if(build_plan(), slip(CHANGED, "2m"), include_all=True)
    assert len(every.items) > 300
    ids = [row.item.id for row in prepare_answer(every, ()).moved]
    assert ids == [row.item.id for row in prepare_answer(build_whatif(), ()).moved]


def test_boards_have_a_column_only_where_there_are_any() -> None:
    without = draw_whatif(answer_of(PLAN, moved("a")))
    with_one = draw_whatif(answer_of(PLAN, moved("a", first_board="TCOB, 14 Jul 2026")))
    assert "First board to hear of it" not in without
    assert "First board to hear of it" in with_one
    assert "TCOB, 14 Jul 2026" in with_one


def test_the_map_holds_what_moves_its_neighbours_and_their_wholes(parts: PageParts) -> None:
    plan, answer = build_plan(), build_whatif()
    moving = {one.id for one in answer.items}
    near = {
        end
        for link in plan.links
        if link.state == "accepted" and moving & {link.from_, link.to}
        for end in (link.from_, link.to)
    }
    wholes = {above for one in moving | near for above in plan.index.ancestors(one)}
    rows = [attrs["id"] for tag, attrs in parts.tags if tag == "tr" and "id" in attrs]
    assert len([one for one in rows if str(one).startswith("i")]) == len(moving | near | wholes)
    assert {one.state for one in plan.links} == {"accepted", "proposed"}
    states = parts.data["linkStates"]
    assert {states[number] for number in parts.data["links"]["state"]} == {"accepted"}


def test_both_dates_before_the_change_are_told() -> None:
    # As work it would have finished on 30 July without the change: a month before 30 August.
    one = moved("b", finish_if_work=date(2026, 8, 30), knock_on_if_work_days=31.0)
    assert find_before(one) == (date(2026, 6, 30), date(2026, 7, 30))
    words = read_page(draw_whatif(answer_of(PLAN, one))).words
    assert "Head of Works30 Jun 2026 to 30 Jul 202630 Jul 2026 to 30 Aug 2026" in words
    assert "30 Jul 2026 to 30 Aug 2026 (before: 30 Jun 2026 to 30 Jul 2026)" in words


def test_the_map_shows_before_after_and_the_latest(parts: PageParts) -> None:
    placed = parts.data["items"]
    ghost = {int(number): day for number, day in placed["ghost"].items()}
    latest = {int(number): day for number, day in placed["latest"].items()}
    changed = parts.data["focus"][0]
    assert placed["finish"][changed] - ghost[changed] == 61
    assert latest[changed] == placed["finish"][changed]
    ranged = {number for number, day in latest.items() if day > placed["finish"][number]}
    drawn = {number for number in parts.data["focus"] if placed["finish"][number] is not None}
    assert ranged & drawn == drawn - {changed}


def test_links_on_the_way_are_the_ones_that_set_the_dates(parts: PageParts) -> None:
    steps = {pair for one in build_whatif().items for pair in pairwise(one.path)}
    plan_links = {(link.from_, link.to) for link in build_plan().links if link.state == "accepted"}
    assert sum(parts.data["links"]["driving"]) == len(steps & plan_links)


def test_proposed_links_are_drawn_only_if_the_answer_used_them() -> None:
    used = what_if(PLAN, slip("a", "1m"), links="proposed")
    assert used.links_used.proposed == 1
    assert len(read_page(draw_whatif(used)).data["links"]["to"]) == 2
    without = draw_whatif(what_if(PLAN, slip("a", "1m")))
    assert len(read_page(without).data["links"]["to"]) == 1
    assert "1 proposed link, which nobody has decided on yet" in read_page(draw_whatif(used)).words


def test_the_method_is_told(parts: PageParts) -> None:
    assert "125 accepted links. What no link says, no answer can show." in parts.words
    assert "Progress is as of 30 Jun 2026." in parts.words


def test_pictures_are_well_formed_and_have_a_name(html: str) -> None:
    for picture in re.findall(r"<svg[^>]*role=\"img\".*?</svg>(?=</div>|</li>)", html, re.DOTALL):
        assert ET.fromstring(picture).get("aria-label")


def test_hostile_text_is_text() -> None:
    plan = build_hostile_plan()
    items = [
        moved(one.id, title=one.title, owners=(PAYLOADS[2],), path=("<b>0", one.id))
        for one in plan.items
        if one.kind == "milestone"
    ]
    answer = answer_of(plan, *items, sentences=PAYLOADS, buffers=(Buffer("<b>0", "<b>1", 9, 3),))
    found = read_page(draw_whatif(answer, title=PAYLOADS[1], links=plan.links))
    for payload in PAYLOADS:
        start = " ".join(payload.split())[:100]
        assert found.words.count(start) >= 2  # a sentence, and the title of an item
    assert not {"img", "iframe", "textarea", "onload"} & {tag for tag, _ in found.tags}
    assert found.outside() == []


def test_what_would_stop_it_is_told_where_it_is_given() -> None:
    """A slips 9 days and B, which waits for it, is due: one cure together, four alone."""
    items = (
        Item(id="a", kind="activity", title=PAYLOADS[0], duration=parse_span("10d")),
        Item(
            id="b",
            kind="activity",
            title="Second",
            duration=parse_span("10d"),
            due=date(2026, 1, 20),
        ),
    )
    plan = Plan(id="p", start=date(2026, 1, 1), items=items, links=(Link(from_="a", to="b"),))
    asked = slip("a", "9d")
    html = draw_whatif(what_if(plan, asked), recovery=recover(plan, asked))
    found = read_page(html)
    assert "What would stop it" in found.words
    assert "1 item becomes late if the gaps between dates are spare or work." in found.words
    assert "is late by 9 days. Any one of these mends it:" in found.words
    assert "Let b “Second” wait 9 days less for a" in found.words
    assert found.outside() == []
    assert "What would stop it" not in read_page(draw_whatif(what_if(plan, asked))).words


def test_both_rules_for_gaps_have_cures_of_their_own() -> None:
    items = (
        Item(id="a", kind="milestone", title="First", planned=Planned(finish=date(2026, 1, 31))),
        Item(
            id="b",
            kind="milestone",
            title="Second",
            planned=Planned(finish=date(2026, 3, 31)),
            due=date(2026, 3, 31),
        ),
    )
    plan = Plan(id="p", items=items, links=(Link(from_="a", to="b"),))
    page = prepare_cures(recover(plan, slip("a", "9d")))
    assert [rule.title for rule in page.rules] == [
        "If the gaps between dates are spare",
        "If they are work",
    ]
    assert (page.rules[0].late, page.rules[0].together) == ((), ())
    (late,) = page.rules[1].late
    assert (len(late.cures), late.more) == (3, 0)


def test_counts_of_a_large_answer_are_kept_short() -> None:
    items = [moved(f"m{n}") for n in range(40)]
    buffers = tuple(Buffer("a", "b", n, n) for n in range(1, 11))
    answer = answer_of(
        PLAN, *items, scenario=slip("a", "1m"), buffers=buffers, summary=Summary(40, 0, 0, 40, 0)
    )
    words = read_page(draw_whatif(answer)).words
    assert "16 more items in the table below." in words
    assert "4 more links out of what moves have more room than these." in words
