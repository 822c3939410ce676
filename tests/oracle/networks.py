"""Published activity networks as plans, so that known answers can be held against the engine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from graphmodel.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["START", "network"]

#: Any Monday will do: every day counts.
START = date(2026, 6, 1)


def network(
    durations: Mapping[str, int], arcs: Iterable[tuple[str, str]], *, unit: str = "d"
) -> Plan:
    """Return a plan of activities with durations in days, joined finish to start without lag."""
    return Plan.model_validate(
        {
            "schema": "knockon/plan@1",
            "id": "network",
            "start": START.isoformat(),
            "items": [
                {
                    "id": name,
                    "kind": "activity",
                    "title": f"Activity {name}",
                    "duration": f"{n}{unit}",
                }
                for name, n in durations.items()
            ],
            "links": [{"from": before, "to": after} for before, after in arcs],
        }
    )
