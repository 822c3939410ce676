"""``knockon trace``: what an item waits for, what waits for it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from knockon.cli.console import say, say_json, say_wrapped
from knockon.cli.mapsurveys import say_survey
from knockon.cli.options import json_option, link_options, plan_argument, with_option
from knockon.cli.reading import open_plan
from viz.words import ORIGIN_WORDS, show_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphmodel.plan import Plan
    from queries.dependencies import RouteUse, Trace, TraceStep

__all__ = ["command"]

#: Steps further away are not indented any more.
_DEEPEST: Final = 8


@click.command("trace")
@plan_argument
@click.argument("start", required=False, metavar="[FROM]")
@click.argument("end", required=False, metavar="[TO]")
@with_option
@link_options
@click.option(
    "--depth", type=click.IntRange(min=1), metavar="N", help="Go this many steps at most."
)
@click.option(
    "--routes",
    type=click.Choice(["shortest", "all"]),
    default="shortest",
    show_default=True,
    help="Between FROM and TO: the shortest routes, or all.",
)
@json_option
def command(
    plan: str,
    start: str | None,
    end: str | None,
    registers: tuple[str, ...],
    *,
    depth: int | None,
    routes: RouteUse,
    as_json: bool,
    **followed: Any,
) -> None:
    """Show what FROM waits for, what waits for it, and why.

    FROM is an item, or an officer, a board or a metric by id or title. With TO: the routes between
    two items, and what both wait for. Without either: the map as a whole, with its loose ends,
    its weak links and what crosses from one theme or directorate into another.
    """
    from knockon.payloads import pack_answer, pack_trace  # noqa: PLC0415 - heavy
    from queries.dependencies import trace  # noqa: PLC0415
    from queries.mapsurvey import survey_map  # noqa: PLC0415

    with open_plan(plan, registers, links=followed["links"]) as opened:
        if start is None:
            survey = survey_map(opened, **followed)
            say_json(pack_answer(survey)) if as_json else say_survey(survey)
            return
        answer = trace(opened, start, end, depth=depth, routes=routes, **followed)
        say_json(pack_trace(answer)) if as_json else _say_trace(answer)


def _say_trace(answer: Trace) -> None:
    for sentence in answer.sentences:
        say_wrapped(sentence)
    if answer.end is not None:
        _say_routes(answer)
        _say_names(answer.plan, "What both wait for, nearest first", answer.common)
        return
    if answer.subject.kind != "item":
        _say_names(answer.plan, "The items themselves", answer.subject.items)
    _say_both_ways(answer)
    _say_names(answer.plan, "Objectives that hang on it", answer.objectives)
    if answer.metrics:
        say("\nOutput metrics that hang on it")
        for metric in answer.metrics:
            say_wrapped(f"{metric.title} ({metric.item})", indent=2)


def _say_names(plan: Plan, title: str, items: Sequence[str]) -> None:
    if items:
        say(f"\n{title}")
        for item in items:
            say_wrapped(_name(plan, item), indent=2)


def _say_both_ways(answer: Trace) -> None:
    if answer.upstream:
        say("\nWhat it waits for, nearest first")
        _say_steps(answer.plan, answer.upstream, at_start=True)
    if answer.downstream:
        say("\nWhat waits for it, nearest first")
        _say_steps(answer.plan, answer.downstream, at_start=False)


def _say_steps(plan: Plan, steps: Iterable[TraceStep], *, at_start: bool) -> None:
    """Print each step under the item that it leads to, further steps further in."""
    for step in steps:
        far, near = (step.from_, step.to) if at_start else (step.to, step.from_)
        margin = 2 * min(step.depth, _DEEPEST)
        say()
        say_wrapped(_name(plan, far), indent=margin)
        if step.type is None:
            words = f"is part of {near}" if at_start else f"{near} is part of it"
        else:
            words = f"{'to' if at_start else 'from'} {near}: {_link(step)}"
        say_wrapped(words, indent=margin + 4)
        _say_why(step, margin + 4)


def _say_routes(answer: Trace) -> None:
    for route in answer.routes:
        say()
        say_wrapped(_name(answer.plan, route.items[0]), indent=2)
        for item in route.items[1:]:
            for step in route.steps:
                if step.to == item:
                    say_wrapped(f"↓ {_link(step)}", indent=6)
                    _say_why(step, 8)
            say_wrapped(_name(answer.plan, item), indent=2)


def _say_why(step: TraceStep, indent: int) -> None:
    if step.reason:
        say_wrapped(f"why: {step.reason}", indent=indent)
    for quote in step.evidence:
        words = f'"{quote.words}" ({quote.place})' if quote.words else f"noted in {quote.place}"
        say_wrapped(words, indent=indent)


def _link(step: TraceStep) -> str:
    """Return the step in words: its type and lag, state, confidence and where it comes from."""
    if step.state is None or step.origin is None:
        return "part of"
    words = [step.link, step.state, ORIGIN_WORDS[step.origin]]
    if step.confidence is not None and step.confidence < 1:
        words.append(f"confidence {step.confidence:g}")
    if step.holds is not None:
        words.append(f"as part of {step.holds}")
    return ", ".join(words)


def _name(plan: Plan, item: str) -> str:
    one = plan.index.items[item]
    shown = show_date(one.planned.finish or one.due, missing=one.planned.text or "no date")
    return f"{one.id}  {one.title} ({shown})"
