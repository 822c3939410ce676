"""A store of plans on a Neo4j server, where everybody may explore them as a graph.

What it looks like there is told in ``docs/neo4j.md``. Nothing in a query is ever put together from
data: labels and types come from `graphmodel.kinds`, everything else goes as a parameter.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.collector import collector_paused
from graphmodel.errors import StoreError
from graphmodel.planfile import dump_plan, dump_scenario, parse_plan, parse_scenario
from graphmodel.stores.neo4j_connection import connect
from graphmodel.stores.neo4j_deleting import clear_plan, clear_version
from graphmodel.stores.neo4j_entries import PlanEntries
from graphmodel.stores.neo4j_pen import LEASE, Pen
from graphmodel.stores.neo4j_reading import read_text
from graphmodel.stores.neo4j_records import (
    DELETE_SCENARIO,
    FINISH,
    HEAD,
    LOCK,
    NEWEST,
    PLANS,
    SAVE_SCENARIO,
    SCENARIOS,
    VERSIONS,
    read_time,
    read_version,
)
from graphmodel.stores.neo4j_schema import scenario_key, schema_statements
from graphmodel.stores.neo4j_writing import write_entries
from graphmodel.stores.refusals import (
    check_after,
    name_of,
    no_plan,
    no_scenario,
    no_version,
    only_version,
    plain,
)
from graphmodel.stores.store import StoredScenario, StoredVersion, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from neo4j import ManagedTransaction

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.stores.neo4j_connection import Connection

__all__ = ["Neo4jStore", "open_neo4j"]

#: Names of constraints and indexes that stand; asking costs less than seeing to each anew.
_KNOWN: Final = "SHOW INDEXES YIELD name RETURN name"


class _Claim(NamedTuple):
    """What is known of a plan when the pen is taken: ``number`` is that of the next version.

    ``handle`` finds the plan's node.
    """

    newest: StoredVersion | None
    number: int
    is_new: bool
    handle: str


def _now() -> datetime:
    return datetime.now(UTC)


class Neo4jStore:
    """A `graphmodel.stores.store.Store` on a Neo4j server; for one thread."""

    def __init__(
        self,
        connection: Connection,
        *,
        clock: Callable[[], datetime] = _now,
        lease: float = LEASE,
    ) -> None:
        """Use a server that is connected to, and see to its constraints and indexes.

        Parameters
        ----------
        clock
            What time it is, in UTC.
        lease
            Seconds after which a push that has not been heard of may be taken over.
        """
        self.connection = connection
        self._clock = clock
        self._lease = lease
        self._token = uuid.uuid4().hex
        known = {name for (name,) in connection.values(_KNOWN)}
        for name, statement in schema_statements():
            if name not in known:
                connection.write(partial(_run, statement))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the server."""
        self.connection.close()

    def save(
        self,
        plan: Plan,
        *,
        note: str | None = None,
        author: str | None = None,
        after: int | None = None,
    ) -> StoredVersion:
        """Keep a version of a plan; see `graphmodel.stores.store.Store.save`.

        A save that was cut off is taken up where it stopped by the next.
        """
        text = dump_plan(plan)
        digest = digest_of(text)
        claim = self.connection.write(partial(self._claim, plan.id, digest, plain(author), after))
        newest = claim.newest
        if newest is not None and newest.digest == digest:
            return newest
        version = StoredVersion(
            plan=plan.id,
            number=claim.number,
            title=plan.title,
            as_of=plan.as_of,
            note=plain(note),
            author=plain(author),
            saved_at=self._clock().replace(microsecond=0),
            digest=digest,
            items=len(plan.items),
            links=len(plan.links),
        )
        pen = self._pen(plan.id)
        try:
            with collector_paused():
                entries = PlanEntries(plan, text)
                write_entries(
                    pen,
                    entries,
                    newest.number if newest else 0,
                    version.number,
                    is_new=claim.is_new,
                    handle=claim.handle,
                )
            self.connection.write(lambda tx: self._finish(tx, pen, version, plan, entries.head))
        finally:
            pen.release()
        return version

    def versions(self, plan: str | None = None) -> tuple[StoredVersion, ...]:
        """Return the versions of one plan, or of all; see `Store.versions`."""
        return tuple(read_version(row["told"]) for row in self.connection.rows(VERSIONS, plan=plan))

    def load(self, plan: str, number: int | None = None) -> Plan:
        """Return a version of a plan, the newest unless told; see `Store.load`."""
        chosen = self._known(plan).number if number is None else number
        named = f'Version {chosen} of "{plan}"'
        with collector_paused():
            found = self.connection.read(lambda tx: _read(tx, plan, chosen))
        if found is None:
            self._known(plan)
            raise no_version(self.connection.where, plan, chosen, self.versions(plan))
        text, digest = found
        loaded = parse_plan(text, name=named)
        if digest_of(dump_plan(loaded)) != digest:
            raise StoreError(
                f"{named} in {self.connection.where} is not what was saved: somebody has changed "
                "it there; push the plan again from its file."
            )
        return loaded

    def save_scenario(
        self, plan: str, scenario: Scenario, *, author: str | None = None
    ) -> StoredScenario:
        """Keep a scenario of a plan under its name; see `Store.save_scenario`.

        Results that were written back for one of the same name go (`queries.scenario_graph`).
        """
        name = name_of(plan, scenario)
        self._known(plan)
        stored = StoredScenario(plan, scenario, plain(author), self._clock().replace(microsecond=0))
        told = {
            "plan": plan,
            "key": scenario_key(name),
            "kind": "scenario",
            "name": name,
            "note": scenario.note,
            "author": stored.author,
            "saved_at": stored.saved_at,
            "changes": len(scenario.changes),
            "json": dump_scenario(scenario),
        }
        self.connection.write(lambda tx: tx.run(SAVE_SCENARIO, plan=plan, told=told).consume())
        return stored

    def scenarios(self, plan: str) -> tuple[StoredScenario, ...]:
        """Return the scenarios of a plan, by name; see `Store.scenarios`."""
        return tuple(
            StoredScenario(
                plan, parse_scenario(row["json"]), row["author"], read_time(row["saved_at"])
            )
            for row in self.connection.rows(SCENARIOS, plan=plan)
        )

    def delete(self, plan: str, number: int | None = None) -> int:
        """Take out a version, or a whole plan with its scenarios; see `Store.delete`."""
        self._known(plan)
        kept = self.versions(plan)
        if number is not None:
            self._check_delete(plan, number, kept)
        pen = self._pen(plan)
        self.connection.write(partial(pen.take, None, self._lease))
        try:
            if number is None:
                clear_plan(pen)
            else:
                clear_version(pen, number)
        finally:
            pen.release()
        return len(kept) if number is None else 1

    def _check_delete(self, plan: str, number: int, kept: Sequence[StoredVersion]) -> None:
        if number not in {one.number for one in kept}:
            raise no_version(self.connection.where, plan, number, kept)
        if len(kept) == 1:
            raise only_version(self.connection.where, plan, number)

    def delete_scenario(self, plan: str, name: str) -> None:
        """Take out a scenario; see `Store.delete_scenario`."""
        self._known(plan)
        gone = self.connection.write(
            lambda tx: tx.run(DELETE_SCENARIO, plan=plan, key=scenario_key(name)).single(
                strict=True
            )["gone"]
        )
        if not gone:
            raise no_scenario(self.connection.where, plan, name)

    def _known(self, plan: str) -> StoredVersion:
        """Return the newest version of a plan that must be there."""
        found = self.connection.rows(NEWEST, plan=plan)
        if not found:
            held = [row["plan"] for row in self.connection.rows(PLANS)]
            raise no_plan(self.connection.where, plan, held)
        return read_version(found[0]["told"])

    def _claim(
        self, plan: str, digest: str, author: str | None, after: int | None, tx: ManagedTransaction
    ) -> _Claim:
        """Take the pen, in one transaction, unless the newest version is the plan already."""
        tx.run(LOCK, plan=plan).consume()
        rows = tx.run(NEWEST, plan=plan).data()
        newest = read_version(rows[0]["told"]) if rows else None
        if newest is not None and newest.digest == digest:
            return _Claim(newest, newest.number, is_new=False, handle="")
        check_after(self.connection.where, plan, newest, after)
        asked = self._pen(plan).take(author, self._lease, tx)
        return _Claim(newest, asked["last"] + 1, is_new=asked["is_new"], handle=asked["handle"])

    def _finish(
        self, tx: ManagedTransaction, pen: Pen, version: StoredVersion, plan: Plan, head: str
    ) -> None:
        """Make the version one, in the transaction that everybody sees it with."""
        pen.hold(tx)
        told = {
            "plan": version.plan,
            "number": version.number,
            "title": version.title,
            "as_of": version.as_of,
            "note": version.note,
            "author": version.author,
            "saved_at": version.saved_at,
            "digest": version.digest,
            "items": version.items,
            "links": version.links,
            "start": plan.start,
            "status_date": plan.status_date,
            "json": head,
        }
        tx.run(
            FINISH,
            plan=version.plan,
            number=version.number,
            told=told,
            organisation=plan.organisation,
        ).consume()

    def _pen(self, plan: str) -> Pen:
        return Pen(self.connection, plan, self._token)


def open_neo4j(
    uri: str,
    *,
    ask: Callable[[str], str | None] | None = None,
    clock: Callable[[], datetime] = _now,
    lease: float = LEASE,
    user: str | None = None,
    password: str | None = None,
) -> Neo4jStore:
    """Open the store on a server; see `graphmodel.stores.neo4j_connection.connect`."""
    connection = connect(uri, user=user, password=password, ask=ask)
    try:
        return Neo4jStore(connection, clock=clock, lease=lease)
    except BaseException:
        connection.close()
        raise


def _run(statement: str, tx: ManagedTransaction) -> None:
    tx.run(statement).consume()


def _read(tx: ManagedTransaction, plan: str, number: int) -> tuple[str, str] | None:
    """Return the text and the digest of a version, None where there is none."""
    found = tx.run(HEAD, plan=plan, number=number).single()
    if found is None:
        return None
    head, digest = found.values()
    return read_text(tx, plan, number, head), digest
