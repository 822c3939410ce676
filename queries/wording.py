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
    from queries.dependencies import TraceStep

__all__ = ["tell_lag", "tell_routes", "tell_waits"]


def tell_lag(lag: Span) -> str | None:
    """Return a lag as ``+ 45 days`` or ``- 2 weeks``, None for none."""
    if not lag:
        return None
    return f"{'-' if lag.amount < 0 else '+'} {lag.words.lstrip('-')}"


def tell_waits(
    plan: Plan,
    start: str,
    upstream: Sequence[TraceStep],
    downstream: Sequence[TraceStep],
    links: LinkUse,
    *,
    depth: int | None,
) -> tuple[str, ...]:
    """Say how much an item waits for, how much waits for it, and what is not followed."""
    before, after = {step.from_ for step in upstream}, {step.to for step in downstream}
    near = {step.from_ for step in upstream if step.depth == 1}
    waiting = {step.to for step in downstream if step.depth == 1}
    within = f"Within {count(depth, 'step')}, " if depth is not None else ""
    verb = "wait" if len(after) > 1 else "waits"
    answer = (
        f"{within}{quoted(plan, start)} waits for {_many(before, near)}; "
        f"{_many(after, waiting)} {verb} for it."
    )
    left = sum(link.state == "proposed" and start in (link.from_, link.to) for link in plan.links)
    if links != "accepted" or not left:
        return (answer,)
    verb = "is" if left == 1 else "are"
    return answer, f"{count(left, 'proposed link')} into or out of {start} {verb} not followed."


def _many(total: Collection[str], near: Collection[str]) -> str:
    if not total:
        return "nothing"
    items = count(len(total), "item")
    return items if len(total) == len(near) else f"{items} ({len(near)} directly)"


def tell_routes(
    plan: Plan, start: str, end: str, routes: Sequence[Sequence[str]], links: LinkUse
) -> tuple[str, ...]:
    """Say how two items hang together: over how many steps, the other way round, or not at all."""
    first, last = (quoted(plan, one) for one in (start, end))
    if start == end:
        return (f"{first} is one item: name two to ask for the route between them.",)
    if not routes:
        followed = "accepted links" if links == "accepted" else "accepted and proposed links"
        return (f"There is no route between {first} and {last} over {followed}: neither waits.",)
    over = f"over {count(len(routes[0]) - 1, 'step')}"
    if len(routes) > 1:
        over += f", on {len(routes)} routes of that length"
    if routes[0][0] == start:
        return (f"{last} waits for {first} {over}.",)
    return (f"{last} does not wait for {first}. The other way round: {first} waits {over}.",)
