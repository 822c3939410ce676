"""A plan that stays in its file has the same schedule, on packed columns or lists."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, note, settings

from graphmodel.errors import CycleError
from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.plan import Plan
from graphmodel.planfile import dump_plan, write_plan
from graphmodel.storedplan import StoredPlan, read_large_plan
from simulations import columns
from simulations.compile import compile_plan
from simulations.rows import Rows
from simulations.schedule import schedule
from tests.laws import examples
from tests.oracle.plans import plans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulations.kernels.shapes import Net

any_plan = settings(
    max_examples=examples(100),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def stored(plan: Plan, path: Path) -> StoredPlan:
    write_plan(plan, path)
    found = read_large_plan(path, many=-1)
    assert isinstance(found, StoredPlan)
    return found


def plain(net: Net) -> dict[str, object]:
    """Return a net with its columns as lists."""
    return {
        name: value if isinstance(value, (int, tuple)) else list(value)
        for name, value in net._asdict().items()
    }


@any_plan
@given(plan=plans())
def test_the_schedule_is_the_same(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(dump_plan(plan))
    expected = schedule(plan, paths=3)
    with monkeypatch.context() as patch:
        patch.setattr(columns, "MANY", -1)
        found = schedule(stored(plan, tmp_path / "plan.json"), paths=3)
        rows = found.items
        assert isinstance(rows, Rows)
        assert tuple(rows) == expected.items
        assert rows[:] == expected.items
        assert [one.critical for one in rows] == [
            number in set(rows.critical()) for number in range(len(rows))
        ]
    for one in fields(expected):
        if one.name not in {"plan", "items"}:
            assert getattr(found, one.name) == getattr(expected, one.name), one.name


@any_plan
@given(plan=plans())
def test_packed_columns_hold_what_lists_hold(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    links = plan.accepted_links
    expected = compile_plan(plan, links)
    with monkeypatch.context() as patch:
        patch.setattr(columns, "MANY", -1)
        found = compile_plan(plan, links)
    assert plain(found.net) == plain(expected.net)
    for name in ("ids", "at", "held", "gates", "fanned", "findings"):
        assert getattr(found, name) == getattr(expected, name)
    for name in ("order_in_file", "work", "own_date", "link"):
        assert list(getattr(found, name)) == list(getattr(expected, name))


def chain(ends: Sequence[tuple[str, str]]) -> Plan:
    items = tuple(Item(id=one, kind="activity", title="") for one in "abcd")
    return Plan(id="p", items=items, links=tuple(Link(from_=a, to=b) for a, b in ends))


def test_a_circle_is_told_with_every_step(tmp_path: Path) -> None:
    plan = stored(chain([("a", "b"), ("b", "c"), ("c", "d"), ("d", "b")]), tmp_path / "plan.json")
    with pytest.raises(CycleError) as caught:
        schedule(plan)
    assert caught.value.items == ("b", "c", "d")
    assert caught.value.steps == ("b → c (FS)", "c → d (FS)", "d → b (FS)")
