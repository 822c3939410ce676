"""Registers of officers: their titles, other spellings, and who comes after them.

A spelling that is the title of another officer says that the two are one: what the other was
assigned to goes to the officer of the row, and its id is given up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.breakdown import find_parent_circle
from graphmodel.people import Officer
from loaders.body_rows import add_spellings, find_body, free_body_id
from loaders.columns import Column
from loaders.register_cells import choose, read_id, read_ids, read_words
from loaders.register_rows import RegisterKind, find_news, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["OFFICERS"]

_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "office": ("office", "officer", "post", "role"),
    "member": ("member", "councillor", "portfolio", "portfolio holder"),
    "group": ("group", "team", "all"),
    "external": ("external", "partner", "outside body"),
}

_COLUMNS: Final = (
    Column(
        "id",
        ("id", "officer id", "office id"),
        read_id,
        about="A short id that stays the same. Leave it blank for a new officer.",
    ),
    Column(
        "title",
        ("title", "officer", "office", "post", "post title", "job title", "role", "name", "owner"),
        read_words,
        about="The office, not the person: Head of Housing.",
    ),
    Column(
        "also",
        (
            *("also", "also known as", "spellings", "other spellings", "aliases", "alias"),
            *("other names", "variants", "known as"),
        ),
        read_ids,
        about="Other spellings in the papers, parted by semicolons. The title of another officer "
        "here says that the two are one.",
    ),
    Column(
        "kind",
        ("kind", "type", "officer kind"),
        choose(_KINDS, "kind of officer"),
        about="An office, a member of the council, a group, or an external body.",
        choices=tuple(_KINDS),
    ),
    Column(
        "directorate",
        ("directorate", "department", "service", "division"),
        read_words,
        about="Where the office belongs.",
    ),
    Column(
        "successor",
        ("successor", "succeeded by", "replaced by", "becomes", "new post", "successor id"),
        read_words,
        about="The id or title of the officer who takes over.",
    ),
)


def _merge(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    named: list[tuple[RegisterRow, str]] = []
    for row in rows:
        usable, known = find_body(desk, desk.officers, row)
        if not usable:
            continue
        wanted = free_body_id(desk, desk.officers, row) if known is None else known.id
        if desk.is_repeated("officer", wanted, row):
            continue
        named.append((row, wanted))
        _put(desk, row, known, wanted)
    described = {wanted for _, wanted in named}
    for row, wanted in named:
        _join_spellings(desk, row, wanted, described)
    for row, wanted in named:
        if "successor" in row.values:
            _set_successor(desk, row, wanted)


def _put(desk: Desk, row: RegisterRow, known: Officer | None, wanted: str) -> None:
    news = find_news(row, {} if known is None else _show(known))
    news.pop("id", None)
    news.pop("successor", None)  # which may be an officer of a row below
    if known is None:
        desk.officers.put(
            Officer.model_validate({**news, "id": wanted, "source": desk.source_of(row)})
        )
        desk.count("officer", new=True)
        return
    add_spellings(known, row, news)
    if news:
        desk.officers.put(known.model_copy(update=news))
        desk.count("officer", new=False)


def _join_spellings(desk: Desk, row: RegisterRow, wanted: str, described: set[str]) -> None:
    for words in row.get("also") or ():
        other = next(
            (one for one in desk.officers if one.title == words and one.id != wanted), None
        )
        if other is None:
            continue
        if other.id in described:
            message = (
                f'"{words}" is to be a spelling of {wanted}, but has a row of its own; both are '
                "kept"
            )
            desk.tell(row.place("also"), "officers-contradict", "error", message)
            continue
        keeper = desk.officers.by_id[wanted]
        news = {"also": tuple(dict.fromkeys((*keeper.also, other.title, *other.also)))}
        desk.officers.put(keeper.model_copy(update=news))
        _replace(desk, other.id, wanted)
        message = f'"{words}" ({other.id}) is one officer with {wanted}, by whose id both go now'
        desk.tell(row.place("also"), "officers-merged", "info", message)


def _replace(desk: Desk, old: str, new: str) -> None:
    """Let everything that names one officer name another, and forget the first."""
    desk.officers.remove(old)
    for officer in list(desk.officers):
        if officer.successor == old:
            after = None if officer.id == new else new
            desk.officers.put(officer.model_copy(update={"successor": after}))
    moved = [_renamed(one, {"officer"}, old, new) for one in desk.assignments]
    seen = {(one.officer, one.item, one.role): one for one in reversed(moved)}
    desk.assignments = [one for one in moved if seen[one.officer, one.item, one.role] is one]
    desk.relations = [_renamed(one, {"from_", "to"}, old, new) for one in desk.relations]
    for risk in desk.risks.values():
        effects = tuple(
            _renamed(one, {"officer", *({"to"} if one.op == "reassign" else ())}, old, new)
            for one in risk.effects
        )
        desk.risks[risk.id] = risk.model_copy(update={"effects": effects})


def _renamed(entity: Any, fields: set[str], old: str, new: str) -> Any:
    news = {name: new for name in fields if getattr(entity, name, None) == old}
    return entity.model_copy(update=news) if news else entity


def _set_successor(desk: Desk, row: RegisterRow, wanted: str) -> None:
    officer = desk.officers.by_id[wanted]
    words: str = row.values["successor"]
    if words == officer.successor:
        return
    successor = desk.officers.find(words)
    place = row.place("successor")
    if successor is None:
        message = f"{desk.officers.explain(words)}; {wanted} has no successor from this row"
        desk.tell(place, "unknown-officer", "error", message)
        return
    after = {one.id: one.successor for one in desk.officers} | {wanted: successor.id}
    circle = find_parent_circle(after)
    if wanted in circle:
        names = ", ".join(circle)
        message = (
            f"Officers would come after each other in a circle: {names}; this step is not used"
        )
        desk.tell(place, "successor-circle", "error", message)
        return
    desk.officers.put(officer.model_copy(update={"successor": successor.id}))
    desk.count("officer", new=False)


def _show(officer: Officer) -> dict[str, str]:
    return {
        "id": officer.id,
        "title": officer.title,
        "also": join(officer.also),
        "kind": officer.kind,
        "directorate": officer.directorate or "",
        "successor": officer.successor or "",
    }


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    return map(_show, plan.officers)


OFFICERS: Final = RegisterKind(
    "Officers",
    "officer",
    "Offices, with every way the papers spell them, and who comes after them.",
    _COLUMNS,
    _merge,
    _show_all,
    names=("offices", "owners", "people", "spellings"),
    tells=frozenset({"also", "successor", "kind"}),
)
