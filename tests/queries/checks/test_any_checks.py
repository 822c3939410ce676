"""Whatever a plan file says, the checks answer, and their figures agree with each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, note, settings

from graphmodel.errors import KnockonError
from graphmodel.planfile import dump_plan, parse_plan
from queries.checks.run import run_checks
from tests.laws import examples
from tests.oracle.entities import DOCUMENTS
from tests.oracle.plans import plans

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from tests.oracle.keys import Json


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(document=DOCUMENTS)
def test_checks_of_any_plan_file(document: Json) -> None:
    try:
        plan = parse_plan(json.dumps(document))
    except KnockonError as error:
        note(str(error))
        return
    ids = set(plan.index.items)
    for one in run_checks(plan).results:
        assert one.applies == (one.why_not is None)
        if one.applies:
            assert one.denominator
            assert one.numerator is not None
            assert one.share == one.numerator / one.denominator
            if one.threshold is not None:
                assert one.passed == one.threshold.allows(one.share)
            if one.check.family == "paper":
                assert 0 <= one.numerator <= one.denominator
                assert bool(one.findings) == bool(one.numerator)
        for finding in one.findings:
            assert ids.issuperset(finding.items)
            assert finding.message.endswith(".")
            assert "\n" not in finding.message


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans())
def test_a_plan_file_is_told_the_same_as_its_plan(plan: Plan) -> None:
    again = run_checks(parse_plan(dump_plan(plan)))
    assert again.results == run_checks(plan).results
