"""Versions and scenarios as rows of a local store, sealed so that no flipped bit goes unseen.

A row's ``digest`` is the sha256 of its text; its ``seal`` that of all its other columns. A file
whose structure SQLite finds sound may still hold a wrong letter: these two tell.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphmodel.files import MAX_TEXT_BYTES
from graphmodel.moments import parse_moment, write_moment
from graphmodel.stores.store import StoredScenario, StoredVersion, digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario

__all__ = [
    "DamagedRowError",
    "ScenarioRow",
    "VersionRow",
    "pack_text",
    "scenario_row",
    "unpack_text",
    "version_row",
]

#: Compression: a plan shrinks to an eighth; level 6 takes twice as long for eight per cent.
_LEVEL: Final = 4


class DamagedRowError(Exception):
    """A row that is not what was written; told to people as a `StoreError`."""


class VersionRow(NamedTuple):
    """The columns of a version but its text, in the order of the table."""

    plan: str
    number: int
    title: str | None
    as_of: str | None
    note: str | None
    author: str | None
    saved_at: str
    digest: str
    items: int
    links: int
    seal: str

    @property
    def is_sealed(self) -> bool:
        """Whether every column is as it was written."""
        return self.seal == _seal("version", self[:-1])

    def sealed(self) -> VersionRow:
        """Return the row with its seal."""
        return self._replace(seal=_seal("version", self[:-1]))

    def read(self) -> StoredVersion:
        """Return the version; raises `DamagedRowError`."""
        if not self.is_sealed:
            raise DamagedRowError
        return StoredVersion(
            plan=self.plan,
            number=self.number,
            title=self.title,
            as_of=None if self.as_of is None else parse_moment(self.as_of),
            note=self.note,
            author=self.author,
            saved_at=_read_time(self.saved_at),
            digest=self.digest,
            items=self.items,
            links=self.links,
        )


class ScenarioRow(NamedTuple):
    """The columns of a scenario but its text, in the order of the table."""

    plan: str
    name: str
    author: str | None
    saved_at: str
    digest: str
    seal: str

    @property
    def is_sealed(self) -> bool:
        """Whether every column is as it was written."""
        return self.seal == _seal("scenario", self[:-1])

    def sealed(self) -> ScenarioRow:
        """Return the row with its seal."""
        return self._replace(seal=_seal("scenario", self[:-1]))

    def read(self, scenario: Scenario) -> StoredScenario:
        """Return the scenario, whose text is given; raises `DamagedRowError`."""
        if not self.is_sealed:
            raise DamagedRowError
        return StoredScenario(self.plan, scenario, self.author, _read_time(self.saved_at))


def version_row(
    plan: Plan,
    number: int,
    *,
    note: str | None,
    author: str | None,
    saved_at: datetime,
    digest: str,
) -> VersionRow:
    """Return the row of a new version."""
    return VersionRow(
        plan=plan.id,
        number=number,
        title=plan.title,
        as_of=_write_day(plan.as_of),
        note=note,
        author=author,
        saved_at=_write_time(saved_at),
        digest=digest,
        items=len(plan.items),
        links=len(plan.links),
        seal="",
    ).sealed()


def scenario_row(
    plan: str, name: str, *, author: str | None, saved_at: datetime, digest: str
) -> ScenarioRow:
    """Return the row of a scenario."""
    return ScenarioRow(plan, name, author, _write_time(saved_at), digest, "").sealed()


def pack_text(text: str) -> bytes:
    """Return a text as it is kept."""
    return zlib.compress(text.encode("utf-8"), _LEVEL)


def unpack_text(content: bytes, digest: str | None = None) -> str:
    """Return the text that was kept.

    Raises
    ------
    DamagedRowError
        It is not what was written: it does not unpack, or another digest is expected.
    """
    unpacking = zlib.decompressobj()
    try:
        # A limit, so that a few forged bytes do not fill the memory.
        text = unpacking.decompress(content, MAX_TEXT_BYTES).decode("utf-8")
    except (zlib.error, UnicodeDecodeError, TypeError):
        raise DamagedRowError from None
    if not unpacking.eof or (digest is not None and digest_of(text) != digest):
        raise DamagedRowError
    return text


def _write_time(moment: datetime) -> str:
    """Return a moment as it is kept: ``2026-11-30T20:45:12+00:00``."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _read_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _write_day(day: date | None) -> str | None:
    return None if day is None else write_moment(day)


def _seal(kind: str, values: Sequence[Any]) -> str:
    text = json.dumps([kind, *values], default=repr)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
