"""Doing to a store what the world does: killing who saves, filling its disk. Run as a program.

``python storefaults.py kill FOLDER ROUNDS`` and ``… fill FOLDER ROUNDS`` print what they found as
JSON, and fail where anything that was told as saved is not there.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from graphmodel.errors import StoreError
from graphmodel.plan import Plan
from graphmodel.stores.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Callable

#: Rounds after which a new file is begun, so that its making is interrupted too.
_FRESH = 10
#: Bytes that do not compress in the plan of each version: some pages of the file.
_LEAST, _MOST = 100, 40_000
#: Seconds from the start of a child to its end: some saves.
_LONGEST_LIFE = 0.08


def numbered_plan(number: int) -> Plan:
    """Return the plan that version ``number`` always is, so that it can be known again."""
    chance = random.Random(number)
    noise = chance.randbytes(chance.randint(_LEAST, _MOST)).hex()
    return Plan.model_validate({"id": "csip", "title": str(number), "x_noise": noise})


def kill_often(folder: Path, rounds: int) -> Counter[str]:
    """Kill programs that save in a loop; after each look for all that they told as saved."""
    chance, found = random.Random(8), Counter[str]()
    path, told = folder / "none", 0
    for number in range(rounds):
        if number % _FRESH == 0:
            path, told = folder / f"{number}.store", 0
        reading, child = _start(path)
        time.sleep(chance.uniform(0, _LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading) as stream:
            lines = stream.read().split("\n")[:-1]  # a line without its end was being told
        told = int(lines[-1]) if lines else told
        found["killed"] += 1
        found["journals"] += Path(f"{path}-journal").exists()
        found["unmade"] += not path.exists() or not path.stat().st_size
        with LocalStore(path, create=True) as store:
            numbers = [one.number for one in store.versions()]
            assert numbers == list(range(1, len(numbers) + 1))
            assert len(numbers) >= told, f"{told} were told, {len(numbers)} are there"
            found["saved unheard"] += len(numbers) > told
            told = len(numbers)
            looked_at = range(1, told + 1) if number % _FRESH == _FRESH - 1 else numbers[-2:]
            for one in looked_at:
                assert store.load("csip", one) == numbered_plan(one)
    return found


def _start(path: Path) -> tuple[int, int]:
    """Start a program that saves for ever; return where to read what it tells, and its id."""
    reading, telling = os.pipe()
    child = os.fork()
    if child:
        os.close(telling)
        return reading, child
    try:
        with LocalStore(path, create=True) as store:
            for number in count(1 + len(store.versions())):
                saved = store.save(numbered_plan(number))
                os.write(telling, f"{saved.number}\n".encode())
    finally:
        os._exit(1)


def fill_disk(folder: Path, rounds: int) -> Counter[str]:
    """Save on a disk that is too small; after each refusal look for all that was there before."""
    return save_and_look(folder / "full.store", rounds, lambda _: None)


def save_and_look(path: Path, rounds: int, prepare: Callable[[int], object]) -> Counter[str]:
    """Save, with something prepared for each round; look for all that was told as saved.

    What the store refuses must leave it as it was. Where much is kept, the oldest are deleted.
    """
    found, kept = Counter[str](), dict[int, int]()
    for number in range(rounds):
        told = True
        with suppress(StoreError), LocalStore(path, create=True) as store:
            told = False
            prepare(number)
            try:
                kept[store.save(numbered_plan(number)).number] = number
                told = True
            finally:
                prepare(-1)
        found["saved" if told else "refused"] += 1
        with LocalStore(path, create=True) as store:
            assert {one.number: int(one.title or "") for one in store.versions()} == kept
            for version, which in list(kept.items())[-2:]:
                assert store.load("csip", version) == numbered_plan(which)
            if number % _FRESH == 0:
                _make_room(store, kept)
    return found


def _make_room(store: LocalStore, kept: dict[int, int]) -> None:
    """Delete all but the newest versions; a disk may be too full even for that."""
    for version in list(kept)[:-2]:
        try:
            store.delete("csip", version)
        except StoreError:
            return
        del kept[version]


if __name__ == "__main__":
    task = {"kill": kill_often, "fill": fill_disk}[sys.argv[1]]
    print(json.dumps(task(Path(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201 - for the test
