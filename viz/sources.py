"""Where a fact stands, short enough to stand beside each of hundreds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viz.words import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.items import Source, SourceFile
    from graphmodel.plan import Plan

__all__ = ["describe_source", "name_documents", "name_sources"]

#: A document's title longer than this is called by its file beside a line.
_NAME: Final = 30


def name_documents(plan: Plan) -> list[tuple[str, str]]:
    """Return title and file of every document that the plan's facts come from."""
    return [(one.title or one.file or one.id, one.file or "") for one in plan.sources]


def name_sources(plan: Plan) -> dict[str, str]:
    """Return what each document is called beside a line; nothing where there is only one."""
    if len(plan.sources) == 1:
        return {}
    return {source.id: _short_name(source) for source in plan.sources}


def _short_name(source: SourceFile) -> str:
    title = source.title or ""
    if source.file and not 0 < len(title) <= _NAME:
        return source.file.replace("\\", "/").rpartition("/")[2]
    return shorten(title, _NAME) or source.id


def describe_source(source: Source, titles: Mapping[str, str]) -> str:
    """Return where a fact stands: ``Delivery plan, line 41``, or without a title ``line 41``."""
    parts = [titles.get(source.source, "")]
    if source.page is not None:
        parts.append(f"page {source.page}")
    if source.line is not None:
        parts.append(f"line {source.line:,}")
    if source.cell is not None:
        parts.append(f"cell {source.cell}")
    return ", ".join(part for part in parts if part) or "no line is named"
