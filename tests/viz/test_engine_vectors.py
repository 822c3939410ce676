"""The page's own calculation answers as Python does: thousands of random plans, in two machines.

In Node the scripts are run as they stand in the package, in Chromium those of a built file. Every
date under both rules for gaps, every knock-on, everything newly late, the thresholds and the first
board are compared; so is what is refused.
"""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knockon.cli.pages import make_map
from queries.portable import make_portable
from simulations.whatif import prepare
from tests.oracle.small import build, fs
from tests.viz.driving import visit
from tests.viz.engine_vectors import Vectors, build_vectors, expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Where the proof is asked for, thousands of plans in four parts; at a desk, some new ones.
_PROOF = bool(os.environ.get("CI") or os.environ.get("KNOCKON_REQUIRE_NODE"))
PARTS = range(4) if _PROOF else range(1)
PLANS = 600 if _PROOF else 250
ENGINE = ("instants", "forward", "leaves", "unpack", "engine", "thresholds", "paths")
ANSWERS = Path(__file__).parent / "engine_answers.js"


@pytest.fixture(scope="module", params=PARTS)
def part(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@cache
def vectors_of(part: int) -> Vectors:
    """Return a part's vectors; no fixture, for what a test calls is not traced (`untraced`)."""
    return build_vectors(PLANS, seed=part if _PROOF else None)


def run_in_node(node: Path, folder: Path, given: list[dict[str, Any]]) -> Any:
    path = folder / "vectors.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    scripts = [str(files("viz").joinpath("static", "js", f"{name}.js")) for name in ENGINE]
    command = [str(node), str(ANSWERS), str(path), *scripts]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.stderr == ""
    return json.loads(done.stdout)


def run_in_page(browser: Browser, folder: Path, given: list[dict[str, Any]]) -> Any:
    plan = build([{"id": "a", "planned": {"finish": "2026-09-30"}}])
    path = folder / "map.html"
    path.write_text(make_map(plan), encoding="utf-8")
    script = (
        f"(vectors) => {{ {ANSWERS.read_text(encoding='utf-8')} return answerVectors(vectors); }}"
    )
    with visit(browser, path) as found:
        answers = found.run(script, json.loads(json.dumps(given, sort_keys=True)))
        found.assert_quiet()
    return answers


def assert_same(vectors: Vectors, answers: Any) -> None:
    assert len(answers) == len(vectors.given)
    told = zip(vectors.plans, vectors.given, vectors.expected, answers, strict=True)
    for plan, given, expected, answer in told:
        assert answer["agrees"], plan
        for changes, wanted, found in zip(
            given["scenarios"], expected, answer["answers"], strict=True
        ):
            assert found == wanted, (changes, plan)


@pytest.mark.untraced
def test_node_answers_as_python_does(part: int, node: Path, tmp_path: Path) -> None:
    vectors = vectors_of(part)
    assert_same(vectors, run_in_node(node, tmp_path, vectors.given))


@pytest.mark.untraced
def test_the_built_file_answers_as_python_does(part: int, browser: Browser, tmp_path: Path) -> None:
    vectors = vectors_of(part)
    assert_same(vectors, run_in_page(browser, tmp_path, vectors.given))


@pytest.mark.untraced
def test_the_plans_hold_what_makes_it_hard(part: int) -> None:
    vectors = vectors_of(part)
    # Else being equal would prove little: gates, blackouts, months, calendars, sets that count.
    packs = [one["pack"] for one in vectors.given]
    extras = [extra for pack in packs for extra in pack["extras"].values()]
    assert sum(bool(extra.get("gates")) for extra in extras) > 50
    assert sum(bool(extra.get("blackouts")) for extra in extras) > 50
    assert sum(bool(pack["calendars"]) for pack in packs) > 50
    assert sum(bool(pack["inputs"]) for pack in packs) > 10
    assert sum(pack["items"]["work"] != 0 for pack in packs) > 25
    answered = [one for many in vectors.expected for one in many if one is not None]
    assert len(answered) > 250
    assert sum(one["summary"][0] > 0 for one in answered) > 40
    assert sum(one["dates"][0] != one["dates"][1] for one in answered) > 50
    assert sum(any(row[6] for row in one["items"]) for one in answered) > 20
    assert sum(bool(one["board"]) for one in answered) > 50
    ops = [change["op"] for one in vectors.given for many in one["scenarios"] for change in many]
    assert min(ops.count("slip"), ops.count("slip_group"), ops.count("set")) > 60


MONTHLY = {"dates": ["2026-09-15", "2026-10-20", "2026-11-17", "2026-12-15"]}


def decision() -> Any:
    """A report due in the month of the board that decides on it, papers ten working days ahead."""
    return build(
        [
            {"id": "draft", "planned": {"finish": "2026-08-31", "precision": "month"}},
            {"id": "report", "planned": {"finish": "2026-10-31", "precision": "month"}},
            {"id": "decision", "planned": {"finish": "2026-10-31", "precision": "month"}},
            {"id": "launch", "planned": {"finish": "2026-11-30"}, "due": "2026-11-30"},
        ],
        fs("draft", "report"), fs("report", "decision"), fs("decision", "launch"),
        boards=[{"id": "cab", "title": "Cabinet", "meetings": MONTHLY, "papers_lead": "10wd"}],
        gates=[{"item": "decision", "board": "cab"}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "decided", "late"),
    [
        # Counted as ready in time for 20 October; a day later the papers miss it: 17 November.
        ([{"op": "slip", "item": "report", "by": "1d"}], "17 Nov 2026", False),
        # Set within the window, the report is still in time for the meeting of its month.
        ([{"op": "set", "item": "report", "finish": "2026-10-15"}], "20 Oct 2026", False),
        # Set outside it, its papers count from the day itself: ready on 2 November, ten working
        # days are 16 November.
        ([{"op": "set", "item": "report", "finish": "2026-11-02"}], "17 Nov 2026", False),
        ([{"op": "set", "item": "report", "finish": "2026-11-04"}], "15 Dec 2026", True),
        ([{"op": "slip", "item": "decision", "by": "1d"}], "17 Nov 2026", False),
        ([{"op": "slip_group", "board": "cab", "by": "1m"}], "15 Dec 2026", True),
    ],
)
def test_decisions_wait_for_their_meeting(
    node: Path, tmp_path: Path, changes: Any, decided: str, late: bool
) -> None:
    baseline = prepare(decision())
    data = make_portable(baseline).data
    (answer,) = run_in_node(node, tmp_path, [{"pack": data, "scenarios": [changes]}])
    (found,) = answer["answers"]
    place = baseline.compiled.at["decision"]
    assert found == expect(baseline, changes)
    assert show(found["dates"][0][1][place]) == decided
    moved = {row[0]: row for row in found["items"]}
    assert ("launch" in moved and moved["launch"][6]) is late


def show(instant: int) -> str:
    """Return the day that ends at an instant."""
    from datetime import date, timedelta  # noqa: PLC0415

    day = date(1970, 1, 1) + timedelta(days=(instant - 1) // 1440)
    return f"{day.day} {day:%b %Y}"


@pytest.mark.parametrize(
    "change",
    [
        {"op": "away", "officer": "o", "from": "2026-09-01", "to": "2026-09-30"},
        {"op": "slip", "item": "draft", "by": "1.5m"},
        {"op": "slip", "item": "draft", "by": "10wd"},
        {"op": "slip", "item": "nobody", "by": "1m"},
        {"op": "slip_group", "tag": "t", "by": "1m"},
        {"op": "set", "item": "decision", "finish": "2026-12-01"},
        {"op": "set", "item": "draft", "start": "2026-08-01"},
        {"op": "set", "item": "draft", "finish": "2026-02-30"},
        {"op": "slip", "item": "draft", "by": "99999m"},
    ],
)
def test_what_it_cannot_work_out_it_refuses(
    node: Path, tmp_path: Path, change: dict[str, str]
) -> None:
    data = make_portable(prepare(decision())).data
    (answer,) = run_in_node(node, tmp_path, [{"pack": data, "scenarios": [[change]]}])
    assert answer["answers"] == [None]
