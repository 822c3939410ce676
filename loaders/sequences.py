"""Links that the order of a paper speaks for: numbered phases, and milestones one after another.

DESIGN 5.3.8: a link that knockon itself creates never moves the plan as written. Whether it may be
accepted, and as what type, is decided by the planned dates alone:

1. FS where the successor's planned start (its finish, if it has none) is not before the
   predecessor's planned finish, both as instants: a finish on D is the end of D.
2. FF where they overlap and the successor's planned finish is not before the predecessor's.
3. Otherwise the two clash: an FS link that stays proposed, marked ``x_clash``.

A parent finishes no earlier than its parts (5.3.4), so a predecessor's finish is the latest of its
own and theirs. Items without dates, ongoing or cancelled ones and those scheduled by logic are
stepped over; so is one without a finish ("from … onwards") as a predecessor (5.3.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from graphmodel.links import Evidence, Link
from graphmodel.moments import finish_instant, show_finish, show_start, start_instant
from graphmodel.ordering import EventOrder
from loaders.phases import find_series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Item
    from graphmodel.links import LinkType
    from graphmodel.plan import Plan

__all__ = [
    "CLASH_CONFIDENCE",
    "PHASE_CONFIDENCE",
    "SEQUENCE_CONFIDENCE",
    "judge_order",
    "propose_links",
]

#: Confidence in the order of numbered phases whose dates agree with it.
PHASE_CONFIDENCE: Final = 1.0

#: Confidence in the order of a list of milestones: nobody wrote that one waits for the other.
SEQUENCE_CONFIDENCE: Final = 0.5

#: Confidence in either order where the dates contradict it.
CLASH_CONFIDENCE: Final = 0.2

#: Why dates let a link of this type be, in words.
_AGREE: Final[dict[LinkType | None, str]] = {
    "FS": "the planned dates agree",
    "FF": "they overlap: the finishes are in order",
}

_Rule = Literal["phase", "sequence"]


@dataclass(frozen=True, slots=True)
class _Dated:
    """An item with the instants of its planned dates; ``end`` is the latest of it and its parts."""

    item: Item
    start: int | None
    finish: int | None
    end: int | None
    is_parent: bool = False

    def lets_finish(self, instant: int) -> LinkType | None:
        """Return the type of link by which a finish at ``instant`` moves nothing, if there is one.

        A link into a parent holds its finish, so that must not be before ``instant`` either way.
        """
        if self.is_parent and (self.end is None or self.end < instant):
            return None
        begin = self.finish if self.start is None else self.start
        if begin is not None and begin >= instant:  # 1
            return "FS"
        if self.finish is not None and self.finish >= instant:  # 2
            return "FF"
        return None  # 3

    @property
    def words(self) -> str:
        """How people see its dates: ``a starts 2026-07-01 and finishes 2026-09-30``."""
        parts = [] if self.start is None else [f"starts {show_start(self.start)}"]
        if self.end is not None and self.end != self.start:
            whole = " with its parts" if self.end != self.finish else ""
            parts.append(f"finishes{whole} {show_finish(self.end)}")
        return f"{self.item.id} {' and '.join(parts)}"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Two items in the order that a paper gives them, and that order in words."""

    before: _Dated
    after: _Dated
    rule: _Rule
    words: str


def propose_links(plan: Plan) -> tuple[Link, ...]:
    """Return the links that the order of phases and milestones speaks for, in that order.

    A pair of items that the plan links already, either way, gets none; a phase link that closes a
    circle with the plan's accepted links stays proposed. The plan itself is not changed.
    """
    taken = {frozenset((link.from_, link.to)) for link in plan.links}
    accepted = [link for link in plan.links if link.state == "accepted"]
    order = EventOrder.leaving_out(plan, accepted)
    found: list[Link] = []
    for candidate in (*_phases(plan), *_sequences(plan)):
        pair = frozenset((candidate.before.item.id, candidate.after.item.id))
        if pair not in taken:
            taken.add(pair)
            found.append(_build(candidate, order))
    return tuple(found)


def judge_order(plan: Plan, before: str, after: str) -> tuple[LinkType | None, str]:
    """Return the type of link from ``before`` to ``after`` that moves nothing (rules 1-3), and why.

    Where there is none, the words say how the dates clash, or are empty where one has no date.
    """
    earlier, later = (_date(plan, plan.index.items[name]) for name in (before, after))
    if earlier is None or later is None or earlier.end is None:
        return None, ""
    kind = later.lets_finish(earlier.end)
    return kind, _AGREE.get(kind, f"{earlier.words}, {later.words}")


def _phases(plan: Plan) -> Iterator[_Candidate]:
    """Yield each numbered phase with the one before it, among items of one kind and parent."""
    siblings: dict[tuple[str | None, str], list[Item]] = {}
    for item in plan.items:
        siblings.setdefault((item.parent, item.kind), []).append(item)
    for series in (one for group in siblings.values() for one in find_series(group)):
        previous: tuple[str, list[_Dated]] | None = None
        for phase, items in series:
            dated = [one for item in items if (one := _date(plan, item)) is not None]
            if previous is not None:
                name, earlier = previous
                words = f"{name} comes before {phase}"
                for before in earlier:
                    yield from (_Candidate(before, after, "phase", words) for after in dated)
            finished = [one for one in dated if one.end is not None]
            previous = (str(phase), finished) if finished else previous


def _sequences(plan: Plan) -> Iterator[_Candidate]:
    """Yield each milestone with the one listed before it under the same parent."""
    previous: dict[str, _Dated] = {}
    for item in plan.items:
        if item.kind != "milestone" or item.parent is None:
            continue
        dated = _date(plan, item)
        if dated is None:
            continue
        before = previous.get(item.parent)
        if before is not None:
            yield _Candidate(before, dated, "sequence", "One is listed after the other")
        if dated.end is not None:
            previous[item.parent] = dated


def _date(plan: Plan, item: Item) -> _Dated | None:
    """Return an item with its instants, or None where its dates say nothing about links."""
    if not _is_dated(item):
        return None
    planned = item.planned
    start = None if planned.start is None else start_instant(planned.start)
    finish = _finish(item)
    ends = [_finish(one) for one in (item, *_below(plan, item)) if _is_dated(one)]
    end = max((one for one in ends if one is not None), default=None)
    is_parent = not plan.index.is_leaf(item.id)
    if (start is None and end is None) or (is_parent and end is None):
        return None  # a link into a parent holds its finish: where there is none, nothing
    if start is None and finish is None:
        finish = end
    return _Dated(item, start, finish, end, is_parent=is_parent)


def _finish(item: Item) -> int | None:
    """Return the instant of an item's planned finish; a start milestone falls where its day begins.

    (5.1: a milestone of that type has one instant, its start.)
    """
    planned = item.planned
    if item.type == "start_milestone":
        day = planned.start or planned.finish
        return None if day is None else start_instant(day)
    return None if planned.finish is None else finish_instant(planned.finish)


def _is_dated(item: Item) -> bool:
    """Return whether an item goes by its planned dates, if it has any (5.3.2)."""
    return (
        item.status != "cancelled" and item.planned.precision != "ongoing" and item.mode != "logic"
    )


def _below(plan: Plan, item: Item) -> Iterator[Item]:
    stack = list(plan.index.children.get(item.id, ()))
    while stack:
        part = stack.pop()
        yield plan.index.items[part]
        stack.extend(plan.index.children.get(part, ()))


def _build(candidate: _Candidate, order: EventOrder) -> Link:
    before, after = candidate.before, candidate.after
    kind = None if before.end is None else after.lets_finish(before.end)
    values: dict[str, Any] = {
        "from": before.item.id,
        "to": after.item.id,
        "type": kind or "FS",
        "origin": candidate.rule,
        "rule": candidate.rule,
        "evidence": (*_evidence("from", before.item), *_evidence("to", after.item)),
    }
    if kind is None:
        return _clash(values, f"{candidate.words}, but {before.words}, {after.words}.")
    values["reason"] = f"{candidate.words}, and {_AGREE[kind]}."
    if candidate.rule == "sequence":
        values |= {"state": "proposed", "confidence": SEQUENCE_CONFIDENCE}
        return Link.model_validate(values)
    link = Link.model_validate(values | {"confidence": PHASE_CONFIDENCE})
    error = order.add(link)
    if error is None:
        return link
    return _clash(values, f"{candidate.words}, but other links say otherwise.")


def _evidence(side: Literal["from", "to"], item: Item) -> Iterator[Evidence]:
    if item.source is not None:
        yield Evidence(side=side, source=item.source)


def _clash(values: dict[str, Any], reason: str) -> Link:
    clash = {"state": "proposed", "confidence": CLASH_CONFIDENCE, "reason": reason, "x_clash": True}
    return Link.model_validate(values | clash)
