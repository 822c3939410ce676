"""How time and memory grow on the whole way from a plan file to its schedule, 10³ to 10⁶ items.

Each size runs in a process of its own, so that its memory can be told: the highest it ever held,
and the interpreter's own share of that. Times are processor seconds of the quickest round.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.graphs import make_graph, write_plan_file

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000, 100_000, 1_000_000)

#: What a user's process does between the file and the answer; prints what it took.
PROCESS = """
import json, sys
from time import process_time
from knockon.cli.reading import open_plan
from simulations.compile import compile_plan
from simulations.schedule import schedule
begin = process_time()
with open_plan(sys.argv[1], ()) as plan:
    read = process_time()
    answer = schedule(plan)
    done = process_time()
    finish = answer.finish
import resource
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"read": read - begin, "schedule": done - read, "peak": peak, "finish": str(finish)}))
"""
