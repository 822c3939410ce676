"""Networks from the literature: the lengths, floats and critical activities their authors state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest

from graphmodel.plan import Plan
from simulations.schedule import schedule
from tests.oracle.networks import START, network


@dataclass(frozen=True)
class Known:
    """A published network and what is known of it; activities not in ``floats`` are critical."""

    durations: dict[str, int]
    arcs: tuple[tuple[str, str], ...]
    length: int
    floats: dict[str, int]


def numbered(durations: str) -> dict[str, int]:
    return {str(place): int(n) for place, n in enumerate(durations.split(","), start=1)}


def joined(tails: str, heads: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(tails.split(","), heads.split(","), strict=True))


# M. Vanhoucke, Project Management with Dynamic Scheduling, 2nd ed., Springer 2013: the cases
# "Cost information system" and "Patient transport system" (durations in weeks, here days).
COST_INFORMATION = Known(
    numbered("1,2,2,4,3,3,3,2,1,1,2,1,1,1,1,2,1"),
    joined(
        "1,1,2,2,2,3,3,3,3,4,5,6,7,8,9,10,11,11,12,12,13,13,14,14,15,15",
        "2,3,4,5,6,7,8,9,10,11,11,11,12,13,14,15,16,17,16,17,16,17,16,17,16,17",
    ),
    length=11,
    floats={},
)
PATIENT_ARCS = joined(
    "1,2,3,3,4,5,6,7,8,8,8,8,8,9,10,11,12,13,13,14,14,15,15",
    "2,3,4,6,5,8,7,8,9,10,11,12,13,14,14,14,14,14,15,16,17,16,17",
)
PATIENT_TRANSPORT = Known(
    numbered("1,1,3,2,2,2,2,1,4,5,3,3,4,5,1,5,2"),
    PATIENT_ARCS,
    length=25,
    floats={"9": 1, "11": 2, "12": 2, "13": 1, "15": 5, "17": 3},
)
# F. S. Hillier and G. J. Lieberman, Introduction to Operations Research: the prototype example of
# project management, "Reliable Construction Co." (weeks, here days).
RELIABLE_CONSTRUCTION = Known(
    dict(zip("ABCDEFGHIJKLMN", (2, 4, 10, 6, 4, 5, 7, 9, 7, 8, 4, 5, 2, 6), strict=True)),
    tuple(
        (arc[0], arc[1])
        for arc in "AB BC CD CE CI DG EF EH GH FJ IJ JK JL HM KN LN".split()  # noqa: SIM905
    ),
    length=44,
    floats={"D": 4, "G": 4, "H": 4, "I": 2, "K": 1, "M": 4},
)
# SAS/OR User's Guide: Project Management, "The CPM Procedure": the manufacture of a widget.
WIDGET = Known(
    {
        "Approve Plan": 5,
        "Drawings": 10,
        "Study Market": 5,
        "Write Specs": 5,
        "Prototype": 15,
        "Mkt. Strat.": 10,
        "Materials": 10,
        "Facility": 10,
        "Init. Prod.": 10,
        "Evaluate": 10,
        "Test Market": 15,
        "Changes": 5,
        "Production": 0,
        "Marketing": 0,
    },
    joined(
        "Approve Plan,Approve Plan,Approve Plan,Drawings,Study Market,Write Specs,Prototype,"
        "Prototype,Mkt. Strat.,Mkt. Strat.,Materials,Facility,Init. Prod.,Init. Prod.,"
        "Init. Prod.,Evaluate,Test Market,Changes",
        "Drawings,Study Market,Write Specs,Prototype,Mkt. Strat.,Prototype,Materials,"
        "Facility,Test Market,Marketing,Init. Prod.,Init. Prod.,Test Market,Marketing,"
        "Evaluate,Changes,Changes,Production",
    ),
    length=70,
    floats={
        "Study Market": 30,
        "Write Specs": 5,
        "Mkt. Strat.": 30,
        "Evaluate": 5,
        "Marketing": 20,
    },
)
KNOWN = {
    "patient transport system": PATIENT_TRANSPORT,
    "widget": WIDGET,
    "reliable construction": RELIABLE_CONSTRUCTION,
}


@pytest.mark.parametrize("known", KNOWN.values(), ids=KNOWN)
def test_published_floats(known: Known) -> None:
    answer = schedule(network(known.durations, known.arcs))
    assert answer.finish is not None
    assert (answer.finish - START).days + 1 == known.length
    floats = {row.id: row.total_float_days for row in answer.items if not row.critical}
    assert floats == known.floats
    assert all(row.total_float_days == 0 for row in answer.items if row.critical)


def test_free_floats_of_the_widget() -> None:
    answer = schedule(network(WIDGET.durations, WIDGET.arcs))
    free = {row.id: row.free_float_days for row in answer.items if row.free_float_days}
    # The market study delays the strategy at once; the strategy delays nothing for 30 days.
    assert free == {"Write Specs": 5, "Mkt. Strat.": 30, "Evaluate": 5, "Marketing": 20}


def test_float_paths_of_the_widget() -> None:
    """By hand: what is left of the network, path by path, and the float where each runs into it."""
    answer = schedule(network(WIDGET.durations, WIDGET.arcs), paths=9)
    joins = [path.joins.item if path.joins else None for path in answer.float_paths]
    assert list(zip((path.items for path in answer.float_paths), joins, strict=True)) == [
        (
            (
                "Approve Plan",
                "Drawings",
                "Prototype",
                "Materials",
                "Init. Prod.",
                "Test Market",
                "Changes",
                "Production",
            ),
            None,
        ),
        (("Facility",), "Init. Prod."),
        (("Write Specs",), "Prototype"),
        (("Evaluate",), "Changes"),
        (("Marketing",), None),
        (("Study Market", "Mkt. Strat."), "Test Market"),
    ]
    assert [path.float_days for path in answer.float_paths] == [0, 0, 5, 5, 20, 30]


def test_widget_on_working_days() -> None:
    """Dates of the guide's example 4.7: the day starts at 9 and has 8 hours, Monday to Friday."""
    shift = [["09:00", "17:00"]]
    plan = network(WIDGET.durations, WIDGET.arcs, unit="wd").model_dump(mode="json", by_alias=True)
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), shift)
    plan |= {"start": "2003-12-01", "calendar": "week", "calendars": [{"id": "week", "week": week}]}
    answer = schedule(Plan.model_validate(plan))
    assert answer.finish == datetime(2004, 3, 5, 17)  # its milestone is shown on the next shift
    rows = {row.id: row for row in answer.items}
    drawings, study = rows["Drawings"], rows["Study Market"]
    assert (drawings.start, drawings.finish) == (
        datetime(2003, 12, 8, 9),
        datetime(2003, 12, 19, 17),
    )
    assert (study.start, study.finish) == (datetime(2003, 12, 8, 9), datetime(2003, 12, 12, 17))
    late = study.late_start, study.late_finish
    assert late == (datetime(2004, 1, 19, 9), datetime(2004, 1, 23, 17))
    assert {
        row.id: row.total_float_days for row in answer.items if not row.critical
    } == WIDGET.floats


def test_cost_information_system() -> None:
    answer = schedule(network(COST_INFORMATION.durations, COST_INFORMATION.arcs))
    assert answer.finish is not None
    assert (answer.finish - START).days + 1 == COST_INFORMATION.length
    assert {row.id for row in answer.items if row.critical} == {"1", "2", "4", "11", "16"}
    assert answer.longest_path == ("1", "2", "4", "11", "16")


def test_patient_transport_with_changed_durations() -> None:
    changed = numbered("1,2,5,4,3,2,1,5,3,5,5,3,4,2,1,2,4")
    answer = schedule(network(changed, PATIENT_ARCS))
    assert answer.finish is not None
    assert (answer.finish - START).days + 1 == 31
