"""Laws of carrying over, on made-up plans edited in any way over several months."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.items import HistoryEntry, Uncertainty
from graphmodel.links import Decision, Link
from graphmodel.planfile import dump_plan, parse_plan
from graphmodel.spans import parse_span
from loaders.carrying import carry_over
from tests.laws import examples
from tests.loaders.made_up_months import Paper
from tests.oracle.entities import DOCUMENTS

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.plan import Plan

NUMBERS = ("A1", "A2", "A3")

EDITS = ("insert", "remove", "reword", "date", "swap", "move")


@st.composite
def first_papers(draw: st.DrawFn) -> Paper:
    """Draw a paper of three actions with up to five milestones each."""
    sizes = draw(st.tuples(*[st.integers(0, 5)] * len(NUMBERS)))
    contents = iter(range(100, 200))
    actions = {
        number: [next(contents) for _ in range(size)]
        for number, size in zip(NUMBERS, sizes, strict=True)
    }
    return Paper(actions, {number: place for place, number in enumerate(NUMBERS)})


def edit(draw: st.DrawFn, paper: Paper, sha: str) -> Paper:
    """Draw the next month's paper: each content is edited at most once a month."""
    now = paper.copy(sha)
    fresh = iter(range(1000 * (ord(sha) - 96), 10**6))
    free = [content for _, content in paper.contents()]
    for what in draw(st.lists(st.sampled_from(EDITS), max_size=6)):
        if what == "insert":
            contents = now.actions[draw(st.sampled_from(NUMBERS))]
            contents.insert(draw(st.integers(0, len(contents))), next(fresh))
            continue
        if not free:
            break
        content = free.pop(draw(st.integers(0, len(free) - 1)))
        home = next(contents for contents in now.actions.values() if content in contents)
        place = home.index(content)
        if what == "remove":
            home.remove(content)
        elif what == "reword":
            now.wordings[content] = now.wordings.get(content, 0) + 1
        elif what == "date":
            now.months[content] = now.months.get(content, 0) + draw(st.integers(1, 5))
        elif what == "swap":
            other = draw(st.integers(0, len(home) - 1))
            home[place], home[other] = home[other], home[place]
        else:
            home.remove(content)
            other_home = now.actions[draw(st.sampled_from(NUMBERS))]
            other_home.insert(draw(st.integers(0, len(other_home))), content)
    return now


@st.composite
def months(draw: st.DrawFn, size: int = 4) -> list[Paper]:
    """Draw the papers of several months."""
    papers = [draw(first_papers())]
    for number in range(1, size):
        papers.append(edit(draw, papers[-1], chr(ord("a") + number)))
    return papers


def named_contents(plan: Plan, paper: Paper) -> dict[str, int]:
    """Return what each id of a milestone names, by its words in this month's paper."""
    by_title = {paper.title(content): content for _, content in paper.contents()}
    return {item.id: by_title[item.title] for item in plan.items if item.kind == "milestone"}


def mark(plan: Plan, paper: Paper) -> Plan:
    """Return a plan in which everything that people add to a milestone names its content."""
    names = named_contents(plan, paper)
    items = [mark_item(item, names[item.id]) if item.id in names else item for item in plan.items]
    links = [
        Link(
            from_=one,
            to=other,
            origin="register",
            decided=Decision(why=f"{names[one]} {names[other]}"),
        )
        for one, other in pairwise(names)
    ]
    return plan.model_copy(update={"items": tuple(items), "links": tuple(links)})


def mark_item(item: Item, content: int) -> Item:
    delay = Uncertainty(
        distribution="uniform", low=parse_span("0d"), high=parse_span(f"{content}d")
    )
    history = (*item.history, HistoryEntry(text=str(content)))
    update = {
        "uncertainty": delay,
        "status": "in_progress",
        "history": history,
        "cause": str(content),
    }
    return item.model_copy(update=update)


def linked_contents(paper: Paper) -> list[int]:
    """Return the contents in the order in which `mark` links them: that of the plan."""
    return [content for _, content in paper.contents()]


@given(months())
@settings(max_examples=examples(150))
def test_an_id_names_one_content_for_ever_and_a_content_keeps_its_id(papers: list[Paper]) -> None:
    plan = papers[0].read()
    ever = named_contents(plan, papers[0])
    alive = {content: name for name, content in ever.items()}
    for paper in papers[1:]:
        plan = carry_over(plan, paper.read()).plan
        names = named_contents(plan, paper)
        for name, content in names.items():
            assert ever.setdefault(name, content) == content
            assert alive.get(content, name) == name
        alive = {content: name for name, content in names.items()}
        places = [
            f"{number}.{place}"
            for number, contents in paper.actions.items()
            for place, _ in enumerate(contents, start=1)
        ]
        milestones = [item for item in plan.items if item.kind == "milestone"]
        assert [item.label or item.id for item in milestones] == places


@given(months(size=3))
@settings(max_examples=examples(150))
def test_nothing_lands_on_another_content(papers: list[Paper]) -> None:
    plan = papers[0].read()
    for before, paper in pairwise(papers):
        carried = carry_over(mark(plan, before), paper.read())
        plan = carried.plan
        names = named_contents(plan, paper)
        stayed = {content for _, content in before.contents()}
        for item in plan.items:
            if item.kind != "milestone":
                continue
            content = names[item.id]
            said = {entry.text for entry in item.history if entry.text is not None}
            if content in stayed:
                assert (item.cause, item.status) == (str(content), "in_progress")
                assert said == {str(content)}
                assert item.uncertainty is not None
                assert str(item.uncertainty.high) == f"{content}d"
            else:
                assert (item.cause, item.status, said) == (None, "not_started", set())
        pairs = {f"{one} {other}" for one, other in pairwise(linked_contents(before))}
        there = {str(content) for _, content in paper.contents()}
        whole = {pair for pair in pairs if there.issuperset(pair.split())}
        assert {f"{names[one.from_]} {names[one.to]}" for one in plan.links} == whole
        assert {one.decided.why for one in plan.links if one.decided is not None} == whole
        for link in plan.links:
            assert link.decided == Decision(why=f"{names[link.from_]} {names[link.to]}")
        told = [one for one in carried.problems if one.code == "link-dropped"]
        assert len(told) == len(pairs) - len(whole)


@given(months(size=2))
def test_the_same_version_again_changes_nothing_more(papers: list[Paper]) -> None:
    first = carry_over(mark(papers[0].read(), papers[0]), papers[1].read())
    again = carry_over(first.plan, papers[1].read())
    assert again.plan == first.plan
    assert [one.code for one in again.problems] == []
    same = carry_over(first.plan, first.plan)
    assert (same.plan, same.problems) == (first.plan, ())
    assert parse_plan(dump_plan(first.plan)) == first.plan


@given(first_papers(), st.permutations(NUMBERS))
def test_decisions_follow_an_action_that_is_printed_under_another_number(
    paper: Paper, numbers: list[str]
) -> None:
    now = paper.copy("b")
    moved = dict(zip(NUMBERS, numbers, strict=True))
    now.actions = {number: paper.actions[before] for before, number in moved.items()}
    now.names = {number: paper.names[before] for before, number in moved.items()}
    old = paper.read()
    marked = [
        item.model_copy(update={"cause": item.title}) if item.kind == "action" else item
        for item in old.items
    ]
    carried = carry_over(old.model_copy(update={"items": tuple(marked)}), now.read())
    items = carried.plan.index.items
    for before, number in moved.items():
        assert items[number].cause == items[number].title == paper.title(paper.names[before])
    assert named_contents(carried.plan, now) == named_contents(old, paper)
    changed = sum(before != number for before, number in moved.items())
    codes = [one.code for one in carried.problems]
    assert codes.count("item-renumbered") == changed
    assert codes.count("number-reused") == changed


@given(DOCUMENTS)
def test_any_plan_carried_over_to_itself_is_the_same(document: dict[str, Any]) -> None:
    plan = parse_plan(json.dumps(document))
    carried = carry_over(plan, plan)
    for name in type(plan).model_fields:
        assert getattr(carried.plan, name) == getattr(plan, name), name
    assert carried.plan == plan
    assert carried.problems == ()
