"""What an item waits for, what waits for it, and why: the links behind every step.

An item waits for its predecessors and, where it is a parent, for its parts (DESIGN 5.3.3, 5.3.4);
`graphmodel.waiting` says so exactly. Which links are followed is the choice of the caller, as in
a what-if.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from graphmodel.places import find_place
from graphmodel.selection import select_links
from graphmodel.waiting import build_waits
from queries.wording import tell_lag, tell_routes, tell_waits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import networkx as nx

    from graphmodel.links import Evidence, Link, LinkState, LinkType, Origin
    from graphmodel.plan import Plan
    from graphmodel.problems import Place
    from graphmodel.selection import LinkUse

__all__ = ["Quote", "Route", "Trace", "TraceStep", "trace"]

#: Routes of equal length that are told; more say nothing new.
_ROUTES: Final = 10


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that speak for a link: on which of its ends they stand, and where."""

    side: Literal["from", "to", "both"]
    place: Place | None
    words: str | None


@dataclass(frozen=True, slots=True)
class TraceStep:
    """``to`` waits for ``from_``: over a link, or because ``from_`` is part of it (no ``type``).

    ``depth`` counts steps from the item asked about, 1 for its neighbours. ``holds`` is the parent
    that the link names, where it holds ``to`` as a part of that parent.
    """

    from_: str
    to: str
    depth: int
    type: LinkType | None = None
    lag: str | None = None
    state: LinkState | None = None
    origin: Origin | None = None
    confidence: float | None = None
    reason: str | None = None
    rule: str | None = None
    holds: str | None = None
    evidence: tuple[Quote, ...] = ()

    @property
    def link(self) -> str:
        """The step in words: ``FS + 45 days``, or ``part of``."""
        if self.type is None:
            return "part of"
        return self.type if self.lag is None else f"{self.type} {self.lag}"


@dataclass(frozen=True, slots=True)
class Route:
    """One shortest route; links that run side by side stand after each other in ``steps``."""

    steps: tuple[TraceStep, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The ids along the route, first to last."""
        return (self.steps[0].from_, *dict.fromkeys(step.to for step in self.steps))


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer to ``trace``.

    Without ``end``: ``upstream`` holds every step towards ``start``, ``downstream`` every step
    from it, nearest first. With ``end``: ``routes`` holds the shortest routes from ``start`` to
    ``end``, or, where ``end`` does not wait for ``start``, those from ``end`` to ``start``.
    ``sentences`` say the answer in words.
    """

    plan: Plan
    start: str
    end: str | None
    upstream: tuple[TraceStep, ...]
    downstream: tuple[TraceStep, ...]
    routes: tuple[Route, ...]
    sentences: tuple[str, ...]


def trace(
    plan: Plan,
    start: str,
    end: str | None = None,
    *,
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    depth: int | None = None,
) -> Trace:
    """Return what an item waits for and what waits for it, or how two items hang together.

    Parameters
    ----------
    links
        ``accepted`` follows accepted links only, ``proposed`` adds the proposed ones that are at
        least ``min_confidence`` (0 to 1) sure.
    depth
        How many steps to go either way; None for all.

    Raises
    ------
    UnknownIdError
        The plan has no such item; close ids are named.
    """
    for item in (start, end):
        if item is not None:
            plan.index.item(item)
    selection = select_links(plan, use=links, min_confidence=min_confidence)
    waits = build_waits(plan, selection.links)
    skipped = tuple(problem.message for problem in selection.skipped)
    if end is not None:
        routes = _routes(plan, waits, start, end) or _routes(plan, waits, end, start)
        said = tell_routes(plan, start, end, [route.items for route in routes], links)
        return Trace(plan, start, end, (), (), routes, said + skipped)
    upstream = tuple(_steps(plan, waits, start, depth, reverse=True))
    downstream = tuple(_steps(plan, waits, start, depth, reverse=False))
    said = tell_waits(plan, start, upstream, downstream, links, depth=depth)
    return Trace(plan, start, None, upstream, downstream, (), said + skipped)


def _steps(
    plan: Plan, waits: nx.MultiDiGraph[str], start: str, limit: int | None, *, reverse: bool
) -> Iterator[TraceStep]:
    """Yield every step of what is reached from ``start``, breadth first."""
    neighbours = waits.pred if reverse else waits.succ
    depth_of = {start: 0}
    queue = [start]
    for item in queue:  # grows while it is read
        depth = depth_of[item] + 1
        if limit is not None and depth > limit:
            return
        for other, edges in neighbours[item].items():
            if other not in depth_of:
                depth_of[other] = depth
                queue.append(other)
            from_, to = (other, item) if reverse else (item, other)
            yield from _parallel(plan, edges, from_, to, depth)


def _routes(plan: Plan, waits: nx.MultiDiGraph[str], start: str, end: str) -> tuple[Route, ...]:
    """Return the shortest routes from ``start`` to ``end``; none where both are one item."""
    import networkx as nx  # noqa: PLC0415 - heavy

    if start == end or not nx.has_path(waits, start, end):
        return ()
    found = islice(nx.all_shortest_paths(waits, start, end), _ROUTES)
    return tuple(Route(tuple(_along(plan, waits, items))) for items in found)


def _along(plan: Plan, waits: nx.MultiDiGraph[str], items: Sequence[str]) -> Iterator[TraceStep]:
    for depth, (from_, to) in enumerate(pairwise(items), start=1):
        yield from _parallel(plan, waits[from_][to], from_, to, depth)


def _parallel(
    plan: Plan, edges: Mapping[Any, Any], from_: str, to: str, depth: int
) -> Iterator[TraceStep]:
    """Yield one step for each of the edges that run from one item to another."""
    for edge in edges.values():
        if edge["relation"] == "part_of":
            yield TraceStep(from_, to, depth)
        else:
            yield _step(plan, edge["entity"], to, depth)


def _step(plan: Plan, link: Link, to: str, depth: int) -> TraceStep:
    return TraceStep(
        link.from_,
        to,
        depth,
        type=link.type,
        lag=tell_lag(link.lag),
        state=link.state,
        origin=link.origin,
        confidence=link.confidence,
        reason=link.reason,
        rule=link.rule,
        holds=link.to if to != link.to else None,
        evidence=tuple(_quote(plan, evidence) for evidence in link.evidence),
    )


def _quote(plan: Plan, evidence: Evidence) -> Quote:
    place = find_place(plan, evidence.source)
    return Quote(evidence.side, place, evidence.source.quote)
