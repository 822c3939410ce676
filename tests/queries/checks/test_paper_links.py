"""Paper quality, links: undecided, clashing, hanging on what is cancelled."""

from __future__ import annotations

from typing import Any

from graphmodel.problems import Place
from tests.queries.checks.faulty_plans import action, found, make, milestone, result

ITEMS = (
    action(),
    milestone("a", "2026-05-31"),
    milestone("b", "2026-06-30"),
    milestone("c", "2026-07-31", status="cancelled"),
)


def link(start: str, end: str, **keys: Any) -> dict[str, Any]:
    return {"from": start, "to": end, **keys}


def undecided(*states: str, gates: tuple[str, ...] = ()) -> list[str]:
    plan = make(
        *ITEMS,
        links=[link("a", "b", id=f"l{n}", state=state) for n, state in enumerate(states)],
        boards=[{"id": "x"}],
        gates=[{"item": "a", "board": "x", "state": state} for state in gates],
    )
    return [finding.message for finding in result(plan, "links-not-reviewed").findings]


def test_links_nobody_has_decided_on() -> None:
    tail = "proposed: nobody has accepted or rejected"
    assert undecided("accepted", "rejected") == []
    assert undecided("accepted", "proposed") == [f"1 link is {tail} it."]
    assert undecided("proposed", "proposed") == [f"2 links are {tail} them."]
    both = undecided("proposed", gates=("proposed", "proposed"))
    assert both == [f"1 link and 2 gates are {tail} them."]
    assert undecided("accepted", gates=("proposed",)) == [f"1 gate is {tail} it."]


def test_undecided_links_are_counted() -> None:
    plan = make(*ITEMS, links=[link("a", "b", state="proposed"), link("b", "c")])
    seen = result(plan, "links-not-reviewed")
    assert (seen.numerator, seen.denominator) == (1, 2)
    assert result(make(*ITEMS), "links-not-reviewed").why_not == "there are no links and gates"


def test_links_that_clash() -> None:
    evidence = [{"source": {"source": "s", "line": 7}}]
    plan = make(
        *ITEMS,
        sources=[{"id": "s", "file": "paper.txt"}],
        links=[
            link(
                "b", "a", state="proposed", x_clash=True, reason="a is before b.", evidence=evidence
            ),
            link("a", "b", state="proposed", x_clash=True),
            link("a", "c", state="proposed"),
            link("b", "c", state="rejected", x_clash=True),
        ],
    )
    assert found(plan, "links-clash") == [("b", "a"), ("a", "b")]
    seen = result(plan, "links-clash")
    assert seen.denominator == 3
    assert [one.message for one in seen.findings] == [
        "a is before b: the proposed link b → a (FS) clashes with these dates.",
        "The proposed link a → b (FS) clashes with the plan's dates.",
    ]
    assert [one.source for one in seen.findings] == [Place("paper.txt", 7), None]


def test_links_with_a_cancelled_end() -> None:
    plan = make(
        *ITEMS,
        milestone("d", status="cancelled"),
        links=[link("a", "b"), link("b", "c"), link("c", "d"), link("a", "c", state="proposed")],
    )
    assert found(plan, "link-to-cancelled") == [("b", "c"), ("c", "d")]
    seen = result(plan, "link-to-cancelled")
    assert seen.denominator == 3
    assert [one.message for one in seen.findings] == [
        "The link b → c (FS) holds nothing, because c is cancelled.",
        "The link c → d (FS) holds nothing, because c and d are cancelled.",
    ]
