from __future__ import annotations

import pytest

from loaders.delivery_labels import ActionHeader, MetricHeader, read_fact_label, read_header


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        ("Objective", "objective"),
        ("OBJECTIVE:", "objective"),
        ("<p><b>Improvement Programme</b></p>", "programme"),
        ("Senior Accountable Officer(s)", "accountable"),
        ("SAO", "accountable"),
        ("Responsible Delivery Leads", "delivery_lead"),
        ("Portfolio Holder", "portfolio"),
        ("Directorate", "division"),
        ("Objectives of the year", None),
        ("", None),
        ("x" * 500, None),
    ],
)
def test_labels_of_facts(label: str, fact: str | None) -> None:
    assert read_fact_label(label) == fact


def test_heads_of_actions_in_any_order_and_common_spelling() -> None:
    assert read_header(("Delivery Actions", "Delivery Due Date", "Responsible Officer")) == (
        ActionHeader(("action", "due", "responsible"))
    )
    assert read_header(("Ref", "Owner", "By when", "Key action", "Progress")) == (
        ActionHeader(("Ref", "responsible", "due", "action", "Progress"))
    )


def test_heads_of_metrics_carry_their_dates() -> None:
    assert read_header(("Output Metrics", "Baseline (2024/25)", "Target (Mar 2028)")) == (
        MetricHeader(("metric", "baseline", "target"), "2024/25", "Mar 2028")
    )
    assert read_header(("Measure", "Target")) == MetricHeader(("metric", "target"), None, None)


@pytest.mark.parametrize(
    "cells",
    [("Action",), ("Action", "Action"), ("Due date", "Owner"), ("Baseline", "Target"), ("",)],
)
def test_what_is_no_head(cells: tuple[str, ...]) -> None:
    assert read_header(cells) is None
