"""Any result as pandas DataFrames: one function, one name for it, the same columns every time.

The layers below know nothing of pandas: their results are plain records, and this is the one place
that lays them out in columns. A result has one table or several; the first is what is meant where
none is named.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import KnockonError
from graphmodel.words import join_words
from knockon.notebook.columns import Column, Table, build_frame, take_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas import DataFrame

__all__ = ["find_tables", "list_tables", "to_frame"]


def to_frame(result: Any, table: str | None = None) -> DataFrame:
    """Return a table of a result, or of a plan, as a pandas DataFrame.

    Dates are ``datetime64``, days are floats, counts ``Int64``, and lists of ids tuples. What is
    not known is ``NaT``, ``NaN``, ``NA`` or None. The columns are the keys of ``--json``.

    Parameters
    ----------
    result
        What any of knockon's questions answers, a `Plan`, or a `Loaded`.
    table
        Which of its tables; the first one that `list_tables` names, unless told.

    Raises
    ------
    KnockonError
        There is no such table, or this is no result of knockon's.
    """
    tables = find_tables(result)
    wanted = next(iter(tables)) if table is None else table
    if wanted not in tables:
        known = join_words([f'"{name}"' for name in tables], last="or")
        raise KnockonError(f'There is no table "{wanted}" in this answer: ask for {known}.')
    return build_frame(tables[wanted], result)


def list_tables(result: Any) -> tuple[str, ...]:
    """Return the names of the tables that `to_frame` makes of a result, the main one first."""
    return tuple(find_tables(result))


def find_tables(result: Any) -> dict[str, Table]:
    """Return the tables of a result by name.

    Raises
    ------
    KnockonError
        This is no result of knockon's.
    """
    for kind in type(result).__mro__:
        if kind.__name__ in _MAKERS:
            return _make(kind.__name__)
    raise KnockonError(
        f"{type(result).__name__} is no result that has tables: give to_frame what a question of "
        "knockon's answered, or a plan."
    )


@cache
def _make(kind: str) -> dict[str, Table]:
    return _MAKERS[kind]()


def _rows(name: str, record: str, **options: Any) -> Table:
    """Return the table of one list of a result, a column for each field of the records in it."""
    return Table(take_columns(record, **options), lambda result: getattr(result, name))


def _findings() -> Table:
    columns = take_columns("graphmodel.problems.Problem", without={"source"}, more=_PLACE)
    return Table(columns, lambda result: result.findings)


_PLACE: Final = {"source": ("str", lambda row: None if row.source is None else str(row.source))}


def _schedule() -> dict[str, Table]:
    record = "simulations.results.ScheduledItem"
    return {
        "items": _rows("items", record, without={"driving_links"}),
        "findings": _findings(),
    }


def _what_if() -> dict[str, Table]:
    return {
        "items": _rows("items", "simulations.results.MovedItem"),
        "buffers": _rows("buffers", "simulations.results.Buffer"),
        "findings": _findings(),
    }


def _reach() -> dict[str, Table]:
    thresholds = ("first_newly_late", "first_newly_late_if_work")
    more = {f"{name}_at_days": ("int", _at_days(name)) for name in thresholds}
    record = "simulations.batch.Effect"
    return {
        "effects": _rows("effects", record, without=set(thresholds), more=more),
        "findings": _findings(),
    }


def _at_days(name: str) -> Callable[[Any], int | None]:
    def get(row: Any) -> int | None:
        threshold = getattr(row, name)
        return None if threshold is None else threshold.at_days

    return get


def _owners() -> dict[str, Table]:
    without = {
        "roles", "load", "float_held", "stress", "hands_to", "waits_for", "alone_on",
        "alone_on_chains",
    }  # fmt: skip
    counts = ("moved", "newly_late", "moved_if_work", "newly_late_if_work")
    more: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "peak_month": ("date", lambda row: row.load.peak and row.load.peak.month),
        "peak_finishing": ("int", lambda row: row.load.peak and row.load.peak.finishing),
        "critical_items": ("int", lambda row: row.float_held.critical),
        "least_float_days": ("float", lambda row: row.float_held.least_days),
        **{name: ("int", _effect(name)) for name in counts},
        "alone_on": ("tuple", lambda row: tuple(one.item for one in row.alone_on)),
    }
    record = "queries.owners.Owner"
    return {
        "officers": _rows("officers", record, without=without, more=more),
        "load": Table(_LOAD, _months),
        "hand_overs": Table(_HAND_OVERS, _hand_overs),
        "groups": _rows("groups", "queries.owners.GroupHeld"),
        "findings": _findings(),
    }


def _effect(name: str) -> Callable[[Any], int | None]:
    return lambda row: None if row.stress is None else getattr(row.stress.effect, name)


_LOAD: Final = (
    Column.of("id", "str", lambda row: row[0].id),
    Column.of("title", "str", lambda row: row[0].title),
    Column.of("month", "date", lambda row: row[1].month),
    Column.of("finishing", "int", lambda row: row[1].finishing),
    Column.of("active", "int", lambda row: row[1].active),
)


def _months(result: Any) -> list[tuple[Any, Any]]:
    return [(one, month) for one in result.officers for month in one.load.months]


_HAND_OVERS: Final = (
    Column.of("from", "str", lambda row: row.from_),
    Column.of("to", "str", lambda row: row.to),
    Column.of("links", "int", lambda row: len(row.links)),
    Column.of("least_room_days", "float", lambda row: row.least_room_days),
)


def _hand_overs(result: Any) -> list[Any]:
    return [one for officer in result.officers for one in officer.hands_to]


def _boards() -> dict[str, Table]:
    cliffs = {"cliff", "cliff_if_work"}
    more: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "cliff_slip_days": ("int", lambda row: row.cliff and row.cliff.slip_days),
        "cliff_cost_days": ("float", lambda row: row.cliff and row.cliff.cost_days),
        "cliff_if_work_slip_days": ("int", lambda row: row.cliff_if_work and row.cliff_if_work.slip_days),
        "cliff_if_work_cost_days": ("float", lambda row: row.cliff_if_work and row.cliff_if_work.cost_days),
    }  # fmt: skip
    of_board = (
        Column.of("board", "str", lambda row: row[0].id),
        Column.of("board_title", "str", lambda row: row[0].title),
    )
    meetings = take_columns("queries.boards_meetings.Agenda")
    return {
        "gates": _rows("gates", "queries.boards_gates.GateFacts", without=cliffs, more=more),
        "meetings": Table((*of_board, *map(_of_second, meetings)), _meetings),
        "boards": _rows(
            "boards", "queries.boards_meetings.BoardFacts", without={"relations", "meetings"}
        ),
        "blackouts": _rows(
            "blackouts", "queries.boards_blackouts.BlackoutFacts", without={"meetings", "caught"}
        ),
        "findings": _findings(),
    }


def _of_second(column: Column) -> Column:
    return Column(column.name, lambda row: column.get(row[1]), column.type)


def _meetings(result: Any) -> list[tuple[Any, Any]]:
    return [(board, one) for board in result.boards for one in board.meetings]


def _risk() -> dict[str, Table]:
    home = "simulations.risk.results"
    target = Column.of("target", "str", lambda row: row[0].id)
    return {
        "targets": _rows("targets", f"{home}.TargetOdds", without={"curve"}),
        "curve": Table(
            (target, *map(_of_second, take_columns(f"{home}.CurvePoint"))),
            lambda result: [(one, point) for one in result.targets for point in one.curve],
        ),
        "items": _rows("items", f"{home}.ItemRisk"),
        "risks": _rows("risks", f"{home}.RiskEvent"),
        "officers": _rows("officers", f"{home}.OfficerRisk"),
        "merges": _rows("merges", f"{home}.MergePoint"),
        "gates": _rows("gates", f"{home}.GateOdds"),
        "findings": _findings(),
    }


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
    told = take_columns("queries.checks.rule.CheckResult", without={"check", "threshold", "findings"})
    return {
        "findings": _rows("findings", finding, without={"source"}, more=_PLACE),
        "checks": Table((*checks, *told), lambda result: result.results),
        "readiness": _rows("readiness", "queries.checks.readiness.Evidence"),
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
            (*step, *map(_of_second, take_columns(f"queries.versions.{record}", without=without))),
            _changes(name),
        )
        for name, (record, without) in lists.items()
    }
    rates = take_columns("queries.slippage.Rate")
    trends = take_columns(
        "queries.trend.Trend", without={"points"}, more={"reports": ("int", lambda row: len(row.points))}
    )  # fmt: skip
    return {
        **tables,
        "rates": Table(
            (*step, *map(_of_second, rates)),
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
    return {"steps": Table((direction, *map(_of_second, steps)), _steps)}


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
        *(Column.of(name.rstrip("_"), "str", _of_link(name)) for name in ("from_", "to", "type")),
        Column.of("lag", "str", lambda row: str(row.lag)),
        *(Column.of(name, "str", _of_link(name)) for name in ("origin", "state")),
        Column.of("confidence", "float", _of_link("confidence")),
        *(Column.of(name, "str", _of_link(name)) for name in ("reason", "rule")),
        Column.of("decided_by", "str", lambda row: row.decided and row.decided.by),
    )
    return {
        "items": Table(items, lambda plan: [(plan, item) for item in plan.items]),
        "links": Table(links, lambda plan: plan.links),
    }


def _of_item(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row[1], name)


def _of_link(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row, name)


def _owners_of(row: tuple[Any, Any]) -> tuple[str, ...]:
    plan, item = row
    return tuple(officer.name for officer in plan.index.officers_of(item.id))


def _loaded() -> dict[str, Table]:
    columns = take_columns("graphmodel.problems.Problem", without={"source"}, more=_PLACE)
    return {"problems": Table(columns, lambda loaded: loaded.problems)}


_MAKERS: Final[dict[str, Callable[[], dict[str, Table]]]] = {
    "BoardReview": _boards,
    "Comparison": _comparison,
    "Health": _health,
    "Loaded": _loaded,
    "Owners": _owners,
    "Plan": _plan,
    "Reach": _reach,
    "RiskResult": _risk,
    "Schedule": _schedule,
    "Trace": _trace,
    "WhatIf": _what_if,
}
