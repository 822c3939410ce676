"""The tables of what simulations answer: dates, knock-on, owners, boards, odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from knockon.notebook.columns import (
    Column,
    Table,
    list_findings,
    list_rows,
    of_second,
    take_columns,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ANSWERS"]


def _schedule() -> dict[str, Table]:
    record = "simulations.results.ScheduledItem"
    return {
        "items": list_rows("items", record, without={"driving_links"}),
        "findings": list_findings(),
    }


def _what_if() -> dict[str, Table]:
    return {
        "items": list_rows("items", "simulations.results.MovedItem"),
        "buffers": list_rows("buffers", "simulations.results.Buffer"),
        "findings": list_findings(),
    }


def _reach() -> dict[str, Table]:
    thresholds = ("first_newly_late", "first_newly_late_if_work")
    more = {f"{name}_at_days": ("int", _at_days(name)) for name in thresholds}
    record = "simulations.batch.Effect"
    return {
        "effects": list_rows("effects", record, without=set(thresholds), more=more),
        "findings": list_findings(),
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
        "officers": list_rows("officers", record, without=without, more=more),
        "load": Table(_LOAD, _months),
        "hand_overs": Table(_HAND_OVERS, _hand_overs),
        "groups": list_rows("groups", "queries.owners.GroupHeld"),
        "findings": list_findings(),
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
    cliffs = ("cliff", "cliff_if_work")
    costs = {"slip_days": "int", "cost_days": "float"}
    more = {f"{one}_{name}": (says, _of_cliff(one, name))
            for one in cliffs for name, says in costs.items()}  # fmt: skip
    of_board = (
        Column.of("board", "str", lambda row: row[0].id),
        Column.of("board_title", "str", lambda row: row[0].title),
    )
    meetings = take_columns("queries.boards_meetings.Agenda")
    return {
        "gates": list_rows(
            "gates", "queries.boards_gates.GateFacts", without=set(cliffs), more=more
        ),
        "meetings": Table((*of_board, *map(of_second, meetings)), _meetings),
        "boards": list_rows(
            "boards", "queries.boards_meetings.BoardFacts", without={"relations", "meetings"}
        ),
        "blackouts": list_rows(
            "blackouts", "queries.boards_blackouts.BlackoutFacts", without={"meetings", "caught"}
        ),
        "findings": list_findings(),
    }


def _of_cliff(which: str, name: str) -> Callable[[Any], Any]:
    def get(row: Any) -> Any:
        cliff = getattr(row, which)
        return None if cliff is None else getattr(cliff, name)

    return get


def _meetings(result: Any) -> list[tuple[Any, Any]]:
    return [(board, one) for board in result.boards for one in board.meetings]


def _risk() -> dict[str, Table]:
    home = "simulations.risk.results"
    target = Column.of("target", "str", lambda row: row[0].id)
    return {
        "targets": list_rows("targets", f"{home}.TargetOdds", without={"curve"}),
        "curve": Table(
            (target, *map(of_second, take_columns(f"{home}.CurvePoint"))),
            lambda result: [(one, point) for one in result.targets for point in one.curve],
        ),
        "items": list_rows("items", f"{home}.ItemRisk"),
        "risks": list_rows("risks", f"{home}.RiskEvent"),
        "officers": list_rows("officers", f"{home}.OfficerRisk"),
        "merges": list_rows("merges", f"{home}.MergePoint"),
        "gates": list_rows("gates", f"{home}.GateOdds"),
        "findings": list_findings(),
    }


#: How the tables of each kind of result are made.
ANSWERS: Final[Mapping[str, Callable[[], dict[str, Table]]]] = {
    "BoardReview": _boards,
    "Owners": _owners,
    "Reach": _reach,
    "RiskResult": _risk,
    "Schedule": _schedule,
    "WhatIf": _what_if,
}
