"""From a fact's source in the plan to the place a reader can turn to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.problems import Place

if TYPE_CHECKING:
    from graphmodel.items import Source
    from graphmodel.plan import Plan

__all__ = ["find_place"]


def find_place(plan: Plan, source: Source | None) -> Place | None:
    """Return where a source stands: its file (title or id, failing that), line, cell or page."""
    if source is None:
        return None
    document = next(one for one in plan.sources if one.id == source.source)
    name = document.file or document.title or document.id
    return Place(name, source.line, source.cell, source.page)
