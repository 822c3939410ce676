"""What is open: plans by browser, kept in memory and nowhere else.

A browser has a shelf of its own, so that two people, or two browsers of one, never see or change
each other's plans; two tabs of one browser share a shelf and each names its plan in its address.
A plan never changes: an edit puts another one in its place.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graphmodel.errors import KnockonError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.results import Schedule
    from simulations.scenarios import Baseline

__all__ = [
    "ChangedMeanwhileError",
    "Desk",
    "NoSuchPlanError",
    "Opened",
    "Shelf",
    "TooManyPlansError",
]

T = TypeVar("T")

#: Plans that one browser may have open, and browsers that are remembered.
_MOST_PLANS: Final = 20
_MOST_SHELVES: Final = 100
#: Characters of a plan's id that its address shows.
_KEY: Final = 40


class NoSuchPlanError(KnockonError, LookupError):
    """A plan that this browser has not opened."""

    def __init__(self, key: str) -> None:
        super().__init__(f'No plan "{key}" is open here: choose one on the first page.')


class TooManyPlansError(KnockonError):
    """One plan more than a browser may have open."""

    def __init__(self) -> None:
        super().__init__(
            f"{_MOST_PLANS} plans are open, which is the most: close one on the first page."
        )


class ChangedMeanwhileError(KnockonError):
    """Something that was changed elsewhere, such as in another tab, since it was shown."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} was changed elsewhere, perhaps in another tab: nothing was done here. Look at "
            "it as it is now, then decide again."
        )


class Opened:
    """An open plan, with what has been worked out of it so far.

    Attributes
    ----------
    key
        Its place in addresses, such as ``csip``; unique on its shelf.
    files
        Names of the files it was read from, without their folders.
    problems
        What is wrong with these files.
    edition
        How many plans have stood in this place; it says whether somebody has edited it meanwhile.
    """

    def __init__(
        self,
        key: str,
        plan: Plan,
        *,
        files: Iterable[str] = (),
        problems: Iterable[Problem] = (),
        notes: Iterable[str] = (),
        edition: int = 1,
    ) -> None:
        self.key = key
        self.plan = plan
        self.edition = edition
        self.files = tuple(files)
        self.problems = tuple(problems)
        self.notes = tuple(notes)
        self._known: dict[Any, Any] = {}
        self._lock = RLock()

    def once(self, what: Any, work_out: Callable[[], T]) -> T:
        """Return what was worked out of this plan under a name, working it out the first time."""
        with self._lock:
            if what not in self._known:
                self._known[what] = work_out()
            value: T = self._known[what]
            return value

    def check_edition(self, seen: int | None) -> None:
        """Raise `ChangedMeanwhileError` where somebody has seen another edition."""
        if seen is not None and seen != self.edition:
            raise ChangedMeanwhileError(f'The plan "{self.title}"')

    @property
    def title(self) -> str:
        """Its title, else its id."""
        return self.plan.title or self.plan.id

    @property
    def baseline(self) -> Baseline:
        """The plan without a change; raises `CycleError` where it runs in a circle."""
        from simulations.whatif import prepare  # noqa: PLC0415 - heavy

        return self.once("baseline", lambda: prepare(self.plan))

    @property
    def schedule(self) -> Schedule:
        """Dates and float of its items over accepted links."""
        from simulations.schedule import tell_schedule  # noqa: PLC0415 - heavy

        baseline = self.baseline
        return self.once(
            "schedule", lambda: tell_schedule(baseline.passes["spare"], baseline.skipped)
        )


class Shelf:
    """The plans of one browser, the last opened first, and what else it keeps.

    Attributes
    ----------
    kept
        What pages keep here beside plans, by a name of their own. What is kept of a plan stands
        in a dict under its key, and goes with it.
    lock
        To be held while something here is looked at and then changed.
    """

    def __init__(self, plans: Iterable[Opened] = ()) -> None:
        self._plans = {one.key: one for one in plans}
        self.kept: dict[str, Any] = {}
        self.lock = RLock()

    @property
    def plans(self) -> tuple[Opened, ...]:
        """All that are open."""
        with self.lock:
            return tuple(self._plans.values())

    def find(self, key: str) -> Opened:
        """Return an open plan; raises `NoSuchPlanError`."""
        with self.lock:
            found = self._plans.get(key)
        if found is None:
            raise NoSuchPlanError(key)
        return found

    def put(self, plan: Plan, **facts: Any) -> Opened:
        """Open a plan under a new key; ``facts`` are those of `Opened`."""
        with self.lock:
            if len(self._plans) >= _MOST_PLANS:
                raise TooManyPlansError
            opened = Opened(_new_key(plan.id, self._plans), plan, **facts)
            self._plans = {opened.key: opened, **self._plans}
            return opened

    def replace(self, key: str, plan: Plan, **facts: Any) -> Opened:
        """Put an edited plan in the place of the one it was made from.

        ``facts`` are those of `Opened` that the edit has changed.
        """
        with self.lock:
            before = self.find(key)
            kept = {"files": before.files, "problems": before.problems, "notes": before.notes}
            after = Opened(key, plan, **{**kept, **facts}, edition=before.edition + 1)
            self._plans[key] = after
            return after

    def close(self, key: str) -> None:
        """Forget a plan and everything worked out of it; raises `NoSuchPlanError`."""
        with self.lock:
            self.find(key)
            del self._plans[key]
            for held in self.kept.values():
                if isinstance(held, dict):
                    held.pop(key, None)


class Desk:
    """All shelves of a server; the least lately used is forgotten where there are too many.

    Attributes
    ----------
    lobby
        The plans the server was started with: what each new browser finds, and what a program
        sees that keeps no cookie.
    """

    def __init__(self) -> None:
        self.lobby = Shelf()
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()
        self._lock = RLock()

    def find(self, ticket: str | None) -> Shelf | None:
        """Return the shelf of a browser by the secret in its cookie, None where it has none."""
        with self._lock:
            shelf = self._shelves.get(ticket or "")
            if shelf is not None:
                self._shelves.move_to_end(ticket or "")
            return shelf

    def admit(self) -> tuple[str, Shelf]:
        """Return a new shelf, and the secret by which its browser finds it again."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            shelf = self._shelves[ticket] = Shelf(self.lobby.plans)
            while len(self._shelves) > _MOST_SHELVES:
                self._shelves.popitem(last=False)
        return ticket, shelf


def _new_key(name: str, taken: Iterable[str]) -> str:
    """Return a key made of letters, digits and hyphens that is not taken."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower())[:_KEY].strip("-") or "plan"
    key, number = stem, 1
    while key in set(taken):
        number += 1
        key = f"{stem}-{number}"
    return key
