"""docs/reference-class.md: its figures are those of the file, its example is read."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

from simulations.fitclass import choose_reference, fit
from simulations.reffiles import built_in_reference, parse_reference
from simulations.unsaid import tell_reference
from tests.simulations.sketch import milestone, sketch

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference-class.md").read_text(encoding="utf-8")


def load_tool() -> ModuleType:
    path = ROOT / "tools" / "reference_page.py"
    spec = importlib.util.spec_from_file_location("reference_page_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_figures_are_those_of_the_file() -> None:
    assert load_tool().update(PAGE) == PAGE, "run: python tools/reference_page.py"


def test_the_example_of_ones_own_file_is_read() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    file = parse_reference(example, name="example", behind=built_in_reference())
    assert file.dates == "our-plans"
    assert fit(file, "our-plans").rates[0].moves.count == 6


def test_the_first_line_is_quoted_as_it_is_told() -> None:
    plan = sketch([milestone("A", "2026-09-30")], [])
    quoted = " ".join(line.removeprefix("> ") for line in PAGE.splitlines() if line[:1] == ">")
    assert quoted == tell_reference(plan, choose_reference(plan))


def test_the_last_year_is_told_as_it_was_counted() -> None:
    facts = built_in_reference().find("government-programmes").facts
    near = facts["per cent later with up to half a year to go"]
    far = facts["per cent later with half a year to a year to go"]
    told = f"half a year to go {near:.0f} % moved, of those with half a year to a year {far:.0f} %."
    assert told in " ".join(PAGE.split())
