"""The worked examples of docs/method.md, run: what the page says is what the program answers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphmodel.planfile import parse_plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from simulations.schedule import schedule
from simulations.whatif import what_if

if TYPE_CHECKING:
    from graphmodel.plan import Plan

PAGE = Path(__file__).parents[2] / "docs" / "method.md"


@cache
def read_page() -> str:
    return PAGE.read_text(encoding="utf-8")


def find_plan(name: str) -> Plan:
    found = re.search(rf"<!-- plan: {name} -->\n```json\n(.*?)```", read_page(), re.DOTALL)
    assert found, f"the page has no plan {name}"
    return parse_plan(found[1])


def find_tables(kind: str) -> list[tuple[str, list[list[str]]]]:
    """Return each marked table: what stands in its mark, and its rows as cells."""
    marked = re.findall(rf"<!-- {kind}: (.*?) -->\n\|.*?\n\|[-|]+\n((?:\|.*\n)+)", read_page())
    return [
        (mark, [[cell.strip() for cell in row.strip("|").split("|")] for row in body.splitlines()])
        for mark, body in marked
    ]


@pytest.mark.parametrize(("name", "rows"), find_tables("schedule"))
def test_schedule_example(name: str, rows: list[list[str]]) -> None:
    answer = [
        [item.id, str(item.start), str(item.finish), f"{item.total_float_days:g}"]
        for item in schedule(find_plan(name)).items
    ]
    assert answer == rows


@pytest.mark.parametrize(("mark", "rows"), find_tables("whatif"))
def test_whatif_example(mark: str, rows: list[list[str]]) -> None:
    name, change = mark.split()
    item, by = change.split("=")
    scenario = Scenario(changes=(Slip(item=item, by=parse_span(by)),))
    answer = [
        [
            moved.id,
            str(moved.baseline_finish),
            f"{moved.knock_on_days:g}",
            f"{moved.knock_on_if_work_days:g}",
        ]
        for moved in what_if(find_plan(name), scenario).items
    ]
    assert answer == rows


def test_page_has_examples() -> None:
    assert len(find_tables("schedule")) == 2
    assert len(find_tables("whatif")) == 1
