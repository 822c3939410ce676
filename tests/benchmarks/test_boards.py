"""How fast everything about boards is answered on plans of a council's size, answers asserted.

The papers name boards and no dates, so both get what a register would bring: six boards that meet
by rule, a gate on every fifth milestone, oversight of every theme, two blackouts.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from loaders.load import load
from queries.boards import review_boards
from simulations.whatif import answer, prepare

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from queries.boards import BoardReview

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
#: What issue 6 allows for every answer on one plan, in process, in seconds.
LIMIT: Final = 0.3
_RULES: Final = ("BYDAY=1TU", "BYDAY=2TU", "BYDAY=3TU", "BYDAY=4TH", "BYDAY=1FR", "BYDAY=-1MO")


def with_boards(plan: Plan) -> Plan:
    """Return a plan with boards, gates, oversight and blackouts."""
    document: dict[str, Any] = plan.model_dump(mode="json", by_alias=True)
    milestones = [
        item["id"]
        for item in document["items"]
        if item["kind"] == "milestone" and item["planned"]["finish"]
    ]
    themes = [item["id"] for item in document["items"] if item["kind"] == "theme"]
    waiting = {link["to"] for link in document["links"] if link["state"] == "accepted"}
    gated = [one for n, one in enumerate(milestones) if one in waiting or not n % 5]
    names = [f"b{number}" for number in range(len(_RULES))]
    document["boards"] = [
        {
            "id": name,
            "title": f"Board {name}",
            "papers_lead": "10wd",
            "oversees": themes[number :: len(names)],
            "meetings": {"rule": f"FREQ=MONTHLY;{rule}"},
        }
        for number, (name, rule) in enumerate(zip(names, _RULES, strict=True))
    ]
    document["gates"] = [
        {"item": one, "board": names[number % len(names)]} for number, one in enumerate(gated)
    ]
    document["blackouts"] = [
        {"start": "2027-03-22", "finish": "2027-05-06", "boards": names, "tags": ["consultation"]},
        {"start": "2026-12-21", "finish": "2027-01-04", "boards": names[:3]},
    ]
    return Plan.model_validate(document)


@cache
def example() -> Plan:
    """Return the shipped example with boards."""
    files = [EXAMPLES / "wexcombe-csip.txt", EXAMPLES / "wexcombe-links.csv"]
    return with_boards(load(files).plan)


@cache
def paper(path: Path) -> Plan:
    """Return the real paper with boards."""
    return with_boards(load([path]).plan)


SLIP = Scenario(changes=(Slip(item="SI1.1.3.7", by=parse_span("2m")),))


def check(plan: Plan, review: BoardReview) -> None:
    """Assert that every gate is told, and that what-ifs of their own say the same of cliffs."""
    assert len(review.gates) == len(plan.gates)
    assert len(review.boards) == len(_RULES)
    assert all(board.meetings for board in review.boards)
    baseline = prepare(plan)
    for gate in review.cliffs[::5]:
        assert gate.cliff is not None
        for days, moves in ((gate.cliff.slip_days, True), (gate.cliff.slip_days - 1, False)):
            slip = Slip(item=gate.cliff.input, by=parse_span(f"{days}d"), own=True)
            found = answer(baseline, Scenario(changes=(slip,)))
            moved = {one.id for one in found.items if one.knock_on_days}
            assert (gate.item in moved) is moves


def test_everything_about_boards_of_the_example(benchmark: BenchmarkFixture) -> None:
    benchmark.extra_info["limit_seconds"] = LIMIT
    review = benchmark(review_boards, example())
    assert len(review.cliffs) > 20
    check(example(), review)


def test_everything_about_boards_of_the_paper(
    benchmark: BenchmarkFixture, csip_paper: Path
) -> None:
    benchmark.extra_info["limit_seconds"] = LIMIT
    plan = paper(csip_paper)
    review = benchmark(review_boards, plan)
    check(plan, review)


def test_a_change_as_boards_see_it(benchmark: BenchmarkFixture) -> None:
    benchmark.extra_info["limit_seconds"] = LIMIT
    review = benchmark(review_boards, example(), SLIP)
    assert review.scenario is not None
    assert review.scenario.first_board is not None
