"""What a plan states and its schedule makes no use of is said, never passed over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.simulations.sketch import activity, link, milestone, row, run

if TYPE_CHECKING:
    from simulations.results import Schedule

CABINET: Final[dict[str, Any]] = {
    "id": "c",
    "title": "Cabinet",
    "meetings": {"dates": ["2026-06-16", "2026-07-21"]},
}
GATE: Final[dict[str, Any]] = {"boards": [CABINET], "gates": [{"item": "a", "board": "c"}]}
FIXED: Final[dict[str, Any]] = {"scheduling": "fixed", "planned": {"start": "2026-06-01"}}
STAGE: Final[dict[str, Any]] = {"id": "a", "kind": "action", "title": "Stage"}
PART = activity("a.1", "2d", parent="a")
OPEN: Final[dict[str, Any]] = {"planned": {"start": "2026-06-01", "precision": "from"}}
ALAP: Final[dict[str, Any]] = {"constraints": [{"type": "ALAP"}]}
SPLIT: Final[dict[str, Any]] = {"splits": [{"after": "1d", "gap": "2d"}]}
LEVELLED: Final[dict[str, Any]] = {"levelling_delay": "3d"}
STAGE_NOT_PINNED = (
    "a Stage cannot be pinned before what it waits for, because it has parts: its MSO holds it no "
    "earlier."
)


def bound(kind: str, *, hard: bool = False) -> dict[str, Any]:
    return {"constraints": [{"type": kind, "date": "2026-06-03", "hard": hard}]}


def told(answer: Schedule) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in answer.findings]


@pytest.mark.parametrize(
    ("items", "code", "message"),
    [
        (
            [activity("a", "5d", constraints=[{"type": "SNET"}])],
            "constraint-without-date",
            "a Work has the constraint SNET and no date for it: it holds nothing. Give it one.",
        ),
        (
            [activity("a", "5d", **FIXED, **bound("SNET"))],
            "constraint-ignored",
            "The constraint SNET of a Work does not move it: its dates are fixed.",
        ),
        (
            [{**STAGE, **ALAP}, PART],
            "constraint-ignored",
            "The constraint ALAP of a Stage does not move it: it has parts.",
        ),
        (
            [{**STAGE, **bound("MSO", hard=True)}, PART],
            "pin-not-hard",
            STAGE_NOT_PINNED,
        ),
        (
            [activity("a", "3m", **SPLIT)],
            "split-ignored",
            "The gaps in the work of a Work do not count: its duration is in months.",
        ),
        (
            [milestone("a", planned={"start": "2026-06-01", "finish": "2026-06-09"}, **SPLIT)],
            "split-ignored",
            "The gaps in the work of a Mark do not count: its own dates say how long it takes.",
        ),
        (
            [activity("a", "5d", **LEVELLED)],
            "delay-ignored",
            "The levelling delay of a Work does not count: it waits for nothing.",
        ),
        (
            [activity("a", "5d", **LEVELLED, **bound("MSO", hard=True))],
            "delay-ignored",
            "The levelling delay of a Work does not count: its date is pinned.",
        ),
    ],
)
def test_what_an_item_states_in_vain(items: list[dict[str, Any]], code: str, message: str) -> None:
    assert (code, message) in told(run(items))


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (activity("a", "5d", **FIXED), "its dates are fixed"),
        (milestone("a", **OPEN), "it has no finish"),
        (milestone("a", planned={"precision": "ongoing"}), "it takes no part in the schedule"),
    ],
)
def test_a_gate_that_holds_nothing(item: dict[str, Any], message: str) -> None:
    said = f"The decision of Cabinet does not hold a {item['title']}: {message}."
    assert ("gate-ignored", said) in told(run([item], **GATE))


def test_a_gate_on_what_is_complete_is_not_worth_a_word() -> None:
    done = milestone("a", "2026-06-02", status="complete", actual_finish="2026-06-02")
    assert told(run([done], **GATE)) == []


def test_a_gated_item_finishes_at_a_meeting_whatever_would_pin_it() -> None:
    """Neither a pin on the 3rd nor as late as possible takes it off the meeting of the 16th."""
    planned = {"finish": "2026-06-30", "precision": "month"}
    for stated, code, words in (
        (bound("MFO", hard=True), "pin-not-hard", "its MFO holds it no earlier"),
        (ALAP, "constraint-ignored", "a board's meeting dates it"),
    ):
        items = [milestone("a", planned=planned, **stated), milestone("z", "2026-09-30")]
        answer = run(items, **GATE)
        assert row(answer, "a").finish == date(2026, 6, 16)
        assert words in dict(told(answer))[code]


def test_a_share_of_nothing_is_no_lag() -> None:
    items = [milestone("a", "2026-06-10"), milestone("b")]
    answer = run(items, [link("a", "b", "FS", "50%")])
    assert dict(told(answer)) == {
        "lag-of-nothing": (
            "The lag of the link a → b (FS + 50 %) counts as none: a Mark has no duration that it "
            "could be a share of."
        )
    }


def test_a_level_of_effort_holds_nobody() -> None:
    items = [activity("a", "9d"), activity("l", "1d", type="loe"), activity("b", "1d")]
    links = [link("a", "l", "SS"), link("a", "l", "FF"), link("l", "b")]
    answer = run(items, links)
    assert told(answer) == [
        ("link-from-effort", "The link l → b (FS) holds nothing: l Work is a level of effort.")
    ]
    assert row(answer, "b").start == row(answer, "a").start


def test_what_is_used_is_not_remarked_on() -> None:
    items = [
        activity("a", "5d", **SPLIT, **ALAP),
        activity("b", "5d", **LEVELLED),
        activity("c", "9d", **bound("MSO", hard=True)),
    ]
    answer = run(items, [link("a", "b", "SS"), link("a", "b", "SS", "50%")])
    assert told(answer) == []
