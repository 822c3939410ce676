"""docs/rag.md: its example is a rule, its tables are the built-in rules."""

from __future__ import annotations

import json
import re
from pathlib import Path

from graphmodel.plan import Options
from graphmodel.ragrules import RagBand, RagRule
from queries.ragsets import BUILT_IN

PAGE = (Path(__file__).parents[2] / "docs" / "rag.md").read_text(encoding="utf-8")
_ROW = re.compile(
    r"^\| (?:`(?P<rule>[\w-]+)`)? ?\| (?P<line>[\w ]+) \| (?P<rating>[\w ]+) \|$", re.MULTILINE
)


def test_the_example_is_read_as_rules() -> None:
    found = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert found
    options = Options.model_validate(json.loads(found[1])["options"])
    assert [isinstance(one, RagRule) for one in options.rag_rules] == [True, True]


def test_the_tables_are_the_built_in_rules() -> None:
    told: dict[str, list[tuple[str, str]]] = {}
    rule = ""
    for row in _ROW.finditer(PAGE):
        if row["line"] == "line":
            continue
        rule = row["rule"] or rule
        told.setdefault(rule, []).append((row["line"], row["rating"]))
    built_in = {
        name: [(say(band), band.rating) for band in one.bands] for name, one in BUILT_IN.items()
    }
    assert told == built_in


def say(band: RagBand) -> str:
    """Return a band of a built-in rule as the page words it."""
    if band.status:
        return band.status[0].replace("_", " ")
    if band.late_more_than is not None:
        lengths = {"1m": "a month", "6m": "six months"}
        return f"more than {lengths[str(band.late_more_than)]} late"
    return "late" if band.late else "not late"
