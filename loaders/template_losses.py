"""What a template cannot hold of a plan: found by reading its sheets back.

Facts of registers that no column holds stay in the plan file, and come back when the workbook is
put into that plan; a plan that is made of the workbook alone does not have them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from graphmodel.plan import Plan
from graphmodel.words import count
from loaders.item_tables import read_item_tables
from loaders.register_sheets import merge_registers, read_registers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphmodel.entity import Entity
    from loaders.template_sheets import TemplateSheet

__all__ = ["find_losses"]

#: Facts that say where something comes from, which a workbook says of itself.
_ORIGINS: Final = frozenset({"source", "evidence"})

#: What a plan holds that nobody fills in.
_SHEETLESS: Final = {
    "calendars": ("calendar", "calendars"),
    "relations": ("relation of bodies", "relations of bodies"),
    "stated": ("total that a paper states", "totals that a paper states"),
}

#: What putting a correction into a plan notes on it.
_KEPT_BY_USE: Final = frozenset({"x_was", "x_set"})

_NAME: Final = "template.xlsx"
_LISTS: Final = {
    "items": "id",
    "links": "",
    "officers": "id",
    "boards": "id",
    "gates": "",
    "blackouts": "",
    "metrics": "id",
    "risks": "id",
    "corrections": "",
}


def find_losses(plan: Plan, sheets: Sequence[TemplateSheet]) -> tuple[str, ...]:
    """Return a sentence for each kind of fact that the sheets do not hold."""
    return (*_compare(plan, _read_back(sheets)), *_tell_sheetless(plan))


def _read_back(sheets: Sequence[TemplateSheet]) -> Plan:
    """Return the plan that the sheets of a template make by themselves."""
    book = read_registers(_NAME, [sheet.sheet for sheet in sheets])
    loaded = read_item_tables(_NAME, book.rest)
    items = Plan(id="template") if loaded is None else loaded.plan
    return merge_registers(items, book, "s2")[0]


def _compare(plan: Plan, back: Plan) -> Iterator[str]:
    for name, key in _LISTS.items():
        lost: Counter[str] = Counter()
        for old, new in _pair(getattr(plan, name), getattr(back, name), key):
            lost.update(_differences(old, new))
        for fact, number in lost.items():
            what = count(number, name.removesuffix("s"))
            if fact:
                yield f"The workbook does not show all of {fact} of {what}: {_keeps(number)}."
            else:
                yield f"The workbook does not show {what}: {_keeps(number)}."


def _tell_sheetless(plan: Plan) -> Iterator[str]:
    for name, nouns in _SHEETLESS.items():
        number = len(getattr(plan, name))
        if number:
            yield f"The workbook has no sheet for {count(number, *nouns)}: {_keeps(number)}."


def _keeps(number: int) -> str:
    return f"the plan file keeps {'it' if number == 1 else 'them'}"


def _pair(
    old: Iterable[Any], new: Sequence[Any], key: str
) -> Iterator[tuple[Entity, Entity | None]]:
    """Yield each entity with the one read back: by id where it has one, else by its place."""
    if key:
        known = {one.id: one for one in new}
        return ((one, known.get(one.id)) for one in old)
    return ((one, new[n] if n < len(new) else None) for n, one in enumerate(old))


def _differences(old: Entity, new: Entity | None) -> Iterator[str]:
    if new is None:
        yield ""
        return
    for name in type(old).model_fields:
        if name not in _ORIGINS and _bare(getattr(old, name)) != _bare(getattr(new, name)):
            yield name.rstrip("_").replace("_", " ")
    for name in old.model_extra or {}:
        if name not in _KEPT_BY_USE:
            yield name


def _bare(value: Any) -> Any:
    """Return a value without what it comes from."""
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    return value.model_copy(update={"source": None}) if hasattr(value, "source") else value
