"""The kernels give identical answers as plain Python on lists and compiled on arrays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graphmodel.planfile import dump_plan
from simulations.compile import compile_plan
from simulations.engine import Engine
from simulations.jit import twins_of
from simulations.kernels.forward import run_all
from simulations.passes import lengths_of
from tests.laws import examples
from tests.oracle.plans import plans

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from simulations.compiled import Compiled

Answers = tuple[object, ...]


def answers(engine: Engine, compiled: Compiled, slips: list[tuple[int, int]]) -> Answers:
    """Run every kernel there is, the second forward pass over what the slips reach."""
    lengths = lengths_of(compiled, "work")
    dates = engine.forward(lengths, engine.no_changes())
    changes = engine.no_changes()
    touched = set()
    for place, days in slips:
        position = place % engine.size
        changes.slip[position] += days * 1440
        changes.slip_months[position] = days % 3
        touched.add(position)
    moved = engine.forward_from(dates, lengths, changes, touched)
    late = engine.backward(lengths, moved)
    return (
        dates,
        moved,
        late,
        engine.total_floats(moved, late[1]),
        engine.free_floats(lengths, moved),
        engine.link_rooms(lengths, moved),
    )


def test_numba_is_there() -> None:
    """Without it the compiled way would be the plain one, and the next test could not fail."""
    assert twins_of(run_all) is not None


# The first run on a machine compiles the kernels, which takes longer than any example may.
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), slips=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 90)), max_size=3))
def test_compiled_kernels_answer_like_plain_ones(plan: Plan, slips: list[tuple[int, int]]) -> None:
    note(dump_plan(plan))
    used = [link for link in plan.links if link.state == "accepted"]
    compiled = compile_plan(plan, used)
    if not compiled.ids:
        return
    plain, twin = (Engine(compiled, is_large=large) for large in (False, True))
    assert answers(twin, compiled, slips) == answers(plain, compiled, slips)


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), slips=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 90)), max_size=3))
def test_plain_links_take_a_short_way_only(plan: Plan, slips: list[tuple[int, int]]) -> None:
    """Nothing changes where no link is marked as plain and all go the long way."""
    note(dump_plan(plan))
    used = [link for link in plan.links if link.state == "accepted"]
    compiled = compile_plan(plan, used)
    if not compiled.ids:
        return
    none = [-1] * len(compiled.net.source)
    long = replace(compiled, net=compiled.net._replace(plain_source=none, plain_target=none))
    short_way, long_way = (Engine(one, is_large=False) for one in (compiled, long))
    assert answers(long_way, long, slips) == answers(short_way, compiled, slips)
