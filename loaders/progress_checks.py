"""A progress report's own arithmetic: numbers that it states and does not keep to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.progress_draft import ProgressDraft
    from loaders.progress_lists import Count

__all__ = ["report_counts"]

_COLOURS: Final = ("red", "amber", "green")


def report_counts(draft: ProgressDraft, theme: str, counts: Sequence[Count]) -> None:
    """Report each number of a theme that its lists, its sum or its repetition contradicts.

    1. The actions are as many as the red, amber and green ones together, where all are stated.
    2. A number that is repeated ("of the 7 actions with an amber risk rating") is the same.
    3. A list has as many entries as its number says; a list that is announced is there.
    """
    first: dict[str, Count] = {}
    for count in counts:
        first.setdefault(count.measure, count)
    _check_sum(draft, theme, first)
    for count in counts:
        if count.restates:
            _check_again(draft, theme, count, first.get(count.colour or ""))
        elif count.promises and count.value and not count.listed:
            message = f"{theme}: {count.value} {count.measure} are announced, and none is listed."
            draft.report("list-missing", "warning", message, count.entry.line, (theme,))
        elif count.listed and len(count.listed) != count.value:
            listed = f"{len(count.listed)} {'is' if len(count.listed) == 1 else 'are'} listed"
            _mismatch(draft, theme, count, f"{count.value} {count.measure} are stated, {listed}")


def _check_sum(draft: ProgressDraft, theme: str, first: dict[str, Count]) -> None:
    total, parts = first.get("actions"), [first.get(colour) for colour in _COLOURS]
    known = [part for part in parts if part is not None]
    if total is None or len(known) != len(parts):
        return
    added = sum(part.value for part in known)
    if added != total.value:
        words = f"{total.value} actions are stated, {_list(known)} are {added}"
        _mismatch(draft, theme, total, words)


def _check_again(draft: ProgressDraft, theme: str, count: Count, known: Count | None) -> None:
    if known is not None and known.value != count.value:
        words = f"{known.value} {known.measure} actions are stated, and then {count.value}"
        _mismatch(draft, theme, count, words)


def _mismatch(draft: ProgressDraft, theme: str, count: Count, words: str) -> None:
    draft.report("count-mismatch", "warning", f"{theme}: {words}.", count.entry.line, (theme,))


def _list(counts: Iterable[Count]) -> str:
    return ", ".join(f"{one.value} {one.measure}" for one in counts)
