"""The layering contracts of pyproject.toml hold DESIGN section 3: tried on small trees."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("knockon", "viz", "queries", "simulations", "graphmodel", "loaders")
# knockon > viz > queries > simulations > graphmodel, knockon > loaders > graphmodel.
ALLOWED = {
    "knockon": {"viz", "queries", "simulations", "graphmodel", "loaders"},
    "viz": {"queries", "simulations", "graphmodel"},
    "queries": {"simulations", "graphmodel"},
    "simulations": {"graphmodel"},
    "loaders": {"graphmodel"},
    "graphmodel": set[str](),
}
EDGES = list(permutations(PACKAGES, 2))


def lint(tree: Path, edges: list[tuple[str, str]]) -> subprocess.CompletedProcess[str]:
    """Run import-linter with our contracts on packages that import each other along `edges`."""
    (tree / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for package in PACKAGES:
        (tree / package).mkdir()
        (tree / package / "__init__.py").touch()
        (tree / package / "end.py").touch()
    for source, target in edges:
        (tree / source / f"takes_{target}.py").write_text(
            f"import {target}.end\n", encoding="utf-8"
        )
    return run_contracts(tree)


def run_contracts(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter in a tree; `-c` puts the tree before every other place of our packages."""
    command = "from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=tree,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
    )


def test_every_import_that_the_design_allows_passes(tmp_path: Path) -> None:
    result = lint(tmp_path, [edge for edge in EDGES if edge[1] in ALLOWED[edge[0]]])
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_other_import_between_packages_is_reported(tmp_path: Path) -> None:
    forbidden = {edge for edge in EDGES if edge[1] not in ALLOWED[edge[0]]}
    result = lint(tmp_path, sorted(forbidden))
    reported = set(re.findall(r"(\w+)\.takes_\w+ -> (\w+)\.end", result.stdout))
    assert result.returncode == 1, result.stdout + result.stderr
    assert forbidden <= reported


@pytest.mark.parametrize("library", ["numpy", "numba"])
def test_only_simulations_take_numpy(tmp_path: Path, library: str) -> None:
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text(f"import {library}\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    result = run_contracts(tmp_path)
    assert set(re.findall(rf"(\w+) -> {library}", result.stdout)) == set(PACKAGES) - {"simulations"}


def test_make_runs_the_contracts() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^lint:.*\n((?:\t.+\n)+)", makefile, re.MULTILINE)
    assert recipe is not None
    assert "lint-imports" in recipe.group(1)
    for target in ("check", "test"):
        assert re.search(rf"^{target}:.* lint ", makefile, re.MULTILINE)
