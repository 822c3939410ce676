"""tools/wheel.py: which wheels it lets pass (CI runs it on the wheel that `make build` leaves)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = [
    *(
        f"{package}/{name}"
        for package in ("knockon", "graphmodel", "loaders", "queries", "simulations", "viz")
        for name in ("__init__.py", "py.typed")
    ),
    *(
        f"knockon/data/{path.relative_to(ROOT / 'examples').as_posix()}"
        for path in (ROOT / "examples").rglob("*")
        if path.is_file()
    ),
    "knockon-0.1.0.dist-info/METADATA",
]


def check(wheel: Path, names: list[str]) -> subprocess.CompletedProcess[str]:
    """Check a wheel that holds empty files of these names."""
    with ZipFile(wheel, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "wheel.py", wheel],
        capture_output=True,
        check=False,
        text=True,
    )


def test_good_wheel_passes(tmp_path: Path) -> None:
    result = check(tmp_path / "good.whl", GOOD)
    assert result.returncode == 0, result.stderr
    assert "six packages" in result.stdout


@pytest.mark.parametrize(
    ("more", "less", "fault"),
    [
        (["tests/test_x.py"], [], "has 'tests' at its top level"),
        (["conftest.py"], [], "has 'conftest.py' at its top level"),
        ([], ["viz/py.typed"], "lacks 'viz/py.typed'"),
        ([], ["loaders/__init__.py", "loaders/py.typed"], "lacks 'loaders/__init__.py'"),
        ([], ["knockon-0.1.0.dist-info/METADATA"], "has 0 dist-info folders"),
        ([], [name for name in GOOD if "/data/" in name], "lacks 'knockon/data/"),
    ],
)
def test_faulty_wheel_is_refused(
    tmp_path: Path, more: list[str], less: list[str], fault: str
) -> None:
    names = [name for name in GOOD if name not in less] + more
    result = check(tmp_path / "faulty.whl", names)
    assert result.returncode == 1
    assert fault in result.stderr


def test_wrong_use_is_one_sentence() -> None:
    result = subprocess.run(
        [sys.executable, ROOT / "tools" / "wheel.py"], capture_output=True, check=False, text=True
    )
    assert result.returncode == 1
    assert result.stderr.startswith("usage:")
