"""P6's resources, roles and responsible offices (OBS), and what they are assigned to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from loaders.schedules.tasks import Resource, Works

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from loaders.schedules.xer_tables import Row, Tables

__all__ = ["crews_of", "read_assignments", "read_resources"]

_KINDS: Final[dict[str, Literal["person", "equipment", "material"]]] = {
    "RT_Labor": "person",
    "RT_Equip": "equipment",
    "RT_Mat": "material",
}


def read_resources(tables: Tables, used: Iterable[Works]) -> tuple[Resource, ...]:
    """Return the resources, roles and offices that a project uses."""
    wanted = {one.resource for one in used}
    return tuple(one for one in _all_resources(tables) if one.uid in wanted)


def _all_resources(tables: Tables) -> Iterator[Resource]:
    for row in tables["RSRC"]:
        yield Resource(
            uid=f"rsrc-{row['rsrc_id']}",
            title=row["rsrc_name"] or row["rsrc_short_name"],
            kind=_KINDS.get(row["rsrc_type"], "person"),
            facts={"x_short_name": row["rsrc_short_name"]},
            line=row.line,
        )
    for row in tables["ROLES"]:
        title = row["role_name"] or row["role_short_name"]
        yield Resource(uid=f"role-{row['role_id']}", title=title, kind="role", line=row.line)
    for row in tables["OBS"]:
        yield Resource(
            uid=f"obs-{row['obs_id']}", title=row["obs_name"], kind="role", line=row.line
        )


def read_assignments(rows: Iterable[Row], uids: Mapping[str, str]) -> Iterator[Works]:
    """Yield who works on what; a role only where nobody fills it. ``uids`` of activities by id."""
    for row in rows:
        if row["rsrc_id"]:
            resource = f"rsrc-{row['rsrc_id']}"
        elif row["role_id"]:
            resource = f"role-{row['role_id']}"
        else:
            continue
        yield Works(resource, uids.get(row["task_id"], row["task_id"]), line=row.line)


def crews_of(tables: Tables, assignments: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Return the calendars of the people and machines that work on each activity."""
    calendars = {
        row["rsrc_id"]: row["clndr_id"]
        for row in tables["RSRC"]
        if row["clndr_id"] and row["rsrc_type"] != "RT_Mat"
    }
    crews: dict[str, dict[str, None]] = {}
    for row in assignments:
        calendar = calendars.get(row["rsrc_id"])
        if calendar is not None:
            crews.setdefault(row["task_id"], {})[calendar] = None
    return {task: tuple(crew) for task, crew in crews.items()}
