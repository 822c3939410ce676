"""Odds whose numbers are known: of a plan worked out by hand, and curves made by hand.

`tests.knockon.council`: A.1 is to finish on 31 January 2027, A.2 needs 45 more days and is planned
for 30 April. If A.1 slips 80 days, to 21 April, A.2 and with it A end on 5 June, 36 days late. Made
to slip in one of four runs, A is kept with 75 %, and A.1 costs 36 days at P80.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from queries.odds import Odds, ask_odds
from simulations.risk.results import CurvePoint, TargetOdds
from tests.knockon.council import COUNCIL, council
from tests.queries.board_plan import board_plan
from tests.viz.hostile import PAYLOADS, build_hostile_plan
from viz.charts.scurve import draw_scurve
from viz.paper.blocks import Column, Figures, Graph, Paper, Section, Table
from viz.paper.odds import lay_out_risk

if TYPE_CHECKING:
    from graphmodel.plan import Plan

DUE, LATE = date(2027, 4, 30), date(2027, 6, 5)
#: A delay of 300 days, whenever there is one.
SURE = {"distribution": "empirical", "values": ["300d"]}
SLIPS = {"distribution": "hurdle", "probability": 0.25, "delay": "80d"}


def slipping(**changes: Any) -> Plan:
    """Return the council's plan with an A.1 that slips 80 days in one of four runs."""
    items = [
        {**one, "uncertainty": SLIPS} if one["id"] == "A.1" else dict(one)
        for one in COUNCIL["items"]
    ]
    return council(**({"items": items, "as_of": "2026-05-31", "risks": None} | changes))


@cache
def slipping_odds() -> Odds:
    """Return the odds of A, whose P80 is 5 June."""
    return ask_odds(slipping(), reference="none", targets=["A"], iterations=2000)


@cache
def board_odds() -> Odds:
    """Return the odds of a plan with decisions, whose reports say nothing of uncertainty."""
    return ask_odds(board_plan(), iterations=500)


@cache
def hostile_odds() -> Odds:
    """Return the odds of a plan whose every text tries to be more than text, risks too."""
    plan = build_hostile_plan()
    risk = {
        "id": "r", "title": PAYLOADS[13], "probability": 0.6,
        "impacts": [{"item": "<b>4", "delay": SURE}],
    }  # fmt: skip
    held = plan.model_dump(mode="json", by_alias=True) | {"risks": [risk]}
    return ask_odds(type(plan).model_validate(held), iterations=300)


def target_of(days: list[int], by: int | None, **given: Any) -> TargetOdds:
    """Return the odds of something that finishes so many days from 1 January 2027.

    ``days`` holds one number for each run, ``by`` is the day to keep.
    """
    first = date(2027, 1, 1)
    ordered = sorted(days)
    told = {
        day: CurvePoint(
            first + timedelta(day), float(day), sum(one <= day for one in days) / len(days)
        )
        for day in ordered
    }
    at = {
        share: first + timedelta(ordered[max(0, -(-share * len(days) // 100) - 1)])
        for share in (10, 50, 80, 90)
    }
    errors = dict.fromkeys(
        ("p10_se_days", "p50_se_days", "p80_se_days", "p90_se_days", "mean_se_days", "sd_se_days"),
        0.0,
    )
    held: dict[str, Any] = {
        "id": "T", "title": "Target", "against": None if by is None else "due",
        "by": None if by is None else first + timedelta(by), "finish": first,
        "p_on_time": None if by is None else sum(one <= by for one in days) / len(days),
        "p_on_time_se": None, "p10": at[10], "p50": at[50], "p80": at[80], "p90": at[90],
        "p10_days": 0.0, "p50_days": 0.0, "p80_days": 0.0, "p90_days": 0.0, "mean_days": 0.0,
        "at_percentile": at[80], "at_percentile_days": 0.0, "at_percentile_se_days": 0.0,
        "sd_days": 0.0, **errors, "curve": tuple(told.values()),
    }  # fmt: skip
    return TargetOdds(**(held | given))


#: Shapes of curves that labels may collide on: what each run takes, and the day to keep.
SHAPES: dict[str, TargetOdds] = {
    "a wall at the date to keep": target_of([100] * 87 + [130] * 13, 100),
    "every run alike": target_of([100] * 100, 100),
    "a date before all runs": target_of(list(range(200, 300)), 0),
    "a date after all runs": target_of(list(range(100)), 400),
    "a date just after even odds": target_of(list(range(100)), 52),
    "a date just after P80": target_of(list(range(100)), 84),
    "late and steep": target_of([*range(40), *([300] * 60)], 150),
    "no date": target_of([2**one for one in range(10)], None),
    "decades": target_of([9 * one**2 for one in range(100)], 4000),
}


def shapes_paper() -> Paper:
    """Return a paper with the S-curve of each shape."""
    empty = Table("T", "The same", (Column("What", 20),), (("Same",),))
    graphs = tuple(
        Graph(draw_scurve(one, key=f"s{place}", title=name, subtitle="Share of runs"), empty)
        for place, (name, one) in enumerate(SHAPES.items())
    )
    section = Section("s", "Shapes", graphs)
    return Paper("Shapes", "Plan", "", "", "", "today", "Shapes", (), Figures(()), (section,))


PAPERS = {
    "slipping": lambda: lay_out_risk(slipping_odds(), named=True),
    "boards": lambda: lay_out_risk(board_odds()),
    "hostile": lambda: lay_out_risk(hostile_odds(), title=PAYLOADS[1]),
}
