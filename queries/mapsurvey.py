"""The dependency map as a whole: its loose ends, its weak spots, and what crosses its borders."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphmodel.mapquestions import find_crossings, find_loose_ends, find_splitting
from graphmodel.selection import select_links
from graphmodel.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.links import Link
    from graphmodel.mapquestions import Crossing, Splitting
    from graphmodel.plan import Plan
    from graphmodel.selection import LinkUse

__all__ = ["MapSurvey", "count_pairs", "survey_map"]


@dataclass(frozen=True, slots=True)
class MapSurvey:
    """What the map of a plan looks like over the links chosen.

    ``loose_ends`` are unfinished items without parts that nothing waits for, ``unlinked`` those of
    them that wait for nothing either, ``parts`` the sizes of the separate parts of the map (items
    joined by links), the largest first.
    """

    plan: Plan
    links: int
    parts: tuple[int, ...]
    loose_ends: tuple[str, ...]
    unlinked: tuple[str, ...]
    splitting: tuple[Splitting, ...]
    cross_theme: tuple[Crossing, ...]
    cross_directorate: tuple[Crossing, ...]
    sentences: tuple[str, ...]


def survey_map(
    plan: Plan, *, links: LinkUse = "accepted", min_confidence: float = 0.0
) -> MapSurvey:
    """Return what the map of a plan looks like, over accepted links or proposed ones too."""
    selection = select_links(plan, use=links, min_confidence=min_confidence)
    chosen = tuple(selection.links)
    undone = {item.id for item in plan.items if item.status not in {"complete", "cancelled"}}
    loose = tuple(one for one in find_loose_ends(plan, chosen) if one in undone)
    led_to = {link.to for link in chosen}
    unlinked = tuple(one for one in loose if led_to.isdisjoint((one, *plan.index.ancestors(one))))
    survey = MapSurvey(
        plan=plan,
        links=len(chosen),
        parts=_parts(chosen),
        loose_ends=loose,
        unlinked=unlinked,
        splitting=find_splitting(plan, chosen),
        cross_theme=find_crossings(plan, chosen, "theme"),
        cross_directorate=find_crossings(plan, chosen, "directorate"),
        sentences=(),
    )
    skipped = tuple(problem.message for problem in selection.skipped)
    return _with_words(survey, undone, skipped)


def _parts(links: Sequence[Link]) -> tuple[int, ...]:
    import networkx as nx  # noqa: PLC0415 - heavy

    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((link.from_, link.to) for link in links)
    return tuple(sorted(map(len, nx.connected_components(graph)), reverse=True))


def _with_words(survey: MapSurvey, undone: set[str], skipped: tuple[str, ...]) -> MapSurvey:
    plan = survey.plan
    leaves = sum(plan.index.is_leaf(one) for one in undone)
    if not leaves:
        return replace(survey, sentences=("Nothing in the plan is unfinished.", *skipped))
    if not survey.links:
        said = (
            f"No link is followed, so none of {count(leaves, 'unfinished item')} waits for "
            "another: add a register of links, or let knockon propose some (knockon links suggest)."
        )
        return replace(survey, sentences=(said, *skipped))
    largest = f", the largest of {count(survey.parts[0], 'item')}" if len(survey.parts) > 1 else ""
    said = (
        f"{count(survey.links, 'link')} in {count(len(survey.parts), 'separate part')}{largest}. "
        f"Of {count(leaves, 'unfinished item')} without parts of their own, nothing waits for "
        f"{len(survey.loose_ends):,}; {len(survey.unlinked):,} of these "
        f"{'waits' if len(survey.unlinked) == 1 else 'wait'} for nothing either."
    )
    return replace(survey, sentences=(said, *skipped))


def count_pairs(crossings: Sequence[Crossing]) -> list[tuple[tuple[str, str], int]]:
    """Return how many links cross from one group to another, the most first."""
    return Counter((one.from_, one.to) for one in crossings).most_common()
