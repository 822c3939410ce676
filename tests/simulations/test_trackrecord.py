"""A plan's own record: what counts as a slip, for how much, and how far it moves the class."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from simulations.fitclass import choose_reference, fit_choice
from simulations.reference import NO_REFERENCE, FittedClass, Reference
from simulations.reffiles import parse_reference
from simulations.trackrecord import Watched, learn, watch
from tests.simulations.sketch import milestone, sketch

#: Two groups in five differ from the others by more than chance: see the sums in the tests.
CLASS: dict[str, Any] = {
    "id": "plans",
    "title": "plans",
    "basis": "dates",
    "bands": [
        {"from": 0, "to": 365, "items": 99, "later": 19},
        {"from": 365, "items": 49, "later": 4},
    ],
    "sizes": {"count": 400, "values": [10, 100], "log_mean": 4.0, "log_sd": 1.0},
    "groups": [
        {"items": 20, "later": later, "log_mean": mean}
        for later, mean in ((10, 3.0), (10, 3.5), (10, 4.0), (10, 4.5), (10, 5.0))
    ],
}


def fitted(**keys: Any) -> Reference:
    text = json.dumps(
        {"schema": "knockon/reference@1", "classes": [{**CLASS, **keys}], "dates": "plans"}
    )
    return Reference(fit_choice(parse_reference(text, name="f.json", behind=None), "dates"))


def report(day: str, finish: str | None = None, **rest: Any) -> dict[str, Any]:
    return {"as_of": day, **({} if finish is None else {"planned": {"finish": finish}}), **rest}


def seen(item: dict[str, Any], **rest: Any) -> Watched | None:
    found = watch(sketch([item], [], **{"status_date": "2026-07-31", **rest}))
    return found[0] if found else None


JUNE = report("2026-06-30", "2026-09-30")  # 92 days to go


@pytest.mark.parametrize(
    ("item", "slip", "is_complete"),
    [
        (milestone("A", "2026-09-30", history=[JUNE]), 0, False),
        (milestone("A", "2026-10-31", history=[JUNE]), 31, False),
        (milestone("A", "2026-08-31", history=[JUNE]), 0, False),  # earlier is no slip
        (milestone("A", "2026-09-30", forecast="2026-12-31", history=[JUNE]), 92, False),
        (
            milestone(
                "A", "2026-09-30", history=[JUNE], status="complete", actual_finish="2026-07-15"
            ),
            0,
            True,
        ),
        (
            milestone(
                "A", "2026-10-31", history=[JUNE], status="complete", actual_finish="2026-10-02"
            ),
            2,
            True,
        ),
    ],
)
def test_what_counts_as_a_slip(item: dict[str, Any], slip: float, *, is_complete: bool) -> None:
    assert seen(item) == Watched("A", 92, 31, slip, is_complete)


def test_the_first_dated_report_counts_wherever_it_stands() -> None:
    """On 30 April it had 61 days to go; from there to 31 July are 92, as from June to September."""
    april = report("2026-04-30", "2026-06-30")
    item = milestone(
        "A", "2026-09-30", history=[JUNE, {"planned": {"finish": "2026-01-31"}}, april]
    )
    assert seen(item) == Watched("A", 61, 92, 92, is_complete=False)


def test_what_is_unfinished_past_its_date_has_slipped_to_today() -> None:
    item = milestone("A", "2026-09-30", history=[JUNE])
    assert seen(item, status_date="2026-10-10") == Watched("A", 92, 102, 10, is_complete=False)


@pytest.mark.parametrize(
    "item",
    [
        milestone("A", "2026-09-30"),
        milestone("A", "2026-09-30", history=[report("2026-06-30")]),
        milestone("A", "2026-09-30", history=[report("2026-07-31", "2026-09-30")]),
        milestone("A", "2026-09-30", history=[report("2026-06-30", "2026-06-30")]),
        milestone("A", "2026-09-30", history=[JUNE], status="complete"),
        milestone("A", "2026-09-30", history=[JUNE], status="cancelled"),
        milestone("A", "2026-09-30", history=[JUNE], external=True),
        milestone("A", history=[JUNE]),
    ],
)
def test_what_is_not_watched(item: dict[str, Any]) -> None:
    assert seen(item) is None


def test_without_a_status_date_the_last_report_is_now() -> None:
    history = [JUNE, report("2026-07-15", "2026-09-30")]
    found = seen(milestone("A", "2026-10-01", history=history), status_date=None)
    assert found == Watched("A", 92, 15, 1, is_complete=False)


def test_parts_are_watched_and_not_what_they_are_part_of() -> None:
    parts = [
        milestone("A", "2026-10-31", history=[JUNE]),
        milestone("B", "2026-09-30", parent="A", history=[JUNE]),
    ]
    found = watch(sketch(parts, [], status_date="2026-07-31"))
    assert [one.id for one in found] == ["B"]


@pytest.mark.parametrize(
    ("to_go", "watched", "expected"),
    [
        (100, 25, 0.25),  # a quarter of the way to its date
        (100, 100, 1),
        (465, 50, 0.5),  # half of the 100 days until the last year begins
        (465, 300, 1),
        (2000, 73, 0.2),  # a fifth of a year
    ],
)
def test_for_how_much_an_item_counts(to_go: float, watched: float, expected: float) -> None:
    reference = fitted().dates
    assert reference is not None
    bounded = {**CLASS, "bands": [*CLASS["bands"][:1], {**CLASS["bands"][1], "to": 730}]}
    rates = fitted(bands=bounded["bands"]).dates if to_go < 730 else reference
    assert rates is not None
    one = Watched("A", to_go, watched, 0, is_complete=False)
    assert one.exposure(rates.rate(to_go)) == pytest.approx(expected)


@pytest.mark.parametrize("slip", [0, 5])
def test_what_slipped_or_ended_counts_whole(slip: float) -> None:
    reference = fitted().dates
    assert reference is not None
    one = Watched("A", 100, 1, slip, is_complete=not slip)
    assert one.exposure(reference.rates[0]) == 1


def learnt(reference: Reference, *items: dict[str, Any]) -> FittedClass:
    found = learn(reference, sketch(list(items), [], status_date="2026-07-31")).dates
    assert found is not None
    return found


def test_its_own_record_is_added_to_the_class() -> None:
    """The groups do not differ in how much slips, so that the class weighs all it has: its counts.

    99 items and one of Jeffreys' make 100 with 19.5; its own are 2, of which 1 slipped, the other
    watched for 31 of 92 days.
    """
    slipped = milestone("A", "2026-10-31", history=[JUNE])
    on_time = milestone("B", "2026-09-30", history=[JUNE])
    found = learnt(fitted(), slipped, on_time)
    chance = found.rates[0].chance
    assert chance.a == pytest.approx(19.5 + 1)
    assert chance.a + chance.b == pytest.approx(100 + 1 + 31 / 92)
    assert found.rates[1].chance == learnt(fitted()).rates[1].chance
    assert found.own is not None
    assert (found.own.items, found.own.slips, found.own.middle) == (2, (31,), 31)


def test_the_more_groups_differ_the_more_its_own_record_weighs() -> None:
    """Groups of 20 with 4, 8, 10, 12 and 16: variance 16, less 4, by 100 - 20 - 4 makes 12/76.

    The class then weighs 76/12 - 1 items.
    """
    groups = [{"items": 20, "later": later} for later in (4, 8, 10, 12, 16)]
    reference = fitted(groups=groups)
    assert reference.dates is not None
    assert reference.dates.correlation == pytest.approx(12 / 76)
    prior = reference.dates.rates[0].chance.mean
    found = learnt(reference, milestone("A", "2026-10-31", history=[JUNE])).rates[0].chance
    assert found.mean == pytest.approx((prior * (76 / 12 - 1) + 1) / (76 / 12))


def test_how_far_is_drawn_to_its_own_sizes() -> None:
    """Group means 3 to 5 with variance 0.1 each: 0.625 between them, less 0.1, is 0.525.

    One slip of e^5 days has the variance 1: 0.525 / 1.525 of the way from 4 to its 5.
    """
    reference = fitted()
    assert reference.dates is not None
    assert reference.dates.spread.between == pytest.approx(0.525)
    item = milestone("A", "2027-02-26", history=[JUNE])  # 149 days late
    moves = learnt(reference, item).rates[0].moves
    share = 0.525 / 1.525
    centre = 4 + share * (math.log(149) - 4)
    assert moves.centre.mean == pytest.approx(centre)
    assert moves.values == pytest.approx([one * math.exp(centre - 4) for one in (10, 100)])


def test_where_groups_tell_nothing_sizes_stay() -> None:
    reference = fitted(groups=[])
    assert reference.dates is not None
    found = learnt(reference, milestone("A", "2027-02-26", history=[JUNE]))
    assert found.rates[0].moves == reference.dates.rates[0].moves


def test_a_plan_without_reports_teaches_nothing() -> None:
    plan = sketch([milestone("A", "2026-09-30")], [])
    reference = choose_reference(plan)
    assert learn(reference, plan) is reference
    assert learn(NO_REFERENCE, plan) is NO_REFERENCE


def test_a_plan_that_keeps_its_dates_is_trusted_more_and_one_that_slips_less() -> None:
    def plan(finish: str, number: int) -> list[dict[str, Any]]:
        return [
            milestone(f"A{one}", finish, history=[JUNE], status="complete", actual_finish=finish)
            for one in range(number)
        ]

    reference = choose_reference(sketch([], []))
    assert reference.dates is not None
    before = reference.dates.chance(100)
    sizes = (1, 10, 100)
    steady = [learnt(reference, *plan("2026-09-30", number)).chance(100) for number in sizes]
    sliding = [learnt(reference, *plan("2026-10-31", number)).chance(100) for number in sizes]
    assert before > steady[0] > steady[1] > steady[2] > 0
    assert before < sliding[0] < sliding[1] < sliding[2] < 1
