"""tools/link_quality.py: the measure of suggested links, on cases small enough to count by hand."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.people import Gate
from graphmodel.planfile import dump_plan, parse_plan
from tools.link_gold import GoldGate, GoldRow, lay, names_event, read_gates, read_gold
from tools.link_quality import Bin, Half, Judged, Quality, Score, main, measure, measure_gates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from graphmodel.plan import Plan


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion as the measure asks for it."""

    links: Sequence[Link] = ()
    gates: Sequence[Gate] = ()
    items: Sequence[Item] = ()


def make_plan(*themes: str, **more: Any) -> Plan:
    """Make a plan of themes; the first has two actions, the others one, each of 3 milestones."""
    items: list[dict[str, Any]] = []
    for theme in themes:
        items.append({"id": theme, "kind": "theme", "title": theme})
        for action in (f"{theme}.1", f"{theme}.2") if theme == themes[0] else (f"{theme}.1",):
            items.append({"id": action, "kind": "action", "title": action, "parent": theme})
            items += [
                {"id": f"{action}.{n}", "kind": "milestone", "title": "Do it", "parent": action}
                for n in (1, 2, 3)
            ]
    plan: dict[str, Any] = {"schema": "knockon/plan@1", "id": "tiny", "items": items, "links": []}
    return parse_plan(json.dumps(plan | more))


def link(one: str, two: str, rule: str | None, sure: float, state: str = "proposed") -> Link:
    told = {"from": one, "to": two, "rule": rule, "confidence": sure, "state": state}
    return Link.model_validate(told | {"origin": "inferred"})


def gold(*told: tuple[str, str, str]) -> list[GoldRow]:
    return [GoldRow(one, two, "FS", 1, 1, 1.0, "stage", verdict) for one, two, verdict in told]


PLAN = make_plan("T1", "T2")
ROWS = gold(
    ("T1.1.1", "T1.1.2", "yes"),
    ("T1.1.2", "T1.1.3", "yes"),
    ("T1.1.3", "T1.2.1", "yes"),
    ("T1.2.1", "T2.1.2", "yes"),
    ("T1.2.2", "T1.2.3", "maybe"),
    ("T2.1.1", "T2.1.2", "no"),
)
LINKS = (
    link("T1.1.1", "T1.1.2", "stage", 0.9),  # right
    link("T1.1.2", "T1.1.3", "stage", 0.6),  # right
    link("T1.1.2", "T1.1.3", "shared", 0.85),  # right, the same pair
    link("T1.1.1", "T1.1.3", "stage", 0.7),  # a chain of two rows: neutral
    link("T1.2.2", "T1.2.3", "stage", 0.7),  # maybe: neutral
    link("T2.1.1", "T2.1.2", "shared", 0.95),  # no: wrong
    link("T1.1.2", "T1.1.1", "stage", 0.55),  # the wrong way round
    link("T1.1", "T1.2", "shared", 0.5),  # a row between their children: neutral
    link("T2.1.3", "T2.1.1", None, 0.4),  # nobody's row: wrong
    link("T2.1.1", "T2.1.3", "stage", 0.99, state="rejected"),  # does not count
)


def test_counts_at_two_thresholds() -> None:
    quality = measure(PLAN, Offer(LINKS), ROWS)
    assert quality.score(0.5) == Score(right=2, neutral=3, wrong=2, found=2, wanted=4)
    assert quality.score(0.8) == Score(right=2, neutral=0, wrong=1, found=2, wanted=4)
    assert (quality.score(0.5).precision, quality.score(0.5).recall) == (0.5, 0.5)
    assert quality.score(0.8).precision == pytest.approx(2 / 3)


def test_counts_by_rule() -> None:
    quality = measure(PLAN, Offer(LINKS), ROWS)
    assert quality.score(0.5, "stage") == Score(right=2, neutral=2, wrong=1, found=2, wanted=4)
    assert quality.score(0.8, "stage") == Score(right=1, neutral=0, wrong=0, found=1, wanted=4)
    assert quality.score(0.5, "shared") == Score(right=1, neutral=1, wrong=1, found=1, wanted=4)
    # A link that names no rule stands under its origin.
    assert quality.score(0, "inferred") == Score(right=0, neutral=0, wrong=1, found=0, wanted=4)


@pytest.mark.parametrize(
    ("half", "expected"),
    [
        ("a", Score(right=2, neutral=3, wrong=1, found=2, wanted=3)),
        ("b", Score(right=0, neutral=0, wrong=2, found=0, wanted=1)),
        ("all", Score(right=2, neutral=3, wrong=3, found=2, wanted=4)),
    ],
)
def test_halves_go_by_the_theme_of_the_successor(half: Half, expected: Score) -> None:
    assert measure(PLAN, Offer(LINKS), ROWS, half).score(0) == expected


def test_themes_without_a_number_go_by_their_place() -> None:
    yard = lay(make_plan("OC", "CO", "SD"), ())
    assert [yard.half("x", end) for end in ("OC.1.1", "CO.1", "SD")] == ["a", "b", "a"]
    numbered = lay(make_plan("SI2", "SI3", "IP1"), ())
    assert [numbered.half("x", end) for end in ("SI2.1", "SI3.1.2", "IP1")] == ["b", "a", "a"]
    assert numbered.half("SI3.1", "external:vote") == "a"
    assert numbered.half("external:vote", "external:day") is None


def test_calibration_counts_each_pair_once_and_no_neutral() -> None:
    found = measure(PLAN, Offer(LINKS), ROWS).calibrate()
    assert [(one.low, one.high, one.count, one.right) for one in found] == [
        (0.4, 0.5, 1, 0.0),
        (0.5, 0.6, 1, 0.0),
        (0.8, 0.9, 1, 1.0),
        (0.9, 1.0, 2, 0.5),
    ]
    assert found[-1].stated == pytest.approx((0.9 + 0.95) / 2)


def test_certainty_is_in_the_last_bin() -> None:
    sure = Quality((Judged(("a", "b"), "phase", 1.0, "right"),), frozenset())
    assert sure.calibrate([0, 0.5, 1]) == [Bin(0.5, 1, 1, 1.0, 1.0)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("T1.1.1", "T1.2.1", "neutral"),  # three rows in a chain
        ("T1.2.1", "T1.1.1", "wrong"),  # the chain backwards
        ("T1.1", "T1.2.1", "neutral"),  # the first end is a parent
        ("T1.1.3", "T1.2", "neutral"),  # the second end is a parent
        ("T1.2", "T1.1", "wrong"),  # parents, but backwards
        ("T1.1", "T1.1.2", "wrong"),  # an action does not wait for itself
        ("T1.1.3", "T1.1", "wrong"),
        ("T1", "T2", "wrong"),  # two levels up
        ("T1.1.3", "T1.2.2", "wrong"),  # a sister of the successor
    ],
)
def test_near_misses(first: str, second: str, expected: str) -> None:
    assert lay(PLAN, ROWS).judge(first, second) == expected


def test_a_no_outweighs_what_would_be_neutral() -> None:
    rows = [*ROWS, *gold(("T1.1.1", "T1.1.3", "no"))]
    assert lay(PLAN, rows).judge("T1.1.1", "T1.1.3") == "wrong"


def test_nothing_suggested_and_nothing_wanted() -> None:
    empty = measure(PLAN, Offer(), []).score(0.5)
    assert (empty.precision, empty.recall) == (None, None)
    assert measure(PLAN, Offer(), ROWS).score(0.5).recall == 0.0


@pytest.mark.parametrize(
    ("name", "title", "fits"),
    [
        ("external:lgr-decision", "Government's decision on LGR", True),
        ("external:lgr-decision", "Decision on local government reorganisation", True),
        ("external:lgr-decision", "Government decision announcement", False),
        ("external:lgr-decision|government-decision", "Government\u2019s decision", True),
        ("external:election", "Inaugural elections", True),
        ("external:structural-change-order", "Structural Changes Order", True),
        ("external:vesting-day", "Day 1", False),
        ("external:of-day", "Office for Data", False),  # two initials are no name
    ],
)
def test_outside_events_are_told_by_their_words(name: str, title: str, fits: bool) -> None:
    assert names_event(name, title) is fits


def test_outside_events_match_by_title_not_by_id() -> None:
    rows = gold(
        ("external:vote", "T1.1.1", "yes"),
        ("external:day", "T2.1", "yes"),
        ("external:vote", "external:day", "maybe"),
    )
    told = {"kind": "milestone", "external": True}
    events = [
        Item.model_validate({"id": "x9", "title": "The votes", **told}),
        Item.model_validate({"id": "external:vote", "title": "The day", **told}),
    ]
    links = (
        link("x9", "T1.1.1", "outside", 0.9),  # right
        link("external:vote", "T1.1.1", "outside", 0.9),  # that is the day: wrong
        link("external:vote", "T2.1.1", "outside", 0.9),  # a part of the row's action: neutral
        link("x9", "external:vote", "outside", 0.9),  # maybe; in neither half
    )
    offer = Offer(links, items=events)
    quality = measure(PLAN, offer, rows)
    assert quality.score(0.5) == Score(right=1, neutral=2, wrong=1, found=1, wanted=2)
    halves = [measure(PLAN, offer, rows, half).score(0.5) for half in ("a", "b")]
    assert halves == [Score(1, 0, 1, 1, 1), Score(0, 1, 0, 0, 1)]


def test_an_event_of_the_plan_itself_counts_by_its_title_too() -> None:
    items = [
        {"id": "T1", "kind": "theme", "title": "Theme"},
        {"id": "T1.1", "kind": "milestone", "title": "Elections", "parent": "T1", "external": True},
        {"id": "T1.2", "kind": "milestone", "title": "Take office", "parent": "T1"},
    ]
    plan = make_plan("T9", items=items)
    yard = lay(plan, gold(("external:election", "T1.2", "yes"), ("T1.2", "T1.1", "maybe")))
    assert yard.judge("T1.1", "T1.2") == "right"
    assert yard.judge("T1.2", "T1.1") == "neutral"


ENDS = st.sampled_from([item.id for item in PLAN.items])
OFFERS = st.lists(
    st.builds(link, ENDS, ENDS, st.sampled_from(["stage", "shared"]), st.floats(0, 1)), max_size=12
)


@given(OFFERS, st.floats(0, 1), st.floats(0, 1))
def test_laws_of_the_counts(links: list[Link], one: float, two: float) -> None:
    quality = measure(PLAN, Offer(links), ROWS)
    low, high = quality.score(min(one, two)), quality.score(max(one, two))
    pairs = {(each.from_, each.to) for each in links}
    everything = quality.score(0)
    assert everything.right + everything.neutral + everything.wrong == len(pairs)
    assert high.found <= low.found <= everything.found == everything.right <= len(ROWS)
    halves = [measure(PLAN, Offer(links), ROWS, half).score(0) for half in ("a", "b")]
    assert sum(half.right for half in halves) == everything.right
    assert sum(half.wrong for half in halves) == everything.wrong
    assert sum(one.count for one in quality.calibrate()) == everything.right + everything.wrong


def test_the_rows_themselves_score_full_marks() -> None:
    links = [link(*row.pair, "gold", 1.0) for row in ROWS if row.verdict == "yes"]
    score = measure(PLAN, Offer(links), ROWS).score(0.8)
    assert (score.precision, score.recall) == (1.0, 1.0)


def gate(item: str, board: str, state: str = "proposed") -> Gate:
    return Gate.model_validate({"item": item, "board": board, "state": state, "confidence": 0.9})


def test_gates_go_by_item_and_title_of_the_board() -> None:
    plan = make_plan("T1", "T2", boards=[{"id": "b", "title": "Children\u2019s Board"}])
    rows = [
        GoldGate("T1.1.1", "Children's board", "approve", 1, "yes"),
        GoldGate("T1.1.2", "Children's board", "approve", 1, "no"),
        GoldGate("T2.1.1", "Cabinet", "approve", 1, "yes"),
        GoldGate("T2.1.2", "Cabinet", "receive", 1, "maybe"),
    ]
    gates = [
        gate("T1.1.1", "b"),  # right
        gate("T1.1", "b"),  # its action: neutral
        gate("T1.1.2", "b"),  # wrong
        gate("T2.1.2", "Cabinet"),  # maybe: neutral
        gate("T2.1.3", "b"),  # wrong
        gate("T2.1.3", "Cabinet", "rejected"),
    ]
    quality = measure_gates(plan, Offer(gates=gates), rows)
    assert quality.score(0.5) == Score(right=1, neutral=2, wrong=2, found=1, wanted=2)
    assert measure_gates(plan, Offer(gates=gates), rows, "b").score(0.5) == Score(0, 1, 1, 0, 1)


def test_the_command_prints_scores_calibration_and_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.json").write_text(dump_plan(PLAN), encoding="utf-8")
    rows = tmp_path / "tiny.csv"
    rows.write_text(
        "from,to,type,line_from,line_to,confidence,why,verdict\n"
        + "".join(f"{row.from_},{row.to},FS,1,2,0.9,stage,{row.verdict}\n" for row in ROWS),
        encoding="utf-8",
    )
    gates = tmp_path / "gates.csv"
    gates.write_text(
        "paper,item,board,decision,line,verdict\n"
        "tiny,T1.1.1,Cabinet,approve,1,yes\nother,T1.1.2,Cabinet,approve,1,yes\n",
        encoding="utf-8",
    )
    assert [row.pair for row in read_gold(rows)] == [row.pair for row in ROWS]
    assert [row.item for row in read_gates(gates, "tiny")] == ["T1.1.1"]
    offer = Offer(LINKS, [gate("T1.1.1", "Cabinet")])
    suggesting = SimpleNamespace(suggest=lambda plan: offer if plan.id == "tiny" else None)
    monkeypatch.setitem(sys.modules, "loaders.suggest.suggest", suggesting)
    told = ["link_quality", str(tmp_path / "plan.json"), str(rows), "--gates", str(gates)]
    monkeypatch.setattr(sys, "argv", [*told, "--names"])
    main()
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    # At 0.5 and 0.8, links then gates: right, wrong, neutral, precision, found, recall.
    assert [line[1:] for line in printed if line[:1] == ["all"]] == [
        ["2", "2", "3", "50%", "2", "of", "4", "50%"],
        ["2", "1", "0", "67%", "2", "of", "4", "50%"],
        ["1", "0", "0", "100%", "1", "of", "1", "100%"],
        ["1", "0", "0", "100%", "1", "of", "1", "100%"],
    ]
    assert ["0.9", "to", "1.0", "2", "0.93", "50%"] in printed
    assert [line[2:] for line in printed if line[:1] == ["wrong"]] == [
        ["T2.1.1", "->", "T2.1.2", "(shared)"],
        ["T1.1.2", "->", "T1.1.1", "(stage)"],
    ]
    assert [line[1:] for line in printed if line[:1] == ["missing"]] == [
        ["T1.1.3", "->", "T1.2.1"],
        ["T1.2.1", "->", "T2.1.2"],
    ]
