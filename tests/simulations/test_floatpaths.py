"""Float paths: the critical path to a target, then chains by how far each can slip (DESIGN 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from simulations.schedule import schedule
from simulations.whatif import what_if
from tests.laws import examples
from tests.simulations.sketch import OFFICE, activity, link, milestone, row, run, sketch

if TYPE_CHECKING:
    from typing import Any

    from graphmodel.plan import Plan
    from simulations.results import Schedule

Told = tuple[tuple[str, ...], float, str | None, str | None]


def told(answer: Schedule) -> list[Told]:
    """Return each path as its items, its float, what it joins and what it comes after."""
    assert [path.number for path in answer.float_paths] == list(
        range(1, len(answer.float_paths) + 1)
    )
    return [
        (path.items, path.float_days, path.joins.item if path.joins else None, path.after)
        for path in answer.float_paths
    ]


#: S is followed by A (five days) and, a day's lag before E, by C (two); B (four) waits for nobody.
ITEMS = [
    activity("S", "3d"),
    activity("A", "5d"),
    activity("B", "4d"),
    activity("C", "2d"),
    activity("E", "1d"),
    activity("F", "1d"),
]
LINKS = [
    link("S", "A"),
    link("S", "C"),
    link("A", "E"),
    link("B", "E"),
    link("C", "E", "FS", "1d"),
]


def test_none_unless_asked_for() -> None:
    assert run(ITEMS, LINKS).float_paths == ()


def test_paths_to_an_item() -> None:
    """A ends on the 8th. C ends on the 5th, with its lag the 6th: 2 days; B on the 4th: 4."""
    assert told(run(ITEMS, LINKS, to="E", paths=9)) == [
        (("S", "A", "E"), 0, None, None),
        (("C",), 2, "E", "S"),
        (("B",), 4, "E", None),
    ]


def test_paths_to_the_finish_of_the_plan() -> None:
    """Without a target everything leads to the plan's finish, F by the 8 days it ends earlier."""
    answer = run(ITEMS, LINKS, paths=9)
    assert told(answer)[3:] == [(("F",), 8, None, None)]
    assert answer.float_paths[0].items == answer.longest_path
    assert len(run(ITEMS, LINKS, paths=2).float_paths) == 2


def test_path_one_is_the_critical_path_to_the_target() -> None:
    answer = run(ITEMS, LINKS, to="C", paths=5)
    assert answer.critical_path is not None
    assert (
        told(answer)
        == [(answer.critical_path.items, 0, None, None)]
        == [(("S", "C"), 0, None, None)]
    )


def test_floats_add_up_along_a_chain() -> None:
    """X ends 1 day before Y may have to wait for it, and Y has 2 days to spare before Z."""
    begins = [{"type": "SNET", "date": "2026-06-04"}]
    items = [
        activity("X", "2d"),
        activity("Y", "2d", constraints=begins),
        activity("W", "7d"),
        activity("Z", "1d"),
    ]
    answer = run(items, [link("X", "Y"), link("Y", "Z"), link("W", "Z")], to="Z", paths=5)
    assert told(answer) == [
        (("W", "Z"), 0, None, None),
        (("Y",), 2, "Z", None),
        (("X",), 3, "Y", None),
    ]
    assert [path.joins and path.joins.float_days for path in answer.float_paths] == [None, 2, 1]


def test_what_several_chains_share_keeps_its_lowest_number() -> None:
    """S drives both; by way of D it has no room, by way of L two days."""
    lengths = {"S": "2d", "D": "4d", "L": "2d", "E": "1d"}
    items = [activity(one, length) for one, length in lengths.items()]
    answer = run(items, [link("S", "D"), link("S", "L"), link("D", "E"), link("L", "E")], paths=9)
    assert told(answer) == [(("S", "D", "E"), 0, None, None), (("L",), 2, "E", "S")]


def test_ties_are_paths_of_their_own_in_the_order_of_the_file() -> None:
    items = [activity("B", "3d"), activity("A", "3d"), activity("E", "1d")]
    answer = run(items, [link("A", "E"), link("B", "E")], to="E", paths=5)
    assert told(answer) == [(("B", "E"), 0, None, None), (("A",), 0, "E", None)]


def test_parts_lead_to_what_they_are_part_of() -> None:
    """The stage is over when its last part is; the first has four days until then."""
    items = [
        {"id": "w", "kind": "action", "title": "Stage"},
        activity("w.1", "2d", parent="w"),
        activity("w.2", "6d", parent="w"),
        activity("z", "1d"),
    ]
    answer = run(items, [link("w", "z")], to="z", paths=5)
    assert told(answer) == [(("w.2", "w", "z"), 0, None, None), (("w.1",), 4, "w", None)]
    joins = answer.float_paths[1].joins
    assert joins is not None
    assert (joins.link, joins.float_days) == ("part of", 4)


def test_parts_of_a_gated_item_lead_to_its_papers() -> None:
    """The board meets on the 30th and wants papers a week before; the part ends on the 10th."""
    items = [
        {"id": "w", "kind": "action", "title": "Stage", "planned": {"finish": "2026-06-30"}},
        milestone("w.1", "2026-06-10", parent="w"),
    ]
    board = {"id": "b", "title": "Board", "meetings": {"dates": ["2026-06-30"]}}
    answer = run(
        items, to="w", paths=5,
        boards=[{**board, "papers_lead": "7d"}], gates=[{"item": "w", "board": "b"}],
    )  # fmt: skip
    assert told(answer) == [(("w",), 0, None, None), (("w.1",), 13, "w", None)]


def test_complete_work_begins_no_path() -> None:
    """It cannot slip; where it drives what follows, it stands on that chain."""
    done = {"status": "complete", "actual_start": "2026-06-01"}
    items = [
        activity("D", "2d", actual_finish="2026-06-02", **done),
        activity("A", "4d"),
        activity("O", "1d", actual_finish="2026-06-01", **done),
        activity("E", "1d"),
    ]
    answer = run(items, [link("D", "A"), link("A", "E"), link("O", "E")], paths=9)
    assert told(answer) == [(("D", "A", "E"), 0, None, None)]


def test_a_broken_link_has_negative_float_and_comes_right_after_the_critical_path() -> None:
    pin = [{"type": "MSO", "date": "2026-06-04", "hard": True}]
    items = [activity("A", "5d"), activity("B", "2d"), activity("T", "1d", constraints=pin)]
    answer = run(items, [link("B", "T"), link("A", "T")], to="T", paths=9)
    assert told(answer) == [
        (("T",), 0, None, None),
        (("A",), -2, "T", None),
        (("B",), 1, "T", None),
    ]


def test_floats_on_calendars_of_different_days_add_up_exactly() -> None:
    """Half a day of ten hours on one calendar and a third of a day of eight on the other."""
    long = {**OFFICE, "id": "long", "hours_per_day": 10}
    begins = [{"type": "SNET", "date": "2026-06-02T14:00"}]
    items = [
        activity("X", "8h", calendar="office"),  # Monday
        activity("Y", "3h", calendar="long", constraints=begins),  # Tuesday 14:00 to 17:00
        activity("W", "18h", calendar="office"),  # until Wednesday 11:00
        activity("Z", "1h", calendar="office"),
    ]
    answer = run(
        items, [link("X", "Y"), link("Y", "Z"), link("W", "Z")], to="Z", paths=9,
        calendars=[OFFICE, long],
    )  # fmt: skip
    assert told(answer) == [
        (("W", "Z"), 0, None, None),
        (("Y",), 2 / 8, "Z", None),
        (("X",), 2 / 8 + 5 / 10, "Y", None),
    ]


def test_an_item_without_a_date_has_no_paths() -> None:
    assert run([milestone("a"), milestone("b", "2026-06-30")], to="a", paths=3).float_paths == ()
    assert run([], paths=3).float_paths == ()


NAMES = "abcdefg"


@st.composite
def networks(draw: st.DrawFn) -> Plan:
    """Activities in days, with links of every type and lags of up to three days."""
    count = draw(st.integers(2, len(NAMES)))
    items = [activity(one, f"{draw(st.integers(0, 6))}d") for one in NAMES[:count]]
    links: list[dict[str, Any]] = []
    for after in range(1, count):
        for before in draw(st.sets(st.integers(0, after - 1), max_size=3)):
            kind = draw(st.sampled_from(["FS", "FS", "SS", "FF", "SF"]))
            links.append(link(NAMES[before], NAMES[after], kind, f"{draw(st.integers(0, 3))}d"))
    return sketch(items, links)


@settings(max_examples=examples(60))
@given(plan=networks(), data=st.data())
def test_a_path_moves_its_target_once_it_slips_by_more_than_its_float(
    plan: Plan, data: st.DataObject
) -> None:
    target = data.draw(st.sampled_from([item.id for item in plan.items]))
    answer = schedule(plan, to=target, paths=len(plan.items))
    path = data.draw(st.sampled_from(answer.float_paths))
    one = data.draw(st.sampled_from(path.items))
    for days in (0, 1, 3):
        assert moved(plan, one, target, int(path.float_days) + days) == days


@settings(max_examples=examples(40))
@given(plan=networks())
def test_every_item_stands_on_one_path_to_the_finish(plan: Plan) -> None:
    answer = schedule(plan, paths=len(plan.items))
    listed = [one for path in answer.float_paths for one in path.items]
    assert sorted(listed) == sorted(item.id for item in plan.items)
    floats = [path.float_days for path in answer.float_paths]
    assert floats == sorted(floats)
    for path in answer.float_paths:
        for one in path.items:
            assert row(answer, one).total_float_days == path.float_days


def moved(plan: Plan, one: str, target: str, days: int) -> float:
    """Return by how many days a slip of one item moves another."""
    scenario = Scenario(changes=(Slip(item=one, by=parse_span(f"{days}d")),))
    answer = what_if(plan, scenario, include_all=True)
    return next(item.knock_on_days for item in answer.items if item.id == target)
