"""DCMA points 10 to 14 on plans whose figures are counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.asking import ask, figures, item_ids, office
from tests.simulations.sketch import activity, link, milestone

OFFICER: dict[str, Any] = {"officers": [{"id": "o", "title": "Head of Planning"}]}
STATUS: dict[str, Any] = {"status_date": "2026-06-12"}  # a Friday


def kept(finish: str) -> dict[str, Any]:
    return {"baselines": [{"finish": finish}]}


def done(finish: str | None) -> dict[str, Any]:
    return {"status": "complete", "actual_finish": finish}


def test_work_that_nobody_is_assigned_to() -> None:
    items = [
        {"id": "A", "kind": "action", "title": "Action"},
        activity("own", "5wd"),
        activity("part", "5wd", parent="A"),
        activity("alone", "5wd"),
        activity("brief", "7h"),
        activity("day", "8h"),
    ]
    held = [{"officer": "o", "item": "own", "role": "sponsor"}, {"officer": "o", "item": "A"}]
    result = ask("dcma-10-resources", items, [], assignments=held, **OFFICER, **office())
    assert figures(result) == (2, 4, None)  # told, not judged; less than a day is no work
    assert [(one.severity, one.message) for one in result.findings] == [
        ("info", "Nobody is assigned to alone Work."),
        ("info", "Nobody is assigned to day Work."),
    ]


def test_in_a_plan_of_dates_every_milestone_needs_somebody() -> None:
    items = [milestone("a", "2026-07-01"), milestone("b", "2026-07-01")]
    held = [{"officer": "o", "item": "a"}]
    result = ask("dcma-10-resources", items, [], assignments=held, **OFFICER)
    assert item_ids(result) == [("b",)]


def test_resources_do_not_apply_where_nobody_is_named() -> None:
    result = ask("dcma-10-resources", [milestone("a", "2026-07-01")])
    assert result.why_not == "the plan assigns nobody"


def test_missed_activities() -> None:
    items = [
        activity("late", "1d", **kept("2026-06-10"), **done("2026-06-11")),
        activity("on-time", "1d", **kept("2026-06-10"), **done("2026-06-10")),
        activity("undated", "1d", **kept("2026-06-10"), **done(None)),
        activity("open", "1d", **kept("2026-06-11")),
        activity("today", "1d", **kept("2026-06-12"), status="in_progress", percent=100),
        activity("later", "1d", **kept("2026-06-13")),
        activity("none", "1d"),
    ]
    result = ask("dcma-11-missed", items, [], **STATUS)
    # What is due on the status date itself can still finish on it.
    assert figures(result) == (2, 5, False)
    assert [one.message for one in result.findings] == [
        "late Work was to finish by 2026-06-10 and finished on 2026-06-11.",
        "open Work was to finish by 2026-06-11 and is unfinished.",
    ]


def test_one_missed_activity_in_twenty_is_let_pass() -> None:
    items = [activity(f"a{n}", "1d", **kept("2026-06-10"), **done("2026-06-10")) for n in range(19)]
    items.append(activity("a19", "1d", **kept("2026-06-10")))
    assert figures(ask("dcma-11-missed", items, [], **STATUS)) == (1, 20, True)


def test_a_plan_of_dates_is_held_to_its_own() -> None:
    items = [
        milestone("a", "2026-06-11"),
        milestone("b", "2026-06-11", due="2026-06-30"),
        milestone("c"),
    ]
    result = ask("dcma-11-missed", items, [], **STATUS)
    assert figures(result) == (1, 1, False)
    assert result.note == "The plan is one of dates: its own dates stand for a baseline."


@pytest.mark.parametrize("code", ["dcma-11-missed", "dcma-14-bei"])
def test_progress_does_not_apply_without_baseline_or_status_date(code: str) -> None:
    assert ask(code, [activity("a", "1d", due="2026-06-10")], [], **STATUS).why_not == (
        "the plan has no baseline"
    )
    assert ask(code, [activity("a", "1d", **kept("2026-06-10"))]).why_not == (
        "the plan has no status date"
    )


def test_baseline_execution_index() -> None:
    items = [
        activity("a", "1d", **kept("2026-06-10"), **done("2026-06-12")),
        activity("early", "1d", **kept("2026-07-10"), **done("2026-06-12")),
        activity("behind", "1d", **kept("2026-06-12")),
        activity("ahead", "1d", **kept("2026-06-13")),
        activity("new", "1d"),
    ]
    # Two are complete; two were to be by the 12th, and one has no baseline: 2 / 3.
    result = ask("dcma-14-bei", items, [], **STATUS)
    assert figures(result) == (2, 3, False)
    assert result.note == "1 activity has no baseline and counts as due."
    assert [(one.message, one.items) for one in result.findings] == [
        ("2 activities are complete, and 3 should be: an index of 0.67.", ("behind",))
    ]
    assert figures(ask("dcma-14-bei", items[:3], [], **STATUS)) == (2, 2, True)


def test_an_index_of_95_is_enough() -> None:
    items = [activity(f"a{n}", "1d", **kept("2026-06-10"), **done("2026-06-10")) for n in range(19)]
    items.append(activity("b", "1d", **kept("2026-06-10")))
    assert figures(ask("dcma-14-bei", items, [], **STATUS)) == (19, 20, True)
    items += [activity("c", "1d"), activity("d", "1d")]
    result = ask("dcma-14-bei", items, [], **STATUS)
    assert figures(result) == (19, 22, False)
    assert result.note == "2 activities have no baseline and count as due."


def test_an_index_in_a_plan_of_dates() -> None:
    items = [milestone("a", "2026-06-11", **done("2026-06-11")), milestone("b")]
    assert figures(ask("dcma-14-bei", items, [], **STATUS)) == (1, 1, True)


def test_critical_path_length_index() -> None:
    # 20 working days from Monday 15 June: to Friday 10 July.
    item = [activity("a", "20wd")]
    on = ask("dcma-13-cpli", item, [], must_finish="2026-07-10", **STATUS, **office())
    assert figures(on) == (20, 20, True)
    assert on.note == (
        "The plan finishes on 2026-07-10, 20 working days from the status date and on 2026-07-10: "
        "an index of 1.00."
    )
    one_late = ask("dcma-13-cpli", item, [], must_finish="2026-07-09", **STATUS, **office())
    assert figures(one_late) == (19, 20, True)  # 0.95 is enough
    late = ask("dcma-13-cpli", item, [], must_finish="2026-07-08", **STATUS, **office())
    assert figures(late) == (18, 20, False)
    assert late.findings[0].message == (
        "The plan finishes on 2026-07-10, 20 working days from the status date and 2 working days "
        "after 2026-07-08: an index of 0.90."
    )
    early = ask("dcma-13-cpli", item, [], must_finish="2026-07-13", **STATUS, **office())
    assert figures(early) == (21, 20, True)


def test_what_a_plan_is_to_finish_by() -> None:
    by_baseline = [activity("a", "20wd", **kept("2026-07-08"), due="2026-07-10")]
    assert figures(ask("dcma-13-cpli", by_baseline, [], **STATUS, **office())) == (18, 20, False)
    by_due = [activity("a", "20wd", due="2026-07-10")]
    assert figures(ask("dcma-13-cpli", by_due, [], **STATUS, **office())) == (20, 20, True)
    nothing = ask("dcma-13-cpli", [activity("a", "20wd")], [], **STATUS, **office())
    assert nothing.why_not == ("the plan has no date to finish by, and its last item no baseline")


def test_a_plan_of_a_portfolio_has_its_own_finish() -> None:
    items = [
        {"id": "p:P", "kind": "plan", "title": "One"},
        activity("p:a", "20wd", parent="p:P"),
    ]
    project = {"item": "p:P", "start": "2026-06-01", "calendar": "office"}
    project |= {"must_finish": "2026-07-08", "status_date": "2026-06-12"}
    calendars = office()["calendars"]
    result = ask("dcma-13-cpli", items, [], projects=[project], calendars=calendars)
    assert figures(result) == (18, 20, False)


def test_the_index_needs_a_status_date_and_a_finish_after_it() -> None:
    item = [activity("a", "20wd", due="2026-07-10")]
    assert ask("dcma-13-cpli", item, [], **office()).why_not == "the plan has no status date"
    over = [activity("a", "1d", due="2026-06-01", **done("2026-06-01"))]
    assert ask("dcma-13-cpli", over, [], **STATUS, **office()).why_not == (
        "the plan finishes by its status date"
    )
    assert ask("dcma-13-cpli", [milestone("a")], [], **STATUS).why_not == (
        "nothing in the plan has a date"
    )


def test_a_delay_on_the_critical_path_reaches_the_finish() -> None:
    items = [activity("a", "10d"), activity("b", "5d"), activity("c", "2d")]
    result = ask("dcma-12-critical-path-test", items, [link("a", "b")])
    assert figures(result) == (840, 840, True)
    assert result.note == (
        "840 days put into a Work, the first unfinished item of a critical path of 2, move its "
        "last item, b, by 840 days."
    )


def test_a_pinned_date_stops_the_delay() -> None:
    pin = {"constraints": [{"type": "MFO", "date": "2026-06-15", "hard": True}]}
    items = [activity("a", "10d"), activity("b", "5d", **pin)]
    # a ends on 10 June and drives b, which ends on the 15th and is pinned there.
    result = ask("dcma-12-critical-path-test", items, [link("a", "b")])
    assert figures(result) == (0, 840, False)
    (finding,) = result.findings
    assert finding.items == ("a", "b")
    assert finding.message == (
        "840 days put into a Work, the first unfinished item of a critical path of 2, move its "
        "last item, b, by 0 days: something holds it where it is."
    )
    items[1]["constraints"][0]["hard"] = False
    assert figures(ask("dcma-12-critical-path-test", items, [link("a", "b")])) == (840, 840, True)


def test_the_delay_is_put_into_what_is_unfinished() -> None:
    items = [
        activity("a", "5d", status="complete", actual_finish="2026-06-05"),
        activity("b", "5d"),
        activity("c", "5d"),
    ]
    result = ask("dcma-12-critical-path-test", items, [link("a", "b"), link("b", "c")])
    assert result.note is not None
    assert result.note.startswith("840 days put into b Work, the first unfinished item")


def test_plans_without_a_path_to_test() -> None:
    code = "dcma-12-critical-path-test"
    assert ask(code, [activity("a", "1d")]).why_not == (
        "the plan has no accepted links, so it has no critical path to test"
    )
    apart = [milestone("a", "2026-07-01"), milestone("b", "2026-09-30")]
    assert ask(code, apart, [link("a", "b")]).why_not == (
        "nothing drives b, which finishes last: there is no path"
    )
    over = [
        activity("a", "5d", status="complete", actual_finish="2026-06-05"),
        activity("b", "5d", status="complete", actual_finish="2026-06-10"),
    ]
    assert not ask(code, over, [link("a", "b")]).applies
