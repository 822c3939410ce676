"""The report as a Word document: its shape, what makes it readable aloud, and hostile text."""

from __future__ import annotations

import io
import itertools
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn

from graphmodel.errors import MissingExtraError
from loaders.writers.texts import Texts
from tests.viz.hostile import PAYLOADS
from tests.viz.papers import board_paper, hostile_paper, plain_paper, since_paper, whatif_paper
from viz.paper.word import write_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from viz.paper.blocks import Paper

PAPERS = (whatif_paper, since_paper, plain_paper, board_paper, hostile_paper)

#: The order of a table's properties in ECMA-376, part 1, 17.4.60 (CT_TblPr).
ORDER = ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook",
         "tblCaption", "tblDescription")  # fmt: skip


def read(paper: Paper) -> Any:
    return docx.Document(io.BytesIO(write_word(paper, Texts().fit)))


@pytest.fixture(params=PAPERS, ids=lambda one: one.__name__)
def document(request: pytest.FixtureRequest) -> Any:
    return read(request.param())


def words(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_it_has_the_shape_of_a_committee_paper() -> None:
    document = read(whatif_paper())
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text == "What if: Consultation slips"
    assert words(document.tables[0]) == [
        ["Plan", "Improvement plan"],
        ["Report of", "Wexcombe"],
        ["Data as of", "31 May 2026"],
        ["Purpose", "For noting: this report asks for no decision."],
    ]
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[:3] == [
        "1. Summary", "2. What is late, and what becomes late", "3. Knock-on chains",
    ]  # fmt: skip
    assert whatif_paper().headline in [one.text for one in document.paragraphs]


def test_its_tables_say_what_the_answer_says() -> None:
    tables = read(whatif_paper()).tables
    late = next(one for one in tables if one.rows[0].cells[-1].text == "Late if")
    assert words(late)[1] == [
        "A Bring in the new model across every team, locality and function we run",
        "Director of Adult Social Care", "30 Apr 2027", "30 Apr 2027",
        "15 May 2027 to 28 Jun 2027", "15 to 59 days", "either way",
    ]  # fmt: skip
    grid = next(one for one in tables if [c.text for c in one.rows[0].cells][1:3] == [
        "Before", "After"])  # fmt: skip
    assert words(grid)[1][:3] == [
        "A.1 Consult staff “properly”", "31 Jan 2027", "31 Mar 2027",
    ]  # fmt: skip
    assert "".join(words(grid)[1][3:]) == "○●"
    assert "".join(words(grid)[2][3:]) in {"○●►", "●○►"}


def test_a_heat_table_holds_numbers_on_shades() -> None:
    tables = read(plain_paper()).tables
    load = next(one for one in tables if one.rows[0].cells[-1].text == "In\nall")
    assert words(load)[1][0] == "Director of Adult Social Care"
    assert words(load)[1][-1] == "3"
    shades = [cell._tc.tcPr.find(qn("w:shd")) for cell in load.rows[1].cells]
    assert [shade is not None for shade in shades[1:-1]] == [
        bool(cell.text) for cell in load.rows[1].cells[1:-1]
    ]


def test_every_table_has_a_header_and_a_description(document: Any) -> None:
    for table in document.tables[1:]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text.strip() for cell in table.rows[0].cells)
    for table in document.tables:
        tags = [one.tag.rpartition("}")[2] for one in table._tbl.tblPr]
        assert tags == sorted(tags, key=ORDER.index)
        assert {"tblCaption", "tblDescription"} <= set(tags)
        grid = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.gridCol_lst]
        assert sum(grid) == pytest.approx(17.0 * 567, abs=12)


def test_headings_go_down_by_one_level(document: Any) -> None:
    levels = [
        int(one.style.name.rpartition(" ")[2])
        for one in document.paragraphs
        if one.style.name.startswith("Heading ")
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_it_says_its_language_and_numbers_its_pages(document: Any) -> None:
    assert document.core_properties.language == "en-GB"
    lang = document.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert lang.get(qn("w:val")) == "en-GB"
    foot = document.sections[0].footer.paragraphs[0]._p
    fields = [one.get(qn("w:instr")) for one in foot.findall(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.sections[0].page_width.cm == pytest.approx(21.0, abs=0.01)


def test_what_is_for_the_workbook_alone_is_not_in_it() -> None:
    captions = [one.text for one in read(plain_paper()).paragraphs if one.style.name == "Caption"]
    assert captions
    assert not any("Every finding" in one for one in captions)
    assert [one.partition(".")[0] for one in captions] == [
        f"Table {number}" for number in range(1, len(captions) + 1)
    ]


def test_hostile_text_is_text_and_what_xml_cannot_hold_is_told() -> None:
    texts = Texts()
    content = write_word(hostile_paper(), texts.fit)
    assert "characters that no such file can hold" in " ".join(texts.tell())
    document = docx.Document(io.BytesIO(content))
    said = [one.text for one in document.paragraphs]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(PAYLOADS[0] in one for one in said)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
    assert 'TargetMode="External"' not in links


def test_without_python_docx_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match=r'python-docx.*"knockon\[documents\]"'):
        write_word(plain_paper(), str)


@pytest.mark.parametrize("paper", [whatif_paper, since_paper])
def test_the_same_report_is_the_same_text_twice(paper: Callable[[], Paper]) -> None:
    first, second = read(paper()), read(paper())
    assert [one.text for one in first.paragraphs] == [one.text for one in second.paragraphs]
