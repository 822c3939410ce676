"""P6's work breakdown structure as summaries; the root of a project is the project itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.schedules.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loaders.schedules.xer_facts import Facts
    from loaders.schedules.xer_tables import Row

__all__ = ["Wbs", "read_wbs"]


@dataclass(frozen=True)
class Wbs:
    """The rows of a project's breakdown.

    Attributes
    ----------
    summaries
        One for each row but the root.
    root
        The row of the project itself, if the file has it.
    owners
        Uid of the office (OBS) that answers for a summary, where it is another than above.
    """

    summaries: tuple[Task, ...]
    root: Row | None
    owners: Mapping[str, str]

    def parent(self, wbs: str) -> str | None:
        """Return the uid of the summary that something in a WBS row is part of."""
        return None if not wbs or (self.root and wbs == self.root["wbs_id"]) else f"wbs-{wbs}"


def read_wbs(rows: Iterable[Row], mark: str, facts: Facts) -> Wbs:
    """Read the rows of a project; ``mark`` sets the parts of a code apart."""
    by_id: dict[str, Row] = {}
    for row in rows:
        by_id.setdefault(row["wbs_id"], row)
    root = _find_root(by_id)
    wbs = Wbs((), root, {})
    codes: dict[str, str] = {}
    owners: dict[str, str] = {}
    summaries: list[Task] = []
    for key, row in by_id.items():
        if row is root:
            continue
        above = by_id.get(row["parent_wbs_id"])
        if row["obs_id"] and (above is None or above["obs_id"] != row["obs_id"]):
            owners[f"wbs-{key}"] = f"obs-{row['obs_id']}"
        summaries.append(
            Task(
                uid=f"wbs-{key}",
                id=_code(row, by_id, mark, codes),
                title=row["wbs_name"] or row["wbs_short_name"],
                kind="summary",
                parent=wbs.parent(row["parent_wbs_id"]),
                label=row["wbs_short_name"] or None,
                facts=facts.of_wbs(key),
                line=row.line,
            )
        )
    return Wbs(tuple(summaries), root, owners)


def _find_root(by_id: Mapping[str, Row]) -> Row | None:
    """Return the row that stands for the project: marked so, else the only one without parent."""
    rows = by_id.values()
    tops = [row for row in rows if row["parent_wbs_id"] not in by_id]
    marked = (row for row in rows if row["proj_node_flag"] == "Y")
    return next(marked, tops[0] if len(tops) == 1 else None)


def _code(row: Row, by_id: Mapping[str, Row], mark: str, codes: dict[str, str]) -> str:
    """Return the full code of a row: the short names from the root down."""
    line: list[Row] = []
    seen: set[str] = set()
    above: Row | None = row
    while above is not None and above["wbs_id"] not in seen and above["wbs_id"] not in codes:
        seen.add(above["wbs_id"])
        line.append(above)
        above = by_id.get(above["parent_wbs_id"])
    code = codes.get(above["wbs_id"], "") if above is not None else ""
    for one in reversed(line):
        code = f"{code}{mark}{one['wbs_short_name']}" if code else one["wbs_short_name"]
        codes[one["wbs_id"]] = code
    return code
