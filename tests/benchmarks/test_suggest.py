"""How long suggesting dependencies takes (limits: 1 s for the CSIP, 60 s for 10,000 items)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.plan import Plan
from loaders.papers import read_paper
from loaders.suggest.suggest import suggest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

_VERBS = (
    "Review",
    "Develop",
    "Agree",
    "Consult on",
    "Recruit to",
    "Implement",
    "Embed",
    "Evaluate",
)
_THINGS = (
    *(
        "housing repairs",
        "waste collection",
        "home care",
        "school transport",
        "parking",
        "libraries",
    ),
    *("adult learning", "street lighting", "fostering", "housing benefit", "allotments", "markets"),
)
_KINDS = ("strategy", "service model", "contract", "data dashboard", "team structure", "policy")


def make_plan(actions: int) -> Plan:
    """Return a plan of themes with actions of nine steps each, with titles as papers have them."""
    items: list[dict[str, object]] = [
        {"id": f"T{theme}", "kind": "theme", "title": f"Theme {theme}"}
        for theme in range(max(1, actions // 20))
    ]
    for number in range(actions):
        thing = f"{_THINGS[number % 12]} {_KINDS[number // 12 % 6]} of ward {number // 72}"
        parent = f"T{number % max(1, actions // 20)}"
        action = f"A{number}"
        items.append(
            {"id": action, "kind": "action", "title": f"Deliver the {thing}", "parent": parent}
        )
        for step, verb in enumerate(_VERBS, start=1):
            finish = f"{2026 + step // 12}-{step % 12 + 1:02d}-15"
            items.append(
                {
                    "id": f"{action}.{step}",
                    "kind": "milestone",
                    "title": f"{verb} the {thing}",
                    "parent": action,
                    "planned": {"finish": finish, "precision": "day"},
                }
            )
        items.append(
            {
                "id": f"{action}.9",
                "kind": "milestone",
                "title": f"Training for users following evaluation of the {thing}",
                "parent": action,
                "planned": {"finish": "2027-03-31", "precision": "month"},
            }
        )
    return Plan.model_validate({"schema": "knockon/plan@1", "id": "made", "items": items})


def test_the_csip(benchmark: BenchmarkFixture, csip_paper: Path) -> None:
    plan = read_paper(csip_paper).plan
    found = benchmark(suggest, plan)
    # One report of the business case comes before its sign-off, and that before the technology.
    pairs = {(link.from_, link.to) for link in found.new}
    assert {("SI1.2.1.2", "SI1.2.1.3"), ("SI1.2.1.3", "SI1.2.1.4")} <= pairs
    benchmark.extra_info["limit_seconds"] = 1


def test_ten_thousand_items(benchmark: BenchmarkFixture) -> None:
    plan = make_plan(1_000)
    assert len(plan.items) == 10_050
    found = benchmark.pedantic(suggest, (plan,), rounds=1)  # type: ignore[no-untyped-call]
    pairs = {(link.from_, link.to) for link in found.new}
    # Each step of an action waits for the one before it; nothing else is closer.
    missing = [
        number
        for number in range(1_000)
        if any((f"A{number}.{step}", f"A{number}.{step + 1}") not in pairs for step in range(1, 8))
    ]
    assert not missing
    benchmark.extra_info["limit_seconds"] = 60
