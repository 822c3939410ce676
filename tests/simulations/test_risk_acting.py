"""Where to act: small plans whose best places are known by hand, and all sets tried."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel.errors import PlanError
from knockon.payloads import pack_answer
from simulations.risk.model import Without, prepare_risk
from simulations.risk.odds import Spread
from simulations.risk.running import run_chunk
from simulations.risk.simulate import simulate
from simulations.whatif import prepare
from tests.laws import examples
from tests.simulations.riskplans import risky, triangular, work

if TYPE_CHECKING:
    from simulations.risk.results import BestActs


def late(days: float) -> dict[str, Any]:
    """Return work that takes so many days more than the ten of the plan, for certain."""
    return triangular(10 + days, 10 + days, 10 + days)


def acts_of(items: list[dict[str, Any]], links: str = "", act: int = 1, **rest: Any) -> BestActs:
    acts = simulate(risky(items, links, **rest), iterations=40, act=act).acts
    assert acts is not None
    return acts


def told(acts: BestActs) -> list[tuple[str, float, float]]:
    names = ["-".join(one.link[:2]) if one.link else one.id for one in acts.places]
    return [
        (name, one.alone_days, one.total_days) for name, one in zip(names, acts.places, strict=True)
    ]


def test_on_one_chain_the_longest_delay_is_protected_first() -> None:
    """A 7 and B 3 days late: of single items A; the link out of B would pass on 10 days."""
    acts = acts_of([work("A", late(7)), work("B", late(3))], "A-B", act=2)
    assert told(acts) == [("A", 7.0, 7.0), ("B", 3.0, 10.0)]
    assert (acts.bought_days, acts.at_most_days, acts.is_best) == (10.0, 10.0, True)


def test_a_link_that_keeps_out_more_than_any_item_is_taken() -> None:
    """A and B, 4 days late each, one after the other before C: the link B-C keeps out 8."""
    acts = acts_of([work("A", late(4)), work("B", late(4)), work("C")], "A-B B-C")
    assert told(acts) == [("B-C", 8.0, 8.0)]
    assert acts.is_best


def test_two_paths_of_one_length_are_protected_together() -> None:
    """Neither buys a day alone, both buy all five: greedy by the P80 alone would find nothing."""
    acts = acts_of([work("A", late(5)), work("B", late(5))], act=2)
    assert sorted(name for name, _, _ in told(acts)) == ["A", "B"]
    assert [one.alone_days for one in acts.places] == [0.0, 0.0]
    assert acts.bought_days == 5.0
    assert acts_of([work("A", late(5)), work("B", late(5))], act=1).places == ()


def test_what_turns_out_idle_is_left_out() -> None:
    """Of three places asked for only two buy anything; the third is not told."""
    acts = acts_of([work("A", late(7)), work("B", late(3)), work("C")], "A-B B-C", act=3)
    assert acts.bought_days == 10.0
    assert acts.places[-1].total_days == 10.0
    assert len(acts.places) <= 2


def test_a_held_item_is_spared_what_risks_do_to_it() -> None:
    six = {"distribution": "uniform", "low": "6d", "high": "6d"}
    risk = {"id": "r", "probability": 1.0, "impacts": [{"item": "A", "delay": six}]}
    acts = acts_of([work("A")], risks=[risk])
    assert told(acts) == [("A", 6.0, 6.0)]


def test_a_risk_that_takes_a_link_away_and_one_as_late_as_possible() -> None:
    """Where the net itself differs, and where whole passes run, the same is found."""
    chain = [work("A", late(4)), work("B", late(4)), work("C")]
    gone = {"id": "r", "probability": 0.0001, "effects": [
        {"op": "remove_link", "from": "A", "to": "B"}]}  # fmt: skip
    assert told(acts_of(chain, "A-B B-C", risks=[gone])) == [("B-C", 8.0, 8.0)]
    idle = work("L", constraints=[{"type": "ALAP"}])
    assert told(acts_of([*chain, idle], "A-B B-C")) == [("B-C", 8.0, 8.0)]


def test_nothing_late_has_no_place_to_act() -> None:
    acts = acts_of([work("A"), work("B")], "A-B")
    assert acts.places == ()
    assert (acts.bought_days, acts.at_most_days) == (0.0, 0.0)


@pytest.mark.parametrize("act", [-1, 11])
def test_so_many_places_are_refused(act: int) -> None:
    with pytest.raises(PlanError, match=f"{act} places to act cannot be looked for: ask for 0 to"):
        acts_of([work("A", late(1))], act=act)


def test_nothing_is_looked_for_unless_asked() -> None:
    plan = risky([work("A", late(1))])
    assert simulate(plan, iterations=8).acts is None
    assert pack_answer(simulate(plan, iterations=8, act=1))["acts"]["places"] == [
        {"kind": "item", "id": "A", "link": None, "alone_days": 1.0, "total_days": 1.0}
    ]


lengths = st.lists(
    st.tuples(st.integers(5, 10), st.integers(10, 14), st.integers(14, 30)), min_size=4, max_size=4
)
links = st.sets(st.sampled_from(list(combinations("ABCD", 2))), max_size=4)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
@given(lengths=lengths, pairs=links, act=st.integers(1, 2))
def test_no_set_of_as_many_buys_more(
    lengths: list[tuple[int, int, int]], pairs: set[tuple[str, str]], act: int
) -> None:
    """All sets by runs of their own; and nothing buys more than everything protected."""
    items = [work(one, triangular(*days)) for one, days in zip("ABCD", lengths, strict=True)]
    plan = risky(items, " ".join("-".join(pair) for pair in sorted(pairs)))
    acts = simulate(plan, iterations=40, act=act).acts
    assert acts is not None
    model = prepare_risk(prepare(plan), iterations=40, targets=["plan"])

    def p80(without: Without) -> int:
        return Spread.of(run_chunk(model, 0, 40, without=without)[0]).percentile(0.8)

    places = [("item", one) for one in "ABCD"] + [("link", one) for one in range(len(plan.links))]
    found = []
    for size in range(act + 1):
        for chosen in combinations(places, size):
            held = frozenset(str(one) for kind, one in chosen if kind == "item")
            numbers = frozenset(int(one) for kind, one in chosen if kind == "link")
            found.append(p80(Without()) - p80(Without(held=held, links=numbers)))
    assert acts.is_best
    assert acts.bought_days == max(found) / 1440
    assert max(found) / 1440 <= acts.at_most_days


def test_two_items_joined_twice_are_held_link_by_link() -> None:
    """A takes 15 days instead of 10; B of 5 days follows 3 days after, and at once: 23 days.

    Held are links, by their number in the plan: the later one holds B to day 13, the other does
    not. Without A's delay it would be 18 days, and so it is with both held.
    """
    items = [work("A", triangular(15, 15, 15)), work("B", duration="5d")]
    links = [{"from": "A", "to": "B", "lag": "3d"}, {"from": "A", "to": "B"}]
    plan = risky(items).model_dump(mode="json", by_alias=True) | {"links": links}
    model = prepare_risk(prepare(type(risky(items)).model_validate(plan)), iterations=8)
    start = model.baseline.compiled.net.plan_start[0]

    def days(*held: int) -> set[float]:
        samples = run_chunk(model, 0, 8, without=Without(links=frozenset(held)))[0]
        return {(int(one) - start) / 1440 for one in samples}

    assert days() == {23.0}
    assert days(0) == {20.0}  # the other one still lets the delay pass: 15 and 5 days
    assert days(1) == {23.0}
    assert days(0, 1) == {18.0}
