"""The two notions of critical (DESIGN 5.5): by total float, and by the longest path."""

from __future__ import annotations

import pytest

from tests.simulations.sketch import OFFICE, activity, link, row, run


def test_longest_path_takes_no_notice_of_floats() -> None:
    """A due date leaves b one day short; a, which sets the finish, has room by its own due date."""
    items = [activity("a", "10d", due="2026-07-10"), activity("b", "5d", due="2026-06-04")]
    answer = run(items)
    assert answer.critical_by == "total_float"
    assert [(one.critical, one.on_longest_path) for one in answer.items] == [
        (False, True),
        (True, False),
    ]
    answer = run(items, options={"critical": "longest_path"})
    assert answer.critical_by == "longest_path"
    assert [(one.critical, one.on_longest_path) for one in answer.items] == [
        (True, True),
        (False, False),
    ]


def test_all_chains_that_tie_are_on_the_longest_path() -> None:
    """The path listed is one chain; what is on the longest path is on any of those that tie."""
    items = [activity(one, "4d") for one in "abcd"] + [activity("e", "2d"), activity("f", "2d")]
    answer = run(items, [link("a", "e"), link("b", "e"), link("c", "f")])
    assert answer.longest_path == ("a", "e")
    assert [one.id for one in answer.items if one.on_longest_path] == ["a", "b", "c", "e", "f"]
    assert not row(answer, "d").on_longest_path


def test_complete_work_on_the_longest_path_is_not_critical() -> None:
    done = activity("a", "2d", status="complete", actual_start="2026-06-01",
                    actual_finish="2026-06-02")  # fmt: skip
    answer = run(
        [done, activity("b", "2d")], [link("a", "b")], options={"critical": "longest_path"}
    )
    assert [(one.critical, one.on_longest_path) for one in answer.items] == [
        (False, True),
        (True, True),
    ]


@pytest.mark.parametrize(("threshold", "critical"), [(2, False), (2.5, True), (3, True)])
def test_a_threshold_is_counted_in_the_items_own_days(threshold: float, *, critical: bool) -> None:
    """B ends on Friday at 13:00, a on the Tuesday after: two working days and a half, four days."""
    items = [activity("a", "7wd"), activity("b", "36h")]
    answer = run(items, threshold_days=threshold, calendars=[OFFICE], calendar="office")
    assert answer.threshold_days == threshold
    assert row(answer, "b").total_float_days == 2.5
    assert row(answer, "b").critical is critical


def test_level_of_effort_is_not_what_finishes_last() -> None:
    """It ends with what it spans, which is on the longest path; the effort itself is not."""
    items = [activity("a", "4d"), activity("l", "0d", type="loe")]
    answer = run(items, [link("a", "l", "SS"), link("a", "l", "FF")])
    assert row(answer, "l").finish == row(answer, "a").finish
    assert [one.id for one in answer.items if one.on_longest_path] == ["a"]
