"""Suggest the dependencies, gates and outside events that nobody wrote down.

Finders read the plan by their rules (`loaders.suggest.registry`) and look items up in an index of
words, so that never all pairs are compared. What they find is weighed (`loaders.suggest.weighing`),
checked against dates and circles (`loaders.suggest.drawing`), and cut to the best few for each
item. Decisions stay as they are (`loaders.suggest.settled`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import UnknownRuleError
from graphmodel.references import link_fault
from graphmodel.words import count
from loaders.changing import change_plan
from loaders.sequences import CLASH_CONFIDENCE
from loaders.suggest.drawing import draw_links
from loaders.suggest.pair_features import PairReader
from loaders.suggest.plan_words import PlanWords
from loaders.suggest.registry import FINDERS, RULES
from loaders.suggest.settled import GATE_RULE, Settled
from loaders.suggest.weighing import add_up, gather, weigh
from loaders.suggest.weights import believe

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.people import Gate
    from graphmodel.plan import Plan
    from loaders.suggest.candidates import Candidate
    from loaders.suggest.drawing import Drawn
    from loaders.suggest.pair_features import Features
    from loaders.suggest.registry import Found

__all__ = ["MOST_PER_ITEM", "Suggestions", "see_pairs", "suggest"]

#: Suggested links that one item may have, to and from it together.
MOST_PER_ITEM: Final = 12

#: Confidence below which nothing is suggested: nine of ten would be wrong.
_LEAST: Final = 0.1


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was suggested for a plan.

    Attributes
    ----------
    plan
        The plan with the suggestions in it as proposals; decisions are as they were.
    new, gates, items
        The suggestions alone: links with the most certain first, gates, outside events.
    counts
        Suggestions by the id of the rule that speaks most for each; every rule that was used, in
        the order of `rules`, with 0 where it found nothing.
    rules
        For each link all the rules that speak for it, the strongest first, by ``(from, to)``.
    left_out
        How many weaker candidates of an item were left out because it had its most already; a pair
        counts for the item that was full.
    notes
        What else is worth knowing, in sentences.
    """

    plan: Plan
    new: tuple[Link, ...]
    gates: tuple[Gate, ...]
    items: tuple[Item, ...]
    counts: Mapping[str, int]
    rules: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """All links of the plan: those that were there and stay, then the suggestions."""
        return self.plan.links


@dataclass(frozen=True, slots=True)
class _Events:
    """Outside events: all that were found, those the plan lacks, those that links must hold."""

    found: tuple[Item, ...]
    new: tuple[Item, ...]
    open: frozenset[str]


def suggest(
    plan: Plan,
    *,
    without: Collection[str] = (),
    only: Collection[str] | None = None,
    most: int = MOST_PER_ITEM,
    progress: Callable[[int, int], None] | None = None,
) -> Suggestions:
    """Return a plan with the dependencies, gates and outside events that its words suggest.

    The same plan always gets the same suggestions, and suggesting twice changes nothing.

    Parameters
    ----------
    without
        Ids of rules that are switched off: they propose nothing, and what they see does not count.
    only
        Ids of the rules that may propose a link, or None for all. How sure a pair is depends on
        everything that can be seen of it, whichever rule proposes it.
    most
        Suggested links an item may have at most, the most certain first; what is left out is told.
    progress
        Called with the steps done and the steps in all.

    Raises
    ------
    UnknownRuleError
        ``without`` or ``only`` names a rule that there is not.
    """
    used = _choose(without, only)
    settled = Settled.of(plan, RULES)
    tell = progress or (lambda _done, _all: None)
    found: list[Found] = []
    words = PlanWords(settled.view)
    steps = len(FINDERS) + 1
    for number, finder in enumerate(FINDERS):
        tell(number, steps)
        if not used.isdisjoint(rule.id for rule in finder.rules):
            found.append(finder.find(settled.view, words))
    tell(len(FINDERS), steps)
    result = _settle(settled, found, _Judge(settled.view, words, frozenset(without)), used, most)
    tell(steps, steps)
    return result


def see_pairs(plan: Plan) -> dict[tuple[str, str], Features]:
    """Return what can be seen of every pair of items that a rule speaks for, decided or not.

    It is what the weights of `loaders.suggest.weights` are fitted to; events are left out, and
    pairs of which the second is due before the first.
    """
    words = PlanWords(plan)
    known = plan.index.items
    candidates = (one for finder in FINDERS for one in finder.find(plan, words).candidates)
    pairs = gather(one for one in candidates if {one.before, one.after} <= known.keys())
    reader = PairReader(plan, words)
    seen = {ends: reader.read(*ends, these) for ends, these in pairs.items()}
    return {ends: features for ends, features in seen.items() if not features.falls}


def _choose(without: Collection[str], only: Collection[str] | None) -> frozenset[str]:
    for name in (*without, *(only or ())):
        if name not in RULES:
            raise UnknownRuleError(name, tuple(RULES))
    return frozenset(RULES if only is None else only) - frozenset(without)


class _Judge:
    """Tells how likely a pair is by what can be seen of it, but for rules that are off."""

    def __init__(self, plan: Plan, words: PlanWords, off: frozenset[str]) -> None:
        self._off = off
        self._known = plan.index.items
        self._reader = PairReader(plan, words)

    def __call__(self, before: str, after: str, candidates: Sequence[Candidate]) -> float:
        """Return the likelihood; 0 where only words tell of a pair, or one is an event.

        Where the second is due before the first, only what the rules say is left: for a clash,
        unless they say that one may begin when the other has.
        """
        if all(one.rule.told for one in candidates):
            return 0.0
        if before not in self._known or after not in self._known:
            return 0.0
        features = self._reader.read(before, after, candidates)
        if not features.falls:
            return believe(features, self._off)
        begins = [one for one in candidates if one.type == "SS"]
        return add_up(begins) if begins else min(add_up(candidates), CLASH_CONFIDENCE)


def _settle(
    settled: Settled, found: Iterable[Found], judge: _Judge, used: frozenset[str], most: int
) -> Suggestions:
    """Weigh what was found, draw it, and put it into the plan."""
    pieces = tuple(found)
    events = _join_events(settled, (one for piece in pieces for one in piece.items))
    base = settled.plan.model_copy(
        update={"items": (*settled.plan.items, *events.new), "links": settled.links}
    )
    candidates = (one for piece in pieces for one in piece.candidates if one.rule.id in used)
    accepted = [(link.from_, link.to) for link in settled.links if link.state == "accepted"]
    weighed = weigh(gather(_allowed(base, settled, candidates)), judge, accepted)
    drawn = draw_links(base, [one for one in weighed if one.confidence >= _LEAST])
    kept, left_out = _best(drawn, most)
    ends = {end for one in kept for end in (one.link.from_, one.link.to)}
    gates = _new_gates(settled, (one for piece in pieces for one in piece.gates), used)
    links = tuple(one.link for one in kept)
    changes: dict[str, Any] = {
        "items": tuple(one for one in base.items if one.id in ends or one.id not in events.open),
        "links": (*settled.links, *links),
        "gates": (*settled.gates, *gates),
    }
    counts = Counter(link.rule for link in links)
    counts.update(_rule_of(gate) for gate in gates)
    return Suggestions(
        plan=change_plan(settled.plan, changes),
        new=links,
        gates=gates,
        items=tuple(one for one in events.found if one.id in ends),
        counts={name: counts[name] for name in RULES if name in used},
        rules={(one.link.from_, one.link.to): one.rules for one in kept},
        left_out=left_out,
        notes=tuple(_notes(drawn, left_out, most)),
    )


def _join_events(settled: Settled, found: Iterable[Item]) -> _Events:
    """Return the events, each as the plan has it if it does: people may have changed its date."""
    known = settled.plan.index.items
    told = tuple(found)
    new = tuple(one for one in told if one.id not in known)
    return _Events(
        found=tuple(known.get(one.id, one) for one in told),
        new=new,
        open=settled.open_events.union(one.id for one in new),
    )


def _allowed(plan: Plan, settled: Settled, these: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates that join two items which nothing is decided about, and may be joined.

    Cancelled items wait for nothing.
    """
    items, parents = plan.index.items, plan.index.parents
    for one in these:
        ends = items.get(one.before), items.get(one.after)
        if any(end is None or end.status == "cancelled" for end in ends):
            continue
        if frozenset((one.before, one.after)) in settled.pairs:
            continue
        if link_fault(one.before, one.after, parents) is None:
            yield one


def _best(drawn: Iterable[Drawn], most: int) -> tuple[list[Drawn], dict[str, int]]:
    """Return the best links of each item, the most certain first, and how many each lost."""
    used: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    kept: list[Drawn] = []
    for one in sorted(drawn, key=lambda one: -one.link.confidence):
        ends = one.link.from_, one.link.to
        full = [end for end in ends if used[end] >= most]
        if full:
            left_out[full[0]] += 1
        else:
            used.update(ends)
            kept.append(one)
    return kept, dict(left_out)


def _new_gates(settled: Settled, these: Iterable[Gate], used: frozenset[str]) -> tuple[Gate, ...]:
    held = {(gate.item, gate.board) for gate in settled.gates}
    return tuple(
        gate for gate in these if _rule_of(gate) in used and (gate.item, gate.board) not in held
    )


def _rule_of(gate: Gate) -> str:
    return str((gate.model_extra or {}).get(GATE_RULE))


def _notes(drawn: Iterable[Drawn], left_out: Mapping[str, int], most: int) -> Iterator[str]:
    if left_out:
        yield (
            f"{count(sum(left_out.values()), 'weaker candidate')} left out, because an item gets "
            f"{most} suggestions at most: {count(len(left_out), 'item')} had more."
        )
    clashes = sum(1 for one in drawn if (one.link.model_extra or {}).get("x_clash"))
    if clashes:
        what = count(clashes, "suggestion contradicts", "suggestions contradict")
        yield f"{what} the dates or other links: the order may be wrong, or the dates are."
    if not drawn:
        yield "Nothing in the words, dates or order of the plan suggests a dependency."
