"""Kernels compiled: the same answers as plain Python, kept between runs, never in the way."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulations import jit
from simulations.kernelcache import (
    KEPT,
    fingerprint_kernels,
    open_cache,
    user_cache_folder,
)
from simulations.kernels.registry import KERNELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]

#: A package of kernels: one calls another of its own module, one of another module, both read a
#: constant from elsewhere and named tuples of containers.
TOYS = {
    "__init__.py": "",
    "codes.py": "FACTOR = 3\nLIMIT = (1, 40)\n",
    "shapes.py": """
from typing import Any, NamedTuple
class Rows(NamedTuple):
    first: Any
    second: Any
class Net(NamedTuple):
    rows: Rows
    size: int
""",
    "steps.py": """
from toys.codes import FACTOR
from toys.shapes import Net
from simulations.kernels.registry import kernel
@kernel
def step(net: Net, at: int) -> tuple[int, bool]:
    value = net.rows.first[at] // 7 * FACTOR + net.rows.second[at] % -5
    return value, value < 0
""",
    "runs.py": """
from toys.codes import LIMIT
from toys.shapes import Net
from toys.steps import step
from simulations.kernels.registry import kernel
@kernel
def run(net: Net, out) -> int:
    count = 0
    for at in range(net.size):
        value, is_low = step(net, at)
        out[at] = held(value)
        if is_low:
            count += 1
    return count
@kernel
def held(value: int) -> int:
    return min(max(value, LIMIT[0]), LIMIT[1])
""",
}

#: Runs the toys in a process of their own; prints what came out, and what numba's cache did.
PROCESS = """
import numpy as np
from simulations import jit
from toys.runs import run
from toys.shapes import Net, Rows
numbers = np.arange(-50, 50)
out = np.zeros(100, np.int64)
before = jit.is_kept(run)
count = jit.compiled(run)(Net(Rows(numbers, 3 * numbers[::-1]), 100), out)
twins = jit.twins_of(run)
stats = twins.entry(run).stats
print(count, out.sum(), before, sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))
print(twins.folder.name if twins.folder else None)
"""


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder that holds the package of toys; caches go to a folder of the test."""
    folder = tmp_path / "source" / "toys"
    folder.mkdir(parents=True)
    for name, text in TOYS.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    return folder


@pytest.fixture
def loaded(toys: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The toys imported here; forgotten again afterwards."""
    before = list(KERNELS)
    monkeypatch.syspath_prepend(str(toys.parent))
    yield importlib.import_module("toys.runs")
    KERNELS[:] = before
    jit._SETS.pop("toys", None)
    for name in [name for name in sys.modules if name.split(".")[0] == "toys"]:
        del sys.modules[name]


def run_process(toys: Path, **environment: str) -> tuple[list[str], str]:
    """Run the toys in a new process: the numbers printed, and the name of the folder."""
    places = os.pathsep.join([str(ROOT), str(toys.parent)])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROCESS],
        capture_output=True,
        check=False,
        cwd=toys.parent,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": places} | environment,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    numbers, folder = done.stdout.splitlines()
    return numbers.split(), folder


def caches(tmp_path: Path) -> list[str]:
    return sorted(one.name for one in tmp_path.glob("cache/**/kernels-*"))


# -- Answers ----------------------------------------------------------------------------------


def test_a_kernel_stays_the_function_it_is(loaded: ModuleType) -> None:
    assert loaded.run.__code__.co_name == "run"
    assert loaded.held(99) == 40
    assert loaded.run in KERNELS


def test_twins_give_the_same_answers(loaded: ModuleType) -> None:
    shapes = sys.modules["toys.shapes"]
    numbers = st.integers(-(2**40), 2**40)

    @given(rows=st.lists(st.tuples(numbers, numbers), max_size=20))
    def agree(rows: list[tuple[int, int]]) -> None:
        size = len(rows)
        columns = [[row[side] for row in rows] for side in (0, 1)]
        out = [0] * size
        count = loaded.run(shapes.Net(shapes.Rows(*columns), size), out)
        arrays = [np.array(column, np.int64) for column in columns]
        filled = np.zeros(size, np.int64)
        twin = jit.compiled(loaded.run)
        assert twin(shapes.Net(shapes.Rows(*arrays), size), filled) == count
        assert filled.tolist() == out

    agree()


def test_without_numba_the_kernel_itself_runs(
    loaded: ModuleType, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    assert jit.compiled(loaded.held) is loaded.held
    assert not jit.is_kept(loaded.held)
    assert "numba cannot be loaded" in caplog.text


# -- What is kept between runs ----------------------------------------------------------------


def test_the_second_process_compiles_nothing(toys: Path, tmp_path: Path) -> None:
    first, folder = run_process(toys)
    assert first[2:] == ["False", "0", "1"]
    second, again = run_process(toys)
    assert second[:2] == first[:2]
    assert second[2:] == ["True", "1", "0"]
    assert folder == again
    assert caches(tmp_path) == [folder]


#: A change in a callee, in a constant and in a named tuple from elsewhere, and in the caller.
EDITS = (
    ("steps.py", "% -5", "% -7"),
    ("codes.py", "FACTOR = 3", "FACTOR = 4"),
    ("shapes.py", "    first: Any\n    second: Any", "    second: Any\n    first: Any"),
    ("runs.py", "count += 1", "count += 2"),
)


def test_what_changes_anywhere_is_compiled_again(toys: Path, tmp_path: Path) -> None:
    answers, folders = [], []
    for name, old, new in (("runs.py", "", ""), *EDITS):
        source = toys / name
        text = source.read_text(encoding="utf-8")
        assert old in text
        source.write_text(text.replace(old, new), encoding="utf-8")
        answer, folder = run_process(toys)
        assert answer[2:] == ["False", "0", "1"]
        answers.append(answer)
        folders.append(folder)
    assert all(one[:2] != other[:2] for one, other in pairwise(answers))
    assert caches(tmp_path) == sorted(set(folders))
    assert len(set(folders)) == len(EDITS) + 1


def test_a_cache_folder_that_cannot_be_made(toys: Path, tmp_path: Path) -> None:
    right, _ = run_process(toys)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder would be", encoding="utf-8")
    places = dict.fromkeys(("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"), str(blocked))
    answer, folder = run_process(toys, **places)
    assert folder == "None"
    assert answer[:2] == right[:2]
    assert not list(toys.rglob("*.nbi"))


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
def test_damaged_files_are_no_hindrance(toys: Path, tmp_path: Path, ending: str) -> None:
    right, _ = run_process(toys)
    files = list((tmp_path / "cache").rglob(f"*.{ending}"))
    assert files
    for file in files:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    answer, folder = run_process(toys)
    assert answer[:2] == right[:2]
    assert folder == "None"


def test_the_folder_a_user_has_named_to_numba(toys: Path, tmp_path: Path) -> None:
    named = tmp_path / "named"
    _, folder = run_process(toys, NUMBA_CACHE_DIR=str(named))
    assert [one.name for one in named.glob("knockon/*")] == [folder]
    assert caches(tmp_path) == []


def test_where_numba_keeps_the_rest_stays_as_it_was(loaded: ModuleType) -> None:
    numba: Any = pytest.importorskip("numba")
    before = numba.config.CACHE_DIR
    assert jit.compiled(loaded.held)(7) == 7
    assert before == numba.config.CACHE_DIR


# -- The folder -------------------------------------------------------------------------------


def test_the_fingerprint_changes_with_the_versions(loaded: ModuleType) -> None:
    assert fingerprint_kernels([loaded], ["a", "b"]) == fingerprint_kernels([loaded], ["a", "b"])
    assert fingerprint_kernels([loaded], ["a", "b"]) != fingerprint_kernels([loaded], ["a", "c"])


def test_old_folders_go_but_for_the_newest_used(tmp_path: Path) -> None:
    knockon = tmp_path / "knockon"
    for number in range(KEPT + 2):
        old = knockon / f"kernels-{number:016x}"
        old.mkdir(parents=True)
        (old / "file.nbi").touch()
        os.utime(old, (number, number))
    (knockon / "kernels-of-mine").mkdir()
    (knockon / f"kernels-{'a' * 16}").symlink_to(tmp_path, target_is_directory=True)
    folder = open_cache("f" * 16, tmp_path)
    assert folder is not None
    kept = {f"kernels-{number:016x}" for number in range(3, KEPT + 2)}
    assert len(kept) == KEPT - 1
    others = {"kernels-of-mine", f"kernels-{'a' * 16}", folder.name}
    assert {one.name for one in knockon.iterdir()} == kept | others


def test_opening_a_folder_again_makes_it_the_newest_used(tmp_path: Path) -> None:
    folder = open_cache("0" * 16, tmp_path)
    assert folder is not None
    os.utime(folder, (1, 1))
    assert open_cache("0" * 16, tmp_path) == folder
    assert folder.stat().st_mtime > 1


@pytest.mark.parametrize(
    ("platform", "environment", "place"),
    [
        ("linux", {}, ".cache"),
        ("linux", {"XDG_CACHE_HOME": "/var/caches"}, "/var/caches"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, ".cache"),
        ("darwin", {"XDG_CACHE_HOME": "/var/caches"}, "Library/Caches"),
        ("win32", {"LOCALAPPDATA": "/profile/local"}, "/profile/local"),
        ("win32", {}, "AppData/Local"),
    ],
)
def test_the_place_each_system_keeps_caches_in(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    environment: dict[str, str],
    place: str,
) -> None:
    monkeypatch.setattr("simulations.kernelcache.sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert user_cache_folder() == tmp_path / place


def test_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    assert user_cache_folder() is None
    assert open_cache("0" * 16) is None
