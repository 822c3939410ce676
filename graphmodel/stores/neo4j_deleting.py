"""Taking versions and plans out of Neo4j: first the node that makes a version one, then the rest.

A deletion that is cut off leaves states that no version holds: nobody sees them, and the next
deletion takes them out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.kinds import NODE_KINDS
from graphmodel.stores.neo4j_schema import STORED_NODES, TYPES

if TYPE_CHECKING:
    from graphmodel.stores.neo4j_connection import Connection

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


def clear_version(connection: Connection, plan: str, number: int) -> None:
    """Take out one version, and every state that no other version holds."""
    _forget(connection, plan, number)
    numbers = connection.rows(_LEFT, plan=plan)[0]["numbers"]
    _sweep(connection, plan, numbers)
    newest = max(numbers)
    for kind in NODE_KINDS:
        for query in (_OPEN_EDGES, _OPEN_NODES):
            _repeat(connection, query.format(label=kind.label), plan=plan, newest=newest)


def clear_plan(connection: Connection, plan: str) -> None:
    """Take out a plan: its versions, its scenarios, and all that they hold."""
    _forget(connection, plan, None)
    _sweep(connection, plan, [])
    connection.write(lambda tx: tx.run(_THE_PLAN, plan=plan).consume())


def _forget(connection: Connection, plan: str, number: int | None) -> None:
    connection.write(lambda tx: tx.run(_NO_VERSION, plan=plan, number=number).consume())


def _sweep(connection: Connection, plan: str, numbers: list[int]) -> None:
    """Take out what none of these versions holds."""
    for kind in NODE_KINDS:
        _repeat(connection, _CLEAR_EDGES.format(label=kind.label), plan=plan, numbers=numbers)
    for kind in STORED_NODES:
        _repeat(connection, _CLEAR_NODES.format(label=kind.label), plan=plan, numbers=numbers)


def _repeat(connection: Connection, query: str, **parameters: Any) -> None:
    """Run a query, a batch at a time, until it finds nothing more."""
    while connection.write(
        lambda tx: tx.run(query, parameters, batch=_BATCH).single(strict=True)["gone"]
    ):
        pass
