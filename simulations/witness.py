"""What is kept of each slip of a batch as it is answered: who is hit, which boards hear of it.

A slip in a large plan moves thousands of items, of which a record says little: numpy sums them up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulations.boards import FirstBoards
from simulations.codes import NEVER, PARENT
from simulations.passes import whole

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Iterable, Sequence

    from numpy.typing import NDArray

    from graphmodel.people import Role
    from simulations.batch import Effect
    from simulations.boards import Hearing
    from simulations.cases import Case
    from simulations.results import Gaps
    from simulations.scenarios import Baseline

__all__ = ["Hit", "Reached", "Stress", "Witness"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Whose items move: how many, and by how many days in all, under each rule for gaps."""

    officer: str
    items: int
    days: float
    items_if_work: int
    days_if_work: float


@dataclass(frozen=True, slots=True)
class Reached:
    """Item by item, what a slip does to others, under either rule for gaps.

    Attributes
    ----------
    moves, late
        Ids in the order of the plan: items without parts that move, and items that become newly
        late. The slipped ones are not in them.
    hits
        Whose items ``moves`` lists, the most days first. An item of two officers counts for both.
    """

    moves: tuple[str, ...]
    late: tuple[str, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Stress:
    """What the slip of everything unfinished of one officer does.

    Attributes
    ----------
    effect
        Counts and days, as `simulations.batch.reach` tells them.
    own_late, own_late_if_work
        How many of the slipped items miss a due date of their own that they would have kept.
    officers_hit
        How many officers hold something else that moves, under either rule for gaps; a group is
        none.
    boards
        Who will hear of it, the first to meet first.
    reached
        Item by item what moves; None unless it was asked for.
    """

    effect: Effect
    own_late: int
    own_late_if_work: int
    officers_hit: int
    boards: tuple[Hearing, ...]
    reached: Reached | None


class _Half(NamedTuple):
    """What is kept of one case under one rule for gaps.

    ``seats`` and ``hit`` number the sets of boards that see it and of officers that it hits. Of a
    case told in full also ``late``, positions, and ``moves``, minutes by position; what is slipped
    is in neither.
    """

    own_late: int
    seats: frozenset[int]
    hit: frozenset[int]
    late: tuple[int, ...]
    moves: dict[int, int]


class Witness:
    """Hears of each case what it moves, and tells of it what is asked.

    Parameters
    ----------
    roles
        Which roles make an item an officer's.
    in_full
        Ids of the officers of whom it is told item by item what moves.
    """

    def __init__(
        self,
        baseline: Baseline,
        cases: Sequence[Case],
        roles: Sequence[Role],
        in_full: Container[str],
    ) -> None:
        self._compiled = compiled = baseline.compiled
        self._cases = cases
        self._in_full = in_full
        self._halves: dict[tuple[int, Gaps], _Half] = {}
        self._boards = FirstBoards.of(compiled)
        seats = _Numbers(self._boards.seats_of(item) for item in compiled.ids)
        #: An item for each set of boards that items have.
        self._standing = [compiled.ids[one] for one in seats.first]
        index = baseline.plan.index
        holders = [
            tuple(dict.fromkeys(one.id for role in roles for one in index.officers_of(item, role)))
            for item in compiled.ids
        ]
        teams = _Numbers(holders)
        self._groups = {one.id for one in baseline.plan.officers if one.kind == "group"}
        #: Who holds an item, for each set of officers that items have.
        self._teams = [holders[one] for one in teams.first]
        self._columns = _Columns(
            seats=np.asarray(seats.numbers, np.int64),
            teams=np.asarray(teams.numbers, np.int64),
            is_part=np.asarray(compiled.net.how) != PARENT,
            due=np.asarray(compiled.net.due, np.int64),
            finish={
                gaps: np.asarray(one.dates.finish, np.int64)
                for gaps, one in baseline.passes.items()
            },
        )

    def watch(
        self, gaps: Gaps, number: int, positions: Sequence[int], minutes: Sequence[int]
    ) -> None:
        """Note what a case moves under a rule for gaps."""
        at, by = np.asarray(positions, np.int64), np.asarray(minutes, np.int64)
        at, by = at[by != 0], by[by != 0]
        columns = self._columns
        due, finish = columns.due[at], columns.finish[gaps][at]
        is_known = (due != NEVER) & (finish != NEVER)
        is_late = is_known & (finish <= due) & (finish + by > due)
        case = self._cases[number]
        is_own = np.isin(at, np.asarray(case.members, np.int64))
        is_moved = ~is_own & columns.is_part[at]
        is_told = case.id in self._in_full
        self._halves[number, gaps] = _Half(
            own_late=int(np.count_nonzero(is_late & is_own)),
            seats=frozenset(np.unique(columns.seats[at]).tolist()),
            hit=frozenset(np.unique(columns.teams[at[is_moved]]).tolist()),
            late=tuple(at[is_late & ~is_own].tolist()) if is_told else (),
            moves=_by_position(at[is_moved], by[is_moved]) if is_told else {},
        )

    def tell(self, number: int, effect: Effect) -> Stress:
        """Return the record of a case."""
        spare = self._halves[number, "spare"]
        work = self._halves.get((number, "work"), spare)
        hit = {officer for team in spare.hit | work.hit for officer in self._teams[team]}
        is_told = self._cases[number].id in self._in_full
        return Stress(
            effect=effect,
            own_late=spare.own_late,
            own_late_if_work=work.own_late,
            officers_hit=len(hit - self._groups),
            boards=self._boards.hearing(self._standing[one] for one in spare.seats | work.seats),
            reached=self._reached(spare, work) if is_told else None,
        )

    def _reached(self, spare: _Half, work: _Half) -> Reached:
        return Reached(
            moves=self._ids(spare.moves.keys() | work.moves.keys()),
            late=self._ids({*spare.late, *work.late}),
            hits=tuple(self._hits(spare.moves, work.moves)),
        )

    def _ids(self, positions: Iterable[int]) -> tuple[str, ...]:
        ordered = sorted(positions, key=self._compiled.order_in_file.__getitem__)
        return tuple(self._compiled.ids[position] for position in ordered)

    def _hits(self, spare: dict[int, int], work: dict[int, int]) -> list[Hit]:
        """Return whose items move, the most days under both rules first, then by id."""
        found: dict[str, list[int]] = {}
        for place, moves in enumerate((spare, work)):
            for position, minutes in moves.items():
                for officer in self._teams[self._columns.teams[position]]:
                    tally = found.setdefault(officer, [0, 0, 0, 0])
                    tally[2 * place] += 1
                    tally[2 * place + 1] += minutes
        hits = [
            Hit(officer, tally[0], whole(tally[1]), tally[2], whole(tally[3]))
            for officer, tally in found.items()
        ]
        return sorted(hits, key=lambda hit: (-hit.days - hit.days_if_work, hit.officer))


class _Columns(NamedTuple):
    """By position: the numbers of its boards and of its officers, whether it has no parts, dates.

    ``finish`` is that of the baseline, under each rule for gaps.
    """

    seats: NDArray[np.int64]
    teams: NDArray[np.int64]
    is_part: NDArray[np.bool_]
    due: NDArray[np.int64]
    finish: dict[Gaps, NDArray[np.int64]]


class _Numbers:
    """Things numbered as they first appear: the number of each, and where each first stood."""

    def __init__(self, things: Iterable[Hashable]) -> None:
        known: dict[Hashable, int] = {}
        self.first: list[int] = []
        self.numbers: list[int] = []
        for place, thing in enumerate(things):
            number = known.setdefault(thing, len(known))
            if number == len(self.first):
                self.first.append(place)
            self.numbers.append(number)


def _by_position(at: NDArray[np.int64], by: NDArray[np.int64]) -> dict[int, int]:
    return dict(zip(at.tolist(), by.tolist(), strict=True))
