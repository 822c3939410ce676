from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.action_cells import read_action_cell, read_entry, split_entries


def titles(cell: str) -> list[str]:
    return [entry.title for entry in read_action_cell(cell, "A1.1").entries]


def test_an_action_with_its_milestones() -> None:
    cell = read_action_cell(
        "A1.1.1 Dig Delivery milestones: <ul> • Map (i) (Jun 2026) • Spade", "A1.1"
    )
    assert (cell.printed_id, cell.title, cell.preamble, cell.notes) == ("A1.1.1", "Dig", (), ())
    map_drawn, spade = cell.entries
    assert (map_drawn.title, map_drawn.words) == ("Map (i)", "Map (i) (Jun 2026)")
    assert map_drawn.partial is not None
    assert map_drawn.partial.planned.finish == date(2026, 6, 30)
    assert (spade.title, spade.partial) == ("Spade", None)


@pytest.mark.parametrize(
    ("cell", "preamble", "title", "notes"),
    [
        ("<p>First this.</p><p>A1.1.1 Dig</p><p>Deep.</p>", ("First this.",), "Dig", ("Deep.",)),
        ("As A1.1.4 says. A1.1.1 Dig", ("As A1.1.4 says.",), "Dig", ()),
        ("A1.1.1 Dig (by 31 March 2028), deep", (), "Dig (by 31 March 2028), deep", ()),
        ("A1.1.1 Milestone date: up to the ruling by July 2026", (),
         "Milestone date: up to the ruling by July 2026", ()),
        # A list that no milestone words announce and that has no dates is part of the action.
        ("A1.1.1 Dig <ul> • with care • with spades", (), "Dig", ("with care", "with spades")),
        ("A1.1.1 Dig Delivery milestones: N/A", (), "Dig", ("N/A",)),
    ],
)  # fmt: skip
def test_what_is_no_milestone(
    cell: str, preamble: tuple[str, ...], title: str, notes: tuple[str, ...]
) -> None:
    read = read_action_cell(cell, "A1.1")
    assert (read.printed_id, read.preamble, read.title, read.notes, read.entries) == (
        ("A1.1.1", preamble, title, notes, ())
    )


def test_an_action_without_an_id() -> None:
    assert read_action_cell("Dig see A1.1.1 for it", "A1.1").printed_id is None


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("A (x) (Jun 2026) B (Jul 2026)", ["A (x) (Jun 2026)", "B (Jul 2026)"]),
        ("A (Jun 2026). B (by 1 May 2027), still B (ongoing) C",
         ["A (Jun 2026).", "B (by 1 May 2027), still B (ongoing)", "C"]),
        ("A for (2026/27) and on (Jun 2026)", ["A for (2026/27) and on (Jun 2026)"]),
        ("A (Complete) 2 B (Jun 2026)", ["A (Complete)", "2 B (Jun 2026)"]),
        ("(Jun 2026) A (Jul 2026)", ["(Jun 2026) A (Jul 2026)"]),
        ("", []),
    ],
)  # fmt: skip
def test_entries_without_bullets_end_at_the_bracket_of_a_date(
    listed: str, expected: list[str]
) -> None:
    assert list(split_entries(listed)) == expected


@given(st.lists(st.sampled_from(["Dig", "(Jun 2026)", "(LOF)", "(TBC).", "deep"])).map(" ".join))
def test_splitting_entries_loses_nothing(listed: str) -> None:
    assert " ".join(split_entries(listed)) == listed


@pytest.mark.parametrize(
    ("words", "title", "finish"),
    [
        ("Dig (Oct 2026 \u2013 Dec 2026)", "Dig", date(2026, 12, 31)),
        ("Dig [Jun 2026];", "Dig", date(2026, 6, 30)),
        ("Dig by 31 March 2027", "Dig by 31 March 2027", date(2027, 3, 31)),
        ("Dig - June 2026.", "Dig - June 2026.", date(2026, 6, 30)),
        ("Dig, before June 2026", "Dig, before June 2026", date(2026, 5, 31)),
        ("Dig for 2026/27", "Dig for 2026/27", None),
        ("Dig - 2026/27", "Dig - 2026/27", None),
        ("Dig the hole of May 2026", "Dig the hole of May 2026", None),
        ("(Jun 2026)", "(Jun 2026)", None),
        ("Dig in 2026 and rest", "Dig in 2026 and rest", None),
    ],
)
def test_the_date_of_a_milestone(words: str, title: str, finish: date | None) -> None:
    entry = read_entry(words)
    assert (entry.title, entry.words) == (title, words)
    assert (entry.partial and entry.partial.planned.finish) == finish
    assert entry.in_words == (finish is not None and entry.title == words)


def test_a_bullet_stays_one_milestone_and_a_second_date_is_told() -> None:
    cell = "A1.1.1 Dig <ul> • Map (Jun 2026) Spade (Jul 2026) • Hole by May 2027 (Aug 2026)"
    first, second = read_action_cell(cell, "A1.1").entries
    assert (first.title, first.inner) == ("Map (Jun 2026) Spade", True)
    assert (second.title, second.inner) == ("Hole by May 2027", False)


def test_bullets_below_a_bullet_are_notes_or_milestones() -> None:
    cell = (
        "A1.1.1 Dig Milestones: <ul><li>Map (Jun 2026)<ul><li>on paper</li>"
        "<li>on silk (Jul 2026)</li></ul></li></ul> Ends well."
    )
    read = read_action_cell(cell, "A1.1")
    assert [(one.title, one.notes) for one in read.entries] == [
        ("Map", ("on paper",)),
        ("on silk", ()),
    ]
    assert read.notes == ("Ends well.",)


def test_milestones_whose_list_was_lost() -> None:
    assert titles("A1.1.1 Dig Delivery milestones: Map (Jun 2026) Spade (Jul 2026)") == [
        "Map",
        "Spade",
    ]
    assert titles("<p>A1.1.1 Dig</p><p>Key milestones</p><p>Map (Jun 2026) Spade</p>") == [
        "Map",
        "Spade",
    ]
