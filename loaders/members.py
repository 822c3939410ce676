"""The plans that files hold, versions of one plan brought together (DESIGN section 4, ids live on).

1. Plan files come first, the older before the newer where both say when they are of; then
   documents, likewise.
2. A plan that is the next version of one before it (`loaders.next_version`) takes its place, with
   its ids, decisions and history (`loaders.carrying`).
3. What is left are plans of their own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant
from loaders.carrying import carry_over
from loaders.next_version import is_next_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.problems import Problem
    from loaders.loaded import Member

__all__ = ["settle_versions"]


def settle_versions(
    members: Iterable[Member],
) -> tuple[list[Member], tuple[Problem, ...], tuple[str, ...]]:
    """Return the plans that are left when each version has taken the place of the one before."""
    standing: list[Member] = []
    problems: list[Problem] = []
    notes: list[str] = []
    for member in sorted(members, key=_when):
        for place, before in enumerate(standing):
            why = is_next_version(before.plan, member.plan)
            if why is None:
                continue
            carried = carry_over(before.plan, member.plan)
            standing[place] = replace(member, plan=carried.plan)
            problems += carried.problems
            notes.append(f"{member.name} is the next version of {before.name}: {why}.")
            notes += carried.notes
            break
        else:
            standing.append(member)
    return standing, tuple(problems), tuple(notes)


def _when(member: Member) -> tuple[bool, int]:
    """Plan files before documents, then by the day a plan is of; what names none comes first."""
    of = member.plan.as_of or member.plan.status_date
    return not member.is_file, 0 if of is None else finish_instant(of)
