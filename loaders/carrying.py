"""The next version of a plan, with everything that was known of the version before.

A council sends its plan again every month: reworded here, re-dated there, with milestones put in,
taken out and moved. `carry_over` reads such a paper as the next version of the plan: every item
that it can know again (`loaders.matching`) keeps its id (`loaders.numbering`), its status,
uncertainty and history (`loaders.item_merging`); links and gates keep their decisions
(`loaders.decided_links`); officers and boards keep spellings, successors and meetings
(`loaders.named_matching`). What does not fit any more is left out and told, with whatever else
changed (`loaders.change_report`).

Items that other documents brought in, and outside events, stay. A label says where a milestone
stands in the paper, where that is not its id. Ids out of use are kept (`loaders.retired`).

Both plans are left as they are. Carrying the same version over again changes nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphmodel.collector import collector_paused
from graphmodel.plan import Plan
from loaders.carried_items import carry_items, retire
from loaders.carried_joins import carry_joins, metrics_of, options_of
from loaders.carried_measures import join_by
from loaders.carried_people import join_people
from loaders.named_matching import merge_board, merge_officer
from loaders.numbering import find_made_ids
from loaders.retired import RETIRED, read_retired, write_retired
from loaders.versions import Versions
from loaders.waiting_decisions import WAITING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graphmodel.people import Board, Officer
    from graphmodel.problems import Problem

__all__ = ["Carried", "carry_over"]

#: What a plan says of itself: the new version's where it says something.
_OWN: Final = (
    "title",
    "organisation",
    "version",
    "as_of",
    "start",
    "must_finish",
    "status_date",
    "calendar",
)


@dataclass(frozen=True, slots=True)
class Carried:
    """A new version under the old ids, what did not fit or changed, and how much of each."""

    plan: Plan
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def carry_over(old: Plan, new: Plan, *, made: Collection[str] | None = None) -> Carried:
    """Return the next version of a plan with the ids, decisions and history of the version before.

    Parameters
    ----------
    old
        The version before, as a plan file holds it.
    new
        The version just read. Links that the order of a paper speaks for (`loaders.sequences`) are
        best drawn afterwards: those of the old version that nobody decided are not carried over.
    made
        Ids of items that the new document does not state; None: as `find_made_ids` tells.
    """
    with collector_paused():
        return _carry(Versions(old, new, find_made_ids(new) if made is None else made))


def _carry(versions: Versions) -> Carried:
    old, new = versions.old, versions.new
    items = carry_items(versions)
    metrics = metrics_of(versions)
    fields: dict[str, Any] = {
        "id": old.id,
        **{name: _first(getattr(new, name), getattr(old, name)) for name in _OWN},
        "options": options_of(versions),
        "sources": versions.sources,
        "calendars": tuple(join_by(old.calendars, new.calendars, lambda one: one.id)),
        "items": items,
        "metrics": tuple(metrics.these),
        **carry_joins(versions, items),
    }
    fields |= _people(versions, fields)
    record = {(one.id, one.folded): one for one in read_retired(new)}
    known = {metric.id for metric in metrics.these}
    lost = [metric for metric in old.metrics if metric.id not in known]
    record |= {(one.id, one.folded): one for one in retire(versions, items, lost)}
    extras = (old.model_extra or {}) | (new.model_extra or {})
    for name in (RETIRED, WAITING):
        extras.pop(name, None)
    if record:
        extras[RETIRED] = write_retired(record.values())
    plan = Plan.model_validate(fields | extras)
    words = sum(match.score == 1 for match in versions.matches.values())
    notes = versions.report.notes(len(versions.matches), len(new.items), words)
    return Carried(plan, tuple(versions.report.problems), tuple(notes))


def _people(versions: Versions, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return officers and boards; those that the new version does not name stay where needed."""
    named = _named(fields, versions)

    def is_needed(one: Officer | Board) -> bool:
        return one.id in named or not versions.is_replaced(one.source)

    boards, gone_boards = join_people(
        map(versions.before.board, versions.old.boards),
        map(versions.now.board, versions.new.boards),
        merge_board,
        is_needed,
    )
    officers, gone_officers = join_people(
        map(versions.before.name, versions.old.officers),
        map(versions.now.name, versions.new.officers),
        merge_officer,
        is_needed,
    )
    for board in versions.old.boards:
        lost = tuple(item for item in board.oversees if item not in versions.before.items)
        if lost:
            message = (
                f"{board.name} no longer oversees {', '.join(lost)}: not in the plan any more."
            )
            versions.report.tell("oversight-dropped", "info", message, lost)
    gone: list[Officer | Board] = [*gone_officers, *gone_boards]
    for one in gone:
        message = f"{one.name} ({one.id}) is not named any more."
        versions.report.tell("name-gone", "info", message, old=one.source)
    return {"officers": tuple(officers), "boards": tuple(boards)}


def _named(fields: Mapping[str, Any], versions: Versions) -> set[str | None]:
    """Return the ids of officers and boards that something of the new version names."""
    people = (*versions.old.officers, *map(versions.now.name, versions.new.officers))
    bodies = (*versions.old.boards, *map(versions.now.name, versions.new.boards))
    effects = [effect for risk in fields["risks"] for effect in risk.effects]
    return {
        *(one.officer for one in fields["assignments"]),
        *(one.board for one in fields["gates"]),
        *(end for one in fields["relations"] for end in (one.from_, one.to)),
        *(board for one in fields["blackouts"] for board in one.boards),
        *(one.successor for one in people),
        *(one.reports_to for one in bodies),
        *(getattr(one, name, None) for one in effects for name in ("officer", "board", "to")),
    }


def _first(value: Any, other: Any) -> Any:
    return other if value is None else value
