"""Titles beside ids: spelling may differ, meaning may not."""

from __future__ import annotations

import pytest

from loaders.titles import fits_title

TITLE = "Phase 2 – Agree the families’ support offer, and publish it"  # noqa: RUF001


@pytest.mark.parametrize(
    "written",
    [
        TITLE,
        "phase 2 - agree the families' support offer and publish it.",
        "Phase 2 Agree the Families Support Offer",
        "Phase 2: agree the families sup…",
        "A1.2 Phase 2 - Agree the families' support offer, and publish it",
        "Phase 2 – Agree the family support offer, and publish it",  # noqa: RUF001
    ],
)
def test_near_spellings_fit(written: str) -> None:
    assert fits_title(written, "A1.2", TITLE)


@pytest.mark.parametrize(
    "written",
    [
        "Phase 2 – Agree",  # noqa: RUF001 - too short a start to be sure
        "Phase 3 – Agree the families’ support offer, and publish it",  # noqa: RUF001
        "Phase 2 – Close the respite unit and tell the families",  # noqa: RUF001
        "A1.3 Phase 2 – Agree the families’ support offer, and publish it",  # noqa: RUF001
        "publish it",
    ],
)
def test_other_titles_do_not(written: str) -> None:
    assert not fits_title(written, "A1.2", TITLE)
