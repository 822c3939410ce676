"""Scenarios that a browser keeps of a plan, each under a name, as long as the page runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graphmodel.errors import KnockonError
from knockon.local.desk import ChangedMeanwhileError

if TYPE_CHECKING:
    from graphmodel.scenario import Change, Scenario
    from knockon.local.desk import Opened, Shelf
    from simulations.results import WhatIf

__all__ = [
    "KeptScenario",
    "NoSuchScenarioError",
    "ScenarioBook",
    "TooManyScenariosError",
    "answer_scenario",
    "open_book",
]

_PLACE: Final = "scenarios"

#: Scenarios of one plan, and changes of one scenario, that are kept.
_MOST: Final = 100
_MOST_CHANGES: Final = 200

_LONGEST_NAME: Final = 120


class NoSuchScenarioError(KnockonError, LookupError):
    """A scenario that this browser does not keep."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No scenario {number} is kept here: choose one of the list.")


class TooManyScenariosError(KnockonError):
    """One more than are kept."""


@dataclass(frozen=True, slots=True)
class KeptScenario:
    """A scenario, its number in addresses, and a revision that tells two tabs apart."""

    number: int
    scenario: Scenario
    revision: int = 1

    @property
    def name(self) -> str:
        """Its name; a scenario that was kept has one."""
        return self.scenario.name or f"Scenario {self.number}"


class ScenarioBook:
    """The scenarios of one plan, in the order in which they were made."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._kept: dict[int, KeptScenario] = {}
        self._last = 0

    @property
    def all(self) -> tuple[KeptScenario, ...]:
        """Every scenario."""
        with self._shelf.lock:
            return tuple(self._kept.values())

    def find(self, number: int) -> KeptScenario:
        """Return a scenario; raises `NoSuchScenarioError`."""
        found = self._kept.get(number)
        if found is None:
            raise NoSuchScenarioError(number)
        return found

    def keep(self, scenario: Scenario) -> KeptScenario:
        """Keep a scenario under its name, or one with a number where others have that name.

        Raises
        ------
        TooManyScenariosError
            As many as can be kept are kept already, or it has too many changes.
        """
        with self._shelf.lock:
            if len(self._kept) >= _MOST:
                raise TooManyScenariosError(
                    f"{_MOST} scenarios are kept, which is the most: delete one first."
                )
            _check_length(scenario.changes)
            self._last += 1
            made = KeptScenario(self._last, scenario)
            self._kept[made.number] = self._named(made, made.name)
            return self._kept[made.number]

    def rename(self, number: int, name: str, seen: int | None) -> KeptScenario:
        """Give a scenario another name; the errors are those of `put`."""
        with self._shelf.lock:
            return self._count_up(self._named(self._seen(number, seen), name))

    def put(self, number: int, changes: tuple[Change, ...], seen: int | None) -> KeptScenario:
        """Give a scenario other changes.

        Parameters
        ----------
        seen
            The revision that the person has seen, where that is known.

        Raises
        ------
        NoSuchScenarioError, ChangedMeanwhileError, TooManyScenariosError
            It is not kept, or not as it was seen, or it would have too many changes.
        """
        with self._shelf.lock:
            found = self._seen(number, seen)
            _check_length(changes)
            scenario = found.scenario.model_copy(update={"changes": changes})
            return self._count_up(replace(found, scenario=scenario))

    def delete(self, number: int, seen: int | None) -> None:
        """Forget a scenario; the errors are those of `put`."""
        with self._shelf.lock:
            self._seen(number, seen)
            del self._kept[number]

    def _seen(self, number: int, seen: int | None) -> KeptScenario:
        found = self.find(number)
        if seen is not None and seen != found.revision:
            raise ChangedMeanwhileError(f"The scenario “{found.name}”")
        return found

    def _named(self, one: KeptScenario, name: str) -> KeptScenario:
        plain = " ".join(name.split())[:_LONGEST_NAME] or f"Scenario {one.number}"
        others = {other.name for other in self._kept.values() if other.number != one.number}
        free, number = plain, 1
        while free in others:
            number += 1
            free = f"{plain} ({number})"
        return replace(one, scenario=one.scenario.model_copy(update={"name": free}))

    def _count_up(self, one: KeptScenario) -> KeptScenario:
        after = replace(one, revision=one.revision + 1)
        self._kept[one.number] = after
        return after


def _check_length(changes: tuple[Change, ...]) -> None:
    if len(changes) > _MOST_CHANGES:
        raise TooManyScenariosError(
            f"A scenario holds {_MOST_CHANGES} changes at most: make another one for the rest."
        )


def open_book(shelf: Shelf, opened: Opened) -> ScenarioBook:
    """Return the scenarios that a browser keeps of an open plan."""
    with shelf.lock:
        books: dict[str, ScenarioBook] = shelf.kept.setdefault(_PLACE, {})
        return books.setdefault(opened.key, ScenarioBook(shelf))


def answer_scenario(opened: Opened, kept: KeptScenario) -> WhatIf:
    """Say what a scenario moves; the errors are those of `simulations.whatif.what_if`."""
    from simulations.whatif import what_if  # noqa: PLC0415 - heavy

    return what_if(opened.baseline, kept.scenario)
