"""The risk page and its words, against odds worked out by hand (`tests.viz.oddsrecords`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from queries.odds import Odds, ask_odds
from queries.report import gather_report
from simulations.results import LinksUsed
from simulations.risk.recoveries import LateTarget, RiskRecovery
from simulations.risk.results import BestActs, Limits, Protection, RiskEvent
from tests.knockon.council import COUNCIL, council
from tests.queries.board_plan import board_plan
from tests.viz.oddsrecords import (
    DUE,
    LATE,
    SURE,
    board_odds,
    hostile_odds,
    slipping,
    slipping_odds,
    target_of,
)
from tests.viz.papers import TWO_MONTHS, blocks
from viz.paper.blocks import Bullets, Graph, Named, Table, Text, show_cell
from viz.paper.contents import lay_out_report
from viz.paper.odds import lay_out_risk
from viz.paper.oddswords import tell_odds

if TYPE_CHECKING:
    from viz.paper.blocks import Paper

A = "A “Bring in the new model across every team, locality and function we run”"
A1 = "A.1 “Consult staff “properly””"


def graph(paper: Paper, key: str) -> Graph:
    (found,) = [one for one in blocks(paper) if isinstance(one, Graph) and one.chart.key == key]
    return found


def tables(paper: Paper) -> dict[str, Table]:
    found = [one.table if isinstance(one, Graph) else one for one in blocks(paper)]
    return {one.name: one for one in found if isinstance(one, Table)}


def told(paper: Paper) -> str:
    said = [paper.basis, paper.headline, *paper.summary]
    for block in blocks(paper):
        said += [block.text] if isinstance(block, Text) else []
        said += block.entries if isinstance(block, Bullets) else ()
    return "\n".join(said)


def test_the_answer_comes_first_in_words() -> None:
    odds = slipping_odds()
    paper = lay_out_risk(odds)
    share = odds.result.targets[0].p_on_time or 0
    assert share == pytest.approx(0.75, abs=0.04)
    percent = f"{share:.0%}".replace("%", " %")
    assert paper.headline == (
        f"There is a {percent} chance that {A} is finished by its due date, 30 Apr 2027. 8 in 10 "
        "runs are done by 5 Jun 2027."
    )
    (summary,) = paper.summary
    assert summary == (
        f"What costs most is the uncertainty of {A1}: without it, the date that 8 in 10 runs keep "
        "would be 36 days earlier."
    )
    assert paper.basis == ""
    assert [one.value for one in paper.figures.figures] == [percent, "30 Apr 2027", "5 Jun 2027"]


def test_charts_and_their_tables_hold_what_the_record_holds() -> None:
    target = slipping_odds().result.targets[0]
    paper = lay_out_risk(slipping_odds())
    curve = graph(paper, "s-curve-1")
    assert {row[0]: row[1] for row in curve.table.rows} == {
        "P10: 1 in 10": DUE, "P50: even odds": DUE, "P80: 8 in 10": LATE, "P90: 9 in 10": LATE,
        "Due date": DUE, "Without any delay": DUE,
    }  # fmt: skip
    found = tables(paper)
    assert found["S-curve points"].rows == (
        (target.p_on_time, DUE, target.p50_days), (1.0, LATE, target.p80_days),
    )  # fmt: skip
    assert found["S-curve points"].limit == 0
    ((item, cost, known),) = found["Costs"].rows
    assert (item, cost) == (Named("A.1", "Consult staff “properly”"), 36.0)
    errors = {one.id: one.cost_se_days for one in slipping_odds().result.items}
    assert known == round(1.96 * (errors["A.1"] or 0.0))
    assert [(one, days) for one, _, days, _ in found["Officers at risk"].rows] == [
        ("Director of Adult Social Care", 36.0)
    ]
    (bar,) = graph(paper, "tornado").chart.wide["layer"][0]["data"]["values"]
    assert (bar["name"], bar["length"], bar["told"]) == (
        "A.1 Consult staff “properly”", 36.0, "36 days",
    )  # fmt: skip


def test_a_reference_class_is_told_before_the_answer() -> None:
    paper = lay_out_risk(board_odds())
    assert paper.basis.startswith("Nothing in the plan says how uncertain it is: slippage is taken")
    assert "as likely as not" in paper.headline
    said = told(paper)
    assert "The plan was run 500 times with seed 1" in said
    assert "Progress is as of 31 Aug 2026." in said
    assert "The meeting most likely to be missed" in said


def test_every_meeting_has_its_odds() -> None:
    result = board_odds().result
    rows = tables(lay_out_risk(board_odds()))["Meetings"].rows
    assert {(row[0], row[2], row[3]) for row in rows} == {
        (Named(one.item, result.plan.index.items[one.item].title), one.meeting, one.p_missed)
        for one in result.gates
    }
    assert {row[1] for row in rows} == {"Cabinet", "Improvement Board"}
    shares = [row[3] for row in rows]
    assert shares == sorted(shares, key=lambda one: -float(str(one)))


def test_of_several_targets_each_is_told_and_the_first_few_are_drawn() -> None:
    odds = ask_odds(slipping(), reference="none", targets=["A", "A.2", "wex"], iterations=400)
    paper = lay_out_risk(odds, named=True)
    keys = [one.chart.key for one in blocks(paper) if isinstance(one, Graph)]
    assert keys[:3] == ["s-curve-1", "s-curve-2", "s-curve-3"]
    share = odds.result.targets[0].p_on_time
    assert [(row[0], row[1], row[2]) for row in tables(paper)["Dates"].rows] == [
        (Named("A", odds.result.targets[0].title), DUE, share),
        (Named("A.2", "Start the integrated teams"), DUE, share),
    ]  # fmt: skip
    assert tables(paper)["Dates"].rows[0][-1] == 36.0
    assert [row[0] for row in tables(paper)["Targets"].rows][-1] == Named(
        "Plan", "all of it finished"
    )
    assert "Of 2 dates to keep, 0 have less than an even chance; all are kept together in" in told(
        paper
    )


def test_a_risk_is_a_bar_and_a_row() -> None:
    risk = {
        "id": "strike", "title": "Strike", "probability": 0.5,
        "impacts": [{"item": "A.1", "delay": SURE}],
    }  # fmt: skip
    odds = ask_odds(
        slipping(items=COUNCIL["items"], risks=[risk]),
        reference="none", targets=["A"], iterations=400,
    )  # fmt: skip
    paper = lay_out_risk(odds)
    (event,) = odds.result.risks
    assert event.cost_days == 256  # 31 Jan and 345 days is 11 Jan 2028, 256 after 30 Apr
    assert tables(paper)["Risks"].rows[0][:4] == (
        Named("strike", "Strike"), 0.5, event.happened, 256.0,
    )  # fmt: skip
    costs = {(item, cost, kind) for item, cost, _, kind in tables(paper)["Costs"].rows}
    assert (Named("strike", "Strike"), 256.0, "risk") in costs
    (bar,) = graph(paper, "tornado").chart.wide["layer"][0]["data"]["values"]
    assert bar["name"] == "Risk: strike Strike"
    assert "the risk “Strike”" in told(paper)


def test_where_to_act_and_what_wins_it_back() -> None:
    odds = ask_odds(
        slipping(), reference="none", targets=["A"], iterations=400, act=2, recover=True
    )  # fmt: skip
    paper = lay_out_risk(odds)
    assert [one.key for one in paper.sections][3:5] == ["act", "recovery"]
    said, found = told(paper), tables(paper)
    assert found["Where to act"].rows == ((Named("A.1", "Consult staff “properly”"), 36, 36),)
    assert "Protecting 1 place makes the date that 8 in 10 runs keep 36 days earlier." in said
    assert "No other choice of as many buys more." in said
    assert "1 of 1 target with a date to keep is late at P80; 1 can be brought back" in said
    ((item, by, p80, late, least, then),) = found["Winning it back"].rows
    assert (item, by, p80, late, then) == (
        Named("A", odds.result.targets[0].title), DUE, LATE, 36, DUE,
    )  # fmt: skip
    assert "wait 36 days less for A.1" in str(least)
    assert "act" not in {one.key for one in lay_out_risk(slipping_odds()).sections}


def test_where_nothing_helps_or_nothing_is_late_it_says_so() -> None:
    result = slipping_odds().result
    acts = BestActs("A", (), 0.0, 0.0, 0.0, True, 2, 2, 400)
    none_late = RiskRecovery(400, 1, "spare", 1, ())
    answer = replace(result, acts=acts, recovery=none_late)
    said = told(lay_out_risk(Odds(answer, None)))
    assert f"No item and no link that was tried buys {A} a day at P80." in said
    assert "there is nothing to win back" in said
    place = Protection("link", "A.2", ("A.1", "A.2", "FS"), 36.0, 36.0)
    acts = BestActs("A", (place,), 36.0, 3.0, 90.0, False, 24, 243, 400)
    stuck = LateTarget("A", "A", DUE, "due", LATE, 36.0, (), None, DUE, (), 3, 3)
    answer = replace(result, acts=acts, recovery=RiskRecovery(400, 1, "spare", 1, (stuck,)))
    paper = lay_out_risk(Odds(answer, None))
    assert tables(paper)["Where to act"].rows == (
        (
            Named("A.2", "Start the integrated teams"), Named("A.1", "Consult staff “properly”"),
            36.0, 36.0,
        ),
    )  # fmt: skip
    assert "another choice may buy more, but everything protected buys 90 days" in told(paper)
    assert "What all buy together is known to ±6 days." in told(paper)  # 1.96 times 3
    assert "nothing that was tried" in tables(paper)["Winning it back"].rows[0]


def test_a_plan_without_uncertainty_says_so() -> None:
    odds = ask_odds(council(risks=None), reference="none", iterations=100)
    paper = lay_out_risk(odds)
    assert paper.headline.startswith("The plan is finished by 30 Apr 2027 in 8 of 10 runs and more")
    assert paper.summary[0].startswith("Nothing in the plan is uncertain")
    assert not any(isinstance(one, Graph) for one in blocks(paper))


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "In none of 2,000 runs is the plan finished by its due date, 1 Feb 2027."),
        (1.0, "In every one of 2,000 runs is the plan finished by its due date, 1 Feb 2027."),
        (0.86, "There is an 86 % chance that the plan is finished by its due date, 1 Feb 2027."),
        (0.11, "There is an 11 % chance that the plan is finished by its due date, 1 Feb 2027."),
        (0.003, "There is an under 1 % chance"),
        (0.5, "There is a 50 % chance"),
    ],
)
def test_no_more_is_claimed_than_was_seen(share: float, said: str) -> None:
    target = target_of(list(range(100)), 31, id="wex", p_on_time=share)
    answer = replace(slipping_odds().result, targets=(target,), main="wex")
    assert tell_odds(answer)[0].startswith(said)


def test_how_many_dates_are_in_danger_and_what_was_left_out() -> None:
    result = board_odds().result
    first = replace(result.targets[0], at_percentile_se_days=0.2)
    answer = replace(result, targets=(first, *result.targets[1:]), converged=False)
    said = told(lay_out_risk(Odds(answer, None)))
    assert "known to the day (95 times of 100)" in said
    assert "not as closely as was asked" in said
    assert "How uncertain its items are, the plan itself says." in said


def test_limits_and_proposed_links_are_told_and_costs_of_nothing() -> None:
    result = slipping_odds().result
    free = tuple(replace(one, cost_days=0.0, criticality_index=0.0) for one in result.items)
    nobodys = tuple(replace(one, cost_days=0.0) for one in result.officers)
    answer = replace(
        result, items=free, officers=nobodys, links_used=LinksUsed(4, 1), sampling="latin",
        limits=Limits(10, 50, 2, 9, 3, 5),
    )  # fmt: skip
    paper = lay_out_risk(Odds(answer, None))
    said = told(paper)
    assert f"No item and no risk alone is sure to cost {A} a day at P80" in said
    assert "4 accepted links and 1 proposed link, which nobody has decided on yet" in said
    assert "with seed 1, by Latin hypercube" in said
    assert "for 10 of 50 items and 2 of 9 officers" in said
    assert "3 of 5 dates to keep are told" in said
    assert [one.chart.key for one in blocks(paper) if isinstance(one, Graph)] == ["s-curve-1"]
    assert len(paper.summary) == 0


def test_a_planned_date_and_no_date_are_held_against_as_they_are() -> None:
    planned = target_of(list(range(100)), 31, against="planned")
    bare = target_of([0] * 100, None, id="A.2")
    answer = replace(slipping_odds().result, targets=(planned, bare), main="T")
    paper = lay_out_risk(Odds(answer, None), named=True)
    assert "by its planned date, 1 Feb 2027" in paper.headline
    second = graph(paper, "s-curve-2")
    assert second.chart.title == "Even odds by 1 Jan 2027, 8 in 10 by 1 Jan 2027"
    assert [row[0] for row in second.table.rows][-1] == "Without any delay"
    assert tables(paper)["Targets"].rows[1][1:4] == (None, None, None)


def test_costs_that_may_be_luck_are_told_apart() -> None:
    result = slipping_odds().result
    costs = [one for one in result.items if one.cost_days]
    assert [one.cost_days for one in costs] == [36]
    loose = tuple(replace(one, cost_se_days=20.0) for one in result.items)  # 1.96 times 20 is 39
    paper = lay_out_risk(Odds(replace(result, items=loose), None))
    assert "Costs" not in tables(paper)
    assert "is sure to cost" in told(paper)
    close = tuple(replace(one, cost_se_days=18.0) for one in result.items)  # and 18 times it is 35
    risks = tuple(RiskEvent(str(one), "Strike", 0.5, 0.5, None, 9.0, 5.0) for one in range(2))
    paper = lay_out_risk(Odds(replace(result, items=close, risks=risks), None))
    assert len(tables(paper)["Costs"].rows) == 1
    assert "2 more items or risks are not listed: what they cost lies within" in told(paper)


def test_the_report_has_the_same_numbers() -> None:
    gathered = gather_report(slipping(options={"risk": {"reference_class": "none"}}),
                             scenario=TWO_MONTHS, iterations=400)  # fmt: skip
    paper = lay_out_report(gathered)
    (section,) = [one for one in paper.sections if one.key == "risk"]
    said = [one.text for one in section.blocks if isinstance(one, Text)]
    assert "These are the odds of the plan as it stands, without the change." in said
    assert gathered.odds is not None
    assert any(tell_odds(gathered.odds.result)[0] in one for one in said)
    assert tell_odds(gathered.odds.result)[0] in paper.summary
    assert "risk" not in [one.key for one in lay_out_report(gather_report(slipping())).sections]


def test_no_text_of_a_plan_is_lost_or_run() -> None:
    paper = lay_out_risk(hostile_odds())
    names = [str(show_cell(row[0])) for row in tables(paper)["Items at risk"].rows]
    assert any("<script>window.pwned=1</script>" in one for one in names)


def test_share_cells_and_signed_cells() -> None:
    assert [show_cell(one, "share") for one in (0.0, 0.004, 0.5, 0.999, 1.0)] == [
        "0 %", "under 1 %", "50 %", "over 99 %", "100 %",
    ]  # fmt: skip
    assert [show_cell(one, "signed") for one in (0.161, -0.5)] == ["+0.16", "-0.50"]
    assert show_cell(date(2027, 4, 30), "share") == "30 Apr 2027"


def test_a_board_without_gates_has_no_meeting_to_miss() -> None:
    plan = board_plan()
    assert plan.gates
    odds = ask_odds(plan.model_copy(update={"gates": ()}), iterations=50)
    assert "No decision of a board has a meeting that could be missed." in told(lay_out_risk(odds))
