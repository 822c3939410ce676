"""Dependencies of a schedule as links of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.items import Source
from graphmodel.links import Evidence, Link
from graphmodel.references import link_fault
from loaders.draft import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from loaders.schedules.breakdown import Breakdown
    from loaders.schedules.journal import Journal
    from loaders.schedules.limits import Limits
    from loaders.schedules.tasks import Relation

__all__ = ["make_links"]


def make_links(
    relations: Iterable[Relation],
    breakdown: Breakdown,
    parents: Mapping[str, str | None],
    limits: Limits,
    journal: Journal,
) -> Iterator[Link]:
    """Yield a link for each dependency; those at unknown rows or within one branch are told."""
    summaries = set(parents.values())
    for one in relations:
        ends = breakdown.find(one.pred), breakdown.find(one.succ)
        start, end = ends
        if start is None or end is None:
            missing = one.pred if start is None else one.succ
            journal.tell(
                "link-not-placed",
                "warning",
                f"A dependency names the row {missing}, which the schedule does not hold: it is "
                "left out.",
                one.line,
                tuple(name for name in ends if name is not None),
            )
            continue
        if start == end or start in summaries or end in summaries:  # else it is surely sound
            fault = link_fault(start, end, parents)
            if fault is not None:
                told = fault.replace(": remove it.", ": it is left out.")
                journal.tell("link-not-placed", "warning", told, one.line, (start, end))
                continue
        lag = limits.lag(one.lag, f"{start} → {end}", one.line, (start, end))
        yield Link(
            from_=start,
            to=end,
            type=one.type,
            lag=lag,
            origin="schedule",
            evidence=(Evidence(source=Source(source=SOURCE, line=one.line)),),
        )
