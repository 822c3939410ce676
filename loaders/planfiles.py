"""Plan files (``knockon/plan@1``) as a loader reads them: with a plain sentence for other JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graphmodel.errors import PlanError
from graphmodel.files import read_text
from graphmodel.plan import PLAN_SCHEMA
from graphmodel.planfile import read_plan
from graphmodel.scenario import SCENARIO_SCHEMA
from graphmodel.storedplan import read_large_plan

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan

__all__ = ["load_plan_file"]


def load_plan_file(path: Path, *, in_file: bool = False) -> Plan:
    """Return the plan of a plan file; with ``in_file``, a very large one may stay in it.

    Raises
    ------
    FileError
        The file cannot be read.
    PlanError
        It is no plan file, or breaks the rules.
    """
    try:
        return read_large_plan(path) if in_file else read_plan(path)
    except PlanError as error:
        raise _other_schema(path) or error from None


def _other_schema(path: Path) -> PlanError | None:
    """Return a plain sentence where a JSON file is something else than a plan of this version."""
    try:
        content = json.loads(read_text(path)[0])
    except (ValueError, RecursionError):
        return None
    schema = content.get("schema") if isinstance(content, dict) else None
    if schema == PLAN_SCHEMA or not isinstance(content, dict):
        return None
    if schema == SCENARIO_SCHEMA:
        return PlanError(f'"{path}" is a scenario, not a plan: give the plan it belongs to.')
    if isinstance(schema, str) and schema.startswith("knockon/plan@"):
        return PlanError(f'"{path}" was written by a newer knockon ({schema}): update knockon.')
    said = "it names no schema" if schema is None else f'its schema is "{str(schema)[:40]}"'
    return PlanError(f'"{path}" is JSON, but no plan file: {said} instead of "{PLAN_SCHEMA}".')
