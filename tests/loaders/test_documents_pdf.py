from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import FileError, MissingExtraError
from loaders.documents import read_document
from loaders.documents_pdf import read_pdf
from tests.loaders.office import convert
from tests.loaders.small_pdf import (
    HEIGHT,
    PICTURE,
    draw_grid,
    draw_line,
    print_lines,
    print_text,
    write_pdf,
)

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.documents import DocumentText

FULL_LINES = ["The harbour is old, and its berths are to be deeper than any ship", "needs."]
COLUMNS = (20, 200, 290, 380)


def read(folder: Path, *pages: str) -> DocumentText:
    return read_document(write_pdf(folder / "paper.pdf", pages))


def lines(text: DocumentText) -> list[str]:
    return [line for line in text.text.split("\n") if line]


def told(text: DocumentText) -> list[tuple[str, int | None]]:
    return [(one.code, one.source.page if one.source else None) for one in text.problems]


def print_row(top: float, *cells: tuple[str, ...] | str) -> str:
    """Return the drawing of a row's words in the columns of ``COLUMNS``."""
    texts = [(cell,) if isinstance(cell, str) else cell for cell in cells]
    return "\n".join(
        print_lines(left + 4, top + 3, cell) for left, cell in zip(COLUMNS, texts, strict=False)
    )


def test_headings_paragraphs_and_a_table_in_their_order_with_pages(tmp_path: Path) -> None:
    first = [
        print_text(20, 20, "Harbour Plan", size=16),
        print_lines(20, 50, FULL_LINES),
        draw_grid(COLUMNS, (90, 110, 150)),
        print_row(90, "Action", "Due", "Officer"),
        print_row(110, ("HA1.1 Hire a dredger", "with two crews"), "May 2026", "Hana"),
        print_text(20, 170, "Below."),
    ]  # fmt: skip
    text = read(tmp_path, "\n".join(first), print_text(20, 20, "Second page."))
    assert lines(text) == [
        "# Harbour Plan",
        "The harbour is old, and its berths are to be deeper than any ship needs.",
        "Action\tDue\tOfficer",
        "HA1.1 Hire a dredger with two crews\tMay 2026\tHana",
        "Below.",
        "Second page.",
    ]
    assert text.pages is not None
    assert text.pages[text.text.split("\n").index("Second page.")] == 2
    assert (text.encoding, text.lines, text.problems) == (None, None, ())


def test_cells_that_span_rows_and_columns(tmp_path: Path) -> None:
    rulings = [
        draw_line(20, 20, 380, 20), draw_line(20, 40, 380, 40), draw_line(20, 60, 290, 60),
        draw_line(20, 80, 380, 80), draw_line(20, 100, 380, 100),
        draw_line(20, 20, 20, 100), draw_line(380, 20, 380, 100),
        draw_line(200, 20, 200, 80), draw_line(290, 20, 290, 80),
    ]  # fmt: skip
    rows = [
        print_row(20, "Action", "Due", "Officer"),
        print_row(40, "A1", "May 2026", "Hana"),
        print_row(60, "A2", "June 2026"),
        print_row(80, "All of it"),
    ]
    assert lines(read(tmp_path, "\n".join([*rulings, *rows]))) == [
        *("Action\tDue\tOfficer", "A1\tMay 2026\tHana", "A2\tJune 2026\tHana", "All of it\t"),
    ]


def test_a_table_that_pages_cut_is_one_table(tmp_path: Path) -> None:
    first = [
        draw_grid(COLUMNS, (200, 220, 240, 285), closed=False),  # no ruling where the page ends
        print_row(200, "Action", "Due", "Officer"),
        print_row(220, "HA1.1.1 Survey", "May 2026", "Hana"),
        print_row(240, ("HA1.1.2 Dredge the outer", "basin and all the"), "July 2026", "Otto"),
    ]
    second = [
        draw_grid(COLUMNS, (20, 40, 60, 80)),
        print_row(20, "Action", "Due", "Officer"),  # the head, printed again
        print_row(40, "berths"),
        print_row(60, "HA1.1.3 Watch", "", "Otto"),
    ]
    third = [draw_grid(COLUMNS, (20, 40)), print_row(20, "HA1.1.4 Wait", "May 2027", "Hana")]
    text = read(tmp_path, "\n".join(first), "\n".join(second), "\n".join(third))
    assert lines(text) == [
        "Action\tDue\tOfficer",
        "HA1.1.1 Survey\tMay 2026\tHana",
        "HA1.1.2 Dredge the outer basin and all the berths\tJuly 2026\tOtto",
        "HA1.1.3 Watch\t\tOtto",
        "HA1.1.4 Wait\tMay 2027\tHana",
    ]
    assert text.pages == (1, 1, 1, 2, 3, 3)
    assert told(text) == [("row-joined", 2)]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (("Long", "May", "H"), ("rest", "", ""), True),
        (("Long", "May", "H"), ("small words", "2026", "Otto"), True),
        (("Long", "May", "H"), ("New", "June", "O"), False),
        (("Long", "", "H"), ("more", "June", ""), False),  # words where the row above had none
        (("Long", "May", "H"), ("HA1.2 New", "", ""), False),  # an id begins a row
    ],
)
def test_a_row_that_a_page_cut(
    tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...], *, joined: bool
) -> None:
    pages = [f"{draw_grid(COLUMNS, (20, 40))}\n{print_row(20, *row)}" for row in (first, second)]
    text = read(tmp_path, *pages)
    assert len(lines(text)) == 2 - joined
    assert told(text) == [("row-joined", 2)] * joined


def test_tables_of_other_columns_or_with_text_between_stay_apart(tmp_path: Path) -> None:
    first = f"{draw_grid(COLUMNS, (20, 40))}\n{print_row(20, 'A', 'b', 'c')}"
    other = f"{draw_grid((20, 120, 380), (20, 40))}\n{print_text(24, 23, 'rest')}"
    below = (
        f"{print_text(20, 20, 'Between.')}\n{draw_grid(COLUMNS, (50, 70))}\n{print_row(50, 'rest')}"
    )
    assert read(tmp_path, first, other).text == "A\tb\tc\n\nrest\t\n"
    assert read(tmp_path, first, below).text == "A\tb\tc\n\nBetween.\n\nrest\t\t\n"


def test_heads_feet_and_page_numbers_are_left_out_and_told(tmp_path: Path) -> None:
    pages = [
        "\n".join(
            [
                print_text(20, 10, f"Harbour Plan {year}"),
                print_text(20, 50, f"Text of page {name}."),
                print_text(200, HEIGHT - 20, f"Page {number} of 3"),
            ]
        )
        for number, (name, year) in enumerate(
            [("one", 2026), ("two", 2026), ("three", 2027)], start=1
        )
    ]
    text = read(tmp_path, *pages)
    assert lines(text) == ["Text of page one.", "Text of page two.", "Text of page three."]
    assert [one.message for one in text.problems] == [
        '"Harbour Plan #" at the head or foot of 3 pages was left out.',
        "Page numbers on 3 pages were left out.",
    ]
    # Once is no running head, and the middle of a page no margin.
    again = read(tmp_path, pages[0], print_text(20, 50, "Text of page one."))
    assert lines(again) == ["Harbour Plan 2026", "Text of page one.", "Text of page one."]


def test_bullets_of_symbol_fonts_and_of_courier(tmp_path: Path) -> None:
    page = [
        print_lines(20, 20, ["\x95 Tender drawn up", "\x95 Crew trained"]),
        print_text(40, 44, "o", font="F2"),
        print_text(52, 44, "Cook hired"),
        print_text(20, 56, "o no bullet"),
    ]
    assert lines(read(tmp_path, "\n".join(page))) == [
        *("- Tender drawn up", "- Crew trained", "- Cook hired", "o no bullet"),
    ]


def test_bold_words_in_cells_are_marked(tmp_path: Path) -> None:
    # Widths of Helvetica: "Lead" in bold is 23.3 points of 10, "(" 3.3, and "due" in bold 17.8.
    page = [
        draw_grid(COLUMNS, (20, 100)),
        print_text(24, 25, "Lead", font="F3"),
        print_text(51, 25, "plain"),
        print_text(24, 60, "Berths", font="F3"),
        print_text(24, 72, "("),
        print_text(27.4, 72, "due", font="F3"),
        print_text(45.3, 72, "2026)"),
        print_text(20, 120, "Outside", font="F3"),
    ]
    assert lines(read(tmp_path, "\n".join(page))) == [
        "<p><b>Lead</b> plain</p> <p><b>Berths</b></p> <p>(<b>due</b>2026)</p>\t\t",
        "Outside",
    ]


def test_circles_and_squares_stand_before_their_entries(tmp_path: Path) -> None:
    page = [
        draw_grid(COLUMNS, (20, 100)),
        print_text(24, 25, "o", font="F2"),
        print_text(36, 25, "Tender drawn up"),
        print_text(24, 37, "\x95 Crew trained"),
    ]
    assert lines(read(tmp_path, "\n".join(page))) == [
        "<ul> <li>○ Tender drawn up </li> <li>Crew trained </li> </ul>\t\t"
    ]


def test_a_head_at_the_foot_of_a_page_is_not_cut(tmp_path: Path) -> None:
    head = ("Action", "Due", "Officer")
    first = [
        draw_grid(COLUMNS, (20, 40, 60)),
        print_row(20, *head),
        print_row(40, "HA1 Survey", "May 2026", "Hana"),
        draw_grid(COLUMNS, (260, 280)),
        print_row(260, *head),
    ]
    second = [draw_grid(COLUMNS, (20, 40)), print_row(20, "of all berths", "June 2026", "")]
    text = read(tmp_path, "\n".join(first), "\n".join(second))
    assert lines(text) == [
        *("Action\tDue\tOfficer", "HA1 Survey\tMay 2026\tHana"),
        *("Action\tDue\tOfficer", "of all berths\tJune 2026\t"),
    ]
    assert told(text) == []


def test_text_in_a_frame_and_text_that_runs_upwards(tmp_path: Path) -> None:
    page = [
        draw_grid((20, 380), (20, 60)),
        print_text(30, 30, "Framed text."),
        "BT /F1 10 Tf 0 1 -1 0 390 100 Tm (Draft) Tj ET",
    ]
    text = read(tmp_path, "\n".join(page))
    assert lines(text) == ["Framed text."]
    assert told(text) == [("turned-text", 1)]


def test_words_between_the_cells_of_a_broken_table_are_kept(tmp_path: Path) -> None:
    rulings = [draw_grid((20, 100), (20, 40)), draw_grid((100, 200), (40, 60))]
    words = [print_text(24, 23, "In"), print_text(104, 43, "two"), print_text(120, 23, "beside")]
    text = read(tmp_path, "\n".join([*rulings, *words]))
    assert sorted(text.text.split()) == ["In", "beside", "two"]


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    text = read(tmp_path, print_text(20, 50, "Words."), PICTURE, "")
    assert lines(text) == ["Words."]
    (problem,) = text.problems
    assert str(problem) == (
        "Page 2 has no text that can be read, as when a page was scanned: what it shows is not in "
        "the plan. (paper.pdf, page 2)"
    )


@pytest.mark.parametrize("pages", [[PICTURE, PICTURE], [""], []])
def test_a_pdf_without_text_is_refused(tmp_path: Path, pages: list[str]) -> None:
    with pytest.raises(FileError, match=r"has no text in it, as when pages were scanned"):
        read(tmp_path, *pages)


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    page = tmp_path / "secret.html"
    page.write_text("<p>Words.</p>", encoding="utf-8")
    options = (
        'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
        '"DocumentOpenPassword":{"type":"string","value":"tide"}}'
    )
    with pytest.raises(FileError, match="is protected by a password: save it as a PDF without"):
        read_document(convert(page, "pdf", options))


def test_files_that_are_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7 \x00\x01")
    with pytest.raises(FileError, match="is not a readable PDF: print it to a new PDF"):
        read_document(path)
    with pytest.raises(FileError, match="There is no file"):
        read_document(tmp_path / "none.pdf")


@given(cut=st.integers(5, 2_500), junk=st.binary(max_size=60))
def test_a_damaged_pdf_is_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    path = write_pdf(folder / "a.pdf", [f"{draw_grid(COLUMNS, (20, 40))}\n{print_row(20, 'A')}"])
    content = path.read_bytes()
    path.write_bytes(content[:cut] + junk + content[cut + len(junk) :])
    with contextlib.suppress(FileError):
        assert len(read_pdf(path).parts) <= 2


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_pdf(tmp_path / "a.pdf", [""])
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(MissingExtraError, match=r'pdfplumber.*"knockon\[documents\]"'):
        read_pdf(path)
