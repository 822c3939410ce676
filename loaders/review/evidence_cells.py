"""Evidence in a cell: a line for each quote, with its place, that reads back as evidence.

``paper.txt, line 41: “Consult staff on the new model”``
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.items import Source
from graphmodel.links import Evidence
from graphmodel.places import find_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphmodel.plan import Plan

__all__ = ["read_evidence", "show_evidence"]

_LINE: Final = re.compile(
    r"(?P<file>.+?)(?:, cell (?P<cell>[^:“]+?)|(?:, page (?P<page>\d{1,9}))?"
    r"(?:, line (?P<line>\d{1,9}))?)(?:: “(?P<quote>.*)”)?"
)


def show_evidence(plan: Plan, evidence: Iterable[Evidence], side: Literal["from", "to"]) -> str:
    """Return what speaks for one side; what speaks for both stands on either."""
    lines = []
    for part in evidence:
        if part.side in {side, "both"}:
            place = str(find_place(plan, part.source))
            quote = "" if part.source.quote is None else " ".join(part.source.quote.split())
            lines.append(f"{place}: “{quote}”" if quote else place)
    return "\n".join(dict.fromkeys(lines))


def read_evidence(plan: Plan, before: str, after: str) -> Iterator[Evidence]:
    """Yield the evidence that the cells of both sides name, as far as the plan has its documents.

    A line that stands on either side speaks for both.
    """
    first, second = before.splitlines(), after.splitlines()
    for line in dict.fromkeys((*first, *second)):
        source = _read_line(plan, line.strip())
        if source is not None:
            side = "both" if line in first and line in second else "from" if line in first else "to"
            yield Evidence.model_validate({"side": side, "source": source})


def _read_line(plan: Plan, line: str) -> Source | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    named = match["file"]
    known = next((one.id for one in plan.sources if named in {one.file, one.title, one.id}), None)
    if known is None:
        return None
    numbers = {name: int(match[name]) for name in ("page", "line") if match[name]}
    return Source.model_validate(
        {"source": known, "cell": match["cell"], "quote": match["quote"] or None, **numbers}
    )
