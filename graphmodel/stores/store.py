"""What every store of plans can do, whatever it is made of.

A store keeps every version of every plan it is given; nothing in it is changed by a later version.
Reviewed links and gates, and the status history of items, are part of a version's plan: whatever
was decided up to a version is in it. Scenarios are kept beside a plan, by name.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario

__all__ = ["Store", "StoredScenario", "StoredVersion", "digest_of"]


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version of a plan in a store.

    ``number`` counts from 1 for each plan. ``digest`` is the sha256 of the plan file's text; two
    equal plans have one digest. ``saved_at`` is in UTC. ``as_of`` is the day the plan is of.
    """

    plan: str
    number: int
    title: str | None
    as_of: date | None
    note: str | None
    author: str | None
    saved_at: datetime
    digest: str
    items: int
    links: int


@dataclass(frozen=True, slots=True)
class StoredScenario:
    """A scenario that is kept beside a plan; ``saved_at`` is in UTC."""

    plan: str
    scenario: Scenario
    author: str | None
    saved_at: datetime


class Store(Protocol):
    """A place that keeps plans; errors are `graphmodel.errors.StoreError`, in one sentence."""

    def save(
        self,
        plan: Plan,
        *,
        note: str | None = None,
        author: str | None = None,
        after: int | None = None,
    ) -> StoredVersion:
        """Keep a version of a plan, and return it.

        A plan equal to its newest version is not kept again: that version is returned. Otherwise
        ``after``, where it is given, must be the number of the newest version, 0 where there is
        none: of two who save at once, one wins and the other is told. The number of a version that
        was deleted is not given again.
        """
        ...

    def versions(self, plan: str | None = None) -> Sequence[StoredVersion]:
        """Return the versions of one plan, or of all, by plan and number; none if it is unknown."""
        ...

    def load(self, plan: str, number: int | None = None) -> Plan:
        """Return a version of a plan, the newest unless told."""
        ...

    def save_scenario(
        self, plan: str, scenario: Scenario, *, author: str | None = None
    ) -> StoredScenario:
        """Keep a scenario of a plan under its name, in the place of one of the same name.

        It must have a name, and be of that plan if it names one.
        """
        ...

    def scenarios(self, plan: str) -> Sequence[StoredScenario]:
        """Return the scenarios of a plan, by name; none if the plan is unknown."""
        ...

    def delete(self, plan: str, number: int | None = None) -> int:
        """Take out a version, or a whole plan with its scenarios; return how many versions went.

        The only version of a plan goes with the whole plan, not by its number.
        """
        ...

    def delete_scenario(self, plan: str, name: str) -> None:
        """Take out a scenario."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


def digest_of(text: str) -> str:
    """Return the sha256 of a plan file's text (`graphmodel.planfile.dump_plan`), in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
