"""docs/scenarios.md: every change with its keys and flags, and an example that is a scenario."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import click

from graphmodel.planfile import parse_plan, parse_scenario
from graphmodel.scenario import Change
from knockon.cli.changes import change_options
from simulations.whatif import what_if

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "scenarios.md").read_text(encoding="utf-8")
KINDS = {kind.model_fields["op"].default: kind for kind in get_args(get_args(Change)[0])}
HEAD, *LINES = re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE)
ROWS = dict(LINES)


def test_every_change_is_told_with_its_keys() -> None:
    assert HEAD[0] == "op"
    assert set(ROWS) == set(KINDS)
    for op, kind in KINDS.items():
        keys = {field.alias or name for name, field in kind.model_fields.items()} - {"op"}
        told = set(re.findall(r"`([a-z]+)`", ROWS[op].partition(" | ")[0]))
        assert told == keys, op


def test_every_flag_for_a_change_is_told() -> None:
    command = click.command()(change_options(lambda **_: None))
    flags = {name for option in command.params for name in option.opts} - {"--scenario"}
    told = set(re.findall(r"`(--[a-z-]+)", "\n".join(ROWS.values())))
    assert told == flags


def test_the_example_is_a_scenario_for_the_plan_of_the_other_page() -> None:
    scenario = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    plan = re.search(r"```json\n(.*?)```", (DOCS / "plan-file.md").read_text("utf-8"), re.DOTALL)
    assert scenario
    assert plan
    answer = what_if(parse_plan(plan[1]), parse_scenario(scenario[1]))
    assert answer.items
