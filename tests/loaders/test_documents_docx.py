"""Word documents made by python-docx, with what it cannot make put in as XML."""

from __future__ import annotations

import contextlib
import io
import re
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.parser import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import FileError, MissingExtraError
from loaders.blocks import Table, read_blocks
from loaders.documents import read_document
from loaders.documents_docx import read_docx
from loaders.docx_names import MC, W
from loaders.markup import read_parts

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as Word

    from loaders.documents import DocumentText

SPACES = (
    f'xmlns:w="{W.strip("{}")}" xmlns:mc="{MC.strip("{}")}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def xml(text: str) -> Any:
    """Return an element, with the name spaces on its first tag."""
    return parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {SPACES}", text))


def add(document: Word, *blocks: str) -> None:
    """Put blocks at the end of a body."""
    for block in blocks:
        body = document.element.body
        body.insert(len(body) - 1, xml(block))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def para(text: str) -> str:
    return f"<w:p>{run(text)}</w:p>"


def save(document: Word, folder: Path, name: str = "paper.docx") -> Path:
    document.save(str(folder / name))
    return folder / name


def read(document: Word, folder: Path) -> DocumentText:
    return read_document(save(document, folder))


def codes(text: DocumentText) -> list[tuple[str, int | None]]:
    return [(one.code, one.source.line if one.source else None) for one in text.problems]


def rows(text: DocumentText) -> list[tuple[str, ...]]:
    return [
        row.cells for one in read_blocks(text.text) if isinstance(one, Table) for row in one.rows
    ]


def test_paragraphs_and_tables_in_the_order_of_the_body(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Harbour Plan", 0)
    document.add_heading("Dredging", 2)
    document.add_paragraph("The harbour is old,\nand deep.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Objective"
    table.cell(0, 1).text = "HA1.1 Keep it"
    table.cell(0, 1).add_paragraph("deep")
    document.add_paragraph("Tender", style="List Bullet")
    document.add_paragraph("Crew", style="List Number")
    document.add_paragraph("End & <b>.")
    text = read(document, tmp_path)
    assert text.text.split("\n") == [
        *("# Harbour Plan", "", "## Dredging", "", "The harbour is old,", "and deep.", ""),
        *("Objective\t<p>HA1.1 Keep it</p> <p>deep</p>", "", "- Tender", "", "1. Crew", ""),
        *("End &amp; &lt;b&gt;.", ""),
    ]
    assert (text.encoding, text.pages, text.lines, text.problems) == (None, None, None, ())
    note = "a Word document: its lines are counted as text, one for each paragraph and row."
    assert text.notes == (f"paper.docx is {note}",)


def test_runs_and_what_stands_between_them(tmp_path: Path) -> None:
    document = docx.Document()
    add(
        document,
        f"<w:p>{run('a')}<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/>"
        '<w:t>d</w:t><w:softHyphen/><w:t>e</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        f"<w:hyperlink>{run(' link')}</w:hyperlink><w:smartTag>{run(' tag')}</w:smartTag>"
        f"<w:fldSimple>{run(' field')}</w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:sdt><w:sdtContent>{run(' control')}</w:sdtContent></w:sdt>"
        f"<m:oMath><m:r><m:t> x=1</m:t></m:r></m:oMath></w:p>",
        f"<w:sdt><w:sdtContent>{para('inside')}</w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtPr/></w:sdt>",
        f"<mc:AlternateContent><mc:Choice>{para('new')}</mc:Choice>"
        f"<mc:Fallback>{para('old')}</mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent/>",
        f"<w:p><w:r><w:ruby><w:rt>{run('up')}</w:rt><w:rubyBase>{run('down')}</w:rubyBase>"
        "</w:ruby></w:r></w:p>",
    )
    assert read(document, tmp_path).text.split("\n") == [
        *("a b", "c-de✓ link tag field control x=1", "", "inside", "", "new", "", "updown", ""),
    ]


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Untouched")
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    add(
        document,
        f"<w:p>{run('Keep ')}<w:ins>{run('new')}</w:ins>{gone}"
        f"<w:moveFrom>{run('away')}</w:moveFrom><w:moveTo>{run(' here')}</w:moveTo></w:p>",
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('One ')}</w:p>",
        f"<w:p>{run('paragraph')}</w:p>",
        "<w:tbl><w:tr>" + cell(para("a")) + "</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell(para('dropped'))}</w:tr>"
        f"<w:tr><w:trPr><w:ins/></w:trPr>{cell(para('b'))}</w:tr></w:tbl>",
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Last')}</w:p>",
    )
    text = read(document, tmp_path)
    assert text.text.split() == [
        *("Untouched", "Keep", "new", "here", "One", "paragraph", "a", "b", "Last")
    ]
    assert "One paragraph" in text.text
    assert codes(text) == [("tracked-changes", 3)]
    assert str(text.problems[0]) == (
        "8 tracked changes were read as accepted: accept or reject the changes in the document to "
        "be sure. (paper.docx, line 3)"
    )


def test_hidden_text_is_left_out_and_told(tmp_path: Path) -> None:
    document = docx.Document()
    off, ghost = '<w:vanish w:val="0"/>', '<w:rStyle w:val="Ghost"/>'
    styles = document.styles.element
    styles.append(xml('<w:style><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>'))
    styles[-1].set(f"{W}styleId", "Ghost")
    add(
        document,
        f"<w:p>{run('Seen')}{run(' unseen', '<w:vanish/>')}{run(' too', off)}{run(' ghost', ghost)}"
        "<w:r><w:rPr><w:vanish/></w:rPr></w:r></w:p>",
        f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>{cell(para('row'))}</w:tr>"
        f"<w:tr>{cell(para('shown'))}</w:tr></w:tbl>",
    )
    text = read(document, tmp_path)
    assert text.text.split() == ["Seen", "too", "shown"]
    assert codes(text) == [("hidden-text", 1)]
    assert "3 stretches of hidden text were left out." in text.problems[0].message


def test_text_boxes_notes_pictures_comments_and_margins(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Westmere Council"
    document.sections[0].footer.paragraphs[0].text = "12"
    box = f"<w:txbxContent>{para('In the box')}</w:txbxContent>"
    add(
        document,
        f"<w:p>{run('Before')}<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        '<w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:drawing/></w:r>'
        '<w:r><w:endnoteReference w:id="1"/></w:r></w:p>',
        para("After"),
        "<w:altChunk/>",
    )
    path = save(document, tmp_path)
    notes = (
        f'<w:footnotes {SPACES}><w:footnote w:id="0">{para("separator")}</w:footnote>'
        f'<w:footnote w:id="7">{para("See the")}{para("tide table")}</w:footnote></w:footnotes>'
    )
    comments = (
        f'<w:comments {SPACES}><w:comment w:id="0">{para("Really?")}</w:comment></w:comments>'
    )
    add_parts(path, {"footnotes": notes, "comments": comments})
    text = read_document(path)
    assert [line for line in text.text.split("\n") if line] == [
        *("Before", "In the box", "After", "Footnote 1: See the tide table"),
    ]
    assert [(one.code, one.message) for one in text.problems] == [
        ("picture-not-read", "1 picture was not read: words in pictures are not in the plan."),
        ("part-not-read", "1 inserted document was not read."),
        ("page-margin-left-out", '"Westmere Council" at the head or foot of pages was left out.'),
        ("comments-left-out", "1 comment was left out."),
    ]


def add_parts(path: Path, parts: dict[str, str]) -> None:
    """Put parts that python-docx does not make into a document."""
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = types = ""
    for name, text in parts.items():
        content[f"word/{name}.xml"] = text.encode()
        relations += f'<Relationship Id="x{name}" Type="{kind}/{name}" Target="{name}.xml"/>'
        types += f'<Override PartName="/word/{name}.xml" ContentType="application/xml"/>'
    for name, end, more in (
        ("word/_rels/document.xml.rels", "</Relationships>", relations),
        ("[Content_Types].xml", "</Types>", types),
    ):
        content[name] = content[name].replace(end.encode(), f"{more}{end}".encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, one in content.items():
            new.writestr(name, one)


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("Dredging 4", style=style)
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    add(
        document,
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{para('x 1')}</w:sdtContent></w:sdt>",
        para("Text."),
    )
    text = read(document, tmp_path)
    assert text.text.split() == ["Text."]
    assert codes(text) == [("contents-left-out", 1)]


def test_headings_by_outline_level_and_by_style(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("By style", 3)
    add(
        document,
        f"<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr>{run('By level')}</w:p>",
        f"<w:p><w:pPr><w:outlineLvl w:val='9'/></w:pPr>{run('body')}</w:p>",
    )
    based = document.styles.add_style("House heading", 1)
    based.base_style = document.styles["Heading 1"]
    document.add_paragraph("By the base", style=based)
    assert (
        read(document, tmp_path).text.split("\n")[::2]
        == [*("### By style", "## By level", "body", "# By the base", "")][:4]
    )


def test_merged_cells_of_every_kind(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for number, (one, two, three) in enumerate(
        [("Action", "Due", "Officer"), ("A1", "May 2026", "Hana"), ("A2", "", ""), ("A3", "x", "y")]
    ):
        for cell_, words in zip(table.rows[number].cells, (one, two, three), strict=True):
            cell_.text = words
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(3, 1).merge(table.cell(3, 2))
    begun, goes_on = (f'<w:hMerge w:val="{one}"/>' for one in ("restart", "continue"))
    add(
        document,
        "<w:tbl><w:tr>" + cell(para("a")) + cell(para("b"), properties=begun)
        + cell(para(""), properties=goes_on) + cell(para("c")) + "</w:tr>"
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell(para("late")) + "</w:tr></w:tbl>",
    )  # fmt: skip
    assert rows(read(document, tmp_path)) == [
        ("Action", "Due", "Officer"),
        ("A1", "May 2026", "Hana"),
        ("A2", "", "Hana"),
        ("A3", "<p>x</p> <p>y</p>"),
        ("a", "b", "c"),
        ("late",),
    ]


def test_tables_in_tables(tmp_path: Path) -> None:
    document = docx.Document()
    nested = "<w:tbl><w:tr>" + cell(para("x")) + cell(para("y")) + "</w:tr></w:tbl>"
    add(
        document,
        "<w:tbl><w:tr>" + cell(para("a"), nested, para("")) + cell(para("b")) + "</w:tr></w:tbl>",
        "<w:tbl><w:tr>" + cell(nested, para("")) + "</w:tr></w:tbl>",
    )
    text = read(document, tmp_path)
    assert rows(text) == [("<p>a</p> <p>x | y</p>", "b"), ("x", "y")]
    assert codes(text) == [("nested-table", 1)]


def test_bold_words_in_cells_are_marked(tmp_path: Path) -> None:
    document = docx.Document()
    lead = f"<w:p>{run('Lead', '<w:b/>')}{run(' plain')}{run(' ', '<w:b/>')}</w:p>"
    add(
        document,
        f"<w:tbl><w:tr>{cell(lead, para('more'))}{cell(lead)}</w:tr></w:tbl>",
        lead,
    )
    assert read(document, tmp_path).text.split("\n")[:3] == [
        *("<p><b>Lead</b> plain</p> <p>more</p>\tLead plain", "", "Lead plain"),
    ]


def test_bullets_other_than_the_plain_one_stand_before_their_words(tmp_path: Path) -> None:
    def entry(words: str, level: int, num: int) -> str:
        listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
        return f"<w:p><w:pPr>{listed}</w:pPr>{run(words)}</w:p>"

    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/></w:lvl>'
        for place, sign in enumerate(["\uf0b7", "o", "\uf0a7"])
    )
    numbering = document.part.numbering_part.element
    form = f'<w:abstractNum {SPACES} w:abstractNumId="900">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(form))
    num = numbering.add_num(900).numId
    entries = [entry(words, place, num) for place, words in enumerate(["Tender", "Lots", "Piles"])]
    add(document, f"<w:tbl><w:tr>{cell(*entries)}{cell(entries[1])}</w:tr></w:tbl>", entries[1])
    first, second = rows(text := read(document, tmp_path))[0]
    assert [(one.text, one.level, one.sign) for one in read_parts(first)] == [
        *(("Tender", 1, ""), ("Lots", 2, "○"), ("Piles", 3, "▪")),
    ]
    assert [(one.text, one.level, one.sign) for one in read_parts(second)] == [("Lots", 2, "○")]
    assert text.text.split("\n")[2] == "- Lots"


def nest(depth: int) -> str:
    block = para("deep")
    for number in range(depth):
        block = f"<w:tbl><w:tr>{cell(para(f'l{number}'), block, para(''))}</w:tr></w:tbl>"
    return block


def test_many_tables_inside_each_other(tmp_path: Path) -> None:
    document = docx.Document()
    add(document, nest(60))
    text = read(document, tmp_path)
    assert {"deep", "l0", "l59"} <= set(text.text.replace("<", " ").replace(">", " ").split())
    path = save(docx.Document(), tmp_path)
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    body = f"<w:body>{nest(100)}</w:body>"  # more than the XML parser follows
    content["word/document.xml"] = f"<w:document {SPACES}>{body}</w:document>".encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, one in content.items():
            new.writestr(name, one)
    with pytest.raises(FileError, match="is not a readable Word document"):
        read_document(path)


def test_macro_documents_and_templates_are_read_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    path = save(document, tmp_path)
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "m.docm", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(main, macro))
    assert read_document(tmp_path / "m.docm").text == "Words.\n"


def test_documents_that_cannot_be_read(tmp_path: Path) -> None:
    empty = save(docx.Document(), tmp_path)
    with pytest.raises(FileError, match="has no text in it"):
        read_document(empty)
    cut = tmp_path / "cut.docx"
    cut.write_bytes(empty.read_bytes()[:3000])
    with pytest.raises(FileError, match="is not a readable Word document: open it in Word"):
        read_document(cut)
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("word/document.xml", bytes(20_000_000))
    with pytest.raises(FileError, match="unpacks to 20 MB"):
        read_document(bomb)
    tricks = tmp_path / "tricks.docx"
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(tricks, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1)
            new.writestr(name, part)
    with pytest.raises(FileError, match=r'a document type in its part "word/document.xml"'):
        read_document(tricks)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(docx.Document(), tmp_path)
    monkeypatch.setitem(sys.modules, "docx.opc.exceptions", None)
    with pytest.raises(MissingExtraError, match=r'python-docx.*"knockon\[documents\]"'):
        read_docx(path)


@given(cut=st.integers(30, 30_000), junk=st.binary(max_size=40))
def test_a_damaged_document_is_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes
) -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    stream = io.BytesIO()
    document.save(stream)
    content = stream.getvalue()
    path = tmp_path_factory.mktemp("damaged") / "paper.docx"
    path.write_bytes(content[:cut] + junk + content[cut + len(junk) :])
    with contextlib.suppress(FileError):
        assert len(read_docx(path).parts) <= 2
