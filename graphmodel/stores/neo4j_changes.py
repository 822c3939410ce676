"""What must be written so that a store holds a new version beside those it has.

Stored states that still hold are kept as they are. Their order is told by ``position``, a number
that leaves room between two neighbours, so that something new in the middle changes nothing else.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

__all__ = ["Changes", "Stored", "Wanted", "decide"]

#: The least room between two neighbours; with less, all are numbered anew.
_LEAST: Final = 1e-6


class Wanted(Protocol):
    """Something a version is to hold."""

    @property
    def key(self) -> Hashable:
        """What it is known by."""
        ...

    @property
    def digest(self) -> str:
        """What it says, in short."""
        ...


W = TypeVar("W", bound=Wanted)


class Stored(NamedTuple):
    """A state that the store holds; ``handle`` finds it there again."""

    key: Hashable
    digest: str
    from_version: int
    to_version: int | None
    position: float | None
    ends: tuple[int, int] | None
    handle: str


@dataclass(slots=True)
class Changes(Generic[W]):
    """What is to be done; positions are None where order does not matter.

    ``kept`` holds the states that stay, by key; ``done`` those that an interrupted push has already
    written.
    """

    create: list[tuple[W, float | None]] = field(default_factory=list)
    close: list[Stored] = field(default_factory=list)
    reopen: list[Stored] = field(default_factory=list)
    drop: list[Stored] = field(default_factory=list)
    kept: dict[Hashable, Stored] = field(default_factory=dict)
    done: dict[Hashable, Stored] = field(default_factory=dict)


def decide(
    stored: Sequence[Stored],
    wanted: Sequence[W],
    newest: int,
    number: int,
    *,
    ends: Mapping[Any, tuple[int, int]] | None = None,
    ordered: bool = True,
) -> Changes[W]:
    """Return what makes version ``number`` out of version ``newest`` and of what was half done.

    Parameters
    ----------
    stored
        States that version ``newest`` holds, and those that an interrupted push has written since.
    ends
        By key, from which version the states of both ends are that a relationship must join.
    """
    before = {one.key: one for one in stored if one.from_version <= newest}
    since = {one.key: one for one in stored if one.from_version > newest}
    same = [
        (place, before[one.key])
        for place, one in enumerate(wanted)
        if one.key in before and _holds(before[one.key], one, ends)
    ]
    if ordered:
        same = _rising(same)
    positions: Sequence[float | None] | None = [None] * len(wanted)
    if ordered:
        positions = _number(len(wanted), same)
    if positions is None:
        same, positions = [], [float(place + 1) for place in range(len(wanted))]
    staying = dict(same)
    changes: Changes[W] = Changes()
    for place, one in enumerate(wanted):
        old = staying.get(place)
        half = since.get(one.key)
        if old is not None:
            changes.kept[one.key] = old
            if old.to_version is not None:
                changes.reopen.append(old)
        elif (
            half is not None
            and half.from_version == number
            and half.position == positions[place]
            and _holds(half, one, ends)
        ):
            changes.done[one.key] = half
        else:
            changes.create.append((one, positions[place]))
    changes.drop = [one for key, one in since.items() if key not in changes.done]
    changes.close = [
        one for key, one in before.items() if key not in changes.kept and one.to_version is None
    ]
    return changes


def _holds(stored: Stored, wanted: Wanted, ends: Mapping[Any, tuple[int, int]] | None) -> bool:
    if stored.digest != wanted.digest:
        return False
    return ends is None or stored.ends == ends[wanted.key]


def _rising(same: list[tuple[int, Stored]]) -> list[tuple[int, Stored]]:
    """Return the most of them that stand in the order they had (Schensted 1961)."""
    tails: list[float] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, one) in enumerate(same):
        position = one.position or 0.0
        length = bisect_left(tails, position)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(position)
            ends.append(number)
        else:
            tails[length] = position
            ends[length] = number
    found = []
    last = ends[-1] if ends else -1
    while last >= 0:
        found.append(same[last])
        last = before[last]
    return found[::-1]


def _number(size: int, same: list[tuple[int, Stored]]) -> list[float | None] | None:
    """Return a position for each of so many; None where there is no room left."""
    positions: list[float | None] = [None] * size
    for place, one in same:
        positions[place] = one.position
    marks = [place for place, _ in same]
    for left, right in zip([-1, *marks], [*marks, size], strict=True):
        room = right - left
        if room == 1:
            continue
        low = positions[left] if left >= 0 else None
        high = positions[right] if right < size else None
        if high is None:
            low, step = low or 0.0, 1.0
        elif low is None:
            low, step = high - room, 1.0
        else:
            step = (high - low) / room
        if step < _LEAST:
            return None
        for place in range(left + 1, right):
            positions[place] = low + step * (place - left)
    return positions
