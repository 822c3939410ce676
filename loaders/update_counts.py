"""Numbers of actions that an update report states in sentences, held against its status table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.measures import Stated
from graphmodel.stretches import fold
from loaders.progress_entries import find_sentences
from loaders.progress_lists import NUMBER, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from loaders.draft import Draft
    from loaders.status_table import StatusTable
    from loaders.update_entries import UpdateEntry

__all__ = ["check_numbers", "find_numbers"]

_FORMS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (measure, re.compile(form, re.IGNORECASE))
    for measure, form in (
        (
            "actions",
            (
                rf"\b(?:contains?|comprises?|includes?|has|consists of) (?:now )?\b{NUMBER}"
                r" (?:\w+ )?actions\b"
            ),
        ),
        ("completed", rf"\b{NUMBER} (?:of the )?actions? (?:have|has) (?:now )?been completed\b"),
        ("slippage", rf"\b{NUMBER} (?:actions? )?showing (?:\w+ )?slippage\b"),
        ("slippage", rf"\b{NUMBER} (?:areas?|actions?) (?:of|with|in) (?:\w+ )?slippage\b"),
        (
            "not started",
            (
                rf"\b{NUMBER} actions? (?:which |that )?(?:is |are |has |have )?\W?not"
                r" (?:yet )?started\b"
            ),
        ),
        ("themes", rf"\b{NUMBER} (?:key |priority |main )?themes\b"),
    )
)


def find_numbers(
    draft: Draft, entries: Iterable[UpdateEntry], as_of: date | None
) -> tuple[Stated, ...]:
    """Return the numbers that sentences state, with their line and words."""
    month = None if as_of is None else f"{as_of:%Y-%m}"
    return tuple(
        Stated(measure=measure, value=value, as_of=month, source=draft.source(entry.line, sentence))
        for entry in entries
        if entry.kind == "paragraph"
        for sentence in find_sentences(entry.text)
        for measure, value in _find(fold(sentence))
    )


def _find(sentence: str) -> Iterator[tuple[str, int]]:
    for measure, form in _FORMS:
        match = form.search(sentence)
        value = None if match is None else read_number(match["number"])
        if value is not None:
            yield measure, value


def check_numbers(
    draft: Draft,
    stated: Iterable[Stated],
    table: StatusTable | None,
    listed: dict[str, int],
) -> None:
    """Report each number that the status table, or what the paper lists, contradicts.

    ``listed`` says how many of a measure the paper lists, where it lists any.
    """
    for one in stated:
        line = one.source.line if one.source is not None else None
        counted = _in_table(one.measure, table)
        for other, where in (
            (counted, "the status table has"),
            (listed.get(one.measure), "are listed"),
        ):
            if other is None or other == one.value:
                continue
            there = f"{where} {other}" if where.startswith("the") else f"{other} {where}"
            message = f"{int(one.value)} are stated ({one.measure}), and {there}."
            draft.report("count-mismatch", "warning", message, line)


def _in_table(measure: str, table: StatusTable | None) -> int | None:
    """Return the newest count of a measure; slippage of any grade together."""
    if table is None:
        return None
    if measure == "actions":
        return table.latest("total")
    found = [table.latest(status) for status in table.counts if measure in status]
    known = [value for value in found if value is not None]
    return sum(known) if known else None
