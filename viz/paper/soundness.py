"""How sound the plan is: what the checks found, what the plan shows, and what this rests on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from graphmodel.problems import SEVERITIES
from graphmodel.words import count, join_words
from queries.checks.readiness import NO_VERDICT
from queries.checks.rule import FAMILIES, tell_verdict
from simulations.conditions import describe_change
from viz.network import tell_data_date
from viz.paper.blocks import Bullets, Column, Loud, Section, Text
from viz.paper.wording import make_table
from viz.words import say_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from queries.checks.rule import CheckResult, Finding
    from queries.checks.run import Health
    from queries.report import Report
    from viz.paper.blocks import Block, Cell

__all__ = ["lay_out_health", "lay_out_method", "list_sources", "tell_findings"]

_SEVERITIES: Final = {"error": "Error", "warning": "Warning", "info": "Remark"}

#: Findings that the calculation has to tell before the rest is counted.
_FINDINGS: Final = 8


def lay_out_health(health: Health) -> Section:
    """Return the section on plan health."""
    blocks: list[Block] = [Text(_tell_findings(health)), *_failed(health)]
    topics = tuple((one.topic, say_dates(one.sentence)) for one in health.readiness)
    if topics:
        blocks.append(Text(NO_VERDICT, quiet=True))
        columns = (Column("Topic", 14), Column("What the plan shows", 100))
        blocks.append(make_table("Evidence", "Evidence, topic by topic", columns, topics))
    return Section("health", "How sound the plan is", tuple(blocks))


def _tell_findings(health: Health) -> str:
    numbers = Counter(one.severity for one in health.findings)
    found = join_words(
        [count(numbers[one], _SEVERITIES[one].lower()) for one in SEVERITIES if numbers[one]]
    )
    judged = [one for one in health.results if one.passed is not None]
    passed = sum(one.passed is True for one in judged)
    return f"{passed} of {count(len(judged), 'check')} passed; {found or 'nothing was found'}."


def _failed(health: Health) -> Iterator[Block]:
    """Yield the checks that are not passed with their first finding, and every finding."""
    failed = [one for one in health.results if one.passed is False and one.findings]
    failed.sort(key=lambda one: (SEVERITIES.index(one.check.severity), -len(one.findings)))
    if failed:
        columns = (
            Column("Check that is not passed", 30), Column("Severity", 10), Column("Found", 10),
            Column("The first of them, and where", 60), Column("What to do", 50),
        )  # fmt: skip
        caption = "Checks that are not passed, the gravest first"
        yield make_table("Checks", caption, columns, tuple(map(_check, failed)), 10)
    if health.findings:
        columns = (
            Column("Severity", 12), Column("Finding", 90), Column("Items", 24),
            Column("Where", 34), Column("What to do", 60),
        )  # fmt: skip
        rows = tuple(map(_finding, health.findings))
        yield make_table("Findings", "Every finding, the gravest first", columns, rows, 0)


def _check(result: CheckResult) -> tuple[Cell, ...]:
    check, first = result.check, result.findings[0]
    severity = _SEVERITIES[check.severity]
    return (
        check.name,
        Loud(severity) if check.severity == "error" else severity,
        f"{result.numerator:,.10g} of {result.denominator:,.10g}",
        say_dates(str(first)),
        check.advice,
    )


def _finding(one: Finding) -> tuple[Cell, ...]:
    return (
        _SEVERITIES[one.severity],
        say_dates(one.message),
        ", ".join(one.items),
        None if one.source is None else str(one.source),
        one.what_to_do,
    )


def lay_out_method(report: Report, *, with_names: bool) -> Section:
    """Return the section on method, assumptions and sources, and whether people are named."""
    named = (
        "Elected members are named as in the plan."
        if with_names
        else "Roles only: officers stand here by their office, elected members without a name."
    )
    blocks: list[Block] = [Bullets((*_assumptions(report), named))]
    blocks.extend(tell_findings(report.schedule.findings, "of dates "))
    if report.comparison is not None and report.comparison.doubts:
        doubts = report.comparison.doubts
        blocks.append(Text("Items of the two versions that could not be matched for certain:"))
        blocks.append(Bullets(doubts[:_FINDINGS], max(0, len(doubts) - _FINDINGS)))
    blocks.extend(list_sources(report.plan))
    return Section("method", "Method, assumptions and sources", tuple(blocks))


def tell_findings(findings: Sequence[Problem], of: str = "") -> Iterator[Block]:
    """Yield what a calculation found, the first of it; ``of`` says what of."""
    if findings:
        yield Text(f"What the calculation {of}found ({len(findings):,}):")
        told = tuple(say_dates(str(one)) for one in findings[:_FINDINGS])
        yield Bullets(told, len(findings) - len(told))


def list_sources(plan: Plan) -> Iterator[Block]:
    """Yield the table of the documents that a plan was read from, where it names any."""
    sources = tuple(
        (one.title or one.file or one.id, one.file, one.sha256 or "not known")
        for one in plan.sources
    )
    if sources:
        columns = (Column("Source", 40), Column("File", 30), Column("SHA-256", 66))
        caption = "Documents that the facts come from"
        yield make_table("Sources", caption, columns, sources, 30)


def _assumptions(report: Report) -> Iterator[str]:
    yield tell_data_date(report.plan)
    used = report.schedule.links_used
    links = count(used.accepted, "accepted link")
    if used.proposed:
        links += f" and {count(used.proposed, 'proposed link')}, which nobody has decided on yet"
    yield f"Dates follow {links}. What no link says, no answer can show."
    yield from report.map.sentences
    if report.answer is not None:
        changes = [describe_change(report.plan, one) for one in report.answer.scenario.changes]
        yield f"The change: {'; '.join(changes) or 'none'}."
        yield (
            "Every change is worked out twice. If the gaps between dates are spare time, delay "
            "eats them first; if they are work, an item needs all of the time since what it waits "
            "for, so it moves at once."
        )
    yield (
        "Late means: forecast after the item's own due date. What has no due date cannot be late; "
        "it is held against its planned date."
    )
    yield (
        f"Officers are compared by one test: everything unfinished of theirs slips "
        f"{report.owners.by.words}, and what that does to everybody else is counted."
    )
    if report.boards.gates:
        yield (
            "A decision falls on a meeting that is held and whose papers can be in time; beyond "
            "the last known meeting none is invented."
        )
    families = [name for key, name in FAMILIES.items() if _is_judged(report.health, key)]
    if families:
        yield (
            f"Checks were made of {join_words(families)}; knockon check --list says what each "
            "of them counts."
        )


def _is_judged(health: Health, family: str) -> bool:
    return any(
        one.check.family == family and tell_verdict(one) != "not applicable"
        for one in health.results
    )
