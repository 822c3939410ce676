"""P6's relationships; a level of effort ends with what it is said to hold back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graphmodel.spans import ZERO
from graphmodel.words import count
from loaders.schedules.tasks import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphmodel.links import LinkType
    from loaders.schedules.cells import Cells
    from loaders.schedules.journal import Journal
    from loaders.schedules.tasks import Task
    from loaders.schedules.xer_tables import Row

__all__ = ["LINK_TYPES", "Relations", "read_relations"]

#: The codes of relationship types.
LINK_TYPES: Final[dict[str, LinkType]] = {
    "PR_FS": "FS",
    "PR_SS": "SS",
    "PR_FF": "FF",
    "PR_SF": "SF",
}
#: How a level of effort that hands a finish on takes it from its successor instead.
_TURNED: Final[dict[LinkType, LinkType]] = {"FS": "SF", "FF": "FF"}


@dataclass(frozen=True)
class Relations:
    """The relationships of a project; ``turned``: how many were turned round."""

    relations: tuple[Relation, ...]
    turned: int


def read_relations(
    rows: Iterable[Row],
    project: str,
    tasks: Iterable[Task],
    uids: Mapping[str, str],
    cells: Cells,
    journal: Journal,
) -> Relations:
    """Read the relationships of a project; those with other projects are told.

    A level of effort moves nobody, and ends as late as what it is said to hold back allows: a
    relationship out of its finish is read as one into it.

    Parameters
    ----------
    uids
        Uids of activities that stand for something else than themselves.
    """
    efforts = {one.uid for one in tasks if one.kind == "loe"}
    found: list[Relation] = []
    foreign: list[Row] = []
    turned = 0
    for row in rows:
        projects = {row["proj_id"] or project, row["pred_proj_id"] or project}
        if project not in projects:
            continue
        if len(projects) > 1:
            foreign.append(row)
            continue
        pred, succ = (uids.get(row[end], row[end]) for end in ("pred_task_id", "task_id"))
        kind = cells.choice(row, "pred_type", LINK_TYPES, "FS")
        lag = cells.hours(row, "lag_hr_cnt") or ZERO
        if pred in efforts and succ not in efforts and kind in _TURNED:
            turned += 1
            pred, succ, kind = succ, pred, _TURNED[kind]
            lag = replace(lag, amount=-lag.amount)
        found.append(Relation(pred, succ, kind, lag, row.line))
    if foreign:
        journal.tell(
            "link-to-other-project",
            "warning",
            f"{count(len(foreign), 'link')} to or from other projects left out: an activity keeps "
            "the external dates that the file states for it.",
            foreign[0].line,
        )
    return Relations(tuple(found), turned)
