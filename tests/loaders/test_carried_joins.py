"""Links, gates, people, metrics, risks and the rest of two versions of a small plan."""

from __future__ import annotations

from typing import Any

import pytest

from graphmodel.items import SourceFile
from graphmodel.links import Link
from graphmodel.measures import Metric
from loaders.carrying import carry_over
from tests.loaders.small_versions import action, april, codes, may, milestone, stands, told

DREDGER = action("A1", "Hire a dredger for the outer harbour")
WALL = action("A2", "Mend the wall along the northern quay")
TIDE = action("A3", "Watch the tide from the lighthouse")
REGISTER = SourceFile(id="r1", title="Register", file="links.csv", sha256="r")
PAPER_WORDS = [{"source": {"source": "s1", "line": 1, "quote": "once the wall is mended"}}]
REGISTER_ROW = [{"source": {"source": "r1", "line": 2}}]


def link(**fields: Any) -> Link:
    return Link.model_validate({"from": "A1", "to": "A2", **fields})


# --- links and gates -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "stays"),
    [
        ({"origin": "sequence", "state": "proposed"}, False),
        ({"origin": "phase"}, False),
        ({"origin": "phase", "state": "proposed", "x_clash": True}, False),
        ({"origin": "sequence", "state": "accepted"}, True),
        ({"origin": "sequence", "state": "rejected"}, True),
        ({"origin": "phase", "decided": {"by": "PMO"}}, True),
        ({"origin": "phase", "lag": "2w", "evidence": [*PAPER_WORDS, *REGISTER_ROW]}, True),
        ({"origin": "register"}, True),
        ({"origin": "inferred", "state": "proposed", "evidence": PAPER_WORDS}, True),
        ({"origin": "stated", "evidence": PAPER_WORDS}, True),
        ({"origin": "schedule"}, True),
    ],
)
def test_links_that_nobody_decided_are_drawn_anew(fields: dict[str, Any], *, stays: bool) -> None:
    old = april(DREDGER, WALL, links=[link(**fields)], sources=(REGISTER,))
    plan = carry_over(old, may(DREDGER, WALL)).plan
    assert plan.links == (old.links if stays else ())


def test_stated_links_go_where_the_new_paper_states_others() -> None:
    old = april(DREDGER, WALL, TIDE, links=[link(id="L1"), link(to="A3", decided={"by": "PMO"})])
    new = may(DREDGER, WALL, TIDE, links=[link(**{"from": "A2", "to": "A3"})])
    plan = carry_over(old, new).plan
    assert [(one.from_, one.to) for one in plan.links] == [("A1", "A3"), ("A2", "A3")]
    (message,) = told(old, new, "link-gone")
    assert 'The link "L1", A1 → A2 (FS) is not in the new version' in message


def test_a_decision_stands_against_what_the_new_version_draws() -> None:
    decided = link(id="L1", origin="sequence", state="rejected", decided={"why": "no"})
    drawn = link(origin="sequence", state="proposed")
    turned = link(**{"from": "A2", "to": "A1", "origin": "phase"})
    old = april(DREDGER, WALL, links=[decided])
    for fresh in (drawn, turned):
        assert carry_over(old, may(DREDGER, WALL, links=[fresh])).plan.links == (decided,)


def test_what_nobody_decided_is_as_the_new_version_has_it() -> None:
    old = april(DREDGER, WALL, links=[link(id="L1", lag="1w"), link(lag="2w")])
    new = may(DREDGER, WALL, links=[link(lag="3w"), link(lag="4w", id="L9")])
    links = carry_over(old, new).plan.links
    assert [(one.id, str(one.lag)) for one in links] == [("L1", "3w"), ("L9", "4w")]


def test_an_id_of_a_decided_link_is_nobody_elses() -> None:
    old = april(DREDGER, WALL, TIDE, links=[link(to="A3"), link(id="L1", decided={"by": "PMO"})])
    new = may(DREDGER, WALL, TIDE, links=[link(id="L1", to="A3")])
    links = carry_over(old, new).plan.links
    assert [(one.to, one.id) for one in links] == [("A3", None), ("A2", "L1")]


def test_links_gates_and_roles_of_what_is_gone_are_told() -> None:
    board = {"id": "hrb", "title": "Harbour Recovery Board"}
    officer = {"id": "pilot", "title": "Head of Pilots"}
    old = april(
        DREDGER,
        WALL,
        links=[
            link(id="L1", decided={"by": "PMO"}, state="rejected"),
            link(origin="inferred", state="proposed", type="SS"),
        ],
        gates=[{"id": "G1", "item": "A2", "board": "hrb"}, {"item": "A1", "board": "hrb"}],
        boards=[board],
        officers=[officer],
        assignments=[{"officer": "pilot", "item": "A2"}, {"officer": "pilot", "item": "A1"}],
        corrections=[{"item": "A2", "field": "due", "value": "2026-06-30"}],
        stated=[{"item": "A2", "measure": "red", "value": 1, "as_of": "2026-04"}],
        metrics=[{"id": "A2/M1", "item": "A2", "title": "Feet of wall"}],
        risks=[
            {
                "id": "R1",
                "probability": 0.5,
                "impacts": [
                    {"item": one, "delay": {"distribution": "uniform", "low": "0d", "high": "1w"}}
                    for one in ("A1", "A2")
                ],
                "effects": [
                    {"op": "slip", "item": "A2", "by": "1w"},
                    {"op": "add_meeting", "board": "hrb", "date": "2026-06-01"},
                    {"op": "away", "officer": "pilot", "from": "2026-06-01", "to": "2026-06-09"},
                ],
            }
        ],
        relations=[{"from": "hrb", "to": "A2", "type": "watches"}],
        options={"risk": {"correlations": [{"a": "A1", "b": "A2", "rho": 0.5}]}},
    )
    carried = carry_over(old, may(DREDGER))
    plan = carried.plan
    assert (plan.links, plan.corrections, plan.stated, plan.metrics) == ((), (), (), ())
    assert [one.item for one in plan.gates] == [one.item for one in plan.assignments] == ["A1"]
    assert (plan.relations, plan.options.risk.correlations) == ((), ())
    (risk,) = plan.risks
    assert [one.item for one in risk.impacts] == ["A1"]
    assert [one.op for one in risk.effects] == ["add_meeting", "away"]
    messages = {one.code: (one.severity, one.message) for one in carried.problems}
    assert set(messages) == {
        *("item-removed", "gate-dropped", "assignment-dropped", "correction-dropped"),
        *("link-dropped", "total-dropped", "metric-dropped", "impact-dropped"),
        *("correlation-dropped", "relation-dropped"),
    }
    first = next(one for one in carried.problems if one.code == "link-dropped")
    assert (first.severity, first.items) == ("warning", ("A1", "A2"))
    assert first.message == (
        f'The link "L1", A1 → A2 (FS), rejected by PMO, on A1 "{DREDGER.title}" and '
        f'A2 "{WALL.title}", is left out: A2 is gone. '
        "The decision is kept in case it comes back."
    )
    severities = [one.severity for one in carried.problems if one.code == "link-dropped"]
    assert severities == ["warning", "info"]
    assert messages["assignment-dropped"][0] == "info"
    assert messages["impact-dropped"][1] == (
        'The risk "R1" no longer hits A2, its effect "slip": what it names there is gone.'
    )
    assert messages["relation-dropped"][1].startswith('The relation "watches" of hrb and A2, on A2')
    assert messages["total-dropped"][1].startswith('The total "red", on A2')
    assert "2 links, 1 assignment, 1 gate, 1 total" in carried.notes[-1]


def test_a_link_to_what_an_item_is_part_of_now_is_left_out() -> None:
    part = milestone("A1.1", "Tender drawn up and published in two lots")
    old = april(
        DREDGER, WALL, part, links=[link(**{"from": "A1.1", "to": "A2", "origin": "register"})]
    )
    moved = part.model_copy(update={"id": "A2.1", "parent": "A2"})
    carried = carry_over(old, may(DREDGER, WALL, moved))
    assert carried.plan.links == ()
    assert codes(carried) == {"item-moved", "link-dropped"}


def test_gates_keep_decisions_and_new_ones_come_in() -> None:
    boards = [{"id": "hrb", "title": "Harbour Recovery Board"}]
    decided = {"item": "A1", "board": "hrb", "state": "rejected", "decided": {"by": "PMO"}}
    stated = {"item": "A2", "board": "hrb", "origin": "stated", "decision": "endorse"}
    old = april(DREDGER, WALL, boards=boards, gates=[decided, stated])
    fresh = {"item": "A1", "board": "hrb", "origin": "stated"}
    other = {"item": "A2", "board": "hrb", "origin": "stated", "decision": "note"}
    carried = carry_over(old, may(DREDGER, WALL, boards=boards, gates=[fresh, other]))
    assert carried.plan.gates[0] == old.gates[0]
    assert [one.decision for one in carried.plan.gates] == ["approve", "note"]
    assert codes(carried) == {"gate-gone"}


# --- officers and boards -------------------------------------------------------------------------


def test_an_officer_is_known_by_any_spelling() -> None:
    old_officer = {
        "id": "pilot",
        "title": "Head of Pilots",
        "also": ["Chief Pilot"],
        "directorate": "Sea",
        "successor": "admiral",
        "x_room": 7,
    }
    admiral = {"id": "admiral", "title": "Admiral"}
    old = april(
        DREDGER,
        officers=[old_officer, admiral],
        assignments=[{"officer": "pilot", "item": "A1", "source": stands("Head of Pilots")}],
    )
    new = may(
        DREDGER,
        officers=[{"id": "chief-pilot", "title": "Chief Pilot"}],
        assignments=[{"officer": "chief-pilot", "item": "A1", "source": stands("Chief Pilot")}],
    )
    carried = carry_over(old, new)
    officer, successor = carried.plan.officers
    assert (officer.id, officer.title, officer.also) == (
        "pilot",
        "Chief Pilot",
        ("Head of Pilots",),
    )
    assert (officer.directorate, officer.successor) == ("Sea", "admiral")
    assert officer.model_extra == {"x_room": 7}
    assert successor.id == "admiral"  # nobody names him, but he comes next
    assert [one.officer for one in carried.plan.assignments] == ["pilot"]
    assert carried.problems == ()


def test_an_officer_who_could_be_two_is_told() -> None:
    officers = [
        {"id": "pilot", "title": "Head of Pilots", "also": ["Chief"]},
        {"id": "cook", "title": "Head of Cooks", "also": ["Chief"]},
    ]
    new = may(DREDGER, officers=[{"id": "chief", "title": "Chief"}])
    carried = carry_over(april(DREDGER, officers=officers), new)
    assert [one.id for one in carried.plan.officers] == ["pilot", "cook", "chief"]
    (problem,) = carried.problems
    assert problem.code == "name-ambiguous"
    assert "could be pilot (Head of Pilots), cook (Head of Cooks)" in problem.message


def test_an_id_alone_is_enough_where_no_title_says_otherwise() -> None:
    old = april(DREDGER, officers=[{"id": "o1", "title": "Head of Pilots"}])
    new = may(DREDGER, officers=[{"id": "o1", "title": "Master of the Tide"}])
    (officer,) = carry_over(old, new).plan.officers
    assert officer.also == ("Head of Pilots",)


def test_a_new_officer_gets_no_id_that_somebody_has() -> None:
    old = april(
        DREDGER,
        officers=[
            {"id": "pilot", "title": "Head of Pilots", "also": ["Pilot"]},
            {"id": "tide", "title": "Master of the Tide", "also": ["Tide"]},
        ],
    )
    fresh = [
        {"id": "pilot", "title": "Master of the Tide"},
        {"id": "tide", "title": "Keeper of Lamps"},
    ]
    officers = carry_over(old, may(DREDGER, officers=fresh)).plan.officers
    assert {one.id: one.title for one in officers} == {
        "pilot": "Head of Pilots",
        "tide": "Master of the Tide",
        "tide-2": "Keeper of Lamps",
    }


def test_boards_keep_meetings_and_those_that_nothing_needs_go() -> None:
    board = {
        "id": "hrb",
        "title": "Harbour Recovery Board",
        "meetings": {"dates": ["2026-06-01"]},
        "papers_lead": "10wd",
        "oversees": ["A1", "A2"],
        "reports_to": "cabinet",
    }
    old = april(
        DREDGER,
        WALL,
        boards=[
            board,
            {"id": "cabinet", "title": "Cabinet", "source": stands("Cabinet")},
            {"id": "panel", "title": "Dock Panel", "source": stands("Dock Panel")},
            {"id": "closed", "title": "Closed Panel", "source": stands("Closed Panel")},
        ],
        blackouts=[{"start": "2026-07-01", "finish": "2026-07-31", "boards": ["closed"]}],
    )
    new = may(
        DREDGER,
        boards=[{"id": "harbour-recovery-board", "title": "Harbour recovery board"}],
        blackouts=[{"start": "2026-08-01", "finish": "2026-08-31"}],
    )
    carried = carry_over(old, new)
    first, *others = carried.plan.boards
    assert (first.id, first.title, first.also) == (
        "hrb",
        "Harbour recovery board",
        ("Harbour Recovery Board",),
    )
    assert (first.meetings, first.oversees) == (old.boards[0].meetings, ("A1",))
    assert (str(first.papers_lead), first.reports_to) == ("10wd", "cabinet")
    assert [one.id for one in others] == ["cabinet", "closed"]
    assert told(old, new, "name-gone") == ["Dock Panel (panel) is not named any more."]
    assert told(old, new, "oversight-dropped") == [
        "Harbour Recovery Board no longer oversees A2: not in the plan any more."
    ]
    assert len(carried.plan.blackouts) == 2


def test_owners_are_the_new_papers_and_registers_are_kept() -> None:
    officers = [{"id": one, "title": one.title()} for one in ("pilot", "cook", "clerk")]
    stated = {"item": "A1", "source": stands("words")}
    row = {"item": "A1", "source": {"source": "r1", "line": 2}}
    old = april(
        DREDGER,
        officers=officers,
        sources=(REGISTER,),
        assignments=[
            {"officer": "pilot", **stated},
            {"officer": "clerk", **row},
            {"officer": "clerk", "role": "sponsor", **stated},
        ],
    )
    new = may(DREDGER, officers=officers, assignments=[{"officer": "cook", **stated}])
    plan = carry_over(old, new).plan
    assert [(one.officer, one.role) for one in plan.assignments] == [
        ("clerk", "responsible"),
        ("clerk", "sponsor"),  # the new paper does not speak of sponsors at all
        ("cook", "responsible"),
    ]
    (message,) = told(old, new, "owner-changed")
    assert message == "A1: responsible pilot, clerk → clerk, cook."


# --- metrics, risks, totals, relations -----------------------------------------------------------


def metric(number: int, title: str, item: str = "A1", **fields: Any) -> Metric:
    values = {"id": f"{item}/M{number}", "item": item, "title": title, "source": stands(title)}
    return Metric.model_validate(values | fields)


def test_metrics_keep_ids_and_measured_values() -> None:
    may_value, june = ({"value": 1, "as_of": month} for month in ("May 2026", "June 2026"))
    old = april(
        DREDGER,
        WALL,
        metrics=[
            metric(
                1, "Depth at low water in feet", actuals=[may_value], frequency="monthly", x_a=1
            ),
            metric(2, "Boats that ran aground", actuals=[may_value]),
            metric(3, "Silt moved in barges a week", baseline={"text": "4"}),
        ],
    )
    new = may(
        DREDGER,
        WALL,
        metrics=[
            metric(1, "Silt moved in barges each week", baseline={"value": 5}),
            metric(2, "Herring landed"),
            metric(3, "Depth at low water, in feet", actuals=[june]),
            metric(1, "Stones", item="A2", id="stones"),
        ],
    )
    carried = carry_over(old, new)
    titles = {one.id: one.title for one in carried.plan.metrics}
    assert titles == {
        "A1/M3": "Silt moved in barges each week",
        "A1/M4": "Herring landed",
        "A1/M1": "Depth at low water, in feet",
        "stones": "Stones",
    }
    depth = carried.plan.metrics[2]
    assert (depth.frequency, depth.model_extra) == ("monthly", {"x_a": 1})
    assert [one.as_of for one in depth.actuals] == ["May 2026", "June 2026"]
    severities = {one.code: one.severity for one in carried.problems}
    assert severities == {
        "metric-added": "info",
        "metric-changed": "info",
        "metric-gone": "warning",
    }
    (message,) = told(old, new, "metric-changed")
    assert "baseline 4 → 5" in message
    june_plan = carry_over(carried.plan, may(DREDGER, WALL, metrics=[metric(1, "Otters")])).plan
    assert [one.id for one in june_plan.metrics] == ["A1/M5"]  # M2 is never used again


def test_metrics_of_other_documents_stay() -> None:
    ours = metric(1, "Depth", source={"source": "r1", "line": 3})
    old = april(DREDGER, metrics=[ours, metric(2, "Silt")], sources=(REGISTER,))
    carried = carry_over(old, may(DREDGER))
    assert carried.plan.metrics == (ours,)
    assert [one.severity for one in carried.problems] == ["info"]


def test_risks_of_both_versions() -> None:
    slip = {"op": "slip", "item": "A1", "by": "1w"}
    storm = {"id": "R1", "title": "Storm", "probability": 0.1, "effects": [slip]}
    strike = {"id": "R2", "title": "Strike", "probability": 0.2}
    old = april(DREDGER, risks=[storm, strike])
    fresh = [
        {"id": "R2", "title": "Storm", "probability": 0.3},
        {"id": "R1", "title": "Fog", "probability": 0.4},
        {"id": "R9", "probability": 0.5},
    ]
    plan = carry_over(old, may(DREDGER, risks=fresh)).plan
    assert [(one.id, one.title, one.probability) for one in plan.risks] == [
        ("R1", "Storm", 0.3),
        ("R2", "Strike", 0.2),
        ("R1-2", "Fog", 0.4),
        ("R9", "", 0.5),
    ]
    assert plan.risks[0].effects == old.risks[0].effects


def test_effects_follow_items_officers_and_boards() -> None:
    effects: list[dict[str, Any]] = [
        {"op": "add_link", "from": "A1", "to": "A2"},
        {"op": "slip_group", "parent": "A1", "by": "1w"},
        {"op": "reassign", "item": "A1", "officer": "chief", "to": "chief"},
        {"op": "cancel_meeting", "board": "board", "date": "2026-06-01"},
        {"op": "waive_papers_lead", "gate": "G1"},
    ]
    old = april(
        DREDGER,
        WALL,
        officers=[{"id": "pilot", "title": "Chief Pilot"}],
        boards=[{"id": "hrb", "title": "Harbour Board"}],
    )
    new = may(
        action("A7", DREDGER.title),
        WALL,
        officers=[{"id": "chief", "title": "Chief Pilot"}],
        boards=[{"id": "board", "title": "Harbour Board"}],
        risks=[
            {
                "id": "R1",
                "probability": 0.5,
                "effects": [
                    {key: "A7" if value == "A1" else value for key, value in one.items()}
                    for one in effects
                ],
            }
        ],
    )
    (risk,) = carry_over(old, new).plan.risks
    told_now = [one.model_dump(exclude_defaults=True, by_alias=True) for one in risk.effects]
    assert told_now[0] == {"op": "add_link", "from": "A7", "to": "A2"}
    assert told_now[1]["parent"] == "A7"
    assert told_now[2] == {"op": "reassign", "item": "A7", "officer": "pilot", "to": "pilot"}
    assert told_now[3]["board"] == "hrb"
    assert told_now[4]["gate"] == "G1"


def test_totals_and_relations_are_the_new_papers() -> None:
    total = {"measure": "red", "value": 1, "source": stands("one red")}
    row = {"source": {"source": "r1", "line": 4}}
    bodies = [{"id": "hrb", "title": "Harbour Board"}, {"id": "panel", "title": "Dock Panel"}]
    old = april(
        DREDGER,
        boards=bodies,
        sources=(REGISTER,),
        stated=[
            {**total, "as_of": "2026-04"},
            {**total, "item": "A1"},
            {**total, "measure": "green"},
            {**total, "measure": "amber", **row},
        ],
        relations=[
            {"from": "hrb", "to": "harbour", "type": "governs", "source": stands("governs")},
            {"from": "panel", "to": "hrb", "type": "advises", **row},
            {"from": "hrb", "to": "panel", "type": "hears", "source": stands("hears")},
            {"from": "s1", "to": "A1", "type": "names", "source": stands("names")},
        ],
    )
    new = may(
        DREDGER,
        boards=bodies,
        stated=[{**total, "value": 3}, {**total, "item": "A1", "value": 2}],
        relations=[
            {"from": "hrb", "to": "harbour", "type": "governs", "on": "May"},
            {"from": "s1", "to": "A1", "type": "names", "source": stands("names")},
        ],
    )
    plan = carry_over(old, new).plan
    assert [(one.item, one.measure, one.value, one.as_of) for one in plan.stated] == [
        (None, "red", 1, "2026-04"),
        ("A1", "red", 2, None),
        (None, "amber", 1, None),
        (None, "red", 3, None),
    ]
    assert [(one.from_, one.type, one.on) for one in plan.relations] == [
        ("hrb", "governs", "May"),
        ("panel", "advises", None),
        ("s2", "names", None),
    ]
    kept = carry_over(old, may(DREDGER, boards=bodies)).plan
    assert kept.relations == old.relations  # the new paper speaks of none


def test_options_of_the_new_version_go_before() -> None:
    pair = {"a": "A1", "b": "A2", "rho": 0.5}
    options = {"progress": "progress_override", "risk": {"correlations": [pair]}}
    old = april(DREDGER, WALL, options=options)
    assert carry_over(old, may(DREDGER, WALL)).plan.options == old.options
    new = may(DREDGER, WALL, options={"risk": {"correlations": [{**pair, "rho": 0.1}]}})
    assert carry_over(old, new).plan.options == new.options


def test_plans_of_a_portfolio_keep_their_own_dates() -> None:
    projects = [{"item": "A1", "start": "2026-04-01"}, {"item": "A2", "start": "2026-05-01"}]
    old = april(DREDGER, WALL, projects=projects)
    new = may(DREDGER, projects=[{"item": "A1", "start": "2026-06-01"}])
    assert carry_over(old, new).plan.projects == new.projects
    assert told(old, new, "project-dropped")[0].startswith('The project "A2", on A2')
