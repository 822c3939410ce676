from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.blocks import Heading, Paragraph, Row, Table, read_blocks


def test_headings_paragraphs_and_tables_with_their_lines() -> None:
    lines = ["\ufeff", "Marine Works", "", "The harbour is old,", "and deep.", "A\tB\t", "---\t--"]
    lines += ["C\t\tD", "", "E\tF"]
    assert read_blocks("\r\n".join(lines)) == (
        Heading(2, "Marine Works"),
        Paragraph(4, "The harbour is old, and deep."),
        Table((Row(6, ("A", "B")), Row(8, ("C", "", "D")))),
        Table((Row(10, ("E", "F")),)),
    )


def test_what_is_a_heading() -> None:
    headings = ["# Marked, even so.", "2026 - 2028", "(A) Bracket", "Local Matters (LM)"]
    assert [type(read_blocks(text)[0]) for text in headings] == [Heading] * len(headings)
    assert read_blocks("## Two marks") == (Heading(1, "Two marks"),)
    assert read_blocks("One Line\nTwo") == (Heading(1, "One Line"), Heading(2, "Two"))
    assert read_blocks("One Line\n----\nTwo,\nthree.") == (
        Heading(1, "One Line"),
        Paragraph(3, "Two, three."),
    )
    prose = ["It ends with a stop.", "small beginning", "Label:", " ".join(["Word"] * 16), "A\nB."]
    assert [type(read_blocks(text)[0]) for text in prose] == [Paragraph] * len(prose)


def test_a_table_ends_at_a_blank_line_or_plain_text_and_knows_its_line() -> None:
    first, heading, second = read_blocks("\nA\tB\nMiddle\nC\tD")
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert heading == Heading(3, "Middle")
    assert (first.line, second.line) == (2, 4)


@given(st.lists(st.sampled_from(["Word", "a b", "A\tB", "--", "", "<p>x</p>", "\t", " \u00a0"])))
def test_every_word_stands_in_a_block(lines: list[str]) -> None:
    found: list[str] = []
    for block in read_blocks("\n".join(lines)):
        if isinstance(block, Table):
            found += [word for row in block.rows for cell in row.cells for word in cell.split()]
        else:
            found += block.text.split()
    wanted = "\n".join(line for line in lines if line != "--")
    assert found == wanted.replace("<p>x</p>", "x").split()
