"""Plain-text tables: what wraps, what never does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knockon.cli.tables import lay_out

WORD = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=25)


def test_the_first_column_wraps_between_words() -> None:
    rows = [("SI1.1  Put the new model in place everywhere", "31 Jan 2027"), ("x", "")]
    assert list(lay_out(("Item", "Finish"), rows, 36)) == [
        "Item                     Finish",
        "SI1.1  Put the new       31 Jan 2027",
        "  model in place",
        "  everywhere",
        "x",
    ]


def test_a_narrow_table_is_no_wider_than_it_needs() -> None:
    assert list(lay_out(("Item", "Room"), [("a", "1 day")], 80)) == ["Item  Room", "a     1 day"]


def test_cells_of_several_lines_stand_beside_each_other() -> None:
    rows = [("one\nOwner: x", "1 Jan\nto 2 Feb\nor so")]
    assert list(lay_out(("Item", "Now"), rows, 80)) == [
        "Item      Now",
        "one       1 Jan",
        "Owner: x  to 2 Feb",
        "          or so",
    ]


def test_no_rows() -> None:
    assert list(lay_out(("Item", "Now"), [], 80)) == ["Item  Now"]


def test_a_word_longer_than_the_column_is_broken_not_cut() -> None:
    lines = list(lay_out(("Item", "Now"), [("x" * 50, "y")], 30))
    assert "".join(lines[1:]).replace(" ", "").replace("y", "") == "x" * 50


@given(
    st.lists(st.tuples(st.lists(WORD, min_size=1, max_size=8), WORD), max_size=8),
    st.integers(60, 120),
)
def test_tables_fit_and_lose_nothing(rows: list[tuple[list[str], str]], width: int) -> None:
    table = [(" ".join(words), other) for words, other in rows]
    lines = list(lay_out(("Item", "Other"), table, width))
    assert max(map(len, lines)) <= width
    text = "".join(lines).replace(" ", "")
    assert sorted(text) == sorted("ItemOther" + "".join(map("".join, table)).replace(" ", ""))
