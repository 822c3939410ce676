"""Which links a calculation uses: the accepted ones, and where asked for the proposed ones too.

DESIGN 5.3.8: proposed links are added by falling confidence, each skipped and reported where it
would close a cycle; only accepted links can make a cycle error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphmodel.cycles import find_cycle
from graphmodel.ordering import EventOrder
from graphmodel.problems import Problem

if TYPE_CHECKING:
    from graphmodel.errors import CycleError
    from graphmodel.links import Link
    from graphmodel.plan import Plan

__all__ = ["LinkSelection", "LinkUse", "select_links"]

LinkUse = Literal["accepted", "proposed"]


@dataclass(frozen=True, slots=True)
class LinkSelection:
    """The links in use, in the order of the plan file, and those left out for a cycle's sake."""

    links: tuple[Link, ...]
    skipped: tuple[Problem, ...] = ()


def select_links(
    plan: Plan, *, use: LinkUse = "accepted", min_confidence: float = 0.0
) -> LinkSelection:
    """Return the links to calculate with; rejected ones are never among them.

    Parameters
    ----------
    plan
        The plan that holds the links.
    use
        ``accepted`` for these only, ``proposed`` for both.
    min_confidence
        The least confidence, 0 to 1, that a proposed link must have; accepted ones need none.

    Raises
    ------
    CycleError
        The accepted links run in a circle.
    """
    accepted = [number for number, link in enumerate(plan.links) if link.state == "accepted"]
    if use == "accepted":
        links = tuple(plan.links[number] for number in accepted)
        error = find_cycle(plan, links)
        if error is not None:
            raise error
        return LinkSelection(links)
    wanted = (
        number
        for number, link in enumerate(plan.links)
        if link.state == "proposed" and link.confidence >= min_confidence
    )
    order = EventOrder(plan, (plan.links[number] for number in accepted))
    used, skipped = accepted, []
    for number in sorted(wanted, key=lambda number: -plan.links[number].confidence):
        error = order.add(plan.links[number])
        if error is None:
            used.append(number)
        else:
            skipped.append(_report(plan.links[number], error))
    return LinkSelection(tuple(plan.links[number] for number in sorted(used)), tuple(skipped))


def _report(link: Link, error: CycleError) -> Problem:
    return Problem(
        "proposed-link-cycle",
        "warning",
        f"The proposed link {link.name}, confidence {link.confidence:g}, is not used: "
        f"it would close a circle: {'; '.join(error.steps)}.",
        error.items,
    )
