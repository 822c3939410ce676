"""What reports contradict, and what follows from them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.items import Item
from loaders.status_rules import vet_report

AS_OF = date(2026, 10, 31)
NEW = Item(id="a", kind="action", title="Dig")
BEGUN = NEW.model_copy(
    update={"status": "in_progress", "percent": 40.0, "actual_start": date(2026, 9, 1)}
)
DONE = NEW.model_copy(
    update={"status": "complete", "percent": 100.0, "actual_finish": date(2026, 8, 1)}
)


@pytest.mark.parametrize(
    ("old", "report", "code", "refused"),
    [
        (
            NEW,
            {"actual_start": date(2026, 10, 5), "actual_finish": date(2026, 10, 1)},
            "finished-before-started",
            {"actual_start", "actual_finish"},
        ),
        (BEGUN, {"actual_finish": date(2026, 8, 31)}, "finished-before-started", {"actual_finish"}),
        (NEW, {"status": "complete", "percent": 40.0}, "contradiction", {"status", "percent"}),
        (DONE, {"percent": 40.0}, "contradiction", {"percent"}),
        (NEW, {"status": "in_progress", "percent": 100.0}, "contradiction", {"status", "percent"}),
        (NEW, {"status": "not_started", "percent": 5.0}, "contradiction", {"status", "percent"}),
        (
            NEW,
            {"status": "not_started", "actual_start": date(2026, 9, 1)},
            "contradiction",
            {"status", "actual_start"},
        ),
        (BEGUN, {"status": "not_started"}, "contradiction", {"status"}),
        (
            NEW,
            {"status": "on_hold", "actual_finish": date(2026, 9, 1)},
            "contradiction",
            {"status", "actual_finish"},
        ),
        (NEW, {"actual_start": date(2026, 11, 1)}, "fact-in-future", {"actual_start"}),
        (NEW, {"actual_finish": date(2026, 12, 1)}, "fact-in-future", {"actual_finish"}),
        (NEW, {"forecast": date(2026, 10, 30)}, "forecast-in-past", {"forecast"}),
    ],
)
def test_contradictions_are_refused(
    old: Item, report: dict[str, Any], code: str, refused: set[str]
) -> None:
    vetted = vet_report(report | {"rag": "red"}, old, AS_OF)
    assert [finding.code for finding in vetted.findings] == [code]
    assert set(vetted.findings[0].refused) == refused
    assert vetted.fields == {"rag": "red"}


@pytest.mark.parametrize(
    ("old", "report", "follows"),
    [
        (NEW, {"actual_finish": date(2026, 10, 1)}, {"status": "complete"}),
        (NEW, {"percent": 100.0, "actual_finish": AS_OF}, {"status": "complete"}),
        (NEW, {"actual_start": date(2026, 10, 1)}, {"status": "in_progress"}),
        (NEW, {"percent": 5.0}, {"status": "in_progress"}),
        (NEW, {"percent": 0.0}, {}),
        (BEGUN, {"percent": 60.0}, {}),
        (BEGUN, {"status": "complete", "actual_finish": AS_OF}, {"percent": 100.0}),
        (NEW, {"forecast": date(2026, 10, 31)}, {}),
        (NEW, {"status": "complete", "forecast": date(2026, 9, 1), "actual_finish": AS_OF}, {}),
        (NEW, {"status": "cancelled", "percent": 30.0}, {}),
    ],
)
def test_what_follows(old: Item, report: dict[str, Any], follows: dict[str, Any]) -> None:
    vetted = vet_report(report, old, AS_OF)
    assert not vetted.findings
    assert vetted.fields == report | follows


@pytest.mark.parametrize(
    ("old", "report", "code", "fields"),
    [
        (NEW, {"status": "complete"}, "complete-without-date", {"status": "complete"}),
        (
            DONE,
            {"status": "in_progress"},
            "reopened",
            {"status": "in_progress", "actual_finish": None, "percent": None},
        ),
        (BEGUN, {"percent": 20.0}, "percent-fell", {"percent": 20.0}),
    ],
)
def test_doubts_are_told_and_believed(
    old: Item, report: dict[str, Any], code: str, fields: dict[str, Any]
) -> None:
    vetted = vet_report(report, old, AS_OF)
    assert [(finding.code, finding.severity) for finding in vetted.findings] == [(code, "warning")]
    assert vetted.fields == fields


def test_without_a_day_nothing_lies_in_the_future() -> None:
    report = {"actual_finish": date(2090, 1, 1), "actual_start": date(2080, 1, 1)}
    assert not vet_report(report, NEW).findings


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(
    st.sampled_from([NEW, BEGUN, DONE]),
    st.none() | st.sampled_from(["not_started", "in_progress", "complete", "on_hold"]),
    st.none() | st.sampled_from([0.0, 40.0, 100.0]),
    st.tuples(DAYS, DAYS, DAYS),
)
def test_what_is_believed_does_not_contradict_itself(
    old: Item, status: str | None, percent: float | None, days: tuple[date | None, ...]
) -> None:
    start, finish, forecast = days
    given_fields = {
        "status": status,
        "percent": percent,
        "actual_start": start,
        "actual_finish": finish,
        "forecast": forecast,
    }
    report = {name: value for name, value in given_fields.items() if value is not None}
    vetted = vet_report(report, old, AS_OF)
    item = old.model_copy(update=vetted.fields)
    assert not (item.actual_start and item.actual_finish and item.actual_finish < item.actual_start)
    if "percent" in vetted.fields or "status" in vetted.fields:
        assert not (item.status == "complete" and item.percent not in {None, 100.0})
        assert not (item.status == "not_started" and item.percent)
    if "actual_finish" in report and "actual_finish" in vetted.fields:
        assert item.status == "complete"
