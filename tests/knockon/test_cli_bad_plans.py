"""Plans that cannot be scheduled: one sentence, exit code 2, whatever is asked of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from knockon.cli.main import run

START: Final = {"start": "2026-06-01"}
LINKED: Final = [{"from": "a", "to": "b"}]


def work(one: str, duration: str, **rest: Any) -> dict[str, Any]:
    return {"id": one, "kind": "activity", "title": "Work", "duration": duration, **rest}


def mark(one: str, **rest: Any) -> dict[str, Any]:
    planned = {"finish": "2026-06-30"}
    return {"id": one, "kind": "milestone", "title": "Mark", "planned": planned, **rest}


def hours(**calendar: Any) -> dict[str, Any]:
    """An activity on a calendar."""
    monday = {"week": {"mon": [["09:00", "17:00"]]}}
    return {
        "items": [work("a", "5wd")],
        "calendars": [{"id": "c", **monday, **calendar}],
        "calendar": "c",
        **START,
    }


def board(**meetings: Any) -> dict[str, Any]:
    """A gate of a board that meets so."""
    return {
        "items": [mark("a")],
        "boards": [{"id": "b", "title": "Cabinet", "meetings": meetings}],
        "gates": [{"item": "a", "board": "b"}],
    }


def closed(start: str, finish: str) -> dict[str, Any]:
    """A milestone that a blackout names."""
    blackout = {"start": start, "finish": finish, "tags": ["x"]}
    return {"items": [mark("a", tags=["x"])], "blackouts": [blackout]}


STAGE: Final = {"id": "p", "kind": "action", "title": "Stage"}
FAR: Final = {"type": "SNET", "date": "2226-06-01"}
PLANS: Final[dict[str, dict[str, Any]]] = {
    "a calendar without hours": hours(week={}),
    "a calendar whose only day has none": hours(week={"mon": []}),
    "a shift to 25:00": hours(week={"mon": [["09:00", "25:00"]]}),
    "a shift of three times": hours(week={"mon": [["09:00", "12:00", "13:00"]]}),
    "a shift in one text": hours(week={"mon": ["09:00-17:00"]}),
    "a day of no hours": hours(hours_per_day=0),
    "a day of 25 hours": hours(hours_per_day=25),
    "an exception backwards": hours(exceptions=[{"from": "2026-06-05", "to": "2026-06-02"}]),
    "an exception for ever": hours(exceptions=[{"from": "1900-01-01", "to": "2200-12-31"}]),
    "two long durations": {"items": [work("a", "60000d"), work("b", "60000d")], "links": LINKED},
    "a longer one first": {"items": [work("a", "70000d"), work("b", "60000d")], "links": LINKED},
    "a constraint too far": {"items": [work("a", "5d", constraints=[FAR])]},
    "a negative duration": {"items": [work("a", "-5d")]},
    "a share as duration": {"items": [work("a", "50%")]},
    "nothing says when": {"items": [work("a", "5d")], "start": None},
    "a rule that never meets": board(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "a blackout backwards": closed("2026-07-05", "2026-06-01"),
    "a blackout for ever": closed("1900-01-01", "2200-12-31"),
    "a circle through a parent": {
        "items": [STAGE, mark("a", parent="p"), mark("b")],
        "links": [{"from": "p", "to": "b"}, {"from": "b", "to": "a"}],
    },
}

SENTENCES: Final = """
a calendar without hours
a calendar whose only day has none
    Calendar "c" has no working time in an ordinary week: give a weekday hours, such as "mon":
    [["09:00", "17:00"]].
a shift to 25:00
a shift of three times
a shift in one text
    plan.json cannot be used: calendar "c", field "week.mon.0": a shift is two times of day from
    00:00 to 24:00, such as ["09:00", "17:00"].
a day of no hours
    plan.json cannot be used: calendar "c", field "hours_per_day": input should be greater than 0.
a day of 25 hours
    plan.json cannot be used: calendar "c", field "hours_per_day": input should be less than or
    equal to 24.
an exception backwards
    Calendar "c" has an exception from 2026-06-05 to 2026-06-02, which ends before it starts:
    exchange the two dates.
two long durations
    b Work would fall after the year 2200, outside the years knockon works with: check its dates,
    its duration and the lags before it.
an exception for ever
a longer one first
    a Work would fall after the year 2200, outside the years knockon works with: check its dates,
    its duration and the lags before it.
a blackout for ever
    a Mark would fall after the year 2200, outside the years knockon works with: check its dates,
    its duration and the lags before it.
a constraint too far
    plan.json cannot be used: item "a", field "constraints.0.date": 2226-06-01 lies outside the
    years 1900 to 2200: check the year.
a negative duration
    plan.json cannot be used: item "a", field "duration": -5d is a negative length of time.
a share as duration
    The duration of "a" is 50 %, and there is nothing it is a part of.
nothing says when
    Nothing says when the plan starts: give it a "start", such as 2026-04-01.
a rule that never meets
    plan.json cannot be used: The meeting rule of the board "Cabinet"
    (FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30) never meets from 2026-06-01 on: correct it or take it
    away.
a blackout backwards
    plan.json cannot be used: The blackout from 2026-07-05 to 2026-06-01 ends before it starts:
    exchange the two dates.
a circle through a parent
    These 3 items wait for each other in a circle: p → b (FS); b → a (FS); a is part of p. Remove
    or turn round one of these links.
"""


def read_sentences() -> dict[str, str]:
    """Return the sentence of each plan: one follows the names that share it, indented."""
    found: dict[str, str] = {}
    for names, words in re.findall(r"((?:^\S.*\n)+)((?: {4}.*\n)+)", SENTENCES, re.MULTILINE):
        found |= dict.fromkeys(names.splitlines(), " ".join(words.split()))
    return found


def test_every_plan_has_its_sentence() -> None:
    assert read_sentences().keys() == PLANS.keys()


@pytest.mark.parametrize("command", ["schedule plan.json", "whatif plan.json --slip a=1d"])
@pytest.mark.parametrize("name", PLANS)
def test_one_sentence(
    name: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    whole = {"schema": "knockon/plan@1", "id": "p", **START, **PLANS[name]}
    Path("plan.json").write_text(json.dumps(whole), encoding="utf-8")
    assert run(command.split()) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"{read_sentences()[name]}\n"
