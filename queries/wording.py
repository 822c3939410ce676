"""The answer of a trace in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.words import count
from simulations.conditions import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graphmodel.plan import Plan
    from graphmodel.selection import LinkUse
    from graphmodel.spans import Span
    from graphmodel.subjects import Subject
    from queries.dependencies import TraceStep

__all__ = ["tell_common", "tell_lag", "tell_routes", "tell_waits"]


def tell_lag(lag: Span) -> str | None:
    """Return a lag as ``+ 45 days`` or ``- 2 weeks``, None for none."""
    if not lag:
        return None
    return f"{'-' if lag.amount < 0 else '+'} {lag.words.lstrip('-')}"


def tell_waits(
    plan: Plan,
    subject: Subject,
    upstream: Sequence[TraceStep],
    downstream: Sequence[TraceStep],
    links: LinkUse,
    *,
    depth: int | None,
) -> tuple[str, ...]:
    """Say how much something waits for, how much waits for it, and what is not followed."""
    before, after = {step.from_ for step in upstream}, {step.to for step in downstream}
    near = {step.from_ for step in upstream if step.depth == 1}
    waiting = {step.to for step in downstream if step.depth == 1}
    within = f"Within {count(depth, 'step')}, " if depth is not None else ""
    verb = "wait" if len(after) > 1 else "waits"
    if subject.kind == "item":
        who, whom = f"{within}{quoted(plan, subject.id)} waits", "it"
    else:
        who, whom = f"{within}{_stands_for(subject)} wait", "them"
    answer = f"{who} for {_many(before, near)}; {_many(after, waiting)} {verb} for {whom}."
    own = set(subject.items)
    left = sum(
        link.state == "proposed" and not own.isdisjoint((link.from_, link.to))
        for link in plan.links
    )
    if links != "accepted" or not left:
        return (answer,)
    verb = "is" if left == 1 else "are"
    ends = subject.id if subject.kind == "item" else "them"
    return answer, f"{count(left, 'proposed link')} into or out of {ends} {verb} not followed."


def _stands_for(subject: Subject) -> str:
    """Say which items an officer, a board or a metric stands for."""
    items = count(len(subject.items), "item")
    verb = {
        "officer": "is responsible for",
        "board": "approves or oversees",
        "metric": "shows the effect of",
    }[subject.kind]
    return f"{subject.name} {verb} {items}, which"


def tell_common(plan: Plan, common: Sequence[str], *, is_apart: bool) -> tuple[str, ...]:
    """Say what two items both wait for, the nearest by name; that nothing, if they are apart."""
    if not common:
        return ("They wait for nothing in common.",) if is_apart else ()
    if len(common) == 1:
        return (f"Both wait for {quoted(plan, common[0])}.",)
    return (
        f"Both wait for {count(len(common), 'item')}, nearest of them {quoted(plan, common[0])}.",
    )


def _many(total: Collection[str], near: Collection[str]) -> str:
    if not total:
        return "nothing"
    items = count(len(total), "item")
    return items if len(total) == len(near) else f"{items} ({len(near)} directly)"


def tell_routes(
    plan: Plan,
    start: str,
    end: str,
    routes: Sequence[Sequence[str]],
    links: LinkUse,
    *,
    is_all: bool = False,
    has_more: bool = False,
) -> tuple[str, ...]:
    """Say how two items hang together: over how many steps, the other way round, or not at all."""
    first, last = (quoted(plan, one) for one in (start, end))
    if start == end:
        return (f"{first} is one item: name two to ask for the route between them.",)
    if not routes:
        followed = "accepted links" if links == "accepted" else "accepted and proposed links"
        return (f"There is no route between {first} and {last} over {followed}: neither waits.",)
    over = f"over {count(len(routes[0]) - 1, 'step')}"
    number = f"{'more than ' if has_more else ''}{len(routes)} routes"
    if len(routes) > 1 and is_all:
        over = f"over {len(routes[0]) - 1} to {len(routes[-1]) - 1} steps, on {number}"
    elif len(routes) > 1:
        over += f", on {number} of that length"
    if routes[0][0] == start:
        return (f"{last} waits for {first} {over}.",)
    return (f"{last} does not wait for {first}. The other way round: {first} waits {over}.",)
