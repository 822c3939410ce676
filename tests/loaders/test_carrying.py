"""One thing at a time that a new version of a plan does to the version before."""

from __future__ import annotations

from datetime import date

import pytest

from graphmodel.items import Item, Planned, SourceFile
from graphmodel.plan import Plan
from loaders.carrying import carry_over
from tests.loaders.small_versions import action, april, codes, may, milestone, stands, told

DREDGER = action("A1", "Hire a dredger for the outer harbour")
WALL = action("A2", "Mend the wall along the northern quay")
TENDER = milestone("A1.1", "Tender drawn up and published in two lots")
CREW = milestone("A1.2", "Crew trained, housed and paid by the week")
STONE = milestone("A2.1", "Stone bought from the quarry over the hill")


def test_neither_plan_is_changed() -> None:
    old, new = april(DREDGER, TENDER), may(DREDGER, CREW)
    before = old.model_copy(deep=True), new.model_copy(deep=True)
    carry_over(old, new)
    assert (old, new) == before


def test_places_name_the_file_of_their_version() -> None:
    problems = carry_over(april(DREDGER, TENDER), may(DREDGER, CREW)).problems
    places = {one.code: str(one.source) for one in problems}
    assert places["item-removed"] == "april.txt, line 1"
    assert places["item-added"] == "may.txt, line 1"


def test_items_cite_the_document_they_stand_in_now() -> None:
    plan = carry_over(april(DREDGER, TENDER), may(DREDGER, TENDER)).plan
    assert [(one.id, one.file) for one in plan.sources] == [("s1", "april.txt"), ("s2", "may.txt")]
    assert {item.source.source for item in plan.items if item.source} == {"s2"}


def test_the_notes_count() -> None:
    old = april(DREDGER, TENDER, CREW, WALL)
    new = may(DREDGER, CREW.model_copy(update={"id": "A1.1"}), WALL, STONE)
    assert carry_over(old, new).notes == (
        "3 of 4 items were known again, 3 of them word for word.",
        "Items: 1 new, 1 gone.",
    )
    assert carry_over(old, old).notes[1] == "Items: no changes."


# --- numbers that the paper prints ---------------------------------------------------------------


def test_a_number_printed_for_something_else_inherits_nothing() -> None:
    old = april(DREDGER.model_copy(update={"cause": "silt"}), WALL)
    other = action("A1", "Paint every bollard yellow and blue")
    carried = carry_over(old, may(other, WALL))
    item = carried.plan.index.items["A1"]
    assert (item.title, item.cause, item.history) == (other.title, None, ())
    assert codes(carried) == {"item-added", "item-removed", "number-reused"}
    (message,) = told(old, may(other, WALL), "number-reused")
    assert "which is gone" in message
    assert DREDGER.title in message


def test_decisions_go_along_with_another_number() -> None:
    moved = action("A7", DREDGER.title)
    carried = carry_over(
        april(DREDGER.model_copy(update={"cause": "silt"}), TENDER),
        may(moved, TENDER.model_copy(update={"id": "A7.1", "parent": "A7"})),
    )
    assert carried.plan.index.items["A7"].cause == "silt"
    # Milestones live on under the ids they were given; new ones go by the new number.
    (part,) = (item for item in carried.plan.items if item.kind == "milestone")
    assert (part.id, part.parent, part.label) == ("A1.1", "A7", "A7.1")
    assert codes(carried) == {"item-renumbered"}
    assert (carried.plan.model_extra or {})["x_retired"] == [
        {"id": "A1", "kind": "action", "title": DREDGER.title, "now": "A7"}
    ]


def test_a_number_out_of_use_that_comes_back_for_something_else_is_told() -> None:
    may_plan = carry_over(april(DREDGER, WALL), may(WALL)).plan
    june = may(WALL, action("A1", "Paint every bollard yellow and blue"))
    assert len(told(may_plan, june, "number-reused")) == 1
    back = carry_over(may_plan, may(WALL, DREDGER))
    assert codes(back) == {"item-returned"}
    assert "x_retired" not in (back.plan.model_extra or {})


def test_of_two_items_with_one_number_each_keeps_its_own() -> None:
    twin = action("A1~2", "Hang lanterns on the harbour gate").model_copy(
        update={"source": stands("A1 Hang lanterns on the harbour gate")}
    )
    first = {"id": "A1", "title": twin.title, "source": twin.source}
    second = {"id": "A1~2", "title": DREDGER.title, "source": DREDGER.source}
    old = april(DREDGER, twin)
    turned = may(twin.model_copy(update=first), DREDGER.model_copy(update=second))
    carried = carry_over(old, turned)
    titles = {item.id: item.title for item in carried.plan.items}
    assert titles == {"A1": DREDGER.title, "A1~2": twin.title}
    assert carried.problems == ()
    third = action("A1~2", "Paint every bollard yellow and blue").model_copy(
        update={"source": stands("A1 Paint every bollard yellow and blue")}
    )
    titles = {item.id: item.title for item in carry_over(old, may(DREDGER, third)).plan.items}
    assert titles == {"A1": DREDGER.title, "A1~3": third.title}  # A1~2 is never used again


def test_a_printed_number_goes_before_one_of_ours() -> None:
    printed = action("A1.1", "Paint every bollard yellow and blue")
    carried = carry_over(
        april(DREDGER, TENDER),
        may(DREDGER, TENDER.model_copy(update={"id": "A1.2"}), printed),
    )
    titles = {item.id: item.title for item in carried.plan.items}
    assert titles == {"A1": DREDGER.title, "A1.1": printed.title, "A1.2": TENDER.title}
    assert "number-reused" in codes(carried)


def test_ids_made_of_titles_stay_when_the_title_changes() -> None:
    old = Item(id="keep-the-harbour-deep", kind="theme", title="Keep the harbour deep")
    new = Item(id="keep-the-harbour-deeper", kind="theme", title="Keep the harbour deeper")
    other = Item(id="keep-the-harbour-deep", kind="theme", title="Keep the harbour, deep!")
    assert [item.id for item in carry_over(april(old), may(new)).plan.items] == [old.id]
    gone = carry_over(april(old, DREDGER), may(DREDGER)).plan
    fresh = Item(id="watch-the-tide", kind="theme", title="Watch the tide")
    plan = carry_over(gone, may(DREDGER, fresh, other)).plan
    assert [item.id for item in plan.items] == ["A1", "watch-the-tide", "keep-the-harbour-deep"]


def test_the_loader_may_say_which_ids_it_made() -> None:
    """A table states its ids; where it has none, only its reader knows."""
    rows = [
        item.model_copy(update={"source": item.source.model_copy(update={"cell": "A1"})})
        for item in (TENDER, CREW)
        if item.source
    ]
    table = SourceFile(id="t1", title="Rows", file="rows.xlsx", sha256="x")
    turned = (
        rows[1].model_copy(update={"id": "A1.1", "source": stands(CREW.title, "t1")}),
        rows[0].model_copy(update={"id": "A1.2", "source": stands(TENDER.title, "t1")}),
    )
    old = april(DREDGER, TENDER, CREW)
    new = may(DREDGER, *turned, sources=(table,))
    stated = {item.id: item.title for item in carry_over(old, new).plan.items}
    assert (stated["A1.1"], stated["A1.2"]) == (CREW.title, TENDER.title)
    made = {item.id: item.title for item in carry_over(old, new, made={"A1.1", "A1.2"}).plan.items}
    assert (made["A1.1"], made["A1.2"]) == (TENDER.title, CREW.title)


# --- items ---------------------------------------------------------------------------------------


def test_another_date_leaves_the_old_one_in_the_history() -> None:
    june = Planned(finish=date(2026, 6, 30), precision="month", text="June 2026")
    august = Planned(finish=date(2026, 8, 31), precision="month", text="Aug 2026")
    old = DREDGER.model_copy(update={"planned": june, "due": june.finish, "rag": "amber"})
    new = DREDGER.model_copy(update={"planned": august, "due": august.finish})
    carried = carry_over(april(old, as_of=date(2026, 4, 30)), may(new))
    item = carried.plan.index.items["A1"]
    assert (item.planned, item.due, item.rag) == (august, august.finish, "amber")
    (entry,) = item.history
    assert (entry.planned, entry.due, entry.rag) == (june, june.finish, "amber")
    assert (entry.as_of, entry.source) == (date(2026, 4, 30), old.source)
    (problem,) = carried.problems
    assert "planned 2026-06-30 → 2026-08-31; due 2026-06-30 → 2026-08-31" in problem.message


def test_the_same_date_in_other_words_is_no_change() -> None:
    day = date(2026, 6, 30)
    one = Planned(finish=day, precision="month", text="June 2026")
    other = Planned(finish=day, precision="month", text="Jun 2026")
    carried = carry_over(
        april(DREDGER.model_copy(update={"planned": one})),
        may(DREDGER.model_copy(update={"planned": other})),
    )
    item = carried.plan.index.items["A1"]
    assert (item.planned, item.history, carried.problems) == (other, (), ())


def test_a_date_that_the_paper_takes_back_is_gone() -> None:
    planned = Planned(finish=date(2026, 6, 30), precision="month")
    old = april(*(one.model_copy(update={"planned": planned}) for one in (DREDGER, WALL)))
    new = may(DREDGER, WALL.model_copy(update={"planned": planned}))
    item = carry_over(old, new).plan.index.items["A1"]
    assert (item.planned, item.history[0].planned) == (Planned(), planned)


def test_a_document_that_gives_no_dates_at_all_takes_none_away() -> None:
    planned = Planned(finish=date(2026, 6, 30), precision="month")
    old = april(DREDGER.model_copy(update={"planned": planned, "division": "Docks", "x_note": "n"}))
    item = carry_over(old, may(DREDGER)).plan.index.items["A1"]
    assert (item.planned, item.division, item.model_extra) == (planned, "Docks", {"x_note": "n"})


def test_complete_in_place_of_a_date_keeps_the_date() -> None:
    planned = Planned(finish=date(2026, 6, 30), precision="month")
    complete = Planned(precision="complete", text="Complete")
    begun = {"planned": planned, "status": "in_progress", "percent": 40.0}
    old = april(DREDGER.model_copy(update={**begun, "forecast": date(2026, 7, 31)}))
    new = may(DREDGER.model_copy(update={"planned": complete, "status": "complete"}))
    carried = carry_over(old, new)
    item = carried.plan.index.items["A1"]
    assert (item.status, item.percent, item.forecast) == ("complete", 100, None)
    assert item.planned == planned
    assert (item.history[0].percent, item.history[0].forecast) == (40, date(2026, 7, 31))
    again = carry_over(carried.plan, new)
    assert (again.plan, again.problems) == (carried.plan, ())


@pytest.mark.parametrize(
    ("before", "status", "code"),
    [
        (Planned(precision="complete"), "not_started", "status-reopened"),
        (Planned(finish=date(2026, 6, 30), precision="month"), "complete", "status-kept"),
    ],
)
def test_a_date_after_complete(before: Planned, status: str, code: str) -> None:
    later = Planned(finish=date(2026, 9, 30), precision="month")
    old = april(DREDGER.model_copy(update={"planned": before, "status": "complete"}))
    carried = carry_over(old, may(DREDGER.model_copy(update={"planned": later})))
    assert carried.plan.index.items["A1"].status == status
    assert code in codes(carried)


def test_a_reworded_title_is_told_with_its_score_and_remembered() -> None:
    reworded = milestone("A1.1", "Tender drawn up and printed in two lots")
    carried = carry_over(april(DREDGER, TENDER), may(DREDGER, reworded))
    item = carried.plan.index.items["A1.1"]
    assert (item.title, item.history[0].model_extra) == (reworded.title, {"x_title": TENDER.title})
    (problem,) = carried.problems
    assert (problem.code, problem.severity) == ("item-reworded", "info")
    assert "score 0." in problem.message


def test_another_title_and_another_date_at_once_are_doubtful() -> None:
    june, july = (Planned(finish=date(2026, month, 30), precision="month") for month in (6, 7))
    old = april(DREDGER, TENDER.model_copy(update={"planned": june}))
    new = may(DREDGER, milestone("A1.1", "Tender drawn up and printed in two lots", planned=july))
    problems = {one.code: one.severity for one in carry_over(old, new).problems}
    assert problems == {"item-reworded": "warning", "dates-changed": "info"}


def test_history_of_the_paper_itself_is_not_doubled() -> None:
    entry = {"as_of": "2026-03-31", "rag": "red"}
    old = Item.model_validate({**DREDGER.model_dump(), "history": [entry]})
    held = [{**entry, "source": {"source": "s1", "line": 9}}, {"as_of": "2026-04-30", "rag": "red"}]
    new = Item.model_validate({**DREDGER.model_dump(), "history": held})
    item = carry_over(april(old), may(new)).plan.index.items["A1"]
    assert [one.as_of for one in item.history] == [date(2026, 3, 31), date(2026, 4, 30)]


def test_tags_and_facts_of_both() -> None:
    old = DREDGER.model_copy(update={"tags": ("ours", "both"), "x_ours": 1, "x_both": 2})
    new = DREDGER.model_copy(update={"tags": ("both", "theirs"), "x_both": 3})
    item = carry_over(april(old), may(new)).plan.index.items["A1"]
    assert item.tags == ("ours", "both", "theirs")
    assert item.model_extra == {"x_both": 3, "x_ours": 1}


def test_what_other_documents_brought_in_stays() -> None:
    register = SourceFile(id="s2", title="Events", file="events.xlsx", sha256="e")
    event = Item(
        id="E1", kind="milestone", title="Spring tide", parent="A1", source=stands("tide", "s2")
    )
    outside = milestone("A2.1", "The minister signs", external=True)
    old = april(DREDGER, WALL, event, outside, sources=(register,))
    carried = carry_over(old, may(WALL))
    assert [(item.id, item.parent) for item in carried.plan.items] == [
        ("A2", None),
        ("E1", None),  # what it was part of is gone
        ("A2.1", "A2"),
    ]
    assert codes(carried) == {"item-removed", "item-kept"}
    printed = action("E1", "Paint every bollard yellow and blue")
    ids = [item.id for item in carry_over(old, may(WALL, printed)).plan.items]
    assert ids == ["A2", "E1", "E1~2", "A2.1"]


def test_nothing_in_common_replaces_everything() -> None:
    carried = carry_over(april(DREDGER), may(action("B1", "Paint every bollard yellow")))
    assert [item.id for item in carried.plan.items] == ["B1"]
    assert carried.notes[0].startswith("0 of 1 item ")


def test_what_is_gone_is_told_with_what_was_known_of_it() -> None:
    entry = {"as_of": "2026-03-31"}
    delay = {"distribution": "uniform", "low": "0d", "high": "1w"}
    values = {"status": "on_hold", "history": [entry], "uncertainty": delay}
    old = Item.model_validate({**TENDER.model_dump(), **values})
    (message,) = told(april(DREDGER, old), may(DREDGER), "item-removed")
    assert message.endswith("with status on hold, its uncertainty, 1 of history.")


def test_corrections_hold_until_the_new_version_brings_its_own() -> None:
    due = {"due": date(2026, 6, 30)}
    correction = {"item": "A1", "field": "due", "value": "2026-06-30", "who": "PMO"}
    old = april(DREDGER.model_copy(update=due), corrections=[correction])
    wrong = DREDGER.model_copy(update={"due": date(2062, 6, 30)})
    carried = carry_over(old, may(wrong))
    assert carried.plan.index.items["A1"].due == date(2026, 6, 30)
    assert codes(carried) == {"correction-kept"}
    assert carried.plan.corrections == old.corrections
    assert carry_over(old, may(DREDGER.model_copy(update=due))).problems == ()
    later = DREDGER.model_copy(update={"due": date(2026, 7, 31)})
    new = may(later, corrections=[{**correction, "value": "2026-07-31"}])
    plan = carry_over(old, new).plan
    assert plan.index.items["A1"].due == date(2026, 7, 31)
    assert [one.value for one in plan.corrections] == ["2026-07-31"]


# --- what cannot be told apart -------------------------------------------------------------------


def test_what_could_be_two_is_told_and_gets_nothing() -> None:
    old = april(
        DREDGER,
        milestone("A1.1", "Silt moved from the northern berth", cause="north"),
        milestone("A1.2", "Silt moved from the southern berth", cause="south"),
    )
    new = may(DREDGER, milestone("A1.1", "Silt moved from the western berth"))
    carried = carry_over(old, new)
    (part,) = (item for item in carried.plan.items if item.kind == "milestone")
    assert (part.id, part.cause) == ("A1.3", None)
    assert codes(carried) == {"item-ambiguous", "item-added", "item-removed", "most-is-gone"}


def test_equal_titles_of_one_action_are_told_apart_by_date() -> None:
    june, july, may_day = (Planned(finish=date(2026, n, 1), precision="day") for n in (6, 7, 5))
    title = "Report to the harbour board"
    first = milestone("A1.1", title, planned=june, cause="first")
    second = milestone("A1.2", title, planned=july, cause="second")
    old = april(DREDGER, first, second)
    turned = may(
        DREDGER,
        milestone("A1.1", title, planned=july),
        milestone("A1.2", title, planned=june),
    )
    causes = {item.id: item.cause for item in carry_over(old, turned).plan.items[1:]}
    assert causes == {"A1.1": "first", "A1.2": "second"}
    one_left = may(DREDGER, milestone("A1.1", title, planned=july))
    (part,) = carry_over(old, one_left).plan.items[1:]
    assert (part.id, part.cause) == ("A1.2", "second")
    moved = may(
        DREDGER,
        milestone("A1.1", title, planned=may_day),
        milestone("A1.2", title, planned=july),
    )
    causes = {item.id: item.cause for item in carry_over(old, moved).plan.items[1:]}
    assert causes == {"A1.1": "first", "A1.2": "second"}
    neither = may(DREDGER, milestone("A1.1", title, planned=may_day))
    carried = carry_over(old, neither)
    assert "item-ambiguous" in codes(carried)
    assert [item.id for item in carried.plan.items[1:]] == ["A1.3"]


def test_a_short_title_elsewhere_is_no_proof() -> None:
    old = april(DREDGER, milestone("A1.1", "Sign-off", cause="dredger"), WALL)
    new = may(DREDGER, WALL, milestone("A2.1", "Sign-off").model_copy(update={"source": None}))
    carried = carry_over(old, new)
    assert [(item.id, item.cause) for item in carried.plan.items[2:]] == [("A2.1", None)]
    (problem,) = (one for one in carried.problems if one.code == "item-perhaps-same")
    assert "too short or too frequent" in problem.message


def test_unlike_titles_are_named_where_they_are_not_too_unlike() -> None:
    old = april(DREDGER, milestone("A1.1", "Crew trained, housed and paid"))
    new = may(DREDGER, milestone("A1.1", "Crew trained in three knots"))
    (message,) = told(old, new, "item-perhaps-same")
    assert "score 0.58" in message  # as difflib counts it


def test_an_action_is_known_by_its_number_and_its_parts() -> None:
    parts = [TENDER, CREW]
    other = action("A1", "Get the harbour deep again before the herring comes")
    old = april(DREDGER.model_copy(update={"cause": "silt"}), *parts)
    carried = carry_over(old, may(other, *parts))
    assert carried.plan.index.items["A1"].cause == "silt"
    assert codes(carried) == {"item-reworded"}


def test_an_action_reworded_beyond_its_score_is_doubtful() -> None:
    old = april(action("A1", "Mend the sea wall at last"), WALL)
    new = may(action("A1", "Mend the northern sea wall for good"), WALL)
    (problem,) = carry_over(old, new).problems
    assert (problem.code, problem.severity) == ("item-reworded", "warning")
    assert "known by its number" in problem.message


# --- the plan itself -----------------------------------------------------------------------------


def test_the_plan_keeps_what_the_new_version_does_not_say() -> None:
    calendar = {"id": "dock", "hours_per_day": 7}
    first = {"status_date": "2026-04-30", "start": "2026-04-01", "x_ours": 1, "x_period": "a"}
    old = april(DREDGER, **first, calendars=[calendar], calendar="dock")
    new = may(DREDGER, title="Harbour", as_of="2026-05-31", x_period="b")
    plan = carry_over(old, Plan.model_validate(new.model_dump() | {"id": "port"})).plan
    assert (plan.id, plan.title, plan.start) == ("harbour", "Harbour", date(2026, 4, 1))
    assert (plan.status_date, plan.as_of) == (date(2026, 4, 30), date(2026, 5, 31))
    assert (plan.calendar, len(plan.calendars)) == ("dock", 1)
    assert plan.model_extra == {"x_ours": 1, "x_period": "b"}


def test_a_damaged_record_of_ids_is_no_error() -> None:
    old = april(DREDGER, x_retired=["A9", {"id": 3}, {"id": "A3", "kind": "action", "title": "T"}])
    plan = carry_over(old, may(DREDGER)).plan
    assert plan.model_extra == {"x_retired": [{"id": "A3", "kind": "action", "title": "T"}]}
    assert carry_over(april(DREDGER, x_retired="?"), may(DREDGER)).plan.model_extra == {}


def test_most_of_a_plan_gone_is_told() -> None:
    old = april(DREDGER, TENDER, CREW, WALL)
    assert told(old, may(DREDGER, TENDER), "most-is-gone") == []
    (message,) = told(old, may(DREDGER), "most-is-gone")
    assert message.startswith("3 of 4 items are gone")
