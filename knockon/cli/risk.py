"""``knockon risk``: how likely, how late, what drives it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from graphmodel.words import count
from knockon.cli.console import complain, say, say_json, say_table, say_wrapped
from knockon.cli.options import (
    as_of_option,
    check_ending,
    gaps_option,
    json_option,
    link_options,
    plan_argument,
    with_option,
)
from knockon.cli.progress import show_progress
from knockon.cli.reading import open_plan
from knockon.cli.riskrecovery import say_risk_recovery
from viz.paper.oddswords import tell_gap
from viz.words import shorten, show_date, show_share

if TYPE_CHECKING:
    from queries.odds import Odds
    from simulations.risk.results import Protection, RiskResult, TargetOdds
    from simulations.risk.running import Runner

__all__ = ["command"]

#: Rows of each table; --json prints all.
_ROWS: Final = 15
#: Characters of a title in a table.
_TITLE: Final = 70


@click.command("risk")
@plan_argument
@click.option(
    "--iterations", type=int, default=10_000, show_default=True, metavar="N",
    help="How often the plan is run.",
)  # fmt: skip
@click.option(
    "--seed", type=int, default=1, show_default=True, metavar="S",
    help="The same seed gives the same numbers.",
)  # fmt: skip
@click.option(
    "--target", "targets", multiple=True, metavar="ID",
    help="What to tell the odds of, the main one first; may be repeated.",
)  # fmt: skip
@click.option(
    "--until", "until_days", type=float, metavar="DAYS",
    help="Stop as soon as the main P80 is known to so many days either way.",
)  # fmt: skip
@click.option(
    "--sampling", type=click.Choice(["random", "latin"]), default="random", show_default=True,
    help="Sample at random, or by a Latin hypercube.",
)  # fmt: skip
@click.option(
    "--reference", metavar="NAME",
    help="Reference class for what the plan is silent about: a name, a .json file, or none.",
)  # fmt: skip
@click.option(
    "--act", type=click.IntRange(0, 10), default=3, show_default=True, metavar="K",
    help="The K best places to act.",
)  # fmt: skip
@click.option(
    "--recover", is_flag=True,
    help="Say what would bring back each target that is late at its P80.",
)  # fmt: skip
@click.option("--workers", type=int, default=1, metavar="N", help="Run in so many processes.")
@click.option("--dask", "address", metavar="ADDRESS", help="Run on the Dask cluster at ADDRESS.")
@with_option
@as_of_option
@gaps_option
@link_options
@json_option
@click.option("--title", help="Heading of what is written.")
@click.option(
    "-o", "--output", metavar="FILE",
    help="Write it too: risk.html, .docx, .xlsx, .pdf or .json.",
)  # fmt: skip
def command(  # noqa: PLR0913 - one for each option
    plan: str,
    *,
    registers: tuple[str, ...],
    as_of: str | None,
    reference: str | None,
    targets: tuple[str, ...],
    workers: int,
    address: str | None,
    title: str | None,
    output: str | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Say how likely PLAN is to be on time, and what drives it.

    The plan is run many times, each time with other delays: those that the plan states, its risks,
    and, where it states none, the slippage that tracked plans showed.
    """
    from knockon.payloads import pack_risk  # noqa: PLC0415 - heavy
    from knockon.reporting import ENDINGS  # noqa: PLC0415
    from loaders.writers.export import spare_inputs  # noqa: PLC0415
    from queries.odds import ask_odds  # noqa: PLC0415

    if output is not None:
        check_ending(output, (*ENDINGS, ".json"))
        spare_inputs(output, [plan, *registers])
    with open_plan(plan, registers, as_of=as_of, links=asked["links"]) as opened:
        with show_progress() as progress:
            odds = ask_odds(
                opened,
                reference=reference,
                targets=targets or None,
                workers=workers,
                runner=_runner(workers, address),
                progress=progress,
                **asked,
            )
        if output is not None:
            _write(odds, output, title, named=bool(targets))
        if as_json:
            say_json(pack_risk(odds.result, odds.reference))
        else:
            _say_risk(odds.result, odds.reference)
            if output is not None:
                say(f"Written: {output}")


def _write(odds: Odds, output: str, title: str | None, *, named: bool) -> None:
    """Write the odds in the form that the ending of the file says."""
    from graphmodel.files import write_text  # noqa: PLC0415 - heavy
    from knockon.payloads import pack_risk  # noqa: PLC0415
    from knockon.reporting import write_report  # noqa: PLC0415
    from viz.paper.odds import lay_out_risk  # noqa: PLC0415

    if output.lower().endswith(".json"):
        packed = pack_risk(odds.result, odds.reference)
        write_text(output, f"{json.dumps(packed, ensure_ascii=False, indent=1)}\n")
        return
    for sentence in write_report(lay_out_risk(odds, title=title, named=named), output):
        complain(sentence)


def _runner(workers: int, address: str | None) -> Runner | None:
    """Return what runs iterations elsewhere than in this process, where that is asked for."""
    from simulations.risk.farms import dask, processes  # noqa: PLC0415 - heavy

    if address is not None:
        return dask(address)
    return processes(workers) if workers > 1 else None


def _say_risk(answer: RiskResult, source: str | None) -> None:
    if source is not None:
        say_wrapped(source)
    main = answer.targets[0]
    say_wrapped(_headline(answer, main))
    dated = [target for target in answer.targets if target.p_on_time is not None]
    if answer.p_all_on_time is not None and len(dated) > 1:
        say_wrapped(
            f"That all {len(dated)} dates are kept together has a probability of "
            f"{show_share(answer.p_all_on_time)}."
        )
    say_wrapped(
        f"{count(answer.iterations, 'iteration')}, seed {answer.seed}; {_rests(answer)}; gaps read "
        f"as {answer.gaps}."
    )
    if answer.converged is False:
        say_wrapped("The P80 is not yet known as closely as was asked: take more iterations.")
    _say_targets(answer)
    _say_drivers(answer)
    _say_acts(answer)
    _say_officers(answer)
    _say_risks(answer)
    _say_merges(answer)
    _say_gates(answer)
    if answer.recovery is not None:
        say_risk_recovery(answer, answer.recovery)


def _headline(answer: RiskResult, main: TargetOdds) -> str:
    name = _name(answer, main.id, main.title)
    odds = (
        f"{name} finishes by {show_date(main.p50)} with even odds (P50), by {show_date(main.p80)} "
        f"with 80 % (P80, ±{1.96 * main.p80_se_days:,.0f} days from sampling)"
    )
    if main.p_on_time is None or main.by is None:
        return f"{odds}; without delay it would be {show_date(main.finish)}."
    held = {"due": "its due date", "must_finish": "the plan's must-finish date"}.get(
        main.against or "", "its planned date"
    )
    return f"{odds}; {held}, {show_date(main.by)}, is kept with {show_share(main.p_on_time)}."


def _rests(answer: RiskResult) -> str:
    used = answer.links_used
    links = count(used.accepted, "accepted link")
    if used.proposed:
        links += f" and {count(used.proposed, 'proposed link')}"
    said = f"{answer.told:,} items say how uncertain they are"
    if answer.told == 1:
        said = "1 item says how uncertain it is"
    if answer.assumed:
        said += f", {answer.assumed:,} are taken as others were"
    return f"{links}; {said}"


def _say_targets(answer: RiskResult) -> None:
    dated = [one for one in answer.targets[1:] if one.p_on_time is not None]
    shown = sorted(dated, key=lambda one: one.p_on_time or 0)[:_ROWS]
    rows = [
        (
            _name(answer, one.id, one.title),
            show_date(one.by),
            show_share(one.p_on_time or 0),
            show_date(one.p50),
            show_date(one.p80),
        )
        for one in shown
    ]
    if rows:
        say()
        heads = ("Target", "Date to keep", "On time", "P50", "P80")
        say_table("Least likely to be on time", heads, rows, total=len(dated))


def _say_drivers(answer: RiskResult) -> None:
    costly = [one for one in answer.items if one.cost_days]
    shown = sorted(costly, key=lambda one: -(one.cost_days or 0))[:_ROWS]
    rows = [
        (
            _name(answer, one.id, one.title),
            f"{one.cost_days:,.4g}",
            show_share(one.criticality_index),
            "" if one.cruciality is None else f"{one.cruciality:+.2f}",
        )
        for one in shown
    ]
    if rows:
        say()
        heads = ("Item", "Days at P80", "Critical in", "Cruciality")
        title = "What costs most days at the main target's P80, found by leaving it out"
        say_table(title, heads, rows, total=len(costly))


def _say_acts(answer: RiskResult) -> None:
    acts = answer.acts
    if acts is None:
        return
    say()
    if not acts.places:
        say_wrapped(
            "Where to act: no item and no link that was tried buys a day at the main target's P80."
        )
        return
    rows = [
        (_act(answer, one), f"{one.alone_days:,.4g}", f"{one.total_days:,.4g}")
        for one in acts.places
    ]
    title = "Where to act: what buys most days at the main target's P80 together"
    say_table(title, ("Protect", "Days alone", "Days in all"), rows)
    say_wrapped(tell_gap(acts))


def _act(answer: RiskResult, one: Protection) -> str:
    if one.link is None:
        return _name(answer, one.id, None)
    before, after, _ = one.link
    return f"{_name(answer, after, None)}\n  from waiting for {_name(answer, before, None)}"


def _say_officers(answer: RiskResult) -> None:
    costly = [one for one in answer.officers if one.cost_days]
    shown = sorted(costly, key=lambda one: -(one.cost_days or 0))[:_ROWS]
    rows = [(one.name, str(one.items), f"{one.cost_days:,.4g}") for one in shown]
    if rows:
        say()
        heads = ("Officer", "Uncertain items", "Days at P80")
        say_table(
            "What the uncertainty in each officer's hands costs", heads, rows, total=len(costly)
        )


def _say_risks(answer: RiskResult) -> None:
    rows = [
        (
            one.title or one.id,
            show_share(one.probability),
            "" if one.cost_days is None else f"{one.cost_days:,.4g}",
        )
        for one in sorted(answer.risks, key=lambda one: -(one.cost_days or 0))[:_ROWS]
    ]
    if rows:
        say()
        heads = ("Risk", "Probability", "Days at P80")
        say_table("What each risk costs", heads, rows, total=len(answer.risks))


def _say_merges(answer: RiskResult) -> None:
    biased = [one for one in answer.merges if one.bias_days >= 1]
    shown = sorted(biased, key=lambda one: -one.bias_days)[:_ROWS]
    rows = [
        (_name(answer, one.item, None), str(one.arms), f"{one.bias_days:,.4g}") for one in shown
    ]
    if rows:
        say()
        heads = ("Where paths meet", "Paths", "Days beyond the longest")
        say_table("What parallel paths cost (merge bias)", heads, rows, total=len(biased))


def _say_gates(answer: RiskResult) -> None:
    missed = [one for one in answer.gates if one.p_missed]
    shown = sorted(missed, key=lambda one: -one.p_missed)[:_ROWS]
    boards = {board.id: board.name for board in answer.plan.boards}
    rows = [
        (
            f"{_name(answer, one.item, None)}\n  {boards.get(one.board, one.board)}",
            show_date(one.meeting),
            show_share(one.p_missed),
        )
        for one in shown
    ]
    if rows:
        say()
        heads = ("Decision", "Meeting", "Missed in")
        say_table("Meetings that may be missed", heads, rows, total=len(missed))


def _name(answer: RiskResult, item: str, title: str | None) -> str:
    if item == answer.plan.id and item not in answer.plan.index.items:
        return "The plan"
    words = title or answer.plan.index.items[item].title
    return f"{item}  {shorten(' '.join(words.split()), _TITLE)}"
