"""Realism: for each rule a plan that has the fault, and one that just misses it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.queries.asking import ask, figures, item_ids, office
from tests.simulations.sketch import activity, link, milestone


def row(count: int, name: str = "a") -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    ids = [f"{name}{number}" for number in range(count)]
    return [activity(one, "1d") for one in ids], [link(*pair) for pair in pairwise(ids)]


def test_five_in_a_row_without_float_are_a_chain() -> None:
    items, links = row(5)
    result = ask("chain-without-float", items, links)
    assert figures(result) == (5, 5, None)
    (finding,) = result.findings
    assert finding.items == ("a0", "a1", "a2", "a3", "a4")
    assert finding.message == (
        "5 items hang on each other without any float, from a0 Work to a4 Work: a delay of one of "
        "them moves all after it."
    )
    items, links = row(4)
    assert figures(ask("chain-without-float", items, links)) == (0, 4, None)


def test_a_day_of_room_breaks_a_chain() -> None:
    items, links = row(6)
    items[3]["constraints"] = [{"type": "SNET", "date": "2026-06-05"}]  # the 4th would do
    assert figures(ask("chain-without-float", items, links)) == (0, 6, None)


def test_of_chains_that_meet_the_longest_is_told() -> None:
    long, ways = row(6)
    short, others = row(5, "b")
    short[0]["duration"] = "2d"  # five in six days: as tight as six in six
    items = [*long, *short, activity("end", "1d")]
    links = [*ways, *others, link("a5", "end"), link("b4", "end")]
    (finding,) = ask("chain-without-float", items, links).findings
    assert finding.items == ("a0", "a1", "a2", "a3", "a4", "a5", "end")


def test_chains_that_do_not_meet_are_told_each_longest_first() -> None:
    five, ways = row(5)
    five[0]["duration"] = "2d"
    six, others = row(6, "b")
    result = ask("chain-without-float", [*five, *six], [*ways, *others])
    assert [len(one) for one in item_ids(result)] == [6, 5]
    assert figures(result) == (11, 11, None)


def merging(*lengths: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return activities that all lead to one: the longest drives it, others have float."""
    items = [activity(f"a{number}", length) for number, length in enumerate(lengths)]
    links = [link(item["id"], "m") for item in items]
    return [*items, activity("m", lengths[0].replace("10", "1"))], links


def test_three_that_may_each_delay_an_item() -> None:
    result = ask("merge-point", *merging("10d", "10d", "5d"))
    assert figures(result) == (1, 1, None)
    (finding,) = result.findings
    assert finding.items == ("m", "a0", "a1", "a2")
    assert "waits for 3 items that all may delay it (a0, a1 and a2)" in finding.message
    assert "all of them have one of 51 %" in finding.message  # 0.8 ** 3 = 0.512
    assert figures(ask("merge-point", *merging("10d", "10d", "4d"))) == (0, 1, None)
    assert figures(ask("merge-point", *merging("10d", "10d"))) == (0, 1, None)


def test_nearness_is_counted_in_working_days() -> None:
    # On a calendar a1 ends on Friday 5 June, five working days before Friday the 12th.
    assert figures(ask("merge-point", *merging("10wd", "10wd", "5wd"), **office()))[0] == 1
    assert figures(ask("merge-point", *merging("10wd", "10wd", "4wd"), **office()))[0] == 0


def test_what_is_done_does_not_merge() -> None:
    items, links = merging("10d", "10d", "10d")
    items[0] |= {"status": "complete", "actual_finish": "2026-06-10"}
    assert figures(ask("merge-point", items, links)) == (0, 1, None)


@pytest.mark.parametrize("code", ["chain-without-float", "merge-point"])
def test_paths_need_links(code: str) -> None:
    assert ask(code, [activity("a", "1d")]).why_not == "the plan has no accepted links"


def told(*forecasts: str | None, **now: Any) -> dict[str, Any]:
    """Return an item with reports of April, May, June, …: the forecast each told."""
    history = [
        {"as_of": f"2026-{number:02}-30", "forecast": forecast}
        for number, forecast in enumerate(forecasts, start=4)
    ]
    return milestone("a", "2026-07-31", history=history, **now)


def test_a_forecast_that_moved_at_every_report() -> None:
    item = told("2026-07-31", "2026-08-31", forecast="2026-09-30")
    result = ask("forecast-keeps-moving", [item], status_date="2026-06-30")
    assert figures(result) == (1, 1, False)
    assert result.findings[0].message == (
        "a Mark has been put off at each of its last 2 reports: 2026-07-31, 2026-08-31, 2026-09-30."
    )


@pytest.mark.parametrize(
    "item",
    [
        told("2026-07-31", "2026-08-31", forecast="2026-08-31"),  # stood at the last report
        told("2026-08-31", "2026-07-31", forecast="2026-09-30"),  # was brought forward once
    ],
)
def test_a_forecast_that_stood_once(item: dict[str, Any]) -> None:
    result = ask("forecast-keeps-moving", [item], status_date="2026-06-30")
    assert figures(result) == (0, 1, True)


@pytest.mark.parametrize(
    "item",
    [
        told("2026-07-31", forecast="2026-09-30"),  # two reports are no pattern
        told(None, None, forecast="2026-09-30"),  # no dates to compare
        told("2026-07-31", "2026-08-31", status="complete", actual_finish="2026-06-30"),
    ],
)
def test_too_little_to_judge_forecasts_by(item: dict[str, Any]) -> None:
    assert not ask("forecast-keeps-moving", [item], status_date="2026-06-30").applies


def test_the_last_report_counts_once() -> None:
    # What is said now is the report of 30 May over again: two reports, no pattern.
    item = told("2026-07-31", "2026-08-31", forecast="2026-08-31")
    assert not ask("forecast-keeps-moving", [item], status_date="2026-05-30").applies


def test_planned_dates_stand_in_for_forecasts() -> None:
    history = [
        {"as_of": "2026-04-30", "planned": {"finish": "2026-06-30"}},
        {"as_of": "2026-05-31", "due": "2026-07-31"},
        {"as_of": None, "forecast": "2027-12-31"},
    ]
    item = milestone("a", "2026-08-31", history=history)
    result = ask("forecast-keeps-moving", [item])
    assert "2026-06-30, 2026-07-31, 2026-08-31" in result.findings[0].message


def shares(*percents: float, **now: Any) -> dict[str, Any]:
    history = [
        {"as_of": f"2026-{number:02}-28", "percent": percent}
        for number, percent in enumerate(percents, start=1)
    ]
    return activity("a", "5d", status="in_progress", history=history, **now)


def test_work_that_stays_nearly_done() -> None:
    result = ask("nearly-done-for-long", [shares(50, 90, 95, percent=99)])
    assert figures(result) == (1, 1, False)
    assert "at each of its last 3 reports" in result.findings[0].message
    assert figures(ask("nearly-done-for-long", [shares(50, 89, 95, percent=99)])) == (0, 1, True)
    assert figures(ask("nearly-done-for-long", [shares(90, 90, 90, percent=80)])) == (0, 1, True)
    done = {**shares(90, 90, percent=100), "status": "complete"}
    assert not ask("nearly-done-for-long", [done]).applies


def test_forecasts_that_have_passed() -> None:
    items = [milestone("a", forecast="2026-06-14"), milestone("b", forecast="2026-06-15")]
    result = ask("forecast-in-past", items, status_date="2026-06-15")
    assert figures(result) == (1, 2, False)
    assert result.findings[0].message == (
        "a Mark is unfinished, and its forecast 2026-06-14 is past on 2026-06-15."
    )
    assert ask("forecast-in-past", items).why_not == "the plan has no status date"


def test_everything_on_one_day() -> None:
    spread = [milestone(f"a{n}", f"2026-07-{n + 1:02}") for n in range(9)]
    same = [milestone(f"b{n}", "2027-03-31") for n in range(3)]
    passed = ask("finishes-on-one-day", [*spread, *same])
    assert figures(passed) == (3, 12, True)
    assert passed.note == "3 items of 12 are to finish on 2027-03-31."
    crowded = ask("finishes-on-one-day", [*spread[:8], *same])
    assert figures(crowded) == (3, 11, False)
    assert item_ids(crowded) == [("b0", "b1", "b2")]
    assert crowded.note is None
    few = ask("finishes-on-one-day", [*spread, milestone("none")])
    assert few.why_not == "fewer than 10 unfinished items have a date"
