"""Writing a version into Neo4j: in batches that may be run again, seen by nobody until the last.

A version exists once its ``Version`` node does, which is written at the very end. Until then what
belongs to it has a number that no question asks for. A push that was cut off is taken up by the
next: what stands already is found again, what does not belong is taken out.

Whoever pushes holds the plan: ``writer`` on its node names them, and each batch checks that it is
still so and says "I am alive". Another may take over once that is `LEASE` seconds old.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graphmodel.errors import StoreError
from graphmodel.stores.neo4j_changes import decide
from graphmodel.stores.neo4j_entries import End
from graphmodel.stores.neo4j_reading import read_edges, read_nodes
from graphmodel.stores.neo4j_records import ASK, CLAIM, RELEASE
from graphmodel.stores.neo4j_schema import (
    LISTS,
    STORED_NODES,
    labels_of,
    match_end,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from neo4j import ManagedTransaction, Record

    from graphmodel.stores.neo4j_changes import Changes, Stored
    from graphmodel.stores.neo4j_connection import Connection
    from graphmodel.stores.neo4j_entries import Edge, NodeEntry, PlanEntries

    #: What finds or makes a node or relationship, and its properties.
    _Row = tuple[Any, ...]
    _EdgeKey = tuple[str, End, End, int]

_R = TypeVar("_R")

__all__ = ["LEASE", "Pen", "write_entries"]

#: Seconds after which a push that has not been heard of may be taken over.
LEASE: Final = 30
#: Rows written in one transaction.
BATCH: Final = 10_000

_HOLD: Final = """
MATCH (p:Plan {id: $plan, writer: $token}) SET p.seen_at = datetime() RETURN count(p) AS held
"""


class Pen:
    """The right to write a plan's next version, as long as nobody has taken it over."""

    def __init__(self, connection: Connection, plan: str, token: str) -> None:
        self.connection = connection
        self.plan = plan
        self.token = token

    def take(self, name: str | None, lease: float, tx: ManagedTransaction) -> Record:
        """Take the pen, unless another has it and was heard of less than ``lease`` seconds ago.

        Returns what is known of the plan: ``last``, the highest number that a version has had, and
        ``is_new``, whether nothing was ever written of it.
        """
        asked = tx.run(ASK, plan=self.plan).single(strict=True)
        if asked["writer"] not in {None, self.token} and asked["silent"] < lease:
            by = f" by {asked['name']}" if asked["name"] else ""
            raise StoreError(
                f'Another push or deletion of "{self.plan}"{by} is under way in '
                f"{self.connection.where}, or was cut off {asked['silent']} seconds ago: nothing "
                f"was changed; look again in {lease:g} seconds."
            )
        tx.run(CLAIM, plan=self.plan, token=self.token, name=name).consume()
        return asked

    def release(self) -> None:
        """Lay the pen down; where the server is gone, it is free after the lease."""
        with suppress(StoreError):
            self.connection.write(
                lambda tx: tx.run(RELEASE, plan=self.plan, token=self.token).consume()
            )

    def run(self, query: str, rows: Iterable[Any], **parameters: Any) -> None:
        """Run a query for each batch of rows, each in a transaction of its own."""
        for batch in _batches(rows):
            self.connection.write(partial(self._step, query, batch, parameters))

    def tell(self, query: str, rows: Iterable[_Row], **parameters: Any) -> None:
        """Run a query for each batch of rows; each row ends with the properties of one entity.

        What all of a batch say is sent once, as ``$same``: it saves half of the time.
        """
        for batch in _batches(rows):
            same = _shared([row[-1] for row in batch])
            left = [
                [*row[:-1], {key: row[-1][key] for key in row[-1] if key not in same}]
                for row in batch
            ]
            self.connection.write(partial(self._step, query, left, parameters | {"same": same}))

    def hold(self, tx: ManagedTransaction) -> None:
        """See that the plan is still ours to write."""
        found = tx.run(_HOLD, plan=self.plan, token=self.token).single()
        if found is None or not found["held"]:
            raise StoreError(
                f'Somebody else has taken over the push of "{self.plan}" to '
                f"{self.connection.where}: see what they saved, then push again."
            )

    def _step(
        self, query: str, rows: list[Any], parameters: dict[str, Any], tx: ManagedTransaction
    ) -> None:
        self.hold(tx)
        tx.run(query, plan=self.plan, rows=rows, **parameters).consume()


def write_entries(
    pen: Pen, entries: PlanEntries, newest: int, number: int, *, is_new: bool
) -> None:
    """Write everything of version ``number`` but the node that makes it one.

    ``newest`` is the newest version that is whole, 0 where there is none; ``is_new`` says that
    nothing of this plan was ever written.
    """
    nodes = {} if is_new else read_nodes(pen.connection, pen.plan, newest)
    relations = {} if is_new else read_edges(pen.connection, pen.plan, newest)
    since: dict[End, int] = {}
    closing: list[tuple[str, Changes[NodeEntry]]] = []
    for kind in STORED_NODES:
        wanted = list(entries.nodes(kind.name))
        changes = decide(nodes.get(kind.name, []), wanted, newest, number)
        _drop_nodes(pen, kind.label, changes.drop)
        _create_nodes(pen, changes, number)
        for one in wanted:
            since[End(kind.name, one.id)] = changes.kept.get(one.id, number)
        closing.append((kind.label, changes))
    edges_closing: list[Changes[Edge]] = []
    for name, edges in entries.all_edges():
        ends = {one.key: (since.get(one.start, 0), since.get(one.end, 0)) for one in edges}
        edge_changes = decide(
            relations.get(name, []), edges, newest, number, ends=ends, ordered=name in LISTS
        )
        _mark(pen, edge_changes.drop, _DROP_EDGE, newest)
        _create_edges(pen, edge_changes, ends, number)
        edges_closing.append(edge_changes)
    # What is no longer held is closed at the end: the newest whole version holds it still.
    for edge_changes in edges_closing:
        _mark(pen, edge_changes.close, _CLOSE_EDGE, newest)
        _mark(pen, edge_changes.reopen, _REOPEN_EDGE, newest)
    for label, changes in closing:
        _mark(pen, changes.close, _CLOSE_NODE.format(label=label), newest)
        _mark(pen, changes.reopen, _REOPEN_NODE.format(label=label), newest)


def _batches(rows: Iterable[_R]) -> Iterator[list[_R]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _shared(told: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the properties that all of them have, with the same value."""
    same = dict(told[0])
    for one in told:
        for key in [key for key, value in same.items() if one.get(key) != value]:
            del same[key]
    return same


_CREATE_NODE: Final = """
UNWIND $rows AS row
MERGE (n:{label} {{plan: $plan, id: row[0], from_version: $version}})
SET n = $same, n += row[1], n.plan = $plan, n.id = row[0], n.from_version = $version
SET n:{labels}
"""

_CREATE_EDGE: Final = """
UNWIND $rows AS row
MATCH {start}
MATCH {end}
MERGE (start)-[r:{type} {{nth: row[4], from_version: $version}}]->(end)
SET r = $same, r += row[5], r.nth = row[4], r.from_version = $version
"""

_FIND_NODE: Final = "UNWIND $rows AS row MATCH (n:{label}) WHERE elementId(n) = row "
_DROP_NODE: Final = _FIND_NODE + "DETACH DELETE n"
_CLOSE_NODE: Final = _FIND_NODE + "SET n.to_version = $newest"
_REOPEN_NODE: Final = _FIND_NODE + "REMOVE n.to_version"
_FIND_EDGE: Final = "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row "
_DROP_EDGE: Final = _FIND_EDGE + "DELETE r"
_CLOSE_EDGE: Final = _FIND_EDGE + "SET r.to_version = $newest"
_REOPEN_EDGE: Final = _FIND_EDGE + "REMOVE r.to_version"


def _drop_nodes(pen: Pen, label: str, gone: Iterable[Stored]) -> None:
    _mark(pen, gone, _DROP_NODE.format(label=label), 0)


def _mark(pen: Pen, states: Iterable[Stored], query: str, newest: int) -> None:
    pen.run(query, [one.handle for one in states], newest=newest)


def _create_nodes(pen: Pen, changes: Changes[NodeEntry], number: int) -> None:
    groups: dict[str, list[_Row]] = defaultdict(list)
    for one, position in changes.create:
        told = one.properties() | {"position": position}
        groups[labels_of(one.kind, one.sort)].append((one.id, told))
    for labels, rows in groups.items():
        label = labels.partition(":")[0]
        pen.tell(_CREATE_NODE.format(label=label, labels=labels), rows, version=number)


def _create_edges(
    pen: Pen,
    changes: Changes[Edge],
    ends: dict[_EdgeKey, tuple[int, int]],
    number: int,
) -> None:
    groups: dict[tuple[str, str, str], list[_Row]] = defaultdict(list)
    for one, position in changes.create:
        told = one.properties()
        if position is not None:
            told["position"] = position
        from_, to = ends[one.key]
        groups[one.type, one.start.kind, one.end.kind].append(
            (one.start.id, from_, one.end.id, to, one.nth, told)
        )
    for (name, start, end), rows in groups.items():
        query = _CREATE_EDGE.format(
            type=name, start=match_end("start", start, 0), end=match_end("end", end, 2)
        )
        pen.tell(query, rows, version=number)
