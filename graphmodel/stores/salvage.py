"""Saving what can still be read of a damaged store: a plan file for each version that is whole."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from graphmodel.errors import FileError, StoreError
from graphmodel.files import write_text
from graphmodel.stores.carving import carve_rows
from graphmodel.stores.rows import DamagedRowError, ScenarioRow, VersionRow, unpack_text
from graphmodel.stores.store import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.stores.carving import Value

__all__ = ["LIST_NAME", "Salvaged", "salvage"]

_Row: TypeAlias = "VersionRow | ScenarioRow"

#: The file that says what each of the others is.
LIST_NAME: Final = "salvaged.json"
#: Beside a store while something is written to it.
_JOURNAL: Final = "-journal"
_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]+")
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A version or a scenario that could be read, and the file it was written to.

    ``number`` is None for a scenario, ``name`` for a version. Where ``is_certain`` is False, what
    is said about it (plan, number, name, note, author, day) may be wrong; the plan or scenario in
    the file is as it was saved.
    """

    file: Path
    plan: str
    number: int | None
    name: str | None
    note: str | None
    author: str | None
    saved_at: str
    is_certain: bool


def salvage(store: str | Path, folder: str | Path) -> tuple[Salvaged, ...]:
    """Write each version and scenario that can still be read from a store's file to a folder.

    The store is not touched. A number that is missing was deleted or cannot be read.

    Parameters
    ----------
    folder
        Made if it is missing; it must be empty.

    Returns
    -------
    tuple of Salvaged
        Versions by plan and number, then scenarios by plan and name; `LIST_NAME` in the folder
        holds the same.

    Raises
    ------
    FileError
        The store cannot be read, or the folder not be written.
    StoreError
        Nothing can be read, or the folder is not empty.
    """
    store, folder = Path(store), Path(folder)
    _see_empty(folder)
    names = _Names(folder)
    found: dict[tuple[object, ...], Salvaged] = {}
    for row, text in _whole_rows(store):
        key = (row[0], row[1], digest_of(text))
        before = found.get(key)
        if before is None:
            path = names.choose(row)
            _make_folder(folder)
            write_text(path, text)
            found[key] = _said(row, path)
        elif not before.is_certain:  # SQLite leaves copies of rows behind: take what is better
            found[key] = _said(row, before.file)
    if not found:
        raise StoreError(f'Nothing can be read from "{store}" any more: go back to a copy of it.')
    ordered = tuple(sorted(found.values(), key=_order))
    write_text(folder / LIST_NAME, _list(ordered))
    return ordered


def _see_empty(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise StoreError(f'"{folder}" is there already and no empty folder: name a new one.')


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f'"{folder}" cannot be made: {error.strerror or error}.') from None


def _whole_rows(store: Path) -> Iterator[tuple[_Row, str]]:
    """Yield the rows of a copy of the store whose text can be read, with that text."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "store"
        try:
            shutil.copyfile(store, copy)
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{store}{_JOURNAL}", f"{copy}{_JOURNAL}")
        except OSError as error:
            raise FileError(f'"{store}" cannot be read: {error.strerror or error}.') from None
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master")  # takes back what was half written
        with copy.open("rb") as stream:
            for values in carve_rows(stream):
                yield from _read_row(values)


def _read_row(values: tuple[Value, ...]) -> Iterator[tuple[_Row, str]]:
    """Yield the row with these columns and its text, if it is one of a version or scenario."""
    for kind, key in ((VersionRow, int), (ScenarioRow, str)):
        columns: tuple[Any, ...] = values[: len(kind._fields)]
        content = values[len(columns)] if len(values) > len(columns) else None
        is_named = len(columns) > 1 and isinstance(columns[0], str) and isinstance(columns[1], key)
        if is_named and isinstance(content, bytes):
            with suppress(DamagedRowError):
                # Packed text has a checksum of its own, so the digest may be what is damaged.
                yield kind(*columns), unpack_text(content)


class _Names:
    """Names of files that no other row has yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken = {LIST_NAME}

    def choose(self, row: _Row) -> Path:
        """Return a name that says what the row holds: ``csip-3.json``."""
        key = str(row.number) if isinstance(row, VersionRow) else f"scenario-{row.name}"
        parts = (_NOT_IN_NAMES.sub("_", part)[:_LONGEST_NAME] for part in (row.plan, key))
        stem = "-".join(parts)
        name, times = f"{stem}.json", 1
        while name.casefold() in self._taken:
            times += 1
            name = f"{stem}~{times}.json"
        self._taken.add(name.casefold())
        return self._folder / name


def _said(row: _Row, path: Path) -> Salvaged:
    version = row if isinstance(row, VersionRow) else None
    return Salvaged(
        file=path,
        plan=row.plan,
        number=None if version is None else version.number,
        name=row.name if isinstance(row, ScenarioRow) else None,
        note=None if version is None else version.note,
        author=row.author,
        saved_at=row.saved_at,
        is_certain=row.is_sealed,
    )


def _order(one: Salvaged) -> tuple[bool, str, int, str, str]:
    return one.number is None, one.plan, one.number or 0, one.name or "", one.file.name


def _list(found: tuple[Salvaged, ...]) -> str:
    entries = [
        {
            "file": one.file.name,
            "plan": one.plan,
            "version": one.number,
            "scenario": one.name,
            "note": one.note,
            "author": one.author,
            "saved_at": one.saved_at,
            "certain": one.is_certain,
        }
        for one in found
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1, default=repr) + "\n"
