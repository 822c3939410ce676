"""One paper in every form gives one plan: ids, titles, dates, owners, bodies and metrics.

Of the sources only quotes and files may differ; of the problems those that tell how a form was
read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from loaders.blocks import Table, read_blocks
from loaders.documents import read_document
from loaders.markup import read_words
from loaders.papers import read_paper
from tests.loaders.office import convert, write_docx, write_html, write_markdown
from tests.loaders.small_paper import LINES, TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.loaded import Loaded

WRITERS = {"docx": write_docx, "html": write_html, "md": write_markdown}
FORMS = ["docx", "html", "md", "pdf", "pdf from html", "docx from html"]

#: What the readers of other forms tell beside the problems of the paper itself.
READING = {"row-joined", "page-margin-left-out"}

#: What a text tells of the pages it comes from: a PDF has other page ends, mended on reading.
PAGE_ENDS = {"row-continued", "sentence-continued"}


def make(text: str, form: str, folder: Path) -> Path:
    """Return a paper in a form; LibreOffice makes those that we cannot write."""
    wanted, _, base = form.partition(" from ")
    base = base or (wanted if wanted in WRITERS else "docx")
    path = WRITERS[base](text, folder / f"paper.{base}")
    if wanted == base:
        return path
    options = "docx:MS Word 2007 XML" if wanted == "docx" else None
    return convert(path, wanted, options)


def facts(loaded: Loaded) -> dict[str, Any]:
    """Return everything a plan says, without its places."""

    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                key: bare(value) for key, value in node.items() if key not in {"source", "sources"}
            }
        return [bare(one) for one in node] if isinstance(node, list) else node

    found = bare(loaded.plan.model_dump(mode="json", by_alias=True))
    assert isinstance(found, dict)
    return found


def codes(loaded: Loaded) -> Counter[str]:
    return Counter(one.code for one in loaded.problems if one.code not in READING)


@pytest.mark.parametrize("form", FORMS)
def test_the_csip_is_the_same_plan_in_every_form(
    csip_paper: Path, tmp_path: Path, form: str
) -> None:
    text = csip_paper.read_text(encoding="utf-8")
    wanted = read_paper(csip_paper)
    loaded = read_paper(make(text, form, tmp_path))
    assert facts(loaded) == facts(wanted)
    assert codes(loaded) == codes(wanted)
    sources = [item.source for item in loaded.plan.items if item.source is not None]
    assert len(sources) == sum(item.source is not None for item in wanted.plan.items)
    pages = [source.page for source in sources]
    if form.startswith("pdf"):
        found = [page for page in pages if page is not None]
        assert len(found) == len(pages)
        assert max(found) > 20
    else:
        assert set(pages) == {None}


@pytest.mark.parametrize("form", FORMS)
def test_the_plan_update_is_the_same_plan_in_every_form(
    papers: Path, tmp_path: Path, form: str
) -> None:
    paper = next(papers.glob("004_*.txt"))
    wanted = read_paper(paper)
    loaded = read_paper(make(paper.read_text(encoding="utf-8"), form, tmp_path))
    assert facts(loaded) == facts(wanted)
    assert codes(loaded) == codes(wanted)


@pytest.mark.parametrize("number", ["000", "001", "003"])
@pytest.mark.parametrize("form", ["docx", "html", "md", "pdf", "docx from html"])
def test_the_other_papers_are_the_same_plans_in_every_form(
    papers: Path, tmp_path: Path, number: str, form: str
) -> None:
    paper = next(papers.glob(f"{number}_*.txt"))
    wanted = read_paper(paper)
    loaded = read_paper(make(paper.read_text(encoding="utf-8"), form, tmp_path))
    assert facts(loaded) == facts(wanted)
    if form == "pdf":
        assert set(codes(loaded) - codes(wanted)) <= PAGE_ENDS
        assert set(codes(wanted) - codes(loaded)) <= PAGE_ENDS
    else:
        assert codes(loaded) == codes(wanted)


def test_the_theme_progress_is_the_same_plan_as_a_page(papers: Path, tmp_path: Path) -> None:
    paper = next(papers.glob("003_*.txt"))
    page = ["<html><body>"]
    for block in read_blocks(paper.read_text(encoding="utf-8")):
        if isinstance(block, Table):
            rows = ["".join(f"<td>{cell}</td>" for cell in row.cells) for row in block.rows]
            page += ["<table>", *(f"<tr>{row}</tr>" for row in rows), "</table>"]
        else:
            page.append(f"<h2>{block.text}</h2>")
    path = tmp_path / "page.html"
    path.write_text("\n".join(page), encoding="utf-8")
    assert facts(read_paper(path)) == facts(read_paper(paper))


def test_a_pdf_without_blanks_at_line_ends_gives_the_same_items(
    csip_paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As other programs write it: paragraphs must be told by their looks alone.
    monkeypatch.setattr("loaders.pdf_paragraphs._MOST", 2.0)
    wanted = facts(read_paper(csip_paper))
    path = make(csip_paper.read_text(encoding="utf-8"), "pdf", tmp_path)
    found = facts(read_paper(path))
    assert found["items"] == wanted["items"]
    assert found["metrics"] == wanted["metrics"]


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_no_word_of_any_paper_is_lost(papers: Path, tmp_path: Path, number: str, form: str) -> None:
    text = next(papers.glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    document = read_document(make(text, form, tmp_path))
    assert words(document.text) == words(text)


def words(text: str) -> list[str]:
    """Return the words of a paper in order, without marks of lists."""
    found: list[str] = []
    for block in read_blocks(text):
        if isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row.cells]
            found += [word for cell in cells for word in read_words(cell).split()]
        else:
            found += block.text.split()
    return [word for word in found if word != "-"]


def without_loose_ends(line: str) -> str:
    """Close a list that a converter cut off: other forms always close theirs."""
    return "\t".join(f"{cell}</ul>" if "<ul>" in cell else cell for cell in line.split("\t"))


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_of_our_own_is_the_same_plan_in_every_form(tmp_path: Path, form: str) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("\n".join(map(without_loose_ends, LINES)), encoding="utf-8")
    wanted = read_paper(path)
    loaded = read_paper(make(TEXT, form, tmp_path))
    assert facts(loaded) == facts(wanted)
    assert codes(loaded) == codes(wanted)


def test_lines_of_a_form_with_lines_lead_to_the_words(csip_paper: Path, tmp_path: Path) -> None:
    path = make(csip_paper.read_text(encoding="utf-8"), "md", tmp_path)
    lines = path.read_text(encoding="utf-8").split("\n")
    loaded = read_paper(path)
    for item in loaded.plan.items:
        if item.kind == "action":
            assert item.source is not None
            assert item.source.line is not None
            assert item.id.partition("~")[0] in lines[item.source.line - 1]
