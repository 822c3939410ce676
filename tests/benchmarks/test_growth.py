"""How time and memory grow on the whole way from a plan file to its schedule, 10³ to 10⁶ items.

Each size runs in a process of its own, so that the most memory it held can be told. Times are its
processor seconds: on a quiet machine, what a person waits for.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.benchmarks.graphs import make_graph, write_plan_file

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no resource module to ask for the memory held"
)

#: From the file to the dates, then every row as a report would ask for it.
PROCESS: Final = """
import json, resource, sys
from time import process_time
from graphmodel.storedplan import read_large_plan
from simulations.schedule import schedule
begin = process_time()
plan = read_large_plan(sys.argv[1])
read = process_time()
answer = schedule(plan)
ready = process_time()
critical = sum(row.critical for row in answer.items)
done = process_time()
try:  # Linux hands on to a process what the one that started it has held
    with open("/proc/self/status", encoding="ascii") as status:
        peak = next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
took = {"read": read - begin, "schedule": ready - read, "rows": done - ready}
print(json.dumps(took | {"peak": peak, "finish": str(answer.finish), "critical": critical}))
"""

STAGES: Final = ("read", "schedule", "rows")


def run(path: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", PROCESS, str(path)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(("size", "rounds"), [(1_000, 3), (10_000, 3), (100_000, 3), (10**6, 1)])
def test_from_the_file_to_the_schedule(
    benchmark: BenchmarkFixture,
    tmp_path: Path,
    size: int,
    rounds: int,
) -> None:
    path = write_plan_file(tmp_path / "plan.json", size)
    took: list[dict[str, Any]] = []
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: took.append(run(path)), rounds=rounds, warmup_rounds=int(size == 100_000)
    )
    best = min(took, key=lambda one: sum(one[stage] for stage in STAGES))
    benchmark.extra_info.update({name: best[name] for name in (*STAGES, "peak")})
    last = date(2026, 4, 1) + timedelta(days=make_graph(size).length - 1)
    assert best["finish"] == str(last)
    assert best["critical"] >= 1
    assert best["peak"] < 2_000_000_000
