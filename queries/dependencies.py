"""What an item waits for, what waits for it, and why: the links behind every step.

An item waits for its predecessors and, where it is a parent, for its parts (DESIGN 5.3.3, 5.3.4);
`graphmodel.waiting` says so exactly. Which links are followed is the choice of the caller, as in
a what-if.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from graphmodel.mapquestions import find_common, find_effects, find_routes
from graphmodel.places import find_place
from graphmodel.selection import select_links
from graphmodel.subjects import find_subject
from graphmodel.waiting import build_waits
from queries.wording import tell_common, tell_lag, tell_routes, tell_waits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import networkx as nx

    from graphmodel.links import Evidence, Link, LinkState, LinkType, Origin
    from graphmodel.measures import Metric
    from graphmodel.plan import Plan
    from graphmodel.problems import Place
    from graphmodel.selection import LinkUse
    from graphmodel.subjects import Subject

__all__ = ["Quote", "Route", "RouteUse", "Trace", "TraceStep", "trace"]

RouteUse = Literal["shortest", "all"]

#: Shortest routes that are told, and routes where all are asked for: more say nothing new.
_ROUTES: Final = {"shortest": 10, "all": 100}


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
    """One route; links that run side by side stand after each other in ``steps``."""

    steps: tuple[TraceStep, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The ids along the route, first to last."""
        return (self.steps[0].from_, *dict.fromkeys(step.to for step in self.steps))


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer to ``trace``.

    ``subject`` is what was asked about: an item, or an officer, a board, a metric with the items it
    stands for; ``start`` is its id. Without ``end``: ``upstream`` holds every step towards it,
    ``downstream`` every step from it, nearest first, those inside it left out; ``objectives`` and
    ``metrics`` hang on it. With ``end``: ``routes`` holds the routes from ``start`` to ``end``, or,
    where ``end`` does not wait for ``start``, those from ``end`` to ``start``; ``has_more_routes``
    says that there are more; ``common`` is what both wait for, nearest first. ``sentences`` say the
    answer in words.
    """

    plan: Plan
    start: str
    end: str | None
    subject: Subject
    upstream: tuple[TraceStep, ...] = ()
    downstream: tuple[TraceStep, ...] = ()
    objectives: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()
    routes: tuple[Route, ...] = ()
    has_more_routes: bool = False
    common: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


def trace(
    plan: Plan,
    start: str,
    end: str | None = None,
    *,
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    depth: int | None = None,
    routes: RouteUse = "shortest",
) -> Trace:
    """Return what something waits for and what waits for it, or how two items hang together.

    Parameters
    ----------
    start
        An item; without ``end``, also an officer, a board or a metric by id or title, which stand
        for their items (`graphmodel.subjects`). Whatever waits for a part of an item waits for it.
    links
        ``accepted`` follows accepted links only, ``proposed`` adds the proposed ones that are at
        least ``min_confidence`` (0 to 1) sure.
    depth
        How many steps to go either way; None for all.
    routes
        Whether the shortest routes between two items are told (up to 10) or all (up to 100).

    Raises
    ------
    UnknownIdError
        The plan has no such item, or nothing of that name; close ones are named.
    """
    for item in () if end is None else (start, end):
        plan.index.item(item)
    subject = find_subject(plan, start)
    selection = select_links(plan, use=links, min_confidence=min_confidence)
    skipped = tuple(problem.message for problem in selection.skipped)
    waits = build_waits(plan, selection.links)
    if end is not None:
        ways, has_more = _ways(waits, start, end, routes)
        common = find_common(waits, start, end) if start != end else ()
        said = tell_routes(plan, start, end, ways, links, is_all=routes == "all", has_more=has_more)
        shared = tell_common(plan, common, is_apart=not ways and start != end)
        told = tuple(Route(tuple(_along(plan, waits, items))) for items in ways)
        return Trace(
            plan, start, end, subject, routes=told, has_more_routes=has_more, common=common,
            sentences=(*said, *shared, *skipped),
        )  # fmt: skip
    inside = {part for item in subject.items for part in _with_parts(plan, item)}
    upstream = tuple(_steps(plan, waits, subject.items, depth, reverse=True))
    if subject.kind != "item":  # an item's own parts are told; those of a whole portfolio are not
        upstream = tuple(step for step in upstream if step.from_ not in inside)
    downstream = tuple(
        step
        for step in _steps(plan, waits, tuple(inside), depth, reverse=False)
        if step.to not in inside
    )
    objectives, metrics = find_effects(plan, _reached(waits, inside))
    return Trace(
        plan, subject.id, None, subject, upstream, downstream,
        objectives=objectives,
        metrics=metrics,
        sentences=(
            *tell_waits(plan, subject, upstream, downstream, links, depth=depth), *skipped,
        ),
    )  # fmt: skip


def _reached(waits: nx.MultiDiGraph[str], starts: Collection[str]) -> set[str]:
    """Return these items and everything that waits for any of them."""
    import networkx as nx  # noqa: PLC0415 - heavy

    return {item for layer in nx.bfs_layers(waits, starts) for item in layer}


def _with_parts(plan: Plan, item: str) -> Iterator[str]:
    """Yield an item and everything below it."""
    stack = [item]
    while stack:
        one = stack.pop()
        yield one
        stack.extend(plan.index.children.get(one, ()))


def _steps(
    plan: Plan,
    waits: nx.MultiDiGraph[str],
    starts: Collection[str],
    limit: int | None,
    *,
    reverse: bool,
) -> Iterator[TraceStep]:
    """Yield every step of what is reached from ``starts``, breadth first."""
    neighbours = waits.pred if reverse else waits.succ
    depth_of = dict.fromkeys(starts, 0)
    queue = list(depth_of)
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


def _ways(
    waits: nx.MultiDiGraph[str], start: str, end: str, use: RouteUse
) -> tuple[list[tuple[str, ...]], bool]:
    """Return routes as ids, either way round, and whether there are more of the kind asked for."""
    most = _ROUTES[use]
    for first, last in ((start, end), (end, start)):
        found = list(find_routes(waits, first, last, most + 1, shortest=use == "shortest"))
        if found:
            return found[:most], len(found) > most
    return [], False


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
