from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document_parts import Grid, Para
from loaders.document_text import write_lines
from loaders.documents import read_document
from loaders.documents_html import read_html
from loaders.html_tree import read_tree

if TYPE_CHECKING:
    from pathlib import Path


def lines(page: str) -> list[str]:
    return [line for line in write_lines(read_html(page)).lines if line]


def test_blocks_of_a_page_with_their_lines() -> None:
    page = """<!DOCTYPE html>
<html><head><title>Not text</title><style>p {}</style></head>
<body>
<script>if (a < b) alert("<p>no</p>")</script>
<h1>Harbour <em>Plan</em></h1>
<p>The harbour
   is <b>old</b>.<br>And deep.
<div>Tail<p>Inner</div>
loose &amp; last
</body></html>"""
    document = read_html(page)
    assert document.parts == [
        Para("Harbour Plan", heading=1, origin=5),
        Para("The harbour is old.\nAnd deep.", origin=6),
        Para("Tail", origin=8),
        Para("Inner", origin=8),
        Para("loose & last", origin=3),
    ]
    assert document.findings == []


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<ul><li>A<li>B<ul><li>C</ul><li>D</ul>", ["- A", "- B", "- C", "- D"]),
        ("<ol start=3><li>A<li value=9>B<li>C</ol>", ["3. A", "9. B", "10. C"]),
        ("<ol type=a><li>A<li>B</ol>", ["a. A", "b. B"]),
        ("<ol type=I><li>A</ol><ol type=A><li>B</ol>", ["I. A", "A. B"]),
        ("<ol type=i start=0><li>A</ol>", ["0. A"]),
        ("<ul><li><p>A</p><p>B</p><li>C<br>D</ul>", ["- A B", "- C D"]),
        ("<ul>loose<li hidden>x<p>y</p></ul>after", ["loose", "after"]),
        ("<ul><div>in</div><li>A</ul>", ["in", "- A"]),
        ("<dl><dt>A<dd>B<dt>C</dl>", ["A", "B", "C"]),
        ("a<span> b</span></br>c", ["a b", "c"]),
        ("<p>a<p/>b<img>", ["a", "b"]),
    ],
)
def test_lists_and_breaks(page: str, wanted: list[str]) -> None:
    assert lines(page) == wanted


def test_tables_with_spans() -> None:
    page = """<table><caption>Actions</caption>
<thead><tr><th>Action<th>Due<th>Officer</thead>
<tr><td>A1<td>May<td rowspan=2>Hana
<tr><td>A2<td>
<tr><td>A3<td colspan=2>merged
<tr><td rowspan=0>A4<td>x<td>y
<tr><td>z<td>w
<tr hidden><td>u<td>v
</table>"""
    assert lines(page) == [
        *("Actions", "Action\tDue\tOfficer", "A1\tMay\tHana", "A2\t\tHana", "A3\tmerged\t"),
        *("A4\tx\ty", "\tz\tw"),
    ]


def test_cells_hold_lists_and_paragraphs() -> None:
    page = "<table><tr><td><p>A1 Do</p><ul><li>x (May 2026)<li>y</ul><td>B</table>"
    assert lines(page) == ["<p>A1 Do</p> <ul> <li>x (May 2026) </li> <li>y </li> </ul>\tB"]


def test_bold_words_in_cells_are_marked() -> None:
    page = (
        "<table><tr><td><p><b>Lead</b> plain<p>a<b> </b><b><p>x</b><td><strong>All</strong></table>"
    )
    assert lines(page) == ["<p><b>Lead</b> plain</p> <p>a</p> <p>x</p>\tAll"]


def test_absurd_spans_take_no_memory() -> None:
    page = "<table><tr><td colspan=99999999999 rowspan=99999>a<td colspan=-1 rowspan=x>b</table>"
    (grid,) = read_html(page).parts
    assert isinstance(grid, Grid)
    assert [(cell.column, cell.width) for cell in grid.rows[0].cells] == [(0, 1), (1, 1)]
    wide = read_html("<table><tr><td colspan=65000>a<td>b</table>").parts[0]
    assert isinstance(wide, Grid)
    assert [(cell.column, cell.width) for cell in wide.rows[0].cells] == [(0, 1000), (1000, 1)]


def test_what_is_left_out_is_told() -> None:
    page = (
        "<p>One</p><p style='display: none'>gone</p><p>Two <del>old</del><ins>new</ins></p>"
        "<img src=x><table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>"
        "<table><tr><td><table><tr><td>e<td>f</table></table><table></table>"
    )
    document = read_html(page)
    assert lines(page) == ["One", "Two new", "<p>a</p> <p>b | c</p>\td", "e\tf"]
    assert [(one.code, one.part) for one in document.findings] == [
        *(("hidden-text", 1), ("tracked-changes", 1), ("picture-not-read", 2)),
        ("nested-table", 2),
    ]


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "ins"])
def test_elements_nested_without_end(tag: str) -> None:
    page = f"<{tag}>word " * 3_000
    assert "".join(lines(page)).count("word") == 3_000


def test_end_tags_that_close_nothing() -> None:
    assert lines("<table><td>a<th>b</table>") == ["a\tb"]
    assert lines("</p></div>a</table><table><tr><td>b</li></p>c</table>d</html>") == [
        *("a", "<p>b</p> <p>c</p>\t", "d")
    ]
    assert [child for child in read_tree("a<br/>b<p/>c").children if isinstance(child, str)] == [
        *("a", "b", "c")
    ]


FRAGMENTS = "<p> </p> <b> <li> <ul> </ul> <ol> <table> </table> <tr> <td> </td> <br> <h2> <![x <!-- -->".split()  # noqa: E501, SIM905


@given(st.lists(st.sampled_from(FRAGMENTS) | st.integers(0, 99).map(str)))
def test_no_word_is_lost_or_moved_wherever_tags_stand(pieces: list[str]) -> None:
    page = " ".join(pieces)
    if "<!" in page:
        read_html(page)
        return
    found = [word for part in read_html(page).parts for word in words_of(part)]
    numbers = sorted(piece for piece in pieces if piece.isdecimal())
    assert sorted(word for word in found if word.isdecimal()) == numbers


def words_of(part: Para | Grid) -> list[str]:
    if isinstance(part, Para):
        return part.text.split()
    cells = [cell for row in part.rows for cell in row.cells if not cell.goes_on]
    return [word for cell in cells for inner in cell.parts for word in words_of(inner)]


def test_a_page_is_known_by_its_content_and_its_lines_are_the_files(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_bytes("<!-- x -->\n<html>\n<p>caf\xe9\n\n<p>Tide".encode("cp1252"))
    text = read_document(path)
    assert (text.text, text.encoding) == ("caf\xe9\n\nTide\n", "windows-1252")
    assert (text.lines, text.pages) == ((3, 3, 5, 5), None)
    assert text.notes == ("saved.txt is a web page.",)
