from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.statements import read_prose
from loaders.text import clean


def lines_of(text: str) -> list[tuple[int, str, str | None, str | None]]:
    """Return line, words, number and mark of every statement."""
    return [(one.line, one.text, one.number, one.mark) for one in read_prose(text).statements]


def test_sentences_have_their_own_lines_and_numbers() -> None:
    text = "2.1 Docks are wet. Quays\nare dry, i.e. not wet. Is\nit so?\n2.2 Yes."
    assert lines_of(text) == [
        (1, "Docks are wet.", "2.1", None),
        (1, "Quays are dry, i.e. not wet.", "2.1", None),
        (2, "Is it so?", "2.1", None),
        (4, "Yes.", "2.2", None),
    ]
    first, second, third, fourth = read_prose(text).statements
    assert (first.first, first.last, third.last, fourth.first) == (True, False, True, True)
    assert [one.quote for one in (first, second)] == [
        "2.1 Docks are wet.", "Quays are dry, i.e. not wet.",
    ]  # fmt: skip


def test_headings_are_sections() -> None:
    text = (
        "## Docks\n\n1. Quays\n\nA. Sheds are last.\n\nThey are wet.\n\nN/A\n\nIt ends with the\n\n"
        "- B. no heading"
    )
    prose = read_prose(text)
    assert [(one.line, one.text, one.mark, one.quote) for one in prose.sections] == [
        (1, "Docks", None, "Docks"),
        (3, "Quays", "1", "1. Quays"),
        (5, "Sheds are last.", "A", "A. Sheds are last."),
    ]
    assert [one.text for one in prose.statements] == [
        "They are wet.", "N/A", "It ends with the", "no heading",
    ]  # fmt: skip
    assert {one.section and one.section.line for one in prose.statements} == {5}


def test_bullets_of_any_kind_open_paragraphs() -> None:
    text = "Docks:\n- one\n\u2022 two\n* three\n(1)four\n(b) five\nsix\n\u2013 seven"
    assert [(one.line, one.text, one.bullet) for one in read_prose(text).statements] == [
        (1, "Docks:", False), (2, "one", True), (3, "two", True), (4, "three", True),
        (5, "four", True), (6, "five six", True), (8, "seven", True),
    ]  # fmt: skip


def test_a_page_end_inside_a_sentence() -> None:
    long = "This sentence goes on and on because nobody told it to stop at the end of"
    text = f"{long}\n\n\n\nPage and line. So\nit ends.\n\nA heading\n\n{long}\n\nAnother heading"
    prose = read_prose(text)
    assert prose.joined == (5,)
    assert [one.line for one in prose.statements] == [1, 5, 10]
    assert [one.text for one in prose.sections] == ["A heading", "Another heading"]
    assert not prose.statements[2].is_whole


def test_tables_go_their_own_way() -> None:
    text = "It stands\n\nBoard\tChair\nDock\t<p>Mayor</p>\n---\t---\n\nin a table\n\t\nTide\tCook"
    prose = read_prose(text)
    assert [[row.line for row in rows] for rows in prose.tables] == [[3, 4, 5], [9]]
    assert prose.tables[0][1].cells == ("Dock", "Mayor")
    assert prose.joined == ()  # words do not go on across a table
    assert [one.text for one in prose.statements] == ["in a table"]


def test_labelled_lines_stand_alone() -> None:
    text = "Tide Panel\nChair: Mayor\nFrequency: monthly\n- Members: cooks"
    assert [(one.line, one.text) for one in read_prose(text).statements] == [
        (2, "Chair: Mayor"), (3, "Frequency: monthly"), (4, "Members: cooks"),
    ]  # fmt: skip


WORDS = st.lists(
    st.sampled_from(["dock", "Quay.", "A.", "3.1", "-", "(1)", "x:", "of", "\u2022", "#", "**"]),
    max_size=12,
).map(" ".join)


@given(st.lists(WORDS, max_size=12))
def test_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    prose = read_prose(text)
    parts = [
        *((one.line, one.quote) for one in prose.sections),
        *((one.line, one.quote) for one in prose.statements),
    ]
    found = clean(" ".join(quote for _, quote in sorted(parts, key=lambda one: one[0])))
    kept = [word for word in found.split() if word.isalnum() or word[:-1].isalnum()]
    words = [word for word in text.split() if word.isalnum() or word[:-1].isalnum()]
    assert kept == words
