"""The real plan, edited by program as a council edits it: nothing lands on the wrong milestone.

Before each edit every milestone gets a status, a history, an uncertainty, a decided link to the
next one, a gate and a risk that name its title; afterwards all must be where that content is.
What the paper says is never written down here: the edits cut and paste the paper's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from graphmodel.items import HistoryEntry, Uncertainty
from graphmodel.links import Decision, Link
from graphmodel.measures import Impact, Risk
from graphmodel.people import Gate
from graphmodel.spans import parse_span
from loaders import delivery_plan
from loaders.carrying import carry_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.carrying import Carried

INSERTED = "Zebra crossings painted at every quay of the harbour (May 2027)"


@dataclass
class Edited:
    """The paper's text under the editor, and what the editor knows of each milestone he touched."""

    text: str
    plan: Plan
    removed: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    inserted: dict[str, str] = field(default_factory=dict)

    def parts(self, action: str) -> list[Item]:
        """Return the milestones of an action, as they were read first."""
        return [item for item in self.plan.items if item.parent == action]

    def put(self, item: Item, words: str) -> None:
        """Put words in the place of a milestone's own, in its line."""
        lines = self.text.split("\n")
        number = line_of(item)
        before = lines[number]
        lines[number] = before.replace(quote_of(item), words, 1)
        assert lines[number] != before
        self.text = "\n".join(lines)


def quote_of(item: Item) -> str:
    assert item.source is not None
    assert item.source.quote is not None
    return item.source.quote


def line_of(item: Item) -> int:
    """Return the index of the line that an item stands in."""
    assert item.source is not None
    assert item.source.line is not None
    return item.source.line - 1


def insert(paper: Edited, action: str) -> None:
    """Put a new milestone into the middle of an action."""
    parts = paper.parts(action)
    item = parts[len(parts) // 2]
    words = INSERTED.replace("quay", f"quay {action.replace('.', ' ')}")
    mark = "• " if "•" in paper.text.split("\n")[line_of(item)] else ""
    paper.put(item, f"{words} {mark}{quote_of(item)}")
    paper.inserted[words] = action


def reword(paper: Edited, action: str) -> None:
    """Give the longest milestone of an action another word in the middle, and one more."""
    item = max(paper.parts(action)[1:], key=lambda one: len(one.title))
    words = item.title.split()
    words[len(words) // 2] = "thoroughly"
    words.insert(2, "further")
    paper.put(item, quote_of(item).replace(item.title, " ".join(words)))


def swap(paper: Edited, action: str) -> None:
    """Let the first two milestones of an action change places."""
    one, other = paper.parts(action)[:2]
    first, second = quote_of(one), quote_of(other)
    paper.put(one, "\0")
    paper.put(other, first)
    lines = paper.text.split("\n")
    lines[line_of(one)] = lines[line_of(one)].replace("\0", second)
    paper.text = "\n".join(lines)


def remove(paper: Edited, action: str) -> None:
    """Take the last milestone of an action out."""
    item = paper.parts(action)[-1]
    paper.put(item, "")
    paper.removed.add(item.id)


def move(paper: Edited, action: str, place: int = -1) -> None:
    """Put a milestone of an action before the first one of the next action with milestones."""
    item = paper.parts(action)[place]
    others = [one for one in paper.plan.items if one.kind == "milestone" and one.parent != action]
    target = next((one for one in others if line_of(one) > line_of(item)), others[0])
    mark = "• " if "•" in paper.text.split("\n")[line_of(target)] else ""
    paper.put(item, "")
    paper.put(target, f"{quote_of(item)} {mark}{quote_of(target)}")
    assert target.parent is not None
    paper.moved[item.id] = target.parent


def everything(paper: Edited, action: str) -> None:
    """Edit an action of four milestones or more in every way at once."""
    size = len(paper.parts(action))
    swap(paper, action)
    insert(paper, action)
    remove(paper, action)
    if size > 4:
        move(paper, action, 2)
    if size > 5:
        item = paper.parts(action)[3]
        paper.put(item, quote_of(item).replace(item.title, f"{item.title} in full"))


@pytest.fixture(scope="module")
def text(csip_paper: Path) -> str:
    return csip_paper.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plan(text: str) -> Plan:
    return delivery_plan.read(text, "april.txt")[0]


@pytest.fixture(scope="module")
def marked(plan: Plan) -> Plan:
    """The plan with everything that people may have added to each milestone."""
    milestones = [item for item in plan.items if item.kind == "milestone"]
    return plan.model_copy(
        update={
            "items": tuple(mark(item) if item.kind == "milestone" else item for item in plan.items),
            "links": tuple(
                Link(
                    id=f"L{number}",
                    from_=one.id,
                    to=other.id,
                    state="rejected" if number % 2 else "accepted",
                    origin="register",
                    decided=Decision(by="PMO", why=f"{one.title}\n{other.title}"),
                )
                for number, (one, other) in enumerate(pairwise(milestones))
            ),
            "gates": tuple(
                Gate(id=f"G {one.id}", item=one.id, board="csib", reason=one.title)
                for one in milestones
            ),
            "risks": tuple(
                Risk(
                    id=f"R {one.id}",
                    title=one.title,
                    probability=0.1,
                    impacts=(Impact(item=one.id, delay=delay(3)),),
                )
                for one in milestones
            ),
        }
    )


def delay(days: int) -> Uncertainty:
    return Uncertainty(distribution="uniform", low=parse_span("0d"), high=parse_span(f"{days}d"))


def mark(item: Item) -> Item:
    update = {
        "status": "complete" if item.status == "complete" else "in_progress",
        "cause": item.title,
        "uncertainty": delay(len(item.title)),
        "history": (HistoryEntry(text=item.title),),
    }
    return item.model_copy(update=update)


def carry(marked: Plan, paper: Edited) -> Carried:
    new, _ = delivery_plan.read(paper.text, "may.txt")
    return carry_over(marked, new)


def check(marked: Plan, paper: Edited, carried: Carried) -> None:
    """Check that all that was known of a milestone stands where its content is, and only there."""
    before, now = marked.index.items, carried.plan.index.items
    milestones = {name for name, item in now.items() if item.kind == "milestone"}
    old = {name for name, item in before.items() if item.kind == "milestone"}
    fresh = milestones - old
    assert old - milestones == paper.removed
    assert {now[name].title for name in fresh} == {
        words.rpartition(" (")[0] for words in paper.inserted
    }
    for name in old & milestones:
        words = set(re.findall(r"\w+", before[name].title))  # it kept most of its words, at least
        assert len(words - set(re.findall(r"\w+", now[name].title))) <= 1, name
        assert now[name].parent == paper.moved.get(name, before[name].parent)
        for field_name in ("status", "cause", "uncertainty"):
            assert getattr(now[name], field_name) == getattr(before[name], field_name)
        assert now[name].history[0] == before[name].history[0]
    for name in fresh:
        assert (now[name].cause, now[name].uncertainty, now[name].history) == (None, None, ())
    titles = {name: item.title for name, item in before.items()}
    held = {
        f"{titles[link.from_]}\n{titles[link.to]}": link.state
        for link in marked.links
        if not paper.removed.intersection((link.from_, link.to))
    }
    assert {
        f"{titles[one.from_]}\n{titles[one.to]}": one.state for one in carried.plan.links
    } == held
    for link in carried.plan.links:
        assert link.decided is not None
        assert link.decided.why == f"{titles[link.from_]}\n{titles[link.to]}"
    gates = {(gate.item, gate.reason) for gate in carried.plan.gates}
    assert gates == {(name, titles[name]) for name in old - paper.removed}
    for risk in carried.plan.risks:
        assert [titles[impact.item] for impact in risk.impacts] in ([risk.title], [])
    hit = {impact.item for risk in carried.plan.risks for impact in risk.impacts}
    assert hit == old - paper.removed


@pytest.mark.parametrize("action", ["SI1.1.3", "SI1.3.1", "IP4.1.2", "IP5.2.2"])
@pytest.mark.parametrize("change", [insert, reword, swap, remove, move, everything])
def test_one_action_edited(
    text: str,
    plan: Plan,
    marked: Plan,
    action: str,
    change: Callable[[Edited, str], None],
) -> None:
    paper = Edited(text, plan)
    change(paper, action)
    carried = carry(marked, paper)
    check(marked, paper, carried)
    codes = {one.code for one in carried.problems}
    expected: dict[Callable[[Edited, str], None], set[str]] = {
        insert: {"item-added"},
        reword: {"item-reworded"},
        swap: set(),
        remove: {"item-removed", "link-dropped", "gate-dropped", "impact-dropped"},
        move: {"item-moved"},
    }
    assert change is everything or codes == expected[change]


def test_every_action_edited_at_once(text: str, plan: Plan, marked: Plan) -> None:
    paper = Edited(text, plan)
    sizes = {item.id: len(paper.parts(item.id)) for item in plan.items if item.kind == "action"}
    for action, size in sizes.items():
        if size > 3:
            everything(paper, action)
    carried = carry(marked, paper)
    check(marked, paper, carried)
    assert len(paper.removed) == sum(size > 3 for size in sizes.values())
    told = [one.items for one in carried.problems if one.code == "item-removed"]
    assert {name for (name,) in told} == paper.removed


@pytest.mark.parametrize("action", ["SI1.1.3", "SI1.2.1", "IP4.2.3", "IP7.1.1"])
def test_a_milestone_put_in_moves_no_number(text: str, plan: Plan, action: str) -> None:
    paper = Edited(text, plan)
    insert(paper, action)
    carried = carry_over(plan, delivery_plan.read(paper.text, "may.txt")[0])
    size = len(paper.parts(action))
    parts = [item for item in carried.plan.items if item.parent == action]
    middle = size // 2
    numbers = [*range(1, middle + 1), size + 1, *range(middle + 1, size + 1)]
    assert [item.id for item in parts] == [f"{action}.{number}" for number in numbers]
    # The label says where it stands in the paper, where that is not its id.
    assert [item.label or item.id for item in parts] == [
        f"{action}.{place}" for place in range(1, size + 2)
    ]


def test_a_number_taken_out_is_never_used_again(text: str, plan: Plan) -> None:
    paper = Edited(text, plan)
    remove(paper, "SI1.1.3")
    may = carry_over(plan, delivery_plan.read(paper.text, "may.txt")[0]).plan
    insert(paper, "SI1.1.3")
    june = carry_over(may, delivery_plan.read(paper.text, "june.txt")[0]).plan
    assert {item.id for item in june.items} - {item.id for item in may.items} == {"SI1.1.3.9"}
    assert "SI1.1.3.8" not in june.index.items
    july = carry_over(june, delivery_plan.read(text, "july.txt")[0])  # the first paper again
    assert "SI1.1.3.8" in july.plan.index.items
    assert july.plan.index.items["SI1.1.3.8"].title == plan.index.items["SI1.1.3.8"].title
    assert "item-returned" in {one.code for one in july.problems}


def test_the_paper_without_edits(plan: Plan, marked: Plan) -> None:
    carried = carry_over(marked, plan)
    assert (carried.plan, carried.problems) == (marked, ())
