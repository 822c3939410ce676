"""Causes that a report names for several items: each is one risk that hits them all.

A cause that has happened is certain (probability 1). How long it delays its items a report rarely
says, and the dates it gives already count it in; so each impact is a delay of 0 days beyond those
dates, which is told, until somebody puts in a length. An item of two themes is hit once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.items import Uncertainty
from graphmodel.measures import Impact, Risk
from graphmodel.spans import ZERO
from graphmodel.stretches import fold
from graphmodel.words import count
from loaders.ids import free_id, make_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphmodel.items import Source
    from loaders.draft import Draft

__all__ = ["CommonCauses"]

_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
#: "delay of the meeting due to the storm" is due to the storm.
_ROOT: Final = re.compile(r".*\b(?:due to|because of|caused by)\s+", re.IGNORECASE)


class CommonCauses:
    """Causes as a report words them, with the items each is named for, in order."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._hits: dict[str, dict[str, Source]] = {}

    def add(self, cause: str, item: str, source: Source) -> None:
        """Keep that an item is late for a cause; spellings that differ in hyphens are one cause."""
        words = _ARTICLE.sub("", _ROOT.sub("", fold(cause)))
        key = " ".join(re.findall(r"\w+", words.casefold()))
        if key:
            self._words.setdefault(key, words[:1].upper() + words[1:])
            self._hits.setdefault(key, {}).setdefault(item, source)

    def find_risks(self, draft: Draft) -> tuple[Risk, ...]:
        """Return a risk for each cause of two items or more, and tell what it does not say."""
        found = list(self._find(draft))
        for risk in found:
            items = tuple(impact.item for impact in risk.impacts)
            message = (
                f'The paper does not say how long "{risk.title}" delays {count(len(items), "item")}'
                ": the risk adds 0 days to the dates given until a length is put in."
            )
            line = risk.source.line if risk.source is not None else None
            draft.report("delay-not-stated", "info", message, line, items)
        return tuple(found)

    def _find(self, draft: Draft) -> Iterator[Risk]:
        taken: set[str] = set()
        for key, hits in self._hits.items():
            first = dict(_without_twins(draft, hits.items()))
            if len(first) == 1:
                continue
            name = free_id(make_slug(self._words[key]) or "cause", taken)
            taken.add(name)
            evidence = [
                {"item": item, "source": source.model_dump(mode="json", exclude_none=True)}
                for item, source in hits.items()
            ]
            fields = {
                "id": name,
                "title": self._words[key],
                "probability": 1.0,
                "impacts": tuple(Impact(item=item, delay=_NO_DELAY) for item in first),
                "source": next(iter(hits.values())),
                "x_evidence": evidence,
            }
            yield Risk.model_validate(fields)


_NO_DELAY: Final = Uncertainty(distribution="empirical", values=(ZERO,))


def _without_twins(
    draft: Draft, hits: Iterable[tuple[str, Source]]
) -> Iterator[tuple[str, Source]]:
    """Yield the items hit, those that stand in a second theme as the first."""
    for item, source in hits:
        yield (draft.items[item].model_extra or {}).get("x_same_as", item), source
