"""What the commands about stores share, and plans that are named by their place in a store."""

from __future__ import annotations

import getpass
import os
import re
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from graphmodel.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from graphmodel.stores.store import Store, StoredScenario, StoredVersion

__all__ = [
    "author_option",
    "fetch_stored",
    "find_author",
    "opened",
    "pack_scenario",
    "pack_version",
    "store_option",
    "tell_size",
    "tell_when",
]

#: ``store:csip`` is the newest version of a plan, ``store:csip@3`` the third.
_REFERENCE: Final = re.compile(r"store:(?P<plan>.+?)(?:@(?P<number>\d{1,9}))?")
_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]+")
_LONGEST_NAME: Final = 60

store_option: Final = click.option(
    "--store",
    metavar="WHERE",
    help="The store: a file, or neo4j://HOST. Without it $KNOCKON_STORE, else knockon.store here.",
)

author_option: Final = click.option(
    "--author",
    metavar="NAME",
    help="Who saves it. Without it $KNOCKON_AUTHOR, else your name on this computer.",
)


def find_author(told: str | None) -> str | None:
    """Return who saves: as told, else ``$KNOCKON_AUTHOR``, else the name of the login, if any."""
    named = os.environ.get("KNOCKON_AUTHOR") if told is None else told
    if named is not None:
        return named or None
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, as in a container
        return None


@contextmanager
def opened(where: str | None, *, create: bool = False) -> Iterator[Store]:
    """Give a store to the commands inside; see `graphmodel.stores.opening.open_store`."""
    from graphmodel.stores.opening import open_store  # noqa: PLC0415 - heavy

    with closing(open_store(where, create=create, ask=_ask_password)) as store:
        yield store


def _ask_password(question: str) -> str | None:
    """Ask for a password that nobody sees typed; None where there is no terminal to ask at."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    answer: str = click.prompt(question, hide_input=True, err=True)
    return answer


@contextmanager
def fetch_stored(files: Sequence[str]) -> Iterator[list[str]]:
    """Give the files to the commands inside: plans named as ``store:ID@N`` are fetched into files.

    The store is the one that is used where none is named.

    Raises
    ------
    StoreError
        The store cannot be read, or does not hold the plan.
    """
    found = [(file, _REFERENCE.fullmatch(file)) for file in files]
    if not any(match for _, match in found):
        yield [*files]
        return
    with tempfile.TemporaryDirectory() as folder:
        with opened(None) as store:
            fetched = [
                file if match is None else _fetch(store, match, Path(folder) / str(place))
                for place, (file, match) in enumerate(found)
            ]
        yield fetched


def _fetch(store: Store, match: re.Match[str], folder: Path) -> str:
    from graphmodel.planfile import write_plan  # noqa: PLC0415 - heavy

    number = match["number"]
    plan = store.load(match["plan"], None if number is None else int(number))
    folder.mkdir()  # each its own, so that two versions can have the name of their plan
    path = folder / f"{_NOT_IN_NAMES.sub('_', plan.id)[:_LONGEST_NAME]}.json"
    write_plan(plan, path)
    return str(path)


def tell_size(version: StoredVersion) -> str:
    """Return how much a version holds, in words."""
    return f"{count(version.items, 'item')}, {count(version.links, 'link')}"


def tell_when(one: StoredVersion | StoredScenario) -> str:
    """Return when and by whom something was saved, in words."""
    from viz.words import show_date  # noqa: PLC0415 - heavy

    by = f" by {one.author}" if one.author else ""
    return f"saved{by} on {show_date(one.saved_at.date())} at {one.saved_at:%H:%M} UTC"


def pack_version(version: StoredVersion) -> dict[str, Any]:
    """Return a version as plain data."""
    from graphmodel.moments import write_moment  # noqa: PLC0415 - with the store

    return {
        "plan": version.plan,
        "version": version.number,
        "title": version.title,
        "as_of": None if version.as_of is None else write_moment(version.as_of),
        "note": version.note,
        "author": version.author,
        "saved_at": _write_time(version.saved_at),
        "digest": version.digest,
        "items": version.items,
        "links": version.links,
    }


def pack_scenario(stored: StoredScenario) -> dict[str, Any]:
    """Return a scenario as plain data; what it changes is in its file."""
    return {
        "plan": stored.plan,
        "scenario": stored.scenario.name,
        "note": stored.scenario.note,
        "changes": len(stored.scenario.changes),
        "author": stored.author,
        "saved_at": _write_time(stored.saved_at),
    }


def _write_time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"
