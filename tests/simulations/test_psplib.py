"""PSPLIB: the longest path of each instance without resources, which its header states (MPM)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from simulations.schedule import schedule
from tests.oracle.networks import START, network

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan


def read_instance(path: Path) -> tuple[Plan, int]:
    """Return an instance as a plan, and the MPM time in its header."""
    text = path.read_text(encoding="ascii")
    header, _, rest = text.partition("PRECEDENCE RELATIONS:")
    relations, _, requests = rest.partition("REQUESTS/DURATIONS:")
    arcs = [(row[0], after) for row in rows_of(relations) for after in row[3:]]
    durations = {row[0]: int(row[2]) for row in rows_of(requests.partition("RESOURCE")[0])}
    found = re.search(r"MPM-Time\s*\n(.*)", header)
    assert found is not None
    return network(durations, arcs), int(found[1].split()[-1])


def rows_of(section: str) -> list[list[str]]:
    """Return the rows of numbers in a section of an instance."""
    return [row.split() for row in section.splitlines() if re.fullmatch(r"[\s\d]*\d[\s\d]*", row)]


#: Size of each set, and the parts it is tested in, so that several workers can share it.
SETS = {"j30": (480, 4), "j120": (600, 12)}


@pytest.mark.parametrize(
    ("name", "part"), [(name, part) for name, (_, parts) in SETS.items() for part in range(parts)]
)
def test_makespans(corpora: Path, name: str, part: int) -> None:
    count, parts = SETS[name]
    paths = sorted((corpora / "psplib" / name).glob("*.sm"))
    assert len(paths) == count
    for path in paths[part::parts]:
        plan, longest = read_instance(path)
        answer = schedule(plan)
        assert answer.finish == START + timedelta(days=longest - 1), path.name
        last = next(row for row in answer.items if row.id == str(len(plan.items)))
        assert last.total_float_days == 0, path.name
