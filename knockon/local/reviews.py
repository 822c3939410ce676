"""Decisions on the links of an open plan, by the same docket as ``knockon links review``.

A proposal is named by where it stands in its plan, such as ``links-12``, and carries a mark of
what it was when it was shown: what has changed since, in another tab or by more files, is not
decided on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from graphmodel.errors import KnockonError
from graphmodel.items import Item
from graphmodel.links import Decision, Link
from knockon.local.desk import ChangedMeanwhileError
from loaders.review.docket import NUMBER, Changes, Docket
from loaders.review.proposals import (
    Order,
    Proposal,
    Proposed,
    confidence_of,
    list_decided,
    list_open,
    rule_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.links import LinkType
    from graphmodel.plan import Plan
    from knockon.local.desk import Shelf
    from loaders.review.deciding import Verdict

__all__ = [
    "Chosen",
    "NoSuchProposalError",
    "NotDecidedError",
    "Seen",
    "decide",
    "decided_of",
    "find_proposal",
    "mark_of",
    "name_of",
    "next_of",
    "queue_of",
    "suggest_links",
    "take_back",
    "undo",
]

_PLACE: Final = "review steps"

#: Decisions of one plan that can be undone one after the other; older ones are taken back by name.
_MOST_STEPS: Final = 500


class NoSuchProposalError(KnockonError, LookupError):
    """A proposal that the plan has not."""

    def __init__(self, name: str) -> None:
        super().__init__(f'The plan has no proposal "{name}": go to the first that waits.')


class NotDecidedError(KnockonError):
    """A decision that cannot be made, or taken back."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which proposals are reviewed, and in which order; empty texts for all.

    Attributes
    ----------
    least
        The least confidence, 0 to 1.
    theme
        Id of the part at the top of the plan that one end lies in.
    """

    rule: str = ""
    least: float = 0.0
    theme: str = ""
    order: Order = "best"

    @property
    def query(self) -> str:
        """What an address says of this, from its question mark on."""
        told = {"rule": self.rule, "least": self.least, "theme": self.theme}
        if self.order != "best":
            told["order"] = self.order
        return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class Seen:
    """A proposal that somebody has seen: its name, and the mark of what was shown of it."""

    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class _Step:
    """A decision that can be undone: what stood there before, and marks of what it put there."""

    before: Changes
    marks: dict[Proposal, str]


def name_of(proposal: Proposal) -> str:
    """Return a proposal's place in its plan as a name."""
    return f"{proposal.group}-{proposal.place}"


def find_proposal(plan: Plan, name: str) -> Proposal:
    """Return the proposal of a name, decided or not.

    Raises
    ------
    NoSuchProposalError
        Nothing stands there that was ever proposed.
    """
    known = (*list_open(plan, order="plan"), *list_decided(plan))
    found = next((one for one in known if name_of(one) == name), None)
    if found is None:
        raise NoSuchProposalError(name)
    return found


def mark_of(one: Proposed) -> str:
    """Return a mark that changes with anything that is said of a link, gate or outside event."""
    text = one.model_dump_json(by_alias=True, exclude_defaults=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def queue_of(plan: Plan, chosen: Chosen) -> list[Proposal]:
    """Return what waits for a decision."""
    rules = (chosen.rule,) if chosen.rule else ()
    found = list_open(plan, min_confidence=chosen.least, rules=rules, order=chosen.order)
    return [one for one in found if _is_in(plan, one, chosen.theme)]


def decided_of(plan: Plan, chosen: Chosen) -> list[Proposal]:
    """Return what is decided already, in the order of the plan."""
    return [
        proposal
        for proposal in list_decided(plan)
        if chosen.rule in {"", rule_of(_get(plan, proposal)) or ""}
        and confidence_of(plan, _get(plan, proposal)) >= chosen.least
        and _is_in(plan, proposal, chosen.theme)
    ]


def next_of(plan: Plan, chosen: Chosen, proposal: Proposal) -> Proposal | None:
    """Return what waits after a proposal, None after the last."""
    queue = queue_of(plan, chosen)
    at = queue.index(proposal) + 1 if proposal in queue else 0
    return queue[at] if at < len(queue) else None


def decide(
    shelf: Shelf,
    key: str,
    seen: Seen,
    verdict: Verdict,
    *,
    by: str,
    why: str = "",
    kind: LinkType | None = None,
    clock: Callable[[], datetime] = datetime.now,
) -> Proposal:
    """Decide on a proposal of an open plan.

    Parameters
    ----------
    by, why
        Who decides, and why.
    kind
        The type that a link is to have; None leaves that as it is, or to the dates.

    Raises
    ------
    ChangedMeanwhileError
        It is not what was shown any more.
    NotDecidedError
        It is decided already, or cannot be decided so.
    """
    if not by.strip():
        raise NotDecidedError("Say who decides: write a name under “Who decides”.")
    with shelf.lock:
        docket = Docket(shelf.find(key).plan)
        proposal = _find_seen(docket, seen)
        if not docket.is_open(proposal):
            raise NotDecidedError("This is decided already: take that back first.")
        decided = Decision(
            by=by.strip(),
            at=clock().replace(second=0, microsecond=0),
            why=why.strip() or None,
            **{NUMBER: docket.next_number()},
        )
        before = docket.decide(proposal, verdict, decided, kind)
        if isinstance(before, str):
            raise NotDecidedError(before)
        shelf.replace(key, docket.plan())
        steps = _steps(shelf, key)
        steps.append(_Step(before, {one: mark_of(docket.get(one)) for one in before}))
        del steps[:-_MOST_STEPS]
        return proposal


def take_back(shelf: Shelf, key: str, seen: Seen) -> Proposal:
    """Open what was decided, whenever that was.

    Raises
    ------
    ChangedMeanwhileError, NotDecidedError
        It is not what was shown any more; or nobody has decided on it.
    """
    with shelf.lock:
        docket = Docket(shelf.find(key).plan)
        proposal = _find_seen(docket, seen)
        if docket.is_open(proposal):
            raise NotDecidedError("Nobody has decided on this, so there is nothing to take back.")
        docket.take_back(proposal)
        shelf.replace(key, docket.plan())
        return proposal


def undo(shelf: Shelf, key: str, by: str) -> Proposal:
    """Take back the last decision made here, else the last that the same person made before.

    Raises
    ------
    ChangedMeanwhileError
        The last decision is not what it was any more.
    NotDecidedError
        There is none.
    """
    with shelf.lock:
        docket = Docket(shelf.find(key).plan)
        steps = _steps(shelf, key)
        if steps:
            step = steps.pop()
            for one, mark in step.marks.items():
                _check(docket, one, mark)
            docket.put(step.before)
            proposal = next(iter(step.before))
        else:
            last = docket.last_of(by.strip())
            if last is None:
                raise NotDecidedError(
                    f"There is nothing to undo: {by.strip() or 'nobody'} has decided nothing."
                )
            proposal = last
            docket.take_back(proposal)
        shelf.replace(key, docket.plan())
        return proposal


def suggest_links(shelf: Shelf, key: str, edition: int | None) -> int:
    """Add what the plan's words suggest as proposals; return how many there are to decide now.

    Raises
    ------
    ChangedMeanwhileError
        The plan is not what was shown any more.
    """
    from loaders.suggest.suggest import suggest  # noqa: PLC0415 - heavy

    opened = shelf.find(key)
    opened.check_edition(edition)
    found = suggest(opened.plan)
    with shelf.lock:
        shelf.find(key).check_edition(opened.edition)
        shelf.replace(key, found.plan)
    return len(found.new) + len(found.gates) + len(found.items)


def _get(plan: Plan, proposal: Proposal) -> Proposed:
    one: Proposed = getattr(plan, proposal.group)[proposal.place]
    return one


def _find_seen(docket: Docket, seen: Seen) -> Proposal:
    """Return the proposal that somebody has seen, if it is what was shown."""
    proposal = find_proposal(docket.base, seen.name)
    _check(docket, proposal, seen.mark)
    return proposal


def _check(docket: Docket, proposal: Proposal, mark: str) -> None:
    lists = getattr(docket.base, proposal.group)
    if proposal.place >= len(lists) or mark_of(docket.get(proposal)) != mark:
        raise ChangedMeanwhileError("This proposal")


def _steps(shelf: Shelf, key: str) -> list[_Step]:
    known: dict[str, list[_Step]] = shelf.kept.setdefault(_PLACE, {})
    return known.setdefault(key, [])


def _is_in(plan: Plan, proposal: Proposal, theme: str) -> bool:
    """Return whether an end of a proposal lies in a theme; an event lies where its links do."""
    if not theme:
        return True
    one = _get(plan, proposal)
    if isinstance(one, Link):
        ends = {one.from_, one.to}
    elif isinstance(one, Item):
        ends = {
            end
            for link in plan.links
            for end in (link.from_, link.to)
            if one.id in {link.from_, link.to}
        }
    else:
        ends = {one.item}
    return any(plan.index.top(end) == theme for end in ends)
