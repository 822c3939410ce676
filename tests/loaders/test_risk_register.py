"""Risks in registers: one row for each item hit, or for each effect."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graphmodel.items import Uncertainty
from graphmodel.measures import Impact
from graphmodel.scenario import CancelMeeting
from graphmodel.spans import parse_span
from tests.loaders.small_registers import accept, make_plan, merge, refuse, sheet

HEADER = (
    "Id | Title | Probability | Item | Item title | Mode | Distribution | Low | Most likely | High "
    "| Delay | Effect"
)
NAMES = (
    *("id", "title", "probability", "item", "item_title", "mode", "distribution"),
    *("low", "likely", "high", "delay", "effect"),
)


def row(**cells: str) -> str:
    return " | ".join(cells.get(name, "") for name in NAMES)


def spans(**words: str) -> dict[str, Any]:
    return {name: parse_span(text) for name, text in words.items()}


def test_the_rows_of_a_risk_are_gathered() -> None:
    rows = (
        row(
            id="R1",
            title="By-election",
            probability="30%",
            item="A1",
            low="2w",
            likely="1m",
            high="3m",
        ),
        row(id="R1", item="A2", mode="in series", low="1w", high="2w"),
        row(id="R1", item="B1", distribution="pert", low="1d", likely="2d", high="9d"),
        row(id="R1", effect="cancel meeting board=TB date=2026-10-20"),
    )
    (risk,) = accept(make_plan(), sheet("Risks", HEADER, *rows)).risks
    assert (risk.id, risk.title, risk.probability) == ("R1", "By-election", 0.3)
    first = spans(low="2w", mode="1m", high="3m")
    last = spans(low="1d", mode="2d", high="9d")
    assert risk.impacts == (
        Impact(item="A1", delay=Uncertainty(distribution="triangular", **first)),
        Impact(
            item="A2",
            mode="series",
            delay=Uncertainty(distribution="uniform", **spans(low="1w", high="2w")),
        ),
        Impact(item="B1", delay=Uncertainty(distribution="pert", **last)),
    )
    assert risk.effects == (CancelMeeting(board="TB", date=date(2026, 10, 20)),)
    assert risk.source is not None
    assert risk.source.cell == "Risks!A2"


def test_a_risk_without_an_id_is_known_by_its_title() -> None:
    rows = (
        row(title="A bidder leaves", probability="0.2", item="A1", delay="2w"),
        row(title="A bidder leaves", item="A2", delay="2w to 3m"),
    )
    (risk,) = accept(make_plan(), sheet("Risks", HEADER, *rows)).risks
    assert (risk.id, [one.item for one in risk.impacts]) == ("a-bidder-leaves", ["A1", "A2"])


def known() -> list[dict[str, Any]]:
    delay = {"distribution": "empirical", "values": ["2w"]}
    impacts = [{"item": "A1", "delay": delay}, {"item": "A2", "delay": delay}]
    return [{"id": "R1", "title": "By-election", "probability": 0.3, "impacts": impacts}]


def test_what_rows_say_changes_a_known_risk_and_the_rest_stays() -> None:
    plan = make_plan(risks=known())
    rows = (
        row(id="R1", probability="50%", item="A2", delay="1w"),
        row(id="R1", item="B1", delay="1w"),
        row(id="R1", effect="slip item=B1 by=1w"),
    )
    (risk,) = accept(plan, sheet("Risks", HEADER, *rows)).risks
    assert (risk.title, risk.probability) == ("By-election", 0.5)
    assert [(one.item, str(one.delay.values[0])) for one in risk.impacts] == [
        ("A1", "2w"),
        ("A2", "1w"),
        ("B1", "1w"),
    ]
    assert [effect.op for effect in risk.effects] == ["slip"]


def test_a_row_that_says_nothing_new_changes_nothing() -> None:
    plan = make_plan(risks=known())
    same = row(id="R1", title="By-election", probability="0.3", item="A1", delay="2w")
    assert accept(plan, sheet("Risks", HEADER, same)).risks == plan.risks


def test_a_new_title_that_fits_replaces_the_old_one() -> None:
    plan = make_plan(risks=known())
    assert accept(plan, sheet("Risks", HEADER, row(id="R1", title="By-elections"))).risks[
        0
    ].title == ("By-elections")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"id": "R2", "title": "New", "item": "A1", "delay": "2w"}, "missing-cell"),  # how likely?
        ({"id": "R1", "title": "Flood"}, "title-does-not-fit"),
        ({"probability": "0.2", "item": "A1", "delay": "2w"}, "missing-cell"),  # which risk?
        ({"id": "R1", "delay": "2w"}, "missing-cell"),  # which item?
        ({"id": "R1", "item": "A1"}, "missing-cell"),  # by how much?
        ({"id": "R1", "item": "A1", "distribution": "pert", "low": "1w"}, "missing-cell"),
        ({"id": "R1", "item": "Z", "delay": "2w"}, "unknown-item"),
        ({"id": "R1", "item": "A1", "delay": "2w", "low": "1w"}, "delay-contradiction"),
        ({"id": "R1", "item": "A1", "delay": "soon"}, "unreadable-cell"),
        ({"id": "R1", "item": "A1", "low": "-2w", "high": "1w"}, "unreadable-cell"),
        ({"id": "R1", "probability": "likely"}, "unreadable-cell"),
        ({"id": "R1", "effect": "explode item=A1"}, "unreadable-cell"),
        ({"id": "R1", "effect": "slip item=Z by=2w"}, "unknown-item"),
        ({"id": "R1", "effect": "cancel meeting board=ZB date=2026-10-20"}, "unknown-board"),
        ({"id": "R1", "effect": "reassign item=A1 officer=head-of-care to=x"}, "unknown-officer"),
        ({"id": "R1", "effect": "waive papers lead gate=G9"}, "unknown-gate"),
    ],
)
def test_rows_that_cannot_be_used(cells: dict[str, str], code: str) -> None:
    problem = refuse(make_plan(risks=known()), sheet("Risks", HEADER, row(**cells)))
    assert (problem.code, problem.severity) == (code, "error")


def test_rows_that_contradict_each_other() -> None:
    first = row(id="R1", title="By-election", probability="0.2", item="A1", delay="2w")
    rows = (
        first,
        row(id="R1", probability="0.4"),
        row(id="R1", item="A1", delay="3w"),
        first,
    )
    merged, problems = merge(make_plan(), sheet("Risks", HEADER, *rows))
    assert [(one.code, one.severity) for one in problems] == [
        ("risk-contradiction", "error"),
        ("risk-contradiction", "error"),
        ("duplicate-impact", "warning"),
    ]
    (risk,) = merged.risks
    assert (risk.probability, len(risk.impacts)) == (0.2, 1)
