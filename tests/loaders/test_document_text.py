from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.blocks import Heading, Paragraph, Row, Table, read_blocks
from loaders.document_parts import BOLD, PLAIN, Cell, Document, Grid, GridRow, Para, Part, unwrap
from loaders.document_text import write_cell, write_lines
from loaders.markup import read_parts, read_words, write_words
from loaders.text import clean


def row(*cells: str | tuple[Part, ...], columns: tuple[int, ...] = ()) -> GridRow:
    places = columns or tuple(range(len(cells)))
    parts = [(Para(cell),) if isinstance(cell, str) else cell for cell in cells]
    return GridRow(tuple(Cell(one, place) for one, place in zip(parts, places, strict=True)))


def write(*parts: Part) -> list[str]:
    return write_lines(Document(list(parts))).lines


def test_paragraphs_headings_entries_and_tables() -> None:
    parts: list[Part] = [
        Para("Dredging", heading=2, label="1.1", origin=1),
        Para("The harbour\nis old.", origin=2),
        Para("Tide", entry=1, origin=3),
        Para("Wind", entry=1, label="2.", origin=3),
        Grid((GridRow(row("A", "B").cells, 4), GridRow(row("", "").cells, 5), row("C", "D"))),
        Para("  \n "),
        Grid((row("alone"),)),
    ]
    lines = write_lines(Document(parts))
    assert lines.lines == [
        *("## 1.1 Dredging", "", "The harbour", "is old.", "", "- Tide", "", "2. Wind", ""),
        *("A\tB", "C\tD", "", "alone\t", ""),
    ]
    assert lines.origins[:10] == [1, 1, 2, 2, 2, 3, 3, 3, 3, 4]
    assert lines.begins == [1, 3, 6, 8, 10, 13, 13]
    assert read_blocks("\n".join(lines.lines)) == (
        Heading(1, "1.1 Dredging"),
        Paragraph(3, "The harbour is old."),
        Paragraph(6, "- Tide"),
        Heading(8, "2. Wind"),
        Table((Row(10, ("A", "B")), Row(11, ("C", "D")))),
        Table((Row(13, ("alone",)),)),
    )


def test_cells() -> None:
    def entry(text: str, level: int = 1, label: str = "") -> Para:
        return Para(text, entry=level, label=label)

    assert write_cell([]) == ""
    assert write_cell([Para("One\tword")]) == "One word"
    assert write_cell([Para("One\nTwo")]) == "One<br/>Two"
    assert write_cell([Para("One"), Para(" "), Para("Two")]) == "<p>One</p> <p>Two</p>"
    nested = [Para("Do:"), entry("A"), entry("B", 2), entry("C"), Para("End")]
    assert write_cell(nested) == (
        "<p>Do:</p> <ul> <li>A <ul> <li>B </li> </ul> </li> <li>C </li> </ul> <p>End</p>"
    )
    assert [(one.kind, one.text, one.level) for one in read_parts(write_cell(nested))] == [
        *(("text", "Do:", 0), ("bullet", "A", 1), ("bullet", "B", 2), ("bullet", "C", 1)),
        ("text", "End", 0),
    ]
    assert write_cell([entry("A", 2), entry("B")]) == (
        "<ul> <ul> <li>A </li> </ul> </li> <li>B </li> </ul>"
    )
    deep = read_parts(write_cell([entry("A", 2), entry("B")]))
    assert [(one.text, one.level) for one in deep] == [("A", 2), ("B", 1)]
    # Plain counting is order; a number of several levels is a name.
    assert write_cell([entry("A", label="1."), entry("B", label="(b)")]) == (
        "<ul> <li>A </li> <li>B </li> </ul>"
    )
    assert write_cell([entry("Dredge", label="HA1.1.1")]) == "HA1.1.1 Dredge"


def test_bold_words_and_bullets_in_cells() -> None:
    lead = f"{BOLD}Lead{PLAIN}"
    assert write_cell([Para(lead)]) == "Lead"
    assert write_cell([Para(f"{lead}\nrest")]) == "<b>Lead</b><br/>rest"
    assert write_cell([Para(lead), Para("rest")]) == "<p><b>Lead</b></p> <p>rest</p>"
    # Only bullets that tell a depth and are read as bullets again stand in the words.
    signs = ["•", "○", "▪", "✓", ""]
    cell = write_cell([Para(f"A{n}", entry=1, sign=sign) for n, sign in enumerate(signs)])
    assert [(one.text, one.sign) for one in read_parts(cell)] == [
        *(("A0", ""), ("A1", "○"), ("A2", "▪"), ("A3", ""), ("A4", "")),
    ]


def test_a_list_typed_by_hand() -> None:
    typed = [Para("Milestones:\n- Tender (Jun 2026)"), Para("\u2013 Silt moved (Sep 2026)")]
    assert write_cell(typed) == (
        "<p>Milestones:</p> <ul> <li>Tender (Jun 2026) </li> <li>Silt moved (Sep 2026) </li> </ul>"
    )
    assert write_cell([Para("- TBC")]) == "- TBC"
    assert write_cell([Para("Range -\n- 5"), Para("x")]) == "<p>Range -<br/>- 5</p> <p>x</p>"


def test_tables_in_cells_are_lines() -> None:
    inner = Grid((row("a", "b"), row("", "c"), row((Para("d"), Para("e")), "f"), row("", "")))
    assert write_cell([Para("Top"), inner]) == ("<p>Top</p> <p>a | b</p> <p>c</p> <p>d e | f</p>")
    assert write_cell([Grid((row((Para("x", entry=1, label="1.1"),), "y"),))]) == "1.1 x | y"


def test_merged_cells() -> None:
    facts = [row("Objective", "HA1", columns=(0, 2)), row("Division", "Docks", columns=(0, 2))]
    head = row("Action", "Due", "Officer")
    wide = row("HA1.1", "merged", columns=(0, 1))
    apart = row("Lead", "Ports", columns=(0, 2))
    assert write(Grid((*facts, head, wide, apart)))[:-1] == [
        *("Objective\tHA1", "Division\tDocks", "Action\tDue\tOfficer", "HA1.1\tmerged\t"),
        "Lead\tPorts",
    ]
    spread = Cell((Para("Hana"),), 1, goes_on=True)
    own = GridRow((Cell((Para("HA2"),), 0), spread))
    below = GridRow((Cell((Para("HA2"),), 0, goes_on=True), spread))
    assert write(Grid((own, below)))[:-1] == ["HA2\tHana"]
    more = GridRow((*below.cells, Cell((Para("more"),), 2)))
    assert write(Grid((own, more)))[:-1] == ["HA2\tHana", "\t\tmore"]


def test_a_frame_around_tables_is_taken_away() -> None:
    inner = Grid((row("a", "b"),))
    assert unwrap(Grid((row((Para("x"), inner)),))) == (Para("x"), inner)
    assert unwrap(inner) == (inner,)
    boxed = Grid((row("x"),))
    assert unwrap(boxed) == (boxed,)


MARKS = ["<", ">", "&", ";", "p", "/", "br", "lt", "#", "65", " ", "x"]
TRICKY = st.lists(st.sampled_from(MARKS)).map("".join)


@given(TRICKY | st.text(st.characters(exclude_characters="•▪◦○●■‣∙·", exclude_categories=["Cs"])))
def test_words_come_back_as_they_were(words: str) -> None:
    assert read_words(write_words(words)) == clean(words)
