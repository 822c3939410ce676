"""Decisions on suggestions survive the next version of a paper, and are not suggested again.

Every route is gone: a plan file with a newer paper, and a register of decisions with a newer paper
that nobody read before, in which numbers and wording have moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from graphmodel.links import Link
from graphmodel.planfile import write_plan
from loaders import delivery_plan
from loaders.load import load
from loaders.review.docket import Docket
from loaders.review.proposals import decision_of, is_event, list_decided, list_open, rule_of
from loaders.suggest.suggest import suggest
from loaders.writers.reviewfile import write_review
from tests.loaders.small_review import ANN
from tests.loaders.test_carrying_csip import Edited, insert, quote_of, swap

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan
    from loaders.review.deciding import Verdict

ACTIONS = ("SI1.1.3", "SI1.3.1", "IP4.1.2", "IP5.2.2")
MORE = ", and tell it"
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "reverse")


class Decided(NamedTuple):
    """The plan with a decision on every proposal, and what the paper said."""

    plan: Plan
    text: str


@pytest.fixture(scope="module")
def decided(csip_paper: Path, tmp_path_factory: pytest.TempPathFactory) -> Decided:
    """Decide on everything that is suggested for the CSIP, a third each way."""
    text = csip_paper.read_text(encoding="utf-8")
    paper = tmp_path_factory.mktemp("first") / "april.txt"
    paper.write_text(text, encoding="utf-8")
    docket = Docket(suggest(load([paper]).plan).plan)
    for number, proposal in enumerate(list_open(docket.base)):
        wanted = VERDICTS[number % 3] if proposal.group == "links" else VERDICTS[number % 2]
        if isinstance(docket.decide(proposal, wanted, ANN), str):  # a circle
            docket.decide(proposal, "reject", ANN)
    return Decided(docket.plan(), text)


def edit(decided: Decided) -> Edited:
    """Return the paper with milestones put in, reworded and swapped in four actions."""
    paper = Edited(decided.text, delivery_plan.read(decided.text, "april.txt")[0])
    for action in ACTIONS:
        insert(paper, action)
        swap(paper, action)
        lengthen(paper, action)
    return paper


def lengthen(paper: Edited, action: str) -> None:
    """Put words behind the title of the third milestone of an action."""
    item = paper.parts(action)[2]
    paper.put(item, quote_of(item).replace(item.title, f"{item.title}{MORE}"))


def tell(plan: Plan) -> dict[tuple[str, ...], str]:
    """Return every decision by what it is about, in words that no number is in."""
    titles = {item.id: item.title.removesuffix(MORE) for item in plan.items}
    called = titles.__getitem__
    said: dict[tuple[str, ...], str] = {}
    for link in plan.links:
        if link.decided is not None:
            said[called(link.from_), called(link.to), link.type] = link.state
    for gate in plan.gates:
        if gate.decided is not None:
            said[called(gate.item), gate.board] = gate.state
    for item in plan.items:
        if is_event(item) and decision_of(item) is not None:
            said[item.id,] = item.status
    return said


def ids(plan: Plan) -> set[tuple[str, ...]]:
    """Return every decision by ids, with its state and who made it."""
    said: set[tuple[str, ...]] = set()
    for proposal in list_decided(plan):
        one = getattr(plan, proposal.group)[proposal.place]
        if decision_of(one) == ANN:
            ends = (one.from_, one.to, one.type) if isinstance(one, Link) else (str(rule_of(one)),)
            state = getattr(one, "state", None) or one.status
            said.add((*ends, getattr(one, "item", ""), getattr(one, "id", "") or "", state))
    return said


def test_every_decision_on_the_real_plan_is_in_the_next_version(
    decided: Decided, tmp_path: Path
) -> None:
    write_plan(decided.plan, tmp_path / "plan.json")
    (tmp_path / "may.txt").write_text(edit(decided).text, encoding="utf-8")
    later = load([tmp_path / "plan.json", tmp_path / "may.txt"]).plan
    assert len(ids(decided.plan)) > 100
    assert ids(later) == ids(decided.plan)
    assert len(later.items) == len(decided.plan.items) + len(ACTIONS)


def test_nothing_decided_is_suggested_again(decided: Decided, tmp_path: Path) -> None:
    write_plan(decided.plan, tmp_path / "plan.json")
    (tmp_path / "may.txt").write_text(edit(decided).text, encoding="utf-8")
    later = load([tmp_path / "plan.json", tmp_path / "may.txt"]).plan
    again = suggest(later)
    assert ids(again.plan) == ids(decided.plan)
    pairs = {frozenset((one.from_, one.to)) for one in decided.plan.links if one.decided}
    assert not [one for one in again.new if frozenset((one.from_, one.to)) in pairs]
    gates = {(one.item, one.board) for one in decided.plan.gates}
    assert not [one for one in again.gates if (one.item, one.board) in gates]
    known = {item.id for item in decided.plan.items}
    assert not [item for item in again.items if item.id in known]


@pytest.mark.parametrize("name", ["links.csv", "links.xlsx"])
def test_a_register_of_decisions_fits_a_newer_paper(
    decided: Decided, tmp_path: Path, name: str
) -> None:
    write_review(decided.plan, tmp_path / name, list_decided(decided.plan))
    (tmp_path / "may.txt").write_text(edit(decided).text, encoding="utf-8")
    loaded = load([tmp_path / "may.txt", tmp_path / name])
    later = loaded.plan
    assert {one.code for one in loaded.problems} & {"unknown-item", "title-does-not-fit"} == set()
    moved = [one for one in loaded.problems if one.code == "matched-by-title"]
    assert moved  # numbers did move: nothing is proved where they did not
    before, after = tell(decided.plan), tell(later)
    assert after == before
