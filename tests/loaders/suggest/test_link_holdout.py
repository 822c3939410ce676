"""Held-out measures: what is measured must not have been fitted to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from loaders.suggest import weights
from tools import link_holdout
from tools.link_holdout import fit_tables, hold_out
from tools.link_weights import Example, fit, judge_pairs
from tools.made_up import read_made_up

if TYPE_CHECKING:
    from tools.link_quality import Quality

PLAN = """\
== T1 | Streets
S.1 | May26 | Tram stop survey |
S.2 | Jun26 | Tram stop repairs | S.1
-- A | Move the depot | Dec26
May26 | Review the depot |
Jun26 | Agree the depot plan | 1
Jul26 | Open the depot | 2
== T2 | Parks
-- B | Ponds | Dec26
May26 | Survey the ponds |
Jun26 | Repair the ponds | 1
== T3 | Trams
U.1 | May26 | Swan census |
U.2 | Jun26 | Swan census results | U.1
-- C | Buy trams | Dec26
May26 | Specify the trams |
Jun26 | Procure the trams | 1
Jul26 | Paint the shelter |
"""
PAPER = Path("paper.txt"), Path("gold.csv")


@pytest.fixture
def pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Example]:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    made_up = read_made_up(path)
    monkeypatch.setattr(link_holdout, "load", lambda _: SimpleNamespace(plan=made_up.plan))
    monkeypatch.setattr(link_holdout, "read_gold", lambda _: list(made_up.rows))
    return judge_pairs(made_up.plan, made_up.rows, "a")


def of_theme(quality: Quality, action: str) -> dict[tuple[str, str], float]:
    return {one.pair: one.confidence for one in quality.judged if one.pair[1].startswith(action)}


def test_a_theme_is_judged_without_its_own_pairs(pairs: list[Example]) -> None:
    assert {one.theme for one in pairs} == {"T1", "T3"}  # half a
    wrong = [replace(one, right=not one.right) if one.theme == "T1" else one for one in pairs]
    told, lied = hold_out(PAPER, pairs, pairs), hold_out(PAPER, wrong, pairs)
    assert of_theme(told, "A")
    assert of_theme(told, "A") == of_theme(lied, "A")
    assert of_theme(told, "C") != of_theme(lied, "C")
    assert not of_theme(told, "B")
    assert told.wanted == {
        ("S.1", "S.2"),
        ("A.1", "A.2"),
        ("A.2", "A.3"),
        ("U.1", "U.2"),
        ("C.1", "C.2"),
    }


def test_the_weights_in_use_are_back_afterwards(pairs: list[Example]) -> None:
    before = dict(weights.TABLES)
    hold_out(PAPER, pairs, ())
    assert before == weights.TABLES


def test_each_table_is_fitted_to_its_own_pairs(pairs: list[Example]) -> None:
    table = fit_tables(pairs)[True]
    values = fit((one for one in pairs if one.features.listed), weights.LISTED)
    assert [one.value for one in table.values()] == pytest.approx(values)
    assert list(table) == [one.feature for one in weights.LISTED]
