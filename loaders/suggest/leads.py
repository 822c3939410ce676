"""What usually leads to what (`lead_table`): a survey to its report, a structure to its posts.

Within an action any two steps may be such a pair. Items of different actions need more in common
than that: a word that is rare in the plan, in their own titles or in those of their actions.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from loaders.suggest.alike import is_apart
from loaders.suggest.candidates import Candidate
from loaders.suggest.due import is_due_before
from loaders.suggest.lead_table import LEADS
from loaders.suggest.likeness import find_phrase
from loaders.suggest.meaning import HEADINGS
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule
from loaders.suggest.siblings import WINDOW, find_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.suggest.lead_table import Form
    from loaders.suggest.plan_words import PlanWords

__all__ = ["LEADS_TO", "find_leads", "weigh_lead"]

LEADS_TO: Final = Rule(
    id="leads-to",
    name="What usually leads to what",
    why="Some work rests on other work wherever it is done, such as posts on a structure.",
    needs="Words of both sides of such a pair; a rare word in common if the actions are different.",
    confidence=0.6,
)

#: Words of a title, small ones left out, that are read.
_READ: Final = 14

#: Strength by how many words beyond one on each side tell of the pair.
_STRENGTHS: Final = (0.4, 0.7, 1.0)

#: Rarity of a word by which items of other actions are looked up, titles it may stand in, and
#: others that an item gets.
_RARE: Final = 0.5
_MOST_HOLDERS: Final = 40
_EACH: Final = 5


class _Told(NamedTuple):
    """The rows that a title tells of, with the longest entry of each, as what leads and follows."""

    before: Mapping[int, Form]
    after: Mapping[int, Form]


class _Led(NamedTuple):
    """The row by which one title leads to another, its entries, and how strong they are."""

    row: int
    first: Form
    second: Form
    strength: float


def find_leads(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield the pairs of items of which the one usually leads to the other."""
    for steps in find_steps(plan, words):
        if steps[0].in_action:
            for number, after in enumerate(steps):
                for before in steps[max(0, number - WINDOW) : number + WINDOW + 1]:
                    if before is not after and not after.is_before(before):
                        yield from _follow(before.item, after.item, words)
    yield from _find_apart(plan, words)


def _follow(before: Item, after: Item, words: PlanWords) -> Iterator[Candidate]:
    led = _lead(words.of(before.id), words.of(after.id))
    if led is None:
        return
    begin, end = find_phrase(before.title, led.first, words)
    start, stop = find_phrase(after.title, led.second, words)
    yield Candidate(
        before.id,
        after.id,
        LEADS_TO,
        LEADS[led.row].why,
        (*cite(before, "from", begin, end), *cite(after, "to", start, stop)),
        led.strength,
    )


def _lead(first: Sequence[str], second: Sequence[str]) -> _Led | None:
    """Return the row by which one title leads to another most surely, or None."""
    one, other = _read_title(tuple(first[:_READ])), _read_title(tuple(second[:_READ]))
    if one.before.keys().isdisjoint(other.after):
        return None
    found = [
        (len(form) + len(other.after[row]) - 2, -row)
        for row, form in one.before.items()
        if row in other.after and form != other.after[row]
    ]
    if not found:
        return None
    size, row = max(found)
    strength = _STRENGTHS[min(size, len(_STRENGTHS) - 1)]
    return _Led(-row, one.before[-row], other.after[-row], strength)


def weigh_lead(first: Sequence[str], second: Sequence[str], words: PlanWords) -> float:
    """Return how rare in the plan the words are by which one title leads to another, 0 if none do.

    Of each row that tells of both, the less rare side counts; of several rows, the rarest.
    """
    one, other = _read_title(tuple(first[:_READ])), _read_title(tuple(second[:_READ]))
    rows = one.before.keys() & other.after.keys()
    sides = ((one.before[row], other.after[row]) for row in rows)
    return max(
        (min(words.weigh(form), words.weigh(end)) for form, end in sides if form != end),
        default=0.0,
    )


def _find_apart(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield pairs of items of different actions, for each item those with most in common."""
    items = {
        item.id: _read_context(plan, item, words)
        for item in plan.items
        if item.kind not in HEADINGS and item.status != "cancelled" and not item.external
    }
    holders: dict[str, list[str]] = defaultdict(list)
    for item, context in items.items():
        for one in context:
            holders[one].append(item)
    known = plan.index.items
    for item, context in items.items():
        found = []
        for other, weight in _weigh_others(context, holders, words).items():
            led = _lead(words.of(other), words.of(item))
            if led is None or is_due_before(known[item], known[other]):
                continue
            if is_apart(plan, item, other):
                found.append((-weight * led.strength, plan.index.position[other], other))
        for _, _, other in sorted(found)[:_EACH]:
            yield from _follow(known[other], known[item], words)


def _weigh_others(
    context: frozenset[str], holders: Mapping[str, Sequence[str]], words: PlanWords
) -> dict[str, float]:
    """Return the items that share rare words with these, and the weight of what they share."""
    weights: dict[str, float] = defaultdict(float)
    for one in sorted(context):
        if len(holders[one]) <= _MOST_HOLDERS:
            for other in holders[one]:
                weights[other] += words.rarity(one)
    return weights


def _read_context(plan: Plan, item: Item, words: PlanWords) -> frozenset[str]:
    """Return the rare words of an item's title and of the action that it is part of."""
    stems = set(words.of(item.id))
    if item.parent is not None and plan.index.items[item.parent].kind not in HEADINGS:
        stems.update(words.of(item.parent))
    return frozenset(one for one in stems if len(one) > 1 and words.rarity(one) >= _RARE)


@lru_cache(maxsize=16_384)
def _read_title(stems: tuple[str, ...]) -> _Told:
    """Return the rows of the table that the stems of a title tell of."""
    told = frozenset(stems)
    found: tuple[dict[int, Form], dict[int, Form]] = ({}, {})
    for one in told:
        for form, side, row in _FORMS_OF.get(one, ()):
            known = found[side].get(row)
            if form <= told and (known is None or len(form) > len(known)):
                found[side][row] = form
    return _Told(*found)


def _index_forms() -> dict[str, list[tuple[Form, int, int]]]:
    """Return the entries of the table by their first stem, with their side and row."""
    forms: dict[str, list[tuple[Form, int, int]]] = defaultdict(list)
    for row, lead in enumerate(LEADS):
        for side, entries in enumerate((lead.before, lead.after)):
            for form in entries:
                forms[min(form)].append((form, side, row))
    return dict(forms)


_FORMS_OF: Final = _index_forms()
