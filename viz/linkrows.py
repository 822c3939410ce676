"""What the pages say of each link: what waits, who says so, whether the dates fit it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, add_months, finish_instant, start_instant
from graphmodel.words import join_words
from viz.sources import describe_source, name_sources
from viz.words import LINK_IN, LINK_OUT, ORIGIN_WORDS, show_date, show_days, show_lag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from simulations.results import Schedule
    from viz.itemrows import ItemRow

__all__ = ["LinkRow", "describe_links"]

#: What a paper writes around a title: bullets, numbers, a date in brackets.
_ENTRY: Final = 60


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link; ``driving`` sets its successor's date, ``clash_days`` says how far it is broken.

    ``sources`` holds the words that speak for it and where they stand.
    """

    link: Link
    driving: bool
    clash_days: float
    sources: tuple[tuple[str, str], ...]

    @property
    def clashes(self) -> bool:
        """Whether the later item is dated before the link allows."""
        return self.clash_days > 0

    @property
    def how(self) -> str:
        """What the later item waits for: ``must finish first, then 45 days``."""
        return f"{LINK_IN[self.link.type]}{show_lag(self.link.lag)}"

    @property
    def how_out(self) -> str:
        """The same, said at the earlier item: ``waits for this to finish, then 45 days``."""
        return f"{LINK_OUT[self.link.type]}{show_lag(self.link.lag)}"

    @property
    def standing(self) -> str:
        """Who says so, whether it is decided, and whether the dates fit it."""
        link = self.link
        if link.state == "proposed":
            said = (
                f"proposed, not decided ({link.confidence:.0%} sure): {ORIGIN_WORDS[link.origin]}"
            )
        else:
            said = f"accepted: {ORIGIN_WORDS[link.origin]}"
        if self.clashes:
            return f"{said}; the dates clash by {show_days(self.clash_days)}"
        return f"{said}; it sets the date" if self.driving else said

    @property
    def decided(self) -> str:
        """Who decided on it, when and why; empty where nobody did."""
        made = self.link.decided
        if made is None:
            return ""
        parts = [f"decided by {made.by}" if made.by else "decided"]
        if made.at is not None:
            parts.append(f"on {show_date(made.at)}")
        return " ".join(parts) + (f": {made.why}" if made.why else "")


def describe_links(
    plan: Plan, items: Iterable[ItemRow], schedule: Schedule | None, links: Sequence[Link]
) -> tuple[LinkRow, ...]:
    """Return the facts of the given links, rejected ones left out, in their order."""
    facts = {one.id: one for one in items}
    dated = schedule.items if schedule is not None else ()
    driven = {(before, one.id) for one in dated for before in one.driven_by}
    titles = name_sources(plan)
    return tuple(
        LinkRow(
            link=link,
            driving=link.state == "accepted" and (link.from_, link.to) in driven,
            clash_days=_clash(link, facts.get(link.from_), facts.get(link.to)),
            sources=_evidence(plan, link, titles),
        )
        for link in links
        if link.state != "rejected"
    )


def _evidence(plan: Plan, link: Link, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the words that speak for a link and their places.

    Words that are an item's own entry in the paper are named, not repeated.
    """
    found: list[tuple[str, str]] = []
    entries: dict[str, list[str]] = {}
    for one in link.evidence:
        place, quote = describe_source(one.source, titles), one.source.quote or ""
        for key in (link.from_, link.to):
            title = plan.index.items[key].title
            if title in quote and len(quote) <= len(title) + _ENTRY:
                entries.setdefault(place, []).append(key)
                break
        else:
            found.append((quote, place))
    named = [("", f"the entry of {join_words(keys)}, {at}") for at, keys in entries.items()]
    return (*found, *named)


def _clash(link: Link, before: ItemRow | None, after: ItemRow | None) -> float:
    """Return how many days too early the successor is dated for this link; 0 where it is not.

    A working lag is taken as calendar days, the least it can be, and a working lead is not judged,
    so no clash is invented.
    """
    if before is None or after is None or (link.lag.amount < 0 and not link.lag.is_elapsed):
        return 0.0
    left = before.finish if link.type[0] == "F" else before.start
    held = after.finish if link.type[1] == "F" else after.start
    if left is None or held is None:
        return 0.0
    bound = _add_lag(link, left)
    earliest = finish_instant(bound) if link.type[0] == "F" else start_instant(bound)
    # A zero-length item shows one day and may lie at that day's end (DESIGN 5.1).
    at_end = link.type[1] == "F" or after.start == after.finish
    actual = finish_instant(held) if at_end else start_instant(held)
    return max(0.0, (earliest - actual) / DAY)


def _add_lag(link: Link, day: date) -> date:
    if not link.lag or link.lag.unit == "%":
        return day
    if link.lag.months:
        return add_months(day, link.lag.months)
    days = float(link.lag.amount) if link.lag.unit == "wd" else link.lag.minutes / DAY
    return day + timedelta(days=int(days))
