"""``knockon check``: what a careful reader, and the rules of the field, would mark in a plan."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from graphmodel.problems import SEVERITIES
from graphmodel.words import count
from knockon.cli.console import say, say_json, say_long_json, say_table, say_wrapped
from knockon.cli.load import NOUNS, tally
from knockon.cli.options import as_of_option, check_ending, json_option, with_option
from knockon.cli.reading import open_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.problems import Severity
    from queries.checks.practices import Practice
    from queries.checks.rule import Check, CheckResult, Finding
    from queries.checks.run import Health

__all__ = ["command"]

#: Findings of one check that are printed.
_MOST: Final = 10


@click.command("check")
@click.argument("plan", metavar="PLAN", required=False)
@with_option
@as_of_option
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Leave with exit code 1 where something at least so grave is found.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="CODE",
    help="Run only this check, or this family: paper, schedule or realism; may be repeated.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="CODE",
    help="Leave out this check or family; may be repeated.",
)
@click.option(
    "--rag",
    metavar="NAME",
    help="Rate items by this RAG rule: one of the plan's, or derby, month or late-red.",
)
@click.option("--list", "as_list", is_flag=True, help="Explain the checks instead of running them.")
@click.option("-o", "--output", metavar="findings.xlsx", help="Write the findings as a workbook.")
@json_option
def command(  # noqa: PLR0913 - one for each option
    plan: str | None,
    registers: tuple[str, ...],
    as_of: str | None,
    fail_on: Severity | None,
    only: tuple[str, ...],
    without: tuple[str, ...],
    rag: str | None,
    output: str | None,
    *,
    as_list: bool,
    as_json: bool,
) -> int:
    """Hold PLAN against the rules of good plans.

    Prints what the plan shows of its readiness (evidence, no rating), then for each family of
    rules what was counted and what was found, the gravest first. --list explains every rule.
    """
    from queries.checks.registry import choose_checks  # noqa: PLC0415 - heavy

    check_ending(output, [".xlsx"])
    checks = choose_checks(only, without)
    if as_list:
        _list(checks, as_json=as_json)
        return 0
    if plan is None:
        raise click.UsageError("Name the PLAN to check, or ask for --list.")
    from knockon.payloads import stream_health  # noqa: PLC0415
    from queries.checks.context import Context  # noqa: PLC0415
    from queries.checks.run import run_checks  # noqa: PLC0415
    from queries.ragsets import find_rule  # noqa: PLC0415

    with open_plan(plan, registers, as_of=as_of) as opened:
        if rag is not None:
            find_rule(opened, rag)  # says at once where there is none, or it cannot be read
        codes = [check.code for check in checks]
        health = run_checks(opened, codes=codes, context=Context(opened, rag))
        told = _write(health, output)
        if as_json:
            say_long_json(stream_health(health))
        else:
            _say_health(health)
            _say_written(output, told)
    return int(_is_failed(health, fail_on))


def _write(health: Health, output: str | None) -> tuple[str, ...]:
    """Write the workbook, if one is wanted; return what of its texts had to be changed."""
    if output is None:
        return ()
    from knockon.findings_book import write_findings  # noqa: PLC0415 - heavy

    return write_findings(health, output)


def _say_written(output: str | None, told: Sequence[str]) -> None:
    if output is None:
        return
    say()
    for sentence in told:
        say_wrapped(sentence)
    say(f"Written: {output}")


def _is_failed(health: Health, fail_on: Severity | None) -> bool:
    if fail_on is None:
        return False
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(one.severity in grave for result in health.results for one in result.findings)


def _list(checks: Sequence[Check], *, as_json: bool) -> None:
    """Explain checks."""
    from knockon.payloads import pack_checks  # noqa: PLC0415 - heavy
    from queries.checks.rule import FAMILIES, tell_limit  # noqa: PLC0415

    if as_json:
        say_json({"checks": pack_checks(checks)})
        return
    for family, same in groupby(checks, key=lambda one: one.family):
        say(f"{FAMILIES[family].capitalize()} ({family})")
        for check in same:
            say()
            say_wrapped(f"{check.name} [{check.code}], {NOUNS[check.severity]}", indent=2)
            say_wrapped(check.definition, indent=4)
            say_wrapped(f"Of: {check.denominator}. Allowed: {tell_limit(check.limit)}.", indent=4)
            say_wrapped(f"What to do: {check.advice}", indent=4)
            if check.reference is not None:
                say_wrapped(f"Published in: {check.reference}", indent=4)
        say()


def _say_health(health: Health) -> None:
    from queries.checks.readiness import NO_VERDICT  # noqa: PLC0415 - heavy
    from queries.checks.rule import FAMILIES  # noqa: PLC0415

    say_wrapped(f"{health.plan.title or health.plan.id}")
    if not health.plan.items:
        say_wrapped("The plan holds no items: there is nothing to check.")
        return
    say()
    say_wrapped(NO_VERDICT)
    for evidence in health.readiness:
        say_wrapped(f"{evidence.topic}: {evidence.sentence}", indent=2)
    findings = health.findings
    say()
    say(f"{tally(findings, 'finding')}." if findings else "Nothing was found.")
    for family, same in groupby(health.results, key=lambda one: one.check.family):
        say()
        _say_family(FAMILIES[family].capitalize(), list(same))
        if family == "schedule":
            _say_practices(health.practices)


def _say_family(name: str, results: Sequence[CheckResult]) -> None:
    """Print the figures of a family, what does not apply to this plan, and its findings."""
    fit = [one for one in results if one.applies]
    if fit:
        _say_figures(name, fit)
    else:
        say(f"{name}\n")
    notes: dict[str, list[str]] = {}
    for one in results:
        if one.note is not None:
            notes.setdefault(one.note, []).append(one.check.name)
    for note, names in notes.items():
        say_wrapped(f"{'; '.join(names)}: {note}", indent=2)
    _say_unfit([one for one in results if not one.applies])
    for result in sorted(results, key=_gravest):
        _say_findings(result)


def _say_practices(practices: Sequence[Practice]) -> None:
    """Print the ten practices, what the plan offers on each below its name."""
    if not practices:
        return
    say()
    say_wrapped(
        "The ten practices of GAO's Schedule Assessment Guide (GAO-16-89G): what the plan offers "
        "on each, ungraded",
        indent=2,
    )
    for one in practices:
        told = "; ".join(f"{figure.what}: {figure.value}" for figure in one.figures)
        say_wrapped(f"{one.number}. {one.name}: {told}", indent=4)


def _say_figures(name: str, results: Sequence[CheckResult]) -> None:
    """Print what checks counted; what they allow only where one of them allows something."""
    from queries.checks.rule import NONE_ALLOWED, tell_limit, tell_verdict  # noqa: PLC0415 - heavy

    is_plain = all(one.check.limit == NONE_ALLOWED for one in results)
    rows = []
    for one in results:
        limit = () if is_plain else (tell_limit(one.check.limit),)
        share = f"{100 * (one.share or 0):.3g} %"
        rows.append((one.check.name, _found(one), share, *limit, tell_verdict(one)))
    allowed = () if is_plain else ("Allowed",)
    say_table(name, ("Check", "Found", "Share", *allowed, "Result"), rows)


def _say_unfit(results: Sequence[CheckResult]) -> None:
    """Print which checks do not apply, those together that have one reason."""
    reasons: dict[str, list[str]] = {}
    for one in results:
        reasons.setdefault(one.why_not or "", []).append(one.check.name)
    if reasons:
        say_wrapped("Not applicable", indent=2)
    for why, names in reasons.items():
        say_wrapped(f"{'; '.join(names)}: {why}", indent=4)


def _found(result: CheckResult) -> str:
    return f"{result.numerator or 0:,.5g} of {result.denominator or 0:,.5g}"


def _gravest(result: CheckResult) -> int:
    return min((SEVERITIES.index(one.severity) for one in result.findings), default=0)


def _say_findings(result: CheckResult) -> None:
    findings: list[Finding] = sorted(
        result.findings, key=lambda one: SEVERITIES.index(one.severity)
    )
    if not findings:
        return
    check = result.check
    say()
    say_wrapped(
        f"{NOUNS[findings[0].severity]}: {check.name} ({len(findings):,}) [{check.code}]", indent=2
    )
    for finding in findings[:_MOST]:
        say_wrapped(str(finding), indent=4)
    if len(findings) > _MOST:
        more = count(len(findings) - _MOST, "more", "more")
        say_wrapped(f"and {more}; --json prints all, -o findings.xlsx writes all", indent=4)
    say_wrapped(f"What to do: {check.advice}", indent=4)
