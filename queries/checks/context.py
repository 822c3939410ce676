"""What several checks look at, worked out once: the schedule, and groups of items."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphmodel.errors import KnockonError
from graphmodel.places import find_place
from queries.checks.activities import Activities
from simulations.passes import Passes
from simulations.schedule import compile_with_links, tell_schedule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphmodel.index import PlanIndex
    from graphmodel.items import Item, Source
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.problems import Place
    from simulations.results import Schedule

__all__ = ["Context"]

#: Kinds that are headings for what is done.
_HEADINGS: Final = frozenset({"plan", "theme", "objective"})


@dataclass(frozen=True, eq=False)  # no slots: what is looked at is kept once it is worked out
class Context:
    """A plan under check; each property is worked out when it is first asked for.

    ``rag`` names the rule that ratings are computed by; None: that of the plan (`queries.rag`).
    """

    plan: Plan
    rag: str | None = None

    @property
    def as_of(self) -> date | None:
        """The status date, failing that the date the plan speaks of."""
        return self.plan.status_date or self.plan.as_of

    def status_of(self, item: str) -> date | None:
        """Return the status date of an item's own plan in a portfolio, failing that `as_of`."""
        project = self.index.project_of(item)
        return self.as_of if project is None else project.status_date or self.as_of

    @property
    def index(self) -> PlanIndex:
        """Look-ups in the plan."""
        return self.plan.index

    @cached_property
    def live(self) -> tuple[Item, ...]:
        """Items of this plan that are not cancelled, in the order of the file; none external."""
        return tuple(
            item
            for item in self.plan.items
            if item.status != "cancelled" and not item.external and item.kind != "plan"
        )

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """The live actions, milestones and activities that have no parts: where work is done."""
        parents = self.index.children
        return tuple(
            item for item in self.live if item.id not in parents and item.kind not in _HEADINGS
        )

    @cached_property
    def open_leaves(self) -> tuple[Item, ...]:
        """The leaves that are not complete."""
        return tuple(item for item in self.leaves if item.status != "complete")

    @cached_property
    def accepted_links(self) -> Sequence[Link]:
        """The accepted links, in the order of the file."""
        return self.plan.accepted_links

    @cached_property
    def schedule(self) -> Schedule:
        """The forward and backward pass over accepted links, gaps as spare; raises as `passes`."""
        return tell_schedule(self.passes)

    @property
    def passes(self) -> Passes:
        """The same with the positions and instants it was worked out on.

        Raises
        ------
        KnockonError
            No dates can be worked out: the accepted links run in a circle (`CycleError`), or
            nothing says when the plan starts; every check that asks then does not apply.
        """
        if isinstance(self._worked_out, KnockonError):
            raise self._worked_out
        return self._worked_out

    @cached_property
    def _worked_out(self) -> Passes | KnockonError:
        """The passes, or why there are none: found once, not anew by every check."""
        try:
            compiled, _ = compile_with_links(self.plan, "accepted", 0)
            return Passes.of(compiled, "spare")
        except KnockonError as error:
            return error

    @cached_property
    def activities(self) -> Activities:
        """What the rules of schedule health count."""
        return Activities(self)

    def place(self, source: Source | None) -> Place | None:
        """Return where a fact stands."""
        return find_place(self.plan, source)
