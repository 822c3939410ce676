"""Every kind of register, in the order in which they are put into a plan.

What others name comes first: officers and boards before what they do and decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import write_moment
from loaders.assignment_register import ASSIGNMENTS
from loaders.blackout_register import BLACKOUTS
from loaders.board_register import BOARDS
from loaders.correction_register import CORRECTIONS
from loaders.gate_register import GATES
from loaders.link_columns import COLUMNS
from loaders.link_entries import Entry
from loaders.meeting_register import MEETINGS
from loaders.merging import merge_links
from loaders.metric_register import METRICS
from loaders.officer_register import OFFICERS
from loaders.register_cells import show_share
from loaders.register_rows import RegisterKind, find_news
from loaders.review_register import REVIEW
from loaders.risk_register import RISKS
from loaders.vetting import link_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["KINDS", "LINKS"]


def _merge_links(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    """Merge links; one that a row says nothing new of keeps the evidence it had."""
    known = _Known(desk.plan)
    entries: dict[str, list[Entry]] = {}
    for row in rows:
        if not known.holds(row):
            entries.setdefault(desk.source_id(row), []).append(Entry.of(row))
    links, problems = merge_links(desk.plan, list(entries.items()))
    desk.problems += problems
    old = desk.plan.links
    kept = [_unless_new(desk, *pair, entries) for pair in zip(old, links, strict=False)]
    for _ in links[len(kept) :]:
        desk.count("link", new=True)
    desk.links = (*kept, *links[len(kept) :])


class _Known:
    """The links of a plan, as rows of a register that nobody has touched show them."""

    def __init__(self, plan: Plan) -> None:
        self.links: dict[tuple[str, str, str], list[Link]] = {}
        for link in plan.links:
            self.links.setdefault(link_key(link), []).append(link)

    def holds(self, row: RegisterRow) -> bool:
        """Return whether a row that names a state says nothing new; a blank one accepts."""
        key = row.values["tail"], row.values["head"], row.get("type") or "FS"
        return "state" in row.values and any(
            not find_news(row, _show_link(link) | _titles(row)) for link in self.links.get(key, ())
        )


def _titles(row: RegisterRow) -> dict[str, str]:
    """Return the titles of a row as they are, since they are only held against ids."""
    return {name: row.texts[name] for name in ("tail_title", "head_title") if name in row.texts}


def _unless_new(desk: Desk, old: Link, new: Link, sources: Container[str]) -> Link:
    """Return the old link where only the evidence is new, and not of a register known before."""
    if old == new or any(one.source.source in sources for one in old.evidence):
        return new
    if new.model_copy(update={"evidence": old.evidence}) == old:
        return old
    desk.count("link", new=False)
    return new


def _show_link(link: Link) -> dict[str, str]:
    decided = link.decided
    at = None if decided is None else decided.at
    return {
        "tail": link.from_,
        "head": link.to,
        "type": link.type,
        "lag": str(link.lag) if link.lag else "",
        "reason": link.reason or "",
        "state": link.state,
        "confidence": show_share(link.confidence),
        "by": (decided and decided.by) or "",
        "at": "" if at is None else write_moment(at),
        "why": (decided and decided.why) or "",
        "id": link.id or "",
        "rule": link.rule or "",
        "origin": link.origin,
    }


def _show_links(plan: Plan) -> Iterator[dict[str, str]]:
    items = plan.index.items
    for link in plan.links:
        titles = {"tail_title": items[link.from_].title, "head_title": items[link.to].title}
        yield _show_link(link) | titles


LINKS: Final = RegisterKind(
    "Links",
    "link",
    "Which item waits for which.",
    COLUMNS,
    _merge_links,
    _show_links,
    names=("dependencies", "dependency register", "relationships"),
)

#: In the order of merging.
KINDS: Final = (
    OFFICERS,
    BOARDS,
    MEETINGS,
    ASSIGNMENTS,
    GATES,
    BLACKOUTS,
    METRICS,
    RISKS,
    LINKS,
    REVIEW,
    CORRECTIONS,
)
