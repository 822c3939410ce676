"""How much of a plan slipped between two versions: by theme, by officer, by month it was due in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphmodel.mapquestions import group_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.shifts import Shift

__all__ = ["Rate", "RateKind", "find_rates"]

RateKind = Literal["plan", "theme", "officer", "month"]


@dataclass(frozen=True, slots=True)
class Rate:
    """The slippage of one group of items.

    ``open`` counts the leaves that were unfinished and dated in the version before and are still in
    the plan, ``slipped`` those of them whose forecast is later now; ``share`` is the one by the
    other. ``total_days`` sums their slips, ``mean_days`` is their mean (None where nothing
    slipped), ``own_days`` the part of the total that did not arrive along links.
    """

    kind: RateKind
    id: str
    name: str
    open: int
    slipped: int
    share: float
    total_days: float
    mean_days: float | None
    own_days: float


def find_rates(
    old: Plan, new: Plan, finishes: dict[str, date], shifts: Iterable[Shift]
) -> tuple[Rate, ...]:
    """Return the slippage of the whole plan, then by theme, by officer and by month.

    Parameters
    ----------
    finishes
        Forecast finish of each item in the version before, as shown.
    shifts
        What moved, with its parts (`simulations.shifts`).
    """
    known = new.index.items
    was_open = [
        item.id
        for item in old.items
        if old.index.is_leaf(item.id)
        and item.status not in {"complete", "cancelled"}
        and item.id in finishes
        and item.id in known
    ]
    later = {one.id: one for one in shifts if one.days > 0}
    groups: list[tuple[RateKind, Callable[[str], Iterator[tuple[str, str]]]]] = [
        ("plan", lambda _: iter([(old.id, old.title or old.id)])),
        ("theme", lambda item: _theme(old, item)),
        ("officer", lambda item: _officers(old, item)),
        ("month", lambda item: _month(finishes[item])),
    ]
    return tuple(rate for kind, names in groups for rate in _rates(kind, names, was_open, later))


def _rates(
    kind: RateKind,
    names: Callable[[str], Iterator[tuple[str, str]]],
    was_open: Iterable[str],
    later: dict[str, Shift],
) -> Iterator[Rate]:
    members: dict[tuple[str, str], list[str]] = {}
    for item in was_open:
        for group in names(item):
            members.setdefault(group, []).append(item)
    ordered = sorted(members) if kind == "month" else members
    for group in ordered:
        slips = [later[item] for item in members[group] if item in later]
        total = sum(one.days for one in slips)
        yield Rate(
            kind, *group,
            open=len(members[group]),
            slipped=len(slips),
            share=len(slips) / len(members[group]),
            total_days=total,
            mean_days=total / len(slips) if slips else None,
            own_days=sum(one.own_days or 0 for one in slips),
        )  # fmt: skip


def _theme(plan: Plan, item: str) -> Iterator[tuple[str, str]]:
    theme = group_of(plan, item, "theme") or item
    yield theme, plan.index.items[theme].title


def _officers(plan: Plan, item: str) -> Iterator[tuple[str, str]]:
    for officer in plan.index.officers_of(item):
        yield officer.id, officer.name


def _month(finish: date) -> Iterator[tuple[str, str]]:
    month = f"{finish:%Y-%m}"
    yield month, month
