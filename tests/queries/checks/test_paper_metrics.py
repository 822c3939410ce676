"""Paper quality, metrics: from where to where, and which way."""

from __future__ import annotations

from typing import Any

import pytest

from graphmodel.measures import Metric
from queries.checks.paper_metrics import wanted_direction
from tests.queries.checks.faulty_plans import action, make, result


def metric(baseline: object, target: object, **keys: Any) -> dict[str, Any]:
    """Return a metric; a number is a value, a text has none, None is no entry at all."""

    def value(one: object) -> dict[str, Any] | None:
        if one is None:
            return None
        return {"text": one} if isinstance(one, str) else {"value": one}

    return {
        "id": "A/M1", "item": "A", "title": "Ferries",
        "baseline": value(baseline), "target": value(target), **keys,
    }  # fmt: skip


def said(code: str, *args: object, **keys: Any) -> list[str]:
    answer = result(make(action(), metrics=[metric(*args, **keys)]), code)
    assert all(finding.items == ("A",) for finding in answer.findings)
    return [finding.message for finding in answer.findings]


@pytest.mark.parametrize(
    ("baseline", "ending"),
    [("TBC", ': "TBC".'), ("N/A", ': "N/A".'), ("", "."), (None, ".")],
)
def test_no_baseline(baseline: str | None, ending: str) -> None:
    assert said("metric-without-baseline", baseline, 5) == [
        f'A/M1 "Ferries" has no baseline{ending}'
    ]
    assert said("metric-without-baseline", 0, 5) == []


@pytest.mark.parametrize(("target", "ending"), [("Monitor", ': "Monitor".'), (None, ".")])
def test_no_target(target: str | None, ending: str) -> None:
    assert said("metric-without-target", 5, target) == [f'A/M1 "Ferries" has no target{ending}']
    assert said("metric-without-target", 5, 0) == []


@pytest.mark.parametrize(
    ("title", "direction", "wanted"),
    [
        ("Reduce missed ferries", "up", "down"),
        ("Increase ferries", "down", "up"),
        ("Improving the quays", None, "up"),
        ("Fewer complaints", None, "down"),
        ("Maintain enough ferries", "up", "hold"),
        ("Overall satisfaction (%)", None, "up"),
        ("Calls answered within 20 working days", None, "up"),
        ("People waiting for a ferry", None, "down"),
        ("Number of complaints", "up", "down"),
        ("Complaints answered", "up", "up"),
        ("Satisfaction of people waiting", "down", "down"),
        ("Ferries", None, None),
        ("Ferries", "hold", "hold"),
        ("Increment of ferries", None, None),
        ("Cutlery sold", None, None),
    ],
)
def test_where_a_metric_should_go(title: str, direction: str | None, wanted: str | None) -> None:
    one = Metric.model_validate(metric(1, 2, title=title, direction=direction))
    assert wanted_direction(one) == wanted


@pytest.mark.parametrize(
    ("baseline", "target", "keys"),
    [
        (57.0, 57.0, {}),
        (90.68, 90.0, {}),
        (90.68, 90.0, {"title": "Calls on time"}),
        (89.6, 90.0, {"title": "People waiting"}),
        (0.374, 0.37, {"direction": "up"}),
    ],
)
def test_a_target_already_met(baseline: float, target: float, keys: dict[str, Any]) -> None:
    (message,) = said("target-already-met", baseline, target, **keys)
    assert message.endswith(f"already: baseline {baseline:g}, target {target:g}.")
    assert said("target-wrong-way", baseline, target, **keys) == []


@pytest.mark.parametrize(
    ("baseline", "target", "keys"),
    [
        (57.0, 58.0, {}),
        (57.0, 57.0, {"title": "Maintain 57 ferries"}),
        (0.0, 0.0, {}),
        (100.0, 100.0, {}),
        (89.6, 90.0, {"title": "Calls on time"}),  # rounds to it, and is not there yet
        (90.4, 90.0, {"title": "People waiting"}),
        (90.4, 90.0, {"direction": "hold"}),
        (0.374, 0.4, {}),
    ],
)
def test_a_target_still_ahead(baseline: float, target: float, keys: dict[str, Any]) -> None:
    assert said("target-already-met", baseline, target, **keys) == []


def test_a_metric_to_be_held_is_a_remark() -> None:
    for direction, severity in (("hold", "info"), (None, "warning")):
        plan = make(action(), metrics=[metric(5, 5, direction=direction)])
        (finding,) = result(plan, "target-already-met").findings
        assert finding.severity == severity


@pytest.mark.parametrize(
    ("baseline", "target", "keys", "words"),
    [
        (90.0, 80.0, {"title": "Calls on time"}, "should rise, and its target lies below"),
        (90.0, 95.0, {"title": "People waiting"}, "should fall, and its target lies above"),
        (90.0, 95.0, {"direction": "down"}, "should fall, and its target lies above"),
    ],
)
def test_a_target_that_points_the_wrong_way(
    baseline: float, target: float, keys: dict[str, Any], words: str
) -> None:
    (message,) = said("target-wrong-way", baseline, target, **keys)
    assert message.endswith(f"{words} its baseline: baseline {baseline:g}, target {target:g}.")
    assert said("target-wrong-way", target, baseline, **keys) == []
    assert said("target-already-met", baseline, target, **keys) == []


def test_only_what_is_known_is_judged() -> None:
    plan = make(
        action(),
        metrics=[
            metric(1, 2, id="a"),
            metric("TBC", 2, id="b", direction="up"),
            metric(None, None, id="c", direction="up"),
            metric(1, 2, id="d", direction="up"),
            metric(1, 2, id="e", direction="hold"),
        ],
    )
    assert result(plan, "target-wrong-way").denominator == 1
    assert result(plan, "target-already-met").denominator == 3
    assert result(plan, "metric-without-baseline").denominator == 5
    assert result(make(action()), "target-wrong-way").why_not == (
        "there are no metrics with a baseline, a target and a known direction"
    )


def test_a_long_title_is_cut() -> None:
    (message,) = said("metric-without-target", 1, None, title="Ferries  and\nquays " * 9)
    assert message.startswith('A/M1 "Ferries and quays Ferries')
    assert message.endswith('…" has no target.')
    assert len(message) < 100
