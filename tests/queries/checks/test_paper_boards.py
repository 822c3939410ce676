"""Paper quality, boards: decisions without a meeting, consultations at a bad time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.checks.faulty_plans import action, found, make, milestone, result


def decided(*meetings: str, **gate: Any) -> dict[str, Any]:
    return {
        "boards": [{"id": "b", "title": "Harbour Board", "meetings": {"dates": meetings}}],
        "gates": [{"item": "m", "board": "b", **gate}],
    }


@pytest.mark.parametrize("meetings", [(), ("2026-04-30",), ("2026-06-01",)])
def test_a_gate_without_a_meeting(meetings: tuple[str, ...]) -> None:
    plan = make(action(), milestone("m", "2026-05-31"), **decided(*meetings))
    assert found(plan, "gate-without-meeting") == [("m",)]
    assert result(plan, "gate-without-meeting").denominator == 1


def test_a_gate_with_a_meeting() -> None:
    plan = make(action(), milestone("m", "2026-05-31"), **decided("2026-05-31"))
    assert found(plan, "gate-without-meeting") == []


@pytest.mark.parametrize(
    ("item", "gate"),
    [({}, {"state": "proposed"}), ({"status": "complete"}, {}), ({"status": "cancelled"}, {})],
)
def test_only_accepted_gates_of_open_items_need_one(
    item: dict[str, Any], gate: dict[str, Any]
) -> None:
    plan = make(action(), milestone("m", "2026-05-31", **item), **decided(**gate))
    assert result(plan, "gate-without-meeting").why_not == "no open item has an accepted gate"


CLOSED = {"start": "2027-03-22", "finish": "2027-05-06"}
ELECTION = {"blackouts": [{**CLOSED, "reason": "the pre-election period"}]}


def consult(start: str | None, finish: str | None, **keys: Any) -> dict[str, Any]:
    planned = {"start": start, "finish": finish}
    return milestone("m", title="Consult staff", planned=planned, **keys)


@pytest.mark.parametrize(
    ("start", "finish", "is_inside"),
    [
        ("2027-02-01", "2027-03-21", False),
        ("2027-02-01", "2027-03-22", True),
        ("2027-05-06", "2027-06-30", True),
        ("2027-05-07", "2027-06-30", False),
        ("2027-02-01", "2027-06-30", True),
        (None, "2027-04-30", True),
        (None, "2027-05-31", False),
    ],
)
def test_a_consultation_in_a_pre_election_period(
    start: str | None, finish: str, *, is_inside: bool
) -> None:
    plan = make(action(), consult(start, finish), **ELECTION)
    assert found(plan, "consultation-in-blackout") == ([("m",)] if is_inside else [])


def test_what_a_reader_is_told_of_it() -> None:
    (finding,) = result(
        make(action(), consult(None, "2027-04-30"), **ELECTION), "consultation-in-blackout"
    ).findings
    assert finding.message == (
        "m Consult staff is planned inside the pre-election period (2027-03-22 to 2027-05-06)."
    )


def test_two_periods_make_two_findings_of_one_consultation() -> None:
    again = {**CLOSED, "tags": ["consultation"]}
    plan = make(action(), consult(None, "2027-04-30"), blackouts=[*ELECTION["blackouts"], again])
    seen = result(plan, "consultation-in-blackout")
    assert (len(seen.findings), seen.numerator, seen.denominator) == (2, 1, 1)


@pytest.mark.parametrize(
    ("keys", "is_one"),
    [
        ({"title": "Public consultations end"}, True),
        ({"title": "Ask everybody", "tags": ["consultation"]}, True),
        ({"title": "Hire consultants"}, False),
        ({"title": "Consult staff", "status": "complete"}, False),
        ({"title": "Consult staff", "planned": {"start": "2027-04-01"}}, False),
    ],
)
def test_what_is_a_consultation(keys: dict[str, Any], *, is_one: bool) -> None:
    plan = make(
        action(), milestone("m", **{"planned": {"finish": "2027-04-30"}, **keys}), **ELECTION
    )
    assert result(plan, "consultation-in-blackout").applies is is_one


@pytest.mark.parametrize("reason", [None, "Summer recess"])
def test_other_blackouts_do_not_stop_a_consultation(reason: str | None) -> None:
    plan = make(action(), consult(None, "2027-04-30"), blackouts=[{**CLOSED, "reason": reason}])
    assert result(plan, "consultation-in-blackout").why_not == (
        "the plan holds no pre-election period"
    )
