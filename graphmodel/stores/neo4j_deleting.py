"""Taking versions and plans out of Neo4j: first the node that makes a version one, then the rest.

A deletion that is cut off leaves states that no version holds: nobody sees them, and the next
deletion takes them out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.kinds import NODE_KINDS
from graphmodel.stores.neo4j_schema import STORED_NODES, TYPES

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphmodel.stores.neo4j_pen import Pen

__all__ = ["clear_plan", "clear_version"]

#: States taken out in one transaction.
_BATCH: Final = 10_000

_NO_VERSION: Final = """
MATCH (v:Version {plan: $plan}) WHERE $number IS NULL OR v.number = $number DETACH DELETE v
"""
_LEFT: Final = "MATCH (v:Version {plan: $plan}) RETURN collect(v.number) AS numbers"

_UNHELD: Final = """NOT any(v IN $numbers
  WHERE {0}.from_version <= v AND v <= coalesce({0}.to_version, v))"""

_CLEAR_EDGES: Final = f"""
MATCH (a:{{label}} {{{{plan: $plan}}}})-[r:{"|".join(TYPES)}]->() WHERE {_UNHELD.format("r")}
WITH r LIMIT $batch DELETE r RETURN count(*) AS gone
"""
_CLEAR_NODES: Final = f"""
MATCH (n:{{label}} {{{{plan: $plan}}}}) WHERE {_UNHELD.format("n")}
WITH n LIMIT $batch DETACH DELETE n RETURN count(*) AS gone
"""
_OPEN_EDGES: Final = f"""
MATCH (a:{{label}} {{{{plan: $plan}}}})-[r:{"|".join(TYPES)}]->() WHERE r.to_version >= $newest
WITH r LIMIT $batch REMOVE r.to_version RETURN count(*) AS gone
"""
_OPEN_NODES: Final = """
MATCH (n:{label} {{plan: $plan}}) WHERE n.to_version >= $newest
WITH n LIMIT $batch REMOVE n.to_version RETURN count(*) AS gone
"""
_THE_PLAN: Final = """
MATCH (p:Plan {id: $plan})
OPTIONAL MATCH (s:Scenario {plan: $plan})
DETACH DELETE s, p
"""


def clear_version(pen: Pen, number: int) -> None:
    """Take out one version, and every state that no other version holds."""
    _run(pen, _NO_VERSION, number=number)
    numbers = pen.connection.rows(_LEFT, plan=pen.plan)[0]["numbers"]
    _sweep(pen, numbers)
    newest = max(numbers)
    for kind in NODE_KINDS:
        for query in (_OPEN_EDGES, _OPEN_NODES):
            _repeat(pen, query.format(label=kind.label), newest=newest)


def clear_plan(pen: Pen) -> None:
    """Take out a plan: its versions, its scenarios, and all that they hold."""
    _run(pen, _NO_VERSION, number=None)
    _sweep(pen, [])
    _run(pen, _THE_PLAN)


def _run(pen: Pen, query: str, **parameters: Any) -> int:
    """Run a query while the plan is ours; return how many it says are gone."""

    def work(tx: ManagedTransaction) -> int:
        pen.hold(tx)
        found = tx.run(query, parameters, plan=pen.plan).single()
        return 0 if found is None else found["gone"]

    return pen.connection.write(work)


def _sweep(pen: Pen, numbers: list[int]) -> None:
    """Take out what none of these versions holds."""
    for kind in NODE_KINDS:
        _repeat(pen, _CLEAR_EDGES.format(label=kind.label), numbers=numbers)
    for kind in STORED_NODES:
        _repeat(pen, _CLEAR_NODES.format(label=kind.label), numbers=numbers)


def _repeat(pen: Pen, query: str, **parameters: Any) -> None:
    """Run a query, a batch at a time, until it finds nothing more."""
    while _run(pen, query, batch=_BATCH, **parameters):
        pass
