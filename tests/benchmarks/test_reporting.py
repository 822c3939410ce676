"""How long a report to a board takes, from the plan as it was read to the file's content."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knockon.report_book import pack_book
from knockon.reporting import report
from loaders.load import load
from viz.paper.page import draw_report
from viz.paper.word import write_word

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from graphmodel.plan import Plan


@cache
def read(paper: Path) -> Plan:
    return load([paper]).plan


def test_the_page_of_a_council(benchmark: BenchmarkFixture, csip_paper: Path) -> None:
    benchmark.extra_info["limit_seconds"] = 3.0
    page = benchmark(lambda: draw_report(report(read(csip_paper))))
    assert "SI1.2.1" in page
    assert len(page.encode()) < 1_000_000


def test_month_on_month_as_a_word_paper(benchmark: BenchmarkFixture, csip_paper: Path) -> None:
    benchmark.extra_info["limit_seconds"] = 3.0
    plan = read(csip_paper)
    content = benchmark(lambda: write_word(report(plan, since=plan), str))
    assert content[:2] == b"PK"


def test_the_workbook_of_a_council(benchmark: BenchmarkFixture, csip_paper: Path) -> None:
    benchmark.extra_info["limit_seconds"] = 3.0
    content, told = benchmark(lambda: pack_book(report(read(csip_paper)), Path("report.xlsx")))
    assert content[:2] == b"PK"
    assert told == ()
