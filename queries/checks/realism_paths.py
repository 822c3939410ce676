"""Realism of the network: chains without any float, and points where much must come together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from queries.checks.rule import Check, Fault, NotApplicable, Tally
from queries.checks.wording import list_ids
from simulations.codes import ABSENT, DONE, LOE, PARENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries.checks.context import Context
    from queries.checks.rule import Answer
    from simulations.passes import Passes

__all__ = ["PATHS"]

#: Items in a row without float from which a chain is told.
CHAIN: Final = 5
#: Predecessors from which an item is a merge point, and the days of float up to which they count.
MERGE: Final = 3
NEAR_DAYS: Final = 5
_NO_LINKS: Final = NotApplicable("the plan has no accepted links")
#: What is no work to be done, or is done already.
_NO_WORK: Final = frozenset({ABSENT, DONE, LOE, PARENT})


def _find_chains(context: Context) -> Answer:
    passes = context.passes
    if not passes.compiled.links:
        return _NO_LINKS
    how = passes.compiled.net.how
    open_items = [position for position, one in enumerate(how) if one not in _NO_WORK]
    floats = passes.total_floats(open_items)
    tight = {
        position
        for position, days in zip(open_items, floats, strict=True)
        if days is not None and days <= 0
    }
    chains = [chain for chain in _longest_chains(passes, tight) if len(chain) >= CHAIN]
    chains.sort(key=len, reverse=True)
    faults = tuple(_tell_chain(context, chain) for chain in chains)
    return Tally(len(open_items), faults, sum(map(len, chains)))


def _longest_chains(passes: Passes, tight: set[int]) -> Iterator[list[int]]:
    """Yield, of each group of tight items that drive each other, the longest chain.

    Positions ascend along links, so that one sweep finds how many items lead up to each.
    """
    source = passes.compiled.net.source
    before: dict[int, int] = {}
    steps: dict[int, int] = {}
    group = {one: one for one in tight}
    for one in sorted(tight):
        steps[one] = 1
        for other in [source[edge] for edge in passes.driving(one) if source[edge] in tight]:
            if steps[other] >= steps[one]:
                steps[one], before[one] = steps[other] + 1, other
            group[_root(group, other)] = _root(group, one)
    ends: dict[int, int] = {}
    for one in sorted(tight):
        root = _root(group, one)
        if steps[one] > steps.get(ends.get(root, -1), 0):
            ends[root] = one
    for end in ends.values():
        chain = [end]
        while chain[-1] in before:
            chain.append(before[chain[-1]])
        yield chain[::-1]


def _root(group: dict[int, int], one: int) -> int:
    """Return what stands for an item's group, shortening the way there."""
    while group[one] != one:
        group[one] = group[group[one]]
        one = group[one]
    return one


def _tell_chain(context: Context, chain: list[int]) -> Fault:
    passes = context.passes
    ids = tuple(passes.compiled.ids[one] for one in chain)
    first, last = context.index.items[ids[0]], context.index.items[ids[-1]]
    return Fault(
        f"{len(chain):,} items hang on each other without any float, from {first.name} to "
        f"{last.name}: a delay of one of them moves all after it.",
        ids,
        context.place(first.source),
    )


def _find_merges(context: Context) -> Answer:
    passes = context.passes
    if not passes.compiled.links:
        return _NO_LINKS
    net, ids = passes.compiled.net, passes.compiled.ids
    near: dict[int, set[int]] = {}
    waiting = set()
    for edge, (before, after) in enumerate(zip(net.source, net.target, strict=True)):
        if net.how[after] in {ABSENT, DONE, LOE} or net.how[before] in {ABSENT, DONE, LOE}:
            continue
        waiting.add(after)
        room = passes.link_days(edge)
        if room is not None and room <= NEAR_DAYS:
            near.setdefault(after, set()).add(before)
    order = passes.compiled.order_in_file
    merges = [one for one, sources in near.items() if len(sources) >= MERGE]
    faults = []
    for one in sorted(merges, key=order.__getitem__):
        item = context.index.items[ids[one]]
        sources = [ids[source] for source in sorted(near[one], key=order.__getitem__)]
        message = (
            f"{item.name} waits for {count(len(sources), 'item')} that all may delay it "
            f"({list_ids(sources)}): if each of them has a chance of 80 % to be on time, all of "
            f"them have one of {100 * 0.8 ** len(sources):.0f} %."
        )
        faults.append(Fault(message, (item.id, *sources), context.place(item.source)))
    return Tally(len(waiting), tuple(faults))


PATHS: Final = (
    Check(
        code="chain-without-float",
        family="realism",
        name="Long chains without any float",
        severity="info",
        definition=f"Chains of {CHAIN} or more unfinished items, each driven by the one before, "
        "none of which has any total float; of chains that meet, the longest. Every plan scheduled "
        "by its logic has one, so the share is told and judged by nobody.",
        denominator="unfinished items that the schedule places",
        advice="Put a buffer before the date that matters most, and watch the items of the chain "
        "every month.",
        find=_find_chains,
        limit=None,
    ),
    Check(
        code="merge-point",
        family="realism",
        name="Items that wait for many at once",
        severity="info",
        definition=f"Unfinished items with {MERGE} or more unfinished predecessors whose links "
        f"drive them, or have at most {NEAR_DAYS} days of float (working days on a calendar). Each "
        "may be on time, and all together seldom are: merge bias.",
        denominator="unfinished items that wait for something unfinished",
        advice="Bring the predecessors forward that can be, and leave some days before the item.",
        find=_find_merges,
        limit=None,
    ),
)
