"""How long a sheet of 100,000 rows takes to become a plan (limits: CSV 5 s, XLSX 30 s).

Times are processor seconds: on a quiet machine, what a person waits for.
"""

from __future__ import annotations

import csv
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from graphmodel import partial
from loaders.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from graphmodel.plan import Plan

pytestmark = pytest.mark.benchmark(timer=time.process_time)

ROWS = 100_000
FIRST = date(2026, 4, 1)
CSV_SECONDS = 5
XLSX_SECONDS = 30


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Return a header and rows: id, title, dates, owner, status, percent, predecessor."""
    yield ("ID", "Action", "Start", "Finish", "Owner", "Status", "% complete", "Predecessors")
    for number in range(count):
        start = FIRST + timedelta(number % 900)
        yield (
            f"A{number}",
            f"Action {number}",
            start,
            start + timedelta(number % 60),
            f"Head of Service {number % 50}",
            "In progress" if number % 2 else "Not started",
            10 if number % 2 else 0,
            f"A{number - 1}FS+5d" if number % 2 else None,
        )


@pytest.fixture(scope="module")
def csv_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "plan.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        for row in rows(ROWS):
            words = (f"{one:%d/%m/%Y}" if isinstance(one, date) else one for one in row)
            csv.writer(stream).writerow(words)
    return path


@pytest.fixture(scope="module")
def xlsx_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    for row in rows(ROWS):
        sheet.append(row)
    path = tmp_path_factory.mktemp("sheets") / "plan.xlsx"
    book.save(path)
    return path


def read(path: Path) -> Plan:
    """Read a sheet as a first reader does: nothing learnt about wordings in earlier rounds."""
    partial._parse.cache_clear()
    loaded = load([path])
    assert not loaded.problems
    return loaded.plan


def check(plan: Plan) -> None:
    assert len(plan.items) == ROWS
    assert len(plan.links) == ROWS // 2
    assert len(plan.officers) == 50
    assert len(plan.assignments) == ROWS
    last = plan.items[-1]
    start = FIRST + timedelta((ROWS - 1) % 900)
    assert (last.id, last.planned.start) == (f"A{ROWS - 1}", start)
    assert last.planned.finish == start + timedelta((ROWS - 1) % 60)
    assert (last.status, last.percent) == ("in_progress", 10.0)
    assert (plan.links[-1].from_, plan.links[-1].to) == (f"A{ROWS - 2}", f"A{ROWS - 1}")


def test_a_csv_file_of_100_000_rows(benchmark: BenchmarkFixture, csv_file: Path) -> None:
    check(benchmark.pedantic(read, (csv_file,), rounds=1))  # type: ignore[no-untyped-call]
    benchmark.extra_info["limit_seconds"] = CSV_SECONDS


def test_a_workbook_of_100_000_rows(benchmark: BenchmarkFixture, xlsx_file: Path) -> None:
    check(benchmark.pedantic(read, (xlsx_file,), rounds=1))  # type: ignore[no-untyped-call]
    benchmark.extra_info["limit_seconds"] = XLSX_SECONDS
