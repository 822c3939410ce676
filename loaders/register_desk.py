"""Where registers are put into a plan: what it holds, as rows change it, and what is wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from graphmodel.index import close_ids
from graphmodel.items import Source
from graphmodel.links import Decision, Evidence
from graphmodel.people import Board, Officer
from graphmodel.problems import Problem
from loaders.item_finder import ItemFinder
from loaders.office_titles import COMMON, office_key
from loaders.titles import fits_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphmodel.plan import Plan
    from graphmodel.problems import Place, Severity
    from loaders.register_rows import RegisterRow

__all__ = ["Desk", "Directory", "decision_of"]

B = TypeVar("B", Officer, Board)


class Directory(Generic[B]):
    """Officers, or boards, by id and by every spelling of their titles."""

    def __init__(self, noun: str, bodies: Iterable[B]) -> None:
        self.noun = noun
        self.by_id: dict[str, B] = {body.id: body for body in bodies}
        self._by_key: dict[tuple[str, ...], list[str]] | None = None

    def __iter__(self) -> Iterator[B]:
        return iter(self.by_id.values())

    def find(self, words: str) -> B | None:
        """Return whom an id, a title or another spelling names, if that is one and no more."""
        if words in self.by_id:
            return self.by_id[words]
        key = _key(words)
        found = self._keys().get(key, []) if key else []
        return self.by_id[found[0]] if len(found) == 1 else None

    def _keys(self) -> dict[tuple[str, ...], list[str]]:
        """Return the ids by every spelling; made again when somebody has changed."""
        if self._by_key is None:
            self._by_key = {}
            for wanted, body in self.by_id.items():
                for key in set(map(_key, _spellings(body))):
                    self._by_key.setdefault(key, []).append(wanted)
        return self._by_key

    def put(self, body: B) -> None:
        """Keep a new or changed body."""
        self.by_id[body.id] = body
        self._by_key = None

    def remove(self, wanted: str) -> None:
        """Forget a body."""
        del self.by_id[wanted]
        self._by_key = None

    def explain(self, words: str) -> str:
        """Return the clause that says why nobody of this name is found."""
        several = self._keys().get(_key(words), [])
        if len(several) > 1:
            ids = ", ".join(several)
            return f'Several {self.noun}s are called "{words[:60]}": write an id ({ids})'
        names = [name for body in self for name in (body.id, body.title) if name]
        near = close_ids(words, names)
        hint = f" (close: {', '.join(near)})" if near else ""
        return f'The plan has no {self.noun} "{words[:60]}"{hint}'

    @staticmethod
    def fits(body: B, title: str) -> bool:
        """Return whether a title is a spelling of a body's."""
        spellings = list(filter(None, _spellings(body)))
        key = _key(title)
        return not spellings or any(
            key == _key(one) or fits_title(title, body.id, one) for one in spellings
        )


def _spellings(body: Officer | Board) -> tuple[str, ...]:
    return (body.title, *body.also)


def _key(title: str) -> tuple[str, ...]:
    return office_key(title, COMMON)


class Desk:
    """One plan into which registers are put.

    ``sources`` are the ids of the files that sheets come from, by the sheet's ``id()``. Everything
    but items and links lies here in lists and look-ups that rows change; the plan itself
    stays as it was. ``tally`` counts by kind what is new and what changed.
    """

    def __init__(self, plan: Plan, sources: Mapping[int, str] | None = None) -> None:
        self.plan = plan
        self._sources = dict(sources or {})
        self.finder = ItemFinder(plan)
        self.officers: Directory[Officer] = Directory("officer", plan.officers)
        self.boards: Directory[Board] = Directory("board", plan.boards)
        self.assignments = list(plan.assignments)
        self.gates = list(plan.gates)
        self.blackouts = list(plan.blackouts)
        self.metrics = {metric.id: metric for metric in plan.metrics}
        self.risks = {risk.id: risk for risk in plan.risks}
        self.corrections = list(plan.corrections)
        self.relations = list(plan.relations)
        self.links = plan.links
        self.items = plan.items
        self.problems: list[Problem] = []
        self.tally: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, object], RegisterRow] = {}

    def changes(self) -> dict[str, tuple[Any, ...]]:
        """Return the lists of the plan that rows have changed, as they are now."""
        now: dict[str, tuple[Any, ...]] = {
            "officers": tuple(self.officers),
            "boards": tuple(self.boards),
            "assignments": tuple(self.assignments),
            "gates": tuple(self.gates),
            "blackouts": tuple(self.blackouts),
            "metrics": tuple(self.metrics.values()),
            "risks": tuple(self.risks.values()),
            "corrections": tuple(self.corrections),
            "relations": tuple(self.relations),
            "links": self.links,
            "items": self.items,
        }
        return {name: held for name, held in now.items() if held != getattr(self.plan, name)}

    def tell(self, place: Place, code: str, severity: Severity, message: str, *items: str) -> None:
        """Keep a problem; ``message`` has no full stop."""
        self.problems.append(Problem(code, severity, f"{message}.", items, place))

    def refuse(self, row: RegisterRow, name: str, code: str, message: str, *items: str) -> None:
        """Say why a row is not used, at its field ``name``."""
        self.tell(row.place(name), code, "error", f"{message}; the row is not used", *items)

    def item(self, row: RegisterRow, name: str = "item", title: str = "item_title") -> str | None:
        """Return the item that a row names; None, and a problem, where there is none."""
        wanted: str = row.values[name]
        fault = self.finder.find_fault(wanted, row.get(title))
        if fault is None:
            return wanted
        self.refuse(row, name, fault.code, fault.message, *fault.items)
        return None

    def officer(self, row: RegisterRow, name: str = "officer") -> Officer | None:
        """Return the officer that a row names; None, and a problem, where there is none."""
        return self._body(self.officers, row, name)

    def board(self, row: RegisterRow, name: str = "board") -> Board | None:
        """Return the board that a row names; None, and a problem, where there is none."""
        return self._body(self.boards, row, name)

    def _body(self, directory: Directory[B], row: RegisterRow, name: str) -> B | None:
        words: str = row.values[name]
        found = directory.find(words)
        if found is None:
            code = f"unknown-{directory.noun}"
            self.refuse(row, name, code, directory.explain(words))
        return found

    def is_repeated(self, kind: str, key: object, row: RegisterRow) -> bool:
        """Return whether a row says again what a row before it did, and tell it."""
        first = self._first.setdefault((kind, key), row)
        if first is row:
            return False
        same = first.texts == row.texts
        how = "is listed already" if same else "is listed already, and otherwise"
        message = f"This {kind} {how} ({first.place()}); the row is not used"
        self.tell(row.place(), f"duplicate-{kind}", "warning" if same else "error", message)
        return True

    def count(self, kind: str, *, new: bool) -> None:
        """Count what a row has added or changed."""
        self.tally[kind, "new" if new else "changed"] += 1

    def source_id(self, row: RegisterRow) -> str:
        """Return the id of the file that a row stands in."""
        return self._sources[id(row.sheet)]

    def source_of(self, row: RegisterRow) -> Source:
        """Return the place of a row as a source of facts."""
        place = row.place()
        return Source(source=self.source_id(row), line=place.line, cell=place.cell)

    def evidence_of(self, row: RegisterRow) -> Evidence:
        """Return the place of a row as evidence of what it says."""
        return Evidence(source=self.source_of(row))


def decision_of(row: RegisterRow) -> Decision | None:
    """Return who decided, when and why, as the fields ``by``, ``at`` and ``why`` of a row say."""
    said = {name: row.values[name] for name in ("by", "at", "why") if name in row.values}
    return Decision(**said) if said else None
