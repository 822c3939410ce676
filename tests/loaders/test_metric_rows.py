from __future__ import annotations

from datetime import date

import pytest

from loaders.delivery_labels import MetricHeader
from loaders.delivery_outline import MetricRow
from loaders.draft import Draft
from loaders.metric_rows import Value, add_metric, find_direction, read_value

HEADER = MetricHeader(("metric", "baseline", "target"), "2024/25", "Mar 2028")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("31 (Jan 2026)", Value("31", 31.0, None, "Jan 2026")),
        ("18.6% (Mar 2026)", Value("18.6%", 18.6, "%", "Mar 2026")),
        ("88% (25/26 YTD)", Value("88%", 88.0, "%", "25/26 YTD")),
        ("660units", Value("660units", 660.0, "units")),
        ("1,250", Value("1,250", 1250.0)),
        ("-4.5 days", Value("-4.5 days", -4.5, "days")),
        ("\u00a31.2m", Value("\u00a31.2m", 1_200_000.0, "\u00a3")),
        ("\u00a350", Value("\u00a350", 50.0, "\u00a3")),
        ("\u00a350 each", Value("\u00a350 each")),
        ("Monitor", Value("Monitor")),
        ("12 of 14", Value("12 of 14")),
        ("<p>7</p>", Value("7", 7.0)),
        ("(note)", Value("(note)")),
    ],
)
def test_values(cell: str, value: Value) -> None:
    assert read_value(cell) == value


@pytest.mark.parametrize(
    ("baseline", "target", "direction"),
    [
        ("31", "28", "down"),
        ("99.8%", "100%", "up"),
        ("57 (24/25)", "57", "hold"),
        ("90.68%", "90%", None),
        ("44", "48%", None),
        ("Monitor", "3", None),
        ("3", "TBC", None),
    ],
)
def test_direction_only_where_it_is_certain(
    baseline: str, target: str, direction: str | None
) -> None:
    assert find_direction(read_value(baseline), read_value(target)) == direction


def test_no_direction_without_both() -> None:
    assert find_direction(None, read_value("3")) is None


def test_a_metric_takes_dates_from_its_cells_then_from_the_head() -> None:
    draft = Draft("paper.txt")
    add_metric(draft, MetricRow(7, HEADER, "Depth (%)", "44", "48 (March 2027)"), "A1.1")
    add_metric(
        draft, MetricRow(8, HEADER, "Percentage of tides", "1 (Q2 25/26)", "Monitor"), "A1.1"
    )
    first, second = draft.metrics
    assert (first.id, first.item, first.title, first.unit) == ("A1.1/M1", "A1.1", "Depth (%)", "%")
    assert first.direction == "up"
    assert first.baseline is not None
    assert (first.baseline.value, first.baseline.as_of) == (44.0, "2024/25")
    assert first.target is not None
    assert (first.target.value, first.target.text, first.target.by) == (
        48.0,
        "48",
        date(2027, 3, 31),
    )
    assert second.baseline is not None
    assert second.target is not None
    assert (second.id, second.unit, second.baseline.as_of) == ("A1.1/M2", "%", "Q2 25/26")
    assert (second.target.value, second.target.by) == (None, date(2028, 3, 31))
    assert draft.problems == []


def test_what_is_wrong_with_a_row_is_told() -> None:
    draft = Draft("paper.txt")
    add_metric(draft, MetricRow(3, HEADER, "Not applicable", "N/A", "N/A"), "A1.1")
    add_metric(draft, MetricRow(4, HEADER, "Depth", "", "9 (one fine day)"), "A1.1")
    assert [(one.code, one.severity) for one in draft.problems] == [
        ("no-metrics", "info"),
        ("target-date-unread", "warning"),
        ("metric-without-baseline", "warning"),
    ]
    (metric,) = draft.metrics
    assert metric.baseline is None
    assert metric.target is not None
    assert metric.target.by is None
