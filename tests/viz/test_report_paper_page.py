"""The report as a page: self-contained, inert, and its tables such that they can be read out."""

from __future__ import annotations

import pytest

from tests.viz.hostile import PAYLOADS
from tests.viz.papers import board_paper, hostile_paper, plain_paper, since_paper, whatif_paper
from tests.viz.reading import PageParts, read_page
from viz.paper.page import draw_report

PAPERS = (whatif_paper, since_paper, plain_paper, board_paper, hostile_paper)


@pytest.fixture(params=PAPERS, ids=lambda one: one.__name__)
def page(request: pytest.FixtureRequest) -> PageParts:
    return read_page(draw_report(request.param()))


def test_it_runs_nothing_and_asks_for_nothing(page: PageParts) -> None:
    assert page.scripts == []
    assert "script-src 'none'" in page.policy
    assert page.policy.startswith("default-src 'none'")
    assert page.outside() == []


def test_it_names_its_language_and_has_one_heading_of_each_section(page: PageParts) -> None:
    tags = [tag for tag, _ in page.tags]
    assert tags.count("h1") == 1
    assert ("html", {"lang": "en-GB"}) in page.tags
    sections = [attrs["aria-labelledby"] for tag, attrs in page.tags if tag == "section"]
    ids = [attrs.get("id") for tag, attrs in page.tags if tag == "h2"]
    assert sections == ids
    assert [attrs["href"] for tag, attrs in page.tags if tag == "a"][1:] == [
        f"#{one}" for one in sections
    ]


def test_every_table_has_a_caption_and_heads_with_a_scope(page: PageParts) -> None:
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    assert all(attrs.get("scope") in {"row", "col"} for tag, attrs in page.tags if tag == "th")


def test_it_says_what_the_paper_says() -> None:
    paper = whatif_paper()
    words = read_page(draw_report(paper)).words
    assert paper.headline in words
    assert "Wexcombe" in words
    assert "15 May 2027 to 28 Jun 2027" in words
    assert "15 to 59 days" in words
    assert all(section.title in words for section in paper.sections)


def test_what_is_for_the_workbook_alone_is_not_on_it() -> None:
    assert "Every finding, the gravest first" not in draw_report(plain_paper())


def test_hostile_text_is_text() -> None:
    page = read_page(draw_report(hostile_paper()))
    assert PAYLOADS[2] in page.words
    assert "What if" not in page.words
    assert not {"script", "iframe", "img", "form"} & {tag for tag, _ in page.tags}


def test_a_number_in_a_heat_table_is_written_and_not_only_coloured() -> None:
    page = draw_report(plain_paper())
    assert '<td class="h4">1</td>' in page
    assert '<td class="h0"></td>' in page


def test_the_page_of_a_council_is_small() -> None:
    from queries.report import gather_report  # noqa: PLC0415
    from tests.viz.samples import build_plan  # noqa: PLC0415 - drawn once, and not always
    from viz.paper.contents import lay_out_report  # noqa: PLC0415

    plan = build_plan()
    assert len(plan.items) > 350
    assert len(draw_report(lay_out_report(gather_report(plan))).encode()) < 300_000
