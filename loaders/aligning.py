"""The next version of a plan under the ids of the version before, and nothing carried over.

To compare two months, each must be as its own documents say, and what is the same must be called
the same:

1. A plan that was made from the one before (``load OLD NEW``, a status return) has its documents
   among its own, by name and content: its ids stand.
2. Otherwise items are matched by id and then by content (`loaders.matching`), officers and boards
   by name, and the new version is renamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.numbering import find_made_ids
from loaders.versions import Versions

if TYPE_CHECKING:
    from graphmodel.plan import Plan

__all__ = ["Aligned", "align"]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The new version under the ids of the old one.

    ``scores`` says how like its counterpart each item is (1: the same words); what is not in it is
    new. ``doubts`` say in words what could be several, or may be the same though nothing proves it.
    """

    plan: Plan
    scores: dict[str, float]
    doubts: tuple[str, ...]


def align(old: Plan, new: Plan) -> Aligned:
    """Return a version of a plan with everything called as in the version before.

    Neither plan is changed; what the new version does not hold is not in the result.
    """
    if _was_made_from(old, new):
        known = old.index.items
        return Aligned(new, {item.id: 1.0 for item in new.items if item.id in known}, ())
    versions = Versions(old, new, find_made_ids(new))
    plan = versions.now.name(new).model_copy(update={"id": old.id})
    scores = {versions.ids[name]: match.score for name, match in versions.matches.items()}
    versions.report.tell_open(versions.matching, old, new, versions.ids)
    doubts = tuple(problem.message for problem in versions.report.problems)
    return Aligned(plan, scores, doubts)


def _was_made_from(old: Plan, new: Plan) -> bool:
    """Return whether every document of the old version is among those of the new one."""
    before, after = (
        {(one.file, one.sha256) for one in plan.sources if one.sha256 is not None}
        for plan in (old, new)
    )
    return old.id == new.id and bool(before) and before <= after
