"""docs/plan-file.md: its tables are those of the models, its example is a plan."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

from graphmodel.planfile import parse_plan
from simulations.schedule import schedule

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plan-file.md").read_text(encoding="utf-8")


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tables", ROOT / "tools" / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_are_those_of_the_models() -> None:
    assert load_tool().update(PAGE) == PAGE, "run: python tools/tables.py"


def test_tables_tell_every_entity() -> None:
    tool = load_tool()
    defined = set(tool.Plan.model_json_schema(by_alias=True)["$defs"])
    changes = {name for name in defined if "op" in _properties(tool, name)}
    assert defined - changes == set(tool.ORDER) - {"Plan"}


def _properties(tool: ModuleType, name: str) -> dict[str, object]:
    properties: dict[str, object] = tool.Plan.model_json_schema(by_alias=True)["$defs"][name][
        "properties"
    ]
    return properties


def test_example_is_a_plan() -> None:
    found = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert found
    answer = schedule(parse_plan(found[1]))
    assert [str(item.finish) for item in answer.items] == ["2027-04-30", "2027-01-31", "2027-04-30"]
