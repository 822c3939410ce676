from __future__ import annotations

import pytest

from loaders.blocks import Heading
from loaders.front_page import FrontPage, read_front_page


def front(*lines: str, text: str = "") -> FrontPage:
    return read_front_page([Heading(number, line) for number, line in enumerate(lines, 1)], text)


def test_title_organisation_and_period() -> None:
    page = front(
        "Westmere", "Borough Council", "Appendix B: Tide Plan (TP) 2", "2026 \u2013 28", "Aims"
    )
    assert page == FrontPage(
        plan="tp",
        title="Tide Plan (TP) 2",
        heading="Appendix B: Tide Plan (TP) 2",
        organisation="Westmere Borough Council",
        period="2026 \u2013 28",
        years=(2026, 2028),
        used=frozenset({1, 2, 3, 4}),
    )


def test_an_id_from_the_words_and_the_council_from_the_text() -> None:
    text = "The Westmere City Council and East Shire County Council. Westmere City Council acts."
    page = front("Tide & Dock Plan", text=text)
    assert (page.plan, page.organisation, page.years) == (
        "tide-and-dock-plan", "Westmere City Council", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "organisation"),
    [(("London Borough of Eastmere", "Tide Plan"), "London Borough of Eastmere"),
     (("Draft 3", "Tide Plan"), None)],
)  # fmt: skip
def test_other_councils(lines: tuple[str, ...], organisation: str | None) -> None:
    assert front(*lines).organisation == organisation


def test_a_page_that_says_nothing() -> None:
    assert front() == FrontPage("plan")
    assert front("2028 - 2026").years is None
