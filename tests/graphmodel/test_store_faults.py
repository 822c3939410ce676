"""A store outlives a program that is killed, and a disk that is full: hundreds of times."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graphmodel.errors import StoreError
from graphmodel.plan import Plan
from graphmodel.stores.local import LocalStore
from tests.graphmodel.storefaults import numbered_plan, save_and_look

ROOT = Path(__file__).resolve().parents[2]
RUN = [sys.executable, "-m", "tests.graphmodel.storefaults"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "knockon.store"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are made by fork")
def test_it_outlives_programs_that_are_killed(tmp_path: Path) -> None:
    done = subprocess.run(
        [*RUN, "kill", tmp_path, "200"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["killed"] == 200
    assert found["journals"] > 0  # some were killed in the middle of a save


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is one of POSIX")
def test_it_outlives_a_file_that_cannot_grow(path: Path) -> None:
    """A write that fails at every place, of the journal and of the store."""
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(number: int) -> None:
        size = soft if number < 0 else 500 + 997 * (number * 7 % 300)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

    found = save_and_look(path, 200, limit)
    assert found["saved"] > 20
    assert found["refused"] > 50


def test_it_outlives_a_full_database(path: Path) -> None:
    """SQLite's own word for a full disk, at every page at which it may come."""
    large = Plan.model_validate({"id": "csip", "x_noise": random.Random(1).randbytes(90_000).hex()})
    with LocalStore(path, create=True) as store:
        store.save(numbered_plan(1))
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        said: list[str] = []
        for most in range(pages, pages + 300):
            store._connection.execute(f"PRAGMA max_page_count = {most}")
            try:
                store.save(large)
                break
            except StoreError as error:
                said.append(str(error))
            assert [one.title for one in store.versions()] == ["1"]
            assert store.load("csip") == numbered_plan(1)
        assert len(said) > 20  # 90,000 bytes are 22 pages of 4,096
        assert store.load("csip") == large
    full = f'"{path}" does not fit on the disk any more: make room and try again; what it held is '
    assert set(said) == {f"{full}unchanged."}


def test_it_outlives_a_full_disk(tmp_path: Path) -> None:
    """A real one of 400 kB, in a name space of its own: where that may be made, anyone may."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare to make a small disk with")
    mount = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=400k none "$0" && exec "$@"']
    if subprocess.run([*mount, tmp_path, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no small disk may be made here")
    done = subprocess.run(
        [*mount, tmp_path, *RUN, "fill", tmp_path, "300"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["saved"] > 20
    assert found["refused"] > 100
