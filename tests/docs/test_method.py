"""The worked examples of docs/method.md, run: what the page says is what the program answers."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphmodel.england import england_years
from graphmodel.moments import write_moment
from graphmodel.planfile import parse_plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from simulations.schedule import schedule
from simulations.whatif import what_if

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.results import ScheduledItem

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "method.md"
#: A finding's code as it stands in the source.
CODE = re.compile(r'Problem\(\s*"([a-z-]+)"|_tell\(\s*"([a-z-]+)"|promised \+?= \[\("([a-z-]+)"')


@cache
def read_page() -> str:
    return PAGE.read_text(encoding="utf-8")


def find_plan(mark: str) -> Plan:
    """Return a plan of the page, with the options that a table's mark adds: ``press key=value``."""
    name, *options = mark.split()
    found = re.search(rf"<!-- plan: {name} -->\n```json\n(.*?)```", read_page(), re.DOTALL)
    assert found, f"the page has no plan {name}"
    chosen = dict(option.split("=") for option in options)
    return parse_plan(json.dumps({**json.loads(found[1]), "options": chosen}))


def find_tables(kind: str) -> list[tuple[str, list[list[str]]]]:
    """Return each marked table: what stands in its mark, and its rows as cells."""
    marked = re.findall(rf"<!-- {kind}: (.*?) -->\n\|.*?\n\|[-|]+\n((?:\|.*\n)+)", read_page())
    return [
        (mark, [[cell.strip() for cell in row.strip("|").split("|")] for row in body.splitlines()])
        for mark, body in marked
    ]


def write(moment: date | None) -> str:
    assert moment is not None
    return write_moment(moment)


def dates(item: ScheduledItem) -> list[str]:
    return [item.id, write(item.start), write(item.finish)]


@pytest.mark.parametrize(("mark", "rows"), find_tables("schedule"))
def test_schedule_example(mark: str, rows: list[list[str]]) -> None:
    items = schedule(find_plan(mark)).items
    assert [[*dates(item), f"{item.total_float_days:g}"] for item in items] == rows


@pytest.mark.parametrize(("mark", "rows"), find_tables("drivers"))
def test_driving_example(mark: str, rows: list[list[str]]) -> None:
    answer = [
        [*dates(item), ", ".join(f"{link.from_} {link.type}" for link in item.driving_links)]
        for item in schedule(find_plan(mark)).items
    ]
    assert answer == rows


@pytest.mark.parametrize(("mark", "rows"), find_tables("findings"))
def test_findings_example(mark: str, rows: list[list[str]]) -> None:
    findings = schedule(find_plan(mark)).findings
    assert [[finding.code, finding.message] for finding in findings] == rows


@pytest.mark.parametrize(("mark", "rows"), find_tables("paths"))
def test_paths_example(mark: str, rows: list[list[str]]) -> None:
    name, target = mark.split()
    answer = [
        [
            str(path.number),
            ", ".join(path.items),
            f"{path.float_days:g}",
            path.joins.item if path.joins else "",
        ]
        for path in schedule(find_plan(name), to=target, paths=99).float_paths
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
    kinds = ("schedule", "drivers", "findings", "paths", "whatif")
    assert {kind: len(find_tables(kind)) for kind in kinds} == {
        "schedule": 12,
        "drivers": 1,
        "findings": 1,
        "paths": 1,
        "whatif": 2,
    }


def test_every_finding_is_listed_and_no_other() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "simulations").glob("*.py"))
    )
    raised = {next(filter(None, found)) for found in CODE.findall(sources)}
    section = read_page().partition("## 16. Findings")[2].partition("## 17.")[0]
    assert set(re.findall(r"`([a-z-]+)`", section)) == raised


def test_years_of_the_bank_holidays_are_those_known() -> None:
    first, last = england_years()
    assert f"known from {first} to {last}" in " ".join(read_page().split())
    assert f"bank holidays beyond {last}" in read_page()
