"""Tables and fields of a XER file that its schedule rests on; those that are missing are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graphmodel.problems import Severity
    from loaders.schedules.journal import Journal
    from loaders.schedules.xer_tables import Tables

__all__ = ["check_layout"]

_FIELDS: Final = {
    "PROJECT": ("proj_id", "clndr_id", "plan_start_date", "last_recalc_date"),
    "CALENDAR": ("clndr_id", "clndr_data"),
    "PROJWBS": ("wbs_id", "proj_id", "parent_wbs_id"),
    "TASK": (
        "task_id",
        "proj_id",
        "wbs_id",
        "clndr_id",
        "task_type",
        "status_code",
        "task_code",
        "task_name",
        "target_drtn_hr_cnt",
        "remain_drtn_hr_cnt",
    ),
    "TASKPRED": ("task_id", "pred_task_id", "pred_type", "lag_hr_cnt"),
}


def check_layout(tables: Tables, journal: Journal) -> None:
    """Tell each table that is missing, and each field missing from one that is there."""
    for name, fields in _FIELDS.items():
        table = tables[name]
        if not table.line:
            # Primavera leaves out tables without rows: a project may well have no links.
            severity: Severity = "info" if name == "TASKPRED" else "warning"
            message = f"The file has no table {name}: what it would say is not known."
            journal.tell("table-missing", severity, message)
            continue
        for field in fields if table.raw else ():
            if field not in table.fields:
                message = f"The table {name} has no field {field}: it is taken as blank."
                journal.tell("field-missing", "warning", message, table.line)
