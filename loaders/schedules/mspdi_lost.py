"""What MS Project's XML has no place for, counted while a plan is written, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.links import Link
    from graphmodel.plan import Plan

__all__ = ["Lost"]

#: Parts of a plan that are not written at all.
_PARTS: Final = {
    "boards": ("board", "boards"),
    "gates": ("gate", "gates"),
    "blackouts": ("blackout", "blackouts"),
    "metrics": ("metric", "metrics"),
    "relations": ("relation between bodies", "relations between bodies"),
    "corrections": ("correction", "corrections"),
    "stated": ("stated total", "stated totals"),
    "risks": ("risk", "risks"),
}
#: What happens to single items and links, with how many it happened to in front.
_SENTENCES: Final = {
    "month-lag": "{} in calendar months: Project gets 30 elapsed days for each month.",
    "rounded-lag": "{} rounded: Project counts in tenths of a minute, or in whole per cent.",
    "second-link": "{} left out: Project has one link from one task to another.",
    "odd-length": "{} as long as a share of nothing: Project gets no length.",
    "month-length": "{} as long as calendar months: Project gets the days that these take.",
    "more-bounds": "{} with several date constraints: Project gets the strictest of each.",
    "summary-bound": "{} with constraints that Project's summary tasks cannot have.",
    "more-deadlines": "{} with several deadlines: Project gets the first of each.",
    "summary-dates": "{} with both dates and parts: Project shows the dates of the parts.",
    "no-date": "{} without any date: Project gets manual tasks without dates.",
    "gaps": "{} with gaps in the work: Project shows the work in one piece.",
    "baselines": "{} with more than 11 baselines: Project gets the first 11.",
    "history": "{} with earlier reports: these are left out.",
    "too-long": "{} with more than text fields hold: {}, left out.",
    "day-length": "{} with a day of another length than the plan's own: Project has one.",
}
_WHAT: Final = {
    "month-lag": ("lag", "lags"),
    "rounded-lag": ("lag", "lags"),
    "second-link": ("link", "links"),
    "day-length": ("calendar", "calendars"),
}


class Lost:
    """Counts what is lost."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._words: dict[str, dict[str, None]] = {}

    def add(self, what: str, *words: str) -> None:
        """Count something that is lost; ``words`` name what of it."""
        self._counts[what] = self._counts.get(what, 0) + 1
        self._words.setdefault(what, {}).update(dict.fromkeys(words))

    def sentences(self, plan: Plan) -> Iterator[str]:
        """Yield a sentence for each kind of thing that Project does not get."""
        parts = [
            count(len(getattr(plan, name)), *words)
            for name, words in _PARTS.items()
            if getattr(plan, name)
        ]
        if parts:
            yield f"MS Project has no place for these, left out: {', '.join(parts)}."
        open_links = sum(link.state != "accepted" for link in plan.links)
        if open_links:
            yield f"{count(open_links, 'link')} not accepted: left out."
        told = sum(_says_why(link) for link in plan.accepted_links)
        if told:
            yield f"{count(told, 'link')} with a reason or words of a paper: these are left out."
        for what, number in self._counts.items():
            counted = count(number, *_WHAT.get(what, ("item", "items")))
            yield _SENTENCES[what].format(counted, ", ".join(self._words[what]))


def _says_why(link: Link) -> bool:
    quoted = any(one.source.quote for one in link.evidence)
    return quoted or link.reason is not None or link.decided is not None
