"""What a reference says of items: hurdles by horizon, durations by band, and nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from graphmodel.errors import KnockonError
from simulations.codes import BEGUN, LOGIC, PLANNED
from simulations.compile import compile_plan
from simulations.fitclass import choose_reference, fit_choice
from simulations.reference import NO_REFERENCE, Reference
from simulations.reffiles import parse_reference
from simulations.trackrecord import learn
from simulations.unsaid import Unsaid, tell_reference, uncertainty_for
from tests.laws import examples
from tests.oracle.plans import plans
from tests.simulations.sketch import OFFICE, activity, milestone, sketch

if TYPE_CHECKING:
    from graphmodel.items import Uncertainty
    from graphmodel.plan import Plan

#: 19 of 99 in the last year, 9 of 19 in the one before; halves of Jeffreys make 0.195 and 0.475.
DATES: dict[str, Any] = {
    "id": "dates",
    "title": "plans",
    "basis": "dates",
    "bands": [
        {"from": 0, "to": 365, "items": 99, "later": 19},
        {"from": 365, "items": 19, "later": 9},
    ],
    "sizes": {"count": 30, "values": [30] * 14 + [61] * 16},
}
#: A quarter takes twice as long, a tenth half; work over a week takes as long as planned, or more.
DURATIONS: dict[str, Any] = {
    "id": "durations",
    "title": "activities",
    "basis": "durations",
    "bands": [
        {
            "from": 0, "to": 40, "items": 9_999, "later": 2_500, "earlier": 1_000,
            "sizes": {"count": 2_500, "values": [100]},
            "cuts": {"count": 1_000, "values": [50]},
        },
        {"from": 40, "items": 999, "later": 500, "sizes": {"count": 500, "values": [20]}},
    ],
}  # fmt: skip
SCHEMA = {"schema": "knockon/reference@1"}


@pytest.fixture(scope="module")
def reference() -> Reference:
    text = json.dumps({**SCHEMA, "dates": "dates", "durations": "durations",
                       "classes": [DATES, DURATIONS]})  # fmt: skip
    file = parse_reference(text, name="file.json", behind=None)
    return Reference(fit_choice(file, "dates"), fit_choice(file, "durations"))


def of_one(reference: Reference, item: dict[str, Any], **rest: Any) -> Uncertainty | None:
    plan = sketch([item], [], **{"status_date": "2026-06-30", **rest})
    return uncertainty_for(plan.items[0], plan, reference)


@pytest.mark.parametrize(
    ("finish", "chance"),
    [
        ("2026-06-30", 0.195),
        ("2026-07-01", 0.195),
        ("2027-06-30", 0.195),
        ("2028-06-29", round(1 - 0.805 * 0.525, 4)),
    ],
)
def test_a_dated_item_has_a_hurdle_by_its_horizon(
    reference: Reference, finish: str, chance: float
) -> None:
    found = of_one(reference, milestone("A", finish))
    assert found is not None
    assert (found.distribution, found.probability) == ("hurdle", chance)
    delay = found.delay
    assert delay is not None
    assert not isinstance(delay, tuple)
    assert delay.distribution == "empirical"  # type: ignore[union-attr]
    assert [str(one) for one in delay.values] == ["30d"] * 14 + ["61d"] * 16  # type: ignore[union-attr]


def test_a_forecast_goes_before_the_planned_date(reference: Reference) -> None:
    found = of_one(reference, milestone("A", "2026-07-31", forecast="2028-06-29"))
    assert found is not None
    assert found.probability == round(1 - 0.805 * 0.525, 4)


@pytest.mark.parametrize(
    ("dates", "chance"),
    [
        ({"status_date": "2027-06-29", "as_of": "2026-06-30"}, 0.195),
        ({"status_date": None, "as_of": "2027-06-29"}, 0.195),
        ({"status_date": None, "start": "2027-06-29"}, 0.195),
        ({"status_date": None, "start": None}, 0.195),  # the plan's earliest date is the item's own
        ({"status_date": None, "start": "2026-06-30"}, round(1 - 0.805 * 0.525, 4)),
    ],
)
def test_where_the_horizon_runs_from(
    reference: Reference, dates: dict[str, Any], chance: float
) -> None:
    found = of_one(reference, milestone("A", "2028-06-28"), **dates)
    assert found is not None
    assert found.probability == pytest.approx(chance, abs=0.001)


def test_the_open_dated_parts_of_an_action_share_its_chance(reference: Reference) -> None:
    action = {"id": "X", "kind": "action", "title": "X"}
    parts = [{**milestone(name, "2027-06-30"), "parent": "X"} for name in ("a", "b", "c", "d", "e")]
    parts[3]["status"] = "complete"
    parts[4]["planned"] = {"precision": "none"}
    plan = sketch([action, *parts], [], status_date="2026-06-30")
    found = [uncertainty_for(plan.index.items[name], plan, reference) for name in "abc"]
    chances = [one.probability for one in found if one is not None]
    assert len(chances) == 3
    stays = 1.0
    for chance in chances:
        assert chance is not None
        stays *= 1 - chance
    assert 1 - stays == pytest.approx(0.195, abs=0.0003)  # of at least one of the three


def test_a_plan_of_a_portfolio_has_its_own_status_date(reference: Reference) -> None:
    plan = sketch(
        [
            {"id": "one", "kind": "plan", "title": "One"},
            milestone("one:A", "2028-06-29", parent="one"),
        ],
        [],
        status_date="2026-06-30",
        projects=[{"item": "one", "status_date": "2028-01-31"}],
    )
    found = uncertainty_for(plan.items[1], plan, reference)
    assert found is not None
    assert found.probability == 0.195


def values(found: Uncertainty | None) -> list[str]:
    assert found is not None
    assert found.distribution == "empirical"
    return [str(one) for one in found.values]


@pytest.mark.parametrize(
    ("duration", "plan"),
    [
        ("5wd", {}),
        ("40h", {}),
        ("2400min", {}),
        ("1w", {}),  # a week of 40 hours
        ("7d", {}),
        ("168eh", {}),
        ("5wd", {"calendar": "office", "calendars": [OFFICE]}),
        ("4wd", {"calendar": "long", "calendars": [{**OFFICE, "id": "long", "hours_per_day": 10}]}),
        ("2w", {"calendar": "half", "calendars": [{**OFFICE, "id": "half", "hours_per_week": 20}]}),
    ],
)
def test_an_activity_has_a_duration_by_its_band(
    reference: Reference, duration: str, plan: dict[str, Any]
) -> None:
    """40 working hours are in the first band, more than that in the second."""
    expected = ["50%"] * 10 + ["100%"] * 65 + ["200%"] * 25
    assert values(of_one(reference, activity("A", duration), **plan)) == expected
    amount, unit = re.fullmatch(r"(\d+)(\w+)", duration).groups()  # type: ignore[union-attr]
    longer = f"{int(amount) + 1}{unit}"
    assert values(of_one(reference, activity("A", longer), **plan)) == ["100%"] * 50 + ["120%"] * 50


def test_a_month_is_a_mean_month(reference: Reference) -> None:
    """One month of 30.4375 days is 174 working hours."""
    plan = sketch([activity("A", "1m")], [])
    assert Unsaid(plan, reference).planned_hours(plan.items[0]) == pytest.approx(173.93, abs=0.01)


def test_dates_of_an_activity_are_its_length(reference: Reference) -> None:
    """From Monday to Sunday: seven days, a week of 40 hours; with a gate it is a date instead."""
    item = {
        **activity("A", "1d"),
        "planned": {"start": "2026-07-06", "finish": "2026-07-12"},
        "duration": None,
    }
    assert len(values(of_one(reference, item))) == 100
    board = {"id": "b", "title": "B", "kind": "decision", "meetings": {"dates": ["2026-07-20"]}}
    gate = {"id": "g", "item": "A", "board": "b", "state": "accepted", "origin": "register"}
    gated = of_one(reference, item, boards=[board], gates=[gate])
    assert gated is not None
    assert gated.distribution == "hurdle"


@pytest.mark.parametrize(
    "item",
    [
        milestone("A", "2026-07-31", status="complete"),
        milestone("A", "2026-07-31", status="cancelled"),
        milestone("A", "2026-07-31", external=True),
        milestone("A"),
        milestone("A", "2026-07-31", uncertainty={"distribution": "exponential", "mean": "5d"}),
        milestone("A", type="loe", planned={"start": "2026-07-01", "finish": "2026-07-31"}),
        milestone("A", planned={"start": "2026-07-01", "precision": "from"}),
        activity("A", "0d"),
        activity("A", "0d", planned={"finish": "2026-07-31"}),
        activity("A", "5d", scheduling="fixed", planned={"start": "2026-07-01"}),
        activity("A", "5d", status="in_progress", remaining="0d"),
    ],
)
def test_of_these_it_says_nothing(reference: Reference, item: dict[str, Any]) -> None:
    assert of_one(reference, item) is None


def test_of_what_has_parts_it_says_nothing(reference: Reference) -> None:
    plan = sketch([milestone("A", "2026-07-31"), milestone("B", "2026-07-31", parent="A")], [])
    assert uncertainty_for(plan.items[0], plan, reference) is None
    assert uncertainty_for(plan.items[1], plan, reference) is not None


def test_items_alike_share_what_is_said(reference: Reference) -> None:
    items = [milestone("A", "2026-07-31"), milestone("B", "2026-09-30"), activity("C", "5d")]
    plan = sketch([*items, activity("D", "4d")], [], status_date="2026-06-30")
    unsaid = Unsaid(plan, reference)
    one, other, third, fourth = map(unsaid.uncertainty, plan.items)
    assert one is other
    assert third is fourth


def test_where_nothing_speaks_nothing_is_said() -> None:
    assert of_one(NO_REFERENCE, milestone("A", "2026-07-31")) is None
    assert of_one(NO_REFERENCE, activity("A", "5d")) is None


@settings(max_examples=examples(60))
@given(plans())
def test_what_it_says_is_what_the_engine_works_with(plan: Plan) -> None:
    """A duration where the compiled plan has a length to work off, else an own delay."""
    try:
        compiled = compile_plan(plan, plan.accepted_links)
    except KnockonError:
        return
    unsaid = Unsaid(plan, choose_reference(plan))
    net = compiled.net
    for item in plan.items:
        found = unsaid.uncertainty(item)
        if found is None:
            continue
        position = compiled.at[item.id]
        how = net.how[position]
        lengths = {
            LOGIC: net.length[position] or net.months[position],
            BEGUN: net.rest[position] or net.rest_months[position],
            PLANNED: net.length[position],
        }
        if found.distribution == "empirical":
            assert lengths[how] > 0
        else:
            assert how not in {LOGIC, BEGUN} or item.duration is item.remaining is None


HEAD = "Nothing in the plan says how uncertain it is: "
SLIPS = "slippage is taken from plans (118 items, 28 slipped, median 2 months)"
LONGER = (
    "durations are taken from activities (10,998 activities, 3,000 took longer, "
    "median 100 % longer)"
)


def told(reference: Reference, *items: dict[str, Any], **rest: Any) -> str | None:
    return tell_reference(sketch(list(items), [], **rest), reference)


def test_the_first_line(reference: Reference) -> None:
    mark, work = milestone("A", "2026-07-31"), activity("B", "5d")
    assert told(reference, mark) == f"{HEAD}{SLIPS}."
    assert told(reference, work) == f"{HEAD}{LONGER}."
    assert told(reference, mark, work) == f"{HEAD}{SLIPS}, and {LONGER}."
    assert told(NO_REFERENCE, mark, work) is None
    assert told(reference) is None


def test_the_first_line_where_the_plan_says_something(reference: Reference) -> None:
    own = {"uncertainty": {"distribution": "exponential", "mean": "5d"}}
    said, mark = milestone("A", "2026-07-31", **own), milestone("B", "2026-07-31")
    start = "The plan does not say how uncertain 1 of its items is: "
    assert told(reference, said, mark) == f"{start}{SLIPS}."
    assert told(reference, said) is None
    impact = {"item": "B", "delay": own["uncertainty"]}
    risk = {"id": "r", "title": "R", "probability": 0.5, "impacts": [impact]}
    assert told(reference, mark, risks=[risk]) == f"{start}{SLIPS}."


def test_the_first_line_tells_of_the_plans_own_reports(reference: Reference) -> None:
    reports = [{"as_of": "2026-06-30", "planned": {"finish": "2026-08-31"}}]
    items = [
        milestone("A", "2026-08-31", history=reports),
        milestone("B", "2026-09-14", history=reports),
    ]
    plan = sketch(items, [], status_date="2026-07-31")
    own = ", weighed with the plan's own reports (2 items, 1 slipped, median 14 days)."
    assert tell_reference(plan, learn(reference, plan)) == HEAD + SLIPS + own
    on_time = sketch(items[:1], [], status_date="2026-07-31")
    own = ", weighed with the plan's own reports (1 item, 0 slipped)."
    assert tell_reference(on_time, learn(reference, on_time)) == HEAD + SLIPS + own
