"""The answer about boards in sentences, the most urgent first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from graphmodel.moments import write_moment
from graphmodel.words import count, join_words
from queries.boards_gates import sort_cliffs
from simulations.conditions import describe_change, quoted
from simulations.narrative import list_ids, tell_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from queries.boards_blackouts import BlackoutFacts
    from queries.boards_cliffs import Cliff
    from queries.boards_gates import GateFacts, GateState
    from queries.boards_hearings import BoardHearing, GateMove
    from queries.boards_meetings import BoardFacts

__all__ = ["tell_boards", "tell_scenario"]

_NO_BOARDS: Final = (
    "The plan names no board, so nothing in it waits for a meeting: add a register of boards, "
    "meetings and gates."
)


def tell_scenario(
    plan: Plan, scenario: Scenario, hearings: Sequence[BoardHearing], gates: Sequence[GateMove]
) -> tuple[str, ...]:
    """Say which board sees a change first, and what it does to decisions."""
    if not scenario.changes:
        return ("Nothing is changed, so no board has anything to hear.",)
    condition = " and ".join(describe_change(plan, change) for change in scenario.changes)
    return f"If {condition}, {_seen(hearings)}.", _moves(gates)


def _seen(hearings: Sequence[BoardHearing]) -> str:
    if not hearings:
        return "no board gates or oversees anything that moves"
    first = hearings[0]
    if first.meeting is None:
        names = list_ids([one.title for one in hearings])
        return f"it concerns {names}, and no meeting to come is known"
    told = f"{first.title} sees it first, on {write_moment(first.meeting)}"
    if first.papers_due in {None, first.meeting}:
        return told
    return f"{told} (papers by {write_moment(first.papers_due)})"


def _moves(gates: Sequence[GateMove]) -> str:
    if not gates:
        return "Every decision stays where it is."
    items = list_ids(list(dict.fromkeys(one.item for one in gates)))
    verb = "moves" if len(gates) == 1 else "move"
    return f"{count(len(gates), 'decision')} {verb}: {items}."


def tell_boards(
    plan: Plan,
    gates: Sequence[GateFacts],
    boards: Sequence[BoardFacts],
    blackouts: Sequence[BlackoutFacts],
) -> tuple[str, ...]:
    """Say how decisions and meetings stand, where the nearest cliff is, and what is not known."""
    if not boards:
        return (_NO_BOARDS,)
    return (
        *_standing(gates, boards),
        *_nearest(plan, gates),
        *_windows(gates),
        *_crowds(boards),
        *map(_caught, blackouts),
        *_unknown(boards),
    )


def _standing(gates: Sequence[GateFacts], boards: Sequence[BoardFacts]) -> Iterator[str]:
    proposed = sum(len(board.proposed_gates) for board in boards)
    waits = f"; {count(proposed, 'proposed gate')} would, once accepted" if proposed else ""
    if not gates:
        whose = "this board" if len(boards) == 1 else f"any of {count(len(boards), 'board')}"
        yield f"No item has an accepted gate, so no date waits for {whose}{waits}."
        return
    states = Counter(gate.state for gate in gates)
    told = [count(states[state], *words) for state, words in _STATES.items() if states[state]]
    of = f"Of {len(gates):,} decisions, "
    if len(states) == 1:
        one, many = _STATES[gates[0].state]
        of, told = "", [f"All {len(gates):,} decisions {many}"]
        told = [f"The only decision {one}"] if len(gates) == 1 else told
    hold = "holds" if proposed == 1 else "hold"
    waits = f" {count(proposed, 'proposed gate')} {hold} nothing yet." if proposed else ""
    yield f"{of}{join_words(told)}.{waits}"


#: How it stands with one decision, and with several.
_STATES: Final[dict[GateState, tuple[str, str]]] = {
    "meeting": ("falls on a known meeting", "fall on known meetings"),
    "no-meeting-known": ("lies beyond the last known one", "lie beyond the last known one"),
    "no-date": ("has no date", "have no date"),
    "decided": ("is taken", "are taken"),
    "not-held": ("waits for no meeting", "wait for no meeting"),
}


def _nearest(plan: Plan, gates: Sequence[GateFacts]) -> Iterator[str]:
    cliffs = sort_cliffs(gates)
    if cliffs:
        first = cliffs[0]
        yield from _cliff(plan, first, first.cliff)
    blind = [gate.item for gate in gates if gate.no_cliff == "no-input"]
    if blind:
        names = list_ids(list(dict.fromkeys(blind)))
        verb = "has" if len(blind) == 1 else "have"
        yield (
            f"{count(len(blind), 'decision')} {verb} no known input ({names}): "
            f"what would make {'it' if len(blind) == 1 else 'them'} late, nobody has said."
        )


def _cliff(plan: Plan, gate: GateFacts, cliff: Cliff | None) -> Iterator[str]:
    if cliff is None or gate.meeting is None:
        return
    days = "1 day's" if cliff.slip_days == 1 else f"{cliff.slip_days:,} days'"
    missed = f"{quoted(plan, gate.item)} misses {gate.board_title} on {write_moment(gate.meeting)}"
    if cliff.meeting is None or cliff.cost_days is None:
        told = f"{missed}, and no later meeting is known."
    else:
        told = (
            f"{missed} and waits {tell_days(cliff.cost_days)}, for {write_moment(cliff.meeting)}."
        )
    yield f"The nearest cliff: with {days} slip of {quoted(plan, cliff.input)}, {told}"
    if cliff.newly_late:
        yield f"That makes {list_ids(cliff.newly_late)} newly late."


def _windows(gates: Sequence[GateFacts]) -> Iterator[str]:
    without = [gate for gate in gates if gate.window_has_meeting is False]
    if without:
        items = list_ids(list(dict.fromkeys(gate.item for gate in without)))
        verb = "is" if len(without) == 1 else "are"
        yield (
            f"{count(len(without), 'decision')} {verb} planned for a time in which the board "
            f"does not meet: {items}."
        )


def _crowds(boards: Sequence[BoardFacts]) -> Iterator[str]:
    crowded = [(one, board) for board in boards for one in board.meetings if one.crowded]
    if crowded:
        first, board = max(crowded, key=lambda pair: (len(pair[0].gates), pair[0].entries))
        most = f"the fullest is {board.title} on {write_moment(first.meeting)}"
        yield (
            f"{count(len(crowded), 'meeting is', 'meetings are')} crowded; {most}, with "
            f"{count(len(first.gates), 'decision')} and {count(len(first.items), 'other item')}."
        )


def _caught(blackout: BlackoutFacts) -> str:
    reason = blackout.reason or "blackout"
    span = f"{write_moment(blackout.start)} to {write_moment(blackout.finish)}"
    gates = [one.item for one in blackout.caught if one.how == "meeting"]
    waiting = [one.item for one in blackout.caught if one.how == "start"]
    lost = len(blackout.meetings)
    told = [f"takes away {count(lost, 'meeting') if lost else 'no meeting'}"]
    if gates:
        told.append(f"moves {count(len(gates), 'decision')} ({list_ids(gates)})")
    if waiting:
        told.append(f"holds up {count(len(waiting), 'item')} ({list_ids(waiting)})")
    if not blackout.caught:
        told.append("moves nothing")
    return f"{reason[:1].upper()}{reason[1:]}, {span}: {join_words(told)}."


def _unknown(boards: Sequence[BoardFacts]) -> Iterator[str]:
    unknown = [board for board in boards if not board.meets]
    if not unknown:
        return
    whose = "any board" if len(unknown) == len(boards) else count(len(unknown), "board")
    if len(boards) == 1:
        whose = boards[0].title
    yield (
        f"No meeting of {whose} is known: give a register of meetings or a calendar (.ics) "
        "beside the plan."
    )
