"""How long the schedule of another program takes to become a plan (limit: 1 s for 4,217 rows)."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from loaders.schedules.xer import read_xer
from tests.loaders.xer_text import activity, link, project, write_xer

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

LIMIT_SECONDS = 1.0


def test_a_real_file_of_4217_activities(
    benchmark: BenchmarkFixture, corpora: Path, tmp_path: Path
) -> None:
    packed = corpora / "mpxj-cpm" / "p6-xer-viewer" / "Hotel Project.xer.gz"
    path = tmp_path / "large.xer"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    loaded = benchmark(read_xer, path)
    assert sum(item.kind in {"activity", "milestone"} for item in loaded.plan.items) == 4217
    assert len(loaded.plan.links) == 7586
    if benchmark.stats is not None:
        assert benchmark.stats["median"] < LIMIT_SECONDS


def test_time_grows_with_the_file(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    count = 20_000
    path = tmp_path / "large.xer"
    rows = (activity(f"A{number}", 8) for number in range(count))
    links = (link(f"A{number}", f"A{number + 1}") for number in range(count - 1))
    path.write_text(write_xer(project(*rows, links=links)), encoding="utf-8")
    loaded = benchmark(read_xer, path)
    assert len(loaded.plan.links) == count - 1
    if benchmark.stats is not None:
        assert benchmark.stats["median"] < LIMIT_SECONDS * count / 4217
