"""RAG rules: built in, of a plan, and Derby's own statuses beside the computed ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import PlanError, UnknownIdError
from graphmodel.ragrules import RagRule
from loaders.load import load
from queries.rag import rate
from queries.ragsets import BUILT_IN
from tests.queries.asking import ask, figures
from tests.simulations.sketch import activity, milestone, sketch

if TYPE_CHECKING:
    from pathlib import Path

    from queries.rag import Rating


def rated(item: dict[str, Any], rule: str | RagRule = "month", **rest: Any) -> Rating:
    (one,) = rate(sketch([item], [], **rest), rule).items
    return one


def due(forecast: str | None = None, **rest: Any) -> dict[str, Any]:
    return milestone("a", due="2026-09-30", forecast=forecast, **rest)


@pytest.mark.parametrize(
    ("forecast", "month", "late_red", "derby"),
    [
        ("2026-09-29", "green", "green", "on track"),
        ("2026-09-30", "green", "green", "on track"),
        ("2026-10-01", "amber", "red", "some slippage"),
        ("2026-10-31", "amber", "red", "some slippage"),  # a month after the end of September
        ("2026-11-01", "red", "red", "some slippage"),
        ("2027-03-31", "red", "red", "some slippage"),  # six months
        ("2027-04-01", "red", "red", "major slippage"),
    ],
)
def test_where_the_bands_of_the_built_in_rules_end(
    forecast: str, month: str, late_red: str, derby: str
) -> None:
    item = due(forecast, status="in_progress")
    found = [rated(item, rule).rating for rule in ("month", "late-red", "derby")]
    assert found == [month, late_red, derby]


def test_derby_tells_what_is_not_started_apart() -> None:
    assert rated(due("2026-09-30"), "derby").rating == "not started"
    assert rated(due("2026-10-01"), "derby").rating == "some slippage"
    assert rated(milestone("a"), "derby").rating == "not started"
    assert rated(milestone("a", status="in_progress"), "derby").rating is None


def test_what_is_complete() -> None:
    item = due(status="complete", actual_finish="2027-09-30")
    assert [rated(item, rule).rating for rule in ("month", "late-red", "derby")] == [
        "green",
        "green",
        "completed",
    ]
    assert rated(item).because == "it is complete"


def test_unfinished_work_is_late_once_its_date_has_passed() -> None:
    one = rated(due(), status_date="2026-10-02")
    assert (one.rating, one.days_late) == ("amber", 2)
    assert one.because == (
        "it is unfinished, and the status date 2026-10-02 is 2 days after its due date 2026-09-30"
    )
    assert rated(due(), status_date="2026-09-30").rating == "green"
    assert rated(due()).rating == "green"  # nothing says what day it is
    plan = sketch([due()], [], as_of="2026-12-31")
    assert rate(plan, "month").items[0].rating == "red"
    assert rate(plan, "month", date(2026, 10, 1)).items[0].rating == "amber"


def test_why_a_rating_is_what_it_is() -> None:
    assert rated(due("2026-10-01")).because == (
        "its forecast 2026-10-01 is 1 day after its due date 2026-09-30"
    )
    assert rated(due("2026-09-28")).because == (
        "its forecast 2026-09-28 is 2 days before its due date 2026-09-30"
    )
    assert rated(due("2026-09-30")).because == "its forecast is its due date, 2026-09-30"
    assert rated(milestone("a", "2026-09-30")).because == ("its planned finish 2026-09-30 stands")
    assert rated(milestone("a")).because == ("it has no due date or planned finish to compare with")


def own(against: str, *bands: dict[str, Any]) -> RagRule:
    return RagRule.model_validate({"name": "ours", "against": against, "bands": list(bands)})


def test_rules_that_compare_with_other_dates() -> None:
    bands = {"rating": "late", "late": True}, {"rating": "on time", "late": False}
    item = milestone("a", "2026-08-31", due="2026-09-30", forecast="2026-09-15")
    assert rated(item, own("due", *bands)).rating == "on time"
    assert rated(item, own("planned", *bands)).rating == "late"
    forecast = own("forecast", *bands)
    assert rated(item, forecast, status_date="2026-09-16").rating == "late"
    assert rated(item, forecast, status_date="2026-09-15").rating == "on time"
    done = {**item, "status": "complete", "actual_finish": "2026-09-20"}
    assert rated(done, forecast).rating == "late"
    undated = {**item, "status": "complete"}
    assert rated(undated, forecast).because == (
        "it is complete, and nothing says when it was finished"
    )


def test_off_plan_is_told_apart_from_late() -> None:
    rule = own(
        "due",
        {"rating": "red", "late": True},
        {"rating": "amber", "off_plan": True},
        {"rating": "green", "off_plan": False},
    )
    item = milestone("a", "2026-08-31", due="2026-09-30")
    assert rated({**item, "forecast": "2026-10-01"}, rule).rating == "red"
    amber = rated({**item, "forecast": "2026-09-01"}, rule)
    assert amber.rating == "amber"
    assert amber.because == ("its forecast 2026-09-01 is 1 day after its planned finish 2026-08-31")
    assert rated(item, rule).rating == "green"
    assert rated({"id": "a", "kind": "action", "title": "A"}, rule).rating is None


def test_all_that_a_band_asks_for_must_hold() -> None:
    rule = own("due", {"rating": "stuck", "status": ["on_hold"], "late_more_than": "2w"})
    late = due("2026-10-15", status="on_hold")
    assert rated(late, rule).rating == "stuck"
    assert rated({**late, "forecast": "2026-10-14"}, rule).rating is None
    assert rated({**late, "status": "in_progress"}, rule).rating is None


def test_the_papers_rating_beside_the_computed_one() -> None:
    green = rated(due("2026-10-15", rag="Green"))
    assert (green.stated, green.stated_in, green.differs) == ("Green", "rag", True)
    assert rated(due("2026-10-15", rag="AMBER")).differs is False
    assert rated(due("2026-10-15")).differs is None
    other = rated(due("2026-10-15", grade="medium"))
    assert (other.stated, other.stated_in, other.differs) == ("medium", "grade", None)
    both = rated(due("2026-10-15", rag="blue", grade="amber"))
    assert (both.stated, both.stated_in, both.differs) == ("amber", "grade", False)
    assert rated(milestone("a", rag="green")).differs is None


def test_what_is_rated_at_all() -> None:
    items = [
        {"id": "T", "kind": "theme", "title": "Theme"},
        {"id": "U", "kind": "theme", "title": "Theme", "rag": "red"},
        milestone("gone", "2026-09-30", status="cancelled"),
        milestone("a", "2026-09-30"),
        milestone("b", "2026-09-30"),
    ]
    answer = rate(sketch(items, []), "month")
    assert [one.item for one in answer.items] == ["U", "a", "b"]
    assert answer.counts == {"green": 2}


def test_a_plan_brings_its_own_rule() -> None:
    bands = [{"rating": "black", "late": True}]
    rules = {"options": {"rag_rules": [{"name": "ours", "bands": bands}, {"name": "month"}]}}
    plan = sketch([due("2026-10-01")], [], **rules)
    assert rate(plan).items[0].rating == "black"
    assert rate(plan, "ours").items[0].rating == "black"
    assert rate(plan, "month").items[0].rating == "amber"
    named = sketch([due("2026-10-01")], [], options={"rag_rules": [{"name": "late-red"}]})
    assert rate(named).items[0].rating == "red"
    over = {"options": {"rag_rules": [{"name": "month", "bands": bands}]}}
    assert rate(sketch([due("2026-10-01")], [], **over), "month").items[0].rating == "black"


def test_each_plan_of_a_portfolio_has_its_own_rule() -> None:
    items = [
        {"id": "p:P", "kind": "plan", "title": "One"},
        {"id": "q:Q", "kind": "plan", "title": "Other"},
        {**due("2026-10-01"), "id": "p:a", "parent": "p:P"},
        {**due("2026-10-01"), "id": "q:a", "parent": "q:Q"},
    ]
    projects = [
        {"item": "p:P", "options": {"rag_rules": [{"name": "late-red"}]}},
        {"item": "q:Q"},
    ]
    alone = sketch(items, [], projects=projects)
    assert [(one.item, one.rating) for one in rate(alone).items] == [("p:a", "red")]
    options = {"rag_rules": [{"name": "month"}]}
    both = sketch(items, [], projects=projects, options=options)
    assert [one.rating for one in rate(both).items] == ["red", "amber"]


def test_rules_that_cannot_be_used() -> None:
    plan = sketch([due()], [], options={"rag_rules": [{"name": "ours", "amber_days": 30}]})
    with pytest.raises(PlanError, match=r'RAG rule "ours" .* key "amber_days" is unknown'):
        rate(plan)
    with pytest.raises(PlanError, match='RAG rule "ours"'):
        rate(plan, "ours")
    with pytest.raises(UnknownIdError, match=r'no RAG rule "mont". Did you mean month\?'):
        rate(plan, "mont")
    with pytest.raises(UnknownIdError, match="Did you mean derby, late-red, month or ours"):
        rate(plan, "xyz")
    with pytest.raises(PlanError, match=r"names no RAG rule: .* derby, late-red, month"):
        rate(sketch([due()], []))
    with pytest.raises(PlanError, match="it has no bands, and no rule of that name is built in"):
        rate(sketch([due()], [], options={"rag_rules": [{"name": "ours"}]}))
    with pytest.raises(PlanError, match="A RAG rule without a name"):
        rate(sketch([due()], [], options={"rag_rules": [{"amber": 1}]}))
    working = {"name": "ours", "bands": [{"rating": "red", "late_more_than": "10wd"}]}
    with pytest.raises(PlanError, match="10wd is not a length of calendar time"):
        rate(sketch([due()], [], options={"rag_rules": [working]}))


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31))
)
def test_later_is_never_rated_better(one: date, other: date) -> None:
    order = {"green": 0, "amber": 1, "red": 2}
    early, late = sorted((one, other))
    ratings = [rated(due(day.isoformat())).rating for day in (early, late)]
    assert order[ratings[0] or ""] <= order[ratings[1] or ""]


def test_built_in_rules_rate_whatever_has_a_date() -> None:
    for name in BUILT_IN:
        assert rated(due("2026-10-01"), name).rating is not None


def test_a_finding_where_paper_and_rule_differ() -> None:
    items = [
        {**due("2026-10-15", rag="green"), "id": "a"},
        {**due("2026-10-15", rag="amber"), "id": "b"},
        {**due("2026-10-15"), "id": "c"},
    ]
    result = ask("rating-differs", items, rag="month")
    assert figures(result) == (1, 2, False)
    assert result.note == "By the rule month: 2 of 3 items can be compared."
    (finding,) = result.findings
    assert finding.items == ("a",)
    assert finding.message == (
        'a Mark is rated "green", and "amber" by the rule month: its forecast 2026-10-15 is 15 '
        "days after its due date 2026-09-30."
    )


def test_ratings_that_cannot_be_compared() -> None:
    items = [due("2026-10-15", rag="blue")]
    assert ask("rating-differs", items).why_not == (
        "the plan names no RAG rule, and none was asked for"
    )
    assert ask("rating-differs", items, rag="month").why_not == (
        "no item has a rating of its own in the words of the rule and a date"
    )
    broken: dict[str, Any] = {"options": {"rag_rules": [{"name": "ours", "x": 1}]}}
    assert ask("rating-differs", items, **broken).why_not == (
        "a RAG rule of the plan cannot be read"
    )
    own_rule: dict[str, Any] = {"options": {"rag_rules": [{"name": "month"}]}}
    assert figures(ask("rating-differs", [due("2026-10-15", rag="red")], **own_rule)) == (
        1, 1, False,
    )  # fmt: skip


def test_a_finding_for_a_rule_that_cannot_be_read() -> None:
    rules = [{"name": "month"}, {"name": "ours", "bands": [{"late": True}]}]
    result = ask("rag-rule-unread", [activity("a", "1d")], options={"rag_rules": rules})
    assert figures(result) == (1, 2, False)
    assert result.findings[0].severity == "error"
    assert result.findings[0].message.startswith('The RAG rule "ours" rates nothing: ')
    fine: dict[str, Any] = {"options": {"rag_rules": rules[:1]}}
    assert figures(ask("rag-rule-unread", [activity("a", "1d")], **fine)) == (0, 1, True)
    assert not ask("rag-rule-unread", [activity("a", "1d")]).applies


def test_derbys_own_statuses(papers: Path) -> None:
    """Of eight actions that slip, five have both dates, and the rule says what the paper says."""
    plan = load([next(papers.glob("004_*.txt"))]).plan
    answer = rate(plan, "derby")
    assert answer.as_of == date(2018, 9, 30)
    slipping = {one.item: one for one in answer.items if one.stated == "some slippage"}
    assert {name: one.rating for name, one in slipping.items()} == {
        "1.4": "some slippage",
        "2.4": "some slippage",
        "2.4~2": None,  # its forecast is told, and not what it was to be
        "3.1": None,
        "4.2": "some slippage",
        "5.12": "some slippage",
        "9.6": None,  # paused: no date at all
        "10.1": "some slippage",
    }
    assert [slipping[name].days_late for name in ("1.4", "2.4", "4.2", "5.12")] == [92, 61, 61, 182]
    assert not any(one.differs for one in answer.items)
    assert next(one.rating for one in answer.items if one.item == "1.5") == "not started"


def test_a_rule_is_an_object() -> None:
    with pytest.raises(PlanError, match=r'a RAG rule is an object, such as {"name": "month"}'):
        sketch([], [], options={"rag_rules": ["month"]})
