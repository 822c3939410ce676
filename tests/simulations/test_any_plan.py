"""Whatever a plan file says, its schedule is an answer or one sentence, never a surprise."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from hypothesis import HealthCheck, example, given, note, settings

from graphmodel.errors import KnockonError
from graphmodel.moments import FIRST_YEAR, LAST_YEAR
from graphmodel.planfile import parse_plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from simulations.schedule import schedule
from simulations.whatif import what_if
from tests.laws import examples
from tests.oracle.entities import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.plan import Plan
    from tests.oracle.keys import Json

any_plan = settings(
    max_examples=examples(120),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

#: Two durations of 150 years after each other.
ENDLESS = {
    "schema": "knockon/plan@1",
    "id": "p",
    "start": "2000-01-01",
    "items": [
        {"id": one, "kind": "activity", "title": "", "duration": "54000d"} for one in ("a", "b")
    ],
    "links": [{"from": "a", "to": "b"}],
}


T = TypeVar("T")


def attempt(ask: Callable[[], T]) -> T | str:
    """Return an answer, or the sentence that says why there is none."""
    try:
        return ask()
    except KnockonError as error:
        return str(error)


@any_plan
@given(document=DOCUMENTS)
@example(document=ENDLESS)
def test_a_schedule_is_an_answer_or_a_sentence(document: Json) -> None:
    plan = read(document)
    answer = attempt(lambda: schedule(plan, paths=3))
    if isinstance(answer, str):
        assert answer.endswith(".")
        return
    for one in answer.items:
        for moment in (one.start, one.finish, one.late_start, one.late_finish):
            assert moment is None or FIRST_YEAR <= moment.year <= LAST_YEAR
    for finding in answer.findings:
        assert finding.message.endswith("."), finding.message
        assert set(finding.items) <= set(plan.index.items)


@any_plan
@given(document=DOCUMENTS)
@example(document=ENDLESS)
def test_a_what_if_is_an_answer_or_a_sentence(document: Json) -> None:
    plan = read(document)
    for item in plan.items:
        scenario = Scenario(changes=(Slip(item=item.id, by=parse_span("90d")),))
        answer = attempt(partial(what_if, plan, scenario))
        assert answer.endswith(".") if isinstance(answer, str) else answer.sentences


def read(document: Json) -> Plan:
    text = json.dumps(document)
    note(text)
    return parse_plan(text)
