"""Schedule health of real P6 schedules, beside counts of what P6 itself stored in their files."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from queries.checks.run import run_checks
from tests.corpora.mpxj import read_dump
from tests.queries.asking import figures

if TYPE_CHECKING:
    from pathlib import Path

    from queries.checks.rule import CheckResult

HOTEL = "p6-xer-viewer/Hotel Project.xer.3"
TERMINAL = "p6-xer-viewer/TERMINAL BUILDING-AIRPORT.xer"
#: Hours that P6 counts as two months of days of eight hours.
HIGH_HOURS = 44 * 8


@cache
def stored(corpora: Path, name: str) -> dict[str, Any]:
    """Return what the file holds, as MPXJ read it."""
    path = corpora / "mpxj-cpm" / "json" / f"{name}.json.gz"
    content: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return content


@cache
def checked(corpora: Path, name: str) -> dict[str, CheckResult]:
    """Return what the points say of the plan that was made of the file's inputs."""
    plan = read_dump(corpora, name).plan
    results = run_checks(plan, families=["schedule"]).results
    return {one.check.code: one for one in results}


def work(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the tasks that the pamphlet counts: no summaries, no milestones, none complete."""
    return [
        task
        for task in raw["tasks"]
        if not task["summary"] and not task["milestone"] and task["pct"] != 100
    ]


@pytest.mark.parametrize("name", [HOTEL, TERMINAL])
def test_logic(corpora: Path, name: str) -> None:
    raw = stored(corpora, name)
    before = {one["succ"] for one in raw["relations"]}
    after = {one["pred"] for one in raw["relations"]}
    loose = sum(not (one["uid"] in before and one["uid"] in after) for one in work(raw))
    found = checked(corpora, name)["dcma-1-logic"]
    assert (found.numerator, found.denominator) == (loose, len(work(raw)))


@pytest.mark.parametrize(
    ("name", "leads", "lags", "types"),
    [
        (HOTEL, 1, 1335, {"FS": 5925, "SS": 1083, "FF": 577, "SF": 1}),
        (TERMINAL, 0, 28, {"FS": 66, "SS": 18}),
    ],
)
def test_links(corpora: Path, name: str, leads: int, lags: int, types: dict[str, int]) -> None:
    total = sum(types.values())
    assert Counter(one["type"] for one in stored(corpora, name)["relations"]) == types
    found = checked(corpora, name)
    assert figures(found["dcma-2-leads"]) == (leads, total, leads == 0)
    assert figures(found["dcma-3-lags"]) == (lags, total, False)
    assert figures(found["dcma-4-finish-to-start"]) == (types["FS"], total, False)


@pytest.mark.parametrize("name", [HOTEL, TERMINAL])
def test_floats_are_those_that_p6_stored(corpora: Path, name: str) -> None:
    tasks = work(stored(corpora, name))
    high = sum(task["totalSlackHours"] > HIGH_HOURS for task in tasks)
    short = sum(task["totalSlackHours"] < 0 for task in tasks)
    found = checked(corpora, name)
    assert found["dcma-6-high-float"].numerator == high
    assert found["dcma-7-negative-float"].numerator == short == 0


@pytest.mark.parametrize("name", [HOTEL, TERMINAL])
def test_durations(corpora: Path, name: str) -> None:
    tasks = work(stored(corpora, name))
    high = sum(task["durationHours"] > HIGH_HOURS for task in tasks)
    assert checked(corpora, name)["dcma-8-high-duration"].numerator == high > 0


@pytest.mark.parametrize("name", [HOTEL, TERMINAL])
def test_a_delay_reaches_the_finish(corpora: Path, name: str) -> None:
    assert checked(corpora, name)["dcma-12-critical-path-test"].passed


def test_the_terminal_has_a_day_to_spare(corpora: Path) -> None:
    """It must finish by the first instant of 1 March 2013 and does on 27 February: one day more.

    From 1 May 2012, at its first instant, 303 days of work on a calendar of seven days a week.
    """
    found = checked(corpora, TERMINAL)["dcma-13-cpli"]
    assert (found.numerator, found.denominator) == (304, 303)
