"""Write the tables of docs/plan-file.md from the models themselves: ``python tools/tables.py``.

A test fails when the page and the models differ (`tests/docs/test_plan_file.py`).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graphmodel.plan import Plan  # noqa: E402 - the line above finds it

PAGE = ROOT / "docs" / "plan-file.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"

#: The entities in the order the page tells them; the plan first.
ORDER = (
    "Plan",
    "Options",
    "RagRule",
    "RagBand",
    "RiskOptions",
    "Correlation",
    "Project",
    "SourceFile",
    "Source",
    "Calendar",
    "CalendarException",
    "Item",
    "Planned",
    "Deadline",
    "Baseline",
    "Split",
    "Constraint",
    "Uncertainty",
    "HistoryEntry",
    "Approval",
    "Link",
    "Evidence",
    "Decision",
    "Officer",
    "Assignment",
    "Board",
    "Meetings",
    "Gate",
    "Blackout",
    "Metric",
    "MetricValue",
    "Relation",
    "Correction",
    "Stated",
    "Risk",
    "Impact",
)


def write_tables() -> str:
    """Return one table for each entity of the plan file: key, what it holds, default."""
    definitions = Plan.model_json_schema(by_alias=True)
    schemas = {"Plan": definitions, **definitions["$defs"]}
    return "\n".join(_table(name, schemas[name]) for name in ORDER)


def update(page: str) -> str:
    """Return the page with its tables made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{write_tables()}\n{END}{after}"


def _table(name: str, schema: dict[str, Any]) -> str:
    required = set(schema.get("required", ())) | ({"schema"} if name == "Plan" else set())
    summary = re.split(r"(?<=\.)\s", schema.get("description", "").replace("\n", " "))[0]
    rows = [
        f"| `{key}` | {_holds(part)} | {'**needed**' if key in required else _default(part)} |"
        for key, part in schema["properties"].items()
    ]
    head = f"### {name}\n\n{summary}\n\n| key | holds | default |\n| --- | --- | --- |\n"
    return head + "\n".join(rows) + "\n"


def _holds(part: dict[str, Any]) -> str:
    if "anyOf" in part:
        kinds = [_holds(one) for one in part["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "enum" in part or "const" in part:
        return ", ".join(f"`{value}`" for value in part.get("enum", [part.get("const")]))
    if part.get("type") == "array":
        return f"list of {_holds(part.get('items', {}))}"
    if "discriminator" in part:
        return "a change, as in a scenario"
    return _simple(part)


def _simple(part: dict[str, Any]) -> str:
    pattern = part.get("pattern", "")
    if "eh" in pattern:
        return "span"
    if r"\d{4}" in pattern:
        return "date"
    if part.get("maxLength") == 200:  # noqa: PLR2004 - the length of an id
        return "id"
    names = {"string": "text", "number": "number", "integer": "whole number", "object": "object"}
    name = names.get(part.get("type", ""), "true or false" if part.get("type") else "anything")
    low, high = part.get("minimum"), part.get("maximum")
    return f"{name} from {low:g} to {high:g}" if None not in {low, high} else name


def _default(part: dict[str, Any]) -> str:
    default = part.get("default")
    if default is None or default in ([], {}) or isinstance(default, dict):
        return "" if default is None else "empty"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


if __name__ == "__main__":
    PAGE.write_text(update(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
