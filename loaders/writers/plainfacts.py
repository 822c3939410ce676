"""Which links and assignments a sheet of items can hold in full, beside registers for the others.

1. A link is plain where it says no more than a predecessor with a type and a lag does: accepted,
   stated, and nothing of why, who and how sure.
2. An assignment is plain where the officer's title alone, in the column of the role, is read as
   that very officer (`loaders.item_owners`): one office, not parted by the rules for cells, of the
   kind and with the id that the reader gives it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from graphmodel.links import Link
from loaders.ids import make_slug
from loaders.office_titles import COMMON, Title, office_key, split_offices, split_portfolios
from loaders.writers.predecessor_cells import is_simple

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphmodel.people import Assignment, Officer
    from graphmodel.plan import Plan

__all__ = ["plain_assignments", "plain_links"]

_PORTFOLIO: Final = "portfolio"

#: What parts names in a cell before the rules for offices do.
_PARTS: Final = frozenset(";[\n\r")

#: What every link has, and a predecessor tells.
_TOLD: Final = frozenset({"from_", "to", "type", "lag", "evidence"})


def plain_links(plan: Plan) -> list[Link]:
    """Return the links of a plan that rule 1 describes, in its order."""
    return [link for link in plan.links if is_simple(link.from_) and _is_plain(link)]


def _is_plain(link: Link) -> bool:
    defaults = Link.model_fields
    return not link.model_extra and all(
        value == defaults[name].default
        for name, value in link.__dict__.items()
        if name not in _TOLD
    )


def plain_assignments(plan: Plan) -> list[Assignment]:
    """Return the assignments of a plan that rule 2 describes, in its order."""
    keys = Counter(office_key(one.title, COMMON) for one in plan.officers)
    once = [one for one in plan.officers if keys[office_key(one.title, COMMON)] == 1]
    portfolios = {one.officer for one in plan.assignments if one.role == _PORTFOLIO}
    alone = {office_key(one.title, {}) for one in plan.officers if one.id in portfolios}
    plain = {
        one.id: one.kind for one in once if one.id not in plan.index.items and _is_named(one, alone)
    }
    return [
        one
        for one in plan.assignments
        if one.officer in plain
        and not one.model_extra
        and (plain[one.officer] == "member") == (one.role == _PORTFOLIO)
    ]


def _is_named(officer: Officer, alone: Collection[tuple[str, ...]]) -> bool:
    """Return whether a title is read as the officer that has it."""
    title = officer.title
    if officer.id != make_slug(title) or _PARTS.intersection(title):
        return False
    if officer.kind == "member":
        return split_portfolios(title, alone) == [Title(title, "member")]
    found = split_offices(title)
    return [(one.words, one.kind) for one in found] == [(title, officer.kind)]
