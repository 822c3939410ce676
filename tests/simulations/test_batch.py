"""Batch what-if: every effect is what a what-if of that slip alone would say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graphmodel.errors import ScenarioError, UnknownIdError
from graphmodel.plan import Plan
from graphmodel.planfile import dump_plan
from graphmodel.scenario import Scenario, Slip, SlipGroup
from graphmodel.spans import parse_span
from simulations import jit, sweeps
from simulations.batch import Effect, reach
from simulations.results import Threshold
from simulations.whatif import answer, prepare
from tests.knockon.council import council
from tests.laws import examples
from tests.oracle.officers import with_officers
from tests.oracle.plans import PlanShape, plans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.people import Role
    from graphmodel.scenario import Change
    from simulations.scenarios import Baseline

often = settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow])

#: A longer slip moves nothing earlier: a percentage of what a slip lengthens, and a point that is
#: shown as another day, can.
STEADY = PlanShape(percent_lags=False, start_points=False)

ROLES: list[tuple[Role, ...]] = [("responsible",), ("responsible", "accountable")]
SPANS = st.sampled_from(["1d", "10d", "3w", "1m", "2m", "100d"])


def alone(baseline: Baseline, change: Change) -> tuple[Any, ...]:
    """Return what a what-if says of one change, as an effect tells it."""
    found = answer(baseline, Scenario(changes=(change,)))
    leaves = [one for one in found.items if not one.changed and not one.is_parent]
    summary = found.summary
    return (
        (summary.moved, summary.moved_parents, summary.newly_late),
        (summary.moved_if_work, summary.newly_late_if_work),
        add_up(one.knock_on_days for one in leaves),
        add_up(one.knock_on_if_work_days for one in leaves),
    )


def add_up(days: Iterable[float]) -> float:
    """Return the sum of days that are whole minutes, not one of the roundings."""
    return sum(round(one * 1440) for one in days) / 1440


def counts(effect: Effect) -> tuple[Any, ...]:
    return (
        (effect.moved, effect.moved_parents, effect.newly_late),
        (effect.moved_if_work, effect.newly_late_if_work),
        effect.total_knock_on_days,
        effect.total_knock_on_if_work_days,
    )


def breaks(baseline: Baseline, change: Change) -> tuple[Threshold | None, Threshold | None]:
    found = answer(baseline, Scenario(changes=(change,)))
    return found.first_newly_late, found.first_newly_late_if_work


@often
@given(plan=plans(), by=SPANS)
def test_each_item_reaches_what_its_own_what_if_says(plan: Plan, by: str) -> None:
    note(dump_plan(plan))
    baseline = prepare(plan)
    for effect in reach(baseline, by).effects:
        slip = Slip(item=effect.id, by=parse_span(by))
        assert (effect.id, counts(effect)) == (effect.id, alone(baseline, slip))


@often
@given(plan=plans(STEADY), by=SPANS)
def test_each_item_breaks_where_its_own_what_if_says(plan: Plan, by: str) -> None:
    note(dump_plan(plan))
    baseline = prepare(plan)
    for effect in reach(baseline, by).effects:
        slip = Slip(item=effect.id, by=parse_span(by))
        found = effect.first_newly_late, effect.first_newly_late_if_work
        assert (effect.id, found) == (effect.id, breaks(baseline, slip))


@often
@given(plan=plans(STEADY), by=SPANS)
def test_each_parent_reaches_what_its_own_what_if_says(plan: Plan, by: str) -> None:
    note(dump_plan(plan))
    baseline = prepare(plan)
    for item in plan.items:
        slip = Slip(item=item.id, by=parse_span(by))
        if plan.index.is_leaf(item.id):
            continue
        try:
            (effect,) = reach(baseline, by, items=[item.id]).effects
        except ScenarioError as refused:
            with pytest.raises(ScenarioError, match=re.escape(str(refused))):
                alone(baseline, slip)
            continue
        assert counts(effect) == alone(baseline, slip)
        found = effect.first_newly_late, effect.first_newly_late_if_work
        assert found == breaks(baseline, slip)


@often
@given(data=st.data(), by=SPANS)
def test_each_officer_reaches_what_the_group_slip_says(data: st.DataObject, by: str) -> None:
    plan = with_officers(data, data.draw(plans(STEADY)))
    roles: tuple[Role, ...] = data.draw(st.sampled_from(ROLES))
    note(dump_plan(plan))
    baseline = prepare(plan)
    for effect in reach(baseline, by, of="officers", roles=roles).effects:
        change = SlipGroup(officer=effect.id, by=parse_span(by), roles=roles)
        assert (effect.id, counts(effect)) == (effect.id, alone(baseline, change))
        found = effect.first_newly_late, effect.first_newly_late_if_work
        assert (effect.id, found) == (effect.id, breaks(baseline, change))


@often
@given(plan=plans(), by=SPANS)
def test_compiled_kernels_say_the_same(plan: Plan, by: str) -> None:
    note(dump_plan(plan))
    baseline = prepare(plan)
    as_python = reach(baseline, by, compiled=False).effects
    assert reach(baseline, by, compiled=True).effects == as_python


# -- Worked by hand -----------------------------------------------------------------------------


def found(plan: Plan, by: str, **options: Any) -> dict[str, Effect]:
    return {effect.id: effect for effect in reach(plan, by, **options).effects}


def test_a_slip_reaches_what_the_council_plan_says() -> None:
    effects = found(council(), "2m")
    assert set(effects) == {"A.1", "A.2", "A.4"}, "A.3 is complete, A and T have parts"
    consult = effects["A.1"]
    assert (consult.title, consult.kind) == ("Consult staff “properly”", "milestone")
    assert consult.owners == ("Director of Adult Social Care",)
    assert consult.owner_ids == ("dasc",)
    assert counts(consult) == ((1, 2, 1), (1, 1), 15, 59)
    assert consult.first_newly_late == Threshold("A", 45), "44 days of room before A.2, due A"
    assert consult.first_newly_late_if_work == Threshold("A", 1)
    assert counts(effects["A.4"]) == ((0, 0, 0), (0, 0), 0, 0)
    # From 30 Jun 2026 to 30 Apr 2027, the due date of A, are 304 days.
    assert effects["A.4"].first_newly_late == Threshold("A", 305)


def test_the_greatest_effect_comes_first() -> None:
    order = [effect.id for effect in reach(council(), "2m").effects]
    assert order == ["A.1", "A.2", "A.4"], "15 days beside the due date, the due date, nothing"


def test_a_parent_asked_for_is_a_group() -> None:
    effects = found(council(), "1w", items=["A", "A.1", "A"])
    assert set(effects) == {"A", "A.1"}
    assert effects["A"].slipped == 3
    assert effects["A"].moved == 0, "all of its leaves are slipped"
    assert effects["A"].moved_parents == 1, "the theme"
    assert effects["A.1"].slipped == 1


def test_officers_are_counted_by_role() -> None:
    effects = found(council(), "1w", of="officers")
    assert set(effects) == {"dasc"}
    director = effects["dasc"]
    assert (director.title, director.kind) == ("Director of Adult Social Care", "office")
    assert (director.slipped, director.owners, director.moved) == (3, (), 0)
    assert director.first_newly_late == Threshold("A", 1), "A.2 is due with A"
    assert set(found(council(), "1w", of="officers", roles=["accountable"])) == {"cx"}


def test_what_has_no_finish_is_never_late() -> None:
    document = {
        "schema": "knockon/plan@1",
        "id": "p",
        "items": [
            milestone("a", finish="2026-03-31"),
            milestone("b", start="2026-04-15", precision="from") | {"due": "2026-05-31"},
        ],
        "links": [{"from": "a", "to": "b"}],
    }
    baseline = prepare(Plan.model_validate(document))
    effect = reach(baseline, "3m").effects[0]
    assert counts(effect) == ((1, 0, 0), (1, 0), 77, 77), "15 April to 1 July"
    assert effect.first_newly_late is None
    slip = Slip(item="a", by=parse_span("3m"))
    assert breaks(baseline, slip) == (None, None)


def milestone(name: str, **planned: Any) -> dict[str, Any]:
    return {"id": name, "kind": "milestone", "title": name, "planned": planned}


def gated() -> Plan:
    """Papers, a decision at the board that meets every second month, and what waits for it."""
    document = {
        "schema": "knockon/plan@1",
        "id": "p",
        "start": "2026-01-01",
        "boards": [
            {
                "id": "board",
                "meetings": {"dates": ["2026-03-17", "2026-05-19", "2026-07-21"]},
                "papers_lead": "10d",
            }
        ],
        "items": [
            milestone("papers", finish="2026-03-07"),
            milestone("decision", finish="2026-03-31", precision="month"),
            milestone("launch", finish="2026-05-31") | {"due": "2026-06-30"},
        ],
        "gates": [{"item": "decision", "board": "board"}],
        "links": [
            {"from": "papers", "to": "decision"},
            {"from": "decision", "to": "launch", "lag": "30d"},
        ],
    }
    return Plan.model_validate(document)


def test_a_day_too_late_for_the_papers_costs_a_meeting() -> None:
    effect = found(gated(), "1d")["papers"]
    # 17 March becomes 19 May, 63 days on; with 30 days to launch, 18 June: 18 days late, not due.
    assert counts(effect)[:1] == ((2, 0, 0),)
    assert effect.total_knock_on_days == 63 + 18
    # The papers for 19 May are due on 9 May: 63 days after 7 March. Then 21 July it is.
    assert effect.first_newly_late == Threshold("launch", 64)


def test_as_late_as_possible_is_answered_one_by_one() -> None:
    document = {
        "schema": "knockon/plan@1",
        "id": "p",
        "start": "2026-01-01",
        "items": [
            activity("dig", "10d") | {"constraints": [{"type": "ALAP"}]},
            activity("pour", "5d"),
            activity("wait", "20d"),
            activity("open", "5d") | {"due": "2026-01-30"},
        ],
        "links": [{"from": a, "to": "open"} for a in ("dig", "pour", "wait")],
    }
    baseline = prepare(Plan.model_validate(document))
    assert baseline.compiled.has_alap
    effects = {effect.id: effect for effect in reach(baseline, "20d").effects}
    # Open follows wait, from 21 to 25 January. Pour, done by the 5th, has 15 days before that:
    # 20 more move it by 5, to the 30th, and what digs as late as possible by as much.
    assert counts(effects["pour"])[:1] == ((2, 0, 0),)
    assert effects["pour"].total_knock_on_days == 10
    assert effects["pour"].first_newly_late == Threshold("open", 21)
    assert effects["wait"].first_newly_late == Threshold("open", 6)
    for name, effect in effects.items():
        slip = Slip(item=name, by=parse_span("20d"))
        assert counts(effect) == alone(baseline, slip)


def activity(name: str, duration: str) -> dict[str, Any]:
    return {"id": name, "kind": "activity", "title": name, "duration": duration}


def test_a_far_due_date_behind_a_near_one_of_ones_own_is_found() -> None:
    """The search begins at the officer's own due date, which is not counted, and goes on."""
    document = {
        "schema": "knockon/plan@1",
        "id": "p",
        "items": [
            milestone("a", finish="2026-03-31"),
            milestone("b", finish="2026-03-31") | {"due": "2026-04-05"},
            milestone("c", finish="2026-03-31") | {"due": "2026-10-17"},
        ],
        "links": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}],
        "officers": [{"id": "x"}],
        "assignments": [{"officer": "x", "item": "a"}, {"officer": "x", "item": "b"}],
    }
    plan = Plan.model_validate(document)
    assert found(plan, "1m")["a"].first_newly_late == Threshold("b", 6), "5 days to 5 April"
    assert found(plan, "1m")["b"].first_newly_late == Threshold("c", 201), "200 to 17 October"
    assert found(plan, "1m", of="officers")["x"].first_newly_late == Threshold("c", 201)


@pytest.mark.parametrize("kind", ["point", "open"])
def test_a_month_from_a_day_that_begins(kind: str) -> None:
    point = activity("begin", "0d") | {"type": "start_milestone"}
    onwards = milestone("begin", start="2026-01-31", precision="from")
    document = {
        "schema": "knockon/plan@1",
        "id": "p",
        "start": "2026-01-31",
        "items": [point if kind == "point" else onwards, activity("work", "10d")],
        "links": [{"from": "begin", "to": "work", "type": "SS"}],
        "officers": [{"id": "x"}],
        "assignments": [{"officer": "x", "item": "begin"}],
    }
    plan = Plan.model_validate(document)
    # The last day of January becomes the last of February, 28 days on.
    assert found(plan, "1m")["begin"].total_knock_on_days == 28
    assert found(plan, "1m", of="officers")["x"].total_knock_on_days == 28


def test_one_slip_leaves_nothing_behind_for_the_next() -> None:
    document = {
        "schema": "knockon/plan@1",
        "id": "p",
        "items": [
            milestone("late", start="2026-06-01", finish="2026-06-30"),
            milestone("early", finish="2026-03-31"),
        ],
        "links": [{"from": "early", "to": "late"}],
        "officers": [{"id": "first"}, {"id": "second"}],
        "assignments": [
            {"officer": "first", "item": "late"},
            {"officer": "second", "item": "early"},
        ],
    }
    plan = Plan.model_validate(document)
    for effect in (*found(plan, "1m").values(), *found(plan, "1m", of="officers").values()):
        assert counts(effect) == ((0, 0, 0), (0, 0), 0, 0)


# -- How it is run ------------------------------------------------------------------------------


def test_progress_is_told_and_stops_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reach(council(), "2m").effects
    monkeypatch.setattr(sweeps, "_STRETCH", {False: 1, True: 1})
    told: list[tuple[int, int]] = []
    assert reach(council(), "2m", progress=lambda *one: told.append(one)).effects == whole
    assert told == [(done, 6) for done in range(1, 7)], "three items under two rules for gaps"


def test_a_plan_where_nothing_is_left_has_no_effects() -> None:
    items = [milestone("a", finish="2026-03-31") | {"status": "complete"}]
    plan = Plan.model_validate({"schema": "knockon/plan@1", "id": "p", "items": items})
    assert reach(plan, "1m").effects == ()
    assert reach(plan, "1m", of="officers").effects == ()


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"by": "-1m"}, ScenarioError, "bring it forward"),
        ({"by": "-1m", "of": "officers"}, ScenarioError, "bring it forward"),
        ({"by": "3wd"}, ScenarioError, "not calendar time"),
        ({"by": "1m", "items": ["A.9"]}, UnknownIdError, "A.9"),
        ({"by": "1m", "items": ["A.3"]}, ScenarioError, "is finished: it cannot be slipped"),
        ({"by": "1m", "items": ["A.1"], "of": "officers"}, ScenarioError, "each officer's"),
    ],
)
def test_what_cannot_be_slipped_is_said(
    options: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        reach(council(), **options)


@pytest.mark.parametrize(
    ("work", "is_kept", "pays"),
    [
        (400_000, True, False),
        (600_000, False, False),
        (600_000, True, True),
        (11_000_000, False, True),
    ],
)
def test_kernels_are_compiled_where_that_saves_time(
    monkeypatch: pytest.MonkeyPatch, work: int, is_kept: bool, pays: bool
) -> None:
    monkeypatch.setattr(jit, "is_kept", lambda _: is_kept)
    assert sweeps._pays(work) is pays


def test_the_rest_of_a_long_batch_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reach(council(), "2m").effects
    monkeypatch.setattr(sweeps, "_STRETCH", {False: 1, True: 5_000_000})
    monkeypatch.setattr(sweeps, "_pays", lambda work: work > 0)
    told: list[int] = []
    assert reach(council(), "2m", progress=lambda done, _: told.append(done)).effects == whole
    assert told == [1, 3, 4, 6], "one case in Python, two compiled, under each rule"
