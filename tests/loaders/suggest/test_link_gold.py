"""The gold rows themselves: written by hand, so checked for slips against the papers' own plans."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphmodel.cycles import find_cycle
from graphmodel.links import LINK_TYPES, Link
from loaders.load import load
from tools.link_gold import OUTSIDE, GoldRow, lay, read_gates, read_gold

if TYPE_CHECKING:
    from graphmodel.plan import Plan

GOLD = Path(__file__).parent / "gold"
PAPERS = {"csip": "002_*.txt", "sandwell": "003_*.txt"}
WHYS = {"phase", "stage", "stated", "shared", "gate", "outside", "reference", "judgement"}
ROWS = {paper: read_gold(GOLD / f"{paper}.csv") for paper in PAPERS}


@pytest.fixture(scope="module", params=sorted(PAPERS))
def paper(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rows(paper: str) -> list[GoldRow]:
    return ROWS[paper]


@pytest.fixture(scope="module")
def text(paper: str, papers: Path) -> Path:
    return next(papers.glob(PAPERS[paper]))


@pytest.fixture(scope="module")
def plan(text: Path) -> Plan:
    return load([text]).plan


def test_enough_was_found() -> None:
    """At least 100 for the CSIP and 40 for Sandwell, and 60 traps beside them."""
    counts = {paper: Counter(row.verdict for row in rows) for paper, rows in ROWS.items()}
    assert counts["csip"]["yes"] >= 100
    assert counts["sandwell"]["yes"] >= 40
    assert counts["csip"]["no"] + counts["sandwell"]["no"] >= 60


def test_words_and_figures_are_known_ones(rows: list[GoldRow]) -> None:
    assert {row.type for row in rows} <= set(LINK_TYPES)
    assert {row.why for row in rows} <= WHYS
    assert {row.verdict for row in rows} == {"yes", "maybe", "no"}
    assert all(0 <= row.confidence <= 1 for row in rows)
    assert min(row.confidence for row in rows if row.verdict == "yes") >= 0.55
    assert max(row.confidence for row in rows if row.verdict == "no") <= 0.25


def test_no_pair_stands_twice_or_with_itself(rows: list[GoldRow]) -> None:
    pairs = Counter(row.pair for row in rows)
    assert [pair for pair, count in pairs.items() if count > 1 or pair[0] == pair[1]] == []


def test_no_yes_is_said_both_ways(rows: list[GoldRow]) -> None:
    accepted = {row.pair for row in rows if row.verdict == "yes"}
    assert [pair for pair in accepted if pair[::-1] in accepted] == []


def test_ids_are_those_of_the_plan(plan: Plan, rows: list[GoldRow]) -> None:
    known = {item.id for item in plan.items}
    ends = {end for row in rows for end in row.pair if not end.startswith(OUTSIDE)}
    assert ends - known == set()


def test_nothing_waits_for_what_it_is_part_of(plan: Plan, rows: list[GoldRow]) -> None:
    yard = lay(plan, ())
    assert [row.pair for row in rows if row.to in yard.kin(row.from_)] == []


def test_lines_are_those_of_the_items(plan: Plan, rows: list[GoldRow], text: Path) -> None:
    lines = {item.id: item.source.line for item in plan.items if item.source}
    last = len(text.read_text(encoding="utf-8").splitlines())
    for row in rows:
        for end, line in zip(row.pair, (row.line_from, row.line_to), strict=True):
            assert line == lines[end] if end in lines else 1 <= line <= last, row


def test_accepting_every_yes_makes_no_circle(plan: Plan, rows: list[GoldRow]) -> None:
    """A circle through the breakdown counts too: a parent holds what is part of it."""
    known = {item.id for item in plan.items}
    links = [
        Link.model_validate({"from": row.from_, "to": row.to, "type": row.type})
        for row in rows
        if row.verdict == "yes" and known.issuperset(row.pair)
    ]
    assert len(links) >= 40
    assert find_cycle(plan, links) is None


def test_each_half_has_something_to_find(plan: Plan, rows: list[GoldRow]) -> None:
    yard = lay(plan, rows)
    counts = Counter(yard.half(*row.pair) for row in rows if row.verdict == "yes")
    assert set(counts) == {"a", "b"}
    assert min(counts.values()) >= 10


def test_gates_speak_of_items_of_the_plan(paper: str, plan: Plan, text: Path) -> None:
    gates = read_gates(GOLD / "gates.csv", paper)
    assert {gate.item for gate in gates} <= {item.id for item in plan.items}
    pairs = Counter((gate.item, gate.board) for gate in gates)
    assert max(pairs.values()) == 1
    assert {gate.verdict for gate in gates} == {"yes", "maybe", "no"}
    lines = text.read_text(encoding="utf-8").splitlines()
    assert all(1 <= gate.line <= len(lines) for gate in gates)
    boards = {board.title for board in plan.boards}
    own = {gate.board for gate in gates if gate.verdict == "yes"} - boards
    # Named in the paper, but no board of the plan the loader reads.
    assert own == ({"Council"} if paper == "sandwell" else set())
