r"""knockon says: if this slips, what else slips, who owns it, and what would stop it.

The names below are the whole public interface; each is imported when it is first used, so that
``import knockon`` costs next to nothing::

    import knockon

    plan = knockon.load("paper.txt", "links.csv").plan
    answer = knockon.what_if(plan, knockon.Scenario(changes=[knockon.Slip(item="SI1", by="2m")]))
    print(*answer.sentences, sep="\n")
    knockon.write_text("report.html", knockon.draw_whatif(answer))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphmodel.errors import KnockonError as KnockonError
    from graphmodel.files import write_text as write_text
    from graphmodel.graph import PlanGraph as PlanGraph
    from graphmodel.plan import Plan as Plan
    from graphmodel.planfile import plan_schema as plan_schema
    from graphmodel.planfile import read_plan as read_plan
    from graphmodel.planfile import read_scenario as read_scenario
    from graphmodel.planfile import write_plan as write_plan
    from graphmodel.problems import Problem as Problem
    from graphmodel.scenario import Scenario as Scenario
    from graphmodel.scenario import Slip as Slip
    from graphmodel.spans import Span as Span
    from graphmodel.spans import parse_span as parse_span
    from graphmodel.stores.opening import open_store as open_store
    from knockon.api import compare as compare
    from knockon.api import load as load
    from knockon.calendars import write_calendar as write_calendar
    from knockon.notebook.frames import to_frame as to_frame
    from knockon.notebook.opened import OpenPlan as OpenPlan
    from knockon.notebook.opened import open_plan as open_plan
    from knockon.reporting import report as report
    from knockon.reporting import write_report as write_report
    from loaders.loaded import Loaded as Loaded
    from loaders.portfolio import join_plans as join_plans
    from loaders.template import write_template as write_template
    from loaders.writers.export import export_plan as export_plan
    from queries.boards import BoardReview as BoardReview
    from queries.boards import review_boards as review_boards
    from queries.checks.run import Health as Health
    from queries.checks.run import run_checks as run_checks
    from queries.compare import Comparison as Comparison
    from queries.dependencies import Trace as Trace
    from queries.dependencies import trace as trace
    from queries.facts import describe as describe
    from queries.odds import Odds as Odds
    from queries.odds import ask_odds as ask_odds
    from queries.overview import survey as survey
    from queries.owners import Owners as Owners
    from queries.owners import survey_owners as survey_owners
    from simulations.batch import Reach as Reach
    from simulations.batch import reach as reach
    from simulations.recovery.results import Recovery as Recovery
    from simulations.recovery.run import recover as recover
    from simulations.results import Schedule as Schedule
    from simulations.results import WhatIf as WhatIf
    from simulations.schedule import schedule as schedule
    from simulations.whatif import what_if as what_if
    from viz.network import draw_map as draw_map
    from viz.paper.odds import lay_out_risk as lay_out_risk
    from viz.report import draw_whatif as draw_whatif

#: Where each public name lives.
_HOMES = {
    "BoardReview": "queries.boards",
    "Comparison": "queries.compare",
    "Health": "queries.checks.run",
    "KnockonError": "graphmodel.errors",
    "Loaded": "loaders.loaded",
    "Odds": "queries.odds",
    "OpenPlan": "knockon.notebook.opened",
    "Owners": "queries.owners",
    "Plan": "graphmodel.plan",
    "PlanGraph": "graphmodel.graph",
    "Problem": "graphmodel.problems",
    "Reach": "simulations.batch",
    "Recovery": "simulations.recovery.results",
    "Scenario": "graphmodel.scenario",
    "Schedule": "simulations.results",
    "Slip": "graphmodel.scenario",
    "Span": "graphmodel.spans",
    "Trace": "queries.dependencies",
    "WhatIf": "simulations.results",
    "ask_odds": "queries.odds",
    "compare": "knockon.api",
    "describe": "queries.facts",
    "draw_map": "viz.network",
    "draw_whatif": "viz.report",
    "export_plan": "loaders.writers.export",
    "join_plans": "loaders.portfolio",
    "lay_out_risk": "viz.paper.odds",
    "load": "knockon.api",
    "open_plan": "knockon.notebook.opened",
    "open_store": "graphmodel.stores.opening",
    "parse_span": "graphmodel.spans",
    "plan_schema": "graphmodel.planfile",
    "reach": "simulations.batch",
    "read_plan": "graphmodel.planfile",
    "read_scenario": "graphmodel.planfile",
    "recover": "simulations.recovery.run",
    "report": "knockon.reporting",
    "review_boards": "queries.boards",
    "run_checks": "queries.checks.run",
    "schedule": "simulations.schedule",
    "survey": "queries.overview",
    "survey_owners": "queries.owners",
    "to_frame": "knockon.notebook.frames",
    "trace": "queries.dependencies",
    "what_if": "simulations.whatif",
    "write_calendar": "knockon.calendars",
    "write_plan": "graphmodel.planfile",
    "write_report": "knockon.reporting",
    "write_template": "loaders.template",
    "write_text": "graphmodel.files",
}

__all__ = [*_HOMES]  # noqa: PLE0604 - the table is the list


def __getattr__(name: str) -> Any:
    """Import a public name on its first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
