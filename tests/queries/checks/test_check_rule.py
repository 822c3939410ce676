"""What a check is: malformed ones cannot be made, codes are unique, figures are judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import KnockonError, UnknownCheckError
from queries.checks.context import Context
from queries.checks.registry import CHECKS, choose_checks, gather_checks
from queries.checks.rule import (
    FAMILIES,
    NONE_ALLOWED,
    Check,
    Fault,
    Limit,
    NotApplicable,
    Tally,
    tell_limit,
    tell_verdict,
)
from queries.checks.run import run_check, run_checks
from tests.queries.checks.faulty_plans import action, make, milestone

if TYPE_CHECKING:
    from queries.checks.rule import Answer

EMPTY = make()


def check(**changes: Any) -> Check:
    """Return a sound check, some of its fields replaced."""
    return Check(
        **{
            "code": "some-rule",
            "family": "paper",
            "name": "Something is wrong",
            "severity": "warning",
            "definition": "What is wrong.",
            "denominator": "things",
            "advice": "Put it right.",
            "find": lambda _: Tally(4),
            **changes,
        }
    )


def answering(answer: Answer, **changes: Any) -> Check:
    return check(find=lambda _: answer, **changes)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"code": ""}, "kebab-case"),
        ({"code": "Some-rule"}, "kebab-case"),
        ({"code": "some_rule"}, "kebab-case"),
        ({"code": "some--rule"}, "kebab-case"),
        ({"code": "paper"}, "the name of a family"),
        ({"family": "style"}, 'no family "style"'),
        ({"severity": "fatal"}, 'no severity "fatal"'),
        ({"name": ""}, "its name is empty"),
        ({"name": " Something"}, "its name"),
        ({"denominator": "all  things"}, "its denominator"),
        ({"definition": "What is wrong"}, "its definition is not a sentence"),
        ({"advice": "Put it right"}, "its advice is not a sentence"),
        ({"limit": Limit(float("nan"))}, "its limit is not a number"),
    ],
)
def test_a_malformed_check_cannot_be_made(changes: dict[str, Any], fault: str) -> None:
    assert check().code == "some-rule"
    with pytest.raises(ValueError, match=re.escape(fault)):
        check(**changes)


def test_two_checks_of_one_code_are_refused() -> None:
    assert len(gather_checks([check()], [check(code="other-rule")])) == 2
    with pytest.raises(ValueError, match='Two checks have the code "some-rule"'):
        gather_checks([check()], [check(family="realism")])


def test_families_stand_together() -> None:
    first, second = check(family="realism"), check(code="other-rule")
    assert [one.code for one in gather_checks([first, second])] == ["other-rule", "some-rule"]
    order = [one.family for one in CHECKS]
    assert order == sorted(order, key=list(FAMILIES).index)


def test_checks_are_chosen_by_code_and_family() -> None:
    known = (check(), check(code="b", family="schedule"), check(code="c", family="realism"))

    def codes(*args: Any) -> list[str]:
        return [one.code for one in choose_checks(*args, checks=known)]

    assert codes() == ["some-rule", "b", "c"]
    assert codes(["paper", "c"]) == ["some-rule", "c"]
    assert codes([], ["paper", "c"]) == ["b"]
    assert codes(["paper"], ["some-rule"]) == []


def test_an_unknown_check_is_named_with_close_ones() -> None:
    with pytest.raises(UnknownCheckError) as caught:
        choose_checks(["owner-mising"])
    assert isinstance(caught.value, KnockonError)
    assert caught.value.close[0] == "owner-missing"
    assert str(caught.value).startswith(
        'There is no check and no family of checks "owner-mising". Did you mean owner-missing'
    )
    with pytest.raises(UnknownCheckError, match=r'"zzz"\. knockon check --list'):
        choose_checks([], ["zzz"])


@pytest.mark.parametrize(
    ("limit", "share", "words"),
    [
        (Limit(0.05), {0.0: True, 0.05: True, 0.051: False}, "at most 5 %"),
        (Limit(0.95, "at_least"), {0.94: False, 0.95: True, 1.2: True}, "at least 95 %"),
        (NONE_ALLOWED, {0.0: True, 0.001: False}, "none"),
    ],
)
def test_limits(limit: Limit, share: dict[float, bool], words: str) -> None:
    assert {one: limit.allows(one) for one in share} == share
    assert tell_limit(limit) == words


def test_a_check_that_counts() -> None:
    faults = (Fault("One.", ("a",)), Fault("Two.", ("b",), severity="error"))
    seen = run_check(answering(Tally(8, faults)), Context(EMPTY))
    assert (seen.applies, seen.numerator, seen.denominator, seen.share) == (True, 2, 8, 0.25)
    assert (seen.passed, tell_verdict(seen)) == (False, "not passed")
    assert [(one.severity, one.message, one.items) for one in seen.findings] == [
        ("warning", "One.", ("a",)),
        ("error", "Two.", ("b",)),
    ]
    assert {one.what_to_do for one in seen.findings} == {"Put it right."}


def test_findings_of_a_passed_check_are_remarks() -> None:
    rule = answering(Tally(20, (Fault("One.", severity="error"),)), limit=Limit(0.05))
    seen = run_check(rule, Context(EMPTY))
    assert (seen.passed, tell_verdict(seen)) == (True, "passed")
    assert [one.severity for one in seen.findings] == ["info"]


def test_a_check_without_limit_is_told() -> None:
    seen = run_check(answering(Tally(2, (Fault("One."),)), limit=None), Context(EMPTY))
    assert (seen.passed, tell_verdict(seen), tell_limit(None)) == (None, "told", "any")
    assert [one.severity for one in seen.findings] == ["warning"]


def test_the_numerator_may_be_told() -> None:
    seen = run_check(
        answering(Tally(10, (Fault("One."),), numerator=9), limit=Limit(0.9, "at_least")),
        Context(EMPTY),
    )
    assert (seen.numerator, seen.share, seen.passed) == (9, 0.9, True)


@pytest.mark.parametrize(
    ("answer", "why"),
    [(NotApplicable("it is Sunday"), "it is Sunday"), (Tally(0), "there are no things")],
)
def test_a_check_that_does_not_apply(answer: Answer, why: str) -> None:
    seen = run_check(answering(answer), Context(EMPTY))
    assert (seen.applies, seen.why_not, tell_verdict(seen)) == (False, why, "not applicable")
    assert (seen.numerator, seen.denominator, seen.share, seen.passed) == (None,) * 4
    assert seen.findings == ()


def test_a_circle_leaves_the_other_checks_alone() -> None:
    links = [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}]
    dates: dict[str, Any] = {"planned": {"start": "2026-05-01", "finish": "2026-06-01"}}
    plan = make(action(), milestone("a", **dates), milestone("b", **dates), links=links)
    health = run_checks(plan)
    why = {one.check.code: one.why_not for one in health.results}
    assert why["finish-before-start"] == "links run in a circle, so that no dates can be worked out"
    assert why["owner-missing"] is None


def test_dates_beyond_all_years_leave_the_other_checks_alone() -> None:
    late: dict[str, Any] = {
        "planned": {"start": "2027-05-01", "finish": "2027-06-01"},
        "parent": None,
    }
    plan = make(
        milestone("z", **late),
        milestone("a", duration="54000d", parent=None),
        milestone("b", duration="54000d", parent=None),
        links=[{"from": "a", "to": "b"}],
        start="2000-01-01",
    )
    why = {one.check.code: one.why_not for one in run_checks(plan).results}
    assert (why["finish-before-start"] or "").startswith("no dates can be worked out: ")
    assert why["owner-missing"] is None


def test_some_checks_or_none() -> None:
    plan = make(action())
    assert [one.check.code for one in run_checks(plan, codes=["ongoing"]).results] == ["ongoing"]
    both = run_checks(plan, codes=["ongoing"], families=["realism"])
    assert {one.check.family for one in both.results} <= {"paper", "realism"}
    assert run_checks(plan, codes=[]).results == ()
    assert len(run_checks(plan).results) == len(CHECKS)


def test_the_gravest_findings_come_first() -> None:
    plan = make(action(), {"id": "A~2", "kind": "action", "title": "Again"}, action("B", title="-"))
    severities = [one.severity for one in run_checks(plan).findings]
    assert severities[:2] == ["error", "error"]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
