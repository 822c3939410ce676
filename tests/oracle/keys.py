"""How the entities of a plan file are drawn: required keys, optional ones, nulls, own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from graphmodel.entity import Entity

__all__ = [
    "JSON",
    "NUMBERS",
    "TEXT",
    "Drawn",
    "Json",
    "Keys",
    "each",
    "entity",
    "keys",
    "named",
    "one_of",
    "some",
    "without_nulls",
]

Json = dict[str, Any]
Drawn = st.SearchStrategy[Any]
Keys = dict[str, Drawn]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.booleans() | st.integers() | NUMBERS | TEXT,
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(TEXT, inside, max_size=2),
    max_leaves=4,
)


def without_nulls(value: Any) -> Any:
    """Return a document without the keys that are null."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


def one_of(*words: str) -> Drawn:
    return st.sampled_from(words)


def some(strategy: Drawn) -> Drawn:
    return st.lists(strategy, max_size=2)


def named(strategy: Drawn) -> Drawn:
    """Return a strategy for lists of things that may have an id: ids differ."""
    return st.lists(strategy, max_size=2, unique_by=lambda one: one.get("id") or id(one))


def each(names: tuple[str, ...], strategy: Drawn) -> Keys:
    return dict.fromkeys(names, strategy)


def entity(model: type[Entity], required: Keys, optional: Keys | None = None) -> Drawn:
    """Return a strategy for one entity; no key of its model may be forgotten here."""
    fields = {one.alias or name for name, one in model.model_fields.items()}
    drawn = required.keys() | (optional or {}).keys()
    assert fields == drawn, f"{model.__name__}: {sorted(fields ^ drawn)}"
    return keys(required, optional or {})


@st.composite
def keys(draw: st.DrawFn, required: Keys, optional: Keys) -> Json:
    """Draw some of the optional keys, some of those null, now and then a key of somebody's own."""
    chosen = draw(st.sets(st.sampled_from(sorted(optional)), max_size=6)) if optional else set()
    found = {key: draw(value) for key, value in required.items()}
    found |= {key: draw(st.none() | optional[key]) for key in sorted(chosen)}
    if draw(st.integers(0, 9)) == 9:
        found["x_" + draw(TEXT)] = draw(JSON)
    return found
