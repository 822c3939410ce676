"""Every rule for suggesting dependencies, and the functions that find what they say.

The ids are stable: plans keep them, and people switch rules off by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loaders.suggest.alike import ALIKE, find_alike
from loaders.suggest.consecutive import SAME, STAGES_RULE, find_consecutive
from loaders.suggest.courses import COURSE, find_courses
from loaders.suggest.gate_words import GATE, find_gates
from loaders.suggest.leads import LEADS_TO, find_leads
from loaders.suggest.listed import SEQUENCE, find_listed
from loaders.suggest.means import MEANS, find_means
from loaders.suggest.numbered import NUMBERED, REVIEWED, VERSIONS, find_numbered
from loaders.suggest.outside_events import EVENT, EVENT_DUE, find_events
from loaders.suggest.references import OFFICE, REFERENCE, find_references
from loaders.suggest.shared_names import find_shared
from loaders.suggest.shared_orders import RULES as SHARED_RULES
from loaders.suggest.stated_words import STATED, find_stated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphmodel.items import Item
    from graphmodel.people import Gate
    from graphmodel.plan import Plan
    from loaders.suggest.candidates import Candidate
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.rules import Rule

__all__ = ["FINDERS", "RULES", "Finder", "Found", "rules"]


@dataclass(frozen=True, slots=True)
class Found:
    """What one finder found: candidates for links, gates, outside events."""

    candidates: tuple[Candidate, ...] = ()
    gates: tuple[Gate, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Finder:
    """Rules that are read from the plan in one go."""

    rules: tuple[Rule, ...]
    find: Callable[[Plan, PlanWords], Found]


def _consecutive(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_consecutive(plan, words)))


def _listed(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_listed(plan, words)))


def _courses(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_courses(plan, words)))


def _leads(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_leads(plan, words)))


def _alike(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_alike(plan, words)))


def _numbered(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_numbered(plan, words)))


def _references(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_references(plan, words)))


def _shared(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_shared(plan, words)))


def _means(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_means(plan, words)))


def _stated(plan: Plan, words: PlanWords) -> Found:
    return Found(tuple(find_stated(plan, words)))


def _gates(plan: Plan, _words: PlanWords) -> Found:
    return Found(gates=tuple(find_gates(plan)))


def _events(plan: Plan, _words: PlanWords) -> Found:
    events = find_events(plan)
    return Found(candidates=events.candidates, items=events.items)


#: In the order in which they are run.
FINDERS: Final = (
    Finder((STATED,), _stated),
    Finder((REFERENCE, OFFICE), _references),
    Finder((NUMBERED, VERSIONS, REVIEWED), _numbered),
    Finder((STAGES_RULE, SAME), _consecutive),
    Finder((SEQUENCE,), _listed),
    Finder((COURSE,), _courses),
    Finder((MEANS,), _means),
    Finder((LEADS_TO,), _leads),
    Finder(SHARED_RULES, _shared),
    Finder((ALIKE,), _alike),
    Finder((EVENT, EVENT_DUE), _events),
    Finder((GATE,), _gates),
)

#: Every rule by its id, in the order in which people are told of them.
RULES: Final[Mapping[str, Rule]] = {rule.id: rule for finder in FINDERS for rule in finder.rules}


def rules() -> tuple[Rule, ...]:
    """Return every rule for suggesting dependencies, gates and outside events."""
    return tuple(RULES.values())
