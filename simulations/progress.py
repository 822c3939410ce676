"""Findings on work done out of sequence: what has begun or ended before a link allowed it.

A link is out of sequence where the end of the successor it holds is a fact (actual start for FS
and SS, actual finish for FF and SF), and the end of the predecessor it leaves is none yet, or lies,
with the lag, later than that fact (in working time of the successor's calendar). The finding is
the same whether what remains waits for the link (retained logic) or not (progress override).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import show_finish, show_start, write_moment
from graphmodel.places import find_place
from graphmodel.problems import Problem
from simulations.codes import ABSENT, BEGUN, DONE, FF, FS, NEVER, OPEN, PINNED, SS, STARTED
from simulations.kernels.bounds import edge_reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulations.kernels.shapes import Net
    from simulations.passes import Passes

__all__ = ["find_out_of_sequence"]


def find_out_of_sequence(passes: Passes) -> Iterator[Problem]:
    """Yield a finding for each link that is out of sequence, in the order of the file."""
    net = passes.compiled.net
    begun = [one for one, how in enumerate(net.how) if how == DONE or _has_begun(net, one)]
    facts = [
        edge
        for target in begun
        for edge in passes.compiled.into(target)
        if net.how[net.source[edge]] != ABSENT
        and (net.how[target] == DONE or _on_start(net.code[edge]))
    ]
    for edge in sorted(facts, key=passes.compiled.link.__getitem__):
        yield from _judge(passes, edge)


def _judge(passes: Passes, edge: int) -> Iterator[Problem]:
    compiled = passes.compiled
    net = compiled.net
    source, target = net.source[edge], net.target[edge]
    has_happened = _is_fact(passes, source, finish=net.code[edge] in {FS, FF})
    bound = edge_reach(net, passes.dates, edge)
    if has_happened:
        fact = _fact(passes, target, edge)
        if NEVER in {fact, bound} or compiled.times.between(net.cal[target], fact, bound) <= 0:
            return
    items = compiled.plan.index.items
    before, after = items[compiled.ids[source]], items[compiled.ids[target]]
    link = compiled.links[compiled.link[edge]]
    does = "started" if _on_start(net.code[edge]) else "finished"
    if has_happened:
        show = show_start if _on_start(net.code[edge]) else show_finish
        allowed = write_moment(show(bound, hours=compiled.times.has_hours(net.cal[target])))
        message = (
            f"{after.name} {does} before {allowed}, when the link {link.name} first allows it."
        )
    else:
        waits = "finished" if net.code[edge] in {FS, FF} else "started"
        message = (
            f"{after.name} has {does} although {before.name}, which the link {link.name} makes it "
            f"wait for, has not {waits}."
        )
    yield Problem(
        "out-of-sequence",
        "warning",
        message,
        (link.from_, after.id),
        find_place(compiled.plan, after.source),
    )


def _on_start(code: int) -> bool:
    """Return whether a link holds the start of its successor."""
    return code in {FS, SS}


def _has_begun(net: Net, position: int) -> bool:
    how = net.how[position]
    return how == BEGUN or (how == OPEN and net.flags[position] & PINNED != 0)


def _is_fact(passes: Passes, position: int, *, finish: bool) -> bool:
    """Return whether the start, or the finish, of an item has happened."""
    compiled = passes.compiled
    if compiled.net.how[position] == DONE:
        return True
    return not finish and compiled.net.flags[position] & STARTED != 0


def _fact(passes: Passes, target: int, edge: int) -> int:
    """Return when what a link holds happened; of complete work with no start stated, its finish."""
    net = passes.compiled.net
    if not _on_start(net.code[edge]):
        return passes.dates.finish[target]
    if net.flags[target] & STARTED:
        return passes.dates.start[target]
    return passes.dates.finish[target] if net.how[target] == DONE else NEVER
