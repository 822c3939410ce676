"""A plan with other entities in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graphmodel.errors import PlanError
from graphmodel.planfile import word_faults

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.plan import Plan

__all__ = ["change_plan"]


def change_plan(plan: Plan, changes: Mapping[str, Any]) -> Plan:
    """Return a plan with other lists of entities, checked again; its look-ups are made anew.

    Raises
    ------
    PlanError
        The plan would not hold together; each fault names the entity and the field.
    """
    held = {name: getattr(plan, name) for name in plan.model_fields_set}
    try:
        return type(plan)(**{**held, **changes})
    except ValidationError as error:
        faults = word_faults(error.errors(include_url=False), None)
        raise PlanError(faults[0], faults) from None
