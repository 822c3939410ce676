"""``knockon trace``: what an item waits for, what waits for it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from knockon.cli.console import say, say_json, say_wrapped
from knockon.cli.options import json_option, link_options, plan_argument, with_option
from knockon.cli.reading import open_plan
from viz.words import ORIGIN_WORDS, show_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.plan import Plan
    from graphmodel.selection import LinkUse
    from queries.dependencies import Trace, TraceStep

__all__ = ["command"]

#: Steps further away are not indented any more.
_DEEPEST: Final = 8


@click.command("trace")
@plan_argument
@click.argument("start", metavar="FROM")
@click.argument("end", required=False, metavar="[TO]")
@with_option
@link_options
@click.option(
    "--depth", type=click.IntRange(min=1), metavar="N", help="Go this many steps at most."
)
@json_option
def command(
    plan: str,
    start: str,
    end: str | None,
    registers: tuple[str, ...],
    links: LinkUse,
    min_confidence: float,
    depth: int | None,
    *,
    as_json: bool,
) -> None:
    """Show what FROM waits for, what waits for it, and why.

    With TO: the shortest routes between the two, or that there is none.
    """
    from knockon.payloads import pack_trace  # noqa: PLC0415 - heavy
    from queries.dependencies import trace  # noqa: PLC0415

    with open_plan(plan, registers, links=links) as opened:
        answer = trace(opened, start, end, links=links, min_confidence=min_confidence, depth=depth)
        if as_json:
            say_json(pack_trace(answer))
        else:
            _say_trace(answer)


def _say_trace(answer: Trace) -> None:
    for sentence in answer.sentences:
        say_wrapped(sentence)
    if answer.end is None:
        _say_both_ways(answer)
    else:
        _say_routes(answer)


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
