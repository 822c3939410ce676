"""``knockon owners``: bottleneck officers, what hangs on each, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from graphmodel.errors import ScenarioError
from graphmodel.words import count
from knockon.cli.console import say, say_json, say_wrapped
from knockon.cli.officers import say_absences, say_officer, say_reassignment
from knockon.cli.options import (
    as_of_option,
    json_option,
    link_options,
    plan_argument,
    with_option,
)
from knockon.cli.progress import show_progress
from knockon.cli.reading import open_plan
from knockon.cli.roles import role_option
from viz.words import show_month

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from graphmodel.scenario import Reassign
    from graphmodel.selection import LinkUse
    from queries.owners import Owner, Owners

__all__ = ["command"]

#: Officers listed, unless told.
_TOP: Final = 20
#: Share of the ways of hand-overs from which it is worth a word.
_NOTABLE: Final = 0.01


@click.command("owners")
@plan_argument
@click.argument("officer", required=False, metavar="[OFFICER]")
@click.option("--by", default="1m", show_default=True, metavar="SPAN", help="How far each slips.")
@role_option()
@click.option("--top", type=click.IntRange(1), metavar="N", help=f"List so many (else {_TOP}).")
@click.option(
    "--near",
    type=click.FloatRange(0),
    default=30.0,
    show_default="30 days",
    metavar="DAYS",
    help="Total float up to which an item is near-critical.",
)
@click.option(
    "--away",
    metavar="DATE..DATE",
    help="What waits if OFFICER, or each one listed, is away, both days included.",
)
@click.option(
    "--reassign",
    multiple=True,
    metavar="WHAT=[FROM..]TO",
    help="Give an item, or all open items of an officer, to another; may be repeated.",
)
@with_option
@as_of_option
@link_options
@json_option
def command(  # noqa: PLR0913 - one for each option
    plan: str,
    *,
    officer: str | None,
    by: str,
    roles: tuple[Role, ...],
    top: int | None,
    near: float,
    away: str | None,
    reassign: tuple[str, ...],
    registers: tuple[str, ...],
    as_of: str | None,
    links: LinkUse,
    min_confidence: float,
    as_json: bool,
) -> None:
    """Say whose slip in PLAN would hurt most, and why.

    They stand in the order of what it would do if everything unfinished of theirs slipped, with
    how much each holds, in which months, and what nobody else is named for.
    """
    from graphmodel.spans import parse_span  # noqa: PLC0415 - heavy
    from knockon.payloads import pack, pack_answer  # noqa: PLC0415
    from queries.owners import survey_owners  # noqa: PLC0415
    from queries.owners_away import find_absences  # noqa: PLC0415
    from queries.owners_reassign import reassign_items  # noqa: PLC0415
    from simulations.whatif import prepare  # noqa: PLC0415

    span = parse_span(by, words=True)
    days = None if away is None else _days(away)
    with open_plan(plan, registers, as_of=as_of, links=links) as opened:
        if officer is not None:
            officer = opened.index.officer(officer).id
        moves = _moves(opened, reassign, roles)
        baseline = prepare(opened, links, min_confidence)
        if moves:
            passed = reassign_items(baseline, moves, by=span, roles=roles)
            say_json(pack_answer(passed)) if as_json else say_reassignment(passed)
            return
        with show_progress() as progress:
            answer = survey_owners(
                baseline,
                span,
                roles=roles,
                near_days=near,
                in_full=() if officer is None else (officer,),
                progress=progress,
            )
        shown = _chosen(answer, officer, top if as_json else top or _TOP)
        absences = None
        if days is not None:
            asked = [one.id for one in shown] if officer is None else [officer]
            with show_progress() as progress:
                absences = find_absences(baseline, asked, *days, progress)
        if as_json:
            packed = pack_answer(answer) | {"officers": pack(shown)}
            say_json(packed if absences is None else packed | {"absences": pack(absences)})
            return
        if officer is not None:
            say_officer(answer, officer)
        else:
            _say_owners(answer, shown)
        if absences is not None and days is not None:
            say_absences(absences, *days)


def _chosen(answer: Owners, officer: str | None, top: int | None) -> tuple[Owner, ...]:
    if officer is None:
        return answer.officers[:top]
    return tuple(one for one in answer.officers if one.id == officer)


def _days(text: str) -> tuple[date, date]:
    """Read ``DATE..DATE``, or one ``DATE``."""
    from graphmodel.moments import parse_moment  # noqa: PLC0415 - heavy

    first, dots, last = text.partition("..")
    return parse_moment(first), parse_moment(last if dots else first)


def _moves(plan: Plan, texts: tuple[str, ...], roles: tuple[Role, ...]) -> list[Reassign]:
    """Read each ``WHAT=[FROM..]TO``, split at the last ``=``."""
    from queries.owners_reassign import find_moves  # noqa: PLC0415 - heavy

    moves: list[Reassign] = []
    for text in texts:
        what, _, officers = (part.strip() for part in text.rpartition("="))
        giver, _, to = (part.strip() for part in officers.rpartition(".."))
        if not (what and to):
            raise ScenarioError(
                f'"{text}" does not say who takes what: write it like SI1.1.3=cx, '
                'SI1.1.3=dasc..cx or "Director A=Director B".'
            )
        moves.extend(find_moves(plan, what, to, giver=giver or None, roles=roles))
    return moves


def _say_owners(answer: Owners, shown: tuple[Owner, ...]) -> None:
    say_wrapped(" ".join(answer.sentences))
    if not shown:
        return
    say()
    say_wrapped(
        f"By what a slip of everything of theirs by {answer.by.words} does, "
        f"the greatest effect first ({len(shown)} of {len(answer.officers)}):"
    )
    for one in shown:
        say()
        say(f"{'-' if one.rank is None else one.rank:>3}  {one.title}")
        say_wrapped(_holding(one), indent=5)
        say_wrapped(one.sentence, indent=5)
    say()
    left = len(answer.officers) - len(shown)
    if left:
        say(f"{count(left, 'more officer')}: add  --top {len(answer.officers)}")
    say("One in full:  knockon owners PLAN OFFICER")


def _holding(one: Owner) -> str:
    """Return how much an officer holds, when most of it ends, and how tight it is."""
    told = f"{count(one.open_items, 'open item')}, place {one.rank_by_count} by count"
    if one.joint:
        told += f"; {one.joint} of them jointly, {one.share:.3g} by shares"
    if one.load.peak is not None:
        told += f"; peak {one.load.peak.finishing} in {show_month(one.load.peak.month)}"
    if one.float_held.critical:
        told += f"; {one.float_held.critical} critical"
    if one.float_held.near_critical:
        told += f"; {one.float_held.near_critical} near-critical"
    if one.betweenness >= _NOTABLE:
        told += f"; on {one.betweenness:.0%} of the ways of hand-overs between others"
    return told
