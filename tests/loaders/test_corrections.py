"""Corrections put into plans, month after month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.items import Planned
from graphmodel.measures import Correction
from loaders.corrections import apply_corrections, mark_withdrawn
from tests.loaders.small_registers import make_plan

if TYPE_CHECKING:
    from graphmodel.plan import Plan


def corrected(field: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"item": "A1", "field": field, "value": value} | more


def paper(*corrections: dict[str, Any], **fields: Any) -> Plan:
    """Return the plan of a paper that says this of A1."""
    plan = make_plan(corrections=list(corrections))
    items = [item.model_dump(mode="json") for item in plan.items]
    items[1] |= fields
    return make_plan(items=items, corrections=list(corrections))


@pytest.mark.parametrize(
    ("field", "value", "before", "after", "was"),
    [
        ("title", "Choose two partners", {}, {"title": "Choose two partners"}, None),
        ("due", "2026-09-30", {"due": "2026-06-30"}, {"due": date(2026, 9, 30)}, "2026-06-30"),
        ("due", None, {"due": "2026-06-30"}, {"due": None}, "2026-06-30"),
        ("percent", 40.0, {"percent": 0.0}, {"percent": 40.0}, "0"),
        (
            "tags",
            ["one", "two"],
            {"tags": ["old", "older"]},
            {"tags": ("one", "two")},
            "old; older",
        ),
        ("external", True, {}, {"external": True}, "no"),
        ("parent", "B", {}, {"parent": "B"}, "A"),
        ("x_note", "new", {"x_note": "old"}, {"x_note": "new"}, "old"),
        (
            "planned.finish",
            "October 2026",
            {"planned": {"finish": "2026-09-30", "precision": "month", "text": "Sept 2026"}},
            {"planned": Planned(finish=date(2026, 10, 31), precision="month", text="October 2026")},
            "Sept 2026",
        ),
        (
            "planned.finish",
            "2026-10-15",
            {"planned": {"start": "2026-09-01", "finish": "2026-09-30", "precision": "month"}},
            {
                "planned": Planned(
                    start=date(2026, 9, 1), finish=date(2026, 10, 15), precision="day"
                )
            },
            "2026-09-30",
        ),
        (
            "planned.finish",
            "Oct 2026",
            {"planned": {"start": "2026-09-01", "finish": "2026-09-30", "precision": "day"}},
            {
                "planned": Planned(
                    start=date(2026, 9, 1), finish=date(2026, 10, 31), precision="month"
                )
            },
            "2026-09-30",
        ),
        (
            "planned.finish",
            "Oct - Dec 2026",
            {},
            {
                "planned": Planned(
                    start=date(2026, 10, 1),
                    finish=date(2026, 12, 31),
                    precision="range",
                    text="Oct - Dec 2026",
                )
            },
            "none",
        ),
        (
            "planned.start",
            "2026-09-01",
            {},
            {"planned": Planned(start=date(2026, 9, 1), precision="from")},
            "none",
        ),
        (
            "planned.start",
            None,
            {"planned": {"start": "2026-09-01", "precision": "from", "text": "from Sept 2026"}},
            {"planned": Planned()},
            "2026-09-01",
        ),
    ],
)
def test_a_value_replaces_what_the_paper_says(
    field: str, value: Any, before: dict[str, Any], after: dict[str, Any], was: str | None
) -> None:
    plan = paper(corrected(field, value), **before)
    new, problems, notes = apply_corrections(plan)
    assert problems == ()
    item = new.index.item("A1")
    assert {name: getattr(item, name) for name in after} == after
    extra = new.corrections[0].model_extra or {}
    assert extra["x_was"] == (was or "Choose a partner for the new model")
    assert notes[-1] == "1 correction put into the plan."
    again, problems, notes = apply_corrections(new)
    assert (again, problems, notes) == (new, (), ())


def test_what_was_done_is_told_with_who_and_why() -> None:
    plan = paper(corrected("due", "2026-09-30", who="Planner", when="2026-09-01", why="Minutes"))
    _, _, notes = apply_corrections(plan)
    assert notes[0] == (
        "A1: due is 2026-09-30, corrected from none by Planner on 2026-09-01 (Minutes)."
    )


def test_a_corrected_owner_replaces_those_of_the_paper() -> None:
    held = [
        {"officer": "head-of-care", "item": "A1"},
        {"officer": "head-of-care", "item": "A2"},
        {"officer": "head-of-care", "item": "A1", "role": "sponsor"},
    ]
    plan = make_plan(assignments=held, corrections=[corrected("responsible", ["head-of-assets"])])
    new, problems, _ = apply_corrections(plan)
    assert problems == ()
    assert [
        one.officer for one in new.assignments if (one.item, one.role) == ("A1", "responsible")
    ] == ["head-of-assets"]
    assert len(new.assignments) == 3
    assert (new.corrections[0].model_extra or {})["x_was"] == "head-of-care"
    assert apply_corrections(new)[0] == new


def test_the_next_version_of_a_paper_is_corrected_again() -> None:
    first, _, _ = apply_corrections(paper(corrected("due", "2026-09-30"), due="2026-06-30"))
    carried = first.corrections
    second, problems, notes = apply_corrections(paper(due="2026-06-30"), carried)
    assert problems == ()
    assert second.index.item("A1").due == date(2026, 9, 30)
    assert second.corrections == first.corrections
    assert len(notes) == 2


def test_a_paper_that_agrees_by_now_needs_nothing() -> None:
    first, _, _ = apply_corrections(paper(corrected("due", "2026-09-30"), due="2026-06-30"))
    second, problems, notes = apply_corrections(paper(due="2026-09-30"), first.corrections)
    assert (problems, notes) == ((), ())
    assert second.corrections == first.corrections


def test_a_paper_that_says_something_new_is_corrected_with_a_warning() -> None:
    first, _, _ = apply_corrections(paper(corrected("due", "2026-09-30"), due="2026-06-30"))
    second, (problem,), _ = apply_corrections(paper(due="2026-12-31"), first.corrections)
    assert (problem.code, problem.severity) == ("correction-overtaken", "warning")
    assert problem.items == ("A1",)
    assert second.index.item("A1").due == date(2026, 9, 30)
    assert (second.corrections[0].model_extra or {})["x_was"] == "2026-12-31"


def test_what_is_reported_since_goes_before_a_correction() -> None:
    first, _, _ = apply_corrections(paper(corrected("status", "in_progress")))
    items = [item.model_dump(mode="json") for item in first.items]
    items[1] |= {"status": "complete", "actual_finish": "2026-10-02"}
    later = make_plan(items=items, corrections=[one.model_dump() for one in first.corrections])
    second, (problem,), _ = apply_corrections(later)
    assert problem.code == "correction-overtaken"
    assert second.index.item("A1").status == "complete"


def test_a_correction_changed_by_its_register_takes_the_place_of_the_old_one() -> None:
    first, _, _ = apply_corrections(paper(corrected("due", "2026-09-30"), due="2026-06-30"))
    changed = first.corrections[0].model_copy(update={"value": "2026-10-31"})
    second, problems, _ = apply_corrections(first.model_copy(update={"corrections": (changed,)}))
    assert problems == ()
    assert second.index.item("A1").due == date(2026, 10, 31)
    assert (second.corrections[0].model_extra or {})["x_was"] == "2026-06-30"


@pytest.mark.parametrize(
    ("field", "value", "before"),
    [
        ("due", "2026-09-30", {"due": "2026-06-30"}),
        ("due", "2026-09-30", {}),
        ("parent", "B", {}),
        ("tags", ["one"], {"tags": ["old", "older"]}),
        ("percent", 40.0, {"percent": 12.5}),
        ("external", True, {}),
        (
            "planned.finish",
            "Oct 2026",
            {"planned": {"finish": "2026-09-30", "precision": "month", "text": "Sept 2026"}},
        ),
    ],
)
def test_a_withdrawn_correction_gives_back_what_the_paper_said(
    field: str, value: Any, before: dict[str, Any]
) -> None:
    plan = paper(corrected(field, value), **before)
    new, _, _ = apply_corrections(plan)
    assert new.items != plan.items
    withdrawn = new.model_copy(update={"corrections": (mark_withdrawn(new.corrections[0]),)})
    old, problems, notes = apply_corrections(withdrawn)
    assert (problems, old.corrections) == ((), ())
    assert old.items == plan.items
    assert notes == (notes[0],)
    assert "is withdrawn" in notes[0]


def test_a_withdrawn_correction_leaves_what_was_said_since() -> None:
    new, _, _ = apply_corrections(paper(corrected("due", "2026-09-30")))
    gone = [mark_withdrawn(new.corrections[0])]
    later, problems, notes = apply_corrections(paper(due="2026-12-31"), gone)
    assert (problems, later.corrections) == ((), ())
    assert later.index.item("A1").due == date(2026, 12, 31)
    assert notes == ("A1: the correction of due is withdrawn; 2026-12-31 stays.",)


def test_what_cannot_be_put_back_is_told() -> None:
    record = corrected("parent", "B", x_was="Z", x_set="B", x_withdrawn=True)
    plan = paper(record, parent="B")
    new, (problem,), _ = apply_corrections(plan)
    assert (problem.code, problem.severity) == ("correction-invalid", "error")
    assert (new.items, new.corrections) == (plan.items, ())


def test_a_correction_whose_item_is_gone_is_told_and_not_kept() -> None:
    gone = Correction(item="Z", field="due", value="2026-09-30", who="Planner")
    plan, (problem,), _ = apply_corrections(make_plan(), [gone])
    assert (problem.code, problem.severity) == ("correction-item-gone", "warning")
    assert "by Planner" in problem.message
    assert plan == make_plan()


def test_of_two_corrections_of_one_field_the_plans_own_counts() -> None:
    old = Correction(item="A1", field="due", value="2026-01-31")
    plan, problems, _ = apply_corrections(paper(corrected("due", "2026-09-30")), [old])
    assert problems == ()
    assert [one.value for one in plan.corrections] == ["2026-09-30"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "nearly"),
        ("due", "2026-02-31"),
        ("percent", 110.0),
        ("title", None),
        ("history", []),
        ("planned.finish", "some day"),
        ("planned.finish", 7),
        ("parent", "Z"),
        ("parent", "A1"),
        ("responsible", ["nobody"]),
        ("responsible", "head-of-care"),
    ],
)
def test_an_invalid_correction_is_told_and_changes_nothing(field: str, value: Any) -> None:
    plan = paper(corrected(field, value))
    new, (problem,), notes = apply_corrections(plan)
    assert (problem.code, problem.severity, problem.items) == (
        "correction-invalid",
        "error",
        ("A1",),
    )
    assert (new, notes) == (plan, ())


def test_a_parent_that_a_link_forbids_is_invalid() -> None:
    plan = make_plan(links=[{"from": "A1", "to": "B"}], corrections=[corrected("parent", "B")])
    new, (problem,), _ = apply_corrections(plan)
    assert problem.code == "correction-invalid"
    assert new == plan
