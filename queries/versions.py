"""Two versions of a plan side by side: what was added, reworded, re-dated, re-owned, re-linked.

Both versions call the same thing the same (`knockon.compare` sees to that, `loaders.aligning`).
Slippage is told in days between finish instants, later being more than 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.moments import finish_instant, start_instant
from graphmodel.people import ROLES
from graphmodel.places import find_place
from graphmodel.words import fold_words
from simulations.passes import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from graphmodel.items import Item, Status
    from graphmodel.links import Link, LinkState
    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from graphmodel.problems import Place

__all__ = [
    "DateChange",
    "DateKind",
    "Differences",
    "Entry",
    "LinkChange",
    "LinkFate",
    "Moved",
    "Reowned",
    "Reworded",
    "StatusChange",
    "find_differences",
]

DateKind = Literal[
    "slipped",
    "brought_forward",
    "re_profiled_approved",
    "re_profiled_unapproved",
    "dated",
    "date_dropped",
]

DateField = Literal["planned_start", "planned_finish", "due", "forecast"]

LinkFate = Literal["new", "lost", "accepted", "rejected", "withdrawn", "retyped"]

#: What becomes of a link, by its state before and after; a link that is not there has none.
_FATES: Final[dict[tuple[LinkState | None, LinkState | None], LinkFate]] = {
    (None, "accepted"): "new",
    (None, "proposed"): "new",
    ("rejected", "accepted"): "new",
    ("rejected", "proposed"): "new",
    ("accepted", None): "lost",
    ("proposed", None): "lost",
    ("accepted", "rejected"): "rejected",
    ("proposed", "rejected"): "rejected",
    ("proposed", "accepted"): "accepted",
    ("accepted", "proposed"): "withdrawn",
}

_STATED: Final[tuple[DateField, ...]] = ("due", "planned_finish", "planned_start")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item that only one of the versions holds."""

    id: str
    kind: str
    title: str

    @classmethod
    def of(cls, item: Item) -> Entry:
        """Name an item."""
        return cls(item.id, item.kind, item.title)


@dataclass(frozen=True, slots=True)
class Reworded:
    """An item whose title changed in more than blanks, case and marks."""

    id: str
    before: str
    after: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Moved:
    """An item that is part of something else now."""

    id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class DateChange:
    """A date of an item that changed.

    A stated date (due, planned) that moved later was re-profiled, with approval where the new
    version's history says so; a forecast that moved later slipped. A first forecast is compared
    with the planned finish. ``days`` is None where one of the two dates is.
    """

    id: str
    field: DateField
    kind: DateKind
    before: date | None
    after: date | None
    days: float | None
    approved_by: str | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Reowned:
    """A role on an item, by assignment or inherited, that others hold now."""

    id: str
    role: Role
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusChange:
    """An item whose status or rating changed; each is None where it is not stated."""

    id: str
    before: Status
    after: Status
    rag_before: str | None
    rag_after: str | None


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link that one version holds as accepted or proposed and the other does not, or otherwise.

    ``change`` is ``new``, ``lost``, ``accepted``, ``rejected``, ``withdrawn`` (accepted before,
    proposed now), or ``retyped`` (another type or lag).
    """

    change: LinkFate
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that changed between two versions, each list in the order of the plan."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    reworded: tuple[Reworded, ...]
    moved: tuple[Moved, ...]
    dates: tuple[DateChange, ...]
    owners: tuple[Reowned, ...]
    statuses: tuple[StatusChange, ...]
    links: tuple[LinkChange, ...]


def find_differences(old: Plan, new: Plan) -> Differences:
    """Return what changed from one version of a plan to the next."""
    before, after = old.index.items, new.index.items
    both = [(before[item.id], item) for item in new.items if item.id in before]
    return Differences(
        added=tuple(Entry.of(item) for item in new.items if item.id not in before),
        removed=tuple(Entry.of(item) for item in old.items if item.id not in after),
        reworded=tuple(
            Reworded(now.id, was.title, now.title, find_place(new, now.source))
            for was, now in both
            if fold_words(was.title) != fold_words(now.title)
        ),
        moved=tuple(
            Moved(now.id, was.parent, now.parent) for was, now in both if was.parent != now.parent
        ),
        dates=tuple(change for was, now in both for change in _dates(new, was, now)),
        owners=tuple(_owners(old, new, [now.id for _, now in both])),
        statuses=tuple(
            StatusChange(now.id, was.status, now.status, was.rag, now.rag)
            for was, now in both
            if (was.status, was.rag) != (now.status, now.rag)
        ),
        links=tuple(_links(old, new)),
    )


def _dates(new: Plan, was: Item, now: Item) -> Iterator[DateChange]:
    """Yield the dates of an item that changed: what is stated, then the forecast by itself.

    A forecast that moved because its planned date did is told once, as that.
    """
    later, board = _approval(was, now)
    place = find_place(new, now.source)
    for field in _STATED:
        before, after = _stated(was, field), _stated(now, field)
        if before != after:
            days = _days(before, after, is_start=field == "planned_start")
            kind = _kind(before, after, days, later=later)
            who = board if kind == "re_profiled_approved" else None
            yield DateChange(now.id, field, kind, before, after, days, who, place)
    if was.forecast == now.forecast or now.actual_finish is not None:
        return  # an actual date is a fact, told as a change of status
    before = was.forecast or was.planned.finish
    after = now.forecast or now.planned.finish
    days = _days(before, after)
    if days or (before is None) != (after is None):
        kind = _kind(before, after, days, later="slipped")
        yield DateChange(now.id, "forecast", kind, before, after, days, None, place)


def _stated(item: Item, field: DateField) -> date | None:
    if field == "due":
        return item.due
    return item.planned.finish if field == "planned_finish" else item.planned.start


def _kind(
    before: date | None, after: date | None, days: float | None, *, later: DateKind
) -> DateKind:
    if before is None:
        return "dated"
    if after is None or days is None:
        return "date_dropped"
    return later if days > 0 else "brought_forward"


def _days(before: date | None, after: date | None, *, is_start: bool = False) -> float | None:
    if before is None or after is None:
        return None
    instant = start_instant if is_start else finish_instant
    return whole(instant(after) - instant(before))


def _approval(was: Item, now: Item) -> tuple[DateKind, str | None]:
    """Return what a later date is: approved since the version before, and by whom, or not.

    The new version says so in an entry of its history that the old one does not have: the dates
    before the re-profile, with who approved it.
    """
    for entry in now.history:
        if entry.approved is not None and entry not in was.history:
            return "re_profiled_approved", entry.approved.board
    return "re_profiled_unapproved", None


def _owners(old: Plan, new: Plan, items: Iterable[str]) -> Iterator[Reowned]:
    """Yield roles that others hold now, where they are assigned: not at each part below."""
    assigned = {(one.item, one.role) for plan in (old, new) for one in plan.assignments}
    for item in items:
        for role in ROLES:
            if (item, role) not in assigned:
                continue
            before, after = (
                tuple(officer.name for officer in plan.index.officers_of(item, role))
                for plan in (old, new)
            )
            if set(before) != set(after):
                yield Reowned(item, role, before, after)


def _links(old: Plan, new: Plan) -> Iterator[LinkChange]:
    """Yield links that came, went, were decided or changed their type; rejected ones count as none.

    Links are told apart by their ends. Several between the same two are paired first with one of
    their own type and lag, then in order.
    """
    before, after = _by_ends(old), _by_ends(new)
    for ends in dict.fromkeys((*before, *after)):
        for was, now in _pair_up(before.get(ends, []), after.get(ends, [])):
            change = _link_change(was, now)
            if change is not None:
                yield LinkChange(change, was, now)


def _by_ends(plan: Plan) -> dict[tuple[str, str], list[Link]]:
    found: dict[tuple[str, str], list[Link]] = {}
    for link in plan.links:
        found.setdefault((link.from_, link.to), []).append(link)
    return found


def _pair_up(olds: list[Link], news: list[Link]) -> Iterator[tuple[Link | None, Link | None]]:
    left = list(news)
    alone: list[Link] = []
    for was in olds:
        same = next((one for one in left if (one.type, one.lag) == (was.type, was.lag)), None)
        if same is None:
            alone.append(was)
        else:
            left.remove(same)
            yield was, same
    yield from zip_longest(alone, left)


def _link_change(was: Link | None, now: Link | None) -> LinkFate | None:
    """Return what became of a link, None where nothing did."""
    before, after = (None if one is None else one.state for one in (was, now))
    fate = _FATES.get((before, after))
    if fate is None and was is not None and now is not None:
        is_same = after == "rejected" or (was.type, was.lag) == (now.type, now.lag)
        return None if is_same else "retyped"
    return fate
