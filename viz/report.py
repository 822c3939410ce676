"""The what-if on one page: the answer in words, what slips and whose it is, why, and the picture.

A page for somebody who has a minute: the headline first, then both ends of the range, then what
becomes late, and only then the detail. It holds a map of the affected part, and everything on that
in tables as well.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from viz.answer import is_moved, prepare_answer, show_after, show_before, tells_something
from viz.cures import prepare_cures
from viz.itemrows import describe_items
from viz.linkrows import describe_links
from viz.mapdata import Shift
from viz.network import NetworkView, make_view, render, tell_data_date
from viz.page import FILE
from viz.sources import name_documents
from viz.timeline import lay_out_timeline
from viz.words import show_range

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from simulations.recovery.results import Recovery
    from simulations.results import MovedItem, Schedule, WhatIf
    from viz.itemrows import ItemRow
    from viz.linkrows import LinkRow
    from viz.page import Frame

__all__ = ["draw_whatif"]

#: The map of the affected part holds no more neighbours than this; the first links' come first.
_NEIGHBOURS: Final = 60


def draw_whatif(
    answer: WhatIf,
    *,
    recovery: Recovery | None = None,
    baseline: Schedule | None = None,
    links: Sequence[Link] | None = None,
    title: str | None = None,
    frame: Frame = FILE,
) -> str:
    """Return the answer to a scenario as one self-contained HTML page.

    Parameters
    ----------
    answer
        What the scenario does, from `simulations.whatif.what_if`.
    recovery
        What would stop it, from `simulations.recovery.run.recover`; told where it is given.
    baseline
        The schedule without the change. It dates the neighbours of what moves on the map; without
        it they stand at their planned dates.
    links
        The links the answer rests on; by default the plan's accepted links, and its proposed ones
        too where the answer used any.
    title
        The heading; by default the change as a question.
    frame
        What stands around it; by default the page is a file by itself.
    """
    used = _used_links(answer) if links is None else tuple(links)
    view = _view_affected(answer, baseline, used)
    number_of = {one.id: number for number, one in enumerate(view.items)}
    said = prepare_answer(answer, used, number_of)
    return render(
        view,
        "whatif.html.j2",
        heading=title or said.question,
        focus=[row.item.id for row in said.moved],
        answer=said,
        recovery=None if recovery is None else prepare_cures(recovery),
        timeline=lay_out_timeline(
            [row.item for row in (*said.moved, *said.parents) if tells_something(row.item)],
            status_date=answer.plan.status_date,
        ),
        findings=answer.findings,
        links_used=answer.links_used,
        data_date=tell_data_date(answer.plan),
        documents=name_documents(answer.plan),
        frame=frame,
    )


def _used_links(answer: WhatIf) -> tuple[Link, ...]:
    states = {"accepted", "proposed"} if answer.links_used.proposed else {"accepted"}
    return tuple(link for link in answer.plan.links if link.state in states)


def _view_affected(answer: WhatIf, baseline: Schedule | None, links: Sequence[Link]) -> NetworkView:
    """Return the map of what moves and its neighbours, at the dates after the change."""
    plan = answer.plan
    moved = {one.id: one for one in answer.items if is_moved(one)}
    shown = _with_neighbours(plan, moved, links)
    facts = [one for one in describe_items(plan, baseline) if one.id in shown]
    listed = {one.id: one for one in answer.items}
    items = tuple(_after_change(one, listed.get(one.id)) for one in facts)
    inside = [link for link in links if {link.from_, link.to} <= shown]
    chain = {ends for one in moved.values() for ends in pairwise(one.path)}
    drawn = tuple(
        _with_driving(one, chain) for one in describe_links(plan, items, baseline, inside)
    )
    shifts = {
        key: Shift(one.baseline_finish, one.finish_if_work)
        for key, one in moved.items()
        if one.baseline_finish is not None
    }
    return make_view(plan, items, drawn, shifts=shifts)


def _with_neighbours(
    plan: Plan, moved: Mapping[str, MovedItem], links: Sequence[Link]
) -> frozenset[str]:
    """Return the moved items, what they are linked to, and what all of these are part of."""
    near: dict[str, None] = {}
    for link in links:
        for here, there in ((link.from_, link.to), (link.to, link.from_)):
            if here in moved and there not in moved:
                near[there] = None
    shown = {*moved, *list(near)[:_NEIGHBOURS]}
    return frozenset(shown.union(*(plan.index.ancestors(one) for one in shown)))


def _after_change(fact: ItemRow, moved: MovedItem | None) -> ItemRow:
    """Return an item's facts at its dates after the change."""
    if moved is None:
        return fact
    if not is_moved(moved):
        return replace(fact, start=moved.start, finish=moved.finish, undated="")
    is_late = moved.newly_late or moved.late_before
    before, after = " to ".join(show_before(moved)), " to ".join(show_after(moved))
    return replace(
        fact,
        start=moved.start,
        finish=moved.finish,
        planned=moved.baseline_finish,
        room_days=None,
        state="late" if is_late else "done" if fact.state == "done" else "free",
        forecast_words=f"{after} (before: {before})",
        room_words=f"moves {show_range(moved.knock_on_days, moved.knock_on_if_work_days)}",
        undated="",
    )


def _with_driving(one: LinkRow, chain: set[tuple[str, str]]) -> LinkRow:
    return replace(one, driving=(one.link.from_, one.link.to) in chain)
