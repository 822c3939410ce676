"""The checks on the CSIP delivery plan: ids and figures as read in the paper by eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders.papers import read_paper
from queries.checks.run import Health, run_checks

if TYPE_CHECKING:
    from pathlib import Path

#: What each check counts, out of how many, in the order of its findings: the first id of each.
EXPECTED = {
    "due-before-milestone": (
        "SI1.2.1.6", "SI7.1.1.2", "SI7.1.1.3", "IP1.1.2.1", "IP1.1.2.2", "IP1.2.1.3", "IP1.2.1.4",
        "IP1.2.2.5", "IP6.1.1.6", "IP6.1.3.2", "IP6.1.3.4", "IP6.1.3.6",
    ),
    "date-before-start": (
        "SI1.3.1.1", "SI1.3.1.2", "SI1.3.1.3", "IP3.1.1.1", "IP7.1.1.1", "IP7.1.1.2", "IP8.1.1.1",
    ),
    "finish-before-start": (),
    "date-missing": (),
    "ongoing": (
        "SI2.1.2.3", "SI2.1.3.3", "SI2.2.1.2", "SI6.1.4", "IP5.4.1", "IP5.4.2", "IP7.1.1.6",
        "IP7.1.1.9",
    ),
    # Vesting day is 1 April 2028, as the due date of SI6.1.3 says.
    "after-vesting-day": ("SI1.2.1.6", "IP5.3.1", "IP5.3.2", "IP6.1.1.6"),
    "owner-missing": (),
    "owners-several": (
        "SI2.1.1", "SI2.3.1", "SI6.1.1", "SI6.1.2", "SI6.1.3", "SI6.1.4", "IP1.2.1", "IP1.2.2",
    ),
    "owner-is-group": ("IP5.4.2",),
    "action-without-milestones": (
        "SI6.1.1", "SI6.1.2", "SI6.1.3", "SI6.1.4", "IP5.3.1", "IP5.3.2", "IP5.4.1", "IP5.4.2",
    ),
    "objective-without-actions": (),
    "duplicate-id": (),
    "title-missing": (),
    "figures-differ": ("SI1.2.1.1",),
    "metric-without-baseline": ("SI1.2", "SI1.2", "SI3.1", "SI3.1", "SI3.1", "SI4.1"),
    "metric-without-target": ("SI2.1", "SI2.1", "SI4.1"),
    "target-already-met": ("SI3.1", "SI4.1"),
    "target-wrong-way": (),
    "link-to-cancelled": (),
}  # fmt: skip


@pytest.fixture(scope="module")
def health(csip_paper: Path) -> Health:
    return run_checks(read_paper(csip_paper).plan)


@pytest.mark.parametrize("code", EXPECTED)
def test_what_is_found(health: Health, code: str) -> None:
    (seen,) = (one for one in health.results if one.check.code == code)
    assert tuple(finding.items[0] for finding in seen.findings) == EXPECTED[code]


def test_figures_that_contradict_each_other(health: Health) -> None:
    (finding,) = (one for one in health.findings if one.code == "figures-differ")
    assert finding.items == ("SI1.2.1.1", "SI1.2.1.2")
    assert '"18-month digital demonstrator"' in finding.message
    assert '"24-month digital demonstrator"' in finding.message
    assert finding.source is not None
    assert finding.source.line == 63


def test_offices_written_two_ways(health: Health) -> None:
    found = [one for one in health.findings if one.code == "office-two-ways"]
    alike = [one.message.split('"')[1::2] for one in found if one.severity == "warning"]
    assert alike == [
        ["Director of Family Help", "Director of Family Help Services"],
        [
            "Director of Corporate Landlord and Economic Development",
            "Director of Economic Development",
        ],
        ["Director of Economic Development", "Director of Economic Development & Property"],
    ]
    assert len([one for one in found if one.severity == "info"]) == 3


def test_months_with_more_than_they_can_hold(health: Health) -> None:
    # Counted in the paper: 37 milestones end in September 2026; 36, and SI6.1.2, in March 2027.
    found = [one for one in health.findings if one.code == "month-overloaded"]
    assert [len(one.items) for one in found] == [37, 37]
    assert [one.message.split(" fall in ")[1][:8] for one in found] == ["Sep 2026", "Mar 2027"]


def test_what_does_not_apply(health: Health) -> None:
    paper = [one for one in health.results if one.check.family == "paper" and not one.applies]
    assert {"gate-without-meeting", "consultation-in-blackout"} <= {one.check.code for one in paper}


def test_every_finding_says_where(health: Health) -> None:
    whole = {"month-overloaded", "links-not-reviewed"}
    paper = {one.check.code for one in health.results if one.check.family == "paper"}
    for one in health.findings:
        if one.code in paper - whole:
            assert one.source is not None, one
