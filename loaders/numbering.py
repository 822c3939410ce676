"""Ids of the items of a new version of a plan: what the document states, else what they were.

1. A number that the document prints is the item's id. Of several items with one number ("2.4",
   "2.4~2") those of the version before keep theirs, and new ones get the next ``~``.
2. Any other item keeps the id of its match. Where a printed number took that, it gets a new one.
3. What is carried over though the document does not hold it keeps its id.
4. An item that was dropped before and comes back (same words, same parent) gets its id back.
5. A new milestone gets the next number below its action, above every number that was ever used
   there; what is named by its title, the next free one of that name.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, TypeAlias

from loaders.ids import free_id, make_slug
from loaders.likeness import Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.matching import Match
    from loaders.retired import Retired

#: What an id names: kind, folded title, parent.
_Content: TypeAlias = "tuple[str, str, str | None]"

__all__ = ["Numbering", "find_made_ids", "number_items", "printed_id"]

#: Documents whose ids of the form "SI1.1.3.4" may be ours; tables and schedules state theirs.
_PAPERS: Final = frozenset({"", ".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf"})

_SECOND: Final = re.compile(r"~\d+$")
_FURTHER: Final = re.compile(r"(?:[-~]\d+)?")


def printed_id(name: str) -> str:
    """Return an id as a document prints it: without the mark of a second one."""
    return _SECOND.sub("", name)


def find_made_ids(plan: Plan) -> frozenset[str]:
    """Return the ids of a plan just read that its documents do not state.

    That is ``N.1``, ``N.2``, … below an item N of a paper whose words do not hold the id, and the
    words of a title in small letters. Ids of tables and schedules count as stated: a loader that
    makes some up there knows which.
    """
    papers = {
        source.id
        for source in plan.sources
        if PurePath(source.file or "").suffix.lower() in _PAPERS
    }
    return frozenset(item.id for item in plan.items if _is_made(item, plan, papers))


def _is_made(item: Item, plan: Plan, papers: Collection[str]) -> bool:
    if item.id == item.id.casefold() and _is_slug(item.id, make_slug(item.title)):
        return True
    source = item.source
    if source is None or source.quote is None or source.source not in papers:
        return False
    above, _, number = printed_id(item.id).rpartition(".")
    if not number.isdecimal() or above not in plan.index.items:
        return False
    printed = printed_id(item.id)
    if printed not in source.quote:
        return True
    return re.search(rf"(?<![\w.]){re.escape(printed)}(?!\w|\.\d)", source.quote) is None


def _is_slug(name: str, slug: str) -> bool:
    return bool(slug) and name.startswith(slug) and _FURTHER.fullmatch(name, len(slug)) is not None


class Numbering:
    """The ids of a new version by those of its first reading; ``lost`` are rule 2's, by new id."""

    def __init__(self, used: Iterable[str], retired: Sequence[Retired]) -> None:
        self.ids: dict[str, str] = {}
        self.lost: dict[str, str] = {}
        self.returned: list[str] = []
        self.carried: dict[str, str] = {}
        self.taken: set[str] = set()
        self.gone = {*used, *(one.id for one in retired)}
        self._highest: dict[str, int] = {}
        for name in self.gone:
            self._note(name)

    def _note(self, name: str) -> None:
        above, _, number = printed_id(name).rpartition(".")
        if above and number.isdecimal():
            self._highest[above] = max(self._highest.get(above, 0), int(number))

    def give(self, item: str, name: str) -> None:
        """Give an item of the new version its id."""
        self.ids[item] = name
        self.taken.add(name)
        self._note(name)

    def next_below(self, parent: str) -> str:
        """Return the next number below an item (rule 5)."""
        return f"{parent}.{self._highest.get(parent, 0) + 1}"

    def next_second(self, printed: str) -> str:
        """Return the next ``~`` of a printed number that is taken."""
        return free_id(printed, self.taken | self.gone, "~")

    def next_named(self, name: str) -> str:
        """Return a name that was never used."""
        return free_id(name, self.taken | self.gone)


def number_items(
    old: Plan,
    new: Plan,
    matches: Mapping[str, Match],
    made: Collection[str],
    carried: Sequence[Item],
    retired: Sequence[Retired],
) -> Numbering:
    """Give every item of a new version its id, by the rules above.

    Parameters
    ----------
    carried
        Items of the old version that stay though the new document does not hold them.
    retired
        Ids that were out of use before.
    """
    numbering = Numbering((item.id for item in old.items), retired)
    stated = [item for item in new.items if item.id not in made]
    _give_stated(numbering, stated, matches)
    for item in new.items:  # rule 2
        if item.id in made and item.id in matches:
            kept = matches[item.id].old
            if kept in numbering.taken:
                numbering.lost[item.id] = kept
            else:
                numbering.give(item.id, kept)
    for item in carried:  # rule 3
        name = item.id if item.id not in numbering.taken else numbering.next_second(item.id)
        numbering.carried[item.id] = name
        numbering.taken.add(name)
    back = _find_returned(new, numbering, made, retired)
    for item in new.items:  # parents stand before their parts, or are named by rule 1
        if item.id not in numbering.ids:
            _give_new(numbering, item, back)
    return numbering


def _give_stated(
    numbering: Numbering, stated: Sequence[Item], matches: Mapping[str, Match]
) -> None:
    """Give out printed numbers: first those that stay as they were (rule 1)."""
    later: list[Item] = []
    for item in stated:
        match = matches.get(item.id)
        if match is not None and printed_id(match.old) == printed_id(item.id):
            numbering.give(item.id, match.old)
        else:
            later.append(item)
    twice = Counter(printed_id(item.id) for item in stated)
    for item in later:
        printed = printed_id(item.id)
        wanted = item.id if twice[printed] == 1 else numbering.next_second(printed)
        if wanted in numbering.taken:
            wanted = numbering.next_second(printed)
        numbering.give(item.id, wanted)


def _find_returned(
    new: Plan, numbering: Numbering, made: Collection[str], retired: Sequence[Retired]
) -> dict[str, str]:
    """Return the ids out of use of items that come back, where that is certain (rule 4)."""
    titles = {one.id: one.folded for one in retired}
    waiting: dict[_Content, list[Item]] = {}
    for item in new.items:
        if item.id in made and item.id not in numbering.ids:
            above = None if item.parent is None else new.index.items[item.parent]
            parent = None if above is None else numbering.ids.get(above.id)
            is_other = above is not None and titles.get(parent or "") not in {None, _folded(above)}
            if not is_other:
                waiting.setdefault((item.kind, _folded(item), parent), []).append(item)
    named: dict[_Content, list[Retired]] = {}
    for one in retired:
        if one.now is None and one.id not in numbering.taken:
            named.setdefault((one.kind, one.folded, one.parent), []).append(one)
    return {
        items[0].id: named[content][0].id
        for content, items in waiting.items()
        if len(items) == len(named.get(content, ())) == 1
    }


def _folded(item: Item) -> str:
    return Wording(item).title


def _give_new(numbering: Numbering, item: Item, back: Mapping[str, str]) -> None:
    returned = back.get(item.id)
    if returned is not None and item.id not in numbering.lost:
        numbering.give(item.id, returned)
        numbering.returned.append(item.id)
        return
    above, _, number = printed_id(item.id).rpartition(".")
    if number.isdecimal() and (above in numbering.ids or above == item.parent):
        numbering.give(item.id, numbering.next_below(numbering.ids.get(above, above)))
    else:
        numbering.give(item.id, numbering.next_named(item.id))
