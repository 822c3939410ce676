"""Metrics in registers: values in rows, values in columns of months."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graphmodel.items import Source
from graphmodel.measures import Metric, MetricValue
from tests.loaders.small_registers import accept, make_plan, merge, refuse, sheet

HEADER = (
    "Id | Item | Metric | Unit | Direction | Frequency | Baseline | Baseline as of | Target "
    "| Target by | Actual | Actual as of"
)
NAMES = (
    *("id", "item", "title", "unit", "direction", "frequency", "baseline", "baseline_as_of"),
    *("target", "by", "actual", "as_of"),
)


def row(**cells: str) -> str:
    return " | ".join(cells.get(name, "") for name in NAMES)


def at(cell: str) -> Source:
    return Source(source="s1", cell=f"Metrics!{cell}")


FULL = row(
    id="M1",
    item="A",
    title="Families in hotels",
    unit="families",
    direction="lower is better",
    frequency="monthly",
    baseline="1,120",
    baseline_as_of="Apr 2026",
    target="£1.2m",
    by="March 2028",
    actual="1,104 (Aug 2026)",
)


def test_a_row_fills_every_field_of_a_metric() -> None:
    second = row(id="M1", actual="1,090", as_of="Sept 2026")
    (metric,) = accept(make_plan(), sheet("Metrics", HEADER, FULL, second)).metrics
    assert metric == Metric(
        id="M1",
        item="A",
        title="Families in hotels",
        unit="families",
        direction="down",
        frequency="monthly",
        baseline=MetricValue(value=1120.0, text="1,120", as_of="Apr 2026", source=at("A2")),
        target=MetricValue(value=1.2e6, text="£1.2m", by=date(2028, 3, 31), source=at("A2")),
        actuals=(
            MetricValue(value=1104.0, text="1,104", as_of="Aug 2026", source=at("A2")),
            MetricValue(value=1090.0, text="1,090", as_of="Sept 2026", source=at("A3")),
        ),
        source=at("A2"),
    )


def test_columns_headed_by_months_hold_values() -> None:
    table = sheet(
        "KPIs", "Measure | Item | Target | Apr 2026 | May 2026 | Mood", "Calls | B | 9 | 14 | 12 |"
    )
    merged, (problem,) = merge(make_plan(), table)
    (metric,) = merged.metrics
    assert [(one.as_of, one.value) for one in metric.actuals] == [
        ("Apr 2026", 14.0),
        ("May 2026", 12.0),
    ]
    assert (metric.id, metric.title) == ("B/M1", "Calls")
    assert (problem.code, '"Mood"' in problem.message) == ("unused-column", True)


def known() -> list[dict[str, Any]]:
    baseline = {"value": 31.0, "text": "31%", "as_of": "Jan 2026"}
    target = {"value": 28.0, "text": "28%", "by": "2028-03-31"}
    actuals = [{"value": 30.0, "text": "30%", "as_of": "Apr 2026"}]
    return [
        {"id": "A/M1", "item": "A", "title": "Waiting", "baseline": baseline, "target": target}
        | {"actuals": actuals}
    ]


def test_a_metric_is_known_by_item_and_title() -> None:
    plan = make_plan(metrics=known())
    rows = (
        row(item="A", title="Waiting", actual="29%", as_of="May 2026"),
        row(item="A", title="Waiting", actual="28%", as_of="June 2026"),
        row(item="A", title="Calls", baseline="7"),
    )
    first, second = accept(plan, sheet("Metrics", HEADER, *rows)).metrics
    assert [one.text for one in first.actuals] == ["30%", "29%", "28%"]
    assert first.baseline == plan.metrics[0].baseline
    assert (second.id, second.title) == ("A/M2", "Calls")


def test_a_value_of_the_same_month_is_replaced_and_told() -> None:
    plan = make_plan(metrics=known())
    merged, (problem,) = merge(
        plan, sheet("Metrics", HEADER, row(id="A/M1", actual="33%", as_of="Apr 2026"))
    )
    assert (problem.code, problem.severity) == ("metric-changed", "info")
    assert '"30%"' in problem.message
    assert [one.value for one in merged.metrics[0].actuals] == [33.0]


def test_a_month_in_another_wording_is_the_same_month() -> None:
    plan = make_plan(metrics=known())
    rows = (
        row(id="A/M1", actual="30%", as_of="April 2026"),
        row(id="A/M1", actual="30% (04/2026)"),
    )
    assert accept(plan, sheet("Metrics", HEADER, *rows)).metrics == plan.metrics


def test_parts_of_a_target_change_alone() -> None:
    plan = make_plan(metrics=known())
    (metric,) = accept(plan, sheet("Metrics", HEADER, row(id="A/M1", by="2029-03-31"))).metrics
    assert metric.target is not None
    assert (metric.target.text, metric.target.by) == ("28%", date(2029, 3, 31))
    (metric,) = accept(
        plan, sheet("Metrics", HEADER, row(id="A/M1", baseline_as_of="Feb 2026"))
    ).metrics
    assert metric.baseline is not None
    assert (metric.baseline.text, metric.baseline.as_of) == ("31%", "Feb 2026")
    (metric,) = accept(plan, sheet("Metrics", HEADER, row(id="A/M1", baseline="40%"))).metrics
    assert metric.baseline is not None
    assert (metric.baseline.value, metric.baseline.as_of) == (40.0, "Jan 2026")


def test_a_value_without_its_words_counts_as_its_number() -> None:
    held = [{"id": "M", "item": "A", "title": "Calls", "actuals": [{"value": 7.5}, {}]}]
    plan = make_plan(metrics=held)
    assert accept(plan, sheet("Metrics", HEADER, row(id="M", actual="7.5"))).metrics == plan.metrics


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"item": "A", "actual": "3"}, "missing-cell"),
        ({"id": "M9", "actual": "3"}, "missing-cell"),
        ({"item": "Z", "title": "Calls"}, "unknown-item"),
        ({"id": "A/M1", "title": "Sleeping rough"}, "title-does-not-fit"),
        ({"id": "A/M1", "direction": "sideways"}, "unreadable-cell"),
        ({"id": "A/M1", "by": "some day"}, "unreadable-cell"),
    ],
)
def test_rows_that_cannot_be_used(cells: dict[str, str], code: str) -> None:
    problem = refuse(make_plan(metrics=known()), sheet("Metrics", HEADER, row(**cells)))
    assert (problem.code, problem.severity) == (code, "error")


def test_rows_that_contradict_each_other() -> None:
    rows = (FULL, row(id="M1", unit="days"), row(id="M1", actual="99", as_of="Aug 2026"))
    merged, problems = merge(make_plan(), sheet("Metrics", HEADER, *rows))
    assert [one.code for one in problems] == ["metric-contradiction"] * 2
    assert (merged.metrics[0].unit, merged.metrics[0].actuals[0].value) == ("families", 1104.0)
