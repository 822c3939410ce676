"""DCMA points 6 to 9: float, duration, invalid dates; days counted by hand on a calendar."""

from __future__ import annotations

from typing import Any

from tests.queries.asking import ask, figures, item_ids, office
from tests.simulations.sketch import activity, link, milestone


def beside(long: str, short: str = "1wd") -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a long and a short activity that both lead to the end: the short one has float."""
    items = [activity("long", long), activity("short", short), milestone("end", duration="0d")]
    return items, [link("long", "end"), link("short", "end")]


def test_float_of_44_working_days_is_not_high_and_45_is() -> None:
    # The end waits for the long one: the short one, a day's work, can wait length - 1 days.
    items, links = beside("45wd")
    assert figures(ask("dcma-6-high-float", items, links, **office())) == (0, 2, True)
    items, links = beside("46wd")
    result = ask("dcma-6-high-float", items, links, **office())
    assert figures(result) == (1, 2, False)
    assert result.findings[0].message == "short Work has 45 working days of total float."
    assert result.note is None


def test_float_without_a_calendar_is_counted_in_english_working_days() -> None:
    # 1 June 2026 is a Monday. The end falls on Friday 7 August: 67 days after the short one has
    # ended with 1 June, Tuesday 2 June to 7 August, 4 days of one week and nine weeks of 5.
    items, links = beside("68d", "1d")
    result = ask("dcma-6-high-float", items, links)
    assert figures(result) == (1, 2, False)
    assert result.findings[0].message == "short Work has 49 working days of total float."
    assert result.note is not None
    assert "England's bank holidays" in result.note
    # To Friday 31 July it is 44 (4 and eight weeks of 5): just not high.
    items, links = beside("61d", "1d")
    assert figures(ask("dcma-6-high-float", items, links)) == (0, 2, True)


def test_what_runs_on_the_wall_clock_counts_on_the_calendar_of_its_plan() -> None:
    # To Monday 31 August, a bank holiday of England, and on this calendar a day of work.
    items, links = beside("92d", "1d")
    result = ask("dcma-6-high-float", items, links, **office())
    assert result.findings[0].message == "short Work has 65 working days of total float."
    assert result.note is None


def test_bank_holidays_are_no_working_days() -> None:
    # To Monday 31 August 2026, a bank holiday: 13 weeks, of which the last Monday is none.
    items, links = beside("92d", "1d")
    result = ask("dcma-6-high-float", items, links)
    assert result.findings[0].message == "short Work has 64 working days of total float."


def test_what_has_no_date_has_no_float() -> None:
    items = [milestone("a", "2026-09-30"), milestone("b")]
    result = ask("dcma-6-high-float", items)
    assert (result.numerator, result.denominator) == (0, 2)
    assert result.note is not None
    assert result.note.endswith("1 of them has no float for want of a date.")


def test_floats_do_not_apply_where_nothing_has_a_date() -> None:
    for code in ("dcma-6-high-float", "dcma-7-negative-float"):
        assert ask(code, [milestone("a")]).why_not == "no unfinished activity has a date"


def test_negative_float() -> None:
    items = [activity("a", "10wd", due="2026-06-10"), activity("b", "10wd", due="2026-06-12")]
    result = ask("dcma-7-negative-float", items, [], **office())
    # Ten days' work from Monday 1 June ends on Friday 12 June: two days after the 10th.
    assert figures(result) == (1, 2, False)
    assert result.findings[0].message == "a Work is 2 working days too late for what hangs on it."
    late = [activity("a", "10wd", due="2026-06-12"), activity("b", "10wd")]
    assert figures(ask("dcma-7-negative-float", late, [], **office())) == (0, 2, True)


def test_a_part_of_a_working_day_is_told() -> None:
    items = [activity("a", "12h", due="2026-06-01")]
    result = ask("dcma-7-negative-float", items, [], **office())
    assert result.findings[0].message.startswith("a Work is 0.5 working days too late")


def test_durations_of_44_working_days_are_not_high_and_more_are() -> None:
    items = [activity("a", "44wd"), activity("b", "353h")]
    result = ask("dcma-8-high-duration", items, [], **office())
    assert figures(result) == (1, 2, False)
    assert result.findings[0].message == "b Work is to take 44.1 working days."


def test_calendar_durations_are_laid_from_the_start() -> None:
    # From Monday 1 June: nine weeks end on Sunday 2 August, 45 working days; two months on Friday
    # 31 July, 45 too; 60 days on the Thursday before, 44.
    items = [activity("a", "9w"), activity("b", "2m"), activity("c", "60d")]
    result = ask("dcma-8-high-duration", items, [], **office())
    assert item_ids(result) == [("a",), ("b",)]
    assert result.findings[0].message == "a Work is to take 45 working days."


def test_a_baseline_says_first_how_long_something_was_to_take() -> None:
    kept = [
        {"baselines": [{"finish": "2026-06-05", "duration": "50wd"}]},
        {"baselines": [{"start": "2026-06-01", "finish": "2026-08-07"}]},
        {"baselines": [{"finish": "2026-06-05"}]},
        {"baselines": [{"start": "2026-06-01"}]},
    ]
    items = [activity(f"a{number}", "5wd", **one) for number, one in enumerate(kept)]
    result = ask("dcma-8-high-duration", items, [], **office())
    assert [one.message for one in result.findings] == [
        "a0 Work is to take 50 working days.",
        "a1 Work is to take 50 working days.",  # ten weeks of five days
    ]


def test_planned_dates_are_a_length_where_nothing_else_is() -> None:
    ranged = milestone("a", planned={"start": "2026-06-01", "finish": "2026-08-31"})
    items = [ranged, milestone("b", "2026-07-01"), milestone("c")]
    result = ask("dcma-8-high-duration", items)
    # 13 weeks of 5, and Monday 31 August, a bank holiday.
    assert figures(result) == (1, 3, False)
    assert result.findings[0].message == "a Mark is to take 65 working days."


def test_a_plan_of_single_dates_has_no_durations() -> None:
    result = ask("dcma-8-high-duration", [milestone("b", "2026-07-01")])
    assert (result.applies, result.why_not) == (False, "no unfinished activity has a length")


def test_a_length_that_nothing_places_counts_as_none() -> None:
    items = [activity("a", "9w", planned={"precision": "ongoing"}), activity("b", "50wd")]
    result = ask("dcma-8-high-duration", items, [], **office())
    assert item_ids(result) == [("b",)]


STATUS: dict[str, Any] = {"status_date": "2026-06-15"}


def test_facts_after_the_status_date() -> None:
    items = [
        activity("a", "5d", status="in_progress", actual_start="2026-06-16", remaining="5d"),
        activity("b", "5d", status="in_progress", actual_start="2026-06-15", remaining="5d"),
        activity("c", "5d", status="complete", actual_finish="2026-06-16"),
        activity("d", "5d", status="complete", actual_finish="2026-06-15"),
    ]
    result = ask("dcma-9-invalid-dates", items, [], **STATUS)
    assert figures(result) == (2, 4, False)
    assert [one.message for one in result.findings] == [
        "a Work is said to have started on 2026-06-16, after the status date.",
        "c Work is said to have finished on 2026-06-16, after the status date.",
    ]


def test_forecasts_before_the_status_date() -> None:
    items = [
        milestone("a", "2026-06-14"),
        milestone("b", "2026-06-15"),
        milestone("c", "2026-06-14", forecast="2026-07-31"),
        milestone("d", "2026-08-01", forecast="2026-06-14"),
        milestone("e", planned={"start": "2026-06-14", "finish": "2026-08-01"}),
        milestone(
            "f", planned={"start": "2026-06-14", "finish": "2026-08-01"}, status="in_progress"
        ),
        milestone("g"),
    ]
    result = ask("dcma-9-invalid-dates", items, [], **STATUS)
    assert figures(result) == (3, 7, False)
    assert [one.message for one in result.findings] == [
        "a Mark is to finish on 2026-06-14, before the status date.",
        "d Mark is to finish on 2026-06-14, before the status date.",
        "e Mark is to start on 2026-06-14, before the status date, and has not.",
    ]


def test_a_schedule_that_leaves_undone_work_behind_the_status_date() -> None:
    unmoved: dict[str, Any] = {"options": {"unstarted": "unmoved"}}
    items = [activity("a", "5d"), activity("b", "30d")]
    result = ask("dcma-9-invalid-dates", items, [], **STATUS, **unmoved)
    # a would run from 1 to 5 June, b from 1 to 30 June: neither has begun by the 15th.
    assert [one.message for one in result.findings] == [
        "a Work is to finish on 2026-06-05, before the status date.",
        "b Work is to start on 2026-06-01, before the status date, and has not.",
    ]
    assert figures(ask("dcma-9-invalid-dates", items, [], **STATUS)) == (0, 2, True)


def test_without_a_status_date_no_date_is_invalid() -> None:
    result = ask("dcma-9-invalid-dates", [milestone("a", "2026-06-14")])
    assert (result.applies, result.why_not) == (False, "the plan has no status date")
    # The date a paper speaks of stands in.
    assert ask("dcma-9-invalid-dates", [milestone("a", "2026-06-14")], as_of="2026-06-15").applies


def test_each_plan_of_a_portfolio_has_its_own_status_date() -> None:
    items = [
        {"id": "p:P", "kind": "plan", "title": "One"},
        {"id": "q:Q", "kind": "plan", "title": "Other"},
        milestone("p:a", "2026-06-14", parent="p:P"),
        milestone("q:a", "2026-06-14", parent="q:Q"),
    ]
    projects = [{"item": "p:P", "status_date": "2026-06-15"}, {"item": "q:Q"}]
    result = ask("dcma-9-invalid-dates", items, [], projects=projects)
    assert figures(result) == (1, 1, False)
    assert item_ids(result) == [("p:a",)]


def test_what_nothing_places_has_no_invalid_date() -> None:
    items = [activity("a", "5d", planned={"precision": "ongoing"})]
    assert figures(ask("dcma-9-invalid-dates", items, [], **STATUS)) == (0, 1, True)
