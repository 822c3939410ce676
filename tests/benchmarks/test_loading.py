"""How long a paper takes to become a plan (limit: 0.3 s for the CSIP)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphmodel import partial
from loaders.papers import read_paper
from tests.loaders.small_paper import TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from loaders.loaded import Loaded

LIMIT_SECONDS = 0.3


def read_afresh(path: Path) -> Loaded:
    """Read a paper as a first reader does: nothing learnt about wordings in earlier rounds."""
    partial._parse.cache_clear()
    return read_paper(path)


def test_the_csip_becomes_a_plan(benchmark: BenchmarkFixture, csip_paper: Path) -> None:
    loaded = benchmark(read_afresh, csip_paper)
    kinds = Counter(item.kind for item in loaded.plan.items)
    assert kinds == {"theme": 16, "objective": 29, "action": 58, "milestone": 241}
    benchmark.extra_info["limit_seconds"] = LIMIT_SECONDS


def test_time_grows_with_the_length_of_the_paper(
    benchmark: BenchmarkFixture, tmp_path: Path
) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("\n\n".join([TEXT] * 100), encoding="utf-8")
    loaded = benchmark(read_afresh, path)
    # Six actions in each copy; those after the first are kept under ids with ~2 and so on.
    assert sum(item.kind == "action" for item in loaded.plan.items) == 600
    benchmark.extra_info["limit_seconds"] = 10 * LIMIT_SECONDS
