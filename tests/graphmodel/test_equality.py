"""Plans compare by what they hold, whatever has been looked up in them."""

from __future__ import annotations

from graphmodel.items import Item
from graphmodel.plan import Plan


def make_plan(title: str = "Work") -> Plan:
    return Plan(id="p", items=(Item(id="a", kind="action", title=title),))


def test_indexed_plans_compare() -> None:
    one, same, other = make_plan(), make_plan(), make_plan("Other work")
    assert one.index.items
    assert same.index.items
    assert other.index.items
    assert one == same
    assert one != other
