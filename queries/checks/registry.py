"""Every check there is, in the order they are told in; the one place a new one is added to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.errors import UnknownCheckError
from graphmodel.index import close_ids
from queries.checks.paper import PAPER
from queries.checks.ratings import RATINGS
from queries.checks.realism import REALISM
from queries.checks.rule import FAMILIES
from queries.checks.schedule_health import SCHEDULE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from queries.checks.rule import Check

__all__ = ["CHECKS", "choose_checks", "gather_checks"]


def gather_checks(*groups: Iterable[Check]) -> tuple[Check, ...]:
    """Return the checks of these groups as one list, family by family.

    Raises
    ------
    ValueError
        Two of them have one code.
    """
    checks: dict[str, Check] = {}
    for check in (one for group in groups for one in group):
        if check.code in checks:
            raise ValueError(f'Two checks have the code "{check.code}".')
        checks[check.code] = check
    order = list(FAMILIES)
    return tuple(sorted(checks.values(), key=lambda one: order.index(one.family)))


CHECKS: Final = gather_checks(PAPER, RATINGS, SCHEDULE, REALISM)


def choose_checks(
    only: Collection[str] = (),
    without: Collection[str] = (),
    *,
    checks: tuple[Check, ...] | None = None,
) -> tuple[Check, ...]:
    """Return the checks of these codes or families (all, if none is named) without some others.

    Raises
    ------
    UnknownCheckError
        A name is neither the code of a check nor a family; close ones are named.
    """
    known = CHECKS if checks is None else checks
    names = {*FAMILIES, *(check.code for check in known)}
    for name in (*only, *without):
        if name not in names:
            raise UnknownCheckError(name, close_ids(name, sorted(names)))
    return tuple(
        check
        for check in known
        if (not only or check.code in only or check.family in only)
        and check.code not in without
        and check.family not in without
    )
