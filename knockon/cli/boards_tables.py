"""The answer about boards on the terminal: the words first, then the tables behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.spans import parse_span
from graphmodel.words import count, join_words
from knockon.cli.answers import say_rows
from knockon.cli.console import say, say_table, say_wrapped
from viz.words import shorten, show_date, show_range, show_shift

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from queries.boards import BoardReview
    from queries.boards_blackouts import BlackoutFacts, Caught
    from queries.boards_cliffs import Cliff
    from queries.boards_gates import GateFacts
    from queries.boards_hearings import BoardHearing, GateMove, ScenarioView
    from queries.boards_meetings import Agenda, BoardFacts

__all__ = ["say_review"]

#: Characters of a title that a table shows.
_TITLE: Final = 60
#: Entries of one agenda that are named before the rest is counted.
_NAMED: Final = 5

_WHY: Final = {
    "no-input": "no known input",
    "inputs-done": "its inputs are done",
    "no-meeting": "meeting not known",
    "no-slip": "no slip moves it",
}
_STATES: Final = {
    "no-meeting-known": "meeting not known",
    "no-date": "no date",
    "decided": "decided",
    "not-held": "waits for no meeting",
}


def say_review(review: BoardReview, *, include_all: bool) -> None:
    """Print what boards see of a change; without one, cliffs, meetings and blackouts.

    The words come first, and links that had to be left out.
    """
    view = review.scenario
    for sentence in review.sentences if view is None else view.sentences:
        say_wrapped(sentence)
    for finding in review.findings:
        say_wrapped(finding.message)
    if review.since is None and any(board.meetings for board in review.boards):
        say_wrapped("The plan has no status date, so every known meeting counts as one to come.")
        say("Add  --as-of DATE")
    say()
    if view is not None:
        _say_scenario(view)
        return
    _say_cliffs(review)
    _say_no_cliffs(review)
    for board in review.boards:
        if board.meets:
            _say_board(review, board, include_all=include_all)
    _say_unknown([board for board in review.boards if not board.meets])
    for blackout in review.blackouts:
        _say_blackout(blackout)


def _say_scenario(view: ScenarioView) -> None:
    hearings = [_hearing_row(one) for one in view.hearings]
    say_rows("Who hears of the change", ("Board", "Meets", "Papers by", "Items"), hearings)
    moves = [_move_row(one) for one in view.gates]
    say_rows("Decisions that move", ("Decision", "Was", "Now", "By"), moves)


def _hearing_row(one: BoardHearing) -> tuple[str, ...]:
    named = join_words([*one.items[:_NAMED], *_more(len(one.items) - _NAMED)])
    meets = show_date(one.meeting, missing="not known")
    return (
        f"{one.title}\n  {named}",
        meets,
        show_date(one.papers_due, missing=""),
        str(len(one.items)),
    )


def _more(number: int) -> list[str]:
    return [f"{number} more"] if number > 0 else []


def _move_row(one: GateMove) -> tuple[str, ...]:
    ends = dict.fromkeys((one.after, one.after_if_work))
    mark = "" if one.meeting else "\n(no known meeting)"
    return (
        f"{one.item}  {shorten(one.title, _TITLE)}\n  {one.board_title}",
        show_date(one.before),
        "\nto ".join(show_date(end) for end in ends) + mark,
        show_range(one.days, one.days_if_work),
    )


def _say_cliffs(review: BoardReview) -> None:
    rows = [_cliff_row(gate, gate.cliff) for gate in review.cliffs if gate.cliff is not None]
    headings = ("Decision", "Meeting", "Papers by", "Slip", "Costs")
    say_rows("Cliffs: the least slip that misses a meeting", headings, rows)


def _cliff_row(gate: GateFacts, cliff: Cliff) -> tuple[str, ...]:
    waits = f"{cliff.input}  {shorten(cliff.input_title, _TITLE)}"
    lines = [*_decision(gate), f"  If late: {waits}, {show_date(cliff.input_finish)}"]
    if cliff.input_is_decision:
        lines.append("  It is a decision itself: late, it waits for its next meeting.")
    if cliff.same_month:
        lines.append("  Dated by its month only: taken to be ready for the papers.")
    if cliff.newly_late:
        late = [*cliff.newly_late[:_NAMED], *_more(len(cliff.newly_late) - _NAMED)]
        lines.append(f"  Newly late then: {join_words(late)}")
    costs = "no later\nmeeting" if cliff.cost_days is None else show_range(*[cliff.cost_days] * 2)
    if cliff.meeting is not None:
        costs += f"\n({show_date(cliff.meeting)})"
    slips = show_range(*[cliff.slip_days] * 2) + _if_work(cliff, gate.cliff_if_work)
    meeting, papers = show_date(gate.meeting), show_date(gate.papers_due)
    return "\n".join(lines), _narrow(meeting), _narrow(papers), slips, costs


def _narrow(moment: str) -> str:
    """Put a time of day on a line of its own."""
    return re.sub(r" (?=\d\d:\d\d)", "\n", moment)


def _if_work(spare: Cliff, work: Cliff | None) -> str:
    """Return the slip with the gaps as work, where it is another."""
    if work is None or work.slip_days == spare.slip_days:
        return ""
    return f"\n(work: {work.slip_days:,})"


def _decision(gate: GateFacts) -> Iterator[str]:
    yield f"{gate.item}  {shorten(gate.title, _TITLE)}"
    late = "" if gate.late_days is None else f", {show_shift(gate.late_days)} than due"
    yield f"  {gate.board_title}{late}"
    if gate.window_has_meeting is False:
        window = f"{show_date(gate.window_start)} to {show_date(gate.window_finish)}"
        yield f"  Planned for {window}: no meeting then."


def _say_no_cliffs(review: BoardReview) -> None:
    rows = [
        ("\n".join(_decision(gate)), show_date(gate.forecast), _why(gate))
        for gate in review.gates
        if gate.cliff is None
    ]
    say_rows("Decisions without a cliff", ("Decision", "Forecast", "Why"), rows)


def _why(gate: GateFacts) -> str:
    if gate.state != "meeting":
        return _STATES[gate.state]
    return "" if gate.no_cliff is None else _WHY[gate.no_cliff]


def _say_board(review: BoardReview, board: BoardFacts, *, include_all: bool) -> None:
    shown = [
        one for number, one in enumerate(board.meetings) if include_all or one.entries or not number
    ]
    rows = [_agenda_row(review, one) for one in shown]
    if rows:
        say_table(_heading(board), ("On the agenda", "Meeting", "Papers by"), rows)
    else:
        say_wrapped(f"{_heading(board)}. No meeting to come is known: {_last(board)}.")
        say()


def _heading(board: BoardFacts) -> str:
    told = [board.title]
    if board.papers_lead is not None:
        told.append(f"papers {parse_span(board.papers_lead).words} ahead")
    if board.oversees:
        told.append(f"oversees {_few(board.oversees)}")
    return "; ".join(told)


def _few(ids: Sequence[str]) -> str:
    return join_words([*ids[:_NAMED], *_more(len(ids) - _NAMED)])


def _last(board: BoardFacts) -> str:
    return f"the last was on {show_date(board.last_meeting)}"


def _agenda_row(review: BoardReview, one: Agenda) -> tuple[str, ...]:
    items = review.plan.index.items
    lines = [f"{gate}  {shorten(items[gate].title, _TITLE)} (decision)" for gate in one.gates]
    if one.items:
        finish = "finishes" if len(one.items) == 1 else "finish"
        lines.append(f"{count(len(one.items), 'item')} it oversees {finish}: {_few(one.items)}")
    if one.crowded:
        lines.append("Crowded.")
    return "\n".join(lines or ["Nothing"]), show_date(one.meeting), show_date(one.papers_due)


def _say_unknown(boards: Sequence[BoardFacts]) -> None:
    """Name the boards of which no meeting is known, with what is known of them."""
    told = [(board.title, [f"  {part}" for part in _parts(board)]) for board in boards]
    rows = [("\n".join([title, *parts]),) for title, parts in told if parts]
    say_rows("Boards without a known meeting", ("Board",), rows)
    others = [title for title, parts in told if not parts]
    if others:
        say_wrapped(f"Only named in the plan: {join_words(others)}.")
        say()


def _parts(board: BoardFacts) -> Iterator[str]:
    """Yield what a board does, as far as anything says so."""
    if board.gates:
        yield f"decides on {_few(tuple(dict.fromkeys(board.gates)))}"
    if board.proposed_gates:
        yield f"would decide on {_few(tuple(dict.fromkeys(board.proposed_gates)))}, if accepted"
    if board.oversees:
        yield f"oversees {_few(board.oversees)}"
    acts: dict[str, list[str]] = {}
    for one in board.relations:
        if one.type != "oversees":
            acts.setdefault(one.type.replace("_", " "), []).append(one.to)
    for act, ends in acts.items():
        yield f"{act} {_few(tuple(dict.fromkeys(ends)))}"


def _say_blackout(blackout: BlackoutFacts) -> None:
    reason = blackout.reason or "blackout"
    title = f"{reason[:1].upper()}{reason[1:]}, {show_date(blackout.start)} to "
    title += show_date(blackout.finish)
    if blackout.meetings:
        lost = [f"{one.board_title} on {show_date(one.meeting)}" for one in blackout.meetings]
        say_wrapped(f"{title}: not held are {join_words(lost)}.")
        say()
    rows = [_caught_row(one) for one in blackout.caught]
    say_rows(f"{title}: what waits", ("Item", "Without it", "With it", "By"), rows)
    if blackout.others:
        verb = "moves" if len(blackout.others) == 1 else "move"
        also = f"{count(len(blackout.others), 'other item')} {verb} because of it"
        say_wrapped(f"{also}: {_few(blackout.others)}.")
        say()


def _caught_row(one: Caught) -> tuple[str, ...]:
    what = "decision" if one.how == "meeting" else "start"
    return (
        f"{one.item}  {shorten(one.title, _TITLE)} ({what})",
        show_date(one.before),
        show_date(one.after),
        show_shift(one.days).replace(" (", "\n("),
    )
