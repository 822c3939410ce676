"""The tables of a plan and of what is read from it: checks, versions, traces, links."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from knockon.notebook.columns import PLACE, Column, Table, list_rows, of_second, take_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["PLANS"]


def _health() -> dict[str, Table]:
    finding = "queries.checks.rule.Finding"
    checks = (
        Column.of("code", "str", lambda row: row.check.code),
        Column.of("family", "str", lambda row: row.check.family),
        Column.of("name", "str", lambda row: row.check.name),
        Column.of("severity", "str", lambda row: row.check.severity),
        Column.of("of", "str", lambda row: row.check.denominator),
        Column.of("found", "int", lambda row: len(row.findings)),
    )
    told = take_columns(
        "queries.checks.rule.CheckResult", without={"check", "threshold", "findings"}
    )
    return {
        "findings": list_rows("findings", finding, without={"source"}, more=PLACE),
        "checks": Table((*checks, *told), lambda result: result.results),
        "readiness": list_rows("readiness", "queries.checks.readiness.Evidence"),
    }


def _comparison() -> dict[str, Table]:
    lists = {
        "dates": ("DateChange", {"place"}),
        "added": ("Entry", set()),
        "removed": ("Entry", set()),
        "owners": ("Reowned", set()),
        "statuses": ("StatusChange", set()),
        "moved": ("Moved", set()),
        "reworded": ("Reworded", {"place"}),
    }
    step = (
        Column.of("since", "date", lambda row: row[0].old.as_of),
        Column.of("until", "date", lambda row: row[0].new.as_of),
    )
    tables = {
        name: Table(
            (*step, *map(of_second, take_columns(f"queries.versions.{record}", without=without))),
            _changes(name),
        )
        for name, (record, without) in lists.items()
    }
    rates = take_columns("queries.slippage.Rate")
    reports = {"reports": ("int", lambda row: len(row.points))}
    trends = take_columns("queries.trend.Trend", without={"points"}, more=reports)
    return {
        **tables,
        "rates": Table(
            (*step, *map(of_second, rates)),
            lambda result: [(one, rate) for one in result.steps for rate in one.rates],
        ),
        "trends": Table(trends, lambda result: result.trends),
    }


def _changes(name: str) -> Callable[[Any], list[tuple[Any, Any]]]:
    return lambda result: [
        (step, one) for step in result.steps for one in getattr(step.differences, name)
    ]


def _trace() -> dict[str, Table]:
    direction = Column.of("direction", "str", lambda row: row[0])
    steps = take_columns("queries.dependencies.TraceStep", without={"evidence"})
    return {"steps": Table((direction, *map(of_second, steps)), _steps)}


def _steps(result: Any) -> list[tuple[str, Any]]:
    on_routes = (step for route in result.routes for step in route.steps)
    return [
        *(("upstream", step) for step in result.upstream),
        *(("downstream", step) for step in result.downstream),
        *(("route", step) for step in on_routes),
    ]


def _plan() -> dict[str, Table]:
    items = (
        *(Column.of(name, "str", _of_item(name)) for name in ("id", "kind", "title", "parent")),
        Column.of("owners", "tuple", _owners_of),
        Column.of("start", "date", lambda row: row[1].planned.start),
        Column.of("finish", "date", lambda row: row[1].planned.finish),
        Column.of("due", "date", _of_item("due")),
        Column.of("forecast", "date", _of_item("forecast")),
        Column.of("actual_finish", "date", _of_item("actual_finish")),
        Column.of("status", "str", _of_item("status")),
        Column.of("percent", "float", _of_item("percent")),
        Column.of("rag", "str", _of_item("rag")),
        Column.of("tags", "tuple", _of_item("tags")),
    )
    links = (
        *(Column.of(name.rstrip("_"), "str", attrgetter(name)) for name in ("from_", "to", "type")),
        Column.of("lag", "str", lambda row: str(row.lag)),
        *(Column.of(name, "str", attrgetter(name)) for name in ("origin", "state")),
        Column.of("confidence", "float", attrgetter("confidence")),
        *(Column.of(name, "str", attrgetter(name)) for name in ("reason", "rule")),
        Column.of("decided_by", "str", lambda row: row.decided and row.decided.by),
    )
    return {
        "items": Table(items, lambda plan: [(plan, item) for item in plan.items]),
        "links": Table(links, lambda plan: plan.links),
    }


def _of_item(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row[1], name)


def _owners_of(row: tuple[Any, Any]) -> tuple[str, ...]:
    plan, item = row
    return tuple(officer.name for officer in plan.index.officers_of(item.id))


def _loaded() -> dict[str, Table]:
    columns = take_columns("graphmodel.problems.Problem", without={"source"}, more=PLACE)
    return {"problems": Table(columns, lambda loaded: loaded.problems)}


#: How the tables of each kind of result are made.
PLANS: Final[Mapping[str, Callable[[], dict[str, Table]]]] = {
    "Comparison": _comparison,
    "Health": _health,
    "Loaded": _loaded,
    "Plan": _plan,
    "Trace": _trace,
}
