"""The RAG rules that are built in, and where the rule that a plan asks for is found (docs/rag.md).

``derby`` has the five statuses of Derby's Corporate Improvement Plan (September 2018). The paper
does not say where *some* slippage ends and *major* slippage begins; of what it says slips, the
longest is six months behind its date and is called some. So *major* is more than six months.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from graphmodel.errors import PlanError, UnknownIdError
from graphmodel.index import close_ids
from graphmodel.planfile import word_faults
from graphmodel.ragrules import RagRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.plan import Plan
    from graphmodel.ragrules import RagEntry

__all__ = ["BUILT_IN", "UnreadRule", "find_rule", "stated_rules", "unread_rules", "use_rule"]

#: A rule that cannot be read: what it is called, and why.
UnreadRule = tuple[str, str]

_TABLES: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "derby",
        "title": "Derby's five statuses: some slippage up to six months late, major beyond",
        "bands": [
            {"rating": "completed", "status": ["complete"]},
            {"rating": "major slippage", "late_more_than": "6m"},
            {"rating": "some slippage", "late": True},
            {"rating": "not started", "status": ["not_started"]},
            {"rating": "on track", "late": False},
        ],
    },
    {
        "name": "month",
        "title": "amber is up to a month late, red is more",
        "bands": [
            {"rating": "green", "status": ["complete"]},
            {"rating": "red", "late_more_than": "1m"},
            {"rating": "amber", "late": True},
            {"rating": "green", "late": False},
        ],
    },
    {
        "name": "late-red",
        "title": "late is red, all else is green",
        "bands": [
            {"rating": "green", "status": ["complete"]},
            {"rating": "red", "late": True},
            {"rating": "green", "late": False},
        ],
    },
)

BUILT_IN: Final[dict[str, RagRule]] = {
    table["name"]: RagRule.model_validate(table) for table in _TABLES
}


def find_rule(plan: Plan, wanted: str) -> RagRule:
    """Return the rule of this name: the plan's own, failing that the built-in one.

    Raises
    ------
    UnknownIdError
        There is no such rule; close names, failing that all names, are told.
    PlanError
        The plan's rule cannot be read.
    """
    for entry in plan.options.rag_rules:
        if _name(entry) == wanted:
            return use_rule(entry)
    if wanted in BUILT_IN:
        return BUILT_IN[wanted]
    names = sorted({*filter(None, map(_name, plan.options.rag_rules)), *BUILT_IN})
    raise UnknownIdError("RAG rule", wanted, close_ids(wanted, names) or names)


def use_rule(entry: RagEntry) -> RagRule:
    """Return a rule of a plan with its bands: its own, or those of the built-in one it names.

    Raises
    ------
    PlanError
        It cannot be read.
    """
    read = _read(entry)
    if isinstance(read, str):
        raise PlanError(f"{_called(entry)} of the plan cannot be used: {read}.")
    return read


def stated_rules(plan: Plan) -> tuple[RagEntry, ...]:
    """Return every rule that a plan states, and the plans of a portfolio state."""
    projects = (entry for project in plan.projects for entry in project.options.rag_rules)
    return (*plan.options.rag_rules, *projects)


def unread_rules(plan: Plan) -> Iterator[UnreadRule]:
    """Yield each rule of a plan, and of the plans of a portfolio, that cannot be read, and why."""
    for entry in stated_rules(plan):
        read = _read(entry)
        if isinstance(read, str):
            yield _called(entry), read


def _read(entry: RagEntry) -> RagRule | str:
    """Return a rule with its bands, or why it cannot be read, without a full stop."""
    try:
        rule = RagRule.model_validate(entry)
    except ValidationError as error:
        return word_faults(error.errors(include_url=False), entry)[0].rstrip(".")
    if rule.bands:
        return rule
    known = BUILT_IN.get(rule.name)
    names = ", ".join(sorted(BUILT_IN))
    return known or f"it has no bands, and no rule of that name is built in ({names} are)"


def _called(entry: RagEntry) -> str:
    name = _name(entry)
    return f'The RAG rule "{name}"' if name else "A RAG rule without a name"


def _name(entry: RagEntry) -> str | None:
    name: Any = entry.get("name") if isinstance(entry, dict) else entry.name
    return name if isinstance(name, str) else None
