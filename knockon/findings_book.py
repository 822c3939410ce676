"""What the checks found as a workbook: the evidence, every finding, every rule with its result."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from graphmodel.files import write_bytes
from loaders.writers.sheets import Number, SheetWriter
from queries.checks.readiness import NO_VERDICT
from queries.checks.rule import FAMILIES, tell_limit, tell_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from loaders.writers.itemrows import Cell
    from queries.checks.rule import CheckResult, Finding
    from queries.checks.run import Health

__all__ = ["write_findings"]

_SUMMARY: Final = (("Topic", 14), ("What the plan shows", 100))
_FINDINGS: Final = (
    ("Family", 16), ("Severity", 10), ("Code", 26), ("Check", 30), ("Finding", 70), ("Items", 24),
    ("Source", 34), ("What to do", 50),
)  # fmt: skip
_RULES: Final = (
    ("Family", 16), ("Code", 26), ("Check", 30), ("Result", 16), ("Counted", 10), ("Of", 10),
    ("Share", 10), ("Allowed", 14), ("Why, or what to know", 40), ("Of what", 30),
    ("What it means", 70), ("What to do", 50), ("Severity", 10), ("Published in", 40),
)  # fmt: skip
_PRACTICES: Final = (("Number", 8), ("Practice", 50), ("What", 50), ("What the plan offers", 40))


def write_findings(health: Health, path: str | Path) -> tuple[str, ...]:
    """Write findings as .xlsx; return what of their texts had to be changed.

    Raises
    ------
    FileError
        The file cannot be written, or there are more findings than a sheet holds.
    """
    from pathlib import Path  # noqa: PLC0415

    target = Path(path)
    findings = [(one, finding) for one in health.results for finding in one.findings]
    writer = SheetWriter(target)
    summary = list(_summary(health))
    writer.write("Summary", _SUMMARY, summary, len(summary))
    writer.write("Findings", _FINDINGS, (_finding(*one) for one in findings), len(findings))
    writer.write("Rules", _RULES, map(_rule, health.results), len(health.results))
    if health.practices:
        figures = [
            (Number(one.number), one.name, figure.what, figure.value)
            for one in health.practices
            for figure in one.figures
        ]
        writer.write("GAO practices", _PRACTICES, figures, len(figures))
    stream = io.BytesIO()
    writer.book.save(stream)
    write_bytes(target, stream.getvalue())
    return writer.texts.tell()


def _summary(health: Health) -> Iterator[Sequence[Cell]]:
    yield "Plan", health.plan.title or health.plan.id
    for evidence in health.readiness:
        yield evidence.topic, evidence.sentence
    yield "What this is", NO_VERDICT


def _finding(result: CheckResult, finding: Finding) -> Sequence[Cell]:
    check = result.check
    return (
        FAMILIES[check.family],
        finding.severity,
        check.code,
        check.name,
        finding.message,
        ", ".join(finding.items),
        None if finding.source is None else str(finding.source),
        check.advice,
    )


def _rule(result: CheckResult) -> Sequence[Cell]:
    check = result.check
    return (
        FAMILIES[check.family],
        check.code,
        check.name,
        tell_verdict(result),
        None if result.numerator is None else Number(result.numerator),
        None if result.denominator is None else Number(result.denominator),
        None if result.share is None else 100 * result.share,
        tell_limit(check.limit),
        result.why_not or result.note,
        check.denominator,
        check.definition,
        check.advice,
        check.severity,
        check.reference,
    )
