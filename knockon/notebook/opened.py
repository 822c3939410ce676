"""A plan opened for questions: each method asks one, and what it answers shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knockon.notebook.shown import Page, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from graphmodel.scenario import Change, Scenario
    from graphmodel.selection import LinkUse
    from queries.boards import BoardReview
    from queries.checks.run import Health
    from queries.compare import Comparison
    from queries.dependencies import Trace
    from queries.owners import Owners
    from simulations.batch import Reach
    from simulations.results import Schedule, WhatIf
    from simulations.risk.results import RiskResult

__all__ = ["OpenPlan", "open_plan"]


def open_plan(
    *files: str | Path,
    mapping: Mapping[str, str] | None = None,
    as_of: str | None = None,
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
) -> OpenPlan:
    """Read a plan from files of any kind and mix, ready for questions.

    Parameters
    ----------
    mapping
        Fields by heading for spreadsheets, as in `knockon.load`.
    as_of
        The status date, such as ``2026-11-30``, in place of the plan's own.
    links, min_confidence
        Whether answers rest on accepted links only, or on ``proposed`` ones of at least this
        confidence (0 to 1) too.

    Raises
    ------
    KnockonError
        A file cannot be read, or there is no plan in them.
    """
    from graphmodel.moments import parse_moment  # noqa: PLC0415 - heavy
    from knockon.api import load  # noqa: PLC0415

    loaded = load(*files, mapping=mapping)
    plan = loaded.plan if as_of is None else loaded.plan.as_of_date(parse_moment(as_of))
    return OpenPlan(plan, loaded.problems, links, min_confidence)


@dataclass(frozen=True, slots=True, repr=False)
class OpenPlan:
    """A plan, the links that answers rest on, and the questions.

    ``plan`` is the plan itself; ``problems`` are what was wrong with its files. Every answer but
    the map and the report has ``.result``, the record that the library's own function gives, and
    ``.to_frame()``. A plan at hand is opened by ``OpenPlan(plan)``.
    """

    plan: Plan
    problems: tuple[Problem, ...] = ()
    use: LinkUse = "accepted"
    min_confidence: float = 0.0

    @property
    def _links(self) -> dict[str, Any]:
        return {"links": self.use, "min_confidence": self.min_confidence}

    def map(self, *, title: str | None = None, height: int = 720) -> Page:
        """Return the dependency map, with what-if inside; ``height`` in pixels.

        Raises
        ------
        CycleError
            Accepted links and the breakdown run in a circle.
        """
        from knockon.cli.pages import make_map  # noqa: PLC0415 - heavy

        page = make_map(self.plan, title=title, **self._links)
        return Page(page, f"Dependency map of {self.plan.title or self.plan.id}", height)

    def whatif(self, *changes: str | Change, scenario: Scenario | None = None) -> Shown[WhatIf]:
        """Say what changes knock on to.

        Parameters
        ----------
        changes
            Slips as on the command line (``"SI1.1.3.7=2m"``), or changes of a scenario file.
        scenario
            A scenario to begin with.

        Raises
        ------
        KnockonError
            A change cannot be read or made, or the plan has no such item.
        """
        from graphmodel.scenario import Scenario  # noqa: PLC0415 - heavy
        from knockon.cli.changes import parse_slip  # noqa: PLC0415
        from simulations.whatif import what_if  # noqa: PLC0415

        given = [
            parse_slip(self.plan, change) if isinstance(change, str) else change
            for change in changes
        ]
        base = scenario or Scenario()
        asked = base.model_copy(update={"changes": (*base.changes, *given)})
        return Shown(what_if(self.plan, asked, **self._links))

    def report(self, answer: Shown[WhatIf], *, height: int = 720) -> Page:
        """Return the answer to a what-if as the page that ``knockon whatif -o`` writes."""
        from knockon.cli.pages import make_report  # noqa: PLC0415 - heavy

        page = make_report(answer.result, **self._links)
        return Page(page, f"What-if on {self.plan.title or self.plan.id}", height)

    def schedule(self, *, to: str | None = None) -> Shown[Schedule]:
        """Return dates, room and the critical path, that to an item where one is named.

        Raises
        ------
        UnknownIdError
            The plan has no such item.
        """
        from simulations.schedule import schedule  # noqa: PLC0415 - heavy

        return Shown(schedule(self.plan, to=to, **self._links))

    def owners(self, by: str = "1m") -> Shown[Owners]:
        """Return whose slip by this span would hurt most, and everybody's load."""
        from queries.owners import survey_owners  # noqa: PLC0415 - heavy
        from simulations.whatif import prepare  # noqa: PLC0415

        return Shown(survey_owners(prepare(self.plan, **self._links), by))

    def boards(self, board: str | None = None) -> Shown[BoardReview]:
        """Return decisions by meeting, and what slip misses one; of one board where it is named.

        Raises
        ------
        UnknownIdError
            The plan has no such board.
        """
        from queries.boards import review_boards  # noqa: PLC0415 - heavy
        from simulations.whatif import prepare  # noqa: PLC0415

        return Shown(review_boards(prepare(self.plan, **self._links), board=board))

    def risk(
        self, *, iterations: int = 10_000, seed: int = 1, targets: Sequence[str] | None = None
    ) -> Shown[RiskResult]:
        """Return the odds of every date, and what drives them, as ``knockon risk`` tells them.

        Raises
        ------
        KnockonError
            A target is not in the plan, or nothing in it can be simulated.
        """
        from simulations.fitclass import choose_reference  # noqa: PLC0415 - heavy
        from simulations.risk.simulate import simulate  # noqa: PLC0415
        from simulations.trackrecord import learn  # noqa: PLC0415
        from simulations.unsaid import Unsaid  # noqa: PLC0415

        reference = learn(choose_reference(self.plan), self.plan)
        answer = simulate(
            self.plan,
            iterations=iterations,
            seed=seed,
            targets=targets,
            reference=Unsaid(self.plan, reference).uncertainty,
            **self._links,
        )
        return Shown(answer)

    def check(self) -> Shown[Health]:
        """Return what a careful reader would mark, check by check."""
        from queries.checks.run import run_checks  # noqa: PLC0415 - heavy

        return Shown(run_checks(self.plan))

    def compare(self, *older: OpenPlan | Plan) -> Shown[Comparison]:
        """Return what changed since older versions of the plan, the oldest first.

        Raises
        ------
        ValueError
            No older version is given.
        """
        from knockon.api import compare  # noqa: PLC0415 - heavy

        plans = [one.plan if isinstance(one, OpenPlan) else one for one in older]
        return Shown(compare(*plans, self.plan, **self._links))

    def trace(self, start: str, end: str | None = None) -> Shown[Trace]:
        """Return what an item waits for and what waits for it, or the routes between two.

        Raises
        ------
        UnknownIdError
            The plan has no such item.
        """
        from queries.dependencies import trace  # noqa: PLC0415 - heavy

        return Shown(trace(self.plan, start, end, **self._links))

    def reach(self, by: str = "1m") -> Shown[Reach]:
        """Return every item by what its slip by this span would do, the worst first."""
        from simulations.batch import reach  # noqa: PLC0415 - heavy
        from simulations.whatif import prepare  # noqa: PLC0415

        return Shown(reach(prepare(self.plan, **self._links), by))

    def links(self) -> Shown[Plan]:
        """Return the links of the plan, those of every state."""
        return Shown(self.plan)

    def to_frame(self, table: str | None = None) -> Any:
        """Return the plan's items, or its ``links``, as a pandas DataFrame; see `to_frame`.

        Raises
        ------
        KnockonError
            There is no such table.
        """
        from knockon.notebook.frames import to_frame  # noqa: PLC0415 - heavy

        return to_frame(self.plan, table)

    def __repr__(self) -> str:
        return repr(Shown(self.plan))
