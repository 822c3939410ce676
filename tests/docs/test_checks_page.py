"""docs/checks.md: its rules are those of the registry."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from queries.checks.registry import CHECKS

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("checks_tool", ROOT / "tools" / "checks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_rules_are_those_of_the_registry() -> None:
    assert load_tool().update(PAGE) == PAGE, "run: python tools/checks.py"


def test_every_rule_is_told_once() -> None:
    for check in CHECKS:
        assert PAGE.count(f"\n`{check.code}`, ") == 1
