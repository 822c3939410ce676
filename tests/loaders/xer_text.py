"""XER files of our own: tables as dictionaries, written as Primavera writes them.

The small project begins on Monday 5 January 2026 at 08:00 and is worked Monday to Friday from 08:00
to 16:00, so that every date in a test can be counted on the fingers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loaders.schedules.xer import read_xer
from simulations.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.loaded import Loaded
    from simulations.results import ScheduledItem

__all__ = [
    "EIGHT_TO_FOUR",
    "Cells",
    "Tables",
    "activity",
    "clndr_data",
    "codes",
    "link",
    "load",
    "lookup",
    "project",
    "run",
    "write_xer",
]

Cells = dict[str, str]
Tables = dict[str, list[Cells]]

HEADER = "ERMHDR\t20.12\t2026-01-05\tProject\tadmin\tadmin\tdb\tProject Management\tGBP"
EIGHT_TO_FOUR = (("08:00", "16:00"),)


def write_xer(tables: Mapping[str, Sequence[Mapping[str, str]]], *, end: bool = True) -> str:
    """Write tables; the fields of a table are those of any of its rows."""
    lines = [HEADER]
    for name, rows in tables.items():
        fields = list(dict.fromkeys(field for row in rows for field in row))
        lines += [f"%T\t{name}", "\t".join(["%F", *fields])]
        lines += ["\t".join(["%R", *(row.get(field, "") for field in fields)]) for row in rows]
    return "\n".join([*lines, *(["%E"] if end else []), ""])


def clndr_data(
    days: Mapping[int, Iterable[tuple[str, str]]],
    exceptions: Mapping[int, Iterable[tuple[str, str]]] | None = None,
) -> str:
    """Write a calendar: shifts by day (1 is Sunday), and by day number of exceptions."""
    week = "".join(f"(0||{day}()({_shifts(days.get(day, ()))}))" for day in range(1, 8))
    special = "".join(
        f"(0||{number}(d|{day})({_shifts(shifts)}))"
        for number, (day, shifts) in enumerate((exceptions or {}).items())
    )
    return (
        f"(0||CalendarData()(\x7f\x7f  (0||DaysOfWeek()({week}))\x7f\x7f"
        f"  (0||VIEW(ShowTotal|Y)())\x7f\x7f  (0||Exceptions()({special}))))"
    )


def _shifts(shifts: Iterable[tuple[str, str]]) -> str:
    return "".join(f"(0||{n}(s|{begin}|f|{end})())" for n, (begin, end) in enumerate(shifts))


def project(*activities: Cells, links: Iterable[Cells] = (), **changes: str) -> Tables:
    """Return the tables of a project; ``changes`` are fields of its row."""
    week = dict.fromkeys(range(2, 7), EIGHT_TO_FOUR)
    own = {
        "proj_id": "1",
        "proj_short_name": "HARBOUR",
        "clndr_id": "10",
        "plan_start_date": "2026-01-05 08:00",
        "last_recalc_date": "2026-01-05 08:00",
        "export_flag": "Y",
        **changes,
    }
    root = {"wbs_id": "100", "proj_id": "1", "proj_node_flag": "Y", "wbs_short_name": "HARBOUR"}
    quay = {"wbs_id": "101", "proj_id": "1", "parent_wbs_id": "100", "wbs_short_name": "Q"}
    return {
        "PROJECT": [own],
        "CALENDAR": [
            {
                "clndr_id": "10",
                "clndr_name": "Five days",
                "day_hr_cnt": "8",
                "week_hr_cnt": "40",
                "clndr_data": clndr_data(week),
            }
        ],
        "PROJWBS": [{**root, "wbs_name": "Harbour works"}, {**quay, "wbs_name": "Quays"}],
        "TASK": list(activities),
        "TASKPRED": list(links),
    }


def activity(code: str, hours: float, **changes: str) -> Cells:
    """Return a row of an activity that has not begun; its number is its code in small letters."""
    return {
        "task_id": code.lower(),
        "proj_id": "1",
        "wbs_id": "101",
        "clndr_id": "10",
        "task_type": "TT_Task",
        "status_code": "TK_NotStart",
        "task_code": code,
        "task_name": f"Activity {code}",
        "complete_pct_type": "CP_Drtn",
        "target_drtn_hr_cnt": f"{hours:g}",
        "remain_drtn_hr_cnt": f"{hours:g}",
        **changes,
    }


def link(pred: str, succ: str, kind: str = "FS", lag: float = 0) -> Cells:
    """Return a row of a relationship between two activities, by their codes."""
    return {
        "task_pred_id": f"{pred}-{succ}-{kind}",
        "task_id": succ.lower(),
        "pred_task_id": pred.lower(),
        "proj_id": "1",
        "pred_proj_id": "1",
        "pred_type": f"PR_{kind}",
        "lag_hr_cnt": f"{lag:g}",
    }


def load(folder: Path, tables: Tables, **how: Any) -> Loaded:
    """Write tables into a file and read it."""
    path = folder / "harbour.xer"
    path.write_text(write_xer(tables), encoding="utf-8")
    return read_xer(path, **how)


def lookup(plan: Plan, item: str) -> Item:
    """Return an item of a plan."""
    return plan.index.item(item)


def run(plan: Plan) -> dict[str, ScheduledItem]:
    """Schedule a plan; rows by id."""
    return {row.id: row for row in schedule(plan).items}


def codes(loaded: Loaded) -> list[str]:
    """Return the codes of a document's problems."""
    return [problem.code for problem in loaded.problems]
