"""Choices beside cuts: the best of all combinations, and what is known where the search stops."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from simulations.recovery.crash import Arc, crash
from simulations.recovery.decisions import Choice, Option
from simulations.recovery.model import Model
from simulations.recovery.search import find_cheapest
from tests.laws import examples

if TYPE_CHECKING:
    from simulations.recovery.scale import Scale

#: Each part: work of weight 3 before a gate (events 1 and 2), work of weight 2 after it (event 3).
PART = 3


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Return one to three gates side by side, whose targets all have to come forward."""
    model = Model(cast("Scale", None))
    for _ in range(draw(st.integers(1, 3))):
        ready, passed, done = (model.new_event() for _ in range(PART))
        model.arcs.append(Arc(0, ready, 0, draw(st.integers(0, 6)), 3))
        model.arcs.append(Arc(passed, done, 0, draw(st.integers(0, 6)), 2))
        options = [
            Option(
                weight=draw(st.integers(0, 9)),
                arcs=(Arc(0, passed, draw(st.integers(0, 8))),),
                needs={ready: draw(st.integers(0, 6))},
            )
            for _ in range(draw(st.integers(1, 4)))
        ]
        model.choices.append(Choice.of(passed, options))
        model.needs[done] = draw(st.integers(1, 8))
    return model


def every_way(model: Model) -> int | None:
    """Return the least weight over all combinations of options, each solved by itself."""
    weights = []
    for taken in product(*(choice.options for choice in model.choices)):
        needs = dict(model.needs)
        for option in taken:
            needs |= option.needs
        arcs = [*model.arcs, *(arc for option in taken for arc in option.arcs)]
        found = crash(model.size, arcs, needs)
        if found is not None:
            weights.append(found.cost + sum(option.weight for option in taken))
    return min(weights, default=None)


@settings(max_examples=examples(150))
@given(models())
def test_the_best_of_all_combinations_is_found(model: Model) -> None:
    best = every_way(model)
    found = find_cheapest(model, model.needs, 10_000)
    assert (None if found is None else found.weight) == best
    if found is not None:
        assert found.at_least == found.weight


@settings(max_examples=examples(150))
@given(models(), st.integers(1, 8))
def test_a_search_that_is_broken_off_knows_a_bound(model: Model, budget: int) -> None:
    best = every_way(model)
    found = find_cheapest(model, model.needs, budget)
    if found is not None:
        assert best is not None
        assert found.at_least <= best <= found.weight


def test_options_that_are_no_better_in_anything_are_not_tried() -> None:
    def option(weight: int, slack: int, need: int) -> Option:
        return Option(weight, (Arc(0, 1, slack),), {2: need})

    good, dearer, later, harder = option(1, 5, 2), option(2, 5, 2), option(1, 4, 2), option(1, 5, 3)
    other = option(3, 9, 0)
    choice = Choice.of(1, [dearer, harder, good, later, other])
    assert choice.options == (good, other)
    assert choice.relaxed == Option(1, (Arc(0, 1, 9),), {})
