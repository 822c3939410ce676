"""The decisions on a plan's proposals, made one at a time, each of which can be taken back.

1. Accepting a link that would close a circle with accepted links, or that the plan has already, is
   refused: it would break every question that is asked of the plan.
2. Rejecting an outside event rejects what is proposed on it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.moments import finish_instant
from graphmodel.ordering import EventOrder
from loaders.changing import change_plan
from loaders.review.deciding import decide_link, judge, reopen
from loaders.review.proposals import (
    GROUPS,
    Proposal,
    Proposed,
    decision_of,
    is_event,
    rule_of,
    state_of,
)
from loaders.vetting import link_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphmodel.links import Decision, LinkState, LinkType
    from graphmodel.plan import Plan
    from loaders.review.deciding import Verdict

__all__ = ["NUMBER", "Changes", "Docket", "number_of"]

#: Key of a decision that tells which came first of those made in one minute.
NUMBER: Final = "x_number"

#: Links, gates and items by where they stand.
Changes = dict[Proposal, Proposed]


class Docket:
    """A plan with its proposals, and the decisions made on them so far."""

    def __init__(self, plan: Plan) -> None:
        self.base = plan
        self._now: Changes = {}

    def copy(self) -> Docket:
        """Return a docket of the same plan with the same decisions, to go on from."""
        copy = Docket(self.base)
        copy.put(self._now)
        return copy

    def plan(self) -> Plan:
        """Return the plan with every decision in it."""
        lists: dict[str, list[Proposed]] = {}
        for proposal, one in self._now.items():
            group = proposal.group
            held = lists.setdefault(group, list(getattr(self.base, group)))
            held[proposal.place] = one
        return change_plan(self.base, {name: tuple(held) for name, held in lists.items()})

    def get(self, proposal: Proposal) -> Proposed:
        """Return a link, gate or item as it is now."""
        known = self._now.get(proposal)
        if known is None:
            known = getattr(self.base, proposal.group)[proposal.place]
        return known

    def is_open(self, proposal: Proposal) -> bool:
        """Return whether something still waits for a decision."""
        return state_of(self.get(proposal)) == "proposed"

    def decide(
        self,
        proposal: Proposal,
        verdict: Verdict,
        decided: Decision | None,
        kind: LinkType | None = None,
    ) -> Changes | str:
        """Decide on a proposal; return what stood there before, or why that cannot be decided.

        Parameters
        ----------
        kind
            The type that a link is to have; None leaves that as it is, or to the dates.
        """
        one = self.get(proposal)
        if isinstance(one, Link):
            link = decide_link(self.base, one, verdict, decided, kind)
            return self._fault(proposal, link) or self.put({proposal: link})
        if verdict == "reverse":
            what = "An outside event" if isinstance(one, Item) else "A gate"
            return f"{what} has no direction to reverse: accept or reject it."
        state: LinkState = "accepted" if verdict == "accept" else "rejected"
        changes: Changes = {proposal: judge(one, state, decided)}
        if isinstance(one, Item) and verdict == "reject":
            changes |= {
                other: judge(held, "rejected", decided)
                for other, held in self._on_event(one.id)
                if state_of(held) == "proposed"
            }
        return self.put(changes)

    def put(self, changes: Mapping[Proposal, Proposed]) -> Changes:
        """Put links, gates and items in their places, and return those that stood there."""
        before = {proposal: self.get(proposal) for proposal in changes}
        self._now.update(changes)
        return before

    def take_back(self, proposal: Proposal) -> Changes:
        """Open what was decided, whenever that was; return what stood there before.

        What was rejected with an outside event is opened with it.
        """
        one = self.get(proposal)
        changes: Changes = {proposal: reopen(self.base, one)}
        if isinstance(one, Item) and state_of(one) == "rejected":
            changes |= {
                other: reopen(self.base, held)
                for other, held in self._on_event(one.id)
                if state_of(held) == "rejected" and decision_of(held) == decision_of(one)
            }
        return self.put(changes)

    def last_of(self, by: str | None) -> Proposal | None:
        """Return what somebody decided last among what rules have proposed, None for nothing.

        Decisions that came with a register have a day and no time; they are not looked at.
        """
        latest: tuple[tuple[int, int], Proposal] | None = None
        for proposal, one in self._decidable():
            decided = decision_of(one)
            if decided is None or decided.by != by or not isinstance(decided.at, datetime):
                continue
            when = finish_instant(decided.at), number_of(decided)
            if latest is None or when >= latest[0]:
                latest = when, proposal
        return None if latest is None else latest[1]

    def next_number(self) -> int:
        """Return the number of the next decision: one more than any has (see `number_of`)."""
        decisions = (decision_of(one) for _, one in self._decidable())
        return 1 + max((number_of(one) for one in decisions if one is not None), default=0)

    def _fault(self, proposal: Proposal, link: Link) -> str | None:
        """Return why a link cannot be accepted, None where it can or is not to be (rule 1)."""
        if link.state != "accepted":
            return None
        standing: list[Link] = []
        for place in range(len(self.base.links)):
            held = self.get(Proposal("links", place))
            if not isinstance(held, Link) or proposal.place == place:
                continue
            if link_key(held) == link_key(link):
                return (
                    f"The plan has the link {link.name} already, {held.state}: decide on that one."
                )
            if held.state == "accepted":
                standing.append(held)
        error = EventOrder.leaving_out(self.base, standing).add(link)
        if error is None:
            return None
        steps = "; ".join(error.steps)
        return f"{link.name} cannot be accepted: it would close a circle: {steps}."

    def _decidable(self) -> Iterator[tuple[Proposal, Proposed]]:
        """Yield what a rule has proposed; outside events last, for they take others along."""
        for group in GROUPS:
            for place in range(len(getattr(self.base, group))):
                proposal = Proposal(group, place)
                one = self.get(proposal)
                if is_event(one) if isinstance(one, Item) else rule_of(one) is not None:
                    yield proposal, one

    def _on_event(self, event: str) -> Iterator[tuple[Proposal, Proposed]]:
        for place in range(len(self.base.links)):
            link = self.get(Proposal("links", place))
            if isinstance(link, Link) and event in {link.from_, link.to}:
                yield Proposal("links", place), link
        for place, gate in enumerate(self.base.gates):
            if gate.item == event:
                yield Proposal("gates", place), self.get(Proposal("gates", place))


def number_of(decided: Decision) -> int:
    """Return the number of a decision in the order in which they were made, 0 for none."""
    number = (decided.model_extra or {}).get(NUMBER)
    return number if isinstance(number, int) else 0
