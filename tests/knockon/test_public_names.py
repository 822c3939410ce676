"""The flat public namespace: what it holds, that it is lazy, and what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import knockon
from knockon.cli.main import COMMANDS
from tests.knockon.council import write_council

ROOT = Path(__file__).resolve().parents[2]

DECLARED = [
    "BoardReview",
    "Health",
    "KnockonError",
    "Loaded",
    "Odds",
    "OpenPlan",
    "Owners",
    "Plan",
    "PlanGraph",
    "Problem",
    "Reach",
    "Recovery",
    "Scenario",
    "Schedule",
    "Slip",
    "Span",
    "Trace",
    "WhatIf",
    "ask_odds",
    "describe",
    "draw_map",
    "draw_whatif",
    "export_plan",
    "join_plans",
    "lay_out_risk",
    "load",
    "open_plan",
    "open_store",
    "parse_span",
    "plan_schema",
    "reach",
    "read_plan",
    "read_scenario",
    "recover",
    "report",
    "review_boards",
    "run_checks",
    "schedule",
    "survey",
    "survey_owners",
    "to_frame",
    "trace",
    "compare",
    "Comparison",
    "what_if",
    "write_calendar",
    "write_plan",
    "write_report",
    "write_template",
    "write_text",
]

#: Packages that a command imports only when it needs them.
HEAVY = ("pydantic", "networkx", "numpy", "numba", "pandas", "openpyxl", "rich", "jinja2", "pyvis")


def test_exported_names_are_the_declared_ones() -> None:
    assert sorted(knockon.__all__) == sorted(DECLARED)
    assert set(DECLARED) <= set(dir(knockon))


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse((ROOT / "knockon" / "__init__.py").read_text(encoding="utf-8"))
    (guarded,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = [alias.asname for node in guarded.body if isinstance(node, ast.ImportFrom)
            for alias in node.names]  # fmt: skip
    assert sorted(filter(None, seen)) == sorted(DECLARED)


@pytest.mark.parametrize("name", DECLARED)
def test_every_name_leads_to_its_home(name: str) -> None:
    value = getattr(knockon, name)
    assert value.__name__ == name
    assert getattr(sys.modules[value.__module__], name) is value or name == "load"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'knockon' has no attribute 'nix'"):
        knockon.nix  # noqa: B018


def test_load_takes_files_one_after_another(tmp_path: Path) -> None:
    plan = write_council(tmp_path / "plan.json")
    register = tmp_path / "links.csv"
    register.write_text("from,to\nA.3,A.1\n", encoding="utf-8")
    loaded = knockon.load(plan, register)
    assert loaded.problems == ()
    assert ("A.3", "A.1", "register") in {
        (link.from_, link.to, link.origin) for link in loaded.plan.links
    }


def test_the_example_in_the_docstring(tmp_path: Path) -> None:
    plan = knockon.load(write_council(tmp_path / "plan.json")).plan
    slip = knockon.Slip.model_validate({"item": "A.1", "by": "2m"})
    answer = knockon.what_if(plan, knockon.Scenario(changes=(slip,)))
    assert answer.sentences[0].startswith("If A.1 ")


def _loaded_by(code: str) -> set[str]:
    """Return which heavy packages a fresh Python holds after running some code."""
    check = f"\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code + check], capture_output=True, check=True, text=True, cwd=ROOT
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_knockon_imports_nothing_heavy() -> None:
    assert _loaded_by("import knockon") == set()


def test_the_command_line_starts_without_anything_heavy() -> None:
    assert _loaded_by("from knockon.cli.main import run; run(['--version'])") == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_commands_help_needs_neither_networkx_nor_rich(command: str) -> None:
    held = _loaded_by(f"from knockon.cli.main import run; run(['{command}', '--help'])")
    assert held <= {"pydantic"}


@pytest.mark.parametrize("form", [[], ["--json"], ["--recover"]])
def test_a_whatif_imports_only_the_model(tmp_path: Path, form: list[str]) -> None:
    plan = write_council(tmp_path / "plan.json")
    args = ["whatif", plan, "--slip", "A.1=2m", *form]
    assert _loaded_by(f"from knockon.cli.main import run; run({args!r})") <= {"pydantic", "numpy"}


def test_one_command_does_not_import_the_others() -> None:
    code = (
        "import sys; from knockon.cli.main import run; run(['schema', '--help']);"
        "print(*[name for name in sys.modules if name.startswith('knockon.cli.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT
    )
    modules = set(done.stdout.splitlines()[-1].split())
    assert modules & {f"knockon.cli.{name}" for name in COMMANDS} == {"knockon.cli.schema"}
