"""How long another program's schedule takes to become a plan (limit: 1 s for 4,217 rows of XER)."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from loaders.schedules.mspdi import read_mspdi
from loaders.schedules.mspdi_writer import write_mspdi
from loaders.schedules.xer import read_xer
from tests.loaders import mspdi_text
from tests.loaders.xer_text import activity, link, project, write_xer

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

LIMIT_SECONDS = 1.0
MSPDI_LIMIT_SECONDS = 4.0


def test_a_real_file_of_4217_activities(
    benchmark: BenchmarkFixture, corpora: Path, tmp_path: Path
) -> None:
    packed = corpora / "mpxj-cpm" / "p6-xer-viewer" / "Hotel Project.xer.gz"
    path = tmp_path / "large.xer"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    loaded = benchmark(read_xer, path)
    assert sum(item.kind in {"activity", "milestone"} for item in loaded.plan.items) == 4217
    assert len(loaded.plan.links) == 7586
    benchmark.extra_info["limit_seconds"] = LIMIT_SECONDS


def test_time_grows_with_the_file(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    count = 20_000
    path = tmp_path / "large.xer"
    rows = (activity(f"A{number}", 8) for number in range(count))
    links = (link(f"A{number}", f"A{number + 1}") for number in range(count - 1))
    path.write_text(write_xer(project(*rows, links=links)), encoding="utf-8")
    loaded = benchmark(read_xer, path)
    assert len(loaded.plan.links) == count - 1
    benchmark.extra_info["limit_seconds"] = LIMIT_SECONDS * count / 4217


def test_a_file_of_5000_tasks_of_ms_project(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Eight summaries, links of all types with lags, people: each row as long as Project's own."""
    path = tmp_path / "large.xml"
    path.write_text(_large_mspdi(5000), encoding="utf-8")
    loaded = benchmark(read_mspdi, path)
    assert len(loaded.plan.items) == 5008
    assert len(loaded.plan.links) == 4999
    assert len(loaded.plan.assignments) == 5000
    benchmark.extra_info["limit_seconds"] = MSPDI_LIMIT_SECONDS


def test_a_plan_of_5000_items_written_for_ms_project(
    benchmark: BenchmarkFixture, tmp_path: Path
) -> None:
    path = tmp_path / "large.xml"
    path.write_text(_large_mspdi(5000), encoding="utf-8")
    plan = read_mspdi(path).plan
    assert benchmark(write_mspdi, plan, tmp_path / "out.xml") == ()
    benchmark.extra_info["limit_seconds"] = MSPDI_LIMIT_SECONDS


def _large_mspdi(count: int) -> str:
    """Return a file in which each task has the 60 elements that Project writes for one."""
    rest = {f"{name}{number}": "0" for name in ("Own", "Other") for number in range(20)}
    shown = {"Start": "2026-01-05T08:00:00", "Finish": "2026-01-06T17:00:00", "Work": "PT16H0M0S"}
    rows = []
    for number in range(1, count + 1):
        if number % (count // 8) == 1:
            rows.append(mspdi_text.task(count + number, 8, OutlineLevel=1))
        links = [mspdi_text.link(number - 1, number % 4, 4800)] if number > 1 else []
        rows.append(mspdi_text.task(number, 16, *links, OutlineLevel=2, **shown, **rest))
    people = [
        mspdi_text.element("Resource", UID=uid, ID=uid, Name=f"Officer {uid}", Type=1)
        for uid in range(1, 51)
    ]
    works = [
        mspdi_text.element("Assignment", UID=uid, TaskUID=uid, ResourceUID=uid % 50 + 1, **shown)
        for uid in range(1, count + 1)
    ]
    return mspdi_text.document(*rows, resources=people, assignments=works)
