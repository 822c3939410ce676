"""What a review shows: one proposal, the words that speak for it, and what a key would do.

Thin on purpose: everything that decides anything is in `knockon.cli.links.reviewing`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from rich.console import Console, Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.places import find_place
from graphmodel.words import count, join_words
from knockon.cli.console import make_safe
from knockon.cli.links.reviewing import KEYS
from loaders.review.proposals import confidence_of, is_clash, rule_of
from loaders.titles import fold_title
from viz.words import LINK_IN, show_date, show_lag
from viz.words import shorten as cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from graphmodel.links import Evidence
    from graphmodel.people import Gate
    from graphmodel.plan import Plan
    from knockon.cli.links.reviewing import Review, Tally

__all__ = ["draw", "is_start", "sum_up", "tell_dates"]

#: Characters of a title, and of the words of a paper, that are shown.
_TITLE: Final = 160
_QUOTE: Final = 320

#: Quotes of one side that are shown.
_QUOTES: Final = 3

#: Columns that the name of a side takes.
_INDENT: Final = 6

_LOW: Final = "dim"
_VERDICTS: Final = {"accept": "accepted", "reject": "rejected", "reverse": "reversed"}


def draw(console: Console, review: Review) -> None:
    """Clear the screen and show where the review is."""
    console.clear()
    console.print(_progress(review), no_wrap=True, overflow="ellipsis")
    console.print(Rule(style=_LOW))
    console.print(Group(*_help() if review.shows_help else _body(review)))
    console.print()
    if review.message:
        console.print(_text(review.message, "bold yellow"))
    console.print(_bar(review))


def sum_up(tally: Tally) -> str:
    """Return ``12 decided (9 accepted, 2 rejected, 1 reversed)``."""
    parts = [
        f"{number:,} {_VERDICTS[verdict]}"
        for verdict, number in sorted(tally.by_verdict.items())
        if number
    ]
    return f"{tally.decided:,} decided" + (f" ({', '.join(parts)})" if parts else "")


def _progress(review: Review) -> Text:
    place = min(review.at + 1, len(review.queue))
    told = Text().append(f"{place:,} of {len(review.queue):,}", "bold")
    told.append(f"   {sum_up(review.tally)}", _LOW)
    if review.tally.skipped:
        told.append(f", {len(review.tally.skipped):,} skipped", _LOW)
    return told


def _body(review: Review) -> Iterator[RenderableType]:
    shown = review.shown
    plan = review.docket.base
    if shown is None:
        yield from _end(review)
    elif isinstance(shown, Link):
        yield from _link(plan, shown, review)
    elif isinstance(shown, Item):
        yield from _event(plan, shown)
    else:
        yield from _gate(plan, shown)
    if shown is not None and (review.is_writing or review.note):
        cursor = "▏" if review.is_writing else ""
        yield _text(f"\nYour note: {review.note}{cursor}", "bold")


def _end(review: Review) -> Iterator[RenderableType]:
    skipped = len(review.tally.skipped)
    if not skipped:
        yield _text("Everything is decided.", "bold")
        return
    word = "is" if skipped == 1 else "are"
    yield _text(f"That was the last one. {count(skipped, 'proposal')} {word} skipped.", "bold")


def _link(plan: Plan, link: Link, review: Review) -> Iterator[RenderableType]:
    kind = review.kind or link.type
    yield from _side(plan, "First", link.from_, link.evidence, "from")
    changed = "" if kind == link.type else f" (proposed: {link.type})"
    yield _text(f"\n  ↓ {kind}: the first {LINK_IN[kind]}{show_lag(link.lag)}{changed}\n", "bold")
    yield from _side(plan, "Then", link.to, link.evidence, "to")
    yield from _quotes(plan, link.evidence, "both")
    yield from _why(plan, link)


def _gate(plan: Plan, gate: Gate) -> Iterator[RenderableType]:
    board = next(one for one in plan.boards if one.id == gate.board)
    place = f", number {gate.order} of its approvals" if gate.order > 1 else ""
    yield _text(f"Gate: {board.name} is to {gate.decision} this{place}\n", "bold")
    yield from _side(plan, "Item", gate.item, gate.evidence, "from")
    yield from _quotes(plan, gate.evidence, "to")
    yield from _quotes(plan, gate.evidence, "both")
    yield from _why(plan, gate)


def _event(plan: Plan, item: Item) -> Iterator[RenderableType]:
    joined = [link for link in plan.links if item.id in {link.from_, link.to}]
    yield _text("Outside event: an item of its own that others wait for\n", "bold")
    yield from _side(plan, "Event", item.id, (), "both")
    if item.source is not None and item.source.quote:
        yield _quote(item.source.quote, "")
    if len(joined) == 1:
        told = "1 proposal hangs on it; rejecting the event rejects it too."
    else:
        told = (
            f"{count(len(joined), 'proposal')} hang on it, each decided by itself; rejecting the "
            "event rejects them all."
        )
    yield _text(f"\n{told}")
    yield from _why(plan, item)


def _side(
    plan: Plan, name: str, one: str, evidence: Iterable[Evidence], side: str
) -> Iterator[RenderableType]:
    """Yield an item's id and title, its dates, owners and place, and what the paper says of it.

    Words that are those of the title are not told twice: the title has their colour then.
    """
    item = plan.index.items[one]
    title = " ".join(item.title.split())
    words = [part.source.quote or "" for part in evidence if part.side == side]
    is_quoted = any(map(partial(is_start, title), words))
    head = Text().append(f"{item.id}  ", "bold cyan")
    head.append(make_safe(cut(title, _TITLE)), "bold green" if is_quoted else "bold")
    yield _beside(name, head)
    owners = join_words([owner.name for owner in plan.index.officers_of(one)])
    nobody = "outside the council" if item.external else "no owner"
    place = str(find_place(plan, item.source) or "")
    facts = [tell_dates(item), owners or nobody, place]
    yield _beside("", _text(" · ".join(filter(None, facts)), _LOW))
    told = [part for part in evidence if not is_start(title, part.source.quote or "")]
    yield from _quotes(plan, told, side, own=place)


def is_start(title: str, quote: str) -> bool:
    """Return whether words of a paper are those that a title begins with."""
    folded = fold_title(quote)
    return bool(folded) and fold_title(title).startswith(folded)


def _beside(name: str, words: Text) -> RenderableType:
    """Return words that wrap beside a short name."""
    grid = Table.grid()
    grid.add_column(width=_INDENT)
    grid.add_column()
    grid.add_row(Text(name, _LOW), words)
    return grid


def tell_dates(item: Item) -> str:
    """Return the planned dates of an item in words."""
    planned = item.planned
    if planned.start is None and planned.finish is None:
        return planned.text or (f"due {show_date(item.due)}" if item.due else "no date")
    days = dict.fromkeys(filter(None, (planned.start, planned.finish)))
    return " to ".join(map(show_date, days))


def _quotes(
    plan: Plan, evidence: Iterable[Evidence], side: str, own: str = ""
) -> Iterator[RenderableType]:
    """Yield the words of one side, with their place where it is not the item's own."""
    here = [part.source for part in evidence if part.side == side]
    for source in here[:_QUOTES]:
        place = str(find_place(plan, source))
        yield _quote(source.quote, "" if place == own and source.quote else place)
    if len(here) > _QUOTES:
        more = count(len(here) - _QUOTES, "more quote")
        yield _beside("", _text(f"and {more}", _LOW))


def _quote(words: str | None, place: str) -> RenderableType:
    told = Text()
    if words:
        told.append(f"“{make_safe(cut(' '.join(words.split()), _QUOTE))}”", "green")
    if place:
        told.append(f" ({make_safe(place)})", _LOW)
    return _beside("", told)


def _why(plan: Plan, one: Link | Gate | Item) -> Iterator[RenderableType]:
    yield Text()
    reason = None if isinstance(one, Item) else one.reason
    if reason:
        yield _text(reason)
    told = Text(f"Confidence {confidence_of(plan, one):.2f}".rstrip("0").rstrip("."))
    told.append(f", rule: {make_safe(rule_of(one) or 'none')}", _LOW)
    yield told
    if is_clash(one):
        yield _text("CLASH: the dates, or other links, say otherwise.", "bold red")


def _help() -> Iterator[RenderableType]:
    words = {
        "a": "accept: simulations follow it from now on",
        "r": "reject: it is kept as rejected, and not proposed again",
        "v": "reverse: the second comes first; it is accepted so",
        "t": "another type: FS, SS, FF, SF; then accept",
        "w": "write why, then decide; Enter ends the note, Esc drops it",
        "s": "skip (or Space): it comes again next time",
        "u": "undo the last step; at the start: your last decision of before",
        "?": "this page",
        "q": "quit; everything that is decided is saved already",
    }
    for key, line in words.items():
        told = Text().append(f"  {key}  ", "bold cyan")
        told.append(line)
        yield told
    yield _text("\nAny key goes back.", _LOW)


def _bar(review: Review) -> Text:
    """Return the keys in one or two lines."""
    if review.is_writing:
        return _text("Enter keeps the note, Esc drops it", _LOW)
    wanted = KEYS
    if review.current is None:
        again = {"s": "the skipped ones again"} if review.tally.skipped else {}
        wanted = {**again, "u": KEYS["u"], "q": KEYS["q"]}
    told = Text()
    for key, words in wanted.items():
        told.append(key, "bold cyan")
        told.append(f" {words}   ", _LOW)
    return told


def _text(words: str, style: str = "") -> Text:
    return Text(make_safe(words), style)
