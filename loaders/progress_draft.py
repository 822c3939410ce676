"""A progress report's plan in the making: items below themes, what is said of them, and totals.

1. The paper prints no ids. A theme gets the initials of its title (``OC``; the first three letters
   of a single word), its items are numbered below it in the paper's order (``OC.1``, ``OC.1.1``).
2. Whatever is said of an item beside its title and dates is an entry of its ``history``, as of the
   report's month, with its own line and words; what is said of no item in particular, of its theme.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from graphmodel.items import HistoryEntry, Item
from graphmodel.measures import Stated
from graphmodel.words import count
from loaders.draft import Draft
from loaders.ids import free_id
from loaders.named_items import Names
from loaders.text import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graphmodel.items import Kind
    from loaders.progress_table import Entry, ThemeRow

__all__ = ["ProgressDraft"]


class ProgressDraft(Draft):
    """A draft that numbers items below themes and dates what is said of them."""

    def __init__(self, name: str, report: date | None, abbreviations: Mapping[str, str]) -> None:
        super().__init__(name)
        self.report_day = report
        self.stated: list[Stated] = []
        self.names = Names(abbreviations)

    @property
    def complete(self) -> frozenset[str]:
        """The items that are complete: nothing still open can mean one of them."""
        return frozenset(item.id for item in self.items.values() if item.status == "complete")

    def add_theme(self, theme: ThemeRow) -> str:
        """Add a theme; return its id."""
        words = re.findall(r"\w+", theme.title)
        initials = "".join(word[0] for word in words if word[0].isupper() or word[0].isdecimal())
        if len(initials) < len("AB"):
            initials = "".join(words)[: len("ABC")].upper()
        name = free_id(initials or "T", self.items, "-")
        self.put(name, "theme", theme.title, None, theme.line, theme.title)
        for line in theme.again:
            message = f'The theme "{theme.title}" is named again: it is kept once.'
            self.report("listed-twice", "info", message, line, (name,))
        return name

    def put(
        self,
        name: str,
        kind: Kind,
        title: str,
        parent: str | None,
        line: int,
        quote: str,
        **fields: Any,
    ) -> str:
        """Add an item and return its id."""
        values = {"id": name, "kind": kind, "title": title, "parent": parent}
        source = self.source(line, quote)
        self.add(Item.model_validate({**values, "source": source, **fields}))
        return name

    def next_id(self, parent: str) -> str:
        """Return the next free number below an item (rule 1)."""
        number = 1
        while f"{parent}.{number}" in self.items:
            number += 1
        return f"{parent}.{number}"

    def theme_of(self, item: str) -> str:
        """Return the theme that an item is below."""
        return item.partition(".")[0]

    def note(self, item: str, line: int, text: str, **fields: Any) -> None:
        """Keep what is said of an item (rule 2)."""
        values = {"as_of": self.report_day, "text": text, "source": self.source(line, text)}
        entry = HistoryEntry.model_validate({**values, **fields})
        self.change(item, history=(*self.items[item].history, entry))

    def state(self, item: str | None, measure: str, value: float, line: int, quote: str) -> None:
        """Keep a total that the paper states of itself."""
        as_of = None if self.report_day is None else f"{self.report_day:%Y-%m}"
        source = self.source(line, quote)
        self.stated.append(
            Stated(item=item, measure=measure, value=value, as_of=as_of, source=source)
        )

    def report_years(self, item: str, months: tuple[str, ...], line: int) -> None:
        """Tell the months to which a year was added, or that none could be."""
        if not months:
            return
        named = " and ".join(dict.fromkeys(months))
        if self.report_day is not None:
            since = f"{self.report_day:%B %Y}"
            message = f"{item}: {named} without a year is the next such month from {since} on."
            self.report("date-without-year", "info", message, line, (item,))

    def report_joins(self, entry: Entry) -> None:
        """Tell where a page end has cut an entry in two."""
        for line, words in entry.continued:
            message = f'"{words}" goes on with the row above it, which a page end cut in two.'
            self.report("row-continued", "info", message, line)

    def report_cut(self, item: str, title: str, line: int) -> None:
        """Tell that an entry breaks off."""
        message = f'{item} "{shorten(title)}" breaks off: the rest of it is not in the paper.'
        self.report("entry-cut-off", "warning", message, line, (item,))

    def report_ids(self, themes: list[str]) -> None:
        """Tell that ids were given."""
        given = count(len(self.items), "item")
        named = ", ".join(themes)
        message = f"The paper prints no ids: {given} are numbered below the themes {named}."
        self.report("ids-given", "info", message)
