"""A review as a machine without a terminal: keys go in, decisions come out.

`Review` knows which proposal is shown, what the next decision on it would be, and how to take the
last one back. What a screen shows of it is in `knockon.cli.links.screen`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphmodel.links import LINK_TYPES, Decision, Link
from loaders.review.docket import NUMBER, Docket
from loaders.review.proposals import decision_of, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from graphmodel.links import LinkType
    from loaders.review.deciding import Verdict
    from loaders.review.docket import Changes
    from loaders.review.proposals import Proposal, Proposed

__all__ = ["KEYS", "Review", "Tally"]

#: What each key does, in the order of the help.
KEYS: Final = {
    "a": "accept",
    "r": "reject",
    "v": "reverse, and accept",
    "t": "change the type",
    "w": "write why",
    "s": "skip",
    "u": "undo",
    "?": "help",
    "q": "quit",
}

_SAME: Final = {"h": "?", " ": "s", "\x03": "q", "\x04": "q"}
_ENTER: Final = ("\r", "\n")
_ESCAPE: Final = "\x1b"
_BACK: Final = ("\x7f", "\x08")

#: Characters that a note holds at most.
_LONGEST_NOTE: Final = 500


@dataclass(frozen=True, slots=True)
class _Step:
    """Where the review was before a step, and what stood there; nothing where it was a skip."""

    at: int
    before: Changes


@dataclass(slots=True)
class Tally:
    """What was decided in this run, by verdict, and how many were skipped."""

    by_verdict: Counter[str] = field(default_factory=Counter)
    skipped: set[Proposal] = field(default_factory=set)

    @property
    def decided(self) -> int:
        """How many decisions stand."""
        return self.by_verdict.total()


#: What a key may change: it is put back where that cannot be saved.
_Memory = tuple[Docket, list["Proposal"], Tally, list[tuple[_Step, str]], int]


class Review:
    """One run through the proposals of a plan.

    Parameters
    ----------
    queue
        What is to be decided, in the order in which it is shown.
    by
        Who decides.
    clock
        What says when; it is asked at each decision.
    """

    def __init__(
        self, docket: Docket, queue: Sequence[Proposal], by: str, clock: Callable[[], datetime]
    ) -> None:
        self.docket = docket
        self.queue = list(queue)
        self.by = by
        self.tally = Tally()
        self.at = 0
        self.kind: LinkType | None = None
        self.note = ""
        self.message = ""
        self.is_writing = False
        self.shows_help = False
        self.is_over = False
        self._clock = clock
        self._number = docket.next_number()
        self._steps: list[tuple[_Step, str]] = []
        self._before = self._remember()
        self._acts: dict[str, Callable[[], bool]] = {
            "a": lambda: self._decide("accept"),
            "r": lambda: self._decide("reject"),
            "v": lambda: self._decide("reverse"),
            "t": self._change_type,
            "w": self._note,
            "s": self._skip,
            "u": self._undo,
            "?": self._help,
            "q": self._quit,
        }
        self._at_end = {
            "s": self._begin_again,
            **{key: self._acts[key] for key in ("u", "?", "q")},
        }

    @property
    def current(self) -> Proposal | None:
        """The proposal that is shown; None at the end."""
        return self.queue[self.at] if self.at < len(self.queue) else None

    @property
    def shown(self) -> Proposed | None:
        """The link, gate or outside event that is shown; None at the end."""
        return None if self.current is None else self.docket.get(self.current)

    @property
    def left(self) -> int:
        """How many of the queue wait for a decision."""
        return sum(map(self.docket.is_open, self.queue))

    def press(self, key: str) -> bool:
        """Do what a key says; return whether the plan has changed, and is to be saved."""
        self.message = ""
        if self.is_writing:
            self._write(key)
            return False
        if self.shows_help:
            self.shows_help = False
            return False
        self._before = self._remember()
        key = _SAME.get(key, key.lower())
        act = self._at_end.get(key) if self.current is None else self._acts.get(key)
        if act is not None:
            return act()
        if len(key) == 1 and key.isprintable():
            self.message = f'"{key}" does nothing here: ? shows the keys.'
        return False

    def fail(self, reason: str) -> None:
        """Take back the last key, whose effect could not be saved, and say why."""
        self.docket, self.queue, self.tally, self._steps, self.at = self._before
        self.message = reason

    def _remember(self) -> _Memory:
        tally = Tally(Counter(self.tally.by_verdict), set(self.tally.skipped))
        return self.docket.copy(), [*self.queue], tally, [*self._steps], self.at

    def _quit(self) -> bool:
        self.is_over = True
        return False

    def _help(self) -> bool:
        self.shows_help = True
        return False

    def _note(self) -> bool:
        self.is_writing = True
        return False

    def _decide(self, verdict: Verdict) -> bool:
        proposal = self.queue[self.at]
        decided = Decision(
            by=self.by, at=self._clock(), why=self.note.strip() or None, **{NUMBER: self._number}
        )
        before = self.docket.decide(proposal, verdict, decided, self.kind)
        if isinstance(before, str):
            self.message = before
            return False
        self._number += 1
        self._steps.append((_Step(self.at, before), verdict))
        self.tally.by_verdict[verdict] += 1
        self.tally.skipped.discard(proposal)
        self._go_on()
        return True

    def _skip(self) -> bool:
        self._steps.append((_Step(self.at, {}), ""))
        self.tally.skipped.add(self.queue[self.at])
        self._go_on()
        return False

    def _go_on(self) -> None:
        """Show what still waits for a decision behind the present place."""
        self._clear()
        self.at += 1
        while self.current is not None and not self.docket.is_open(self.current):
            self.at += 1

    def _begin_again(self) -> bool:
        """Go through what was skipped once more."""
        self.queue = [*filter(self.docket.is_open, self.queue)]
        self.tally.skipped.clear()
        self._steps = []
        self.at = 0
        return False

    def _undo(self) -> bool:
        self._clear()
        if not self._steps:
            return self._undo_earlier()
        step, verdict = self._steps.pop()
        self.at = step.at
        self.docket.put(step.before)
        if verdict:
            self.tally.by_verdict[verdict] -= 1
        if self.current is not None:
            self.tally.skipped.discard(self.current)
        return bool(step.before)

    def _undo_earlier(self) -> bool:
        """Take back the last decision that the same person made before this run."""
        proposal = self.docket.last_of(self.by)
        if proposal is None:
            self.message = f"There is nothing to undo: {self.by} has decided nothing before this."
            return False
        one = self.docket.get(proposal)
        decided = decision_of(one)
        state = state_of(one)
        self.docket.take_back(proposal)
        if proposal in self.queue:
            self.queue.remove(proposal)
        self.queue.insert(self.at, proposal)
        when = (
            "" if decided is None or decided.at is None else f" at {decided.at:%H:%M on %d %b %Y}"
        )
        self.message = f"Taken back: {state}{when}."
        return True

    def _change_type(self) -> bool:
        shown = self.shown
        if not isinstance(shown, Link):
            self.message = "Only links have a type."
            return False
        now = LINK_TYPES.index(self.kind or shown.type)
        self.kind = LINK_TYPES[(now + 1) % len(LINK_TYPES)]
        return False

    def _write(self, key: str) -> None:
        if key in _ENTER:
            self.is_writing = False
        elif key == _ESCAPE:
            self.is_writing, self.note = False, ""
        elif key in _BACK:
            self.note = self.note[:-1]
        elif key.isprintable():
            self.note = (self.note + key)[:_LONGEST_NOTE]

    def _clear(self) -> None:
        self.kind = None
        self.note = ""
