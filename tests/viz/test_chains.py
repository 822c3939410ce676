"""The knock-on as a tree in words."""

from __future__ import annotations

from itertools import pairwise

from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.plan import Plan
from graphmodel.spans import parse_span
from tests.viz.samples import STORY_LINKS, accepted, build_plan, build_whatif, moved
from viz.chains import lay_out_chain

PLAN = Plan(
    id="p",
    items=(
        Item(id="A", kind="action", title="Action"),
        *(Item(id=key, kind="milestone", title=key, parent="A") for key in ("a", "b", "c")),
        Item(id="d", kind="milestone", title="d"),
    ),
)


def test_the_sample_chain_goes_along_the_register() -> None:
    steps = lay_out_chain(build_plan(), build_whatif().items, accepted(build_plan()))
    assert (steps[0].item.id, steps[0].depth, steps[0].because) == ("SI1.1.3.4", 0, "")
    reasons = {(start, end): why for start, end, _, why in STORY_LINKS}
    said = {step.item.id: step for step in steps}
    assert said["SI1.1.3.5"].because == "waits for SI1.1.3.4 to finish, then 45 days"
    assert said["SI1.1.3.5"].reason == reasons["SI1.1.3.4", "SI1.1.3.5"]
    assert said["SI1.1.3.7"].depth == 3
    assert said["SI1.1.3"].because == "is not finished before its part SI1.1.3.7"
    order = [step.item.id for step in steps]
    assert order.index("SI1.1.3.6") < order.index("SI1.1.3.7") < order.index("SI1.3.1.4")


def test_every_kind_of_link_has_its_words() -> None:
    items = [moved("a", changed=True), moved("b", path=("a", "b")), moved("d", path=("a", "d"))]
    links = (
        Link(from_="a", to="b", type="FF", lag=parse_span("-2w")),
        Link(from_="a", to="d", type="SS", state="proposed"),
    )
    said = {step.item.id: step.because for step in lay_out_chain(PLAN, items, links)}
    assert said["b"] == "cannot finish before a does, less 2 weeks"
    assert said["d"] == "waits for a to start (a proposed link)"


def test_an_accepted_link_is_told_before_a_proposed_one() -> None:
    items = [moved("a"), moved("b", path=("a", "b"))]
    links = (
        Link(from_="a", to="b", type="SF", state="proposed"),
        Link(from_="a", to="b", type="FS", state="rejected", lag=parse_span("9d")),
        Link(from_="a", to="b", type="SF"),
    )
    assert lay_out_chain(PLAN, items, links)[1].because == "cannot finish before a starts"


def test_a_group_slip_comes_from_the_whole() -> None:
    items = [moved("A", is_parent=True, changed=True), moved("a", path=("A", "a"))]
    assert lay_out_chain(PLAN, items, ())[1].because == "is part of A"


def test_a_step_without_a_link_is_still_told() -> None:
    items = [moved("a"), moved("d", path=("a", "d"))]
    assert lay_out_chain(PLAN, items, ())[1].because == "follows a"


def test_what_lies_between_but_does_not_move_is_stepped_over() -> None:
    items = [moved("a"), moved("d", path=("a", "b", "c", "d"))]
    steps = lay_out_chain(PLAN, items, ())
    assert [(step.item.id, step.depth) for step in steps] == [("a", 0), ("d", 1)]


def test_each_item_stands_once_however_long_the_chain() -> None:
    keys = [f"k{n}" for n in range(3000)]
    items = [moved(key, path=tuple(keys[: n + 1][-2:])) for n, key in enumerate(keys)]
    steps = lay_out_chain(Plan(id="p"), items, [Link(from_=a, to=b) for a, b in pairwise(keys)])
    assert [step.item.id for step in steps] == keys
    assert steps[-1].depth == 2999
