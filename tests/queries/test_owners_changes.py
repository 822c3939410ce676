"""Officers away, and work given to others: the plan of `tests.queries.staffing`, by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel.errors import ScenarioError, UnknownIdError
from graphmodel.scenario import Reassign, Scenario
from graphmodel.spans import parse_span
from queries.owners_away import Absence, find_absences
from queries.owners_holding import MonthLoad, find_holdings
from queries.owners_reassign import Reassignment, find_moves, reassign_items
from simulations.changes import edit_plan
from simulations.whatif import prepare
from tests.laws import examples
from tests.oracle.officers import with_officers
from tests.oracle.plans import plans
from tests.queries.staffing import ITEMS, staffed

if TYPE_CHECKING:
    from graphmodel.plan import Plan

MONTH = parse_span("1m")


def away(officers: list[str], first: str, last: str, **changes: Any) -> tuple[Absence, ...]:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return find_absences(prepare(staffed(**changes)), officers, *days)


def passed(what: str, to: str, giver: str | None = None, **changes: Any) -> Reassignment:
    plan = staffed(**changes)
    moves = find_moves(plan, what, to, giver=giver, roles=["responsible"])
    return reassign_items(prepare(plan), moves, by=MONTH)


# -- Away -----------------------------------------------------------------------------------------


def test_what_waits_for_the_return() -> None:
    (bob,) = away(["bob"], "2026-07-15", "2026-08-15")
    # A.2 and B.1, both at the end of July, wait until 15 August. If gaps are work, A.2 takes all
    # of July: the 17 days from the 15th on are left, until 1 September. B.1 goes with it, a day
    # past B's due date, and E 61 days after that is at 1 November, 32 days on.
    assert bob.waits == ("A.2", "B.1")
    assert (bob.officer, bob.title) == ("bob", "Director Bob")
    assert (bob.moved, bob.newly_late, bob.total_knock_on_days) == (0, 0, 0)
    assert (bob.moved_if_work, bob.newly_late_if_work, bob.total_knock_on_if_work_days) == (
        1,
        1,
        32,
    )
    assert (bob.own_late, bob.own_late_if_work) == (0, 0)
    assert bob.sentence == (
        "2 items wait; 0 to 1 other due date is missed and 0 to 1 other item moves by 0 to 32 days "
        "in all."
    )
    assert bob.first_board is None


def test_the_first_board_to_hear_of_it() -> None:
    boards = [
        {
            "id": "ob",
            "title": "Oversight",
            "oversees": ["U"],
            "meetings": {"dates": ["2026-06-20"]},
        },
        {
            "id": "wb",
            "title": "Whole Board",
            "oversees": ["T"],
            "meetings": {"dates": ["2026-06-10"]},
        },
        {"id": "late", "oversees": ["T"], "meetings": {"dates": ["2026-06-30"]}},
    ]
    (bob,) = away(["Director Bob"], "2026-07-15", "2026-08-15", boards=boards)
    assert (bob.first_board, bob.first_board_meeting) == ("Whole Board", date(2026, 6, 10))


def test_nothing_due_while_away() -> None:
    (ann,) = away(["ann"], "2026-06-01", "2026-06-15")
    assert (ann.waits, ann.moved) == ((), 0)
    assert ann.sentence == "Nothing of theirs should be finished in that time, so nothing waits."


def test_one_day_away_and_a_due_date_of_ones_own() -> None:
    items = [*ITEMS[:-1], {**ITEMS[-1], "due": "2026-09-30"}]
    (cat,) = away(["cat"], "2026-09-30", "2026-10-02", items=items)
    assert (cat.waits, cat.own_late) == (("E",), 1)
    assert cat.sentence == "1 item waits; 1 of them misses its own due date."


def test_who_is_responsible_for_nothing_is_left_out_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    baseline = prepare(staffed())
    days = date(2026, 6, 1), date(2026, 7, 1)
    found = find_absences(baseline, ["cx", "ann"], *days, lambda *one: told.append(one))
    assert [one.officer for one in found] == ["ann"]
    assert told == [(1, 2), (2, 2)]


def test_absences_that_cannot_be() -> None:
    with pytest.raises(ScenarioError, match="2026-07-02 to 2026-07-01"):
        away(["ann"], "2026-07-02", "2026-07-01")
    with pytest.raises(UnknownIdError, match='no officer "annie"'):
        away(["annie"], "2026-07-01", "2026-07-02")


# -- Given to others ------------------------------------------------------------------------------


def test_all_of_an_officer_passes() -> None:
    found = passed("Director Ann", "cat")
    assert found.items == ("A.1", "A.2")
    assert found.changes == (
        Reassign(item="A.1", officer="ann", to="cat"),
        Reassign(item="A.2", officer="ann", to="cat"),
    )
    ann, cat = found.officers
    assert (ann.id, cat.id) == ("ann", "cat")
    june, july, september = (MonthLoad(date(2026, month, 1), 1, 1) for month in (6, 7, 9))
    assert (ann.load_before.months, ann.load_after.months) == ((june, july), ())
    assert cat.load_before.months == (september,)
    assert cat.load_after.months == (june, july, MonthLoad(date(2026, 8, 1), 0, 0), september)
    assert (ann.share_before, ann.share_after) == (1.5, 0)
    assert (cat.share_before, cat.share_after) == (1, 2.5)
    # Ann's slip moved B.1, and E if gaps are work. Cat's moves B.1; E is her own now.
    assert ann.effect_before is not None
    assert (ann.effect_before.moved, ann.effect_before.moved_if_work) == (1, 2)
    assert ann.effect_after is None
    assert cat.effect_before is not None
    assert cat.effect_after is not None
    assert (cat.effect_before.moved, cat.effect_after.moved) == (0, 1)
    assert (cat.effect_after.moved_if_work, cat.effect_after.slipped) == (1, 3)
    assert found.sentences == (
        "2 open items pass to another officer. No date moves with it.",
        "Director Ann: 2 open items before, 0 after; the peak was 1 in 2026-06.",
        "Head Cat: 1 open item before, 3 after; the peak goes from 1 in 2026-09 to 1 in 2026-06.",
    )


def test_an_item_passes_from_whoever_is_named() -> None:
    found = passed("A.2", "cat", "Dir. A")
    assert [(one.id, one.load_after.items) for one in found.officers] == [("ann", 1), ("cat", 2)]
    assert found.sentences[0] == "1 open item passes to another officer. No date moves with it."
    assert found.sentences[1].endswith("the peak stays 1 in 2026-06.")


def test_an_item_with_parts_passes_with_what_is_open_below_it() -> None:
    found = passed("U", "cx")
    assert found.items == ("B.1", "B.2", "B.3")
    bob, chief = found.officers
    assert (bob.load_before.items, bob.load_after.items) == (4, 1)
    assert (chief.load_before.items, chief.load_after.items) == (0, 3)
    assert chief.load_after.peak == MonthLoad(date(2026, 7, 1), 1, 1)
    assert found.sentences[2].endswith("0 open items before, 3 after; the peak is 1 in 2026-07.")


def test_what_has_no_dates_has_no_peak() -> None:
    found = passed("B.3", "cx")
    assert found.sentences[2] == "Chief Executive: 0 open items before, 1 after."


@pytest.mark.parametrize(
    ("what", "to", "giver", "words"),
    [
        ("A", "cat", None, "2 officers hold A A: name whom it passes from, as in A=FROM..cat"),
        ("D", "cat", None, "No officers hold D D"),
        ("A.1", "ann", None, "Nothing can pass from Director Ann to Director Ann"),
        ("A.1", "cat", "bob", "Director Bob holds nothing open of A.1 A.1 in this role"),
        ("cx", "ann", None, "Chief Executive holds nothing open in this role"),
    ],
)
def test_what_cannot_pass(what: str, to: str, giver: str | None, words: str) -> None:
    with pytest.raises(ScenarioError, match=words.replace(".", r"\.")):
        passed(what, to, giver)


@pytest.mark.parametrize(
    ("what", "to", "giver", "words"),
    [
        ("nobody", "ann", None, 'no item or officer "nobody"'),
        ("A.11", "ann", None, 'no item or officer "A.11". Did you mean A.1'),
        ("A.11", "ann", "bob", 'no item "A.11"'),
        ("A.1", "nobody", None, 'no officer "nobody"'),
        ("A.1", "ann", "nobody", 'no officer "nobody"'),
    ],
)
def test_names_the_plan_does_not_hold(what: str, to: str, giver: str | None, words: str) -> None:
    with pytest.raises(UnknownIdError, match=words):
        passed(what, to, giver)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_one_loses_the_other_has(data: st.DataObject) -> None:
    plan: Plan = with_officers(data, data.draw(plans()))
    before = find_holdings(plan)
    if "x" not in before.items:
        return
    moves = find_moves(plan, "x", "y", roles=["responsible"])
    found = reassign_items(prepare(plan), moves, by=MONTH)
    after = find_holdings(edit_plan(plan, Scenario(changes=tuple(moves)), plan.links).build())
    x, y = found.officers
    assert x.load_after.items == 0
    assert {*after.items["y"]} == {*before.items["x"], *before.items.get("y", ())}
    assert y.load_after.items == len(after.items["y"])
    assert sum(map(after.share, after.officers)) == pytest.approx(
        sum(map(before.share, before.officers))
    )
    assert after.items.get("z") == before.items.get("z")


def test_a_group_that_takes_work_has_no_share_of_it() -> None:
    _, group = passed("A.1", "all").officers
    assert (group.load_before.items, group.load_after.items) == (2, 3)
    assert (group.share_before, group.share_after) == (0, 0)
