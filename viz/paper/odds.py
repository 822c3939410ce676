"""How likely, how late, what drives it: the risk page, and the same as a section of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.words import count, join_words
from viz.network import tell_data_date
from viz.paper.blocks import Bullets, Figure, Figures, Graph, Paper, Section, Text, make_section
from viz.paper.oddsacts import list_acts, list_recovery
from viz.paper.oddsblocks import (
    draw_curves,
    draw_drivers,
    list_meetings,
    list_merges,
    list_targets,
)
from viz.paper.oddscosts import draw_costs, draw_officers, list_events
from viz.paper.oddswords import is_certain, kept, tell_accuracy, tell_odds, tell_share
from viz.paper.soundness import list_sources, tell_findings
from viz.paper.wording import tell_age
from viz.words import show_date, show_share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries.odds import Odds
    from queries.report import Report
    from simulations.risk.results import Limits, RiskResult
    from viz.paper.blocks import Block

__all__ = ["lay_out_odds", "lay_out_risk"]

_NOTHING = (
    "Nothing in the plan is uncertain: what is open has no date that could move, or the plan is "
    "told to take no uncertainty from others. Every run ends on the same day."
)

_DRIVING = (
    "An item is critical in a run where it lies on a chain that sets the end: shorten it there, "
    "and the end comes sooner. Cruciality says how closely the end follows an item's own delay "
    "over all runs: +1 in step with it, 0 not at all."
)


def lay_out_risk(odds: Odds, *, title: str | None = None, named: bool = False) -> Paper:
    """Return the contents of the risk page.

    Parameters
    ----------
    title
        The heading; by default what it answers.
    named
        Whether targets were asked for by name: then the first few get a curve each.
    """
    answer = odds.result
    plan = answer.plan
    headline, *summary = tell_odds(answer)
    if is_certain(answer):
        summary = [_NOTHING]
    sections = (
        make_section("odds", "How likely, and how late", _odds(answer, named=named)),
        make_section("costs", "What costs most days", _costs(answer)),
        make_section(
            "drivers", "What drives the end", () if is_certain(answer) else _drivers(answer)
        ),
        make_section("act", "Where to act", list_acts(answer)),
        make_section("recovery", "Winning it back", list_recovery(answer)),
        make_section("merges", "Where paths meet", _merges(answer)),
        make_section("meetings", "Meetings that may be missed", _meetings(answer)),
        make_section("method", "Method, assumptions and sources", _method(odds)),
    )
    return Paper(
        title=title or "How likely are the dates?",
        plan_title=plan.title or plan.id,
        organisation=plan.organisation or "",
        version=plan.version or "",
        report_of=plan.organisation or "",
        data_date=tell_age(plan),
        headline=headline,
        summary=tuple(summary),
        figures=_figures(answer),
        sections=tuple(one for one in sections if one is not None),
        basis=odds.reference or "",
    )


def lay_out_odds(report: Report) -> Section | None:
    """Return the section of a report on risk; None where none was asked for."""
    if report.odds is None:
        told = report.no_odds
        return Section("risk", _TITLE, (Text(told),)) if told else None
    answer = report.odds.result
    if is_certain(answer):
        return Section("risk", _TITLE, (Text(_NOTHING),))
    blocks: list[Block] = []
    if report.odds.reference is not None:
        blocks.append(Text(report.odds.reference))
    if report.answer is not None:
        blocks.append(Text("These are the odds of the plan as it stands, without the change."))
    blocks.append(Text(" ".join(tell_odds(answer))))
    blocks.extend(draw_curves(answer))
    blocks.extend(list_targets(answer, 10))
    blocks.extend(draw_costs(answer))
    blocks.extend(draw_officers(answer))
    blocks.extend(_drivers(answer))
    blocks.extend(list_meetings(answer, 10))
    blocks.append(Text(f"{_tell_runs(answer)} {tell_accuracy(answer)}", quiet=True))
    return Section("risk", _TITLE, tuple(blocks))


_TITLE = "How likely the dates are"


def _figures(answer: RiskResult) -> Figures:
    main, dated, at = answer.targets[0], kept(answer), f"P{answer.percentile}"
    found = []
    if main.p_on_time is not None:
        share = show_share(main.p_on_time)
        found.append(Figure(share, "chance of the date", alarm=main.p_on_time < 0.5))  # noqa: PLR2004
    found.append(Figure(show_date(main.p50), "even odds (P50)"))
    found.append(Figure(show_date(main.at_percentile), f"{tell_share(answer)} runs ({at})"))
    if len(dated) > 1:
        unlikely = sum((one.p_on_time or 0) < 0.5 for one in dated)  # noqa: PLR2004 - even odds
        told = f"of {len(dated):,} dates have less than an even chance"
        found.append(Figure(f"{unlikely:,}", told, alarm=bool(unlikely)))
    return Figures(tuple(found))


def _odds(answer: RiskResult, *, named: bool) -> Iterator[Block]:
    if not is_certain(answer):
        yield from draw_curves(answer, every=named)
    yield from list_targets(answer)


def _costs(answer: RiskResult) -> Iterator[Block]:
    if is_certain(answer):
        return
    yield from draw_costs(answer)
    yield from draw_officers(answer)
    yield from list_events(answer)


def _drivers(answer: RiskResult) -> Iterator[Block]:
    blocks = tuple(draw_drivers(answer))
    if any(isinstance(one, Graph) for one in blocks):
        yield Text(_DRIVING)
    yield from blocks


def _merges(answer: RiskResult) -> Iterator[Block]:
    tables = tuple(list_merges(answer))
    if tables:
        yield Text(
            "Where several paths have to be ready, the latest of them counts. So the mean date is "
            "later than that of the longest path alone, by so many days:"
        )
        yield from tables


def _meetings(answer: RiskResult) -> Iterator[Block]:
    if not answer.gates:
        yield Text("No decision of a board has a meeting that could be missed.")
        return
    yield Text("A decision that is not ready for its meeting waits for the next one of the board.")
    yield from list_meetings(answer)


def _method(odds: Odds) -> Iterator[Block]:
    answer = odds.result
    yield Bullets(tuple(_assumptions(odds)))
    yield from tell_findings(answer.findings)
    yield from list_sources(answer.plan)


def _assumptions(odds: Odds) -> Iterator[str]:
    answer = odds.result
    at = f"P{answer.percentile}"
    yield tell_data_date(answer.plan)
    yield odds.reference or "How uncertain its items are, the plan itself says."
    said = [
        f"{number:,} {how}"
        for number, how in (
            (answer.told, "by what the plan says"),
            (answer.assumed, "as others were"),
        )
        if number
    ]
    if said:
        total = answer.told + answer.assumed
        are = "is" if total == 1 else "are"
        yield f"{count(total, 'item')} {are} uncertain: {join_words(said)}."
    yield f"{_tell_runs(answer)} {tell_accuracy(answer)}"
    used = answer.links_used
    links = count(used.accepted, "accepted link")
    if used.proposed:
        links += f" and {count(used.proposed, 'proposed link')}, which nobody has decided on yet"
    gaps = "spare time" if answer.gaps == "spare" else "work"
    yield f"Dates follow {links}; gaps between dates are taken as {gaps}."
    yield (
        f"{at} is the earliest date by which {tell_share(answer)} runs had finished. What "
        "something costs is found by leaving its uncertainty out of the same runs: by so many days "
        f"{at} is earlier. Costs that lie within their sampling error are not listed. "
        "Costs do not add up: what two items cost together can be more or less than both."
    )
    if answer.limits is not None:
        yield _tell_limits(answer.limits)


def _tell_runs(answer: RiskResult) -> str:
    way = ", by Latin hypercube" if answer.sampling == "latin" else ""
    return (
        f"The plan was run {count(answer.iterations, 'time')} with seed {answer.seed}{way}: the "
        "same plan, seed and number of runs give the same numbers."
    )


def _tell_limits(limits: Limits) -> str:
    return (
        f"To be done in time, costs were worked out for {limits.cost_items:,} of "
        f"{count(limits.of_items, 'item')} and {limits.cost_officers:,} of "
        f"{count(limits.of_officers, 'officer')}, those most often critical, and "
        f"{limits.targets:,} of {count(limits.of_targets, 'date')} to keep are told."
    )
