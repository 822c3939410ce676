"""A store of plans in one file, for one person or a few: SQLite, nothing to install or to run.

It outlives a program that is killed and a disk that is full at any moment, with all that was told
as saved (`graphmodel.stores.connecting` says how, `graphmodel.stores.salvage` what helps where a
disk has changed its content).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.planfile import dump_plan, dump_scenario, parse_plan, parse_scenario
from graphmodel.stores.connecting import connect, damaged, telling, writing
from graphmodel.stores.refusals import (
    check_after,
    name_of,
    no_plan,
    no_scenario,
    no_version,
    only_version,
    plain,
)
from graphmodel.stores.rows import (
    DamagedRowError,
    ScenarioRow,
    VersionRow,
    pack_text,
    scenario_row,
    unpack_text,
    version_row,
)
from graphmodel.stores.store import digest_of
from graphmodel.stores.tables import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from graphmodel.errors import StoreError
    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.stores.store import StoredScenario, StoredVersion
    from graphmodel.stores.tables import Migrations

__all__ = ["WAIT", "LocalStore"]

#: Seconds to wait for another program that has the file locked; a save takes a fraction of one.
WAIT: Final = 10.0

_VERSION: Final = ", ".join(VersionRow._fields)
_SCENARIO: Final = ", ".join(ScenarioRow._fields)

# Nothing but the names of columns is put together here.
_ALL: Final = f"SELECT {_VERSION} FROM versions ORDER BY plan, number"  # noqa: S608
_OF_PLAN: Final = f"SELECT {_VERSION} FROM versions WHERE plan = ? ORDER BY number"  # noqa: S608
_ONE: Final = f"SELECT {_VERSION}, content FROM versions WHERE plan = ? AND number = ?"  # noqa: S608
_SCENARIOS: Final = f"SELECT {_SCENARIO}, content FROM scenarios WHERE plan = ? ORDER BY name"  # noqa: S608
_ADD_VERSION: Final = (
    f"INSERT INTO versions ({_VERSION}, content) "  # noqa: S608
    f"VALUES ({', '.join('?' * (len(VersionRow._fields) + 1))})"
)
_PUT_SCENARIO: Final = (
    f"INSERT OR REPLACE INTO scenarios ({_SCENARIO}, content) "  # noqa: S608
    f"VALUES ({', '.join('?' * (len(ScenarioRow._fields) + 1))})"
)
#: Not REPLACE, which would take the versions out with the old row.
_COUNT_ON: Final = """
    INSERT INTO plans (id, last_number) VALUES (?, ?)
    ON CONFLICT (id) DO UPDATE SET last_number = excluded.last_number
"""


def _now() -> datetime:
    return datetime.now(UTC)


class LocalStore:
    """A `graphmodel.stores.store.Store` in one file; for one thread."""

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = False,
        wait: float = WAIT,
        clock: Callable[[], datetime] = _now,
        migrations: Migrations = MIGRATIONS,
    ) -> None:
        """Open a store's file.

        Parameters
        ----------
        create
            Whether a file that is missing is made.
        wait
            Seconds to wait where another program has locked the file.
        clock
            What time it is, in UTC.
        migrations
            Forms of the file, up to the newest.

        Raises
        ------
        StoreError
            There is no such file, it is no store, damaged, locked, or from a newer knockon.
        """
        self.path = Path(path)
        self._where = f'"{self.path}"'
        self._clock = clock
        self._connection = connect(self.path, create=create, wait=wait, migrations=migrations)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def save(
        self,
        plan: Plan,
        *,
        note: str | None = None,
        author: str | None = None,
        after: int | None = None,
    ) -> StoredVersion:
        """Keep a version of a plan; see `graphmodel.stores.store.Store.save`."""
        text = dump_plan(plan)
        digest, content = digest_of(text), pack_text(text)
        with telling(self.path), writing(self._connection):
            newest = self._newest(plan.id)
            if newest is not None and newest.digest == digest:
                return newest
            check_after(self._where, plan.id, newest, after)
            number = 1 + self._last_number(plan.id)
            row = version_row(
                plan,
                number,
                note=plain(note),
                author=plain(author),
                saved_at=self._clock(),
                digest=digest,
            )
            self._connection.execute(_COUNT_ON, (plan.id, number))
            self._connection.execute(_ADD_VERSION, (*row, content))
        return row.read()

    def versions(self, plan: str | None = None) -> tuple[StoredVersion, ...]:
        """Return the versions of one plan, or of all; see `Store.versions`."""
        with telling(self.path):
            if plan is None:
                found = self._connection.execute(_ALL).fetchall()
            else:
                found = self._connection.execute(_OF_PLAN, (plan,)).fetchall()
            return tuple(VersionRow(*row).read() for row in found)

    def load(self, plan: str, number: int | None = None) -> Plan:
        """Return a version of a plan, the newest unless told; see `Store.load`."""
        with telling(self.path):
            chosen = self._known(plan).number if number is None else number
            found = self._connection.execute(_ONE, (plan, chosen)).fetchone()
            if found is None:
                raise self._no_version(plan, chosen)
        *columns, content = found
        named = f'Version {chosen} of "{plan}"'
        try:
            text = unpack_text(content, VersionRow(*columns).read().digest)
        except DamagedRowError:
            raise damaged(self.path, named) from None
        return parse_plan(text, name=named)

    def save_scenario(
        self, plan: str, scenario: Scenario, *, author: str | None = None
    ) -> StoredScenario:
        """Keep a scenario of a plan under its name; see `Store.save_scenario`."""
        name, text = name_of(plan, scenario), dump_scenario(scenario)
        with telling(self.path), writing(self._connection):
            self._known(plan)
            row = scenario_row(
                plan, name, author=plain(author), saved_at=self._clock(), digest=digest_of(text)
            )
            self._connection.execute(_PUT_SCENARIO, (*row, pack_text(text)))
        return row.read(scenario)

    def scenarios(self, plan: str) -> tuple[StoredScenario, ...]:
        """Return the scenarios of a plan, by name; see `Store.scenarios`."""
        with telling(self.path):
            found = self._connection.execute(_SCENARIOS, (plan,)).fetchall()
        return tuple(self._read_scenario(ScenarioRow(*columns), text) for *columns, text in found)

    def delete(self, plan: str, number: int | None = None) -> int:
        """Take out a version, or a whole plan with its scenarios; see `Store.delete`."""
        with telling(self.path), writing(self._connection):
            self._known(plan)
            kept = [one.number for one in self.versions(plan)]
            if number is None:
                self._connection.execute("DELETE FROM plans WHERE id = ?", (plan,))
                return len(kept)
            if number not in kept:
                raise self._no_version(plan, number)
            if len(kept) == 1:
                raise only_version(self._where, plan, number)
            self._connection.execute(
                "DELETE FROM versions WHERE plan = ? AND number = ?", (plan, number)
            )
            return 1

    def delete_scenario(self, plan: str, name: str) -> None:
        """Take out a scenario; see `Store.delete_scenario`."""
        with telling(self.path), writing(self._connection):
            self._known(plan)
            gone = self._connection.execute(
                "DELETE FROM scenarios WHERE plan = ? AND name = ?", (plan, name)
            )
            if not gone.rowcount:
                raise no_scenario(self._where, plan, name)

    def _newest(self, plan: str) -> StoredVersion | None:
        found = self._connection.execute(f"{_OF_PLAN} DESC LIMIT 1", (plan,)).fetchone()
        return None if found is None else VersionRow(*found).read()

    def _known(self, plan: str) -> StoredVersion:
        """Return the newest version of a plan that must be there."""
        newest = self._newest(plan)
        if newest is not None:
            return newest
        held = [one for (one,) in self._connection.execute("SELECT id FROM plans ORDER BY id")]
        raise no_plan(self._where, plan, held)

    def _last_number(self, plan: str) -> int:
        """Return the highest number that a version of a plan has ever had."""
        (number,) = self._connection.execute(
            "SELECT max(last_number) FROM plans WHERE id = ?", (plan,)
        ).fetchone()
        return number or 0

    def _no_version(self, plan: str, number: int) -> StoreError:
        kept = self.versions(plan)
        if not kept:
            self._known(plan)
        return no_version(self._where, plan, number, kept)

    def _read_scenario(self, row: ScenarioRow, content: bytes) -> StoredScenario:
        named = f'Scenario "{row.name}" of "{row.plan}"'
        try:
            return row.read(parse_scenario(unpack_text(content, row.digest), name=named))
        except DamagedRowError:
            raise damaged(self.path, named) from None
