"""Cells of predecessors: ids, types and lags, and what is told of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.spans import Span
from loaders.predecessors import parse_predecessors


def read(text: str, *known: str, working: bool = False) -> list[tuple[str, str, str]]:
    found, wrong = parse_predecessors(text, known, working=working)
    assert not wrong, wrong
    return [(one.id, one.type, str(one.lag)) for one in found]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", [("12", "FS", "0d")]),
        ("12FS+5d", [("12", "FS", "5d")]),
        ("IP4.1.1.2; SI1.1.3.7 SS", [("IP4.1.1.2", "FS", "0d"), ("SI1.1.3.7", "SS", "0d")]),
        ("3SS-2 wd", [("3", "SS", "-2wd")]),
        ("12+5d", [("12", "FS", "5d")]),
        ("12 ff \N{MINUS SIGN} 1 month", [("12", "FF", "-1m")]),
        ("12FS+50%", [("12", "FS", "50%")]),
        ("12 (SS + 2w)", [("12", "SS", "2w")]),
        ("12 finish-to-start", [("12", "FS", "0d")]),
        ("12, 13\n14 and 15", [(one, "FS", "0d") for one in ("12", "13", "14", "15")]),
        ("#12", [("12", "FS", "0d")]),
        ("PROJ-12", [("PROJ-12", "FS", "0d")]),
        ("PROJ-12SF+2w", [("PROJ-12", "SF", "2w")]),
        ("none", []),
        ("TBC; -", []),
        ("", []),
    ],
)
def test_references(cell: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(cell) == expected


def test_days_are_working_days_where_the_tool_means_them() -> None:
    assert read("12FS+5 days,13SS-1 wk", working=True) == [
        ("12", "FS", "5wd"),
        ("13", "SS", "-5wd"),
    ]
    assert read("12FS+3 edays", working=True) == [("12", "FS", "3d")]


def test_known_ids_go_before_what_they_look_like() -> None:
    assert read("A-1d") == [("A", "FS", "-1d")]
    assert read("A-1d", "A-1d") == [("A-1d", "FS", "0d")]
    assert read("BUFFS", "BUFFS") == [("BUFFS", "FS", "0d")]
    assert read("Design and build", "Design and build") == [("Design and build", "FS", "0d")]
    assert read("A 1; B 2 SS", "A 1", "B 2") == [("A 1", "FS", "0d"), ("B 2", "SS", "0d")]


@pytest.mark.parametrize("cell", ["12: Recruit staff", "12. Recruit", "Task #12: Recruit", "12"])
def test_a_title_beside_a_known_id_does_no_harm(cell: str) -> None:
    assert [name for name, _, _ in read(cell, "12")] == ["12"]


def test_what_names_nothing_is_told() -> None:
    found, wrong = parse_predecessors("see the other plan; 12")
    assert [one.id for one in found] == ["12"]
    assert len(wrong) == 1
    assert wrong[0].startswith('"see the other plan" names no predecessor')


def test_a_lag_that_cannot_be_read_is_told_and_the_link_kept() -> None:
    found, wrong = parse_predecessors("12FS+5; 13SS+2 parsecs")
    assert [(one.id, one.type, str(one.lag)) for one in found] == [
        *(("12", "FS", "0d"), ("13", "SS", "0d")),
    ]
    assert [sentence.rpartition("; ")[2] for sentence in wrong] == [
        "the link to 12 is kept without lag",
        "the link to 13 is kept without lag",
    ]


@given(st.text(max_size=60))
def test_no_cell_raises(text: str) -> None:
    found, wrong = parse_predecessors(text)
    assert all(one.id and isinstance(one.lag, Span) for one in found)
    assert all(sentence for sentence in wrong)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 9999),
            st.sampled_from(["FS", "SS", "FF", "SF"]),
            st.integers(-400, 400).filter(bool),
            st.sampled_from(["d", "wd", "w", "m", "h", "eh", "min", "%"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_written_is_read(links: list[tuple[int, str, int, str]]) -> None:
    cell = "; ".join(f"{number}{kind}{amount:+}{unit}" for number, kind, amount, unit in links)
    assert read(cell) == [
        (str(number), kind, f"{amount}{unit}") for number, kind, amount, unit in links
    ]
