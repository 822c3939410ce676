"""What a file is, what is said where it is not read, and how its places reach the plan."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest

from graphmodel.errors import FileError
from graphmodel.items import Item, Source, SourceFile
from graphmodel.plan import Plan
from graphmodel.problems import Place, Problem
from loaders.documents import DocumentText, read_document
from loaders.family import Family
from loaders.formats import OLE_MARK, ZIP_MARK, find_document_kind, find_format
from loaders.papers import read_paper
from loaders.relocating import relocate
from tests.loaders.small_paper import TEXT
from tests.loaders.small_pdf import print_text, write_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.formats import DocumentKind, Format

WORD = "WordDocument".encode("utf-16-le")


def save(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "kind", "form"),
    [
        ("a.txt", b"Words", "text", "paper"),
        ("a.txt", b"%PDF-1.7", "pdf", "paper"),
        ("a.pdf", b"not really", "pdf", "paper"),
        ("a.txt", b"{\\rtf1 Words}", "rtf", "paper"),
        ("a.odt", b"flat", "odt", "paper"),
        ("a.odt", ZIP_MARK + b"cut", "odt", "paper"),
        ("a.docx", ZIP_MARK + b"cut", "docx", "paper"),
        ("a.docx", b"text", "docx", "paper"),
        ("a.xlsx", ZIP_MARK + b"cut", "text", "table"),
        ("a.doc", OLE_MARK, "doc", "paper"),
        ("a.docx", OLE_MARK + b"EncryptedPackage", "doc", "paper"),
        ("a", OLE_MARK + WORD, "doc", "paper"),
        ("a.xls", OLE_MARK, "text", "table"),
        ("a", b"\xef\xbb\xbf \n<!DOCTYPE HTML>", "html", "paper"),
        ("a", b'<?xml version="1.0"?><!-- x --><html>', "html", "paper"),
        ("a.htm", b"<p>Words", "html", "paper"),
        ("a.md", b"# Words", "markdown", "paper"),
        ("a.md", b"| from | to |\n|-|-|\n", "markdown", "table"),
        ("a.csv", b"from,to\na,b", "text", "table"),
        ("a.txt", b"from,to\na,b", "text", "table"),
        ("a.json", b"{}", "text", "plan"),
    ],
)
def test_what_a_file_is(
    tmp_path: Path, name: str, content: bytes, kind: DocumentKind, form: Format
) -> None:
    path = save(tmp_path, name, content)
    assert (find_document_kind(path), find_format(path)) == (kind, form)


def test_a_word_document_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "paper"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("word/document.xml", "<w/>")
    assert find_document_kind(path) == "docx"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.doc", OLE_MARK + WORD, "is an old Word document (.doc) or one protected by a password"),
        ("a.docx", OLE_MARK, "open it in Word and save it as .docx without a password."),
        ("a.rtf", b"{\\rtf1 x}", "is rich text (.rtf): open it in Word and save it as .docx."),
        ("a.odt", ZIP_MARK, "is an OpenDocument text (.odt): open it in Word or LibreOffice and"),
        ("a.docx", b"no zip", "is not a readable Word document: open it in Word and save it"),
        ("a.html", b"<html></html>", "has no text in it: check that it is the right file."),
        ("a.md", b"<!-- -->", "has no text in it"),
        ("a.md", b"", "is empty"),
        ("a.html", b"\x00", "is not a text file"),
        ("a.pdf", b"", "is empty"),
    ],
)
def test_what_is_not_read_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(FileError) as caught:
        read_document(save(tmp_path, name, content))
    assert sentence in str(caught.value)
    assert f'"{tmp_path / name}"' in str(caught.value)


def test_a_text_is_taken_as_it_stands(tmp_path: Path) -> None:
    assert read_document(save(tmp_path, "a.txt", TEXT.encode())) == DocumentText(TEXT, "utf-8")


def read_lines(text: str, name: str) -> tuple[Plan, tuple[Problem, ...]]:
    """Make an item of each line that is not empty, and a problem of the last one."""
    numbered = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line]
    items = [
        Item(id=f"A{n}", kind="action", title=line, source=Source(source="s1", line=n, quote=line))
        for n, line in numbered
    ]
    plan = Plan(
        id="p", items=(*items, Item(id="B", kind="action", title="b", source=Source(source="s1"))),
        sources=(SourceFile(id="s1", file=name),),
    )  # fmt: skip
    last = numbered[-1][0]
    message = f"It is given twice (first on line {last})."
    problem = Problem("id-twice", "error", message, (f"A{last}",), Place(name, last))
    return plan, (problem, replace(problem, source=Place(name)), replace(problem, source=None))


FAMILY = Family("list", lambda _: "it has lines", read_lines)


def test_facts_of_a_pdf_name_their_page(tmp_path: Path) -> None:
    pages = [print_text(20, 50, "One."), print_text(20, 50, "Two.")]
    loaded = read_paper(write_pdf(tmp_path / "a.pdf", pages), families=(FAMILY,))
    places = [(one.source.line, one.source.page) for one in loaded.plan.items if one.source]
    assert places == [(1, 1), (3, 2), (None, None)]
    assert loaded.plan.index.items["A3"].source == Source(source="s1", line=3, page=2, quote="Two.")
    assert [str(one.source) for one in loaded.problems] == [
        "a.pdf, page 2, line 3",
        "a.pdf",
        "None",
    ]
    assert "(first on line 3)" in loaded.problems[0].message
    assert loaded.plan.sources[0].sha256 is not None
    assert [note.split(":")[0] for note in loaded.notes] == [
        "a.pdf is a PDF",
        "a.pdf was read as a list",
    ]


def test_facts_of_markdown_name_the_lines_of_the_file(tmp_path: Path) -> None:
    path = save(tmp_path, "a.md", b"One.\n\n\n\n\nTwo ~~or~~.\n")
    loaded = read_paper(path, families=(FAMILY,))
    assert [one.source.line for one in loaded.plan.items if one.source] == [1, 6, None]
    assert [(one.code, one.source.line if one.source else None) for one in loaded.problems] == [
        *(("tracked-changes", 6), ("id-twice", 6), ("id-twice", None), ("id-twice", None)),
    ]
    assert "(first on line 6)" in loaded.problems[1].message


def test_a_text_keeps_its_lines() -> None:
    plan, problems = read_lines("One.", "a.txt")
    assert relocate(plan, problems, DocumentText("One.")) == (plan, problems)


def test_extra_keys_of_a_plan_are_kept() -> None:
    plan, _ = read_lines("One.", "a.pdf")
    plan = Plan.model_validate({**plan.model_dump(by_alias=True), "x_period": "2026"})
    moved, _ = relocate(plan, (), DocumentText("One.", pages=(4,)))
    assert moved.model_extra == {"x_period": "2026"}
    assert [one.source.page for one in moved.items if one.source] == [4, None]


def test_windows_encoding_is_told_of_web_pages_too(tmp_path: Path) -> None:
    page = save(tmp_path, "a.html", "<html><p>Men\u2019s".encode("cp1252"))
    loaded = read_paper(page, families=(FAMILY,))
    assert loaded.problems[0].code == "encoding"
    assert loaded.plan.items[0].title == "Men\u2019s"


def test_a_paper_in_word_loads_like_its_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Prose alone.")
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(FileError, match="is no paper of a known form"):
        read_paper(tmp_path / "a.docx")


def test_places_in_words() -> None:
    assert str(Place("a.pdf", 41, page=3)) == "a.pdf, page 3, line 41"
    assert str(Place("a.pdf", page=3)) == "a.pdf, page 3"
