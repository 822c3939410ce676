"""What an item said before, kept when a later document says something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.items import HistoryEntry
from loaders.likeness import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graphmodel.items import Item, Planned

__all__ = ["REMEMBERED", "join_histories", "remember", "same_dates"]

#: Fields whose change puts all of them, as they were, into the history.
REMEMBERED: Final = ("planned", "due", "forecast", "status", "percent", "rag", "grade", "cause")

#: What entries that say the same may differ in: the same words stand in each month's paper.
_PLACE: Final = frozenset({"source"})


def remember(old: Item, now: Item, as_of: date | None) -> tuple[HistoryEntry, ...]:
    """Return what an item said before, if anything of it changed or its title was reworded.

    Parameters
    ----------
    as_of
        When it was said: the old version's status date or date, if known.
    """
    is_same = Wording(old).title == Wording(now).title and all(
        same_dates(old.planned, now.planned)
        if name == "planned"
        else getattr(old, name) == getattr(now, name)
        for name in REMEMBERED
    )
    if is_same:
        return ()
    said: dict[str, Any] = {name: getattr(old, name) for name in REMEMBERED}
    if old.title != now.title:
        said["x_title"] = old.title
    return (HistoryEntry.model_validate({"as_of": as_of, **said, "source": old.source}),)


def same_dates(one: Planned, other: Planned) -> bool:
    """Return whether two planned dates are the same, however they are worded."""
    return (one.start, one.finish, one.precision) == (other.start, other.finish, other.precision)


def join_histories(
    before: Iterable[HistoryEntry], since: Iterable[HistoryEntry]
) -> tuple[HistoryEntry, ...]:
    """Return a history with the entries of a later document that it does not hold yet."""
    joined = list(before)
    known = [_said(entry) for entry in joined]
    for entry in since:
        said = _said(entry)
        if said not in known:
            known.append(said)
            joined.append(entry)
    return tuple(joined)


def _said(entry: HistoryEntry) -> dict[str, Any]:
    return entry.model_dump(exclude=set(_PLACE), exclude_defaults=True)
