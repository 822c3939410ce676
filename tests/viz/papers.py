"""Reports on small plans whose answers are worked out by hand (`tests.knockon.council`)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from queries.compare import compare_plans
from queries.report import gather_report
from tests.knockon.council import COUNCIL, council
from tests.queries.board_plan import board_plan
from tests.viz.hostile import build_hostile_plan
from viz.paper.blocks import Chain, Heat, Picture, Table
from viz.paper.contents import lay_out_report

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from viz.paper.blocks import Block, Paper

TWO_MONTHS = Scenario(name="Consultation slips", changes=(Slip(item="A.1", by=parse_span("2m")),))


def month(of: str, **dates: str) -> Plan:
    """Return the council's plan of a month, with some forecasts; its titles do no harm."""
    items: list[dict[str, Any]] = []
    for item in COUNCIL["items"]:
        held = dict(item)
        if held["id"] == "A.4":
            held["title"] = "Sign the lease"
        if held["id"] in dates:
            held["forecast"] = dates[held["id"]]
        items.append(held)
    return council(items=items, as_of=of)


@cache
def whatif_paper() -> Paper:
    """Report what two months' slip of A.1 does."""
    return lay_out_report(gather_report(month("2026-05-31"), scenario=TWO_MONTHS))


@cache
def since_paper() -> Paper:
    """Report a month in which the forecast of A.1 went to 31 March."""
    old, new = month("2026-04-30"), month("2026-05-31", **{"A.1": "2027-03-31"})
    return lay_out_report(gather_report(new, comparison=compare_plans([old, new])))


@cache
def plain_paper() -> Paper:
    """Report the plan as it stands."""
    return lay_out_report(gather_report(month("2026-05-31")))


@cache
def board_paper() -> Paper:
    """Report a plan with decisions, and a change that moves one."""
    slip = Scenario(changes=(Slip(item="T.1", by=parse_span("12d")),))
    return lay_out_report(gather_report(board_plan(), scenario=slip))


@cache
def hostile_paper() -> Paper:
    """Report a plan whose every text tries to be more than text."""
    plan = build_hostile_plan()
    slip = Scenario(name="<b>{{7*7}}", changes=(Slip(item="<b>3", by=parse_span("2m")),))
    comparison = compare_plans([plan, plan])
    gathered = gather_report(plan, scenario=slip, comparison=comparison)
    return lay_out_report(gathered, title="<img src=x> \x07", report_of="<script>alert(1)</script>")


def blocks(paper: Paper) -> list[Block]:
    """Return every block of a report."""
    return [block for section in paper.sections for block in section.blocks]


def table(paper: Paper, name: str) -> Table:
    """Return the table of a name."""
    (found,) = [one for one in blocks(paper) if isinstance(one, Table) and one.name == name]
    return found


def chain(paper: Paper, name: str) -> Chain:
    """Return the chain of a name."""
    (found,) = [one for one in blocks(paper) if isinstance(one, Chain) and one.name == name]
    return found


def heat(paper: Paper) -> Heat:
    """Return the heat table."""
    (found,) = [one for one in blocks(paper) if isinstance(one, Heat)]
    return found


def pictures(paper: Paper) -> list[Picture]:
    """Return the timelines."""
    return [one for one in blocks(paper) if isinstance(one, Picture)]
