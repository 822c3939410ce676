"""The right to write a plan in Neo4j, and batches that are each carried out once.

Whoever pushes holds the plan: ``writer`` on its node names them, and each batch checks that it is
still so and says "I am alive". Another may take over once that is `LEASE` seconds old. The batch
also leaves its number there (``step``), in the same transaction: where a connection breaks while
the server commits, and nobody knows whether it did, the batch that is sent again finds out.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graphmodel.errors import StoreError
from graphmodel.stores.neo4j_records import ASK, CLAIM, HOLD, RELEASE, STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from neo4j import ManagedTransaction, Record

    from graphmodel.stores.neo4j_connection import Connection

__all__ = ["BATCH", "LEASE", "Pen"]

#: Seconds after which a push that has not been heard of may be taken over.
LEASE: Final = 30
#: Rows written in one transaction.
BATCH: Final = 10_000

_R = TypeVar("_R")
#: What finds or makes a node or relationship, and its properties.
_Row = tuple[Any, ...]


class Pen:
    """The right to write a plan's next version, as long as nobody has taken it over."""

    def __init__(self, connection: Connection, plan: str, token: str) -> None:
        self.connection = connection
        self.plan = plan
        self.token = token
        self._step = 0

    def take(self, name: str | None, lease: float, tx: ManagedTransaction) -> Record:
        """Take the pen, unless another has it and was heard of less than ``lease`` seconds ago.

        Returns what is known of the plan: ``last``, the highest number that a version has had,
        ``is_new``, whether nothing was ever written of it, and ``handle``, which finds its node.
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

    def hold(self, tx: ManagedTransaction) -> None:
        """See that the plan is still ours to write."""
        found = tx.run(HOLD, plan=self.plan, token=self.token).single()
        if found is None or not found["held"]:
            raise self._lost()

    def run(self, query: str, rows: Iterable[Any], **parameters: Any) -> None:
        """Run a query for each batch of rows, each in a transaction of its own."""
        for batch in _batches(rows):
            self._write(query, batch, parameters)

    def tell(
        self, query: str, rows: Iterable[_Row], **parameters: Any
    ) -> list[list[list[Any]] | None]:
        """Run a query for each batch of rows; each row ends with the properties of one entity.

        What all of a batch say is sent once, as ``$same``: it saves half of the time. Returns what
        the query returned for each batch; None where it was carried out, but the answer was lost.
        """
        told = []
        for batch in _batches(rows):
            same = _shared([row[-1] for row in batch])
            left = [
                [*row[:-1], {key: row[-1][key] for key in row[-1] if key not in same}]
                for row in batch
            ]
            told.append(self._write(query, left, parameters | {"same": same}))
        return told

    def _write(
        self, query: str, rows: list[Any], parameters: dict[str, Any]
    ) -> list[list[Any]] | None:
        self._step += 1
        return self.connection.write(
            partial(self._carry_out, query, self._step, {**parameters, "rows": rows})
        )

    def _carry_out(
        self, query: str, step: int, parameters: dict[str, Any], tx: ManagedTransaction
    ) -> list[list[Any]] | None:
        """Run a query once, whatever the number of times that this is tried."""
        found = tx.run(STEP, plan=self.plan, token=self.token, step=step).single()
        if found is None:
            raise self._lost()
        if found["done"]:
            return None
        return [one.values() for one in tx.run(query, parameters, plan=self.plan)]

    def _lost(self) -> StoreError:
        return StoreError(
            f'Somebody else has taken over the push of "{self.plan}" to '
            f"{self.connection.where}: see what they saved, then push again."
        )


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
