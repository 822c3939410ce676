"""A weighed pair becomes a proposed link: its type by the dates, its reason in a sentence.

1. The planned dates decide what the link may be (`loaders.sequences`, DESIGN 5.3.8): FS or FF, so
   that it moves nothing; FF as well where the words say so and the finishes are in order, and SS
   where the words say no more than that one may begin when the other has, and the starts are.
2. Where the dates contradict it, the link is kept, marked ``x_clash``, and its confidence is no
   more than ``CLASH_CONFIDENCE``: the order may be wrong, or the dates are. It is for the planner.
3. The same holds for what would close a circle with accepted links, and with stronger suggestions.
4. Where a date is missing nothing can be checked, and the reason says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphmodel.links import Link
from graphmodel.moments import show_start
from graphmodel.ordering import EventOrder
from loaders.sequences import CLASH_CONFIDENCE, judge_order
from loaders.suggest.due import begin_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphmodel.links import Evidence, LinkType
    from graphmodel.plan import Plan
    from loaders.suggest.weighing import Weighed

__all__ = ["Drawn", "draw_links"]

#: Decimals of a confidence: a share that was measured on a few hundred pairs has no more.
_DECIMALS: Final = 2

#: Words that open a clause with a capital only where it opens the sentence.
_OPENERS: Final = frozenset({"Both", "It", "One", "They", "The"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A suggested link, and every rule that speaks for it, the strongest first."""

    link: Link
    rules: tuple[str, ...]


def draw_links(plan: Plan, weighed: Iterable[Weighed]) -> list[Drawn]:
    """Return the links of these pairs, the most certain first (rules 1-4)."""
    position = plan.index.position
    accepted = EventOrder.leaving_out(plan, plan.accepted_links)
    drawn = [_draw(plan, one) for one in weighed]
    drawn.sort(
        key=lambda one: (
            -one.link.confidence,
            position[one.link.to],
            position[one.link.from_],
        )
    )
    return [_mark_circle(one, accepted) for one in drawn]


def _draw(plan: Plan, one: Weighed) -> Drawn:
    first = one.candidates[0]
    kind, why = _judge(plan, one, first.type)
    values: dict[str, Any] = {
        "from": one.before,
        "to": one.after,
        "type": kind or first.type or "FS",
        "origin": first.rule.origin,
        "state": "proposed",
        "confidence": round(one.confidence, _DECIMALS),
        "rule": first.rule.id,
        "evidence": tuple(_evidence(one)),
    }
    words = _join_reasons([candidate.words for candidate in one.candidates])
    if one.through is not None:
        words += f" (it follows already by way of {one.through})"
    if kind is not None:
        values["reason"] = f"{words}, and {why}."
    elif why:
        values |= _clash(values["confidence"], f"{words}, but {why}.")
    else:
        values["reason"] = f"{words}; one of the two has no date to check it by."
    return Drawn(
        Link.model_validate(values), tuple(candidate.rule.id for candidate in one.candidates)
    )


def _judge(plan: Plan, one: Weighed, said: LinkType | None) -> tuple[LinkType | None, str]:
    """Return the type of link that words and dates allow, and why; None and why not (rule 1)."""
    if said == "SS":
        return _judge_starts(plan, one)
    kind, why = judge_order(plan, one.before, one.after)
    return ("FF", why) if said == "FF" and kind is not None else (kind, why)


def _judge_starts(plan: Plan, one: Weighed) -> tuple[LinkType | None, str]:
    first, second = (begin_instant(plan, name) for name in (one.before, one.after))
    if first is None or second is None:
        return None, ""
    if first <= second:
        return "SS", "they begin in this order"
    begins = f"{one.before} begins {show_start(first)}, {one.after} begins {show_start(second)}"
    return None, begins


def _join_reasons(words: list[str]) -> str:
    """Return what several rules say as the beginning of one sentence."""
    clauses = [
        f"{one[:1].lower()}{one[1:]}" if one.split(" ")[0] in _OPENERS else one
        for one in dict.fromkeys(words)
    ]
    shown = "; ".join(clauses)
    return shown[:1].upper() + shown[1:]


def _evidence(one: Weighed) -> Iterator[Evidence]:
    """Yield the words that speak for a pair, each once."""
    seen: list[Evidence] = []
    for candidate in one.candidates:
        for part in candidate.evidence:
            if part not in seen:
                seen.append(part)
                yield part


def _clash(confidence: float, reason: str) -> dict[str, Any]:
    return {"confidence": min(confidence, CLASH_CONFIDENCE), "reason": reason, "x_clash": True}


def _mark_circle(one: Drawn, order: EventOrder) -> Drawn:
    """Return a link as it is, or as a clash where it closes a circle (rule 3)."""
    link = one.link
    if (link.model_extra or {}).get("x_clash"):
        return one
    error = order.add(link)
    if error is None:
        return one
    through = " → ".join(dict.fromkeys(error.items))
    reason = f"{(link.reason or '').rstrip('.')}; but it would close a circle: {through}."
    marked = link.model_copy(update=_clash(link.confidence, reason))
    return Drawn(marked, one.rules)
