"""The pages that commands write: the map, and the answer to a what-if."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from graphmodel.selection import LinkUse
    from simulations.recovery.results import Recovery
    from simulations.results import WhatIf
    from simulations.scenarios import Baseline
    from viz.page import Frame

__all__ = ["make_map", "make_report"]


def make_map(
    plan: Plan,
    *,
    title: str | None = None,
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    baseline: Baseline | None = None,
    frame: Frame | None = None,
) -> str:
    """Return the map of a plan as a page; its dates rest on ``links``, it can show them all.

    ``baseline`` is the plan made ready with these links, where it is; ``frame`` what stands around
    the page, by default that of a file by itself.
    """
    from queries.portable import make_portable  # noqa: PLC0415 - heavy
    from simulations.schedule import tell_schedule  # noqa: PLC0415
    from simulations.whatif import prepare  # noqa: PLC0415
    from viz.network import draw_map  # noqa: PLC0415
    from viz.page import FILE  # noqa: PLC0415

    baseline = baseline or prepare(plan, links, min_confidence)
    dated = tell_schedule(baseline.passes["spare"], baseline.skipped)
    whatif = make_portable(baseline)
    return draw_map(plan, dated, title=title, links=plan.links, whatif=whatif, frame=frame or FILE)


def make_report(
    answer: WhatIf,
    *,
    recovery: Recovery | None = None,
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    frame: Frame | None = None,
) -> str:
    """Return an answer as a page; the options are those it was computed with.

    ``frame`` is what stands around it, by default that of a file by itself.
    """
    from graphmodel.selection import select_links  # noqa: PLC0415 - heavy
    from simulations.schedule import schedule  # noqa: PLC0415
    from viz.page import FILE  # noqa: PLC0415
    from viz.report import draw_whatif  # noqa: PLC0415

    used = select_links(answer.plan, use=links, min_confidence=min_confidence).links
    before = schedule(answer.plan, links=links, min_confidence=min_confidence)
    return draw_whatif(answer, recovery=recovery, baseline=before, links=used, frame=frame or FILE)
