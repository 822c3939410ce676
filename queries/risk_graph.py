"""Risk answers written back to Neo4j, for display beside the plan.

A plan has one ``Scenario`` node for them, of kind ``risk``. It has a relationship ``LIKELY`` to
each target with its odds, and ``DRIVES`` to each item, officer and risk that costs days or is
critical at times, as `simulations.risk.simulate.simulate` told them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from graphmodel.stores.neo4j_schema import VALID, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from neo4j import ManagedTransaction

    from graphmodel.stores.neo4j_store import Neo4jStore
    from simulations.risk.results import RiskResult

__all__ = ["RISK_KEY", "write_risk"]

#: What the node is known by; no scenario of a person has such a key (`scenario_key`).
RISK_KEY: Final = "risk"

_NODE: Final = """
MATCH (p:Plan {id: $plan})
MERGE (s:Scenario {plan: $plan, key: $key})
SET s = $told
MERGE (s)-[:SCENARIO_OF]->(p)
WITH s MATCH (s)-[old:LIKELY|DRIVES]->() DELETE old
"""

# The rows are looked up by the id of what is found, so that one pass finds them all.
_LINKS: Final = f"""
MATCH (s:Scenario {{{{plan: $plan, key: $key}}}})
MATCH (n:{{label}} {{{{plan: $plan}}}}) WHERE n.id IN keys($rows) AND {VALID.format("n")}
CREATE (s)-[r:{{type}}]->(n)
SET r = $rows[n.id], r.version = $version
"""
#: The plan's own node stands for its finish, and has no versions.
_FINISH: Final = """
MATCH (s:Scenario {plan: $plan, key: $key})
MATCH (p:Plan {id: $plan}) WHERE p.id IN keys($rows)
CREATE (s)-[r:LIKELY]->(p)
SET r = $rows[p.id], r.version = $version
"""

#: What is told of a target, an item, an officer and a risk.
_ODDS: Final = (
    "by", "against", "finish", "p_on_time", "p_on_time_se", "p10", "p50", "p80", "p90", "p80_days",
    "p80_se_days", "mean_days", "sd_days",
)  # fmt: skip
_ITEM: Final = ("uncertain", "criticality_index", "cruciality", "cost_days", "p50", "p80")
_OFFICER: Final = ("items", "cost_days")
_RISK: Final = ("probability", "happened", "cruciality", "cost_days")


def write_risk(
    store: Neo4jStore,
    answer: RiskResult,
    version: int,
    *,
    saved_at: date | None = None,
    author: str | None = None,
) -> None:
    """Keep what a risk analysis says of a version of a plan; what an earlier one said is replaced.

    Raises
    ------
    StoreError
        The store cannot be written.
    """
    told = {
        "plan": answer.plan.id,
        "key": RISK_KEY,
        "kind": RISK_KEY,
        "name": f"Risk, {answer.iterations:,} iterations",
        "version": version,
        "iterations": answer.iterations,
        "seed": answer.seed,
        "gaps": answer.gaps,
        "main": answer.main,
        "p_all_on_time": answer.p_all_on_time,
        "author": author,
        "saved_at": saved_at,
    }
    drivers = [one for one in answer.items if one.cost_days or one.criticality_index]
    known = answer.plan.index.items
    steps: list[tuple[str, dict[str, Any]]] = [
        (_NODE, {"told": told}),
        (_FINISH, {"rows": _rows((one for one in answer.targets if one.id not in known), _ODDS)}),
        _step("item", "LIKELY", (one for one in answer.targets if one.id in known), _ODDS),
        _step("item", "DRIVES", drivers, _ITEM),
        _step("officer", "DRIVES", answer.officers, _OFFICER),
        _step("risk", "DRIVES", answer.risks, _RISK),
    ]
    shared = {"plan": answer.plan.id, "key": RISK_KEY, "version": version}
    store.connection.write(partial(_run, steps, shared))


def _step(
    kind: str, name: str, found: Iterable[Any], fields: tuple[str, ...]
) -> tuple[str, dict[str, Any]]:
    query = _LINKS.format(label=label_of(kind), type=name)
    return query, {"rows": _rows(found, fields)}


def _rows(found: Iterable[Any], fields: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {one.id: {name: getattr(one, name) for name in fields} for one in found}


def _run(
    steps: list[tuple[str, dict[str, Any]]], shared: dict[str, Any], tx: ManagedTransaction
) -> None:
    for query, own in steps:
        tx.run(query, shared | own).consume()
