"""Registers of decisions: proposals in rows, with a column in which people accept or reject them.

`loaders.writers.reviewfile` writes them. A register of links states what is so; here a blank
decision decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.items import Item
from graphmodel.links import Evidence, Link
from graphmodel.moments import write_moment
from loaders.register_cells import show_share
from loaders.register_rows import RegisterKind
from loaders.review.columns import COLUMNS
from loaders.review.evidence_cells import show_evidence
from loaders.review.proposals import (
    confidence_of,
    decision_of,
    is_clash,
    list_open,
    rule_of,
    state_of,
)
from loaders.review.rows import merge_decisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.people import Gate
    from graphmodel.plan import Plan
    from loaders.review.proposals import Proposed

__all__ = ["REVIEW", "show_proposal"]

_VERDICTS: Final = {"accepted": "accept", "rejected": "reject", "proposed": ""}


def show_proposal(plan: Plan, one: Proposed) -> dict[str, str]:
    """Return the row of a link, gate or outside event: texts by field."""
    decided = decision_of(one)
    at = None if decided is None else decided.at
    shown = {
        "confidence": show_share(confidence_of(plan, one)),
        "rule": rule_of(one) or "",
        "clash": "clash" if is_clash(one) else "",
        "decision": _VERDICTS[state_of(one)],
        "by": (decided and decided.by) or "",
        "at": "" if at is None else write_moment(at),
        "why": (decided and decided.why) or "",
    }
    if isinstance(one, Item):
        return shown | _show_event(plan, one)
    shown |= {
        "reason": one.reason or "",
        "evidence_from": show_evidence(plan, one.evidence, "from"),
        "evidence_to": show_evidence(plan, one.evidence, "to"),
    }
    return shown | (_show_link(plan, one) if isinstance(one, Link) else _show_gate(plan, one))


def _show_event(plan: Plan, item: Item) -> dict[str, str]:
    words = [] if item.source is None else [_evidence_of(item)]
    return {
        "candidate": "outside event",
        **_side(plan, "tail", item.id),
        "evidence_from": show_evidence(plan, words, "from"),
    }


def _evidence_of(item: Item) -> Evidence:
    return Evidence.model_validate({"side": "from", "source": item.source})


def _show_link(plan: Plan, link: Link) -> dict[str, str]:
    return {
        "candidate": "link",
        **_side(plan, "tail", link.from_),
        **_side(plan, "head", link.to),
        "type": link.type,
        "lag": str(link.lag) if link.lag else "",
    }


def _show_gate(plan: Plan, gate: Gate) -> dict[str, str]:
    board = next(one for one in plan.boards if one.id == gate.board)
    return {
        "candidate": "gate",
        **_side(plan, "tail", gate.item),
        "head": board.id,
        "head_title": board.title,
        "order": str(gate.order),
    }


def _side(plan: Plan, name: str, one: str) -> dict[str, str]:
    item = plan.index.items[one]
    finish = item.planned.finish or item.planned.start or item.due
    day = "" if finish is None else write_moment(finish)
    return {name: one, f"{name}_title": item.title, f"{name}_date": day}


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    for proposal in list_open(plan, order="plan"):
        yield show_proposal(plan, getattr(plan, proposal.group)[proposal.place])


REVIEW: Final = RegisterKind(
    "Review",
    "proposal",
    "Proposed links, gates and outside events, to be accepted or rejected.",
    COLUMNS,
    merge_decisions,
    _show_all,
    tells=frozenset({"decision"}),
    is_unlike=True,
)
