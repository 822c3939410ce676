"""Several plans in one: ids under each plan's prefix, each plan's own start, dates and rules.

Each plan becomes an item of kind ``plan`` whose id is the plan's, with everything of the plan
below it, and a `graphmodel.plan.Project` that keeps its start, must-finish date, status date,
calendar and options. Alone or in a portfolio, a plan has the same schedule, as long as no link
crosses plans.

Officers and boards of one organisation are the same in all of its plans where they have the same
title; two organisations may each have a Chief Executive.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graphmodel.errors import PlanError
from graphmodel.items import Item
from graphmodel.meetings import meeting_anchor
from graphmodel.moments import finish_instant, start_instant
from graphmodel.plan import Correlation, Options, Plan, Project, RiskOptions
from graphmodel.problems import Problem
from graphmodel.words import count
from loaders.prefixes import rename

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graphmodel.people import Board, Officer
    from loaders.prefixes import NamedKind

__all__ = ["join_plans"]

P = TypeVar("P", "Officer", "Board")

#: The lists of a plan that are simply put one after the other.
_LISTS: Final = (
    "sources", "calendars", "items", "links", "assignments", "gates", "blackouts", "metrics",
    "relations", "corrections", "stated", "risks", "projects",
)  # fmt: skip


def join_plans(plans: Sequence[Plan]) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...]]:
    """Return one plan that holds these, problems, and notes on how it was done.

    A portfolio among them keeps its ids, and its plans become plans of the new one.

    Raises
    ------
    PlanError
        An id becomes too long, or two portfolios hold a plan of the same id.
    """
    whole = _Portfolio()
    for plan, tags in zip(plans, _reaching_tags(plans), strict=True):
        whole.add(plan, tags)
    return whole.plan(), tuple(whole.problems), tuple(whole.notes())


class _Portfolio:
    """A portfolio as it grows, plan by plan."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._plans: list[Plan] = []
        self._prefixes: list[str] = []
        self._lists: dict[str, list[Any]] = {name: [] for name in _LISTS}
        self._officers: dict[str, Officer] = {}
        self._boards: dict[str, Board] = {}
        self._by_title: dict[tuple[str, str, str], str] = {}
        self._shared: Counter[str] = Counter()
        self._correlations: list[Correlation] = []

    def add(self, plan: Plan, reaching: set[str]) -> None:
        """Take up one more plan; ``reaching``: tags its blackouts would reach others by."""
        self._plans.append(plan)
        if plan.projects:
            self._check_projects(plan)
            self._prefixes.extend(project.item for project in plan.projects)
            prefix = None
        else:
            prefix = self._free_prefix(plan)
            self._prefixes.append(prefix)
        plan = _with_own_tags(plan, self._prefixes[-1], reaching)
        names = self._names(plan, prefix)
        if prefix is not None:
            self._lists["projects"].append(_project(plan, prefix, names))
            self._lists["items"].append(_root(plan, prefix))
        for name in _LISTS:
            entities = [rename(one, names) for one in getattr(plan, name)]
            if name == "items" and prefix is not None:
                entities = [
                    one if one.parent else one.model_copy(update={"parent": prefix})
                    for one in entities
                ]
            self._lists[name].extend(entities)
        self._correlations.extend(rename(one, names) for one in plan.options.risk.correlations)
        anchor = meeting_anchor(plan)
        for officer in plan.officers:
            renamed = rename(officer, names)
            known = self._officers.get(renamed.id)
            self._officers[renamed.id] = renamed if known is None else _united(known, renamed)
        for board in plan.boards:
            renamed_board = rename(_with_anchor(board, anchor), names)
            held = self._boards.get(renamed_board.id)
            self._boards[renamed_board.id] = (
                renamed_board if held is None else _united(held, renamed_board)
            )

    def _free_prefix(self, plan: Plan) -> str:
        """Return what stands before a plan's ids: its own id, unless that is taken."""
        wanted = plan.id.replace(":", "-")
        taken = set(self._prefixes)
        if wanted not in taken:
            return wanted
        new = next(name for number in range(2, len(taken) + 3)
                   if (name := f"{wanted}~{number}") not in taken)  # fmt: skip
        self.problems.append(
            Problem(
                "plan-id-twice",
                "warning",
                f'Two plans have the id "{wanted}": the ids of the later one begin with "{new}:".',
                (new,),
            )
        )
        return new

    def _check_projects(self, plan: Plan) -> None:
        held = {project.item for project in plan.projects}
        twice = sorted(held & set(self._prefixes))
        if twice:
            raise PlanError(
                f'Two of the portfolios hold a plan "{twice[0]}": take one of the two away.'
            )

    def _names(self, plan: Plan, prefix: str | None) -> Mapping[NamedKind, Mapping[str, str]]:
        """Return the new ids of everything in a plan."""
        names: dict[NamedKind, dict[str, str]] = {
            "source": _put_before(prefix, (one.id for one in plan.sources)),
            "calendar": _put_before(prefix, (one.id for one in plan.calendars)),
            "item": _put_before(prefix, (one.id for one in plan.items)),
            "link": _put_before(prefix, (one.id for one in plan.links if one.id)),
            "gate": _put_before(prefix, (one.id for one in plan.gates if one.id)),
            "metric": _put_before(prefix, (one.id for one in plan.metrics)),
            "risk": _put_before(prefix, (one.id for one in plan.risks)),
            "officer": _put_before(prefix, (one.id for one in plan.officers)),
            "board": _put_before(prefix, (one.id for one in plan.boards)),
        }
        for officer in plan.officers:
            self._share("officer", plan, officer, names["officer"])
        for board in plan.boards:
            self._share("board", plan, board, names["board"])
        related: dict[str, str] = {} if prefix is None else {plan.id: prefix}
        for kind in ("source", "board", "officer", "item"):
            related |= names[kind]
        return {**names, "any": related}

    def _share(
        self, kind: NamedKind, plan: Plan, one: Officer | Board, names: dict[str, str]
    ) -> None:
        """Give an officer or board the id it has already in another plan of its organisation."""
        if plan.organisation is None:
            return
        key = (kind, _plain(plan.organisation), _plain(one.name))
        known = self._by_title.setdefault(key, names.get(one.id, one.id))
        if known == names.get(one.id, one.id):
            return
        if kind == "board" and not self._meets_alike(known, one):
            self.problems.append(
                Problem(
                    "board-differs",
                    "warning",
                    f"{one.name} meets on other days in one plan than in another: it stays two "
                    "boards.",
                    (),
                )
            )
            return
        names[one.id] = known
        self._shared[kind] += 1

    def _meets_alike(self, known: str, board: Any) -> bool:
        other = self._boards[known]
        same = (other.meetings.dates, other.meetings.rule, other.meetings.cancelled)
        return same == (board.meetings.dates, board.meetings.rule, board.meetings.cancelled) and (
            other.papers_lead == board.papers_lead
        )

    def plan(self) -> Plan:
        """Return the portfolio."""
        plans = self._plans
        held: dict[str, Any] = {name: tuple(found) for name, found in self._lists.items()}
        return Plan(
            id="portfolio",
            title=" + ".join(dict.fromkeys(one.title or one.id for one in plans)),
            organisation=_agreed(one.organisation for one in plans),
            as_of=_latest(one.as_of for one in plans),
            start=_earliest(one.start for one in plans),
            status_date=_agreed(one.status_date for one in plans),
            options=self._options(),
            officers=tuple(self._officers.values()),
            boards=tuple(self._boards.values()),
            **held,
        )

    def _options(self) -> Options:
        """Return what only a whole portfolio can have, where its plans agree on it."""
        stated = [one.options for one in self._plans]
        critical = _agreed(one.critical for one in stated)
        risk = [one.risk.model_copy(update={"correlations": ()}) for one in stated]
        if len({one.critical for one in stated}) > 1 or any(one != risk[0] for one in risk):
            self.problems.append(
                Problem(
                    "options-differ",
                    "warning",
                    "The plans do not agree on what is critical or how risks hang together: the "
                    "portfolio takes knockon's own settings for these.",
                    (),
                )
            )
        agreed = risk[0] if all(one == risk[0] for one in risk) else RiskOptions()
        risk_options = agreed.model_copy(update={"correlations": tuple(self._correlations)})
        return Options(critical=critical, risk=risk_options)

    def notes(self) -> list[str]:
        """Say how the plans were put together."""
        begin = ", ".join(f"{prefix}:" for prefix in self._prefixes)
        plans = count(len(self._prefixes), "plan")
        return [
            f"{plans} in one portfolio: ids begin with {begin}.",
            *(
                f"{count(number, kind)} of the same organisation and title taken as one."
                for kind, number in self._shared.items()
            ),
        ]


def _put_before(prefix: str | None, ids: Iterable[str]) -> dict[str, str]:
    return {} if prefix is None else {one: f"{prefix}:{one}" for one in ids}


def _united(known: P, other: P) -> P:
    """Return an officer or board as two plans know it: lists together, else the first that says."""
    changed: dict[str, Any] = {}
    for name in other.model_fields_set:
        mine: Any = getattr(known, name)
        theirs: Any = getattr(other, name)
        if isinstance(mine, tuple):
            changed[name] = tuple(dict.fromkeys((*mine, *theirs)))
        elif mine is None:
            changed[name] = theirs
    return known.model_copy(update=changed)


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _root(plan: Plan, prefix: str) -> Item:
    """Return the item that stands for a plan, above everything in it."""
    extra = {f"x_{name}": value for name in ("organisation", "version")
             if (value := getattr(plan, name)) is not None}  # fmt: skip
    return Item(id=prefix, kind="plan", title=plan.title or plan.id, **extra)


def _project(plan: Plan, prefix: str, names: Mapping[NamedKind, Mapping[str, str]]) -> Project:
    """Return what a plan keeps of its own."""
    calendar = plan.calendar
    return Project(
        item=prefix,
        start=plan.start,
        must_finish=plan.must_finish,
        status_date=plan.status_date,
        calendar=calendar and names["calendar"].get(calendar, calendar),
        options=plan.options.model_copy(update={"risk": RiskOptions()}),
    )


def _with_anchor(board: Board, anchor: date | None) -> Board:
    """Return a board whose rule goes on being counted from where its own plan starts."""
    meetings = board.meetings
    if meetings.rule is None or meetings.since is not None or anchor is None:
        return board
    return board.model_copy(update={"meetings": meetings.model_copy(update={"since": anchor})})


def _reaching_tags(plans: Sequence[Plan]) -> list[set[str]]:
    """Return for each plan the tags by which its blackouts would reach into another plan."""
    closed = [{tag for one in plan.blackouts for tag in one.tags} for plan in plans]
    used = [{tag for one in plan.items for tag in one.tags} for plan in plans]
    return [
        {
            tag
            for tag in tags
            if any(tag in others for others in (*used[:number], *used[number + 1 :]))
        }
        for number, tags in enumerate(closed)
    ]


def _with_own_tags(plan: Plan, prefix: str, reaching: set[str]) -> Plan:
    """Return a plan whose blackouts name tags that no other plan has.

    Its items get these tags as well; by the old ones they are still found.
    """
    if not reaching:
        return plan
    own = {tag: f"{prefix}:{tag}" for tag in reaching}
    blackouts = tuple(
        one.model_copy(update={"tags": tuple(own.get(tag, tag) for tag in one.tags)})
        for one in plan.blackouts
    )
    items = tuple(
        one.model_copy(
            update={"tags": (*one.tags, *(own[tag] for tag in one.tags if tag in reaching))}
        )
        if reaching.intersection(one.tags)
        else one
        for one in plan.items
    )
    return plan.model_copy(update={"blackouts": blackouts, "items": items})


def _agreed(values: Iterable[Any]) -> Any:
    """Return the one value that all have, or None."""
    first, *others = values
    return first if all(one == first for one in others) else None


def _latest(moments: Iterable[date | None]) -> date | None:
    return max((one for one in moments if one is not None), key=finish_instant, default=None)


def _earliest(moments: Iterable[date | None]) -> date | None:
    return min((one for one in moments if one is not None), key=start_instant, default=None)
