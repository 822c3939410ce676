"""What a risk changes beside delays, in one cell: an operation of a scenario with its parts.

``cancel meeting board=tcob date=2026-10-20``, ``add link from=A to=B lag=2w``; operations and parts
are those of `graphmodel.scenario`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import TypeAdapter, ValidationError

from graphmodel.scenario import Change
from loaders.columns import fold
from loaders.item_cells import parse_flag
from loaders.pairs import read_pairs, show_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["OPERATIONS", "name_parts", "read_change", "show_change"]

_MODELS: Final = {
    model.model_fields["op"].default: model for model in get_args(get_args(Change)[0])
}

#: Operations, as cells write them.
OPERATIONS: Final = tuple(name.replace("_", " ") for name in _MODELS)

_ADAPTER: Final[TypeAdapter[Any]] = TypeAdapter(Change)
_LINKS: Final = frozenset({"add_link", "remove_link"})


def read_change(text: str) -> Change:
    """Read an operation and its parts.

    Raises
    ------
    ValueError
        There is no such operation, or its parts are wrong.
    """
    words, pairs = read_pairs(text)
    op = next((name for name in _MODELS if fold(name) == fold(words)), None)
    if op is None:
        raise ValueError(
            f'"{words[:40]}" is no change: write one of {", ".join(OPERATIONS)}, and its parts'
        )
    parts: dict[str, Any] = dict(pairs)
    if "own" in parts:
        parts["own"] = parse_flag(parts["own"])
    if "roles" in parts:
        parts["roles"] = parts["roles"].split(",")
    try:
        change: Change = _ADAPTER.validate_python({"op": op, **parts})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        named = ".".join(str(step) for step in first["loc"][1:]) or op.replace("_", " ")
        raise ValueError(f'In "{text[:60]}", {named}: {first["msg"]}') from None
    return change


def show_change(change: Change) -> str:
    """Return a change as `read_change` reads it."""
    parts = change.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    op = str(parts.pop("op"))
    return show_pairs(op.replace("_", " "), {name: _show(part) for name, part in parts.items()})


def _show(part: Any) -> str:
    if isinstance(part, bool):
        return "yes" if part else "no"
    return ",".join(part) if isinstance(part, list) else str(part)


def name_parts(change: Change) -> Iterator[tuple[str, str]]:
    """Yield what a change names: "item", "officer", "board" or "gate", and the id."""
    for name in type(change).model_fields:
        value = getattr(change, name)
        if not isinstance(value, str):
            continue
        if name in {"item", "parent"} or (change.op in _LINKS and name in {"from_", "to"}):
            yield "item", value
        elif name == "officer" or (change.op == "reassign" and name == "to"):
            yield "officer", value
        elif name in {"board", "gate"}:
            yield name, value
