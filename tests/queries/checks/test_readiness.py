"""Evidence of readiness: figures, topic by topic, and never a verdict."""

from __future__ import annotations

import re

from queries.checks.readiness import NO_VERDICT
from queries.checks.run import run_checks
from tests.knockon.council import council
from tests.queries.checks.faulty_plans import action, make, milestone

VERDICT = re.compile(
    r"\b(red|amber|green|rag|on track|off track|good|bad|poor|healthy|ready|not ready|likely"
    r"|unlikely|feasible|successful|high|medium|low|rating)\b",
    re.IGNORECASE,
)


def test_evidence_of_a_council_plan() -> None:
    told = {one.topic: one.sentence for one in run_checks(council()).readiness}
    # A.1, A.2 and A.4 are open; A owns them through its director.
    assert told["Owners"] == "Open items with an owner: 3 of 3."
    assert told["Dates"] == "Open items with a date, or a duration for one: 3 of 3."
    assert told["Progress"] == (
        "No status date: what is late already is not known; items complete: 1 of 6; "
        "with a history of earlier reports: 0."
    )
    assert told["Links"] == (
        "Accepted: 1; proposed and not decided on: 1; "
        "items without parts on no accepted link: 2 of 4."
    )
    assert told["Decisions"] == (
        "Items known to need a board's approval: 0; proposed: 1; "
        "boards whose meetings are known: 0 of 2."
    )
    assert told["Metrics"] == "With a number as baseline: 1 of 1; with a number as target: 1 of 1."
    assert told["Checks"].startswith("Paper quality: ")


def test_faults_stand_in_the_evidence() -> None:
    late = milestone("m", "2026-10-31")
    plan = make(action(due="2026-09-30"), late, milestone("n"), status_date="2026-06-30")
    told = {one.topic: one.sentence for one in run_checks(plan).readiness}
    assert told["Owners"] == "Open items with an owner: 0 of 2."
    assert told["Dates"] == (
        "Open items with a date, or a duration for one: 1 of 2; "
        "dated after what they are part of is due: 1."
    )
    assert told["Progress"].startswith("Status date: 2026-06-30; ")


def test_what_was_not_looked_at_is_not_told() -> None:
    assert [one.topic for one in run_checks(council(), codes=[]).readiness] == [
        "Progress",
        "Links",
        "Decisions",
    ]
    assert run_checks(make()).readiness == ()


def test_no_verdict_is_given() -> None:
    for plan in (council(), make(action(), milestone("m"), status_date="2026-06-30")):
        for one in run_checks(plan).readiness:
            assert not VERDICT.search(one.sentence), one
    assert "The judgement itself is for people" in NO_VERDICT
