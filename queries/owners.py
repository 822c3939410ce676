"""Bottleneck officers: who holds what, when, and what it would do to everybody else.

Officers are ranked by what a slip of everything unfinished of theirs does to the plan
(`simulations.stress`), not by how much they hold; the other rank stands beside it. What each figure
counts, and what it does not, is told in ``docs/owners.md``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graphmodel.spans import parse_span
from queries.betweenness import EXACT, betweenness
from queries.owners_alone import find_alone, find_alone_on_chains
from queries.owners_floats import Floats
from queries.owners_handovers import count_links_out, find_hand_overs
from queries.owners_holding import count_roles, find_holdings, measure_load
from queries.owners_words import tell_officer, tell_owners
from simulations.batch import effect_rank
from simulations.scenarios import Baseline
from simulations.stress import stress_officers
from simulations.whatif import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from graphmodel.spans import Span
    from queries.owners_alone import Alone
    from queries.owners_floats import FloatHeld
    from queries.owners_handovers import HandOver
    from queries.owners_holding import Holdings, Load
    from simulations.results import LinksUsed
    from simulations.witness import Stress

    Progress = Callable[[int, int], None]

__all__ = ["NEAR_DAYS", "GroupHeld", "Owner", "Owners", "survey_owners"]

#: Total float in days up to which an item is near-critical: a month's slip uses it up.
NEAR_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Owner:
    """One officer: what they hold that is open, and what hangs on it.

    Attributes
    ----------
    rank, rank_by_count
        Place by the effect of the stress test, and by the number of open items; equals share a
        place. ``rank`` is None where nothing they hold has a date that could slip.
    sentence
        Why the officer stands there.
    open_items, share, joint
        Open items; the same with each divided by how many officers carry it; those that somebody
        else, or a group, holds as well.
    roles
        Open items in every role they hold, whichever roles are asked about.
    items
        The ids of the open items, in the order of the plan.
    stress
        What the slip does; None where nothing has a date.
    links_out
        Links in use from their open items to open items that are not theirs.
    hands_to, waits_for
        Hand-overs to and from other officers.
    betweenness
        The mean share of the shortest ways of hand-overs from one other officer to another that
        lead over this one, 0 to 1.
    alone_on, alone_on_chains
        What would stop without them (`queries.owners_alone`).
    """

    id: str
    title: str
    kind: str
    directorate: str | None
    rank: int | None
    rank_by_count: int
    sentence: str
    open_items: int
    share: float
    joint: int
    roles: dict[Role, int]
    items: tuple[str, ...]
    load: Load
    float_held: FloatHeld
    stress: Stress | None
    links_out: int
    hands_to: tuple[HandOver, ...]
    waits_for: tuple[HandOver, ...]
    betweenness: float
    alone_on: tuple[Alone, ...]
    alone_on_chains: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class GroupHeld:
    """A group and its open items: how many, and how many of them no single officer holds too."""

    id: str
    title: str
    open_items: int
    alone: int


@dataclass(frozen=True, slots=True)
class Owners:
    """The officers of a plan who hold something open in some roles, the greatest effect first.

    Attributes
    ----------
    sentences
        The answer in words.
    by, near_days
        How far everything slips in the stress test, and up to which total float an item is
        near-critical.
    open_items, held, joint, unheld
        Open items of the plan; those that an officer carries, those of them that several officers
        carry, and those that neither an officer nor a group holds.
    groups
        Groups that hold something: they are nobody's load and have no rank.
    betweenness_is_exact
        False where there are so many officers that it is estimated (`queries.betweenness`).
    """

    plan: Plan
    sentences: tuple[str, ...]
    by: Span
    roles: tuple[Role, ...]
    near_days: float
    links_used: LinksUsed
    open_items: int
    held: int
    joint: int
    unheld: int
    groups: tuple[GroupHeld, ...]
    officers: tuple[Owner, ...]
    betweenness_is_exact: bool
    findings: tuple[Problem, ...]

    def officer(self, wanted: str) -> Owner | None:
        """Return the record of an officer, None where they hold nothing open in these roles.

        Raises
        ------
        UnknownIdError
            The plan has no such officer; close names are told.
        """
        found = self.plan.index.officer(wanted)
        return next((one for one in self.officers if one.id == found.id), None)


def survey_owners(
    plan: Plan | Baseline,
    by: Span | str = "1m",
    *,
    roles: Sequence[Role] = ("responsible",),
    near_days: float = NEAR_DAYS,
    in_full: Container[str] = (),
    compiled: bool | None = None,
    progress: Progress | None = None,
) -> Owners:
    """Return who holds what, over which months, and what hangs on each officer.

    Parameters
    ----------
    plan
        The plan, whose accepted links are followed; or one made ready by
        `simulations.whatif.prepare`, with the links chosen there.
    by
        How far everything of an officer slips in the stress test: days, weeks or calendar months.
    roles
        Which roles make an item an officer's; with several, any of them does.
    near_days
        The total float in days up to which an item that is not critical is near-critical.
    in_full
        Ids of the officers of whom it is told item by item what their slip moves.
    compiled, progress
        As in `simulations.batch.reach`.

    Raises
    ------
    ScenarioError
        Nothing can be slipped by this span.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    baseline = plan if isinstance(plan, Baseline) else prepare(plan)
    span = parse_span(by) if isinstance(by, str) else by
    holdings = find_holdings(baseline.plan, roles)
    test = stress_officers(
        baseline,
        span,
        roles=roles,
        only=frozenset(holdings.officers),
        in_full=in_full,
        compiled=compiled,
        progress=progress,
    )
    owners = _owners(baseline, holdings, near_days, {one.effect.id: one for one in test.officers})
    ranked = _ranked(owners)
    carried = [holdings.carriers(item) for item in holdings.open_items]
    answer = Owners(
        plan=baseline.plan,
        sentences=(),
        by=span,
        roles=tuple(roles),
        near_days=near_days,
        links_used=test.links_used,
        open_items=len(carried),
        held=sum(bool(one) for one in carried),
        joint=sum(len(one) > 1 for one in carried),
        unheld=sum(not one for one in holdings.holders.values()),
        groups=tuple(_groups(holdings)),
        officers=tuple(
            replace(one, sentence=tell_officer(baseline.plan, one, span)) for one in ranked
        ),
        betweenness_is_exact=len(owners) <= EXACT,
        findings=test.findings,
    )
    return replace(answer, sentences=tuple(tell_owners(answer)))


def _owners(
    baseline: Baseline, holdings: Holdings, near_days: float, stresses: Mapping[str, Stress]
) -> list[Owner]:
    """Return the officers in the order of the plan, not ranked by effect yet."""
    passes = baseline.passes["spare"]
    floats = Floats(passes, near_days)
    hand_overs = find_hand_overs(passes, holdings)
    links_out = count_links_out(passes, holdings)
    between = _between(holdings, hand_overs)
    alone = find_alone(holdings)
    chains = find_alone_on_chains(holdings, floats.chains(holdings))
    roles = count_roles(holdings.plan, holdings.open_items)
    giving: dict[str, list[HandOver]] = {}
    taking: dict[str, list[HandOver]] = {}
    for one in hand_overs:
        giving.setdefault(one.from_, []).append(one)
        taking.setdefault(one.to, []).append(one)
    by_id = {officer.id: officer for officer in holdings.plan.officers}
    officers = holdings.officers
    fewer = sorted(-len(holdings.items[one]) for one in officers)
    return [
        Owner(
            id=one,
            title=by_id[one].name,
            kind=by_id[one].kind,
            directorate=by_id[one].directorate,
            rank=None,
            rank_by_count=bisect_left(fewer, -len(holdings.items[one])) + 1,
            sentence="",
            open_items=len(holdings.items[one]),
            share=holdings.share(one),
            joint=holdings.joint(one),
            roles=roles[one],
            items=holdings.items[one],
            load=measure_load(passes, holdings.items[one]),
            float_held=floats.held(holdings.items[one]),
            stress=stresses.get(one),
            links_out=links_out[one],
            hands_to=tuple(giving.get(one, ())),
            waits_for=tuple(taking.get(one, ())),
            betweenness=between[one],
            alone_on=alone.get(one, ()),
            alone_on_chains=chains.get(one, ()),
        )
        for one in officers
    ]


def _between(holdings: Holdings, hand_overs: Sequence[HandOver]) -> dict[str, float]:
    number = {officer: place for place, officer in enumerate(holdings.officers)}
    after: list[list[int]] = [[] for _ in number]
    for one in hand_overs:
        after[number[one.from_]].append(number[one.to])
    return dict(zip(number, betweenness(after), strict=True))


def _ranked(owners: Sequence[Owner]) -> list[Owner]:
    """Return officers by the effect of their stress; those without one last."""
    keys = {one.id: effect_rank(one.stress.effect) for one in owners if one.stress is not None}
    order = sorted(keys.values())
    ranked = [
        replace(one, rank=bisect_left(order, keys[one.id]) + 1) for one in owners if one.id in keys
    ]
    ranked.sort(key=lambda one: keys[one.id])
    return ranked + [one for one in owners if one.id not in keys]


def _groups(holdings: Holdings) -> Iterator[GroupHeld]:
    for officer in holdings.plan.officers:
        items = holdings.items.get(officer.id, ())
        if officer.id in holdings.groups and items:
            alone = sum(not holdings.carriers(item) for item in items)
            yield GroupHeld(officer.id, officer.name, len(items), alone)
