"""An open plan beside an older version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.errors import KnockonError

if TYPE_CHECKING:
    from graphmodel.selection import LinkUse
    from knockon.local.desk import Opened
    from queries.compare import Comparison

__all__ = ["SamePlanError", "compare_with", "is_older"]


class SamePlanError(KnockonError):
    """A plan that is to be compared with itself."""

    def __init__(self) -> None:
        super().__init__("A plan was to be compared with itself: choose an older version of it.")


def compare_with(newer: Opened, older: Opened, links: LinkUse = "accepted") -> Comparison:
    """Say what changed from an older version to a newer one, as ``knockon compare`` does.

    Raises
    ------
    SamePlanError
        They are one and the same.
    CycleError
        Accepted links of either run in a circle.
    """
    from knockon.api import compare  # noqa: PLC0415 - heavy

    if older.key == newer.key:
        raise SamePlanError
    known = ("compare", older.key, older.edition, links)
    return newer.once(known, lambda: compare(older.plan, newer.plan, links=links))


def is_older(one: Opened, other: Opened) -> bool:
    """Return whether a plan says that it is of an earlier day than another."""
    first, second = _day(one), _day(other)
    return first is not None and second is not None and first < second


def _day(opened: Opened) -> str | None:
    day = opened.plan.as_of or opened.plan.status_date
    return None if day is None else day.isoformat()[:10]
