"""docs/owners.md: every key of the JSON is told, and every option."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from knockon.cli.owners import command
from queries.owners import NEAR_DAYS, GroupHeld, Owner, Owners
from queries.owners_alone import Alone
from queries.owners_away import Absence
from queries.owners_floats import FloatHeld
from queries.owners_handovers import HandOver
from queries.owners_holding import Load, MonthLoad
from queries.owners_reassign import BeforeAfter, Reassignment
from simulations.boards import Hearing
from simulations.witness import Hit, Reached, Stress

PAGE = (Path(__file__).parents[2] / "docs" / "owners.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE))
RECORDS = (
    *(Owners, GroupHeld, Owner, Load, MonthLoad, FloatHeld, Stress, Reached, Hit, Hearing),
    *(HandOver, Alone, Absence, Reassignment, BeforeAfter),
)


def test_every_record_has_its_row() -> None:
    assert set(ROWS) == {record.__name__ for record in RECORDS}


@pytest.mark.parametrize("record", RECORDS)
def test_every_key_is_told(record: type) -> None:
    told = re.sub(r"\([^)]*\)|;.*", "", ROWS[record.__name__])
    keys = [field.name.rstrip("_") for field in fields(record)]
    assert re.findall(r"`(\w+)`", told) == keys


def test_the_options_and_the_threshold_are_told() -> None:
    shared = {"--with", "--as-of", "--links", "--min-confidence", "--top"}
    own = {name for option in command.params for name in option.opts if name.startswith("--")}
    assert {name for name in own - shared if name not in PAGE} == set()
    assert f"({NEAR_DAYS}, about" in PAGE
