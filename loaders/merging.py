"""Registers of links merged into a plan: what each row does to the plan's links.

A row about a link the plan holds (same ends, same type) decides on it: its state is the row's, and
so are lag, reason, confidence and decision where the row gives them. A row about another link adds
it. A row that cannot be used is a problem with its place, and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.items import Source
from graphmodel.links import Decision, Evidence, Link
from graphmodel.ordering import EventOrder
from graphmodel.problems import Problem
from graphmodel.spans import ZERO
from loaders.item_finder import ItemFinder
from loaders.vetting import Vetting, entry_key, link_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.errors import CycleError
    from graphmodel.links import LinkState
    from graphmodel.plan import Plan
    from loaders.registers import Entry, Register
from loaders.vetting import LinkKey

__all__ = ["merge_links"]

#: How sure a new link is whose row does not say: a proposal is as likely as not.
_CONFIDENCE: Final[dict[LinkState, float]] = {"accepted": 1.0, "proposed": 0.5, "rejected": 1.0}


def merge_links(
    plan: Plan, registers: Sequence[tuple[str, Register]]
) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """Return a plan's links with those of registers merged in, and the problems with their rows.

    Parameters
    ----------
    plan
        The plan; circles among its own links are not told here.
    registers
        Each register with the id it has, or will have, among the plan's sources; the first to
        name a link counts.
    """
    vetting = Vetting(plan, ItemFinder(plan))
    problems: list[Problem] = []
    rows: list[tuple[str, Entry]] = []
    for source, register in registers:
        problems += register.problems
        for entry in register.entries:
            fault = vetting.check(entry)
            if fault is None:
                rows.append((source, entry))
            else:
                problems.append(fault)
    links, circles = _apply(plan, rows)
    return tuple(links), tuple(problems + circles)


def _apply(plan: Plan, rows: Sequence[tuple[str, Entry]]) -> tuple[list[Link], list[Problem]]:
    """Change and add links row by row; a row that closes a circle with those before is left out."""
    links = list(plan.links)
    held: dict[LinkKey, list[int]] = {}
    for number, link in enumerate(links):
        held.setdefault(link_key(link), []).append(number)
    undone = {entry_key(entry) for _, entry in rows if entry.state != "accepted"}
    standing = (link for link in links if link_key(link) not in undone)
    order = EventOrder.leaving_out(plan, (link for link in standing if link.state == "accepted"))
    problems: list[Problem] = []
    for source, entry in rows:
        numbers = held.get(entry_key(entry), [])
        changed = [_decide(links[number], entry, source) for number in numbers]
        new = changed or [_create(entry, source)]
        error = order.add(new[0]) if entry.state == "accepted" else None
        if error is not None:
            problems.append(_circle(entry, new[0], error))
        elif changed:
            for number, link in zip(numbers, changed, strict=True):
                links[number] = link
        else:
            links += new
    return links, problems


def _create(entry: Entry, source: str) -> Link:
    return Link(
        id=entry.id,
        from_=entry.tail,
        to=entry.head,
        type=entry.type,
        lag=entry.lag or ZERO,
        origin=entry.origin or "register",
        state=entry.state,
        confidence=_CONFIDENCE[entry.state] if entry.confidence is None else entry.confidence,
        reason=entry.reason,
        rule=entry.rule,
        evidence=(_evidence(entry, source),),
        decided=_decision(entry),
    )


def _decide(link: Link, entry: Entry, source: str) -> Link:
    """Return the plan's link as a row has it; what the row leaves blank stays."""
    sure = 1.0 if entry.state == "accepted" else None
    given: dict[str, Any] = {
        "id": entry.id,
        "lag": entry.lag,
        "reason": entry.reason,
        "rule": entry.rule,
        "confidence": sure if entry.confidence is None else entry.confidence,
        "decided": _decision(entry),
    }
    others = (one for one in link.evidence if one.source.source != source)
    changes = {key: value for key, value in given.items() if value is not None}
    changes |= {"state": entry.state, "evidence": (*others, _evidence(entry, source))}
    return link.model_copy(update=changes)


def _evidence(entry: Entry, source: str) -> Evidence:
    return Evidence(source=Source(source=source, line=entry.place.line, cell=entry.place.cell))


def _decision(entry: Entry) -> Decision | None:
    if entry.by is None and entry.at is None and entry.why is None:
        return None
    return Decision(by=entry.by, at=entry.at, why=entry.why)


def _circle(entry: Entry, link: Link, error: CycleError) -> Problem:
    return Problem(
        "cycle",
        "error",
        f"The link {link.name} would close a circle: {'; '.join(error.steps)}; "
        "the row is not used.",
        error.items,
        entry.place,
    )
