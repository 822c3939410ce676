"""Suggestions for the real papers: dependencies read by eye, by id only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders.load import load
from loaders.suggest.suggest import suggest

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.suggest.suggest import Suggestions


@pytest.fixture(scope="module")
def csip(csip_paper: Path) -> Suggestions:
    return suggest(load([csip_paper]).plan)


@pytest.fixture(scope="module")
def sandwell(papers: Path) -> Suggestions:
    return suggest(load([next(papers.glob("003_*.txt"))]).plan)


def surely(found: Suggestions) -> set[tuple[str, str]]:
    return {(link.from_, link.to) for link in found.new if link.confidence >= 0.5}


@pytest.mark.parametrize(
    "pair",
    [
        ("SI1.2.1.1", "SI1.2.1.2"),  # external review, then business case
        ("SI1.2.1.2", "SI1.2.1.3"),  # business case, then sign-off
        ("SI1.2.1.3", "SI1.2.1.4"),
        ("SI1.2.1.4", "SI1.2.1.5"),
        ("SI1.3.1.4", "SI1.3.1.5"),  # recruitment plan agreed, then implemented
        ("SI1.3.1.7", "SI1.3.1.9"),  # capacity for a review, then the review
        ("IP3.1.1.1", "IP3.1.1.2"),  # a board, then its annual evaluation
        ("IP5.2.2.1", "IP5.2.2.2"),  # recharges reviewed, then designed
        ("IP5.2.2.2", "IP5.2.2.3"),
        ("SI1.1.3", "SI1.3.1.13"),  # the operating model, then what is part of it
        ("IP8.1.2.2", "IP8.1.2.3"),  # procurement, then implementation
        ("IP8.1.1.2", "IP8.1.1.4"),  # engagement "to inform" the policy, then its draft
    ],
)
def test_what_a_reader_of_the_csip_sees_is_suggested(
    csip: Suggestions, pair: tuple[str, str]
) -> None:
    assert pair in surely(csip)


@pytest.mark.parametrize(
    "pair",
    [
        ("IP1.1.1.1", "IP1.1.1.2"),  # recruitment processes, reward packages: a mere list
        ("IP1.1.4.2", "IP1.1.4.3"),
        ("IP1.1.3.1", "IP1.1.3.2"),
        ("SI7.1.1.2", "SI7.1.1.3"),  # food waste, plastic film
        ("IP5.1.1.4", "IP5.1.1.5"),
    ],
)
def test_a_mere_list_is_not(csip: Suggestions, pair: tuple[str, str]) -> None:
    assert pair not in surely(csip)


def test_every_suggestion_shows_words_and_lines_on_both_sides(csip: Suggestions) -> None:
    for link in csip.new:
        sides = {part.side for part in link.evidence}
        assert sides >= {"from", "to"} or "both" in sides
        for part in link.evidence:
            assert part.source.line is not None
            assert part.source.quote is not None
            assert len(part.source.quote) <= 150
        assert link.reason is not None
        assert link.reason.endswith(".")


def test_nothing_accepted_changes_and_suggesting_again_changes_nothing(csip: Suggestions) -> None:
    assert len(csip.plan.accepted_links) == 4  # the numbered phases of the paper
    assert suggest(csip.plan).plan == csip.plan


def test_what_a_reader_of_sandwell_sees_is_suggested(sandwell: Suggestions) -> None:
    found = surely(sandwell)
    assert ("PC.13", "PC.9") in found  # a system is procured, then implemented
    assert ("OC.15", "OC.6") in found  # part 1 of an engagement, then part 2
    assert ("OC.18", "OC.7") in found  # a partner for training, then the training
    assert suggest(sandwell.plan).plan == sandwell.plan


def test_a_paper_of_few_words_gets_few_suggestions(papers: Path) -> None:
    found = suggest(load([next(papers.glob("004_*.txt"))]).plan)
    assert found.new == ()
    assert found.notes
