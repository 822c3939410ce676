"""Two versions of a plan side by side: what is what, and what everything is called now."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from graphmodel.links import Link
from graphmodel.people import Gate
from loaders.carried_people import name_people
from loaders.change_report import ChangeReport, titled
from loaders.decided_links import is_decided
from loaders.matching import match_items
from loaders.numbering import number_items
from loaders.renaming import Renaming
from loaders.retired import read_retired

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from graphmodel.items import Source, SourceFile
    from graphmodel.people import Board, Officer
    from graphmodel.plan import Plan
    from loaders.carried_people import Named

__all__ = ["Versions"]

T = TypeVar("T")
N = TypeVar("N", "Officer", "Board")


class Versions:
    """The version before and the one just read, matched and numbered.

    ``kept`` are old items that stay though the new document does not hold them: outside events, and
    what other documents brought in. ``gone`` are the rest of those without a match. ``was`` is
    the record of ids out of use.
    """

    def __init__(self, old: Plan, new: Plan, made: Collection[str]) -> None:
        self.old = old
        self.new = new
        self.made = made
        self.report = ChangeReport(old, new)
        self.matching = match_items(old, new, made)
        self.matches = self.matching.matches
        self._new_of = {match.old: name for name, match in self.matches.items()}
        found = [old.index.items[name] for name in self._new_of]
        self._replaced = frozenset(_document(item.source) for item in found or old.items)
        open_ = [item for item in old.items if item.id not in self._new_of]
        self.kept = [one for one in open_ if one.external or not self.is_replaced(one.source)]
        kept = {item.id for item in self.kept}
        self.gone = [item for item in open_ if item.id not in kept]
        self.retired = read_retired(old)
        self.was = {one.id: one for one in self.retired}
        self.numbering = number_items(old, new, self.matches, made, self.kept, self.retired)
        self.ids = self.numbering.ids
        self.sources, self._source_ids = _join_sources(old.sources, new.sources)
        self.officers = self._name(old.officers, new.officers)
        self.boards = self._name(old.boards, new.boards)

    def is_replaced(self, source: Source | None) -> bool:
        """Return whether the new document stands in the place of the one that a source names.

        It does where it holds a match of any item of that document.
        """
        return _document(source) in self._replaced

    def _name(self, old: tuple[N, ...], new: tuple[N, ...]) -> Named[N]:
        named = name_people(old, new, self.numbering.taken)
        by_id = {one.id: one for one in new}
        for name, others in named.unsure.items():
            one = by_id[name]
            names = ", ".join(f"{other.id} ({other.name})" for other in others)
            message = (
                f'"{one.name}" could be {names}: it is kept as {named.ids[one.id]}, and nothing '
                "is carried over to it."
            )
            self.report.tell("name-ambiguous", "warning", message, new=one.source)
        return named

    @cached_property
    def before(self) -> Renaming:
        """What the things of the old version are called now; items that are gone are not in it."""
        items = {old: self.ids[name] for old, name in self._new_of.items()}
        return Renaming(
            items | self.numbering.carried,
            {one.id: one.id for one in self.old.officers},
            {one.id: one.id for one in self.old.boards},
            {one.id: one.id for one in self.old.sources},
            (self.old.id, self.old.id),
        )

    @cached_property
    def now(self) -> Renaming:
        """What the things of the new version are called now."""
        plan = (self.new.id, self.old.id)
        return Renaming(self.ids, self.officers.ids, self.boards.ids, self._source_ids, plan)

    @cached_property
    def documents(self) -> frozenset[str]:
        """The sources that items of the old version stand in."""
        return frozenset(item.source.source for item in self.old.items if item.source is not None)

    def carried(
        self, kind: str, these: Iterable[T], rename: Callable[[T], T | None]
    ) -> Iterator[T]:
        """Yield things of the old version as they are called now; tell of those that cannot be."""
        for one in these:
            renamed = rename(one)
            if renamed is None:
                self._tell_dropped(kind, one)
            else:
                yield renamed

    def _tell_dropped(self, kind: str, one: Any) -> None:
        names = (getattr(one, field, None) for field in ("from_", "item", "to"))
        ends = tuple(end for end in names if end is not None and end in self.old.index.items)
        joined = " and ".join(titled(self.old.index.items[end]) for end in ends)
        lost = [end for end in ends if end not in self.before.items]
        is_minor = kind in {"assignment", "total"} or getattr(one, "state", "") == "proposed"
        message = (
            f"{called(kind, one)}, on {joined}, is left out: "
            f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} gone."
        )
        if isinstance(one, (Link, Gate)) and is_decided(one, self.documents):
            message += " The decision is kept in case it comes back."
        self.report.tell(f"{kind}-dropped", "info" if is_minor else "warning", message, ends)


def called(kind: str, one: Any) -> str:
    """Return what a thing is called in a sentence: its id or ends, and who decided it."""
    if kind == "link":
        words = f"The link {one.name}" if one.id is None else f'The link "{one.id}", {one.name}'
    elif kind == "gate":
        words = (
            f"The gate of {one.board}" if one.id is None else f'The gate "{one.id}" of {one.board}'
        )
    elif kind == "assignment":
        words = f"The assignment of {one.officer} ({one.role.replace('_', ' ')})"
    elif kind == "correction":
        words = f'The correction of "{one.field}" to {one.value!r}'
    elif kind == "relation":
        words = f'The relation "{one.type}" of {one.from_} and {one.to}'
    else:
        names = (getattr(one, name, None) for name in ("measure", "id", "item"))
        words = f'The {kind} "{next(filter(None, names))}"'
    decided = getattr(one, "decided", None)
    if decided is not None:
        words += f", {one.state} by {decided.by or 'somebody'}"
    return words


def _document(source: Source | None) -> str | None:
    return None if source is None else source.source


def _join_sources(
    old: Iterable[SourceFile], new: Iterable[SourceFile]
) -> tuple[tuple[SourceFile, ...], dict[str, str]]:
    """Return the sources of both versions, and ids of now by those of the new version."""
    sources = list(old)
    ids: dict[str, str] = {}
    for source in new:
        known = next((one for one in sources if _is_same_file(one, source)), None)
        if known is None:
            taken = {one.id for one in sources}
            fresh = (f"s{number}" for number in range(1, len(taken) + 2))
            given = (
                source.id if source.id not in taken else next(n for n in fresh if n not in taken)
            )
            known = source.model_copy(update={"id": given})
            sources.append(known)
        ids[source.id] = known.id
    return tuple(sources), ids


def _is_same_file(one: SourceFile, other: SourceFile) -> bool:
    """Return whether two sources are one file; its content decides, where it is known."""
    names = (one.file, one.sha256) == (other.file, other.sha256)
    return names and (one.sha256 is not None or one.title == other.title)
