"""What an item said of itself, report by report."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphmodel.items import Item
from graphmodel.reports import expected_finish, reports_of


def item(*history: dict[str, Any], **keys: Any) -> Item:
    entries = {"history": list(history)} if history else {}
    return Item.model_validate({"id": "a", "kind": "action", "title": "A", **entries, **keys})


def test_dated_reports_come_oldest_first_and_what_is_said_now_last() -> None:
    one = item({"as_of": "2026-05-31"}, {"text": "no day"}, {"as_of": "2026-04-30"})
    april, may, now = reports_of(one, date(2026, 6, 30))
    assert [april, may] == [one.history[2], one.history[0]]
    assert now is one
    assert reports_of(one, None)[-1] is one


def test_of_two_reports_of_a_day_the_later_counts_and_now_is_not_told_twice() -> None:
    one = item({"as_of": "2026-05-31", "percent": 10}, {"as_of": "2026-05-31", "percent": 20})
    assert reports_of(one, date(2026, 5, 31)) == [one.history[1]]


def test_a_forecast_goes_before_the_plan_and_that_before_the_due_date() -> None:
    due = {"due": "2026-03-31"}
    planned = {"planned": {"finish": "2026-02-28"}, **due}
    assert expected_finish(item(**due)) == date(2026, 3, 31)
    assert expected_finish(item(**planned)) == date(2026, 2, 28)
    assert expected_finish(item(**planned, forecast="2026-01-31")) == date(2026, 1, 31)
    assert expected_finish(item({"as_of": "2026-01-31"}).history[0]) is None
