"""What changed between two versions of a plan, each kind of change on a plan read by eye."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from queries.compare import compare_plans
from queries.versions import Entry, find_differences
from tests.knockon.council import COUNCIL, council
from tests.oracle.small import build, fs

if TYPE_CHECKING:
    from queries.versions import DateChange


def edited(item: str, **changes: Any) -> Any:
    """The council's plan with one item changed."""
    return council(
        items=[{**one, **changes} if one["id"] == item else one for one in COUNCIL["items"]]
    )


def dates(change: DateChange) -> tuple[str, str, float | None]:
    return change.field, change.kind, change.days


def test_the_same_plan_twice() -> None:
    found = find_differences(council(), council())
    assert not any(getattr(found, name) for name in found.__slots__)
    (step,) = compare_plans([council(), council()]).steps
    assert step.sentences == ("No forecast moved.", "Otherwise the items are the same.")


def test_added_and_removed() -> None:
    less = [one for one in COUNCIL["items"] if one["id"] != "A.3"]
    more = [*less, {"id": "A.5", "kind": "milestone", "title": "New", "parent": "A"}]
    links = COUNCIL["links"][:2]
    found = find_differences(council(links=links), council(items=more, links=links))
    assert found.added == (Entry("A.5", "milestone", "New"),)
    assert found.removed == (Entry("A.3", "milestone", "Find a partner"),)


def test_reworded_is_more_than_marks_and_case() -> None:
    assert find_differences(council(), edited("A.1", title="CONSULT staff properly")).reworded == ()
    (one,) = find_differences(council(), edited("A.1", title="Consult everybody")).reworded
    assert (one.id, one.after) == ("A.1", "Consult everybody")
    assert one.place is not None
    assert one.place.line == 41


def test_part_of_something_else() -> None:
    (one,) = find_differences(council(), edited("A.3", parent="T")).moved
    assert (one.id, one.before, one.after) == ("A.3", "A", "T")


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ({"finish": "2027-05-31"}, ("planned_finish", "re_profiled_unapproved", 31)),
        ({"finish": "2027-03-31"}, ("planned_finish", "brought_forward", -30)),
        ({}, ("planned_finish", "date_dropped", None)),
    ],
)
def test_a_stated_date_that_changed(planned: dict[str, str], expected: Any) -> None:
    (change,) = find_differences(council(), edited("A.2", planned=planned)).dates
    assert dates(change) == expected


def test_a_re_profile_with_approval_names_the_board() -> None:
    history = [{"planned": {"finish": "2027-04-30"}, "approved": {"board": "Cabinet"}}]
    now = edited("A.2", planned={"finish": "2027-06-30"}, history=history)
    (change,) = find_differences(council(), now).dates
    assert dates(change) == ("planned_finish", "re_profiled_approved", 61)
    assert change.approved_by == "Cabinet"
    again = edited("A.2", planned={"finish": "2027-07-31"}, history=history)
    (change,) = find_differences(now, again).dates
    assert (change.kind, change.approved_by) == ("re_profiled_unapproved", None)


def test_a_due_date_and_a_first_date() -> None:
    (change,) = find_differences(council(), edited("A", due="2027-05-31")).dates
    assert dates(change) == ("due", "re_profiled_unapproved", 31)
    (change,) = find_differences(council(), edited("T", due="2027-05-31")).dates
    assert dates(change) == ("due", "dated", None)
    (change,) = find_differences(council(), edited("A.1", planned={"finish": "2027-01-31"})).dates
    assert dates(change) == ("planned_start", "date_dropped", None)


def test_a_forecast_is_held_against_the_one_before_or_the_plan() -> None:
    slipped = edited("A.2", forecast="2027-05-10")
    (change,) = find_differences(council(), slipped).dates
    assert dates(change) == ("forecast", "slipped", 10)
    assert (change.before, change.after) == (date(2027, 4, 30), date(2027, 5, 10))
    (change,) = find_differences(slipped, edited("A.2", forecast="2027-05-03")).dates
    assert dates(change) == ("forecast", "brought_forward", -7)
    (change,) = find_differences(slipped, council()).dates
    assert dates(change) == ("forecast", "brought_forward", -10)
    same = edited("A.2", forecast="2027-04-30")
    assert find_differences(council(), same).dates == ()


def test_other_owners_are_told_where_they_are_assigned() -> None:
    assigned = [{"officer": "cx", "item": "A"}, *COUNCIL["assignments"][1:]]
    (change,) = find_differences(council(), council(assignments=assigned)).owners
    assert (change.id, change.role) == ("A", "responsible")
    assert (change.before, change.after) == (
        ("Director of Adult Social Care",), ("Chief Executive",),
    )  # fmt: skip


def test_status_and_rating() -> None:
    (change,) = find_differences(council(), edited("A.2", status="in_progress", rag="red")).statuses
    assert (change.before, change.after) == ("not_started", "in_progress")
    assert (change.rag_before, change.rag_after) == (None, "red")


LINK = {"from": "A.1", "to": "A.2"}


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ([], [LINK], "new"),
        ([{**LINK, "state": "rejected"}], [LINK], "new"),
        ([LINK], [], "lost"),
        ([{**LINK, "state": "proposed"}], [], "lost"),
        ([{**LINK, "state": "proposed"}], [LINK], "accepted"),
        ([{**LINK, "state": "proposed"}], [{**LINK, "state": "rejected"}], "rejected"),
        ([LINK], [{**LINK, "state": "proposed"}], "withdrawn"),
        ([LINK], [{**LINK, "lag": "5d"}], "retyped"),
        ([LINK], [{**LINK, "type": "SS"}], "retyped"),
        ([{**LINK, "type": "FF"}, LINK], [LINK], "lost"),
    ],
)
def test_what_became_of_a_link(before: Any, after: Any, change: str) -> None:
    (found,) = find_differences(council(links=before), council(links=after)).links
    assert found.change == change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([{**LINK, "state": "rejected"}], []),
        ([{**LINK, "state": "rejected"}], [{**LINK, "state": "rejected", "type": "SS"}]),
        ([LINK], [{**LINK, "confidence": 0.3}]),
    ],
)
def test_what_is_no_change_of_a_link(before: Any, after: Any) -> None:
    assert find_differences(council(links=before), council(links=after)).links == ()


def test_rates_by_theme_officer_and_month() -> None:
    items: list[dict[str, Any]] = [
        {"id": "X", "kind": "theme"},
        {"id": "Y", "kind": "theme"},
        {"id": "a", "parent": "X", "planned": {"finish": "2026-06-30"}},
        {"id": "b", "parent": "X", "planned": {"finish": "2026-07-31"}},
        {"id": "c", "parent": "Y", "planned": {"finish": "2026-07-31"}},
        {"id": "d", "parent": "Y", "planned": {"finish": "2026-07-31"}, "status": "complete"},
        {"id": "e", "parent": "Y"},
    ]
    people: dict[str, Any] = {
        "officers": [{"id": "o", "title": "Head of X"}, {"id": "p", "title": "Head of Y"}],
        "assignments": [
            {"officer": "o", "item": "X"}, {"officer": "p", "item": "Y"},
            {"officer": "o", "item": "Y"},
        ],
    }  # fmt: skip
    later: list[dict[str, Any]] = [dict(one) for one in items]
    later[2]["planned"] = {"finish": "2026-08-29"}
    links = [fs("a", "b")]
    (step,) = compare_plans([build(items, *links, **people), build(later, *links, **people)]).steps
    found = {(one.kind, one.id): one for one in step.rates}
    whole = found["plan", "p"]
    assert (whole.open, whole.slipped, whole.total_days, whole.own_days) == (3, 2, 60 + 29, 60)
    assert whole.share == pytest.approx(2 / 3)
    assert whole.mean_days == pytest.approx(89 / 2)
    assert (found["theme", "X"].open, found["theme", "X"].slipped) == (2, 2)
    assert (found["theme", "Y"].open, found["theme", "Y"].mean_days) == (1, None)
    assert (found["officer", "o"].open, found["officer", "p"].open) == (3, 1)  # c belongs to both
    assert [(one.id, one.slipped) for one in step.rates if one.kind == "month"] == [
        ("2026-06", 1), ("2026-07", 1),
    ]  # fmt: skip


def test_what_became_late_and_what_no_longer_is() -> None:
    before = edited("A.2", due="2027-04-30")
    after = edited("A.2", due="2027-04-30", planned={"finish": "2027-05-05"})
    (step,) = compare_plans([before, after]).steps
    assert (step.newly_late, step.no_longer_late) == (("A", "A.2"), ())
    assert "became late against a due date" in step.sentences[1]
    (back,) = compare_plans([after, before]).steps
    assert (back.newly_late, back.no_longer_late) == ((), ("A", "A.2"))
    assert "2 items are no longer late." in back.sentences


def test_the_answer_in_words() -> None:
    links = (fs("a", "b"),)
    items = [{"id": one, "planned": {"finish": "2026-06-30"}} for one in "abc"]
    later = [dict(one) for one in items]
    later[0] = {"id": "a", "planned": {"finish": "2026-07-10"}}
    later[2] = {"id": "c", "planned": {"finish": "2026-06-20"}}
    (step,) = compare_plans([build(items, *links), build(later, *links)]).steps
    slips, *others = step.sentences
    assert slips == (
        "2 items slipped (1 of their own, 1 only because of others), a “a” most, by 10 days; "
        "1 item came forward."
    )
    assert tuple(others) == (
        "The plan's last finish moved 10 days later; the longest path changed.",
        "The stated dates of 1 item were moved later, none with an approval on record.",
        "Otherwise the items are the same.",
    )


def test_several_versions_and_the_trend() -> None:
    def report(day: str, finish: str, **rest: Any) -> Any:
        items = [
            {"id": "a", "planned": {"finish": finish}, **rest},
            {"id": "b", "planned": {"finish": "2026-12-31"}},
        ]
        return build(items, as_of=day)

    versions = [
        report("2026-06-30", "2026-09-30"),
        report("2026-07-31", "2026-10-31"),
        report("2026-08-31", "2026-10-31", forecast="2026-11-30"),
    ]
    answer = compare_plans(versions)
    assert [step.new.as_of for step in answer.steps] == [date(2026, 7, 31), date(2026, 8, 31)]
    assert answer.overall is not None
    assert answer.overall.forecasts.shifts[0].days == 61
    trend, level = answer.trends
    assert [(point.report, point.finish, point.basis) for point in trend.points] == [
        (date(2026, 6, 30), date(2026, 9, 30), "planned"),
        (date(2026, 7, 31), date(2026, 10, 31), "planned"),
        (date(2026, 8, 31), date(2026, 11, 30), "forecast"),
    ]
    assert (trend.days, trend.moves, level.days, level.moves) == (61, 2, 0, 0)


def test_the_trend_of_an_item_that_carries_its_own_history() -> None:
    history = [
        {"as_of": "2026-04-30", "planned": {"finish": "2026-06-30"}},
        {"as_of": "2026-05-31", "due": "2026-07-31"},
        {"as_of": "2026-06-30", "forecast": "2026-08-31", "planned": {"finish": "2026-06-30"}},
        {"as_of": "2026-06-30", "forecast": "2026-09-30"},
        {"text": "nothing of dates"},
        {"due": "2026-08-15"},
        {"due": "2026-08-15"},
    ]
    item = {"id": "a", "status": "complete", "actual_finish": "2026-10-05", "history": history}
    (trend,) = compare_plans([build([item])] * 2).trends
    assert [(point.finish.isoformat(), point.basis) for point in trend.points] == [
        ("2026-06-30", "planned"), ("2026-07-31", "due"), ("2026-08-31", "forecast"),
        ("2026-08-15", "due"), ("2026-10-05", "actual"), ("2026-10-05", "actual"),
    ]  # fmt: skip
    assert trend.days == 97


def test_one_version_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="two versions"):
        compare_plans([council()])
