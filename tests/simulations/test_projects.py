"""A plan has the same schedule alone and in a portfolio that no link crosses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graphmodel.planfile import dump_plan
from loaders.portfolio import join_plans
from simulations.schedule import schedule
from tests.laws import examples
from tests.oracle.plans import plans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.plan import Plan
    from simulations.results import DrivingLink, ScheduledItem

any_plans = settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def with_id(plan: Plan, name: str) -> Plan:
    return plan.model_copy(update={"id": name})


def prefixed(row: ScheduledItem, name: str) -> ScheduledItem:
    """Return a row of a plan alone as it stands in a portfolio."""

    def put(one: str) -> str:
        return f"{name}:{one}"

    def link(one: DrivingLink) -> DrivingLink:
        return replace(one, from_=put(one.from_), to=put(one.to))

    return replace(
        row,
        id=put(row.id),
        driven_by=tuple(map(put, row.driven_by)),
        driving_links=tuple(map(link, row.driving_links)),
        on_longest_path=False,
    )


def rows_of(plan: Plan, prefix: str) -> list[ScheduledItem]:
    return [prefixed(row, prefix) for row in schedule(plan).items]


def check(members: Sequence[Plan], as_of: date | None = None) -> None:
    """Hold a portfolio against its plans, all of them as of another day if one is given."""
    portfolio, problems, _ = join_plans(members)
    assert {one.code for one in problems} <= {"options-differ"}
    if as_of is not None:
        portfolio = portfolio.as_of_date(as_of)
        members = [plan.as_of_date(as_of) for plan in members]
    expected = [row for plan in members for row in rows_of(plan, plan.id)]
    found = [
        replace(row, on_longest_path=False) for row in schedule(portfolio).items if ":" in row.id
    ]
    if any(plan.options.critical == "longest_path" for plan in members):
        expected, found = ([replace(row, critical=False) for row in rows]
                           for rows in (expected, found))  # fmt: skip
    assert found == expected


@any_plans
@given(one=plans(), other=plans())
def test_alone_or_in_a_portfolio(one: Plan, other: Plan) -> None:
    members = [with_id(one, "north"), with_id(other, "south")]
    note(dump_plan(members[0]))
    note(dump_plan(members[1]))
    check(members)


@any_plans
@given(one=plans())
def test_a_portfolio_of_one_plan(one: Plan) -> None:
    check([with_id(one, "north")])


@any_plans
@given(one=plans(), other=plans(), day=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_status_date_is_one_for_all_plans(one: Plan, other: Plan, day: date) -> None:
    check([with_id(one, "north"), with_id(other, "south")], day)
