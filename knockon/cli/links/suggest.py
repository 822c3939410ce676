"""``knockon links suggest``: candidates for dependencies, with the words that speak for them."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from graphmodel.items import Item
from graphmodel.links import Evidence, Link
from graphmodel.places import find_place
from graphmodel.words import count, join_words
from knockon.cli.console import say, say_json, say_wrapped
from knockon.cli.links.opening import confidence_option, open_suggested, rule_options
from knockon.cli.options import check_ending, json_option, with_option
from knockon.cli.reading import quote_file
from loaders.titles import fold_title
from viz.words import shorten, show_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphmodel.people import Gate
    from graphmodel.plan import Plan
    from loaders.review.proposals import Proposed
    from loaders.suggest.suggest import Suggestions

__all__ = ["command", "name_item"]

#: Bands of confidence, the least of each and how it is called.
_BANDS: Final = (
    (0.8, "Confidence 0.8 and more"),
    (0.5, "Confidence 0.5 to 0.8"),
    (0.0, "Confidence below 0.5"),
)
_LIKELY: Final = 0.8

#: Characters of a title, and of the words of a paper, that are shown.
_TITLE: Final = 100
_QUOTE: Final = 200


@click.command("suggest")
@click.argument("plan", metavar="PLAN", required=False)
@with_option
@click.option("-o", "--output", metavar="plan.json", help="Write the plan with the suggestions.")
@json_option
@confidence_option
@rule_options
@click.option(
    "--group",
    type=click.Choice(["confidence", "rule"]),
    default="confidence",
    show_default=True,
    help="How the list is grouped.",
)
@click.option(
    "--rules", "list_rules", is_flag=True, help="List every rule: why, and what it needs."
)
def command(  # noqa: PLR0913 - one for each option
    plan: str | None,
    *,
    registers: tuple[str, ...],
    output: str | None,
    min_confidence: float,
    without: tuple[str, ...],
    only: tuple[str, ...],
    group: Literal["confidence", "rule"],
    list_rules: bool,
    as_json: bool,
) -> None:
    """Suggest dependencies of PLAN that nobody wrote down, with the words that speak for each.

    Gates and outside events are suggested too. Nothing is decided: suggestions are proposals, which
    no answer follows until somebody accepts them ("knockon links review") or asks for them
    (--links proposed). What was decided before stays, and is not suggested again.
    """
    check_ending(output, [".json"])
    if list_rules:
        _say_rules(as_json=as_json)
        return
    if plan is None:
        raise click.UsageError("Name the plan: knockon links suggest PLAN.")
    with open_suggested(plan, registers, without=without, only=only) as found:
        _answer(found, min_confidence, output, group, as_json=as_json)


def _answer(
    found: Suggestions,
    min_confidence: float,
    output: str | None,
    group: Literal["confidence", "rule"],
    *,
    as_json: bool,
) -> None:
    from graphmodel.planfile import write_plan  # noqa: PLC0415 - heavy
    from loaders.review.likely import keep_likely  # noqa: PLC0415

    kept = keep_likely(found, min_confidence)
    if output is not None:
        write_plan(kept, output)
    if as_json:
        say_json(_pack(kept, found))
        return
    _say_all(kept, found, min_confidence, group)
    if output is not None:
        name = quote_file(output)
        say(f"Written: {output}. To decide, one key each:  knockon links review {name}")


def _pack(plan: Plan, found: Suggestions) -> dict[str, Any]:
    from knockon.payloads import pack  # noqa: PLC0415 - heavy
    from loaders.review.proposals import is_event  # noqa: PLC0415

    return {
        "plan": plan.id,
        "links": pack(plan.links),
        "gates": pack(plan.gates),
        "items": pack([item for item in plan.items if is_event(item)]),
        "counts": dict(found.counts),
        "left_out": dict(found.left_out),
        "notes": list(found.notes),
    }


def _say_rules(*, as_json: bool) -> None:
    from knockon.payloads import pack  # noqa: PLC0415 - heavy
    from loaders.suggest.registry import rules  # noqa: PLC0415

    if as_json:
        say_json({"rules": pack(rules())})
        return
    for rule in rules():
        say(f"{rule.id}  {rule.name} (confidence {rule.confidence:g})")
        say_wrapped(rule.why, indent=4)
        say_wrapped(f"Needs: {rule.needs}", indent=4)


def _say_all(
    plan: Plan, found: Suggestions, min_confidence: float, group: Literal["confidence", "rule"]
) -> None:
    from loaders.review.proposals import list_open, rule_of  # noqa: PLC0415 - heavy

    these = [
        getattr(plan, one.group)[one.place]
        for one in list_open(plan, min_confidence=min_confidence)
    ]
    say_wrapped(_count(plan, these))
    for note in found.notes if plan.items else ():
        say_wrapped(note)
    if not these:
        return
    rules = Counter(rule_of(one) or "no rule" for one in these)
    told = ", ".join(f"{rule} {number:,}" for rule, number in rules.most_common())
    say_wrapped(f"By rule: {told}. knockon links suggest --rules explains them.")
    for heading, members in _grouped(plan, these, group):
        say(f"\n{heading} ({len(members):,})")
        for one in members:
            say()
            _say_one(plan, one)
    say()


def _count(plan: Plan, these: Sequence[Proposed]) -> str:
    """Return the counts in one or two sentences."""
    if not plan.items:
        return "The plan has no items, so there is nothing to link."
    decided = sum(link.state != "proposed" for link in plan.links)
    before = f"{count(decided, 'link')} {'is' if decided == 1 else 'are'} decided already"
    if not these:
        return f"Nothing is proposed; {before}."
    kinds = {"link": 0, "gate": 0, "outside event": 0}
    for one in these:
        kinds[_kind(one)] += 1
    parts = [count(number, kind) for kind, number in kinds.items() if number]
    verb = "is" if len(these) == 1 else "are"
    sure = sum(_confidence(plan, one) >= _LIKELY for one in these)
    return (
        f"{join_words(parts)} {verb} proposed, {sure:,} of them with a confidence of {_LIKELY:g} "
        f"or more; {before}."
    )


def _grouped(
    plan: Plan, these: Sequence[Proposed], group: Literal["confidence", "rule"]
) -> Iterator[tuple[str, list[Proposed]]]:
    from loaders.review.proposals import rule_of  # noqa: PLC0415 - heavy

    def band(one: Proposed) -> str:
        sure = _confidence(plan, one)
        return next(name for least, name in _BANDS if sure >= least)

    def rule(one: Proposed) -> str:
        return f"Rule {rule_of(one) or 'none'}"

    key = band if group == "confidence" else rule
    ordered = these if group == "confidence" else sorted(these, key=key)
    for heading, members in groupby(ordered, key):
        yield heading, list(members)


def _kind(one: Proposed) -> str:
    if isinstance(one, Link):
        return "link"
    return "outside event" if isinstance(one, Item) else "gate"


def _confidence(plan: Plan, one: Proposed) -> float:
    from loaders.review.proposals import confidence_of  # noqa: PLC0415 - heavy

    return confidence_of(plan, one)


def _say_one(plan: Plan, one: Proposed) -> None:
    """Print both sides of a suggestion, what it would be, why, and the words of the paper."""
    from loaders.review.proposals import is_clash, rule_of  # noqa: PLC0415 - heavy

    sure = f"{_confidence(plan, one):.2f}"
    mark = "  CLASH" if is_clash(one) else ""
    if isinstance(one, Item):
        say_wrapped(f"{sure}  outside event  {name_item(plan, one.id)}", indent=2)
        for line in _quotes(plan, () if one.source is None else (Evidence(source=one.source),)):
            say_wrapped(line, indent=8)
        return
    if isinstance(one, Link):
        say_wrapped(f"{sure}  {name_item(plan, one.from_)}", indent=2)
        say_wrapped(f"→ {name_item(plan, one.to)}", indent=6)
        what: str = one.type
    else:
        say_wrapped(f"{sure}  {name_item(plan, one.item)}", indent=2)
        board = next(board for board in plan.boards if board.id == one.board)
        say_wrapped(f"→ gate: {board.name} is to {one.decision} it{_order(one)}", indent=6)
        what = "gate"
    say_wrapped(f"{what}, {rule_of(one) or 'no rule'}{mark}: {one.reason or ''}", indent=8)
    ends = (one.from_, one.to) if isinstance(one, Link) else (one.item,)
    for line in _quotes(plan, one.evidence, *ends):
        say_wrapped(line, indent=8)


def _order(gate: Gate) -> str:
    return f", as number {gate.order}" if gate.order > 1 else ""


def name_item(plan: Plan, one: str) -> str:
    """Return an item's id, title and date in one line."""
    item = plan.index.items[one]
    title = shorten(" ".join(item.title.split()), _TITLE)
    planned = item.planned
    day = planned.finish or planned.start or item.due
    return f"{item.id}  {title} ({show_date(day, missing=planned.text or 'no date')})"


def _quotes(plan: Plan, evidence: Iterable[Evidence], *known: str) -> Iterator[str]:
    """Yield the words of the paper with their place; only the place of words that are known."""
    shown = [fold_title(plan.index.items[one].title) for one in known]
    bare: list[str] = []
    for part in evidence:
        place = str(find_place(plan, part.source))
        words = " ".join((part.source.quote or "").split())
        folded = fold_title(words)
        if any(title.startswith(folded) for title in shown):
            bare.append(place)
        else:
            yield f"“{shorten(words, _QUOTE)}” ({place})" if words else f"({place})"
    if bare:
        yield f"({'; '.join(dict.fromkeys(bare))})"
