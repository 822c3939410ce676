"""What a file does not say of a plan: the plan that is read back from it held against the plan.

Every entity and every field is compared, so that a sentence is true of this very file: what it has
no place for, and what its reader makes something else of.

1. Officers are matched by their titles (their ids are made from them), links by ends and type,
   everything else by its id or by what it joins.
2. Where a fact, or a part of it, stands is compared only where the plan says it: what is read
   back names the file.
3. A planned day is a day whether or not its precision is told, words that a file finds for dates
   without any are no loss, and an item without a mode of scheduling has the one that follows
   (`Item.mode`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from graphmodel.entity import Entity
from graphmodel.items import Item, Planned, Source
from graphmodel.plan import Plan
from graphmodel.words import count, join_words

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence


__all__ = ["tell_losses"]

#: Ids that a sentence lists.
_LISTED: Final = 3


@dataclass(frozen=True, slots=True)
class _Group:
    """A list of a plan: its key, what one and several are called, and what makes one the same.

    ``key`` is given the entity and the names of the officers of its plan by id.
    """

    name: str
    one: str
    many: str
    key: Callable[[Any, Mapping[str, str]], Hashable]


_GROUPS: Final = (
    _Group("items", "item", "items", lambda one, _: one.id),
    _Group("links", "link", "links", lambda one, _: (one.from_, one.to, one.type)),
    _Group("officers", "officer", "officers", lambda one, _: one.name),
    _Group("assignments", "assignment", "assignments",
           lambda one, names: (names[one.officer], one.item, one.role)),
    _Group("boards", "board", "boards", lambda one, _: one.id),
    _Group("gates", "gate", "gates", lambda one, _: (one.item, one.board, one.order)),
    _Group("blackouts", "blackout", "blackouts",
           lambda one, _: (one.start, one.finish, one.reason)),
    _Group("metrics", "metric", "metrics", lambda one, _: one.id),
    _Group("risks", "risk", "risks", lambda one, _: one.id),
    _Group("calendars", "calendar", "calendars", lambda one, _: one.id),
    _Group("relations", "relation between bodies", "relations between bodies",
           lambda one, _: (one.from_, one.to, one.type)),
    _Group("corrections", "correction", "corrections", lambda one, _: (one.item, one.field)),
    _Group("stated", "total that a paper states", "totals that a paper states",
           lambda one, _: (one.item, one.measure, one.as_of)),
    _Group("projects", "plan of the portfolio", "plans of the portfolio", lambda one, _: one.item),
    _Group("sources", "document that facts come from", "documents that facts come from",
           lambda one, _: (one.file, one.title, one.sha256)),
)  # fmt: skip

#: Fields that have another name for people than their own.
_NOUNS: Final = {
    "source": "the place in the documents",
    "history": "the history",
    "also": "other spellings",
    "decided": "the decision",
    "mode": "the mode of scheduling",
    "planned.text": "the wording of the planned dates",
    "planned.precision": "the precision of the planned dates",
    "planned.start": "the planned start",
    "planned.finish": "the planned finish",
    "id": "the id",
    "rag": "the RAG",
    "percent": "the percentage",
    "type": "the type",
    "as_of": "the date",
}

#: Fields that name where something stands.
_PLACES: Final = frozenset({"source", "evidence"})

#: What a file beside the plan file need not say.
_NOT_BESIDE: Final = frozenset({*_PLACES, "sources", "x_was", "x_set"})

#: Fields of entities that are compared by the entity's key.
_KEYS: Final = {
    "officers": frozenset({"title"}),
    "assignments": frozenset({"officer"}),
    "sources": frozenset({"id"}),
}

#: Fields of the plan itself, not lists of entities.
_PLAN_FIELDS: Final = tuple(
    name for name in Plan.model_fields if name not in {group.name for group in _GROUPS}
)


def tell_losses(plan: Plan, found: Plan, where: str, *, beside: bool = False) -> tuple[str, ...]:
    """Return a sentence for each kind of thing that a file of a plan does not say, or says wrongly.

    Parameters
    ----------
    plan
        The plan that was written.
    found
        The plan that the file is read as.
    where
        What the file is: "a CSV file".
    beside
        Whether the file goes beside the plan file, like a register: nobody looks there for what the
        plan says of itself, for places in documents, or for what corrections replaced.
    """
    losses = _Losses(_NOT_BESIDE if beside else frozenset())
    if not beside:
        losses.compare_plans(plan, found)
    for group in _GROUPS:
        if group.name not in losses.skipped:
            losses.compare_group(group, plan, found)
    return tuple(losses.tell(where))


@dataclass(slots=True)
class _Losses:
    """Ids of what differs, by the words that say how; ``skipped``: what does not count."""

    skipped: frozenset[str]
    plan: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    lost: dict[tuple[str, _Group], list[str]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[tuple[str, _Group], list[str]] = field(default_factory=lambda: defaultdict(list))
    added: list[str] = field(default_factory=list)

    def compare_plans(self, plan: Plan, found: Plan) -> None:
        self.plan += [
            _noun(name)
            for name in _PLAN_FIELDS
            if getattr(plan, name) != getattr(found, name)
            and getattr(plan, name) != type(plan).model_fields[name].default
        ]
        if (plan.model_extra or {}) != (found.model_extra or {}):
            self.plan.append("facts of its own")

    def compare_group(self, group: _Group, plan: Plan, found: Plan) -> None:
        names = _officer_names(plan), _officer_names(found)
        left: dict[Hashable, list[Any]] = defaultdict(list)
        for one in getattr(found, group.name):
            left[group.key(one, names[1])].append(one)
        missing: list[Any] = []
        for one in getattr(plan, group.name):
            others = left.get(group.key(one, names[0]))
            if others:
                self._compare(group, one, others.pop(0))
            else:
                missing.append(one)
        self._tell_missing(group, missing)
        more = sum(map(len, left.values()))
        if more and group.name != "sources":  # the file itself is one
            self.added.append(count(more, group.one, group.many))

    def _tell_missing(self, group: _Group, missing: Sequence[Any]) -> None:
        states: dict[str, int] = defaultdict(int)
        for one in missing:
            states[getattr(one, "state", "")] += 1
        for state, number in states.items():
            words = f"{state} " if state else ""
            self.missing.append(count(number, f"{words}{group.one}", f"{words}{group.many}"))

    def _compare(self, group: _Group, one: Entity, other: Entity) -> None:
        if one.__dict__ == other.__dict__ and one.model_extra == other.model_extra:
            return
        skipped = _KEYS.get(group.name, frozenset()) | self.skipped
        for name, _, after, default in _differences(one, other):
            if name in skipped:
                continue
            is_lost = after == default or name in _PLACES
            (self.lost if is_lost else self.changed)[name, group].append(_call(one))

    def tell(self, where: str) -> Iterator[str]:
        for what in self.missing:
            yield f"Not in {where}: {what}."
        for group in _GROUPS:
            parts = [
                f"{_noun(name)} of {len(ids):,}"
                for (name, one), ids in self.lost.items()
                if one is group
            ]
            if parts:
                yield f"Not in {where}, of {group.many}: {join_words(parts)}."
        if self.plan:
            yield f"Not in {where}, of the plan itself: {join_words(self.plan)}."
        for (name, group), ids in self.changed.items():
            what = count(len(ids), group.one, group.many)
            yield f"Read otherwise from {where}: {_noun(name)} of {what} ({_list(ids)})."
        for what in self.added:
            yield f"Read from {where}, though the plan has no such thing: {what}."


def _officer_names(plan: Plan) -> dict[str, str]:
    return {officer.id: officer.name for officer in plan.officers}


def _differences(one: Entity, other: Entity) -> Iterator[tuple[str, Any, Any, Any]]:
    """Yield the fields that differ: name, values before and after, default."""
    mine, theirs = one.__dict__, other.__dict__
    is_placed = False
    for name, default in _defaults(type(one)).items():
        before, after = mine[name], theirs[name]
        if before is after or before == after or (name in _PLACES and before == default):
            continue
        if name == "source" or (name not in _PLACES and _bare(before) == _bare(after)):
            is_placed = is_placed or _has_place(before)
        elif isinstance(before, Planned):
            yield from _planned_differences(before, after)
        elif name != "scheduling":
            yield name, before, after, default
        elif isinstance(one, Item) and isinstance(other, Item) and one.mode != other.mode:
            yield "mode", one.mode, other.mode, None
    if is_placed:
        yield "source", True, None, None
    extra, found = one.model_extra or {}, other.model_extra or {}
    for name in extra.keys() | found.keys():
        if extra.get(name) != found.get(name):
            yield name, extra.get(name), found.get(name), None


def _bare(value: Any) -> Any:
    """Return a value without the places that its parts stand in."""
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    if not isinstance(value, Entity):
        return value
    inner = {name: None if name == "source" else _bare(part) for name, part in value}
    return type(value), inner


def _has_place(value: Any) -> bool:
    """Return whether a value, or a part of it, says where it stands."""
    if isinstance(value, Source):
        return True
    parts = value if isinstance(value, tuple) else ()
    if isinstance(value, Entity):
        parts = tuple(part for _, part in value)
    return any(map(_has_place, parts))


@cache
def _defaults(model: type[Entity]) -> dict[str, Any]:
    return {name: info.default for name, info in model.model_fields.items()}


def _planned_differences(before: Planned, after: Planned) -> Iterator[tuple[str, Any, Any, Any]]:
    for name, default in _defaults(Planned).items():
        old, new = getattr(before, name), getattr(after, name)
        is_same = (name, old) == ("text", None) or (name, old, new) == ("precision", "none", "day")
        if old != new and not is_same:
            yield f"planned.{name}", old, new, default


def _call(one: Entity) -> str:
    """Return what a sentence calls an entity."""
    for name in ("id", "name"):
        called = getattr(one, name, None)
        if called:
            return str(called)
    return str(getattr(one, "item", "") or getattr(one, "from_", ""))


def _noun(name: str) -> str:
    plain = name if name.startswith("x_") else name.replace("_", " ").strip()
    return _NOUNS.get(name, f"the {plain}")


def _list(ids: Sequence[str]) -> str:
    once = list(dict.fromkeys(ids))
    shown, more = once[:_LISTED], len(once) - _LISTED
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")
