"""Outside events that items wait for: which, when, and who waits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.plan import Plan
from loaders.papers import read_paper
from loaders.sequences import judge_order
from loaders.suggest.event_kinds import find_mentions
from loaders.suggest.outside_events import EVENT, EVENT_DUE, find_events
from tests.laws import examples
from tests.loaders.suggest.small_plans import make_plan

if TYPE_CHECKING:
    from pathlib import Path


def waits_of(title: str, **more: Any) -> list[str]:
    """Return each link that the title of item ``a`` suggests, as ``event -> a``."""
    found = find_events(make_plan({"id": "a", "title": title} | more))
    return [f"{one.before} -> {one.after}" for one in found.candidates]


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("Review the harbour plan in light of the LGR decision", "EXT-lgr-decision"),
        ("Restart work after the decision on local government reorganisation", "EXT-lgr-decision"),
        (
            "Merge the ports once the structural changes order is made",
            "EXT-structural-changes-order",
        ),
        ("Brief members following the inaugural elections", "EXT-shadow-elections"),
        ("Induct members after the elections to the new council", "EXT-shadow-elections"),
        ("Harmonise fees post-vesting", "EXT-vesting-day"),
        ("Member induction following the May 2027 elections", "EXT-local-elections"),
        ("Set the budget subject to the final settlement", "EXT-finance-settlement"),
        ("Budget pending the local government finance settlement", "EXT-finance-settlement"),
        ("Refresh the strategy in response to the spending review", "EXT-spending-review"),
        ("Recovery plan following the outcome of the Ofsted inspection", "EXT-ofsted-inspection"),
        ("Actions agreed in response to CQC assessment", "EXT-cqc-inspection"),
        ("Sign the lease awaiting DfE funding approval", "EXT-dfe-funding-approval"),
        ("Dredge subject to Secretary of State approval", "EXT-secretary-of-state-approval"),
        ("Dredge after the government's announcement", "EXT-governments-announcement"),
        ("Phase 3: Inaugural elections to opening of the port", "EXT-shadow-elections"),
        ("Phase 2: From the decision to the Structural Change Order on LGR", "EXT-lgr-decision"),
        ("Phase 3: First elections to opening of the port", "EXT-shadow-elections"),
        ("Phase 4 - From vesting day on, settle the ports", "EXT-vesting-day"),
        ("Vesting day and first wave of change", "EXT-vesting-day"),
    ],
)
def test_an_item_waits_for_an_event(title: str, event: str) -> None:
    assert waits_of(title) == [f"{event} -> a"]


@pytest.mark.parametrize(
    "title",
    [
        "Ready the port by vesting day",
        "Contracts cut over in time for vesting day",
        "Systems ready for vesting day",
    ],
)
def test_an_item_is_due_before_an_event(title: str) -> None:
    found = find_events(make_plan({"id": "a", "title": title}))
    (one,) = found.candidates
    assert (one.before, one.after, one.rule) == ("a", "EXT-vesting-day", EVENT_DUE)


@pytest.mark.parametrize(
    "title",
    [
        "Prepare the evidence ahead of the LGR decision",
        "Savings through LGR in the county",
        "Decide on the election cycle",
        "Improve how decisions are made",
        "Prepare for inspection",
        "Inspect the quay after the storm",
        "Plan that will enable the shadow council to act following the inaugural elections",
        "Following approval by Cabinet, dredge",
        "",
    ],
)
def test_not_waiting(title: str) -> None:
    found = find_events(make_plan({"id": "a", "title": title}))
    assert (found.items, found.candidates) == ((), ())


def test_government_decision_is_that_on_reorganisation_where_the_plan_speaks_of_it() -> None:
    title = "Review the berths in light of the Government decision"
    assert waits_of(title) == ["EXT-government-decision -> a"]
    plan = make_plan(
        {"id": "T", "kind": "theme", "title": "Local Government Reorganisation (LGR)"},
        {"id": "a", "title": title, "parent": "T"},
    )
    assert [one.before for one in find_events(plan).candidates] == ["EXT-lgr-decision"]


def test_an_event_is_an_external_milestone_with_the_words_that_name_it() -> None:
    plan = make_plan({"id": "a", "title": "Merge ports in light of the LGR decision"})
    found = find_events(plan)
    (event,) = found.items
    assert (event.id, event.kind, event.external) == ("EXT-lgr-decision", "milestone", True)
    assert event.planned.finish is None
    assert event.source is not None
    assert event.source.line == 1
    (one,) = found.candidates
    assert one.rule is EVENT
    assert [part.side for part in one.evidence] == ["from", "to"]
    Plan.model_validate(
        plan.model_dump(by_alias=True)
        | {"items": [*plan.model_dump()["items"], event.model_dump()]}
    )


def test_one_event_for_all_that_wait_for_it() -> None:
    items = ({"id": f"i{n}", "title": f"Task {n} after the LGR decision"} for n in range(5))
    found = find_events(make_plan(*items))
    assert len(found.items) == 1
    assert [one.after for one in found.candidates] == [f"i{n}" for n in range(5)]


def test_the_date_is_what_the_texts_say_the_most_exact_of_them() -> None:
    plan = make_plan(
        {"id": "a", "title": "Elections ready: LGR decision expected July 2026"},
        {"id": "b", "title": "Merge after the LGR decision (16 July 2026)"},
        {"id": "c", "title": "Close after the LGR decision, August 2026 for the report"},
        {
            "id": "d",
            "title": "Brief members following the inaugural elections",
            "finish": "2027-06-30",
        },
    )
    decision, elections = find_events(plan).items
    assert (decision.planned.finish, decision.planned.precision) == (date(2026, 7, 16), "day")
    assert decision.source is not None
    assert decision.source.line == 2
    assert (elections.planned.finish, elections.planned.precision) == (None, "none")


def test_the_date_of_an_item_that_waits_is_not_that_of_the_event() -> None:
    plan = make_plan(
        {"id": "a", "title": "Merge after the LGR decision (August 2026)", "finish": "2026-08-31"}
    )
    assert find_events(plan).items[0].planned.finish is None


def test_months_and_wordings_of_dates() -> None:
    planned = {
        "start": "2027-05-01",
        "finish": "2028-04-01",
        "precision": "range",
        "text": "From May 2027 inaugural elections to 1 April 2028 (vesting day)",
    }
    plan = make_plan(
        {"id": "a", "title": "Phase 3: Inaugural elections to vesting day", "planned": planned},
        {
            "id": "b",
            "title": "Phase 4: Vesting day and after",
            "planned": {"start": "2028-04-01", "precision": "from"},
        },
    )
    found = find_events(plan)
    elections, vesting = found.items
    assert elections.planned.finish == date(2027, 5, 31)
    assert elections.planned.precision == "month"
    # Vesting day opens its day: what begins that day can follow it.
    assert (vesting.type, vesting.planned.start) == ("start_milestone", date(2028, 4, 1))
    whole = plan.model_copy(update={"items": (*plan.items, *found.items)})
    assert judge_order(whole, "EXT-vesting-day", "b")[0] == "FS"


def test_an_item_that_is_the_event_stands_for_it() -> None:
    plan = make_plan(
        {"id": "v", "title": "Government decision on LGR announced (July 2026)"},
        {"id": "a", "title": "Merge ports following the LGR decision"},
    )
    found = find_events(plan)
    assert found.items == ()
    assert [(one.before, one.after) for one in found.candidates] == [("v", "a")]


def test_a_second_run_knows_the_events_of_the_first() -> None:
    plan = make_plan({"id": "a", "title": "Merge ports following the LGR decision"})
    first = find_events(plan)
    again = find_events(plan.model_copy(update={"items": (*plan.items, *first.items)}))
    assert again.items == ()
    assert [(one.before, one.after) for one in again.candidates] == [("EXT-lgr-decision", "a")]


def test_an_event_that_was_cancelled_is_waited_for_by_nobody() -> None:
    plan = make_plan(
        {"id": "EXT-lgr-decision", "title": "LGR decision", "status": "cancelled"},
        {"id": "a", "title": "Merge ports following the LGR decision"},
    )
    assert find_events(plan).candidates == ()


def test_what_is_finished_or_cancelled_waits_no_more() -> None:
    title = "Merge ports following the LGR decision"
    assert waits_of(title, status="cancelled") == []
    assert waits_of(title, status="complete") == []


def test_items_typed_by_hand_have_no_place_to_quote() -> None:
    title = "Merge ports following the LGR decision in July 2026"
    found = find_events(make_plan({"id": "a", "title": title, "source": None}))
    assert found.items[0].source is None
    assert found.candidates[0].evidence == ()


def test_of_overlapping_events_the_first_of_the_table_is_meant() -> None:
    (mention,) = find_mentions("following the Government decision on LGR")
    assert mention.id == "lgr-decision"


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "following",
                    "the",
                    "LGR decision",
                    "by",
                    "vesting day",
                    "May 2027",
                    "to",
                    "-",
                    "(",
                ]
            ),
            max_size=7,
        ).map(" ".join),
        max_size=5,
    )
)
def test_candidates_join_items_that_there_are(titles: list[str]) -> None:
    plan = make_plan(*({"id": f"i{n}", "title": title} for n, title in enumerate(titles)))
    found = find_events(plan)
    ids = {item.id for item in (*plan.items, *found.items)}
    assert {end for one in found.candidates for end in (one.before, one.after)} <= ids
    assert all(one.before != one.after for one in found.candidates)
    used = {end for one in found.candidates for end in (one.before, one.after)}
    assert {item.id for item in found.items} <= used


def test_events_of_the_csip(csip_paper: Path) -> None:
    """As read in the paper: lines 219 to 222 and 383."""
    found = find_events(read_paper(csip_paper).plan)
    dates = {one.id: one.planned.finish or one.planned.start for one in found.items}
    assert dates == {
        "EXT-lgr-decision": date(2026, 7, 31),
        "EXT-shadow-elections": date(2027, 5, 31),
        "EXT-vesting-day": date(2028, 4, 1),
    }
    assert {one.id: one.source.line for one in found.items if one.source is not None} == {
        "EXT-lgr-decision": 219,
        "EXT-shadow-elections": 221,
        "EXT-vesting-day": 221,
    }
    assert [(one.before, one.after) for one in found.candidates] == [
        ("EXT-lgr-decision", "SI6.1.2"),
        ("EXT-lgr-decision", "IP7.2.1.1"),
        ("EXT-shadow-elections", "SI6.1.3"),
        ("EXT-vesting-day", "SI6.1.4"),
    ]


def test_the_other_papers_wait_for_no_event_by_name(papers: Path) -> None:
    for name in ("003_*.txt", "004_*.txt"):
        (paper,) = papers.glob(name)
        assert find_events(read_paper(paper).plan).candidates == ()
