"""docs/recovery.md: its worked example is what the program answers, its lists are whole."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

from graphmodel.planfile import parse_plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from simulations.recovery.results import Cure, CureKind, CureSet, LateItem, RuleRecovery
from simulations.recovery.run import recover
from simulations.recovery.wording import tell_cure, tell_late

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "recovery.md").read_text(encoding="utf-8")


def test_the_worked_example_is_what_the_program_says() -> None:
    plan_text = re.search(r"<!-- plan: fork -->\n```json\n(.*?)```", PAGE, re.DOTALL)
    told = re.search(r"<!-- recover: fork A=4d -->\n```text\n(.*?)```", PAGE, re.DOTALL)
    assert plan_text is not None
    assert told is not None
    plan = parse_plan(plan_text[1])
    asked = Scenario(changes=(Slip(item="A", by=parse_span("4d")),))
    found = recover(plan, asked).spare
    assert found.smallest_set is not None
    said = [*found.sentences, *map(tell_cure, found.smallest_set.cures)]
    for item in found.late:
        said += [tell_late(plan, item), *map(tell_cure, item.cures)]
    assert told[1].splitlines() == said


def test_every_key_of_the_json_is_listed() -> None:
    section = PAGE[PAGE.index("## JSON") : PAGE.index("## Speed")]
    keys = {
        one.name for record in (Cure, CureSet, LateItem, RuleRecovery) for one in fields(record)
    }
    named = set(re.findall(r"`(\w+)`", section))
    assert keys | set(get_args(CureKind)) <= named
