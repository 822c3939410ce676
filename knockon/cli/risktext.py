"""What ``knockon risk`` prints for people: the odds, what costs days, where to act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from knockon.cli.console import say, say_table, say_wrapped
from knockon.cli.riskrecovery import say_risk_recovery
from simulations.risk.certainty import CONFIDENCE, split_costs
from viz.paper.oddswords import tell_gap, tell_unclear
from viz.words import shorten, show_date, show_share

if TYPE_CHECKING:
    from simulations.risk.certainty import Costed
    from simulations.risk.results import Protection, RiskResult, TargetOdds

__all__ = ["say_risk"]

#: Rows of each table; --json prints all.
_ROWS: Final = 15
#: Characters of a title in a table.
_TITLE: Final = 70


def say_risk(answer: RiskResult, source: str | None) -> None:
    """Print the odds.

    Parameters
    ----------
    source
        The sentence that says what uncertainty was taken from others; None for none.
    """
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
        say_wrapped(
            f"{_at(answer)} is not yet known as closely as was asked: take more iterations."
        )
    say()  # and each block ends with a blank line
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
        f"{name} finishes by {show_date(main.p50)} with even odds (P50), by "
        f"{show_date(main.at_percentile)} with {answer.percentile} % ({_at(answer)}, "
        f"±{CONFIDENCE * main.at_percentile_se_days:,.0f} days from sampling)"
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
            show_date(one.at_percentile),
        )
        for one in shown
    ]
    if rows:
        heads = ("Target", "Date to keep", "On time", "P50", _at(answer))
        say_table("Least likely to be on time", heads, rows, total=len(dated))


def _say_drivers(answer: RiskResult) -> None:
    costly, unclear = split_costs(answer.items)
    rows = [
        (
            _name(answer, one.id, one.title),
            _cost(one),
            show_share(one.criticality_index),
            "" if one.cruciality is None else f"{one.cruciality:+.2f}",
        )
        for one in costly[:_ROWS]
    ]
    if rows:
        heads = ("Item", f"Days at {_at(answer)}", "Critical in", "Cruciality")
        title = f"What costs most days at the main target's {_at(answer)}, found by leaving it out"
        say_table(title, heads, rows, total=len(costly))
    _say_unclear(unclear, "item")


def _say_unclear(unclear: int, what: str) -> None:
    """Say how many costs were left out of a table because they may be luck."""
    if unclear:
        say_wrapped(tell_unclear(unclear, what))
        say()


def _cost(one: Costed) -> str:
    """Return what something costs in whole days, and how closely that is known."""
    error = CONFIDENCE * (one.cost_se_days or 0.0)
    return f"{one.cost_days or 0.0:,.0f} ±{error:,.0f}"


def _at(answer: RiskResult) -> str:
    return f"P{answer.percentile}"


def _say_acts(answer: RiskResult) -> None:
    acts = answer.acts
    if acts is None:
        return
    if not acts.places:
        say_wrapped(
            "Where to act: no item and no link that was tried buys a day at the main target's "
            f"{_at(answer)}."
        )
        say()
        return
    rows = [
        (_act(answer, one), f"{one.alone_days:,.0f}", f"{one.total_days:,.0f}")
        for one in acts.places
    ]
    title = f"Where to act: what buys most days at the main target's {_at(answer)} together"
    say_table(title, ("Protect", "Days alone", "Days in all"), rows)
    say_wrapped(tell_gap(acts))
    say()


def _act(answer: RiskResult, one: Protection) -> str:
    if one.link is None:
        return _name(answer, one.id, None)
    before, after, _ = one.link
    return f"{_name(answer, after, None)}\n  from waiting for {_name(answer, before, None)}"


def _say_officers(answer: RiskResult) -> None:
    costly, unclear = split_costs(answer.officers)
    rows = [(one.name, str(one.items), _cost(one)) for one in costly[:_ROWS]]
    if rows:
        heads = ("Officer", "Uncertain items", f"Days at {_at(answer)}")
        say_table(
            "What the uncertainty in each officer's hands costs", heads, rows, total=len(costly)
        )
    _say_unclear(unclear, "officer")


def _say_risks(answer: RiskResult) -> None:
    rows = [
        (
            one.title or one.id,
            show_share(one.probability),
            "" if one.cost_days is None else _cost(one),
        )
        for one in sorted(answer.risks, key=lambda one: -(one.cost_days or 0))[:_ROWS]
    ]
    if rows:
        heads = ("Risk", "Probability", f"Days at {_at(answer)}")
        say_table("What each risk costs", heads, rows, total=len(answer.risks))


def _say_merges(answer: RiskResult) -> None:
    biased = [one for one in answer.merges if one.bias_days >= 1]
    shown = sorted(biased, key=lambda one: -one.bias_days)[:_ROWS]
    rows = [
        (_name(answer, one.item, None), str(one.arms), f"{one.bias_days:,.0f}") for one in shown
    ]
    if rows:
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
        heads = ("Decision", "Meeting", "Missed in")
        say_table("Meetings that may be missed", heads, rows, total=len(missed))


def _name(answer: RiskResult, item: str, title: str | None) -> str:
    if item == answer.plan.id and item not in answer.plan.index.items:
        return "The plan"
    words = title or answer.plan.index.items[item].title
    return f"{item}  {shorten(' '.join(words.split()), _TITLE)}"
