"""What-if answers written back to Neo4j, for display beside the plan.

The scenario's node gets a relationship ``MOVES`` to each item that it moves, with both rules for
gaps, as `simulations.whatif.what_if` told them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from graphmodel.stores.neo4j_schema import VALID, scenario_key

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphmodel.stores.neo4j_store import Neo4jStore
    from simulations.results import MovedItem, WhatIf

__all__ = ["write_back"]

# The rows are looked up by the id of what is found, so that one pass finds them all.
_WRITE: Final = f"""
MATCH (s:Scenario {{plan: $plan, key: $key}})
SET s.version = $version, s.sentences = $sentences
WITH s
OPTIONAL MATCH (s)-[old:MOVES]->()
DELETE old
WITH DISTINCT s
MATCH (i:Item {{plan: $plan}}) WHERE i.id IN keys($rows) AND {VALID.format("i")}
CREATE (s)-[m:MOVES]->(i)
SET m = $rows[i.id]
"""

#: What is told of a moved item.
_FIELDS: Final = (
    "changed", "baseline_finish", "finish", "finish_if_work", "knock_on_days",
    "knock_on_if_work_days", "due", "late_before", "newly_late", "newly_late_if_work",
    "off_plan_days", "endangers", "first_board", "first_board_meeting",
)  # fmt: skip


def write_back(
    store: Neo4jStore, answer: WhatIf, version: int, *, author: str | None = None
) -> None:
    """Keep an answer's scenario beside its plan, with what it moves in a version of it.

    What was written for a scenario of that name before is replaced.

    Raises
    ------
    StoreError
        The scenario has no name, the store does not hold the plan, or cannot be written.
    """
    stored = store.save_scenario(answer.plan.id, answer.scenario, author=author)
    parameters = {
        "plan": answer.plan.id,
        "key": scenario_key(stored.scenario.name or ""),
        "version": version,
        "sentences": list(answer.sentences),
        "rows": {one.id: _told(one, version) for one in answer.items},
    }
    store.connection.write(partial(_run, parameters))


def _run(parameters: dict[str, Any], tx: ManagedTransaction) -> None:
    tx.run(_WRITE, parameters).consume()


def _told(item: MovedItem, version: int) -> dict[str, Any]:
    told = {name: getattr(item, name) for name in _FIELDS}
    return told | {"version": version, "path": list(item.path)}
