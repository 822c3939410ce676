"""A report from its records: what stands over it, the answer first, then the sections in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.words import count
from viz.paper.blocks import Figure, Figures, Paper
from viz.paper.decisions import lay_out_decisions
from viz.paper.lateness import count_due, find_late, lay_out_lateness
from viz.paper.moves import lay_out_moves
from viz.paper.odds import lay_out_odds
from viz.paper.oddswords import is_certain, tell_odds
from viz.paper.people import lay_out_load, lay_out_owners
from viz.paper.pictures import lay_out_pictures, lay_out_trend
from viz.paper.soundness import lay_out_health, lay_out_method
from viz.paper.wording import tell_age
from viz.words import say_dates, show_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries.report import Report

__all__ = ["lay_out_report"]


def lay_out_report(
    report: Report,
    *,
    title: str | None = None,
    report_of: str | None = None,
    with_names: bool = False,
) -> Paper:
    """Return the contents of a report.

    Parameters
    ----------
    title
        The heading; by default the plan's title.
    report_of
        Who reports; by default the plan's organisation.
    with_names
        Whether the records hold the names of people: the section on method says so.
    """
    plan = report.plan
    headline, *summary = map(say_dates, _summarise(report))
    sections = (
        lay_out_lateness(report),
        lay_out_moves(report),
        lay_out_owners(report.owners),
        lay_out_decisions(report.boards),
        lay_out_pictures(report),
        lay_out_load(report.owners),
        lay_out_odds(report),
        lay_out_trend(report),
        lay_out_health(report.health),
        lay_out_method(report, with_names=with_names),
    )
    return Paper(
        title=title or _title(report),
        plan_title=plan.title or plan.id,
        organisation=plan.organisation or "",
        version=plan.version or "",
        report_of=report_of or plan.organisation or "",
        data_date=tell_age(plan),
        headline=headline,
        summary=tuple(summary),
        figures=_count(report),
        sections=tuple(one for one in sections if one is not None),
    )


def _title(report: Report) -> str:
    if report.comparison is None and report.answer is not None and report.answer.scenario.name:
        return f"What if: {report.answer.scenario.name}"
    return "Progress, knock-on and decisions to come"


def _summarise(report: Report) -> Iterator[str]:
    """Yield the answer in sentences, what was asked about first."""
    if report.answer is not None:
        yield from report.answer.sentences[:2]
    if report.comparison is not None:
        step = report.comparison.steps[-1]
        since = show_date(step.old.as_of, missing="the version before")
        told = " ".join(step.sentences[:3])
        yield f"Since {since}: {told[:1].lower()}{told[1:]}"
    yield _late(report)
    if report.odds is not None and not is_certain(report.odds.result):
        yield tell_odds(report.odds.result)[0]
    first = next((one for one in report.owners.officers if one.stress is not None), None)
    if first is not None:
        yield f"Most hangs on the {first.title}. {first.sentence}"
    if report.boards.gates:
        yield from report.boards.sentences[:2]


def _late(report: Report) -> str:
    items = report.plan.items
    if not items:
        return "The plan holds nothing yet."
    due, late = count_due(report.plan), len(find_late(report))
    ends = report.schedule.finish
    end = f" The plan ends on {show_date(ends)}." if ends is not None else ""
    if not due:
        done = sum(one.status == "complete" for one in items)
        verb = "is" if done == 1 else "are"
        return (
            f"{done:,} of {count(len(items), 'item')} {verb} complete; nothing that is open has a "
            f"due date, so nothing can be late against one.{end}"
        )
    if not late:
        have = "has" if due == 1 else "have"
        return (
            "Everything with a due date is forecast in time for it "
            f"({count(due, 'open item')} {have} one).{end}"
        )
    verb = "is" if late == 1 else "are"
    return f"{late:,} of {count(due, 'open item')} with a due date {verb} forecast late.{end}"


def _count(report: Report) -> Figures:
    """Return the numbers that stand under the answer."""
    found = []
    if report.answer is not None:
        summary = report.answer.summary
        low, high = sorted((summary.newly_late, summary.newly_late_if_work))
        found.append(Figure(_range(low, high), "newly late by the change", alarm=bool(high)))
        low, high = sorted((summary.moved, summary.moved_if_work))
        found.append(
            Figure(
                _range(low, high),
                "other item that it moves" if high == 1 else "other items that it moves",
            )
        )
    if report.comparison is not None:
        newly = len(report.comparison.steps[-1].newly_late)
        found.append(Figure(f"{newly:,}", "newly late since last time", alarm=bool(newly)))
    if count_due(report.plan):
        late = len(find_late(report))
        found.append(Figure(f"{late:,}", "late as things stand", alarm=bool(late)))
    done = sum(one.status == "complete" for one in report.plan.items)
    found.append(Figure(f"{done:,} of {len(report.plan.items):,}", "items complete"))
    if report.boards.gates:
        open_ = sum(one.state != "decided" for one in report.boards.gates)
        found.append(Figure(f"{open_:,}", _plural(open_, "decision to come")))
    grave = sum(one.severity == "error" for one in report.health.findings)
    warned = sum(one.severity == "warning" for one in report.health.findings)
    if grave:
        found.append(Figure(f"{grave:,}", _plural(grave, "error in the plan"), alarm=True))
    found.append(Figure(f"{warned:,}", _plural(warned, "warning about the plan")))
    return Figures(tuple(found))


def _plural(number: int, label: str) -> str:
    first, rest = label.split(" ", 1)
    return label if number == 1 else f"{first}s {rest}"


def _range(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
