"""Exports of planning tools, known by their headings: what they mean by a day, and by a comma.

Their columns are declared with all the others in `loaders.item_columns`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loaders.columns import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EXPORTS", "Export", "find_export"]


@dataclass(frozen=True, slots=True)
class Export:
    """A tool: its name, headings that together only its exports have, and its habits.

    ``working`` is whether its days are working days, ``commas`` whether commas part people's names.
    """

    name: str
    needs: tuple[str, ...]
    working: bool = False
    commas: bool = False


#: The first whose headings are all there counts.
EXPORTS: Final[tuple[Export, ...]] = (
    Export("Jira", ("Issue key", "Summary")),
    Export("MS Planner", ("Task Name", "Bucket Name")),
    Export("OpenProject", ("ID", "Subject", "Type", "Status")),
    Export("MS Project", ("Task Name", "Duration", "Start", "Finish"), working=True, commas=True),
    Export("MS Project", ("Name", "Duration", "Outline_Level"), working=True, commas=True),
    Export("Primavera P6", ("Activity ID", "Activity Name"), working=True, commas=True),
)

#: A sheet of no known tool.
PLAIN: Final = Export("", ())


def find_export(headings: Iterable[str]) -> Export:
    """Return the tool whose export has these headings; one without a name for any other sheet."""
    found = {fold(heading) for heading in headings}
    for export in EXPORTS:
        if all(fold(heading) in found for heading in export.needs):
            return export
    return PLAIN
