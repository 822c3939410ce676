"""Plans read from the real files of the corpus, told apart from the dumps by what they are given.

A plan read from a file has ids of its own, so its items are found by ``x_uid``, the number that
the original program gave a task, which the dumps have too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpora.mpxj_judging import find_differences

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from tests.corpora.mpxj import Dump
    from tests.corpora.mpxj_judging import Difference

__all__ = ["judge_plan"]


def judge_plan(dump: Dump, plan: Plan) -> list[Difference]:
    """Return every answer of the dump in which the schedule of a plan from the file differs.

    Working time is counted on the calendars of the dump, not on those that were read. A task that
    the plan lacks differs in everything.
    """
    uids = {item.id: str((item.model_extra or {}).get("x_uid")) for item in plan.items}
    return find_differences(dump, plan, uids)
