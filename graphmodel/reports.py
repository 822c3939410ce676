"""What an item said of itself, report by report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import HistoryEntry, Item

__all__ = ["expected_finish", "reports_of"]


def reports_of(item: Item, today: date | None) -> list[HistoryEntry | Item]:
    """Return what an item said of itself, oldest first: dated reports, then what it says now.

    Of two reports of one day the later in the file counts; what it says now is dropped where that
    is the last report over again.

    Parameters
    ----------
    today
        The day of what it says now; None where the plan does not tell.
    """
    dated = {entry.as_of: entry for entry in item.history if entry.as_of is not None}
    reports: list[HistoryEntry | Item] = [dated[day] for day in sorted(dated, key=finish_instant)]
    if today is None or today not in dated:
        reports.append(item)
    return reports


def expected_finish(report: HistoryEntry | Item) -> date | None:
    """Return when a report expects the item: forecast, failing that planned finish, then due."""
    planned = None if report.planned is None else report.planned.finish
    return report.forecast or planned or report.due
