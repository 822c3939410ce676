"""Random owners for random plans (hypothesis)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from graphmodel.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["with_officers"]


def with_officers(data: st.DataObject, plan: Plan, ids: Sequence[str] = ("x", "y", "z")) -> Plan:
    """Return a plan whose items belong to a few officers, some to several, some to none."""
    held = st.lists(st.sampled_from(ids), max_size=2, unique=True)
    document = plan.model_dump(mode="json", by_alias=True)
    document["officers"] = [{"id": one, "title": f"Officer {one}"} for one in ids]
    document["assignments"] = [
        {"officer": officer, "item": item.id, "role": role}
        for item in plan.items
        for role in ("responsible", "accountable")
        for officer in data.draw(held)
    ]
    return Plan.model_validate(document)
