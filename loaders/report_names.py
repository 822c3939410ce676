"""What a report calls its plan: an id that is the same in every month's report, title, council."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.front_page import read_front_page
from loaders.ids import make_slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loaders.blocks import Heading

__all__ = ["name_report"]

_PLAN = re.compile(r".*?\bplan\b", re.IGNORECASE)


def name_report(
    title: Heading | None, text: str, abbreviations: Mapping[str, str]
) -> dict[str, str | None]:
    """Return ``id``, ``title`` and ``organisation`` of the plan that a report is about.

    The id is the abbreviation that the paper spells out for the plan ("Corporate Improvement Plan
    (CIP)": ``cip``), else the words of the title up to "plan": months and report names are no part
    of it.
    """
    front = read_front_page([] if title is None else [title], text)
    if title is None:
        return {"id": front.plan, "organisation": front.organisation}
    named = _PLAN.match(title.text)
    words = named.group() if named is not None else title.text
    short = next(
        (letters for letters, spelled in abbreviations.items() if _same(spelled, words)), words
    )
    name = make_slug(short) or "plan"
    return {"id": name, "title": title.text, "organisation": front.organisation}


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
