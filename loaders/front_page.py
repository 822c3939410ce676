"""What the first page of a plan says: title, organisation, period, and from them the plan's id.

1. The title is the first heading with the word "plan"; "Appendix A:" before it is the place of the
   paper in a pack and no part of the title.
2. The plan's id is the abbreviation that the title gives in brackets ("… Plan (CSIP)": ``csip``),
   else the first words of the title with hyphens.
3. The organisation is what the headings before the title say if they end with "Council" or name a
   borough, else the council that the text names most often.
4. The period is a heading of years such as "2026 - 2028". It is kept as written: whether it means
   calendar or financial years it does not say, so no start of the plan is derived from it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.periods import read_years
from graphmodel.stretches import fold
from loaders.ids import make_slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.blocks import Heading

__all__ = ["FrontPage", "read_front_page"]

_PLACE = re.compile(r"(?:appendix|annex|schedule)\s+\w{1,3}\s*[:-]\s*", re.IGNORECASE)
_PLAN = re.compile(r"\bplan\b", re.IGNORECASE)
_SHORT = re.compile(r"\(([A-Z]{2,8})\)")
_BOROUGH = re.compile(r"(?:London|Royal|Metropolitan)?\s*(?:Borough|City|County) of\b")
_COUNCIL = re.compile(
    r"\b(?!The\b)[A-Z][\w'-]*(?:\s+(?:[A-Z][\w'-]*|and|upon|of)){0,4}?"
    r"\s+(?:City|County|Borough|District|Metropolitan)(?:\s+(?:Borough|District))?\s+Council\b"
)
_LONGEST_ID = 40


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The facts of a first page; ``used`` are the lines they stand on."""

    plan: str
    title: str | None = None
    heading: str | None = None
    organisation: str | None = None
    period: str | None = None
    years: tuple[int, int] | None = None
    used: frozenset[int] = frozenset()


def read_front_page(headings: Sequence[Heading], text: str) -> FrontPage:
    """Read the headings of the first page; ``text`` is the whole paper (rules 1-4 above)."""
    place = next((n for n, one in enumerate(headings) if _PLAN.search(one.text)), None)
    titled = None if place is None else headings[place]
    title = None if titled is None else _PLACE.sub("", titled.text, count=1).strip() or titled.text
    before = headings[:place] if place is not None else []
    together = " ".join(one.text for one in before)
    own = together.endswith("Council") or bool(_BOROUGH.match(together))
    period = next((one for one in headings if read_years(one.text) is not None), None)
    used = {one.line for one in (titled, period) if one is not None}
    used.update(one.line for one in before if own)
    return FrontPage(
        plan=_derive_id(title),
        title=title,
        heading=None if titled is None else titled.text,
        organisation=together if own else _find_council(text),
        period=None if period is None else period.text,
        years=None if period is None else read_years(period.text),
        used=frozenset(used),
    )


def _derive_id(title: str | None) -> str:
    if title is None:
        return "plan"
    short = _SHORT.search(title)
    return short[1].lower() if short else make_slug(title)[:_LONGEST_ID].strip("-") or "plan"


def _find_council(text: str) -> str | None:
    named = Counter(" ".join(match.group().split()) for match in _COUNCIL.finditer(fold(text)))
    return named.most_common(1)[0][0] if named else None
