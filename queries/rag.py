"""Ratings computed by a rule, beside those that the paper gives itself (docs/rag.md).

What is compared is stated in the plan: nothing here follows links. An item is expected on its
actual finish; where it is unfinished, on its forecast, failing that its own date, and on the status
date at the earliest, since undone work lies after it (DESIGN 5.3.7).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.errors import PlanError
from graphmodel.moments import add_months, finish_instant, write_moment
from queries.ragsets import BUILT_IN, find_rule, use_rule
from simulations.passes import whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.plan import Options, Plan
    from graphmodel.ragrules import RagBand, RagRule
    from graphmodel.spans import Span

__all__ = ["Rating", "Ratings", "rate"]

#: What a rule compares with, in words.
_DATES: Final = {"due": "due date", "planned": "planned finish", "forecast": "forecast"}
#: Kinds whose status nobody states: not begun is only what a plan file takes them for.
_HEADINGS: Final = frozenset({"plan", "theme", "objective"})
_STATUSES: Final = {
    "not_started": "not started",
    "in_progress": "in progress",
    "complete": "complete",
    "on_hold": "on hold",
}


@dataclass(frozen=True, slots=True)
class Rating:
    """What a rule says of an item, and what the paper says.

    Attributes
    ----------
    rating
        The computed rating; None where no band of the rule fits.
    stated, stated_in
        The paper's own rating, in the rule's words where it has one in them, and the field of the
        item it stands in; None where it has none.
    differs
        Whether the two differ; None where one is missing, or the paper's is in other words.
    days_late
        Calendar days from the date compared with to the one expected, negative where it is early;
        None where one of them is not known.
    because
        Why the rating is what it is: a clause about the item.
    """

    item: str
    rule: str
    rating: str | None
    stated: str | None
    stated_in: Literal["rag", "grade"] | None
    differs: bool | None
    days_late: float | None
    because: str


@dataclass(frozen=True, slots=True)
class Ratings:
    """The ratings of a plan: items in the order of the file, and how many have each rating."""

    plan: Plan
    as_of: date | None
    items: tuple[Rating, ...]
    counts: dict[str, int]


def rate(plan: Plan, rule: RagRule | str | None = None, as_of: date | None = None) -> Ratings:
    """Rate every item that is not cancelled, headings only where they have a date or a rating.

    Parameters
    ----------
    rule
        A rule, or the name of one of the plan or a built-in one. None: the first rule in the
        plan's options, in a portfolio of each plan's own.
    as_of
        The day nothing undone can have been finished by; None: the plan's status date, failing
        that the date it speaks of. Where there is none, only stated dates are compared.

    Raises
    ------
    UnknownIdError
        There is no rule of this name.
    PlanError
        No rule is named, or the one that is cannot be read.
    """
    today = as_of or plan.status_date or plan.as_of
    chosen = find_rule(plan, rule) if isinstance(rule, str) else rule
    ratings = tuple(_rate_all(plan, chosen, today))
    counts = Counter(one.rating for one in ratings if one.rating is not None)
    return Ratings(plan, today, ratings, dict(counts.most_common()))


def _rate_all(plan: Plan, chosen: RagRule | None, today: date | None) -> Iterator[Rating]:
    rules = {} if chosen is not None else _own_rules(plan)
    if chosen is None and not any(rules.values()):
        raise PlanError(
            "The plan names no RAG rule: put one into its options, or ask for one of "
            f"{', '.join(sorted(BUILT_IN))}."
        )
    for item in plan.items:
        project = plan.index.project_of(item.id) if rules else None
        rule = chosen or rules[None if project is None else project.item] or rules[None]
        if rule is not None and _can_be_rated(item):
            yield _rate(item, rule, today)


def _can_be_rated(item: Item) -> bool:
    """Return whether an item is work, or a heading that has a date or rating of its own."""
    if item.status == "cancelled":
        return False
    if item.kind not in _HEADINGS:
        return True
    own = (item.due, item.planned.finish, item.forecast, item.rag, item.grade)
    return any(one is not None for one in own)


def _own_rules(plan: Plan) -> dict[str | None, RagRule | None]:
    """Return the first rule of the plan (key None), and of each plan of a portfolio."""
    options: dict[str | None, Options] = {None: plan.options}
    options |= {project.item: project.options for project in plan.projects}
    return {
        key: use_rule(one.rag_rules[0]) if one.rag_rules else None for key, one in options.items()
    }


def _rate(item: Item, rule: RagRule, today: date | None) -> Rating:
    case = _Case.of(item, rule, today)
    band = next((one for one in rule.bands if case.fits(one)), None)
    rating = None if band is None else band.rating
    stated, stated_in = _stated(item, rule)
    return Rating(
        item=item.id,
        rule=rule.name,
        rating=rating,
        stated=stated,
        stated_in=stated_in,
        differs=_differ(rule, rating, stated),
        days_late=case.days_late,
        because=case.tell(band),
    )


def _differ(rule: RagRule, rating: str | None, stated: str | None) -> bool | None:
    known = {one.rating.casefold() for one in rule.bands}
    if rating is None or stated is None or stated.casefold() not in known:
        return None
    return rating.casefold() != stated.casefold()


def _stated(item: Item, rule: RagRule) -> tuple[str | None, Literal["rag", "grade"] | None]:
    """Return the paper's rating and its field: the one in the rule's words, else the first."""
    known = {one.rating.casefold() for one in rule.bands}
    own: list[tuple[str, Literal["rag", "grade"]]] = []
    if item.rag is not None:
        own.append((item.rag, "rag"))
    if item.grade is not None:
        own.append((item.grade, "grade"))
    fitting = [pair for pair in own if pair[0].casefold() in known]
    return next(iter([*fitting, *own]), (None, None))


@dataclass(frozen=True, slots=True)
class _Case:
    """The facts of an item that a rule looks at; ``against`` says what ``promised`` is."""

    item: Item
    against: str
    promised: date | None
    expected: date | None
    expected_is: str

    @classmethod
    def of(cls, item: Item, rule: RagRule, today: date | None) -> _Case:
        promised = _promised(item, rule)
        expected, words = _expected(item, rule, today)
        against = _DATES[rule.against]
        if rule.against == "due" and item.due is None:
            against = "due date or planned finish" if promised is None else _DATES["planned"]
        return cls(item, against, promised, expected, words)

    @property
    def days_late(self) -> float | None:
        return _days_between(self.promised, self.expected)

    @property
    def is_late(self) -> bool | None:
        return None if self.days_late is None else self.days_late > 0

    @property
    def is_off_plan(self) -> bool | None:
        """Whether it is expected after its planned finish."""
        days = _days_between(self.item.planned.finish, self.expected)
        return None if days is None else days > 0

    def fits(self, band: RagBand) -> bool:
        """Return whether all that a band asks for holds; what is not known does not hold."""
        return (
            (not band.status or self.item.status in band.status)
            and (band.late is None or self.is_late is band.late)
            and (band.late_more_than is None or self._is_later_than(band.late_more_than))
            and (band.off_plan is None or self.is_off_plan is band.off_plan)
        )

    def _is_later_than(self, span: Span) -> bool:
        if self.promised is None or self.expected is None:
            return False
        moved = add_months(self.promised, span.months)
        return finish_instant(self.expected) > finish_instant(moved) + span.minutes

    def tell(self, band: RagBand | None) -> str:
        """Return why, as a clause: ``its forecast 2018-12-31 is 92 days after its due date …``."""
        asks_late = band is None or band.late is not None or band.late_more_than is not None
        if asks_late:
            return self._compare(self.against, self.promised)
        if band is not None and band.off_plan is not None:
            return self._compare(_DATES["planned"], self.item.planned.finish)
        return f"it is {_STATUSES[self.item.status]}"

    def _compare(self, against: str, promised: date | None) -> str:
        if promised is None:
            return f"it has no {against} to compare with"
        days = _days_between(promised, self.expected)
        if self.expected is None or days is None:
            return "it is complete, and nothing says when it was finished"
        if not days and self.expected_is == f"its {against}":
            return f"{self.expected_is} {write_moment(promised)} stands"
        if not days:
            return f"{self.expected_is} is its {against}, {write_moment(promised)}"
        length = f"{abs(days):g} {'day' if abs(days) == 1 else 'days'}"
        return (
            f"{self.expected_is} {write_moment(self.expected)} is {length} "
            f"{'after' if days > 0 else 'before'} its {against} {write_moment(promised)}"
        )


def _days_between(promised: date | None, expected: date | None) -> float | None:
    if promised is None or expected is None:
        return None
    return whole(finish_instant(expected) - finish_instant(promised))


def _promised(item: Item, rule: RagRule) -> date | None:
    match rule.against:
        case "due":
            return item.due or item.planned.finish
        case "planned":
            return item.planned.finish
        case "forecast":
            return item.forecast


def _expected(item: Item, rule: RagRule, today: date | None) -> tuple[date | None, str]:
    """Return when an item is expected, and what that date is called."""
    if item.status == "complete":
        return item.actual_finish, "its actual finish"
    own, words = item.forecast, "its forecast"
    if own is None and rule.against != "forecast":
        own, words = item.planned.finish, "its planned finish"
    if own is None and rule.against == "due":
        own, words = item.due, "its due date"
    if today is not None and (own is None or finish_instant(own) < finish_instant(today)):
        return today, "it is unfinished, and the status date"
    return own, words
