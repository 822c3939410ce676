"""Several plans in one graph: what is kept apart, what is one, and that nothing gets lost."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from graphmodel.errors import PlanError
from graphmodel.planfile import parse_plan
from graphmodel.pointers import calendar_pointers, item_pointers, link_pointers, other_pointers
from loaders.portfolio import join_plans
from simulations.schedule import schedule
from tests.oracle.entities import DOCUMENTS

if TYPE_CHECKING:
    from graphmodel.plan import Plan


def plan(name: str, **more: Any) -> Plan:
    """Return a plan of one action with two milestones, one link, an officer and a board."""
    held: dict[str, Any] = {
        "schema": "knockon/plan@1",
        "id": name,
        "title": f"The {name} plan",
        "organisation": "Wexcombe",
        "start": "2026-04-01",
        "items": [
            {"id": "A", "kind": "action", "title": "Agree"},
            {"id": "A.1", "kind": "milestone", "title": "Draft", "parent": "A",
             "planned": {"finish": "2026-06-30"}, "tags": ["consultation"]},
            {"id": "A.2", "kind": "milestone", "title": "Sign", "parent": "A",
             "planned": {"finish": "2026-09-30"}},
        ],
        "links": [{"id": "l", "from": "A.1", "to": "A.2"}],
        "officers": [{"id": "ce", "title": "Chief Executive"}],
        "assignments": [{"officer": "ce", "item": "A"}],
        "boards": [{"id": "cab", "title": "Cabinet", "meetings": {"rule": "FREQ=WEEKLY;INTERVAL=2"},
                    "oversees": ["A"]}],
    }  # fmt: skip
    return parse_plan(json.dumps(held | more))


def test_ids_are_kept_apart_by_plan() -> None:
    whole, problems, notes = join_plans([plan("csip"), plan("send")])
    assert [item.id for item in whole.items] == [
        "csip", "csip:A", "csip:A.1", "csip:A.2", "send", "send:A", "send:A.1", "send:A.2",
    ]  # fmt: skip
    assert [item.kind for item in whole.items if item.parent is None] == ["plan", "plan"]
    assert [(link.id, link.from_, link.to) for link in whole.links] == [
        ("csip:l", "csip:A.1", "csip:A.2"),
        ("send:l", "send:A.1", "send:A.2"),
    ]
    assert problems == ()
    assert notes[0] == "2 plans in one portfolio: ids begin with csip:, send:."


def test_officers_and_boards_of_one_council_are_the_same() -> None:
    whole, _, notes = join_plans([plan("csip"), plan("send")])
    assert [one.id for one in whole.officers] == ["csip:ce"]
    assert [one.id for one in whole.boards] == ["csip:cab"]
    assert [(one.officer, one.item) for one in whole.assignments] == [
        ("csip:ce", "csip:A"),
        ("csip:ce", "send:A"),
    ]
    assert whole.boards[0].oversees == ("csip:A", "send:A")
    assert notes[1:] == (
        "1 officer of the same organisation and title taken as one.",
        "1 board of the same organisation and title taken as one.",
    )


def test_two_councils_have_a_chief_executive_each() -> None:
    whole, _, _ = join_plans([plan("csip"), plan("cip", organisation="Marlbury")])
    assert [one.id for one in whole.officers] == ["csip:ce", "cip:ce"]
    assert [one.id for one in whole.boards] == ["csip:cab", "cip:cab"]
    assert whole.organisation is None


def test_plans_of_nobody_in_particular_share_nobody() -> None:
    whole, _, _ = join_plans([plan("a", organisation=None), plan("b", organisation=None)])
    assert len(whole.officers) == 2


def test_a_board_that_meets_otherwise_stays_apart() -> None:
    boards = [{"id": "cab", "title": "Cabinet", "meetings": {"dates": ["2026-07-01"]}}]
    whole, problems, _ = join_plans([plan("csip"), plan("send", boards=boards)])
    assert [one.id for one in whole.boards] == ["csip:cab", "send:cab"]
    assert [one.code for one in problems] == ["board-differs"]


def test_a_meeting_rule_goes_on_being_counted_from_its_own_start() -> None:
    later = plan("send", organisation="Marlbury", start="2026-04-08")
    whole, _, _ = join_plans([plan("csip"), later])
    assert [str(one.meetings.since) for one in whole.boards] == ["2026-04-01", "2026-04-08"]
    assert str(whole.start) == "2026-04-01"


def test_each_plan_keeps_its_own_dates_and_rules() -> None:
    options = {"scheduling_mode": "p6"}
    other = plan("p6", start="2026-05-01", must_finish="2026-12-31", options=options)
    whole, _, _ = join_plans([plan("csip", status_date="2026-05-31"), other])
    first, second = whole.projects
    assert (first.item, str(first.start), str(first.status_date)) == (
        "csip", "2026-04-01", "2026-05-31",
    )  # fmt: skip
    assert (str(second.must_finish), second.options.scheduling_mode) == ("2026-12-31", "p6")
    assert whole.status_date is None


def test_two_plans_of_one_id() -> None:
    whole, problems, _ = join_plans([plan("csip"), plan("csip")])
    assert [project.item for project in whole.projects] == ["csip", "csip~2"]
    assert [one.code for one in problems] == ["plan-id-twice"]


def test_a_portfolio_takes_up_another_plan() -> None:
    two, _, _ = join_plans([plan("a"), plan("b")])
    three, problems, _ = join_plans([two, plan("c")])
    assert [project.item for project in three.projects] == ["a", "b", "c"]
    assert problems == ()
    assert schedule(three).items[:8] == schedule(two).items


def test_two_portfolios_that_hold_the_same_plan() -> None:
    two, _, _ = join_plans([plan("a"), plan("b")])
    with pytest.raises(PlanError, match='hold a plan "a"'):
        join_plans([two, two])


def test_a_blackout_stays_in_its_own_plan() -> None:
    closed = {"start": "2026-06-01", "finish": "2026-07-15", "tags": ["consultation"]}
    whole, _, _ = join_plans([plan("csip", blackouts=[closed]), plan("send")])
    finish = {row.id: str(row.finish) for row in schedule(whole).items}
    assert finish["csip:A.1"] == "2026-07-16"
    assert finish["send:A.1"] == "2026-06-30"
    tagged = [item.id for item in whole.items if "consultation" in item.tags]
    assert tagged == ["csip:A.1", "send:A.1"]


def test_links_cross_plans() -> None:
    whole, _, _ = join_plans([plan("csip"), plan("send")])
    held = json.loads(whole.model_dump_json(by_alias=True, exclude_defaults=True))
    held["schema"] = "knockon/plan@1"
    held["links"].append({"from": "csip:A.2", "to": "send:A.2", "lag": "1m"})
    finish = {row.id: str(row.finish) for row in schedule(parse_plan(json.dumps(held))).items}
    assert finish["send:A.2"] == "2026-10-31"


def test_an_id_that_becomes_too_long() -> None:
    items = [{"id": "x" * 198, "kind": "action", "title": "X"}]
    long = plan("csip", items=items, links=[], assignments=[], boards=[])
    with pytest.raises(PlanError, match="longer than 200 characters"):
        join_plans([long, plan("send")])


def test_what_plans_do_not_agree_on() -> None:
    path = plan("csip", options={"critical": "longest_path"})
    whole, problems, _ = join_plans([path, plan("send")])
    assert whole.options.critical is None
    assert [one.code for one in problems] == ["options-differ"]


@given(document=DOCUMENTS)
def test_everything_that_named_something_still_names_it(document: dict[str, Any]) -> None:
    one = parse_plan(json.dumps(document | {"projects": [], "id": "one"}))
    whole, _, _ = join_plans([one])
    expected = Counter(
        (
            kind,
            named if (kind, named) in {("calendar", None), ("calendar", "england")} else put(named),
        )
        for kind, named in pointers(one)
    )
    found = Counter(pointers(whole))
    assert expected - found == Counter()
    assert set(found - expected) <= {("item", "one"), ("calendar", None)}


def put(named: str | None) -> str | None:
    return None if named is None else f"one:{named}"


def pointers(one: Plan) -> list[tuple[str, str | None]]:
    """Return the kind and id of everything that is named anywhere in a plan."""
    found = [
        *calendar_pointers(one),
        *(pointer for item in one.items for pointer in item_pointers(item)),
        *(pointer for link in one.links for pointer in link_pointers(link)),
        *other_pointers(one),
    ]
    return [(kind, named) for _, kind, named in found]
