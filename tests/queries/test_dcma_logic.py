"""DCMA points 1 to 5 on plans whose figures are counted by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.queries.asking import ask, figures, item_ids, office
from tests.simulations.sketch import activity, link, milestone


def chain(count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return activities in a row between two milestones: none of them lacks logic."""
    ids = [f"a{number}" for number in range(count)]
    items = [milestone("in", type="start_milestone"), *(activity(one, "1d") for one in ids)]
    items.append(milestone("out", duration="0d"))
    ways = ["in", *ids, "out"]
    return items, [link(*pair) for pair in pairwise(ways)]


def test_logic_is_complete_between_two_milestones() -> None:
    items, links = chain(20)
    result = ask("dcma-1-logic", items, links)
    assert figures(result) == (0, 20, True)
    assert result.note is None


def test_one_of_twenty_without_successor_is_just_let_pass() -> None:
    items, links = chain(20)
    result = ask("dcma-1-logic", items, links[:-1])
    assert figures(result) == (1, 20, True)
    assert [(one.severity, one.message) for one in result.findings] == [
        ("info", "a19 Work has no successor.")
    ]


def test_two_of_twenty_are_too_many() -> None:
    items, links = chain(20)
    result = ask("dcma-1-logic", items, [*links[1:10], *links[11:]])
    # a0 has no predecessor; the link from a9 to a10 is gone, so both lack one.
    assert figures(result) == (3, 20, False)
    assert [one.message for one in result.findings] == [
        "a0 Work has no predecessor.",
        "a9 Work has no successor.",
        "a10 Work has no predecessor.",
    ]


def test_what_is_not_counted_for_logic() -> None:
    items = [
        {"id": "T", "kind": "theme", "title": "Theme"},
        {"id": "A", "kind": "action", "title": "Empty heading"},
        activity("a", "1d", parent="T"),
        activity("b", "1d", parent="T"),
        activity("done", "1d", status="complete", actual_finish="2026-06-01"),
        activity("gone", "1d", status="cancelled"),
        activity("theirs", "1d", external=True),
        activity("effort", "1d", type="loe"),
        milestone("m", duration="0d"),
    ]
    links = [link("theirs", "a"), link("a", "b"), link("b", "gone"), link("effort", "b")]
    result = ask("dcma-1-logic", items, links)
    # Only a and b count; the link to what is cancelled gives b no successor.
    assert figures(result) == (1, 2, False)
    assert item_ids(result) == [("b",)]


def test_links_of_a_parent_are_told_and_do_not_count() -> None:
    items = [
        {"id": "A", "kind": "action", "title": "Action"},
        activity("a", "1d", parent="A"),
        activity("b", "1d"),
    ]
    result = ask("dcma-1-logic", items, [link("A", "b")])
    assert item_ids(result) == [("a",), ("b",)]
    assert result.findings[0].message == "a Work has no predecessor and no successor."
    assert result.note == "1 of them hangs on the links of a parent."


def test_in_a_plan_of_dates_milestones_count() -> None:
    items = [milestone("a", "2026-07-01"), milestone("b", "2026-08-01")]
    result = ask("dcma-1-logic", items, [link("a", "b")])
    assert figures(result) == (2, 2, False)
    assert result.note is not None
    assert result.note.startswith("No activity of the plan has a duration")


@pytest.mark.parametrize(
    "code", ["dcma-1-logic", "dcma-2-leads", "dcma-3-lags", "dcma-4-finish-to-start"]
)
def test_points_of_links_do_not_apply_without_any(code: str) -> None:
    result = ask(code, [activity("a", "1d")], [])
    assert not result.applies
    assert result.why_not is not None
    assert "link" in result.why_not


def linked(*links: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return [activity(f"a{number}", "1d") for number in range(21)], list(links)


def row(lags: list[str]) -> list[dict[str, Any]]:
    return [link(f"a{number}", f"a{number + 1}", lag=lag) for number, lag in enumerate(lags)]


def test_one_lead_is_one_too_many() -> None:
    items, _ = linked()
    result = ask("dcma-2-leads", items, row(["0d"] * 19 + ["-1d"]))
    assert figures(result) == (1, 20, False)
    assert item_ids(result) == [("a19", "a20")]
    assert result.findings[0].message == "The link a19 → a20 (FS - 1 day) has a lead."
    assert figures(ask("dcma-2-leads", items, row(["0d"] * 19 + ["1d"]))) == (0, 20, True)


def test_a_lag_in_twenty_links_is_let_pass_and_two_are_not() -> None:
    items, _ = linked()
    assert figures(ask("dcma-3-lags", items, row(["0d"] * 19 + ["1d"]))) == (1, 20, True)
    assert figures(ask("dcma-3-lags", items, row(["0d"] * 18 + ["1d"] * 2))) == (2, 20, False)


def test_lags_in_working_time_are_told_in_days() -> None:
    items, links = linked(
        link("a0", "a1", "SS", "2400min"), link("a1", "a2", lag="-8h"), link("a2", "a3", lag="6h")
    )
    told = [one.message for one in ask("dcma-3-lags", items, links, **office()).findings]
    assert told == [
        "The link a0 → a1 (SS + 5 working days) has a lag.",
        "The link a2 → a3 (FS + 0.75 working days) has a lag.",
    ]
    lead = ask("dcma-2-leads", items, links, **office())
    assert lead.findings[0].message == "The link a1 → a2 (FS - 1 working day) has a lead."


def test_nine_links_of_ten_must_be_finish_to_start() -> None:
    items, _ = linked()
    types = ["FS"] * 18 + ["SS", "FF"]
    links = [link(f"a{n}", f"a{n + 1}", kind) for n, kind in enumerate(types)]
    assert figures(ask("dcma-4-finish-to-start", items, links)) == (18, 20, True)
    links[0]["type"] = "SF"
    result = ask("dcma-4-finish-to-start", items, links)
    assert figures(result) == (17, 20, False)
    assert item_ids(result) == [("a0", "a1"), ("a18", "a19"), ("a19", "a20")]


def test_which_links_are_counted() -> None:
    items = [
        activity("done", "1d", status="complete", actual_finish="2026-06-01"),
        activity("a", "1d"),
        activity("b", "1d"),
        activity("gone", "1d", status="cancelled"),
    ]
    links = [
        link("a", "done", lag="-1d"),  # what is complete waits for nothing
        link("gone", "b", lag="-1d"),
        link("done", "a"),
        {**link("a", "b", lag="-1d"), "state": "proposed"},
        link("a", "b"),
    ]
    assert figures(ask("dcma-2-leads", items, links)) == (0, 2, True)


def test_hard_constraints() -> None:
    held = [
        {"constraints": [{"type": kind, "date": "2026-06-10"}]}
        for kind in ("MSO", "MFO", "SNLT", "FNLT", "SNET", "FNET", "ALAP")
    ]
    items = [activity(f"a{number}", "1d", **one) for number, one in enumerate(held)]
    items.append(activity("due", "1d", due="2026-06-10"))
    result = ask("dcma-5-hard-constraints", items)
    assert figures(result) == (4, 8, False)
    assert [one.message for one in result.findings] == [
        "a0 Work must start on 2026-06-10.",
        "a1 Work must finish on 2026-06-10.",
        "a2 Work must start no later than 2026-06-10.",
        "a3 Work must finish no later than 2026-06-10.",
    ]


def test_one_constraint_in_twenty_is_let_pass() -> None:
    items = [activity(f"a{number}", "1d") for number in range(19)]
    items.append(activity("a19", "1d", constraints=[{"type": "MFO"}]))
    result = ask("dcma-5-hard-constraints", items)
    assert figures(result) == (1, 20, True)
    assert result.findings[0].message == "a19 Work must finish on a date not stated."
